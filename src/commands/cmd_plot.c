/* cmd_plot.c - plot: chooses the functions, and in a shell prints the picture. */
#include "commands/handlers.h"
#include "lab/limits.h"

#include "draw/theme.h"
#include "lab/plot_range.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

static bool take_words(struct lab *lab, const struct call *c, struct fn *fn, int *n,
                       struct error *e)
{
    if (c->words > 1 + PLOT_MAX_COMPARE)
        return call_misused(c, c->word[1 + PLOT_MAX_COMPARE].column, e);
    for (*n = 0; *n < c->words; ++*n)
        if (!call_fn(lab, c, *n, &fn[*n], e))
            return false;
    return true;
}

/* range=X0:X1 */
static bool take_range(struct lab *lab, const struct assign *a, double *x0, double *x1,
                       struct error *e)
{
    char left[256];
    const char *colon = strchr(a->value, ':');
    if (!colon || (size_t)(colon - a->value) >= sizeof left)
        return misuse(e, a->value_column, "range must be X0:X1, such as -2:2, not '%s'", a->value);
    snprintf(left, sizeof left, "%.*s", (int)(colon - a->value), a->value);
    if (!expr_number(left, lab->scope, x0, e) || !expr_number(colon + 1, lab->scope, x1, e)) {
        e->column = a->value_column;
        return false;
    }
    return plot_range_check(*x0, *x1, a->value_column, e);
}

static bool take_setting(struct settings *set, const struct assign *a, struct error *e)
{
    if (setting_set(setting_find(&lab_settings, a->key, NULL), set, a->value, NULL, NULL, e))
        return true;
    e->column = a->value_column;
    return false;
}

static bool take_options(struct lab *lab, const struct call *c, struct fn *fn, double *x0,
                         double *x1, struct settings *set, struct error *e)
{
    if (!call_parameters(lab, c, fn, e))
        return false;
    for (int i = 0; i < c->assigns; i++) {
        const struct assign *a = &c->assign[i];
        bool ok = true;
        if (strcmp(a->key, "range") == 0)
            ok = take_range(lab, a, x0, x1, e);
        else if (strcmp(a->key, "charset") == 0 || strcmp(a->key, "theme") == 0)
            ok = take_setting(set, a, e);
        if (!ok)
            return false;
    }
    return true;
}

/* As wide as the terminal that it goes to, 80x24 in a pipe. */
static void natural_size(FILE *out, int *cols, int *rows)
{
    struct winsize size;
    *cols = 80;
    *rows = 24;
    if (fileno(out) < 0 || ioctl(fileno(out), TIOCGWINSZ, &size) != 0)
        return;
    if (size.ws_col > 0)
        *cols = size.ws_col < 200 ? size.ws_col : 200;
    if (size.ws_row > 1 && size.ws_row <= 24)
        *rows = size.ws_row - 1; /* the shell's prompt stands below */
}

static bool print_plot(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    const struct settings kept = lab->set;
    struct grid g;
    int cols, rows;

    natural_size(out, &cols, &rows);
    if (!call_size(c, &cols, &rows, e))
        return false;
    if (!call_utf8())
        lab->set.charset = CHARSET_ASCII;
    if (lab->model.plot.histogram) /* nothing else in the picture is measured */
        lab_measure(lab);
    grid_init(&g, rows, cols);
    lab->picture(lab, PICTURE_PLOT, &g);
    print_grid(lab, &g, call_colours(lab, c, out), out);
    grid_free(&g);
    lab->set = kept;
    return true;
}

bool cmd_plot(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    struct fn fn[1 + PLOT_MAX_COMPARE] = {lab->model.fn};
    double x0 = lab->model.plot.x0, x1 = lab->model.plot.x1;
    struct settings set = lab->set;
    int cols = 80, rows = 24, words = 0;

    if (!take_words(lab, c, fn, &words, e) || !take_options(lab, c, &fn[0], &x0, &x1, &set, e) ||
        !call_size(c, &cols, &rows, e) || !limits_picture(lab, cols, rows, e))
        return false;
    if (!fn_same(&fn[0], &lab->model.fn) && !lab_set_fn(lab, &fn[0], e))
        return false;
    lab->set = set;
    lab->model.plot.x0 = x0;
    lab->model.plot.x1 = x1;
    if (words > 0) {
        lab->model.plot.compares = words - 1;
        lab->model.plot.naive &= words == 1;
        lab->model.plot.difference = false;
        for (int i = 1; i < words; i++)
            lab->model.plot.compare[i - 1] = fn[i];
    }
    lab->model.plot.has_ghost = false;
    plot_fit(lab);
    return lab->interactive || print_plot(lab, c, out, e);
}

bool cmd_charset(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    (void)out;
    if (!call_choice(c, 0, "charset", charset_names, &lab->set.charset, e))
        return false;
    if (lab->interactive)
        lab_say(lab, false, "glyphs: %s", charset_names[lab->set.charset]);
    return true;
}
