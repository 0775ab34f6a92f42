#ifndef COURANT_TEST_NAMES_H
#define COURANT_TEST_NAMES_H

// Names of hosts that only tests know. While this is linked, `getaddrinfo` answers names under `.test`
// (RFC 6761) from a table, never by a name server; all other names go to the system's function.

// Gives a name an IPv4 address; a second call adds an answer that follows the first one, and the last
// answer stays. Names that were never added are not known.
void test_names_add(const char *_Nonnull name, const char *_Nonnull address);

// Lets lookups of a name wait until it is released.
void test_names_hold(const char *_Nonnull name);
void test_names_release(const char *_Nonnull name);

// How many lookups of a name have begun.
int test_names_lookups(const char *_Nonnull name);

#endif
