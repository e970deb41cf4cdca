/* aside.h - the lab's function, plot and network set aside while lines run that may fail, as those
 * of a lesson's `lab` block: half of them would be neither the old lab nor the new one. */
#ifndef ACTLAB_LAB_ASIDE_H
#define ACTLAB_LAB_ASIDE_H

#include "lab/lab.h"

struct aside;

/* From now on the lab has no network: what follows builds one, or aside_return comes. */
struct aside *aside_begin(struct lab *);
/* What follows went well: what was set aside is freed. */
void aside_drop(struct aside *);
/* It did not: the lab is again as it was, but for functions that were defined. */
void aside_return(struct lab *, struct aside *);

#endif
