/* fuzz_progress.c - progress files of anyone: what is read is clean, reading it in the other half
 * of the file's lines first ends in as much, and what is saved reads as it was. */
#include "fuzz.h"

#include "course/progress.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/actlab-fuzz-XXXXXX", saved[64];

static void remove_folder(void)
{
    char lock[80];

    snprintf(lock, sizeof lock, "%s.lock", saved);
    unlink(lock);
    unlink(saved);
    rmdir(folder);
}

static void check_entries(const struct progress *p)
{
    require(p->n <= PROGRESS_ENTRIES, "too many", "progress");
    for (size_t i = 0; i < p->n; i++) {
        char date[PROGRESS_DATE_MAX];

        progress_date(p->entry[i].when, false, date);
        require_clean(date, strlen(date), false);
        require_clean(p->entry[i].lesson, strlen(p->entry[i].lesson), false);
        require_clean(p->entry[i].value, strlen(p->entry[i].value), false);
    }
}

static bool same(const struct progress_entry *a, const struct progress_entry *b)
{
    return a->kind == b->kind && a->a == b->a && a->b == b->b && a->when == b->when &&
           strcmp(a->lesson, b->lesson) == 0 && strcmp(a->value, b->value) == 0;
}

static void check_saved(struct progress *p)
{
    struct progress again;
    struct error e = {0};

    if (!saved[0]) {
        require(mkdtemp(folder), "no folder", folder);
        snprintf(saved, sizeof saved, "%s/progress", folder);
        atexit(remove_folder);
    }
    unlink(saved);
    p->path = strdup(saved);
    p->unsaved = true;
    require(progress_save(p, &e), "cannot be saved", e.text);
    require(progress_read(&again, saved, &e), "what was saved cannot be read", e.text);
    require(again.n == p->n, "saved and read, another number", "progress");
    for (size_t i = 0; i < p->n; i++)
        require(same(&p->entry[i], &again.entry[i]), "saved and read, another entry",
                p->entry[i].lesson);
    progress_close(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct progress p;
    struct error e = {0};
    int fd;

    if (!progress_read(&p, memory_file(data, size, &fd), &e))
        require(e.text[0] && !strchr(e.text, '\n'), "no reason", e.text);
    check_entries(&p);
    if (size % 16 == 0) /* a disk takes its time */
        check_saved(&p);
    progress_close(&p);
    close(fd);
    return 0;
}
