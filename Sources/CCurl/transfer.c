#define _GNU_SOURCE
#include "courant_curl.h"
#include "library.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>

// MARK: - The ABI

enum {
  WRITEDATA = 10001,
  ERRORBUFFER = 10010,
  WRITEFUNCTION = 20011,
  HTTPHEADER = 10023,
  HEADERDATA = 10029,
  NOPROGRESS = 43,
  NETRC = 51,
  FOLLOWLOCATION = 52,
  SSL_VERIFYPEER = 64,
  HEADERFUNCTION = 20079,
  SSL_VERIFYHOST = 81,
  HTTP_VERSION = 84,
  NOSIGNAL = 99,
  ACCEPT_ENCODING = 10102,
  HTTP_CONTENT_DECODING = 158,
  OPENSOCKETFUNCTION = 20163,
  OPENSOCKETDATA = 10164,
  PATH_AS_IS = 234,
  PROXY_SSL_VERIFYPEER = 248,
  PROXY_SSL_VERIFYHOST = 249,
  SUPPRESS_CONNECT_HEADERS = 265,
  PREREQFUNCTION = 20312,
  PREREQDATA = 10313,
  PROTOCOLS_STR = 10318,
  REDIR_PROTOCOLS_STR = 10319,
  QUICK_EXIT = 322,
};
enum { MULTI_MAXCONNECTS = 6, MULTI_MAX_TOTAL_CONNECTIONS = 13 };
enum {
  // HTTP/2 over TLS, HTTP/1.1 without: CURL_HTTP_VERSION_2TLS.
  HTTP_2_OVER_TLS = 4,
  MESSAGE_DONE = 1,
};
#define WRITE_PAUSE ((size_t)0x10000001)

// struct curl_sockaddr.
typedef struct {
  int family;
  int socktype;
  int protocol;
  unsigned int addrlen;
  struct sockaddr addr;
} socket_address;

// MARK: - Callbacks

static size_t receive_line(char *bytes, size_t size, size_t count, void *receiver) {
  const courant_curl_receiver *to = receiver;
  return to->line(to->context, bytes, size * count) == 0 ? size * count : 0;
}

static size_t receive_body(char *bytes, size_t size, size_t count, void *receiver) {
  const courant_curl_receiver *to = receiver;
  switch (to->body(to->context, bytes, size * count)) {
  case COURANT_CURL_CONTINUE: return size * count;
  case COURANT_CURL_PAUSE: return WRITE_PAUSE;
  // Any other number of bytes ends the transfer; there is always at least one.
  default: return 0;
  }
}

static int is_allowed(
    const courant_curl_receiver *to, int family, const void *address, int is_open) {
  return to->allows(to->context, address, family == AF_INET ? 4 : 16, is_open);
}

static int open_socket(void *receiver, int purpose, socket_address *address) {
  (void)purpose;
  const void *bytes;
  if (address->family == AF_INET) {
    bytes = &((const struct sockaddr_in *)&address->addr)->sin_addr;
  } else if (address->family == AF_INET6) {
    bytes = &((const struct sockaddr_in6 *)&address->addr)->sin6_addr;
  } else {
    return -1;
  }
  if (!is_allowed(receiver, address->family, bytes, 0)) return -1;
  // Programs that are started for a link must not inherit it.
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

// Asked for every request, also on a connection that was opened for another one.
static int before_request(
    void *receiver, char *remote, char *local, int remote_port, int local_port) {
  (void)local, (void)remote_port, (void)local_port;
  unsigned char bytes[16];
  const int family = remote != NULL && strchr(remote, ':') != NULL ? AF_INET6 : AF_INET;
  if (remote == NULL || inet_pton(family, remote, bytes) != 1) return 1;
  return is_allowed(receiver, family, bytes, 1) ? 0 : 1;
}

// MARK: - One transfer

void *courant_curl_create(courant_curl_receiver *receiver) {
  if (courant_curl_load() != COURANT_CURL_LOADED) return NULL;
  void *easy = courant_libcurl.easy_init();
  if (easy == NULL) return NULL;
  int refused = courant_libcurl.easy_setopt(easy, PROTOCOLS_STR, "http,https");
  refused |= courant_libcurl.easy_setopt(easy, REDIR_PROTOCOLS_STR, "http,https");
  refused |= courant_libcurl.easy_setopt(easy, FOLLOWLOCATION, 0L);
  refused |= courant_libcurl.easy_setopt(easy, SSL_VERIFYPEER, 1L);
  refused |= courant_libcurl.easy_setopt(easy, SSL_VERIFYHOST, 2L);
  refused |= courant_libcurl.easy_setopt(easy, NETRC, 0L);
  refused |= courant_libcurl.easy_setopt(easy, NOSIGNAL, 1L);
  refused |= courant_libcurl.easy_setopt(easy, OPENSOCKETFUNCTION, open_socket);
  refused |= courant_libcurl.easy_setopt(easy, OPENSOCKETDATA, receiver);
  refused |= courant_libcurl.easy_setopt(easy, PREREQFUNCTION, before_request);
  refused |= courant_libcurl.easy_setopt(easy, PREREQDATA, receiver);
  refused |= courant_libcurl.easy_setopt(easy, WRITEFUNCTION, receive_body);
  refused |= courant_libcurl.easy_setopt(easy, WRITEDATA, receiver);
  refused |= courant_libcurl.easy_setopt(easy, HEADERFUNCTION, receive_line);
  refused |= courant_libcurl.easy_setopt(easy, HEADERDATA, receiver);
  // Offered here, undone by the reader of the body.
  refused |= courant_libcurl.easy_setopt(easy, ACCEPT_ENCODING, "gzip, deflate");
  refused |= courant_libcurl.easy_setopt(easy, HTTP_CONTENT_DECODING, 0L);
  refused |= courant_libcurl.easy_setopt(easy, SUPPRESS_CONNECT_HEADERS, 1L);
  if (refused != 0) {
    courant_libcurl.easy_cleanup(easy);
    return NULL;
  }
  // A library without TLS, HTTP/2 or proxies over TLS refuses these, and is none the worse.
  courant_libcurl.easy_setopt(easy, HTTP_VERSION, (long)HTTP_2_OVER_TLS);
  courant_libcurl.easy_setopt(easy, PROXY_SSL_VERIFYPEER, 1L);
  courant_libcurl.easy_setopt(easy, PROXY_SSL_VERIFYHOST, 2L);
  courant_libcurl.easy_setopt(easy, NOPROGRESS, 1L);
  courant_libcurl.easy_setopt(easy, PATH_AS_IS, 1L);
  // Since 7.87: without it, who cancels waits for the name server.
  courant_libcurl.easy_setopt(easy, QUICK_EXIT, 1L);
  return easy;
}

void courant_curl_free(void *easy) { courant_libcurl.easy_cleanup(easy); }

int courant_curl_set_text(void *easy, int option, const char *text) {
  return courant_libcurl.easy_setopt(easy, option, text);
}

int courant_curl_set_number(void *easy, int option, long number) {
  return courant_libcurl.easy_setopt(easy, option, number);
}

void *courant_curl_add_header(void *list, const char *header) {
  void *longer = courant_libcurl.slist_append(list, header);
  if (longer == NULL) courant_libcurl.slist_free_all(list);
  return longer;
}

int courant_curl_set_headers(void *easy, void *list) {
  return courant_libcurl.easy_setopt(easy, HTTPHEADER, list);
}

void courant_curl_free_headers(void *list) {
  if (list != NULL) courant_libcurl.slist_free_all(list);
}

int courant_curl_set_error_room(void *easy, char *room) {
  return courant_libcurl.easy_setopt(easy, ERRORBUFFER, room);
}

long courant_curl_number(void *easy, int info) {
  long number = 0;
  return courant_libcurl.easy_getinfo(easy, info, &number) == 0 ? number : 0;
}

void courant_curl_resume(void *easy) { courant_libcurl.easy_pause(easy, 0); }

// MARK: - Many transfers

void *courant_multi_create(long connections) {
  if (courant_curl_load() != COURANT_CURL_LOADED) return NULL;
  void *multi = courant_libcurl.multi_init();
  if (multi == NULL) return NULL;
  courant_libcurl.multi_setopt(multi, MULTI_MAXCONNECTS, connections);
  courant_libcurl.multi_setopt(multi, MULTI_MAX_TOTAL_CONNECTIONS, connections);
  return multi;
}

void courant_multi_free(void *multi) { courant_libcurl.multi_cleanup(multi); }

int courant_multi_add(void *multi, void *easy) { return courant_libcurl.multi_add_handle(multi, easy); }

void courant_multi_remove(void *multi, void *easy) { courant_libcurl.multi_remove_handle(multi, easy); }

int courant_multi_perform(void *multi) {
  int running = 0;
  return courant_libcurl.multi_perform(multi, &running);
}

int courant_multi_poll(void *multi, int milliseconds) {
  return courant_libcurl.multi_poll(multi, NULL, 0, milliseconds, NULL);
}

void courant_multi_wakeup(void *multi) { courant_libcurl.multi_wakeup(multi); }

void *courant_multi_finished(void *multi, int *code) {
  int left = 0;
  message *next;
  while ((next = courant_libcurl.multi_info_read(multi, &left)) != NULL) {
    if (next->msg != MESSAGE_DONE) continue;
    *code = next->data.result;
    return next->easy;
  }
  return NULL;
}
