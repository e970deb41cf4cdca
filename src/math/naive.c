/* naive.c - the textbook formulas, evaluated in plain double arithmetic just as they are written,
 * and a judge that compares them with the stable forms. */
#include "math/naive.h"

#include "base/number.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Keeps the largest magnitude of the values on the way. */
static double seen(double y, double *inner)
{
    *inner = fmax(*inner, fabs(y));
    return y;
}

static double sigmoid(double x, double alpha, double beta, double *inner, bool *branch)
{
    (void)alpha, (void)beta, (void)branch;
    return 1 / (1 + seen(exp(-x), inner));
}

static double hyperbolic(double x, double alpha, double beta, double *inner, bool *branch)
{
    double up = seen(exp(x), inner), down = seen(exp(-x), inner);

    (void)alpha, (void)beta, (void)branch;
    return (up - down) / (up + down);
}

/* numpy's maximum: NaN when either is. */
static double maximum(double a, double b)
{
    return isnan(a) || a > b ? a : b;
}

static double relu(double x, double alpha, double beta, double *inner, bool *branch)
{
    (void)alpha, (void)beta, (void)inner, (void)branch;
    return maximum(0, x);
}

static double leaky_relu(double x, double alpha, double beta, double *inner, bool *branch)
{
    double left = seen(alpha * x, inner), y = maximum(left, x);

    (void)beta;
    *branch = y != (x > 0 ? x : left) && !isnan(y);
    return y;
}

/* numpy's where evaluates both branches before it chooses. */
static double elu(double x, double alpha, double beta, double *inner, bool *branch)
{
    double left = alpha * (seen(exp(x), inner) - 1);

    (void)beta, (void)branch;
    return x >= 0 ? x : left;
}

static double gelu_erf(double x, double alpha, double beta, double *inner, bool *branch)
{
    (void)alpha, (void)beta, (void)inner, (void)branch;
    return 0.5 * x * (1 + erf(x / sqrt(2)));
}

static double gelu_tanh(double x, double alpha, double beta, double *inner, bool *branch)
{
    double cube = seen(x * x * x, inner);

    (void)alpha, (void)beta, (void)branch;
    return 0.5 * x * (1 + tanh(seen(sqrt(2 / M_PI) * (x + 0.044715 * cube), inner)));
}

static double swish(double x, double alpha, double beta, double *inner, bool *branch)
{
    return x * sigmoid(beta * x, alpha, beta, inner, branch);
}

static const struct naive_form forms[] = {
    {.function = "sigmoid",
     .formula = "1/(1+exp(-x))",
     .trouble = "exp(-x) overflows below x = -709.78 (-88.72 in single precision).",
     .cure = "For x < 0 write exp(x)/(1+exp(x)).",
     .f = sigmoid},
    {.function = "tanh",
     .formula = "(exp(x)-exp(-x))/(exp(x)+exp(-x))",
     .trouble = "Beyond |x| = 709.78 it is inf/inf, which is NaN; near 0 the numerator cancels.",
     .cure = "Call tanh(x).",
     .f = hyperbolic},
    {.function = "relu",
     .formula = "max(0, x)",
     .trouble = "Nothing, as long as max passes NaN on (C's fmax does not).",
     .cure = "None needed.",
     .f = relu},
    {.function = "leaky_relu",
     .formula = "max(alpha*x, x)",
     .trouble = "Right only while alpha <= 1: above, the larger of the two is the wrong branch.",
     .cure = "Choose by the sign of x, not by the larger value.",
     .f = leaky_relu},
    {.function = "elu",
     .formula = "where(x >= 0, x, alpha*(exp(x)-1))",
     .trouble = "exp(x)-1 loses digits near 0, and above x = 709.78 the branch that is not used "
                "overflows.",
     .cure = "Write alpha*expm1(min(x, 0)).",
     .f = elu},
    {.function = "gelu",
     .formula = "0.5*x*(1+erf(x/sqrt(2)))",
     .trouble = "1+erf cancels in the left tail: below x = -8.3 it is 0 where gelu is not.",
     .cure = "Write 0.5*x*erfc(-x/sqrt(2)).",
     .f = gelu_erf},
    {.function = "gelu",
     .formula = "0.5*x*(1+tanh(sqrt(2/pi)*(x+0.044715*x^3)))",
     .trouble =
         "An approximation, up to 0.00048 off the exact gelu; and 1+tanh cancels in the left tail.",
     .cure = "Write x*sigmoid(1.5957691*(x+0.044715*x^3)), or use erfc for the exact gelu.",
     .f = gelu_tanh,
     .approximates = "gelu_tanh"},
    {.function = "gelu_tanh",
     .formula = "0.5*x*(1+tanh(sqrt(2/pi)*(x+0.044715*x^3)))",
     .trouble =
         "1+tanh cancels in the left tail: below x = -7.2 it is 0 where the function is not.",
     .cure = "Write x*sigmoid(1.5957691*(x+0.044715*x^3)).",
     .f = gelu_tanh},
    {.function = "swish",
     .formula = "x*(1/(1+exp(-beta*x)))",
     .trouble = "exp(-beta*x) overflows where beta*x is below -709.78, and at -inf it is inf*0, "
                "which is NaN.",
     .cure = "Use a sigmoid in two branches, and multiply x by exp(beta*x) there.",
     .f = swish},
};

const struct naive_form *naive_form(const struct activation *act, int i)
{
    for (size_t k = 0; k < sizeof forms / sizeof *forms && i >= 0; k++)
        if (!act->expr && strcmp(forms[k].function, act->name) == 0 && i-- == 0)
            return &forms[k];
    return NULL;
}

/* How many decimal digits of y are those of the true value; 16 is all of them. */
static double digits_right(double y, double value)
{
    double error;

    if (y == value)
        return 16;
    error = number_quotient(fabs(y - value), fabs(value));
    return isnan(error) ? 0 : fmin(16, fmax(0, -log10(error)));
}

struct naive_reading naive_read(const struct naive_form *form, const struct fn *fn, double x)
{
    struct naive_reading r = {.verdict = NAIVE_FINE};
    double inner = 0;
    bool branch = false;

    r.naive = form->f(x, fn->alpha, fn->beta, &inner, &branch);
    r.stable = fn_f(fn, x);
    if (isnan(x))
        return r;
    r.digits = digits_right(r.naive, r.stable);
    if (isnan(r.naive))
        r.verdict = NAIVE_NAN;
    else if (branch)
        r.verdict = NAIVE_BRANCH;
    else if (isinf(inner) && isfinite(x))
        r.verdict = NAIVE_OVERFLOW;
    else if (r.digits < NAIVE_DIGITS_FINE)
        r.verdict = NAIVE_DIGITS;
    if (r.verdict == NAIVE_DIGITS && form->approximates) {
        struct fn twin = fn_default(activation_find(form->approximates));

        if (digits_right(r.naive, fn_f(&twin, x)) >= NAIVE_DIGITS_FINE)
            r.verdict = NAIVE_APPROXIMATE;
    }
    return r;
}

/* The reading at x or, where digits are lost or kept by luck, the worst of some close to it. */
static struct naive_reading read_around(const struct naive_form *form, const struct fn *fn,
                                        double x)
{
    struct naive_reading worst = naive_read(form, fn, x);

    for (int i = -4; i <= 4; i++) {
        struct naive_reading r = naive_read(form, fn, x + x * (i * 0x1p-9));

        if (worst.verdict != NAIVE_FINE && worst.verdict != NAIVE_APPROXIMATE &&
            worst.verdict != NAIVE_DIGITS)
            break;
        if (r.verdict == NAIVE_APPROXIMATE || r.verdict == NAIVE_DIGITS)
            worst.verdict = worst.verdict < r.verdict ? r.verdict : worst.verdict;
        worst.digits = fmin(worst.digits, r.digits);
    }
    return worst;
}

/* Where the verdict ends between an x that has it and one that has another: the last double that
 * has it. */
static double edge(const struct naive_form *form, const struct fn *fn, double with, double without,
                   enum naive_verdict verdict)
{
    for (int i = 0; i < NUMBER_HALVINGS; i++) {
        double m = with / 2 + without / 2;

        if (m == with || m == without)
            break;
        if (read_around(form, fn, m).verdict == verdict)
            with = m;
        else
            without = m;
    }
    return with;
}

/* The x to look at, ascending: the infinities, 0, and both signs of magnitudes that lie close where
 * the functions live and two octaves apart elsewhere. */
enum {
    SMALL = 535,
    DENSE = 160,
    LARGE = 508,
    SIDE = SMALL + DENSE + LARGE,
    SAMPLES = 2 * SIDE + 3
};

static double magnitude(int k)
{
    if (k < SMALL)
        return ldexp(k > 5 ? 1.37 : 1,
                     -1074 + 2 * k); /* 2^-1074 .. 2^-6; powers of two are too lucky */
    k -= SMALL;
    if (k < DENSE)
        return 0.02 * exp2(k * 0.1); /* 0.02 .. 1223 */
    k -= DENSE;
    return k == LARGE - 1 ? DBL_MAX : ldexp(1, 11 + 2 * k); /* 2^11 .. 2^1023, and the last */
}

static double sample(int i)
{
    int k = i - SIDE - 1;

    if (i == 0 || i == SAMPLES - 1)
        return i ? INFINITY : -INFINITY;
    return k == 0 ? 0 : copysign(magnitude((k < 0 ? -k : k) - 1), k);
}

/* True if sample i continues the span that ended at sample `last`. Where digits are lost some x
 * come out right by luck: short gaps do not count. */
static bool continues(const struct naive_span *span, int last, enum naive_verdict verdict, int i)
{
    bool patient = verdict == NAIVE_DIGITS || verdict == NAIVE_APPROXIMATE;

    return verdict == span->verdict && i - last <= (patient ? 4 : 1) && last > 0 && i < SAMPLES - 1;
}

int naive_spans(const struct naive_form *form, const struct fn *fn,
                struct naive_span out[NAIVE_MAX_SPANS])
{
    int first[NAIVE_MAX_SPANS], last[NAIVE_MAX_SPANS], n = 0;

    for (int i = 0; i < SAMPLES; i++) {
        struct naive_reading r = read_around(form, fn, sample(i));

        if (r.verdict == NAIVE_FINE)
            continue;
        if (n > 0 && continues(&out[n - 1], last[n - 1], r.verdict, i)) {
            out[n - 1].worst = fmin(out[n - 1].worst, r.digits);
        } else {
            if (n == NAIVE_MAX_SPANS)
                break;
            out[n].verdict = r.verdict;
            out[n].worst = r.digits;
            first[n++] = i;
        }
        last[n - 1] = i;
    }
    for (int k = 0; k < n; k++) {
        struct naive_span *s = &out[k];

        s->from = sample(first[k]);
        s->to = sample(last[k]);
        if (first[k] > 1 && last[k] < SAMPLES - 1)
            s->from = edge(form, fn, s->from, sample(first[k] - 1), s->verdict);
        if (first[k] > 0 && last[k] < SAMPLES - 2)
            s->to = edge(form, fn, s->to, sample(last[k] + 1), s->verdict);
        s->worst = fmin(s->worst, naive_read(form, fn, s->from).digits);
        s->worst = fmin(s->worst, naive_read(form, fn, s->to).digits);
    }
    return n;
}

const char *naive_verdict_text(enum naive_verdict verdict)
{
    static const char *const text[] = {
        [NAIVE_FINE] = "fine",
        [NAIVE_APPROXIMATE] = "an approximation",
        [NAIVE_OVERFLOW] = "overflows inside",
        [NAIVE_DIGITS] = "loses digits",
        [NAIVE_BRANCH] = "wrong branch",
        [NAIVE_NAN] = "not a number",
    };

    return text[verdict];
}
