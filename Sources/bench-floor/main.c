// The floor that courant-bench compares with: the least an ncurses program can do that draws one
// screen of a list, moves a bar in it, and ends.
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <locale.h>

static void draw(int top, int chosen) {
  erase();
  for (int row = 0; row < LINES - 1; row++) {
    if (row == chosen) attron(A_REVERSE);
    mvprintw(row, 0, " %6d  A headline of the usual length, and what it comes from", top + row);
    attroff(A_REVERSE);
  }
  mvprintw(LINES - 1, 0, "READY");
  refresh();
}

int main(void) {
  setlocale(LC_ALL, "");
  initscr();
  raw();
  noecho();
  int top = 0, chosen = 0, key;
  draw(top, chosen);
  while ((key = getch()) != 'Q') {
    if (chosen < LINES - 2) chosen++; else top++;
    draw(top, chosen);
  }
  endwin();
  return 0;
}
