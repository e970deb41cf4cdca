/* test_theme.c - colours: how many a terminal gets, which never meet which background, ANSI and SVG
 * output. */
#include "draw/theme.h"
#include "unit.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void test_depth(void **state)
{
    (void)state;
    assert_int_equal(theme_colours("xterm-256color", NULL, NULL), 256);
    assert_int_equal(theme_colours("xterm", "truecolor", NULL), 256);
    assert_int_equal(theme_colours("xterm", NULL, NULL), 8);
    assert_int_equal(theme_colours("linux", NULL, NULL), 8);
    assert_int_equal(theme_colours("xterm-16color", "", ""), 16);
    assert_int_equal(theme_colours("xterm-256color", "truecolor", "1"), 0);
    assert_int_equal(theme_colours("vt100", NULL, NULL), 0);
    assert_int_equal(theme_colours("vt220", NULL, NULL), 0);
    assert_int_equal(theme_colours("dumb", NULL, NULL), 0);
    assert_int_equal(theme_colours("xterm-mono", NULL, NULL), 0);
    assert_int_equal(theme_colours("linux-m", NULL, NULL), 0);
    assert_int_equal(theme_colours("vte-256color", NULL, NULL), 256);
    assert_int_equal(theme_colours("st-meta-256color", NULL, NULL), 256);
    assert_int_equal(theme_colours(NULL, NULL, NULL), 0);
}

/* One of xterm's 256 colours in linear light. */
static void linear_rgb(int c, double out[3])
{
    static const int basic[16][3] = {
        {0, 0, 0},     {205, 0, 0},     {0, 205, 0},     {205, 205, 0},  {0, 0, 238}, {205, 0, 205},
        {0, 205, 205}, {229, 229, 229}, {127, 127, 127}, {255, 0, 0},    {0, 255, 0}, {255, 255, 0},
        {92, 92, 255}, {255, 0, 255},   {0, 255, 255},   {255, 255, 255}};
    for (int i = 0; i < 3; i++) {
        const int cube = c - 16, part = cube / (i == 0 ? 36 : i == 1 ? 6 : 1) % 6;
        const int level = c < 16     ? basic[c][i]
                          : c >= 232 ? 8 + 10 * (c - 232)
                          : part     ? 55 + 40 * part
                                     : 0;
        const double v = level / 255.0;

        out[i] = v <= 0.03928 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
    }
}

/* Relative luminance of such a colour (WCAG 2). */
static double luminance(int c)
{
    double linear[3];

    linear_rgb(c, linear);
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

static double contrast(double a, double b)
{
    return (fmax(a, b) + 0.05) / (fmin(a, b) + 0.05);
}

static double rgb_luminance(const char *rgb)
{
    static const double weight[3] = {0.2126, 0.7152, 0.0722};
    unsigned part[3];
    double sum = 0;
    assert_int_equal(sscanf(rgb, "#%2x%2x%2x", &part[0], &part[1], &part[2]), 3);
    for (int i = 0; i < 3; i++) {
        const double v = part[i] / 255.0;
        sum += weight[i] * (v <= 0.03928 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4));
    }
    return sum;
}

/* The luminance of the background that an SVG in this theme has. */
static double svg_background(int theme)
{
    struct grid g;
    struct text t = {0};
    const char *fill;
    char rgb[8] = "";

    grid_init(&g, 1, 1);
    grid_to_svg(&g, theme, "", &t);
    fill = strstr(text_str(&t), "fill=\"");
    assert_non_null(fill);
    snprintf(rgb, sizeof rgb, "%s", fill + strlen("fill=\""));
    text_free(&t);
    grid_free(&g);
    return rgb_luminance(rgb);
}

static const struct {
    const char *name;
    int theme;
    double back, least;
} grounds[] = {
    {"auto", THEME_AUTO, 0, 4.5},       {"dark", THEME_DARK, 0, 4.5},
    {"light", THEME_LIGHT, 1, 4.5},     {"mono", THEME_MONO, 1, 4.5},
    {"contrast", THEME_CONTRAST, 0, 7}, {"contrast on light", THEME_CONTRAST_LIGHT, 1, 7},
};

/* Every colour can be read on its theme's background, at any depth; 8 and 16 colours as xterm has
 * them. The terminal's own ink is right on either. */
static void test_contrast(void **state)
{
    double least[3] = {100, 100, 100};

    (void)state;
    for (size_t i = 0; i < sizeof grounds / sizeof *grounds; i++)
        for (int role = 0; role < ROLE_COUNT; role++) {
            const struct face *f = theme_face(grounds[i].theme, (enum role)role);
            const int colour[] = {f->c256, f->c16, f->c8};

            if (role == ROLE_FIELD0 || role == ROLE_FIELD1) /* lies under, is not read */
                continue;
            if (contrast(rgb_luminance(f->rgb), svg_background(grounds[i].theme)) <
                grounds[i].least)
                fail_msg("theme %s, role %d, SVG", grounds[i].name, role);
            for (int k = 0; k < 3; k++) {
                const double ratio =
                    colour[k] < 0 ? 21 : contrast(luminance(colour[k]), grounds[i].back);

                if (ratio < (k == 0 ? grounds[i].least : 3))
                    fail_msg("theme %s, role %d, colour %d: %.2f", grounds[i].name, role, colour[k],
                             ratio);
                least[k] = fmin(least[k], ratio);
            }
        }
    tried("terminals", "contrast of every role on its theme's ground, after WCAG 2",
          "at least %.1f with 256 colours, %.1f with 16, %.1f with 8", least[0], least[1],
          least[2]);
}

/* A colour of the 256 in CIELAB, as someone without the cones for green sees it (Machado, Oliveira
 * and Fernandes 2009). */
static void deuteranope(int colour, double lab[3])
{
    static const double seen[3][3] = {{0.367322, 0.860646, -0.227968},
                                      {0.280085, 0.672501, 0.047413},
                                      {-0.011820, 0.042940, 0.968881}};
    static const double xyz[3][3] = {{0.4339, 0.3762, 0.1899},
                                     {0.2126, 0.7152, 0.0722},
                                     {0.0177, 0.1095, 0.8728}}; /* over the white's */
    double linear[3], is[3], f[3];

    linear_rgb(colour, linear);
    for (int i = 0; i < 3; i++)
        is[i] = fmin(
            1, fmax(0, seen[i][0] * linear[0] + seen[i][1] * linear[1] + seen[i][2] * linear[2]));
    for (int i = 0; i < 3; i++) {
        const double t = xyz[i][0] * is[0] + xyz[i][1] * is[1] + xyz[i][2] * is[2];

        f[i] = t > 0.008856 ? cbrt(t) : 7.787 * t + 16. / 116;
    }
    lab[0] = 116 * f[1] - 16;
    lab[1] = 500 * (f[0] - f[1]);
    lab[2] = 200 * (f[1] - f[2]);
}

/* A warning is not taken for the curve, nor for what is well, whoever looks. */
static void test_warnings_differ(void **state)
{
    static const enum role others[] = {ROLE_CURVE, ROLE_DERIVATIVE, ROLE_GOOD};

    (void)state;
    for (size_t i = 0; i < sizeof grounds / sizeof *grounds; i++)
        for (size_t k = 0; k < sizeof others / sizeof *others; k++) {
            const struct face *bad = theme_face(grounds[i].theme, ROLE_BAD);
            const struct face *other = theme_face(grounds[i].theme, others[k]);
            double a[3], b[3];

            if (grounds[i].theme == THEME_MONO)
                continue;
            assert_int_not_equal(bad->c8, other->c8);
            assert_int_not_equal(bad->c16, other->c16);
            deuteranope(bad->c256, a);
            deuteranope(other->c256, b);
            if (sqrt(pow(a[0] - b[0], 2) + pow(a[1] - b[1], 2) + pow(a[2] - b[2], 2)) < 15)
                fail_msg("theme %s: a warning looks like role %d", grounds[i].name, others[k]);
        }
}

/* The curves of one plot differ in colour wherever there is colour. */
static void test_hues_differ(void **state)
{
    static const enum role roles[] = {ROLE_CURVE, ROLE_DERIVATIVE, ROLE_COMPARE1, ROLE_COMPARE2,
                                      ROLE_COMPARE3};
    static const int themes[] = {THEME_DARK, THEME_LIGHT, THEME_CONTRAST, THEME_CONTRAST_LIGHT};
    (void)state;
    for (size_t t = 0; t < sizeof themes / sizeof *themes; t++)
        for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
            for (size_t k = 0; k < i; k++) {
                const struct face *a = theme_face(themes[t], roles[i]);
                const struct face *b = theme_face(themes[t], roles[k]);
                assert_int_not_equal(a->c256, b->c256);
                assert_int_not_equal(a->c16, b->c16);
                assert_true(a->c8 != b->c8 || i > 2); /* eight are few: the fourth may repeat */
            }
}

static void assert_ansi(const struct grid *g, int theme, int colours, const char *expected)
{
    struct text t = {0};
    grid_to_ansi(g, theme, colours, true, &t);
    assert_string_equal(text_str(&t), expected);
    text_free(&t);
}

static void test_ansi(void **state)
{
    struct grid g;
    (void)state;
    grid_init(&g, 2, 8);
    const struct rect all = {0, 0, 2, 8};
    grid_text(&g, all, 0, 0, ROLE_CURVE, "a b");
    grid_text(&g, all, 0, 3, ROLE_TEXT, "c");
    grid_text(&g, all, 1, 2, ROLE_TITLE, "d");
    assert_ansi(&g, THEME_DARK, 256, "\033[0;38;5;214ma b\033[0mc\n  \033[0;1md\033[0m\n");
    assert_ansi(&g, THEME_DARK, 16, "\033[0;93ma b\033[0mc\n  \033[0;1md\033[0m\n");
    assert_ansi(&g, THEME_DARK, 8, "\033[0;33ma b\033[0mc\n  \033[0;1md\033[0m\n");
    assert_ansi(&g, THEME_DARK, 0, "a bc\n  \033[0;1md\033[0m\n");
    assert_ansi(&g, THEME_MONO, 256, "a bc\n  \033[0;1md\033[0m\n");
    grid_clear(&g);
    grid_fill(&g, (struct rect){0, 0, 1, 4}, ' ', ROLE_SELECTED); /* a reversed blank is seen */
    assert_ansi(&g, THEME_DARK, 8, "\033[0;7m    \033[0m\n\n");
    grid_free(&g);
}

/* A small reader of XML: tags nest and close, attributes are quoted, text has no raw < or &. */
static void assert_well_formed(const char *s)
{
    char open[16][16];
    int depth = 0;
    for (; *s; s++) {
        if (*s == '&') {
            const char *end = strchr(s, ';');
            assert_non_null(end);
            assert_true(end - s <= 5);
        } else if (*s == '<' && s[1] == '/') {
            const size_t n = strcspn(s + 2, ">");
            assert_true(depth > 0);
            depth--;
            assert_int_equal(strlen(open[depth]), n);
            assert_memory_equal(open[depth], s + 2, n);
            s += n + 2;
        } else if (*s == '<') {
            const size_t n = strcspn(s + 1, " >/");
            assert_true(isalpha((unsigned char)s[1]) && depth < 16 && n < 16);
            snprintf(open[depth++], 16, "%.*s", (int)n, s + 1);
            char quote = 0;
            for (s++; quote || *s != '>'; s++) {
                assert_true(*s != '\0' && *s != '<');
                if (*s == '"')
                    quote = !quote;
            }
            if (s[-1] == '/')
                depth--;
        } else {
            assert_true(*s != '>');
        }
    }
    assert_int_equal(depth, 0);
}

static void test_svg(void **state)
{
    struct grid g;
    (void)state;
    grid_init(&g, 2, 12);
    const struct rect all = {0, 0, 2, 12};
    grid_text(&g, all, 0, 0, ROLE_CURVE, "a < b & \"c\"");
    grid_text(&g, all, 1, 3, ROLE_SELECTED, "β ▲");
    for (int theme = 0; theme < THEMES; theme++) {
        struct text t = {0};
        grid_to_svg(&g, theme, "f' & <g>", &t);
        assert_well_formed(text_str(&t));
        assert_non_null(strstr(text_str(&t), "a &lt; b &amp; &quot;c&quot;"));
        assert_non_null(strstr(text_str(&t), "β ▲"));
        assert_non_null(strstr(text_str(&t), "<title>f' &amp; &lt;g&gt;</title>"));
        text_free(&t);
    }
    grid_free(&g);
}

/* Lines, blocks and dots are shapes, so that no font leaves gaps between them: none stays text. */
static void test_svg_shapes(void **state)
{
    static const char *const glyphs[] = {"─", "━", "│", "┆", "┈", "┊", "└", "┤", "┬", "┯", "▀",
                                         "▁", "█", "▌", "▐", "▖", "▟", "░", "▒", "▓", "⠁", "⣿"};
    (void)state;
    for (size_t i = 0; i < sizeof glyphs / sizeof *glyphs; i++) {
        struct text t = {0};
        struct grid g;

        grid_init(&g, 1, 3);
        grid_text(&g, (struct rect){0, 0, 1, 3}, 0, 1, ROLE_CURVE, glyphs[i]);
        grid_to_svg(&g, THEME_DARK, "", &t);
        assert_well_formed(text_str(&t));
        assert_null(strstr(text_str(&t), "<text"));
        assert_non_null(strstr(text_str(&t), theme_face(THEME_DARK, ROLE_CURVE)->rgb));
        text_free(&t);
        grid_free(&g);
    }
}

/* A block fills its part of the cell, which is 8 by 17 with a margin of 8, and braille has a dot
 * for each bit. */
static void test_svg_geometry(void **state)
{
    static const struct {
        const char *glyph, *shape;
    } t[] = {
        {"█", "d=\"M8 8h8v17h-8z\""},
        {"▄", "d=\"M8 16.5h8v8.5h-8z\""},
        {"▐", "d=\"M12 8h4v17h-4z\""},
        {"▚", "d=\"M8 8h4v8.5h-4zM12 16.5h4v8.5h-4z\""},
        {"⠁", "d=\"M10 10.125h0\""},
        {"⢀", "d=\"M14 22.875h0\""},
        {"▒", "height=\"17\" fill=\"#e69f00\" fill-opacity=\".5\""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        struct text svg = {0};
        struct grid g;

        grid_init(&g, 1, 1);
        grid_text(&g, (struct rect){0, 0, 1, 1}, 0, 0, ROLE_CURVE, t[i].glyph);
        grid_to_svg(&g, THEME_DARK, "", &svg);
        assert_non_null(strstr(text_str(&svg), t[i].shape));
        text_free(&svg);
        grid_free(&g);
    }
}

/* "auto" is the theme that can be read where it is shown. */
static void test_auto(void **state)
{
    (void)state;
    assert_int_equal(theme_on(THEME_AUTO, false), THEME_DARK);
    assert_int_equal(theme_on(THEME_AUTO, true), THEME_LIGHT);
    assert_int_equal(theme_on(THEME_MONO, true), THEME_MONO);
    assert_int_equal(theme_on(THEME_CONTRAST, false), THEME_CONTRAST);
    assert_int_equal(theme_on(THEME_CONTRAST, true), THEME_CONTRAST_LIGHT);
    assert_ptr_equal(theme_face(THEME_AUTO, ROLE_CURVE), theme_face(THEME_DARK, ROLE_CURVE));
    assert_true(theme_background_light("0;15"));
    assert_true(theme_background_light("0;default;7"));
    assert_false(theme_background_light("15;0"));
    assert_false(theme_background_light("7;8"));
    assert_false(theme_background_light("15;default"));
    assert_false(theme_background_light("15;"));
    assert_false(theme_background_light("7"));
    assert_false(theme_background_light(NULL));
}

/* Bars and what theory says of them have not the colours of f and f', nor each other's. */
static void test_bars_are_no_curves(void **state)
{
    static const enum role roles[] = {ROLE_CURVE, ROLE_DERIVATIVE, ROLE_BAR, ROLE_THEORY};

    (void)state;
    for (int theme = THEME_DARK; theme <= THEME_LIGHT; theme++)
        for (int i = 0; i < 4; i++)
            for (int k = 0; k < i; k++)
                assert_string_not_equal(theme_face(theme, roles[i])->rgb,
                                        theme_face(theme, roles[k])->rgb);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_contrast),
        cmocka_unit_test(test_warnings_differ),
        cmocka_unit_test(test_hues_differ),
        cmocka_unit_test(test_ansi),
        cmocka_unit_test(test_svg),
        cmocka_unit_test(test_svg_shapes),
        cmocka_unit_test(test_svg_geometry),
        cmocka_unit_test(test_auto),
        cmocka_unit_test(test_bars_are_no_curves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
