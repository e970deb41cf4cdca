#!/bin/sh
# The lab opens, shows its three panes, leaves on q, and the terminal is as it was before.
. "${srcdir:-.}/tests/terminal/lib.sh"
open_terminal 80 24
modes before

start_lab
expect 'sigmoid'
expect "f'"
expect 'delta'
shows 'ready>' && fail "the lab shares its screen with the shell"
key q
ended 0
expect 'ready>'
shows 'Network' && fail "the lab's screen is left behind"
modes after
cmp -s "$work/before.plain" "$work/after.plain" || fail "the terminal's settings changed:
$(diff "$work/before.plain" "$work/after.plain")"

# quit by a command, by ^C, and from a network that is training
start_lab
type ':quit'
key Enter
ended 0
start_lab
key C-c
expect 'again leaves'
key C-c
ended 0
start_lab
settled
before_training=$(coloured)
key Space
wait_for "a network that trains" differs "$before_training"
key q
ended 0
modes after
cmp -s "$work/before.plain" "$work/after.plain" || fail "the terminal's settings changed"
