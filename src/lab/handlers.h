/* handlers.h - the prototypes of all handlers, made from commands.def, so that a definition is held
 * to what the table expects. */
#ifndef ACTLAB_LAB_HANDLERS_H
#define ACTLAB_LAB_HANDLERS_H

#include "lab/command.h"

#define COMMAND(name, usage, group, flags, handler, completes, options, summary, help)             \
    command_fn handler;
#include "lab/commands.def"
#undef COMMAND

#endif
