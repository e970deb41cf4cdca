/* prompt.c - see prompt.h.
 *
 * Readline never sees the terminal: it reads from a queue, draws nothing (its redisplay is empty,
 * its output goes to /dev/null), catches no signals and asks for no size. What it holds is shown as
 * part of the picture, so that frames go on while a line is typed. */
#include "tui/prompt.h"

#include "base/utf8.h"
#include "base/xalloc.h"
#include "commands/complete.h"
#include "language/command.h"
#include "tui/prompt_history.h"
#include "tui/prompt_keys.h"
#include "tui/signals.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <readline/history.h>
#include <readline/readline.h>

#define KEY_SECONDS 5.0 /* of processor time, that one key may take */

enum {
    UNDO_MOST = LINE_MAX_BYTES, /* bytes of keys after which undo begins anew */
    TIMES_MOST = 200,           /* that a key's command is repeated */
    WORD_MOST = 1000, /* bytes of a word that is completed: each candidate has them in front */
};

static const char prompt_text[] = ":";

static struct {
    struct lab *lab;
    prompt_run *run;
    bool open, ready;
    FILE *nowhere;
    char queue[64]; /* bytes of one key, on their way into readline */
    int queued, taken;
    int fed;    /* bytes since readline's undo was let go */
    char *line; /* finished, not yet run */
    bool ended;
    struct candidates candidates;
    bool show_candidates;
    char **shown; /* candidates without their folder */
    struct error error;
    bool has_error;
    bool full;              /* the last key had no room in the line */
    struct text error_line; /* the line that the error is about */
    struct text text;
    struct prompt_picture picture;
} prompt;

/* ---- readline's side ------------------------------------------------------------------------- */

static int get_byte(FILE *stream)
{
    (void)stream;
    return prompt.taken < prompt.queued ? (unsigned char)prompt.queue[prompt.taken++] : EOF;
}

static int byte_waits(void)
{
    return prompt.taken < prompt.queued;
}

static void draw_nothing(void)
{
}

static void on_line(char *line)
{
    free(prompt.line);
    prompt.line = line;
    prompt.ended = !line;
}

static size_t common_prefix(const struct candidates *c)
{
    size_t n = strlen(c->word[0]);

    for (size_t i = 1; i < c->n; i++) {
        size_t k = 0;

        while (k < n && c->word[i][k] == c->word[0][k])
            k++;
        n = k;
    }
    while (n && ((unsigned char)c->word[0][n] & 0xC0) == 0x80)
        n--; /* never half a character */
    return n;
}

/* A candidate as what replaces readline's idea of the word, which begins at byte `start` of the
 * line. Ours may begin before it (a space in a file's name) or after it (the value of key=value).
 */
static char *as_match(const char *word, size_t n, int ours, int start)
{
    struct text s = {0};

    if (ours > start)
        text_add_n(&s, rl_line_buffer + start, (size_t)(ours - start));
    if (ours < start) {
        size_t skip = (size_t)(start - ours) < n ? (size_t)(start - ours) : n;

        word += skip;
        n -= skip;
    }
    text_add_n(&s, word, n);
    return s.s ? s.s : xstrdup("");
}

static char **complete(const char *text, int start, int end)
{
    struct candidates *c = &prompt.candidates;
    char **match;
    size_t n = 0;

    (void)text;
    rl_attempted_completion_over = 1; /* readline's own file names are not asked */
    candidates_free(c);
    lab_complete(prompt.lab, rl_line_buffer, end, c);
    if (c->n == 0 || end - start > WORD_MOST)
        return NULL;
    rl_completion_append_character = (unsigned char)c->append;
    match = xmalloc((c->n + 2) * sizeof *match);
    match[n++] = as_match(c->word[0], common_prefix(c), c->start, start);
    for (size_t i = 0; c->n > 1 && i < c->n; i++)
        match[n++] = as_match(c->word[i], strlen(c->word[i]), c->start, start);
    match[n] = NULL;
    return match;
}

static void show_matches(char **matches, int n, int longest)
{
    struct candidates *c = &prompt.candidates;

    (void)matches, (void)n, (void)longest;
    prompt.shown = xrealloc(prompt.shown, (c->n + 1) * sizeof *prompt.shown);
    for (size_t i = 0; i < c->n; i++) {
        char *name = c->word[i];

        for (char *s = name; *s; s++) /* a folder in front is the same for all */
            if (*s == '/' && s[1])
                name = s + 1;
        prompt.shown[i] = name;
    }
    prompt.shown[c->n] = NULL;
    prompt.show_candidates = c->n > 0;
}

static bool set_up(const struct lab *lab, struct error *e)
{
    if (prompt.ready)
        return true;
    prompt.nowhere = fopen("/dev/null", "r+");
    if (!prompt.nowhere)
        return fail(e, "no command line: cannot open '/dev/null': %s", strerror(errno));
    prompt.ready = true;
    rl_readline_name = "actlab";
    rl_instream = rl_outstream = prompt.nowhere;
    rl_change_environment = 0; /* LINES and COLUMNS would outlive the next resize */
    rl_catch_signals = 0;
    rl_catch_sigwinch = 0;
    rl_prep_term_function = NULL;
    rl_deprep_term_function = NULL;
    rl_tty_set_echoing(0);
    rl_getc_function = get_byte;
    rl_input_available_hook = byte_waits;
    rl_redisplay_function = draw_nothing;
    rl_attempted_completion_function = complete;
    rl_completion_display_matches_hook = show_matches;
    rl_completer_word_break_characters = " \t\n";
    rl_completer_quote_characters = NULL;
    rl_sort_completion_matches = 0;
    rl_ignore_completion_duplicates = 0;
    if (lab->rights != RIGHTS_OWN)
        setenv("INPUTRC", "/dev/null", 1);
    rl_variable_bind("show-all-if-ambiguous", "on"); /* ~/.inputrc may say otherwise */
    rl_initialize();
    rl_variable_bind("bell-style", "none");          /* it would write past us */
    rl_variable_bind("blink-matching-paren", "off"); /* it would wait on the terminal */
    prompt_bind_keys(lab->rights != RIGHTS_OWN);
    using_history();
    return true;
}

/* ---- ours ------------------------------------------------------------------------------------ */

static void load_history(void)
{
    struct text lines = {0};
    char *save = NULL;

    clear_history();
    prompt_history_load(&lines);
    for (char *s = lines.s ? strtok_r(lines.s, "\n", &save) : NULL; s;
         s = strtok_r(NULL, "\n", &save))
        add_history(s);
    text_free(&lines);
    using_history();
}

static void forget_candidates(void)
{
    prompt.show_candidates = false;
}

static void forget_error(void)
{
    prompt.has_error = false;
}

void prompt_open(struct lab *lab, const char *text, prompt_run *run)
{
    struct error e;

    if (!set_up(lab, &e)) {
        lab_say(lab, true, "%s", e.text);
        return;
    }
    prompt.lab = lab;
    prompt.run = run;
    forget_candidates();
    forget_error();
    prompt.full = false;
    load_history();
    if (!prompt.open)
        rl_callback_handler_install(prompt_text, on_line);
    prompt.open = true;
    rl_replace_line("", 1);
    prompt_paste(text);
}

void prompt_close(void)
{
    if (!prompt.open)
        return;
    prompt.open = false;
    rl_free_line_state();
    rl_callback_sigcleanup();
    rl_clear_message();
    rl_callback_handler_remove();
    rl_replace_line("", 1);
}

bool prompt_is_open(void)
{
    return prompt.open;
}

/* A wrong line comes back with the cursor behind its wrong word. */
static void reopen(const char *line)
{
    int column = prompt.error.column;

    rl_replace_line(line, 1);
    rl_point = rl_end;
    if (column >= 0 && column < rl_end)
        rl_point = column + (int)strcspn(line + column, " \t");
    text_clear(&prompt.error_line);
    text_add(&prompt.error_line, line);
    prompt.has_error = true;
}

static void finish_line(void)
{
    char *line = prompt.line;

    prompt.line = NULL;
    if (!line || !line[strspn(line, " \t")]) {
        prompt_close();
    } else if (prompt.run(prompt.lab, line, &prompt.error)) {
        prompt_close();
        prompt_history_add(line, prompt.lab->set.history, NULL);
    } else {
        reopen(line);
    }
    free(line);
}

/* The undo list of readline has no bound of its own: it is let go after many keys, and
 * where the line is full. A search holds on to it. */
static void forget_undo(void)
{
    if (RL_ISSTATE(RL_STATE_ISEARCH | RL_STATE_NSEARCH))
        return;
    rl_free_undo_list();
    prompt.fed = 0;
}

/* No line is longer than a command may be, and nothing is done a million times over: one key would
 * keep the screen for seconds. */
static void stay_small(void)
{
    if (rl_end > LINE_MAX_BYTES) {
        int end = LINE_MAX_BYTES;

        while (end > 0 && ((unsigned char)rl_line_buffer[end] & 0xC0) == 0x80)
            end--; /* never half a character */
        rl_delete_text(end, rl_end);
        if (rl_point > rl_end)
            rl_point = rl_end;
        forget_undo();
        prompt.full = true;
    }
    if (prompt.fed > UNDO_MOST)
        forget_undo();
    if (rl_numeric_arg > TIMES_MOST)
        rl_numeric_arg = TIMES_MOST;
}

/* No key can hang the program in readline: signals end it at once, and so does a limit of its time.
 */
static void feed(const char *bytes, int n)
{
    prompt.taken = 0;
    prompt.queued = n < (int)sizeof prompt.queue ? n : 0;
    memcpy(prompt.queue, bytes, (size_t)prompt.queued);
    prompt.fed += prompt.queued;
    prompt.ended = false;
    signals_brief(true);
    signals_limit(KEY_SECONDS);
    while (prompt.open && byte_waits() && !prompt.line && !prompt.ended) {
        rl_callback_read_char();
        stay_small();
    }
    signals_limit(0);
    signals_brief(false);
    if (prompt.line || prompt.ended)
        finish_line();
}

void prompt_key(const struct key *k)
{
    const char *bytes;

    if (!prompt.open)
        return;
    forget_candidates();
    prompt.full = false;
    if (strcmp(k->name, "ctrl-c") == 0 ||
        (strcmp(k->name, "escape") == 0 && prompt_escape_leaves())) {
        prompt_close();
        return;
    }
    bytes = prompt_key_bytes(k);
    if (bytes)
        feed(bytes, (int)strlen(bytes));
    if (prompt.open && prompt.has_error &&
        strcmp(rl_line_buffer, text_str(&prompt.error_line)) != 0)
        forget_error();
}

void prompt_paste(const char *text)
{
    char *line = xstrdup(text);
    size_t n = strlen(line);

    while (n && (line[n - 1] == '\n' || line[n - 1] == '\t'))
        line[--n] = '\0';
    for (size_t i = 0; i < n; i++)
        if (line[i] == '\n' || line[i] == '\t')
            line[i] = ' ';
    if (prompt.open && n)
        rl_insert_text(line);
    stay_small();
    free(line);
    forget_candidates();
}

static int columns(const char *s, size_t n)
{
    char *part = xstrndup(s, n);
    int result = utf8_columns(part);

    free(part);
    return result;
}

const struct prompt_picture *prompt_picture(void)
{
    const char *front = rl_display_prompt && strcmp(rl_display_prompt, prompt_text) != 0
                            ? rl_display_prompt /* a search, a count */
                            : "";

    if (!prompt.open)
        return NULL;
    text_clear(&prompt.text);
    text_printf(&prompt.text, "%s%s", front, rl_line_buffer);
    prompt.picture = (struct prompt_picture){
        .text = text_str(&prompt.text),
        .cursor = utf8_columns(front) + columns(rl_line_buffer, (size_t)rl_point),
        .error_column = -1,
        .selected = -1,
    };
    if (prompt.full)
        prompt.picture.error = LINE_TOO_LONG;
    else if (prompt.has_error) {
        prompt.picture.error = prompt.error.text;
        if (prompt.error.column >= 0 && prompt.error.column <= rl_end)
            prompt.picture.error_column = columns(rl_line_buffer, (size_t)prompt.error.column);
    }
    if (prompt.show_candidates)
        prompt.picture.candidates = (const char *const *)prompt.shown;
    return &prompt.picture;
}

void prompt_free(void)
{
    prompt_close();
    candidates_free(&prompt.candidates);
    free(prompt.shown);
    free(prompt.line);
    text_free(&prompt.error_line);
    text_free(&prompt.text);
    if (prompt.ready) {
        rl_clear_history();
        fclose(prompt.nowhere);
        rl_instream = rl_outstream = NULL;
    }
    memset(&prompt, 0, sizeof prompt);
}
