/* commands.c - the command table, made from commands.def. */
#include "commands/handlers.h"

static const struct command rows[] = {
#define COMMAND(word, ...) {.name = #word, .run = cmd_##word, __VA_ARGS__},
#include "commands/commands.def"
#undef COMMAND
};

const struct command_table command_table = {rows, sizeof rows / sizeof *rows};
