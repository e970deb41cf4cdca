/* forms_curves.c - functions made of exponentials, in forms that are right everywhere.
 *
 * Each result is within 8 units in the last place of the true value for every double x, the
 * infinities and NaN included, and NaN in gives NaN out. Where f or f' is a sum whose terms cancel
 * (gelu' changes its sign near -0.75) the unit is that of the largest term. How:
 *
 *  - exp is only ever taken of what is negative (but for celu with a negative alpha), so nothing
 *    overflows on the way to a finite result;
 *  - 1 - s, 1 - t^2 and the like are never subtracted: with e = e^-|x| they are quotients of
 *    positive sums;
 *  - an argument that was rounded (beta*x, x/alpha, x^2/2) keeps its rounding error: exp_pair.h;
 *  - a tail like x*e^x falls below the smallest normal double long after e^x does: scaled_exp
 *    multiplies between two halves of the exponential, and only the last product rounds to a
 *    subnormal. */
#include "math/activation_forms.h"

#include "math/angle.h"
#include "math/exp_pair.h"

#include <math.h>

static int turns_at_zero(double out[])
{
    out[0] = 0;
    return 1;
}

FORM(sigmoid)
{
    return logistic((struct pair){x, 0});
}

/* s(1-s) = 1/(2 + E + 1/E), which no rounding lifts above its maximum of 1/4 */
SLOPE(sigmoid)
{
    double e = exp(-fabs(x));

    return e < 0x1p-60 ? e : 1 / (2 + (e + 1 / e));
}

TURNS(sigmoid)
{
    return turns_at_zero(out);
}

FORM(tanh)
{
    return tanh(x);
}

/* 1 - t^2 = 4 s'(2x) */
SLOPE(tanh)
{
    double two = 2 * fabs(x);

    return two > 700 ? scaled_exp(4, (struct pair){-two, 0}) : 4 * slope_sigmoid(two, alpha, beta);
}

TURNS(tanh)
{
    return turns_at_zero(out);
}

FORM(elu)
{
    return x <= 0 ? alpha * expm1(x) : x;
}

SLOPE(elu)
{
    return x > 0 ? 1 : x <= 0 ? scaled_exp(alpha, (struct pair){x, 0}) : x;
}

/* Slope alpha below 0 against 1 above. */
BREAKS(elu)
{
    out[0] = (struct fn_break){0, false};
    return alpha != 1;
}

BY_ALPHA(elu)
{
    return x > 0 ? 0 : expm1(x);
}

/* alpha*(e^(x/alpha)-1); for alpha < 0 the exponent is positive and may overflow before the product
 * does. */
FORM(celu)
{
    struct pair q = quotient(x, alpha);
    double e;

    if (!(x <= 0))
        return x;
    if (fabs(q.hi) < 0x1p-54)
        return x;
    if (q.hi > 40)
        return scaled_exp(alpha, q) - alpha;
    e = expm1(q.hi);
    return alpha * (e + (1 + e) * q.lo);
}

SLOPE(celu)
{
    return x > 0 ? 1 : x <= 0 ? pair_exp(quotient(x, alpha)) : x;
}

/* Of alpha expm1(x/alpha). */
BY_ALPHA(celu)
{
    double u = x / alpha;

    return x > 0 ? 0 : expm1(u) - (isinf(u) && u < 0 ? 0 : u * exp(u));
}

static const double selu_lambda_alpha = 0x1.c212cc640f030p+0; /* SELU_LAMBDA * SELU_ALPHA */

FORM(selu)
{
    return x <= 0 ? selu_lambda_alpha * expm1(x) : SELU_LAMBDA * x;
}

SLOPE(selu)
{
    return x > 0 ? SELU_LAMBDA : x <= 0 ? scaled_exp(selu_lambda_alpha, (struct pair){x, 0}) : x;
}

BREAKS(selu)
{
    out[0] = (struct fn_break){0, false};
    return 1;
}

static const double inv_sqrt_2pi = 0x1.9884533d43651p-2;

/* phi(x) = scale e^(-x^2/2) / sqrt(2 pi) */
static double scaled_density(double scale, double x)
{
    struct pair square = product(x, x);

    return scaled_exp(scale * inv_sqrt_2pi, (struct pair){-square.hi / 2, -square.lo / 2});
}

enum {
    GELU_FAR = 40,
    GELU_TAIL = -36
}; /* beyond FAR e^(-x^2/2) is 0; below TAIL erfc nears the subnormals */

/* x < GELU_TAIL: Phi(x) = phi(x)/|x| (1 - 1/x^2 + 3/x^4 - 15/x^6 + ...), this is the bracket
 * (Abramowitz & Stegun 26.2.12); the first term left out is below 2^-55. */
static double mills_series(double x)
{
    double r = 1 / (x * x), sum = 1;

    for (int k = 11; k > 0; k -= 2)
        sum = 1 - k * r * sum;
    return sum;
}

/* Phi(x) = erfc(-x/sqrt(2))/2, and erfc(t+dt) = erfc(t) - 2/sqrt(pi) e^(-t^2) dt. */
static double normal_cdf(double x)
{
    const double sqrt_half = 0x1.6a09e667f3bcdp-1, sqrt_half_lo = -0x1.bdd3413b26456p-55;
    const double two_by_sqrt_pi = 0x1.20dd750429b6dp+0;
    struct pair t;

    if (x > GELU_FAR)
        return 1;
    t = product(-x, sqrt_half);
    t.lo -= x * sqrt_half_lo;
    return 0.5 * (erfc(t.hi) - two_by_sqrt_pi * exp(-t.hi * t.hi) * t.lo);
}

FORM(gelu)
{
    if (x < -GELU_FAR)
        return -0.0;
    if (x < GELU_TAIL)
        return scaled_density(-mills_series(x), x);
    return x * normal_cdf(x);
}

SLOPE(gelu)
{
    if (fabs(x) > GELU_FAR)
        return x > 0 ? 1 : -0.0;
    if (x < GELU_TAIL)
        return scaled_density(x - mills_series(x) / x, x);
    return normal_cdf(x) + scaled_density(x, x);
}

TURNS(gelu)
{
    out[0] = -0x1.6a09e667f3bcdp+0; /* f' at -sqrt(2) */
    out[1] = -0x1.80ead197f00b4p-1; /* f at -0.75179 */
    out[2] = 0x1.6a09e667f3bcdp+0;
    return 3;
}

/* 1/2 (1 + tanh(u)) = logistic(2u) with 2u = x (a + b x^2), a = 2 sqrt(2/pi), b = 0.044715 a: no
 * cancellation in the tail. 2u reaches -745 there, so it is summed as a pair. */
static const struct pair gelu_tanh_a = {0x1.9884533d43651p+0, -0x1.cbc0d30ebfd15p-54};
static const struct pair gelu_tanh_b = {0x1.2444f2a4d8b4bp-4, -0x1.6c843a29d1c70p-61};

static struct pair gelu_tanh_argument(double x)
{
    struct pair square = product(x, x), b = product(gelu_tanh_b.hi, square.hi), sum, u;
    double small;

    b.lo += gelu_tanh_b.hi * square.lo + gelu_tanh_b.lo * square.hi;
    /* Knuth's two-sum: sum.hi + small is exactly a + b */
    sum.hi = gelu_tanh_a.hi + b.hi;
    small = sum.hi - gelu_tanh_a.hi;
    small = (gelu_tanh_a.hi - (sum.hi - small)) + (b.hi - small);
    sum.lo = small + b.lo + gelu_tanh_a.lo;
    u = product(x, sum.hi);
    u.lo += x * sum.lo;
    return u;
}

FORM(gelu_tanh)
{
    if (fabs(x) > GELU_FAR)
        return x > 0 ? x : -0.0;
    return gate(x, gelu_tanh_argument(x));
}

SLOPE(gelu_tanh)
{
    if (fabs(x) > GELU_FAR)
        return x > 0 ? 1 : -0.0;
    return gate_slope(gelu_tanh_argument(x), x * (gelu_tanh_a.hi + 3 * gelu_tanh_b.hi * x * x));
}

TURNS(gelu_tanh)
{
    out[0] = -0x1.6b23142700629p+0; /* f' at -1.41850 */
    out[1] = -0x1.81429f9e97e4dp-1; /* f at -0.75246 */
    out[2] = 0x1.6b23142700629p+0;
    return 3;
}

FORM(swish)
{
    return gate(x, times(beta, x));
}

SLOPE(swish)
{
    struct pair q = times(beta, x);

    return gate_slope(q, q.hi);
}

/* f(x; beta) = g(beta x)/beta with g at beta = 1, which turns at -1.27846 and, in slope, at
 * +-2.39936. */
TURNS(swish)
{
    if (beta == 0)
        return 0;
    out[0] = -0x1.331e23ad9de11p+1 / beta;
    out[1] = -0x1.474973c84120bp+0 / beta;
    out[2] = 0x1.331e23ad9de11p+1 / beta;
    return 3;
}

BY_BETA(swish)
{
    double s = logistic(product(beta, x)), c = logistic(product(-beta, x));

    return s * c == 0 ? 0 : x * s * c * x;
}

/* tanh(ln(1+E)) = E(E+2)/(E(E+2)+2) with E = e^x; above 0 in e = e^-x: (1+2e)/(1+2e+2e^2) */
FORM(mish)
{
    double e = exp(-fabs(x)), n;

    if (x > 0) {
        n = 1 + 2 * e;
        return x * (n / (n + 2 * e * e));
    }
    n = e * (e + 2);
    return scaled_exp(x, (struct pair){x, 0}) * ((e + 2) / (n + 2));
}

/* E w/d^2, w = 4(x+1) + (4x+6)E + 4E^2 + E^3, d = E^2+2E+2 (Misra 2019, arXiv 1908.08681); above 0
 * the same over E^4. */
SLOPE(mish)
{
    double e = exp(-fabs(x)), d, w;

    if (x > 50) /* 1 to the last bit, and infinity * 0 kept away */
        return 1;
    if (x > 0) {
        d = 1 + 2 * e * (1 + e);
        return (1 + e * (4 + e * (4 * x + 6 + e * 4 * (x + 1)))) / (d * d);
    }
    if (x < -800) /* below the smallest double */
        return -0.0;
    d = 2 + e * (2 + e);
    w = 4 * (x + 1) + e * (4 * x + 6 + e * (4 + e));
    return scaled_exp(w / (d * d), (struct pair){x, 0});
}

TURNS(mish)
{
    out[0] = -0x1.20d0f116eb001p+1; /* f' at -2.25638 */
    out[1] = -0x1.31432c0d12d84p+0; /* f at -1.19243 */
    out[2] = 0x1.7d9612a440040p+0;  /* f' at 1.49057 */
    return 3;
}

FORM(softplus)
{
    struct pair q = times(beta, x);

    if (q.hi > 0)
        return x + scaled_log1p_exp(1 / beta, negative(q));
    return scaled_log1p_exp(1 / beta, q);
}

SLOPE(softplus)
{
    return logistic(times(beta, x));
}

/* (x s(beta x) - f) / beta. u s(u) - ln(1+e^u) is -(ln(1 + e^-|u|) + |u| e^-|u| / (1 + e^-|u|)) on
 * both sides; as it stands it would cancel. */
BY_BETA(softplus)
{
    double u = fabs(beta * x), e = exp(-u);

    if (isnan(u))
        return u;
    return -(log1p(e) + (isinf(u) ? 0 : u * e / (1 + e))) / (beta * beta);
}

FORM(softsign)
{
    return isinf(x) ? copysign(1, x) : x / (1 + fabs(x));
}

SLOPE(softsign)
{
    double d = 1 + fabs(x);

    return 1 / d / d; /* d*d would overflow where the quotient is still a number */
}

TURNS(softsign)
{
    return turns_at_zero(out);
}

/* ln s(x) = -ln(1+e^-x) */
FORM(logsigmoid)
{
    if (x < 0)
        return x + scaled_log1p_exp(-1, (struct pair){x, 0});
    return scaled_log1p_exp(-1, (struct pair){-x, 0});
}

SLOPE(logsigmoid)
{
    return logistic((struct pair){-x, 0});
}

/* x - tanh(x) cancels near 0. Lambert's fraction tanh x = x/(1+K), K = x^2/(3+x^2/(5+x^2/(7+...)))
 * turns it into x K/(1+K), all positive; 13 levels give every bit up to |x| = 2. */
FORM(tanhshrink)
{
    double square = x * x, k;

    if (!(fabs(x) < 2))
        return x - tanh(x);
    k = 0;
    for (int level = 27; level >= 3; level -= 2)
        k = square / (level + k);
    return x * k / (1 + k);
}

SLOPE(tanhshrink)
{
    double t = tanh(x);

    return t * t;
}

TURNS(tanhshrink)
{
    return turns_at_zero(out);
}

/* Below 0 the sum would cancel: (x+h)/2 = alpha/(2(h-x)), and its slope is f/h. */
FORM(squareplus)
{
    double h = hypot(x, sqrt(alpha)) / 2;

    return x > 0 ? x / 2 + h : x <= 0 ? alpha == 0 ? 0 : alpha / 4 / (h - x / 2) : x;
}

/* With alpha = 0 ReLU's, 0 at 0. */
SLOPE(squareplus)
{
    double h = hypot(x, sqrt(alpha));

    if (alpha == 0 || isinf(x))
        return x > 0 ? 1 : x <= 0 ? 0 : x;
    return x > 0 ? 0.5 + x / h / 2 : form_squareplus(x, alpha, beta) / h;
}

BREAKS(squareplus)
{
    out[0] = (struct fn_break){0, false};
    return alpha == 0;
}

BY_ALPHA(squareplus)
{
    return 0.25 / hypot(x, sqrt(alpha));
}

/* With alpha = 0 it is 0 even at infinity, where a sine has no value. */
FORM(sine)
{
    return alpha == 0 && !isnan(x) ? 0 : angle_of_product(alpha, x).sin;
}

SLOPE(sine)
{
    return alpha == 0 && !isnan(x) ? 0 : alpha * angle_of_product(alpha, x).cos;
}

TURNS(sine)
{
    const double quarter = 0x1.921fb54442d18p+0; /* pi/2 */

    if (alpha == 0)
        return 0;
    for (int i = 0; i < FN_MAX_TURNS; i++)
        out[i] = (i - 1) * quarter / alpha;
    return FN_MAX_TURNS;
}

BY_ALPHA(sine)
{
    return x * angle_of_product(alpha, x).cos;
}
