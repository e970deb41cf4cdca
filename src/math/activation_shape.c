/* activation_shape.c - where each function of the table breaks, and between which values it lies.
 * Both move with alpha and beta. The minima are exact to a double; each is where f' = 0 was solved
 * to 60 digits. */
#include "math/activation_forms.h"

#include <math.h>

static int two_kinks(double a, double b, bool jump, struct fn_break out[])
{
    out[0] = (struct fn_break){a, jump};
    out[1] = (struct fn_break){b, jump};
    return 2;
}

int breaks_at_zero(double alpha, double beta, struct fn_break out[FN_MAX_BREAKS])
{
    (void)alpha, (void)beta;
    out[0] = (struct fn_break){0, false};
    return 1;
}

int breaks_step(double alpha, double beta, struct fn_break out[FN_MAX_BREAKS])
{
    (void)alpha, (void)beta;
    out[0] = (struct fn_break){0, true};
    return 1;
}

int breaks_relu6(double alpha, double beta, struct fn_break out[FN_MAX_BREAKS])
{
    (void)alpha, (void)beta;
    return two_kinks(0, 6, false, out);
}

/* leaky_relu, prelu, elu: slope alpha below 0 against 1 above. */
int breaks_unless_one(double alpha, double beta, struct fn_break out[FN_MAX_BREAKS])
{
    return alpha == 1 ? 0 : breaks_at_zero(alpha, beta, out);
}

int breaks_at_one(double alpha, double beta, struct fn_break out[FN_MAX_BREAKS])
{
    (void)alpha, (void)beta;
    return two_kinks(-1, 1, false, out);
}

int breaks_at_three(double alpha, double beta, struct fn_break out[FN_MAX_BREAKS])
{
    (void)alpha, (void)beta;
    return two_kinks(-3, 3, false, out);
}

/* At alpha = 0 both shrinkages are the identity. */
int breaks_softshrink(double alpha, double beta, struct fn_break out[FN_MAX_BREAKS])
{
    (void)beta;
    return alpha > 0 ? two_kinks(-alpha, alpha, false, out) : 0;
}

int breaks_hardshrink(double alpha, double beta, struct fn_break out[FN_MAX_BREAKS])
{
    (void)beta;
    return alpha > 0 ? two_kinks(-alpha, alpha, true, out) : 0;
}

/* The value beta below meets the line above only where beta = alpha. */
int breaks_threshold(double alpha, double beta, struct fn_break out[FN_MAX_BREAKS])
{
    out[0] = (struct fn_break){alpha, alpha != beta};
    return 1;
}

/* Ranges that do not move. */
#define RANGE(name, least, most)                                                                   \
    void range_##name(double alpha, double beta, double *lo, double *hi)                           \
    {                                                                                              \
        (void)alpha, (void)beta;                                                                   \
        *lo = (least);                                                                             \
        *hi = (most);                                                                              \
    }

RANGE(sigmoid, 0, 1)
RANGE(tanh, -1, 1)
RANGE(relu, 0, INFINITY)
RANGE(gelu, -0x1.5c19dd4b1a3fbp-3, INFINITY) /* -0.16997 at x = -0.75179 */
RANGE(identity, -INFINITY, INFINITY)
RANGE(step, 0, 1)
RANGE(relu6, 0, 6)
RANGE(selu, -0x1.c212cc640f030p+0, INFINITY)      /* -SELU_LAMBDA*SELU_ALPHA */
RANGE(gelu_tanh, -0x1.5c3e533586d1ap-3, INFINITY) /* -0.17004 at x = -0.75246 */
RANGE(mish, -0x1.3c417299f9f85p-2, INFINITY)      /* -0.30884 at x = -1.19243 */
RANGE(softsign, -1, 1)
RANGE(hardsigmoid, 0, 1)
RANGE(hardtanh, -1, 1)
RANGE(hardswish, -0.375, INFINITY) /* at x = -1.5 */
RANGE(logsigmoid, -INFINITY, 0)
RANGE(tanhshrink, -INFINITY, INFINITY)
RANGE(softshrink, -INFINITY, INFINITY)
RANGE(hardshrink, -INFINITY, INFINITY) /* less +-(0, alpha] */

void range_leaky_relu(double alpha, double beta, double *lo, double *hi)
{
    (void)beta;
    *lo = alpha > 0 ? -INFINITY : 0;
    *hi = INFINITY;
}

void range_prelu(double alpha, double beta, double *lo, double *hi)
{
    range_leaky_relu(alpha, beta, lo, hi);
}

void range_elu(double alpha, double beta, double *lo, double *hi)
{
    (void)beta;
    *lo = alpha > 0 ? -alpha : 0;
    *hi = INFINITY;
}

void range_celu(double alpha, double beta, double *lo, double *hi)
{
    (void)beta;
    *lo = alpha > 0 ? -alpha : -INFINITY;
    *hi = INFINITY;
}

/* f(x; beta) = g(beta x)/beta with g at beta = 1; its minimum is -0.27846 at -1.27846, where g = x
 * + 1. */
void range_swish(double alpha, double beta, double *lo, double *hi)
{
    const double least = -0x1.1d25cf210482ep-2;

    (void)alpha;
    *lo = beta > 0 ? least / beta : -INFINITY;
    *hi = beta < 0 ? least / beta : INFINITY;
}

void range_softplus(double alpha, double beta, double *lo, double *hi)
{
    (void)alpha;
    *lo = beta > 0 ? 0 : -INFINITY;
    *hi = beta > 0 ? INFINITY : 0;
}

/* The value beta and everything above alpha. */
void range_threshold(double alpha, double beta, double *lo, double *hi)
{
    *lo = fmin(alpha, beta);
    *hi = INFINITY;
}
