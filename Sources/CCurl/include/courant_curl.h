#ifndef COURANT_CURL_H
#define COURANT_CURL_H

#include <stddef.h>

// libcurl and zlib, loaded when something is first fetched.
//
// Linked, libcurl and the 33 libraries behind it would be mapped and relocated at every start, which
// costs 8 ms of each. No header of theirs is needed to build: what is used of their ABI is declared in
// the two `.c` files, with its source. The functions here may be called from any thread unless they say
// otherwise; loading happens once, and a library that was not found is not looked for again.

// MARK: - Loading

typedef enum {
  COURANT_CURL_LOADED,
  // No file of that name was found, or the dynamic linker refused it.
  COURANT_CURL_MISSING,
  // A library was loaded that lacks a function, or that could not initialize itself.
  COURANT_CURL_UNSUITABLE,
  // Older than 7.85, which brought the option for protocols by name.
  COURANT_CURL_TOO_OLD,
} courant_curl_state;

// Loads libcurl and zlib at the first call: the file that the environment variable `COURANT_LIBCURL`
// names, else `libcurl.so.4`, else `libcurl-gnutls.so.4`.
courant_curl_state courant_curl_load(void);

// What the dynamic linker said, or which function is missing; empty if all was loaded.
const char *_Nonnull courant_curl_problem(void);

// What the loaded library says of itself; the pointers live as long as the process.
typedef struct {
  // Such as "7.88.1"; null if no library was loaded.
  const char *_Nullable version;
  // Such as "OpenSSL/3.0.19".
  const char *_Nullable tls;
  // Names of protocols, ended by a null pointer.
  const char *_Nullable const *_Nullable protocols;
  // The file that was loaded, as it was asked for.
  const char *_Nullable file;
} courant_curl_facts;

courant_curl_facts courant_curl_describe(void);

// MARK: - One transfer

// Where the events of one transfer go. It must live as long as the handle; each function gets `context`.
typedef struct {
  void *_Nullable context;
  // One line of the response head with its line end, in order. Nonzero ends the transfer.
  int (*_Nonnull line)(void *_Nullable context, const void *_Nullable bytes, size_t count);
  // A piece of the body as it was sent, still compressed.
  int (*_Nonnull body)(void *_Nullable context, const void *_Nullable bytes, size_t count);
  // Whether the transfer may use a connection to that address: 4 bytes of IPv4 or 16 of IPv6, in network
  // order. Asked before a socket is opened, and again with `is_open` before the request is sent, also
  // where the connection was opened for another request. Zero is no.
  int (*_Nonnull allows)(
      void *_Nullable context, const void *_Nullable bytes, size_t count, int is_open);
} courant_curl_receiver;

// What `body` of a receiver returns.
enum {
  COURANT_CURL_CONTINUE = 0,
  COURANT_CURL_STOP = 1,
  // The same bytes come again once `courant_curl_resume` was called.
  COURANT_CURL_PAUSE = 2,
};

// A handle that reports to the receiver, with the options that are the same for every transfer: only
// http and https, no redirects of its own, no cookies, no netrc, TLS verified. Null if there is no
// library or no memory, or if an option that safety depends on is refused.
void *_Nullable courant_curl_create(courant_curl_receiver *_Nonnull receiver);
void courant_curl_free(void *_Nonnull easy);

// The text of the options is copied. Nonzero is a refusal.
int courant_curl_set_text(void *_Nonnull easy, int option, const char *_Nonnull text);
int courant_curl_set_number(void *_Nonnull easy, int option, long number);

// Adds a header to the list; null where there is no memory, and the list is freed then.
void *_Nullable courant_curl_add_header(void *_Nullable list, const char *_Nonnull header);
// The list must live as long as the handle.
int courant_curl_set_headers(void *_Nonnull easy, void *_Nullable list);
void courant_curl_free_headers(void *_Nullable list);

// The words of the last error; room for 256 bytes that must live as long as the handle.
int courant_curl_set_error_room(void *_Nonnull easy, char *_Nonnull room);

// A number that the handle knows; 0 if it does not.
long courant_curl_number(void *_Nonnull easy, int info);

// Lets a paused transfer go on. Not to be called from a receiver.
void courant_curl_resume(void *_Nonnull easy);

// The options and infos that are used, with their numbers in libcurl's ABI (curl/curl.h, which promises
// never to change them).
enum {
  COURANT_CURL_URL = 10002,
  COURANT_CURL_PROXY = 10004,
  COURANT_CURL_USERAGENT = 10018,
  COURANT_CURL_LOW_SPEED_LIMIT = 19,
  COURANT_CURL_LOW_SPEED_TIME = 20,
  COURANT_CURL_CAINFO = 10065,
  COURANT_CURL_HTTPAUTH = 107,
  COURANT_CURL_TIMEOUT_MS = 155,
  COURANT_CURL_CONNECTTIMEOUT_MS = 156,
  COURANT_CURL_USERNAME = 10173,
  COURANT_CURL_PASSWORD = 10174,
  COURANT_CURL_PROXYUSERNAME = 10175,
  COURANT_CURL_PROXYPASSWORD = 10176,
  COURANT_CURL_NOPROXY = 10177,
};
enum {
  COURANT_CURL_HTTP_CONNECTCODE = 0x200000 + 22,
  COURANT_CURL_OS_ERRNO = 0x200000 + 25,
  COURANT_CURL_HTTP_VERSION = 0x200000 + 46,
};

// MARK: - Many transfers

// All but `courant_multi_wakeup` belong to the thread that runs the transfers.

// Null if there is no library or no memory.
void *_Nullable courant_multi_create(long connections);
// All handles must have been removed.
void courant_multi_free(void *_Nonnull multi);
int courant_multi_add(void *_Nonnull multi, void *_Nonnull easy);
void courant_multi_remove(void *_Nonnull multi, void *_Nonnull easy);
// Reads and writes what can be. Nonzero is an error of the whole.
int courant_multi_perform(void *_Nonnull multi);
// Sleeps until something can be read or written, a wake-up comes, or the time is over.
int courant_multi_poll(void *_Nonnull multi, int milliseconds);
// Ends a sleep, or the next one. From any thread.
void courant_multi_wakeup(void *_Nonnull multi);
// A transfer that has ended, with the CURLcode of its end; null if there is none.
void *_Nullable courant_multi_finished(void *_Nonnull multi, int *_Nonnull code);

// MARK: - Decompression

typedef enum { COURANT_GZIP_OR_ZLIB, COURANT_RAW_DEFLATE } courant_inflate_form;

typedef enum {
  // More input or more room is needed.
  COURANT_INFLATE_MORE,
  // The stream has ended; what was not consumed is not of it.
  COURANT_INFLATE_END,
  COURANT_INFLATE_BROKEN,
} courant_inflate_state;

// A decompressor; null if there is no library or no memory.
void *_Nullable courant_inflate_create(courant_inflate_form form);
courant_inflate_state courant_inflate(
    void *_Nonnull inflater, const void *_Nonnull bytes, size_t count, size_t *_Nonnull consumed,
    void *_Nonnull room, size_t capacity, size_t *_Nonnull produced);
// Begins a new stream in the same form.
void courant_inflate_reset(void *_Nonnull inflater);
void courant_inflate_free(void *_Nonnull inflater);

#endif
