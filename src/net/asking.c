/* asking.c - see trainer_private.h: long passes that can be stopped. */
#include "net/trainer_private.h"

bool trainer_ask(void *context, double work)
{
    struct trainer_asking *a = context;

    a->left -= work;
    if (a->left > 0)
        return false;
    a->left = TRAINER_ASK_EVERY;
    return stop_asked(a->stop);
}
