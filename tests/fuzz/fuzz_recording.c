/* fuzz_recording.c - recordings of anyone, played in a lab that holds files: no line may reach
 * them, and playing the same twice ends in the same lab. */
#include "commands/handlers.h"
#include "commands/session.h"
#include "fuzz.h"

#include "replay/play.h"
#include "replay/recording.h"
#include "replay/state.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_LINES = 20 };

static uint64_t play(const uint8_t *data, size_t size, FILE *out)
{
    struct lab *lab = small_lab(false);
    char *text = malloc(size + 1), *next, *line = text;
    struct whole state = {0};
    uint64_t digest;

    memcpy(text, data, size);
    text[size] = '\0';
    for (int i = 0; line && i < MOST_LINES; i++, line = next) {
        const char *command;
        struct error e = {0};
        double seconds;

        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        if (recording_parse(line, &seconds, &command) && !affordable(command))
            continue;
        if (!play_line(lab, &state, "recording", i + 1, line, out, &e)) {
            require(strncmp(e.text, "recording:", 10) == 0 && !strchr(e.text, '\n'), "no place",
                    line);
            break;
        }
    }
    check_lab(lab, "recording", size);
    digest = state_digest(lab);
    whole_free(&state);
    session_close(lab);
    free(text);
    return digest;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    FILE *out = fopen("/dev/null", "w");
    uint64_t once = play(data, size, out);

    require(size % 4 || play(data, size, out) == once, "played twice, two labs", "recording");
    fclose(out);
    return 0;
}
