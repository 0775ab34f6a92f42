#include <sqlite3.h>

// sqlite3_db_config is variadic, which Swift cannot call.
static inline int courant_sqlite_config(sqlite3 *db, int option, int value, int *now) {
  return sqlite3_db_config(db, option, value, now);
}
