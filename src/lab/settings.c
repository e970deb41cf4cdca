/* settings.c - see settings.h. */
#include "lab/settings.h"

#include "draw/charset.h"
#include "draw/theme.h"

#define AT(field) offsetof(struct settings, field)

static const char *const colour_names[] = {"auto", "always", "never", NULL};

static const struct setting rows[] = {
    {"theme", SETTING_CHOICE, AT(theme), 0, 0, "auto", theme_names,
     "colours of the screen and of printed pictures; auto: dark or light, as the terminal is"},
    {"charset", SETTING_CHOICE, AT(charset), 0, 0, "ascii", charset_names,
     "what curves and bars are drawn with"},
    {"color", SETTING_CHOICE, AT(color), 0, 0, "auto", colour_names,
     "colours in printed pictures: auto means on a terminal, unless NO_COLOR is set"},
    {"fps", SETTING_INT, AT(fps), 1, 60, "30", NULL,
     "pictures a second while something moves, at most"},
    {"speed", SETTING_REAL, AT(speed), 0, 1e9, "400", NULL,
     "training steps a second on the screen; 0: as many as the machine can"},
    {"animation", SETTING_BOOL, AT(animation), 0, 0, "on", NULL,
     "sweeps and solutions move; off: they jump to their end"},
    {"reader", SETTING_BOOL, AT(reader), 0, 0, "off", NULL,
     "the terminal's cursor stands at what is read next: for screen readers"},
    {"mouse", SETTING_BOOL, AT(mouse), 0, 0, "off", NULL,
     "a click moves the cursor, the wheel zooms"},
    {"history", SETTING_INT, AT(history), 0, 100000, "1000", NULL,
     "lines that the prompt remembers"},
    {"idle_timeout", SETTING_REAL, AT(idle_timeout), 0, 1e7, "0", NULL,
     "seconds without a key after which the program ends; 0: never"},
};

const struct setting_table lab_settings = {"setting", rows, sizeof rows / sizeof *rows};
