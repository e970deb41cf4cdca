/* setting.h - a table row for each thing that can be set: type, bounds, default, help.
 *
 * `net key=value`, `set NAME VALUE`, their help, their completion and their error messages are all
 * read from such rows; the values live in plain structs, found by offset. */
#ifndef ACTLAB_BASE_SETTING_H
#define ACTLAB_BASE_SETTING_H

#include "base/error.h"
#include "base/text.h"

#include <stddef.h>

enum setting_type {
    SETTING_BOOL,   /* field: bool; on/off, yes/no, true/false, 1/0 */
    SETTING_INT,    /* field: int */
    SETTING_SEED,   /* field: uint64_t; 0 .. 2^53 */
    SETTING_REAL,   /* field: double */
    SETTING_CHOICE, /* field: int, an index into choices */
    SETTING_WORD,   /* field: char[SETTING_WORD_MAX] */
};

enum { SETTING_WORD_MAX = 64 };

struct setting {
    const char *name;
    enum setting_type type;
    size_t offset;              /* of the field in the struct of values */
    double min, max;            /* inclusive bounds of numbers */
    const char *fallback;       /* the default, as text */
    const char *const *choices; /* NULL-terminated, of SETTING_CHOICE; of a number: the one word for
                                   0, if there is one */
    const char *const *also;    /* of a CHOICE: other words, each followed by the choice it means;
                                   NULL-terminated */
    bool live;                  /* a change acts on what runs already, and needs no fresh start */
    const char *help;           /* one line, no full stop */
};

/* A row for a field of a struct of values, which has its name. */
#define SETTING_ROW(values, field, kind, ...)                                                      \
    {                                                                                              \
        .name = #field, .type = SETTING_##kind, .offset = offsetof(values, field), __VA_ARGS__     \
    }

struct setting_table {
    const char *what; /* "network setting": how messages call a row */
    const struct setting *row;
    int rows;
};

/* Reads a number where one is expected; NULL means plain strtod. The lab passes its expressions. */
typedef bool setting_number(void *context, const char *text, double *out, struct error *);

const struct setting *setting_find(const struct setting_table *, const char *name, struct error *);
/* The choice that a word means, in any letters or by another word; -1: none. */
int setting_choice(const struct setting *, const char *word);
/* A text that starts with + or - is relative for numbers ("+0.05", "-1"), "=-1" is absolute. Out of
 * bounds is an error that names the bounds; nothing is changed on error. */
bool setting_set(const struct setting *, void *values, const char *text, setting_number *read,
                 void *context, struct error *);
void setting_get(const struct setting *, const void *values, struct text *out);
/* Appends what it can be: "from 0 to 200", "on or off", "sgd, momentum, rmsprop or adam"; of
 * a word nothing. */
void setting_range(const struct setting *, struct text *out);
void setting_defaults(const struct setting_table *, void *values);
/* True if its text is a number, which '=' in front makes absolute. */
bool setting_is_number(const struct setting *);
bool setting_is_default(const struct setting *, const void *values);

#endif
