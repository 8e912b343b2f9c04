#!/bin/bash
# SPDX-License-Identifier: MIT
# build --parallel: base and edition side by side, each block in its row.
. tests/lib/tap.sh
p=$scratch/p
cp -r tests/projects/mini "$p"
cp -r styles "$p"
cp -r "$p" "$scratch/old"
file=$p/build/et/manual-parallel.pdf
build() { # build EXPECTED [ARGUMENT...]
    local expected=$1
    shift
    "$PROGRAM" -C "$p" build "$@" >"$scratch/said" 2>&1
    local code=$?
    [ $code = "$expected" ] || { echo "exit code $code:"; cat "$scratch/said"; return 1; }
}
rows() { "$PROGRAM" -C "$p" build et --parallel --stop-after=facts 2>/dev/null; }
row() { rows | sed -n 's/.*<pair number="[0-9]*" \(state="[^"]*" operation="'"$1"'"[^>/]*\).*/\1/p' | head -1; }
text() { pdftotext -layout "$file" - | tr -s ' \n' ' '; }
restore() { rm -rf "$p/manual" "$p/locales" && cp -r "$scratch/old/manual" "$scratch/old/locales" "$p"; }

ok "a proof of a current edition" build 0 et --parallel
is "without a word" "$(cat "$scratch/said")" ""
is "and no other file" "$(ls "$p/build/et")" "manual-parallel.pdf"
ok "is PDF/UA" python3 tests/pdf/uacheck.py "$file"
ok "is no draft" bash -c "! pdftotext '$file' - | grep -qi draft"
ok "no block of either side is without a row" python3 - <(rows) <<'X'
import sys, xml.etree.ElementTree as ET
root = ET.parse(sys.argv[1]).getroot()
pairs = {p.get("number"): p for p in root.iter("pair")}
used, sides = set(), (root, root.find("base"))
for side in sides:
    for chapter in side.findall("chapter"):
        numbers = [int(b.get("pair")) for b in chapter]
        assert numbers == sorted(numbers), numbers
        used.update(map(str, numbers))
assert used == set(pairs), used ^ set(pairs)
ids = [e.get("id") for e in root.iter() if e.get("id") and e.tag != "chapter"]
assert len(ids) == len(set(ids))
# same block, same row: the base's id has a prefix
row = {e.get("id"): e.get("pair") for side in sides for e in side.iter() if e.get("pair")}
for id, number in row.items():
    assert row.get("base--" + id, number) == number, id
assert any(p.get("operation") == "insert" for p in pairs.values())
X
is "what the edition replaces, with its reason" "$(row replace)" \
    'state="current" operation="replace" key="knso" reason="Eestis § 133"'
is "what it inserts" "$(row insert)" \
    'state="current" operation="insert" key="c9du" reason="Eesti loend"'
is "what it removes" "$(row remove)" \
    'state="current" operation="remove" key="acui" reason="Eestis ei kohaldu"'
ok "is on the page: base, edition, reason" grep -q \
    'replaced knso Atsakomybę nustato .* Vastutuse sätestab .* Reason: Eestis § 133' <<<"$(text)"
ok "the text that is taken out stands there" grep -q "removed acui.*Nuostata galioja visiems" <<<"$(text)"
ok "a note stands once on each side, as a row" bash -c "
    [ \$(grep -o 'Karistusseadustik\.' <<<'$(text)' | wc -l) = 1 ] &&
    [ \$(grep -o 'Baudžiamasis kodeksas\.' <<<'$(text)' | wc -l) = 1 ]"
is "each row has a cell in the base's language" \
    "$("$PROGRAM" -C "$p" build et --parallel --stop-after=pages |
        grep -c '<element role="TD" lang="lt"')" "$(rows | grep -c '<pair ')"
ok "the same bytes again" bash -c "cp '$file' '$scratch/first' &&
    '$PROGRAM' -C '$p' build et --parallel && cmp '$file' '$scratch/first'"

# what a book would be refused for
sed -i 's/iš dalių/iš 7 dalių/' "$p/manual/01-zodis.md"
printf '\nVisai nauja pastraipa.\n' >>"$p/manual/90-priedas.md"
ok "the book is refused" build 1 et
ok "the proof is made" build 0 et --parallel
ok "says what has changed in the base" grep -q "stale, translated bg02.*iš 7 dalių" <<<"$(text)"
ok "and what is missing" grep -q "missing.*Visai nauja pastraipa" <<<"$(text)"
ok "and is marked as a draft on each page" bash -c "
    [ \$(pdftotext '$file' - | grep -ci draft) -ge \$(pdfinfo '$file' | sed -n 's/^Pages: *//p') ]"
restore
ok "for readers: a block that is not meant for them has no row" build 0 et --parallel --audience police

# what does not go together
ok "the base beside itself" build 2 lt --parallel
ok "as a booklet" build 2 et --parallel --output booklet
ok "with bars" build 2 et --parallel --since HEAD
ok "none named: all but the base" build 0 --parallel
is "are made" "$(cd "$p/build" && ls ./*/manual-parallel.pdf)" "./et/manual-parallel.pdf"
finish
