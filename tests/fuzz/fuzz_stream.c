/* fuzz_stream.c - a stream of anyone, followed: it comes in pieces, the student leaves and comes
 * back; who joins late ends in the same lab, and nothing of it reaches a file. */
#include "commands/handlers.h"
#include "commands/session.h"
#include "fuzz.h"

#include "base/digest.h"
#include "replay/follow.h"
#include "replay/state.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_LINES = 40 };

/* Digests are no secret: what a whole state holds is looked at, whatever it is. unlike: no lab is
 * in it already, so that who was there does what who joins late does. */
static void sign_state(struct text *out, bool unlike)
{
    static const char mark[] = "# whole state ";
    char *state = NULL, *line = out->s;

    for (; line && *line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL)
        if (strncmp(line, mark, sizeof mark - 1) == 0)
            state = line;
    if (!state)
        return;
    for (char *digit = state + sizeof mark - 1; unlike && *digit && *digit != '\n'; digit++)
        *digit = '0';
    text_printf(out, "# end of the state %016" PRIx64 "\n",
                digest_add(DIGEST_START, state, strlen(state)));
}

/* What is affordable of it: its lines with a time or the mark of a state in front, and those that
 * are none. */
static struct text affordable_part(const uint8_t *data, size_t size)
{
    struct text out = {0};
    size_t from = 0;

    for (int lines = 0; from < size && lines < MOST_LINES; lines++) {
        const uint8_t *newline = memchr(data + from, '\n', size - from);
        size_t n = newline ? (size_t)(newline - data) - from + 1 : size - from;
        char *line = malloc(n + 1);

        memcpy(line, data + from, n);
        line[n] = '\0';
        if (strncmp(line, "# end of the state", 18) == 0)
            sign_state(&out, size % 4 == 0);
        else if (affordable(line + strspn(line, " \t0123456789.eE+-#:")))
            text_add_n(&out, line, n);
        free(line);
        from += n;
    }
    return out;
}

static void catch_up(struct lab *lab)
{
    for (int i = 0; i < 1000 && (follow_tick(lab, 1) || follow_behind(lab)); i++)
        ;
}

static struct lab *student(const char *path)
{
    struct lab *lab = small_lab(false);
    struct error e;

    lab->interactive = true;
    lab->set.animation = false;
    require(follow_start(lab, path, 0, &e), "cannot follow", e.text);
    return lab;
}

static void check_place(struct lab *lab)
{
    struct follow_place p;

    require(follow_place(lab, &p) && p.failed <= p.lines, "more bad lines than lines", "stream");
    require_clean(p.why, strlen(p.why), false);
    require_clean(lab->screen.message, strlen(lab->screen.message), false);
    require(!lab->model.net.file[0] && !lab->interrupt.quit && !lab->replay.recorder &&
                !lab->replay.player,
            "it reached out", "stream");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text all = affordable_part(data, size);
    char path[40];
    int fd;
    struct lab *lab, *late;
    struct error e;
    size_t piece = 1 + size % 37;

    snprintf(path, sizeof path, "%s", memory_file("", 0, &fd));
    lab = student(path);
    for (size_t at = 0; at < all.len; at += piece) {
        size_t n = all.len - at < piece ? all.len - at : piece;

        require(write(fd, all.s + at, n) == (ssize_t)n, "no room", "stream");
        follow_tick(lab, 0.001);
    }
    catch_up(lab);
    check_place(lab);
    check_lab(lab, "stream", size);
    if (size % 4 == 0) {
        late = student(path);
        catch_up(late);
        require(state_digest(late) == state_digest(lab), "who joins late ends elsewhere", "stream");
        follow_leave(late);
        require(follow_rejoin(late, &e), "cannot rejoin", e.text);
        catch_up(late);
        require(state_digest(late) == state_digest(lab), "who comes back ends elsewhere", "stream");
        session_close(late);
    }
    session_close(lab);
    close(fd);
    text_free(&all);
    return 0;
}
