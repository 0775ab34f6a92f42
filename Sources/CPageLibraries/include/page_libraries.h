#ifndef COURANT_PAGE_LIBRARIES_H
#define COURANT_PAGE_LIBRARIES_H

#include <stddef.h>

// libxml2 and uchardet, loaded when a page is first read.
//
// Linked, they and the 40 MB of ICU behind them would be mapped and relocated at every start, also by
// those that parse nothing. The functions here may be called from any thread; loading happens once,
// and a library that was not found is not looked for again.

// MARK: - The HTML parser of libxml2

// Where the parser's events go. `context` is passed to each function.
typedef struct {
  // A start tag: its name, and names and values of attributes in turn, ended by a null pointer.
  void (*_Nonnull begin)(
      void *_Nullable context, const unsigned char *_Nullable name,
      const unsigned char *_Nullable *_Nullable attributes);
  // An end tag, which the parser also reports for elements that it closes by itself.
  void (*_Nonnull end)(void *_Nullable context, const unsigned char *_Nullable name);
  // A piece of text; one run of text may come in many.
  void (*_Nonnull text)(
      void *_Nullable context, const unsigned char *_Nullable start, int count);
} courant_html_handler;

// A parser of markup in ASCII, with a copy of it; null if there is no library, no memory, no markup,
// or more than 2 GB of it.
void *_Nullable courant_html_create(const void *_Nullable markup, size_t length);

// Reports the tags and the text of a parser's markup in order, and frees the parser.
//
// Names live until the call returns, and the same name always has the same address. Nothing is read
// from disk or network.
void courant_html_parse(
    void *_Nonnull parser, const courant_html_handler *_Nonnull handler, void *_Nonnull context);

// Why libxml2 could not be loaded, in the words of the dynamic linker; null if it is loaded.
const char *_Nullable courant_html_problem(void);

// The version of the library that is loaded, such as "20914"; null if none is.
const char *_Nullable courant_html_version(void);

// MARK: - The encoding detector uchardet

// Stores the detector's name for the encoding of the bytes, such as "WINDOWS-1252", and returns its
// length; 0 if it has none or there is no library.
size_t courant_charset_detect(
    const void *_Nullable bytes, size_t count, void *_Nullable name, size_t capacity);

// Why uchardet could not be loaded, in the words of the dynamic linker; null if it is loaded.
const char *_Nullable courant_charset_problem(void);

#endif
