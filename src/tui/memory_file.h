/* memory_file.h - a file in memory that another writes into, by its descriptor or its stream, and
 * that is read back and emptied after each time: where curses puts its bytes. */
#ifndef ACTLAB_TUI_MEMORY_FILE_H
#define ACTLAB_TUI_MEMORY_FILE_H

#include "base/text.h"

#include <stdio.h>

/* NULL with errno set when there is none to be had. */
FILE *memory_file_open(void);
/* Appends all that was written since the last call to *out. */
void memory_file_take(FILE *, struct text *out);

#endif
