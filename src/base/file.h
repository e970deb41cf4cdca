/* file.h - files as the lab needs them: read whole with a limit, saved whole or not at all. */
#ifndef ACTLAB_BASE_FILE_H
#define ACTLAB_BASE_FILE_H

#include "base/error.h"
#include "base/text.h"

#include <stdio.h>

/* The home folder that a '~' at a name's beginning stands for; NULL: none does, or none is known.
 */
const char *file_home(const char *name);
/* Appends the file's text, made plain (plain_text.h). Refuses what is no regular file (a FIFO would
 * hang) and what is longer than `limit` bytes. Standard input is "-". */
bool file_read(const char *path, size_t limit, struct text *out, struct error *);
/* Writes path whole or not at all: a temporary file beside it, fsync, rename. An existing file is
 * replaced only when `replace`: it keeps its mode, and a symbolic link goes on leading to it. */
bool file_save(const char *path, const char *bytes, size_t n, bool replace, struct error *);
/* The same in two steps, for what is written little by little: a new file beside `path`, with the
 * mode of what it replaces, whose own name is added to `temporary` and the one it is to have to
 * `target`; then rename(2). Returns a descriptor, or -1. */
int file_beside(const char *path, struct text *temporary, struct text *target, struct error *);
/* Takes turns with other sessions at what is at `path`: a lock on "PATH.lock", a file of its own,
 * for the other one is replaced when it is saved. Tries for so many seconds. Returns a descriptor,
 * which close() gives back, or -1. */
int file_lock(const char *path, double seconds, struct error *);
/* Seconds to wait: long enough for thirty sessions that save at once. One that hangs must not keep
 * another waiting again and again: after a lock was refused, the next try waits the second one. */
#define FILE_PATIENCE       10.0
#define FILE_PATIENCE_AGAIN 0.1
/* $XDG_STATE_HOME/actlab/NAME or its default under ~/.local/state; the folder is made when `make`.
 * false when there is no home. file_config_path: $XDG_CONFIG_HOME, default ~/.config. */
bool file_state_path(const char *name, bool make, struct text *out, struct error *);
bool file_config_path(const char *name, struct text *out, struct error *);
/* One line without its end into *line (cleared first), at most `limit` bytes: a longer one
 * fails, and what is left of it waits for file_line_rest: it may have no end. false at the end of
 * file (then e->text is "") or on an error. */
bool file_line(FILE *, size_t limit, struct text *line, struct error *);
/* Passes over all up to the next line. */
void file_line_rest(FILE *);
/* "FOLDER OF THE PROGRAM/relative"; false where the system does not say where the program is. */
bool file_beside_program(const char *relative, struct text *path);

#endif
