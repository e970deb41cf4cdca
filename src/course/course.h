/* course/ - lessons and what a learner has done of them. It knows base/ and math/, not the network
 * and not the screen.
 *
 *   lesson.h    Markdown files as lessons: pages, experiments, quizzes
 *   lessons.h   courses of them
 *   block.h     the fenced blocks that the lab understands
 *   markdown.h  the parser (md4c); build.h: what it makes lessons with
 *   progress.h  what a learner has done, in a file that two sessions may share
 *   template.h  what a new lesson begins with */
#ifndef ACTLAB_COURSE_COURSE_H
#define ACTLAB_COURSE_COURSE_H

#include "course/lessons.h"
#include "course/progress.h"

#endif
