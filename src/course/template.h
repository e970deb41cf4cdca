/* template.h - what `lesson new` begins with; lessons/README.md shows the same. */
#ifndef ACTLAB_COURSE_TEMPLATE_H
#define ACTLAB_COURSE_TEMPLATE_H

/* A whole lesson that passes `check`. */
extern const char lesson_template[];

#endif
