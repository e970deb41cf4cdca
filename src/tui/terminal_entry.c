/* terminal_entry.c - what is known of the terminal without touching it: by its entry in terminfo,
 * by the environment and by the system. See terminal.h and terminal_private.h. */
#include "tui/terminal_private.h"

#include "base/utf8.h"
#include "tui/questions.h"
#include "tui/terminal.h"

#include <curses.h>
#include <langinfo.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

enum { ROWS_MAX = 500, COLS_MAX = 1000 };

/* Takes out "$<5>", the pauses in milliseconds that terminals on slow wires needed: they have flow
 * control, and others never asked. */
static void remove_padding(char *s)
{
    char *end;

    while ((s = strstr(s, "$<")) && (end = strchr(s, '>')))
        memmove(s, end + 1, strlen(end + 1) + 1);
}

const char *terminal_capability(const char *name)
{
    char *s = tigetstr(name);

    if ((intptr_t)s == -1 || !s)
        return "";
    remove_padding(s); /* of the entry as we have it in memory */
    return s;
}

/* ---- whether it can be taken ----------------------------------------------------------------- */

bool terminal_there(struct error *e)
{
    const char *name = getenv("TERM");

    if (!isatty(IN) || !isatty(OUT))
        return fail(e,
                    "the screen needs a terminal on standard %s: try 'actlab help', "
                    "'actlab plot gelu'",
                    isatty(IN) ? "output" : "input");
    if (!name || !name[0])
        return fail(e, "TERM is not set, so the terminal is unknown: try TERM=xterm-256color");
    if (strcmp(name, "dumb") == 0)
        return fail(e, "a dumb terminal has no screen: try 'actlab help', 'actlab plot gelu'");
    return true;
}

static bool find_entry(struct error *e)
{
    const char *name = getenv("TERM");
    struct text clean = {0};
    int status = 0;

    if (setupterm(name, OUT, &status) != ERR)
        return true;
    /* Over ssh the machine may be older than the terminal. */
    if (speaks_xterm(name) && setupterm("xterm-256color", OUT, &status) != ERR)
        return true;
    utf8_clean(&clean, name ? name : "", name ? strnlen(name, 64) : 0, false);
    fail(e,
         status == 1 ? "the terminal '%s' cannot be used: try TERM=xterm-256color"
                     : "unknown terminal '%s': try TERM=xterm-256color",
         text_str(&clean));
    text_free(&clean);
    return false;
}

bool terminal_find_entry(struct error *e)
{
    if (!find_entry(e))
        return false;
    if (terminal_capability("cup")[0] && terminal_capability("clear")[0])
        return true;
    terminal_forget_entry();
    return fail(e, "the terminal '%.64s' cannot move its cursor: try TERM=vt100", getenv("TERM"));
}

void terminal_forget_entry(void)
{
    del_curterm(cur_term);
}

bool terminal_possible(struct error *e)
{
    if (!terminal_there(e) || !terminal_find_entry(e))
        return false;
    terminal_forget_entry();
    return true;
}

/* ---- what it is like ------------------------------------------------------------------------- */

bool terminal_utf8(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* From the environment, else from the terminal's entry; 0 or less when neither knows. */
static long from_environment(const char *variable, const char *name)
{
    const char *s = getenv(variable);

    return s ? strtol(s, NULL, 10) : tigetnum(name);
}

void terminal_measure(int *height, int *width)
{
    struct winsize size = {0};
    long rows = 0, cols = 0;

    if (ioctl(OUT, TIOCGWINSZ, &size) == 0) {
        rows = size.ws_row;
        cols = size.ws_col;
    }
    if (rows <= 0)
        rows = from_environment("LINES", "lines");
    if (cols <= 0)
        cols = from_environment("COLUMNS", "cols");
    *height = rows <= 0 ? 24 : rows > ROWS_MAX ? ROWS_MAX : (int)rows;
    *width = cols <= 0 ? 80 : cols > COLS_MAX ? COLS_MAX : (int)cols;
}

double terminal_escape_delay(void)
{
    const char *s = getenv("ESCDELAY");
    long ms = s && s[0] >= '0' && s[0] <= '9' ? strtol(s, NULL, 10) : 25;

    return (double)(ms < 1 ? 1 : ms > 10000 ? 10000 : ms) / 1000.0;
}

void terminal_teach(struct key_reader *r)
{
    static const char *const keys[][2] = {
        {"kcuu1", "up"},     {"kcud1", "down"},   {"kcub1", "left"},   {"kcuf1", "right"},
        {"khome", "home"},   {"kend", "end"},     {"kpp", "pageup"},   {"knp", "pagedown"},
        {"kich1", "insert"}, {"kdch1", "delete"}, {"kcbt", "backtab"}, {"kf1", "f1"},
        {"kf2", "f2"},       {"kf3", "f3"},       {"kf4", "f4"},       {"kf5", "f5"},
        {"kf6", "f6"},       {"kf7", "f7"},       {"kf8", "f8"},       {"kf9", "f9"},
        {"kf10", "f10"},     {"kf11", "f11"},     {"kf12", "f12"},
    };

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *s = terminal_capability(keys[i][0]);

        if (s[0] == '\x1b')
            keys_learn(r, s, keys[i][1]);
    }
}
