/* courses.c - see courses.h. */
#include "courses.h"

#include "draw/layout.h"
#include "study/page.h"

void path_of(char out[128], const char *name)
{
    snprintf(out, 128, "%s/%s", folder, name);
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
    if (enter(state) != 0)
        return -1;
    setenv("XDG_STATE_HOME", folder, 1);
    write_file("1-first.md", first);
    write_file("2-second.md", second);
    *state = open_lab(folder);
    return 0;
}

int tear_down(void **state)
{
    session_close(*state);
    return leave(state);
}

void expect_in_pane(const struct lab *lab, const char *part)
{
    struct styled_text page = {0}, below = {0};
    struct text pane = {0};

    study_page(lab, &page, &below);
    rich_to_text(&page, 60, true, &pane);
    text_add(&pane, "====\n");
    rich_to_text(&below, 60, true, &pane);
    shows(pane.s, part);
    styled_free(&page);
    styled_free(&below);
    text_free(&pane);
}
