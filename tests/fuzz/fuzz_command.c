/* fuzz_command.c - command lines, any bytes, one after the other in one lab.
 *
 * Besides not crashing: a line that fails says why in one line and leaves the lab as it was, and
 * the lab that results can be written down as commands and made again from them. */
#include "commands/handlers.h"
#include "commands/session.h"
#include "fuzz.h"

#include "language/command.h"
#include "replay/state.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_LINES = 12 };

/* These train on the way to their failure, and say so. */
static bool may_change_and_fail(const char *line)
{
    line += strspn(line, " \t\r\n\v\f");
    return *line == 'u' || *line == 'w'; /* until, watch */
}

static void run(struct lab *lab, const char *line, FILE *out)
{
    uint64_t before = state_digest(lab);
    struct error e = {0};

    if (!affordable(line) || lab_run(lab, line, out, &e))
        return;
    require(e.text[0] && !strchr(e.text, '\n'), "an error is one line", line);
    require(e.kind == ERROR_FAILED || e.kind == ERROR_USAGE, "an error has a kind", line);
    require(e.column <= (int)strlen(line), "the culprit stands in the line", line);
    require(may_change_and_fail(line) || state_digest(lab) == before,
            "it failed and changed the lab", line);
}

/* The lab from its own description. */
static void check_description(struct lab *lab, FILE *out)
{
    struct lab *again = small_lab(false);
    struct text all = {0};
    struct error e;

    state_commands(lab, &all);
    for (char *save = NULL, *line = strtok_r(all.s, "\n", &save); line;
         line = strtok_r(NULL, "\n", &save))
        if (affordable(line) || strncmp(line, "net", 3) == 0)
            require(lab_run(again, line, out, &e), e.text, line);
    text_free(&all);
    session_close(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    FILE *out = fopen("/dev/null", "w");
    struct lab *lab = small_lab(true);
    char *text = malloc(size + 1), *next, *line = text;

    memcpy(text, data, size);
    text[size] = '\0';
    lab->interactive = size % 2;
    for (int i = 0; line && i < MOST_LINES && !lab->interrupt.quit; i++, line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        run(lab, line, out);
    }
    check_lab(lab, "", size);
    if (size % 4 == 0) /* another lab takes its time */
        check_description(lab, out);
    session_close(lab);
    free(text);
    fclose(out);
    return 0;
}
