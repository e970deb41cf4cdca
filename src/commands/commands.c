/* commands.c - the command table, made from commands.def. */
#include "commands/handlers.h"

const struct command command_table[] = {
#define COMMAND(name, usage, group, flags, handler, completes, options, summary, help)             \
    {name, usage, group, flags, handler, completes, options, summary, help},
#include "commands/commands.def"
#undef COMMAND
};

const int command_count = sizeof command_table / sizeof *command_table;
