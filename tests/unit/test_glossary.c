/* test_glossary.c - the words of the screen: every label that the panes print, and every
 * observable, is explained by `help`; and `help` alone is about what is in sight. */
#include "commands/glossary.h"
#include "lab.h"
#include "lab/netview.h"
#include "lab/observe.h"
#include "lab/sentence.h"
#include "view/view.h"

#include <ctype.h>
#include <stdlib.h>

static struct lab *lab;

static int begin(void **state)
{
    lab = *state = open_lab(getenv("ACTLAB_LESSONS"));
    return 0;
}

/* Short words and punctuated texts: two to five sentences are asked for, a short one may have one.
 */
static void test_each_word(void **state)
{
    const struct term *w, *other;

    (void)state;
    course_read(&lab->course);
    for (int i = 0; (w = glossary_at(i)); i++) {
        bool taught = !w->lesson[0];
        int sentences = 0;

        for (const char *s = w->text; *s; s++)
            sentences += *s == '.' && (s[1] == ' ' || !s[1]);
        if (sentences < 1 || sentences > 5 || w->text[strlen(w->text) - 1] != '.')
            fail_msg("%s: %d sentences", w->name, sentences);
        for (size_t k = 0; k < lab->course.lessons; k++)
            taught |= strcmp(lab->course.lesson[k]->name, w->lesson) == 0;
        if (!taught)
            fail_msg("%s: there is no lesson '%s'", w->name, w->lesson);
        for (int k = 0; (other = glossary_at(k)); k++)
            if (k != i && glossary_find(other->name) != other)
                fail_msg("%s is also a name of %s", other->name, glossary_find(other->name)->name);
    }
}

/* Words of every day, which stand between those that are asked for. */
static bool is_plain(const char *word)
{
    static const char plain[] =
        " a about above and at below beside both by cell column first for from in is it largest "
        "layers max more net no none not of off on only or per side straight line the to under "
        "view worst hidden more how here side start last No going back fainter tenth ";
    char spaced[64];

    snprintf(spaced, sizeof spaced, " %s ", word);
    return strstr(plain, spaced) != NULL;
}

static bool is_explained(const char *word)
{
    char line[80];
    struct error e;
    FILE *out = fopen("/dev/null", "w");
    bool ok;

    snprintf(line, sizeof line, "help '%s'", word);
    ok = glossary_find(word) || functions_find(lab->model.functions, word, NULL) ||
         lab_run(lab, line, out, &e);
    fclose(out);
    return ok;
}

/* A label is at most four words before more than one space or a number; more are a sentence. Each
 * of its words is explained, by itself or with the one before or after it. */
static void check_label(const char *label, size_t n, const char *picture)
{
    char all[80], pair[80], *rest = all, *word, *before = NULL;
    bool done = true;
    int words = 0;

    for (size_t i = 0; i < n; i++)
        words += label[i] == ' ';
    if (words >= 4)
        return;
    snprintf(all, sizeof all, "%.*s", (int)n, label);
    while ((word = strsep(&rest, " "))) {
        snprintf(pair, sizeof pair, "%.30s %.30s", before ? before : "", word);
        if (!glossary_find(pair) && !done)
            fail_msg("nothing explains '%s' of '%.*s' in\n%s", before, (int)n, label, picture);
        done = glossary_find(pair) || !word[1] || !word[strspn(word, "oxsOX")] || is_plain(word) ||
               is_explained(word);
        before = word;
    }
    if (!done)
        fail_msg("nothing explains '%s' of '%.*s' in\n%s", before, (int)n, label, picture);
}

/* The rows that are not of what is said of the bars, which is a sentence and no label. */
static const char *without_sentence(const char *picture)
{
    static char rows[1 << 15];
    struct text said = {0};
    size_t n = 0;

    lab_sentence(lab, lab->model.netview, &said);
    for (const char *s = picture; *s; s += strcspn(s, "\n") + 1) {
        char row[400];

        snprintf(row, sizeof row, "%.*s", (int)strcspn(s, "\n"), s);
        if (!row[0] || !strstr(text_str(&said), row))
            n += (size_t)snprintf(rows + n, sizeof rows - n, "%s\n", row);
    }
    text_free(&said);
    return rows;
}

/* Letters, and single spaces between them. */
static void check_labels(const char *picture)
{
    for (const char *s = picture; *s;) {
        const char *end = s;

        if (!isalpha((unsigned char)*s) || (s > picture && isalnum((unsigned char)s[-1]))) {
            s++;
            continue;
        }
        while (isalpha((unsigned char)*end) ||
               ((*end == ' ' || *end == '_') && isalpha((unsigned char)end[1])))
            end++;
        if (*end != '=' && !isdigit((unsigned char)*end))
            check_label(s, (size_t)(end - s), picture);
        s = end + (*end != '\0');
    }
}

static void check_pane(void (*title)(const struct lab *, char *, size_t, char *, size_t),
                       void (*body)(const struct lab *, struct grid *, struct rect))
{
    static const int sizes[][2] = {{7, 80}, {16, 80}, {24, 120}, {40, 160}};
    char left[128] = "", right[128] = "";

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        check_labels(without_sentence(seen(lab, body, sizes[i][0], sizes[i][1])));
    title(lab, left, sizeof left, right, sizeof right);
    check_labels(left);
    check_labels(right);
}

static void test_panes(void **state)
{
    static const char *const nets[] = {
        "net layers=8", "net data=spiral test=0.3 optimizer=adam batch=20 gain=2",
        "net fn=relu lr=50 data=sine noise=0.1", "net layers=1 fn=relu bias=-9", "net layers=0"};
    char line[80];

    (void)state;
    for (size_t i = 0; i < sizeof nets / sizeof *nets; i++) {
        run(lab, "restart");
        run(lab, nets[i]);
        for (int v = 0; v < NETVIEWS; v++) {
            snprintf(line, sizeof line, "netview %s", netview_names[v]);
            run(lab, line);
            check_pane(view_network_title, view_network);
        }
        run(lab, "step 30");
        check_pane(view_network_title, view_network);
    }
}

static void test_plot(void **state)
{
    static const char *const plots[] = {"fn leaky_relu", "tangent on",   "saturation on",
                                        "histogram 1",   "compare relu", "difference on",
                                        "compare off",   "fn hardswish", "naive sigmoid"};

    (void)state;
    run(lab, "restart");
    for (size_t i = 0; i < sizeof plots / sizeof *plots; i++) {
        run(lab, plots[i]);
        check_pane(view_plot_title, view_plot);
    }
}

static void test_observables(void **state)
{
    (void)state;
    for (int i = 0; i < observable_count; i++)
        if (!glossary_find(observable_table[i].name))
            fail_msg("the observable %s is not explained", observable_table[i].name);
    for (int i = 0; i < net_settings.rows; i++)
        if (!glossary_find(net_settings.row[i].name))
            fail_msg("the network setting %s is not explained", net_settings.row[i].name);
}

/* In any case, in several words, with where it is seen, how it is computed, and the lesson. */
static void test_help(void **state)
{
    (void)state;
    says(lab, "help gradient", "Where the gradient is 0");
    says(lab, "help learning rate", "new weight = weight - lr * gradient");
    says(lab, "help Loss", "On the screen: the network's title");
    says(lab, "help delta", "lesson 9, Vanishing gradients");
    says(lab, "help he", "standard deviation = gain * sqrt(2 / inputs)");
    says(lab, "help mean a", "The mean of a layer's activations");
    says(lab, "glossary", "  epoch           Once through all the training samples.\n");
    says(lab, "glossary --format=json", "\"word\": \"delta\"");
    says(lab, "complete 'help learn'", "learning rate");
}

/* The focused pane first: the page's words, keys in words, the numbers. */
static void test_help_here(void **state)
{
    (void)state;
    run(lab, "lesson 2 page=5");
    lab->interactive = true;
    run(lab, "focus lesson");
    says(lab, "help", "Words of this page\n\n  layer ");
    says(lab, "help", "  vanishing gradient\n");
    says(lab, "help", "  p               page before\n");
    run(lab, "focus plot");
    run(lab, "fn elu");
    says(lab, "help", "Keys: plot\n\n  left            cursor to the left\n");
    says(lab, "help", "  A               more alpha\n");
    says(lab, "help", "  f'              The slope of f");
    omits(lab, "help", "alpha +1step");
    omits(lab, "help", "more beta"); /* elu has none */
    run(lab, "bind e alpha 0.5");
    says(lab, "help", "  e               alpha 0.5\n"); /* a key of one's own */
    run(lab, "focus network");
    says(lab, "help", "  delta           The gradient that arrives");
    says(lab, "help", "  loss            How wrong the network is");
    omits(lab, "help", "cursor to the left");
    omits(lab, "help", "Where the cursor stands"); /* "x 0.23 a layer" */
    says(lab, "help all", "alpha +1step");
    says(lab, "help K", "netview flow");
    says(lab, "help +", "unit:+          weight 0.1 more: weight +0.1");
    says(lab, "help f5", "each unit: netview units");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_word), cmocka_unit_test(test_panes),
        cmocka_unit_test(test_plot),      cmocka_unit_test(test_observables),
        cmocka_unit_test(test_help),      cmocka_unit_test(test_help_here),
    };

    return cmocka_run_group_tests(tests, begin, tear_down_lab);
}
