#!/bin/sh
# The window shrinks to nothing useful and grows again, at rest and while the network trains, with the
# prompt open and without; the picture is always the one that `show` prints for the new size.
. "${srcdir:-.}/tests/terminal/lib.sh"
open_terminal 80 24

# pictured COLS ROWS: the terminal shows the fresh lab at this size.
pictured() {
    [ -e "$work/$1x$2" ] || env HOME="$work/home" LC_ALL="$utf8" "$actlab" show --size "$1x$2" >"$work/$1x$2"
    screen >"$work/now"
    diff -b "$work/$1x$2" "$work/now" >"$work/difference"
}

start_lab
wait_for "the picture at 80x24" pictured 80 24
for size in 20:5 1:1 40:12 200:60 79:23 80:24; do
    resize "${size%:*}" "${size#*:}"
    case $size in
    20:5) expect '40x12' ;; # how large it would have to be
    1:1) settled ;;
    *) wait_for "the picture at $size" pictured "${size%:*}" "${size#*:}" ;;
    esac
    kill -0 "$pid" 2>/dev/null || fail "ended at ${size%:*}x${size#*:}"
done

key Space
for size in 20:5 120:40 41:13 80:24; do
    resize "${size%:*}" "${size#*:}"
    pause
done
expect 'Training'
key Space
settled

type ':fn el'
expect ':fn el'
resize 20 5
settled
resize 60 20
expect ':fn el'
type 'u'
key Enter
expect 'elu'
key q
ended 0
echo "tried: sizes | 20x5 to 200x60 in tmux, also training and in the prompt | the picture that show prints"
