/* options.h - the options of the program, made from options.def. */
#ifndef ACTLAB_COMMANDS_OPTIONS_H
#define ACTLAB_COMMANDS_OPTIONS_H

enum option_id {
#define OPTION(id, name, argument, help, manual) OPTION_##id,
#include "commands/options.def"
#undef OPTION
    OPTIONS
};

struct program_option {
    const char *name, *argument; /* "": it takes none */
    const char *help;
    const char *manual; /* mdoc */
};

extern const struct program_option program_options[OPTIONS];

/* By its name, or -h and -V; OPTIONS when there is none. */
enum option_id option_find(const char *name);

#endif
