/* said.c - see said.h. */
#include "lab/said.h"

#include <stdlib.h>

bool said_begin(struct said *said, struct error *e)
{
    *said = (struct said){0};
    said->out = open_memstream(&said->s, &said->n);
    return said->out || fail(e, "out of memory");
}

bool said_end(struct said *said, struct error *e)
{
    bool whole = !ferror(said->out);

    whole &= fclose(said->out) == 0 && said->s;
    said->out = NULL;
    return whole || fail(e, "out of memory");
}

void said_free(struct said *said)
{
    if (said->out)
        fclose(said->out);
    free(said->s);
    *said = (struct said){0};
}
