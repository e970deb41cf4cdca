#!/bin/sh
# The same build, seed and commands give the same bits: in one process, in another, with other memory around them, and however
# the training is divided.
unset ACTLAB_RESTRICTED NO_COLOR
dir=$(mktemp -d) || exit 99
XDG_STATE_HOME=$dir XDG_CONFIG_HOME=$dir
export XDG_STATE_HOME XDG_CONFIG_HOME
trap 'rm -rf "$dir"' EXIT
actlab=${ACTLAB:?}
failed=0

wrong() { echo "wrong: $*"; failed=1; }

# Everything that trains, or does something to a network; what is said, and the state, after each.
cat >"$dir/script" <<'END'
def mine(x) = x*sigmoid(1.7*x)
fn tanh
net layers=4 width=12 init=glorot data=spiral noise=0.1 test=0.2 lr=0.1 seed=7
state
train 3 epochs
state
back 17
state
step 17
state
swap elu alpha=0.7
train 2 epochs
state
back 30
state
kill 2
step 5
revive
step 5
state
unit 2 3
weight 1 +0.25
net lr=0.03 momentum=0.5
step 9
state
until epoch >= 7 or loss < 0.01
state
race sigmoid relu swish epochs=4
state
step 11
race off
reset
state
net optimizer=adam lr=0.01 batch=33
watch loss accuracy ratio epochs=4 every=2
state
layers fn=gelu init=orthogonal width=33 epochs=2
layers --format=json
state
fn mine
net layers=3 width=9 init=he residual=on layernorm=on loss=squared
train 2 epochs
state
net fn=relu bias_std=0.3 shuffle=off data=sine samples=70 batch=0
train 7 epochs
layers
state
END

run() { "$actlab" --no-rc -f "$1" 2>&1; }

run "$dir/script" >"$dir/first" || wrong "the script failed: $(tail -n 1 "$dir/first")"
run "$dir/script" >"$dir/second"
cmp -s "$dir/first" "$dir/second" || wrong "two processes differ: $(diff "$dir/first" "$dir/second" | head -n 4)"

# Other memory: what is not set is different every time (glibc), and the stack begins elsewhere.
(
    MALLOC_PERTURB_=165 PADDING=$(printf '%5000s' x)
    export MALLOC_PERTURB_ PADDING
    run "$dir/script"
) >"$dir/second"
cmp -s "$dir/first" "$dir/second" || wrong "with other memory: $(diff "$dir/first" "$dir/second" | head -n 4)"

# In one process, again from the start.
{ cat "$dir/script"; echo restart; cat "$dir/script"; } >"$dir/twice"
run "$dir/twice" | tail -n "$(wc -l <"$dir/first")" >"$dir/second"
cmp -s "$dir/first" "$dir/second" || wrong "the second time in one process: $(diff "$dir/first" "$dir/second" | head -n 4)"

digests=$(grep -c '^# digest' "$dir/first")
distinct=$(grep '^# digest' "$dir/first" | sort -u | wc -l)
[ "$digests" -ge 13 ] && [ "$distinct" -ge 12 ] || wrong "$digests digests, $distinct of them distinct: they say too little"

# digest LINE...: of the state after these commands
digest()
{
    { printf '%s\n' "$@"; echo state; } >"$dir/lines"
    run "$dir/lines" | sed -n 's/^# digest //p'
}

# equal WHAT DIGEST DIGEST
ways=0
equal() { ways=$((ways + 1)); [ -n "$2" ] && [ "$2" = "$3" ] || wrong "$1: $2 and $3"; }

net='net layers=3 width=10 lr=0.2 seed=3'
whole=$(digest "$net" 'train 6 epochs')
equal "training in parts" "$whole" "$(digest "$net" 'step 1' 'step 18' 'train 1 epoch' 'train 41 steps' 'train 2 epochs')"
equal "there and back again" "$whole" "$(digest "$net" 'train 6 epochs' 'back 33' 'step 33')"
equal "back in two steps" "$(digest "$net" 'step 50')" "$(digest "$net" 'train 6 epochs' 'back 40' 'back 30')"
equal "a reset" "$(digest "$net")" "$(digest "$net" 'train 6 epochs' reset)"
equal "another network in between" "$whole" "$(digest 'net width=64' 'train 1 epoch' 'net width=16' "$net" 'train 6 epochs')"
equal "a race beside it" "$whole" "$(digest "$net" 'race tanh relu' 'train 6 epochs' 'race off')"
equal "a race that trains" "$whole" "$(digest "$net" 'race tanh relu epochs=6' 'race off')"
equal "looking at it" "$whole" "$(digest "$net" 'layers' 'train 3 epochs' 'layers --format=csv' 'watch loss epochs=3 every=3' 'facts relu')"
equal "swapping there and back" "$whole" "$(digest "$net" 'train 3 epochs' 'swap gelu' 'swap sigmoid' 'train 3 epochs')"
equal "until" "$whole" "$(digest "$net" 'until epoch >= 6')"
[ "$whole" != "$(digest 'net layers=3 width=10 lr=0.2 seed=4' 'train 6 epochs')" ] || wrong "another seed changes nothing"

# A recording, and a file of the network, lead to the same.
"$actlab" --no-rc -c "record $dir/r" -f "$dir/script" >"$dir/second" 2>&1 || wrong "recording failed"
last=$(sed -n 's/^# digest //p' "$dir/first" | tail -n 1)
equal "a recording" "$last" "$("$actlab" --no-rc -f "$dir/r" -c state 2>&1 | sed -n 's/^# digest //p' | tail -n 1)"
equal "a recording, played" "$last" "$("$actlab" --no-rc -c "play $dir/r" -c state 2>&1 | sed -n 's/^# digest //p' | tail -n 1)"
equal "export and load" "$whole" "$(digest "$net" 'train 2 epochs' "export $dir/n.json" 'net width=3' "load $dir/n.json" 'train 4 epochs')"

[ $failed = 0 ] && echo "tried: network | same seed and commands: twice, in two processes, with other memory, divided otherwise, recorded | the same bits, at $digests places of a script and in $ways other ways"
exit $failed
