/* memory_file.c - see memory_file.h. */
#include "tui/memory_file.h"

#include <sys/mman.h>
#include <unistd.h>

FILE *memory_file_open(void)
{
#ifdef MFD_CLOEXEC
    int fd = memfd_create("actlab", MFD_CLOEXEC);
    FILE *f;

    if (fd >= 0) {
        f = fdopen(fd, "w+");
        if (!f)
            close(fd);
        return f;
    }
#endif
    return tmpfile();
}

void memory_file_take(FILE *f, struct text *out)
{
    int fd = fileno(f);
    char block[4096];
    off_t n;

    fflush(f);
    n = lseek(fd, 0, SEEK_END);
    for (off_t at = 0; at < n;) {
        ssize_t got = pread(fd, block, sizeof block, at);

        if (got <= 0)
            break;
        text_add_n(out, block, (size_t)got);
        at += got;
    }
    if (n > 0 && ftruncate(fd, 0) == 0)
        lseek(fd, 0, SEEK_SET);
}
