/* notes.h - what the learner has done of the course: asked here, noted here, and read from
 * and kept in a file (course/progress.h). */
#ifndef ACTLAB_STUDY_NOTES_H
#define ACTLAB_STUDY_NOTES_H

#include "course/progress.h"
#include "lab/lab.h"

/* The learner of a session that opens, or closes. */
void learner_new(struct lab *);
void learner_free(struct lab *);

/* True if a recording leads: its doings are not the learner's own. */
bool study_is_shown(const struct lab *);
/* Progress in any lesson that is read (lesson_read: before, it has no experiments); while a
 * recording is played, the recording's. */
bool study_goal_done(const struct lab *, const struct lesson *, int try, int goal);
bool study_try_done(const struct lab *, const struct lesson *, int try);
int study_hints_shown(const struct lab *, const struct lesson *, int try);
/* The answer given, or NULL. */
const struct progress_entry *study_answer(const struct lab *, const struct lesson *, int question);
/* The first question of the page that is shown without a right answer; -1: none. */
int study_question_here(const struct lab *);
/* Remembers it, saved at once on a screen. `lesson` is its name. */
void study_note(struct lab *, enum progress_kind, const char *lesson, int a, int b,
                const char *value);
/* Adds the time since the last event to the lesson that was open then. */
void study_count_time(struct lab *);

/* On a screen that has just opened: reads what was done before, and says where one may go on. */
void study_load(struct lab *);
/* In a shell: reads what was done on screens, to be shown; nothing of this session is saved. On a
 * screen that has happened. */
bool study_load_progress(struct lab *, struct error *);
/* Forgets what was done of the lesson of this name, or of all (NULL), in the file as well. */
bool study_forget(struct lab *, const char *lesson, struct error *);

#endif
