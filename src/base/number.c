/* number.c - see number.h. */
#include "base/number.h"

#include <stdio.h>
#include <stdlib.h>

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
