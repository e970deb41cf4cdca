/* keymap.h - keys to command lines. The default is lab/keys.rc, a file of `bind` lines that is
 * embedded at build. */
#ifndef ACTLAB_LAB_KEYMAP_H
#define ACTLAB_LAB_KEYMAP_H

#include "base/error.h"
#include "base/text.h"

struct keymap;

/* Key names: a printable character as itself, "space" "tab" "backtab" "enter" "escape" "backspace"
 * "delete" "insert" "up" "down" "left" "right" "home" "end" "pageup" "pagedown" "f1".."f12"
 * "ctrl-a".."ctrl-z". A binding may hold only where a pane has the focus: `bind plot:left cursor
 * -1col`. */
struct keymap *keymap_new(void); /* with the defaults */
void keymap_free(struct keymap *);
bool keymap_bind(struct keymap *, const char *key, const char *command, struct error *);
bool keymap_unbind(struct keymap *, const char *key, struct error *);
/* The command line of a key with `pane` ("lesson", "plot", "network", "weights", "text", "list",
 * "play", "quiz", "full") in focus: the pane's own first; NULL if none. A list is a text, too. */
const char *keymap_find(const struct keymap *, const char *pane, const char *key);
/* The same, but only the pane's own. */
const char *keymap_own(const struct keymap *, const char *pane, const char *key);
/* The first key bound to this line, for hints on the screen: NULL if none. */
const char *keymap_key(const struct keymap *, const char *pane, const char *command);
/* The i-th binding's command, with its pane ("" for all) and key; NULL past the end. */
const char *keymap_at(const struct keymap *, size_t i, const char **pane, const char **key);
/* All bindings as `bind` lines that can be read back. */
void keymap_print(const struct keymap *, struct text *out);

#endif
