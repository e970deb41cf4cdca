#!/bin/sh
# The order of the rooms (rooms.awk): a file includes only its own room and the rooms it may know; curses and readline stay
# in their files.
cd "${srcdir:-.}" || exit 99

awk_program='
function wrong(what) {
    printf "%s:%d: %s\n", FILENAME, FNR, what
    bad = 1
}
{
    file = FILENAME
    sub(/^src\//, "", file)
    room = room_of(file)
    if (!(room in knows))
        wrong("no such room: " room)
}
/^[ \t]*#[ \t]*include[ \t]*"/ {
    split($0, part, "\"")
    target = room_of(part[2])
    if (part[2] !~ /\//)
        wrong("\"" part[2] "\" does not say its room")
    else if (!may_know(room, target))
        wrong(room " may not know " target ": \"" part[2] "\"")
}
/^[ \t]*#[ \t]*include[ \t]*<(n?curses|term|panel|menu|form)(w?)(\/[a-z]*)?\.h>/ {
    if (file != "tui/terminal.c" && file != "tui/terminal_entry.c" && file != "tui/pen.c")
        wrong("only tui/terminal.c, tui/terminal_entry.c and tui/pen.c know curses")
}
/^[ \t]*#[ \t]*include[ \t]*<readline\// {
    if (file != "tui/prompt.c" && file != "tui/prompt_keys.c")
        wrong("only tui/prompt.c and tui/prompt_keys.c know readline")
}
END { exit bad }'

find src -name '*.[ch]' ! -name '*_rc.h' -exec awk "$(cat tests/rooms.awk)$awk_program" {} + || exit 1
echo "every include is in order"
