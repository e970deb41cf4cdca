/* questions.c - see questions.h. */
#include "tui/questions.h"

#include "base/clock.h"

#include <stddef.h>
#include <string.h>

/* A reply takes no longer, even over a slow line. */
#define PATIENCE 2.0

static struct {
    double asked; /* when, 0: never */
    bool answered;
} question[QUESTIONS];

bool speaks_xterm(const char *term)
{
    static const char *const known[] = {"xterm",     "tmux",  "rxvt",    "foot",
                                        "alacritty", "kitty", "wezterm", "konsole",
                                        "vte",       "gnome", "contour", "ghostty"};

    for (size_t i = 0; term && i < sizeof known / sizeof *known; i++)
        if (strstr(term, known[i]))
            return true;
    return false;
}

const char *question_ask(enum question q, const char *term)
{
    static const char *const text[QUESTIONS] = {
        [QUESTION_BACKGROUND] = "\x1b]11;?\x1b\\", [QUESTION_WIDTH] = "\u2500\x1b[6n"};

    if (question[q].asked > 0 || !speaks_xterm(term))
        return "";
    question[q].asked = clock_now();
    return text[q];
}

bool question_answered(enum question q)
{
    const bool news = question[q].asked > 0 && !question[q].answered;

    question[q].answered = true;
    return news;
}

bool question_open(void)
{
    for (int q = 0; q < QUESTIONS; q++)
        if (question[q].asked > 0 && !question[q].answered &&
            clock_now() < question[q].asked + PATIENCE)
            return true;
    return false;
}
