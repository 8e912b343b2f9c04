#!/bin/bash
# SPDX-License-Identifier: MIT
# build --since: what must be approved again is marked and listed, and nothing
# else.
. tests/lib/tap.sh
export GIT_CONFIG_NOSYSTEM=1 HOME=$scratch GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org
export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
export GIT_CEILING_DIRECTORIES=$scratch TMPDIR=$scratch/tmp
mkdir "$TMPDIR"
p=$scratch/p old=$scratch/old
cp -r tests/projects/mini "$p"
cp -r styles "$p"
cp -r "$p" "$old"

# the list as "KIND ID", in order
changes() { # changes EDITION [SINCE]
    "$PROGRAM" -C "$p" build "$1" "--since=${2:-$old}" --stop-after=facts 2>"$scratch/said" |
        sed -n 's/.*<entry change="\([^"]*\)" ref="\([^"]*\)".*/\1 \2/p' | paste -sd,
}
# the blocks that carry a mark
marked() {
    "$PROGRAM" -C "$p" build "$1" --since "$old" --stop-after=facts 2>/dev/null |
        sed -n 's/.* id="\([^"]*\)".* change="\([^"]*\)".*/\2 \1/p' | paste -sd,
}
restore() { rm -rf "$p/manual" "$p/locales" && cp -r "$old/manual" "$old/locales" "$p"; }

is "nothing has changed" "$(changes lt)" ""
ok "and a book that says so" "$PROGRAM" -C "$p" build et lt --since "$old"
ok "in its words" bash -c "pdftotext -l 1 '$p/build/et/manual-changes.pdf' - | grep -q 'Nothing has changed'"
is "beside no other file" "$(ls "$p/build/et")" "manual-changes.pdf"

# a figure of research: exactly the blocks made of it, in both editions
sed -i 's/value="35"/value="36"/' "$p/manual/research/tyrimai.xml"
is "a figure of research marks its table" "$(changes lt)" "changed pozymiai.c1"
is "and no other block" "$(marked lt)" "changed pozymiai.c1"
is "in every edition" "$(changes et)" "changed pozymiai.c1"
sed -i 's/tyrimai table/tyrimai both/' "$p/manual/02-darbas.md" "$old/manual/02-darbas.md"
is "a chart of it, too" "$(changes lt)" "changed pozymiai.c1,changed pozymiai.c1.table"
restore

# a fact: each block that prints it
sed -i 's/8 800 00000/8 800 11111/' "$p/manual/facts/faktai.xml"
is "a fact marks each block that prints it" "$(changes lt)" \
    "changed pozymiai.l2,changed lentele-istaigos"
is "not those of an edition with its own" "$(changes et)" ""
restore

# moved, inserted, removed, changed; what goes with it keeps its place
python3 - "$p/manual/02-darbas.md" <<'X'
import sys
text = open(sys.argv[1]).read()
text = text.replace("\n- dokumentai atimti;", "\nVisai nauja pastraipa.\n\n- dokumentai atimti;")
text = text.replace("> [!LAW] Kodeksas\n> Nuostata galioja visiems.\n\n", "")
law = "Žr. [](#lentele-istaigos), [](#piesinys) ir [](#pozymiai).\n\n"
text = text.replace(law, "").replace("1. Saugokite", law + "1. Saugokite")
text = text.replace("[^bk]: Baudžiamasis", "[^bk]: Lietuvos baudžiamasis")
open(sys.argv[1], "w").write(text)
X
is "inserted, removed, a note; what has moved is no change" "$(changes lt)" \
    "changed darbas.fn.bk,inserted pozymiai.p2,removed vadovas.removed-1"
ok "the base's own file is made" "$PROGRAM" -C "$p" build lt --since "$old"
book=$p/build/lt/manual-changes.pdf
ok "it is PDF/UA" python3 tests/pdf/uacheck.py "$book"
# words and page of an entry: the page numbers of the list are those of the text
list=$(pdftotext -layout -l 1 "$book" -)
page_of() { # the book's page with this text; the list is two pages in front
    for n in 3 4 5 6 7 8 9 10; do
        pdftotext -f $n -l $n "$book" - | tr '\n' ' ' | grep -q "$1" && echo $((n - 2)) && return
    done
}
for text in "Visai nauja pastraipa" "Nuostata galioja visiems" "Lietuvos baudžiamasis"; do
    page=$(page_of "$text")
    ok "the list names page $page of '$text'" grep -q "p. $page .*${text%% *}" <<<"$list"
done
ok "a removed block says so, beside its struck text" \
    bash -c "pdftotext -f 3 '$book' - | tr '\n' ' ' | grep -q 'removed: .*Nuostata galioja visiems'"
is "each mark is a bar in the margin: note, new, gone" \
    "$("$PROGRAM" -C "$p" build lt --since "$old" --stop-after=pages |
        grep -c '<text [^>]*rotation="90"')" 3
ok "the same bytes again" bash -c "cp '$book' '$scratch/first' &&
    '$PROGRAM' -C '$p' build lt --since '$old' && cmp '$book' '$scratch/first'"
ok "as a print file" "$PROGRAM" -C "$p" build lt --since "$old" --output print
ok "under its own name" test -s "$p/build/lt/manual-changes-print.pdf"
restore

# the overlay: a reworded block, a block the edition takes out
sed -i 's/See väike käsiraamat/See lühike käsiraamat/' "$p/locales/et/01-zodis.md"
sed -i 's/et kokku pannakse/et koosneb/' "$p/locales/et/edition.xml"
is "a reworded translation" "$(changes et)" "changed zodis.p1"
sed -i 's!<subtitle>!<subtitle>Uus !' "$p/locales/et/edition.xml"
is "title and imprint" "$(changes et)" "changed vadovas.imprint,changed zodis.p1"
restore

rm -rf "$old" && cp -r tests/projects/mini "$old" && restore

# edition.xml: all that the imprint prints but revision and date, which are new
for change in title:Mažas:Nedidelis subtitle:Bandymui:Mėginimui project:Bandymų:Mėginimų \
    law-date:2026-01-01:2026-02-01 imprint:tik:vien; do
    IFS=: read -r element before after <<<"$change"
    sed -i "/<$element>/s/$before/$after/" "$p/manual/edition.xml"
    is "edition.xml: $element" "$(changes lt)" "changed vadovas.imprint"
    restore
done
sed -i 's/module="2"/module="4"/' "$p/manual/edition.xml"
is "edition.xml: module" "$(changes lt)" "changed vadovas.imprint"
is "not in another edition" "$(changes et)" ""
restore
sed -i 's!</p>!</p><p>Antra pastraipa.</p>!' "$p/manual/edition.xml"
ok "a paragraph more of the imprint is shown as that" bash -c "'$PROGRAM' -C '$p' build lt \
    --since '$old' --stop-after=facts | grep -q 'bandymams.<in>.*Antra pastraipa.</in>'"
restore
sed -i 's/<revision>1/<revision>2/; s/<date>2026-11-23/<date>2026-11-24/' "$p/manual/edition.xml"
is "a new revision alone is no change" "$(changes lt)" ""
restore

# research: all that is printed of it, in the language that prints it
while IFS=: read -r before after expected; do
    sed -i "s/$before/$after/" "$p/manual/research/tyrimai.xml"
    is "research: $after" "$(changes lt)" "changed pozymiai.c1$expected"
    restore
done <<'X'
lt">Pradėti:lt">Visi:.caption
lt">Metai:lt">Metas:
lt">Tyrimai:lt">Bylos:
lt">bandymų:lt">mėginimų:.source
<label>2018:<label>2018*:
X
sed -i 's/et">Aasta/et">Aeg/' "$p/manual/research/tyrimai.xml"
is "research: the word of another language" "$(changes lt)" ""
is "marks its own edition" "$(changes et)" "changed pozymiai.c1"
restore
sed -i 's/>000 0000/>000 1111/' "$p"/locales/et/facts/*.xml
is "a fact of the edition's own" "$(changes et)" "changed pozymiai.l2,changed lentele-istaigos"
is "not the base's" "$(changes lt)" ""
restore

sed -i 's/bandymų šaltinis/kitas šaltinis/; s/2024-05-01/2025-05-01/' "$p/manual/facts/faktai.xml"
is "a fact looked up again, with the same value" "$(changes lt)" ""
restore

# the index: its terms, not the pages
for folder in "$old" "$p"; do
    printf '# Rodyklė {#rodykle}\n\n```index\n```\n' >"$folder/manual/95-rodykle.md"
    sed -i 's!^.*90-priedas.*!&\n  <chapter src="95-rodykle.md"/>!' "$folder/manual/manual.xml"
    sed -i 's/^Atsakomybę/<!-- index: atsakomybė; kodeksas, baudžiamasis -->\n&/' "$folder/manual/02-darbas.md"
done
is "an index that is the same" "$(changes lt)" ""
sed -i 's/index: atsakomybė;/index: atsakomybė; straipsnis;/' "$p/manual/02-darbas.md"
is "a term of the index" "$(changes lt)" "changed rodykle.c1"
ok "is in a book" "$PROGRAM" -C "$p" build lt --since "$old"
rm -rf "$old" && cp -r tests/projects/mini "$old" && restore

# words.xml: listed once, not marked at every caption
words() { # words EDITION: "KIND NAME old new", in order
    "$PROGRAM" -C "$p" build "$1" --since "$old" --stop-after=facts 2>/dev/null |
        tr -d '\n' | sed 's/<entry/\n&/g; s/> *</></g' |
        sed -n 's/^<entry change="\([^"]*\)" word="\([^"]*\)">\(.*\)<.entry>.*/\1 \2 \3/p' |
        sed 's/<[^>]*>/|/g' | paste -sd,
}
sed -i 's/Tabel {number}/Tabelike {number}/; /name="law"/d
    s!^</words>!  <word name="group-separator">\&#xA0;</word>\n  <word name="negation-words">ei</word>\n&!' "$p/locales/et/words.xml"
is "words of the layout: changed, new, gone" "$(words et)" \
    "changed table |Tabel {number}||Tabelike {number}|,inserted group-separator |U+00A0|,removed law |Õigus|"
is "and no block" "$(changes et)" ""
is "nor another edition" "$(words lt)" ""
ok "the book" "$PROGRAM" -C "$p" build et --since "$old"
book=$p/build/et/manual-changes.pdf
ok "is PDF/UA" python3 tests/pdf/uacheck.py "$book"
list=$(pdftotext -layout -l 1 "$book" -)
for text in "Words of the layout" "changed: Tabel {number} Tabelike {number} (table)" \
    "removed: Õigus (law)"; do
    ok "and lists '$text'" grep -qF "$text" <<<"$list"
done
restore
for edition in lt et lv; do
    folder=locales/$edition
    [ -d "$folder" ] || folder=manual
    ok "$edition has a word for them" grep -q '"layout-words"' "$folder/words.xml"
done

# git
book=$p/build/lt/manual-changes.pdf
is "a project without git says so" "$(changes lt HEAD)$(grep -o '\[no-repo.*' "$scratch/said")" \
    "[no-repository]"
(cd "$p" && git init -q -b main . && git add . && git commit -q -m one && git tag v1)
sed -i 's/iš dalių/iš 7 dalių/' "$p/manual/01-zodis.md"
is "a revision" "$(changes lt v1)" "changed zodis.p1"
"$PROGRAM" -C "$p" build lt --since v1 2>/dev/null
ok "is named in the list" bash -c "pdftotext -l 1 '$book' - | grep -q '(v1)'"
for revision in nowhere --output=/tmp/x -h "v1 --help" "HEAD:manual"; do
    is "'$revision' is no revision" \
        "$(changes lt "$revision")$(grep -o '\[revision-un.*' "$scratch/said")" "[revision-unknown]"
done
is "nothing is left in the folder for temporary files" "$(ls "$TMPDIR")" ""
rm -rf "$old/locales/et"
is "an edition that is new has nothing to be compared with" \
    "$(changes et)$(grep -o '\[since-un.*' "$scratch/said")" "[since-unreadable]"
finish
