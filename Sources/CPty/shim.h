#include <pty.h>
