/* kept_files.h - the files of the state folder in which sittings are kept (kept.h): one each, and
 * those of some that are over. */
#ifndef ACTLAB_REPLAY_KEPT_FILES_H
#define ACTLAB_REPLAY_KEPT_FILES_H

#include "base/text.h"

#include <stdbool.h>

/* The second line of a file, and how much of it is read. */
#define KEPT_ABOUT "# kept: "
enum { KEPT_ABOUT_MAX = 128 };

struct kept_files {
    int lock; /* the descriptor of "session.lock", -1: not open */
    int mine; /* the number of our file, and of the byte that is locked for it; -1: none yet */
};

/* Those that no sitting is at work on; numbers, -1: none. */
struct kept_over {
    int newest, oldest, n;
    int free;                   /* the first name that nothing has */
    int strange;                /* one that this program cannot read: it is never written to */
    char about[KEPT_ABOUT_MAX]; /* of the newest */
};

void kept_files_begin(struct kept_files *);
void kept_files_end(struct kept_files *);
/* False where there is no home folder. */
bool kept_files_path(int number, struct text *path);
struct kept_over kept_files_look(struct kept_files *);
/* Writes our file, whole or not at all. sync: to last also if the machine fails. False: errno says
 * why not. */
bool kept_files_write(struct kept_files *, const struct text *bytes, bool sync);

#endif
