#!/bin/sh
# eval reads any number of lines in constant memory: a million within an address space that they would not fit into.
actlab=${ACTLAB:?}
lines=1000000
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# The least space that the program starts in, to 4 MB; sanitizers want far more than there is.
space=8000
until (ulimit -v $space && echo 1 | "$actlab" eval relu) >/dev/null 2>&1; do
    space=$((space + 4000))
    [ $space -lt 400000 ] || { echo "the program does not start in 400 MB: not measured"; exit 77; }
done
awk "BEGIN { for (i = 0; i < $lines; i++) print (i % 2001 - 1000) / 64 }" >"$folder/in"
# what it holds: 8 MB of numbers at least, if it kept them
(ulimit -v $((space + 4000)) && "$actlab" eval relu <"$folder/in" >"$folder/out") || { echo "failed in $space KB + 4000"; exit 1; }
awk -v want=$lines '
    NF != 3 || $2 != ($1 > 0 ? $1 : 0) || $3 != ($1 > 0) { print "line " NR ": " $0; bad = 1; exit }
    END { if (!bad && NR != want) { print NR " lines, not " want; bad = 1 } exit bad }' "$folder/out" || exit 1
(ulimit -v $((space + 4000)) && "$actlab" eval gelu --format=json <"$folder/in" | tail -n 1 >"$folder/out") || exit 1
[ "$(cat "$folder/out")" = "]" ] || { echo "the JSON does not end"; exit 1; }

# It ends where nobody takes what it prints, or where a line has no end: else it would use up this time.
ulimit -t 30
status() { [ "$2" -eq "$1" ] || { echo "$3: status $2, not $1" && exit 1; }; }
if [ -c /dev/full ]; then
    yes 1 | "$actlab" eval relu 2>"$folder/said" >/dev/full
    status 1 $? "into a full disk"
    grep -q '^actlab: cannot write: ' "$folder/said" || { cat "$folder/said"; exit 1; }
    yes 'eval relu 1' | "$actlab" -f - 2>"$folder/said" >/dev/full
    status 1 $? "a script into a full disk"
    grep -q '^actlab: cannot write: ' "$folder/said" || { cat "$folder/said"; exit 1; }
fi
(trap '' PIPE && yes 1 2>/dev/null | { "$actlab" eval relu && echo 0 >"$folder/status"; } | head -n 1) >"$folder/out"
[ "$(cat "$folder/out" "$folder/status")" = "1 1 1
0" ] || { echo "into head, SIGPIPE ignored: $(cat "$folder/out")"; exit 1; }
"$actlab" eval relu </dev/zero 2>"$folder/said"
status 1 $? "a line without an end"
grep -q 'line 1: .* is not a number' "$folder/said" || { cat "$folder/said"; exit 1; }
"$actlab" -f - </dev/zero 2>"$folder/said"
status 1 $? "a script of a line without an end"
grep -q 'input:1: a line is longer than' "$folder/said" || { cat "$folder/said"; exit 1; }
printf 'eval relu 1\0 2\n' | "$actlab" -f - >"$folder/out" 2>"$folder/said"
status 1 $? "a script with a NUL byte"
grep -q 'input:1: a line with a NUL byte' "$folder/said" && [ ! -s "$folder/out" ] || { cat "$folder/said"; exit 1; }
