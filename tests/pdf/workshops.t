#!/bin/bash
# SPDX-License-Identifier: MIT
# The booklets of a workshop, for participants and for the trainer: books of
# their own, with the manual's numbers, without what is for others.
. tests/lib/tap.sh
if ! command -v qpdf >/dev/null || ! command -v mutool >/dev/null; then
    echo "1..0 # skip qpdf or mutool is not installed"
    exit 0
fi
project=$scratch/project
cp -r tests/projects/mini "$project"
cp -r styles "$project"
cd "$project"
rm -r locales
mkdir manual/forms
printf '# Sąrašas {#sarasas}\n\nDalyvių vardai.\n' >manual/forms/sarasas.md
cat >manual/015-kita.md <<'END'
# Kita {#kita}

Šio skyriaus seminare nebus, ir nė vienas jo sakinys neturi būti spausdinamas.

## Dalis su „kabutėmis“[^k] {#dalis}

<!-- id: kitas-sarasas -->
- pirmas dalykas iš kito skyriaus;
- antras dalykas.

> [!TRAINER]
> Kito skyriaus pastaba vedėjui, kurios dalyvis taip pat neturi matyti.

[^k]: Kito skyriaus išnaša.
END
cat >>manual/02-darbas.md <<'END'

Žr. [](#kita), [](#dalis), [](#kitas-sarasas), [](#priedas), [](#zodis) ir [](#pozymiai).

> [!TRAINER]
> Vedėjui: čia sustokite ir paklauskite, kas grupėje jau yra matęs tokį atvejį.

<!-- audience: judges -->
Teisėjams skirta pastraipa apie tai, kada posėdis rengiamas uždarose patalpose.

<!-- audience: judges police -->
Teisėjams ir policijai skirta pastraipa apie rašytinius liudytojo parodymus.
END
sed -i 's|<chapter src="02|<chapter src="015-kita.md"/>&|
    s|</manual>|<chapter src="forms/sarasas.md" role="form"/></manual>|' manual/manual.xml
cat >manual/workshops.xml <<'END'
<workshops xmlns="urn:vadovas:workshops">
  <workshop id="vienas" sample="yes" countries="LT RU-KGD" editions="lt" audience="police">
    <title lang="lt">Bandomasis seminaras policijai</title>
    <chapter ref="darbas"/><form ref="sarasas"/>
  </workshop>
</workshops>
END
sed -i 's|</words>|<word name="countries">Šalys: {title}</word>\
<word name="country-lt">Lietuva</word><word name="language">Kalba: {title}</word>\
<word name="manual-chapter">vadovo {number} skyrius „{title}“</word>\
<word name="handout">Dalyvio sąsiuvinis</word><word name="own-notes">Užrašai</word>&|' manual/words.xml
folder=build/workshops/vienas/lt
text() { pdftotext "$folder/$1.pdf" - | tr -s '\n\f ' ' '; }
has() { case $(text "$1") in *"$2"*) echo yes ;; *) echo no ;; esac; }
pages() { pdfinfo "$folder/$1.pdf" | sed -n 's/^Pages: *//p'; }

"$PROGRAM" build --workshop vienas >"$scratch/out" 2>"$scratch/err"
is "they are made" "$? $(cat "$scratch/err")" "0 "
inks=$(sed -n 's/.*<ink .*cmyk="\([^"]*\)".*/\1/p' styles/theme.xml | paste -sd,)
for file in handout trainer; do
    ok "$file is PDF/UA" python3 "$ROOT/tests/pdf/uacheck.py" "$folder/$file.pdf"
    ok "$file-print is PDF/UA" python3 "$ROOT/tests/pdf/uacheck.py" "$folder/$file-print.pdf"
    ok "$file-print is PDF/X-4" python3 "$ROOT/tests/pdf/x4check.py" \
        "--inks=$inks" "$folder/$file-print.pdf"
    is "$file-sheets are A4" "$(pdfinfo "$folder/$file-sheets.pdf" |
        sed -n 's/^Page size: .*(\(A4\))$/\1/p')" A4
done
ok "forms are PDF/X-4, too" python3 "$ROOT/tests/pdf/x4check.py" "--inks=$inks" \
    "$folder/sarasas-print.pdf"
ok "texts, contents, links" python3 "$ROOT/tests/pdf/workshops.py" "$PROGRAM" vienas lt

# ---- what they say of the workshop ----
is "title and copy are the file's" "$(pdfinfo "$folder/handout.pdf" | sed -n 's/^Title: *//p')" \
    "Bandomasis seminaras policijai · Dalyvio sąsiuvinis"
first=$(pdftotext -l 1 "$folder/handout.pdf" - | tr -s '\n\f ' ' ')
for words in EXAMPLE "Dalyvio sąsiuvinis" "For: police" "Šalys: Lietuva, RU-KGD" "Kalba: lt"; do
    is "the title page says $words" "$(grep -c "$words" <<<"$first")" 1
done
is "the form, too" "$(has sarasas 'Šalys: Lietuva, RU-KGD Kalba: lt')" yes

# ---- numbers, references to what is not there ----
is "the chapter keeps its number" "$(has handout '2.1 Požymiai')" yes
is "a chapter, a section, a block of one, an annex, the front" \
    "$(text handout | sed 's/\xc2\xad \?//g' | grep -o 'Žr\. vadovo.* ir 2\.1')" \
    "Žr. vadovo 1 skyrius „Kita“, section 1.1 of the manual, “Dalis su „kabutėmis“”, section 1.1 of the manual, “Dalis su „kabutėmis“”, annex A of the manual, “Priedas”, “Pratarmė” in the manual ir 2.1"

# ---- pages for notes ----
is "the handout has room to write" "$(has handout Užrašai)" yes
is "so that no page is blank" "$(($(pages handout) % 2))" 0
is "the trainer's copy has none" "$(has trainer Užrašai)" no
is "nor the sheets: there are lines beside the pages" "$(has handout-sheets Užrašai)" no

# ---- the same bytes ----
(cd "$folder" && sha256sum ./*.pdf) >"$scratch/first"
sleep 1.1
env TZ=Pacific/Chatham HOME="$scratch" "$PROGRAM" build --workshop all >"$scratch/out" 2>&1
is "again the same bytes" "$(cd "$folder" && sha256sum ./*.pdf | diff "$scratch/first" -)" ""

# ---- the proof looks at them ----
cp "$folder/handout.pdf" "$scratch/before.pdf"
sed -i 's!</svg>!<text x="5" y="20" font-size="6">čia sustokite ir paklauskite, kas grupėje</text></svg>!' \
    manual/figures/langeliai.svg
"$PROGRAM" build --workshop vienas >"$scratch/out" 2>"$scratch/err"
is "the trainer's words in a participant's picture stop it" \
    "$? $(grep -c 'error: this text was removed.*\[text-leaked\]' "$scratch/err")" "3 1"
ok "its files are as they were" cmp "$folder/handout.pdf" "$scratch/before.pdf"
is "and said to be" "$(grep -c "handout.*was not written" "$scratch/err")" 3
is "the trainer may see them" "$(has trainer 'paklauskite, kas grupėje jau')" yes
finish
