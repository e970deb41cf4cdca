/* test_network.c - the network's commands: what they keep, what they say, and what they refuse. */
#include "lab/command.h"
#include "unit.h"

#include <string.h>
#include <unistd.h>

static struct lab *lab;

static int open_lab(void **state)
{
    (void)state;
    lab = lab_new(NULL, NULL);
    return lab ? 0 : -1;
}

static int close_lab(void **state)
{
    (void)state;
    lab_free(lab);
    return 0;
}

/* What a line prints, to be freed. */
static char *said_by(const char *line)
{
    char *said = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&said, &n);
    struct error e;

    assert_non_null(out);
    if (!lab_run(lab, line, out, &e))
        fail_msg("%s: %s", line, e.text);
    fclose(out);
    return said;
}

static void run(const char *line)
{
    free(said_by(line));
}

static void says(const char *line, const char *part)
{
    char *said = said_by(line);

    if (!strstr(said, part))
        fail_msg("%s does not say '%s': %s", line, part, said);
    free(said);
}

static void refuses(const char *line, const char *part)
{
    struct error e;

    if (lab_run(lab, line, stdout, &e))
        fail_msg("%s is allowed", line);
    if (!strstr(e.text, part))
        fail_msg("%s does not name '%s': %s", line, part, e.text);
}

static void write_points(const char *path, int n)
{
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    for (int i = 0; i < n; i++)
        fprintf(f, "%d,%d,%d\n", i, -i, i % 2);
    fclose(f);
}

static void has_samples(int wanted)
{
    int n;

    trainer_data(lab->trainer, &n, NULL);
    assert_int_equal(n, wanted);
}

/* A network on a file's points begins again on them, whatever became of the file: after `load` it
 * may be on another machine. Who names the file has it read. */
static void test_data_stay(void **state)
{
    char folder[] = "/tmp/actlab-test-XXXXXX", line[200], csv[60], json[60];
    uint64_t digest;

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(csv, sizeof csv, "%s/pts.csv", folder);
    snprintf(json, sizeof json, "%s/net.json", folder);
    write_points(csv, 20);
    snprintf(line, sizeof line, "net data=%s test=0.2 layers=2 width=4", csv);
    run(line);
    digest = trainer_digest(lab->trainer);
    run("train 2 steps");
    snprintf(line, sizeof line, "export %s", json);
    run(line);
    remove(csv);
    run("restart");
    has_samples(200);
    snprintf(line, sizeof line, "load %s", json);
    run(line);
    run("step");
    run("reset");
    has_samples(20);
    assert_true(trainer_digest(lab->trainer) == digest);
    run("net layers=3");
    run("fn tanh");
    run("race relu tanh epochs=1");
    has_samples(20);
    refuses("net seed=2", csv); /* they would be dealt otherwise, from the file */
    write_points(csv, 30);
    run("reset");
    has_samples(20);
    snprintf(line, sizeof line, "net data=%s", csv);
    run(line);
    has_samples(30);
    remove(csv);
    remove(json);
    rmdir(folder);
    run("restart");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_data_stay),
    };

    return cmocka_run_group_tests(tests, open_lab, close_lab);
}
