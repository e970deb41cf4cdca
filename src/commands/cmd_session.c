/* cmd_session.c - settings, keys, help, files, and where one looks. */
#include "commands/handlers.h"

#include "base/utf8.h"
#include "commands/complete.h"
#include "commands/help.h"
#include "commands/help_words.h"
#include "commands/source.h"
#include "draw/theme.h"
#include "lab/keymap.h"
#include "lab/limits.h"
#include "replay/record.h"
#include "replay/state.h"
#include "study/experiment.h"
#include "study/progress_table.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Prints a word, and what has its name: a command, settings, observables; and its place in the
 * course: help is brief, lessons explain. False when there is none of these. */
static bool explain(struct lab *lab, const char *name, const struct command *command, FILE *out)
{
    const struct term *term = glossary_find(name);
    const bool placed = term && help_word(lab, term, out);
    struct text lessons = {0};
    bool any = term || command;

    if (term)
        fputc('\n', out);
    if (command)
        help_command(command, out);
    any |= help_topic(name, out);
    if (any && !placed && study_lessons_on(lab, name, &lessons))
        help_paragraph(text_str(&lessons), out);
    text_free(&lessons);
    return any;
}

bool cmd_help(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    const struct command *command;
    char name[128];

    name[0] = '\0';
    for (int i = 0; i < c->words; i++)
        snprintf(name + strlen(name), sizeof name - strlen(name), "%s%s", i ? " " : "",
                 c->word[i].s);
    if (!name[0] && lab->interactive)
        return help_here(lab, out), true;
    if (!name[0] || strcmp(name, "all") == 0)
        return help_screen(lab, out), true;
    command = command_find(lab->commands, name, e);
    if (explain(lab, name, command && strcmp(command->name, name) == 0 ? command : NULL, out))
        return true;
    if ((!command || !name[1]) &&
        help_key(lab, name, out)) /* K is a key rather than some command */
        return true;
    if (command) /* after the topics: he is a value of init, and no short help */
        return help_command(command, out), true;
    e->column = c->word[0].column;
    return help_section(lab, name, out);
}

bool cmd_glossary(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    (void)lab;
    (void)e;
    help_glossary(call_format(c), out);
    return true;
}

bool cmd_keys(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    struct text text = {0};

    (void)c;
    (void)e;
    keymap_print(lab->keymap, &text);
    utf8_print(out, text_str(&text), true);
    text_free(&text);
    return true;
}

bool cmd_bind(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    struct key_line line;

    (void)out;
    if (!key_line_read(c->rest, &line))
        return call_misused(c, -1, e);
    if (!command_of(lab->commands, line.command, e)) {
        e->column = c->rest_column + (int)(line.command - c->rest);
        return false;
    }
    return keymap_bind(lab->keymap, &line, e);
}

bool cmd_unbind(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    (void)out;
    return keymap_unbind(lab->keymap, c->word[0].s, e);
}

static void print_setting(const struct setting *s, const struct lab *lab, FILE *out)
{
    struct text value = {0};

    setting_get(s, &lab->set, &value);
    fprintf(out, "%-12s %-10s %s\n", s->name, text_str(&value), s->help);
    text_free(&value);
}

bool cmd_set(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    const char *name = c->words ? c->word[0].s : "";
    size_t n = strlen(name);
    const struct setting *s;
    char bare[64];
    bool ask = n && name[n - 1] == '?';
    double was = lab->set.idle_timeout;

    if (c->words == 0 || strcmp(name, "all") == 0) {
        for (int i = 0; i < lab_settings.rows; i++)
            if (c->words || !setting_is_default(&lab_settings.row[i], &lab->set))
                print_setting(&lab_settings.row[i], lab, out);
        return true;
    }
    snprintf(bare, sizeof bare, "%.*s", (int)(n - ask), name);
    s = setting_find(&lab_settings, bare, e);
    if (!s) {
        command_setting(bare, c->words > 1 ? c->word[1].s : NULL, e);
        e->column = c->word[0].column;
        return false;
    }
    if (ask || c->words == 1) {
        print_setting(s, lab, out);
        return true;
    }
    if (setting_set(s, &lab->set, c->word[1].s, call_read_number, lab, e) &&
        limits_idle(lab, was, e))
        return true;
    e->column = c->word[1].column;
    return false;
}

/* Beyond this a pace is no pace. */
static const double FASTEST = 64;

bool cmd_speed(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    const double now = lab->set.speed > 0 ? lab->set.speed : 2 * FASTEST;
    const struct setting *s = setting_find(&lab_settings, "speed", NULL);
    struct text said = {0};
    bool ok = true;

    if (call_says(c, 0, "half"))
        lab->set.speed = fmax(now / 2, 1 / FASTEST);
    else if (call_says(c, 0, "double"))
        lab->set.speed = now < FASTEST ? 2 * now : 0;
    else
        ok = setting_set(s, &lab->set, c->word[0].s, call_read_number, lab, e);
    setting_get(s, &lab->set, &said);
    if (ok && lab->interactive)
        lab_say(lab, false, "speed: %s", text_str(&said));
    else if (ok)
        fprintf(out, "speed %s\n", text_str(&said));
    else
        e->column = c->word[0].column;
    text_free(&said);
    return ok;
}

bool cmd_theme(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    (void)out;
    if (lab->set.theme == THEME_AUTO && choice_step(c->word[0].s))
        lab->set.theme = lab_theme(lab); /* so that a key's first press shows another one */
    if (!call_choice(c, 0, "theme", theme_names, &lab->set.theme, e))
        return false;
    if (lab->interactive)
        lab_say(lab, false, "theme: %s", theme_names[lab->set.theme]);
    return true;
}

bool cmd_show(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    int cols = 80, rows = 24;
    struct grid g;

    if (!call_size(c, &cols, &rows, e) || !limits_picture(lab, cols, rows, e))
        return false;
    course_read(&lab->course); /* the picture may list its lessons */
    lab_measure(lab);
    study_check_goals(lab);
    grid_init(&g, rows, cols);
    lab->picture(lab, PICTURE_SCREEN, &g);
    print_grid(lab, &g, call_colours(lab, c, out), out);
    grid_free(&g);
    return true;
}

bool cmd_state(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    const char *gap = state_gap(lab);
    struct text text = {0};

    (void)c;
    (void)e;
    state_commands(lab, &text);
    utf8_print(out, text_str(&text), true);
    if (gap)
        fprintf(out, "# not in these lines: %s\n", gap);
    fprintf(out, "# digest %016" PRIx64 "\n", state_digest(lab));
    text_free(&text);
    return true;
}

bool cmd_record(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    const bool replace = c->words == 2;

    (void)out;
    if (replace && !call_says(c, 0, "!"))
        return call_misused(c, c->word[1].column, e);
    if (!replace && call_says(c, 0, "!"))
        return misuse(e, c->word[0].column,
                      "record ! needs the file that it may replace: record ! FILE");
    if (call_says(c, 0, "off")) {
        if (!lab->replay.recorder)
            return fail(e, "nothing is being recorded");
        if (!record_stop(lab, e))
            return false;
        if (lab->interactive)
            lab_say(lab, false, "The recording is saved: play shows it again");
        return true;
    }
    if (!record_start(lab, c->word[c->words - 1].s, replace, e))
        return false;
    if (lab->interactive && lab->model.net.file[0])
        lab_say(lab, false,
                "Recording; of the data only the file's name: followers keep other data");
    else if (lab->interactive)
        lab_say(lab, false, "Recording to %s: record off ends it", c->word[c->words - 1].s);
    return true;
}

bool cmd_source(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    return lab_source(lab, c->word[0].s, false, out, e);
}

bool cmd_focus(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    int focus = lab->screen.focus;

    (void)out;
    if (!call_choice(c, 0, "focus", pane_names, &focus, e))
        return false;
    lab->screen.focus = (enum pane)focus;
    return true;
}

bool cmd_full(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    (void)out;
    return call_switch(c, &lab->screen.zoomed, e);
}

enum { SCROLL_END = 1000000, PAGE_LINES = 12 };

bool cmd_scroll(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    const bool list = lab->screen.shown == SCREEN_TEXT && lab->screen.chosen >= 0;
    int *line = list                               ? &lab->screen.chosen
                : lab->screen.shown == SCREEN_TEXT ? &lab->screen.text_scroll
                                                   : &lab->open.scroll;
    const char *s = c->word[0].s;
    char *end;
    double v;

    (void)out;
    if (strcmp(s, "first") == 0) {
        v = 0;
    } else if (strcmp(s, "last") == 0) {
        v = SCROLL_END; /* the view knows how long the text is, and shows its end */
    } else {
        v = strtod(s, &end);
        if (end != s && strcmp(end, "page") == 0)
            v = *line + v * (lab->screen.window > 1 ? lab->screen.window - 1 : PAGE_LINES);
        else if (!call_relative(lab, c, 0, *line, &v, e))
            return false;
        if (isnan(v))
            return misuse(e, c->word[0].column, "'%s' is not a number of lines", s);
    }
    *line = v < 0 ? 0 : v > SCROLL_END ? SCROLL_END : (int)v;
    if (list)
        study_choose(lab, lab->screen.chosen);
    return true;
}

/* The view knows where the rows of the text are: it finds. */
bool cmd_find(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    const int step = choice_step(c->rest);
    const char *key = keymap_key(lab->keymap, "text", "prompt find");

    (void)out;
    if (lab->screen.shown != SCREEN_TEXT)
        return fail(e, "there is no long text to search: help opens one");
    if (!c->rest[0])
        return misuse(e, -1, "find TEXT, then find next or find prev");
    if (step && !lab->screen.find[0])
        return fail(e, "nothing to search for yet: %s TEXT", key ? key : "find");
    if (!step)
        utf8_copy(lab->screen.find, sizeof lab->screen.find, c->rest);
    lab->screen.find_by = step ? step : 1;
    lab->changes++;
    return true;
}

bool cmd_prompt(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    (void)out;
    (void)e;
    lab->screen.want_prompt = true;
    snprintf(lab->screen.prompt_text, sizeof lab->screen.prompt_text, "%s%s", c->rest,
             command_find(lab->commands, c->rest, NULL) ? " " : ""); /* its arguments come next */
    return true;
}

bool cmd_close(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    (void)c;
    (void)out;
    (void)e;
    lab->screen.shown = SCREEN_LAB;
    return true;
}

bool cmd_redraw(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    (void)c;
    (void)out;
    (void)e;
    lab->screen.want_redraw = true;
    return true;
}

bool cmd_complete(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    struct candidates found = {0};

    (void)e;
    lab_complete_program(lab, c->words ? c->word[0].s : "", &found);
    for (size_t i = 0; i < found.n; i++)
        fprintf(out, "%s\n", found.word[i]);
    candidates_free(&found);
    return true;
}

bool cmd_restart(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    (void)c;
    (void)out;
    return lab_restart(lab, e);
}
