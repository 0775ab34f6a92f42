#include "library.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

int courant_load(
    const char *file, const courant_symbol *symbols, size_t count, char *problem,
    size_t capacity) {
  // All symbols at once, for one that is missing must be reported here and not end the program later.
  void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  for (size_t index = 0; library != NULL && index < count; index++) {
    void *address = dlsym(library, symbols[index].name);
    if (address == NULL) {
      library = NULL;
    } else {
      // POSIX gives addresses of functions as pointers to data, which C cannot convert.
      memcpy(symbols[index].target, &address, sizeof address);
    }
  }
  if (library != NULL) return 0;
  const char *reason = dlerror();
  snprintf(problem, capacity, "%s", reason != NULL ? reason : file);
  return -1;
}
