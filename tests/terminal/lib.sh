# tests/terminal/lib.sh - a program in a real terminal: tmux with a socket, a home and a size of its own.
#
# A test sources this file, calls open_terminal, and then types and looks:
#
#   type TEXT        TEXT as typed, character by character        key NAME...   tmux's names of keys
#   expect TEXT      waits until TEXT is on the screen            screen        the screen as text
#   expect_not TEXT  waits until it is no longer there            start WORD... actlab in the terminal
#   settled          waits until the screen stands still          ended N       ...has ended with status N
#   coloured         the same with its colours                    differs BEFORE  ...from an earlier coloured
#   fail WHAT        ends the test and shows the screen           modes FILE    the tty's settings
#
# Nothing sleeps for a fixed time: what is waited for is looked for until it is there, or until $patience is over.
# shellcheck shell=sh

actlab=${ACTLAB:?"the program is given in ACTLAB"}
tmux_program=${TMUX_PROGRAM:-$(command -v tmux)}
patience=$((20 * ${ACTLAB_TEST_SLOW:-1})) # seconds

if [ -z "$tmux_program" ]; then
    echo "skipped: tmux is missing"
    exit 77
fi
if [ -z "$(LC_ALL=C.UTF-8 locale charmap 2>/dev/null | grep -i utf-8)" ]; then
    utf8=en_US.UTF-8
else
    utf8=C.UTF-8
fi

work=$(mktemp -d) || exit 99
socket=actlab-$$
title="$(basename "$0" .sh)"

tmux() {
    # -u: tmux takes and gives UTF-8 whatever the test's own locale is. The account's own shell may let nobody in.
    env -u TMUX TMUX_TMPDIR="$work" SHELL=/bin/sh "$tmux_program" -u -L "$socket" -f /dev/null "$@"
}

close_terminal() {
    tmux kill-server >/dev/null 2>&1
    rm -rf "$work"
}
trap close_terminal EXIT
trap 'exit 99' HUP INT TERM

# open_terminal [COLS ROWS]: a shell, and nothing of the tester's own settings.
open_terminal() {
    mkdir -p "$work/home"
    tmux new-session -d -x "${1:-80}" -y "${2:-24}" \
        "exec env -i PATH='$PATH' HOME='$work/home' TERM=screen-256color LC_ALL=$utf8 PS1='ready> ' \
            ACTLAB='$actlab' ACTLAB_LESSONS='${ACTLAB_LESSONS-}' WORK='$work' \
            ASAN_OPTIONS='${ASAN_OPTIONS-}' LSAN_OPTIONS='${LSAN_OPTIONS-}' UBSAN_OPTIONS='${UBSAN_OPTIONS-}' sh -i" \; \
        set-option -g status off \; set-option -g window-size manual \; \
        set-option -g escape-time 0 >/dev/null || {
        echo "skipped: tmux cannot open a terminal here"
        exit 77
    }
    resize "${1:-80}" "${2:-24}"
    expect 'ready>'
}

resize() {
    tmux resize-window -x "$1" -y "$2"
}
key() {
    tmux send-keys "$@"
}
type() {
    tmux send-keys -l -- "$1"
}
screen() {
    tmux capture-pane -p
}
coloured() {
    tmux capture-pane -pe
}
fail() {
    echo "$title: $*"
    echo "--- the screen ---"
    screen
    exit 1
}
pause() {
    sleep 0.01 2>/dev/null || sleep 1
}
now() {
    date +%s
}

# wait_for WHAT COMMAND...: until COMMAND succeeds.
wait_for() {
    what=$1
    shift
    end=$(($(now) + patience))
    until "$@"; do
        [ "$(now)" -lt "$end" ] || fail "waited in vain for $what"
        pause
    done
}
shows() {
    screen | grep -qF -- "$1"
}
shows_not() {
    ! shows "$1"
}
expect() {
    wait_for "'$1'" shows "$1"
}
expect_not() {
    wait_for "the end of '$1'" shows_not "$1"
}
stands_still() {
    screen >"$work/now"
    cmp -s "$work/now" "$work/last" && return 0
    mv "$work/now" "$work/last"
    return 1
}
settled() {
    rm -f "$work/last"
    wait_for "a screen that stands still" stands_still
}
differs() {
    [ "$(coloured)" != "$1" ]
}

# --- the program in the terminal -------------------------------------------------------------------

# shell LINE: a line typed at the shell's prompt, and waited for. What it prints stays on the screen.
shell() {
    rm -f "$work/done"
    type "$1; : >\$WORK/done"
    key Enter
    wait_for "the end of '$1'" test -e "$work/done"
}
modes() {
    shell "stty -a >\$WORK/$1"
    # The window's size may differ, and does not matter.
    sed 's/rows [0-9]*; columns [0-9]*;//' "$work/$1" >"$work/$1.plain"
}
# start WORD...: actlab as the foreground job; its process is $pid.
start() {
    rm -f "$work/pid"
    type "clear; sh -c 'echo \$\$ >\$WORK/pid; exec \"\$ACTLAB\" $*'"
    key Enter
    wait_for "the program's start" test -s "$work/pid"
    pid=$(cat "$work/pid")
}
# The lab is up when its last pane is there.
start_lab() {
    start "$@"
    expect 'Network'
}
gone() {
    ! kill -0 "$pid" 2>/dev/null
}
# ended STATUS: the program is gone, the shell is back, and this was its exit status.
ended() {
    wait_for "the program's end" gone
    # Asked for on a line of its own: an interrupt drops what is left of the line that it met.
    rm -f "$work/status"
    wait_for "a shell that answers" answers
    status=$(cat "$work/status")
    [ "$status" -eq "$1" ] || fail "exit status $status, not $1"
}
answers() {
    [ -s "$work/status" ] && return 0
    if [ ! -e "$work/asked" ]; then
        : >"$work/asked"
        type 'echo $? >$WORK/status'
        key Enter
    fi
    pause
    [ -s "$work/status" ] && rm -f "$work/asked"
}
