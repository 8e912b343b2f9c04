#!/bin/bash
# SPDX-License-Identifier: MIT
# deviations, impact and init-locale: looking at editions as a whole.
. tests/lib/tap.sh
p=$scratch/p
export GIT_CONFIG_NOSYSTEM=1 HOME=$scratch GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org
export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
# no repository above the copy may answer for it
export GIT_CEILING_DIRECTORIES=$scratch
cp -r tests/projects/mini "$p"

code() { # code EXPECTED COMMAND...: the exit code, its output in $scratch/said
    local expected=$1
    shift
    "$PROGRAM" -C "$p" "$@" >"$scratch/said" 2>&1
    local found=$?
    [ $found = "$expected" ] || { echo "exit code $found:"; cat "$scratch/said"; return 1; }
}
said() { grep -qF -- "$1" "$scratch/said" || { cat "$scratch/said"; return 1; }; }

# ---- deviations
ok "deviations" code 0 deviations et
is "every one is told" "$(grep -c '^### ' "$scratch/said")" 4
ok "a replace with its reason" said "Reason: Eestis § 133"
ok "the base's text" said "> Atsakomybę nustato"
ok "and the edition's" said "> Vastutuse sätestab"
ok "deviations --json is JSON" bash -c "'$PROGRAM' -C '$p' deviations --json | python3 -c '
import json, sys
[edition] = json.load(sys.stdin)
found = [d[\"operation\"] for d in edition[\"deviations\"]]
assert found == [\"replace\", \"insert\", \"remove\", \"remove\"], found
assert all(d[\"reason\"] for d in edition[\"deviations\"])'"

# ---- impact
ok "without git impact says so" code 2 impact
ok "by name" said no-repository
(cd "$p" && git init -q -b main . && git add . && git commit -q -m one)
ok "nothing changed" code 0 impact
is "nothing is hit" "$(cat "$scratch/said")" "et: 0 blocks, 0 words would not be fit for print any more"
sed -i 's/iš dalių/iš 7 dalių/' "$p/manual/01-zodis.md"
sed -i 's!</svg>!<g/></svg>!' "$p/manual/figures/langeliai.svg"
printf '\nVisai nauja pastraipa.\n' >>"$p/manual/90-priedas.md"
sed -i 's/value="35"/value="36"/' "$p/manual/research/tyrimai.xml"
sed -i 's/8 800 00000/8 800 11111/' "$p/manual/facts/faktai.xml"
find "$p" -type f -not -path '*/.git/*' -exec sha256sum {} + | sort >"$scratch/before"
ok "impact" code 0 impact
ok "counts blocks and words" said "et: 3 blocks, "
ok "a number" said "zodis.p1 key bg02, stale, number ("
ok "a picture" said "piesinys key vwgh, stale"
ok "a new block" said "priedas.p2, missing (3 words)"
ok "research follows by itself" said "pozymiai.c1 key vi9w, research tyrimai"
is "a fact of the edition's own does not" "$(sed '/^lt:/,$d' "$scratch/said" | grep -c 'fact linija')" "0"
is "but the base's blocks that show it are told" "$(sed -n '/^lt: 3 blocks follow/,$p' "$scratch/said" | grep -c 'fact linija')" "2"
ok "impact --json is JSON" bash -c "'$PROGRAM' -C '$p' impact HEAD --json | python3 -c '
import json, sys
[edition, base] = json.load(sys.stdin)
assert edition[\"blocks\"] == 3 == len(edition[\"unfit\"]), edition
assert [b[\"by\"] for b in edition[\"follow\"]] == [\"research tyrimai\"]
assert base[\"edition\"] == \"lt\" and not base[\"unfit\"], base
assert [b[\"by\"] for b in base[\"follow\"]] == [\"fact linija\"] * 2 + [\"research tyrimai\"], base'"
"$PROGRAM" -C "$p" sync et >/dev/null
ok "after a sync it says the same" code 0 impact
ok "as the texts are still the old ones" said "zodis.p1 key bg02, stale, number ("
(cd "$p" && git checkout -q locales)
find "$p" -type f -not -path '*/.git/*' -not -path '*/build/*' -exec sha256sum {} + | sort >"$scratch/after"
ok "impact writes nothing" cmp "$scratch/before" "$scratch/after"
ok "an unknown revision" code 2 impact nowhere
ok "is named" said revision-unknown
ok "a revision is no option of git's" code 2 impact -- --output=x
ok "nor named so" said revision-unknown
(cd "$p" && git commit -q -a -m two)
ok "an older revision" code 0 impact HEAD~1
ok "has the same impact" said "et: 3 blocks, "

# ---- init-locale
for bad in english- e x-y de_AT "../xx" de-ATTT-; do
    ok "init-locale refuses $bad" code 2 init-locale "$bad"
    ok "by name" said locale-code
done
ok "nothing was written" test "$(ls "$p/locales")" = et
ok "init-locale refuses what is there" code 2 init-locale et
ok "by name" said locale-exists
ok "and the base's language" code 2 init-locale lt
ok "a new country" code 0 init-locale lv
ok "and one more, with its region" code 0 init-locale sv-FI
cp "$scratch/said" "$scratch/next"
ok "knows the region" grep -q 'lang="sv-FI" country="FI"' "$p/locales/sv-FI/edition.xml"
is "each chapter is there" "$(ls "$p/locales/lv" | tr '\n' ' ')" \
    "01-zodis.md 02-darbas.md 90-priedas.md edition.xml facts words.xml "
is "with a TODO for each block" "$(cat "$p"/locales/lv/*.md | grep -c ' TODO$')" 18
ok "it is in sync" bash -c "'$PROGRAM' -C '$p' sync lv | grep -q 'nothing to do'"
ok "it builds as a draft at once" code 0 build lv --draft
ok "into a PDF" bash -c "head -c5 '$p/build/lv/manual-draft.pdf' | grep -q '%PDF-'"
ok "but is not printed" code 1 build lv
ok "nor its fixed words" said edition-todo
sed -i '/<!-- lt:/,/^  -->/{/^  <!-- lt:/d;/^  -->/d;s/verified=""/verified="2026-01-01"/;s/review-by=""/review-by="2030-01-01"/;s!<value lang="lv">!&x!;s!<source>!&y!}' \
    "$p/locales/lv/facts/facts.xml"
ok "the facts can be filled in" bash -c "! '$PROGRAM' -C '$p' check lv 2>&1 | grep -q fact-missing"
ok "what to do next is said" grep -qF "'vadovas check sv-FI' lists what is left" "$scratch/next"
git -C "$p" checkout -q HEAD~1 manual
ok "four editions: the new ones are refused" code 1 build
is "and the others are written" "$(cd "$p/build" && ls */manual.pdf | tr '\n' ' ')" "et/manual.pdf lt/manual.pdf "
ok "all four editions are known" bash -c "'$PROGRAM' -C '$p' status | grep -cE '^(et|lv|sv-FI)$' | grep -qx 3"
finish
