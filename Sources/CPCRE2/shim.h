// The code unit width chooses which of PCRE2's three libraries the names mean.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
