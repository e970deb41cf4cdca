/* test_words.c - what people write instead of what stands in the help: signs from a paste, other
 * letters, other words, other separators. */
#include "folder.h"
#include "lab.h"
#include "net/data.h"

#include <stdlib.h>

/* Each line prints what the other does. */
static void same(struct lab *lab, const char *line, const char *plain)
{
    char *expected = output(lab, plain);

    prints(lab, line, expected);
    free(expected);
}

static void pasted_signs_are_what_they_mean(void **state)
{
    static const char *const lines[][2] = {
        {"eval \u2212x 3", "eval -x 3"},
        {"eval 2\u00d7x\u00b7x\u22c5x 3", "eval 2*x*x*x 3"},
        {"eval x\u00f72\u22151 3", "eval x/2/1 3"},
        {"eval x\u00b2+x\u00b9\u00b2 3", "eval x^2+x^12 3"},
        {"eval 2*x\u207b\u00b9 3", "eval 2*x^-1 3"},
        {"eval -x\u00b2 3", "eval -x^2 3"},
        {"eval \u221ax*2 3", "eval sqrt(x)*2 3"},
        {"eval \u221a(x+1)+\u221asin(x) 3", "eval sqrt(x+1)+sqrt(sin(x)) 3"},
        {"eval \u221a\u221ax+\u221bx 16", "eval sqrt(sqrt(x))+cbrt(x) 16"},
        {"eval sin(\u03c0*x) 0.25", "eval sin(pi*x) 0.25"},
        {"eval if(x\u22641,1,x\u22652) 1", "eval if(x<=1,1,x>=2) 1"},
        {"eval if(x\u22601,1,2) \u2212\u221e 1", "eval if(x!=1,1,2) -inf 1"},
        {"eval 'x\u00a0+\u2009\u03b1' alpha=2 1", "eval x+alpha alpha=2 1"},
        {"eval sigmoid \u22121 \u20132", "eval sigmoid -1 -2"},
        {"eval elu alpha=\u22121 \u22121", "eval elu alpha==-1 -1"},
    };
    struct lab *lab = *state;

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        same(lab, lines[i][0], lines[i][1]);
    refuses_at(lab, "eval x\u207b 1", "a raised minus without a number", 9);
    refuses(lab, "eval 2\u221ax 4", "an operator is missing");
    run(lab, "net lr=0.3");
    run(lab, "net lr=\u22120.1"); /* by, not to */
    prints(lab, "eval lr", "0.19999999999999998\n");
    run(lab, "def f(x)=\u221ax\u00b7\u03c0");
    prints(lab, "def", "def f(x) = \u221ax\u00b7\u03c0\n");
    tried("words", "signs from a paste in expressions and numbers", "%zu lines as if typed",
          sizeof lines / sizeof *lines);
}

static void names_go_in_any_letters_and_by_other_words(void **state)
{
    static const char *const lines[][2] = {
        {"eval ln(x) 2", "eval log(x) 2"},
        {"eval Ln(X)+EXP(X)+PI 2", "eval log(x)+exp(x)+pi 2"},
        {"eval arctan(x)+sgn(x) 2", "eval atan(x)+sign(x) 2"},
        {"EVAL Sigmoid(X) 1", "eval sigmoid(x) 1"},
        {"eval GELU 1 --FORMAT=JSON", "eval gelu 1 --format=json"},
        {"eval gelu 1 Format=Csv", "eval gelu 1 format=csv"},
        {"eval 'IF(x>0 AND NOT x>1,1,2)' 0.5", "eval 'if(x>0 and not x>1,1,2)' 0.5"},
        {"eval Layers+LR", "eval layers+lr"},
        {"layers FN=Tanh Init=Xavier data=XOR", "layers fn=tanh init=glorot data=xor"},
        {"layers init=Kaiming loss=MSE", "layers init=he loss=squared"},
        {"layers OPTIMIZER=Adam batch=ALL", "layers optimizer=adam batch=all"},
        {"set THEME?", "set theme?"},
    };
    struct lab *lab = *state;

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        same(lab, lines[i][0], lines[i][1]);
    run(lab, "def mine(x)=x+1");
    prints(lab, "eval Mine 1", "1 2 1\n");
    prints(lab, "eval MINE(x)*2 1", "1 4 2\n");
    run(lab, "def Mine(x)=x+2"); /* as it stands comes first */
    prints(lab, "eval Mine(x)+mine(x) 1", "1 5 2\n");
    run(lab, "def E(x)=x*e");
    refuses(lab, "def Exp(x)=x", "already has a meaning");
    refuses(lab, "def ln(x)=x", "already has a meaning");
    refuses(lab, "def IF(x)=x", "already has a meaning");
    says(lab, "help Kaiming", "network setting");
    run(lab, "FN NEXT");
    run(lab, "Set Theme DARK");
    tried("words", "other letters and other words, xavier, kaiming, mse, ln among them",
          "%zu lines as if written the usual way", sizeof lines / sizeof *lines);
}

static void a_command_is_no_function(void **state)
{
    static const char *const names[] = {"fn", "net", "eval", "train", "lesson", "quit", "Plot"};
    char line[40];

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(line, sizeof line, "def %s(x)=x*2", names[i]);
        refuses(*state, line, "already has a meaning");
    }
}

static void a_plot_is_of_the_function_as_it_is_set(void **state)
{
    run(*state, "fn elu");
    run(*state, "alpha 2");
    run(*state, "plot relu elu");
    run(*state, "plot elu");
    prints(*state, "eval (alpha)", "1\n"); /* relu came between */
    run(*state, "alpha 2");
    says(*state, "plot elu size=60x10 charset=ascii", "alpha 2");
    prints(*state, "eval (alpha)", "2\n");
    says(*state, "plot elu alpha=3 size=60x10 charset=ascii", "alpha 3");
    run(*state, "fn elu");
    prints(*state, "eval (alpha)", "1\n");
}

static void odd_roots_are_told_of(void **state)
{
    struct lab *lab = *state;

    prints(lab, "eval cbrt(x) -8 8 0",
           "-8 -2 0.08333333333333333\n8 2 0.08333333333333333\n0 0 inf\n");
    says(lab, "facts cbrt(x)", "zero-centred   yes");
    says(lab, "facts x^(1/3)", "cbrt(x), or sign(x)*abs(x)^(1/3)");
    omits(lab, "facts x^(1/2)", "cbrt");
    omits(lab, "facts x^(6/3)", "cbrt");
    run(lab, "fn x^(2/3)");
    shows(lab->screen.message, "cbrt(x), or sign(x)*abs(x)^(1/3)");
}

/* Labels and x1 of what was read, as "0 1.5, 1 3". */
static void reads(const char *file, bool regression, const char *expected)
{
    struct dataset d = {0};
    struct text got = {0};
    struct error e = {0};

    if (!dataset_parse("f", file, strlen(file), regression, &d, &e))
        fail_msg("%s: %s", file, e.text);
    for (int i = 0; i < d.n; i++)
        text_printf(&got, "%s%g %g", i ? ", " : "", (double)d.sample[i].y, (double)d.sample[i].x1);
    assert_string_equal(text_str(&got), expected);
    text_free(&got);
    dataset_free(&d);
}

static void reads_not(const char *file, bool regression, const char *message)
{
    struct dataset d = {0};
    struct error e = {0};

    if (dataset_parse("f", file, strlen(file), regression, &d, &e))
        fail_msg("%s was taken", file);
    shows(e.text, message);
    dataset_free(&d);
}

static void data_comes_as_other_programs_write_it(void **state)
{
    (void)state;
    reads("1.5;2;0\n3;4;1\n", false, "0 1.5, 1 3");
    reads("x;y;class\n1,5;2;0\n3;4,5;1\n", false, "0 1.5, 1 3");
    reads("1.5\t2\t0\n 3 \t4\t1\t\n", false, "0 1.5, 1 3");
    reads("  1.5   2 0\n3 4\t 1  \n", false, "0 1.5, 1 3");
    reads("1.5,2,-1\n3,4,1\n", false, "0 1.5, 1 3");
    reads("1.5,2,1\n3,4,\u22121\n", false, "1 1.5, 0 3");
    reads("1.5,2,1\n3,4,-1\n", true, "1 1.5, -1 3");
    reads("a,b,kind\n1.5,2,yes\n3,4,\"no\"\n5,6,yes\n", false, "1 1.5, 0 3, 1 5");
    reads("1.5,2,no\n3,4,yes\n", true, "0 1.5, 1 3");
    reads("\u22121.5 2 nano\n3 4 micro\n", false, "1 -1.5, 0 3");
    reads_not("1,2,a\n3,4,b\n5,6,c\n", false,
              "f, line 3: 'c' is a third label, beside 'a' and 'b'");
    reads_not("1,2,a\n3,4,1\n", false, "f, line 2: expected three numbers");
    reads_not("1,2,1\n3,4,a\n", false, "f, line 2: expected three numbers");
    reads_not("1,2,1\n3,4,-1\n5,6,0\n", false, "f, line 3: labels are 0 and 1, or -1 and 1");
    reads_not("1,2,1\n3,NaN,0\n", false, "f, line 2: x2 is NaN, not a finite number");
    reads_not("-inf,2,1\n3,4,0\n", false, "f, line 1: x1 is -inf, not a finite number");
    reads_not("1,2,1\n3,4,nan\n", true, "f, line 2: the label is nan, not a finite number");
    reads_not("1e99,2,1\n3,4,0\n", false, "f, line 1: x1 is 1e99, not a finite number");
    reads_not("1,2,1;0\n3,4,0;1\n", false, "f, line 1");
    tried("words",
          "data with ; tabs blanks, decimal commas, labels -1 and 1 or two words, nan, inf",
          "10 files read, 9 refused by line and reason");
}

static void home_is_where_the_tilde_is(void **state)
{
    struct lab *lab = *state;

    write_file("points.csv", "1,2,0\n3,4,1\n");
    assert_int_equal(setenv("HOME", folder, 1), 0);
    run(lab, "net data=~/points.csv");
    prints(lab, "eval samples", "2\n");
    run(lab, "net file=\"~/points.csv\"");
    run(lab, "export ~/net.json");
    run(lab, "load ~/net.json");
}

static void a_cell_is_no_formula(void **state)
{
    struct lab *lab = *state;

    run(lab, "fn -x");
    says(lab, "facts -x format=csv", ",'-x,");
    omits(lab, "facts -x format=json", "'-x");
    omits(lab, "eval -x 1 format=csv", "'");
}

static void a_later_recording_says_so(void **state)
{
    write_file("later.act", "# actlab recording 9\n0 fn gelu\n");
    refuses(*state, "play later.act", "a recording of version 9, of a later actlab");
    refuses(*state, "source later.act", "a recording of version 9, of a later actlab");
}

static void a_layer_that_is_not_there(void **state)
{
    struct lab *lab = *state;

    run(lab, "net layers=8");
    refuses_with(lab, "eval delta(0)", "delta(0): the layers are 1 to 8");
    run(lab, "net layers=1");
    refuses_with(lab, "eval delta(0)", "delta(0): there is only layer 1");
    run(lab, "net layers=0");
    refuses_with(lab, "eval delta(0)", "delta(0): the network has no hidden layers");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LAB_TEST(pasted_signs_are_what_they_mean),
        LAB_TEST(names_go_in_any_letters_and_by_other_words),
        LAB_TEST(a_command_is_no_function),
        LAB_TEST(a_plot_is_of_the_function_as_it_is_set),
        LAB_TEST(odd_roots_are_told_of),
        cmocka_unit_test(data_comes_as_other_programs_write_it),
        LAB_TEST(home_is_where_the_tilde_is),
        LAB_TEST(a_cell_is_no_formula),
        LAB_TEST(a_later_recording_says_so),
        LAB_TEST(a_layer_that_is_not_there),
    };

    return cmocka_run_group_tests(tests, enter, leave);
}
