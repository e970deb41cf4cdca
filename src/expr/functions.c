/* functions.c - see functions.h: the set of them, found by name however many there are. */
#include "base/ascii.h"
#include "base/digest.h"
#include "base/suggest.h"
#include "base/xalloc.h"
#include "expr/expr.h"
#include "expr/functions_private.h"

#include <stdlib.h>
#include <string.h>

struct functions *functions_new(void)
{
    return xcalloc(1, sizeof(struct functions));
}

void functions_limit(struct functions *all, size_t rows, size_t bytes, size_t operations)
{
    all->most = rows;
    all->bytes = bytes;
    all->operations = operations;
}

void functions_reserve(struct functions *all, bool (*taken)(const void *context, const char *word),
                       const void *context)
{
    all->taken = taken;
    all->context = context;
}

struct functions *functions_like(const struct functions *model)
{
    struct functions *all = functions_new();

    functions_limit(all, model->most, model->bytes, model->operations);
    functions_reserve(all, model->taken, model->context);
    return all;
}

static void free_rows(struct defined **row, size_t rows)
{
    for (size_t i = 0; i < rows; i++) {
        expr_free(row[i]->expr);
        free(row[i]->formula);
        free(row[i]->text);
        free(row[i]);
    }
    free(row);
}

void functions_free(struct functions *all)
{
    if (!all)
        return;
    free_rows(all->row, all->rows + all->ahead);
    free_rows(all->gone, all->gones);
    free(all->shown);
    free(all->chain);
    free(all);
}

/* --- by name ---------------------------------------------------------------------------------- */

/* Unnamed ones are found by the text that they were made from. */
static const char *key_of(const struct defined *d)
{
    return d->text ? d->text : d->name;
}

/* The chain of those whose keys have the same low bits of the digest. */
static struct defined **chain_of(const struct functions *all, const char *key)
{
    return &all->chain[digest_add(DIGEST_START, key, strlen(key)) & (all->chains - 1)];
}

static void link_in(struct functions *all, struct defined *d)
{
    struct defined **chain = chain_of(all, key_of(d));

    d->next = *chain;
    *chain = d;
}

static struct defined *find(const struct functions *all, const char *key, bool named)
{
    struct defined *d = all->chains ? *chain_of(all, key) : NULL;

    while (d && (named == (d->text != NULL) || strcmp(key_of(d), key) != 0))
        d = d->next;
    return d;
}

struct defined *functions_named(const struct functions *all, const char *name)
{
    return find(all, name, true);
}

struct defined *functions_of_text(const struct functions *all, const char *text)
{
    return find(all, text, false);
}

/* As many chains as rows, at least: each is short. */
static void make_chains(struct functions *all, size_t rows)
{
    if (rows <= all->chains)
        return;
    while (all->chains < rows)
        all->chains = all->chains ? 2 * all->chains : 16;
    free(all->chain);
    all->chain = xcalloc(all->chains, sizeof(struct defined *));
    for (size_t i = 0; i < all->rows; i++)
        if (all->row[i]->text || !all->row[i]->hidden)
            link_in(all, all->row[i]);
}

/* A later definition has its name. */
static void hide(struct functions *all, struct defined *d)
{
    struct defined **at = chain_of(all, d->name);
    size_t i = all->shown_rows;

    while (*at != d)
        at = &(*at)->next;
    *at = d->next;
    while (all->shown[--i] != d)
        ;
    memmove(all->shown + i, all->shown + i + 1, (--all->shown_rows - i) * sizeof(struct defined *));
    d->hidden = true;
}

static void enter(struct functions *all, struct defined *d)
{
    struct defined *before = d->hidden ? NULL : functions_named(all, d->name);

    if (before)
        hide(all, before);
    make_chains(all, all->rows + 1);
    all->row = xgrow(all->row, &all->cap, all->rows + 1, sizeof(struct defined *));
    all->row[all->rows++] = d;
    if (d->text || !d->hidden)
        link_in(all, d);
    if (!d->hidden) {
        all->shown =
            xgrow(all->shown, &all->shown_cap, all->shown_rows + 1, sizeof(struct defined *));
        all->shown[all->shown_rows++] = d;
    }
}

/* A definition that was taken back will not return, but a struct fn may point to it. */
void functions_enter(struct functions *all, struct defined *d)
{
    all->gone = xgrow(all->gone, &all->gone_cap, all->gones + all->ahead + 1, sizeof *all->gone);
    for (; all->ahead; all->ahead--)
        all->gone[all->gones++] = all->row[all->rows + all->ahead - 1];
    enter(all, d);
}

size_t functions_mark(const struct functions *all)
{
    return all->rows;
}

void functions_go(struct functions *all, size_t mark)
{
    const size_t rows = all->rows + all->ahead;

    if (mark == all->rows || mark > rows)
        return;
    for (size_t i = 0; i < rows; i++)
        all->row[i]->hidden = !all->row[i]->name[0];
    free(all->chain);
    all->chain = NULL;
    all->chains = all->shown_rows = all->rows = 0;
    for (size_t i = 0; i < mark; i++) /* as they came */
        enter(all, all->row[i]);
    all->ahead = rows - mark;
}

/* --- all of them ------------------------------------------------------------------------------ */

const struct activation *functions_at(const struct functions *all, int i)
{
    if (i < 0)
        return NULL;
    if (i < activation_count)
        return &activation_table[i];
    i -= activation_count;
    return all && (size_t)i < all->shown_rows ? &all->shown[i]->act : NULL;
}

const struct activation *functions_same(const struct functions *all, const struct activation *act)
{
    for (size_t i = 0; act->expr && i < all->rows; i++) {
        const struct defined *d = all->row[i];

        if ((d->text || !d->hidden) && strcmp(d->name, act->name) == 0 &&
            strcmp(d->formula, act->formula) == 0 && expr_same(d->expr, act->expr))
            return &d->act;
    }
    return NULL;
}

/* Tells what d will take the name of, if that means something else. */
static void tell_replaced(const struct functions *all, const struct defined *d, struct text *out)
{
    const struct defined *before = d->hidden ? NULL : functions_named(all, d->name);

    if (before && out && !functions_same(all, &d->act))
        text_printf(out, "%s%s(x) is %s now, no longer %s", out->len ? "; " : "", d->name,
                    d->formula, before->formula);
}

void functions_take(struct functions *all, struct functions *from, struct text *replaced)
{
    for (size_t i = 0; i < from->rows; i++) {
        tell_replaced(all, from->row[i], replaced);
        functions_enter(all, from->row[i]);
    }
    from->rows = 0;
    functions_free(from);
}

/* A replaced definition counts as far as one behind it that counts calls it. */
static bool counts(const struct defined *d)
{
    return d->name[0] && (!d->hidden || d->called);
}

/* The definition that the row is of, if it is of one. */
static void mark_called(void *context, const struct activation *act)
{
    (void)context;
    if (act->own)
        ((struct defined *)act)->called = true; /* `act` is its first member */
}

void functions_print(const struct functions *all, struct text *out)
{
    for (size_t i = 0; i < all->rows; i++)
        all->row[i]->called = false;
    for (size_t i = all->rows; i-- > 0;)
        if (counts(all->row[i]))
            expr_each_call(all->row[i]->expr, mark_called, NULL);
    for (size_t i = 0; i < all->rows; i++)
        if (counts(all->row[i]))
            text_printf(out, "def %s(x) = %s\n", all->row[i]->name, all->row[i]->formula);
}

static const char *name_at(const void *context, int i)
{
    const struct activation *act = functions_at(context, i);

    return act ? act->name : NULL;
}

const struct activation *functions_find(const struct functions *all, const char *name,
                                        struct error *e)
{
    const struct activation *act = activation_find(name);
    const struct defined *d = act || !all ? NULL : functions_named(all, name);
    const char *near;

    if (act || d)
        return act ? act : &d->act;
    near = e ? suggest(name, name_at, all) : NULL;
    if (near)
        misuse(e, -1, "no function '%.60s': did you mean %s?", name, near);
    else
        misuse(e, -1, "no function '%.60s': choose one of %s ... %s, or define it with def", name,
               activation_table[0].name, activation_table[activation_count - 1].name);
    return NULL;
}

const struct activation *functions_meant(const struct functions *all, const char *name,
                                         struct error *e)
{
    const struct activation *act = functions_find(all, name, NULL);
    const char *near;

    for (int i = 0; !act && !strpbrk(name, "+-*/^(") && (near = name_at(all, i)); i++)
        if (ascii_same(near, name))
            act = functions_at(all, i);
    return act ? act : functions_find(all, name, e);
}
