/* commands.c - the command table, made from commands.def. */
#include "commands/handlers.h"

static const struct command rows[] = {
#define COMMAND(name, usage, group, flags, handler, completes, options, summary, help)             \
    {name, usage, group, flags, handler, completes, options, summary, help},
#include "commands/commands.def"
#undef COMMAND
};

const struct command_table command_table = {rows, sizeof rows / sizeof *rows};
