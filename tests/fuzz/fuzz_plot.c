/* fuzz_plot.c - pictures: functions of the table and random expressions, over random windows, from
 * denormal to 1e308, an ulp wide, reversed, of any size.
 *
 * The bytes choose all of it, and where they end a generator that they seed. A picture has a second
 * of processor time; what takes longer is a finding, as is a window of the lab without a height, or
 * two neighbours on an axis with one label. Each function is drawn twice: by the plot alone, which
 * must bear any window, and as the lab shows it. */
#include "fuzz.h"

#include "base/digest.h"
#include "base/number.h"
#include "base/rng.h"
#include "draw/plot_axis.h"
#include "expr/functions.h"
#include "lab/plot_range.h"
#include "math/points.h"
#include "view/plotview.h"

#include <float.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#if defined __SANITIZE_ADDRESS__
#define SANITIZED 1
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif

#ifdef SANITIZED
enum { SECONDS = 10 };
#else
enum { SECONDS = 1 };
#endif

enum { DEPTH = 4, POINTS_MOST = 64 };

struct bytes {
    const uint8_t *at, *end;
    struct rng more;
};

/* The next choice of n. */
static int take(struct bytes *b, int n)
{
    return b->at < b->end ? *b->at++ % n : (int)rng_below(&b->more, (uint32_t)n);
}

/* --- numbers, windows, functions -------------------------------------------------------------- */

static double number(struct bytes *b)
{
    static const double special[] = {0,       1,      -1,     5,        -5,        1e-9,
                                     1e6,     1e15,   1e149,  -1e149,   1e-149,    5e-324,
                                     -5e-324, 1e-310, 1e300,  DBL_MAX,  -DBL_MAX,  DBL_MIN,
                                     1e-300,  1e308,  -1e308, INFINITY, -INFINITY, NAN};
    enum { SPECIAL = sizeof special / sizeof *special };
    const int kind = take(b, 4 + SPECIAL);
    double v;

    if (kind < SPECIAL)
        return special[kind];
    v = (take(b, 256) - 128 + take(b, 256) / 256.0) / 16;
    return kind == SPECIAL       ? v
           : kind == SPECIAL + 1 ? ldexp(v, take(b, 64) - 32)
                                 : ldexp(v, 8 * (take(b, 256) - 128));
}

static void window(struct bytes *b, double *lo, double *hi)
{
    const double a = number(b), width = fabs(number(b));

    *lo = a;
    switch (take(b, 6)) {
    case 0:
        *lo = -5;
        *hi = 5;
        break;
    case 1:
        *hi = nextafter(a, INFINITY);
        break;
    case 2:
        *hi = a + fabs(a) * 1e-12 * take(b, 256);
        break;
    case 3:
        *lo = -width;
        *hi = width;
        break;
    case 4:
        *hi = number(b);
        break;
    default:
        *hi = a + width;
    }
}

static void add_number(struct bytes *b, struct text *out)
{
    const double v = number(b);

    text_printf(out, v < 0 ? "(%.17g)" : "%.17g", isnan(v) ? (double)NAN : v);
}

static void add_expression(struct bytes *b, struct text *out, int depth)
{
    static const char *const one[] = {"sin",  "cos",  "tan",   "exp",   "log",   "sqrt", "abs",
                                      "sign", "tanh", "floor", "erf",   "expm1", "asin", "cosh",
                                      "gelu", "relu", "step",  "round", "elu",   "log1p"};
    static const char *const two[] = {"+", "-", "*", "/", "^"};
    static const char *const compare[] = {"<", "<=", "==", ">"};
    const int kind = depth ? take(b, 12) : take(b, 3);

    if (kind < 2) {
        text_add(out, "x");
    } else if (kind == 2) {
        add_number(b, out);
    } else if (kind < 7) {
        text_printf(out, "%s(", one[take(b, sizeof one / sizeof *one)]);
        add_expression(b, out, depth - 1);
        text_add(out, ")");
    } else if (kind < 11) {
        text_add(out, "(");
        add_expression(b, out, depth - 1);
        text_add(out, two[take(b, sizeof two / sizeof *two)]);
        add_expression(b, out, depth - 1);
        text_add(out, ")");
    } else {
        text_add(out, "if(x");
        text_add(out, compare[take(b, sizeof compare / sizeof *compare)]);
        add_number(b, out);
        text_add(out, ",");
        add_expression(b, out, depth - 1);
        text_add(out, ",");
        add_expression(b, out, depth - 1);
        text_add(out, ")");
    }
}

static bool function(struct bytes *b, struct functions *all, struct fn *fn)
{
    const int which = take(b, 2 * activation_count);
    const struct activation *act = &activation_table[which % activation_count];
    struct text text = {0};

    if (which >= activation_count) {
        add_expression(b, &text, DEPTH);
        act = functions_parse(all, text.s, NULL);
        text_free(&text);
        if (!act)
            return false;
    }
    *fn = fn_default(act);
    (void)fn_set_parameter(fn, "alpha", number(b), NULL);
    (void)fn_set_parameter(fn, "beta", number(b), NULL);
    return true;
}

/* --- a second for each picture ---------------------------------------------------------------- */

static void late(int signal)
{
    static const char said[] = "a picture takes too long\n";

    (void)signal;
    (void)!write(STDERR_FILENO, said, sizeof said - 1);
    abort();
}

static void clock_runs(bool on)
{
    const struct itimerval when = {.it_value = {.tv_sec = on ? SECONDS : 0}};

    signal(SIGPROF, late);
    setitimer(ITIMER_PROF, &when, NULL);
}

/* --- pictures --------------------------------------------------------------------------------- */

static double value(const void *fn, double x)
{
    return fn_f(fn, x);
}

static double slope(const void *fn, double x)
{
    return fn_df(fn, x);
}

static void check_axis(double lo, double hi, int cells)
{
    const struct axis a = plot_axis_over(lo, hi, cells, 2, 1);
    char label[AXIS_LABEL_MAX], before[AXIS_LABEL_MAX] = "";

    require(a.ticks >= 0 && a.ticks <= cells + 2, "so many ticks", "axis");
    for (int i = 0; i < a.ticks; i++) {
        axis_label(&a, i, label);
        require(strcmp(label, before) != 0 || a.step < 1e-15 * fmax(fabs(lo), fabs(hi)),
                "two ticks with one label", label);
        strcpy(before, label);
    }
}

/* The plot by itself, in whatever window. */
static void draw_plain(struct bytes *b, const struct fn *fn, struct grid *g)
{
    const struct rect in = {take(b, 3), take(b, 3), g->rows, g->cols};
    const double leap = number(b);
    const struct curve curve[] = {
        {.y = value,
         .context = fn,
         .seek_breaks = take(b, 2),
         .breaks = {{.x = leap, .jump = true},
                    {.x = number(b), .impulse = number(b), .foot = leap}},
         .nbreaks = take(b, 3),
         .style = (enum curve_style)take(b, 5),
         .glyph = '-'},
        {.y = slope, .context = fn, .seek_breaks = take(b, 2), .style = CURVE_DOTS, .glyph = 'o'}};
    struct plot p = {.curve = curve,
                     .curves = take(b, 3),
                     .charset = (enum charset)take(b, CHARSETS),
                     .has_cursor = take(b, 2),
                     .cursor = number(b),
                     .tangent = take(b, 3) - 1,
                     .tangent_slope = number(b)};
    struct rect spot;

    window(b, &p.x0, &p.x1);
    window(b, &p.y0, &p.y1);
    if (take(b, 2)) {
        plot_snap_rows(&p.y0, &p.y1, plot_area(&p, in).rows);
        plot_snap(&p.x0, &p.x1, plot_area(&p, in).cols);
    }
    plot_draw(g, in, &p);
    plot_find_spot(g, plot_area(&p, in), 2, 10, &spot);
    check_axis(p.x0, p.x1, g->cols);
}

/* As the lab shows it. */
static void draw_lab(struct bytes *b, struct lab *lab, const struct fn *fn, int fns, struct grid *g)
{
    const struct plot_state at_home = {.x0 = -5, .x1 = 5, .y0 = -1, .y1 = 1};
    const struct rect in = {0, 0, g->rows, g->cols};
    struct plot_state *p = &lab->model.plot;
    struct fn_point point[POINTS_MOST];
    char left[128], right[128];
    double x0, x1;
    int n;

    lab->model.fn = fn[0];
    *p = at_home;
    window(b, &x0, &x1);
    if (plot_range_check(x0, x1, -1, NULL)) {
        p->x0 = x0;
        p->x1 = x1;
    }
    for (int i = 1; i < fns; i++)
        p->compare[p->compares++] = fn[i];
    p->difference = take(b, 2);
    p->tangent = take(b, 2);
    p->saturation = take(b, 2);
    p->histogram = take(b, 2);
    p->naive = !take(b, 8);
    p->has_ghost = take(b, 2);
    p->ghost = fn[fns - 1];
    p->columns = take(b, 100);
    p->cursor = number(b);
    if (isnan(p->cursor))
        p->cursor = 0;
    lab->set.charset = take(b, CHARSETS);
    plot_fit(lab);
    require(p->y1 > p->y0 && isfinite(p->y1 - p->y0), "the window has no height", "plot_fit");
    view_plot(lab, g, in);
    check_axis(p->y0, p->y1, g->rows);
    if (fn_set_parameter(&lab->model.fn, "alpha", number(b), NULL)) {
        plot_extend(lab);
        require(p->y1 > p->y0 && isfinite(p->y1 - p->y0), "the window has no height", "extended");
    }
    view_plot_printed(lab, g);
    view_plot_title(lab, left, sizeof left, right, sizeof right);
    if (take(b, 4) == 0) {
        n = fn_points(&lab->model.fn, p->x0, p->x1, point, POINTS_MOST);
        require(n >= 0 && n <= POINTS_MOST, "so many points", "fn_points");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct lab *lab;
    struct bytes b = {.at = data, .end = data + size};
    struct functions *all = functions_new();
    struct fn fn[1 + PLOT_MAX_COMPARE], home;
    struct grid g = {0};
    int n = 0, fns;

    rng_seed(&b.more, digest_add(DIGEST_START, data, size), 0);
    fns = 1 + take(&b, 8) / 5 * take(&b, 1 + PLOT_MAX_COMPARE);
    if (!lab)
        lab = small_lab(false);
    home = lab->model.fn;
    while (n < fns && function(&b, all, &fn[n]))
        n++;
    if (n == fns) {
        grid_init(&g, 1 + take(&b, 60), 1 + take(&b, 200));
        clock_runs(true);
        draw_plain(&b, &fn[0], &g);
        clock_runs(true);
        draw_lab(&b, lab, fn, fns, &g);
        clock_runs(false);
        grid_free(&g);
    }
    lab->model.fn = home;
    functions_free(all);
    return 0;
}
