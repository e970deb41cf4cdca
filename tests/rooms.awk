# rooms.awk - the order of the rooms, for the tests of it: rooms.sh (what a file includes) and circles.sh (what it calls).
# A program in awk of either begins with this.
BEGIN {
    # from the lowest to the highest: each may know those before it ...
    n = split("base math kernels expr net draw course lab language study replay commands view tui main.c", order, " ")
    for (i = 1; i <= n; i++) {
        knows[order[i]] = below
        below = below " " order[i] " "
    }
    # ... but these know nothing of networks
    knows["draw"] = " base "
    knows["course"] = " base "
}

# Of a path below src/.
function room_of(path) {
    return match(path, /\//) ? substr(path, 1, RSTART - 1) : path
}

function may_know(room, other) {
    return room == other || index(knows[room], " " other " ") > 0
}
