/* test_state.c - the lines of `state` bring a fresh lab to the same digest, whatever was done; and
 * what is not the same lab has another one. */
#include "replay/state.h"
#include "sessions.h"

#include <inttypes.h>
#include <string.h>

/* These change the lab, besides the deeds of a teacher in a recording. */
static const char *const deeds[] = {
    "net data=points.csv",
    "net data=points.csv batch=all",
    "load net.json",
    "def mine(x) = x*mish(%d*x)",
    "def third(x) = other(x) + mine(x)",
    "fn 'mine(x) + other(x)'",
    "fn 'tanh(%d*x)'",
    "compare mine 'x/%d' other",
    "race mine 'x + tanh(x)' relu epochs=1",
    "race elu selu",
    "net fn=mine",
    "fn elu alpha=0.%d",
    "plot gelu relu tanh",
    "plot mine range=-%d:3",
    "naive sigmoid",
    "naive on",
    "naive off",
    "compare relu",
    "difference on",
    "histogram 7",
    "histogram off",
    "histogram on",
    "histogram next",
    "net layers=9 width=5",
    "net layers=0",
    "net layers=1",
    "net lr=1000000",
    "net test=0.%d seed=%d",
    "net noise=0.1 init=normal gain=0.%d",
    "net bias==-0 residual=on",
    "net optimizer=rmsprop layernorm=on",
    "netview map",
    "netview weights",
    "unit next",
    "unit prev",
    "input %d",
    "input next",
    "cursor =-0",
    "range =-0 2",
    "beta default",
    "tangent off",
    "lesson prev",
    "lesson 2 page=%d",
    "lesson dying",
    "try 2",
    "reset",
    "back 1",
    "step 40",
};

static void act_further(struct lab *lab, struct rng *r)
{
    char line[128];
    const int a = 1 + (int)rng_below(r, 5), b = 1 + (int)rng_below(r, 5);
    struct error e;

    if (rng_below(r, 2)) {
        act(lab, r);
        return;
    }
    snprintf(line, sizeof line, deeds[rng_below(r, sizeof deeds / sizeof *deeds)], a, b);
    lab_run(lab, line, nowhere, &e);
    lab->model.running = lab->model.plot.sweep.on = false;
}

/* A lab to which the lines of the other have been done, as somebody would who typed them. */
static struct lab *again(struct lab *lab, bool screen, const char *what)
{
    struct lab *other = open_session(screen);
    struct text lines = {0};
    char *save = NULL;
    struct error e;

    state_commands(lab, &lines);
    for (char *s = strtok_r(lines.s, "\n", &save); s; s = strtok_r(NULL, "\n", &save))
        if (!lab_run(other, s, nowhere, &e))
            fail_msg("%s: '%s': %s", what, s, e.text);
    text_free(&lines);
    return other;
}

static void points(const char *file, const char *first)
{
    char text[400];

    snprintf(text, sizeof text, "%s\n1,0,1\n0,1,1\n0.5,0.25,0\n-1,-1,0\n-1,0.5,1\n2,1,0\n", first);
    write_file(file, text);
}

static void its_lines_give_its_digest(void **state)
{
    const int sessions = rounds(400, 6);
    int told = 0, untouched = 0;

    (void)state;
    points("points.csv", "0,0,1");
    for (unsigned seed = 1; seed <= (unsigned)sessions; seed++) {
        struct lab *lab = open_session(seed % 2), *other;
        struct rng r;
        char what[32];

        snprintf(what, sizeof what, "session %u", seed);
        rng_seed(&r, seed, 11);
        small(lab);
        run(lab, "train 1");
        run(lab, "export ! net.json");
        if (seed % 3)
            run(lab, "restart");
        for (int i = 1 + (int)rng_below(&r, 40); i > 0; i--)
            act_further(lab, &r);
        if (!state_gap(lab)) {
            other = again(lab, seed % 4 < 2, what);
            if (state_gap(other))
                fail_msg("%s: the lines of it leave out that %s", what, state_gap(other));
            same(lab, other, what);
            session_close(other);
            untouched++;
            told += lab->model.history.points > 0;
        }
        session_close(lab);
    }
    assert_true(untouched > sessions / 4 && told > sessions / 20);
    tried("network", "lines of `state` of random sessions of every kind, run in a fresh lab",
          "%d of %d say that lines cannot bring something back; the others have the same digest",
          sessions - untouched, sessions);
}

/* The network of a state that says so is another, and one that does not, the same. */
static void what_lines_leave_out_is_told(void **state)
{
    static const struct {
        const char *lines[6], *gap;
    } cases[] = {
        {{"net lr=0.1", "train 2", NULL}, NULL},
        {{"train 2", "net lr=0.1", "train 2", NULL}, "swap, kill"},
        {{"train 2", "net lr=0.1", "reset", "train 2", NULL}, NULL},
        {{"fn elu alpha=2", "alpha 0.5", "train 2", NULL}, NULL},
        {{"fn elu", "train 2", "alpha 0.5", "step 1", NULL}, "swap, kill"},
        {{"kill 1", NULL}, "swap, kill"},
        {{"weight 1 0.5", NULL}, "swap, kill"},
        {{"train 1", "kill 1", "step 3", "back 3", NULL}, "swap, kill"},
        {{"train 1", "step 3", "kill 1", "back 3", NULL}, NULL},
        {{"train 2", "swap relu", NULL}, "swap, kill"},
        {{"race relu tanh epochs=2", NULL}, NULL},
        {{"fn elu", "net fn=relu", "race elu tanh", "alpha 2", "train 1", NULL}, "since the race"},
        {{"net data=points.csv", "train 1", NULL}, NULL},
        {{"load edited.json", NULL}, "came from a file"},
        {{"load edited.json", "reset", NULL}, "samples came"},
        {{"load edited.json", "net samples=30", NULL}, NULL},
        {{"net lr=1e6", "train 30", NULL}, NULL}, /* which diverges */
    };

    (void)state;
    points("points.csv", "0,0,1");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lab *lab = open_session(false), *other;
        const char *gap;

        small(lab);
        run(lab, "export ! net.json");
        assert_int_equal(/* another first sample */
                         system("sed '/\"data\": .$/{n;s/.[^,]*,/[0.25,/;}' net.json >edited.json"),
                         0);
        for (int k = 0; cases[i].lines[k]; k++)
            run(lab, cases[i].lines[k]);
        gap = state_gap(lab);
        if (!gap != !cases[i].gap || (gap && !strstr(gap, cases[i].gap)))
            fail_msg("case %zu: '%s'", i, gap ? gap : "nothing");
        other = again(lab, false, "a case");
        if (!gap)
            same(lab, other, cases[i].lines[0]);
        else
            assert_true(state_digest(lab) != state_digest(other));
        session_close(lab);
        session_close(other);
    }
}

/* Each of them is another lab, as each goes on in its own way. */
static void other_labs_have_other_digests(void **state)
{
    static const char *const lines[] = {
        "state",      "cursor 0.5",     "netview map",      "unit 1 2",
        "input 1",    "histogram 2",    "step 1",           "kill 1",
        "lesson 2",   "weight 1 0.125", "net lr=0.1",       "net seed=2",
        "tangent on", "net batch=all",  "lesson 2 page=2",  "def f(x)=x",
        "swap relu",  "compare relu",   "race relu tanh",   "race relu elu",
        "alpha =-0",  "lesson 3",       "net data=one.csv", "race relu tanh epochs=1"};
    enum { N = sizeof lines / sizeof *lines };
    uint64_t digest[N];
    struct lab *lab;

    (void)state;
    points("one.csv", "0,0,1");
    for (int i = 0; i < N; i++) {
        struct error e;

        lab = open_session(false);
        lab_run(lab, "fn elu", nowhere, &e);
        run(lab, lines[i]);
        digest[i] = state_digest(lab);
        for (int k = 0; k < i; k++)
            if (digest[k] == digest[i])
                fail_msg("'%s' and '%s' are one digest", lines[k], lines[i]);
        session_close(lab);
    }
    points("one.csv", "0,0,0"); /* another file by the same name */
    lab = open_session(false);
    run(lab, "fn elu");
    run(lab, "net data=one.csv");
    for (int k = 0; k < N; k++)
        assert_true(state_digest(lab) != digest[k]);
    session_close(lab);
}

/* By hand: what the bytes of a digest are does not depend on this machine. */
static void a_digest_is_the_same_everywhere(void **state)
{
    struct lab *lab = open_session(false);
    struct error e;

    (void)state;
    run(lab, "net layers=1 width=1 init=zeros samples=2 data=xor");
    for (int i = 1; i <= 2; i++)
        for (int in = 0; in <= (i == 1 ? 2 : 1); in++) {
            char line[64];

            snprintf(line, sizeof line, "unit %d 1", i);
            run(lab, line);
            snprintf(line, sizeof line, "weight %d =%g", in, i + in / 4. - 1.5);
            if (!lab_run(lab, line, nowhere, &e))
                fail_msg("%s: %s", line, e.text);
        }
    if (trainer_digest(lab->model.trainer) != UINT64_C(0x8a9fda87db50af04))
        fail_msg("%016" PRIx64, trainer_digest(lab->model.trainer));
    session_close(lab);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_lines_give_its_digest),
        cmocka_unit_test(what_lines_leave_out_is_told),
        cmocka_unit_test(other_labs_have_other_digests),
        cmocka_unit_test(a_digest_is_the_same_everywhere),
    };

    return cmocka_run_group_tests(tests, enter, leave);
}
