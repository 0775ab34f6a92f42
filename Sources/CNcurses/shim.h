// Wide characters: must stand before the include, or setcchar and friends are not declared.
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <term.h>
#include <wchar.h>
#include <stdio.h>
#include <sys/ioctl.h>

// term.h defines these common words as macros for terminfo fields.
#undef columns
#undef lines
#undef tab
#undef bell
