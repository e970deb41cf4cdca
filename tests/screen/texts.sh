#!/bin/sh
# Golden texts: what is printed and what files hold, word for word, and pictures with their colours. What changed is shown as a diff;
# read it, and if it is better: GENERATE=1 make check TESTS=tests/screen/texts.sh
actlab=${ACTLAB:?}
golden=${srcdir:-.}/tests/screen/texts
new=$(mktemp -d) || exit 99
trap 'rm -rf "$new"' EXIT
XDG_STATE_HOME=$new/state XDG_CONFIG_HOME=$new/config HOME=$new
# one path of the kernels gives the same digits on every machine
ACTLAB_CPU=scalar
LC_ALL=C
TZ=UTC
export XDG_STATE_HOME XDG_CONFIG_HOME HOME ACTLAB_CPU LC_ALL TZ
unset ACTLAB_RESTRICTED NO_COLOR COLUMNS
fail=0

# text NAME: standard input is that golden file
text() {
    sed "s|$new|FOLDER|g" >"$new/$1.txt"
    if [ -n "$GENERATE" ]; then
        mkdir -p "$golden" && cp "$new/$1.txt" "$golden/$1.txt"
    elif ! diff -u "$golden/$1.txt" "$new/$1.txt"; then
        fail=1
    fi
}
# run WORD...: the command line, and what it prints
run() {
    echo "\$ actlab $*"
    "$actlab" --no-rc "$@" 2>&1 || echo "exit status $?"
    echo
}

{
    run --help
    run help
    run help net
    run help until
    run help nosuch
    run keys
} | text help
./docgen$(sed -n 's/^EXEEXT = *//p' Makefile) 2000-01-01 | text manual

# A network's files, and a picture's.
mkdir "$new/out"
"$actlab" --no-rc -c 'fn elu alpha=1.5' -c 'net layers=2 width=2 samples=4 batch=all lr=0.1' -c 'train 2' \
    -c "export $new/out/a.json" -c "export $new/out/a.py" -c "export $new/out/a.csv" -c 'net layers=0' \
    -c "export $new/out/a.svg what=plot size=30x8" -c "export $new/out/a.txt what=plot size=30x8" \
    -c "export $new/out/a.ansi what=plot size=30x8" >"$new/said" 2>&1
{
    cat "$new/said"
    for file in "$new"/out/a.*; do
        echo "== ${file##*/}"
        cat "$file"
    done
} | text exports

# A learner in the middle of the course, and a class of two.
mkdir -p "$new/state/actlab"
cat >"$new/state/actlab/progress" <<END
# actlab progress 1
2026-01-31T09:15:02.113Z open sigmoid
2026-01-31T09:16:02.113Z page sigmoid 4
2026-01-31T09:17:02.113Z hint sigmoid 1 2
2026-01-31T09:18:02.113Z goal sigmoid 1 1
2026-01-31T09:18:03.113Z goal sigmoid 2 1
2026-01-31T09:19:02.113Z solution sigmoid 3
2026-01-31T09:20:02.113Z answer sigmoid 1 right 2
2026-01-31T09:21:02.113Z time sigmoid 600
2026-02-01T10:00:00.000Z open relu
2026-02-01T10:01:00.000Z answer relu 1 wrong 1,3
2026-02-01T10:01:00.000Z reset tanh
END
sed -e 's/sigmoid/swish/' -e '/hint/d' "$new/state/actlab/progress" >"$new/bob"
{
    run lesson list
    run progress
    run progress --format=json
    run progress "$new/state/actlab/progress" "$new/bob"
    run progress "$new/state/actlab/progress" "$new/bob" by=student
} | text progress

{
    run demo vanishing seeds=2
    run demo dying seeds=1
    run eval elu -1 0 1
    run table relu -1 1 1
    run -c 'fn gelu' state
} | text commands
"$actlab" --no-rc facts gelu | grep -Eq '^cost  *[0-9]+\.[0-9] times relu' || {
    echo "the cost in facts is no number"
    fail=1
}

# Colours: each role in its place, whole and scrolled and narrow.
{
    for theme in dark light contrast; do
        run -c "set theme $theme" -c 'fn tanh' -c 'show size=80x24 color=always'
    done
    run -c 'fn sigmoid' -c 'naive on' -c 'show size=80x24 color=always'
    run -c 'lesson 1' -c 'show size=40x12 color=always'
    run -c 'race relu tanh epochs=2' -c 'show size=80x24 color=always'
} | tr '\033' '@' | text colours
exit $fail
