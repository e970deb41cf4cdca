/* build.h - a lesson while it is made from Markdown: build.c, the files build_*.c, which each know
 * one kind of thing, and markdown.c, which hears of them from md4c. Functions that return int
 * return what md4c wants to hear: 0 to go on. */
#ifndef ACTLAB_COURSE_BUILD_H
#define ACTLAB_COURSE_BUILD_H

#include "base/text.h"
#include "course/block.h"
#include "course/lesson.h"

#include <md4c.h>

enum { MAX_TABLE_COLUMNS = 16 };

/* Where text goes. */
enum place {
    IN_BODY,
    IN_HEADING, /* to `plain` */
    IN_BLOCK,   /* one of ours, to `plain` */
    IN_CODE,    /* other code, to `plain` */
    IN_CHOICE,  /* of a quiz, to `plain` */
    IN_CELL,    /* of a table, to `plain` */
};

struct list {
    bool ordered;
    unsigned next;
    char delimiter;
    bool quiz; /* its items are choices */
};

struct builder {
    struct lesson *l;
    const char *source;
    size_t n;
    struct error *e;

    const char *counted; /* lines up to here are in `line` */
    int line;
    int events;
    bool bad; /* an error was told; md4c itself may lose that a callback said stop */

    enum place place;
    struct text plain;

    struct list list[LESSON_MAX_DEPTH];
    int lists, quotes;
    char marker[12]; /* of the item whose text has not come yet */
    bool open;       /* the body's last paragraph still takes text */
    int emphasis, strong, code, link;
    struct text href, label; /* of the innermost link */

    int quiz; /* level of the heading "Quiz" that we are under, 0: none */
    bool in_sources;

    enum block_kind block;
    int block_line;

    struct text *cell; /* of a table, row-major */
    size_t cells, cell_cap;
    int columns;
    bool right[MAX_TABLE_COLUMNS];
};

/* Keeps the error, with file and line; returns 1. */
int build_wrong(struct builder *, int line, const char *format, ...) ACTLAB_PRINTF(3, 4);
/* The line of a place in the source; places mostly come in ascending order. A place outside the
 * source is on the line that was asked for last. */
int build_line_of(struct builder *, const char *place);

/* build_page.c: pages, headings, what is in the body of a page */
bool build_page_is_empty(const struct lesson *);  /* its last page */
struct lesson_page *build_page(struct builder *); /* the current one */
/* A new page; one without anything on it is used again. */
void build_begin_page(struct builder *, const char *title, bool goes_on);
void build_leave_heading(struct builder *, int level);
/* The paragraph of the body that takes text now. */
struct styled_paragraph *build_paragraph(struct builder *);
/* Text, to where it belongs. */
void build_say(struct builder *, const char *s, size_t n);
void build_say_entity(struct builder *, const char *s, size_t n);
void build_leave_link(struct builder *);

/* build_list.c: lists, code and the blocks that the lab understands */
int build_enter_list(struct builder *, bool ordered, unsigned start, char delimiter);
int build_enter_item(struct builder *, const MD_BLOCK_LI_DETAIL *);
void build_leave_item(struct builder *);
int build_enter_code(struct builder *, const MD_BLOCK_CODE_DETAIL *);
int build_leave_code(struct builder *);

/* build_quiz.c: questions and their choices */
struct lesson_question *build_last_question(struct builder *); /* there is one */
int build_begin_choice(struct builder *, const MD_BLOCK_LI_DETAIL *, struct list *);
/* A paragraph of the choice is complete: the first is its text, the others explain it. */
void build_take_choice_text(struct builder *);
void build_end_choice(struct builder *);
int build_end_question(struct builder *);

/* build_table.c: tables, which become lines of aligned text */
int build_enter_table(struct builder *, const MD_BLOCK_TABLE_DETAIL *);
void build_enter_cell(struct builder *, const MD_BLOCK_TD_DETAIL *);
void build_leave_cell(struct builder *);
void build_leave_table(struct builder *);

#endif
