#!/bin/bash
# SPDX-License-Identifier: MIT
# Room to write by hand: a form on a page of its own, empty cells, ruled lines.
. tests/lib/tap.sh

cp -r tests/projects/mini "$scratch/project"
printf '%s\n' '' '***' '' '## Forma {#forma}' '' '| Kas |  |' '|---|--|' \
    '| viena | ____ |' '| trys | ____ ____ ____ |' '| po | |' '' \
    '```lines 3' '```' '' '```lines 41' '```' \
    >>"$scratch/project/manual/90-priedas.md"
"$PROGRAM" -C "$scratch/project" build lt --stop-after=pages \
    >"$scratch/pages" 2>"$scratch/errors"
is "nothing is said" "$(cat "$scratch/errors")" ""

# place ID: where it begins, in whole points
place() {
    sed -n "s/.*<destination id=\"$1\" .* y=\"\([0-9]*\).*/\1/p" "$scratch/pages"
}
page() {
    sed -n "s/.*<destination id=\"$1\" page=\"\([0-9]*\).*/\1/p" "$scratch/pages"
}
is "the form begins a page" "$(page forma)" "$(($(page priedas) + 1))"
is "at its head" "$(place forma)" 59
is "and no rule is printed" "$(grep -c '\* \* \*' "$scratch/pages")" 0
is "nor an underscore" "$(grep -c '__' "$scratch/pages")" 0
one=$(($(place forma.t1.r3) - $(place forma.t1.r2)))
three=$(($(place forma.t1.r4) - $(place forma.t1.r3)))
is "an empty cell is a line of handwriting high" "$one" 24
is "three groups are two lines more" "$three" 57
is "three ruled lines" "$(($(place forma.c2) - $(place forma.c1)))" 76
"$PROGRAM" -C "$scratch/project" build lt --stop-after=fo >"$scratch/fo"
ok "more than 40 lines are code" grep -q 'id="forma.c2" role="Code"' "$scratch/fo"
finish
