#!/bin/sh
# Every shipped lesson is proved: its lines work, its experiments can be done and were not done
# before, its text wraps. The course is complete, and it reads well in a pipe.
lessons=${ACTLAB_LESSONS:?}
fail=0

wrong() {
    echo "$1"
    fail=1
}

actlab() {
    "${ACTLAB:?}" --no-rc "$@"
}

start=$(date +%s)
report=$(actlab check "$lessons"/*.md) || wrong "the lessons are not proved"
echo "$report"
[ $(($(date +%s) - start)) -lt 60 ] || wrong "check took a minute or longer"

files=$(echo "$report" | grep -Ec '^[^ ].*\.md: .* experiments, .* questions?$')
tries=$(echo "$report" | grep -c '^  try ')
[ "$files" -eq 12 ] || wrong "$files lessons, not 12"
[ "$tries" -ge 30 ] || wrong "$tries experiments, not 30 or more"
echo "$report" | grep '^    ' | grep -v '^         before: .* after: ' | grep -qv '^    ok   ' &&
    wrong "a goal is not ok"
[ "$(echo "$report" | tail -n 1)" = "12 lessons proved" ] || wrong "no count at the end"

for number in 1 2 3 4 5 6 7 8 9 10 11 12; do
    [ "$(echo "$report" | sed -n "s/.*\/0*$number-[^:]*: .*, \([0-9]*\) experiments.*/\1/p")" -ge 2 ] ||
        wrong "lesson $number has fewer than two experiments"
    text=$(LC_ALL=C actlab lesson $number) || wrong "lesson $number cannot be printed"
    echo "$text" | LC_ALL=C grep -q '[^ -~]' && wrong "lesson $number prints more than ASCII"
    echo "$text" | grep -q '.\{73\}' && wrong "lesson $number is wider than 72 columns in a pipe"
    echo "$text" | grep -q '^Sources$' || wrong "lesson $number has no sources"
done

exit $fail
