/* fuzz_expr.c - the expression language against any bytes: parsing, values, slopes, breaks,
 * definitions.
 *
 * The input's lines are definitions, each of which may call those before it, and expressions over a
 * scope of symbols. Besides not crashing: the same expression gives the same bits twice, breaks
 * ascend, an error is one line that is not empty. */
#include "expr/expr.h"
#include "expr/functions.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int symbol(void *context, const char *name, int *id)
{
    (void)context;
    *id = 0;
    return strcmp(name, "loss") == 0    ? 0
           : strcmp(name, "delta") == 0 ? 1
           : strcmp(name, "dead") == 0  ? EXPR_OPTIONAL_ARGUMENT
                                        : -1;
}

static double value(void *context, int id, const double *args)
{
    (void)context;
    (void)id;
    return args ? args[0] : 0.25;
}

static const struct activation *function(void *context, const char *name)
{
    return functions_find(context, name, NULL);
}

static void require(bool truth)
{
    if (!truth)
        abort();
}

static void check_error(const struct error *e)
{
    require(e->text[0] && !strchr(e->text, '\n') && e->kind == ERROR_USAGE);
}

static void check_expression(const struct expr *expr)
{
    static const double x[] = {0, -1, 1e-3, 3, -1e300};
    struct fn_break found[FN_MAX_BREAKS];
    int n;

    for (size_t i = 0; i < sizeof x / sizeof *x; i++) {
        struct dual once = expr_eval(expr, x[i], 0.5, 2), twice = expr_eval(expr, x[i], 0.5, 2);

        require(memcmp(&once.v, &twice.v, sizeof once.v) == 0);
        require(memcmp(&once.d, &twice.d, sizeof once.d) == 0);
        expr_side(expr, x[i], 0.5, 2, 1);
    }
    n = expr_breaks(expr, 0.5, 2, found);
    require(n >= 0 && n <= FN_MAX_BREAKS);
    for (int i = 1; i < n; i++)
        require(found[i - 1].x < found[i].x);
}

static void check_line(struct functions *all, const char *line, size_t n)
{
    struct expr_scope scope = {symbol, value, function, NULL, all};
    struct error e = {0};
    struct expr *expr = expr_parse(line, n, "x", &scope, &e);

    if (expr && n < 300) /* the search for breaks of what is long takes long, too */
        check_expression(expr);
    else if (!expr)
        check_error(&e);
    expr_free(expr);
    if (strlen(line) < n)
        return; /* a definition is a C string */
    e = (struct error){0};
    if (!functions_define(all, line, &e))
        check_error(&e);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct functions *all = functions_new();
    const char *text = (const char *)data, *end = text + size;
    struct text printed = {0};

    for (int lines = 0; text < end && lines < 30; lines++) {
        const char *newline = memchr(text, '\n', (size_t)(end - text));
        size_t n = (size_t)((newline ? newline : end) - text);
        char *line = malloc(n + 1); /* of its own, so that no byte behind it is read */

        memcpy(line, text, n);
        line[n] = '\0';
        check_line(all, line, n);
        free(line);
        text += n + 1;
    }
    functions_print(all, &printed);
    text_free(&printed);
    functions_free(all);
    return 0;
}
