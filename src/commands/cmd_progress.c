/* cmd_progress.c - what was done of the course, and the proof that it can be done. */
#include "commands/handlers.h"

#include "base/xalloc.h"
#include "commands/check.h"
#include "study/learner.h"
#include "study/notes.h"
#include "study/progress_table.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static bool asked(const char *what)
{
    char answer[16] = "";

    fprintf(stderr, "Forget %s? Type yes: ", what);
    fflush(stderr);
    return fgets(answer, sizeof answer, stdin) && strncmp(answer, "yes", 3) == 0;
}

static bool reset(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    const bool sure = c->words > 1 && strcmp(c->word[c->words - 1].s, "!") == 0;
    const char *name = c->words - sure > 1 ? c->word[1].s : NULL;
    char what[128] = "the progress in all lessons";
    int i = -1;

    if (!sure && c->words > 2)
        return call_misused(c, c->word[2].column, e);
    if (name && (i = course_find(&lab->course, name, e)) < 0)
        return false;
    if (name)
        snprintf(what, sizeof what, "the progress in lesson %d, %s", lab->course.lesson[i]->number,
                 lab->course.lesson[i]->title);
    if (!sure && (lab->interactive || !isatty(STDIN_FILENO) || lab->run->outer || lab->run->files))
        return fail(e, "this deletes %s: progress reset %s%s! confirms it", what, name ? name : "",
                    name ? " " : "");
    if (!sure && !asked(what))
        return fail(e, "nothing was deleted");
    if (!study_load_progress(lab, e))
        return false;
    if (!study_forget(lab, i < 0 ? NULL : lab->course.lesson[i]->name, e))
        return false;
    if (lab->interactive)
        lab_say(lab, false, "Deleted: %s", what);
    else
        fprintf(out, "deleted: %s\n", what);
    return true;
}

/* The progress that the lab has now is that of one file. */
static void print_one(const struct lab *lab, const char *name, const char *path, bool by_student,
                      struct table *t)
{
    if (by_student)
        print_student(lab, name, path, t);
    else
        print_progress(lab, path, t);
}

/* A class: the files of several learners, one after the other. A damaged or missing one leaves the
 * other rows alone: its readable part is shown, and the error reported. */
static bool progress_of_files(struct lab *lab, const struct call *c, enum table_format format,
                              bool by_student, FILE *out, struct error *e)
{
    const struct progress own = lab->learner->progress;
    const char **path = xmalloc((size_t)c->words * sizeof *path);
    char **name = xmalloc((size_t)c->words * sizeof *name);
    struct error first = {.text = ""};
    struct table t;
    int bad = 0;

    for (int i = 0; i < c->words; i++)
        path[i] = c->word[i].s;
    name_students(path, c->words, name);
    if (by_student)
        begin_class(&t, out, format);
    else
        begin_progress(&t, out, format, true);
    for (int i = 0; i < c->words; i++) {
        struct error why;
        bool ok = progress_read(&lab->learner->progress, path[i], &why);

        if (!ok && bad++ == 0)
            first = why;
        if (!ok && !lab->interactive && c->words > 1)
            fprintf(stderr, "actlab: %s\n", why.text);
        if (ok || lab->learner->progress.n)
            print_one(lab, name[i], path[i], by_student, &t);
        progress_close(&lab->learner->progress);
        free(name[i]);
    }
    table_end(&t);
    free(path);
    free(name);
    lab->learner->progress = own;
    if (bad && lab->interactive)
        fprintf(out, "\n%s\n", first.text);
    if (!bad || lab->interactive)
        return true;
    if (c->words == 1)
        *e = first;
    else
        fail(e, "%d of %d files cannot be read completely", bad, c->words);
    return false;
}

bool cmd_progress(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    const bool by_student = call_option_choice(c, "by", 0) == 1;
    const enum table_format format = call_format(c);
    struct table t;

    course_read(&lab->course);
    if (call_says(c, 0, "reset"))
        return reset(lab, c, out, e);
    if (c->words && lab_rights(lab) != RIGHTS_OWN)
        return fail(e, "files are not read in a restricted session");
    if (c->words)
        return progress_of_files(lab, c, format, by_student, out, e);
    if (by_student)
        return misuse(e, -1, "by=student needs the files of the students");
    if (!study_load_progress(lab, e))
        return false;
    begin_progress(&t, out, format, false);
    print_progress(lab, NULL, &t);
    table_end(&t);
    return true;
}

/* The folder of a course holds a page for its authors, too: checking all of its files
 * passes it over. */
static bool is_readme(const char *path)
{
    const char *base = strrchr(path, '/');

    return strcasecmp(base ? base + 1 : path, "README.md") == 0;
}

bool cmd_check(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    int problems = 0, bad = 0, lessons = 0;

    for (int i = 0; i < c->words; i++) {
        int n;

        if (is_readme(c->word[i].s))
            continue;
        n = course_check(lab->commands, lab->interrupt.asked, c->word[i].s, out);
        fflush(out);
        if (lab_cut_short(lab, e))
            return false;
        lessons++;
        problems += n;
        bad += n > 0;
    }
    if (problems)
        return fail(e, "%d problem%s in %d of %d lessons", problems, problems == 1 ? "" : "s", bad,
                    lessons);
    fprintf(out, "%d lesson%s proved\n", lessons, lessons == 1 ? "" : "s");
    return true;
}
