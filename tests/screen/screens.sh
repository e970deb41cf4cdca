#!/bin/sh
# Golden pictures of the whole screen. A picture that changed is shown as a diff; look at it, and if it is better:
# GENERATE=1 make check TESTS=tests/screen/screens.sh
actlab=${ACTLAB:?}
golden=${srcdir:-.}/tests/screen/screens
new=$(mktemp -d) || exit 99
trap 'rm -rf "$new"' EXIT
XDG_STATE_HOME=$new/state XDG_CONFIG_HOME=$new/config
export XDG_STATE_HOME XDG_CONFIG_HOME
# what is trained is printed to a few digits; one path of the kernels gives them on every machine
ACTLAB_CPU=scalar
export ACTLAB_CPU
fail=0

# scene NAME CHARSET SIZE LINE...: the screen after these commands
scene() {
    name=$1 charset=$2 size=$3
    shift 3
    locale=C
    [ "$charset" = ascii ] || locale=C.UTF-8
    set -- --no-rc -c "set charset $charset" "$@"
    LC_ALL=$locale "$actlab" "$@" >"$new/said" 2>&1 || { echo "$name: $(cat "$new/said")"; fail=1; return; }
    # what the commands said stands before the screen
    rows=${size#*x}
    LC_ALL=$locale "$actlab" "$@" -c "show --size $size" 2>&1 | tail -n "$rows" >"$new/$name.txt"
    if [ -n "$GENERATE" ]; then
        mkdir -p "$golden" && cp "$new/$name.txt" "$golden/$name.txt"
    elif ! diff -u "$golden/$name.txt" "$new/$name.txt"; then
        fail=1
    fi
    cols=${size%x*}
    [ "$(wc -l <"$new/$name.txt")" -eq "$rows" ] || { echo "$name: not $rows rows"; fail=1; }
    awk -v cols="$cols" 'length($0) > cols && !/[^ -~]/ { print FILENAME ": a row is wider than " cols; bad = 1 }
        END { exit bad }' "$new/$name.txt" || fail=1
}

utf8=$(LC_ALL=C.UTF-8 locale charmap 2>/dev/null)
for size in 40x12 80x24 120x40 200x50; do
    scene "start-ascii-$size" ascii $size
    scene "lesson-ascii-$size" ascii $size -c 'lesson 2' -c 'lesson next' -c 'try 1' -c 'cursor 2'
    if [ "$utf8" = UTF-8 ]; then
        scene "start-braille-$size" braille $size
        scene "lesson-block-$size" block $size -c 'lesson 9'
    fi
done
for size in 80x24 120x40; do
    scene "dying-ascii-$size" ascii $size -c 'fn relu' -c 'net layers=2 width=8 init=he lr=5' -c 'train 10 epochs'
    scene "deep-ascii-$size" ascii $size -c 'net layers=60 width=8'
    scene "none-ascii-$size" ascii $size -c 'net layers=0'
    scene "diverged-ascii-$size" ascii $size -c 'fn relu' -c 'net layers=4 width=6 loss=squared lr=1e6' -c 'train 1 epoch'
    scene "race-ascii-$size" ascii $size -c 'race sigmoid tanh relu epochs=3'
    for view in $("$actlab" complete 'netview ' | grep -vx -e next -e prev); do
        scene "$view-ascii-$size" ascii $size -c 'fn tanh' -c 'net layers=5 width=12 test=0.2 lr=0.1' -c "netview $view" -c 'train 3 epochs'
    done
    scene "full-network-ascii-$size" ascii $size -c 'fn tanh' -c 'net layers=4 test=0.2 lr=0.1 data=moons' \
        -c 'train 12 epochs' -c 'focus network' -c 'full on'
    # the network drawn: it learns, its gradient vanishes, a layer is dead
    scene "graph-healthy-ascii-$size" ascii $size -c 'fn tanh' -c 'net layers=3 width=8 lr=0.1' -c 'train 10 epochs' -c 'netview graph' \
        -c 'focus network' -c 'full on'
    scene "graph-vanishing-ascii-$size" ascii $size -c 'net layers=8 width=8' -c 'netview graph' -c 'focus network' -c 'full on'
    scene "graph-dead-ascii-$size" ascii $size -c 'fn relu' -c 'net layers=2 width=8 init=he lr=5' -c 'train 10 epochs' \
        -c 'netview graph' -c 'focus network' -c 'full on'
    scene "compare-ascii-$size" ascii $size -c 'fn gelu' -c 'compare relu swish'
    scene "kink-ascii-$size" ascii $size -c 'fn elu alpha=2' -c 'cursor 0' -c 'tangent on'
    scene "far-ascii-$size" ascii $size -c 'fn sin(x)' -c 'range 1000000 1000010' -c 'cursor 1000003' -c 'cursor +1col'
done
scene network-ascii-40x12 ascii 40x12 -c 'fn tanh' -c 'train 3 epochs' -c 'focus network'
scene race-ascii-40x12 ascii 40x12 -c 'race sigmoid tanh relu elu epochs=3' -c 'focus network'
scene full-race-ascii-80x24 ascii 80x24 -c 'race sigmoid tanh relu elu epochs=9' -c 'focus network' -c 'full on'
scene full-deep-ascii-80x24 ascii 80x24 -c 'net layers=100 width=4' -c 'focus network' -c 'full on'
scene settings-ascii-80x24 ascii 80x24 -c 'net optimizer=adam batch=7 decay=0.001 noise=0.2 samples=150 gain=1.3 bias=0.1 seed=42'
if [ "$utf8" = UTF-8 ]; then
    scene network-braille-200x60 braille 200x60 -c 'fn tanh' -c 'train 9 epochs'
fi
# what the bars say of each kind of network
said() {
    printf '%s: ' "$1"
    shift
    for line; do set -- "$@" -c "$line"; shift; done
    "$actlab" --no-rc "$@" -c 'net details' | sed -n '/^[A-Zf].*\.$/{p;q;}'
}
{
    said 'fresh sigmoid' 'net layers=8 width=16'
    said 'trained sigmoid' 'net layers=3 width=16 lr=1' 'train 50 epochs'
    said 'two layers' 'net layers=2 width=16'
    said 'healthy tanh' 'fn tanh' 'net layers=8 width=16'
    said 'exploding' 'fn relu' 'net layers=10 width=16 init=he gain=3'
    said 'diverged' 'fn relu' 'net layers=4 width=6 loss=squared lr=1e6' 'train 1 epoch'
    said 'dead' 'fn relu' 'net layers=4 width=8 init=he' 'kill 3'
    said 'half dead' 'fn relu' 'net layers=3 width=4 init=he lr=1 seed=5' 'train 10 epochs'
    said 'saturated' 'fn tanh' 'net layers=4 width=16 gain=6'
    said 'no hidden layer' 'net layers=0'
    said 'one layer' 'net layers=1 width=4'
    said 'all weights 0' 'net layers=3 width=4 init=zeros'
    said 'too deep for a float' 'net layers=75 width=4'
    said 'f without a slope' 'fn step' 'net layers=3 width=4'
    said 'without a prediction' 'fn relu' 'net layers=20 width=16 init=he layernorm=on'
    said 'ten layers, orthogonal' 'fn tanh' 'net layers=10 width=16 init=orthogonal'
} >"$new/sentences.txt" 2>&1
if [ -n "$GENERATE" ]; then
    cp "$new/sentences.txt" "$golden/sentences.txt"
else
    diff -u "$golden/sentences.txt" "$new/sentences.txt" || fail=1
fi
for size in 39x12 40x11 20x5 1x1; do
    scene "small-ascii-$size" ascii $size
done
exit $fail
