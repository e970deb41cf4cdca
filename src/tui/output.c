/* output.c - see output.h. A write to a terminal ends when all of it has been taken; an alarm ends
 * it earlier. (A descriptor that does not block would take a large frame in pieces.) */
#include "tui/output.h"

#include "base/clock.h"
#include "tui/signals.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <termios.h>
#include <unistd.h>

enum { OUT = STDOUT_FILENO };

static struct {
    bool gone;
    double until; /* 0: never */
} output;

void output_begin(void)
{
    output.gone = false;
    output.until = 0;
}

void output_give_up_at(double when)
{
    output.until = when;
}

void output_lost(void)
{
    output.gone = true;
}

bool output_gone(void)
{
    return output.gone;
}

/* ---- the alarm ------------------------------------------------------------------------------- */

static void on_alarm(int number)
{
    (void)number; /* the write has been interrupted: that is all */
}

/* It rings again and again: the first time may come just before the write. */
static void set_alarm(double seconds, struct sigaction *before)
{
    struct sigaction action = {.sa_handler = on_alarm};
    struct itimerval when = {.it_interval = {.tv_usec = 50000}};

    when.it_value.tv_sec = (time_t)seconds;
    when.it_value.tv_usec = (suseconds_t)(1e6 * (seconds - (double)when.it_value.tv_sec)) + 1;
    sigemptyset(&action.sa_mask);
    sigaction(SIGALRM, &action, before);
    setitimer(ITIMER_REAL, &when, NULL);
}

static void stop_alarm(const struct sigaction *before)
{
    struct itimerval never = {{0, 0}, {0, 0}};

    setitimer(ITIMER_REAL, &never, NULL);
    sigaction(SIGALRM, before, NULL);
    signals_heed(); /* its alarm was taken away */
}

/* ---- writing --------------------------------------------------------------------------------- */

static bool late(void)
{
    return output.until > 0 && clock_now() >= output.until;
}

static void wait_for_room(int fd)
{
    struct pollfd room = {.fd = fd, .events = POLLOUT};

    poll(&room, 1, 1000); /* a signal that came a moment before is not waited past for long */
}

static bool write_all(int fd, const char *s, size_t n, bool to_the_end)
{
    while (n) {
        ssize_t done = write(fd, s, n);

        if (done > 0) {
            s += done;
            n -= (size_t)done;
        } else if (done == 0 || (errno != EINTR && errno != EAGAIN)) {
            output.gone = true;
        } else if (errno == EAGAIN) {
            wait_for_room(fd);
        }
        output.gone |= n && late();
        if (n && (output.gone || (signals_ending() && !to_the_end)))
            return false;
    }
    return true;
}

/* As write_all, no longer than until then. */
static bool write_in_time(int fd, const char *s, size_t n, bool to_the_end)
{
    struct sigaction before;
    bool ok;

    if (output.gone || n == 0)
        return n == 0;
    if (output.until <= 0)
        return write_all(fd, s, n, to_the_end);
    set_alarm(late() ? 0 : output.until - clock_now(), &before);
    ok = write_all(fd, s, n, to_the_end);
    stop_alarm(&before);
    return ok;
}

bool output_write(const char *s, size_t n)
{
    return write_in_time(OUT, s, n, false);
}

/* A signal asks for the end while these are written: it is what they are for. */
void output_last(const char *s, size_t n, const char *restoring, size_t m)
{
    output.until = clock_now() + (signals_ending() ? 0.2 : 1);
    if (!write_in_time(OUT, s, n, true)) {
        tcflush(OUT, TCOFLUSH);
        output.gone = false;
        output.until = clock_now() + 0.2;
        write_in_time(OUT, restoring, m, true);
    }
    output.until = 0;
}

void output_say(const char *line)
{
    output.until = clock_now() + 0.2;
    write_in_time(STDERR_FILENO, line, strlen(line), true);
    output.until = 0;
}
