/* fuzz_keys.c - what a terminal sends, and the command line that it goes to: any bytes, in any
 * pieces, come to an end, and what is shown is harmless. */
#include "commands/handlers.h"
#include "commands/session.h"
#include "fuzz.h"

#include "base/utf8.h"
#include "language/command.h"
#include "tui/keys.h"
#include "tui/prompt.h"
#include "view/view.h"

#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static bool run(struct lab *lab, const char *line, struct error *e)
{
    FILE *out = fopen("/dev/null", "w");
    bool ok = !affordable(line) || lab_run(lab, line, out, e);

    fclose(out);
    lab->interrupt.quit = false;
    return ok;
}

static void draw(struct lab *lab)
{
    const struct prompt_picture *prompt = prompt_picture();
    struct grid grid = {0};
    struct rect cursor;

    grid_init(&grid, 14, 46);
    view_screen(lab, prompt, &grid, &cursor);
    require(!prompt || (cursor.col >= 0 && cursor.col < grid.cols), "the cursor left the screen",
            "prompt");
    for (int i = 0; i < grid.rows * grid.cols; i++)
        require(grid.cell[i].glyph == 0 || utf8_width(grid.cell[i].glyph) > 0, "a harmful glyph",
                "prompt");
    grid_free(&grid);
}

static void take(struct lab *lab, struct key_reader *keys, bool late)
{
    struct key k;

    while (keys_next(keys, late, &k)) {
        require(strlen(k.name) < sizeof k.name && strlen(k.bytes) < sizeof k.bytes, "long", "key");
        require_clean(k.name, strlen(k.name), false);
        if (!prompt_is_open())
            prompt_open(lab, "", run);
        if (k.kind == KEY_PASTE) {
            require(keys->paste.len <= 3 * PASTE_MAX_BYTES, "a paste without end", "paste");
            require_clean(text_str(&keys->paste), keys->paste.len, true);
            prompt_paste(text_str(&keys->paste));
        } else if (k.kind == KEY_PRESS) {
            prompt_key(&k);
        }
    }
}

/* A key took seconds. */
static void give_up(int number)
{
    (void)number;
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct key_reader keys = {0};
    struct lab *lab = small_lab(true);
    size_t piece = 1 + size % 23;

    setlocale(LC_ALL, "C.UTF-8");
    signal(SIGPROF, give_up);
    setenv("XDG_STATE_HOME", "/dev/null/none", 1);
    setenv("INPUTRC", "/dev/null", 1);
    lab->set.history = 0; /* nothing is written */
    lab->interactive = true;
    keys_learn(&keys, "\x1b[25~", "f1");
    for (size_t at = 0; at < size; at += piece) {
        keys_feed(&keys, (const char *)data + at, size - at < piece ? size - at : piece);
        take(lab, &keys, at % 3 == 0);
    }
    draw(lab);
    for (int silence = 0; silence < 100 && keys_waiting(&keys); silence++)
        take(lab, &keys, true);
    require(!keys_waiting(&keys), "bytes that wait for ever", "keys");
    draw(lab);
    prompt_free();
    keys_free(&keys);
    session_close(lab);
    return 0;
}
