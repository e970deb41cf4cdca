/* screen.c - the whole screen: header, panes under their rules, and the bottom line with keys
 * (hints.c), messages or the prompt (prompt.c). */
#include "base/utf8.h"
#include "replay/follow.h"
#include "view/layout.h"
#include "view/view.h"

#include <stdio.h>
#include <string.h>

enum { TITLE_COL = 3 /* of a rule's title */ };

struct pane_view {
    void (*title)(const struct lab *, char *left, size_t nleft, char *right, size_t nright);
    void (*body)(const struct lab *, struct grid *, struct rect);
};

static const struct pane_view panes[PANES] = {
    [PANE_LESSON] = {view_lesson_title, view_lesson},
    [PANE_PLOT] = {view_plot_title, view_plot},
    [PANE_NETWORK] = {view_network_title, view_network},
};

static uint32_t rule_glyph(const struct lab *lab)
{
    return lab->set.charset == CHARSET_ASCII ? '-' : 0x2500;
}

/* The reading's parts stand two spaces apart; its last two, which matter most. */
static const char *essence(const char *right)
{
    const char *last = right, *before = right;

    for (const char *s = right; (s = strstr(s, "  ")); s += 2) {
        before = last;
        last = s + 2;
    }
    return before;
}

/* Cuts words off the end of a title, all but the first so many, to fit `room` columns. A rate goes
 * with its "lr". */
static void shorten(char *left, int room, int keep)
{
    char *space;
    int words = 1;

    for (const char *s = left; *s; s++)
        words += *s == ' ';
    while (words-- > keep && (space = strrchr(left, ' ')) &&
           (utf8_columns(left) > room || strcmp(space, " lr") == 0))
        *space = '\0';
}

/* "-- Title ------------ reading --": a rule costs a row and no column, a box would cost both.
 * Returns where the reading begins, or the title when there is none. */
static int draw_rule(const struct lab *lab, struct grid *g, struct rect in, const char *title,
                     const char *right, bool focus)
{
    char left[128];
    int start, width;
    enum role role = focus ? ROLE_FOCUS : ROLE_TITLE;

    snprintf(left, sizeof left, "%s", title);
    shorten(left, in.cols - utf8_columns(right) - 7, 4); /* the size and the function stay */
    shorten(left, in.cols - utf8_columns(essence(right)) - 7, 2);
    grid_fill(g, in, rule_glyph(lab), ROLE_RULE);
    start = grid_text(g, in, 0, 2, ROLE_RULE, " ");
    start = grid_text(g, in, 0, start, role, left);
    start = grid_text(g, in, 0, start, ROLE_RULE, " ");
    /* The first parts go when there is no room. */
    while (start + (width = utf8_columns(right)) + 3 > in.cols && width) {
        const char *next = strstr(right, "  ");

        right = next ? next + 2 : "";
    }
    if (width) {
        grid_text(g, in, 0, in.cols - width - 3, ROLE_RULE, " ");
        grid_text(g, in, 0, in.cols - width - 2, ROLE_TEXT, right);
        grid_text(g, in, 0, in.cols - 2, ROLE_RULE, " ");
    }
    if (focus) /* said without colour, too */
        grid_put(g, in, 0, 1, lab->set.charset == CHARSET_ASCII ? '>' : 0x25B8, ROLE_FOCUS);
    return width ? in.cols - width - 2 : TITLE_COL;
}

/* Of the pane with the focus, *cursor gets where its news are: the reading, or a lesson's title. */
static void draw_pane(const struct lab *lab, struct grid *g, const struct layout *l, enum pane p,
                      bool alone, struct rect *cursor)
{
    char left[128] = "", right[128] = "";
    int at;

    if (l->title[p].rows == 0)
        return;
    panes[p].title(lab, left, sizeof left, right, sizeof right);
    at = draw_rule(lab, g, l->title[p], left, right, p == lab->screen.focus && !alone);
    if (p == PANE_PLOT)
        view_plot_title_colours(lab, g, l->title[p]);
    panes[p].body(lab, g, l->body[p]);
    if (p != lab->screen.focus)
        return;
    *cursor = l->title[p];
    cursor->col += p == PANE_LESSON ? TITLE_COL : at;
}

/* Where one is, and whom one follows; without `bad` not how many lines were passed over. */
static void teacher(const struct lab *lab, char *out, size_t size, const char *place, bool bad)
{
    struct follow_place p;
    char passed[40] = "";

    if (!follow_place(lab, &p)) {
        snprintf(out, size, "%s", place);
        return;
    }
    if (p.failed && bad)
        snprintf(passed, sizeof passed, "%llu bad  ", (unsigned long long)p.failed);
    if (!p.apart && p.share < 1)
        snprintf(out, size, "catching up %.0f%%  %s%s", 100 * p.share, passed, place);
    else
        snprintf(out, size, "%s  %s%s",
                 p.apart     ? "by yourself"
                 : p.ended   ? "followed"
                 : p.waiting ? "waiting for the teacher"
                             : "following",
                 passed, place);
}

static void draw_header(const struct lab *lab, struct grid *g, struct rect in)
{
    const struct activation *a = lab->model.fn.act;
    const int recording = lab->replay.recorder ? 5 : 0;
    char place[128] = "?", lesson[64] = "?";
    int col, n;

    if (lab->open.lesson >= 0)
        snprintf(lesson, sizeof lesson, "lesson %d/%zu  ?",
                 lab->course.lesson[lab->open.lesson]->number, lab->course.lessons);
    teacher(lab, place, sizeof place, lesson, true);
    n = utf8_columns(place) + recording;
    /* A person may have a function that is called f: a formula without a name is not that one. */
    col = grid_text(g, in, 0, 1, ROLE_STRONG, a->name[0] ? a->name : "formula");
    col = grid_printf(g, in, 0, col + 2, ROLE_CURVE, "f(x) = %s", a->formula);
    if (a->alpha.meaning)
        col = grid_printf(g, in, 0, col + 2, ROLE_STRONG, "alpha %.4g", lab->model.fn.alpha);
    if (a->beta.meaning)
        col = grid_printf(g, in, 0, col + 2, ROLE_STRONG, "beta %.4g", lab->model.fn.beta);
    if (a->expr && col + 12 + n < in.cols)
        grid_text(g, in, 0, col + 2, ROLE_DERIVATIVE, "f' exact");
    else if (!a->expr && a->derivative[0] && col + 12 + utf8_columns(a->derivative) + n < in.cols)
        grid_printf(g, in, 0, col + 2, ROLE_DERIVATIVE, "f'(x) = %s", a->derivative);
    /* That one follows, or records, is seen whatever the formula: the lesson gives way, what was
     * passed over, and at last the formula's end. */
    for (int less = 0;
         less < 2 && (lab->replay.follower || recording) && col + 1 >= in.cols - n - 1; less++) {
        teacher(lab, place, sizeof place, "?", less == 0);
        n = utf8_columns(place) + recording;
    }
    if (col + 1 >= in.cols - n - 1 && !lab->replay.follower && !recording)
        return;
    if (col + 1 >= in.cols - n - 1) {
        grid_text(g, in, 0, in.cols - n - 5, ROLE_DIM, "... ");
        grid_put(g, in, 0, in.cols - 1, ' ', ROLE_TEXT);
    }
    if (recording)
        grid_text(g, in, 0, in.cols - n - 1, ROLE_BAD, "REC  ");
    grid_text(g, in, 0, in.cols - utf8_columns(place) - 1, ROLE_DIM, place);
}

static void draw_bottom(const struct lab *lab, struct grid *g, struct rect in)
{
    if (lab->screen.message[0])
        view_say(g, in, lab->screen.message_is_error ? ROLE_BAD : ROLE_TEXT, lab->screen.message);
    else
        view_hints(lab, g, in);
}

static void draw_too_small(struct grid *g)
{
    struct rect all = {0, 0, g->rows, g->cols};

    grid_printf(g, all, 0, 0, ROLE_TEXT, "actlab needs %dx%d", SCREEN_MIN_COLS, SCREEN_MIN_ROWS);
    grid_printf(g, all, 1, 0, ROLE_TEXT, "now %dx%d: enlarge", g->cols, g->rows);
}

void view_screen(const struct lab *lab, const struct prompt_picture *prompt, struct grid *g,
                 struct rect *cursor)
{
    struct layout l = view_layout(lab, g->rows, g->cols);
    struct rect none = {-1, -1, 0, 0}, news;

    grid_clear(g);
    *cursor = none;
    if (l.too_small) {
        draw_too_small(g);
        return;
    }
    draw_header(lab, g, l.top);
    news = l.top;
    if (lab->screen.shown == SCREEN_TEXT) {
        struct rect title = {1, 0, 1, g->cols}, body = view_pager_rect(g->rows, g->cols);
        char rows[48];

        view_pager_title(lab, body, rows, sizeof rows);
        draw_rule(lab, g, title, lab->screen.title, rows, false);
        view_pager(lab, g, body);
        news = body;
    } else {
        for (int p = 0; p < PANES; p++)
            draw_pane(lab, g, &l, (enum pane)p, layout_panes(&l) == 1, &news);
        if (l.gutter.cols) {
            struct rect line = l.gutter;

            grid_put(g, line, 0, 0, rule_glyph(lab), ROLE_RULE);
            line.row++;
            line.rows--;
            grid_fill(g, line, lab->set.charset == CHARSET_ASCII ? '|' : 0x2502, ROLE_RULE);
        }
    }
    if (lab->screen.message[0])
        news = l.bottom;
    if (lab->set.reader)
        *cursor = news;
    if (prompt && prompt->text)
        view_prompt(lab, g, l.bottom, prompt, cursor);
    else
        draw_bottom(lab, g, l.bottom);
}

/* struct lab's `picture`: the screen, or one pane under its title, over the whole grid. */
void view_picture(const struct lab *lab, enum picture what, struct grid *g)
{
    struct rect title = {0, 0, 1, g->cols}, body = {1, 0, g->rows - 1, g->cols}, cursor;
    char left[128] = "", right[128] = "";
    enum pane p = what == PICTURE_LESSON ? PANE_LESSON : PANE_NETWORK;

    if (what == PICTURE_SCREEN) {
        view_screen(lab, NULL, g, &cursor);
        return;
    }
    grid_clear(g);
    if (what == PICTURE_PLOT) {
        view_plot_printed(lab, g);
        return;
    }
    panes[p].title(lab, left, sizeof left, right, sizeof right);
    draw_rule(lab, g, title, left, right, false);
    panes[p].body(lab, g, body);
}
