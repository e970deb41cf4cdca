#!/bin/sh
# The numbers that the lessons give: each stands in its lesson as quoted here, and is what the
# laboratory measures. A row: lesson | quote | commands; ... | expression | value | tolerance. Below it, of many seeds:
# lesson | quote | commands; ... | what is true of so many networks | of 40 | tolerance.
actlab=${ACTLAB:?}
lessons=${ACTLAB_LESSONS:?}
bad=0 rows=0 many=0

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

says() {
    text_of "$1" | grep -qF -e "$2" && return
    echo "lesson $1 does not say: $2"
    bad=1
}

# On how many of 40 seeds the expression is true after the commands, SEED in them: one laboratory for all.
of_40() {
    seq 40 | while read -r seed; do
        printf 'restart\n%s; eval "%s"\n' "$1" "$2" | sed "s/SEED/$seed/g" | tr ';' '\n'
    done | "$actlab" --no-rc -f - | grep -c '^1$'
}

while IFS='|' read -r lesson quote commands expression value tolerance; do
    case $lesson in '' | '#'*) continue ;; esac
    rows=$((rows + 1))
    says "$lesson" "$quote"
    measured=$(measure "$commands" "$expression")
    if ! near "$measured" "$value" "$tolerance"; then
        echo "lesson $lesson: '$quote': $expression is $measured, not $value within $tolerance"
        bad=1
    fi
done <<'ROWS'
01|ln 2, about 0.693||log(2)|0.693|0.0005
01|c=-4 it is 6x - 1||3*(2*5 + 1) - 4 - (6*5 - 1)|0|0
01|gives 29, and 6 for the slope||3*(2*5+1)-4|29|0
01|Can it do better than one who knows nothing|fn identity; net layers=1 width=8 lr=0.1 data=xor seed=1; train 100 epochs|loss|0.693|0.01
01|It learns lines well. Try `:net data=gauss`.|fn identity; net data=gauss; train 50 epochs|accuracy|1|0.05
02|f(0) = 0.5||sigmoid(0)|0.5|0
02|f(2) = 0.881||sigmoid(2)|0.881|0.0005
02|f(-2) = 0.119||sigmoid(-2)|0.119|0.0005
02|0.881 * 0.119 = 0.105|fn sigmoid; cursor 2|df|0.105|0.0005
02|The slope is never above 1/4|fn sigmoid|slope|0.25|0
02|Look beyond 4.5, on either side|fn sigmoid; cursor 4.6|df|0.01|0.0002
02|leaves at most 1/16384||16384*0.25^7|1|0
02|by a factor of about four a layer|fn sigmoid; net layers=8 width=16 init=lecun lr=0.3 seed=1|1/factor|4|0.5
02|the side says `x 0.229`|fn sigmoid; net layers=8 width=16 init=lecun lr=0.3 seed=1|factor|0.229|0.0005
02|the loss stays near 0.693|fn sigmoid; net layers=8 width=16 init=lecun lr=0.3 seed=1; train 100 epochs|loss|0.693|0.01
02|above e^709.78||exp(709.78) < inf and exp(709.79) == inf|1|0
02|0.99 * 0.01 = 0.0099|fn sigmoid; cursor log(99)|df|0.0099|0.00001
03|2*sigmoid(2x) - 1||tanh(0.7) - (2*sigmoid(2*0.7) - 1)|0|1e-15
03|It is 1 at 0, four times that of the sigmoid|fn tanh; cursor 0|df|1|0
03|stops after epoch 9|fn tanh; net layers=8 width=8 init=lecun lr=0.1 seed=1; until "accuracy >= 0.95"|epoch|9|1
03|sigmoid: x 0.225|fn sigmoid; net layers=8 width=8 init=lecun lr=0.1 seed=1|factor|0.225|0.0005
03|tanh: x 0.88|fn tanh; net layers=8 width=8 init=lecun lr=0.1 seed=1|factor|0.88|0.005
03|is 2.9e-05 (0.000029) against 0.41|fn sigmoid; net layers=8 width=8 init=lecun lr=0.1 seed=1|ratio|0.000029|0.0000005
03|is 2.9e-05 (0.000029) against 0.41|fn tanh; net layers=8 width=8 init=lecun lr=0.1 seed=1|ratio|0.41|0.005
03|Sigmoid stays near 0.693|fn sigmoid; net layers=8 width=8 init=lecun lr=0.1 seed=1; train 30 epochs|loss|0.693|0.002
03|tanh ends below 0.05|fn tanh; net layers=8 width=8 init=lecun lr=0.1 seed=1; train 30 epochs|loss|0.02|0.03
03|at x = 3 the slope is 0.0099|fn tanh; cursor 3|df|0.0099|0.00005
03|1 - f^2 = 0.05 means f = 0.975||sqrt(1 - 0.05)|0.975|0.0005
03|beyond about 2.2 instead of 4.4|fn tanh; cursor 2.178|df/slope|0.05|0.0005
03|beyond about 2.2 instead of 4.4|fn sigmoid; cursor 4.36|df/slope|0.05|0.0005
03|fails above x = 710 or so||exp(709) < inf and exp(710) == inf|1|0
03|`math.tanh(800)` is 1||tanh(800)|1|0
03|the bars, level a moment ago|fn tanh; net layers=8 width=8 init=lecun seed=1|ratio|0.4|0.05
04|Will twenty layers of relu|fn relu; net layers=20 width=16 init=he lr=0.05 seed=3; train 10 epochs|accuracy|1|0.05
04|each layer passes on about as much as it receives|fn relu; net layers=8 width=16 init=he seed=3|factor|1|0.05
04|about a third of the next (x 0.328)|fn sigmoid; net layers=8 width=16 init=he seed=3|factor|0.328|0.0005
04|About half of the outputs are 0|fn relu; net layers=8 width=16 init=he seed=3|saturated|0.5|0.02
04|says near 0.50|fn relu; net layers=8 width=16 init=he seed=3|saturated|0.5|0.02
05|alpha is 0.01 by default|fn leaky_relu|alpha|0.01|0
05|f is -2, but the larger|fn leaky_relu alpha=2; cursor =-1|f|-2|0
05|the larger of -2 and -1 is -1||max(2*(-1), -1)|-1|0
05|a rate of 1 or less kills no layer|fn relu; net layers=2 width=8 init=he lr=1 seed=1; train 50 epochs|max(dead(1), dead(2))|0|0.5
05|For this seed 0.03 was too little|fn relu; net layers=2 width=8 init=he lr=5 seed=2; train 10 epochs; net lr=0.05; swap leaky_relu alpha=0.03; train 300 epochs|accuracy|0.8|0.1
05|A leak of 0.05 needed more than a hundred epochs|fn relu; net layers=2 width=8 init=he lr=5 seed=2; train 10 epochs; net lr=0.05; swap leaky_relu alpha=0.05; until "accuracy >= 0.95"|epoch - 10|175|70
05|and 0.2 fewer than fifty|fn relu; net layers=2 width=8 init=he lr=5 seed=2; train 10 epochs; net lr=0.05; swap leaky_relu alpha=0.2; until "accuracy >= 0.95"|epoch - 10|30|19
05|relu would soon rest at 0.693, for ever|fn relu; net layers=2 width=8 init=he lr=5 seed=2; train 10 epochs; net lr=0.05; train 300 epochs|loss|0.693|0.001
06|f(-1) = -0.632||elu(-1)|-0.632|0.0005
06|f(-2) = -0.865||elu(-2)|-0.865|0.0005
06|f(-5) = -0.993||elu(-5)|-0.993|0.0005
06|at x = -2 it is still 0.135|fn elu; cursor =-2|df|0.135|0.0005
06|the slope is e^-2 = 0.135|fn elu; cursor =-2|df|0.135|0.0005
06|only seven digits of the first are right||-log10(abs((exp(1e-10) - 1)/expm1(1e-10) - 1))|7|0.5
06|two layers of relu are wholly dead|fn relu; net layers=3 width=16 init=he lr=0.1 bias=-2 seed=1|(dead(1) == 1) + (dead(2) == 1) + (dead(3) == 1)|2|0
06|With elu the row "dead" shows 0%|fn elu; net layers=3 width=16 init=he lr=0.1 bias=-2 seed=1|dead|0|0
06|Which alpha takes it to -1.73|fn elu alpha=2; cursor =-2|f|-1.73|0.005
06|It halves for each 0.7 that z falls||exp(-0.7)|0.5|0.005
06|At -3 it is 0.050|fn elu; cursor =-3|df|0.050|0.0005
06|at -5 only 0.0067|fn elu; cursor =-5|df|0.0067|0.00005
06|"by": -2 becomes -5|net bias=-2; net bias=-3|bias|-5|0
06|`:net bias=(-3)` sets -3|net bias=-2; net bias=(-3); net bias=(-3)|bias|-3|0
06|elu stays near 0.693 for 60 epochs|fn elu; net layers=3 width=16 init=he lr=0.1 bias=-5 seed=1; train 60 epochs|loss|0.693|0.001
06|From -5, the row "dead" showed 0%, but the row "saturated" 92, 81 and 100%|fn elu; net layers=3 width=16 init=he lr=0.1 bias=-5 seed=1; train 60 epochs|dead|0|0
06|From -5, the row "dead" showed 0%, but the row "saturated" 92, 81 and 100%|fn elu; net layers=3 width=16 init=he lr=0.1 bias=-5 seed=1; train 60 epochs|saturated(1)|0.92|0.005
06|From -5, the row "dead" showed 0%, but the row "saturated" 92, 81 and 100%|fn elu; net layers=3 width=16 init=he lr=0.1 bias=-5 seed=1; train 60 epochs|saturated(2)|0.81|0.005
06|From -5, the row "dead" showed 0%, but the row "saturated" 92, 81 and 100%|fn elu; net layers=3 width=16 init=he lr=0.1 bias=-5 seed=1; train 60 epochs|saturated(3)|1|0.005
07|Phi(2) is 0.977||gelu(2)/2|0.977|0.0005
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
07|the row "dead" shows 0%|fn relu; net layers=4 width=8 init=he lr=0.1 seed=3; train 100 epochs; swap gelu|dead|0|0
07|and makes no mistake|fn relu; net layers=4 width=8 init=he lr=0.1 seed=3; train 100 epochs|accuracy|1|0
07|9 % of its units are dead|fn relu; net layers=4 width=8 init=he lr=0.1 seed=3; train 100 epochs|dead|0.09|0.005
07|an accuracy of 0.98,|fn relu; net layers=4 width=8 init=he lr=0.1 seed=3; train 100 epochs; swap gelu|accuracy|0.985|0.006
07|and soon 1 again|fn relu; net layers=4 width=8 init=he lr=0.1 seed=3; train 100 epochs; swap gelu; train 20 epochs|accuracy|1|0
08|f(2) = 1.762||swish(2)|1.762|0.0005
08|f(-2) = -0.238||swish(-2)|-0.238|0.0005
08|f(-5) = -0.033||swish(-5)|-0.033|0.0005
08|-0.278 at x = -1.278|fn swish; cursor =-1.278|f|-0.278|0.0005
08|-0.278 at x = -1.278|fn swish; cursor =-1.278|df|0|0.0005
08|nowhere more than 0.021 apart|fn swish beta=1.702; cursor 2.27|abs(gelu(2.27) - f)|0.0205|0.0005
08|0.278/beta is 0.0278 when beta is 10|fn swish beta=10; cursor =-0.1278|-f|0.0278|0.0001
08|the loss rests at 0.692|fn swish beta=0; net layers=4 width=8 init=he lr=0.1 seed=1; train 100 epochs|loss|0.692|0.0005
08|beta 0.1: 21|fn swish beta=0; net layers=4 width=8 init=he lr=0.1 seed=1; train 100 epochs; beta 0.1; until "accuracy >= 0.95"|epoch - 100|21|1
08|beta 0.05: 44|fn swish beta=0; net layers=4 width=8 init=he lr=0.1 seed=1; train 100 epochs; beta 0.05; until "accuracy >= 0.95"|epoch - 100|44|2
08|beta 0.02: 140|fn swish beta=0; net layers=4 width=8 init=he lr=0.1 seed=1; train 100 epochs; beta 0.02; until "accuracy >= 0.95"|epoch - 100|140|5
08|beta 0.01: 412|fn swish beta=0; net layers=4 width=8 init=he lr=0.1 seed=1; train 100 epochs; beta 0.01; until "accuracy >= 0.95"|epoch - 100|412|10
08|Near 0 f is about x/2 + beta*x^2/4|fn swish beta=2; cursor 0.01|(f - x/2)/(beta*x^2/4)|1|0.001
08|`w` turns beta down by 1|fn swish; beta -10step|beta|0|1e-9
08|One press of `B` makes beta 0.1|fn swish; beta 0; beta +1step|beta|0.1|1e-9
08|`W` turns beta up by 1|fn swish; beta +10step|beta|2|1e-9
09|theory says about 0.234 a layer|fn sigmoid; net layers=8 width=16 init=lecun lr=0.3 seed=1|predicted_factor|0.234|0.0005
09|0.234^3 = 0.013||0.234^3|0.013|0.0005
09|0.234^7 = 0.00004||0.234^7|0.00004|0.000002
09|About 6.3||log(0.0001)/log(0.234)|6.3|0.05
09|It measures 0.229|fn sigmoid; net layers=8 width=16 init=lecun lr=0.3 seed=1|factor|0.229|0.0005
09|and a `ratio` of 3.3e-05|fn sigmoid; net layers=8 width=16 init=lecun lr=0.3 seed=1|ratio|0.000033|0.0000005
09|for it theory says 0.224|fn sigmoid; net layers=2 width=16 init=lecun lr=0.3 seed=1|predicted_factor|0.2235|0.0005
09|It is below 0.001|fn sigmoid; net layers=8 width=16 init=lecun lr=0.3 seed=1|update(1)/update(8) < 0.001|1|0
09|It is below 0.001|fn sigmoid; net layers=8 width=8 init=lecun lr=3 seed=1; train 100 epochs|update(1)/update(8) < 0.001|1|0
09|`ratio` was 4.1 before you trained|fn sigmoid; net layers=8 width=8 init=lecun lr=0.3 seed=1 residual=on|ratio|4.1|0.05
09|`:eval act(1)` is 0.53, `:eval act(8)` 4.5|fn sigmoid; net layers=8 width=8 init=lecun lr=0.3 seed=1 residual=on|act(1)|0.53|0.005
09|`:eval act(1)` is 0.53, `:eval act(8)` 4.5|fn sigmoid; net layers=8 width=8 init=lecun lr=0.3 seed=1 residual=on|act(8)|4.5|0.05
09|at 2 a layer seven steps make 128||2^7|128|0
09|one or two of sigmoid learn|fn sigmoid; net layers=2 width=8 init=lecun lr=0.3 seed=1; train 200 epochs|accuracy|1|0.05
09|2^10 is 1024||2^10|1024|0
10|says 12% (an eighth)|fn relu; net layers=2 width=8 init=he lr=0.05 seed=1|dead(2)|0.125|0
10|one in ten when they are trained|fn relu; net layers=8 width=8 init=he lr=0.05 seed=1; train 200 epochs|dead|0.1|0.05
10|Its bias is -3.8|fn relu; net layers=2 width=8 init=he lr=5 seed=30; train 10 epochs|dead(2)|1|0
10|-1 is too low|fn relu; net layers=2 width=8 init=he lr=5 seed=30; train 10 epochs; net lr=0.05; unit 2 1; weight 0 =-1; weight 0 =-1|dead(2)|1|0
10|0 wakes it, but not for long|fn relu; net layers=2 width=8 init=he lr=5 seed=30; train 10 epochs; net lr=0.05; unit 2 1; weight 0 0|dead(2)|0.875|0
10|0 wakes it, but not for long|fn relu; net layers=2 width=8 init=he lr=5 seed=30; train 10 epochs; net lr=0.05; unit 2 1; weight 0 0; train 1 epoch|dead(2)|1|0
10|Try 3: `:unit 2 1`, `:weight 0 3`|fn relu; net layers=2 width=8 init=he lr=5 seed=30; train 10 epochs; net lr=0.05; unit 2 1; weight 0 3; train 100 epochs|accuracy|1|0.01
10|`:net clip=1` allows 1|fn relu; net layers=2 width=8 init=he lr=5 seed=1 clip=1; train 50 epochs|dead(2)|1|0
10|Try a tenth: `:net clip=0.1`|fn relu; net layers=2 width=8 init=he lr=5 seed=1 clip=0.1; train 50 epochs|accuracy|1|0.01
10|ln 2 is 0.693|fn relu; net layers=2 width=8 init=he lr=5 seed=30; train 10 epochs; net lr=0.05; train 100 epochs|loss|0.693|0.001
10|width 2: 94 % born dead||1 - (1 - 2^-2)^10|0.94|0.005
10|width 4: 48 %||1 - (1 - 2^-4)^10|0.48|0.005
10|width 8: 4 %||1 - (1 - 2^-8)^10|0.04|0.005
11|every first weight is twice as large, and so is the `factor` at the side|fn relu; net layers=3 width=8 init=he seed=1; net gain=2|factor/1.06289|2|0.001
11|sqrt(2) = 1.414||sqrt(2)|1.414|0.0005
11|At g = 1 that is 0.71|fn relu; net layers=10 width=64 init=lecun seed=1|predicted_factor|0.71|0.005
11|0.71^9 = 0.04|fn relu; net layers=10 width=64 init=lecun seed=1|predicted_ratio|0.04|0.005
11|by about 1.25 a layer|fn tanh; net layers=10 width=64 init=lecun gain=5/3 seed=1|1/factor|0.8|0.02
11|At 0.5 the factor is near 0.5|fn tanh; net layers=10 width=64 init=lecun gain=0.5 seed=1|factor|0.5|0.05
11|More than half of the outputs are flat|fn sigmoid; net layers=8 width=16 init=lecun gain=10 lr=0.3 seed=1|saturated|0.55|0.05
11|a level gain for sigmoid too, but a strange one: about ten|fn sigmoid; net layers=8 width=16 init=lecun gain=10 seed=1|predicted_factor|1|0.05
12|Yet its bars rise steeply towards layer 1|fn relu; net layers=8 width=8 init=lecun gain=3 seed=1|log10(ratio)|2.5|0.5
12|The good ones all end below 0.05|fn relu; net layers=8 width=8 init=he lr=0.05 seed=1; train 15 epochs|loss|0.03|0.02
12|The good ones all end below 0.05|fn gelu; net layers=8 width=8 init=he lr=0.05 seed=1; train 15 epochs|loss|0.03|0.02
12|The good ones all end below 0.05|fn swish; net layers=8 width=8 init=he lr=0.05 seed=1; train 15 epochs|loss|0.03|0.02
12|sigmoid at 0.693|fn sigmoid; net layers=8 width=8 init=he lr=0.05 seed=1; train 15 epochs|loss|0.693|0.001
12|in 122 epochs|fn swish; net layers=8 width=8 init=lecun lr=0.05 seed=2; until "accuracy >= 0.95"|epoch|122|5
ROWS

while IFS='|' read -r lesson quote commands expression value tolerance; do
    rows=$((rows + 1)) many=$((many + 1))
    says "$lesson" "$quote"
    measured=$(of_40 "$commands" "$expression")
    if ! near "$measured" "$value" "$tolerance"; then
        echo "lesson $lesson: '$quote': on $measured of 40 seeds, not $value within $tolerance"
        bad=1
    fi
done <<'ROWS'
02|Five never learn|fn sigmoid; net layers=5 width=8 init=lecun lr=0.3 seed=SEED; train 200 epochs|accuracy >= 0.95|0|1
02|Three do, for half of the seeds|fn sigmoid; net layers=3 width=8 init=lecun lr=0.3 seed=SEED; train 200 epochs|accuracy >= 0.95|20|4
05|0.01 brought back 6|fn relu; net layers=2 width=8 init=he lr=5 seed=SEED; train 10 epochs; net lr=0.05; swap leaky_relu alpha=0.01; train 100 epochs|accuracy >= 0.95|6|3
05|0.2 brought back 31|fn relu; net layers=2 width=8 init=he lr=5 seed=SEED; train 10 epochs; net lr=0.05; swap leaky_relu alpha=0.2; train 100 epochs|accuracy >= 0.95|31|3
05|relu none|fn relu; net layers=2 width=8 init=he lr=5 seed=SEED; train 10 epochs; net lr=0.05; train 100 epochs|accuracy >= 0.95|0|0
06|At -3 it wakes for most seeds|fn elu; net layers=3 width=16 init=he bias=-3 lr=0.1 seed=SEED; train 60 epochs|accuracy >= 0.95|37|3
06|at -4 for few|fn elu; net layers=3 width=16 init=he bias=-4 lr=0.1 seed=SEED; train 60 epochs|accuracy >= 0.95|7|4
10|elu brought back 37 of 40, - a leak of 0.2 31, - a leak of 0.01 6, - relu none|fn relu; net layers=2 width=8 init=he lr=5 seed=SEED; train 10 epochs; net lr=0.05; swap elu; train 100 epochs|accuracy >= 0.95|37|3
10|11 of 40 networks learned over it|fn relu; net layers=2 width=8 init=he lr=5 seed=SEED; train 10 epochs; net lr=0.05; unit 2 1; weight 0 3; train 100 epochs|accuracy >= 0.95|11|4
11|with a gain of 3 for 33 seeds of 40|fn relu; net layers=8 width=8 init=lecun gain=3 lr=0.05 seed=SEED; train 100 epochs|not (loss < 0.62)|33|3
11|and with 0.6 for 35|fn relu; net layers=8 width=8 init=lecun gain=0.6 lr=0.05 seed=SEED; train 100 epochs|not (loss < 0.62)|35|3
11|With 1.414 all 40 learned|fn relu; net layers=8 width=8 init=lecun gain=1.414 lr=0.05 seed=SEED; train 100 epochs|accuracy >= 0.95|40|0
12|before training 5 to 39 % of the units are dead|fn relu; net layers=8 width=8 init=he lr=0.05 seed=SEED|dead > 0.045 and dead < 0.395|40|0
12|after 100 epochs 3 to 23 %|fn relu; net layers=8 width=8 init=he lr=0.05 seed=SEED; train 100 epochs|dead > 0.025 and dead < 0.24|40|1
ROWS

[ "$bad" = 0 ] && echo "tried: course | numbers that the lessons give, measured in the lab | $rows of $rows, $many of them over 40 seeds"
exit "$bad"
