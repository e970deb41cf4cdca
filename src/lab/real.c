/* real.c - see real.h. */
#include "lab/real.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

int real_digits(char out[REAL_TEXT_MAX], double v, int digits)
{
    return isnan(v) ? snprintf(out, REAL_TEXT_MAX, "nan")
                    : snprintf(out, REAL_TEXT_MAX, "%.*g", digits, v);
}

int real_text(char out[REAL_TEXT_MAX], double v)
{
    if (isnan(v))
        return real_digits(out, v, 17);
    /* Most numbers that people meet are short: 15 digits always survive, 17 always suffice. */
    return (int)strlen(number_shortest(out, v, 15));
}

const char *real_loss(char out[REAL_TEXT_MAX], double v, int decimals)
{
    if (isfinite(v) && fabs(v) < 1e5)
        snprintf(out, REAL_TEXT_MAX, "%.*f", decimals, v);
    else
        real_digits(out, v, decimals);
    return out;
}
