/* angle.c - see angle.h.
 *
 * At 1e22 doubles lie 2e6 apart: what a product loses when it is rounded decides its sine. So it is
 * kept as a whole number times a power of two, and of 2/pi only those bits are multiplied with it
 * that do not make whole turns (Payne & Hanek, "Radian reduction for trigonometric functions",
 * 1983).
 */
#include "math/angle.h"

#include "math/exp_pair.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

/* 2/pi after its binary point. */
static const unsigned char two_by_pi[] = {
    0xa2, 0xf9, 0x83, 0x6e, 0x4e, 0x44, 0x15, 0x29, 0xfc, 0x27, 0x57, 0xd1, 0xf5, 0x34, 0xdd, 0xc0,
    0xdb, 0x62, 0x95, 0x99, 0x3c, 0x43, 0x90, 0x41, 0xfe, 0x51, 0x63, 0xab, 0xde, 0xbb, 0xc5, 0x61,
    0xb7, 0x24, 0x6e, 0x3a, 0x42, 0x4d, 0xd2, 0xe0, 0x06, 0x49, 0x2e, 0xea, 0x09, 0xd1, 0x92, 0x1c,
    0xfe, 0x1d, 0xeb, 0x1c, 0xb1, 0x29, 0xa7, 0x3e, 0xe8, 0x82, 0x35, 0xf5, 0x2e, 0xbb, 0x44, 0x84,
    0xe9, 0x9c, 0x70, 0x26, 0xb4, 0x5f, 0x7e, 0x41, 0x39, 0x91, 0xd6, 0x39, 0x83, 0x53, 0x39, 0xf4,
    0x9c, 0x84, 0x5f, 0x8b, 0xbd, 0xf9, 0x28, 0x3b, 0x1f, 0xf8, 0x97, 0xff, 0xde, 0x05, 0x98, 0x0f,
    0xef, 0x2f, 0x11, 0x8b, 0x5a, 0x0a, 0x6d, 0x1f, 0x6d, 0x36, 0x7e, 0xcf, 0x27, 0xcb, 0x09, 0xb7,
    0x4f, 0x46, 0x3f, 0x66, 0x9e, 0x5f, 0xea, 0x2d, 0x75, 0x27, 0xba, 0xc7, 0xeb, 0xe5, 0xf1, 0x7b,
    0x3d, 0x07, 0x39, 0xf7, 0x8a, 0x52, 0x92, 0xea, 0x6b, 0xfb, 0x5f, 0xb1, 0x1f, 0x8d, 0x5d, 0x08,
    0x56, 0x03, 0x30, 0x46, 0xfc, 0x7b, 0x6b, 0xab, 0xf0, 0xcf, 0xbc, 0x20, 0x9a, 0xf4, 0x36, 0x1d,
    0xa9, 0xe3, 0x91, 0x61, 0x5e, 0xe6, 0x1b, 0x08, 0x65, 0x99, 0x85, 0x5f, 0x14, 0xa0, 0x68, 0x40,
};

enum { BYTES = 40 /* of the product that are kept: 106 bits for its error, 214 that are right */ };

/* n = n m modulo 2^(8 BYTES), for m < 2^54; the first byte counts most. */
static void multiply(unsigned char n[BYTES], uint64_t m)
{
    uint64_t carry = 0;

    for (int i = BYTES - 1; i >= 0; i--) {
        carry += n[i] * m;
        n[i] = carry & 0xff;
        carry >>= 8;
    }
}

/* |v| = *m 2^e, with all bits of v in *m. */
static int whole(double v, uint64_t *m)
{
    int e;

    *m = (uint64_t)ldexp(frexp(fabs(v), &e), 53);
    return e - 53;
}

/* The six bytes from `at`, as a number below 2^48. */
static double six(const unsigned char *at)
{
    double v = 0;

    for (int i = 0; i < 6; i++)
        v = v * 256 + at[i];
    return v;
}

/* |a b| = quadrant pi/2 + r modulo 2 pi, |r| <= pi/4; false where two_by_pi is too short. */
static bool reduce(double a, double b, int *quadrant, struct pair *r)
{
    const double quarter = 0x1.921fb54442d18p+0, quarter_lo = 0x1.1a62633145c07p-54; /* pi/2 */
    unsigned char n[BYTES] = {0};
    uint64_t ma, mb;
    int skip = whole(a, &ma) + whole(b, &mb) - 2, from = (skip + 8000) / 8 - 1000, at = 0;
    bool down;
    double hi, lo;

    if (from + BYTES > (int)sizeof two_by_pi)
        return false;
    for (int i = 0; i < BYTES; i++)
        n[i] = from + i < 0 ? 0 : two_by_pi[from + i];
    multiply(n, 1u << (skip - 8 * from));
    multiply(n, ma);
    multiply(n, mb); /* quarter turns, two bits before the point */
    down = n[0] & 0x20;
    *quadrant = (n[0] >> 6) + down;
    for (int i = 0; i < BYTES && down; i++)
        n[i] = ~n[i] & 0xff;
    n[0] &= 0x3f;
    while (at < BYTES - 12 && !n[at])
        at++;
    hi = ldexp(six(n + at), -8 * at - 46);
    lo = ldexp(six(n + at + 6), -8 * at - 94);
    *r = product(hi, quarter);
    r->lo += hi * quarter_lo + lo * quarter;
    if (down)
        *r = negative(*r);
    return true;
}

struct angle angle_of_product(double a, double b)
{
    struct pair p = product(a, b);
    double s, c;
    int quadrant = 0;

    if (isnan(p.hi) || isinf(a) || isinf(b))
        return (struct angle){NAN, NAN};
    if (p.lo == 0 && isfinite(p.hi))
        return (struct angle){sin(p.hi), cos(p.hi)};
    if (!(fabs(p.hi) < 0.5)) {
        if (!reduce(a, b, &quadrant, &p))
            return (struct angle){NAN, NAN};
        if (signbit(a) != signbit(b)) {
            quadrant = -quadrant;
            p = negative(p);
        }
    }
    s = sin(p.hi) + cos(p.hi) * p.lo;
    c = cos(p.hi) - sin(p.hi) * p.lo;
    switch (quadrant & 3) {
    case 0:
        return (struct angle){s, c};
    case 1:
        return (struct angle){c, -s};
    case 2:
        return (struct angle){-s, -c};
    default:
        return (struct angle){-c, s};
    }
}
