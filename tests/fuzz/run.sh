#!/bin/sh
# run.sh [SECONDS] - the fuzz targets: with SECONDS each that long (make fuzz, under libFuzzer), else a short run that is the
# same every time (make check). What is found is left in the working folder as crash-*, with its number of bytes.
set -u
seconds=${1-}
corpus=${srcdir:-.}/tests/fuzz/corpus
status=0

for target in expr command recording; do
    program=tests/fuzz/fuzz_$target
    found=tests/fuzz/found-$target
    case $target in
    expr) runs=3000 ;;
    *) runs=600 ;;
    esac
    if [ -n "$seconds" ]; then
        mkdir -p "$found"
        echo "fuzz_$target: $seconds s"
        "./$program" -max_total_time="$seconds" -max_len=1000 -timeout=60 -rss_limit_mb=4096 \
            -print_final_stats=1 "$found" "$corpus/$target" || status=1
    else
        empty=$(mktemp -d) || exit 1 # libFuzzer writes into the first folder
        "./$program" -runs=$runs -seed=1 -max_len=1000 "$empty" "$corpus/$target" >"$empty.log" 2>&1
        code=$?
        [ $code -eq 0 ] || { tail -n 40 "$empty.log"; echo "fuzz_$target failed"; status=1; }
        rm -rf "$empty" "$empty.log"
    fi
done
exit $status
