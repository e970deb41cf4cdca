/* picture.c - what handlers that print a picture ask of their call and of where it goes: size,
 * colours, characters. */
#include "draw/theme.h"
#include "language/call.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SIDE_MOST = 1000 };

bool call_size(const struct call *c, int *cols, int *rows, struct error *e)
{
    const char *size = call_option(c, "size");
    char end;

    if (!size)
        return true;
    if (sscanf(size, "%9dx%9d%c", cols, rows, &end) != 2 || *cols < 1 || *rows < 1 ||
        *cols > SIDE_MOST || *rows > SIDE_MOST)
        return misuse(e, -1, "size must be COLUMNSxROWS, at most %dx%d, such as 80x24, not '%s'",
                      SIDE_MOST, SIDE_MOST, size);
    return true;
}

int call_colours(const struct lab *lab, const struct call *c, FILE *out)
{
    const char *none = getenv("NO_COLOR"), *term = getenv("TERM");
    const int when = call_option_choice(c, "color", lab->set.color);
    const int depth = theme_colours(term, getenv("COLORTERM"), NULL);

    if (when == COLOR_ALWAYS) /* into a pipe, too, for whoever reads it there */
        return depth > 0 ? depth : 256;
    if (when == COLOR_NEVER || lab->interactive || (none && none[0]) || !isatty(fileno(out)) ||
        !term || strcmp(term, "dumb") == 0)
        return COLOURS_PLAIN;
    return depth;
}

bool call_utf8(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

void print_grid(const struct lab *lab, const struct grid *g, int colours, FILE *out)
{
    struct text text = {0};
    bool ascii = !call_utf8();

    if (colours == COLOURS_PLAIN)
        grid_to_text(g, ascii, &text);
    else
        grid_to_ansi(g, lab_theme(lab), colours, ascii, &text);
    fwrite(text_str(&text), 1, text.len, out);
    text_free(&text);
}
