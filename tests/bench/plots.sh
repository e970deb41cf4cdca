#!/bin/sh
# plots.sh - actlab's printed plots beside gnuplot's dumb terminal, as ratios in one run. Used by `make bench`.
#   ROUNDS=15    ACTLAB, GNUPLOT: the programs
# Needs the built tests/bench/plots in the working directory.
set -u
LC_ALL=C
export LC_ALL
TERM=xterm-256color
export TERM
unset NO_COLOR GNUTERM
gnuplot=${GNUPLOT:-gnuplot}
if ! command -v "$gnuplot" >/dev/null 2>&1; then
    echo "plots: gnuplot is not installed: nothing to compare with (Debian: apt-get install gnuplot-nox)"
    exit 0
fi
exec "${PLOTS:-tests/bench/plots}" "${ACTLAB:-./actlab}" "$gnuplot" "${ROUNDS:-15}"
