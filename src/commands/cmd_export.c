/* cmd_export.c - `export FILE`: the picture, the table or the network, by the file's extension,
 * written whole or not at all; and `load FILE`, which takes a network back. */
#include "commands/handlers.h"

#include "base/capture.h"
#include "base/file.h"
#include "base/xalloc.h"
#include "draw/theme.h"
#include "lab/timeline.h"
#include "net/export.h"
#include "study/experiment.h"

#include <stdlib.h>
#include <string.h>

struct request {
    enum picture what;
    int cols, rows;
};

typedef bool export_fn(struct lab *, const struct request *, struct text *out, struct error *e);

static void draw(struct lab *lab, const struct request *r, struct grid *g)
{
    course_read(&lab->course); /* the picture may list its lessons */
    lab_measure(lab);
    study_check_goals(lab);
    grid_init(g, r->rows, r->cols);
    lab->picture(lab, r->what, g);
}

static bool export_txt(struct lab *lab, const struct request *r, struct text *out, struct error *e)
{
    struct grid g;

    (void)e;
    draw(lab, r, &g);
    grid_to_text(&g, lab->set.charset == CHARSET_ASCII, out);
    grid_free(&g);
    return true;
}

static bool export_ansi(struct lab *lab, const struct request *r, struct text *out, struct error *e)
{
    struct grid g;

    (void)e;
    draw(lab, r, &g);
    grid_to_ansi(&g, lab_theme(lab), 256, lab->set.charset == CHARSET_ASCII, out);
    grid_free(&g);
    return true;
}

static bool export_svg(struct lab *lab, const struct request *r, struct text *out, struct error *e)
{
    struct grid g;

    (void)e;
    draw(lab, r, &g);
    grid_to_svg(&g, lab_theme(lab),
                lab->model.fn.act->name[0] ? lab->model.fn.act->name : lab->model.fn.act->formula,
                out);
    grid_free(&g);
    return true;
}

/* The layer table, as `layers --format=csv` prints it. */
static bool export_csv(struct lab *lab, const struct request *r, struct text *out, struct error *e)
{
    struct capture said;
    bool ok;

    (void)r;
    if (!capture_begin(&said, e))
        return false;
    ok = lab_run(lab, "layers format=csv", said.out, e) && capture_end(&said, e);
    if (ok)
        text_add_n(out, said.s, said.n);
    capture_free(&said);
    return ok;
}

static bool export_json(struct lab *lab, const struct request *r, struct text *out, struct error *e)
{
    const struct stop stop = lab_stop(lab);
    size_t size;

    (void)r;
    if (trainer_diverged(lab->model.trainer, NULL))
        return lab_diverged(lab, e);
    size = network_json_size(lab->model.trainer);
    if (!xroom(3 * size)) /* a text grows by moving to a larger place */
        return fail(e, "the network takes some %zu MiB of text, more memory than there is",
                    size >> 20);
    lab_measure(lab);
    return network_to_json(lab->model.trainer, &stop, out) || lab_broken_off(lab, e);
}

static bool export_py(struct lab *lab, const struct request *r, struct text *out, struct error *e)
{
    (void)r;
    lab_measure(lab);
    return network_to_pytorch(lab->model.trainer, out, e);
}

static const struct {
    const char *ending;
    export_fn *write;
} kinds[] = {
    {".svg", export_svg}, {".txt", export_txt},   {".ansi", export_ansi},
    {".csv", export_csv}, {".json", export_json}, {".py", export_py},
};

bool cmd_export(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    const bool replace = c->words == 2;
    struct request r = {(enum picture)call_option_choice(c, "what", PICTURE_SCREEN), 80, 24};
    bool ok = false;
    const char *path, *ending;
    struct text text = {0};
    size_t k = 0, kinds_n = sizeof kinds / sizeof *kinds;

    (void)out;
    if (replace && !call_says(c, 0, "!"))
        return call_misused(c, c->word[1].column, e);
    if (!call_size(c, &r.cols, &r.rows, e))
        return false;
    path = c->word[c->words - 1].s;
    ending = strrchr(path, '.');
    while (ending && k < kinds_n && strcmp(kinds[k].ending, ending) != 0)
        k++;
    if (!ending || k == kinds_n)
        return misuse(e, c->word[c->words - 1].column,
                      "'%s' must end in .svg, .txt, .ansi, .csv, .json or .py", path);
    ok =
        kinds[k].write(lab, &r, &text, e) && file_save(path, text_str(&text), text.len, replace, e);
    if (ok && lab->interactive)
        lab_say(lab, false, "saved: %s", path);
    text_free(&text);
    return ok;
}

enum { LOAD_LIMIT = 1 << 28 }; /* bytes of a network's file */

bool cmd_load(struct lab *lab, const struct call *c, FILE *out, struct error *e)
{
    const struct stop stop = lab_stop(lab);
    const size_t mark = functions_mark(lab->model.functions);
    const char *path = c->word[0].s;
    struct text text = {0}, replaced = {0};
    struct trainer *t = NULL;
    bool ok;

    ok = file_read(path, LOAD_LIMIT, &text, e);
    if (ok && text_str(&text)[strspn(text_str(&text), " \t\r\n")] == '{')
        t = network_from_json(path, text_str(&text), text.len, lab->model.functions, &replaced,
                              &stop, e);
    else if (ok)
        fail(e, "%s is not a network: load reads what 'export FILE.json' saved", path);
    text_free(&text);
    timeline_begin(lab, "load"); /* it is not recorded as a line, but can be taken back */
    ok = t && lab_take_network(lab, t, e);
    if (ok)
        lab_renew_curves(lab);
    else
        functions_go(lab->model.functions, mark);
    timeline_end(lab, ok);
    if (ok && lab->interactive)
        lab_say(lab, false, "loaded: %s%s%s", path, replaced.len ? "; " : "", text_str(&replaced));
    else if (ok && replaced.len)
        fprintf(out, "%s\n", replaced.s);
    text_free(&replaced);
    return ok;
}
