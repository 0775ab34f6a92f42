#include "library.h"
#include "page_libraries.h"

#include <pthread.h>
#include <string.h>

#if !__has_include(<uchardet/uchardet.h>)
#error "uchardet's headers are missing: install the package libuchardet-dev"
#endif
#include <uchardet/uchardet.h>

// Each has the type of the function that the header declares, so a changed one does not compile.
static struct {
  __typeof__(&uchardet_new) create;
  __typeof__(&uchardet_delete) destroy;
  __typeof__(&uchardet_handle_data) handle_data;
  __typeof__(&uchardet_data_end) data_end;
  __typeof__(&uchardet_get_charset) get_charset;
} uchardet;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int is_loaded = 0;
static char problem[256];

static void load(void) {
  const courant_symbol symbols[] = {
      {"uchardet_new", &uchardet.create},
      {"uchardet_delete", &uchardet.destroy},
      {"uchardet_handle_data", &uchardet.handle_data},
      {"uchardet_data_end", &uchardet.data_end},
      {"uchardet_get_charset", &uchardet.get_charset},
  };
  const size_t count = sizeof symbols / sizeof symbols[0];
  is_loaded = courant_load("libuchardet.so.0", symbols, count, problem, sizeof problem) == 0;
}

const char *courant_charset_problem(void) {
  pthread_once(&once, load);
  return is_loaded ? NULL : problem;
}

size_t courant_charset_detect(const void *bytes, size_t count, void *name, size_t capacity) {
  if (courant_charset_problem() != NULL) return 0;
  uchardet_t detector = uchardet.create();
  if (detector == NULL) return 0;
  size_t length = 0;
  if (uchardet.handle_data(detector, bytes, count) == 0) {
    uchardet.data_end(detector);
    const char *found = uchardet.get_charset(detector);
    length = found != NULL ? strlen(found) : 0;
    if (length > capacity) length = 0;
    if (length > 0) memcpy(name, found, length);
  }
  uchardet.destroy(detector);
  return length;
}
