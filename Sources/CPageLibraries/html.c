#include "library.h"
#include "page_libraries.h"

#include <limits.h>
#include <pthread.h>
#include <string.h>

#if !__has_include(<libxml/HTMLparser.h>)
#error "libxml2's headers are missing: install the package libxml2-dev"
#endif
#include <libxml/HTMLparser.h>

// The name under which the library with the ABI of these headers is installed.
#if LIBXML_VERSION >= 21400
#define LIBRARY_FILE "libxml2.so.16"
#else
#define LIBRARY_FILE "libxml2.so.2"
#endif

// MARK: - Loading

// Each has the type of the function that the header declares, so a changed one does not compile.
static struct {
  __typeof__(&xmlInitParser) init;
  __typeof__(&htmlCreateMemoryParserCtxt) create;
  __typeof__(&htmlCtxtUseOptions) use_options;
  __typeof__(&htmlParseDocument) parse;
  __typeof__(&htmlFreeParserCtxt) free;
  const char *const *version;
} xml;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int is_loaded = 0;
static char problem[256];

static void load(void) {
  const courant_symbol symbols[] = {
      {"xmlInitParser", &xml.init},
      {"htmlCreateMemoryParserCtxt", &xml.create},
      {"htmlCtxtUseOptions", &xml.use_options},
      {"htmlParseDocument", &xml.parse},
      {"htmlFreeParserCtxt", &xml.free},
      {"xmlParserVersion", &xml.version},
  };
  const size_t count = sizeof symbols / sizeof symbols[0];
  if (courant_load(LIBRARY_FILE, symbols, count, problem, sizeof problem) != 0) return;
  // The library's tables must be made before two threads use it.
  xml.init();
  is_loaded = 1;
}

const char *courant_html_problem(void) {
  pthread_once(&once, load);
  return is_loaded ? NULL : problem;
}

const char *courant_html_version(void) {
  pthread_once(&once, load);
  return is_loaded ? *xml.version : NULL;
}

// MARK: - Parsing

void *courant_html_create(const void *markup, size_t length) {
  if (length == 0 || length > INT_MAX || courant_html_problem() != NULL) return NULL;
  htmlParserCtxtPtr parser = xml.create(markup, (int)length);
  if (parser == NULL) return NULL;
  xml.use_options(
      parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                  HTML_PARSE_NOIMPLIED | HTML_PARSE_IGNORE_ENC);
  return parser;
}

void courant_html_parse(void *parser, const courant_html_handler *handler, void *context) {
  htmlParserCtxtPtr html = parser;
  memset(html->sax, 0, sizeof *html->sax);
  html->sax->startElement = handler->begin;
  html->sax->endElement = handler->end;
  html->sax->characters = handler->text;
  html->sax->ignorableWhitespace = handler->text;
  html->sax->cdataBlock = handler->text;
  html->userData = context;
  xml.parse(html);
  xml.free(html);
}
