# SPDX-License-Identifier: MIT
# Completes vadovas in bash.  Commands and options are asked from the program
# (--help), the editions are the folders of the project, so nothing is listed twice.

_vadovas_editions() { # project's folder
    local file
    sed -n 's/.*<manual[^>]* lang="\([^"]*\)".*/\1/p' "$1/manual/manual.xml" \
        2>/dev/null
    for file in "$1"/locales/*/edition.xml; do
        [ -e "$file" ] || continue
        file=${file%/edition.xml}
        echo "${file##*/}"
    done
}

_vadovas() {
    local program=${COMP_WORDS[0]} word=${COMP_WORDS[COMP_CWORD]}
    local before=${COMP_WORDS[COMP_CWORD - 1]} command= project=. i words=
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        -C) project=${COMP_WORDS[++i]} ;;
        -*|=|text|json) ;;
        *) command=${COMP_WORDS[i]}; break ;;
        esac
    done
    # bash splits "--option=value" at the sign
    if [ "$word" = = ]; then
        word=
    elif [ "$before" = = ]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    case $before in
    --stop-after)
        words='read overlay facts fo pages'
        [ "$command" = fo ] && words='fo pages' ;;
    --format) words='text json' ;;
    --for) words='poedit weblate omegat trados' ;;
    -C|--root) compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -d -- "$word"); return ;;
    -o|--output*|--picture|--timings|--report|--icc) compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
    --audience|--page) return ;;
    --since) words=$(git -C "$project" for-each-ref --format="%(refname:short)" 2>/dev/null) ;;
    *)
        if [ -z "$command" ]; then
            words="-C --format= --help --version $("$program" --help |
                sed -n '/^Commands/,/^$/s/^  \([a-z-]*\) .*/\1/p')"
        elif [[ $word == -* ]]; then
            words=$("$program" "$command" --help 2>/dev/null |
                sed -n 's/^  *\(-., \)\{0,1\}\(--[a-z-]*=\{0,1\}\).*/\2/p')
        elif [ "$command" = fo ]; then
            compopt -o filenames 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -f -X '!*.fo' -- "$word"
                compgen -d -- "$word")
            return
        else
            words=$(_vadovas_editions "$project")
        fi ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
    [[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace 2>/dev/null
    return 0
}
complete -F _vadovas vadovas
