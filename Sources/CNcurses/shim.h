// Wide characters: must stand before the include, or setcchar and friends are not declared.
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <term.h>
#include <wchar.h>
#include <wctype.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <langinfo.h>

// term.h defines these common words as macros for terminfo fields.
#undef columns
#undef lines
#undef tab
#undef bell

// Casts and shifts are not imported as constants.
static const attr_t attributeBold = A_BOLD;
static const attr_t attributeDim = A_DIM;
static const attr_t attributeItalic = A_ITALIC;
static const attr_t attributeUnderline = A_UNDERLINE;
static const attr_t attributeReverse = A_REVERSE;

// Mutable globals are refused in Swift 6.
static inline WINDOW *screenWindow(void) { return stdscr; }
static inline WINDOW *screenShown(void) { return curscr; }
static inline int screenColors(void) { return COLORS; }
static inline int screenColorPairs(void) { return COLOR_PAIRS; }

// Pairs above 255 go through the last argument, which the header declares as `const void *`.
static inline int makeCell(cchar_t *cell, const wchar_t *text, attr_t attributes, int pair) {
  return setcchar(cell, text, attributes, 0, &pair);
}

// Terminfo answers "not a string capability" by a pointer of all ones.
static inline const char *terminfoString(const char *name) {
  const char *text = tigetstr((char *)name);
  return text == (char *)-1 ? 0 : text;
}

// ncurses sends "orig_colors" (OSC 104) whenever it takes the screen again, in case a colour was
// defined anew. None ever is, and the palette that the user has set would be lost. terminfo's text
// is ncurses' own memory and there is no call to take a capability away, so it is made empty; where
// it is the same text as "orig_pair", which changes no palette, it stays.
static inline void dropColorReset(void) {
  char *reset = tigetstr("oc");
  if (reset && reset != (char *)-1 && reset != tigetstr("op")) *reset = 0;
}

// ioctl is variadic.
static inline int windowSize(int file, struct winsize *size) {
  return ioctl(file, TIOCGWINSZ, size);
}

// wchar.h declares it only for X/Open sources.
int wcwidth(wchar_t);

// And these only for GNU sources.
int memfd_create(const char *name, unsigned int flags);
int dup3(int file, int copy, int flags);
int pipe2(int ends[2], int flags);
int mkostemp(char *name, int flags);
static const unsigned int closedOnExec = 1; // MFD_CLOEXEC
