#!/bin/bash
# SPDX-License-Identifier: MIT
# A project of another base language, without styles, words or hyphenation of its
# own, is typeset: the program knows no language by name.
. tests/lib/tap.sh

project=$scratch/project
mkdir -p "$project/manual"
cat >"$project/manual/manual.xml" <<'XML'
<manual xmlns="urn:vadovas:manual" lang="fi"><chapter src="01-a.md"/></manual>
XML
sed 's/lang="lt" country="LT"/lang="fi" country="FI"/' \
    tests/projects/mini/manual/edition.xml >"$project/manual/edition.xml"
printf '# Ensimmäinen luku {#a}\n\nTämä on kappale.\n\n> [!NOTE]\n> Huomaa.\n' \
    >"$project/manual/01-a.md"

"$PROGRAM" -C "$project" build >"$scratch/out" 2>"$scratch/said"
is "it is built" "$?" "0"
is "what it lacks is said" \
    "$(grep -o '\[[a-z-]*\]$' "$scratch/said" | sort | tr '\n' ' ')" \
    "[hyphenation-missing] [words-missing] "
ok "the book is in the folder of its language" test -s "$project/build/fi/manual.pdf"
pdftotext "$project/build/fi/manual.pdf" "$scratch/text"
ok "its text is there" grep -q "Tämä on kappale" "$scratch/text"
ok "the layout's words are English" grep -q "Contents" "$scratch/text"

for stage in read overlay facts fo pages; do
    ok "--stop-after=$stage prints XML" \
        bash -c "'$PROGRAM' -C '$project' build fi --stop-after=$stage 2>/dev/null | xmllint --noout -"
done
cat >"$scratch/small.fo" <<'XML'
<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format">
  <fo:layout-master-set><fo:simple-page-master master-name="a" page-width="100mm" page-height="100mm" margin="10mm"><fo:region-body/></fo:simple-page-master></fo:layout-master-set>
  <fo:page-sequence master-reference="a"><fo:flow flow-name="xsl-region-body"><fo:block>Any FO file.</fo:block></fo:flow></fo:page-sequence>
</fo:root>
XML
ok "vadovas fo typesets any FO file" "$PROGRAM" fo "$scratch/small.fo" -o "$scratch/small.pdf"
pdftotext "$scratch/small.pdf" "$scratch/text"
ok "and its text is there" grep -q "Any FO file" "$scratch/text"
finish
