/* test_net.c - what a network begins with: its settings, its data, its first weights. */
#include "net/init.h"
#include "nets.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void test_settings(void **state)
{
    struct net_config c = defaults();
    struct error e;

    (void)state;
    assert_int_equal(c.layers, 8);
    assert_int_equal(c.width, 16);
    assert_string_equal(c.fn, "plotted");
    assert_int_equal(c.init, INIT_LECUN);
    assert_int_equal(c.batch, 10);
    assert_int_equal(c.samples, 200);
    assert_true(c.gain == 1 && c.lr == .3 && c.seed == 1 && c.shuffle && !c.residual);
    assert_false(
        setting_set(setting_find(&net_settings, "layers", NULL), &c, "201", NULL, NULL, &e));
    assert_non_null(strstr(e.text, "200"));
    assert_false(setting_set(setting_find(&net_settings, "width", NULL), &c, "0", NULL, NULL, &e));
    assert_non_null(strstr(e.text, "512"));
    assert_true(setting_find(&net_settings, "lr", NULL)->live);
    assert_false(setting_find(&net_settings, "width", NULL)->live);
    for (int i = 0; i < net_settings.rows; i++)
        assert_true(setting_is_default(&net_settings.row[i], &c));
}

static void test_memory(void **state)
{
    struct net_config c = defaults();
    struct error e;

    (void)state;
    assert_true(net_config_fits(&c, 1 << 24, &e));
    c.layers = 200;
    c.width = 512;
    c.batch = 1024;
    assert_false(net_config_fits(&c, 1 << 24, &e));
    assert_int_equal(e.kind, ERROR_FAILED);
    assert_non_null(strstr(e.text, "MiB"));
}

/* Each kind has both labels (or many values), lies where it should, and depends on the seed. */
static void test_data(void **state)
{
    (void)state;
    for (int kind = DATA_CIRCLE; kind <= DATA_SINE; kind++) {
        struct net_config c = defaults();
        struct dataset a, b;
        int ones = 0;

        c.data = kind;
        c.test = .25;
        assert_true(dataset_make(&a, &c, NULL));
        assert_true(dataset_make(&b, &c, NULL));
        assert_int_equal(a.n, 200);
        assert_int_equal(a.train, 150);
        assert_memory_equal(a.sample, b.sample, sizeof *a.sample * 200);
        for (int i = 0; i < a.n; i++) {
            const struct net_sample *s = &a.sample[i];

            assert_true(fabsf(s->x1) < 4 && fabsf(s->x2) < 4 && fabsf(s->y) <= 1);
            ones += s->y == 1;
        }
        assert_int_equal(dataset_is_labelled(&a), kind < DATA_PLANE);
        if (kind < DATA_PLANE)
            assert_int_equal(ones, 100);
        dataset_free(&b);
        c.seed = 2;
        assert_true(dataset_make(&b, &c, NULL));
        assert_memory_not_equal(a.sample, b.sample, sizeof *a.sample * 200);
        dataset_free(&b);
        dataset_free(&a);
    }
}

/* The same points, only further out. */
static void test_noise(void **state)
{
    struct net_config c = defaults();
    struct dataset clean, noisy;
    double moved = 0;

    (void)state;
    c.samples = 2000;
    assert_true(dataset_make(&clean, &c, NULL));
    c.noise = .1;
    assert_true(dataset_make(&noisy, &c, NULL));
    for (int i = 0; i < c.samples; i++) {
        double by = (double)(noisy.sample[i].x1 - clean.sample[i].x1);

        assert_true(noisy.sample[i].y == clean.sample[i].y);
        moved += by * by / c.samples;
    }
    assert_true(fabs(sqrt(moved) - .2) < .02); /* a tenth of the radius 2 */
    dataset_free(&clean);
    dataset_free(&noisy);
}

static void parse(const char *text, bool regression, int n, const char *message)
{
    struct dataset d = {0};
    struct error e = {0};
    bool ok = dataset_parse("points.csv", text, strlen(text), regression, &d, &e);

    if (message) {
        assert_false(ok);
        if (!strstr(e.text, message))
            fail_msg("'%s' has no '%s'", e.text, message);
    } else {
        if (!ok)
            fail_msg("%s", e.text);
        assert_int_equal(d.n, n);
    }
    dataset_free(&d);
}

static void test_csv(void **state)
{
    (void)state;
    parse("1,2,0\n3,4,1\n", false, 2, NULL);
    parse("x1,x2,label\n1,2,0\r\n\n# remark\n 3 , 4e0 ,1", false, 2, NULL);
    parse("1,2,.5\n3,4,-7\n", true, 2, NULL);
    parse("\"x1\",\"x2\",\"y\"\n\"1\", \"2e0\" ,\"0\"\r\n3,\"4\",1\n", false, 2, NULL);
    parse("\"1e1\",\"2e1\",\"0\"\n3,4,1\n", false, 2, NULL); /* no heading */
    parse("\"1,2,0\n3,4,1\n", false, 0, "line 1");
    parse("1,2\",0\n3,4,1\n", false, 0, "line 1");
    parse("1,2,0\n3,4\n", false, 0, "line 2");
    parse("1,2,0\n3,4,1,\n", false, 0, "line 2");
    parse("1,2,0\n\n3,4,2\n", false, 0, "line 3: the label is 2");
    parse("1,2,0\n3,nan,1\n", false, 0, "line 2");
    parse("1,2,0\n3,1e99,1\n", false, 0, "line 2");
    parse("1,2,0\nx,y,z\n", false, 0, "line 2");
    parse("", false, 0, "at least 2");
    parse("a,b,c\n", false, 0, "at least 2");
    parse("1,2,0x\n3,4,1\n", false, 0, "line 1");
}

/* Only what can be nothing else is a heading; a bad line of numbers is none. */
static void test_csv_first_line(void **state)
{
    static const char *const headings[] = {
        "x1,x2,label",   "x 1,x 2,class", "\"a\",\"b\",\"c\"",   "1st,2nd,y",     "x1;x2;label",
        "x1 x2 label\r", ",x,y",          "\xce\xb1,\xce\xb2,y", "# a\n\nx1,x2,y"};
    static const char *const bad[] = {"O,1,1", "--,1,1", ",,",        "0;1",
                                      "0 1",   "x,y,1",  "1,2,3,yes", "--,--,--"};
    char text[80];

    (void)state;
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
        snprintf(text, sizeof text, "%s\n1,2,0\n3,4,1\n", headings[i]);
        parse(text, false, 2, NULL);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        snprintf(text, sizeof text, "%s\n1,2,0\n3,4,1\n", bad[i]);
        parse(text, false, 0, "points.csv, line 1: expected three numbers separated");
    }
    parse("0;1;1\n1,0,0\n", false, 0, "line 2");
    parse("0 1 1\n1;0;0\n", false, 0, "line 2");
    parse("x1;x2;y\n1;0;0\n0;1;1\n", false, 2, NULL);
    parse("a,b,c\nd,e,f\n1,2,0\n", false, 0, "line 2");
    parse("\xef\xbb\xbf"
          "1,2,0\n3,4,1\n5,6,1\n",
          false, 3, NULL);
}

static void test_csv_file(void **state)
{
    struct net_config c = defaults();
    struct fn fn = fn_named("tanh");
    char path[] = "/tmp/actlab-test-XXXXXX";
    int fd = mkstemp(path), n, train;
    FILE *f = fdopen(fd, "w");
    struct trainer *t;
    struct error e;

    (void)state;
    assert_non_null(f);
    for (int i = 0; i < 20; i++)
        fprintf(f, "%d,%d,%d\n", i, -i, i % 2);
    fclose(f);
    snprintf(c.file, sizeof c.file, "%s", path);
    c.test = .1;
    t = trainer_new(&c, &fn, &e);
    remove(path);
    assert_non_null(t);
    trainer_data(t, &n, &train);
    assert_int_equal(n, 20);
    assert_int_equal(train, 18);
    trainer_free(t);
    assert_null(trainer_new(&c, &fn, &e)); /* gone */
    assert_non_null(strstr(e.text, path));
}

/* Standard deviations of a wide layer. */
static void test_init(void **state)
{
    (void)state;
    for (int init = INIT_ZEROS; init <= INIT_ORTHOGONAL; init++) {
        struct net_config c = defaults();
        struct trainer *t;
        double sum = 0, bias = 0, expected;

        c.init = init;
        c.layers = 2;
        c.width = 128;
        c.gain = .7;
        c.bias = -1;
        t = start(&c, "relu");
        expected = init_deviation(&c, 128, 128);
        for (int o = 0; o < 128; o++) {
            bias += (double)trainer_bias(t, 2, o);
            for (int i = 0; i < 128; i++) {
                double w = (double)trainer_weight(t, 2, o, i);

                sum += w * w;
            }
        }
        assert_true(fabs(sqrt(sum) / 128 - expected) <= .03 * expected);
        assert_true(bias == -128);
        assert_true(trainer_bias(t, 3, 0) == 0);
        trainer_free(t);
    }
}

static void test_orthogonal(void **state)
{
    struct net_config c = defaults();
    struct trainer *t;

    (void)state;
    c.init = INIT_ORTHOGONAL;
    c.gain = 2;
    c.width = 24;
    t = start(&c, "tanh");
    for (int a = 0; a < 24; a++)
        for (int b = 0; b <= a; b++) {
            double dot = 0;

            for (int i = 0; i < 24; i++)
                dot += (double)trainer_weight(t, 3, a, i) * (double)trainer_weight(t, 3, b, i);
            assert_true(fabs(dot - (a == b ? 4 : 0)) < 1e-5);
        }
    trainer_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_memory),
        cmocka_unit_test(test_data),
        cmocka_unit_test(test_noise),
        cmocka_unit_test(test_csv),
        cmocka_unit_test(test_csv_file),
        cmocka_unit_test(test_csv_first_line),
        cmocka_unit_test(test_init),
        cmocka_unit_test(test_orthogonal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
