/* chart.c - bars, sparklines, heat: small pictures of numbers. */
#include "draw/chart.h"
#include "base/utf8.h"
#include "draw/charset.h"

#include <math.h>
#include <string.h>

void chart_bar(struct grid *g, struct rect in, int col, int width, double rows,
               enum charset charset, enum role role)
{
    const uint32_t *bar = charset_glyphs[charset].bar;
    if (!(rows > 0))
        return; /* NaN too */
    if (rows > in.rows)
        rows = in.rows;
    int eighths = (int)lround(rows * 8);
    for (int row = in.rows - 1; row >= 0 && eighths > 0; row--, eighths -= 8)
        for (int i = 0; i < width; i++)
            grid_put(g, in, row, col + i, bar[eighths < 8 ? eighths : 8], role);
}

/* The mean of the values that column i of `cols` stands for, NAN if they are none. */
static double spark_value(const float *value, int n, int cols, int i)
{
    const int from = (int)((long)i * n / cols), to = (int)((long)(i + 1) * n / cols);
    double sum = 0;
    int numbers = 0;
    for (int k = from; k < to; k++)
        if (!isnan(value[k])) {
            sum += (double)value[k];
            numbers++;
        }
    return numbers ? sum / numbers : (double)NAN;
}

void chart_spark(struct grid *g, struct rect in, const float *value, int n, double lo, double hi,
                 enum charset charset, enum role role)
{
    static const char levels[] = "_.-'";
    const int cols = n < in.cols ? n : in.cols;
    for (int i = 0; i < cols; i++) {
        const double v = spark_value(value, n, cols, i);
        if (isnan(v))
            continue;
        double share = hi > lo ? (v - lo) / (hi - lo) : 0.5;
        share = fmin(fmax(share, 0), 1);
        const uint32_t glyph = charset == CHARSET_ASCII
                                   ? (uint32_t)levels[lround(share * 3)]
                                   : charset_glyphs[charset].bar[1 + lround(share * 7)];
        grid_put(g, in, 0, i, glyph, role);
    }
}

void chart_line(struct grid *g, struct rect in, const float *value, int n, double lo, double hi,
                enum charset charset, enum role role)
{
    const int rows = charset_glyphs[charset].sub_rows, per_cell = charset_glyphs[charset].sub_cols;
    const int cols = n < in.cols * per_cell ? n : in.cols * per_cell;
    int last = -1;
    uint8_t dots = 0;
    if (rows < 4) { /* too few of them for a curve */
        chart_spark(g, in, value, n, lo, hi, charset, role);
        return;
    }
    for (int i = 0; i < cols; i++) {
        const double v = spark_value(value, n, cols, i);
        if (!isnan(v) && hi > lo) {
            const int height = (int)lround(fmin(fmax((v - lo) / (hi - lo), 0), 1) * (rows - 1));
            const int step = last < height ? -1 : 1;
            int h = height; /* and on to the last one, so that a fall has no gap */
            do {
                dots |= (uint8_t)(1u << ((rows - 1 - h) * per_cell + i % per_cell));
                h += step;
            } while (last >= 0 && h != last && h >= 0 && h < rows && height != last);
            last = height;
        }
        if (i % per_cell < per_cell - 1 && i < cols - 1)
            continue;
        if (dots)
            grid_put(g, in, 0, i / per_cell, charset_dots(charset, dots), role);
        dots = 0;
    }
}

uint32_t chart_heat(double share, enum charset charset)
{
    const char *s = charset_glyphs[charset].heat;
    const int steps = utf8_columns(s);
    if (isnan(share))
        return '?';
    int at = (int)(fmin(fmax(share, 0), 1) * steps);
    if (at >= steps)
        at = steps - 1;
    if (at == 0 && share > 0)
        at = 1; /* something is never shown as nothing */
    uint32_t glyph = ' ';
    size_t n = strlen(s);
    for (int i = 0; i <= at; i++) {
        const size_t took = utf8_decode(s, n, &glyph);
        s += took;
        n -= took;
    }
    return glyph;
}

uint32_t chart_heat_decade(double value, double most, enum charset charset)
{
    const int shades = utf8_columns(charset_glyphs[charset].heat) - 1; /* the first is nothing */
    double below = value > 0 && most > 0 ? floor(-log10(value / most) * (1 + 1e-9)) : shades;
    below = fmin(fmax(below, 0), shades - 1);
    return chart_heat((shades - below + 0.5) / (shades + 1), charset);
}
