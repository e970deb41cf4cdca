/* message.c - what the lab says at the bottom of the screen. */
#include "base/utf8.h"
#include "lab/keymap.h"
#include "lab/lab.h"

#include <stdarg.h>
#include <string.h>

const char *lab_way(const struct lab *lab, const char *command)
{
    const char *key =
        lab->interactive ? keymap_key(lab->keymap, pane_names[PANE_LESSON], command) : NULL;

    return key ? key : command;
}

void lab_say(struct lab *lab, bool error, const char *format, ...)
{
    char raw[2 * sizeof lab->screen.message];
    struct text clean = {0};
    va_list ap;

    va_start(ap, format);
    vsnprintf(raw, sizeof raw, format, ap);
    va_end(ap);
    utf8_clean(&clean, raw, strlen(raw), false);
    utf8_copy(lab->screen.message, sizeof lab->screen.message, text_str(&clean));
    text_free(&clean);
    lab->screen.message_is_error = error;
    lab->changes++;
}

void lab_say_behind(struct lab *lab)
{
    if (lab->model.race)
        lab_say(lab, false, "done to the lab's own network, behind the race: 'reset' ends that");
}
