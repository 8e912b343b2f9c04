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
    "['file', 'id', 'kind', 'line', 'overdue', 'review-by', 'scope', 'secondary', 'source', 'uses', 'value', 'verified']"
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

# ---- figures that are calculated from others ----
rm -rf "$scratch/mini"
cp -r "$ROOT/tests/projects/mini" "$scratch/mini"
cd "$scratch/mini"
rm -r locales
sed -i 's|</research>|<row key="2020" difference="viso 2017 2019"><label>2020</label></row>\
<figure key="viso" sum="pirma antra"><label lang="lt">iš viso</label></figure>\
<figure key="pirma" value="50.25"/><figure key="antra" value="0.5"/>\
<figure key="mazai" difference="antra pirma"/></research>|' manual/research/tyrimai.xml
sed -i 's/^Žr\./Iš viso {{tyrimai:viso}}, skirtumas {{tyrimai:mazai}}, 2020 m. {{tyrimai:2020}}. Žr./' manual/02-darbas.md
document() { "$PROGRAM" build lt --stop-after=facts 2>"$scratch/err" | sed 's/\xc2\xa0/ /g'; }
document >"$scratch/out"
is "nothing is said of them" "$(cat "$scratch/err")" ""
is "sum, difference, each of the other, in a sentence" \
    "$(grep -o 'Iš viso.*Žr\.' "$scratch/out" | sed 's/<[^>]*>//g')" \
    "Iš viso 50,75, skirtumas −49,75, 2020 m. −0,25. Žr."
is "with its parts as its source" \
    "$(grep -o 'source="bandymų duomenys: [^"]*"' "$scratch/out" | head -1)" \
    'source="bandymų duomenys: 50,25 + 0,5"'
is "the table has its row" "$(grep -A3 'table.*tyrimai\|<cell align="left">2020' "$scratch/out" | grep -c -- '−0,25')" 1
is "the source line says how" "$(grep -o 'Calculated: [^<]*' "$scratch/out")" \
    "Calculated: 2020 = 50,75 − 35 − 16 = −0,25; iš viso = 50,25 + 0,5 = 50,75."
sed -i 's/"pirma" value="50.25"/"pirma" value="60"/' manual/research/tyrimai.xml
is "a changed part changes all of them" \
    "$(document | grep -o 'Iš viso.*Žr\.' | sed 's/<[^>]*>//g')" \
    "Iš viso 60,5, skirtumas −59,5, 2020 m. 9,5. Žr."
sed -i 's/ value="0.5"/ value="0.000000000000001"/' manual/research/tyrimai.xml
document >"$scratch/out"
is "a number too long to be exact is refused" "$(grep -c 'research-sum' "$scratch/err")" 1

# ---- articles, alternative texts, the index, pictures ----
rm -rf "$scratch/mini"
cp -r "$ROOT/tests/projects/mini" "$scratch/mini"
cd "$scratch/mini"
cat >manual/facts/teise.xml <<'X'
<facts xmlns="urn:vadovas:facts">
  <act id="bk" scope="country" verified="2025-02-01" review-by="2027-05-01" confidence="V">
    <source>Baudžiamasis kodeksas</source>
    <article>147²</article><article>157</article>
  </act>
</facts>
X
mkdir -p manual/figures
cat >manual/figures/bk.svg <<'X'
<svg xmlns="http://www.w3.org/2000/svg" xmlns:draw="urn:draw" width="100" height="20">
  <!-- a remark --><draw:guide/><text x="2" y="12" font-family="Linux Biolinum O">BK {{bk-147-2}}</text>
</svg>
X
cat >manual/01-zodis.md <<'X'
# Pratarmė {#zodis}

<!-- index: Baudžiamasis kodeksas, {{bk-157}} straipsnis -->

Rašoma apie {{bk-157}} straipsnį.

![Rodo BK {{bk-147-2}} straipsnį](figures/bk.svg "Straipsnis")

![Be antraštės](figures/bk.svg)
X
sed -i 's|bandymams.</p>|bandymams pagal {{bk-157}} straipsnį, {{metai}}.</p>|' manual/edition.xml
sed -i 's|</facts>|<fact id="metai" scope="common" verified="2025-02-01" review-by="2027-05-01" confidence="V"><value lang="lt">2025 m. kovo 1 d.</value><source>a</source></fact>&|' manual/facts/teise.xml
"$PROGRAM" build lt -o "$scratch/lt.pdf" 2>"$scratch/err"
is "an edition with articles is built" "$?" 0
pdftotext "$scratch/lt.pdf" "$scratch/lt.txt"
ok "an article is filled in in the text" grep -q 'apie 157.straipsnį' "$scratch/lt.txt"
ok "in a picture" grep -q 'BK 147²' "$scratch/lt.txt"
"$PROGRAM" build lt --stop-after=facts >"$scratch/facts" 2>/dev/null
ok "in the description of a picture" grep -q 'alt="Rodo BK 147² straipsnį"' "$scratch/facts"
ok "and in the terms of the index" \
    grep -q 'index="Baudžiamasis kodeksas, 157 straipsnis"' "$scratch/facts"
uses() { # uses ID
    "$PROGRAM" facts lt | sed -n "/ $1: /,/^[ow ] *20/p" | grep -c 'manual/01'
}
is "all of them are uses" "$(uses bk-147-2) $(uses bk-157)" "3 2"
is "in the imprint, too, with one full stop" \
    "$(grep -o '<p place[^<]*' "$scratch/facts" | sed 's/\xc2\xa0/ /g; s/.*bandymams/bandymams/')" \
    "bandymams pagal 157 straipsnį, 2025 m. kovo 1 d."
sed -i 's|<title lang="lt">|&BK {{bk-157}}: |; s|<alt lang="lt">|&BK {{bk-157}}: |' manual/research/tyrimai.xml
sed -i 's/^```research tyrimai.*/```research tyrimai/' manual/02-darbas.md
"$PROGRAM" build lt --stop-after=facts 2>/dev/null | sed 's/\xc2\xa0/ /g' >"$scratch/facts"
is "in the words of research" \
    "$(grep -c '<caption[^>]*>BK 157: ' "$scratch/facts") $(grep -c 'alt="BK 157: .*2017 metais 35' "$scratch/facts")" "2 1"
ok "a use of the block that shows it" bash -c "'$PROGRAM' facts lt | grep -A9 ' bk-157: ' | grep -q 'manual/02-darbas.md'"
ok "which is a use" bash -c "'$PROGRAM' facts lt | grep -A3 ' metai: ' | grep -q 'manual/edition.xml:[0-9]* imprint'"

git init -q . && git add -A &&
    git -c user.name=a -c user.email=a@b commit -qm a
sed -i 's/2025-02-01/2026-02-01/' manual/facts/teise.xml
is "impact names the blocks that follow an act" \
    "$("$PROGRAM" impact | grep -o 'fact bk-[0-9-]*' | sort -u | tr '\n' ' ')" \
    "fact bk-147-2 fact bk-157 "

marks() { "$PROGRAM" build lt --stop-after=pages 2>/dev/null | grep -c 'artifact.*>.*to be checked'; }
is "no mark in the margin" "$(marks)" 0
cp manual/facts/teise.xml "$scratch/teise.xml"
sed -i '/act id/s/2027-05-01/2026-05-01/' manual/facts/teise.xml
is "an overdue article is marked wherever it stands: imprint, text, pictures, data" "$(marks)" 5
cp "$scratch/teise.xml" manual/facts/teise.xml

sed -i 's/157/158/' manual/facts/teise.xml
"$PROGRAM" build lt -o "$scratch/lt.pdf" 2>"$scratch/err"
is "an article that the act has no more stops the build" "$?" 1
is "with the nearest name" \
    "$(grep -c "bk-157'.*bk-158.*unknown-fact" "$scratch/err")" 4

# ---- the base's country ----
sed -i 's/158/157/' manual/facts/teise.xml
sed -i 's/^Rašoma apie.*/Apie./' manual/01-zodis.md
theirs() { "$PROGRAM" facts et 2>/dev/null | grep -c ' bk-157: 157$'; }
is "a country fact of the base is no other country's" "$(theirs)" 0
sed -i 's/country="EE"/country="LT"/' locales/et/edition.xml
is "but that of every edition for its country" "$(theirs)" 1
finish
