/* capture.c - see said.h. */
#include "base/capture.h"

#include <stdlib.h>

bool capture_begin(struct capture *said, struct error *e)
{
    *said = (struct capture){0};
    said->out = open_memstream(&said->s, &said->n);
    return said->out || fail(e, "out of memory");
}

bool capture_end(struct capture *said, struct error *e)
{
    bool whole = !ferror(said->out);

    whole &= fclose(said->out) == 0 && said->s;
    said->out = NULL;
    return whole || fail(e, "out of memory");
}

void capture_free(struct capture *said)
{
    if (said->out)
        fclose(said->out);
    free(said->s);
    *said = (struct capture){0};
}
