#!/bin/sh
# run.sh [SECONDS] - the fuzz targets: with SECONDS each that long (make fuzz, under libFuzzer), else a short run that is the
# same every time (make check). What is found is left in the working folder as crash-*, with its number of bytes.
set -u
seconds=${1-}
corpus=${srcdir:-.}/tests/fuzz/corpus
status=0

# The words of the language, so that libFuzzer need not guess them.
dictionary() {
    sed -n 's/^COMMAND("\([a-z]*\)".*/"\1"/p' "${srcdir:-.}/src/lab/commands.def"
    sed -n 's/^ *FORMS(\([a-z0-9_]*\)).*/"\1"/p' "${srcdir:-.}/src/math/activation_table.c"
    sed -n 's/^ *{"\([a-z_0-9]*\)".*/"\1"/p' "${srcdir:-.}/src/net/config.c" \
        "${srcdir:-.}/src/lab/settings.c" "${srcdir:-.}/src/math/expr_builtin.c"
    printf '"%s"\n' alpha beta 'if(' ' and ' ' or ' 'not ' '==' '<=' 1e308 inf nan limit= epochs= \
        '--format=json' next prev default toggle
}

for target in expr command course recording; do
    program=tests/fuzz/fuzz_$target
    found=tests/fuzz/found-$target
    case $target in
    expr) runs=3000 ;;
    *) runs=600 ;;
    esac
    if [ -n "$seconds" ]; then
        mkdir -p "$found"
        dictionary >"$found.dict"
        echo "fuzz_$target: $seconds s"
        "./$program" -max_total_time="$seconds" -max_len=1000 -timeout=60 -rss_limit_mb=4096 \
            -print_final_stats=1 -dict="$found.dict" "$found" "$corpus/$target" || status=1
    else
        empty=$(mktemp -d) || exit 1 # libFuzzer writes into the first folder
        "./$program" -runs=$runs -seed=1 -max_len=1000 "$empty" "$corpus/$target" >"$empty.log" 2>&1
        code=$?
        [ $code -eq 0 ] || { tail -n 40 "$empty.log"; echo "fuzz_$target failed"; status=1; }
        rm -rf "$empty" "$empty.log"
    fi
done
exit $status
