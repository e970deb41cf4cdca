/* fuzz_data.c - files of points, x1,x2,label: what is read is finite and labelled, what is refused
 * is refused with its line, and no byte behind the file is looked at. */
#include "fuzz.h"

#include "net/data.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void try_data(const char *s, size_t n, bool regression)
{
    struct dataset d = {0};
    struct error e = {0};
    bool ok = dataset_parse("data", s, n, regression, &d, &e);

    if (!ok)
        require(strncmp(e.text, "data", 4) == 0 && !strchr(e.text, '\n'), "no place", e.text);
    require(!ok || (d.n >= 2 && d.n <= DATA_MAX_SAMPLES), "so many samples", "data");
    for (int i = 0; ok && i < d.n; i++) {
        const struct net_sample *p = &d.sample[i];

        require(isfinite(p->x1) && isfinite(p->x2) && isfinite(p->y), "not finite", "sample");
        require(regression || p->y == 0 || p->y == 1, "no label", "sample");
    }
    dataset_free(&d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *copy = malloc(size + !size); /* of its own size */

    memcpy(copy, data, size);
    try_data(copy, size, false);
    try_data(copy, size, true);
    free(copy);
    return 0;
}
