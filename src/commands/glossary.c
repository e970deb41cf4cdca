/* glossary.c - see glossary.h. */
#include "commands/glossary.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define WORD(...) {__VA_ARGS__},
static const struct term words[] = {
#include "commands/glossary.def"
};
#undef WORD

enum { WORDS = sizeof words / sizeof *words };
_Static_assert((int)WORDS <= (int)GLOSSARY_MOST, "more words than a list of them has room for");

const struct term *glossary_at(int i)
{
    return i < WORDS ? &words[i] : NULL;
}

/* The name at *s, which moves on to the next one; n 0: there is none. */
static const char *next_name(const char **s, size_t *n)
{
    const char *name = *s + strspn(*s, ",; ");

    *n = strcspn(name, ",;");
    *s = name + *n;
    return name;
}

const struct term *glossary_find(const char *name)
{
    for (const struct term *w = words; w < words + WORDS; w++) {
        const char *others = w->others, *other;
        size_t n;

        if (strcasecmp(w->name, name) == 0)
            return w;
        while (other = next_name(&others, &n), n)
            if (n == strlen(name) && strncasecmp(other, name, n) == 0)
                return w;
    }
    return NULL;
}

static bool in_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* How many bytes of the text are this name, any white space for a space of it; 0: it begins
 * otherwise, or with a longer word. */
static size_t begins(const char *text, const char *name, size_t n)
{
    size_t at = 0;

    for (size_t i = 0; i < n; i++) {
        const size_t blank = strspn(text + at, " \n");

        if (name[i] == ' ' ? blank == 0
                           : tolower((unsigned char)text[at]) != tolower((unsigned char)name[i]))
            return 0;
        at += name[i] == ' ' ? blank : 1;
    }
    return in_word(text[at]) ? 0 : at;
}

/* The longest of the word's names that the text begins with. */
static size_t longest(const struct term *w, const char *text, bool labels)
{
    const char *end = labels ? NULL : strchr(w->others, ';'), *others = w->others, *other;
    size_t most = begins(text, w->name, strlen(w->name)), n, here;

    while (other = next_name(&others, &n), n && !(end && other > end))
        if ((here = begins(text, other, n)) > most)
            most = here;
    return most;
}

const struct term *glossary_next(const char **text, bool labels)
{
    const char *begin = *text;

    for (const char *s = begin; *s; s++) {
        const struct term *found = NULL;
        size_t most = 0, n;

        if (s > begin && in_word(s[-1]))
            continue;
        for (const struct term *w = words; w < words + WORDS; w++)
            if ((n = longest(w, s, labels)) > most) {
                most = n;
                found = w;
            }
        *text = s + most;
        if (found)
            return found;
    }
    return NULL;
}

void glossary_others(const struct term *w, struct text *out)
{
    const char *others = w->others, *other;
    size_t n;

    while (other = next_name(&others, &n), n)
        text_printf(out, "%s%.*s", out->len ? ", " : "", (int)n, other);
}

int glossary_brief(const struct term *w)
{
    const char *end = strstr(w->text, ". ");

    return end ? (int)(end - w->text) + 1 : (int)strlen(w->text);
}
