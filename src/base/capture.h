/* capture.h - what commands print, captured in memory. */
#ifndef ACTLAB_BASE_CAPTURE_H
#define ACTLAB_BASE_CAPTURE_H

#include "base/error.h"

#include <stdio.h>

struct capture {
    FILE *out; /* where the commands print to */
    char *s;   /* after capture_end: the output, NUL-terminated */
    size_t n;
};

/* On an error nothing needs to be freed. */
bool capture_begin(struct capture *, struct error *);
/* Nothing more is printed. False when not all of it found room. */
bool capture_end(struct capture *, struct error *);
/* Also without capture_end, where nobody looks at it. */
void capture_free(struct capture *);

#endif
