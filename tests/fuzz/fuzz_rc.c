/* fuzz_rc.c - start-up files of anyone, run as a file: an error has file and line, settings stay
 * within their bounds, and the keys that are printed bind the same keys again. */
#include "commands/handlers.h"
#include "commands/session.h"
#include "commands/source.h"
#include "fuzz.h"

#include "lab/keymap.h"
#include "lab/settings.h"
#include "language/command.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool affordable_lines(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1), *save = NULL;
    bool ok = true;
    int lines = 0;

    memcpy(text, data, size);
    text[size] = '\0';
    for (char *s = strtok_r(text, "\n", &save); s && ok; s = strtok_r(NULL, "\n", &save))
        ok = affordable(s) && ++lines <= 30;
    free(text);
    return ok;
}

static void check_settings(struct lab *lab)
{
    for (int i = 0; i < lab_settings.rows; i++) {
        struct settings copy = lab->set;
        struct text value = {0}, absolute = {0};
        struct error e = {0};

        setting_get(&lab_settings.row[i], &lab->set, &value);
        require_clean(text_str(&value), value.len, false);
        text_printf(&absolute, "%s%s", setting_is_number(&lab_settings.row[i]) ? "=" : "",
                    text_str(&value));
        require(setting_set(&lab_settings.row[i], &copy, text_str(&absolute), NULL, NULL, &e),
                "a value that cannot be set", e.text);
        text_free(&value);
        text_free(&absolute);
    }
}

static void check_keys(struct lab *lab)
{
    struct lab *again = small_lab(true);
    struct text once = {0}, twice = {0};
    const struct binding *b;

    while ((b = keymap_at(again->keymap, 0))) {
        struct text word = {0};

        binding_name(b, &word);
        require(keymap_unbind(again->keymap, text_str(&word), NULL), "cannot unbind",
                text_str(&word));
        text_free(&word);
    }
    keymap_print(lab->keymap, &once);
    text_add(&twice, text_str(&once));
    for (char *save = NULL, *s = strtok_r(twice.s, "\n", &save); s; s = strtok_r(NULL, "\n", &save))
        require(lab_run(again, s, stdout, NULL), "a key that cannot be bound again", s);
    text_clear(&twice);
    keymap_print(again->keymap, &twice);
    require(strcmp(text_str(&once), text_str(&twice)) == 0, "other keys", text_str(&twice));
    text_free(&once);
    text_free(&twice);
    session_close(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    FILE *out = fopen("/dev/null", "w");
    struct lab *lab;
    struct error e = {0};
    int fd;

    if (affordable_lines(data, size)) {
        const char *path = memory_file(data, size, &fd);

        lab = small_lab(true); /* restricted: it writes no files here */
        if (!lab_source(lab, path, false, out, &e))
            require(strncmp(e.text, "/proc/self/fd/", 14) == 0 && !strchr(e.text, '\n'), "no place",
                    e.text);
        check_settings(lab);
        check_keys(lab);
        check_lab(lab, "start-up file", size);
        session_close(lab);
        close(fd);
    }
    fclose(out);
    return 0;
}
