/* number.c - see number.h. */
#include "base/number.h"

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
