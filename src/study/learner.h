/* learner.h - where the learner stands in the course: the lesson's part of the lab's state,
 * and the open lesson. Its experiments are in course_try.h, their solutions in course_solution.h,
 * what was done is in course_done.h.
 *
 * An experiment is under way from `try` to the next one: only its goals are looked at. Every lesson
 * and every experiment starts from the lab's defaults, so that it goes as its file says whatever
 * was done before. */
#ifndef ACTLAB_STUDY_LEARNER_H
#define ACTLAB_STUDY_LEARNER_H

#include "course/progress.h"
#include "lab/lab.h"
#include "study/goal.h"

struct goal_now {
    bool met;                 /* at any time since the experiment began ... */
    uint64_t step;            /* ... at this step of training, if that has gone on since; else 0 */
    double epoch;             /* ... and epoch */
    char value[GOAL_NOW_MAX]; /* of what it compares, now */
};

struct learner {
    struct progress progress; /* of all sessions on a screen; of this one alone in a shell */
    struct progress shown;    /* what a recording that is played has done: never saved */
    bool loaded;
    int try;               /* the experiment under way in the open lesson; -1: none */
    struct goal_now *goal; /* its goals */
    uint64_t begun;        /* the step at which it began */
    int told;              /* the lesson in which it was told how an experiment begins; -1: none */
    uint64_t seen;         /* lab->changes when they were looked at */
    int timed;             /* the lesson whose time is counted; -1: none */
    double noted, seconds; /* when it was counted last; fractions of a second that are left */
    struct text report;    /* in a shell: which goals were met, to be printed */
    struct {
        bool on;
        size_t line;    /* of the solution: the next to run */
        double wait;    /* seconds until then */
        uint64_t steps; /* still to train for the line before */
    } solution;
};

/* Called by lab_new and lab_free. */
void course_state_new(struct lab *);
void course_state_free(struct lab *);
/* Once the first picture stands: reads the lessons that it did not need. */
bool course_catch_up(struct lab *);

/* The open lesson, or NULL. */
const struct lesson *course_lesson(const struct lab *);
/* The first question of the page that is shown without a right answer; -1: none. */
int course_question_here(const struct lab *);
/* Where `lesson next` leads when no lesson is open: to where one stopped, or to the beginning.
 * False when there are no lessons. */
bool course_resume_place(const struct lab *, int *lesson, int *page);

/* Opens a lesson: the lab's defaults, then the lines of its `lab` blocks. On an error nothing is
 * opened, and the lab is as it was. */
bool course_open(struct lab *, int lesson, int page, struct error *);
void course_turn(struct lab *, int page);
/* No lesson is open, and nothing that a recording did of the course is known any more. */
void course_close(struct lab *);

/* The lab as a lesson, or with the second one (not NULL) its experiment, begins; unchanged on an
 * error. */
bool course_begin_afresh(struct lab *, const struct lesson *, const struct lesson_try *,
                         struct error *);
/* Runs a line of a lesson; only commands that are safe in a stranger's file. The message names the
 * lesson's file and line. */
bool course_run_line(struct lab *, const struct lesson *, const struct lesson_line *, struct run *,
                     FILE *out, struct error *);

#endif
