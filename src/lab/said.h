/* said.h - what commands print, caught in memory: to be shown otherwise, or by nobody. */
#ifndef ACTLAB_LAB_SAID_H
#define ACTLAB_LAB_SAID_H

#include "base/error.h"

#include <stdio.h>

struct said {
    FILE *out; /* where the commands print to */
    char *s;   /* after said_end: what they did, with a NUL behind it */
    size_t n;
};

/* On an error nothing needs to be freed. */
bool said_begin(struct said *, struct error *);
/* Nothing more is printed. False when not all of it found room. */
bool said_end(struct said *, struct error *);
/* Also without said_end, where nobody looks at it. */
void said_free(struct said *);

#endif
