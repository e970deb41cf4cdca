/* fuzz.h - what the fuzz targets of the lab share. */
#ifndef ACTLAB_TESTS_FUZZ_H
#define ACTLAB_TESTS_FUZZ_H

#include "lab/lab.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the program with the message when something that must hold does not. */
void require(bool truth, const char *what, const char *where);
/* Only UTF-8 that may stand on a terminal; with `lines`, in several lines. */
void require_clean(const char *s, size_t n, bool lines);
/* A file in memory with these bytes: its path, in static memory, and the descriptor to be closed.
 */
const char *memory_file(const void *bytes, size_t n, int *fd);
/* Whether a command line takes so little time that millions of such can be tried: `train 1000000
 * epochs` is right, and no finding. */
bool affordable(const char *line);
/* A lab without files or lessons whose network is small. */
struct lab *small_lab(bool restricted);
/* What must hold of any lab, whatever was done to it; draws it, too, at one of some sizes. */
void check_lab(struct lab *, const char *after, size_t which);

#endif
