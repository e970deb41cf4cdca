/* activation_table.c - the table, made from activations.def. */
#include "math/activation_forms.h"

const struct activation activation_table[] = {
#define ACTIVATION(id, ...) {.name = #id, .f = form_##id, .df = slope_##id, __VA_ARGS__},
#include "math/activations.def"
#undef ACTIVATION
};

const int activation_count = sizeof activation_table / sizeof *activation_table;
