/* fuzz_lab.c - see fuzz.h. */
#include "commands/handlers.h"
#include "commands/session.h"
#include "fuzz.h"

#include "base/utf8.h"
#include "language/command.h"
#include "view/view.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

void require(bool truth, const char *what, const char *where)
{
    if (truth)
        return;
    fprintf(stderr, "%s: %s\n", what, where);
    abort();
}

void require_clean(const char *s, size_t n, bool lines)
{
    while (n) {
        uint32_t glyph;
        const size_t took = utf8_decode(s, n, &glyph);

        if (!(lines && (glyph == '\n' || glyph == '\t')) && glyph != UTF8_BAD)
            require(utf8_width(glyph) >= 0, "a harmful character", "output");
        require(glyph != UTF8_BAD || took > 1, "a byte that is no UTF-8", "output");
        s += took;
        n -= took;
    }
}

const char *memory_file(const void *bytes, size_t n, int *fd)
{
    static char path[40];

    *fd = memfd_create("fuzz", 0);
    require(*fd >= 0 && write(*fd, bytes, n) == (ssize_t)n, "no memory", "memfd");
    snprintf(path, sizeof path, "/proc/self/fd/%d", *fd);
    return path;
}

/* No number above 99 and no way to compute one, but in what only looks. */
static bool small_numbers(const char *line)
{
    int run = 0;

    for (const char *p = line; *p; p++) {
        run = isdigit((unsigned char)*p) || (*p == '.' && run) ? run + 1 : 0;
        if (run > 2 || strchr("*^/(", *p) || (run && tolower((unsigned char)p[1]) == 'e'))
            return false;
    }
    return true;
}

bool affordable(const char *line)
{
    static const char *const costly[] = {"train",  "step",  "until", "watch", "race",
                                         "layers", "table", "net",   "reset", "back"};
    const struct command *c;
    char name[64];

    line += strspn(line, " \t\r\n\v\f");
    snprintf(name, sizeof name, "%.*s", (int)(strcspn(line, " \t\r\n\v\f") % sizeof name), line);
    c = command_find(&command_table, name, NULL);
    if (!c)
        return true;
    if (strcmp(c->name, "until") == 0 && !strstr(line, "limit="))
        return false;
    for (size_t i = 0; i < sizeof costly / sizeof *costly; i++)
        if (strcmp(c->name, costly[i]) == 0)
            return small_numbers(line);
    return true;
}

struct lab *small_lab(bool restricted)
{
    struct error e;
    struct lab *lab = session_open(&command_table, NULL, &e);

    require(lab, "no lab", e.text);
    require(lab_run(lab, "net layers=2 width=3 samples=10 batch=5", stdout, &e), "small", e.text);
    lab->rights = restricted ? RIGHTS_STRANGER : RIGHTS_OWN;
    lab->picture = view_picture;
    return lab;
}

void check_lab(struct lab *lab, const char *after, size_t which)
{
    static const int size[][2] = {{80, 24}, {40, 12}, {33, 7}, {160, 50}};
    const int *at = size[which % 4];
    const struct prompt_picture *closed = NULL;
    struct grid grid = {0};
    struct rect cursor;

    lab_measure(lab);
    require(lab->model.trainer && lab->model.fn.act, "the lab lost its function or network", after);
    require(lab->model.plot.x0 < lab->model.plot.x1, "the plot has no width", after);
    require(lab->model.plot.cursor >= lab->model.plot.x0 &&
                lab->model.plot.cursor <= lab->model.plot.x1,
            "the cursor left the plot", after);
    grid_init(&grid, at[1], at[0]);
    view_screen(lab, closed, &grid, &cursor);
    grid_free(&grid);
}
