/* fuzz_json.c - networks as JSON, of anyone: an error with its place, or a network that is written
 * as it is read and goes on training. Any value can be passed over, too. */
#include "fuzz.h"

#include "base/json.h"
#include "net/export.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void check_error(const struct error *e)
{
    require(strncmp(e->text, "net.json:", 9) == 0 && !strchr(e->text, '\n'), "no place", e->text);
}

static void pass_over(const char *s, size_t n)
{
    struct error e = {0};
    struct json j;

    json_begin(&j, "net.json", s, n, &e);
    if (!json_skip(&j) || !json_end(&j))
        check_error(&e);
}

/* Written, read and written again it is the same. */
static void check_round_trip(struct trainer *t)
{
    struct functions *functions = functions_new();
    struct text once = {0}, twice = {0};
    struct trainer *again;
    struct error e = {0};

    network_to_json(t, NULL, &once);
    again = network_from_json("net.json", text_str(&once), once.len, functions, NULL, NULL, &e);
    require(again, "what was written cannot be read", e.text);
    network_to_json(again, NULL, &twice);
    require(strcmp(text_str(&once), text_str(&twice)) == 0, "written twice, two files", "network");
    trainer_step(again);
    trainer_free(again);
    text_free(&once);
    text_free(&twice);
    functions_free(functions);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct functions *functions = functions_new();
    char *copy = malloc(size + !size); /* of its own size */
    struct error e = {0};
    struct trainer *t;

    memcpy(copy, data, size);
    pass_over(copy, size);
    t = network_from_json("net.json", copy, size, functions, NULL, NULL, &e);
    if (!t)
        check_error(&e);
    else if (trainer_config(t)->batch <= 1000)
        check_round_trip(t);
    trainer_free(t);
    functions_free(functions);
    free(copy);
    return 0;
}
