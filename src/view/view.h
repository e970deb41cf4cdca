/* view/ - pictures of the lab: each a function from the lab to a rectangle of a grid. A view
 * changes nothing and knows no terminal.
 *
 *   layout.h   which pane stands where: pure geometry
 *   screen.c   the whole screen: panes, rules, bottom line
 *   plot.c     the function (plotview.h, plot_curves.c, plot_legend.c)
 *   network.c  the network (netviews.h, net_*.c)
 *   lesson.c   the lesson
 *   pager.c    help and other long text
 *   hints.c    keys in the bottom line; prompt.c: the command line there
 *   measure.c  what only a picture can measure */
#ifndef ACTLAB_VIEW_VIEW_H
#define ACTLAB_VIEW_VIEW_H

#include "commands/key_lookup.h"
#include "draw/grid.h"
#include "lab/lab.h"

/* The prompt as the terminal's reader has it; NULL text: closed. */
struct prompt_picture {
    const char *text;
    int cursor;        /* column in text */
    const char *error; /* shown above the line with a caret under error_column, or NULL */
    int error_column;
    const char *const *candidates; /* NULL-terminated, shown above the line, or NULL */
    int selected;
};

enum { SCREEN_MIN_ROWS = 12, SCREEN_MIN_COLS = 40 };

/* ---- for the terminal ------------------------------------------------------------------------ */

/* The whole screen. lab_measure first. *cursor gets where the terminal's cursor belongs (row -1:
 * hidden). */
void view_screen(const struct lab *, const struct prompt_picture *, struct grid *,
                 struct rect *cursor);
/* struct lab's `picture`. */
void view_picture(const struct lab *, enum picture, struct grid *);

/* Known only to the picture, of a screen of rows x cols: */

/* how far what is shown can be scrolled, in lines; */
int view_scroll_end(const struct lab *, int rows, int cols);
/* the rows of text that are seen at once; */
int view_scroll_rows(const struct lab *, int rows, int cols);
/* the next row of the long text with lab->screen.find, after the one found before if that is in
 * sight, else from the first row on the screen, round and round; -1: none; */
int view_find(const struct lab *, int rows, int cols);
/* the row of the marked line of a list; */
int view_chosen(const struct lab *, int rows, int cols);
/* true if a pane has a place there: a small screen shows the focused one alone; */
bool view_pane_shown(const struct lab *, enum pane, int rows, int cols);
/* where a key is pressed; */
struct key_place view_key_place(const struct lab *, int rows, int cols);
/* the columns of the plot's drawing area: lab->model.plot.columns; */
int view_plot_columns(const struct lab *, int rows, int cols);
/* the x that a cell shows; false outside of the plot. */
bool view_plot_x(const struct lab *, int rows, int cols, int row, int col, double *x);

/* ---- for each other -------------------------------------------------------------------------- */

/* Each pane's body, and what stands in its rule: a title on the left and a reading on the right,
 * cut to the room there is. */
void view_lesson(const struct lab *, struct grid *, struct rect);
void view_lesson_title(const struct lab *, char *left, size_t nleft, char *right, size_t nright);
void view_plot(const struct lab *, struct grid *, struct rect);
void view_plot_title(const struct lab *, char *left, size_t nleft, char *right, size_t nright);
void view_network(const struct lab *, struct grid *, struct rect);
void view_network_title(const struct lab *, char *left, size_t nleft, char *right, size_t nright);

/* f and f' in the plot's title get the colours of their curves. */
void view_plot_title_colours(const struct lab *, struct grid *, struct rect title);
/* The plot as `plot` prints it: under a line with the formula, over the whole grid. */
void view_plot_printed(const struct lab *, struct grid *);
/* True if the experiment under way is in sight with its page, however long its longest hint; or
 * none is, on this page. A pane that is not shown is asked as if it were as wide as the rect. */
bool view_lesson_fits(const struct lab *, struct rect body);
/* view_scroll_end and view_scroll_rows of the lesson's body. */
int view_lesson_end(const struct lab *, struct rect);
int view_lesson_rows(const struct lab *, struct rect);

/* The long text that hides the panes, how far it can be scrolled, view_find and view_chosen in it,
 * and which rows of how many stand there (empty when all do). */
struct rect view_pager_rect(int rows, int cols); /* where on the screen */
void view_pager(const struct lab *, struct grid *, struct rect);
int view_pager_end(const struct lab *, struct rect);
int view_pager_find(const struct lab *, struct rect);
int view_pager_chosen(const struct lab *, struct rect);
void view_pager_title(const struct lab *, struct rect, char *right, size_t nright);

/* The keys that are worth knowing now, as many as fit into the bottom row. */
void view_hints(const struct lab *, struct grid *, struct rect in);
/* The prompt in the bottom row and what stands over it; *cursor gets where one types. */
void view_prompt(const struct lab *, struct grid *, struct rect bottom,
                 const struct prompt_picture *, struct rect *cursor);
/* A message whose last row is `bottom`, on as many rows as it takes; returns how many. */
int view_say(struct grid *, struct rect bottom, enum role, const char *text);

#endif
