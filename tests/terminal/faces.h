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

static void start(struct pty *p, int rows, int cols, bool traced, const char *locale,
                  const char *const *set)
{
    struct pty_options o = {
        .rows = rows, .cols = cols, .traced = traced, .locale = locale, .set = set};

    pty_start(p, &o, NULL);
    pty_expect(p, "sigmoid");
    pty_settle(p, 80);
}

static size_t type(struct pty *p, const char *keys)
{
    pty_send(p, keys);
    return pty_settle(p, 60);
}

#endif
