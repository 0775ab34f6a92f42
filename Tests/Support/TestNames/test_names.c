#define _GNU_SOURCE
#include "test_names.h"

#include <dlfcn.h>
#include <netdb.h>
#include <pthread.h>
#include <string.h>

enum { NAMES = 64, ANSWERS = 4 };

typedef struct {
  char name[64];
  char addresses[ANSWERS][46];
  int count;
  int lookups;
  int is_held;
} entry;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t released = PTHREAD_COND_INITIALIZER;
static entry entries[NAMES];
static int count;

// The entry of a name, made if there is room; the lock is held.
static entry *find(const char *name, int makes) {
  for (int index = 0; index < count; index++) {
    if (strcmp(entries[index].name, name) == 0) return &entries[index];
  }
  if (!makes || count == NAMES) return NULL;
  entry *new = &entries[count++];
  strncpy(new->name, name, sizeof new->name - 1);
  return new;
}

void test_names_add(const char *name, const char *address) {
  pthread_mutex_lock(&lock);
  entry *known = find(name, 1);
  if (known != NULL && known->count < ANSWERS) {
    strncpy(known->addresses[known->count++], address, sizeof known->addresses[0] - 1);
  }
  pthread_mutex_unlock(&lock);
}

static void set_held(const char *name, int is_held) {
  pthread_mutex_lock(&lock);
  entry *known = find(name, 1);
  if (known != NULL) known->is_held = is_held;
  pthread_cond_broadcast(&released);
  pthread_mutex_unlock(&lock);
}

void test_names_hold(const char *name) { set_held(name, 1); }
void test_names_release(const char *name) { set_held(name, 0); }

int test_names_lookups(const char *name) {
  pthread_mutex_lock(&lock);
  entry *known = find(name, 0);
  const int lookups = known != NULL ? known->lookups : 0;
  pthread_mutex_unlock(&lock);
  return lookups;
}

static int is_test_name(const char *node) {
  const size_t length = node != NULL ? strlen(node) : 0;
  return length > 5 && strcmp(node + length - 5, ".test") == 0;
}

int getaddrinfo(
    const char *node, const char *service, const struct addrinfo *hints,
    struct addrinfo **result) {
  static int (*system)(
      const char *, const char *, const struct addrinfo *, struct addrinfo **);
  char address[46] = "";
  pthread_mutex_lock(&lock);
  if (system == NULL) *(void **)&system = dlsym(RTLD_NEXT, "getaddrinfo");
  if (is_test_name(node)) {
    entry *known = find(node, 1);
    if (known != NULL) {
      const int number = known->lookups++;
      while (known->is_held) pthread_cond_wait(&released, &lock);
      if (known->count > 0) {
        const int last = known->count - 1;
        strcpy(address, known->addresses[number < last ? number : last]);
      }
    }
  }
  pthread_mutex_unlock(&lock);
  if (!is_test_name(node)) return system(node, service, hints, result);
  return address[0] != 0 ? system(address, service, hints, result) : EAI_NONAME;
}
