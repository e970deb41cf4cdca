/* signals.c - see signals.h. */
#include "tui/signals.h"

#include "tui/events.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum reaction { WAKE, END, CRASH };

static const struct {
    int number;
    enum reaction reaction;
} caught[] = {
    {SIGWINCH, WAKE}, {SIGTSTP, WAKE},  {SIGCONT, WAKE}, {SIGTERM, END},   {SIGHUP, END},
    {SIGINT, END},    {SIGQUIT, END},   {SIGPIPE, END},  {SIGALRM, END},   {SIGUSR1, END},
    {SIGUSR2, END},   {SIGVTALRM, END}, {SIGPROF, END},  {SIGXCPU, END},   {SIGSEGV, CRASH},
    {SIGBUS, CRASH},  {SIGFPE, CRASH},  {SIGILL, CRASH}, {SIGABRT, CRASH}, {SIGTRAP, CRASH},
    {SIGSYS, CRASH},
};

enum { CAUGHT = sizeof caught / sizeof *caught };
/* Seconds in which a demand to end is heeded; milliseconds in which a ^C is heard. */
enum { HEED = 1, HEAR = 1000 };

static struct sigaction before[CAUGHT];
static int wake[2] = {-1, -1};
static volatile sig_atomic_t armed, busy, ending, interrupted, stopped;
static struct termios modes;
static char bytes[SIGNALS_BYTES];
static volatile sig_atomic_t length;
static long long typed; /* when ^C was that nobody has heard: the handler's own */
static double always;

/* Async-signal-safe: what can be done for the terminal when nothing else may be called. Nothing is
 * done from the background: the terminal is someone else's then. */
void signals_restore(void)
{
    ssize_t n;

    if (!armed || tcgetpgrp(STDIN_FILENO) != getpgrp())
        return;
    atomic_signal_fence(memory_order_acquire);
    armed = 0;
    tcflush(STDOUT_FILENO, TCOFLUSH); /* a frame that nobody reads must not keep us */
    n = write(STDOUT_FILENO, bytes, (size_t)length);
    (void)n;
    tcsetattr(STDIN_FILENO, TCSANOW, &modes);
}

static void set_default(int number)
{
    struct sigaction action = {.sa_handler = SIG_DFL};
    sigset_t one;

    sigaction(number, &action, NULL);
    sigemptyset(&one);
    sigaddset(&one, number);
    sigprocmask(SIG_UNBLOCK, &one, NULL);
}

/* Sent by the terminal and not by a process. SI_USER and SI_QUEUE are positive on BSD and macOS. */
static bool is_typed(const siginfo_t *info)
{
    return info->si_pid == 0 ||
           (info->si_code > 0 && info->si_code != SI_USER && info->si_code != SI_QUEUE);
}

/* Restores the terminal and lets the signal do what it does without us: nobody else will. */
static void end_now(int number)
{
    signals_restore();
    set_default(number);
    raise(number);
}

static long long milliseconds(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* A ^C that follows one that nobody hears, or that the command has been asked for already. */
static bool is_demand(void)
{
    const long long now = milliseconds(), since = now - typed;

    if (interrupted)
        return busy || since >= HEAR;
    typed = now;
    return false;
}

static void on_signal(int number, siginfo_t *info, void *context)
{
    int error = errno;
    unsigned char byte = (unsigned char)number;
    ssize_t n;

    (void)context;
    if (number == SIGALRM && ending) { /* of signals_heed */
        end_now(ending);
    } else if (number == SIGINT && is_typed(info)) {
        if (is_demand())
            end_now(number);
        interrupted = 1;
    } else if (number == SIGTSTP) {
        stopped = 1;
    } else if (number != SIGWINCH && number != SIGCONT) {
        if (!ending)
            alarm(HEED);
        ending = number;
        if (busy)
            end_now(number);
    }
    n = write(wake[1], &byte, 1);
    (void)n; /* a full pipe wakes as well */
    errno = error;
}

/* A fault happens again once the handler returns, and is then dealt with as it would have been
 * without us. */
static void on_crash(int number, siginfo_t *info, void *context)
{
    (void)context;
    signals_restore();
    for (int i = 0; i < CAUGHT; i++)
        if (caught[i].number == number)
            sigaction(number, &before[i], NULL);
    if (info->si_code <= 0)
        raise(number);
}

static void take(int i)
{
    struct sigaction action = {.sa_flags = SA_SIGINFO};

    sigemptyset(&action.sa_mask);
    action.sa_sigaction = on_signal;
    if (caught[i].reaction == CRASH) {
        action.sa_sigaction = on_crash;
        action.sa_flags |= SA_ONSTACK;
    }
    sigaction(caught[i].number, &action, NULL);
}

static bool make_pipe(struct error *e)
{
    if (wake[0] >= 0)
        return true;
    if (pipe(wake) < 0)
        return fail(e, "cannot make a pipe: %s", strerror(errno));
    for (int i = 0; i < 2; i++) {
        fcntl(wake[i], F_SETFD, FD_CLOEXEC);
        fcntl(wake[i], F_SETFL, O_NONBLOCK);
    }
    return true;
}

bool signals_start(struct error *e)
{
    static char stack[1 << 16]; /* a stack that overflowed cannot hold a handler */
    stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};

    if (!make_pipe(e))
        return false;
    ending = interrupted = stopped = 0;
    alarm(0);
    sigaltstack(&alternate, NULL);
    for (int i = 0; i < CAUGHT; i++) {
        sigaction(caught[i].number, NULL, &before[i]);
        if (before[i].sa_handler != SIG_IGN ||
            caught[i].reaction == CRASH) /* nohup, and the like */
            take(i);
    }
    return true;
}

void signals_stop(void)
{
    alarm(0);
    for (int i = 0; i < CAUGHT; i++)
        sigaction(caught[i].number, &before[i], NULL);
}

void signals_arm(const struct termios *m, const char *s, size_t n)
{
    armed = 0;
    atomic_signal_fence(memory_order_seq_cst); /* what a handler reads is whole while `armed` */
    modes = *m;
    length = (sig_atomic_t)(n < sizeof bytes ? n : sizeof bytes);
    memcpy(bytes, s, (size_t)length);
    atomic_signal_fence(memory_order_seq_cst);
    armed = 1;
}

void signals_disarm(void)
{
    armed = 0;
}

int signals_fd(void)
{
    return wake[0];
}

unsigned signals_drain(void)
{
    unsigned char come[64];
    unsigned events = 0;
    ssize_t n;

    stopped = 0;
    while ((n = read(wake[0], come, sizeof come)) > 0)
        for (ssize_t i = 0; i < n; i++)
            events |= come[i] == SIGWINCH  ? TERMINAL_RESIZED
                      : come[i] == SIGTSTP ? TERMINAL_STOPPED
                      : come[i] == SIGCONT ? TERMINAL_CONTINUED
                                           : 0;
    if (interrupted) {
        interrupted = 0;
        events |= TERMINAL_INTERRUPT;
    }
    return ending ? events | TERMINAL_END : events;
}

int signals_ending(void)
{
    return ending;
}

bool signals_interrupted(void)
{
    return interrupted || ending;
}

bool signals_stopped(void)
{
    return stopped;
}

void signals_brief(bool b)
{
    busy = b;
    if (b && ending) /* it came a moment ago */
        raise(ending);
}

void signals_busy(bool b)
{
    interrupted = 0;
    signals_brief(b);
}

void signals_limit(double seconds)
{
    struct itimerval when = {{0, 0}, {0, 0}};

    when.it_value.tv_sec = (time_t)(seconds > 0 ? seconds : always);
    setitimer(ITIMER_PROF, &when, NULL);
}

void signals_limit_always(double seconds)
{
    always = seconds;
    signals_limit(0);
}

void signals_heed(void)
{
    if (ending)
        alarm(HEED);
}

void signals_suspend(void)
{
    set_default(SIGTSTP);
    raise(SIGTSTP);
    for (int i = 0; i < CAUGHT; i++)
        if (caught[i].number == SIGTSTP)
            take(i);
}

void signals_die(int number)
{
    if (number == 0)
        number = SIGHUP;
    set_default(number);
    raise(number);
    _exit(128 + number);
}
