/* utf8.h - decoding, display width, and making hostile bytes harmless.
 *
 * Widths do not depend on the user's locale: a test's text is drawn the same in a terminal. They
 * come from libc's wcwidth under a UTF-8 locale, with a table of ours where there is none. */
#ifndef ACTLAB_BASE_UTF8_H
#define ACTLAB_BASE_UTF8_H

#include "base/text.h"

#include <stdint.h>
#include <stdio.h>

enum { UTF8_BAD = 0xFFFD, UTF8_MAX = 4 };

/* Decodes the character at s (n bytes left, n > 0) into *cp; returns how many bytes it took (>= 1).
 * Overlong, surrogate, truncated and invalid sequences yield UTF8_BAD and take one byte. */
size_t utf8_decode(const char *s, size_t n, uint32_t *cp);
/* Writes cp (a valid scalar value) to out, no NUL; returns the number of bytes, 1 to 4. */
size_t utf8_encode(uint32_t cp, char out[UTF8_MAX]);
/* Columns: 0 (combining), 1 or 2; -1 for what must never reach a terminal: C0, DEL, C1,
 * bidirectional overrides and isolates, line and paragraph separators, unassigned formats. */
int utf8_width(uint32_t cp);
/* Columns of a whole string; harmful characters count as the 1 column they are shown in. */
int utf8_columns(const char *s);
/* Appends s with every harmful or invalid character replaced by U+FFFD (newline and tab are kept
 * when keep_lines is true: the reader lays them out). */
void utf8_clean(struct text *out, const char *s, size_t n, bool keep_lines);
/* Prints s so, for a terminal: names of files and keys may be anyone's. */
void utf8_print(FILE *out, const char *s, bool keep_lines);
/* Copies s into room for `size` bytes, NUL included, cut at a character's boundary. */
void utf8_copy(char *to, size_t size, const char *s);

#endif
