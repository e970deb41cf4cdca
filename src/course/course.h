/* course/ - lessons and what a learner has done of them. It knows base/ and math/, not the network
 * and not the screen.
 *
 *   lesson.h    Markdown files as lessons: pages, experiments, quizzes */
#ifndef ACTLAB_COURSE_COURSE_H
#define ACTLAB_COURSE_COURSE_H

#include "course/lesson.h"

#endif
