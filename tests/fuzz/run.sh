#!/bin/sh
# run.sh [SECONDS] - the fuzz targets: with SECONDS each that long (make fuzz, under libFuzzer), else a short run that is the
# same every time (make check). What is found is left in the working folder as crash-*, with its number of bytes.
# FUZZ_TARGETS="json keys" runs only those.
set -u
seconds=${1-}
corpus=${srcdir:-.}/tests/fuzz/corpus
targets=${FUZZ_TARGETS:-expr command course recording stream data json rc progress text keys plot}
status=0
all=0
each=

# The words of the language, so that libFuzzer need not guess them.
dictionary() {
    sed -n 's/^COMMAND(\([a-z]*\),.*/"\1"/p' "${srcdir:-.}/src/commands/commands.def"
    sed -n 's/^ACTIVATION(\([a-z0-9_]*\),/"\1"/p' "${srcdir:-.}/src/math/activations.def"
    sed -n 's/^ *ROW(\([a-z_0-9]*\),.*/"\1"/p' "${srcdir:-.}/src/net/config.c" "${srcdir:-.}/src/lab/settings.c"
    sed -n 's/^ *{"\([a-z_0-9]*\)".*/"\1"/p' "${srcdir:-.}/src/expr/expr_builtin.c"
    printf '"%s"\n' alpha beta 'if(' ' and ' ' or ' 'not ' '==' '<=' 1e308 inf nan limit= epochs= \
        '--format=json' next prev default toggle
}

# One target for some seconds; its log is left in FOUND.log.
for_long() {
    mkdir -p "$found"
    dictionary >"$found.dict"
    echo "fuzz_$target: $seconds s"
    leaks=1
    [ "$target" = keys ] && leaks=0 # readline's own: it forgets a letter here and there
    "./$program" -max_total_time="$seconds" -max_len=2000 -timeout=60 -rss_limit_mb=4096 -detect_leaks=$leaks \
        -print_final_stats=1 -dict="$found.dict" "$found" "$corpus/$target" >"$found.log" 2>&1
    code=$?
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$found.log")
    [ $code -eq 0 ] || tail -n 60 "$found.log"
    echo "fuzz_$target: ${runs:-no} runs, status $code"
}

shortly() {
    empty=$(mktemp -d) || exit 1 # libFuzzer writes into the first folder
    "./$program" -runs=$runs -seed=1 -max_len=2000 "$empty" "$corpus/$target" >"$empty.log" 2>&1
    code=$?
    [ $code -eq 0 ] || { tail -n 40 "$empty.log"; echo "fuzz_$target failed"; }
    rm -rf "$empty" "$empty.log"
}

for target in $targets; do
    program=tests/fuzz/fuzz_$target
    found=tests/fuzz/found-$target
    case $target in
    expr | data | json | text) runs=3000 ;;
    command | recording | stream) runs=600 ;;
    *) runs=1000 ;;
    esac
    if [ -n "$seconds" ]; then
        for_long
    else
        shortly
    fi
    [ $code -eq 0 ] || status=1
    all=$((all + ${runs:-0}))
    each="$each${each:+, }$target ${runs:-0}"
done
if [ $status -eq 0 ] && [ -n "$seconds" ]; then
    echo "tried: fuzz | each parser $seconds s under libFuzzer, ASan and UBSan | $all runs, no finding: $each"
elif [ $status -eq 0 ]; then
    echo "tried: fuzz | each parser, with its corpus and mutations of it | $all runs, no finding: $each"
fi
exit $status
