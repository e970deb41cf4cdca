#!/bin/sh
# Files that cannot be read or written, and names that need care: an error is one line and a status, nothing is left half done.
unset ACTLAB_RESTRICTED NO_COLOR
dir=$(mktemp -d) || exit 99
XDG_STATE_HOME=$dir XDG_CONFIG_HOME=$dir
export XDG_STATE_HOME XDG_CONFIG_HOME
trap 'rm -rf "$dir"' EXIT
actlab=${ACTLAB:?}
cd "$dir" || exit 99
failed=0 refused=0 blocks=

wrong() { echo "wrong: $*"; failed=1; }

# refuses STATUS 'PART' ARG...: this status, and one line on standard error that has PART
refuses()
{
    status=$1 part=$2; shift 2
    ({ [ -z "$blocks" ] || ulimit -f "$blocks"; } && exec "$actlab" --no-rc "$@") >/dev/null 2>err </dev/null; got=$?
    [ "$got" = "$status" ] || wrong "$* ended with $got, not $status"
    [ "$(wc -l <err)" = 1 ] || wrong "$*: not one line: $(cat err)"
    grep -qF -- "$part" err || wrong "$*: '$(cat err)' does not say '$part'"
    refused=$((refused + 1))
}

# a recording that cannot be written
if [ -w /dev/full ]; then
    refuses 1 "cannot record to '/dev/full': No space" record ! /dev/full
    refuses 1 "cannot record to '/dev/full': No space" -c 'record ! /dev/full' -c 'fn relu'
fi

# a file that grows too large: of ulimit's 512 or 1024 bytes a block
long=$(printf 'x+%.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32)
for i in 1 2 3 4; do long=$long$long; done
blocks=1
refuses 1 "the recording has stopped: File too large" -c 'record r' -c "fn ${long}x" -c 'fn relu'
blocks=8
refuses 1 "cannot write 'big.svg': File too large" export big.svg
blocks=
[ -z "$(ls big.svg* 2>/dev/null)" ] || wrong "left behind: $(ls big.svg*)"

# a start-up file that is none: the one that is named must be there, the usual one not
for rc in "$dir" "$dir/none"; do
    out=$("$actlab" --rc "$rc" eval relu 1 2>err) && wrong "--rc $rc was accepted"
    [ "$(wc -l <err)" = 1 ] && [ -z "$out" ] || wrong "--rc $rc: printed '$out', said '$(cat err)'"
    refused=$((refused + 1))
done
mkdir -p actlab/actlabrc
out=$("$actlab" eval relu 1 2>err) || wrong "a folder as the usual start-up file ends the program"
[ "$out" = "1 1 1" ] && grep -q folder err || wrong "a folder as the usual start-up file: '$out', '$(cat err)'"

# a name with quotes and spaces, through the state and back
name='a"b #\d.csv'
printf '0,0,1\n1,1,0\n0,1,1\n1,0,0\n' >"$name"
"$actlab" --no-rc -c "net file='$name' width=3" -c state >state 2>err || wrong "$name: $(cat err)"
"$actlab" --no-rc -f state -c state 2>err >again || wrong "the state with $name does not run: $(cat err)"
cmp -s state again || wrong "the state with $name: $(diff state again)"
refuses 2 "newline" net "file=a
b.csv"

[ $failed = 0 ] && echo "tried: hostile input | files that cannot be read, written or grow too large, in a shell | $refused refused in one line, status 1 or 2, nothing left behind"
exit $failed
