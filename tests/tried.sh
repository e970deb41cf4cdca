#!/bin/sh
# tried.sh [--page PAGE] [FILE...] - the table of what was tried and what held, as Markdown: from the tests' logs and reports
# below the working directory's tests/, or from the given files. `make check` and `make bench` end with it; with --page it
# prints that page again, its table brought up to date (make docs): a row that nobody said this time stays, and is named.
#
# A test says a row after its assertions, by a line of its output (C tests by tried() of unit.h):
#
#   tried: AREA | WHAT WAS TRIED | WHAT HELD, with figures
#
# Rows of one area and subject are printed once, the last one said.
set -u
LC_ALL=C
export LC_ALL
page=
[ "${1-}" != --page ] || {
    page=$2
    shift 2
}
[ $# -gt 0 ] || set -- $(find tests -name '*.log' ! -name test-suite.log | sort) ${page:+$(find tests -name '*.out' | sort)}
[ $# -gt 0 ] || exit 0

# The rows of the page as a test would say them, with a mark.
rows_of_page() {
    awk -F ' *[|] *' '/^## / && NR > 1 { exit } /^\|/ && NF == 5 && $4 != "held" && $4 !~ /^-+$/ {
        area = $2 == "" ? area : $2
        print "old: " area " | " $3 " | " $4
    }' "$page"
}

[ -z "$page" ] || sed '/^|/,$d' "$page"
{
    [ -z "$page" ] || rows_of_page
    sed -n 's/^tried: /new: /p' "$@"
} | awk -F ' [|] ' '
BEGIN {
    n = split("terminals|sizes|ways in|ways out|words|thrift|hostile input|fuzz|analysis|restricted|SSH|class|network|speed|accuracy|course|distribution", order, "|")
    for (i = 1; i <= n; i++)
        known[order[i]] = 1
}
{
    said = sub(/^new: /, "")
    sub(/^old: /, "")
}
NF != 3 || !($1 in known) {
    print "tried.sh: no row: " $0 >"/dev/stderr"
    bad = 1
    next
}
!(($1, $2) in held) { what[$1, ++rows[$1]] = $2 }
{ held[$1, $2] = $3; fresh[$1, $2] = said; all++ }
END {
    if (all) {
        print "| | tried | held |"
        print "|---|---|---|"
    }
    for (i = 1; i <= n; i++)
        for (k = 1; k <= rows[order[i]]; k++) {
            if (!fresh[order[i], what[order[i], k]])
                print "tried.sh: kept from before: " order[i] " | " what[order[i], k] >"/dev/stderr"
            print "| " (k == 1 ? order[i] : "") " | " what[order[i], k] " | " held[order[i], what[order[i], k]] " |"
        }
    exit bad
}' || exit 1
# What a page says behind its table is its own.
[ -z "$page" ] || awk '/^## / && table { behind = 1; print "" } /^[|]/ { table = 1 } behind' "$page"
