/* forms_pieces.c - functions made of straight lines and parabolas: where the pieces meet, and which
 * of them has the point. Little is rounded here; NaN in gives NaN out, as in forms_curves.c. */
#include "math/activation_forms.h"

#include "math/exp_pair.h"

#include <math.h>

static int break_at(double x, bool jump, struct fn_break out[])
{
    out[0] = (struct fn_break){x, jump};
    return 1;
}

static int two_breaks(double a, double b, bool jump, struct fn_break out[])
{
    out[0] = (struct fn_break){a, jump};
    out[1] = (struct fn_break){b, jump};
    return 2;
}

FORM(identity)
{
    return x;
}

SLOPE(identity)
{
    return isnan(x) ? x : 1;
}

FORM(step)
{
    return x > 0 ? 1 : x <= 0 ? 0 : x;
}

SLOPE(step)
{
    return isnan(x) ? x : 0;
}

BREAKS(step)
{
    return break_at(0, true, out);
}

FORM(relu)
{
    return x <= 0 ? 0 : x;
}

SLOPE(relu)
{
    return x > 0 ? 1 : x <= 0 ? 0 : x;
}

BREAKS(relu)
{
    return break_at(0, false, out);
}

FORM(relu6)
{
    return x <= 0 ? 0 : x >= 6 ? 6 : x;
}

SLOPE(relu6)
{
    return isnan(x) ? x : x > 0 && x < 6;
}

BREAKS(relu6)
{
    return two_breaks(0, 6, false, out);
}

FORM(leaky_relu)
{
    return x <= 0 ? times(alpha, x).hi : x;
}

SLOPE(leaky_relu)
{
    return x > 0 ? 1 : x <= 0 ? alpha : x;
}

BREAKS(leaky_relu)
{
    return alpha == 1 ? 0 : break_at(0, false, out);
}

BY_ALPHA(leaky_relu)
{
    return x > 0 ? 0 : x;
}

FORM(prelu)
{
    return form_leaky_relu(x, alpha, beta);
}

SLOPE(prelu)
{
    return slope_leaky_relu(x, alpha, beta);
}

BREAKS(prelu)
{
    return breaks_leaky_relu(alpha, beta, out);
}

BY_ALPHA(prelu)
{
    return by_alpha_leaky_relu(x, alpha, beta);
}

FORM(hardsigmoid)
{
    return x <= -3 ? 0 : x >= 3 ? 1 : (x + 3) / 6;
}

SLOPE(hardsigmoid)
{
    return isnan(x) ? x : fabs(x) < 3 ? 1.0 / 6 : 0;
}

BREAKS(hardsigmoid)
{
    return two_breaks(-3, 3, false, out);
}

FORM(hardtanh)
{
    return x <= -1 ? -1 : x >= 1 ? 1 : x;
}

SLOPE(hardtanh)
{
    return isnan(x) ? x : fabs(x) < 1;
}

BREAKS(hardtanh)
{
    return two_breaks(-1, 1, false, out);
}

FORM(hardswish)
{
    return x <= -3 ? 0 : x >= 3 ? x : x * ((x + 3) / 6);
}

SLOPE(hardswish)
{
    return x <= -3 ? 0 : x >= 3 ? 1 : x / 3 + 0.5;
}

BREAKS(hardswish)
{
    return two_breaks(-3, 3, false, out);
}

TURNS(hardswish)
{
    out[0] = -1.5;
    return 1;
}

FORM(softshrink)
{
    return fabs(x) <= alpha ? 0 : x - copysign(alpha, x);
}

/* PyTorch's 0 at +-alpha; at alpha = 0 there is no kink and the function is the identity. */
SLOPE(softshrink)
{
    return isnan(x) ? x : fabs(x) > alpha || alpha == 0;
}

/* At alpha = 0 both shrinkages are the identity. */
BREAKS(softshrink)
{
    return alpha > 0 ? two_breaks(-alpha, alpha, false, out) : 0;
}

BY_ALPHA(softshrink)
{
    return fabs(x) > alpha ? (x > 0 ? -1 : 1) : 0;
}

FORM(hardshrink)
{
    return fabs(x) <= alpha ? 0 : x;
}

SLOPE(hardshrink)
{
    return slope_softshrink(x, alpha, beta);
}

BREAKS(hardshrink)
{
    return alpha > 0 ? two_breaks(-alpha, alpha, true, out) : 0;
}

/* A threshold that moves changes nothing but at a point. */
BY_ALPHA(hardshrink)
{
    return 0;
}

FORM(threshold)
{
    return x <= alpha ? beta : x;
}

SLOPE(threshold)
{
    return x > alpha ? 1 : x <= alpha ? 0 : x;
}

/* The value beta below meets the line above only where beta = alpha. */
BREAKS(threshold)
{
    return break_at(alpha, alpha != beta, out);
}

BY_ALPHA(threshold)
{
    return 0;
}

BY_BETA(threshold)
{
    return x > alpha ? 0 : 1;
}

FORM(relu_squared)
{
    return x <= 0 ? 0 : x * x;
}

SLOPE(relu_squared)
{
    return x <= 0 ? 0 : 2 * x;
}
