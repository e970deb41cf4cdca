/* real.c - see real.h. */
#include "lab/real.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

int real_digits(char out[REAL_TEXT_MAX], double v, int digits)
{
    return isnan(v) ? snprintf(out, REAL_TEXT_MAX, "nan")
                    : snprintf(out, REAL_TEXT_MAX, "%.*g", digits, v);
}

int real_text(char out[REAL_TEXT_MAX], double v)
{
    int n = 0;

    /* Most numbers that people meet are short: 15 digits always survive, 17 always suffice. */
    for (int digits = 15; digits <= 17; digits++) {
        n = real_digits(out, v, digits);
        if (digits == 17 || strtod(out, NULL) == v)
            break;
    }
    return n;
}

const char *real_loss(char out[REAL_TEXT_MAX], double v, int decimals)
{
    if (isfinite(v) && fabs(v) < 1e5)
        snprintf(out, REAL_TEXT_MAX, "%.*f", decimals, v);
    else
        real_digits(out, v, decimals);
    return out;
}
