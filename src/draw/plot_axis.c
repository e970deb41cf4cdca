/* plot_axis.c - round numbers along an edge of the plot: its ticks, their labels, and windows whose
 * columns and rows are round.
 *
 * Steps are a mantissa times a power of ten, and powers are counted, so that every search ends also
 * where 10^k is 0 or infinite; ticks are whole multiples of their step, never a running sum. */
#include "draw/plot_axis.h"

#include "base/number.h"
#include "draw/plot.h"

#include <math.h>
#include <stdio.h>

enum { TICKS_MOST = 7, TICKS_COUNTED = 100000, POWERS = 4 };

double plot_tick_step(double lo, double hi, int most)
{
    static const double mantissa[] = {1, 2, 5};
    const double span = fabs(hi - lo), least = most > 0 ? span / most : 0, slack = 1e-9;
    if (!(least > 0) || !isfinite(span))
        return 1;
    /* With the step at least span / most there are at most `most` + 1 ticks; the exact count
     * decides. */
    const int power = (int)floor(log10(least)) - 1;
    for (int i = 0; i < 3 * POWERS; i++) {
        const int ten = power + i / 3;
        const double step = mantissa[i % 3] * pow(10, ten);
        if (step > 0 && isfinite(step) &&
            floor(hi / step + slack) - ceil(lo / step - slack) + 1 <= most)
            return step;
    }
    return span;
}

/* The smallest of n mantissas times a power of ten that is at least `raw`, or hardly below. */
static double round_up(double raw, const double *mantissa, int n)
{
    const double scale = pow(10, floor(log10(raw)));
    for (int i = 0; i < n; i++)
        if (mantissa[i] * scale >= raw * 0.98)
            return mantissa[i] * scale;
    return 10 * scale;
}

/* Middles of cells are multiples of their width, so that the cursor reads them and 0 is one. */
static void snap_to(double width, double *a, double *b, int cells)
{
    const double first = round((*a / 2 + *b / 2) / width - (cells - 1) / 2.0);
    const double lo = (first - 0.5) * width, hi = (first - 0.5 + cells) * width;
    if (!isfinite(hi - lo)) /* beyond the last numbers */
        return;
    *a = lo;
    *b = hi;
}

/* True if numbers between a and b are so fine that cells of this width can be round. */
static bool can_snap(double width, double a, double b)
{
    return width >= PLOT_FINEST && isfinite(width) && width >= 1e-12 * fmax(fabs(a), fabs(b));
}

void plot_snap(double *x0, double *x1, int cols)
{
    /* Of the first, round ticks are multiples; the second come nearer to the range asked for. */
    static const double even[] = {1, 1.25, 2, 2.5, 4, 5}, odd[] = {1, 1.5, 2, 2.5, 3, 4, 5, 6, 8};
    const double raw = cols > 0 ? (*x1 - *x0) / cols : 0;
    if (!can_snap(raw, *x0, *x1))
        return;
    double dx = round_up(raw, even, sizeof even / sizeof *even);
    if (dx > 1.25 * raw)
        dx = round_up(raw, odd, sizeof odd / sizeof *odd);
    snap_to(dx, x0, x1, cols);
}

void plot_snap_rows(double *y0, double *y1, int rows)
{
    /* 1, 2 and 5 over 2 to 6 rows. */
    static const double parts[] = {1, 1.25, 5.0 / 3, 2, 2.5, 10.0 / 3, 4, 5, 20.0 / 3, 25.0 / 3};
    const double raw = rows > 0 ? (*y1 - *y0) / rows : 0;
    if (!can_snap(raw, *y0, *y1))
        return;
    snap_to(round_up(raw, parts, sizeof parts / sizeof *parts), y0, y1, rows);
}

/* --- ticks ------------------------------------------------------------------------------------ */

struct axis plot_axis(double lo, double hi, double step)
{
    struct axis a = {.lo = lo, .hi = hi, .step = step};
    const double largest = fmax(fabs(lo), fabs(hi));
    if (!(step > 0 && isfinite(step)))
        return a;
    const double first = ceil(lo / step - 1e-9), last = floor(hi / step + 1e-9);
    if (!(last - first < TICKS_COUNTED)) /* the numbers are too coarse or too large for it */
        return a;
    a.first = first;
    a.ticks = last < first ? 0 : (int)(last - first) + 1;
    a.decimals = (int)fmax(0, -floor(log10(step) + 1e-9));
    if (largest >= 1e6 || a.decimals > 6)
        a.digits = number_apart(largest, step, 3);
    return a;
}

double axis_tick(const struct axis *a, int i)
{
    const double v = (a->first + i) * a->step;
    return fabs(v) < a->step * 1e-6 ? 0 : v; /* no -0 */
}

int axis_label(const struct axis *a, int i, char label[AXIS_LABEL_MAX])
{
    const double v = axis_tick(a, i);
    return a->digits ? snprintf(label, AXIS_LABEL_MAX, "%.*g", a->digits, v)
                     : snprintf(label, AXIS_LABEL_MAX, "%.*f", a->decimals, v);
}

int axis_widest(const struct axis *a)
{
    char label[AXIS_LABEL_MAX];
    int widest = 0;
    for (int i = 0; i < a->ticks; i++) {
        const int n = axis_label(a, i, label);
        widest = n > widest ? n : widest;
    }
    return widest;
}

/* The smallest of n steps, times a power of ten, that is a whole number of cells, makes at most
 * TICKS_MOST ticks and leaves each the cells that it needs: `least`, and its label with `gap`
 * blanks if that is not negative. False when that leaves fewer than three. */
static bool axis_even(struct axis *a, const double *mantissa, int n, double cell, int least,
                      int gap)
{
    if (!(cell > 0) || !isfinite(cell * least))
        return false;
    const int power = (int)floor(log10(cell * least));
    for (int i = 0; i < POWERS * n; i++) {
        const int ten = power + i / n;
        const double step = mantissa[i % n] * pow(10, ten), cells = step / cell;
        *a = plot_axis(a->lo, a->hi, step);
        if (a->ticks < 3)
            return false;
        if (a->ticks <= TICKS_MOST && cells > least - 0.01 && fabs(cells - round(cells)) < 1e-6 &&
            (gap < 0 || axis_widest(a) + gap < cells + 0.01))
            return true;
    }
    return false;
}

struct axis plot_axis_over(double lo, double hi, int cells, int least, int gap)
{
    static const double round_step[] = {1, 2, 5};
    struct axis a = {.lo = lo, .hi = hi};
    const double cell = cells > 0 ? (hi - lo) / cells : 0;
    if (axis_even(&a, round_step, 3, cell, least, gap))
        return a;
    for (int most = cells / least < TICKS_MOST ? cells / least : TICKS_MOST; most > 1; most--) {
        a = plot_axis(lo, hi, plot_tick_step(lo, hi, most));
        if (gap < 0 || (cell > 0 && axis_widest(&a) + gap <= a.step / cell))
            return a;
    }
    return plot_axis(lo, hi, plot_tick_step(lo, hi, 1));
}
