/* settings.h - what `set` sets: how the lab looks and behaves, one table. */
#ifndef ACTLAB_LAB_SETTINGS_H
#define ACTLAB_LAB_SETTINGS_H

#include "base/setting.h"

/* When printed pictures have colours. */
enum { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };
/* How goals of experiments are said. */
enum { GOALS_WORDS, GOALS_CODE };

struct settings {
    int theme;   /* THEME_* */
    int charset; /* enum charset */
    int color;   /* COLOR_* */
    int goals;   /* GOALS_* */
    bool log_loss;
    int fps;      /* frames a second while something moves, at most */
    double speed; /* pace of training on the screen, 1: begins slowly; 0: as fast as the machine */
    bool mouse;
    bool animation;
    bool reader;         /* the cursor is shown, at what is read next */
    int history;         /* lines of prompt history */
    double idle_timeout; /* seconds without a key before the program ends; 0: never */
};

extern const struct setting_table lab_settings;

#endif
