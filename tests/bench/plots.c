/* plots.c - actlab's printed plots beside gnuplot's dumb terminal: the seven functions of the
 * course with their derivatives, 80x24, the same window, in turn. For each the time of one plot
 * (the whole process), the bytes, and how far the ink of f lies from f (tests/unit/ink.h), as
 * ratios. plots ACTLAB GNUPLOT ROUNDS */
#include "../unit/ink.h"
#include "base/clock.h"
#include "base/text.h"
#include "base/utf8.h"
#include "commands/handlers.h"
#include "commands/session.h"
#include "draw/plot.h"
#include "lab/lab.h"

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { COLS = 80, ROWS = 24, MOST_ROUNDS = 200 };

static const struct {
    const char *name, *f, *df; /* as gnuplot writes them */
} functions[] = {
    {"sigmoid", "1/(1+exp(-x))", "exp(-x)/(1+exp(-x))**2"},
    {"tanh", "tanh(x)", "1-tanh(x)**2"},
    {"relu", "x>0?x:0", "x>0?1:0"},
    {"leaky_relu", "x>0?x:.01*x", "x>0?1:.01"},
    {"elu", "x>0?x:exp(x)-1", "x>0?1:exp(x)"},
    {"gelu", "x*norm(x)", "norm(x)+x*exp(-x*x/2)/sqrt(2*pi)"},
    {"swish", "x/(1+exp(-x))", "1/(1+exp(-x))+x*exp(-x)/(1+exp(-x))**2"},
};

/* Runs a program, its output into `out`; returns the seconds it took. */
static double run(char *const argv[], struct text *out)
{
    posix_spawn_file_actions_t files;
    int fd[2], status;
    char buffer[8192];
    ssize_t n;
    pid_t pid;
    text_clear(out);
    if (pipe(fd) != 0)
        exit(1);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, fd[1], 1);
    posix_spawn_file_actions_addclose(&files, fd[0]);
    posix_spawn_file_actions_addclose(&files, fd[1]);
    const double start = clock_now();
    if (posix_spawnp(&pid, argv[0], &files, NULL, argv, environ) != 0) {
        fprintf(stderr, "plots: cannot run %s\n", argv[0]);
        exit(1);
    }
    close(fd[1]);
    while ((n = read(fd[0], buffer, sizeof buffer)) > 0)
        text_add_n(out, buffer, (size_t)n);
    waitpid(pid, &status, 0);
    const double took = clock_now() - start;
    close(fd[0]);
    posix_spawn_file_actions_destroy(&files);
    if (status != 0) {
        fprintf(stderr, "plots: %s failed:\n%s", argv[0], text_str(out));
        exit(1);
    }
    return took;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *v, int n)
{
    qsort(v, (size_t)n, sizeof *v, by_size);
    return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

/* The window that actlab chooses for this function at 80x24, under its line with the formula. */
static struct plot window(struct lab *lab, const char *name, struct rect *area)
{
    const struct rect in = {1, 0, ROWS - 1, COLS};
    const struct fn fn = fn_default(activation_find(name));
    lab_set_fn(lab, &fn, NULL);
    struct plot p = {.x0 = lab->model.plot.x0,
                     .x1 = lab->model.plot.x1,
                     .y0 = lab->model.plot.y0,
                     .y1 = lab->model.plot.y1};
    plot_snap_rows(&p.y0, &p.y1, plot_area(&p, in).rows);
    plot_snap(&p.x0, &p.x1, plot_area(&p, in).cols);
    *area = plot_area(&p, in);
    return p;
}

/* f over the window, whose corners lie at these places of the picture: columns from the left, rows
 * from below. */
static void trace(struct ink_curve *c, const char *name, const struct plot *p, double left,
                  double right, double bottom, double top)
{
    const struct fn fn = fn_default(activation_find(name));
    for (int i = 0; i <= INK_CURVE; i++) {
        const double t = (double)i / INK_CURVE, x = p->x0 + t * (p->x1 - p->x0);
        c->at[i] =
            (struct ink_point){left + t * (right - left),
                               bottom + (fn_f(&fn, x) - p->y0) / (p->y1 - p->y0) * (top - bottom)};
    }
}

/* The picture's lines; rows are counted from below. */
static int split(char *s, char *line[], int most)
{
    int n = 0;
    for (char *save = NULL, *l = strtok_r(s, "\n", &save); l && n < most;
         l = strtok_r(NULL, "\n", &save))
        line[n++] = l;
    return n;
}

/* actlab with colours: what stands between the curve's colour and the next is ink of f. */
static double actlab_distance(const char *name, const struct plot *p, struct rect area,
                              struct text *out)
{
    static struct ink_curve c;
    char *line[ROWS];
    double sum = 0;
    int count = 0;
    const int lines = split(out->s, line, ROWS);
    trace(&c, name, p, area.col, area.col + area.cols, ROWS - area.row - area.rows,
          ROWS - area.row);
    for (int row = area.row; row < area.row + area.rows && row < lines; row++) {
        bool curve = false;
        int col = 0;
        for (const char *s = line[row]; *s; s++) {
            if (*s == '\033') {
                const size_t n = strcspn(s, "m");
                curve = n > 4 && strncmp(s + n - 3, "214", 3) == 0;
                s += n;
                continue;
            }
            /* Its legend is in the same colour, far from the curve, and no ink. */
            const bool legend = curve && strncmp(s, "--- ", 4) == 0 && col < area.col + 4;
            if (legend) {
                col += 3;
                s += 2;
                continue;
            }
            if (curve && *s != ' ' && *s != '^' && *s != 'v')
                ink_add(&c, ROWS - 1 - row, col, (unsigned char)*s, &sum, &count);
            col++;
        }
    }
    return sqrt(sum / count);
}

/* gnuplot without its key: the stars between the borders, on whose middle the window's edges lie.
 */
static double gnuplot_distance(const char *name, const struct plot *p, struct text *out)
{
    static struct ink_curve c;
    char *line[ROWS + 8];
    int first = -1, last = -1, left = 0, right = 0, count = 0;
    double sum = 0;
    const int lines = split(out->s, line, ROWS + 8);
    for (int row = 0; row < lines; row++)
        if (strstr(line[row], "+------")) {
            first = first < 0 ? row : first;
            last = row;
            left = (int)(strchr(line[row], '+') - line[row]);
            right = (int)(strrchr(line[row], '+') - line[row]);
        }
    trace(&c, name, p, left + 0.5, right + 0.5, lines - last - 0.5, lines - first - 0.5);
    for (int row = first; row <= last; row++)
        for (int col = left; col <= right && line[row][col]; col++)
            if (line[row][col] == '*')
                ink_add(&c, lines - 1 - row, col, '*', &sum, &count);
    return sqrt(sum / count);
}

struct result {
    double time, bytes, distance;
};

static void print_row(const char *name, struct result a, struct result g)
{
    printf("%-12s %7.2f %7.2f %6.1fx %7.0f %7.0f %6.2f %7.3f %7.3f %6.2f\n", name, 1e3 * a.time,
           1e3 * g.time, g.time / a.time, a.bytes, g.bytes, a.bytes / g.bytes, a.distance,
           g.distance, a.distance / g.distance);
}

int main(int argc, char **argv)
{
    const int n = sizeof functions / sizeof *functions;
    const int rounds = argc == 4 ? atoi(argv[3]) : 0;
    struct result sum[2] = {{0, 0, 0}, {0, 0, 0}};
    struct error e = {0};
    struct text out = {0};
    struct lab *lab = session_open(&command_table, NULL, &e);
    if (rounds < 1 || rounds > MOST_ROUNDS || !lab) {
        fprintf(stderr, "usage: plots ACTLAB GNUPLOT ROUNDS (1 to %d)\n", MOST_ROUNDS);
        return 2;
    }
    printf("Printed plots at 80x24 in ASCII, beside gnuplot's dumb terminal:\n");
    printf("%-12s %-23s %-22s %s\n", "", "  ms a plot", "  bytes", "  ink off the curve, rows");
    printf("%-12s %7s %7s %7s %7s %7s %6s %7s %7s %6s\n", "", "actlab", "gnuplot", "faster",
           "actlab", "gnuplot", "ratio", "actlab", "gnuplot", "ratio");
    for (int i = 0; i < n; i++) {
        struct result r[2];
        struct rect area;
        double took[2][MOST_ROUNDS];
        char script[1024], bare[1100];
        const struct plot p = window(lab, functions[i].name, &area);
        snprintf(script, sizeof script,
                 "set terminal dumb %d %d; set samples 200; set key left top; "
                 "plot [%.9g:%.9g] [%.9g:%.9g] %s with lines title 'f', %s with lines title \"f'\"",
                 COLS, ROWS, p.x0, p.x1, p.y0, p.y1, functions[i].f, functions[i].df);
        snprintf(bare, sizeof bare, "unset key; %s", strstr(script, "set terminal"));
        char *unkeyed = strstr(bare, "set key left top; ");
        memset(unkeyed, ' ', strlen("set key left top;"));
        char *actlab[] = {argv[1],
                          (char *)"--no-rc",
                          (char *)"plot",
                          (char *)functions[i].name,
                          (char *)"size=80x24",
                          (char *)"charset=ascii",
                          NULL,
                          NULL};
        char *gnuplot[] = {argv[2], (char *)"-e", script, NULL};
        for (int k = 0; k < rounds; k++) {
            took[0][k] = run(actlab, &out);
            r[0].bytes = (double)out.len;
            took[1][k] = run(gnuplot, &out);
            r[1].bytes = (double)out.len;
        }
        r[0].time = median(took[0], rounds);
        r[1].time = median(took[1], rounds);
        actlab[6] = (char *)"color=always";
        run(actlab, &out);
        r[0].distance = actlab_distance(functions[i].name, &p, area, &out);
        gnuplot[2] = bare;
        run(gnuplot, &out);
        r[1].distance = gnuplot_distance(functions[i].name, &p, &out);
        print_row(functions[i].name, r[0], r[1]);
        for (int k = 0; k < 2; k++) {
            sum[k].time += r[k].time / n;
            sum[k].bytes += r[k].bytes / n;
            sum[k].distance += r[k].distance * r[k].distance / n;
        }
    }
    for (int k = 0; k < 2; k++)
        sum[k].distance = sqrt(sum[k].distance);
    print_row("all seven", sum[0], sum[1]);
    printf("tried: speed | printed plots of the seven functions, beside gnuplot's dumb terminal | "
           "%.1f times faster, %.2f of the bytes, %.2f of the ink's distance from the curve\n",
           sum[1].time / sum[0].time, sum[0].bytes / sum[1].bytes,
           sum[0].distance / sum[1].distance);
    text_free(&out);
    session_close(lab);
    if (!(sum[0].distance < 0.16)) { /* what tests/unit/test_curves.c promises */
        fputs("plots: actlab's ink lies elsewhere than its window says\n", stderr);
        return 1;
    }
    return 0;
}
