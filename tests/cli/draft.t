#!/bin/bash
# SPDX-License-Identifier: MIT
# Drafts: what is not fit for print is marked in the margin beside it, and a book
# can be built as it was translated.
. tests/lib/tap.sh
p=$scratch/p
cp -r tests/projects/mini "$p"
v() { "$PROGRAM" -C "$p" "$@" 2>"$scratch/said"; }
# the words in the margin, in order, each with the bar it stands beside
marks() {
    python3 -c '
import sys, xml.etree.ElementTree as T
for page in T.fromstring(sys.stdin.buffer.read()).iter("page"):
    bars = [b for b in page.iter("rectangle") if b.get("width") == "1.5"]
    words = [t for t in page.iter("text") if t.get("rotation") == "90"]
    texts = [t for t in page.iter("text") if t.get("artifact") is None]
    edge = max((float(t.get("x")) + float(t.get("width")) for t in texts), default=0)
    assert len(bars) == len(words), (bars, words)
    for bar, word in zip(bars, words):
        assert float(bar.get("x")) > edge, "a bar stands in the text"
        assert float(word.get("x")) > float(bar.get("x"))
        beside = [t.text for t in texts if
                  float(bar.get("y")) < float(t.get("y")) <=
                  float(bar.get("y")) + float(bar.get("height")) + 0.01]
        print(word.text, "|", *" ".join(beside).split()[:6])
'
}
state() { grep -F " id=\"$1\"" "$scratch/overlay" | grep -o ' state="[^"]*"' | cut -d'"' -f2; }

is "nothing is marked where all is current" "$(v build et --draft --stop-after=pages | marks)" ""
sed -i 's/mažas vadovas/nedidelis vadovas/' "$p/manual/01-zodis.md"        # stale
sed -i 's/galioja visiems/galioja ne visiems/' "$p/manual/02-darbas.md"    # review
sed -i 's/^| Asutus | Telefon |/& X |/' "$p/locales/et/02-darbas.md"       # broken
sed -i 's/key=dz9y src=bb0c130f/& DRAFT/' "$p/locales/et/90-priedas.md"    # draft
printf '\nNauja pastraipa.\n' >>"$p/manual/90-priedas.md"                 # missing
is "a draft marks each state beside its text" "$(v build et --draft --stop-after=pages | marks)" \
    "stale | See väike käsiraamat näitab, kuidas raamat
review | ÕIGUS Kodeksas Nuostata galioja ne visiems.
broken | | Asutus | Telefon | X
Draft | Lõpumärkus.
missing | Nauja pastraipa."
ok "a draft is written" v build et --draft
ok "with a table that is broken, too" test -s "$p/build/et/manual-draft.pdf"
is "and nothing without --draft" "$(v build et; ls "$p/build/et")" manual-draft.pdf

# ---- as it was translated
printf '\nTelefonas 112.\n' >>"$p/manual/01-zodis.md"
printf '\n<!-- ov:same at=zodis.p3 key=same src=%s\n=src\nTelefonas 110.\n-->\n' \
    "$(printf 'Telefonas 110.' | sha256sum | cut -c1-8)" >>"$p/locales/et/01-zodis.md"
v build et --as-translated --stop-after=overlay >"$scratch/overlay"
is "as translated, what was stale is current" "$(state zodis.p1)" current
is "what was left out is left out" "$(state pozymiai.q1)" ""
is "what nobody has translated is missing" "$(state priedas.p2)" missing
is "what a person calls a draft is one" "$(state priedas.p1)" draft
ok "what was taken over is the base's text of then" grep -q '>Telefonas 110\.<' "$scratch/overlay"
ok "it can be built" v build et --as-translated
ok "and is a draft" bash -c "pdftotext '$p/build/et/manual-draft.pdf' - | grep -q DRAFT"
is "never a book for print" "$(ls "$p/build/et")" manual-draft.pdf
is "check sees the same" "$(v check et --as-translated; grep -c 'block-stale' "$scratch/said")" 0
finish
