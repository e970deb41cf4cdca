/* lesson.h - a lesson: a Markdown file in pages, with the blocks that the lab understands.
 *
 * Pages begin at a `##` heading or after a `---`. Fenced blocks `lab`, `try`, `hint`, `solution`
 * are taken out of the text; a list of tasks (`- [x]`, `- [ ]`) under a heading "Quiz" becomes
 * questions. See lessons/README.md. */
#ifndef ACTLAB_COURSE_LESSON_H
#define ACTLAB_COURSE_LESSON_H

#include "base/error.h"
#include "base/styled_text.h"
#include "base/text.h"

#include <stdbool.h>

enum {
    LESSON_LIMIT = 1 << 20 /* bytes of a file */,
    LESSON_MAX_DEPTH = 32 /* of lists and quotes */
};

struct lesson_line {
    char *text; /* one command, one goal's expression, or one hint */
    char *note; /* a goal in words, after its '#'; else "" */
    int line;   /* in the file, from 1 */
};

struct lesson_lines {
    struct lesson_line *at;
    size_t n, cap;
};

struct lesson_try {
    char *title;               /* the block's `title:` line, or "" */
    int line;                  /* of the block in the file */
    int page;                  /* index of the page it stands on */
    size_t after;              /* ... after so many paragraphs of its body */
    struct lesson_lines setup; /* commands */
    struct lesson_lines goals; /* expressions over the observables */
    struct lesson_lines hints; /* a hint block each; lines of a paragraph joined, \n between them */
    struct lesson_lines solution;
};

struct lesson_choice {
    char *text, *explanation; /* `backquotes` around code */
    bool right;
};

struct lesson_question {
    int line, page;
    size_t after;
    char *text;
    struct lesson_choice *choice; /* two or more, at least one of them right */
    size_t choices, cap;
};

struct lesson_page {
    char *title;  /* the `##` heading; the lesson's title where there is none */
    bool goes_on; /* begins with a `---`: the heading is the page's before */
    struct styled_text body;
};

struct lesson {
    char *name; /* the file's name without number and ending: "02-sigmoid.md" is "sigmoid" */
    char *path;
    char *title;              /* the `#` heading */
    int own_number;           /* the number that the file's name begins with; 0: none */
    int number;               /* in its course: its own, unless that is taken */
    struct text unread;       /* the source of all that follows, until that is asked for */
    struct lesson_page *page; /* at least one */
    size_t pages, page_cap;
    struct lesson_lines setup; /* `lab` blocks: run when the lesson opens */
    struct lesson_try *try;
    size_t tries, try_cap;
    struct lesson_question *question;
    size_t questions, question_cap;
    bool sources; /* there is a heading "Sources" with something below it */
    int words;    /* of the text, experiments and code not counted */
};

/* The lesson in `text` (n bytes, path for names and messages), or NULL: the message names file and
 * line. Harmful characters become U+FFFD. */
struct lesson *lesson_parse(const char *path, const char *text, size_t n, struct error *);
struct lesson *lesson_load(const char *path, struct error *);
/* The same, but where the title can be told without reading the rest, that waits for lesson_read:
 * then it may turn out to be broken (false), and nothing but lesson_free may be done with it. */
struct lesson *lesson_glance(const char *path, struct error *);
bool lesson_read(struct lesson *, struct error *);
bool lesson_is_read(const struct lesson *);
void lesson_free(struct lesson *);

#endif
