/* lab.c - see lab.h. */
#include "lab.h"

#include "replay/state.h"
#include "view/view.h"

struct lab *open_lab(const char *lessons)
{
    struct error e;
    struct lab *lab = session_open(&command_table, lessons, &e);

    if (!lab)
        fail_msg("%s", e.text);
    lab->picture = view_picture;
    return lab;
}

int set_up_lab(void **state)
{
    *state = open_lab(NULL);
    return 0;
}

int tear_down_lab(void **state)
{
    session_close(*state);
    return 0;
}

char *output(struct lab *lab, const char *line)
{
    struct error e;
    char *said = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&said, &n);

    assert_non_null(out);
    if (!lab_run(lab, line, out, &e))
        fail_msg("%s: %s", line, e.text);
    fclose(out);
    return said;
}

void run(struct lab *lab, const char *line)
{
    free(output(lab, line));
}

void says(struct lab *lab, const char *line, const char *part)
{
    char *said = output(lab, line);

    if (!strstr(said, part))
        fail_msg("%s does not say '%s': %s", line, part, said);
    free(said);
}

void omits(struct lab *lab, const char *line, const char *part)
{
    char *said = output(lab, line);

    if (strstr(said, part))
        fail_msg("%s says '%s': %s", line, part, said);
    free(said);
}

void prints(struct lab *lab, const char *line, const char *whole)
{
    char *said = output(lab, line);

    assert_string_equal(said, whole);
    free(said);
}

void run_lines(struct lab *lab, const char *lines)
{
    char *all = strdup(lines), *rest = all, *line;

    while ((line = strsep(&rest, "\n")))
        run(lab, line);
    free(all);
}

const struct error *fails(struct lab *lab, const char *line, const char *part)
{
    static struct error e;
    FILE *out = fopen("/dev/null", "w");

    assert_non_null(out);
    if (lab_run(lab, line, out, &e))
        fail_msg("'%s' was done", line);
    fclose(out);
    if (!strstr(e.text, part))
        fail_msg("'%s': '%s' does not say '%s'", line, e.text, part);
    if (strchr(e.text, '\n'))
        fail_msg("'%s': more than one line: %s", line, e.text);
    return &e;
}

const struct error *refuses(struct lab *lab, const char *line, const char *part)
{
    struct text before = {0}, after = {0};
    const uint64_t digest = state_digest(lab);
    const struct trainer *network = lab->model.trainer;
    const struct error *e;

    state_commands(lab, &before);
    e = fails(lab, line, part);
    state_commands(lab, &after);
    assert_string_equal(text_str(&before), text_str(&after));
    if (state_digest(lab) != digest || lab->model.trainer != network)
        fail_msg("'%s' changes the lab", line);
    text_free(&before);
    text_free(&after);
    return e;
}

const struct error *refuses_at(struct lab *lab, const char *line, const char *part, int column)
{
    const struct error *e = refuses(lab, line, part);

    assert_int_equal(e->column, column);
    return e;
}

const struct error *refuses_with(struct lab *lab, const char *line, const char *message)
{
    const struct error *e = refuses(lab, line, message);

    assert_string_equal(e->text, message);
    return e;
}

const char *seen(struct lab *lab, void (*draw)(const struct lab *, struct grid *, struct rect),
                 int rows, int cols)
{
    static struct text picture;
    struct grid g;

    lab_measure(lab);
    lab->set.charset = CHARSET_ASCII;
    grid_init(&g, rows, cols);
    draw(lab, &g, (struct rect){0, 0, rows, cols});
    text_clear(&picture);
    grid_to_text(&g, false, &picture);
    grid_free(&g);
    return text_str(&picture);
}

void shows(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("'%s' is not in\n%s", part, text);
}

void lacks(const char *text, const char *part)
{
    if (strstr(text, part))
        fail_msg("'%s' is in\n%s", part, text);
}
