/* standalone.c - runs a fuzz target without libFuzzer: its corpus, then mutations of it, the same
 * every time. It takes libFuzzer's options that run.sh uses: -runs=N -seed=N -max_len=N FOLDER...;
 * a folder that is empty or not there is no fault. */
#include "base/rng.h"
#include "base/text.h"
#include "base/xalloc.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SAMPLE_MAX = 1 << 20 };

struct corpus {
    struct text *sample;
    size_t n, cap;
    size_t max_len;
};

/* Byte for byte, as file_read does not. */
static bool read_bytes(const char *path, struct text *out)
{
    FILE *f = fopen(path, "rb");
    char block[4096];
    size_t n;
    bool ok;

    if (!f)
        return false;
    while (out->len < SAMPLE_MAX && (n = fread(block, 1, sizeof block, f)) > 0)
        text_add_n(out, block, n);
    ok = !ferror(f);
    fclose(f);
    return ok;
}

static void add_folder(struct corpus *c, const char *folder)
{
    struct dirent **entry;
    int n = scandir(folder, &entry, NULL, alphasort);

    for (int i = 0; i < n; i++) {
        struct text path = {0}, bytes = {0};

        text_printf(&path, "%s/%s", folder, entry[i]->d_name);
        if (entry[i]->d_name[0] != '.' && read_bytes(path.s, &bytes)) {
            c->sample = xgrow(c->sample, &c->cap, c->n + 1, sizeof *c->sample);
            c->sample[c->n++] = bytes;
        }
        text_free(&path);
        free(entry[i]);
    }
    if (n >= 0)
        free(entry);
}

static const struct text *any(const struct corpus *c, struct rng *r)
{
    return &c->sample[rng_below(r, (uint32_t)c->n)];
}

/* Puts n bytes of s into t at `at`. */
static void insert(struct text *t, size_t at, const char *s, size_t n)
{
    struct text out = {0};

    text_add_n(&out, text_str(t), at);
    text_add_n(&out, s, n);
    text_add_n(&out, text_str(t) + at, t->len - at);
    text_free(t);
    *t = out;
}

static void mutate(struct text *t, const struct corpus *c, struct rng *r)
{
    size_t at = rng_below(r, (uint32_t)t->len + 1), left = t->len - at;
    size_t n = left ? 1 + rng_below(r, (uint32_t)(left < 16 ? left : 16)) : 0;
    const struct text *other = any(c, r);
    char byte = (char)rng_u32(r);

    switch (rng_below(r, 5)) {
    case 0: /* one byte is another */
        if (left)
            t->s[at] = byte;
        return;
    case 1: /* one more */
        insert(t, at, &byte, 1);
        return;
    case 2: /* some go */
        memmove(t->s + at, t->s + at + n, left - n);
        t->len -= n;
        return;
    case 3: /* some come twice */
        if (n) {
            char *copy = xstrndup(t->s + at, n);

            insert(t, at, copy, strlen(copy));
            free(copy);
        }
        return;
    default: /* a piece of another sample */
        if (other->len) {
            size_t from = rng_below(r, (uint32_t)other->len), most = other->len - from;

            insert(t, at, other->s + from, 1 + rng_below(r, (uint32_t)most));
        }
    }
}

int main(int argc, char **argv)
{
    struct corpus c = {.max_len = 4096};
    unsigned long long seed = 1, runs = 1000;
    struct rng r;

    for (int i = 1; i < argc; i++) {
        if (sscanf(argv[i], "-runs=%llu", &runs) == 1 ||
            sscanf(argv[i], "-seed=%llu", &seed) == 1 ||
            sscanf(argv[i], "-max_len=%zu", &c.max_len) == 1)
            continue;
        add_folder(&c, argv[i]);
    }
    if (!c.n) {
        fprintf(stderr, "%s: no corpus\n", argv[0]);
        return 1;
    }
    rng_seed(&r, seed, 0);
    for (unsigned long long i = 0; i < runs; i++) {
        struct text t = {0};
        const struct text *from = i < c.n ? &c.sample[i] : any(&c, &r);

        text_add_n(&t, text_str(from), from->len);
        for (uint32_t k = i < c.n ? 0 : 1 + rng_below(&r, 6); k > 0; k--)
            mutate(&t, &c, &r);
        if (t.len > c.max_len)
            t.len = c.max_len;
        LLVMFuzzerTestOneInput((const uint8_t *)text_str(&t), t.len);
        text_free(&t);
    }
    for (size_t i = 0; i < c.n; i++)
        text_free(&c.sample[i]);
    free(c.sample);
    printf("%llu runs\n", runs);
    return 0;
}
