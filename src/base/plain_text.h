/* plain_text.h - a person's text file as programs want it: UTF-8 without a byte order mark, every
 * line ended by "\n". Windows ends lines by "\r\n" and begins files with a mark, its PowerShell
 * writes UTF-16, old Macs end lines by "\r". */
#ifndef ACTLAB_BASE_PLAIN_TEXT_H
#define ACTLAB_BASE_PLAIN_TEXT_H

#include "base/text.h"

#include <stdbool.h>
#include <stdio.h>

/* Makes the bytes of a whole file plain that begin at `from`. UTF-16 is known by its mark; a half
 * of a character in it becomes U+FFFD. As many lines as before. */
void plain_text(struct text *, size_t from);
/* For a stream: true if c, just read from it, ends a line. Takes the "\n" behind a "\r", too. */
bool plain_line_end(FILE *, int c);
/* A stream's first line without a mark. */
const char *plain_start(const char *line);

#endif
