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

    name = strcmp(name, "-h") == 0 ? "--help" : strcmp(name, "-V") == 0 ? "--version" : name;
    while (i < OPTIONS && strcmp(program_options[i].name, name) != 0)
        i++;
    return (enum option_id)i;
}
