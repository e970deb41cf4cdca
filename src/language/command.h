/* command.h - the one language: a line is a name, words, and key=value settings.
 *
 * Keys, the prompt, the shell, lessons, scripts and recordings all end here. commands/commands.def
 * holds each command once; help, completion, key list and man page are printed from it. */
#ifndef ACTLAB_LANGUAGE_COMMAND_H
#define ACTLAB_LANGUAGE_COMMAND_H

#include "base/choice.h"
#include "lab/lab.h"

enum {
    CALL_MAX_WORDS = 256,
    LINE_MAX_BYTES = 1 << 16,
    MOST_EPOCHS = 1000000, /* that one command trains */
};

enum command_flag {
    CMD_RAW = 1, /* the rest of the line is an expression or a line of its own: not split, = and #
                    are ordinary */
    CMD_REPLAY = 2,     /* safe in a recording or stream that may be anyone's */
    CMD_RESTRICTED = 4, /* allowed in a restricted session */
    CMD_TABLE = 8,      /* prints a table: takes format=text|csv|tsv|json */
    CMD_SHELL = 16,     /* makes sense in a shell only (not on the screen) */
    CMD_SCREEN = 32,    /* makes sense on the screen only */
    CMD_QUIET = 64,     /* not recorded: it changes only how this person looks at the lab */
    CMD_LOOK = 128,     /* who follows a teacher may do it and goes on following */
    CMD_CLOCK = 256,    /* what it trains is recorded as steps, as if the clock had trained it */
};

struct word {
    const char *s; /* unquoted */
    int column;    /* in the line */
};

struct assign {
    const char *key, *value;
    int column, value_column;
};

struct call {
    const struct command *command;
    struct word word[CALL_MAX_WORDS];
    int words;
    struct assign assign[CALL_MAX_WORDS];
    int assigns;
    const char *rest; /* CMD_RAW: everything after the command's name */
    int rest_column;
    char *memory; /* what the strings live in */
};

/* Prints what it has to say to `out`. On an error the lab is unchanged. */
typedef bool command_fn(struct lab *, const struct call *, FILE *out, struct error *);

struct command {
    const char *name;
    const char *usage; /* "NAME [X0 X1]": arguments as the help shows them */
    const char *group; /* "function" "plot" "network" "course" "session" */
    unsigned flags;
    command_fn *run;
    /* What TAB offers, one word an argument, the last one repeated if it ends in '*': the kinds of
     * complete_offer.c, "word:this,that", or "number" and the like, for which there is nothing to
     * offer. "" for none. */
    const char *completes;
    /* "size=WxH color=auto|always|never": key=value the command takes, also as --key value. */
    const char *options;
    const char *summary; /* one line */
    /* Paragraphs, separated by \n\n; examples on lines of their own, indented by 4. */
    const char *help;
};

struct command_table {
    const struct command *command;
    int n;
};

/* The command, by name or unambiguous beginning; an error that names the nearest otherwise. */
const struct command *command_find(const struct command_table *, const char *name, struct error *);

/* The same for the command that a line begins with. */
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
/* Runs the lines of a file ("-": standard input). On an error it stops, or with go_on reports a
 * line's on standard error and goes on: then only a file that cannot be read fails. */
bool lab_source(struct lab *, const char *path, bool go_on, FILE *out, struct error *);
/* The same, whatever stands in its first line, with no more rights than a recording has. */
bool lab_play(struct lab *, const char *path, FILE *out, struct error *);

/* ---- what handlers ask of their call (call.c, and cmd_function.c for call_function) ---------- */

/* Whether there are so many words (most < 0: any number above); the message says the usage. */
bool call_words(const struct call *, int least, int most, struct error *);
/* The word as a number (any expression). relative: "+0.05" and "-0.05" are added to `now`; "=-1" is
 * absolute. */
bool call_number(struct lab *, const struct call *, int word, double *out, struct error *);
bool call_relative(struct lab *, const struct call *, int word, double now, double *out,
                   struct error *);
/* The word as a whole number (any expression) from lo to hi. */
bool call_int(struct lab *, const struct call *, int word, int lo, int hi, int *out,
              struct error *);
/* The number of a hidden layer, if there is one. */
bool call_layer(struct lab *, const struct call *, int word, int *out, struct error *);
/* The word as one of these names, or the one beside *at for next and prev; `what` it chooses. */
bool call_choice(const struct call *, int word, const char *what, const char *const *names, int *at,
                 struct error *);
/* The one word as on, off or toggle; without a word it is a toggle. */
bool call_switch(const struct call *, bool *on, struct error *);
/* The word as a function: a name, or an expression in x. NULL with the error where it stands. */
const struct activation *call_activation(struct lab *, const struct call *, int word,
                                         struct error *);
/* The one word as a function ("next", "prev", a name, an expression) with alpha= and beta= applied.
 */
bool call_function(struct lab *, const struct call *, struct fn *, struct error *);
/* An error in the expression that a word is: its column becomes the one in the line. */
void call_shift(const struct call *, int word, struct error *e);

/* Whether every key=value is one of these, NULL at the end. */
bool call_only_options(const struct call *, const char *const *keys, struct error *);
/* The option's value, or NULL. */
const char *call_option(const struct call *, const char *key);
/* The option as a whole number (any expression) from lo to hi; *out is left alone where it is not
 * given. */
bool call_option_int(struct lab *, const struct call *, const char *key, int lo, int hi, int *out,
                     struct error *);
/* alpha= and beta=, where they are given, as parameters of a function that is not yet the lab's. */
bool call_parameters(struct lab *, const struct call *, struct fn *, struct error *);
/* For setting_set, whose context is the lab then: where it takes numbers it takes expressions. */
bool call_read_number(void *lab, const char *text, double *out, struct error *);

/* Adds a word as the language writes it, after a space where something stands before it: quoted
 * when it must be, so that a recorded line means what was meant. */
void call_quote(struct text *line, const char *word);
/* The call as a line again, without some of its settings; returns how many are left. */
int call_again(const struct call *, const char *const *without, struct text *line);
/* lab_stopped for a command that is, without the settings of its training and printing, what it did
 * before it trained. */
bool call_stopped(struct lab *, const struct call *, const char *const *without, uint64_t trained,
                  struct error *);

/* ---- printed pictures (call_picture.c) ------------------------------------------------------- */

/* size=COLSxROWS, if given. */
bool call_size(const struct call *, int *cols, int *rows, struct error *);
/* What color= and the setting, NO_COLOR, TERM and `out` ask for: plain text, 0: attributes only, 8,
 * 16 or 256 colours. */
enum { COLOURS_PLAIN = -1, COLOURS_WRONG = -2 /* with an error */ };
int call_colours(const struct lab *, const struct call *, FILE *out, struct error *);
/* Whether the locale can print more than ASCII. */
bool call_utf8(void);
void print_grid(const struct lab *, const struct grid *, int colours, FILE *out);

#endif
