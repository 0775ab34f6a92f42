#include <pty.h>
#include <spawn.h>
#include <sys/ioctl.h>
#include <sys/wait.h>

// ioctl is variadic.
static inline int setWindowSize(int file, unsigned short rows, unsigned short columns) {
  struct winsize size = {rows, columns, 0, 0};
  return ioctl(file, TIOCSWINSZ, &size);
}

// Declared only for GNU sources, where Swift does not look.
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int first);
static const short spawnInNewSession = 0x80;
