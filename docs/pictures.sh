#!/bin/sh
# pictures.sh FOLDER - draws the pictures of the documentation with the program itself, so that they show what it does
# today. `make docs` draws them into docs/, tests/screen/screens.sh compares them.
set -eu
out=${1:?pictures.sh FOLDER}
actlab=${ACTLAB:?the program to draw with}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
XDG_STATE_HOME=$tmp XDG_CONFIG_HOME=$tmp
# one path of the kernels draws the same on every machine
ACTLAB_CPU=scalar
export XDG_STATE_HOME XDG_CONFIG_HOME ACTLAB_CPU

# picture NAME EXPORT-OPTIONS LINE...: NAME.svg shows the lab after these lines
picture() {
    name=$1 options=$2
    shift 2
    for line; do
        set -- "$@" -c "$line"
        shift
    done
    "$actlab" --no-rc -c 'set charset braille' -c 'set theme dark' "$@" -c "export ! '$out/$name.svg' $options" >/dev/null
}

picture screen 'size=100x30' 'lesson 9 page=3' try 'net layers=8' 'train 10 epochs'
picture map 'size=100x24 what=network' 'fn elu' 'net layers=3 width=16 data=spiral init=he lr=0.05 seed=1' \
    'train 150 epochs' 'netview map'
