/* plot_cuts.c - where a curve may not be drawn through: known jumps, and poles, jumps and gaps
 * found by looking.
 *
 * Looking: y is sampled four times a column. Where two neighbours are far apart the interval is
 * halved again and again, always towards the greater difference. A continuous curve, however steep,
 * closes up; a pole or a jump does not. Of a curve that leaps at every sample only the first leaps
 * are looked at. */
#include "draw/plot_parts.h"

#include <math.h>
#include <string.h>

enum { SAMPLES_PER_COLUMN = 4, HALVINGS = 60, HALVINGS_IN_ALL = 2 * HALVINGS * CUTS_MAX };

static const double CLOSED = 0.05; /* rows */

/* The height, with all that is outside the window brought to just outside it: a pole is as high as
 * any other. */
static double near_height(const struct frame *f, const struct curve *curve, double x)
{
    const double h = frame_height(f, curve->y(curve->context, x));
    return isnan(h) ? h : fmin(fmax(h, -1), f->area.rows + 1);
}

static double difference(double a, double b)
{
    if (isnan(a) && isnan(b))
        return 0;
    return isnan(a) || isnan(b) ? INFINITY : fabs(a - b);
}

/* The roundest number between or next to two doubles that almost touch: where the jump was meant to
 * be. */
static double roundest(double a, double b, double unit)
{
    for (int digits = 3; digits <= 12; digits += 3) {
        const double step = unit / pow(10, digits);
        const double x = step > 0 ? round((a + b) / 2 / step) * step : b;
        if (fabs(x - a) <= 1e-12 * unit || fabs(x - b) <= 1e-12 * unit)
            return x;
    }
    return b;
}

/* Closes in on what makes y(a) and y(b) differ, with at most so many halvings, which are taken from
 * *left. True when it is a cut. */
static bool close_in(const struct frame *f, const struct curve *curve, double a, double b,
                     int *left, struct cut *cut)
{
    const double unit = pow(10, ceil(log10(f->dx)));
    double at_a = near_height(f, curve, a), at_b = near_height(f, curve, b);
    for (int i = 0; i < HALVINGS && difference(at_a, at_b) >= CLOSED; i++, --*left) {
        const double mid = a + (b - a) / 2;
        if (!(mid > a && mid < b) || b - a < 1e-13 * f->dx)
            break;
        const double at_mid = near_height(f, curve, mid);
        if (difference(at_a, at_mid) >= difference(at_mid, at_b)) {
            b = mid;
            at_b = at_mid;
        } else {
            a = mid;
            at_a = at_mid;
        }
    }
    if (difference(at_a, at_b) < CLOSED)
        return false;
    const double x = roundest(a, b, unit), at_x = near_height(f, curve, x);
    *cut = (struct cut){.x = x,
                        .left = fmin(a, x - 1e-12 * unit),
                        .right = fmax(b, x + 1e-12 * unit),
                        .ends = !isnan(at_a) && !isnan(at_b),
                        .closed_left = difference(at_x, at_a) <= difference(at_x, at_b)};
    return true;
}

static int seek(const struct frame *f, const struct curve *curve, struct cut *out)
{
    const int samples = f->area.cols * SAMPLES_PER_COLUMN;
    double before = f->x0, at_before = near_height(f, curve, before);
    int n = 0, left = HALVINGS_IN_ALL;
    for (int i = 1; i <= samples && n < CUTS_MAX && left > 0; i++) {
        const double x = f->x0 + f->dx * i / SAMPLES_PER_COLUMN;
        const double at_x = near_height(f, curve, x);
        if (difference(at_before, at_x) > 0.3 && close_in(f, curve, before, x, &left, &out[n]))
            n++;
        before = x;
        at_before = at_x;
    }
    return n;
}

static struct cut known_cut(const struct curve_break *b, double hair)
{
    return (struct cut){.x = b->x,
                        .left = b->x - hair,
                        .right = b->x + hair,
                        .ends = b->jump,
                        .closed_left = b->closed_left,
                        .impulse = b->impulse,
                        .foot = b->foot};
}

/* Puts a known break among the cuts that were found, in its order, or its impulse onto the one that
 * is there. */
static int merge(struct cut *cut, int n, const struct curve_break *b, double hair)
{
    int at = 0;
    while (at < n && cut[at].x < b->x - hair)
        at++;
    if (at < n && fabs(cut[at].x - b->x) <= hair) {
        cut[at].impulse = b->impulse;
        cut[at].foot = b->foot;
        return n;
    }
    if (n == CUTS_MAX)
        return n;
    memmove(&cut[at + 1], &cut[at], (size_t)(n - at) * sizeof *cut);
    cut[at] = known_cut(b, hair);
    return n + 1;
}

int curve_cuts(const struct curve *curve, const struct frame *f, struct cut out[CUTS_MAX])
{
    const double x1 = f->x0 + f->dx * f->area.cols, hair = 1e-9 * f->dx;
    int n = curve->seek_breaks ? seek(f, curve, out) : 0;
    for (int i = 0; i < curve->nbreaks; i++) {
        const struct curve_break *b = &curve->breaks[i];
        if (!(b->x > f->x0 && b->x < x1))
            continue;
        if (curve->seek_breaks && b->impulse != 0) /* a jump of f is not to be seen in f' */
            n = merge(out, n, b, 1e-3 * f->dx);
        else if (!curve->seek_breaks && (b->jump || b->impulse != 0))
            out[n++] = known_cut(b, hair);
    }
    return n;
}
