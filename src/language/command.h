/* command.h - the one language: a line is a name, words, and key=value settings.
 *
 * Keys, the prompt, the shell, lessons, scripts and recordings all end here. commands/commands.def
 * holds each command once; help, completion, key list and man page are printed from it. */
#ifndef ACTLAB_LANGUAGE_COMMAND_H
#define ACTLAB_LANGUAGE_COMMAND_H

#include "lab/lab.h"

#define LINE_TOO_LONG "a command line may have at most 65536 bytes"

enum {
    LINE_MAX_BYTES = 65536,
    MOST_EPOCHS = 1000000, /* that one command trains */
};

enum command_flag {
    CMD_RAW = 1, /* the rest of the line is an expression or a line of its own: not split, = and #
                    are ordinary */
    CMD_REPLAY = 2,      /* safe in a recording or stream that may be anyone's */
    CMD_RESTRICTED = 4,  /* allowed in a restricted session */
    CMD_TABLE = 8,       /* prints a table: takes format=text|csv|tsv|json */
    CMD_SHELL = 16,      /* makes sense in a shell only (not on the screen) */
    CMD_SCREEN = 32,     /* makes sense on the screen only */
    CMD_QUIET = 64,      /* not recorded: it changes only how this person looks at the lab */
    CMD_LOOK = 128,      /* a follower may do it and goes on following */
    CMD_OVER_TEXT = 512, /* its key holds while a long text hides the lab: nothing changes unseen */
    CMD_CLOCK = 256,     /* its training is recorded as steps, as if the clock had trained */
};

enum command_group {
    GROUP_FUNCTION,
    GROUP_PLOT,
    GROUP_NETWORK,
    GROUP_COURSE,
    GROUP_SESSION,
    GROUPS
};
extern const char *const group_names[GROUPS + 1]; /* "function" ... NULL */

struct call;

/* Prints what it has to say to `out`. On an error the lab is unchanged. */
typedef bool command_fn(struct lab *, const struct call *, FILE *out, struct error *);

/* Which word of its key's label, "run/pause", fits now; -1: it could do nothing. */
typedef int command_label(const struct lab *);

struct command {
    const char *name;
    enum command_group group;
    unsigned flags;
    command_fn *run;
    command_label *label; /* NULL: always the first */
    const char *args;     /* words and options, as args.h reads them; NULL: none */
    const char *summary;  /* one line */
    /* Paragraphs, separated by \n\n; examples on lines of their own, indented by 4. NULL: none. */
    const char *help;
};

struct command_table {
    const struct command *command;
    int n;
};

/* The command, by name or unambiguous beginning; an error that names the nearest otherwise. */
const struct command *command_find(const struct command_table *, const char *name, struct error *);

/* A word that is a setting, and no command: true, with the line that would set it to the value
 * (NULL: to its default). */
bool command_setting(const char *name, const char *value, struct error *);
/* command_find for what a line begins with. */
const struct command *command_of(const struct command_table *, const char *line, struct error *);

/* Runs one line: of a command that runs, as a part of it; else as one of its own, which is
 * recorded. Empty lines and comments do nothing. */
bool lab_run(struct lab *, const char *line, FILE *out, struct error *);
/* The same as `run` says, but never with more rights than the line that runs already, if any. */
bool lab_run_as(struct lab *, const char *line, struct run *run, FILE *out, struct error *);
/* The same from words, as a shell gives them: nothing is split again; --key value and --key=value
 * are key=value. */
bool lab_run_words(struct lab *, int n, char *const *words, FILE *out, struct error *);
bool lab_runf(struct lab *, FILE *out, struct error *, const char *format, ...) ACTLAB_PRINTF(4, 5);

#endif
