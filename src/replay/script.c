/* script.c - the lines of a script, see script.h; what lies ahead is in script_ahead.c, running
 * them in script_run.c. */
#include "replay/script_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool script_word(const char *line, int n, char *out, size_t size)
{
    size_t length;

    for (;; n--) {
        line += strspn(line, " \t\r");
        length = strcspn(line, " \t\r");
        if (n == 0 || length == 0)
            break;
        line += length;
    }
    if (length == 0 || length >= size)
        return false;
    memcpy(out, line, length);
    out[length] = '\0';
    return true;
}

bool script_is_one_of(const char *const *names, const char *name)
{
    while (*names && strcmp(*names, name) != 0)
        names++;
    return *names != NULL;
}

/* How many steps the line trains and does nothing else; 0 if it is not so simple. */
static uint64_t steps_of(const char *line)
{
    unsigned long long n;
    char rest;

    /* %llu would read "-2", too, as a very large number */
    return !strpbrk(line, "+-") && sscanf(line, " step %9llu %c", &n, &rest) == 1 ? n : 0;
}

/* What a line of steps begins with, and no command does; a number follows, in as many bytes as it
 * has in memory. */
enum { STEPS = 1 };

struct script_line script_line(const struct script *s, size_t at)
{
    const char *p = s->bytes.s + at;
    struct script_line l = {0};

    if (*p == STEPS) {
        memcpy(&l.steps, p + 1, sizeof l.steps);
        l.next = at + 1 + sizeof l.steps;
    } else {
        l.text = p;
        l.next = at + strlen(p) + 1;
    }
    return l;
}

static void add_line(struct script *s)
{
    s->last = s->bytes.len;
    s->lines++;
}

void script_add_steps(struct script *s, uint64_t steps)
{
    struct script_line last = {.text = ""};

    if (s->lines)
        last = script_line(s, s->last);
    if (last.text) {
        add_line(s);
        text_add_char(&s->bytes, STEPS);
        text_add_n(&s->bytes, (char *)&last.steps, sizeof last.steps);
    }
    last.steps += steps;
    s->work += (double)steps;
    memcpy(s->bytes.s + s->last + 1, &last.steps, sizeof last.steps);
}

double script_guess(const char *line)
{
    enum { EPOCH = 20 };
    char name[8], unit[8] = "";
    double n;

    if (sscanf(line, " %7s %lf %7s", name, &n, unit) < 2 || strcmp(name, "train") != 0 ||
        !(n >= 1 && n < 1e9))
        return 0;
    return strncmp(unit, "step", 4) == 0 ? n : n * EPOCH;
}

bool script_ends_experiment(const char *line)
{
    static const char *const turns[] = {"next", "prev", "list", "new"};
    char name[16], word[64];

    if (!script_word(line, 0, name, sizeof name))
        return false;
    if (strcmp(name, "try") == 0)
        return true;
    if (strcmp(name, "lesson") != 0 || !script_word(line, 1, word, sizeof word) ||
        strchr(word, '='))
        return false;
    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++)
        if (strcmp(word, turns[i]) == 0)
            return false;
    return true;
}

void script_add(struct script *s, const char *command)
{
    uint64_t steps = steps_of(command);

    if (steps) {
        script_add_steps(s, steps);
        return;
    }
    add_line(s);
    if (*command == STEPS)
        text_add_char(&s->bytes, ' ');
    text_add_n(&s->bytes, command, strlen(command) + 1);
    s->work += 1 + script_guess(command);
    if (script_ends_experiment(command))
        s->ending = s->bytes.len;
}

void script_clear(struct script *s)
{
    text_free(&s->bytes);
    *s = (struct script){0};
}

/* ---- tidying up ------------------------------------------------------------------------------ */

static void keep(struct script *s, bool (*wanted)(const struct script_line *), size_t from)
{
    const size_t last = s->last;
    size_t kept = from;

    for (size_t at = from, next; at < s->bytes.len; at = next) {
        const struct script_line l = script_line(s, at);

        next = l.next;
        if (at != last && !wanted(&l)) {
            s->lines--;
            s->work -= l.text ? 1 + script_guess(l.text) : (double)l.steps;
            continue;
        }
        memmove(s->bytes.s + kept, s->bytes.s + at, next - at);
        s->last = kept;
        kept += next - at;
    }
    s->bytes.len = kept;
    s->ending = 0;
    for (size_t at = 0; at < s->bytes.len;) {
        const struct script_line l = script_line(s, at);

        at = l.next;
        if (l.text && script_ends_experiment(l.text))
            s->ending = at;
    }
}

static bool is_no_training(const struct script_line *l)
{
    return l->text && !script_only_trains(l->text);
}

void script_drop_training(const struct lab *lab, struct script *s, size_t from)
{
    if (s->lines == 0)
        return;
    from = script_line(s, from).next;
    for (size_t at = from; at < s->bytes.len;) {
        const struct script_line l = script_line(s, at);

        if (script_effect(lab, &l) == SCRIPT_LOOKS)
            return;
        at = l.next;
    }
    keep(s, is_no_training, from);
}

static bool is_course(const struct script_line *l)
{
    static const char *const course[] = {"answer", "def", "hint", "lesson", "try", NULL};
    char name[16];

    return l->text && script_word(l->text, 0, name, sizeof name) && script_is_one_of(course, name);
}

void script_keep_course(struct script *s)
{
    keep(s, is_course, 0);
}
