#!/bin/bash
# SPDX-License-Identifier: MIT
# Facts: the list, what is overdue, and the waiver that lets one into print.
. tests/lib/tap.sh
cp -r tests/projects/mini "$scratch/mini"
cd "$scratch/mini"

"$PROGRAM" facts >"$scratch/out" 2>"$scratch/err"
is "nothing is overdue" "$?" 0
is "and nothing is said" "$(cat "$scratch/err")" ""
is "an edition's own value and the base's" \
    "$(grep -c ' linija: ' "$scratch/out")" 2
is "the base lists where a fact stands" \
    "$("$PROGRAM" facts lt | sed -n '/ linija: /,/^[^ ]/p' | grep -o 'pozymiai.l.*\|lentele.*' | tr '\n' ' ')" \
    "pozymiai.l2.i2.p1 lentele-istaigos.r2 "

"$PROGRAM" facts --json --pages >"$scratch/json" 2>"$scratch/err"
json() { # json EXPRESSION on the list `all`
    python3 -c "
import json, sys
all = json.load(open(sys.argv[1]))
lt = {f['id']: f for f in all[0]['facts']}
et = {f['id']: f for f in all[1]['facts']}
print($1)" "$scratch/json"
}
is "one JSON value, an object for each edition" \
    "$(json '[e["edition"] for e in all]')" "['lt', 'et']"
is "a fact with all that is known of it" \
    "$(json 'sorted(lt["linija"])')" \
    "['file', 'id', 'kind', 'line', 'overdue', 'review-by', 'scope', 'source', 'uses', 'value', 'verified']"
is "where it stands: block and page" \
    "$(json 'lt["linija"]["uses"][0]["block"], lt["linija"]["uses"][0]["page"]')" \
    "pozymiai.l2.i2.p1 7"
is "research too" "$(json 'lt["tyrimai"]["kind"], len(lt["tyrimai"]["uses"])')" "research 1"

# ---- overdue ----
old() { sed -i 's/review-by="2027-05-01"/review-by="2026-06-01"/' manual/facts/faktai.xml; }
old
"$PROGRAM" facts lt --overdue >"$scratch/out" 2>"$scratch/err"
is "the exit code tells of overdue facts" "$?" 1
is "and the list" "$(grep -c '^overdue' "$scratch/out")" \
    "$(grep -c 'review-by="2026-06-01"' manual/facts/faktai.xml)"
"$PROGRAM" build lt >"$scratch/out" 2>"$scratch/err"
is "on screen it is a warning" "$? $(grep -c 'warning.*fact-overdue' "$scratch/err")" \
    "0 $(grep -c 'review-by="2026-06-01"' manual/facts/faktai.xml)"
"$PROGRAM" build lt --stop-after=pages 2>/dev/null >"$scratch/pages"
is "and a mark in the margin" \
    "$(grep -c 'artifact.*>.*to be checked' "$scratch/pages" | sed 's/[1-9][0-9]*/some/')" some

# ---- the waiver ----
"$PROGRAM" build lt --output print >"$scratch/out" 2>"$scratch/err"
is "print is refused" "$?" 1
for fact in $("$PROGRAM" facts lt --overdue --json 2>/dev/null |
    python3 -c 'import json,sys; print(*[f["id"] for f in json.load(sys.stdin)[0]["facts"]])'); do
    ok "waived: $fact" "$PROGRAM" waive lt "$fact" --reason="Paskambinta $fact"
done
cp manual/edition.xml "$scratch/edition.xml"
"$PROGRAM" build lt --output print >"$scratch/out" 2>"$scratch/err"
is "print is made" "$?" 0
is "with a note for each" "$(grep -v 'note: .*fact-waived' "$scratch/err")" ""
ok "the imprint lists the reason" bash -c \
    "pdftotext build/lt/manual-print.pdf - | grep -q 'Paskambinta linija'"
"$PROGRAM" build lt --stop-after=pages 2>/dev/null >"$scratch/pages"
is "no mark where somebody answers for it" \
    "$(grep -c 'artifact.*>.*to be checked' "$scratch/pages")" 0
"$PROGRAM" waive lt linija --reason="Antra" >"$scratch/out" 2>&1
is "a second waiver replaces the first" "$(grep -c 'fact="linija"' manual/edition.xml)" 1

cp "$ROOT/tests/projects/mini/manual/facts/faktai.xml" manual/facts/faktai.xml
"$PROGRAM" build lt >"$scratch/out" 2>"$scratch/err"
is "a waiver of what is not overdue is said" \
    "$(grep -c 'waiver-unused' "$scratch/err" | sed 's/[1-9][0-9]*/some/')" some
"$PROGRAM" waive lt linija --reason=x >"$scratch/out" 2>&1
is "and none can be written" "$? $(grep -c 'waiver-refused' "$scratch/out")" "1 1"
"$PROGRAM" waive et nera --reason=x >"$scratch/out" 2>&1
is "an unknown name is said" "$? $(grep -c 'key-unknown' "$scratch/out")" "1 1"
finish
