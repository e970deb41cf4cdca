/* events.c - see events.h. */
#include "tui/events.h"

#include "tui/output.h"
#include "tui/signals.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

static int stream = -1;

/* In milliseconds, as poll() wants it: rounded up, so that nothing is done before its time. */
static int milliseconds(double seconds)
{
    return seconds < 0 ? -1 : seconds > 1e6 ? 1000000000 : (int)(seconds * 1000 + 0.999);
}

unsigned events_wait(double seconds, bool for_keys, bool for_room)
{
    struct pollfd fd[] = {{.fd = STDIN_FILENO, .events = for_keys ? POLLIN : 0},
                          {.fd = signals_fd(), .events = POLLIN},
                          {.fd = for_keys ? stream : -1, .events = POLLIN},
                          {.fd = STDOUT_FILENO, .events = POLLOUT}};
    unsigned events = 0;

    if (output_gone())
        return TERMINAL_END;
    if (poll(fd, for_room ? 4 : 3, milliseconds(seconds)) < 0 && errno != EINTR)
        return TERMINAL_END;
    events |= signals_drain();
    if (fd[0].revents & POLLIN)
        events |= TERMINAL_INPUT;
    if (fd[0].revents & (POLLHUP | POLLERR | POLLNVAL) || (for_room && fd[3].revents & POLLERR))
        events |= TERMINAL_END;
    if (fd[2].revents)
        events |= TERMINAL_STREAM;
    if (for_room && fd[3].revents & POLLOUT)
        events |= TERMINAL_READY;
    return events;
}

void events_stream(int fd)
{
    stream = fd;
}

bool events_key_waits(void)
{
    struct pollfd keys = {.fd = STDIN_FILENO, .events = POLLIN};

    return poll(&keys, 1, 0) > 0;
}

void events_check_line(void)
{
    struct pollfd line = {.fd = STDIN_FILENO};

    if (poll(&line, 1, 0) > 0)
        output_lost();
}

size_t events_read(char *bytes, size_t n)
{
    ssize_t got = read(STDIN_FILENO, bytes, n);

    if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN))
        output_lost(); /* poll promised something: this is the end of it */
    return got > 0 ? (size_t)got : 0;
}
