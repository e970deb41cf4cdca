#!/bin/sh
# tried.sh [FILE...] - the table of what was tried and what held, as Markdown: from the tests' logs below the working
# directory's tests/, or from the given files. `make check` and `make bench` end with it.
#
# A test says a row after its assertions, by a line of its output (C tests by tried() of unit.h):
#
#   tried: AREA | WHAT WAS TRIED | WHAT HELD, with figures
#
# Rows of one area and subject are printed once, the last one said.
set -u
LC_ALL=C
export LC_ALL
[ $# -gt 0 ] || set -- $(find tests -name '*.log' ! -name test-suite.log | sort)
[ $# -gt 0 ] || exit 0

sed -n 's/^tried: //p' "$@" | awk -F ' [|] ' '
BEGIN {
    n = split("terminals|sizes|ways out|thrift|hostile input|fuzz|analysis|restricted|SSH|class|network|speed|accuracy|course|distribution", order, "|")
    for (i = 1; i <= n; i++)
        known[order[i]] = 1
}
NF != 3 || !($1 in known) {
    print "tried.sh: no row: " $0 >"/dev/stderr"
    bad = 1
    next
}
!(($1, $2) in held) { what[$1, ++rows[$1]] = $2 }
{ held[$1, $2] = $3; all++ }
END {
    if (all) {
        print "| | tried | held |"
        print "|---|---|---|"
    }
    for (i = 1; i <= n; i++)
        for (k = 1; k <= rows[order[i]]; k++)
            print "| " (k == 1 ? order[i] : "") " | " what[order[i], k] " | " held[order[i], what[order[i], k]] " |"
    exit bad
}'
