#!/bin/sh
# Where there can be no screen the lab says so in one line and ends with status 1; what is wrongly put ends with status 2.
. "${srcdir:-.}/tests/terminal/lib.sh"
open_terminal 80 24
modes before

# refused STATUS TEXT ENVIRONMENT WORD...: one line on standard error, nothing else, and that status.
refused() {
    wanted=$1
    text=$2
    set_before=$3
    shift 3
    shell "clear; env $set_before \"\$ACTLAB\" $* 2>\$WORK/said; echo \$? >\$WORK/status"
    [ "$(cat "$work/status")" -eq "$wanted" ] ||
        fail "'$set_before actlab $*' ended with status $(cat "$work/status"), not $wanted"
    [ "$(wc -l <"$work/said")" -eq 1 ] || fail "'$set_before actlab $*' did not say one line: $(cat "$work/said")"
    grep -qF -- "$text" "$work/said" || fail "'$set_before actlab $*' said: $(cat "$work/said")"
}

refused 1 "unknown terminal 'nonesuch'" TERM=nonesuch
refused 1 'TERM is not set' TERM=
refused 1 'dumb' TERM=dumb
refused 1 'standard input' TERM=vt100 '</dev/null'
refused 1 'standard output' TERM=vt100 '>/dev/null'
# also before the first byte of a stream that is followed
mkfifo "$work/silent" || exit 99
refused 1 'standard output' TERM=vt100 'follow "$WORK/silent" </dev/null >/dev/null'
refused 1 'dumb' TERM=dumb 'follow "$WORK/silent" </dev/null'
refused 1 'standard output' TERM=vt100 'follow - <>"$WORK/silent" >/dev/null'
refused 1 'unknown terminal' TERM=nonesuch 'follow - <>"$WORK/silent"'
refused 1 'dumb' TERM=dumb 'follow - <>"$WORK/silent"'
refused 2 'sigmoidd' TERM=vt100 eval sigmoidd 1
refused 2 'sigmoid' TERM=vt100 eval sigmoidd 1
refused 2 'no-such-command' TERM=vt100 no-such-command
refused 2 'layers' TERM=vt100 layers layerz=3

modes after
cmp -s "$work/before.plain" "$work/after.plain" || fail "the terminal's settings changed"
