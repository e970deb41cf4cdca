/* settings.c - see settings.h. */
#include "lab/settings.h"

#include "draw/charset.h"
#include "draw/theme.h"

#define ROW(...) SETTING_ROW(struct settings, __VA_ARGS__)

static const char *const colour_names[] = {"auto", "always", "never", NULL};
static const char *const speed_names[] = {"max", NULL};
static const char *const goal_names[] = {"words", "code", NULL};

static const struct setting rows[] = {
    ROW(theme, CHOICE, .fallback = "auto", .choices = theme_names,
        .help = "colours of the screen and of printed pictures; auto: dark or light, as the "
                "terminal is"),
    ROW(charset, CHOICE, .fallback = "ascii", .choices = charset_names,
        .help = "characters that curves and bars are drawn with"),
    ROW(color, CHOICE, .fallback = "auto", .choices = colour_names,
        .help = "colours in printed pictures: auto means on a terminal, unless NO_COLOR is set"),
    ROW(fps, INT, .min = 1, .max = 60, .fallback = "30",
        .help = "most pictures a second while something moves"),
    ROW(speed, REAL, .max = 1e9, .fallback = "1", .choices = speed_names,
        .help = "pace of training on the screen: at 1 it begins with two epochs a second; max: as "
                "fast as the machine can"),
    ROW(animation, BOOL, .fallback = "on",
        .help = "sweeps and solutions move; off: they jump to the end"),
    ROW(reader, BOOL, .fallback = "off",
        .help = "for screen readers: the terminal's cursor stands at the text to read next"),
    ROW(mouse, BOOL, .fallback = "off", .help = "a click moves the cursor, the wheel zooms"),
    ROW(log_loss, BOOL, .fallback = "off",
        .help =
            "the view of losses shows powers of ten: of a loss that goes on falling near 0 more "
            "is seen"),
    ROW(goals, CHOICE, .fallback = "words", .choices = goal_names,
        .help = "how goals of experiments are said: in words, or as the lab evaluates them"),
    ROW(history, INT, .max = 100000, .fallback = "1000", .help = "lines that the prompt remembers"),
    ROW(idle_timeout, REAL, .max = 1e7, .fallback = "0",
        .help = "seconds without a key after which the program ends; 0: never"),

};

const struct setting_table lab_settings = {"setting", rows, sizeof rows / sizeof *rows};
