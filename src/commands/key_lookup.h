/* key_lookup.h - which of a key's bindings holds now, and which word of its label. */
#ifndef ACTLAB_COMMANDS_KEY_LOOKUP_H
#define ACTLAB_COMMANDS_KEY_LOOKUP_H

#include "lab/keymap.h"
#include "language/command.h"

/* Facts that only the view knows. */
struct key_place {
    bool lesson_seen, network_seen; /* their panes are in sight */
    bool more;                      /* of the open page, below what is seen of it */
    bool alone;                     /* there is room for one pane only */
};

/* True if the bindings of a pane that stands for a moment hold: "quiz" on a page with questions and
 * "unit" at a unit's weights, if they are seen, "full" while one pane has the whole screen, "alone"
 * where there is room for one only, "more" before the end of the open page, "away" while one is on
 * one's own who followed a teacher, "kept" while what an earlier sitting kept can be gone on with.
 */
bool key_pane_holds(const struct lab *, const struct key_place *, const char *pane);
/* The command of the key now; NULL: none. The bindings of such moments come first, then the pane's.
 */
const struct binding *key_binding(const struct lab *, const char *key, const struct key_place *);
/* The word of the binding's label that fits now, n bytes long; n 0: none, or it is of no use. */
const char *key_label(const struct lab *, const struct binding *, int *n);
/* The same for the help: what its label says there, else the label, else the line itself. */
const char *key_words(const struct lab *, const struct binding *, int *n);
/* The pane that the binding's command is about; PANES: none. */
enum pane key_pane_of(const struct binding *, const struct lab *);

#endif
