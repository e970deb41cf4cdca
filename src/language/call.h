/* call.h - a line as its handler gets it: words and options, which fit what the command's row says
 * it takes, and what handlers ask of them. */
#ifndef ACTLAB_LANGUAGE_CALL_H
#define ACTLAB_LANGUAGE_CALL_H

#include "base/choice.h"
#include "language/command.h"
#include "language/table.h"

enum { CALL_MAX_WORDS = 256 };

struct word {
    char *s;    /* unquoted */
    int column; /* in the line */
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
    char *memory, *spare; /* memory of the strings, and where it is free */
};

/* The line, whose command is known, as a call of it: to be freed, also after an error. False where
 * it is not what the command takes. */
bool call_parse(const struct command *, const char *line, struct call *, struct error *);
void call_free(struct call *);
/* The length of an option's name at s where an '=' follows it within the first `bare` bytes, those
 * before any quote; else 0. "a==b" is a comparison, no option; a="=b" is one, and so is "a==-b"
 * where the command has such an option: a is to be -b, and not less by it. */
size_t call_key_length(const struct command *, const char *s, size_t bare);

/* ---- words ----------------------------------------------------------------------------------- */

/* True if there is such a word and it is this one. */
bool call_says(const struct call *, int word, const char *s);
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
/* That function with its alpha and beta as they are set, if it is the plotted one; another's
 * defaults.
 */
bool call_fn(struct lab *, const struct call *, int word, struct fn *, struct error *);
/* The one word as a function ("next", "prev", a name, an expression) with alpha= and beta= applied.
 */
bool call_function(struct lab *, const struct call *, struct fn *, struct error *);
/* The error of a word that the handler reads itself: it stands there, or where the expression that
 * the word is says. Returns false. */
bool call_wrong(const struct call *, int word, struct error *);
/* No form of the command is so: its usage. */
bool call_misused(const struct call *, int column, struct error *);

/* ---- options --------------------------------------------------------------------------------- */

/* The option's value, or NULL; the last one counts, as for every program's options. */
const char *call_option(const struct call *, const char *key);
/* The place of its value among those in the row, `otherwise` where it is not given. */
int call_option_choice(const struct call *, const char *key, int otherwise);
enum table_format call_format(const struct call *);
/* --flag */
bool call_flag(const struct call *, const char *key);
/* The option as a whole number (any expression) from lo to hi; *out is left alone where it
 * is not given. */
bool call_option_int(struct lab *, const struct call *, const char *key, int lo, int hi, int *out,
                     struct error *);
/* alpha= and beta=, where they are given, as parameters of a function that is not yet the lab's. */
bool call_parameters(struct lab *, const struct call *, struct fn *, struct error *);
/* For setting_set, whose context is the lab then: where it takes numbers it takes expressions. */
bool call_read_number(void *lab, const char *text, double *out, struct error *);

/* ---- written again --------------------------------------------------------------------------- */

/* Adds a word as the language writes it, after a space where something stands before it: quoted
 * when it must be, so that a recorded line means what was meant. */
void call_quote(struct text *line, const char *word);
/* Adds " key=value", of whose name n bytes count: that is not quoted, so that it stays an option.
 */
void call_quote_option(struct text *line, const char *key, size_t n, const char *value);
/* lab_stopped for a command: the line to record is the command with its settings of the network,
 * without the options of its training and printing. */
bool call_stopped(struct lab *, const struct call *, uint64_t trained, struct error *);

/* ---- printed pictures (picture.c) ------------------------------------------------------------ */

/* size=COLSxROWS, if given. */
bool call_size(const struct call *, int *cols, int *rows, struct error *);
/* The colours that color=, the setting, NO_COLOR, TERM and `out` ask for: plain text, 0: attributes
 * only, 8, 16 or 256 colours. */
enum { COLOURS_PLAIN = -1 };
int call_colours(const struct lab *, const struct call *, FILE *out);
/* True if the locale can print more than ASCII. */
bool call_utf8(void);
void print_grid(const struct lab *, const struct grid *, int colours, FILE *out);

#endif
