# bash completion for actlab: the program itself knows what fits (actlab complete LINE).
_actlab()
{
    local line=${COMP_LINE:0:COMP_POINT} word=${COMP_WORDS[COMP_CWORD]} IFS=$'\n'
    COMPREPLY=($("${COMP_WORDS[0]}" complete "${line#* }" 2>/dev/null))
    # words are broken at '=', so only what stands behind it is wanted
    if [[ $word == = || ${COMP_WORDS[COMP_CWORD - 1]} == = ]]; then
        COMPREPLY=("${COMPREPLY[@]#*=}")
    fi
    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace
}
complete -o default -F _actlab actlab
