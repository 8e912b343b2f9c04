#!/bin/bash
# SPDX-License-Identifier: MIT
# Every edition as a print shop, a folded booklet and a trainer get it, held
# against checkers that share no code with us.
. tests/lib/tap.sh
if ! command -v qpdf >/dev/null || ! command -v gs >/dev/null; then
    echo "1..0 # skip qpdf or ghostscript is not installed"
    exit 0
fi
project=$scratch/project
mkdir -p "$project"
cp -r manual locales styles "$project"
mapfile -t editions < <(sed -n 's/.*<edition[^>]* lang="\([^"]*\)".*/\1/p' \
    manual/edition.xml locales/*/edition.xml)
# the theme's coloured inks, as they stand in the content
inks=$(python3 - styles/theme.xml <<'P'
import sys, xml.etree.ElementTree as ET
show = lambda v: format(float(v), "g")
print(",".join(" ".join(map(show, i.get("cmyk").split()))
               for i in ET.parse(sys.argv[1]).getroot().findall("{*}ink")))
P
)
quiet() { # a reader that must say nothing
    local said
    said=$("$@" 2>&1) && [ -z "$said" ] || { echo "$said"; return 1; }
}
# a point of a page at 72 dpi: "r g b"
pixel() { # pixel FILE PAGE X Y
    pdftoppm -r 72 -f "$2" -l "$2" -x "$3" -y "$4" -W 1 -H 1 "$1" |
        tail -c 3 | od -An -tu1 | xargs
}

ok "all outputs of all editions are made" "$PROGRAM" -C "$project" build \
    --output screen,print --output booklet,handout --creep 0.1mm
for edition in "${editions[@]}"; do
    folder=$project/build/$edition
    screen=$folder/manual.pdf
    print=$folder/manual-print.pdf
    booklet=$folder/manual-booklet.pdf
    handout=$folder/manual-handout.pdf
    ok "$edition: the screen's file is PDF/UA" python3 tests/pdf/uacheck.py "$screen"
    ok "$edition: the print file is PDF/UA, too" python3 tests/pdf/uacheck.py "$print"
    ok "$edition: the print file is PDF/X-4" \
        python3 tests/pdf/x4check.py "--inks=$inks" "$print"
    pages=$(pdfinfo "$screen" | sed -n 's/^Pages: *//p')
    ok "$edition: the booklet folds to pages 1 to $pages" \
        python3 tests/pdf/imposecheck.py "$booklet" "$screen" 4 0.1
    ok "$edition: the booklet is PDF/X-4, in the theme's inks" \
        python3 tests/pdf/x4check.py "--inks=$inks" "$booklet"
    for file in "$print" "$booklet" "$handout"; do
        ok "$edition: ${file##*/} has no fault for qpdf" qpdf --check "$file"
        ok "$edition: ghostscript reads ${file##*/} in silence" quiet \
            gs -q -dNOPAUSE -dBATCH -dPDFSTOPONERROR -sDEVICE=nullpage "$file"
    done
    is "$edition: the trim is the page, the bleed 3 mm more" \
        "$(pdfinfo -box "$print" | awk '/^BleedBox/ { b = $2 } /^TrimBox/ { t = $2 }
            END { printf "%.2f", t - b }')" "8.50"
    # the band of the title page: the same ink a hair inside the bleed's edge
    is "$edition: the title's band runs on into the bleed" \
        "$(pixel "$print" 1 36 100)" "$(pixel "$print" 1 60 100)"
    is "$edition: and not beyond it" "$(pixel "$print" 1 31 60)" "255 255 255"
    is "$edition: the colour bar has eleven patches on each page" \
        "$(qpdf --qdf --object-streams=disable "$print" - |
            grep -acE '^[01.5 ]+ k [0-9. ]+ re f')" "11"
    slug=$(pdftotext -f 3 -l 3 -x 0 -y 0 -W 250 -H 34 "$print" - | tr -d '\n\f')
    date=$(sed -n 's/.*<date>\(.*\)<.date>.*/\1/p' "$project"/{manual,locales/*}/edition.xml | head -1)
    ok "$edition: the slug line names edition, date, page ($slug)" \
        grep -q " · $edition · $date · .* · 3/$pages" <<<"$slug"
    # no other plate than black under the text of a page without pictures
    is "$edition: the imprint is printed with black alone" \
        "$(gs -q -o - -sDEVICE=inkcov -dFirstPage=2 -dLastPage=2 \
            -dDEVICEWIDTHPOINTS=240 -dDEVICEHEIGHTPOINTS=300 -dFIXEDMEDIA \
            -c '<</Install {-60 -100 translate}>> setpagedevice' -f "$print" |
            awk '{ print ($1 + $2 + $3 == 0), ($4 > 0) }')" "1 1"
    half=$(((pages + 1) / 2))
    is "$edition: the handout has two pages on a side" \
        "$(pdfinfo "$handout" | sed -n 's/^Pages: *//p')" "$half"
    is "$edition: every page's text is on the handout" \
        "$(pdftotext "$handout" - | tr -cd '[:alpha:]' | wc -c)" \
        "$(pdftotext "$screen" - | tr -cd '[:alpha:]' | wc -c)"
done

# ---- booklets: where to fold and to cut, if the paper has room
small=$scratch/small
cp -r tests/projects/mini "$small"
cp -r styles "$small"
# dark pixels of a rectangle of the second side (the first has the band), in points from its upper left corner
dark() { # dark FILE X Y WIDTH HEIGHT
    pdftoppm -gray -r 288 -f 2 -l 2 -x $(($2 * 4)) -y $(($3 * 4)) -W $(($4 * 4)) \
        -H $(($5 * 4)) "$1" | tail -c $(($4 * $5 * 16)) | od -An -v -tu1 -w1 |
        awk '$1 < 128' | wc -l
}
"$PROGRAM" -C "$small" build lt --output booklet --paper SRA4 -o "$scratch/roomy.pdf"
"$PROGRAM" -C "$small" build lt --output booklet -o "$scratch/tight.pdf"
# SRA4 across is 907 x 638 pt; two pages of 419.5 x 595.3 lie in the middle
ok "the fold is marked above" test "$(dark "$scratch/roomy.pdf" 450 0 8 12)" -gt 0
ok "and below" test "$(dark "$scratch/roomy.pdf" 450 625 8 12)" -gt 0
is "not within the bleed" "$(dark "$scratch/roomy.pdf" 450 13 8 8)" 0
for corner in "30 0 8 12" "870 0 8 12" "0 18 20 6" "0 613 20 6"; do
    # shellcheck disable=SC2086
    ok "so is where to cut ($corner)" test "$(dark "$scratch/roomy.pdf" $corner)" -gt 0
done
is "A4 has no room for marks" "$(dark "$scratch/tight.pdf" 416 0 10 20)" 0

# ---- make print: all, or what is not fit by name
make_print() {
    make -s -f "$ROOT/Makefile" -C "$small" -o "$PROGRAM" PROGRAM="$PROGRAM" NO_APT=1 print
}
ok "make print" make_print
is "makes print files and booklets of all editions" \
    "$(cd "$small/build" && find . -name '*.pdf' | LC_ALL=C sort | paste -sd' ')" \
    "./et/manual-booklet.pdf ./et/manual-print.pdf ./lt/manual-booklet.pdf ./lt/manual-print.pdf"
sed -i 's/iš dalių/iš 7 dalių/' "$small/manual/01-zodis.md"
sha256sum "$small"/build/et/*.pdf >"$scratch/before"
ok "make print refuses what is stale" bash -c "! (ROOT='$ROOT' small='$small' PROGRAM='$PROGRAM'
    $(declare -f make_print); make_print) 2>'$scratch/said'"
ok "by name" grep -q "'zodis.p1' key bg02 is stale.*\[block-stale\]" "$scratch/said"
ok "and leaves the old files" sha256sum -c --quiet "$scratch/before"
ok "saying that they are old" grep -q "et/manual-print.pdf was not written; the one lying there" "$scratch/said"
sed -i 's/iš 7 dalių/iš dalių/; s/review-by="2027-05-01"/review-by="2025-05-01"/' \
    "$small"/manual/*.md "$small"/manual/facts/*.xml
ok "and what is overdue" bash -c "! (ROOT='$ROOT' small='$small' PROGRAM='$PROGRAM'
    $(declare -f make_print); make_print) 2>'$scratch/said'"
ok "by name, too" grep -q '\[fact-overdue\]' "$scratch/said"
finish
