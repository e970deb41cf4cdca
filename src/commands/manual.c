/* manual.c - see manual.h. */
#include "commands/manual.h"

#include "commands/demo.h"
#include "commands/glossary.h"
#include "commands/help.h"
#include "commands/options.h"
#include "lab/keymap.h"
#include "lab/netview.h"
#include "lab/observe.h"
#include "language/args.h"
#include "language/command.h"

#include <ctype.h>
#include <string.h>

/* Text as roff wants it: a backslash escaped, no line that begins with a control character, minus
 * signs that can be copied. */
static void roff(FILE *out, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool start = i == 0 || s[i - 1] == '\n' || (i > 1 && s[i - 1] == ' ' && s[i - 2] == '.');

        if (s[i] == ' ' && i > 0 && s[i - 1] == '.') { /* a sentence, a line: roff spaces them */
            fputc('\n', out);
            continue;
        }
        if (start && (s[i] == '.' || s[i] == '\''))
            fputs("\\&", out);
        if (s[i] == '\\')
            fputs("\\e", out);
        else if (s[i] == '-')
            fputs("\\-", out);
        else if (s[i] == '\'')
            fputs("\\(aq", out);
        else
            fputc(s[i], out);
    }
}

/* An argument of a macro: quotes doubled, the whole quoted, so that no word of it is taken for a
 * macro. */
static void argument(FILE *out, const char *s)
{
    fputs("\"", out);
    for (; *s; s++) {
        if (*s == '"')
            fputs("\"\"", out);
        else
            roff(out, s, 1);
    }
    fputs("\"", out);
}

/* Help text: paragraphs, with examples (lines indented by four) set as they are. */
static void help_text(FILE *out, const char *s)
{
    bool example = false;

    while (*s) {
        size_t n = strcspn(s, "\n");
        bool is_example = strncmp(s, "    ", 4) == 0;

        if (is_example != example)
            fputs(is_example ? ".Bd -literal -offset indent\n" : ".Ed\n.Pp\n", out);
        else if (n == 0 && s[1] && strncmp(s + 1, "    ", 4) != 0)
            fputs(".Pp\n", out);
        example = is_example;
        if (n) {
            roff(out, s + (is_example ? 4 : 0), n - (is_example ? 4 : 0));
            fputc('\n', out);
        }
        s += n;
        while (*s == '\n' && s[1] == '\n')
            s++;
        s += *s == '\n';
    }
    if (example)
        fputs(".Ed\n", out);
}

/* "Options: epochs=N seeds=N." */
static void options_line(const struct command *c, FILE *out)
{
    struct text options = {0};

    help_options(c, " ", "", &options);
    if (options.len) {
        fputs("Options:", out);
        roff(out, options.s, options.len);
        fputs(".\n", out);
    }
    text_free(&options);
}

static void command(const struct command *c, FILE *out)
{
    struct text usage = {0}, body = {0};

    fprintf(out, ".It Ic %s ", c->name);
    args_usage(c, &usage);
    if (usage.len) {
        fputs("Ar ", out);
        argument(out, usage.s);
    }
    fputc('\n', out);
    roff(out, c->summary, strlen(c->summary));
    fputs(".\n", out);
    options_line(c, out);
    help_body(c, &body);
    if (body.len) {
        fputs(strncmp(body.s, "    ", 4) == 0 ? "" : ".Pp\n", out);
        help_text(out, body.s);
    }
    text_free(&usage);
    text_free(&body);
}

static void commands(const struct command_table *all, FILE *out)
{
    int group = -1;

    fputs(".Sh COMMANDS\n"
          "A command line is a name, then words, then settings written key=value.\n"
          "A name may be cut short while it is unambiguous.\n"
          "Quotes group, # starts a comment.\n"
          "Where a number is expected, any expression will do: 1/3, sqrt(2).\n",
          out);
    for (int i = 0; i < all->n; i++) {
        const struct command *c = &all->command[i];

        if ((int)c->group != group) {
            fputs(group < 0 ? "" : ".El\n", out);
            group = c->group;
            fprintf(out, ".Ss %c%s\n.Bl -tag -width Ds\n", toupper(group_names[group][0]),
                    group_names[group] + 1);
        }
        command(c, out);
    }
    fputs(".El\n", out);
}

static void settings(FILE *out, const char *title, const char *how, const struct setting_table *t)
{
    fprintf(out, ".Sh %s\n", title);
    roff(out, how, strlen(how));
    fputs("\n.Bl -tag -width Ds\n", out);
    for (int i = 0; i < t->rows; i++) {
        const struct setting *s = &t->row[i];
        struct text range = {0};

        fprintf(out, ".It Cm %s\n", s->name);
        roff(out, s->help, strlen(s->help));
        fputs(".\n", out);
        setting_range(s, &range);
        if (range.len) {
            range.s[0] = (char)toupper((unsigned char)range.s[0]);
            roff(out, range.s, range.len);
            fputs(".\n", out);
        }
        text_free(&range);
        fputs("Default: ", out);
        roff(out, s->fallback, strlen(s->fallback));
        fputs(".\n", out);
    }
    fputs(".El\n", out);
}

static void words(FILE *out)
{
    const struct term *w;

    fputs(".Sh WORDS\nWhat the words on the screen mean.\n.Bl -tag -width Ds\n", out);
    for (int i = 0; (w = glossary_at(i)); i++) {
        struct text others = {0};

        glossary_others(w, &others);
        fputs(".It Sy ", out);
        argument(out, w->name);
        fputs(others.len ? " No also: " : "", out);
        if (others.len)
            argument(out, others.s);
        fputc('\n', out);
        roff(out, w->text, strlen(w->text));
        fputs(w->formula[0] ? "\n.Dl " : "", out);
        roff(out, w->formula, strlen(w->formula));
        fputc('\n', out);
        text_free(&others);
    }
    fputs(".El\n", out);
}

static void views(FILE *out)
{
    fputs(".Sh NETWORK VIEWS\nWhat\n.Ic netview\nchooses from.\n.Bl -tag -width Ds\n", out);
    for (int i = 0; i < NETVIEWS; i++) {
        fprintf(out, ".It Cm %s\n", netview_names[i]);
        roff(out, netview_help[i], strlen(netview_help[i]));
        fputs(".\n", out);
    }
    fputs(".El\n", out);
}

static void keys(FILE *out)
{
    struct keymap *k = keymap_new();
    const struct binding *b;

    fputs(".Sh KEYS\nEach key is bound to a command line;\n.Ic bind\nchanges it.\n"
          ".Bl -column \"network: pagedown\" \"command\"\n",
          out);
    for (size_t i = 0; (b = keymap_at(k, i)); i++) {
        struct text name = {0};

        binding_name(b, &name);
        fputs(".It ", out);
        argument(out, text_str(&name));
        fputs(" Ta ", out);
        argument(out, b->command);
        fputc('\n', out);
        text_free(&name);
    }
    fputs(".El\n", out);
    keymap_free(k);
}

static void observables(FILE *out)
{
    fputs(".Sh OBSERVABLES\nNames that expressions may use besides x: in goals, in\n.Ic until\nand "
          "in\n.Ic eval .\n"
          ".Bl -tag -width Ds\n",
          out);
    for (int i = 0; i < observable_count; i++) {
        fprintf(out, ".It Va %s%s\n", observable_table[i].name,
                observable_table[i].arity ? "(layer)" : "");
        roff(out, observable_table[i].help, strlen(observable_table[i].help));
        fputs(".\n", out);
    }
    fputs(".El\n", out);
}

static void demonstrations(FILE *out)
{
    fputs(".Sh DEMONSTRATIONS\nThose of\n.Ic demo ,\nwith the results on 40 seeds; without a name "
          "it prints the lines of each.\n"
          ".Bl -column \"back\\-leaky.2\\-300\" \"2.9e\\-05\" \"claim\"\n",
          out);
    for (const struct demo *d = demo_table; d < demo_table + demo_count; d++) {
        char of40[32];

        snprintf(of40, sizeof of40, "%g", d->of40);
        fputs(".It ", out);
        argument(out, d->name);
        fputs(" Ta ", out);
        argument(out, of40);
        fputs(" Ta ", out);
        argument(out, d->claim);
        fputc('\n', out);
    }
    fputs(".El\n", out);
}

/* "Fl \-rc Ar file" */
static void flag(FILE *out, const struct program_option *o)
{
    fputs("Fl ", out);
    roff(out, o->name + 1, strlen(o->name + 1));
    if (o->argument[0])
        fputs(" Ar ", out);
    for (const char *s = o->argument; *s; s++)
        fputc(*s - 'A' + 'a', out);
    fputc('\n', out);
}

static void synopsis(FILE *out)
{
    fputs(".Nm\n", out);
    for (const struct program_option *o = program_options; o < program_options + OPTIONS; o++)
        if (o->manual[0]) {
            fputs(".Op ", out);
            flag(out, o);
        }
    fputs(".Op Ar command Op Ar argument ...\n", out);
}

static void options(FILE *out)
{
    for (const struct program_option *o = program_options; o < program_options + OPTIONS; o++)
        if (o->manual[0]) {
            fputs(".It ", out);
            flag(out, o);
            fputs(o->manual, out);
        }
}

void manual_page(const struct command_table *all, FILE *out, const char *version, const char *date)
{
    fprintf(out, ".Dd %s\n.Dt ACTLAB 1\n.Os actlab %s\n", date, version);
    fputs(".Sh NAME\n.Nm actlab\n.Nd a laboratory for the functions inside neural networks\n"
          ".Sh SYNOPSIS\n",
          out);
    synopsis(out);
    fputs(".Nm\n.Fl \\-help | \\-version\n"
          ".Sh DESCRIPTION\n"
          "Without a command\n.Nm\nopens a screen with three panes: a lesson, the plot of an "
          "activation function and its "
          "derivative, and a small neural network that trains while you watch, its gradient shown "
          "layer by layer.\n"
          "With a command it runs that command, prints its output, and ends.\n"
          ".Bl -tag -width Ds\n",
          out);
    options(out);
    fputs(".El\n", out);
    commands(all, out);
    settings(out, "NETWORK SETTINGS", "Set by net NAME=VALUE.", &net_settings);
    settings(out, "SETTINGS", "Set by set NAME VALUE.", &lab_settings);
    views(out);
    words(out);
    keys(out);
    observables(out);
    demonstrations(out);
    fputs(".Sh ENVIRONMENT\n.Bl -tag -width Ds\n"
          ".It Ev ACTLAB_CPU\nThe widest vectors that the network's arithmetic may use: "
          "scalar, sse2 (elsewhere simd128), avx2 or avx512.\n"
          ".It Ev ACTLAB_LESSONS\nThe folder of the lessons.\n"
          ".It Ev ACTLAB_RESTRICTED\nWhen set, even to nothing, as\n.Fl \\-restricted .\n"
          ".It Ev COLORFGBG\nWhere the terminal says whether its background is light.\n"
          ".It Ev COLORTERM\nWhen set and not empty, the terminal has 256 colours.\n"
          ".It Ev ESCDELAY\nMilliseconds after which an escape counts as a key by itself; 25 by "
          "default.\n"
          ".It Ev NO_COLOR\nWhen set, no colours are used.\n"
          ".It Ev XDG_CONFIG_HOME , XDG_STATE_HOME\nWhere the start\\-up file, and history and "
          "progress are kept.\n"
          ".El\n"
          ".Sh FILES\n.Bl -tag -width Ds\n"
          ".It Pa ~/.config/actlab/actlabrc\nCommands that run at the start.\n"
          ".It Pa ~/.local/state/actlab/history\nLines typed at the prompt.\n"
          ".It Pa ~/.local/state/actlab/progress\nProgress in the course.\n"
          ".It Pa share/doc/actlab\nREADME.md; lessons/README.md, how to write a lesson and teach "
          "a class;\nARCHITECTURE.md and HACKING.md, how the program is built and changed;\n"
          "docs/TRIED.md, what its tests tried.\n"
          ".El\n"
          ".Sh EXIT STATUS\n0: done; 1: a command failed; 2: wrong usage.\n"
          ".Sh EXAMPLES\n"
          ".Bd -literal -offset indent\n"
          "actlab eval gelu \\-1 0 1\n"
          "actlab plot elu alpha=2\n"
          "actlab layers fn=sigmoid layers=10 \\-\\-format=json\n"
          "actlab \\-c \\(aqnet fn=relu lr=5\\(aq \\-c \\(aqtrain 10 epochs\\(aq \\-c layers\n"
          ".Ed\n",
          out);
}
