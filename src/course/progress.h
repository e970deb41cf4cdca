/* progress.h - what a learner has done: a file of dated lines, saved at every change.
 *
 *     # actlab progress 1
 *     2026-01-31T09:15:02.113Z goal sigmoid 1 2
 *
 * Whatever two sessions write is united: before it saves, each reads what the other has written,
 * under a lock, and merges line by line. A `reset` line stays in the file, so that what was
 * forgotten on purpose does not come back from a session that still remembers it. Dates decide only
 * where nothing says what is further, and those of a clock that was ahead for days, once, decide
 * nothing. */
#ifndef ACTLAB_COURSE_PROGRESS_H
#define ACTLAB_COURSE_PROGRESS_H

#include "base/text.h"

#include <stddef.h>
#include <stdint.h>

enum progress_kind {
    PROGRESS_OPEN,     /* the lesson was opened: the first time counts */
    PROGRESS_PAGE,     /* a: the page where one is, from 1; the last time counts */
    PROGRESS_GOAL,     /* a: the experiment, b: its goal, both from 1 */
    PROGRESS_HINT,     /* a: the experiment, b: how many hints were asked for */
    PROGRESS_SOLUTION, /* a: the experiment whose solution was played */
    PROGRESS_ANSWER,   /* a: the question, from 1; b: 1 if right; value: the choices */
    PROGRESS_TIME,     /* a: seconds spent in the lesson */
    PROGRESS_RESET,    /* everything of the lesson ("*": of all) before this is forgotten */
    PROGRESS_KINDS
};

enum {
    PROGRESS_NAME_MAX = 3 * 255 + 1, /* any file's name, each byte as %XX */
    PROGRESS_VALUE_MAX = 96,         /* all of 32 choices */
    PROGRESS_ENTRIES = 4000,
    PROGRESS_LIMIT = 1 << 22, /* bytes of a file: so many entries are shorter */
};

struct progress_entry {
    enum progress_kind kind;
    char lesson[PROGRESS_NAME_MAX]; /* in the file's form: see progress_is_of */
    int a, b;
    char value[PROGRESS_VALUE_MAX];
    int64_t when; /* milliseconds since 1970, UTC */
    bool fresh;   /* a reset that is not saved yet: all that the file holds is from before it */
};

struct progress {
    struct progress_entry *entry;
    size_t n, cap;
    char *path; /* NULL: kept in memory only */
    bool unsaved;
    bool full;       /* an entry found no room among PROGRESS_ENTRIES */
    int64_t now;     /* when dates were compared last */
    double patience; /* seconds that a save waits while others save; progress_open sets it */
    bool refused;    /* it waited so long in vain: the next one does not, until one is let in */
};

/* Reads the file at path; none is an empty progress. false when something is to be told (*e): a
 * damaged file was set aside and what could be read of it was kept, or the file cannot be used and
 * nothing will be saved. Either way the progress can be used. */
bool progress_open(struct progress *, const char *path, struct error *e);
/* The same for a file that is another's: nothing is moved or ever written. Of a damaged one, what
 * can be read is there. */
bool progress_read(struct progress *, const char *path, struct error *e);
void progress_close(struct progress *);
/* Merges one entry (when 0: now, and later than all that is known) and saves. When saving fails the
 * entry is kept in memory and the next call, or progress_save, tries again. One that finds no room
 * is an error, too. */
bool progress_add(struct progress *, struct progress_entry entry, struct error *e);
/* The same, but saved with the next entry only. */
void progress_keep(struct progress *, struct progress_entry entry);
/* Saves what is not saved yet. */
bool progress_save(struct progress *, struct error *e);
/* The entry of this kind, or NULL. b counts for goals only. */
const struct progress_entry *progress_find(const struct progress *, enum progress_kind,
                                           const char *lesson, int a, int b);
/* The page entry with the latest date: where one stopped. NULL when there is none. */
const struct progress_entry *progress_last(const struct progress *);
/* True if it is an entry of the lesson of this name. */
bool progress_is_of(const struct progress_entry *, const char *lesson);
/* A lesson's name as one word: any but plain letters are written as %XX. */
void progress_encode_name(char out[PROGRESS_NAME_MAX], const char *name);
/* Appends a line for each entry, with `before` in front of it. */
void progress_print(const struct progress *, const char *before, struct text *out);
/* Merges such a line, without what stood before it; false when it is none. */
bool progress_take_line(struct progress *, const char *line);
/* "2026-01-31T09:15:02.113Z"; `day`: only "2026-01-31". */
enum { PROGRESS_DATE_MAX = 32 };
void progress_date(int64_t when, bool day, char out[PROGRESS_DATE_MAX]);

#endif
