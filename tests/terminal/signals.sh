#!/bin/sh
# A signal ends the lab as it ends any program, and the terminal is given back: settings, screen, cursor.
# AddressSanitizer, where it is built in, would take a crash for its own.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}handle_segv=0:handle_abort=0
. "${srcdir:-.}/tests/terminal/lib.sh"
open_terminal 80 24
modes before

for signal in TERM:143 HUP:129 INT:130 QUIT:131 SEGV:139 ABRT:134 PIPE:141 KILL:137; do
    name=${signal%:*}
    start_lab
    # while it trains and while it rests, with the prompt open and without
    case $name in
    HUP | QUIT) key Space ;;
    INT) type ':fn re' && expect ':fn re' ;;
    esac
    kill -s "$name" "$pid" || fail "cannot send SIG$name"
    if [ "$name" = KILL ]; then # nobody can tidy up after this one
        wait_for "the end" gone
        break
    fi
    ended "${signal#*:}"
    shell 'clear; echo "cursor back"'
    expect 'cursor back'
    [ "$(tmux display-message -p '#{cursor_flag} #{alternate_on}')" = "1 0" ] ||
        fail "after SIG$name the cursor is hidden or the other screen still up"
    modes after
    cmp -s "$work/before.plain" "$work/after.plain" || fail "after SIG$name the terminal's settings differ:
$(diff "$work/before.plain" "$work/after.plain")"
done

# The terminal goes away: so does the lab.
open=$pid
tmux kill-server
wait_for "the end of what ran in a lost terminal" gone
echo "tried: ways out | TERM HUP INT QUIT SEGV ABRT PIPE KILL in tmux, the terminal closed | status 128 + number, settings and cursor as they were"
