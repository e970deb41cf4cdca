#!/bin/sh
# ^Z gives the terminal back to the shell, fg brings the lab back, as often as one likes; also when the
# window has changed in between, and from within the prompt.
. "${srcdir:-.}/tests/terminal/lib.sh"
open_terminal 80 24
modes before

start_lab
for round in 1 2 3; do
    key C-z
    expect 'ready>'
    expect_not 'Network'
    modes after
    cmp -s "$work/before.plain" "$work/after.plain" || fail "stopped, the terminal's settings differ:
$(diff "$work/before.plain" "$work/after.plain")"
    [ $round -ne 2 ] || resize 100 30
    type 'fg'
    key Enter
    expect 'Network'
    settled
    [ "$(screen | grep -c .)" -ge 20 ] || fail "the screen is not whole after fg"
done
key Tab . # and it still takes keys
expect 'tanh'

# a command that takes long is stopped in the middle, and goes on there
for size in '100 30' '80 24'; do
    type ':train 100000000 epochs'
    key Enter
    key C-z
    expect 'ready>'
    resize $size
    type 'fg'
    key Enter
    expect_not 'ready>'
    key C-c
    expect 'stopped at step'
    key C-c # leaves the prompt
done

# The prompt stands where the lab's cursor was: it may be cut by the end of the row.
asks_again() {
    screen | tr -d ' \n' | grep -q 'ready>'
}
# a stop that nobody asked the lab about: the shell has the terminal then, in the lab's modes, until fg
kill -s STOP "$pid"
wait_for "the shell's prompt" asks_again
type 'fg'
key C-j
expect_not 'ready>'
settled
key .
expect_not 'tanh'
key q
ended 0
modes after
cmp -s "$work/before.plain" "$work/after.plain" || fail "the terminal's settings changed"
