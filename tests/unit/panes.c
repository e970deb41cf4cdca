/* panes.c - see panes.h. */
#include "panes.h"
#include "commands/handlers.h"
#include "commands/session.h"

#include "language/command.h"
#include "view/view.h"

#include <string.h>

struct lab *fresh(void)
{
    struct error e;
    struct lab *lab = session_open(&command_table, NULL, &e);
    assert_non_null(lab);
    lab->picture = view_picture;
    return lab;
}

void run(struct lab *lab, const char *line, struct text *out)
{
    struct error e;
    char *said = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&said, &n);
    if (!lab_run(lab, line, f, &e))
        fail_msg("%s: %s", line, e.text);
    fclose(f);
    if (out) {
        text_clear(out);
        text_add_n(out, said, n);
    }
    free(said);
}

void refuse(struct lab *lab, const char *line, const char *expected, int column)
{
    struct error e;
    FILE *f = fopen("/dev/null", "w");
    if (lab_run(lab, line, f, &e))
        fail_msg("%s was accepted", line);
    fclose(f);
    if (!strstr(e.text, expected))
        fail_msg("%s: '%s' is not in '%s'", line, expected, e.text);
    assert_int_equal(e.column, column);
}

void pane(struct lab *lab, int rows, int cols, struct text *out)
{
    struct grid g;
    lab->set.charset = CHARSET_ASCII;
    grid_init(&g, rows, cols);
    view_plot(lab, &g, (struct rect){0, 0, rows, cols});
    text_clear(out);
    grid_to_text(&g, false, out);
    grid_free(&g);
}

void assert_shows(struct lab *lab, const char *what)
{
    struct text t = {0};
    pane(lab, 20, 70, &t);
    if (!strstr(text_str(&t), what))
        fail_msg("'%s' is not in\n%s", what, text_str(&t));
    text_free(&t);
}

void assert_hides(struct lab *lab, const char *what)
{
    struct text t = {0};
    pane(lab, 20, 70, &t);
    if (strstr(text_str(&t), what))
        fail_msg("'%s' is in\n%s", what, text_str(&t));
    text_free(&t);
}
