#ifndef COURANT_CCURL_LIBRARY_H
#define COURANT_CCURL_LIBRARY_H

#include <stddef.h>

// The functions of libcurl that are used, and their types.
//
// Declared here and not included: building needs no package with headers. Names, numbers and types are
// those of curl/curl.h and curl/multi.h, whose ABI has not changed since 7.16.0.

// The beginning of curl_version_info_data, which only ever grew at its end.
typedef struct {
  int age;
  const char *version;
  unsigned int version_num;
  const char *host;
  int features;
  const char *ssl_version;
  long ssl_version_num;
  const char *libz_version;
  const char *const *protocols;
} version_info;

// struct CURLMsg.
typedef struct {
  int msg;
  void *easy;
  union {
    void *whatever;
    int result;
  } data;
} message;

typedef struct {
  int (*global_init)(long);
  version_info *(*version_info)(int);
  void *(*easy_init)(void);
  void (*easy_cleanup)(void *);
  int (*easy_setopt)(void *, int, ...);
  int (*easy_getinfo)(void *, int, ...);
  int (*easy_pause)(void *, int);
  void *(*slist_append)(void *, const char *);
  void (*slist_free_all)(void *);
  void *(*multi_init)(void);
  int (*multi_cleanup)(void *);
  int (*multi_setopt)(void *, int, ...);
  int (*multi_add_handle)(void *, void *);
  int (*multi_remove_handle)(void *, void *);
  int (*multi_perform)(void *, int *);
  int (*multi_poll)(void *, void *, unsigned int, int, int *);
  int (*multi_wakeup)(void *);
  message *(*multi_info_read)(void *, int *);
} courant_curl_functions;

// Filled by `courant_curl_load`, and not to be called where that did not load the library.
extern courant_curl_functions courant_libcurl;

// MARK: - Loading

typedef struct {
  const char *name;
  // The pointer to a function that is filled.
  void *target;
} symbol;

// Fills all; the name of the first one that the library lacks, null if there is none.
const char *courant_curl_symbols(void *library, const symbol *symbols, size_t count);

// Loads zlib; the name of what is missing, null if all is there. Called once, by `courant_curl_load`.
const char *courant_inflate_load(void);

#endif
