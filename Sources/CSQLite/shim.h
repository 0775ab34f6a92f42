#include <malloc.h>
#include <sqlite3.h>

// sqlite3_db_config is variadic, which Swift cannot call.
static inline int courant_sqlite_config(sqlite3 *db, int option, int value, int *now) {
  return sqlite3_db_config(db, option, value, now);
}

// Bytes of the open file and its size, by the descriptor that SQLite has. A descriptor of
// our own must not be opened: closing it would drop every lock that this process holds on the file
// (fcntl(2)), also those of its other connections. What is beyond the end reads as zeros.
static inline int courant_sqlite_read(
    sqlite3 *db, void *bytes, int count, sqlite3_int64 start, sqlite3_int64 *size) {
  sqlite3_file *file = 0;
  int code = sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (code != SQLITE_OK) return code;
  if (file == 0 || file->pMethods == 0) return SQLITE_CANTOPEN;
  code = file->pMethods->xFileSize(file, size);
  if (code != SQLITE_OK) return code;
  code = file->pMethods->xRead(file, bytes, count, start);
  return code == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : code;
}

// Whether the open file has lost its name: removed, renamed, or replaced by another. One stat(2).
static inline int courant_sqlite_has_moved(sqlite3 *db) {
  int moved = 0;
  sqlite3_file_control(db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  return moved;
}

// Declares a table, in this connection alone, that is stored where an index is: so its rows can be
// read without the table that it is an index of (sqlite3_test_control is variadic).
static inline int courant_sqlite_name_index(sqlite3 *db, int root, const char *declaration) {
  int code = sqlite3_test_control(SQLITE_TESTCTRL_IMPOSTER, db, "main", 1, root);
  if (code != SQLITE_OK) return code;
  code = sqlite3_exec(db, declaration, 0, 0, 0);
  sqlite3_test_control(SQLITE_TESTCTRL_IMPOSTER, db, "main", 0, 0);
  return code;
}

// Gives memory that was freed back to the system, also that of other threads' arenas. Swift's module
// of the C library leaves out malloc.h.
static inline void courant_return_memory(void) { malloc_trim(0); }
