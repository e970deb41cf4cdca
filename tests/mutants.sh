#!/bin/sh
# mutants.sh WORK SEED COUNT [ROOM...] - how many small faults do the tests see? Builds a copy of this source in the folder WORK
# (the list of tests that pass there is kept in WORK/tests for a second run), puts COUNT faults into each ROOM (all but tui and bench where none is named), one at a
# time (mutate.awk), and runs the tests until one fails. Prints a line a fault and a table of the rooms; WORK/survived.log has
# those that no test saw: a missing test each, or a fault that changes nothing. The same SEED makes the same faults. It takes
# seconds for a fault that is seen, and the whole suite, some minutes, for one that is not; TESTS="..." runs these alone.
set -u
LC_ALL=C
export LC_ALL
unset CDPATH
[ $# -ge 3 ] || {
    sed -n '2,7s/^# //p' "$0" >&2
    exit 2
}
mkdir -p "$1" || exit 2
work=$(cd "$1" && pwd -P)
seed=$2
count=$3
shift 3
here=$(cd "$(dirname "$0")/.." && pwd -P) || exit 2
[ $# -gt 0 ] || set -- base math kernels expr net draw course lab language study replay commands view tui
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null) || jobs=2

# --- a copy to put them into -------------------------------------------------------------------
rm -rf "$work/source"
mkdir -p "$work/source" "$work/build" && (cd "$here" && git ls-files -z | xargs -0 tar cf -) | tar xf - -C "$work/source" || exit 2
cd "$work/source" && autoreconf -i >"$work/build.log" 2>&1 && cd "$work/build" &&
    ../source/configure -q CFLAGS='-O2' >>"$work/build.log" 2>&1 && make -j "$jobs" >>"$work/build.log" 2>&1 || {
    tail "$work/build.log"
    exit 2
}
# But those that take long or need a server; one that fails without a fault is left out below.
programs() {
    tr -d '\\\\' <"$here/tests/$2/tests.am" | tr ' \t' '\n\n' | sed -n "s|^%D%/\\($1_[a-z_0-9]*\\)\$|tests/$2/\\1|p"
}
tests=${TESTS-$( (programs test unit; programs pty terminal) | grep -v -e pty_long -e pty_ssh -e pty_mqtt -e pty_idle -e demonstrations)
    tests/screen/plots.sh tests/screen/screens.sh tests/shell/same.sh tests/shell/usage.sh tests/shell/completion.sh
    tests/shell/files.sh tests/shell/stream.sh tests/lessons.sh tests/numbers.sh tests/docs.sh tests/terminal/keys.sh
    tests/terminal/start.sh}

# --- running them --------------------------------------------------------------------------------
ACTLAB=$work/build/actlab ACTLAB_LESSONS=$work/source/lessons srcdir=$work/source top_srcdir=$work/source ACTLAB_BRIEF=
export ACTLAB ACTLAB_LESSONS srcdir
unset ACTLAB_BRIEF
passes() {
    case $1 in
    *.sh) timeout -k 5 180 sh "$work/source/$1" ;;
    *) make -s "$1" && timeout -k 5 120 "./$1" ;;
    esac </dev/null >"$work/test.log" 2>&1
    code=$?
    [ $code -eq 0 ] || [ $code -eq 77 ]
}
if [ ! -f "$work/tests" ] || [ -n "${TESTS-}" ]; then
    : >"$work/tests"
    for test in $tests; do
        if passes "$test"; then
            echo "$test"
        else
            echo "left out, it fails without a fault: $test" >&2
        fi
    done >"$work/tests"
fi

# Those that name the file's header come first, then those that saw a fault last.
in_order() {
    name=${1#src/}
    name=${name%.*}
    while read -r test; do
        if grep -q "\"$name.h\"" "$work/source/$test.c" 2>/dev/null; then echo "0 $test"; else echo "1 $test"; fi
    done <"$work/tests" | sort -s -n | cut -d' ' -f2
}

# --- the faults ----------------------------------------------------------------------------------
cp actlab "$work/sound"
: >"$work/survived.log"
: >"$work/rooms"
for room in "$@"; do
    made=0
    tried=0
    while [ $made -lt "$count" ] && [ $tried -lt $((count * 20)) ]; do
        tried=$((tried + 1))
        # A file by its number of lines, and a place in it.
        set_of=$(cd "$here" && git ls-files "src/$room/*.c" "src/$room/*.h" | xargs wc -l | grep -v ' total$' |
            awk -v seed="$seed" -v tried="$tried" -v room="$room" '
                BEGIN { for (i = 1; i <= length(room); i++) sum = sum * 31 % 65521 + index("abcdefghijklmnopqrstuvwxyz", substr(room, i, 1))
                        srand(seed * 1000003 + sum * 1009 + tried); rand() }
                { file[NR] = $2; lines[NR] = all += $1 }
                END { line = rand() * all; for (i = 1; lines[i] < line; i++); print file[i], rand() }')
        file=${set_of% *}
        awk -v at="${set_of#* }" -f "$here/tests/mutate.awk" "$here/$file" >"$work/mutant" 2>"$work/what" || continue
        cp "$work/mutant" "$work/source/$file"
        # The same program is no fault.
        if make -s -j "$jobs" actlab >"$work/build.log" 2>&1 && ! cmp -s actlab "$work/sound"; then
            made=$((made + 1))
            seen_by=
            for test in $(in_order "$file"); do
                passes "$test" || {
                    seen_by=$test
                    break
                }
            done
            if [ -n "$seen_by" ]; then
                { echo "$seen_by"; grep -vx "$seen_by" "$work/tests"; } >"$work/tests.new" && mv "$work/tests.new" "$work/tests"
                echo "$file:$(head -n 1 "$work/what"): seen by $seen_by"
                echo "$room 1" >>"$work/rooms"
            else
                echo "$file:$(head -n 1 "$work/what"): SURVIVED"
                { echo "$file"; cat "$work/what"; } >>"$work/survived.log"
                echo "$room 0" >>"$work/rooms"
            fi
        fi
        cp "$here/$file" "$work/source/$file"
    done
done
make -s -j "$jobs" actlab >/dev/null 2>&1
awk '{ all[$1]++; seen[$1] += $2; n++; s += $2 }
    END { for (room in all) printf "%-10s %3d of %3d seen\n", room, seen[room], all[room]; if (n) printf "%-10s %3d of %3d seen, %.0f %%\n", "all", s, n, 100 * s / n }' "$work/rooms"
