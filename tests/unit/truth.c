/* truth.c - see truth.h. */
#include "truth.h"

#include "math/activation_forms.h"

#include <stddef.h>

const struct rewritten rewritten[] = {
    {"sigmoid", "1/(1 + exp(-x))", NULL, NULL},
    {"tanh", "if(x > 0, -1, 1)*expm1(-2*abs(x))/(1 + exp(-2*abs(x)))", NULL, NULL},
    {"relu", "max(0, x)", NULL, NULL},
    {"leaky_relu", "if(x > 0, x, alpha*x)", NULL, NULL},
    {"elu", "if(x > 0, x, alpha*expm1(x))", NULL, NULL},
    {"gelu", "x*erfc(-x/sqrt(2))/2", NULL, "erfc(-x/sqrt(2))/2 + abs(x)*exp(-x^2/2)"},
    {"swish", "x*sigmoid(beta*x)", NULL, "sigmoid(beta*x)*(1 + abs(beta*x))"},
    {"identity", "x", NULL, NULL},
    {"step", "x > 0", NULL, NULL},
    {"relu6", "clip(x, 0, 6)", NULL, NULL},
    {"prelu", "if(x > 0, x, alpha*x)", NULL, NULL},
    {"celu", "if(x > 0, x, alpha*expm1(x/alpha))", NULL, NULL},
    {"selu", "1.0507009873554805*if(x > 0, x, 1.6732632423543772*expm1(x))", NULL, NULL},
    {"gelu_tanh", "x*sigmoid(2*sqrt(2/pi)*(x + 0.044715*x^3))", NULL,
     "sigmoid(2*sqrt(2/pi)*(x + 0.044715*x^3))*(1 + abs(x)*2*(1 + 0.134145*x^2))"},
    {"mish", "x*tanh(softplus(x))", NULL, "tanh(softplus(x)) + abs(x)*sigmoid(x)"},
    {"softplus", "(max(beta*x, 0) + log1p(exp(-abs(beta*x))))/beta", NULL, NULL},
    {"softsign", "x/(1 + abs(x))", NULL, "1/(1 + abs(x))"},
    {"hardsigmoid", "clip(x + 3, 0, 6)/6", NULL, NULL},
    {"hardtanh", "clip(x, -1, 1)", NULL, NULL},
    {"hardswish", "x*clip(x + 3, 0, 6)/6", NULL, "abs(x)/3 + 1/2"},
    {"logsigmoid", "min(x, 0) - log1p(exp(-abs(x)))", NULL, NULL},
    {"tanhshrink", "x - tanh(x)", "abs(x)", "1"},
    {"softshrink", "if(abs(x) > alpha, x - sign(x)*alpha, 0)", "abs(x)", NULL},
    {"hardshrink", "if(abs(x) > alpha, x, 0)", NULL, NULL},
    {"threshold", "if(x > alpha, x, beta)", NULL, NULL},
    {"squareplus", "if(x > 0, x + sqrt(x^2 + alpha), alpha/(sqrt(x^2 + alpha) - x))/2", NULL, NULL},
    {"relu_squared", "max(0, x)^2", NULL, NULL},
    {"sine", "sin(alpha*x)", "abs(alpha*x)", "abs(alpha)*(1 + abs(alpha*x))"},
    {NULL, NULL, NULL, NULL},
};

#ifdef HAVE_MPFR

static mpfr_t x, alpha, beta;   /* the arguments, exact */
static mpfr_t q, s, c, u, v, w; /* scratch of the references */

/* out = 1/(1+e^-t), complement = 1 - out = 1/(1+e^t) */
static void logistic(mpfr_t out, mpfr_t complement, mpfr_t t)
{
    mpfr_exp(complement, t, near);
    mpfr_add_ui(complement, complement, 1, near);
    mpfr_ui_div(complement, 1, complement, near);
    mpfr_neg(out, t, near);
    mpfr_exp(out, out, near);
    mpfr_add_ui(out, out, 1, near);
    mpfr_ui_div(out, 1, out, near);
}

/* out = the one of larger magnitude */
static void larger(mpfr_t out, mpfr_t a, mpfr_t b)
{
    mpfr_set(out, mpfr_cmpabs(a, b) > 0 ? a : b, near);
}

static void true_sigmoid(struct truth *t)
{
    logistic(t->f, c, x);
    mpfr_mul(t->df, t->f, c, near);
}

static void true_tanh(struct truth *t)
{
    mpfr_tanh(t->f, x, near);
    mpfr_sech(t->df, x, near);
    mpfr_sqr(t->df, t->df, near);
}

static void true_relu(struct truth *t)
{
    mpfr_set_zero(t->f, 1);
    if (mpfr_sgn(x) > 0)
        mpfr_set(t->f, x, near);
    mpfr_set_si(t->df, mpfr_sgn(x) > 0, near);
}

static void true_leaky_relu(struct truth *t)
{
    bool right = mpfr_sgn(x) > 0;

    mpfr_mul(t->f, x, alpha, near);
    mpfr_set(right ? t->f : t->df, right ? x : alpha, near);
    if (right)
        mpfr_set_ui(t->df, 1, near);
}

static void true_elu(struct truth *t)
{
    if (mpfr_sgn(x) > 0) {
        mpfr_set(t->f, x, near);
        mpfr_set_ui(t->df, 1, near);
        return;
    }
    mpfr_expm1(t->f, x, near);
    mpfr_mul(t->f, t->f, alpha, near);
    mpfr_exp(t->df, x, near);
    mpfr_mul(t->df, t->df, alpha, near);
}

static void true_gelu(struct truth *t)
{
    mpfr_sqrt_ui(u, 2, near); /* Phi = erfc(-x/sqrt(2))/2 */
    mpfr_div(u, x, u, near);
    mpfr_neg(u, u, near);
    mpfr_erfc(v, u, near);
    mpfr_div_ui(v, v, 2, near);
    mpfr_mul(t->f, x, v, near);
    mpfr_sqr(u, u, near); /* x phi = x e^(-x^2/2)/sqrt(2 pi) */
    mpfr_neg(u, u, near);
    mpfr_exp(u, u, near);
    mpfr_mul(u, u, x, near);
    mpfr_const_pi(w, near);
    mpfr_mul_ui(w, w, 2, near);
    mpfr_sqrt(w, w, near);
    mpfr_div(u, u, w, near);
    mpfr_add(t->df, v, u, near);
    larger(t->df_term, u, v);
}

/* f = x s(q), f' = s + x q' s(1-s); xdq = x q' is destroyed. */
static void gated(struct truth *t, mpfr_t argument, mpfr_t xdq)
{
    logistic(s, c, argument);
    mpfr_mul(t->f, x, s, near);
    mpfr_mul(xdq, xdq, s, near);
    mpfr_mul(xdq, xdq, c, near);
    mpfr_add(t->df, s, xdq, near);
    larger(t->df_term, s, xdq);
}

static void true_swish(struct truth *t)
{
    mpfr_mul(q, beta, x, near);
    mpfr_set(u, q, near);
    gated(t, q, u);
}

static void true_identity(struct truth *t)
{
    mpfr_set(t->f, x, near);
    mpfr_set_ui(t->df, 1, near);
}

static void true_step(struct truth *t)
{
    mpfr_set_si(t->f, mpfr_sgn(x) > 0, near);
    mpfr_set_zero(t->df, 1);
}

/* f = clip(x, lo, hi), f' = 1 strictly between */
static void clipped(struct truth *t, mpfr_t y, int lo, int hi)
{
    bool below = mpfr_cmp_si(y, lo) <= 0, above = mpfr_cmp_si(y, hi) >= 0;

    mpfr_set(t->f, y, near);
    if (below)
        mpfr_set_si(t->f, lo, near);
    if (above)
        mpfr_set_si(t->f, hi, near);
    mpfr_set_si(t->df, !below && !above, near);
}

static void true_relu6(struct truth *t)
{
    clipped(t, x, 0, 6);
}

static void true_prelu(struct truth *t)
{
    true_leaky_relu(t);
}

static void true_celu(struct truth *t)
{
    if (mpfr_sgn(x) > 0) {
        true_identity(t);
        return;
    }
    mpfr_div(q, x, alpha, near);
    mpfr_expm1(t->f, q, near);
    mpfr_mul(t->f, t->f, alpha, near);
    mpfr_exp(t->df, q, near);
}

static void true_selu(struct truth *t)
{
    mpfr_set_d(u, SELU_LAMBDA, near);
    mpfr_set_d(alpha, SELU_ALPHA, near);
    true_elu(t);
    mpfr_mul(t->f, t->f, u, near);
    mpfr_mul(t->df, t->df, u, near);
}

/* 1/2 (1+tanh(z)) = s(2z), z = k(x + 0.044715 x^3), k = sqrt(2/pi) */
static void true_gelu_tanh(struct truth *t)
{
    mpfr_const_pi(v, near);
    mpfr_ui_div(v, 2, v, near);
    mpfr_sqrt(v, v, near);
    mpfr_mul_ui(v, v, 2, near);
    mpfr_sqr(w, x, near);
    mpfr_mul_ui(w, w, 44715, near);
    mpfr_div_ui(w, w, 1000000, near);
    mpfr_add_ui(q, w, 1, near);
    mpfr_mul(q, q, v, near);
    mpfr_mul(q, q, x, near);
    mpfr_mul_ui(u, w, 3, near);
    mpfr_add_ui(u, u, 1, near);
    mpfr_mul(u, u, v, near);
    mpfr_mul(u, u, x, near);
    gated(t, q, u);
}

/* T = tanh(p), f' = T + x s sech(p)^2, p = ln(1+e^x) */
static void true_mish(struct truth *t)
{
    logistic(s, c, x);
    mpfr_exp(q, x, near);
    mpfr_log1p(q, q, near);
    mpfr_tanh(v, q, near);
    mpfr_mul(t->f, x, v, near);
    mpfr_sech(u, q, near);
    mpfr_sqr(u, u, near);
    mpfr_mul(u, u, s, near);
    mpfr_mul(u, u, x, near);
    mpfr_add(t->df, v, u, near);
    larger(t->df_term, u, v);
}

/* t = ln(1+e^t) = max(t,0) + ln(1+e^-|t|): even MPFR's exponents end, at e^(10^18). */
static void softplus(mpfr_t t)
{
    mpfr_abs(u, t, near);
    mpfr_neg(u, u, near);
    mpfr_exp(u, u, near);
    mpfr_log1p(u, u, near);
    if (mpfr_sgn(t) > 0)
        mpfr_add(t, t, u, near);
    else
        mpfr_set(t, u, near);
}

static void true_softplus(struct truth *t)
{
    mpfr_mul(q, beta, x, near);
    logistic(t->df, c, q);
    softplus(q);
    mpfr_div(t->f, q, beta, near);
}

static void true_softsign(struct truth *t)
{
    mpfr_abs(u, x, near);
    mpfr_add_ui(u, u, 1, near);
    mpfr_div(t->f, x, u, near);
    mpfr_sqr(u, u, near);
    mpfr_ui_div(t->df, 1, u, near);
}

static void true_hardsigmoid(struct truth *t)
{
    mpfr_add_ui(u, x, 3, near);
    clipped(t, u, 0, 6);
    mpfr_div_ui(t->f, t->f, 6, near);
    mpfr_div_ui(t->df, t->df, 6, near);
}

static void true_hardtanh(struct truth *t)
{
    clipped(t, x, -1, 1);
}

static void true_hardswish(struct truth *t)
{
    mpfr_add_ui(u, x, 3, near);
    clipped(t, u, 0, 6);
    mpfr_mul(t->f, t->f, x, near);
    mpfr_div_ui(t->f, t->f, 6, near);
    if (mpfr_zero_p(t->df)) {
        mpfr_set_si(t->df, mpfr_sgn(x) > 0, near);
        return;
    }
    mpfr_div_ui(u, x, 3, near);
    mpfr_set_d(v, 0.5, near);
    mpfr_add(t->df, u, v, near);
    larger(t->df_term, u, v);
}

static void true_logsigmoid(struct truth *t)
{
    logistic(s, t->df, x);
    mpfr_neg(q, x, near);
    softplus(q);
    mpfr_neg(t->f, q, near);
}

/* x - tanh x; where that would cancel the 200 bits away, x^3 (1/3 - 2/15 x^2 + 17/315 x^4 - 62/2835
 * x^6) */
static void true_tanhshrink(struct truth *t)
{
    mpfr_tanh(u, x, near);
    mpfr_sqr(t->df, u, near);
    if (mpfr_get_exp(x) > -20) {
        mpfr_sub(t->f, x, u, near);
        return;
    }
    mpfr_sqr(v, x, near);
    mpfr_mul_si(w, v, -62 * 105, near);
    mpfr_add_ui(w, w, 17 * 945, near);
    mpfr_mul(w, w, v, near);
    mpfr_sub_ui(w, w, 2 * 19845, near);
    mpfr_mul(w, w, v, near);
    mpfr_add_ui(w, w, 99225, near);
    mpfr_div_ui(w, w, 297675, near);
    mpfr_mul(w, w, v, near);
    mpfr_mul(t->f, w, x, near);
}

static void true_softshrink(struct truth *t)
{
    bool beyond = mpfr_cmpabs(x, alpha) > 0;

    mpfr_set_zero(t->f, 1);
    if (beyond && mpfr_sgn(x) > 0)
        mpfr_sub(t->f, x, alpha, near);
    else if (beyond)
        mpfr_add(t->f, x, alpha, near);
    mpfr_set_si(t->df, beyond || mpfr_zero_p(alpha), near);
}

static void true_hardshrink(struct truth *t)
{
    true_softshrink(t);
    if (!mpfr_zero_p(t->f))
        mpfr_set(t->f, x, near);
}

static void true_threshold(struct truth *t)
{
    bool above = mpfr_cmp(x, alpha) > 0;

    mpfr_set(t->f, above ? x : beta, near);
    mpfr_set_si(t->df, above, near);
}

/* Below 0 with the sum turned round, and all of it for alpha = 0 as the limit has it. */
static void true_squareplus(struct truth *t)
{
    mpfr_sqr(u, x, near);
    mpfr_add(u, u, alpha, near);
    mpfr_sqrt(u, u, near);
    if (mpfr_sgn(x) > 0) {
        mpfr_add(v, u, x, near);
    } else {
        mpfr_sub(v, u, x, near);
        mpfr_div(v, alpha, v, near);
    }
    if (mpfr_zero_p(alpha) && mpfr_sgn(x) <= 0) {
        mpfr_set_zero(t->f, 1);
        mpfr_set_zero(t->df, 1);
        return;
    }
    mpfr_div_ui(t->f, v, 2, near);
    mpfr_div(t->df, t->f, u, near);
}

static void true_relu_squared(struct truth *t)
{
    true_relu(t);
    mpfr_mul_ui(t->df, t->f, 2, near);
    mpfr_sqr(t->f, t->f, near);
}

static void true_sine(struct truth *t)
{
    mpfr_mul(q, alpha, x, near);
    mpfr_sin_cos(t->f, t->df, q, near);
    mpfr_mul(t->df, t->df, alpha, near);
}

static void (*const truths[])(struct truth *) = {
#define ACTIVATION(name, ...) true_##name,
#include "math/activations.def"
#undef ACTIVATION
};

void truth_start(struct truth *t)
{
    mpfr_inits2(BITS, t->f, t->df, t->f_term, t->df_term, x, alpha, beta, q, s, c, u, v, w,
                (mpfr_ptr)0);
}

void truth_end(struct truth *t)
{
    mpfr_clears(t->f, t->df, t->f_term, t->df_term, x, alpha, beta, q, s, c, u, v, w, (mpfr_ptr)0);
}

void truth_of(struct truth *t, const struct fn *fn, double at)
{
    mpfr_set_d(x, at, near);
    mpfr_set_d(alpha, fn->alpha, near);
    mpfr_set_d(beta, fn->beta, near);
    mpfr_set_zero(t->f_term, 1);
    mpfr_set_zero(t->df_term, 1);
    truths[fn->act - activation_table](t);
}

#endif
