/* pasted.h - signs that come with text from a web page or a paper, and what they stand for. */
#ifndef ACTLAB_BASE_PASTED_H
#define ACTLAB_BASE_PASTED_H

#include <stddef.h>

struct pasted {
    const char *sign;  /* in UTF-8 */
    const char *meant; /* an operator, a name, a function's name with its '(', a raised digit after
                          '^', or a space */
};

/* The one that stands at s, of which `left` bytes are left; NULL: none. */
const struct pasted *pasted_at(const char *s, size_t left);
/* The bytes of a '-' or a pasted minus at s, 0: none is there. */
size_t pasted_minus(const char *s);

#endif
