/* facts.c - the frameworks' choices, a row for each function that has a kink or a surprise.
 *
 * Sources: PyTorch's tools/autograd/derivatives.yaml and aten/src/ATen/native/cpu/Activation.cpp;
 * JAX's jax/_src/nn/functions.py; Keras's keras/src/backend/tensorflow/nn.py with TensorFlow's
 * core/kernels/relu_op_functor.h. */
#include "math/facts.h"

#include <math.h>
#include <string.h>

/* The slope taken at a break, by where it comes from. */
enum choice {
    LACKS, /* no such function, or no derivative */
    ZERO,
    LEFT,  /* the slope from below */
    RIGHT, /* the slope from above */
    INNER, /* the slope on the side of 0 */
    OUTER, /* the slope on the far side of 0 */
};

static const struct row {
    const char *name;
    enum choice pytorch, jax, keras;
    const char *note;
} rows[] = {
    {"relu", ZERO, ZERO, ZERO, NULL},
    {"leaky_relu", LEFT, RIGHT, LEFT,
     "The slope below 0 is 0.01 by default in PyTorch and JAX, 0.2 in keras.activations and 0.3 in "
     "Keras's layer."},
    {"elu", LEFT, LEFT, LEFT, NULL},
    {"gelu", LACKS, LACKS, LACKS,
     "jax.nn.gelu is the tanh form unless approximate=False; PyTorch and Keras are exact by "
     "default."},
    {"swish", LACKS, LACKS, LACKS, "PyTorch, JAX and Keras call it silu and fix beta at 1."},
    {"step", LACKS, LACKS, LACKS, "torch.heaviside has no derivative: to ask for it is an error."},
    {"relu6", ZERO, ZERO, ZERO, NULL},
    {"prelu", LEFT, LACKS, ZERO,
     "Keras builds it from two ReLUs, so that at 0 its slope is 0; PyTorch takes alpha. jax.nn has "
     "none."},
    {"celu", LACKS, LACKS, LACKS, NULL},
    {"selu", LEFT, LEFT, RIGHT,
     "At 0 PyTorch and JAX take the slope of the left side, TensorFlow that of the right."},
    {"gelu_tanh", LACKS, LACKS, LACKS,
     "The default of jax.nn.gelu; approximate='tanh' in PyTorch, approximate=True in Keras."},
    {"softplus", LACKS, LACKS, LACKS,
     "PyTorch goes over to x itself where beta*x > 20; JAX and Keras have no beta."},
    {"hardsigmoid", ZERO, ZERO, ZERO,
     "ONNX's HardSigmoid and Keras 2 clip 0.2*x + 0.5 instead; PyTorch, JAX and Keras 3 clip x/6 + "
     "0.5."},
    {"hardtanh", OUTER, INNER, INNER, NULL},
    {"hardswish", OUTER, OUTER, OUTER,
     "PyTorch up to 2.6 took the inner slopes at the kinks, -0.5 and 1.5; since 2.7 it is 0 and "
     "1."},
    {"tanhshrink", LACKS, LACKS, LACKS, "jax.nn has none."},
    {"softshrink", ZERO, LACKS, ZERO, "jax.nn has none."},
    {"hardshrink", ZERO, LACKS, ZERO, "jax.nn has none."},
    {"threshold", ZERO, LACKS, ZERO, "PyTorch and Keras want both numbers; jax.nn has none."},
};

static const struct row *find(const struct activation *act)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows && !act->expr; i++)
        if (strcmp(rows[i].name, act->name) == 0)
            return &rows[i];
    return NULL;
}

static double slope(const struct fn *fn, double x, enum choice choice)
{
    switch (choice) {
    case LACKS:
        break;
    case ZERO:
        return 0;
    case LEFT:
        return fn_df_side(fn, x, -1);
    case RIGHT:
        return fn_df_side(fn, x, 1);
    case INNER:
        return fn_df_side(fn, x, x < 0 ? 1 : -1);
    case OUTER:
        return fn_df_side(fn, x, x < 0 ? -1 : 1);
    }
    return NAN;
}

bool fn_frameworks_at(const struct fn *fn, double x, struct fn_frameworks *out)
{
    const struct row *row = find(fn->act);
    struct fn_break at[FN_MAX_BREAKS];
    int n = row ? fn_breaks(fn, at) : 0;

    *out = (struct fn_frameworks){NAN, NAN, NAN};
    for (int i = 0; i < n; i++) {
        if (at[i].x != x)
            continue;
        *out = (struct fn_frameworks){slope(fn, x, row->pytorch), slope(fn, x, row->jax),
                                      slope(fn, x, row->keras)};
        return true;
    }
    return false;
}

const char *fn_framework_note(const struct activation *act)
{
    const struct row *row = find(act);

    return row ? row->note : NULL;
}
