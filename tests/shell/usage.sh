#!/bin/sh
# The program in a shell: what it prints, its exit status, and one line for each error.
unset ACTLAB_RESTRICTED NO_COLOR
XDG_STATE_HOME=$(mktemp -d) XDG_CONFIG_HOME=$XDG_STATE_HOME
export XDG_STATE_HOME XDG_CONFIG_HOME
trap 'rm -rf "$XDG_STATE_HOME"' EXIT
actlab=${ACTLAB:?}
failed=0

wrong() { echo "wrong: $*"; failed=1; }

# prints 'TEXT' ARG...: the whole output is TEXT
prints()
{
    want=$1; shift
    got=$("$actlab" "$@" 2>&1) || wrong "$* failed: $got"
    [ "$got" = "$want" ] || wrong "$* printed '$got', not '$want'"
}

# refuses STATUS 'PART' ARG...: this status, one line on standard error that has PART, nothing on standard output
refuses()
{
    status=$1 part=$2; shift 2
    out=$("$actlab" "$@" 2>"$XDG_STATE_HOME/err" </dev/null); got=$?
    [ "$got" = "$status" ] || wrong "$* ended with $got, not $status"
    [ -z "$out" ] || wrong "$* printed '$out'"
    [ "$(wc -l <"$XDG_STATE_HOME/err")" = 1 ] || wrong "$*: more than one line: $(cat "$XDG_STATE_HOME/err")"
    grep -qF -- "$part" "$XDG_STATE_HOME/err" || wrong "$*: '$(cat "$XDG_STATE_HOME/err")' does not say '$part'"
}

prints '-1000 0 0
0 0.5 0.25
1000 1 0' eval sigmoid -1000 0 1000
prints '800 1 0' eval tanh 800
# erfc is the C library's, and no two versions agree in the last digit
"$actlab" eval gelu -20 | awk 'function off(got, want) { return (got > want ? got - want : want - got) > -1e-14 * want }
    $1 != -20 || off($2, -5.507248237212467e-88) || off($3, -1.1014360483133464e-86) { exit 1 }' ||
    wrong "eval gelu -20 printed '$("$actlab" eval gelu -20)'"
prints '-1 -0.1542042340671787 -0.06777960655633408
0 0 0.5
1 0.8457957659328212 1.067779606556334' -c 'def f(x)=x*sigmoid(1.702*x)' -c 'eval f -1 0 1'
prints '2 4 4' eval 'x^2' 2

prints "$("$actlab" --version)" -V
prints "$("$actlab" --help)" -h

refuses 2 "did you mean sigmoid" eval sigmod 1
refuses 2 "did you mean 'net'" nett
refuses 2 "did you mean 'width'" net widht=3
refuses 2 "from 0 to 200" net layers=201
refuses 2 "no file" source "$XDG_STATE_HOME/none"
refuses 2 "no lesson" lesson 99
refuses 2 "column" eval '1+' 1
refuses 2 "no option" --colour
refuses 2 "no option" layers --fromat=json
refuses 2 "usage: train [N]" train 1 epochs=3
refuses 2 "it takes none" reset --hard
refuses 2 "needs a value" -c
refuses 1 "terminal" -i

# a number that is none stops with its line, or is passed over
out=$(printf '1\nx\n2\n' | "$actlab" eval relu 2>"$XDG_STATE_HOME/err"); [ $? = 1 ] || wrong "a bad number was accepted"
grep -q 2 "$XDG_STATE_HOME/err" || wrong "the bad line is not named"
out=$(printf '1\nx\n2\n' | "$actlab" eval relu --keep-going 2>/dev/null); [ $? = 1 ] || wrong "--keep-going hid the error"
[ "$out" = "1 1 1
2 2 1" ] || wrong "--keep-going printed '$out'"

# pictures a second, after all other options; what cannot be is refused as the setting refuses it
"$actlab" --slow --fps 12 set 'fps?' | grep -q '^fps *12 ' || wrong "--fps 12 was not set"
"$actlab" --fps 100 state >/dev/null 2>"$XDG_STATE_HOME/err"
[ $? = 2 ] && grep -q 'from 1 to 60, not 100' "$XDG_STATE_HOME/err" || wrong "--fps 100: $(cat "$XDG_STATE_HOME/err")"

# a class: one damaged file, or one that is not there, takes no other learner's row
class=$XDG_STATE_HOME/class
mkdir "$class"
for who in ann ben dan; do
    printf '# actlab progress 1\n2026-01-31T09:15:02.113Z page sigmoid 2\n' >"$class/$who"
done
echo rubbish >>"$class/ben"
out=$("$actlab" progress --format=json "$class/ann" "$class/ben" "$class/cat" "$class/dan" 2>"$XDG_STATE_HOME/err")
[ $? = 1 ] || wrong "a damaged file of a class was accepted"
for who in ann ben dan; do
    case $out in *"/class/$who\""*) ;; *) wrong "$who is not in the table of the class" ;; esac
done
case $out in *"/class/cat"*) wrong "who has no file is in the table" ;; *"
]") ;; *) wrong "the table of the class has no end" ;; esac
grep -q 'ben:3: damaged' "$XDG_STATE_HOME/err" || wrong "the damaged line is not named: $(cat "$XDG_STATE_HOME/err")"
out=$("$actlab" progress --by=student "$class/ann" "$class/ben" "$class/dan" 2>/dev/null)
[ "$(printf '%s\n' "$out" | awk 'NR > 1 { printf "%s %s %s %s;", $1, $2, $(NF - 3), $NF }')" = \
    "ann 1/12 2, 2026-01-31;ben 1/12 2, 2026-01-31;dan 1/12 2, 2026-01-31;" ] || wrong "the class by student is '$out'"
case $("$actlab" progress --by=student --format=json "$class/ann" "$class/dan") in
*'"student": "ann"'*'"at_lesson": "sigmoid", "at_page": 2'*'"student": "dan"'*) ;;
*) wrong "the class by student in JSON is something else" ;;
esac
"$actlab" progress --by=week "$class/ann" 2>&1 | grep -q 'by must be lesson or student' || wrong "by=week was accepted"
grep -q '2 of 4 files' "$XDG_STATE_HOME/err" || wrong "the files are not counted: $(cat "$XDG_STATE_HOME/err")"

# nothing above ASCII in the C locale, no escape sequence in a pipe
for words in "plot elu alpha=2" "show" "lesson 2" "facts" "layers" "help"; do
    LC_ALL=C "$actlab" $words >"$XDG_STATE_HOME/out" || wrong "$words failed"
    LC_ALL=C tr -d '\n -~' <"$XDG_STATE_HOME/out" | grep -q . && wrong "$words prints more than ASCII in the C locale"
done

# the layer table as the lessons have it: the ratio before any training
"$actlab" layers fn=sigmoid layers=8 width=16 init=lecun data=circle seed=1 | awk '
    $1 == "ratio" { if ($2 > 1e-5 && $2 < 1e-4) good = 1 }
    END { exit !good }' || wrong "the ratio of sigmoid 8x16 is not between 1e-5 and 1e-4"
"$actlab" layers fn=relu layers=2 width=8 init=he lr=5 epochs=10 | grep -q 100% || wrong "lr 5 leaves relu alive"

# standard output that cannot be written is an error; a reader that has had enough is none
if [ -w /dev/full ]; then
    "$actlab" facts >/dev/full 2>/dev/null && wrong "a full disk went unnoticed"
fi
"$actlab" table gelu -100 100 0.001 2>"$XDG_STATE_HOME/err" | head -1 >/dev/null
[ -s "$XDG_STATE_HOME/err" ] && wrong "a closed pipe was complained of: $(cat "$XDG_STATE_HOME/err")"

printf 'fn swish\nbeta 2\nplot\n' | "$actlab" -f - | grep -q swish || wrong "a script from standard input did not plot"
printf 'fn tanh\nfn tnah\n' >"$XDG_STATE_HOME/script"
refuses 2 "script:2:4" -f "$XDG_STATE_HOME/script"
printf 'fn tnah\nset speed 7\n' >"$XDG_STATE_HOME/rc"
"$actlab" --rc "$XDG_STATE_HOME/rc" set 'speed?' 2>"$XDG_STATE_HOME/err" | grep -q ' 7 ' || wrong "the rest of a start-up file did not run"
grep -q "rc:1" "$XDG_STATE_HOME/err" || wrong "the start-up file's error does not name file and line"

if command -v jq >/dev/null; then
    for words in "table gelu -3 3 .5" "eval relu -1 0 1" "layers" "facts" "lesson list" "progress"; do
        "$actlab" $words --format=json | jq -e 'length > 0' >/dev/null || wrong "$words is no JSON"
    done
fi
exit $failed
