/* progress_line.c - one line of a progress file, written and read. */
#include "course/progress_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *const kinds[PROGRESS_KINDS] = {
    [PROGRESS_OPEN] = "open", [PROGRESS_PAGE] = "page",         [PROGRESS_GOAL] = "goal",
    [PROGRESS_HINT] = "hint", [PROGRESS_SOLUTION] = "solution", [PROGRESS_ANSWER] = "answer",
    [PROGRESS_TIME] = "time", [PROGRESS_RESET] = "reset",
};

void progress_date(int64_t when, bool day, char out[PROGRESS_DATE_MAX])
{
    const time_t seconds = (time_t)(when / 1000);
    struct tm tm;

    gmtime_r(&seconds, &tm);
    strftime(out, PROGRESS_DATE_MAX - 8, day ? "%Y-%m-%d" : "%Y-%m-%dT%H:%M:%S", &tm);
    if (!day)
        snprintf(out + strlen(out), 8, ".%03dZ", (int)(when % 1000));
}

static bool read_date(const char *s, int64_t *when)
{
    struct tm tm = {0};
    int milliseconds, end = 0;

    if (sscanf(s, "%4d-%2d-%2dT%2d:%2d:%2d.%3dZ%n", &tm.tm_year, &tm.tm_mon, &tm.tm_mday,
               &tm.tm_hour, &tm.tm_min, &tm.tm_sec, &milliseconds, &end) != 7 ||
        !end || s[end])
        return false;
    tm.tm_year -= 1900;
    tm.tm_mon -= 1;
    *when = (int64_t)timegm(&tm) * 1000 + milliseconds;
    return *when > 0;
}

void progress_encode_name(char out[PROGRESS_NAME_MAX], const char *name)
{
    size_t n = 0;

    for (; *name && n + 4 < PROGRESS_NAME_MAX; name++) {
        const unsigned char c = (unsigned char)*name;

        if (c > 0x20 && c < 0x7F && c != '%')
            out[n++] = (char)c;
        else
            n += (size_t)snprintf(out + n, 4, "%%%02X", c);
    }
    out[n] = '\0';
}

/* How many words follow the lesson's name. */
static const int words_after[PROGRESS_KINDS] = {
    [PROGRESS_PAGE] = 1,     [PROGRESS_GOAL] = 2,   [PROGRESS_HINT] = 2,
    [PROGRESS_SOLUTION] = 1, [PROGRESS_ANSWER] = 3, [PROGRESS_TIME] = 1,
};

void progress_write_entry(struct text *out, const struct progress_entry *p)
{
    char date[PROGRESS_DATE_MAX];

    progress_date(p->when, false, date);
    text_printf(out, "%s %s %s", date, kinds[p->kind], p->lesson);
    if (p->kind == PROGRESS_ANSWER)
        text_printf(out, " %d %s %s", p->a, p->b ? "right" : "wrong", p->value);
    else if (p->kind == PROGRESS_GOAL || p->kind == PROGRESS_HINT)
        text_printf(out, " %d %d", p->a, p->b);
    else if (words_after[p->kind] == 1)
        text_printf(out, " %d", p->a);
    text_add_char(out, '\n');
}

static bool read_int(const char *s, int *v)
{
    char *end;
    const long n = strtol(s, &end, 10);

    *v = (int)n;
    return end != s && !*end && n >= 1 && n <= 99999999;
}

/* As encode_name writes it: an entry of the file is printed as it stands. */
static bool is_name(const char *s)
{
    size_t n = 0;

    while (s[n] > 0x20 && s[n] < 0x7F)
        n++;
    return n && !s[n] && n < PROGRESS_NAME_MAX;
}

bool progress_read_entry(char *line, struct progress_entry *p)
{
    enum { MOST = 6 };
    char *word[MOST + 1], *save = NULL;
    int n = 0, kind = 0;

    *p = (struct progress_entry){0};
    for (char *s = strtok_r(line, " ", &save); s && n <= MOST; s = strtok_r(NULL, " ", &save))
        word[n++] = s;
    if (n < 3 || n > MOST || !read_date(word[0], &p->when))
        return false;
    while (kind < PROGRESS_KINDS && strcmp(kinds[kind], word[1]) != 0)
        kind++;
    if (kind == PROGRESS_KINDS || n != 3 + words_after[kind] || !is_name(word[2]))
        return false;
    p->kind = (enum progress_kind)kind;
    strcpy(p->lesson, word[2]);
    if (n > 3 && !read_int(word[3], &p->a))
        return false;
    if (n == 5)
        return read_int(word[4], &p->b);
    if (n < 6)
        return true;
    p->b = strcmp(word[4], "right") == 0;
    if ((!p->b && strcmp(word[4], "wrong") != 0) || strlen(word[5]) >= sizeof p->value ||
        strspn(word[5], "0123456789,") != strlen(word[5]))
        return false;
    strcpy(p->value, word[5]);
    return true;
}
