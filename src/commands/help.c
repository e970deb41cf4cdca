/* help.c - see help.h. */
#include "commands/help.h"

#include "base/choice.h"
#include "base/utf8.h"
#include "commands/demo.h"
#include "commands/glossary.h"
#include "commands/options.h"
#include "lab/keymap.h"
#include "lab/netview.h"
#include "lab/observe.h"
#include "language/args.h"

#include <string.h>

enum { COLUMNS = 76 };

void help_wrap(FILE *out, const char *label, const char *s, int indent)
{
    int column = 0;

    while (*s) {
        size_t word = strcspn(s, " \n");

        if (column == 0 && strncmp(s, "    ", 4) == 0) {
            size_t line = strcspn(s, "\n");

            fprintf(out, "%*s%.*s\n", indent, "", (int)line, s);
            s += line + (s[line] != '\0');
            continue;
        }
        if (column && column + 1 + (int)word > COLUMNS - indent) {
            fputc('\n', out);
            column = 0;
        }
        fprintf(out, "%-*s%.*s", column ? 1 : indent, label, (int)word, s);
        label = "";
        column += (column ? 1 : 0) + (int)word;
        s += word;
        if (*s == '\n') {
            fputc('\n', out);
            column = 0;
            for (s++; *s == '\n'; s++)
                fputc('\n', out);
        }
        while (*s == ' ' && column)
            s++;
    }
    if (column)
        fputc('\n', out);
}

static void wrap(FILE *out, const char *s, int indent)
{
    help_wrap(out, "", s, indent);
}

/* A setting's help, its range and its default. */
static void add_setting(struct text *out, const struct setting *s)
{
    struct text range = {0};

    setting_range(s, &range);
    text_printf(out, "%s (%s%susually %s)", s->help, text_str(&range), range.len ? ", " : "",
                s->fallback);
    text_free(&range);
}

void help_usage(const struct command_table *all, FILE *out)
{
    int group = -1;

    fputs("usage: actlab                     open the laboratory\n"
          "       actlab COMMAND [ARG ...]   run one command and print its output\n"
          "       actlab -c LINE [-c LINE]   run several\n"
          "       actlab -f FILE             run a script; - is standard input\n\n"
          "options, in front of a command:\n",
          out);
    for (const struct program_option *o = program_options; o < program_options + OPTIONS; o++)
        fprintf(out, "  %s%s%-*s %s\n", o->name, o->argument[0] ? " " : "",
                14 - (int)strlen(o->name) - (o->argument[0] != '\0'), o->argument, o->help);
    fputs("\nexit status: 0 done, 1 the command failed, 2 wrong usage\n", out);
    for (int i = 0; i < all->n; i++) {
        const struct command *c = &all->command[i];

        if (c->flags & CMD_SCREEN)
            continue;
        if ((int)c->group != group)
            fprintf(out, "\n%s\n", group_names[group = c->group]);
        fprintf(out, "  %-10s %s\n", c->name, c->summary);
    }
}

static bool is_of_group(const struct command_table *all, const char *line, int group)
{
    const struct command *c = command_of(all, line, NULL);

    return c && (int)c->group == group;
}

/* The keys whose commands are of one group, two beside each other. */
static void print_keys(const struct lab *lab, int group, FILE *out)
{
    const struct binding *b;
    bool right = false;

    fprintf(out, "Keys: %s\n\n", group_names[group]);
    for (size_t i = 0; (b = keymap_at(lab->keymap, i)); i++) {
        struct text clean = {0}, name = {0};

        if (!is_of_group(lab->commands, b->command, group))
            continue;
        binding_name(b, &name);
        utf8_clean(&clean, b->command, strlen(b->command), false);
        fprintf(out, right ? "%-16s %s\n" : "  %-16s %-20s ", name.s, text_str(&clean));
        text_free(&name);
        text_free(&clean);
        right = !right;
    }
    fputs(right ? "\n\n" : "\n", out);
}

static void print_usage(const struct command *c, const char *indent, FILE *out)
{
    struct text usage = {0};

    args_usage(c, &usage);
    fprintf(out, "%s%s %s\n", indent, c->name, text_str(&usage));
    text_free(&usage);
}

static void print_commands(const struct command_table *all, int group, FILE *out)
{
    fprintf(out, "Commands: %s\n\n", group_names[group]);
    for (const struct command *c = all->command; c < all->command + all->n; c++)
        if ((int)c->group == group) {
            print_usage(c, "  ", out);
            fprintf(out, "      %s\n", c->summary);
        }
}

bool help_section(const struct lab *lab, const char *name, FILE *out)
{
    const int group = choice_find(group_names, name);

    if (group < 0)
        return false;
    print_keys(lab, group, out);
    print_commands(lab->commands, group, out);
    return true;
}

void help_screen(const struct lab *lab, FILE *out)
{
    fputs("Every key is a command line, and every command can be typed after ':'.\n"
          "`help NAME` explains one, `help screen` the pictures. Tab moves the focus, q "
          "leaves.\n"
          "plot:left is the left arrow while the plot has the focus.\n\n",
          out);
    for (int group = 0; group < GROUPS; group++)
        print_keys(lab, group, out);
    for (int group = 0; group < GROUPS; group++) {
        print_commands(lab->commands, group, out);
        fputc('\n', out);
    }
    fputs("Network settings: net NAME=VALUE\n\n", out);
    for (int i = 0; i < net_settings.rows; i++)
        fprintf(out, "  %-10s %s\n", net_settings.row[i].name, net_settings.row[i].help);
    fputs("\nSettings: set NAME VALUE\n\n", out);
    for (int i = 0; i < lab_settings.rows; i++)
        fprintf(out, "  %-12s %s\n", lab_settings.row[i].name, lab_settings.row[i].help);
    fputs("\nObservables: in goals, until and eval\n\n", out);
    for (int i = 0; i < observable_count; i++) {
        const struct observable *o = &observable_table[i];
        const char *args = o->arity == 0 ? "" : o->arity == 1 ? "(layer)" : "[(layer)]";

        fprintf(out, "  %s%-*s %s\n", o->name, 18 - (int)strlen(o->name), args, o->help);
    }
}

/* The pictures, explained. */
static const char screen_text[] =
    "The plot: the line is f, the dots are f'. The mark on f is the cursor; its x, f and f' "
    "stand in the title. A hollow ring is where a curve jumps away, a filled one where it "
    "arrives. Where the x axis is thick, |f'| is below 5 % of its largest value: a unit there "
    "is saturated.\n\n"
    "The network: a bar for each layer, layer 1 at the input, on a logarithmic scale. While it "
    "trains the scale only grows, and a thin mark stays where each bar was at the start, or before "
    "what you did last; the mark beside a bar is theory's. Below stand shares, in percent or, "
    "where "
    "layers are narrow, as fractions, and under all a sentence made from the numbers. Beside the "
    "bars stand the view's numbers, settings that differ from their defaults, and the loss from "
    "the "
    "beginning of the run to its newest end. `help` explains each of these words.\n\n"
    "A race: each function with the mark and colour of its curve.\n\n"
    "The map: the network's answer over the plane of its inputs, one ground for each class, "
    "blank where it is unsure; o and x are the samples, O and X the held-out ones. Units: a "
    "character or a tile each, x dead, s saturated, otherwise darker for more gradient.\n\n"
    "After a single step 'forward >' and '< backward' show the layer that the signal, then the "
    "gradient, is passing; in a view without layers they stand beside the step.";

/* The tables whose rows can be asked for by name, as one list. */
static const char *topic(int i, const char **kind, const char **help, const struct setting **row)
{
    *row = NULL;
    if (i < observable_count) {
        *kind = "observable, in goals, until and eval";
        *help = observable_table[i].help;
        return observable_table[i].name;
    }
    i -= observable_count;
    if (i < net_settings.rows) {
        *kind = "network setting: net NAME=VALUE";
        *row = &net_settings.row[i];
        *help = (*row)->help;
        return (*row)->name;
    }
    i -= net_settings.rows;
    if (i < lab_settings.rows) {
        *kind = "setting: set NAME VALUE";
        *row = &lab_settings.row[i];
        *help = (*row)->help;
        return (*row)->name;
    }
    *kind = "the pictures explained";
    *help = screen_text;
    return i == lab_settings.rows ? "screen" : NULL;
}

const char *help_topic_at(int i)
{
    const int topics = observable_count + net_settings.rows + lab_settings.rows + 1;
    const char *kind, *help;
    const struct setting *row;

    const struct term *term;

    if (i < topics)
        return topic(i, &kind, &help, &row);
    if (i < topics + GROUPS)
        return group_names[i - topics];
    term = glossary_at(i - topics - GROUPS);
    return term ? term->name : NULL;
}

static bool has_choice(const struct setting *s, const char *word)
{
    return setting_choice(s, word) >= 0;
}

/* A word that settings can have, as he is one of init's: how to set it, and what the setting is. */
static bool help_value(const char *name, FILE *out)
{
    static const struct {
        const struct setting_table *table;
        const char *command;
        char between;
    } kinds[] = {{&net_settings, "net", '='}, {&lab_settings, "set", ' '}};
    bool any = false;

    for (int k = 0; k < 2; k++)
        for (int i = 0; i < kinds[k].table->rows; i++) {
            const struct setting *s = &kinds[k].table->row[i];
            struct text line = {0};

            if (!has_choice(s, name))
                continue;
            add_setting(&line, s);
            fprintf(out, "%s (%s: %s %s%c%s)\n", name, kinds[k].table->what, kinds[k].command,
                    s->name, kinds[k].between, name);
            wrap(out, text_str(&line), 4);
            text_free(&line);
            any = true;
        }
    return any;
}

bool help_topic(const char *name, FILE *out)
{
    const char *kind, *help, *is;
    const struct setting *row;
    bool any = false;

    for (int i = 0; (is = topic(i, &kind, &help, &row)); i++)
        if (strcmp(is, name) == 0) {
            struct text setting = {0};

            if (row)
                add_setting(&setting, row);
            fprintf(out, "%s (%s)\n", name, kind);
            wrap(out, row ? text_str(&setting) : help, 4);
            text_free(&setting);
            any = true;
        }
    return any || help_value(name, out);
}

void help_paragraph(const char *s, FILE *out)
{
    fputc('\n', out);
    wrap(out, s, 4);
}

static void print_settings(const struct setting_table *t, FILE *out)
{
    fprintf(out, "\n    %ss:\n", t->what);
    for (int i = 0; i < t->rows; i++) {
        struct text is = {0};
        char label[32];

        snprintf(label, sizeof label, "      %s", t->row[i].name);
        add_setting(&is, &t->row[i]);
        help_wrap(out, label, text_str(&is), 20);
        text_free(&is);
    }
}

static void print_views(FILE *out)
{
    fputs("\n    views:\n", out);
    for (int i = 0; i < NETVIEWS; i++) {
        char label[32];

        snprintf(label, sizeof label, "      %s", netview_names[i]);
        help_wrap(out, label, netview_help[i], 20);
    }
}

static void print_demos(FILE *out)
{
    fputs("\n    demonstrations:\n", out);
    for (int i = 0; i < demo_count; i++)
        fprintf(out, "      %-16s %s\n", demo_table[i].name, demo_table[i].claim);
}

/* "a, b and c": the network settings that act on the running network. */
static void add_live(struct text *out)
{
    const char *last = NULL;

    for (int i = 0; i < net_settings.rows; i++) {
        if (!net_settings.row[i].live)
            continue;
        if (last)
            text_printf(out, "%s%s", out->len ? ", " : "", last);
        last = net_settings.row[i].name;
    }
    if (last)
        text_printf(out, "%s%s", out->len ? " and " : "", last);
}

void help_body(const struct command *c, struct text *out)
{
    static const char live[] = "{live}";
    const char *help = c->help ? c->help : "", *at = strstr(help, live);
    struct text names = {0};

    if (!at) {
        text_add(out, help);
        return;
    }
    add_live(&names);
    text_printf(out, "%.*s%s%s", (int)(at - help), help, text_str(&names), at + sizeof live - 1);
    text_free(&names);
}

void help_options(const struct command *c, const char *head, const char *tail, struct text *out)
{
    struct arg a;

    for (int i = 0; args_option_at(c, i, &a); i++)
        if (!a.settings)
            text_printf(out, "%s%.*s%s%.*s%s", head, (int)a.key.n, a.key.s, a.values.n ? "=" : "",
                        (int)a.values.n, a.values.n ? a.values.s : "", tail);
}

void help_command(const struct command *c, FILE *out)
{
    struct text options = {0}, body = {0};

    print_usage(c, "", out);
    wrap(out, c->summary, 4);
    help_options(c, "      ", "\n", &options);
    if (options.len)
        fprintf(out, "\n    options, as key=value or --key value:\n%s", options.s);
    help_body(c, &body);
    if (body.len) {
        fputc('\n', out);
        wrap(out, body.s, 4);
    }
    if (args_take_kind(c, "VIEW"))
        print_views(out);
    if (args_take_kind(c, "DEMO"))
        print_demos(out);
    if (args_take_settings(c))
        print_settings(&net_settings, out);
    if (args_take_kind(c, "SETTING"))
        print_settings(&lab_settings, out);
    text_free(&options);
    text_free(&body);
}
