#!/bin/sh
# The numbers that the lessons give: each stands in its lesson as quoted here, and is what the
# laboratory measures. A row: lesson | quote | commands; ... | expression | value | tolerance.
actlab=${ACTLAB:?}
lessons=${ACTLAB_LESSONS:?}
bad=0 rows=0

# The lesson as one line, so that a quote may run over the ends of lines.
text_of() {
    cat "$lessons/$1"-*.md | tr -s ' \n' '  '
}

# Prints what the expression is after the commands: the last line of all that is said.
measure() {
    {
        printf '%s\n' "$1" | tr ';' '\n'
        printf 'eval "%s"\n' "$2"
    } | "$actlab" --no-rc -f - | tail -n 1
}

near() {
    awk -v v="$1" -v want="$2" -v by="$3" 'BEGIN {
        d = v - want
        exit !(v ~ /^[-+]?[0-9]/ && d <= by + 0 && -d <= by + 0)
    }'
}

while IFS='|' read -r lesson quote commands expression value tolerance; do
    case $lesson in '' | '#'*) continue ;; esac
    rows=$((rows + 1))
    if ! text_of "$lesson" | grep -qF -e "$quote"; then
        echo "lesson $lesson does not say: $quote"
        bad=1
    fi
    measured=$(measure "$commands" "$expression")
    if ! near "$measured" "$value" "$tolerance"; then
        echo "lesson $lesson: '$quote': $expression is $measured, not $value within $tolerance"
        bad=1
    fi
done <<'ROWS'
01|ln 2, about 0.693||log(2)|0.693|0.0005
01|you get 6x - 1||3*(2*5 + 1) - 4 - (6*5 - 1)|0|0
01|everywhere has a loss of ln 2|fn identity; net layers=1 width=8 lr=0.1 data=xor seed=1; train 100 epochs|loss|0.693|0.01
01|It learns lines well. Try `net data=gauss`.|fn identity; net data=gauss; train 50 epochs|accuracy|1|0.05
02|f(0) = 0.5||sigmoid(0)|0.5|0
02|f(2) = 0.881||sigmoid(2)|0.881|0.0005
02|f(-2) = 0.119||sigmoid(-2)|0.119|0.0005
02|0.881 * 0.119 = 0.105|fn sigmoid; cursor 2|df|0.105|0.0005
02|The slope is never above 1/4|fn sigmoid|slope|0.25|0
02|Look beyond 4.5, on either side|fn sigmoid; cursor 4.6|df|0.01|0.0002
02|leave at most 1/65536||65536*0.25^8|1|0
02|by a factor of about four a layer|fn sigmoid; net layers=8 width=16 init=lecun lr=0.3 seed=1|1/factor|4|0.5
02|the loss stays near 0.693|fn sigmoid; net layers=8 width=16 init=lecun lr=0.3 seed=1; train 100 epochs|loss|0.693|0.01
02|above e^709.78||exp(709.78) < inf and exp(709.79) == inf|1|0
02|0.99 * 0.01 = 0.0099|fn sigmoid; cursor log(99)|df|0.0099|0.00001
03|2*sigmoid(2x) - 1||tanh(0.7) - (2*sigmoid(2*0.7) - 1)|0|1e-15
03|It is 1 at 0, four times that of the sigmoid|fn tanh; cursor 0|df|1|0
03|passes on about 0.23 of delta|fn sigmoid; net layers=8 width=8 init=lecun lr=0.1 seed=1|factor|0.23|0.006
03|a layer of tanh 0.88|fn tanh; net layers=8 width=8 init=lecun lr=0.1 seed=1|factor|0.88|0.005
03|At x = 3 the slope is 0.0099|fn tanh; cursor 3|df|0.0099|0.00005
03|1 - f^2 = 0.05 means f = 0.975||sqrt(1 - 0.05)|0.975|0.0005
03|beyond about 2.2 instead of 4.4|fn tanh; cursor 2.178|df/slope|0.05|0.0005
03|beyond about 2.2 instead of 4.4|fn sigmoid; cursor 4.36|df/slope|0.05|0.0005
03|fails above x = 710 or so||exp(709) < inf and exp(710) == inf|1|0
03|`math.tanh(800)` is 1||tanh(800)|1|0
03|The bars of delta, level a moment ago|fn tanh; net layers=8 width=8 init=lecun seed=1|ratio|0.4|0.05
04|every layer passes on about as much as it receives|fn relu; net layers=8 width=16 init=he seed=3|factor|1|0.05
04|each bar of delta is about a quarter of the next|fn sigmoid; net layers=8 width=16 init=he seed=3|factor|0.3|0.06
04|About half of the outputs are 0|fn relu; net layers=8 width=16 init=he seed=3|saturated|0.5|0.02
04|from the left the slope is 0|fn relu; cursor 0|df|0|0
05|alpha is 0.01 by default|fn leaky_relu|alpha|0.01|0
05|by the definition f = -2|fn leaky_relu alpha=2; cursor =-1|f|-2|0
05|the larger of -2 and -1 is -1||max(2*(-1), -1)|-1|0
05|a rate of 1 or less kills no layer|fn relu; net layers=2 width=8 init=he lr=1 seed=1; train 50 epochs|max(dead(1), dead(2))|0|0.5
05|With the default leak of 0.01 recovery mostly fails|fn relu; net layers=2 width=8 init=he lr=5 seed=1; train 10 epochs; net lr=0.05; swap leaky_relu; train 300 epochs|accuracy|0.5|0.3
05|relu would stay at loss 0.693 for ever|fn relu; net layers=2 width=8 init=he lr=5 seed=1; train 10 epochs; net lr=0.05; train 300 epochs|loss|0.693|0.001
06|f(-1) = -0.632||elu(-1)|-0.632|0.0005
06|f(-2) = -0.865||elu(-2)|-0.865|0.0005
06|f(-5) = -0.993||elu(-5)|-0.993|0.0005
06|the slope is e^-2 = 0.135|fn elu; cursor =-2|df|0.135|0.0005
06|at x = -10 the slope is 0.000045|fn elu; range -12 12; cursor =-10|df|0.000045|0.0000005
06|only seven digits of the first are right||-log10(abs((exp(1e-10) - 1)/expm1(1e-10) - 1))|7|0.5
06|with relu at least one layer is wholly dead|fn relu; net layers=3 width=16 init=he lr=0.1 bias=-2 seed=1|max(dead(1), max(dead(2), dead(3)))|1|0
06|The dead row is empty|fn elu; net layers=3 width=16 init=he lr=0.1 bias=-2 seed=1|dead|0|0
07|P(2) is 0.977||gelu(2)/2|0.977|0.0005
07|f(2) = 1.954||gelu(2)|1.954|0.0005
07|f(-2) = -0.046||gelu(-2)|-0.046|0.0005
07|never more than 0.17 apart||relu(-0.752) - gelu(-0.752)|0.17|0.0005
07|beyond 3 on either side you see one line||relu(3) - gelu(3)|0.004|0.0005
07|to 1.129 at x = 1.41|fn gelu|slope|1.129|0.0005
07|to 1.129 at x = 1.41|fn gelu; cursor 1.41|df|1.129|0.0005
07|The bottom is at -0.752|fn gelu; cursor =-0.752|df|0|0.0005
07|gelu(-0.75) = -0.17||gelu(-0.75)|-0.17|0.0005
07|gelu(-3) = -0.004||gelu(-3)|-0.004|0.0005
07|exactly 0 for x below about -8.4||1 + erf(-8.4/sqrt(2))|0|0
07|it is -5.5e-88||gelu(-20)|-5.5e-88|5e-90
07|Look between 2 and 3||abs(gelu(2.7) - gelu_tanh(2.7))|0.00047|0.00001
07|Look at the dead row: it stays empty|fn gelu; net layers=4 width=8 init=he lr=0.1 seed=1; train 200 epochs|dead|0|0
08|f(2) = 1.762||swish(2)|1.762|0.0005
08|f(-2) = -0.238||swish(-2)|-0.238|0.0005
08|f(-5) = -0.033||swish(-5)|-0.033|0.0005
08|-0.278 at x = -1.278|fn swish; cursor =-1.278|f|-0.278|0.0005
08|-0.278 at x = -1.278|fn swish; cursor =-1.278|df|0|0.0005
08|nowhere more than 0.021 apart|fn swish beta=1.702; cursor 2.27|abs(gelu(2.27) - f)|0.0205|0.0005
08|0.2785 / 0.03 is 9.28||0.2785/0.03|9.28|0.005
08|watch the loss rest at 0.693|fn swish beta=0; net layers=4 width=8 init=he lr=0.1 seed=1; train 100 epochs|loss|0.693|0.005
09|theory says about 0.235 a layer|fn sigmoid; net layers=8 width=16 init=lecun seed=1|predicted_factor|0.235|0.0015
09|0.235^3 = 0.013||0.235^3|0.013|0.0005
09|0.235^7 = 0.00004||0.235^7|0.00004|0.000001
09|About 6.4||log(0.0001)/log(0.235)|6.4|0.05
09|The loss stays near 0.693|fn sigmoid; net layers=8 width=8 init=lecun lr=0.3 seed=1; train 200 epochs|loss|0.693|0.005
09|one or two of sigmoid learn|fn sigmoid; net layers=2 width=8 init=lecun lr=0.3 seed=1; train 200 epochs|accuracy|1|0.05
09|2^10 is 1024||2^10|1024|0
10|A good eight-layer network often has one in ten|fn relu; net layers=8 width=8 init=he lr=0.05 seed=1; train 200 epochs|dead|0.1|0.05
10|stays where it is, at a loss of 0.693|fn relu; net layers=2 width=8 init=he lr=5 seed=1; train 10 epochs; net lr=0.05; train 100 epochs|loss|0.693|0.001
10|width 2: 94 % born dead||1 - (1 - 2^-2)^10|0.94|0.005
10|width 4: 48 %||1 - (1 - 2^-4)^10|0.48|0.005
10|width 8: 4 %||1 - (1 - 2^-8)^10|0.04|0.005
11|sqrt(2) = 1.414||sqrt(2)|1.414|0.0005
11|At g = 1 that is 0.71|fn relu; net layers=10 width=64 init=lecun seed=1|predicted_factor|0.71|0.005
11|0.71^9 = 0.04|fn relu; net layers=10 width=64 init=lecun seed=1|predicted_ratio|0.04|0.005
11|by about 1.25 a layer|fn tanh; net layers=10 width=64 init=lecun gain=5/3 seed=1|1/factor|0.8|0.02
11|At 0.5 the factor is near 0.5|fn tanh; net layers=10 width=64 init=lecun gain=0.5 seed=1|factor|0.5|0.05
11|half of the outputs and more are flat|fn sigmoid; net layers=8 width=16 init=lecun gain=10 lr=0.3 seed=1|saturated|0.55|0.05
11|a level gain for sigmoid too, but a strange one: about 10|fn sigmoid; net layers=8 width=16 init=lecun gain=10 seed=1|predicted_factor|1|0.05
11|get stuck with a gain of 3|fn relu; net layers=8 width=8 init=lecun gain=3 lr=0.05 seed=1; train 200 epochs|loss|0.693|0.01
12|Yet its bars rise steeply towards layer 1|fn relu; net layers=8 width=8 init=lecun gain=3 seed=1|log10(ratio)|2.5|0.5
12|The differences between the good ones are small|fn swish; net layers=8 width=8 init=lecun lr=0.1 seed=1; train 200 epochs|accuracy|1|0.01
ROWS

[ "$bad" = 0 ] && echo "$rows numbers of the lessons hold"
exit "$bad"
