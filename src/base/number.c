/* number.c - see number.h. */
#include "base/number.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *number_shortest(char out[NUMBER_TEXT_MAX], double v, int least)
{
    for (int digits = least; digits <= 17; digits++) {
        snprintf(out, NUMBER_TEXT_MAX, "%.*g", digits, v);
        if (strtod(out, NULL) == v)
            break;
    }
    return out;
}

int number_ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

int number_digits(char out[NUMBER_TEXT_MAX], double v, int digits)
{
    return isnan(v) ? snprintf(out, NUMBER_TEXT_MAX, "nan")
                    : snprintf(out, NUMBER_TEXT_MAX, "%.*g", digits, v);
}

int number_text(char out[NUMBER_TEXT_MAX], double v)
{
    if (isnan(v))
        return number_digits(out, v, 17);
    /* Most numbers that people meet are short: 15 digits always survive, 17 always suffice. */
    return (int)strlen(number_shortest(out, v, 15));
}

const char *number_loss(char out[NUMBER_TEXT_MAX], double v, int decimals)
{
    if (isfinite(v) && fabs(v) < 1e5)
        snprintf(out, NUMBER_TEXT_MAX, "%.*f", decimals, v);
    else
        number_digits(out, v, decimals);
    return out;
}

int number_apart(double most, double step, int least)
{
    /* a step of 0.3 that rounding made 0.29999 is one of tenths all the same */
    const double digits = floor(log10(fabs(most))) - floor(log10(fabs(step)) + 1e-9) + 1;

    return !(digits > least) ? least : digits < 17 ? (int)digits : 17;
}

int number_to_int(double v)
{
    return isnan(v) ? 0 : v >= INT_MAX ? INT_MAX : v <= INT_MIN ? INT_MIN : (int)v;
}
