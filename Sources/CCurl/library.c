#define _GNU_SOURCE
#include "library.h"
#include "courant_curl.h"

#include <dlfcn.h>
#include <malloc.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  // CURL_GLOBAL_DEFAULT.
  GLOBAL_DEFAULT = 3,
  VERSION_OLDEST = 0x075500,
};

courant_curl_functions courant_libcurl;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static courant_curl_state state = COURANT_CURL_MISSING;
static courant_curl_facts facts;
static char problem[256];

const char *courant_curl_symbols(void *library, const symbol *symbols, size_t count) {
  for (size_t index = 0; index < count; index++) {
    void *address = dlsym(library, symbols[index].name);
    if (address == NULL) return symbols[index].name;
    // POSIX gives addresses of functions as pointers to data, which C cannot convert.
    memcpy(symbols[index].target, &address, sizeof address);
  }
  return NULL;
}

// All symbols at once, for one that is missing must be reported here and not end the program later.
static void *open_library(void) {
  const char *names[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};
  const char *chosen = secure_getenv("COURANT_LIBCURL");
  const size_t count = chosen != NULL ? 1 : 2;
  for (size_t index = 0; index < count; index++) {
    const char *name = chosen != NULL ? chosen : names[index];
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (library != NULL) {
      facts.file = name;
      return library;
    }
    const char *reason = dlerror();
    // The first name is the one that people know.
    if (index == 0) snprintf(problem, sizeof problem, "%s", reason != NULL ? reason : name);
  }
  return NULL;
}

static const char *find_symbols(void *library) {
  const symbol symbols[] = {
      {"curl_global_init", &courant_libcurl.global_init},
      {"curl_version_info", &courant_libcurl.version_info},
      {"curl_easy_init", &courant_libcurl.easy_init},
      {"curl_easy_cleanup", &courant_libcurl.easy_cleanup},
      {"curl_easy_setopt", &courant_libcurl.easy_setopt},
      {"curl_easy_getinfo", &courant_libcurl.easy_getinfo},
      {"curl_easy_pause", &courant_libcurl.easy_pause},
      {"curl_slist_append", &courant_libcurl.slist_append},
      {"curl_slist_free_all", &courant_libcurl.slist_free_all},
      {"curl_multi_init", &courant_libcurl.multi_init},
      {"curl_multi_cleanup", &courant_libcurl.multi_cleanup},
      {"curl_multi_setopt", &courant_libcurl.multi_setopt},
      {"curl_multi_add_handle", &courant_libcurl.multi_add_handle},
      {"curl_multi_remove_handle", &courant_libcurl.multi_remove_handle},
      {"curl_multi_perform", &courant_libcurl.multi_perform},
      {"curl_multi_info_read", &courant_libcurl.multi_info_read},
  };
  // The newest ones, which an old library lacks: its version is the better reason then.
  const symbol newer[] = {
      {"curl_multi_poll", &courant_libcurl.multi_poll},
      {"curl_multi_wakeup", &courant_libcurl.multi_wakeup},
  };
  const char *missing =
      courant_curl_symbols(library, symbols, sizeof symbols / sizeof symbols[0]);
  if (missing != NULL) return missing;
  const version_info *info = courant_libcurl.version_info(0);
  facts.version = info->version;
  facts.tls = info->ssl_version;
  facts.protocols = info->protocols;
  if (info->version_num < VERSION_OLDEST) {
    state = COURANT_CURL_TOO_OLD;
    return "";
  }
  return courant_curl_symbols(library, newer, sizeof newer / sizeof newer[0]);
}

// Large blocks go back to the system once they are freed. glibc would otherwise learn from the first
// large body that such blocks are usual and keep the holes between them: a third more memory.
static void return_large_blocks(void) {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
}

static void load(void) {
  void *library = open_library();
  if (library == NULL) return;
  problem[0] = 0;
  state = COURANT_CURL_UNSUITABLE;
  const char *missing = find_symbols(library);
  if (missing == NULL) missing = courant_inflate_load();
  if (missing != NULL) {
    if (state == COURANT_CURL_UNSUITABLE) snprintf(problem, sizeof problem, "%s", missing);
  } else if (courant_libcurl.global_init(GLOBAL_DEFAULT) != 0) {
    snprintf(problem, sizeof problem, "curl_global_init");
  } else {
    return_large_blocks();
    state = COURANT_CURL_LOADED;
  }
}

courant_curl_state courant_curl_load(void) {
  pthread_once(&once, load);
  return state;
}

const char *courant_curl_problem(void) {
  courant_curl_load();
  return problem;
}

courant_curl_facts courant_curl_describe(void) {
  courant_curl_load();
  return facts;
}
