/* data.h - what a network learns: points of the plane with a label or a value. */
#ifndef ACTLAB_NET_DATA_H
#define ACTLAB_NET_DATA_H

#include "net/config.h"

struct net_sample {
    float x1, x2, y; /* y: 0 or 1; a real number where the data is a regression */
};

struct dataset {
    struct net_sample *sample; /* training samples, then held-out ones */
    int n, train;              /* all; where the held-out ones begin */
};

enum { DATA_MAX_SAMPLES = 100000 };

/* Makes (or reads) the data of a config: points within about [-2, 2], in an order shuffled by the
 * seed. Position, noise and order are drawn apart, so more noise moves the same points further. A
 * bad line of a file is named by its number. */
bool dataset_make(struct dataset *, const struct net_config *, struct error *);
/* The lines x1,x2,label of a CSV text, or with semicolons, tabs or blanks between them, as its
 * first line of numbers shows; a first line with letters and without a number is a heading. Labels
 * are 0 and 1, or -1 and 1, or two words, of which the first in the alphabet is 0. Appends to *out.
 */
bool dataset_parse(const char *name, const char *text, size_t n, bool regression,
                   struct dataset *out, struct error *);
void dataset_free(struct dataset *);
/* How many of n samples are to train on: the others are held out. */
int dataset_train(const struct net_config *, int n);
/* True if both configs ask for the same samples, provided that a file has not changed. */
bool dataset_same(const struct net_config *, const struct net_config *);
static inline bool dataset_is_label(float y)
{
    return y == 0 || y == 1;
}
/* True if every y is one: then accuracy means something. */
bool dataset_is_labelled(const struct dataset *);

#endif
