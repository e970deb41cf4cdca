/* prompt_history.c - see prompt_history.h. */
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

/* Sessions that end a line in the same moment take turns. Without a lock a line may be lost, no
 * more. Returns its descriptor, or -1. */
static int take_turn(const char *path)
{
    static bool refused; /* the last one waited in vain, for a session that hangs */
    const int held = file_lock(path, refused ? FILE_PATIENCE_AGAIN : FILE_PATIENCE, NULL);

    refused = held < 0;
    return held;
}

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
    held = take_turn(path.s);
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
