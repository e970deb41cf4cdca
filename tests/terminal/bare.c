/* bare.c - the least that a curses program does: what the first frame is measured against. */
#include <curses.h>
#include <locale.h>

int main(void)
{
    setlocale(LC_ALL, "");
    initscr();
    cbreak();
    noecho();
    keypad(stdscr, TRUE);
    if (start_color() == OK)
        use_default_colors();
    for (int row = 0; row < LINES - 1; row++)
        mvprintw(row, 0,
                 "%2d The quick brown fox jumps over the lazy dog, and is not even out of breath.",
                 row);
    refresh();
    getch();
    endwin();
    return 0;
}
