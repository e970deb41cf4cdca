/* notebook.c - see notebook.h. */
#include "notebook.h"

#include "base/file.h"
#include "unit.h"

#include <string.h>

void open_it(struct progress *p)
{
    struct error e = {0};

    if (!progress_open(p, path, &e))
        fail_msg("%s", e.text);
}

struct progress_entry entry(enum progress_kind kind, const char *lesson, int a, int b,
                            const char *value, int64_t when)
{
    struct progress_entry p = {.kind = kind, .a = a, .b = b, .when = when};

    strcpy(p.lesson, lesson);
    strcpy(p.value, value);
    return p;
}

void add(struct progress *p, enum progress_kind kind, const char *lesson, int a, int b,
         const char *value, int64_t when)
{
    struct error e = {0};

    if (!progress_add(p, entry(kind, lesson, a, b, value, when), &e))
        fail_msg("%s", e.text);
}

char *content(void)
{
    struct text t = {0};
    struct error e;

    assert_true(file_read(path, 1 << 20, &t, &e));
    return t.s;
}
