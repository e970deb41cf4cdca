/* complete_offer.c - see complete_offer.h. */
#include "commands/complete_offer.h"

#include "base/file.h"

#include "base/utf8.h"
#include "base/xalloc.h"
#include "commands/demo.h"
#include "commands/help.h"
#include "lab/keymap.h"
#include "lab/netview.h"
#include "lab/observe.h"

#include <ctype.h>
#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

void offer(struct place *p, const char *s, size_t n)
{
    struct candidates *c = p->c;

    if (n < p->word.len || strncmp(s, text_str(&p->word), p->word.len) != 0)
        return;
    if (n == 0 || c->n == CANDIDATES_MAX)
        return;
    c->word = xgrow(c->word, &c->cap, c->n + 2, sizeof *c->word);
    c->word[c->n++] = xstrndup(s, n);
    c->word[c->n] = NULL;
}

static void offer_word(struct place *p, const char *s)
{
    offer(p, s, strlen(s));
}

static void offer_all(struct place *p, const char *const *words)
{
    for (int i = 0; words[i]; i++)
        offer_word(p, words[i]);
}

static void offer_steps(struct place *p)
{
    offer_word(p, "next");
    offer_word(p, "prev");
}

static void offer_functions(struct place *p)
{
    const struct activation *a;

    for (int i = 0; (a = functions_at(p->lab->model.functions, i)); i++)
        offer_word(p, a->name);
}

void offer_commands(struct place *p)
{
    for (int i = 0; i < p->lab->commands->n; i++) {
        unsigned flags = p->lab->commands->command[i].flags;

        if (lab_rights(p->lab) != RIGHTS_OWN && !(flags & CMD_RESTRICTED))
            continue;
        if (flags & (p->lab->interactive ? CMD_SHELL : CMD_SCREEN))
            continue;
        offer_word(p, p->lab->commands->command[i].name);
    }
}

void offer_names(struct place *p, const struct setting_table *t, const char *head, const char *tail)
{
    for (int i = 0; i < t->rows; i++) {
        struct text name = {0};

        text_printf(&name, "%s%s%s", head, t->row[i].name, tail);
        offer_word(p, text_str(&name));
        text_free(&name);
    }
}

void offer_values(struct place *p, const struct setting_table *t, const char *name)
{
    static const char *const switches[] = {"on", "off", "toggle", NULL};
    const struct setting *s = setting_find(t, name, NULL);

    if (!s)
        return;
    if (s->type == SETTING_CHOICE) {
        offer_all(p, s->choices);
        offer_steps(p);
    } else if (s->type == SETTING_BOOL) {
        offer_all(p, switches);
    } else if (s->type == SETTING_WORD) {
        offer_functions(p);
        offer_word(p, s->fallback);
    } else if (s->choices) { /* of a number */
        offer_all(p, s->choices);
    }
}

static void offer_lessons(struct place *p)
{
    course_read(&p->lab->course);
    for (size_t i = 0; i < p->lab->course.lessons; i++)
        offer_word(p, p->lab->course.lesson[i]->name);
}

static void offer_demos(struct place *p)
{
    for (int i = 0; i < demo_count; i++)
        offer_word(p, demo_table[i].name);
}

/* Every key that is bound, as `bind` and `unbind` name it. */
static void offer_keys(struct place *p)
{
    const struct binding *b;

    for (size_t i = 0; (b = keymap_at(p->lab->keymap, i)); i++) {
        struct text name = {0};

        binding_name(b, &name);
        offer_word(p, text_str(&name));
        text_free(&name);
    }
}

/* Names inside an expression: only the last one is completed, the word begins there. */
static void offer_expression(struct place *p)
{
    size_t n = p->word.len, tail = 0;
    const char *s;

    while (tail < n &&
           (isalnum((unsigned char)p->word.s[n - tail - 1]) || p->word.s[n - tail - 1] == '_'))
        tail++;
    if (tail < n) { /* the part before it stays as it is */
        p->c->start += (int)(n - tail);
        memmove(p->word.s, p->word.s + n - tail, tail + 1);
        p->word.len = tail;
        p->c->append = 0;
    }
    offer_functions(p);
    for (int i = 0; (s = expr_builtin(i)); i++)
        offer_word(p, s);
    for (int i = 0; i < observable_count; i++)
        offer_word(p, observable_table[i].name);
}

/* A file's name as it is written in a line. */
static void add_escaped(struct text *out, const char *s, bool quoted)
{
    for (; *s; s++) {
        if (!quoted && strchr(" \t'\"\\#", *s))
            text_add_char(out, '\\');
        text_add_char(out, *s);
    }
}

static bool shown_as_is(const char *name)
{
    struct text clean = {0};
    bool same;

    utf8_clean(&clean, name, strlen(name), false);
    same = strcmp(text_str(&clean), name) == 0;
    text_free(&clean);
    return same;
}

static void offer_files(struct place *p)
{
    const char *slash = strrchr(text_str(&p->word), '/');
    size_t folder_length = slash ? (size_t)(slash - p->word.s) + 1 : 0;
    const char *begin = text_str(&p->word) + folder_length, *home;
    struct text folder = {0}, escaped = {0};
    struct dirent *entry;
    DIR *dir;

    if (lab_rights(p->lab) != RIGHTS_OWN)
        return;
    home = folder_length ? file_home(p->word.s) : NULL;
    text_printf(&folder, "%s%.*s", home ? home : "", (int)folder_length - (home != NULL),
                text_str(&p->word) + (home != NULL));
    dir = opendir(folder_length ? folder.s : ".");
    while (dir && (entry = readdir(dir)) && p->c->n < CANDIDATES_MAX) {
        struct text path = {0};
        struct stat st;

        if ((entry->d_name[0] == '.' && begin[0] != '.') || !shown_as_is(entry->d_name) ||
            strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
            strncmp(entry->d_name, begin, strlen(begin)) != 0)
            continue;
        text_printf(&path, "%.*s%s", (int)folder_length, text_str(&p->word), entry->d_name);
        text_clear(&escaped);
        add_escaped(&escaped, path.s, p->quoted);
        text_clear(&path);
        text_printf(&path, "%s%s", text_str(&folder), entry->d_name);
        if (stat(path.s, &st) == 0 && S_ISDIR(st.st_mode)) {
            text_add_char(&escaped, '/');
            p->c->append = 0;
        }
        text_free(&path);
        p->c->word = xgrow(p->c->word, &p->c->cap, p->c->n + 2, sizeof *p->c->word);
        p->c->word[p->c->n++] = xstrdup(escaped.s);
        p->c->word[p->c->n] = NULL;
    }
    if (dir)
        closedir(dir);
    text_free(&folder);
    text_free(&escaped);
}

static void offer_views(struct place *p)
{
    offer_all(p, netview_names);
}

static void offer_settings(struct place *p)
{
    offer_names(p, &lab_settings, "", "");
}

static void offer_setting_value(struct place *p)
{
    offer_values(p, &lab_settings, text_str(&p->previous));
}

/* Also commands that have no place here. */
static void offer_topic(struct place *p)
{
    const char *name;

    for (int i = 0; i < p->lab->commands->n; i++)
        offer_word(p, p->lab->commands->command[i].name);
    for (int i = 0; (name = help_topic_at(i)); i++)
        if (!command_find(p->lab->commands, name, NULL))
            offer_word(p, name);
}

static const struct {
    const char *name; /* as the rows of commands.def write it */
    void (*offer)(struct place *);
} kinds[] = {
    {"FN", offer_functions},     {"EXPR", offer_expression},     {"FILE", offer_files},
    {"LESSON", offer_lessons},   {"COMMAND", offer_commands},    {"KEY", offer_keys},
    {"SETTING", offer_settings}, {"VALUE", offer_setting_value}, {"VIEW", offer_views},
    {"TOPIC", offer_topic},      {"DEMO", offer_demos},
};

void offer_kind(struct place *p, struct span kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (span_is(kind, kinds[i].name))
            kinds[i].offer(p);
}
