/* prompt_keys.c - see prompt_keys.h. */
#include "tui/prompt_keys.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <readline/readline.h>

/* The maps that all others are reached from. */
static Keymap maps(int i)
{
    Keymap all[] = {emacs_standard_keymap, emacs_meta_keymap, emacs_ctlx_keymap,
                    vi_insertion_keymap, vi_movement_keymap};

    return i < (int)(sizeof all / sizeof *all) ? all[i] : NULL;
}

/* Sequences of keys that readline's own bindings leave out. */
static void add_keys(Keymap map)
{
    static const struct {
        const char *sequence;
        rl_command_func_t *function;
    } keys[] = {
        {"\033[3~", rl_delete},
        {"\033[H", rl_beg_of_line},
        {"\033[F", rl_end_of_line},
        {"\033[5~", rl_history_search_backward},
        {"\033[6~", rl_history_search_forward},
    };

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        rl_bind_keyseq_if_unbound_in_map(keys[i].sequence, keys[i].function, map);
}

static void unbind(const char *function)
{
    rl_command_func_t *f = rl_named_function(function); /* NULL: this readline has none */

    for (int i = 0; f && maps(i); i++)
        rl_unbind_function_in_map(f, maps(i));
}

static int do_nothing(int count, int key)
{
    (void)count, (void)key;
    return 0;
}

/* Keys that mean nothing, here and in all maps that this one leads to. */
static void fill(Keymap map, int depth)
{
    for (int key = 0; key < KEYMAP_SIZE - 1; key++) {
        union { /* readline keeps one in the place of the other */
            rl_command_func_t *function;
            Keymap map;
        } to = {map[key].function};

        if (map[key].type == ISFUNC && !to.function)
            map[key].function = do_nothing;
        else if (map[key].type == ISKMAP && depth < 8)
            fill(to.map, depth + 1);
    }
}

/* A key that means nothing, or says to stop, readline 8.2 answers with a jump; and where it has
 * more input waiting (from a search that a key ended, or a sequence that none of its own began
 * with) it jumps to where it no longer is. So nothing jumps: every key means something, be it to do
 * nothing. In vi's insertion ESC stays what it is: it and a key are two. */
static void tame(void)
{
    static const char *const jump[] = {"abort", "start-kbd-macro", "end-kbd-macro",
                                       "call-last-kbd-macro", "print-last-kbd-macro"};

    for (size_t i = 0; i < sizeof jump / sizeof *jump; i++)
        unbind(jump[i]);
    for (int i = 0; maps(i); i++)
        if (maps(i) != vi_insertion_keymap)
            fill(maps(i), 0);
    for (int key = 0; key < 32; key++)
        if (vi_insertion_keymap[key].type == ISFUNC && !vi_insertion_keymap[key].function)
            vi_insertion_keymap[key].function = do_nothing;
}

void prompt_bind_keys(bool restricted)
{
    /* No file of the machine is read, no name of a home folder told, nothing called by its name
     * (readline 8.3's M-x). Readline itself has no way to a shell. */
    static const char *const telling[] = {"re-read-init-file", "tilde-expand", "vi-tilde-expand",
                                          "execute-named-command"};

    add_keys(emacs_standard_keymap);
    add_keys(vi_insertion_keymap);
    add_keys(vi_movement_keymap);
    for (size_t i = 0; restricted && i < sizeof telling / sizeof *telling; i++)
        unbind(telling[i]);
    tame();
}

/* ---- one key --------------------------------------------------------------------------------- */

/* Readline, in vi's manners, may look for the end of half a character for ever. What is no
 * character cannot be a part of a line either. */
static bool are_characters(const char *bytes)
{
    if (MB_CUR_MAX == 1)
        return true;
    for (size_t n = strlen(bytes), took; n; bytes += took, n -= took) {
        uint32_t cp;

        took = utf8_decode(bytes, n, &cp);
        if (cp >= 0x80 && ((cp == UTF8_BAD && took == 1) || utf8_width(cp) < 0))
            return false;
    }
    return true;
}

/* Readline's names for the keys that have sequences, whatever this terminal sends for them. */
static const struct {
    const char *name, *bytes;
} sequences[] = {
    {"up", "\033[A"},      {"down", "\033[B"},      {"right", "\033[C"},   {"left", "\033[D"},
    {"home", "\033[H"},    {"end", "\033[F"},       {"insert", "\033[2~"}, {"delete", "\033[3~"},
    {"pageup", "\033[5~"}, {"pagedown", "\033[6~"}, {"backtab", "\033[Z"}, {"backspace", "\177"},
    {"enter", "\r"},
};

bool prompt_escape_leaves(void)
{
    if (RL_ISSTATE(RL_STATE_ISEARCH | RL_STATE_NSEARCH | RL_STATE_NUMERICARG))
        return false;
    return rl_editing_mode == 1 || rl_get_keymap() == vi_movement_keymap;
}

/* Sequences that readline has no binding for, or only their beginning has come of, would be taken
 * apart and typed. */
static bool unknown_sequence(const char *bytes)
{
    int type = ISFUNC;

    if (bytes[0] != '\033' || !bytes[1])
        return false;
    if (!bytes[2])
        return bytes[1] == '[' || bytes[1] == 'O';
    return !rl_function_of_keyseq(bytes, NULL, &type) || type == ISKMAP;
}

const char *prompt_key_bytes(const struct key *k)
{
    const char *bytes = k->bytes;

    for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++)
        if (strcmp(sequences[i].name, k->name) == 0)
            bytes = sequences[i].bytes;
    return unknown_sequence(bytes) || !are_characters(bytes) ? NULL : bytes;
}
