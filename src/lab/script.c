/* script.c - see script.h. */
#include "lab/script.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "lab/checkpoint.h"
#include "lab/course_try.h"
#include "lab/observe.h"
#include "lab/record.h"
#include "lab/said.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Steps that are trained between two looks at the clock. */
enum { CHUNK = 64 };

/* ---- the lines ------------------------------------------------------------------------------- */

/* The n-th word of a line, from 0; false when there are not so many, or it does not fit. */
static bool word_of(const char *line, int n, char *out, size_t size)
{
    size_t length;

    for (;; n--) {
        line += strspn(line, " \t\r");
        length = strcspn(line, " \t\r");
        if (n == 0 || length == 0)
            break;
        line += length;
    }
    if (length == 0 || length >= size)
        return false;
    memcpy(out, line, length);
    out[length] = '\0';
    return true;
}

/* How many steps the line trains and does nothing else; 0 if it is not so simple. */
static uint64_t steps_of(const char *line)
{
    unsigned long long n;
    char rest;

    /* %llu would read "-2", too, as a very large number */
    return !strpbrk(line, "+-") && sscanf(line, " step %9llu %c", &n, &rest) == 1 ? n : 0;
}

/* What a line of steps begins with, and no command does; a number follows, in as many bytes as it
 * has in memory. */
enum { STEPS = 1 };

struct script_line script_line(const struct script *s, size_t at)
{
    const char *p = s->bytes.s + at;
    struct script_line l = {0};

    if (*p == STEPS) {
        memcpy(&l.steps, p + 1, sizeof l.steps);
        l.next = at + 1 + sizeof l.steps;
    } else {
        l.text = p;
        l.next = at + strlen(p) + 1;
    }
    return l;
}

static void add_line(struct script *s)
{
    s->last = s->bytes.len;
    s->lines++;
}

void script_add_steps(struct script *s, uint64_t steps)
{
    struct script_line last = {.text = ""};

    if (s->lines)
        last = script_line(s, s->last);
    if (last.text) {
        add_line(s);
        text_add_char(&s->bytes, STEPS);
        text_add_n(&s->bytes, (char *)&last.steps, sizeof last.steps);
    }
    last.steps += steps;
    s->work += (double)steps;
    memcpy(s->bytes.s + s->last + 1, &last.steps, sizeof last.steps);
}

/* The steps of a "train N epochs", about: how long an epoch is only its turn tells. */
static double guess(const char *line)
{
    enum { EPOCH = 20 };
    char name[8], unit[8] = "";
    double n;

    if (sscanf(line, " %7s %lf %7s", name, &n, unit) < 2 || strcmp(name, "train") != 0 ||
        !(n >= 1 && n < 1e9))
        return 0;
    return strncmp(unit, "step", 4) == 0 ? n : n * EPOCH;
}

/* Whether the experiment under way, if any, ends with this line. */
static bool ends_experiment(const char *line)
{
    static const char *const turns[] = {"next", "prev", "list", "new"};
    char name[16], word[64];

    if (!word_of(line, 0, name, sizeof name))
        return false;
    if (strcmp(name, "try") == 0)
        return true;
    if (strcmp(name, "lesson") != 0 || !word_of(line, 1, word, sizeof word) || strchr(word, '='))
        return false;
    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++)
        if (strcmp(word, turns[i]) == 0)
            return false;
    return true;
}

void script_add(struct script *s, const char *command)
{
    uint64_t steps = steps_of(command);

    if (steps) {
        script_add_steps(s, steps);
        return;
    }
    add_line(s);
    if (*command == STEPS)
        text_add_char(&s->bytes, ' ');
    text_add_n(&s->bytes, command, strlen(command) + 1);
    s->work += 1 + guess(command);
    if (ends_experiment(command))
        s->ending = s->bytes.len;
}

void script_clear(struct script *s)
{
    text_free(&s->bytes);
    *s = (struct script){0};
}

/* ---- what lies ahead --------------------------------------------------------------------------
 */

static bool is_one_of(const char *const *names, const char *name)
{
    while (*names && strcmp(*names, name) != 0)
        names++;
    return *names != NULL;
}

/* Observables that do not depend on what was trained. */
static bool is_calm(const char *name)
{
    static const char *const calm[] = {"x",      "f",     "df",   "alpha", "beta",     "slope",
                                       "layers", "width", "lr",   "batch", "samples",  "gain",
                                       "bias",   "noise", "seed", "decay", "momentum", NULL};

    return is_one_of(calm, name);
}

/* Whether a value in the line may depend on the trained network. */
static bool mentions_network(const char *line)
{
    char name[64];

    while (*line) {
        size_t n = 0;

        while (isalnum((unsigned char)line[n]) || line[n] == '_')
            n++;
        if (n > 0 && n < sizeof name && !isdigit((unsigned char)line[0]) &&
            !(line[n] == '=' && line[n + 1] != '=')) { /* the name of a setting */
            memcpy(name, line, n);
            name[n] = '\0';
            for (int i = 0; i < observable_count; i++)
                if (strcmp(observable_table[i].name, name) == 0 && !is_calm(name))
                    return true;
        }
        line += n ? n : 1;
    }
    return false;
}

/* Whether "net key=value" surely asks for another network than the one there is. */
static bool changes_network(const struct lab *lab, const char *line)
{
    char word[128];

    for (int i = 1; word_of(line, i, word, sizeof word); i++) {
        char *value = strchr(word, '='), *end;
        const struct setting *s;
        struct text now = {0};
        bool other;

        if (!value || strpbrk(word, "'\"\\#"))
            continue;
        *value++ = '\0';
        s = setting_find(&net_settings, word, NULL);
        if (!s || net_setting_is_live(word) || strcmp(word, "data") == 0)
            continue;
        setting_get(s, &lab->net, &now);
        if (setting_is_number(s)) /* "+1" is another number, and "1/3" may be the same */
            other = ((value[0] == '+' || value[0] == '-') && strtod(value, &end) != 0) ||
                    strtod(value, &end) != strtod(text_str(&now), NULL);
        else
            other = strcmp(value, text_str(&now)) != 0, end = value + strlen(value);
        other &= *end == '\0';
        text_free(&now);
        if (other)
            return true;
    }
    return false;
}

/* "train 200 epochs", when it is left out, is no more than a number of steps. */
static bool only_trains(const char *line)
{
    char name[16], number[16], unit[16], more[8];
    char *end;

    if (!word_of(line, 0, name, sizeof name) || strcmp(name, "train") != 0)
        return false;
    if (!word_of(line, 1, number, sizeof number))
        return true;
    if (strtod(number, &end) < 1 || *end || word_of(line, 3, more, sizeof more))
        return false;
    return !word_of(line, 2, unit, sizeof unit) || strncmp(unit, "epoch", 5) == 0 ||
           strncmp(unit, "step", 4) == 0;
}

/* What the line does to the network, whatever was trained until then. Every command that is not
 * named here may look at it. */
static int effect(const struct lab *lab, const struct script_line *l)
{
    /* these see no network at all; those, only through the numbers that they are given */
    static const char *const blind[] = {
        "compare", "def",    "difference", "eval",       "facts", "help",  "naive",   "netview",
        "pause",   "revive", "run",        "saturation", "state", "table", "tangent", NULL};
    static const char *const numb[] = {"alpha", "answer", "beta", "cursor", "hint", "histogram",
                                       "kill",  "pan",    "plot", "range",  "step", "swap",
                                       "sweep", "train",  "unit", "weight", "zoom", NULL};
    const struct command *c;
    char name[64], word[64];

    if (!l->text || only_trains(l->text))
        return SCRIPT_UNKNOWN;
    if (checkpoint_is(l->text))
        return SCRIPT_GIVEN;
    if (!word_of(l->text, 0, name, sizeof name) || !(c = command_find(name, NULL)) ||
        is_one_of(blind, c->name))
        return SCRIPT_UNKNOWN;
    if (mentions_network(l->text + strcspn(l->text, " \t")))
        return SCRIPT_LOOKS;
    if (strcmp(c->name, "reset") == 0 || strcmp(c->name, "restart") == 0)
        return word_of(l->text, 1, word, sizeof word) ? SCRIPT_LOOKS : SCRIPT_BEGINS;
    if (strcmp(c->name, "lesson") == 0 || strcmp(c->name, "try") == 0)
        return ends_experiment(l->text) ? SCRIPT_BEGINS : SCRIPT_UNKNOWN;
    if (strcmp(c->name, "fn") == 0)
        return net_config_runs_plotted(&lab->net) ? SCRIPT_BEGINS : SCRIPT_UNKNOWN;
    if (strcmp(c->name, "net") == 0)
        return changes_network(lab, l->text) ? SCRIPT_BEGINS : SCRIPT_UNKNOWN;
    return is_one_of(numb, c->name) ? SCRIPT_UNKNOWN : SCRIPT_LOOKS;
}

/* Whether what is trained now is thrown away before anything looks at it. Goals look, too: of the
 * experiment that is under way in the end. */
static bool in_vain(const struct lab *lab, const struct script *s, struct script_run *r)
{
    if (r->all || (course_try(lab) && r->at >= s->ending))
        return false;
    if (r->networks != lab->networks || (r->ahead >= SCRIPT_LOOKS && r->seen <= r->at)) {
        r->networks = lab->networks;
        r->ahead = SCRIPT_UNKNOWN;
        r->seen = 0;
    }
    if (r->seen <= r->at)
        r->seen = script_line(s, r->at).next;
    while (r->ahead == SCRIPT_UNKNOWN && r->seen < s->bytes.len) {
        const struct script_line l = script_line(s, r->seen);

        r->ahead = effect(lab, &l);
        if (r->ahead == SCRIPT_UNKNOWN)
            r->seen = l.next;
    }
    return r->ahead == SCRIPT_BEGINS || r->ahead == SCRIPT_GIVEN;
}

/* ---- tidying up -------------------------------------------------------------------------------
 */

static void keep(struct script *s, bool (*wanted)(const struct script_line *), size_t from)
{
    const size_t last = s->last;
    size_t kept = from;

    for (size_t at = from, next; at < s->bytes.len; at = next) {
        const struct script_line l = script_line(s, at);

        next = l.next;
        if (at != last && !wanted(&l)) {
            s->lines--;
            s->work -= l.text ? 1 + guess(l.text) : (double)l.steps;
            continue;
        }
        memmove(s->bytes.s + kept, s->bytes.s + at, next - at);
        s->last = kept;
        kept += next - at;
    }
    s->bytes.len = kept;
    s->ending = 0;
    for (size_t at = 0; at < s->bytes.len;) {
        const struct script_line l = script_line(s, at);

        at = l.next;
        if (l.text && ends_experiment(l.text))
            s->ending = at;
    }
}

static bool is_no_training(const struct script_line *l)
{
    return l->text && !only_trains(l->text);
}

void script_drop_training(const struct lab *lab, struct script *s, size_t from)
{
    if (s->lines == 0)
        return;
    from = script_line(s, from).next;
    for (size_t at = from; at < s->bytes.len;) {
        const struct script_line l = script_line(s, at);

        if (effect(lab, &l) == SCRIPT_LOOKS)
            return;
        at = l.next;
    }
    keep(s, is_no_training, from);
}

static bool is_course(const struct script_line *l)
{
    static const char *const course[] = {"answer", "def", "hint", "lesson", "try", NULL};
    char name[16];

    return l->text && word_of(l->text, 0, name, sizeof name) && is_one_of(course, name);
}

void script_keep_course(struct script *s)
{
    keep(s, is_course, 0);
}

/* ---- running ----------------------------------------------------------------------------------
 */

static bool is_safe(const char *line, struct error *e)
{
    const struct command *c;

    if (!line[strspn(line, " \t\r")])
        return misuse(e, 0, "no command");
    c = command_of(line, e);
    if (c && !(c->flags & CMD_REPLAY))
        return fail(e, "'%s' is not allowed in a recording", c->name);
    return c != NULL;
}

static void failed(struct script_run *r, const char *line, const struct error *e)
{
    struct text clean = {0};

    utf8_clean(&clean, line, strnlen(line, 80), false);
    text_printf(&clean, ": %s", e->text);
    utf8_copy(r->why, sizeof r->why, text_str(&clean));
    text_free(&clean);
    r->failed++;
}

/* What a command prints is not shown: nobody here has asked. False when it was interrupted, not by
 * its own time but by someone. */
static bool run_line(struct lab *lab, const char *line, struct script_run *r)
{
    bool restricted = lab->restricted, was_error = lab->message_is_error, ok;
    char message[sizeof lab->message];
    struct error e;
    struct said unheard;
    bool cut = false;

    if (!said_begin(&unheard, &e)) {
        failed(r, line, &e);
        return true;
    }
    memcpy(message, lab->message, sizeof message);
    lab->stopped = false;
    lab->restricted = true; /* no file of this machine is named by a stranger */
    lab->put_off = &r->left;
    ok = is_safe(line, &e) && lab_run(lab, line, unheard.out, &e);
    lab->put_off = NULL;
    if (!ok && !r->left) {
        cut = lab->stopped && lab->interrupted && lab->interrupted();
        failed(r, line, &e);
    }
    memcpy(lab->message, message, sizeof message); /* nor said */
    lab->message_is_error = was_error;
    lab->restricted = restricted;
    said_free(&unheard);
    return !cut;
}

/* The steps of the line that are left, as many as there is time for. */
static bool train(struct lab *lab, const struct script *s, struct script_run *r, double end)
{
    const struct script_line l = script_line(s, r->at);
    const uint64_t steps = l.text ? r->left : l.steps;

    if (r->trained < steps && in_vain(lab, s, r)) {
        if (r->ahead == SCRIPT_GIVEN) {
            r->missing += steps - r->trained;
            record_steps(lab, steps - r->trained); /* the lab will have been trained so */
        }
        r->skipped = true;
        r->trained = steps;
    }
    while (r->trained < steps) {
        uint64_t n = steps - r->trained < CHUNK ? steps - r->trained : CHUNK;

        r->trained += lab_train(lab, n);
        if (trainer_diverged(lab->trainer, NULL, NULL)) /* here as there */
            r->trained = steps;
        if (r->trained < steps && (clock_now() >= end || lab_interrupted(lab)))
            return false;
    }
    return true;
}

bool script_waits(const struct script *s, const struct script_run *r)
{
    struct script_line l;

    if (r->at >= s->bytes.len)
        return false;
    l = script_line(s, r->at);
    return l.next < s->bytes.len || l.text || r->trained < l.steps;
}

/* What was left out is made up for; who has left nothing out passes over it. */
static bool take_checkpoint(struct lab *lab, const char *line, struct script_run *r)
{
    if (r->missing && !checkpoint_take(lab, line, r->missing))
        return false;
    r->given |= r->missing > 0;
    r->missing = 0;
    r->skipped = false;
    return true;
}

/* Whether it goes back behind the checkpoint that was taken: what was there is not known. */
static bool goes_behind(const char *line, const struct script_run *r, uint64_t failed)
{
    const struct command *c = r->given && r->failed > failed ? command_of(line, NULL) : NULL;

    return c && strcmp(c->name, "back") == 0;
}

/* The line but for its training. */
static enum script_state begin_line(struct lab *lab, const struct script *s, struct script_run *r)
{
    const char *line = script_line(s, r->at).text;
    uint64_t networks = lab->networks, failed = r->failed;
    bool expected = r->skipped && r->ahead == SCRIPT_BEGINS && r->seen == r->at;

    r->left = 0;
    r->here = line ? 1 + guess(line) : 0;
    if (line && checkpoint_is(line)) {
        if (!take_checkpoint(lab, line, r))
            return SCRIPT_WRONG;
    } else if (line && only_trains(line) && in_vain(lab, s, r) && r->ahead == SCRIPT_BEGINS) {
        r->skipped = true;
    } else if (line) {
        if (!run_line(lab, line, r))
            return SCRIPT_CUT;
        if (goes_behind(line, r, failed))
            return SCRIPT_WRONG;
        r->more += 1 + (double)r->left - r->here;
        r->here = 1 + (double)r->left;
    }
    r->begun = true;
    if (lab->networks != networks) {
        r->skipped = r->given = false;
        r->missing = 0;
    } else if (expected) {
        return SCRIPT_WRONG;
    }
    return SCRIPT_DONE;
}

double script_share(const struct script *s, const struct script_run *r)
{
    const double all = s->work + r->more - r->base;
    const double done = r->done + (double)r->trained - r->base;

    if (!script_waits(s, r))
        return 1;
    return all > 0 && done > 0 ? fmin(done / all, 0.99) : 0;
}

enum script_state script_go(struct lab *lab, const struct script *s, struct script_run *r,
                            double seconds)
{
    double end = clock_now() + seconds;

    while (script_waits(s, r)) {
        enum script_state state = r->begun ? SCRIPT_DONE : begin_line(lab, s, r);
        struct script_line l;

        if (state != SCRIPT_DONE)
            return state;
        if (!train(lab, s, r, end))
            return SCRIPT_MORE;
        l = script_line(s, r->at);
        if (l.next == s->bytes.len && !l.text)
            break; /* more steps may be added to this line */
        r->done += l.text ? r->here : (double)l.steps;
        r->at = l.next;
        r->trained = 0;
        r->begun = false;
        if (clock_now() >= end && script_waits(s, r))
            return SCRIPT_MORE;
    }
    r->base = r->done + (double)r->trained;
    return SCRIPT_DONE;
}
