/* progress_bar.c - see progress_bar.h. */
#include "commands/progress_bar.h"

#include "base/clock.h"
#include "base/number.h"

#include <string.h>
#include <unistd.h>

enum { WIDTH = 30 };

/* The loss is the epoch's so far: to measure it would take longer than to draw. */
static void draw(const struct lab *lab, uint64_t done, uint64_t steps, double left)
{
    char bar[WIDTH + 1], loss[NUMBER_TEXT_MAX];
    double accuracy;
    int full = (int)((double)done / (double)steps * WIDTH);

    memset(bar, '.', WIDTH);
    memset(bar, '#', (size_t)full);
    bar[WIDTH] = '\0';
    fprintf(stderr, "\r[%s] %3.0f%%  loss %s  %.0f s left \033[K", bar,
            100.0 * (double)done / (double)steps,
            number_loss(loss, trainer_epoch_loss(lab->model.trainer, &accuracy), 4), left);
}

uint64_t train_with_bar(struct lab *lab, uint64_t steps)
{
    double start = clock_now(), shown = start;
    uint64_t done = 0, got;

    if (lab->interactive || lab->run->deferred || !isatty(STDERR_FILENO))
        return lab_train(lab, steps);
    do {
        double now;

        got = lab_train(lab, 1);
        done += got;
        now = clock_now();
        if (now - start > 1 && now - shown > 0.2) {
            draw(lab, done, steps, (now - start) / (double)done * (double)(steps - done));
            shown = now;
        }
    } while (got && done < steps);
    if (shown > start)
        fputs("\r\033[K", stderr);
    return done;
}
