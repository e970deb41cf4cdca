/* args.h - what a command takes, as its row says it in one line of text:
 *
 *     FN|EXPR [X ...] [by=lesson|student] [--keep-going] | off
 *
 * Forms stand between " | "; one after the first is meant where the line begins with its first
 * word, which stands for itself. Arguments in [ ] may be left out, and ... is any number more of
 * the one before it. Alternatives stand between '|': small letters stand for themselves, capitals
 * for a kind of thing (FN: a function). key=VALUE is an option, which may also be written --key
 * VALUE;
 * --flag is one that is on or off; NAME=VALUE is every setting of the network. A command that
 * prints a table takes format= as well.
 *
 * The check of a line, usage, help and completion all read it here. */
#ifndef ACTLAB_LANGUAGE_ARGS_H
#define ACTLAB_LANGUAGE_ARGS_H

#include "base/setting.h"

struct command;

struct span {
    const char *s;
    size_t n;
};

/* A word of a form, or an option. */
struct arg {
    struct span text;   /* as it stands in the row */
    struct span key;    /* of an option; n 0: it is a word */
    struct span values; /* the alternatives; n 0: of a flag */
    bool optional, repeated;
    bool settings;                 /* NAME=VALUE */
    const struct setting *setting; /* of the option that was asked for, if it is one of those */
};

/* The form, argument, alternative at the beginning of what is left, which is cut off there. False:
 * nothing is left. An empty line has one form, which is empty. */
bool args_form(struct span *left, struct span *form);
bool args_next(struct span *form, struct arg *);
bool args_alternative(struct span *values, struct span *one);
/* All forms of a command; the one that is meant by a line with this first word, NULL: none. */
struct span args_of(const struct command *);
struct span args_meant(const struct command *, const char *first);

/* Small letters, which stand for themselves. */
bool args_literal(struct span);
/* The kind of thing that capitals stand for: FILE of "FILE.json", KEY of "PANE:KEY"; n 0: none. */
struct span args_kind(struct span alternative);
bool span_is(struct span, const char *s);
/* The place of a word, in any letters, among alternatives that stand for themselves; -1: it is none
 * of them. */
int args_find(struct span values, const char *word);
/* Gives an option's key, and a value or word that stands for itself, the letters that the row has:
 * whoever reads them further knows no others. Either may be NULL. */
void args_settle(const struct arg *, char *key, char *value);
/* The command takes this kind of thing as a word; the settings of the network. */
bool args_take_kind(const struct command *, const char *kind);
bool args_take_settings(const struct command *);

/* Some command of the table, a struct command_table, has the word for its name, or takes it for
 * what it says. */
bool args_understood(const void *table, const char *word);

/* The option of this name, n bytes long. */
bool args_option(const struct command *, const char *key, size_t n, struct arg *);
/* The i-th option, all settings of the network as one. False past the last. */
bool args_option_at(const struct command *, int i, struct arg *);

/* "train [N] [epochs|steps]": the forms; where they are too long for a line, without the single
 * options. */
void args_usage(const struct command *, struct text *out);
/* False, with what the command takes: `shown` is the option's name as it was typed. */
bool args_unknown(const struct command *, const char *key, const char *shown, int column,
                  struct error *);
/* An option's value, where the row says all that it can be. */
bool args_value(const struct arg *, const char *value, int column, struct error *);

#endif
