/* faces.h - for tests that count: the barest and the richest face of the screen. */
#ifndef ACTLAB_TESTS_FACES_H
#define ACTLAB_TESTS_FACES_H

#include "pty.h"

static const char *const mono[] = {"NO_COLOR=1", NULL};

/* The faces that bytes are counted in: the barest and the richest. */
static const struct face {
    const char *name, *locale;
    const char *const *set;
} faces[] = {{"ASCII mono", "C", mono}, {"braille colour", "C.UTF-8", NULL}};

static inline void open_face(struct pty *p, const struct face *face)
{
    struct pty_options o = {.locale = face->locale, .set = face->set};

    pty_open(p, &o, NULL);
}

#endif
