#!/bin/bash
# SPDX-License-Identifier: MIT
# check: spelling with hunspell and the edition's list, typography by rules.
. tests/lib/tap.sh
cp -r tests/projects/mini "$scratch/mini"
cd "$scratch/mini"

# said EDITION: what check says, as line:column word name
said() {
    "$PROGRAM" check ${1:-} 2>&1 >/dev/null | grep -v spaces-tied |
        sed 's/^.*md:\([0-9:]*\): warning: "\{0,1\}\([^ ":]*\)"\{0,1\}.*\[\(.*\)\]$/\1 \2 \3/' |
        tr '\n' '|'
}
text() { printf '# Pratarmė {#zodis}\n\n%s\n' "$1" >manual/01-zodis.md; }

is "the project is clean" "$(said)" ""
text 'Pareigūnas turii klausti, o ne spėti.'
is "a word that is none" "$(said lt)" "3:12 turii word-unknown|"
printf '# žodis\nturii\n' >manual/spelling.txt
is "but for the edition's list" "$(said lt)" ""
printf 'tur*\n' >manual/spelling.txt
is "where a star is any ending" "$(said lt)" ""
printf '01-zodis.md\n' >manual/spelling.txt
is "a chapter in several languages can be left out" "$(said lt)" ""
rm manual/spelling.txt
text 'Auka auka tyli ir ir laukia.'
is "words that stand twice" "$(said lt)" "3:6 auka word-doubled|3:19 ir word-doubled|"
text 'TMO, BPK, 2x, tv3.lt, policija.lt/jonas ir XXI amžius.'
is "capitals, numbers and addresses are no words" "$(said lt)" ""
text 'Vadovas „Handbook on Direct Assistance“ ir *human trafficking*.'
is "English in a quotation and in emphasis" "$(said lt)" ""
text 'Čia assistance klaida.'
is "and nowhere else" "$(said lt)" "3:5 assistance word-unknown|"
text 'Jis "tyli”.'
is "wrong quotation marks" "$(said lt)" '3:5  quotation-mark|3:10 ” quotation-mark|'
text 'Jis „tyli“: 1.000 eurų, 12.5 %, 2006 m.'
is "numbers of another country" "$(said lt)" "3:25 12.5 number-format|3:13 1.000 number-format|"
text '> [!NOTE] Klaaida
> - [ ] punktaas

| Kaas |
|------|
| šalys |

![Paveikslėlys](figures/langeliai.svg "Antraštė")'
is "in boxes, lists, tables, pictures, at their place" "$(said lt)" \
    "3:11 Klaaida word-unknown|4:9 punktaas word-unknown|6:3 Kaas word-unknown|10:3 Paveikslėlys word-unknown|"

cp "$ROOT/tests/projects/mini/manual/01-zodis.md" manual/01-zodis.md
sed -i 's/^# Eessõna/# Pratarmė/' locales/et/01-zodis.md
is "a word left in the base's language" "$(said et | sed 's/^[0-9:]* //')" "Pratarmė word-foreign|"

# ---- what belongs into the facts ----
cat >manual/facts/teise.xml <<'X'
<facts xmlns="urn:vadovas:facts">
  <act id="bpk" scope="country" verified="2025-02-01" review-by="2027-05-01" confidence="V">
    <source>Baudžiamojo proceso kodeksas</source>
    <article>9</article><article>186¹</article><article>199</article>
  </act>
</facts>
X
text 'Pagal BPK 9 straipsnį, 199 ir {{bpk-186-1}} straipsnius, 2020 m. kovo 1 d.[^a]

[^a]: BPK {{bpk-9}}, 199 straipsniai, 2021 m. kovo 2 d., a@b.lt'
is "numbers of articles and dates are not typed; notes have dates" \
    "$(said lt | sed 's/ straipsn[^ |]*//g')" \
    "3:7 BPK article-typed|3:24 199 article-typed|3:58 2020 date-typed|5:22 199 article-typed|"
text "$(printf '21, 22, 23, %.0s' {1..300})BPK 9 straipsnis."
is "also behind a long row of numbers" "$(said lt | sed 's/.* BPK/BPK/')" "BPK article-typed|"
text 'Skambinkite 112, +370 5 271 0000 arba rašykite pagalba@policija.lt.'
is "nor are numbers and addresses of help" "$(said lt)" \
    "3:13 112 contact-typed|3:18 +370 contact-typed|3:48 pagalba@policija.lt contact-typed|"
text 'Pagal BPK {{bpk-9}} straipsnį, {{bpk-186-1}} straipsnį.'
is "but facts" "$(said lt)" ""
is "and a space beside a fact holds, too" "$("$PROGRAM" build lt --stop-after=facts 2>/dev/null |
    sed -n 's/.*>\(Pagal .*\)<.*/\1/p' | sed 's/<[^>]*>//g; s/\xc2\xa0/_/g')" \
    "Pagal BPK_9_straipsnį, 186¹_straipsnį."
rm manual/facts/teise.xml

# ---- spaces ----
text 'Tai buvo 2006 m. gegužės 12 d. ir kainavo 10 793 eurus.'
"$PROGRAM" check lt 2>"$scratch/err" >/dev/null
is "spaces where no line may end are told" \
    "$(sed -n 's/.*note: \([0-9]*\) spaces.*spaces-tied.*/\1/p' "$scratch/err")" 6
is "and made" "$("$PROGRAM" build lt --stop-after=facts 2>/dev/null |
    sed -n 's/.*>\(Tai buvo .*\)<.*/\1/p' | sed 's/\xc2\xa0/_/g')" \
    "Tai buvo 2006_m._gegužės_12_d. ir kainavo 10_793_eurus."

# ---- without data ----
text 'Pareigūnas turii klausti.'
sed -i 's/lang="lt"/lang="xx"/' manual/manual.xml
is "no dictionary is one warning" \
    "$("$PROGRAM" check xx 2>&1 >/dev/null | grep -c 'dictionary-missing')" 1
finish
