/* progress_private.h - what the files of progress share: lines of the file, and how entries are
 * united. */
#ifndef ACTLAB_COURSE_PROGRESS_PRIVATE_H
#define ACTLAB_COURSE_PROGRESS_PRIVATE_H

#include "course/progress.h"

/* ---- progress_line.c ------------------------------------------------------------------------- */

void progress_write_entry(struct text *out, const struct progress_entry *);
/* Takes the line apart; false when it is no entry. */
bool progress_read_entry(char *line, struct progress_entry *);

/* ---- progress_merge.c ------------------------------------------------------------------------ */

/* True if both say the same thing of the same lesson: only one of them can stay. */
bool progress_same_key(const struct progress_entry *, const struct progress_entry *);
/* A date for what happens now: later than all that can be believed. Sets p->now. */
int64_t progress_date_now(struct progress *);
/* How two dates compare, as of p->now: < 0 if a's is the earlier one, which is also one that cannot
 * be believed. */
int progress_order(const struct progress *, const struct progress_entry *a,
                   const struct progress_entry *b);
/* true when it changed something; sets p->full when there is no room for it. */
bool progress_merge(struct progress *, const struct progress_entry *);

#endif
