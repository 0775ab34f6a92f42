#ifndef COURANT_LIBRARY_H
#define COURANT_LIBRARY_H

#include <stddef.h>

// A symbol of a library, and where its address is to be stored.
typedef struct {
  const char *name;
  void *target;
} courant_symbol;

// Loads a shared library and stores the addresses of its symbols. Returns 0, or -1 with the reason
// in `problem`; the library stays loaded until the program ends.
int courant_load(
    const char *file, const courant_symbol *symbols, size_t count, char *problem, size_t capacity);

#endif
