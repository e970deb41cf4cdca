/* hand_over.c - see hand_over.h. */
#include "hand_over.h"

#include "base/clock.h"
#include "base/text.h"
#include "base/utf8.h"
#include "unit.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OUTPUT_MOST = 1 << 23 };

int handed_over;
double longest;

struct outcome {
    int status; /* of the exit, or minus the signal */
    double seconds;
    struct text said;
};

static _Noreturn void become(char *const *words, const char *input, int out)
{
    int in = open(input ? input : "/dev/null", O_RDONLY | O_NONBLOCK);

    fcntl(in, F_SETFL, 0);
    dup2(in, 0);
    dup2(out, 1);
    dup2(out, 2);
    setsid(); /* there is no terminal to be asked for */
    execv(words[0], words);
    _exit(127);
}

static double longest_allowed(void)
{
    return at_most(20); /* a sanitizer on a busy machine */
}

static void run(struct outcome *o, char *const *words, const char *input)
{
    const double begun = clock_now(), end = begun + longest_allowed();
    int fd[2], status = 0;
    pid_t pid;

    *o = (struct outcome){0};
    assert_int_equal(pipe(fd), 0);
    pid = fork();
    if (pid == 0)
        become(words, input, fd[1]);
    close(fd[1]);
    while (clock_now() < end) {
        struct pollfd wait = {.fd = fd[0], .events = POLLIN};
        char block[65536];
        ssize_t n;

        if (poll(&wait, 1, 100) <= 0)
            continue;
        n = read(fd[0], block, sizeof block);
        if (n <= 0)
            break;
        if (o->said.len < OUTPUT_MOST)
            text_add_n(&o->said, block, (size_t)n);
    }
    close(fd[0]);
    if (clock_now() >= end)
        kill(pid, SIGKILL);
    waitpid(pid, &status, 0);
    o->status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    o->seconds = clock_now() - begun;
}

/* Only text: no control bytes but newlines and tabs, nothing that turns the direction of writing,
 * and every byte part of a character. */
static const char *harm(const struct text *t)
{
    for (size_t i = 0; i < t->len;) {
        uint32_t c;
        size_t n = utf8_decode(t->s + i, t->len - i, &c);

        if (n == 1 && c == UTF8_BAD)
            return "a byte that is no character";
        if (c == '\r' && i + 1 < t->len && t->s[i + 1] == '\n') { /* CSV's lines end so */
            i++;
            continue;
        }
        if (c != '\n' && c != '\t' && utf8_width(c) < 0)
            return "a control character";
        i += n;
    }
    return NULL;
}

void hand_over(const char *const *template, const char *file, const char *input)
{
    char *words[24] = {getenv("ACTLAB")}, whole[1024] = "";
    struct outcome o;
    const char *bad;
    int n = 1;

    for (; template[n - 1]; n++) {
        const char *at = strchr(template[n - 1], '@');
        struct text word = {0};

        if (at) {
            text_add_n(&word, template[n - 1], (size_t)(at - template[n - 1]));
            text_printf(&word, "%s%s", file, at + 1);
        } else {
            text_add(&word, template[n - 1]);
        }
        words[n] = word.s ? word.s : strdup("");
        snprintf(whole + strlen(whole), sizeof whole - strlen(whole), " %.120s", words[n]);
    }
    words[n] = NULL;
    run(&o, words, input);
    for (int i = 1; i < n; i++)
        free(words[i]);
    bad = harm(&o.said);
    if (bad)
        fail_msg("%s (%s): %s", whole, input ? input : "", bad);
    if (o.seconds >= longest_allowed())
        fail_msg("%s (%s): no end after %g s", whole, input ? input : "", o.seconds);
    if (o.status < 0 || o.status > 2)
        fail_msg("%s (%s): ended with %d: %.500s", whole, input ? input : "", o.status,
                 text_str(&o.said));
    if (o.status != 0 && o.said.len == 0)
        fail_msg("%s (%s): failed without a word", whole, input ? input : "");
    handed_over++;
    longest = o.seconds > longest ? o.seconds : longest;
    text_free(&o.said);
}
