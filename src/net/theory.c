/* theory.c - see theory.h. Lengths q and slopes chi by Gaussian quadrature, the recursion over the
 * layers by sample.
 *
 * A pre-activation of a wide random layer is normal, with the mean of the biases and a variance q
 * that its sample fixes. So everything is an integral of f^2 or f'^2 against a normal density.
 * Activations have kinks, jumps, and a bend near 0 that a large q makes narrow; the integral is
 * therefore cut at all of those and done by Gauss-Legendre between the cuts. */
#include "net/theory.h"

#include "base/number.h"
#include "base/xalloc.h"
#include "net/init.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double REACH = 10; /* deviations: the density beyond is below 1e-22 */
static const double INV_SQRT_2PI = 0.39894228040143267794;

enum { MAX_CUTS = 64 + FN_MAX_BREAKS };

/* Gauss-Legendre, 12 points on [-1, 1]: the positive half (Abramowitz & Stegun, table 25.4). */
static const struct {
    double x, weight;
} legendre[] = {
    {0.1252334085114689155, 0.2491470458134027850}, {0.3678314989981801938, 0.2334925365383548088},
    {0.5873179542866174473, 0.2031674267230659217}, {0.7699026741943046870, 0.1600783285433462263},
    {0.9041172563704748567, 0.1069393259953184310}, {0.9815606342467192507, 0.04717533638651182719},
};

/* The integrand: f or f', squared, of mean + scale z, times the density of z. */
struct integrand {
    const struct fn *fn;
    double mean, scale;
    bool derivative;
};

static double value(const struct integrand *g, double z)
{
    double x = g->mean + g->scale * z, v = g->derivative ? fn_df(g->fn, x) : fn_f(g->fn, x);

    return v * v * exp(-.5 * z * z) * INV_SQRT_2PI;
}

/* Adds the cut at activation input x, if it is in reach. */
static int cut_at(const struct integrand *g, double x, double *cut, int n)
{
    double z = (x - g->mean) / g->scale;

    if (fabs(z) < REACH)
        cut[n++] = z;
    return n;
}

static int cuts(const struct integrand *g, double cut[MAX_CUTS])
{
    struct fn_break breaks[FN_MAX_BREAKS];
    int n = 0, k = fn_breaks(g->fn, breaks);

    for (int i = -4; i <= 4; i++)
        cut[n++] = REACH * i / 4;
    n = cut_at(g, 0, cut, n);
    for (int power = -4; power < 16; power += 2) {
        n = cut_at(g, ldexp(1, power), cut, n);
        n = cut_at(g, -ldexp(1, power), cut, n);
    }
    for (int i = 0; i < k; i++)
        n = cut_at(g, breaks[i].x, cut, n);
    qsort(cut, (size_t)n, sizeof *cut, number_ascending);
    return n;
}

/* E[g(mean + sqrt(q) z)], g = f^2 or f'^2. */
static double moment(const struct fn *fn, double mean, double q, bool derivative)
{
    struct integrand g = {fn, mean, sqrt(q), derivative};
    double cut[MAX_CUTS], sum = 0;
    int n;

    if (!(q >= 0) || !isfinite(q))
        return NAN;
    if (g.scale == 0) {
        double v = derivative ? fn_df(fn, mean) : fn_f(fn, mean);

        return v * v;
    }
    n = cuts(&g, cut);
    for (int i = 1; i < n; i++) {
        double half = .5 * (cut[i] - cut[i - 1]), middle = .5 * (cut[i] + cut[i - 1]), part = 0;

        if (half < 1e-13)
            continue;
        for (size_t j = 0; j < sizeof legendre / sizeof *legendre; j++)
            part += legendre[j].weight * (value(&g, middle - half * legendre[j].x) +
                                          value(&g, middle + half * legendre[j].x));
        sum += half * part;
    }
    return sum;
}

double theory_moment(const struct fn *fn, double q, bool derivative)
{
    return moment(fn, 0, q, derivative);
}

double theory_chi(const struct fn *fn, double q, double sigma_w)
{
    return sigma_w * sigma_w *
           moment(fn, 0, q > 1e-20 ? q : 1e-20,
                  true); /* at q = 0 a kink there still has two sides */
}

double theory_map(const struct fn *fn, double q, double sigma_w, double sigma_b)
{
    return sigma_w * sigma_w * moment(fn, 0, q, false) + sigma_b * sigma_b;
}

/* Plain iteration finds the stable point; where it crawls (at criticality it nears its end like
 * 1/n), Aitken's extrapolation takes it there, as long as that stays a length: Steffensen's method.
 */
double theory_fixed_point(const struct fn *fn, double q0, double sigma_w, double sigma_b)
{
    /* what a function costs it costs a thousand times an integral */
    const int most = (int)(1000 / fmax(1, fn_cost(fn) / 50));
    double q = q0;

    for (int i = 0; i < most; i++) {
        double next = theory_map(fn, q, sigma_w, sigma_b), after;

        if (!(next < 1e30))
            return NAN;
        if (fabs(next - q) <= (i < 50 ? 1e-10 : 1e-8) * next || next < 1e-14)
            return next;
        if (i < 50) {
            q = next;
            continue;
        }
        after = theory_map(fn, next, sigma_w, sigma_b);
        if (fabs(after - next) < fabs(next - q)) {
            double jump = q - (next - q) * (next - q) / (after - 2 * next + q);

            q = jump >= 0 && isfinite(jump) ? jump : after;
        } else {
            q = after;
        }
    }
    return NAN;
}

static double sigma(const struct net_config *c, int ins, int outs)
{
    return sqrt(ins) * init_deviation(c, ins, outs);
}

double theory_sigma_w(const struct net_config *c)
{
    return sigma(c, c->width, c->width);
}

/* Moments of a function by the logarithm of q, worked out where they are asked for and kept:
 * between two neighbours of the grid they follow the polynomial through six, to 2e-6 where the
 * function is smooth and 3e-5 where it has corners. So a network of 200 layers costs no more
 * quadratures than one of 8. */
enum {
    GRID = 3 /* to each factor e of q */,
    GRID_LEAST = -60 * GRID,
    GRID_CELLS = 700 * GRID,
    AROUND = 6, /* points of the polynomial ... */
    BEFORE = 2  /* ... and how many of them come before the cell */
};

struct moments {
    const struct fn *fn;
    double mean;
    double at[2][GRID_CELLS];  /* log of E[f^2] and of E[f'^2], NAN where a function has none ... */
    bool known[2][GRID_CELLS]; /* ... if it has been worked out */
};

static struct moments *moments_new(const struct fn *fn, double mean)
{
    struct moments *m = xcalloc(1, sizeof *m);

    m->fn = fn;
    m->mean = mean;
    return m;
}

static double log_moment_at(struct moments *m, int cell, bool derivative)
{
    double *v = &m->at[derivative][cell];

    if (!m->known[derivative][cell])
        *v = log(moment(m->fn, m->mean, exp((double)(cell + GRID_LEAST) / GRID), derivative));
    m->known[derivative][cell] = true;
    return *v;
}

/* Where a length lies on the grid, and how much each point around it counts there: Lagrange's
 * polynomial through them. */
struct place {
    int cell;
    double part; /* 0..1, of the way to the next cell */
    double weight[AROUND];
};

static bool find_place(struct place *p, double log_q)
{
    static const double below[AROUND] = {-120, 24,  -12,
                                         12,   -24, 120}; /* product of i - k, k != i */
    double x = log_q * GRID - GRID_LEAST, up = 1, left[AROUND];

    if (!(x < GRID_CELLS - AROUND))
        return false;
    /* below e^-60 nothing changes but the scale, and that is 0 */
    p->cell = x < BEFORE ? BEFORE : (int)x;
    p->part = x < BEFORE ? 0 : x - p->cell;
    for (int i = 0; i < AROUND; i++) { /* products of what lies left of i ... */
        left[i] = up;
        up *= BEFORE + p->part - i;
    }
    up = 1;
    for (int i = AROUND - 1; i >= 0; i--) { /* ... times what lies right of it */
        p->weight[i] = left[i] * up / below[i];
        up *= BEFORE + p->part - i;
    }
    return true;
}

/* Log of the moment at a place. Beside cells where f or f' is 0, and the log is -inf, no polynomial
 * goes: a straight line does. */
static double log_moment(struct moments *m, const struct place *p, bool derivative)
{
    double v[AROUND], sum = 0;

    for (int i = 0; i < AROUND; i++) {
        v[i] = log_moment_at(m, p->cell - BEFORE + i, derivative);
        sum += p->weight[i] * v[i];
    }
    if (isfinite(sum))
        return sum;
    return p->part == 0 ? v[BEFORE] : (1 - p->part) * v[BEFORE] + p->part * v[BEFORE + 1];
}

/* The recursion from one input's length q (theory.h has the sources): chi of each layer, and the
 * log of the product of chi_l .. chi_L: delta_l^2 but for a factor that all layers of the sample
 * share. NAN from where q runs to infinity. */
static void recurse(const struct net_config *c, struct moments *m, double q, double *chi,
                    double *log_back)
{
    double log_w2 = 2 * log(theory_sigma_w(c)), b2 = c->bias_std * c->bias_std, sum = 0;

    for (int l = 1; l <= c->layers; l++) {
        struct place p;
        bool on_grid = find_place(&p, log(q));

        log_back[l] = on_grid ? log_w2 + log_moment(m, &p, true) : NAN;
        chi[l] = exp(log_back[l]);
        q = on_grid ? exp(log_w2 + log_moment(m, &p, false)) + b2 : NAN;
    }
    for (int l = c->layers; l >= 1; l--) {
        sum += log_back[l];
        log_back[l] = sum;
    }
}

/* The squared lengths of the inputs, ascending; NULL where all are 0, or one is no number. To be
 * freed. */
static double *squared_lengths(const float *x, int n)
{
    double *q = xcalloc((size_t)n, sizeof *q), sum = 0;

    for (int i = 0; i < n; i++, x += NET_INPUTS) {
        q[i] = (double)x[0] * (double)x[0] + (double)x[1] * (double)x[1];
        sum += q[i];
    }
    qsort(q, (size_t)n, sizeof *q, number_ascending);
    if (sum > 0 && isfinite(sum))
        return q;
    free(q);
    return NULL;
}

/* The recursion is run so many times at most, over all layers: a few milliseconds. */
enum { LAYERS_MOST = 10000 };

/* Every input has its recursion; of very many, neighbours in length share one: that of the middle
 * of them. */
bool theory_predict(const struct net_config *c, const struct fn *fn, const float *x, int n,
                    double *delta, double *chi)
{
    double back[NET_MAX_LAYERS + 1], slope[NET_MAX_LAYERS + 1];
    double w1 = sigma(c, NET_INPUTS, c->width), top, *q = NULL;
    struct moments *m;
    int runs;

    for (int l = 0; l <= c->layers; l++)
        delta[l] = chi[l] = NAN;
    if (!c->residual && !c->layernorm && c->layers > 0 && n > 0 && w1 > 0 &&
        fn_cost(fn) <= THEORY_DEAREST)
        q = squared_lengths(x, n);
    if (!q)
        return false;
    runs = LAYERS_MOST / c->layers < n ? LAYERS_MOST / c->layers : n;
    m = moments_new(fn, c->bias);
    for (int l = 0; l <= c->layers; l++)
        delta[l] = chi[l] = 0;
    for (int i = 0; i < runs; i++) {
        int from = (int)((long long)n * i / runs), to = (int)((long long)n * (i + 1) / runs);
        double share = (double)(to - from) / n, length = q[(from + to) / 2];

        recurse(c, m, w1 * w1 * length / NET_INPUTS + c->bias_std * c->bias_std, slope, back);
        for (int l = 1; l <= c->layers; l++) {
            delta[l] += share * exp(back[l]);
            chi[l] += share * slope[l];
        }
    }
    free(m);
    free(q);
    top = delta[c->layers];
    for (int l = 1; l <= c->layers; l++)
        delta[l] = sqrt(number_quotient(delta[l], top));
    return isfinite(delta[1]);
}
