#!/bin/bash
# SPDX-License-Identifier: MIT
# The index: terms of each edition in its own alphabet, none of the base's.
. tests/lib/tap.sh
cp -r tests/projects/mini "$scratch/mini"
cd "$scratch/mini"
rm -r locales/et
printf '\n```index\n```\n' >>manual/90-priedas.md

# index LANGUAGE TERMS: the entries with their letters, as "A: a b | B: c"
index() {
    cp "$ROOT/tests/projects/mini/manual/01-zodis.md" manual/01-zodis.md
    printf '\n<!-- index: %s -->\n\nTekstas.\n' "$2" >>manual/01-zodis.md
    sed -i "s/lang=\"[a-z]*\"/lang=\"$1\"/" manual/manual.xml
    "$PROGRAM" build "$1" --stop-after=facts 2>"$scratch/errors" |
        sed -n 's/.*<letter title="\(.*\)">/| \1:/p; s/.*<term>\(.*\)<\/term>/\1/p' |
        tr '\n' ' ' | sed 's/^| //; s/ $//; s/ |/|/g'
}

is "Lithuanian: Y and Į under I, Č Š Ž of their own, digits first" \
    "$(index lt 'žala; zona; įtarimas; ydinga; ikiteisminis; čia; cukrus; ąžuolas; auka; 112; šeima; skola; ėjimas; Europa')" \
    ": 112| A: auka ąžuolas| C: cukrus| Č: čia| E: ėjimas Europa| I: ydinga ikiteisminis įtarimas| S: skola| Š: šeima| Z: zona| Ž: žala"
is "Estonian: S Š Z Ž T U V Õ Ä Ö Ü" \
    "$(index et 'ümbris; öö; äri; õigus; vald; urg; tunnistaja; žanr; zoo; šokk; sund; ohver')" \
    "O: ohver| S: sund| Š: šokk| Z: zoo| Ž: žanr| T: tunnistaja| U: urg| V: vald| Õ: õigus| Ä: äri| Ö: öö| Ü: ümbris"
is "Latvian: Ā with A, Ķ Ņ Š Ž of their own" \
    "$(index lv 'žurnāls; zīme; šķirsts; sods; ņemt; nauda; ķīla; krimināllikums; ārsts; apdraudējums; īre; ievainojamība')" \
    "A: apdraudējums ārsts| I: ievainojamība īre| K: krimināllikums| Ķ: ķīla| N: nauda| Ņ: ņemt| S: sods| Š: šķirsts| Z: zīme| Ž: žurnāls"
is "two levels, quotation marks and hyphens do not count, word by word" \
    "$(index lt '„bylos“ ypatumai; byla baigta; byla; bylaitė; byla, civilinė; byla, baudžiamoji')" \
    "B: byla baudžiamoji civilinė byla baigta bylaitė „bylos“ ypatumai"

# pages, links, levels on the page
"$PROGRAM" -C . build lt -o "$scratch/lt.pdf" 2>"$scratch/errors"
index lt 'auka; byla, civilinė; byla, baudžiamoji; teismas, viešas' >/dev/null
sed -i 's/^Atsakomybę/<!-- index: auka -->\n&/' manual/02-darbas.md
"$PROGRAM" build lt -o "$scratch/lt.pdf" 2>"$scratch/errors"
is "nothing is said about it" "$(cat "$scratch/errors")" ""
pdftotext -layout "$scratch/lt.pdf" - >"$scratch/text"
is "each term with its pages" "$(grep -A1 '^ *auka' "$scratch/text" | sed 's/^ *//; s/ \+/ /g')" \
    "$(printf 'auka 5, 7\n')"
is "the second level below the first" "$(grep -A2 '^ *byla' "$scratch/text" | sed 's/ \+/ /g; s/^ //' | tr '\n' ' ')" \
    "byla baudžiamoji 5 civilinė 5 "
is "one alone on the line of the first" "$(grep 'teismas' "$scratch/text" | sed 's/ \+/ /g')" "teismas, viešas 5"
ok "the file is sound" qpdf --check "$scratch/lt.pdf"

# an edition has only its own terms
cp -r "$ROOT/tests/projects/mini/locales" .
cp "$ROOT/tests/projects/mini/manual/01-zodis.md" manual/01-zodis.md
"$PROGRAM" build et --stop-after=facts >"$scratch/dump" 2>"$scratch/errors"
is "no term of the base" "$(grep -c 'auka' "$scratch/dump")" 0
is "but a note about them" "$(sed 's/.*\[//' "$scratch/errors" | tr '\n' ' ')" "index-terms-missing] index-empty] "
sed -i '/^Vastutuse/i <!-- index: ohver -->' locales/et/02-darbas.md
"$PROGRAM" build et --stop-after=facts >"$scratch/dump" 2>"$scratch/errors"
is "its own" "$(sed -n 's/.*<term>\(.*\)<\/term>/\1/p' "$scratch/dump")" "ohver"
is "and nothing is said" "$(cat "$scratch/errors")" ""
cp locales/et/02-darbas.md "$scratch/before"
"$PROGRAM" sync et >"$scratch/said" 2>&1
ok "sync keeps them" cmp locales/et/02-darbas.md "$scratch/before"
finish
