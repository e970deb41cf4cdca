# mutate.awk - one small fault in a C file: awk -v at=RANDOM -f mutate.awk FILE prints the file with a fault, and to standard
# error the line, as it was and as it is. `at` from 0 to 1 chooses among all faults that could be made; status 1: there is none.
# A fault stands in a function's body: on an indented line, outside comments and texts.

BEGIN { faults = 0 }

# Where a line's code ends: at a comment.
function code_of(s) {
    sub(/\/[*\/].*/, "", s)
    return s
}
function within_text(s, at,    i, inside) {
    for (i = 1; i < at; i++)
        if (substr(s, i, 1) == "\"" && substr(s, i - 1, 1) != "\\")
            inside = !inside
    return inside
}
# Every place of `from` in the line is a fault of its own.
function swaps(n, s, from, to,    at, skipped) {
    for (skipped = 0; (at = index(substr(s, skipped + 1), from)) > 0; skipped += at) {
        if (!within_text(s, skipped + at))
            fault(n, substr(line[n], 1, skipped + at - 1) to substr(line[n], skipped + at + length(from)))
    }
}
function fault(n, text) {
    where[faults] = n
    made[faults++] = text
}
# A line's numbers, one more each.
function numbers(n, s,    at, skipped, word) {
    skipped = 0
    while (match(substr(s, skipped + 1), /[^A-Za-z0-9_.][0-9]+[^A-Za-z0-9_.x]/)) {
        at = skipped + RSTART + 1
        word = substr(s, at, RLENGTH - 2)
        if (!within_text(s, at))
            fault(n, substr(line[n], 1, at - 1) (word + 1) substr(line[n], at + length(word)))
        skipped += RSTART + RLENGTH - 2
    }
}
{
    line[NR] = $0
    code = code_of($0)
    if ($0 ~ /^ *\*|^ *\/\*|^#|^static const|^[^ ]/ || in_comment || code !~ /[a-z]/) {
        in_comment = $0 ~ /\/\*/ ? $0 !~ /\*\// : in_comment && $0 !~ /\*\//
        next
    }
    in_comment = $0 ~ /\/\*/ && $0 !~ /\*\//
    swaps(NR, code, " < ", " <= ")
    swaps(NR, code, " > ", " >= ")
    swaps(NR, code, " <= ", " < ")
    swaps(NR, code, " >= ", " > ")
    swaps(NR, code, " == ", " != ")
    swaps(NR, code, " != ", " == ")
    swaps(NR, code, " && ", " || ")
    swaps(NR, code, " || ", " && ")
    swaps(NR, code, " + ", " - ")
    swaps(NR, code, " - ", " + ")
    swaps(NR, code, " * ", " / ")
    swaps(NR, code, " / ", " * ")
    swaps(NR, code, "true", "false")
    swaps(NR, code, "false", "true")
    numbers(NR, code)
    if (code ~ /^ +if \(.*\)( \{)?$/) {
        text = line[NR]
        sub(/if \(/, "if (!(", text)
        sub(/\)( \{)?$/, ")&", text)
        fault(NR, text)
    }
    # A call for what it does, left out.
    if (code ~ /^ +[a-z_0-9]+\(.*\);$/) {
        text = line[NR]
        sub(/[a-z].*/, "(void)0;", text)
        fault(NR, text)
    }
    if (code ~ /^ +[a-z][][a-z_0-9.>-]* [-+]?= .*;$/) {
        text = line[NR]
        sub(/[a-z].*/, "(void)0;", text)
        fault(NR, text)
    }
}
END {
    if (!faults)
        exit 1
    chosen = int(at * faults)
    for (i = 1; i <= NR; i++)
        print i == where[chosen] ? made[chosen] : line[i]
    print where[chosen] ":" line[where[chosen]] >"/dev/stderr"
    print where[chosen] ":" made[chosen] >"/dev/stderr"
}
