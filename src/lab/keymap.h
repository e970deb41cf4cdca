/* keymap.h - keys to command lines. The default is lab/keys.rc, a file of `bind` lines that is
 * embedded at build. */
#ifndef ACTLAB_LAB_KEYMAP_H
#define ACTLAB_LAB_KEYMAP_H

#include "base/error.h"
#include "base/text.h"

struct keymap;

/* A key, or a key where a pane has the focus, and the command line that it runs. */
struct binding {
    char *pane; /* "" everywhere */
    char *key, *command;
    /* "run/pause|explained": for the bottom line of the screen the words that it can be, or none;
     * behind | for the help; or "" */
    char *label;
};

/* A line of `bind`: [label=TEXT] KEY COMMAND; the text of several words stands in quotes. */
struct key_line {
    bool labelled;
    char label[48], key[48];
    const char *command; /* in the line */
};
/* False where a part is missing or too long. */
bool key_line_read(const char *line, struct key_line *);

/* Key names: a printable character as itself, "space" "tab" "backtab" "enter" "escape" "backspace"
 * "delete" "insert" "up" "down" "left" "right" "home" "end" "pageup" "pagedown" "f1".."f12"
 * "ctrl-a".."ctrl-z". A binding may hold only where a pane has the focus: `bind plot:left cursor
 * -1col`. */
struct keymap *keymap_new(void); /* with the defaults */
void keymap_free(struct keymap *);
/* Without a label a key that holds everywhere has that of another such key for the command. */
bool keymap_bind(struct keymap *, const struct key_line *, struct error *);
bool keymap_unbind(struct keymap *, const char *key, struct error *);
/* The key's binding for this pane ("lesson", "plot", "network"), for what lies over it ("text",
 * "list", "play"), for this moment ("weights", "graph", "quiz", "full", "alone", "more", "away",
 * "kept", "unit"), or the one that holds everywhere (""). NULL: none. */
const struct binding *keymap_find(const struct keymap *, const char *pane, const char *key);
/* The first key bound to this line, for hints on the screen: NULL if none. */
const char *keymap_key(const struct keymap *, const char *pane, const char *command);
/* The i-th binding; NULL past the end. */
const struct binding *keymap_at(const struct keymap *, size_t i);
/* Adds "plot:left". */
void binding_name(const struct binding *, struct text *out);
/* All bindings as `bind` lines that can be read back. */
void keymap_print(const struct keymap *, struct text *out);

#endif
