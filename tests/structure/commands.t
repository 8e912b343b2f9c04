#!/bin/bash
# SPDX-License-Identifier: MIT
# What the documents tell people to type exists: commands and their options.
. tests/lib/tap.sh
declare -A help
check_line() { # check_line COMMAND WORDS...: what of it does not exist
    local command=$1 word
    shift
    [ -n "${help[$command]:-}" ] ||
        help[$command]=$("$PROGRAM" "$command" --help 2>/dev/null || echo none)
    [ "${help[$command]}" != none ] || echo "$command"
    for word; do
        word=${word%%=*}
        case $word in
        --[a-z]*) [[ ${help[$command]} =~ [[:space:]]$word[[:space:]=] ]] || echo "$command $word" ;;
        esac
    done
}
unknown=$(grep -oh 'vadovas [a-z][a-z-]*[^`#|;)&]*' README.md docs/translating.md docs/format/*.md docs/messages.md |
    grep -E '^vadovas (build|check|status|sync|diff|ack|waive|attic|deviations|impact|merge|init-locale|export|import|fo)( |$)|--' |
    sort -u | {
    while read -r _ command rest; do check_line $command $rest; done
    check_line build --no-such
})
is "commands and options of the documents" "$unknown" "build --no-such"
finish
