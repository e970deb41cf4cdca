/* options.c - see options.h. */
#include "commands/options.h"

#include <string.h>

const struct program_option program_options[OPTIONS] = {
#define OPTION(id, name, argument, help, manual) {name, argument, help, manual},
#include "commands/options.def"
#undef OPTION
};

enum option_id option_find(const char *name)
{
    int i = 0;

    while (i < OPTIONS && strcmp(program_options[i].name, name) != 0)
        i++;
    return (enum option_id)i;
}
