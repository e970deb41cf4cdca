#!/bin/sh
# run.sh - times actlab's training step against its own slower paths, whatever rivals this machine has, and the limit that its core
# sets, in turn, and prints ratios. README.md says what is timed. Used by `make bench`.
#   ROUNDS=3 SECONDS_EACH=0.5 CONFIGS="C1 C2 C3 C4 C5" CPU=1    CC: of the rivals in C
# Needs the built tests/bench/step and tests/bench/limit in the working directory, and srcdir.
set -u
LC_ALL=C
export LC_ALL
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1 PYTHONDONTWRITEBYTECODE=1
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE # which may hold a rival back
here=${srcdir:-.}/tests/bench
step=${STEP:-tests/bench/step} limit=${LIMIT:-tests/bench/limit}
rounds=${ROUNDS:-3} seconds=${SECONDS_EACH:-0.5} configs=${CONFIGS:-C1 C2 C3 C4 C5}
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM

pin=
if command -v taskset >/dev/null 2>&1 && taskset -c "${CPU:-1}" true 2>/dev/null; then
    pin="taskset -c ${CPU:-1}"
fi

# build NAME FLAGS SOURCE LIBS: a rival in C, or a line that says why not.
build() {
    # shellcheck disable=SC2086
    if ${CC:-cc} -std=c11 -D_GNU_SOURCE $2 -I"$here" -o "$dir/$1" "$here/$3" $4 2>"$dir/$1.log"; then
        echo "$1|$dir/$1" >>"$dir/rivals"
    else
        echo "left out: $1 (does not build here)"
    fi
}

native='-march=native'
echo 'int x;' >"$dir/x.c"
${CC:-cc} $native -c -o "$dir/x.o" "$dir/x.c" 2>/dev/null || native=
{
    echo "actlab|$step"
    if grep -q avx512f /proc/cpuinfo 2>/dev/null; then echo "avx2|env ACTLAB_CPU=avx2 $step"; fi
    echo "scalar|env ACTLAB_CPU=scalar $step"
} >"$dir/rivals"
build naive "-O2" naive.c "-lm"
build openblas "-O3 -ffast-math -fopenmp-simd $native" blas.c "-lopenblas -lm"
for p in numpy torch; do
    found=
    for python in "${PYTHON:-python3}" /usr/bin/python3; do
        [ -z "$found" ] && "$python" -c "import $p" >"$dir/$p.log" 2>&1 && found=$python
    done
    if [ -n "$found" ]; then
        echo "$p|$found -W ignore $here/peer.py $p" >>"$dir/rivals"
    else
        echo "left out: $p (Python has no such module)"
    fi
done

# The rivals must compute the same: losses at steps 1, 2 and 10 equal to 1e-5, at 50 to 5e-5: by then the last digits have grown, and
# also actlab's own paths for other CPUs differ by as much on C5.
wrong=0
cp "$dir/rivals" "$dir/all"
[ -x "$limit" ] && echo "limit|$limit" >>"$dir/all"
for c in $configs; do
    while IFS='|' read -r name command; do
        case $c:$name in C[45]:scalar | C[45]:naive) continue ;; esac # a minute each
        PEER_NAME=$name $command "$c" check </dev/null
    done <"$dir/rivals" >"$dir/check"
    awk 'NR == 1 { for (i = 3; i <= NF; i++) { split($i, p, "="); want[i] = p[2] } next }
         { for (i = 3; i <= NF; i++) { split($i, p, "="); d = p[2] - want[i]; most = p[1] == "step50" ? 5e-5 : 1e-5; if (d > most || d < -most) bad = 1 }
           if (NF < 6) bad = 1 }
         END { exit bad }' "$dir/check" || { echo "the losses of $c differ:"; cat "$dir/check"; wrong=1; }
done

: >"$dir/raw"
r=0
while [ "$r" -lt "$rounds" ]; do
    for c in $configs; do
        while IFS='|' read -r name command; do
            # What takes over a second a step (a plain loop on C5) is timed once.
            if [ "$r" -gt 0 ] && grep -q "^$name,$c,0,[0-9]\{7\}" "$dir/raw"; then continue; fi
            PEER_NAME=$name $pin $command "$c" "$seconds" "$r" </dev/null >>"$dir/raw"
        done <"$dir/all"
    done
    r=$((r + 1))
done

cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)
echo "One training step, us of processor time (and how many times actlab's), medians of $rounds rounds on one core${cpu:+ of $cpu}:"
sort -t, -k2,2 -k1,1 -k4,4n "$dir/raw" | awk -F, -v configs="$configs" -v wrong=$wrong -v rivals="$(cut -d'|' -f1 "$dir/all" | tr '\n' ' ')" '
function close_group() { if (n) median[key] = v[int((n + 1) / 2)]; n = 0 }
{ k = $1 " " $2; if (k != key) { close_group(); key = k } v[++n] = $4 }
END {
    close_group()
    m = split(configs, config, " "); q = split(rivals, rival, " ")
    printf "%-10s", ""; for (i = 1; i <= m; i++) printf "%20s", config[i]; print ""
    for (j = 1; j <= q; j++) {
        printf "%-10s", rival[j]
        for (i = 1; i <= m; i++) {
            t = median[rival[j] " " config[i]]; mine = median["actlab " config[i]]
            if (t == "") { printf "%20s", "-"; continue }
            printf "%20s", sprintf(t < 100 ? "%.2f (%.2f)" : "%.0f (%.2f)", t, t / mine)
        }
        print ""
    }
    print ""
    print "  C1 6x8 tanh, batch 10; C2 10x16 sigmoid, 64; C3 20x32 relu, 64; C4 50x64 gelu_tanh, 128; C5 20x256 relu, 256"
    print "  actlab     as the lab runs it, with statistics 30 times a second; avx2, scalar: without the newest instructions, without any"
    print "  naive      loops as they are first written; openblas, numpy, torch: libraries with the same network, weights and batches"
    print "  limit      no rival: what the multiply-adds and the first cache of one core allow"
    if (!wrong) print "  All compute the same: their losses differ by at most 1e-5 at steps 1, 2 and 10, and 5e-5 at 50."
    print ""
    split("C1 C2 C3 C4 C5", name, " ")
    split("6x8 tanh, batch 10|10x16 sigmoid, batch 64|20x32 relu, batch 64|50x64 gelu_tanh, batch 128|20x256 relu, batch 256", net, "|")
    for (i in name) what[name[i]] = net[i]
    for (i = 1; i <= m; i++) {
        mine = median["actlab " config[i]]
        line = ""
        for (j = 2; j <= q; j++) {
            t = median[rival[j] " " config[i]]
            if (t == "" || rival[j] == "limit") continue
            line = line (line == "" ? "; " : ", ") rival[j] " " sprintf(t < 10 * mine ? "%.2f" : "%.0f", t / mine)
        }
        if (line != "") line = line " times that"
        t = median["limit " config[i]]
        if (t != "") line = line sprintf("; %.2f times the limit", mine / t)
        printf "tried: speed | a step of %s, %s | %s%s\n", config[i], what[config[i]],
               mine < 1000 ? sprintf("%.3g us", mine) : sprintf("%.1f ms", mine / 1000), line
    }
}'
exit $wrong
