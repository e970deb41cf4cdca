/* choice.c - see choice.h. */
#include "base/choice.h"

#include "base/ascii.h"

int choice_step(const char *word)
{
    return ascii_same(word, "next") ? 1 : ascii_same(word, "prev") ? -1 : 0;
}

int choice_beside(int at, int n, int step)
{
    return n > 0 ? (at + n + step) % n : 0;
}

int choice_find(const char *const *names, const char *name)
{
    for (int i = 0; names[i]; i++)
        if (ascii_same(names[i], name))
            return i;
    return -1;
}

bool choice_parse(const char *what, const char *const *names, const char *word, int *at,
                  struct error *e)
{
    const int step = choice_step(word), found = choice_find(names, word);
    struct text all = {0};
    int n = 0;

    while (names[n])
        n++;
    if (step || found >= 0) {
        *at = step ? choice_beside(*at, n, step) : found;
        return true;
    }
    choice_list(names, &all);
    misuse(e, -1, "%s must be %s, not '%s'", what, text_str(&all), word);
    text_free(&all);
    return false;
}

bool choice_switch(const char *what, const char *word, bool *on, struct error *e)
{
    static const char *const words[] = {"off", "on", "no", "yes", "false", "true", "0", "1"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ascii_same(word, words[i])) {
            *on = i % 2;
            return true;
        }
    if (!ascii_same(word, "toggle"))
        return misuse(e, -1, "%s must be on or off, not '%s'", what, word);
    *on = !*on;
    return true;
}

void choice_list(const char *const *names, struct text *out)
{
    for (int i = 0; names[i]; i++)
        text_printf(out, "%s%s", i == 0 ? "" : names[i + 1] ? ", " : " or ", names[i]);
}
