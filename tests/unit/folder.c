/* folder.c - see folder.h. */
#include "folder.h"

#include "unit.h"

#include <string.h>
#include <unistd.h>

char folder[64];
FILE *nowhere;
static char own[64];

/* The tests may be told where things are from where they begin. */
static void make_absolute(const char *variable, const char *path)
{
    char *absolute = realpath(path, NULL);

    assert_non_null(absolute);
    setenv(variable, absolute, 1);
    free(absolute);
}

int enter(void **state)
{
    const char *lessons = getenv("ACTLAB_LESSONS"), *source = getenv("srcdir");
    char path[4096];

    (void)state;
    nowhere = fopen("/dev/null", "w");
    assert_non_null(nowhere);
    snprintf(path, sizeof path, "%s/lessons", source ? source : ".");
    make_absolute("ACTLAB_LESSONS", lessons ? lessons : path);
    make_absolute("srcdir", source ? source : ".");
    strcpy(folder, "/tmp/actlab-test-XXXXXX");
    strcpy(own, "/tmp/actlab-state-XXXXXX");
    assert_true(mkdtemp(folder) && mkdtemp(own));
    setenv("XDG_STATE_HOME", own, 1);
    return chdir(folder);
}

int leave(void **state)
{
    char command[160];

    (void)state;
    fclose(nowhere);
    snprintf(command, sizeof command, "rm -rf '%s' '%s'", folder, own);
    return chdir("/") || system(command);
}

static void put(const char *path, const char *mode, const char *bytes, size_t n)
{
    FILE *f = fopen(path, mode);

    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

void write_bytes(const char *path, const char *bytes, size_t n)
{
    put(path, "w", bytes, n);
}

void write_file(const char *path, const char *text)
{
    put(path, "w", text, strlen(text));
}

void append(const char *path, const char *text)
{
    put(path, "a", text, strlen(text));
}
