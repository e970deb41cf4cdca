#!/bin/sh
# Every key of the default keys does something that can be seen, in the pane where it is bound, and none
# breaks anything. The keys are read from the file that the program carries: a new one is tested, too.
. "${srcdir:-.}/tests/terminal/lib.sh"
keys=${srcdir:-.}/src/lab/keys.rc

# The names of keys in keys.rc to those of tmux.
tmux_name() {
    case $1 in
    ctrl-?) echo "C-${1#ctrl-}" ;;
    space | up | down | left | right | home | end | enter | escape | tab | f[0-9]*)
        echo "$(echo "$1" | cut -c1 | tr '[:lower:]' '[:upper:]')$(echo "$1" | cut -c2-)"
        ;;
    backtab) echo BTab ;;
    pageup) echo PPage ;;
    pagedown) echo NPage ;;
    backspace) echo BSpace ;;
    delete) echo DC ;;
    insert) echo IC ;;
    *) echo "$1" ;;
    esac
}
same_text() {
    [ "$(screen)" = "$1" ]
}
press() {
    case $1 in
    ?) type "$1" ;;
    *) key "$(tmux_name "$1")" ;;
    esac
}
command() {
    type ":$1"
    expect ":$1"
    key Enter
    expect_not ":$1"
    settled
}
# The quiz of lesson N: its last pages.
to_quiz() {
    command "lesson $1"
    until shows 'Quiz'; do
        before=$(coloured)
        type n
        wait_for "the next page" differs "$before"
    done
    settled
}
# A page that is longer than its pane.
long_page() {
    command 'lesson 1'
    until shows 'v|' || shows '▼│'; do
        before=$(coloured)
        type n
        wait_for "the next page" differs "$before"
    done
}
# Makes sure that the key has something to change: a step back needs a step, a scroll a place to go.
prepare() {
    case "$1 $2" in
    'text '*'first' | 'text '*'-1'*) key End && settled ;;
    'text '*'last' | 'text '*'+1'*) key Home && settled ;;
    'list '*'-1') key End && settled ;;
    'list '*) ;;
    'text help all') command 'help fn' ;;
    'text find '*) command 'find layer' ;;
    *' scroll first' | *' scroll -1'*) long_page && command 'scroll last' ;;
    *' scroll last' | *' scroll +1'*) long_page && command 'scroll first' ;;
    *' alpha '*step) command 'fn elu' ;;
    *' alpha default') command 'fn elu alpha=0.5' ;;
    *' beta '*step) command 'fn swish' ;;
    *' beta default') command 'fn swish beta=0.5' ;;
    *' cursor '*) command 'cursor 1' ;;
    *' fn sigmoid') command 'fn tanh' ;;
    *' fn '*) command 'fn sigmoid' ;;
    *' back 1') command 'step 3' ;;
    *' reset') command 'step 3' ;;
    *' lesson prev') command 'lesson 2' ;;
    *' lesson next') command 'lesson 1' ;;
    *' answer '*) to_quiz "${2#answer }" ;;
    *' try') command 'lesson 2' && command 'lesson 2 page=2' ;;
    *' log_loss toggle') command 'netview loss' && command 'step 5' ;;
    *' goals next') command 'lesson 2 page=2' && command 'try 1' ;;
    *' hint') command 'lesson 2' && command 'try 1' ;;
    esac
}

open_terminal 80 24
start_lab
settled
where=
sed -n 's/^bind //p' "$keys" | sed "s/^label='[^']*' //; s/^label=[^ ]* //" >"$work/keys"
[ -s "$work/keys" ] || fail "no keys in $keys"
count=0

while read -r name line <&3; do
    pane=any
    case $name in
    ?*:?*)
        pane=${name%%:*}
        name=${name#*:}
        ;;
    esac
    case "$pane $line" in
    'play '*) continue ;; # below
    'alone '* | 'more '* | 'away '*) continue ;; # tests/unit/test_hints.c
    'kept '*) continue ;;                         # tests/terminal/pty_resume.c
    'any quit') continue ;;
    'any redraw')
        # The same picture again: something is put over it first, as `write` would.
        before=$(screen)
        tty=$(tmux display-message -p '#{pane_tty}')
        printf '\033[Ha stray message' >"$tty"
        expect 'a stray message'
        press "$name"
        wait_for "the picture as it was after $name" same_text "$before"
        continue
        ;;
    esac
    # to the pane where it holds
    case $pane in
    any) ;;
    text)
        if [ "$where" != text ]; then
            command 'help all'
            expect 'close'
        fi
        ;;
    weights | unit)
        if [ "$where" != weights ] && [ "$where" != unit ]; then
            command 'focus network'
            command 'netview weights'
            command 'net layers=3'
            command 'weight 0.5'
        fi
        ;;
    graph)
        if [ "$where" != graph ]; then
            command 'focus network'
            command 'netview graph'
            command 'net layers=3'
            command 'unit 2 2'
            command 'input 2'
            command 'weight 0.5'
        fi
        ;;
    quiz) ;;
    full) command 'full on' ;;
    list)
        [ "$where" != text ] || key Escape
        command 'lesson list'
        expect 'close'
        ;;
    *)
        if [ "$where" != "$pane" ]; then
            command "focus $pane"
            [ "$pane" != network ] || command 'netview gradient'
        fi
        ;;
    esac
    where=$pane
    prepare "$pane" "$line"
    before=$(coloured)
    press "$name"
    wait_for "a change on the screen by $pane:$name ($line)" differs "$before"
    count=$((count + 1))
    # and away from where it led
    case "$pane $line" in
    'any prompt' | 'text prompt find') key Escape && settled ;;
    'any full toggle') press "$name" && settled ;;
    'any run toggle') press "$name" && settled ;;
    'text close') where= && settled ;;
    text*) ;;
    *)
        settled
        if shows ' close'; then # a long answer took the screen
            key Escape
            expect_not ' close'
        fi
        ;;
    esac
    kill -0 "$pid" 2>/dev/null || fail "ended by $pane:$name ($line)"
done 3<"$work/keys"

# keys that hold while a recording is played: one that waits long between its commands
[ "$where" != text ] || key Escape
printf '# actlab recording 1\n0 fn relu\n1000 fn tanh\n2000 fn gelu\n' >"$work/lecture"
sed -n 's/^play:\([^ ]*\) .*/\1/p' "$work/keys" >"$work/play"
[ -s "$work/play" ] || fail "no keys of play"
while read -r name <&3; do
    command "play $work/lecture"
    expect 'to the end'
    settled
    before=$(coloured)
    press "$name"
    wait_for "a change on the screen by play:$name" differs "$before"
    count=$((count + 1))
    shows 'to the end' && key Escape
    expect_not 'to the end'
done 3<"$work/play"

# ways out
key q
ended 0
sed -n 's/^\([^ ]*\) quit$/\1/p' "$work/keys" >"$work/quits"
while read -r name <&3; do
    start_lab
    press "$name"
    ended 0
done 3<"$work/quits"
echo "tried: terminals | each default key pressed in tmux | $count keys, each changes the screen or leaves"
