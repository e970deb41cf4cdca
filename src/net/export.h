/* export.h - a network as a file: JSON that can be read back, and a PyTorch script to go on with.
 */
#ifndef ACTLAB_NET_EXPORT_H
#define ACTLAB_NET_EXPORT_H

#include "base/text.h"
#include "math/expr.h"
#include "net/trainer.h"

/* Everything: function, settings, data, weights, the optimiser's memory, the step. Floats are
 * written so that they read back as the same bits. */
void network_to_json(const struct trainer *, struct text *out);
/* The network in such a text, or NULL: the message names file and line. A defined function is
 * defined in `functions` if it is not yet. */
struct trainer *network_from_json(const char *name, const char *s, size_t n,
                                  struct functions *functions, struct error *e);
/* A self-contained Python script: weights and data inside, prints the layer table of `layers` and
 * goes on training. Fails for defined functions and for the few that PyTorch has no form of. */
bool network_to_pytorch(const struct trainer *, struct text *out, struct error *e);

#endif
