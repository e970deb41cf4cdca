/* prompt_history.c - see remember.h. */
#include "tui/prompt_history.h"

#include "base/file.h"
#include "base/utf8.h"

#include <string.h>
#include <unistd.h>

void prompt_history_load(struct text *out)
{
    struct text path = {0}, raw = {0};

    if (file_state_path("history", false, &path, NULL) &&
        file_read(path.s, PROMPT_HISTORY_MAX_BYTES, &raw, NULL))
        utf8_clean(out, text_str(&raw), raw.len, true);
    if (out->len && out->s[out->len - 1] != '\n')
        text_add_char(out, '\n');
    text_free(&path);
    text_free(&raw);
}

/* Two sessions that end a line in the same moment take turns; nobody waits longer for one that
 * hangs. */
#define LOCK_SECONDS 3.0

static int count_lines(const char *s)
{
    int n = 0;

    for (; *s; s += strcspn(s, "\n") + 1)
        n++;
    return n;
}

bool prompt_history_add(const char *line, int limit, struct error *e)
{
    struct text path = {0}, old = {0}, new = {0};
    const size_t length = strlen(line);
    const char *s, *end;
    bool ok = true;
    int held, lines;

    if (limit <= 0 || length > PROMPT_HISTORY_LINE_BYTES)
        return true;
    if (!file_state_path("history", true, &path, e))
        return false;
    held = file_lock(path.s, LOCK_SECONDS, NULL); /* without one a line may be lost, no more */
    prompt_history_load(&old);
    lines = count_lines(text_str(&old));
    for (s = text_str(&old); *s; s = end + 1, lines--) {
        const size_t left = old.len - (size_t)(s - old.s);

        end = strchr(s, '\n');
        if (lines >= limit || left + length + 1 > PROMPT_HISTORY_MAX_BYTES ||
            (length == (size_t)(end - s) && strncmp(line, s, length) == 0))
            continue;
        text_add_n(&new, s, (size_t)(end - s) + 1);
    }
    text_printf(&new, "%s\n", line);
    ok = file_save(path.s, new.s, new.len, true, e);
    if (held >= 0)
        close(held);
    text_free(&path);
    text_free(&old);
    text_free(&new);
    return ok;
}
