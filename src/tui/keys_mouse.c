/* keys_mouse.c - see keys_mouse.h. */
#include "tui/keys_mouse.h"

#include <stdio.h>

static enum mouse_button button_of(int code)
{
    if (code & 64)
        return (code & 3) == 0 ? MOUSE_WHEEL_UP : (code & 3) == 1 ? MOUSE_WHEEL_DOWN : MOUSE_OTHER;
    return (code & 3) == 0 && !(code & 32) ? MOUSE_LEFT : MOUSE_OTHER;
}

void keys_mouse(struct key *k, const char *s, size_t len)
{
    int b = 0, col = 0, row = 0;

    k->kind = KEY_MOUSE;
    k->bytes[0] = '\0';
    k->button = MOUSE_OTHER;
    if (s[2] == 'M') {
        b = (unsigned char)s[3] - 32;
        col = (unsigned char)s[4] - 32;
        row = (unsigned char)s[5] - 32;
        k->button = button_of(b);
    } else if (sscanf(s, "\x1b[<%4d;%5d;%5d", &b, &col, &row) == 3 && s[len - 1] == 'M') {
        k->button = button_of(b);
    }
    k->row = row - 1;
    k->col = col - 1;
}
