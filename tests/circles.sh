#!/bin/sh
# Data flows one way: no two files call each other, directly or through others, and no file calls up to a room that it may
# not know (rooms.awk). Read from the symbols of the built objects; what another file defines and this one uses is a call.
#
# Allowed: files in circles, and calls upwards.
circles_allowed=0
upwards_allowed=0
source=${srcdir:-.}
nm=${NM:-nm}

command -v "$nm" >/dev/null 2>&1 || {
    echo "skipped: nm is missing"
    exit 77
}
# Of sources that are there: an old object may be left of a file that has gone.
objects() {
    find src -name '*.o' | sort | while read -r object; do
        name=${object%.o}
        [ ! -f "$source/${name%/*}/${name##*[/-]}.c" ] || echo "$object"
    done
}

objects | xargs "$nm" -A -P | awk -v circles_allowed=0"$circles_allowed" -v upwards_allowed="$upwards_allowed" "$(cat "$source/tests/rooms.awk")"'
# OBJECT: SYMBOL TYPE ...
{
    file = $1
    sub(/:$/, "", file)
    sub(/^src\//, "", file)
    sub(/\.o$/, "", file)
    sub(/\/lib[a-z]*_a-/, "/", file) # of a library with flags of its own
    if (!(file in seen))
        seen[file] = ++files
    name[files] = file
    if ($3 ~ /^[TDBRVWC]$/)
        at[$2] = seen[file]
    else if ($3 == "U") {
        user[++uses] = seen[file]
        used[uses] = $2
    }
}
function visit(from,    k) {
    for (k = 1; k <= calls[from]; k++)
        if (!reached[call[from, k]]++)
            visit(call[from, k])
}
function room(file) {
    file = room_of(name[file])
    return file == "main" ? "main.c" : file
}
END {
    if (uses == 0) {
        print "skipped: nm shows no symbols of these objects"
        exit 77
    }
    for (i = 1; i <= uses; i++) {
        from = user[i]
        to = at[used[i]]
        if (!to || to == from || used[i] == "main")
            continue
        if (!may_know(room(from), room(to))) {
            print name[from] " calls up to " name[to] ": " used[i]
            upwards++
        }
        if (!((from, to) in edge)) {
            edge[from, to] = used[i]
            call[from, ++calls[from]] = to
            arrows++
        }
    }
    for (i = 1; i <= files; i++) {
        split("", reached)
        visit(i)
        for (k in reached)
            reaches[i, k] = 1
    }
    for (i = 1; i <= files; i++) {
        if (!((i, i) in reaches) || told[i])
            continue
        print "in a circle:"
        for (k = i; k <= files; k++)
            if ((i, k) in reaches && (k, i) in reaches) {
                told[k] = i
                circles++
            }
        for (k = i; k <= files; k++)
            for (m = 1; m <= calls[k]; m++)
                if (told[k] == i && told[call[k, m]] == i)
                    print "  " name[k] " calls " name[call[k, m]] ": " edge[k, call[k, m]]
    }
    printf "%d files, %d arrows between them; %d files in circles (allowed: %d), %d calls upwards (allowed: %d)\n",
        files, arrows, circles, circles_allowed, upwards, upwards_allowed
    exit files < 20 || circles > circles_allowed || upwards > upwards_allowed
}'
