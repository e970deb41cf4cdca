/* kernels_functions.h - f and f' of every activation, in vectors. Included once by each width's
 * file.
 *
 * All that is not made of straight lines comes from one exponential of a number that is not
 * positive, so nothing overflows; f' is made from the same parts as f, never from f itself where
 * that would cancel (1 - tanh^2 has no digits left at 8). A function takes some ten operations and
 * one division, on LANES numbers at once and without a branch.
 *
 * Accuracy: a few units in the last place of float, tails included, but where f' passes through 0,
 * and in the far tails of gelu_tanh and of functions with a beta, whose inner argument is itself
 * rounded. */

struct pair {
    vf f, d;
};

/* alpha and beta, and what a function makes of them once for all. */
struct constants {
    vf alpha, beta, inverse;
};

/* 0, or NaN of a NaN: the flat part of a function. */
INLINE vf flat(vf z)
{
    return at_least(all(0), at_most(all(0), z));
}

INLINE vf clip(vf z, float lo, float hi)
{
    return at_most(all(hi), at_least(all(lo), z));
}

/* x = n ln 2 + r with |r| <= ln 2 / 2, and 2^n. Adding 1.5 * 2^23 rounds to a whole number and
 * leaves it in the low bits, from where it becomes the exponent. ln 2 in two parts makes r exact
 * (Cody & Waite 1980; these are Cephes's). */
struct reduced {
    vf r, power;
};

INLINE struct reduced reduce(vf x)
{
    vf t = x * 1.44269504f + 12582912.f, n = t - 12582912.f;

    return (struct reduced){(x - n * .693359375f) + n * 2.12194440e-4f,
                            (vf)(((vi)t << 23) + 0x3f800000)};
}

/* e^x for |x| <= 88; the polynomial is good to 1.1e-7. e^-88 comes out as 0. */
INLINE vf exponential(vf x)
{
    struct reduced k = reduce(x);
    vf q = .0083125010f * k.r + .041890331f;

    q = q * k.r + .16667116f;
    q = q * k.r + .49999231f;
    q = q * (k.r * k.r) + k.r; /* e^r - 1 */
    return q * k.power + k.power;
}

/* e^x and e^x - 1 with all digits, for x <= 88 (below -88: 0 and -1); good to 3e-8. */
struct exponentials {
    vf e, m;
};

INLINE struct exponentials exponential_both(vf x, vf rest) /* of x + rest, |rest| small */
{
    struct reduced k = reduce(at_least(all(-88), x));
    vf r = k.r + rest, q = .0013926184f * r + .008363179f;

    q = q * r + .041666556f;
    q = q * r + .16666576f;
    q = q * r + .5f;
    q = q * (r * r) + r;
    return (struct exponentials){q * k.power + k.power, q * k.power + (k.power - 1)};
}

/* e^-|u| */
INLINE vf decay(vf u)
{
    return exponential(at_least(all(-88), -magnitude(u)));
}

/* log(1 + u), 0 <= u <= 1: 2 artanh(u / (2 + u)). */
INLINE vf log_of_1_plus(vf u)
{
    vf s = u * reciprocal(2 + u), v = s * s, p;

    p = 0.28157779f * v + 0.27965158f;
    p = p * v + 0.40024597f;
    p = p * v + 0.66666323f;
    return (p * v + 2) * s;
}

/* 1/(1+e^-q), and its slope s (1 - s): with e = e^-q it is e s^2. Beyond -88 both stay at
 * 6e-39, which counts as 0. */
INLINE struct pair logistic(vf q)
{
    vf e = exponential(-clip(q, -88, 88)), s = reciprocal(1 + e);

    return (struct pair){s, e * s * s};
}

/* Every function: f and f' of z. Infinite z is made finite where it would meet a 0 as a factor. */
#define FUNCTION(name) INLINE struct pair f_##name(vf z, const struct constants *k)
#define UNUSED         (void)k

FUNCTION(sigmoid)
{
    UNUSED;
    return logistic(z);
}

FUNCTION(tanh)
{
    struct exponentials x = exponential_both(-2 * magnitude(z), all(0));
    vf r = reciprocal(2 + x.m);

    UNUSED;
    return (struct pair){with_sign(x.m * r, z), 4 * x.e * r * r};
}

FUNCTION(relu)
{
    UNUSED;
    return (struct pair){at_least(all(0), z), choose(z, all(0), all(1), all(0))};
}

FUNCTION(leaky_relu)
{
    return (struct pair){choose(z, all(0), z, k->alpha * z), choose(z, all(0), all(1), k->alpha)};
}

FUNCTION(prelu)
{
    return f_leaky_relu(z, k);
}

FUNCTION(elu)
{
    struct exponentials x = exponential_both(at_most(all(0), z), all(0));

    return (struct pair){choose(z, all(0), z, k->alpha * x.m),
                         choose(z, all(0), all(1), k->alpha * x.e)};
}

/* Q(u) = 1 - Phi(u) = e^(-u^2/2) t R(t), t = 1/(1 + .275 u), R a polynomial good to 8e-8 for u <=
 * 14 (an ansatz of Hastings 1955). u^2 would lose what the exponential then enlarges: u is cut into
 * a part whose square is exact, and the rest. */
FUNCTION(gelu)
{
    vf u = at_most(all(16), magnitude(z)), low = at_least(all(-16), z),
       t = reciprocal(1 + .275f * u);
    vf head = (vf)((vi)u & ~0xfff), e, r, q, phi;

    UNUSED;
    e = exponential_both(-.5f * (head * head), -.5f * ((u - head) * (u + head))).e;
    r = .025829237f * t - .10408465f;
    r = r * t + .11641695f;
    r = r * t - .019319756f;
    r = r * t + .077026099f;
    r = r * t + .083610944f;
    r = r * t + .10100066f;
    r = r * t + .10981937f;
    r = r * t + .10970116f;
    q = e * (t * r);
    phi = choose(z, all(0), 1 - q, q);
    return (struct pair){low * phi, phi + clip(z, -16, 16) * (e * .39894228f)};
}

FUNCTION(swish)
{
    vf far = k->beta * z, q = clip(far, -88, 88);
    struct pair s = logistic(q);

    return (struct pair){at_least(all(-FLT_MAX), z) * choose(far, all(-88), s.f, all(0)),
                         s.f + q * s.d};
}

FUNCTION(identity)
{
    UNUSED;
    return (struct pair){z, all(1)};
}

FUNCTION(step)
{
    UNUSED;
    return (struct pair){choose(z, all(0), all(1), flat(z)), all(0)};
}

FUNCTION(relu6)
{
    UNUSED;
    return (struct pair){clip(z, 0, 6),
                         choose(z, all(0), choose(all(6), z, all(1), all(0)), all(0))};
}

FUNCTION(celu)
{
    struct exponentials x =
        exponential_both(at_most(all(89), at_most(all(0), z) * k->inverse), all(0));

    return (struct pair){choose(z, all(0), z, k->alpha * x.m), choose(z, all(0), all(1), x.e)};
}

FUNCTION(selu)
{
    const float lambda = 1.05070099f, lambda_alpha = 1.75809934f;
    struct exponentials x = exponential_both(at_most(all(0), z), all(0));

    UNUSED;
    return (struct pair){choose(z, all(0), lambda * z, lambda_alpha * x.m),
                         choose(z, all(0), all(lambda), lambda_alpha * x.e)};
}

/* z s(1.595769 z + .071355 z^3): neither 1 + tanh nor 1 - tanh^2 is ever formed. */
FUNCTION(gelu_tanh)
{
    vf low = at_least(all(-16), z), x = at_most(all(16), low), xx = x * x;
    struct pair s = logistic(x * (.0713548163f * xx + 1.59576912f));

    UNUSED;
    return (struct pair){low * s.f, s.f + x * s.d * (.214064449f * xx + 1.59576912f)};
}

/* tanh(ln(1+E)) = N/D with N = E^2 + 2E, D = N + 2, E = e^z; above 0 both over E^2. */
FUNCTION(mish)
{
    vf e = decay(z), ee = e * e, n = choose(z, all(0), 2 * e + 1, ee + 2 * e);
    vf r = reciprocal(choose(z, all(0), 2 * ee, all(2)) + n), t = n * r;
    vf slope = 4 * e * (1 + e) * choose(z, all(0), e, all(1)) * r * r; /* s (1 - t^2) */

    UNUSED;
    return (struct pair){at_least(all(-FLT_MAX), z) * t, t + clip(z, -104, 104) * slope};
}

FUNCTION(softplus)
{
    vf q = k->beta * z;

    return (struct pair){(at_least(all(0), q) + log_of_1_plus(decay(q))) * k->inverse,
                         logistic(q).f};
}

FUNCTION(softsign)
{
    vf x = clip(z, -FLT_MAX, FLT_MAX), r = 1 / (1 + magnitude(x));

    UNUSED;
    return (struct pair){x / (1 + magnitude(x)), r * r};
}

FUNCTION(hardsigmoid)
{
    UNUSED;
    return (struct pair){clip(z + 3, 0, 6) * (1 / 6.f),
                         choose(all(3), magnitude(z), all(1 / 6.f), all(0))};
}

FUNCTION(hardtanh)
{
    UNUSED;
    return (struct pair){clip(z, -1, 1), choose(all(1), magnitude(z), all(1), all(0))};
}

FUNCTION(hardswish)
{
    vf inside = choose(z, all(-3), z * (1 / 3.f) + .5f, all(0));

    UNUSED;
    return (struct pair){at_least(all(-3), z) * clip(z + 3, 0, 6) * (1 / 6.f),
                         choose(all(3), z, inside, all(1))};
}

FUNCTION(logsigmoid)
{
    UNUSED;
    return (struct pair){at_most(all(0), z) - log_of_1_plus(decay(z)), logistic(-z).f};
}

/* z - tanh z; below .7 that would cancel: a polynomial good to 4e-7. */
FUNCTION(tanhshrink)
{
    vf t = f_tanh(z, k).f, v = z * z, p;

    p = .0055778222f * v - .020595870f;
    p = p * v + .053755298f;
    p = p * v - .13332056f;
    p = p * v + .33333319f;
    return (struct pair){choose(magnitude(z), all(.7f), z - t, p * v * z), t * t};
}

FUNCTION(softshrink)
{
    vf u = magnitude(z);

    return (struct pair){choose(u, k->alpha, z - with_sign(k->alpha, z), flat(z)),
                         choose(u, k->alpha, all(1), all(0))};
}

FUNCTION(hardshrink)
{
    vf u = magnitude(z);

    return (struct pair){choose(u, k->alpha, z, flat(z)), choose(u, k->alpha, all(1), all(0))};
}

FUNCTION(threshold)
{
    return (struct pair){choose(z, k->alpha, z, k->beta + flat(z)),
                         choose(z, k->alpha, all(1), all(0))};
}

/* z^2 ends before z does: from 1e18 on the root is |z|. Below 0 the sum would cancel. */
FUNCTION(squareplus)
{
    vf u = at_most(all(1e38f), magnitude(z)), near = at_most(all(1e18f), u);
    vf h = at_least(all(FLT_MIN), at_least(u, square_root(near * near + k->alpha)));
    vf below = k->alpha / (h + u);

    return (struct pair){.5f * choose(z, all(0), z + h, below) + flat(z),
                         .5f * choose(z, all(0), h + u, below) / h};
}

FUNCTION(relu_squared)
{
    vf r = at_least(all(0), z);

    UNUSED;
    return (struct pair){r * r, 2 * r};
}

/* alpha z in two parts: what the product loses, its sine would show (Dekker 1971). */
struct angle {
    vf hi, lo;
};

INLINE struct angle times_alpha(vf z, const struct constants *k)
{
    vf a = (vf)((vi)k->alpha & ~0xfff), b = k->alpha - a, u = (vf)((vi)z & ~0xfff), v = z - u;
    vf q = k->alpha * z;

    return (struct angle){q, ((a * u - q) + a * v + b * u) + b * v};
}

/* Angles beyond 8000, infinite ones and NaN: one by one, in double, where the product is exact. */
INLINE struct pair sine_one_by_one(vf z, float alpha)
{
    float x[LANES], f[LANES], d[LANES];

    store(x, z);
    for (int i = 0; i < LANES; i++) {
        double q = (double)alpha * (double)x[i];

        f[i] = (float)(alpha == 0 ? 0 : sin(q));
        d[i] = (float)(alpha == 0 ? 0 : (double)alpha * cos(q));
    }
    return (struct pair){load(f), load(d)};
}

/* By quarters of a turn: the three parts of pi/2 and the polynomials are Cephes's. */
FUNCTION(sine)
{
    struct angle q = times_alpha(z, k);
    vf t = q.hi * .636619772f + 12582912.f, n = t - 12582912.f, r, v, s, c;
    vi odd = -((vi)t & 1), sign_of_s = -((vi)t >> 1 & 1) & INT32_MIN,
       sign_of_c = -(((vi)t + 1) >> 1 & 1) & INT32_MIN;

    if (any(~(magnitude(q.hi) <= 8000)))
        return sine_one_by_one(z, k->alpha[0]);
    r = ((q.hi - n * 1.5703125f) - n * 4.83751297e-4f) - n * 7.54978995e-8f + q.lo;
    v = r * r;
    s = ((-1.9515296e-4f * v + 8.3321609e-3f) * v - 1.6666655e-1f) * v * r + r;
    c = ((2.4433157e-5f * v - 1.3887316e-3f) * v + 4.1666646e-2f) * v * v - .5f * v + 1;
    return (struct pair){(vf)((((vi)s & ~odd) | ((vi)c & odd)) ^ sign_of_s),
                         k->alpha * (vf)((((vi)c & ~odd) | ((vi)s & odd)) ^ sign_of_c)};
}

/* One loop a function; the last vector is filled up in a buffer. */
#define LOOP(name)                                                                                 \
    static void activate_##name(const struct fn *fn, const float *z, float *a, float *d, size_t n) \
    {                                                                                              \
        struct constants k = constants_of(fn);                                                     \
        float in[LANES] = {0}, out[LANES], slope[LANES];                                           \
        size_t i = 0, left;                                                                        \
                                                                                                   \
        for (; i + LANES <= n; i += LANES) {                                                       \
            struct pair p = f_##name(load(z + i), &k);                                             \
                                                                                                   \
            store(a + i, p.f);                                                                     \
            if (d)                                                                                 \
                store(d + i, p.d);                                                                 \
        }                                                                                          \
        left = n - i;                                                                              \
        if (left) {                                                                                \
            struct pair p;                                                                         \
                                                                                                   \
            memcpy(in, z + i, left * sizeof *in);                                                  \
            p = f_##name(load(in), &k);                                                            \
            store(out, p.f);                                                                       \
            store(slope, p.d);                                                                     \
            memcpy(a + i, out, left * sizeof *out);                                                \
            if (d)                                                                                 \
                memcpy(d + i, slope, left * sizeof *slope);                                        \
        }                                                                                          \
    }

/* The parameter that divides is celu's alpha, softplus' beta: where a function has a beta, it is
 * that. */
INLINE struct constants constants_of(const struct fn *fn)
{
    float alpha = (float)fn->alpha, beta = (float)fn->beta;

    return (struct constants){all(alpha), all(beta),
                              all(1 / (fn->act->beta.meaning ? beta : alpha))};
}

#define ACTIVATION(name, ...) LOOP(name)
#include "math/activations.def"
#undef ACTIVATION

static kernel_activation *activation(const struct activation *act)
{
    static kernel_activation *const rows[] = {
#define ACTIVATION(name, ...) activate_##name,
#include "math/activations.def"
#undef ACTIVATION
    };

    return act->own ? NULL : rows[act - activation_table];
}
