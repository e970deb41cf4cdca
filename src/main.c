/* main.c - the command line of the program to a mode: the screen, one command, several, or a
 * script. */
#include "base/error.h"
#include "base/file.h"
#include "commands/handlers.h"
#include "commands/help.h"
#include "commands/options.h"
#include "commands/session.h"
#include "commands/source.h"
#include "draw/charset.h"
#include "draw/theme.h"
#include "lab/limits.h"
#include "language/command.h"
#include "replay/kept.h"
#include "replay/record.h"
#include "study/experiment.h"
#include "tui/loop.h"
#include "view/view.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_LINES = 256, MAX_FOLDERS = 16 };

struct options {
    const char *lessons[MAX_FOLDERS], *rc, *fps;
    int folders;
    bool no_rc, resume, screen, restricted, slow, still;
    struct {
        bool file;
        const char *text;
    } line[MAX_LINES];
    int lines;
};

static int complain(const struct error *e)
{
    fprintf(stderr, "actlab: %s\n", e->text);
    return e->kind == ERROR_USAGE ? 2 : 1;
}

/* A file opened where a standard stream was closed would be taken for that stream. What stands
 * there instead refuses what is asked of it, as the closed one did. */
static void hold_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 &&
            open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
            return;
}

/* Status, or that of a failure if not all that was printed is written. A reader that has enough, as
 * in `actlab table ... | head`, is no failure. */
static int written(int status)
{
    struct error e;

    if ((fflush(stdout) == 0 && !ferror(stdout)) || errno == EPIPE)
        return status;
    fail(&e, "cannot write: %s", strerror(errno));
    return complain(&e);
}

/* The value of an option that needs one. */
static const char *value_of(int argc, char **argv, int *i)
{
    struct error e;

    if (*i + 1 < argc)
        return argv[++*i];
    misuse(&e, -1, "%s needs a value: see actlab --help", argv[*i]);
    exit(complain(&e));
}

/* Options stand in front of the command. Returns the index of the first word that is none. */
static int read_options(int argc, char **argv, struct options *o)
{
    struct error e;
    int i;

    for (i = 1; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
        const char *a = argv[i];

        if (strcmp(a, "--") == 0)
            return i + 1;
        switch (option_find(a)) {
        case OPTION_HELP:
            help_usage(&command_table, stdout);
            exit(written(0));
        case OPTION_VERSION:
            printf("actlab %s\n", PACKAGE_VERSION);
            exit(written(0));
        case OPTION_LINE:
        case OPTION_FILE:
            if (o->lines == MAX_LINES) {
                misuse(&e, -1, "more than %d -c and -f", MAX_LINES);
                exit(complain(&e));
            }
            o->line[o->lines].file = a[1] == 'f';
            o->line[o->lines++].text = value_of(argc, argv, &i);
            break;
        case OPTION_RESUME:
            o->resume = true;
            break;
        case OPTION_SCREEN:
            o->screen = true;
            break;
        case OPTION_NO_RC:
            o->no_rc = true;
            break;
        case OPTION_SLOW:
            o->slow = o->still = true;
            break;
        case OPTION_FPS:
            o->fps = value_of(argc, argv, &i);
            break;
        case OPTION_NO_ANIMATION:
            o->still = true;
            break;
        case OPTION_RESTRICTED:
            o->restricted = true;
            break;
        case OPTION_RC:
            o->rc = value_of(argc, argv, &i);
            break;
        case OPTION_LESSONS:
            if (o->folders == MAX_FOLDERS) {
                misuse(&e, -1, "more than %d --lessons", MAX_FOLDERS);
                exit(complain(&e));
            }
            o->lessons[o->folders++] = value_of(argc, argv, &i);
            break;
        case OPTIONS:
            misuse(&e, -1, "no option '%s': actlab --help lists them", a);
            exit(complain(&e));
        }
    }
    return i;
}

/* A restricted session reads no file that is named to it. */
static bool options_allowed(struct options *o, struct error *e)
{
    o->restricted |= getenv("ACTLAB_RESTRICTED") != NULL; /* empty, too: rather too careful */
    if (!o->restricted)
        return true;
    o->no_rc = true;
    if (o->rc)
        return misuse(e, -1, "--rc is not allowed in a restricted session");
    for (int i = 0; i < o->lines; i++)
        if (o->line[i].file)
            return misuse(e, -1, "-f is not allowed in a restricted session: -c is");
    return true;
}

/* The course that belongs to the program; --lessons adds to it. It is where it was installed, or
 * beside the program: in a tree that was moved, or one that it was just built in. */
static const char *lessons_folder(struct text *beside)
{
    static const char *const places[] = {"../share/" PACKAGE "/lessons", "../lessons", "lessons"};
    const char *env = getenv("ACTLAB_LESSONS");

    if (env && env[0])
        return env;
    if (access(PKGDATADIR "/lessons", R_OK) == 0)
        return PKGDATADIR "/lessons";
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (file_beside_program(places[i], beside) && access(beside->s, R_OK) == 0)
            return beside->s;
    return NULL;
}

/* The start-up file: an error in it is said, and the rest still runs. One that was named must be
 * there; the usual one need not. */
static bool read_rc(struct lab *lab, const struct options *o)
{
    struct text path = {0};
    struct error e;
    bool read = true;

    if (o->rc)
        text_add(&path, o->rc);
    else if (!file_config_path("actlabrc", &path, NULL) || access(text_str(&path), F_OK) != 0)
        text_clear(&path);
    if (path.len && !o->no_rc)
        read = lab_source(lab, text_str(&path), true, stdout, &e);
    if (!read)
        complain(&e);
    text_free(&path);
    return read || !o->rc;
}

/* For a slow line or a screen reader; whoever says so here means it, whatever the start-up file
 * says. */
static bool slow_down(struct lab *lab, const struct options *o, struct error *e)
{
    char *fps[] = {(char *)"set", (char *)"fps", (char *)o->fps};

    if (o->still)
        lab->set.animation = false;
    if (o->slow) {
        lab->set.fps = 4;
        lab->set.charset = CHARSET_ASCII; /* a reader would speak every dot and line */
        lab->set.reader = true;
    }
    return !o->fps || lab_run_words(lab, 3, fps, stdout, e);
}

/* A recording that is played or followed begins once the screen is there, and keeps its own time.
 */
static bool begins_later(const struct lab *lab, const struct options *o, const char *line)
{
    const struct command *c = command_of(lab->commands, line, NULL);

    return o->screen && c && (c->run == cmd_play || c->run == cmd_follow);
}

static int run_lines(struct lab *lab, const struct options *o)
{
    struct error e;

    for (int i = 0; i < o->lines && !lab->interrupt.quit; i++) {
        bool ok;

        limits_time(lab);
        lab->interactive = !o->line[i].file && begins_later(lab, o, o->line[i].text);
        ok = o->line[i].file ? lab_source(lab, o->line[i].text, false, stdout, &e)
                             : lab_run(lab, o->line[i].text, stdout, &e);
        lab->interactive = false;
        if (!ok)
            return complain(&e);
        if (study_try(lab)) {
            lab_measure(lab);
            study_check_goals(lab);
        }
    }
    return 0;
}

static int finish(struct lab *lab, int status)
{
    struct error e;

    if (!record_stop(lab, &e))
        status = complain(&e);
    session_close(lab);
    return written(status);
}

/* The command of the command line. `actlab follow FILE` opens the screen, and whoever wrote the
 * line names the file: also a restricted session may follow it. */
static bool run_words(struct lab *lab, struct options *o, int n, char *const *words,
                      struct error *e)
{
    const enum rights rights = lab->rights;
    bool ok;

    if (strcmp(words[0], "follow") == 0) {
        o->screen = true;
        lab->rights = RIGHTS_OWN;
    }
    limits_time(lab);
    lab->interactive = begins_later(lab, o, words[0]);
    ok = lab_run_words(lab, n, words, stdout, e);
    lab->interactive = false;
    lab->rights = rights;
    return ok;
}

/* The lab with its course, as the options and the terminal would have it. */
static struct lab *open_lab(const struct options *o, struct error *e)
{
    struct text beside = {0};
    struct lab *lab = session_open(&command_table, lessons_folder(&beside), e);

    text_free(&beside);
    if (!lab)
        return NULL;
    for (int i = 0; i < o->folders; i++)
        if (!course_add(&lab->course, o->lessons[i], e)) {
            session_close(lab);
            return NULL;
        }
    lab->picture = view_picture;
    lab->screen.light = theme_background_light(getenv("COLORFGBG"));
    lab->set.charset = charset_detect(isatty(STDOUT_FILENO) ? getenv("TERM") : NULL, call_utf8());
    if (o->restricted) {
        restrict_process();
        lab_restrict(lab);
    }
    return lab;
}

int main(int argc, char **argv)
{
    struct options o = {0};
    struct error e = {.kind = ERROR_FAILED, .column = -1};
    struct lab *lab;
    int first, status = 0;

    hold_streams();
    signal(SIGXFSZ, SIG_IGN); /* a file that grows too large is an error of its write */
    /* The locale says what can be written; numbers, dates and messages are written one way
     * everywhere. Its other categories would be a dozen files to read at each start. */
    setlocale(LC_CTYPE, "");
    first = read_options(argc, argv, &o);
    if (!options_allowed(&o, &e))
        return complain(&e);
    lab = open_lab(&o, &e);
    if (!lab)
        return complain(&e);
    if (!read_rc(lab, &o))
        return finish(lab, 1);
    if (!slow_down(lab, &o, &e))
        return finish(lab, complain(&e));
    if (o.resume && !kept_resume(lab, &e))
        return finish(lab, complain(&e));
    status = run_lines(lab, &o);
    o.screen |= first == argc && o.lines == 0;
    if (status == 0 && first < argc && !lab->interrupt.quit &&
        !run_words(lab, &o, argc - first, argv + first, &e))
        status = complain(&e);
    if (status == 0 && o.screen && !lab->interrupt.quit)
        status = tui_run(lab);
    return finish(lab, status);
}
