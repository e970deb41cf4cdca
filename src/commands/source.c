/* source.c - running the lines of a file: a script, or a recording. */
#include "commands/source.h"

#include "base/file.h"
#include "base/plain_text.h"
#include "language/command.h"
#include "replay/play.h"
#include "replay/recording.h"

#include <string.h>

enum { SCRIPT_DEPTH = 8, SCRIPT_LIMIT = 1 << 26 /* bytes */ };

struct source {
    FILE *file;
    const char *name;   /* as messages say it */
    int number;         /* of the line */
    bool recording;     /* its lines begin with times, and not every command is allowed ... */
    struct whole state; /* ... and some may be a whole state */
};

/* The message of a script's line, with its place. */
static bool fail_at(const struct source *s, const struct error *inner, struct error *e)
{
    if (inner->column >= 0)
        misuse(e, inner->column, "%s:%d:%d: %s", s->name, s->number, inner->column + 1,
               inner->text);
    else
        fail(e, "%s:%d: %s", s->name, s->number, inner->text);
    e->kind = inner->kind;
    return false;
}

static bool run_line(struct lab *lab, struct source *s, const char *line, FILE *out,
                     struct error *e)
{
    struct run typed = {.recorded = true, .files = 1};
    struct error inner;

    if (s->number == 1)
        line = plain_start(line);
    if (line[strspn(line, " \t\r")] == '\0') /* a file may have millions of them */
        return true;
    if (s->number == 1 && recording_version(line))
        s->recording = true;
    if (s->recording)
        return play_line(lab, &s->state, s->name, s->number, line, out, e);
    return lab_run_as(lab, line, &typed, out, &inner) || lab->interrupt.quit ||
           fail_at(s, &inner, e);
}

static bool run_lines(struct lab *lab, struct source *s, bool go_on, FILE *out, struct error *e)
{
    struct text line = {0};
    struct error inner;
    bool ok = true, more;

    while (!lab->interrupt.quit && !ferror(out)) { /* nor when nobody takes what it prints */
        more = file_line(s->file, LINE_MAX_BYTES, &line, &inner);
        if (!more && !inner.text[0])
            break;
        s->number++;
        if (lab_cut_short(lab, &inner)) {
            ok = fail_at(s, &inner, e);
            break;
        }
        if (!more && go_on) /* too long a line */
            file_line_rest(s->file);
        if (more && strlen(text_str(&line)) != line.len) /* the rest of the line would be lost */
            more = fail(&inner, "a line with a NUL byte");
        if (more ? run_line(lab, s, text_str(&line), out, e) : fail_at(s, &inner, e))
            continue;
        if (!go_on || s->recording) {
            ok = false;
            break;
        }
        fprintf(stderr, "actlab: %s\n", e->text);
        if (ferror(s->file)) /* the next line would be the same error */
            break;
    }
    text_free(&line);
    return ok;
}

static bool run_file(struct lab *lab, const char *path, bool recording, bool go_on, FILE *out,
                     struct error *e)
{
    const bool standard = strcmp(path, "-") == 0;
    struct source s = {
        .file = stdin, .name = standard ? "standard input" : path, .recording = recording};
    struct text whole = {0};
    bool ok;

    if (lab->run && lab->run->files == SCRIPT_DEPTH)
        return fail(e, "'%s': files run each other %d deep: does one run itself?", path,
                    SCRIPT_DEPTH);
    if (!standard) { /* read whole: a script may change its own file */
        if (!file_read(path, SCRIPT_LIMIT, &whole, e)) {
            text_free(&whole);
            return false;
        }
        s.file = fmemopen(whole.len ? whole.s : (char *)"\n", whole.len ? whole.len : 1, "r");
    }
    if (!s.file) {
        text_free(&whole);
        return fail(e, "out of memory");
    }
    ok = run_lines(lab, &s, go_on, out, e);
    whole_free(&s.state);
    if (!standard)
        fclose(s.file);
    text_free(&whole);
    return ok;
}

bool lab_source(struct lab *lab, const char *path, bool go_on, FILE *out, struct error *e)
{
    return run_file(lab, path, false, go_on, out, e);
}

bool lab_play(struct lab *lab, const char *path, FILE *out, struct error *e)
{
    return run_file(lab, path, true, false, out, e);
}
