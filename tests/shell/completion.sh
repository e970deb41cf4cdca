#!/bin/sh
# The shells' completions offer what the program's own tables say. Skipped where there is no bash; fish is asked where it is.
in_fish()
{
    line=$1; shift
    got=$(HOME=/dev/null XDG_CONFIG_HOME=/dev/null fish --no-config -c 'set line $argv[1]; set dir $argv[2]; source $argv[3]
        set -x PATH $dir $PATH; complete -C $line' "$line" "$(dirname "${ACTLAB:?}")" "${srcdir:-.}/src/completions/actlab.fish" 2>&1)
    for word; do
        printf '%s\n' "$got" | grep -qxF -- "$word" || { echo "fish: '$line' does not offer '$word' but: $got"; exit 1; }
    done
}
if command -v fish >/dev/null; then
    in_fish 'actlab ne' net netview
    in_fish 'actlab --s' --slow
    in_fish 'actlab --slow net la' layers= layernorm=
    in_fish 'actlab help depth' depth_scale
fi
command -v bash >/dev/null || { echo "no bash here"; exit 77; }
exec bash -s "${srcdir:-.}/src/completions/actlab" "${ACTLAB:?}" <<'BASH'
source "$1" || exit 1
actlab=$2
failed=0

# offers LINE WORD...: completing LINE, each WORD is among the candidates, and there are some
offers()
{
    COMP_LINE=$1 COMP_POINT=${#1}
    read -ra COMP_WORDS <<<"${1//=/ = }"
    [[ $1 == *" " ]] && COMP_WORDS+=("")
    COMP_WORDS[0]=$actlab
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    COMPREPLY=()
    _actlab
    shift
    for word; do
        [[ " ${COMPREPLY[*]} " == *" $word "* ]] && continue
        echo "'$COMP_LINE' does not offer '$word' but: ${COMPREPLY[*]}"
        failed=1
    done
}

IFS=' '
offers "actlab ne" net netview
offers "actlab net la" layers= layernorm=
offers "actlab net init=h" he
offers "actlab fn le" leaky_relu
offers "actlab set theme " auto dark light mono contrast
offers "actlab help pl" plot play
offers "actlab --v" --version
offers "actlab --slow -c 'fn relu' net la" layers=
offers "actlab table gelu --f" --format=
offers "actlab table gelu 0 1 1 --format=j" json
offers "actlab follow f --w" --wait

# The program's own options are those of --help.
offers "actlab -"
known=$("$actlab" --help | sed -n '/^options/,/^$/s/^  \(-[^ ]*\).*/\1/p' | sort)
[[ -n $known && $(printf '%s\n' "${COMPREPLY[@]}" | sort) == "$known" ]] ||
    { echo "options: completion has ${COMPREPLY[*]}, --help $known"; failed=1; }
exit $failed
BASH
