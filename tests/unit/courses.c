/* courses.c - see courses.h. */
#include "courses.h"
#include "commands/handlers.h"
#include "commands/session.h"

#include "base/text.h"
#include "draw/layout.h"
#include "language/command.h"
#include "study/page.h"

#include <string.h>

char folder[64];

void path_of(char out[128], const char *name)
{
    snprintf(out, 128, "%s/%s", folder, name);
}

void write_lesson(const char *name, const char *content)
{
    char path[128];
    FILE *f;

    path_of(path, name);
    f = fopen(path, "w");
    assert_non_null(f);
    fputs(content, f);
    fclose(f);
}

static const char first[] =
    "# First\n\n```lab\nfn relu\nnet layers=1 width=4 seed=1\n```\n\n"
    "## One\n\nText.\n\n"
    "```try\ntitle: To three\nnet layers=2\ngoal: layers == 3 # three of them\n"
    "goal: width == 5\n```\n"
    "```hint\nUse `net`.\n```\n```hint\nReally.\n```\n"
    "```solution\nnet layers=3\nnet width=5\n```\n\n"
    "## Two\n\n"
    "```try\ngoal: step >= 40\n```\n```solution\ntrain 2 epochs\n```\n\n"
    "## Quiz\n\nOne?\n\n- [x] yes -- so it is\n- [ ] no -- not so\n\n"
    "Both?\n\n- [x] a -- A\n- [x] b -- B\n- [ ] c -- C\n\n"
    "## Sources\n\n- This.\n";
static const char second[] = "# Second\n\ntext\n";

int set_up(void **state)
{
    struct error e;

    strcpy(folder, "/tmp/actlab-course-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    setenv("XDG_STATE_HOME", folder, 1);
    write_lesson("1-first.md", first);
    write_lesson("2-second.md", second);
    *state = session_open(&command_table, folder, &e);
    return *state ? 0 : -1;
}

int tear_down(void **state)
{
    char command[128];

    session_close(*state);
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    return system(command);
}

void run(struct lab *lab, const char *line)
{
    struct error e;
    char *said = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&said, &n);

    if (!lab_run(lab, line, out, &e))
        fail_msg("%s: %s", line, e.text);
    fclose(out);
    free(said);
}

void refuse(struct lab *lab, const char *line, const char *message)
{
    struct error e;
    FILE *out = fopen("/dev/null", "w");

    assert_false(lab_run(lab, line, out, &e));
    assert_string_equal(e.text, message);
    fclose(out);
}

char *output(struct lab *lab, const char *line)
{
    struct error e;
    char *said = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&said, &n);

    if (!lab_run(lab, line, out, &e))
        fail_msg("%s: %s", line, e.text);
    fclose(out);
    return said;
}

void expect_output(struct lab *lab, const char *line, const char *wanted)
{
    char *said = output(lab, line);

    assert_string_equal(said, wanted);
    free(said);
}

/* What the pane shows. */
static char *pane(const struct lab *lab)
{
    struct styled_text page = {0}, below = {0};
    struct text t = {0};

    study_page(lab, &page, &below);
    rich_to_text(&page, 60, true, &t);
    text_add(&t, "====\n");
    rich_to_text(&below, 60, true, &t);
    styled_free(&page);
    styled_free(&below);
    return t.s;
}

void expect_in_pane(const struct lab *lab, const char *part)
{
    char *s = pane(lab);

    if (!strstr(s, part))
        fail_msg("'%s' is not in the pane:\n%s", part, s);
    free(s);
}
