/* course_state.h - where the learner stands in the course: the lesson's part of the lab's state.
 *
 * An experiment is under way from `try` to the next one: only its goals are looked at. Every lesson
 * and every experiment starts from the lab's defaults, so that it goes as its file says whatever
 * was done before. */
#ifndef ACTLAB_LAB_COURSE_STATE_H
#define ACTLAB_LAB_COURSE_STATE_H

#include "course/progress.h"
#include "lab/goal.h"
#include "lab/lab.h"

struct goal_now {
    bool met;                 /* at any time since the experiment began */
    char value[GOAL_NOW_MAX]; /* of what it compares, now */
};

struct learner {
    struct progress progress; /* of all sessions on a screen; of this one alone in a shell */
    struct progress shown;    /* what a recording that is played has done: never saved */
    bool loaded;
    int try;               /* the experiment under way in the open lesson; -1: none */
    struct goal_now *goal; /* its goals */
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
/* The clock: plays a solution line by line. True when something changed. */
bool course_tick(struct lab *, double seconds);
/* Whether a solution is being played: the clock is needed. */
bool course_playing(const struct lab *);
/* Looks whether goals are met now, and keeps what was. Called by the event loop before each picture
 * and after each command. True when something changed. */
bool course_settle(struct lab *);

/* Once the first picture stands: reads the lessons that it did not need. */
bool course_catch_up(struct lab *);

/* After a command: course_settle, and in a shell what it found is printed. */
void course_report(struct lab *, FILE *out);

/* The open lesson, or NULL; its current page; the experiment under way, or NULL. */
const struct lesson *course_lesson(const struct lab *);
const struct lesson_try *course_try(const struct lab *);

/* Opens a lesson: the lab's defaults, then the lines of its `lab` blocks. On an error nothing is
 * opened, and the lab is as it was. */
bool course_open(struct lab *, int lesson, int page, struct error *);
void course_turn(struct lab *, int page);
/* Whether the page that is shown has a question. */
bool course_quiz_here(const struct lab *);
/* Whether `try` has something to begin on it. */
bool course_try_here(const struct lab *);
/* No lesson is open, and nothing that a recording did of the course is known any more. */
void course_close(struct lab *);
/* Where `lesson next` leads when no lesson is open: to where one stopped, or to the beginning.
 * False when there are no lessons. */
bool course_resume_place(const struct lab *, int *lesson, int *page);
/* Starts an experiment of the open lesson (its index) afresh and turns to its page. */
bool course_begin(struct lab *, int try, struct error *);
/* The experiment that `try` means without a number: the next undone one on the page; else the one
 * under way, or one of the page, again; else the next undone one after this page. -1: the lesson
 * has none. */
int course_next_try(const struct lab *);
/* Plays the solution of the experiment under way: by the clock on a screen, at once in a shell. */
bool course_solve(struct lab *, FILE *out, struct error *);

/* What was done, of any lesson; while a recording is played, what it has done. */
bool course_goal_done(const struct lab *, const struct lesson *, int try, int goal);
bool course_try_done(const struct lab *, const struct lesson *, int try);
int course_hints_shown(const struct lab *, const struct lesson *, int try);
/* The answer given, or NULL. */
const struct progress_entry *course_answer(const struct lab *, const struct lesson *, int question);
/* Remembers it, saved at once on a screen. `lesson` is its name. */
void course_note(struct lab *, enum progress_kind, const char *lesson, int a, int b,
                 const char *value);

/* In a shell: reads what was done on screens, to be shown; nothing of this session is saved. On a
 * screen that has happened. */
bool course_load_progress(struct lab *, struct error *);
/* Forgets what was done of the lesson of this name, or of all (NULL), in the file as well. */
bool course_forget(struct lab *, const char *lesson, struct error *);

/* Runs lines of a lesson; only commands that are safe in a stranger's file. The message names the
 * lesson's file and line. */
bool course_run_line(struct lab *, const struct lesson *, const struct lesson_line *, FILE *out,
                     struct error *);
/* A lab as it is at the start, network and plot; the functions that were defined stay. */
bool course_fresh_lab(struct lab *, struct error *);

#endif
