/* background_colour.c - see background.h. */
#include "tui/background_colour.h"

#include "base/clock.h"

#include <stddef.h>
#include <string.h>

/* A reply takes no longer, even over a slow line. */
#define PATIENCE 2.0

static double asked; /* when, 0: never */
static bool told;

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

const char *background_question(const char *term)
{
    if (asked > 0 || !speaks_xterm(term))
        return "";
    asked = clock_now();
    return "\x1b]11;?\x1b\\";
}

void background_told(void)
{
    told = true;
}

bool background_expected(void)
{
    return asked > 0 && !told && clock_now() < asked + PATIENCE;
}
