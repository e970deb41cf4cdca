/* real.c - see real.h.
 *
 * A double is an integer m < 2^53 times 2^-q. Where m and ten times its fraction fit into 128 bits,
 * decimal digits come out by multiplying the fraction by ten, exactly, and so does the rounding.
 * That is four times as fast as printf, which must be ready for 2^1023; what does not fit is left
 * to it. */
#include "lab/real.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int by_printf(char out[REAL_TEXT_MAX], double v, int digits)
{
    return isnan(v) ? snprintf(out, REAL_TEXT_MAX, "nan")
                    : snprintf(out, REAL_TEXT_MAX, "%.*g", digits, v);
}

#ifdef __SIZEOF_INT128__

__extension__ typedef unsigned __int128 wide;

/* Digits as values 0..9, d[0] not 0: the number is d[0].d[1]d[2]... times 10^exponent. */
struct decimal {
    char d[20];
    int n, exponent;
};

/* The integer part, at most 10^18: how many digits it has. */
static int whole_digits(struct decimal *x, uint64_t whole)
{
    char reversed[20];
    int n = 0;

    for (; whole; whole /= 10)
        reversed[n++] = (char)(whole % 10);
    for (int i = 0; i < n; i++)
        x->d[i] = reversed[n - 1 - i];
    return n;
}

/* One more in the last place. */
static void round_up(struct decimal *x)
{
    int i = x->n - 1;

    while (i >= 0 && x->d[i] == 9)
        x->d[i--] = 0;
    if (i >= 0) {
        x->d[i]++;
        return;
    }
    x->d[0] = 1; /* 9.99 becomes 10.0 */
    x->exponent++;
}

/* v > 0 to that many digits, rounded half to even; false when it does not fit. */
static bool decimal_of(struct decimal *x, double v, int digits)
{
    int e;
    uint64_t m = (uint64_t)ldexp(frexp(v, &e), 53);
    int q = 53 - e; /* v = m 2^-q */
    wide fraction, one, half;

    if (q < 1 || q > 120)
        return false;
    one = (wide)1 << q;
    fraction = m & (one - 1);
    x->n = whole_digits(x, q < 64 ? m >> q : 0);
    if (x->n > digits)
        return false;
    x->exponent = x->n - 1;
    while (x->n < digits) {
        fraction *= 10;
        x->d[x->n] = (char)(fraction >> q);
        fraction &= one - 1;
        if (x->n || x->d[0])
            x->n++;
        else
            x->exponent--; /* a zero in front */
    }
    half = one >> 1;
    if (fraction > half || (fraction == half && x->d[x->n - 1] % 2))
        round_up(x);
    return true;
}

/* As %g lays it out: no zeros at the end, an exponent below -4 and from `digits` on. */
static int lay_out(char *out, const struct decimal *x, int digits)
{
    char *p = out;
    int n = x->n, exponent = x->exponent;

    while (n > 1 && x->d[n - 1] == 0)
        n--;
    if (exponent < -4 || exponent >= digits) {
        *p++ = (char)('0' + x->d[0]);
        if (n > 1)
            *p++ = '.';
        for (int i = 1; i < n; i++)
            *p++ = (char)('0' + x->d[i]);
        return (int)(p - out) + snprintf(p, 8, "e%+03d", exponent);
    }
    if (exponent < 0) {
        *p++ = '0';
        *p++ = '.';
        for (int i = -1; i > exponent; i--)
            *p++ = '0';
    }
    for (int i = 0; i < n || i <= exponent; i++) {
        if (i == exponent + 1 && exponent >= 0)
            *p++ = '.';
        *p++ = (char)('0' + (i < n ? x->d[i] : 0));
    }
    *p = '\0';
    return (int)(p - out);
}

int real_digits(char out[REAL_TEXT_MAX], double v, int digits)
{
    struct decimal x;
    int sign = signbit(v) != 0;

    if (!isfinite(v) || v == 0 || !decimal_of(&x, fabs(v), digits))
        return by_printf(out, v, digits);
    out[0] = '-';
    return sign + lay_out(out + sign, &x, digits);
}

#else

int real_digits(char out[REAL_TEXT_MAX], double v, int digits)
{
    return by_printf(out, v, digits);
}

#endif

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
