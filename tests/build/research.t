#!/bin/bash
# SPDX-License-Identifier: MIT
# One figure of one research file of the shipped manual: its chart, alternative
# text, table, sentences and source note change in the books that use it and
# nothing else does; impact has named the blocks, build --since names the pages.
. tests/lib/tap.sh
export GIT_CONFIG_NOSYSTEM=1 HOME=$scratch GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org
export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
export GIT_CEILING_DIRECTORIES=$scratch
p=$scratch/p
mkdir "$p"
cp -r manual locales styles "$p"
(cd "$p" && git init -q -b main . && git add . && git commit -q -m one)
vadovas() { "$PROGRAM" -C "$p" "$@" 2>"$scratch/said"; }
impact() { # the blocks that follow, as "EDITION:BLOCK BY", sorted
    vadovas impact --json | python3 -c '
import json, sys
print("\n".join(sorted("%s:%s %s" % (e["edition"], b["at"], b["by"])
                       for e in json.load(sys.stdin) for b in e["follow"])))'
}
words() { pdftotext "$1" - | tr -s '[:space:]' '\n'; }
alts() { # the alternative texts of a book
    qpdf --json --json-key=qpdf "$1" | python3 -c '
import json, sys
def walk(node):
    if isinstance(node, dict):
        if "/Alt" in node:
            print(node["/Alt"])
        for child in node.values():
            walk(child)
    elif isinstance(node, list):
        for child in node:
            walk(child)
walk(json.load(sys.stdin))' | sort
}
changed_pages() { # by the digests of its pages: texts, or pictures
    diff "$scratch/$1-before" "$scratch/$1-after" | sed -n 's/^> \([0-9]*\) .*/\1/p' | paste -sd' '
}
page_texts() { # FILE: "PAGE DIGEST"
    pdftotext -layout "$1" - | python3 -c '
import hashlib, sys
for number, page in enumerate(sys.stdin.read().split("\f"), 1):
    print(number, hashlib.sha256(page.encode()).hexdigest())'
}
page_pictures() {
    rm -rf "$scratch/pictures"
    mkdir "$scratch/pictures"
    pdftoppm -r 36 -gray "$1" "$scratch/pictures/p"
    (cd "$scratch/pictures" && sha256sum -- *) | awk '{ print NR, $1 }'
}

ok "the books" vadovas build
mv "$p/build" "$scratch/before"

# 22 recognised victims in 2024 become 23, read on another day
sed -i 's/key="2024" value="22"/key="2024" value="23"/; s/verified="2025-08-12"/verified="2025-09-30"/' \
    "$p/manual/research/lt-aukos.xml"
is "one file has changed" "$(cd "$p" && git diff --name-only)" "manual/research/lt-aukos.xml"
impact >"$scratch/impact"
is "impact names each block, in each edition that uses it the same" \
    "$(sed 's/^[^:]*://' "$scratch/impact" | sort -u | paste -sd,)" \
    "formos-darbas.p2 research lt-aukos,kliutis-teismas research lt-aukos,kliutys.c3 research lt-aukos"
ok "in the base, too" grep -q '^lt:' "$scratch/impact"
ok "not in one that has put other data there" bash -c "! grep -E '^(et|lv):' '$scratch/impact'"
is "the list of facts has them, too" \
    "$(vadovas facts lt --json | python3 -c '
import json, sys
[edition] = json.load(sys.stdin)
[data] = [f for f in edition["facts"] if f["id"] == "lt-aukos"]
print(*sorted(use["block"] for use in data["uses"]))')" \
    "formos-darbas.p2 formos-darbas.p2 kliutis-teismas kliutis-teismas kliutys.c3" # two figures in a sentence

ok "the books again" vadovas build
for edition in "$scratch"/before/*/; do
    edition=$(basename "$edition")
    grep -q "^$edition:" "$scratch/impact" ||
        ok "the book of $edition is the same, byte for byte" \
            cmp "$scratch/before/$edition/manual.pdf" "$p/build/$edition/manual.pdf"
done
before=$scratch/before/lt/manual.pdf after=$p/build/lt/manual.pdf
diff <(words "$before") <(words "$after") | grep '^[<>]' | sort | uniq -c |
    sed 's/^ *//' >"$scratch/words"
is "two sentences, chart and table have the new number, the note its date, and nothing else has changed" \
    "$(paste -sd, "$scratch/words")" \
    "1 < (2025-08-12,4 < 22,1 > (2025-09-30,4 > 23"
is "and one alternative text" \
    "$(diff <(alts "$before") <(alts "$after") | grep -c '^>')" "1"
ok "with the number" bash -c "$(declare -f alts); alts '$after' | grep -q '– 23'"
page_texts "$before" >"$scratch/texts-before"
page_texts "$after" >"$scratch/texts-after"
page_pictures "$before" >"$scratch/pictures-before"
page_pictures "$after" >"$scratch/pictures-after"
pages=$(changed_pages texts)
ok "some pages have changed" test -n "$pages"
is "those whose pictures have are those whose texts have" "$(changed_pages pictures)" "$pages"

# the list of changes, in front of the book
ok "a book of what has changed" vadovas build lt --since HEAD
pdftotext -layout "$p/build/lt/manual-changes.pdf" - | sed '/\f/q' >"$scratch/list"
is "names the pages" \
    "$(sed -n 's/^ *p\. \([0-9]*\) .*/\1/p' "$scratch/list" | sort -nu | paste -sd' ')" "$pages"
is "and each change" "$(grep -c '22 23\|2025-08-12 2025-09-30' "$scratch/list")" "5"

# an edition's own research; findings
sed -i 's/key="2020" value="7"/key="2020" value="8"/' "$p/locales/lv/research/lv-izmeklesanas.xml"
(cd "$p" && git checkout -q manual)
is "a figure of an edition's own" "$(impact | paste -sd,)" \
    "lv:kliutis-skundas research lv-izmeklesanas,lv:tyrimu-skaicius research lv-izmeklesanas"
(cd "$p" && git checkout -q locales)

# a sum of figures, in sentences and below its chart
sums() { vadovas build lv --stop-after=facts | sed 's/\xc2\xa0/ /g' |
    grep -o 'upuri-2020:kopa"[^>]*>[0-9]*\|kopā = 3[^<]*' | sed 's/.*>//' | paste -sd,; }
is "what is calculated from figures" "$(sums)" "48,48,kopā = 37 + 10 + 1 = 48.,48,48"
sed -i 's/key="sekss" value="10"/key="sekss" value="12"/' "$p/locales/lv/research/lv-upuri-2020.xml"
is "changes with one of them" "$(sums)" "50,50,kopā = 37 + 12 + 1 = 50.,50,50"
is "and impact has named the blocks" \
    "$(impact | grep -c 'research lv-upuri-2020$')" "6"
(cd "$p" && git checkout -q locales)
sed -i '/kliutis-skundas/s/status="found"/status="superseded"/' "$p/manual/research/kliutys.xml"
ok "a finding of the base's country changes its book" bash -c "grep -q '^lt:' <<<'$(impact)'"
is "and no edition that has findings of its own" \
    "$(impact | sed 's/:.*//' | sort -u | while read -r edition; do
        ls "$p/locales/$edition/research/kliutys.xml" 2>/dev/null; done)" ""
pdf_words() { vadovas build lt --stop-after=facts | sed 's/<[^>]*>//g' | grep -c "Pasenę, 2025"; }
is "it is shown as such in the table and in its paragraph" "$(pdf_words)" "2"
finish
