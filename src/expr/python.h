/* python.h - activation functions as Python functions over PyTorch tensors, and what a defined
 * function is made of. */
#ifndef ACTLAB_EXPR_PYTHON_H
#define ACTLAB_EXPR_PYTHON_H

#include "base/text.h"
#include "math/activation.h"

/* A function and all that it calls, each once, in an order in which they can be defined: itself
 * last. The caller frees *out. */
size_t activation_closure(const struct activation *, const struct activation ***out);
/* Appends `def f_NAME(x, alpha=.., beta=..)` for the function and all that it calls. What an own
 * one does in the branch not taken harms no gradient. They need `import torch` and `import
 * torch.nn.functional as F`. f and f' are the network's own; at a kink f' is PyTorch's. */
void python_functions(const struct activation *, struct text *out);

#endif
