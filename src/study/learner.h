/* learner.h - where the learner stands in the course: the lesson's part of the lab's state,
 * and the open lesson. Lessons are opened by opening.h, their experiments are in experiment.h, the
 * solutions in solution.h, what was done is in notes.h.
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
    struct goal *goal;        /* NULL: the lesson's text is not an expression */
    bool met;                 /* at any time since the experiment began ... */
    uint64_t step;            /* ... at this step of training, if that has gone on since; else 0 */
    double epoch;             /* ... and epoch */
    char value[GOAL_NOW_MAX]; /* of what it compares, now */
};

struct learner {
    struct progress progress; /* of all sessions on a screen; of this one alone in a shell */
    struct progress shown;    /* of a recording that is played, or made: never saved */
    bool loaded;
    struct goal_now *goal; /* the goals of the experiment under way ... */
    size_t goals;
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

/* The open lesson, or NULL. */
const struct lesson *study_lesson(const struct lab *);
/* Where `lesson next` leads when no lesson is open: to where one stopped, or to the beginning.
 * False when there are no lessons. */
bool study_resume_place(const struct lab *, int *lesson, int *page);
/* The page of the lesson where one stopped, from 0. */
int study_bookmark(const struct lab *, int lesson);

/* The experiment under way, or NULL. */
const struct lesson_try *study_try(const struct lab *);
/* The goals of the experiment under way, none of them met. */
void study_set_goals(struct lab *);
/* No experiment is under way any more. */
void study_stop_try(struct lab *);

#endif
