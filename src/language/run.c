/* run.c - a line runs: with which rights, recorded or not, and reported to the listener. */
#include "base/clock.h"
#include "lab/limits.h"
#include "language/call.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const char SPACE[] = " \t\r\n\v\f";

/* A line of its own begins: nothing has stopped it yet, and its time starts. */
static void begin_line(struct lab *lab, const struct run *r)
{
    lab->interrupt.stopped = false;
    lab->interrupt.began = clock_now();
    lab->interrupt.deadline = lab->limits && !r->deferred ? clock_now() + lab->limits->patience : 0;
}

/* Tells the listener: the line to be recorded, or that of the part that an interrupted one has
 * done. */
static bool report(struct lab *lab, const struct call *c, const char *line, bool ok, FILE *out,
                   struct error *e)
{
    const struct run *r = lab->run;
    const char *done = r->as.len ? r->as.s : ok ? line : NULL;

    lab->changes++;
    if (!ok && !lab->interrupt.stopped)
        done = NULL;
    return !lab->listener || lab->listener->ran(lab, c->command, done, out, e);
}

static bool dispatch(struct lab *lab, const struct call *c, const char *line, FILE *out,
                     struct error *e)
{
    struct run *r = lab->run;
    bool ok, kept;

    if (lab->interactive && c->command->flags & CMD_SHELL)
        return misuse(e, 0, "'%s' is for the shell: actlab %s", c->command->name, line);
    if (!lab->interactive && c->command->flags & CMD_SCREEN)
        return misuse(e, 0, "'%s' needs the screen", c->command->name);
    if (r->recorded)
        begin_line(lab, r);
    if (c->command->flags & CMD_QUIET) /* it checks a goal: its training is needed now */
        r->deferred = NULL;
    r->clock = r->recorded && c->command->flags & CMD_CLOCK;
    if (lab->listener && r->recorded)
        lab->listener->begins(lab, c->command, line);
    ok = c->command->run(lab, c, out, e);
    if (r->recorded)
        lab->interrupt.deadline = 0;
    kept = report(lab, c, line, ok, out, ok ? e : NULL);
    return ok && kept;
}

static bool run_line(struct lab *lab, const char *line, FILE *out, struct error *e)
{
    const size_t start = strspn(line, SPACE);
    struct call call;
    const struct command *command;
    bool ok;

    *e = (struct error){.kind = ERROR_FAILED, .column = -1};
    if (!line[start] || line[start] == '#')
        return true;
    if (strlen(line) > LINE_MAX_BYTES)
        return misuse(e, 0, LINE_TOO_LONG);
    command = command_of(lab->commands, line, e);
    if (!command) {
        e->column = (int)start;
        return false;
    }
    lab->run->command = command;
    if (lab_rights(lab) != RIGHTS_OWN && !(command->flags & CMD_RESTRICTED))
        return fail(e, "'%s' is not allowed in a restricted session", command->name);
    ok = call_parse(command, line, &call, e) && dispatch(lab, &call, line, out, e);
    call_free(&call);
    return ok;
}

bool lab_run_as(struct lab *lab, const char *line, struct run *r, FILE *out, struct error *e)
{
    struct run *outer = lab->run;
    const enum rights least = lab_rights(lab);
    struct error ignored;
    bool ok;

    r->outer = outer;
    r->rights = r->rights > least ? r->rights : least;
    r->whole |= outer && outer->whole;
    r->files += outer ? outer->files : 0;
    lab->run = r;
    ok = run_line(lab, line, out, e ? e : &ignored);
    lab->run = outer;
    text_free(&r->as);
    return ok;
}

bool lab_run(struct lab *lab, const char *line, FILE *out, struct error *e)
{
    struct run r = {.recorded = !lab->run};

    return lab_run_as(lab, line, &r, out, e);
}

bool lab_run_words(struct lab *lab, int n, char *const *words, FILE *out, struct error *e)
{
    struct text line = {0};
    const struct command *command;
    bool ok;

    if (e)
        *e = (struct error){.kind = ERROR_FAILED, .column = -1};
    if (n == 0)
        return true;
    command = command_find(lab->commands, words[0], e);
    if (!command)
        return false;
    text_add(&line, command->name);
    for (int i = 1; i < n; i++) {
        const bool option = strncmp(words[i], "--", 2) == 0;
        size_t key = call_key_length(command, words[i], strlen(words[i]));

        if (option && !key)
            key = strcspn(words[i], "=");
        if (option && !words[i][key])
            key = 0;
        if (command->flags & CMD_RAW) {
            text_printf(&line, " %s", words[i]);
        } else if (key) {
            call_quote_option(&line, words[i], key, words[i] + key + 1);
        } else {
            call_quote(&line, words[i]);
        }
    }
    ok = lab_run(lab, text_str(&line), out, e);
    text_free(&line);
    return ok;
}

bool lab_runf(struct lab *lab, FILE *out, struct error *e, const char *format, ...)
{
    char *line = NULL;
    va_list ap;
    bool ok;

    va_start(ap, format);
    if (vasprintf(&line, format, ap) < 0)
        line = NULL;
    va_end(ap);
    if (!line)
        return fail(e, "out of memory");
    ok = lab_run(lab, line, out, e);
    free(line);
    return ok;
}
