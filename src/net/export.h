/* export.h - a network as a file: JSON that can be read back, and a PyTorch script to go on with.
 */
#ifndef ACTLAB_NET_EXPORT_H
#define ACTLAB_NET_EXPORT_H

#include "base/text.h"
#include "expr/functions.h"
#include "net/trainer.h"

#define EXPORT_FORMAT "actlab network 1"

/* Everything: function, settings, data, weights, the optimiser's memory, the step. Floats are
 * written so that they read back as the same bits. False when it was stopped. */
bool network_to_json(const struct trainer *, const struct stop *, struct text *out);
/* About how many bytes that is, at most. */
size_t network_json_size(const struct trainer *);
/* The network in such a text, or NULL: the message names file and line, and `functions` is
 * unchanged. Functions that it needs are defined in `functions`, unless one of that name already
 * means the same; `replaced`: as of functions_take. */
struct trainer *network_from_json(const char *name, const char *s, size_t n,
                                  struct functions *functions, struct text *replaced,
                                  const struct stop *, struct error *e);
/* A script that needs nothing but PyTorch: weights, data and the optimiser's memory inside, it
 * prints the layer table as trainer_probe measures it, trains on, and prints it again. Fails for a
 * network that has diverged or is too large for a script. */
bool network_to_pytorch(const struct trainer *, struct text *out, struct error *e);

#endif
