/* xalloc.h - memory or a decent end. */
#ifndef ACTLAB_BASE_XALLOC_H
#define ACTLAB_BASE_XALLOC_H

#include <stdbool.h>
#include <stddef.h>

/* As malloc, calloc, realloc, strdup; never NULL. When memory runs out, the hook set by
 * xalloc_on_failure (it restores the terminal, and takes no memory for it) is called, one line is
 * printed, the program exits 1. */
void *xmalloc(size_t n);
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t n);
/* True if n bytes can be had now, and enough besides for whatever cannot do without. Ask before an
 * allocation that may be large, and refuse it on false. Always true of less than a MiB. */
bool xroom(size_t n);
/* n bytes of zeros from the start of a cache line on, for arrays that are gone through over and
 * over; in the system's huge pages where they fill several. NULL where there is no xroom(n). To be
 * freed by free(). */
void *xarena(size_t n);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t n);
void xalloc_on_failure(void (*hook)(void));

/* The array p of `size`-byte elements, with room for *cap of them, grown by half again until it
 * holds at least n. It may have moved; *cap is its new room. */
void *xgrow(void *p, size_t *cap, size_t n, size_t size);

#endif
