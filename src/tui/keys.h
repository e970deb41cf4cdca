/* keys.h - bytes from a terminal to keys by name (lab/keymap.h), pastes and mouse events.
 *
 * It knows no terminal: what is fed may come from a test. Escape sequences are parsed by their
 * grammar (ECMA-48), so an unknown one is swallowed whole and never runs as the keys it is made of;
 * what a terminal's description adds is learned with keys_learn. */
#ifndef ACTLAB_TUI_KEYS_H
#define ACTLAB_TUI_KEYS_H

#include "base/text.h"

#include <stdbool.h>

enum key_kind {
    KEY_PRESS,
    KEY_PASTE, /* bracketed paste: the text is in the reader's `paste`, cleaned, lines kept */
    KEY_MOUSE,
    KEY_BACKGROUND, /* the terminal's answer to what its background is */
    KEY_CURSOR,     /* its answer to where its cursor is */
};

enum mouse_button { MOUSE_LEFT, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN, MOUSE_OTHER };

enum { KEY_NAME_MAX = 12, KEY_BYTES_MAX = 32, KEY_LEARNED_MAX = 64, PASTE_MAX_BYTES = 1 << 16 };

struct key {
    enum key_kind kind;
    char name[KEY_NAME_MAX]; /* "" for what has no name: alt-x, ctrl-left, replies */
    /* For a line editor, NUL-terminated; "" for NUL. */
    char bytes[KEY_BYTES_MAX];
    enum mouse_button button;
    int row, col; /* of the mouse or the cursor, from 0 */
    bool light;   /* the background */
};

struct learned_key {
    const char *sequence, *name;
};

/* All zero is a fresh reader. */
struct key_reader {
    struct text in; /* bytes that wait, from `at` on */
    size_t at;
    bool pasting;
    bool telling; /* inside a terminal's report (OSC), whose end has not come */
    bool escaped; /* the last key was an ESC that nothing had followed: its rest may come late */
    int silences; /* how often nothing came for a while, inside a report or a sequence */
    struct text paste;
    struct learned_key learned[KEY_LEARNED_MAX];
    int nlearned;
};

/* The strings are kept, not copied. */
void keys_learn(struct key_reader *, const char *sequence, const char *name);
void keys_feed(struct key_reader *, const char *bytes, size_t n);
/* For seconds nothing has come: what comes next is no rest of anything. */
void keys_apart(struct key_reader *);
/* The next whole key, or false. `late`: nothing followed for the escape delay. A lone ESC is the
 * escape key then, and half a character is dropped; but the rest of a sequence may be longer on its
 * way over a slow line, and is no key when it comes: neither after an ESC nor in its middle. */
bool keys_next(struct key_reader *, bool late, struct key *);
/* True when a key has begun whose end has not come: keys_next with `late` is to be called when
 * nothing follows. */
bool keys_waiting(const struct key_reader *);
/* Forgets what waits. */
void keys_drop(struct key_reader *);
void keys_free(struct key_reader *);

#endif
