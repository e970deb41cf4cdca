/* kernels_body.h - all kernels for one width of vector, and their table. The including file sets
 * LANES, TABLE (the table's identifier), NAME, and the instructions that the compiler may use. */
#include "kernels/kernels_vector.h"

#include "kernels/kernels_matrix.h"

#include "kernels/kernels_functions.h"

#include "kernels/kernels_training.h"

const struct kernels TABLE = {
    .name = NAME,
    .lanes = LANES,
    .product = product,
    .gradient = gradient,
    .descend = descend,
    .columns = columns,
    .dots = dots,
    .squares = squares,
    .transpose = transpose,
    .cross_entropy = cross_entropy,
    .update = update,
    .activation = activation,
};
