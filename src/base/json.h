/* json.h - a strict reader of JSON (RFC 8259), value by value, for files that may be anyone's.
 *
 * Nothing is built in memory: the caller asks for what it expects and says what to do with the
 * rest. Depth and the length of strings are limited; every error is one line with the file and the
 * line. Used as
 *
 *     if (!json_open(&j, '{')) ...
 *     while (json_key(&j, key, sizeof key))
 *         if (strcmp(key, "steps") == 0) json_real(&j, &steps); else json_skip(&j);
 *     if (j.failed) ...
 *
 * After a failure every call fails, so that one look at `failed` in the end is enough. */
#ifndef ACTLAB_BASE_JSON_H
#define ACTLAB_BASE_JSON_H

#include "base/error.h"
#include "base/stop.h"
#include "base/text.h"

#include <stddef.h>
#include <stdint.h>

enum { JSON_DEPTH = 32 };

struct json {
    const char *name; /* of the file, for messages */
    const char *s;
    size_t n, at;
    char open[JSON_DEPTH]; /* '{' or '[' of each level */
    bool first[JSON_DEPTH];
    int depth;
    bool failed;
    struct error *e;
    const struct stop *stop; /* NULL unless it is set after json_begin: then it can be stopped */
    unsigned values;         /* that have been read in arrays */
};

void json_begin(struct json *, const char *name, const char *s, size_t n, struct error *e);
/* The next value is an object '{' or an array '[': goes inside. */
bool json_open(struct json *, char bracket);
/* Inside an object: the next key (longer ones fail), or false at its end, which is then left
 * behind. */
bool json_key(struct json *, char *key, size_t size);
/* Inside an array: true if there is a next value; false at its end, which is then left behind. */
bool json_more(struct json *);
int json_peek(struct json *); /* the first byte of the next value, 0 at the end */
bool json_real(struct json *, double *);
bool json_string(struct json *, char *out, size_t size); /* unescaped, clean UTF-8 */
bool json_skip(struct json *);                           /* the next value, whatever it is */
bool json_end(struct json *);                            /* nothing but space is left */
/* Fails at the reader's place: "FILE:LINE: ...". */
bool json_fail(struct json *, const char *format, ...) ACTLAB_PRINTF(2, 3);
/* Appends s as a JSON string. Characters that could harm a terminal become \uXXXX, bytes that are
 * not UTF-8 U+FFFD. */
void json_quote(struct text *, const char *s);

#endif
