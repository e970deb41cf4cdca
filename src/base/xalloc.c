/* xalloc.c - see xalloc.h. */
#include "base/xalloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Set once at the start; the one exception to "no globals outside tui/". */
static void (*failure_hook)(void);

void xalloc_on_failure(void (*hook)(void))
{
    failure_hook = hook;
}

static void *check(void *p)
{
    static const char message[] = "actlab: out of memory\n";

    if (p)
        return p;
    if (failure_hook)
        failure_hook();
    if (write(STDERR_FILENO, message, sizeof message - 1) < 0)
        _exit(1); /* nobody to tell */
    _exit(1);
}

void *xmalloc(size_t n)
{
    return check(malloc(n ? n : 1));
}

void *xcalloc(size_t n, size_t size)
{
    return check(calloc(n ? n : 1, size ? size : 1));
}

void *xrealloc(void *p, size_t n)
{
    return check(realloc(p, n ? n : 1));
}

bool xroom(size_t n)
{
    const size_t large = 1 << 20, besides = 16 << 20;
    void *p;

    if (n < large)
        return true;
    if (n > SIZE_MAX - besides)
        return false;
    /* not by malloc, which would take it for a habit and keep what is freed */
    p = mmap(NULL, n + besides, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED)
        return false;
    munmap(p, n + besides);
    return true;
}

void *xarena(size_t n)
{
    enum { LINE = 64, HUGE_PAGE = 2 << 20 };
    bool many = n >= 4 * (size_t)HUGE_PAGE;
    size_t unit = many ? HUGE_PAGE : LINE;
    void *p = NULL;

    if (n > SIZE_MAX - 2 * unit) /* alignment may take another unit */
        return NULL;
    n = (n + unit - 1) / unit * unit;
    if (!xroom(n + unit) || posix_memalign(&p, unit, n) != 0)
        return NULL;
#ifdef MADV_HUGEPAGE
    if (many)
        madvise(p, n, MADV_HUGEPAGE); /* a wish: without, all is as right and a little slower */
#endif
    return memset(p, 0, n);
}

char *xstrndup(const char *s, size_t n)
{
    char *copy = xmalloc(n + 1);

    memcpy(copy, s, n);
    copy[n] = '\0';
    return copy;
}

char *xstrdup(const char *s)
{
    return xstrndup(s, strlen(s));
}

void *xgrow(void *p, size_t *cap, size_t n, size_t size)
{
    size_t room = *cap;

    if (n <= room)
        return p;
    if (room < 8)
        room = size == 1 ? 64 : 8; /* an array of bytes is text */
    while (room < n)
        room += room / 2;
    if (size && room > SIZE_MAX / size)
        return check(NULL);
    *cap = room;
    return xrealloc(p, room * size);
}
