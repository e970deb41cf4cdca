/* base64.h - bytes as text of one line (RFC 4648, section 4). */
#ifndef ACTLAB_BASE_BASE64_H
#define ACTLAB_BASE_BASE64_H

#include "base/text.h"

/* Appends n bytes as text. */
void base64_add(struct text *, const void *bytes, size_t n);
/* Appends the bytes that the text stands for; false, with nothing added, when it is none. */
bool base64_read(const char *s, struct text *bytes);

#endif
