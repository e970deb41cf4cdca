/* handlers.h - the prototypes of all handlers, made from commands.def, so that a definition is held
 * to what the table expects. */
#ifndef ACTLAB_COMMANDS_HANDLERS_H
#define ACTLAB_COMMANDS_HANDLERS_H

#include "language/call.h"

#define COMMAND(word, ...) command_fn cmd_##word;
#include "commands/commands.def"
#undef COMMAND

/* `net details` (net_details.c). */
void net_details(struct lab *, FILE *out);

/* The label of a command's key now (labels.c). */
command_label label_alpha, label_beta, label_run, label_reset, label_race_only, label_no_race,
    label_lesson, label_try, label_hint, label_answer;

/* All commands, a row each, in the order of commands.def. */
extern const struct command_table command_table;

#endif
