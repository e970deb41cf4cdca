/* stop.h - how work that may take long asks, every few milliseconds, whether it shall go on. */
#ifndef ACTLAB_BASE_STOP_H
#define ACTLAB_BASE_STOP_H

#include <stdbool.h>

struct stop {
    bool (*asked)(void *context);
    void *context;
};

/* True if it shall stop now; NULL: never. */
static inline bool stop_asked(const struct stop *stop)
{
    return stop && stop->asked(stop->context);
}

#endif
