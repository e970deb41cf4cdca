#!/bin/sh
# Golden pictures: every function in every charset at 60x16, and what is hard to draw. A picture that
# changed is shown as a diff; look at it, and if it is better: GENERATE=1 make check TESTS=tests/screen/plots.sh
actlab=${ACTLAB:?}
golden=${srcdir:-.}/tests/screen/plots
new=$(mktemp -d) || exit 99
trap 'rm -rf "$new"' EXIT
fail=0

plot() {
    "$actlab" --no-rc plot "$@" --size 60x16 --color never || echo "exit status $?"
}

script() {
    "$actlab" --no-rc "$@" || echo "exit status $?"
}

functions() {
    for name in $("$actlab" --no-rc facts --format=tsv | sed 1d | cut -f 1); do
        plot "$name" --charset "$1"
        echo
    done
}

# What has poles, gaps, jumps, or several curves.
special() {
    for e in '1/x' 'tan(x)' 'log(x)' 'sqrt(x)' 'floor(x)' 'exp(x)' 'x^2' 'nan' 'sin(30*x)'; do
        echo "$e"
        plot "$e" range=-2:2 --charset "$1"
        echo
    done
    plot elu alpha=2 range=-0.5:0.5 --charset "$1"
    plot leaky_relu alpha=-0.5 --charset "$1"
    plot hardshrink alpha=1.7 --charset "$1"
    plot gelu swish relu range=-3:3 --charset "$1"
    script -c 'fn gelu' -c 'compare gelu_tanh' -c 'difference on' \
        -c "plot --size 60x16 --charset $1 --color never"
    script -c 'fn tanh' -c 'cursor 1' -c 'tangent on' \
        -c "plot --size 60x16 --charset $1 --color never"
    script -c 'fn tanh' -c 'histogram 1' -c "plot --size 60x16 --charset $1 --color never"
    script -c 'fn sigmoid' -c 'naive on' -c "plot --size 60x16 --charset $1 --color never"
    for size in 200x40 40x10 20x6 9x4 3x2 1x1; do
        echo "$size"
        "$actlab" --no-rc plot swish --size $size --charset "$1" --color never
    done
}

# The pictures in one charset, in one locale.
compare() {
    LC_ALL=$2
    export LC_ALL
    { functions "$1"; special "$1"; } >"$new/$1.txt" 2>&1
    if [ -n "$GENERATE" ]; then
        mkdir -p "$golden" && cp "$new/$1.txt" "$golden/$1.txt"
    elif ! diff -u "$golden/$1.txt" "$new/$1.txt"; then
        fail=1
    fi
}

compare ascii C
if LC_ALL=C grep -n '[^ -~]' "$new/ascii.txt"; then
    echo "ASCII pictures hold more than ASCII"
    fail=1
fi
if [ "$(LC_ALL=C.UTF-8 locale charmap 2>/dev/null)" = UTF-8 ]; then
    compare block C.UTF-8
    compare braille C.UTF-8
else
    echo "no locale C.UTF-8: block and braille were not compared"
fi
exit $fail
