#include "courant_curl.h"
#include "library.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

// zlib's own decompression, and not libcurl's: that one gives nothing of a body that is labelled "gzip"
// and plain, since its bytes cannot be had once they were refused. Every libcurl links zlib, so that
// nothing more is loaded.

// `z_stream` of zlib.h, the same since 1.0.
typedef struct {
  const unsigned char *next_in;
  unsigned int avail_in;
  unsigned long total_in;
  unsigned char *next_out;
  unsigned int avail_out;
  unsigned long total_out;
  const char *msg;
  void *state;
  void *(*zalloc)(void *, unsigned int, unsigned int);
  void (*zfree)(void *, void *);
  void *opaque;
  int data_type;
  unsigned long adler;
  unsigned long reserved;
} stream;

// Return codes and flush values of zlib.h.
enum { Z_OK = 0, Z_STREAM_END = 1, Z_BUF_ERROR = -5, Z_NO_FLUSH = 0 };
// `windowBits` of inflateInit2: 15 is the largest window, 32 more finds out whether the head is that of
// gzip or of zlib, and less than 0 is without a head.
enum { GZIP_OR_ZLIB = 15 + 32, RAW = -15 };

static struct {
  int (*init)(stream *, int, const char *, int);
  int (*step)(stream *, int);
  int (*reset)(stream *);
  int (*end)(stream *);
} zlib;

const char *courant_inflate_load(void) {
  void *library = dlopen("libz.so.1", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return "libz.so.1";
  const symbol symbols[] = {
      {"inflateInit2_", &zlib.init},
      {"inflate", &zlib.step},
      {"inflateReset", &zlib.reset},
      {"inflateEnd", &zlib.end},
  };
  return courant_curl_symbols(library, symbols, sizeof symbols / sizeof symbols[0]);
}

void *courant_inflate_create(courant_inflate_form form) {
  if (courant_curl_load() != COURANT_CURL_LOADED) return NULL;
  stream *inflater = calloc(1, sizeof *inflater);
  if (inflater == NULL) return NULL;
  // zlib compares the first digit of the version and the size of the structure with its own.
  const int bits = form == COURANT_RAW_DEFLATE ? RAW : GZIP_OR_ZLIB;
  if (zlib.init(inflater, bits, "1.2.0", sizeof *inflater) == Z_OK) return inflater;
  free(inflater);
  return NULL;
}

courant_inflate_state courant_inflate(
    void *inflater, const void *bytes, size_t count, size_t *consumed, void *room,
    size_t capacity, size_t *produced) {
  stream *whole = inflater;
  if (count > UINT_MAX) count = UINT_MAX;
  if (capacity > UINT_MAX) capacity = UINT_MAX;
  whole->next_in = bytes;
  whole->avail_in = (unsigned int)count;
  whole->next_out = room;
  whole->avail_out = (unsigned int)capacity;
  const int status = zlib.step(whole, Z_NO_FLUSH);
  *consumed = count - whole->avail_in;
  *produced = capacity - whole->avail_out;
  if (status == Z_STREAM_END) return COURANT_INFLATE_END;
  return status == Z_OK || status == Z_BUF_ERROR ? COURANT_INFLATE_MORE : COURANT_INFLATE_BROKEN;
}

void courant_inflate_reset(void *inflater) { zlib.reset(inflater); }

void courant_inflate_free(void *inflater) {
  zlib.end(inflater);
  free(inflater);
}
