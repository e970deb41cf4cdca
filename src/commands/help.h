/* help.h - all help is printed from the command table, the settings tables, the keys and the
 * observables. */
#ifndef ACTLAB_COMMANDS_HELP_H
#define ACTLAB_COMMANDS_HELP_H

#include "language/command.h"

/* `actlab --help`: how to call the program, and each command in a line. */
void help_usage(const struct command_table *, FILE *out);
/* The help screen: keys by group, then the commands. */
void help_screen(const struct lab *, FILE *out);
/* Of one group: "network". False when none is called so. */
bool help_section(const struct lab *, const char *group, FILE *out);
/* Explains a name that is no command: an observable, a setting, a network setting, "screen", else a
 * value of a setting. All that fit are explained; false when there is none. */
bool help_topic(const char *name, FILE *out);
/* A paragraph wrapped and indented, the label in front of its first line; a line indented by four
 * stands as it is. */
void help_wrap(FILE *out, const char *label, const char *, int indent);
/* A paragraph below what has been explained. */
void help_paragraph(const char *, FILE *out);
/* The i-th of these names, then of the groups, then of the words; NULL past the end. */
const char *help_topic_at(int i);
/* A command's help below its summary, with the parts that come from tables filled in. */
void help_body(const struct command *, struct text *out);
/* Its options, "epochs=N" each between these. */
void help_options(const struct command *, const char *head, const char *tail, struct text *out);
/* One command, whole. */
void help_command(const struct command *, FILE *out);

#endif
