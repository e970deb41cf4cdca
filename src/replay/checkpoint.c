/* checkpoint.c - see checkpoint.h. */
#include "replay/checkpoint.h"

#include "base/base64.h"
#include "base/digest.h"
#include "language/command.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

static const char MARK[] = "# state ";

/* What the bytes begin with; the points of the curves follow, and then the trainer's state. */
struct curves {
    uint64_t points, every;
};

bool checkpoint_is(const char *line)
{
    return strncmp(line, MARK, sizeof MARK - 1) == 0;
}

static uint64_t digest(const struct lab *lab, const char *bytes, size_t n)
{
    const struct fn *fn = trainer_fn(lab->model.trainer);
    const char *name = fn->act->name[0] ? fn->act->name : fn->act->formula;
    const double parameters[2] = {fn->alpha, fn->beta};
    struct text settings = {0};
    uint64_t h;

    for (int i = 0; i < net_settings.rows; i++) {
        setting_get(&net_settings.row[i], &lab->model.net, &settings);
        text_add_char(&settings, ' ');
    }
    text_add(&settings, name);
    h = digest_add(DIGEST_START, text_str(&settings), settings.len);
    text_free(&settings);
    h = digest_add(h, parameters, sizeof parameters);
    return digest_add(h, bytes, n);
}

static bool possible(const struct lab *lab)
{
    return !trainer_diverged(lab->model.trainer, NULL) && !lab->model.race &&
           !lab->model.net.file[0];
}

bool checkpoint_line(const struct lab *lab, struct text *line)
{
    const struct history *h = &lab->model.history;
    const struct curves curves = {.points = (uint64_t)h->points, .every = h->point_every};
    const size_t size = trainer_state_size(lab->model.trainer);
    struct text bytes = {0};

    text_clear(line);
    if (!possible(lab) || size > LINE_MAX_BYTES)
        return false;
    text_add_n(&bytes, (const char *)&curves, sizeof curves);
    for (int i = 0; i < h->points; i++)
        text_add_n(&bytes, (const char *)&h->point[i], sizeof h->point[i]);
    text_reserve(&bytes, size);
    trainer_save_state(lab->model.trainer, bytes.s + bytes.len);
    bytes.len += size;
    text_printf(line, "%s%" PRIu64 " %016" PRIx64 " ", MARK, trainer_steps(lab->model.trainer),
                digest(lab, bytes.s, bytes.len));
    base64_add(line, bytes.s, bytes.len);
    text_free(&bytes);
    return line->len <= LINE_MAX_BYTES;
}

/* A number that a curve may be drawn of: NAN is none. */
static bool point_is_sound(const struct history_point *p)
{
    return !isinf(p->loss) && !isinf(p->accuracy) && !isinf(p->test_loss) &&
           !isinf(p->test_accuracy);
}

static bool take_curves(struct history *h, const struct curves *c, const char *bytes, uint64_t step)
{
    struct history_point point;
    uint64_t last = 0;

    for (uint64_t i = 0; i < c->points; i++) {
        memcpy(&point, bytes + i * sizeof point, sizeof point);
        if ((i && point.step <= last) || point.step > step || !point_is_sound(&point))
            return false;
        last = point.step;
    }
    history_clear(h);
    for (uint64_t i = 0; i < c->points; i++) {
        memcpy(&point, bytes + i * sizeof point, sizeof point);
        history_note(h, point);
    }
    h->point_every = c->every;
    return true;
}

static bool take(struct lab *lab, const struct text *bytes, uint64_t step)
{
    const size_t size = trainer_state_size(lab->model.trainer);
    struct curves curves;
    const char *state;

    if (bytes->len < sizeof curves)
        return false;
    memcpy(&curves, bytes->s, sizeof curves);
    if (curves.points > HISTORY_POINTS || curves.every < 1 || curves.every > UINT64_C(1) << 40 ||
        bytes->len != sizeof curves + curves.points * sizeof(struct history_point) + size)
        return false;
    state = bytes->s + bytes->len - size;
    if (!trainer_state_is_sound(lab->model.trainer, state, step) ||
        !take_curves(&lab->model.history, &curves, bytes->s + sizeof curves, step))
        return false;
    trainer_load_state(lab->model.trainer, state);
    history_keep(&lab->model.history, lab->model.trainer, true);
    lab->measured.stale = true;
    lab->changes++;
    return true;
}

bool checkpoint_take(struct lab *lab, const char *line, uint64_t missing)
{
    struct text bytes = {0};
    uint64_t step, said;
    int at = 0;
    bool ok;

    if (!checkpoint_is(line) || !possible(lab) ||
        sscanf(line + sizeof MARK - 1, "%19" SCNu64 " %16" SCNx64 " %n", &step, &said, &at) != 2 ||
        !at || step != trainer_steps(lab->model.trainer) + missing)
        return false;
    ok = base64_read(line + sizeof MARK - 1 + at, &bytes) &&
         digest(lab, text_str(&bytes), bytes.len) == said && take(lab, &bytes, step);
    text_free(&bytes);
    return ok;
}
