/* pty_trace.c - see pty_trace.h. */
#include "pty_trace.h"

#ifdef __linux__

#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __GLIBC__
#define ptrace_syscall_info __ptrace_syscall_info
#endif

/* System calls that name a file, and which of their arguments does; those that begin something new:
 * -1. */
static const struct {
    long number;
    int path;
} watched[] = {
    {SYS_openat, 1},    {SYS_unlinkat, 1}, {SYS_renameat, 3}, {SYS_mkdirat, 1},   {SYS_linkat, 3},
    {SYS_symlinkat, 2}, {SYS_fchmodat, 1}, {SYS_execve, -1},  {SYS_execveat, -1}, {SYS_clone, -1},
    {SYS_socket, -1},
#ifdef SYS_renameat2
    {SYS_renameat2, 3},
#endif
#ifdef SYS_openat2
    {SYS_openat2, 1},
#endif
#ifdef SYS_clone3
    {SYS_clone3, -1},
#endif
#ifdef SYS_open
    {SYS_open, 0},      {SYS_unlink, 0},   {SYS_rename, 1},   {SYS_mkdir, 0},     {SYS_link, 1},
    {SYS_symlink, 1},   {SYS_chmod, 0},    {SYS_creat, 0},    {SYS_fork, -1},     {SYS_vfork, -1},
#endif
};

/* A string of the program's. */
static void read_path(struct pty *p, unsigned long long at)
{
    for (int i = 0; i < 4096; i++) {
        unsigned long long word = (at + (unsigned)i) & ~(unsigned long long)(sizeof(long) - 1);
        long bytes = ptrace(PTRACE_PEEKDATA, p->pid, (void *)(uintptr_t)word, NULL);
        char c = ((const char *)&bytes)[at + (unsigned)i - word];

        if (!c)
            break;
        text_add_char(&p->paths, c);
    }
    text_add_char(&p->paths, '\n');
}

static void note_call(struct pty *p, const struct ptrace_syscall_info *info)
{
    for (size_t i = 0; i < sizeof watched / sizeof *watched; i++) {
        if ((long)info->entry.nr != watched[i].number)
            continue;
        if (watched[i].path < 0)
            p->spawned++;
        else
            read_path(p, info->entry.args[watched[i].path]);
    }
}

void pty_trace_step(struct pty *p)
{
    int number = WSTOPSIG(p->status);
    struct ptrace_syscall_info info;

    if (number == (SIGTRAP | 0x80)) {
        long n = ptrace(PTRACE_GET_SYSCALL_INFO, p->pid, (void *)sizeof info, &info);

        number = 0;
        if (n > 0 && info.op == PTRACE_SYSCALL_INFO_ENTRY) {
            p->calls++;
            p->writes += info.entry.nr == SYS_write && info.entry.args[0] == 1;
            note_call(p, &info);
        }
    } else if (number == SIGTRAP) {
        number = 0; /* the exec */
    }
    ptrace(PTRACE_SYSCALL, p->pid, NULL, (void *)(long)number);
}

void pty_trace_me(void)
{
    ptrace(PTRACE_TRACEME, 0, NULL, NULL);
    raise(SIGSTOP);
}

void pty_trace_begin(struct pty *p)
{
    waitpid(p->pid, &p->status, 0);
    ptrace(PTRACE_SETOPTIONS, p->pid, NULL, (void *)PTRACE_O_TRACESYSGOOD);
    ptrace(PTRACE_SYSCALL, p->pid, NULL, NULL);
}

#else

void pty_trace_me(void)
{
}

void pty_trace_begin(struct pty *p)
{
    p->traced = false;
}

void pty_trace_step(struct pty *p)
{
    (void)p;
}

#endif
