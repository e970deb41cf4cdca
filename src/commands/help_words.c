/* help_words.c - see help_words.h. */
#include "commands/help_words.h"

#include "base/utf8.h"
#include "commands/help.h"
#include "commands/key_lookup.h"
#include "draw/layout.h"
#include "lab/keymap.h"
#include "lab/netview.h"
#include "study/learner.h"
#include "study/page.h"

#include <string.h>

/* "lesson 9, Vanishing gradients", if the course has it. */
static bool add_lesson(struct lab *lab, const char *name, struct text *out)
{
    course_read(&lab->course);
    for (size_t i = 0; i < lab->course.lessons; i++) {
        const struct lesson *l = lab->course.lesson[i];

        if (strcmp(l->name, name) != 0)
            continue;
        text_printf(out, "lesson %d, %s", l->number, l->title);
        return true;
    }
    return false;
}

bool help_word(struct lab *lab, const struct term *w, FILE *out)
{
    struct text others = {0}, lesson = {0};
    const bool has = add_lesson(lab, w->lesson, &lesson);

    glossary_others(w, &others);
    fprintf(out, others.len ? "%s (also: %s)\n" : "%s\n", w->name, text_str(&others));
    help_wrap(out, "", w->text, 4);
    if (w->formula[0])
        fprintf(out, "\n        %s\n\n", w->formula);
    if (w->where[0])
        help_wrap(out, "    On the screen: ", w->where, 19);
    if (has)
        help_paragraph(lesson.s, out);
    text_free(&others);
    text_free(&lesson);
    return has;
}

enum { NAME_COLUMN = 18 /* of what a name means, in lists */ };

static void print_row(const char *name, const char *means, FILE *out)
{
    char label[64];

    if (snprintf(label, sizeof label, "  %s", name) < NAME_COLUMN) {
        help_wrap(out, label, means, NAME_COLUMN);
        return;
    }
    fprintf(out, "%s\n", label);
    help_wrap(out, "", means, NAME_COLUMN);
}

/* Each word that stands in the text but this one (NULL: all), once, in its order: of a lesson's
 * text its first sentence, of a pane's (`labels`) all of it. */
static void print_words(const char *heading, const char *text, bool labels, const struct term *but,
                        FILE *out)
{
    bool seen[GLOSSARY_MOST] = {false};
    const struct term *w;

    while ((w = glossary_next(&text, labels))) {
        struct text means = {0};

        if (seen[w - glossary_at(0)] || w == but)
            continue;
        seen[w - glossary_at(0)] = true;
        fprintf(out, "%s%s", heading, *heading ? "\n\n" : "");
        heading = "";
        text_add_n(&means, w->text, labels ? strlen(w->text) : (size_t)glossary_brief(w));
        print_row(w->name, means.s, out);
        text_free(&means);
    }
    if (!*heading)
        fputc('\n', out);
}

static void print_page(const struct lab *lab, FILE *out)
{
    struct styled_text page = {0};
    struct text text = {0};

    study_print_page(study_lesson(lab), lab->open.page, &page);
    rich_to_text(&page, 80, true, &text);
    print_words("Words of this page", text_str(&text), false, NULL, out);
    text_free(&text);
    styled_free(&page);
}

/* The words of the pane where it has room for all of them: whatever the size of the screen, what is
 * seen there is among it. */
static void print_numbers(struct lab *lab, FILE *out)
{
    struct text text = {0};
    struct grid g;

    if (!lab->picture)
        return;
    lab_measure(lab);
    grid_init(&g, 24, 110);
    lab->picture(lab, lab->screen.focus == PANE_PLOT ? PICTURE_PLOT : PICTURE_NETWORK, &g);
    text_add(&text, lab->screen.focus == PANE_PLOT ? "x f f' " : ""); /* of its title */
    grid_to_text(&g, true, &text);
    /* the x of the network is a sample, or "times" */
    print_words("What it shows", text_str(&text), true,
                lab->screen.focus == PANE_NETWORK ? glossary_find("cursor") : NULL, out);
    grid_free(&g);
    text_free(&text);
}

/* The keys of this pane, or with "" those that hold everywhere and are about `about`. */
static void print_keys(const struct lab *lab, const char *pane, enum pane about, FILE *out)
{
    const struct binding *b;
    int n;

    for (size_t i = 0; (b = keymap_at(lab->keymap, i)); i++) {
        const char *words = key_words(lab, b, &n);
        struct text clean = {0};

        if (strcmp(b->pane, pane) != 0 || n == 0 || (!pane[0] && key_pane_of(b, lab) != about))
            continue;
        utf8_clean(&clean, words, (size_t)n, false);
        print_row(b->key, text_str(&clean), out);
        text_free(&clean);
    }
}

bool help_key(const struct lab *lab, const char *key, FILE *out)
{
    const struct binding *b;
    bool any = false;
    int n;

    for (size_t i = 0; (b = keymap_at(lab->keymap, i)); i++) {
        const char *words = key_words(lab, b, &n);
        struct text name = {0}, clean = {0};

        if (strcmp(b->key, key) == 0) {
            utf8_clean(&clean, words, (size_t)n, false);
            text_printf(&clean, n ? ": %s" : "%s", b->command);
            binding_name(b, &name);
            print_row(text_str(&name), text_str(&clean), out);
            any = true;
        }
        text_free(&name);
        text_free(&clean);
    }
    return any;
}

void help_here(struct lab *lab, FILE *out)
{
    const enum pane focus = lab->screen.focus;
    const char *view = lab_view_pane(lab);

    if (study_lesson(lab))
        print_page(lab, out);
    fprintf(out, "Keys: %s\n\n", pane_names[focus]);
    if (view)
        print_keys(lab, view, focus, out);
    print_keys(lab, pane_names[focus], focus, out);
    print_keys(lab, "", focus, out);
    fputc('\n', out);
    if (focus != PANE_LESSON)
        print_numbers(lab, out);
    fputs("Keys: everywhere\n\n", out);
    print_keys(lab, "", PANES, out);
    fprintf(out,
            "\n`help WORD` explains any word on the screen, as in `help loss`. `help all`, or ? "
            "once more, has all keys and commands.\n");
}

void help_glossary(enum table_format format, FILE *out)
{
    static const char *const names[] = {"word", "others", "text", "formula", "screen", "lesson"};
    const struct term *w;
    struct table t;

    if (format != TABLE_TEXT)
        table_begin(&t, out, format, 6, names, NULL);
    for (int i = 0; (w = glossary_at(i)); i++) {
        struct text others = {0}, brief = {0};

        glossary_others(w, &others);
        text_add_n(&brief, w->text, (size_t)glossary_brief(w));
        if (format == TABLE_TEXT) {
            print_row(w->name, brief.s, out);
        } else {
            const char *const cell[] = {w->name,    text_str(&others), w->text,
                                        w->formula, w->where,          w->lesson};

            for (int k = 0; k < 6; k++)
                table_word(&t, cell[k]);
        }
        text_free(&others);
        text_free(&brief);
    }
    if (format != TABLE_TEXT)
        table_end(&t);
    else
        fprintf(out, "\n`help WORD` says more of each.\n");
}
