// wchar.h hides wcwidth unless asked for X/Open names, which Swift's import does not ask for.
#include <locale.h>
#include <wchar.h>
int wcwidth(wchar_t character);
