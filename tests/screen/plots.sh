#!/bin/sh
# Golden pictures: every function in every charset at 60x16, what is hard to draw, and the ends of what doubles hold. A picture that
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

# Heights and ranges at the ends of what doubles can hold, far from 0, and hardly wider than their grain.
extreme() {
    while read -r e range; do
        echo "$e over $range"
        plot "$e" "range=$range" --charset "$1"
        echo
    done <<END
5e-324 -5:5
1e-310*x -5:5
1e-320*sin(x) -5:5
1e308*x -5:5
1e308*x 0.99:1.01
1.7e308 -5:5
1.7e308*sin(x) -5:5
inf -5:5
if(x>0,inf,-inf) -5:5
exp(exp(exp(x))) -5:5
1e6+x -5:5
1+1e-9*sin(x) -5:5
1e15+round(x) -5:5
sin(1e6*x) -5:5
gelu 1000000:1000010
sin(x) 123456789:123456790
identity 1:1.000000000002
identity -1e-149:2e-149
x^2 9e149:1e150
tanh 1e149:1.000000000001e149
sigmoid 1:1.0000000000000002
sigmoid 0:5e-324
sigmoid -1e308:1e308
sigmoid 1:-1
sigmoid 1000001:1000000
END
}

# The pictures of one kind, in one charset and one locale: compare FILE CHARSET LOCALE KIND...
compare() {
    file=$1 charset=$2
    LC_ALL=$3
    export LC_ALL
    shift 3
    for kind in "$@"; do
        $kind "$charset"
    done >"$new/$file.txt" 2>&1
    if [ -n "$GENERATE" ]; then
        mkdir -p "$golden" && cp "$new/$file.txt" "$golden/$file.txt"
    elif ! diff -u "$golden/$file.txt" "$new/$file.txt"; then
        fail=1
    fi
}

compare ascii ascii C functions special
compare extreme ascii C extreme
if LC_ALL=C grep -n '[^ -~]' "$new/ascii.txt" "$new/extreme.txt"; then
    echo "ASCII pictures hold more than ASCII"
    fail=1
fi
if [ "$(LC_ALL=C.UTF-8 locale charmap 2>/dev/null)" = UTF-8 ]; then
    compare block block C.UTF-8 functions special
    compare braille braille C.UTF-8 functions special
else
    echo "no locale C.UTF-8: block and braille were not compared"
fi
exit $fail
