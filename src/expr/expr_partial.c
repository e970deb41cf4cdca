/* expr_partial.c - derivatives of the table's functions with respect to their parameters.
 *
 * elu(x, 1+x^2) needs them: by the chain rule f' = df/dx + df/dalpha * (1+x^2)'. Formulas by
 * differentiation of the table's. */
#include "expr/expr_code.h"
#include "math/exp_pair.h"

#include <math.h>
#include <string.h>

static double sigmoid(double x)
{
    return logistic((struct pair){x, 0});
}

/* max(x,0) + alpha min(x,0) */
static double leaky_alpha(double x, double alpha, double beta)
{
    (void)alpha, (void)beta;
    return x > 0 ? 0 : x;
}

static double elu_alpha(double x, double alpha, double beta)
{
    (void)alpha, (void)beta;
    return x > 0 ? 0 : expm1(x);
}

/* alpha expm1(x/alpha), x <= 0 */
static double celu_alpha(double x, double alpha, double beta)
{
    double u = x / alpha;

    (void)beta;
    return x > 0 ? 0 : expm1(u) - (isinf(u) && u < 0 ? 0 : u * exp(u));
}

/* x s(beta x) */
static double swish_beta(double x, double alpha, double beta)
{
    double s = sigmoid(beta * x), c = sigmoid(-beta * x);

    (void)alpha;
    return s * c == 0 ? 0 : x * s * c * x;
}

/* ln(1 + e^{beta x}) / beta: (x s(beta x) - f) / beta */
static double softplus_beta(double x, double alpha, double beta)
{
    double u = beta * x, magnitude = fabs(u);
    double soft = fmax(u, 0) + log1p(exp(-magnitude)); /* beta f */

    (void)alpha;
    /* u s(u) - soft is -(ln(1 + e^-|u|) + |u| e^-|u| / (1 + e^-|u|)) on both sides; soft alone
     * would cancel */
    if (isnan(soft))
        return soft;
    return -(log1p(exp(-magnitude)) + (isinf(u) ? 0 : magnitude * sigmoid(-magnitude))) /
           (beta * beta);
}

/* sign(x) max(|x| - alpha, 0) */
static double softshrink_alpha(double x, double alpha, double beta)
{
    (void)beta;
    return fabs(x) > alpha ? (x > 0 ? -1 : 1) : 0;
}

/* A threshold that moves changes nothing but at a point. */
static double nothing(double x, double alpha, double beta)
{
    (void)x, (void)alpha, (void)beta;
    return 0;
}

static double threshold_beta(double x, double alpha, double beta)
{
    (void)beta;
    return x > alpha ? 0 : 1;
}

static const struct partial partials[] = {
    {"leaky_relu", leaky_alpha, NULL},
    {"prelu", leaky_alpha, NULL},
    {"elu", elu_alpha, NULL},
    {"celu", celu_alpha, NULL},
    {"swish", NULL, swish_beta},
    {"softplus", NULL, softplus_beta},
    {"softshrink", softshrink_alpha, NULL},
    {"hardshrink", nothing, NULL},
    {"threshold", nothing, threshold_beta},
};

const struct partial *expr_partial(const char *name)
{
    for (size_t i = 0; i < sizeof partials / sizeof *partials; i++)
        if (strcmp(partials[i].name, name) == 0)
            return &partials[i];
    return NULL;
}
