#!/bin/bash
# SPDX-License-Identifier: MIT
# ack, waive, attic, diff: what people do after a change of the base, and the
# gate that waits for it.
. tests/lib/tap.sh

new_project() { # new_project: a fresh copy; the rest runs in it
    rm -rf "$scratch/p"
    cp -r tests/projects/mini "$scratch/p"
}
v() { "$PROGRAM" -C "$scratch/p" "$@"; }
code() { # code EXPECTED COMMAND...: the exit code, its output in $scratch/said
    local expected=$1
    shift
    v "$@" >"$scratch/said" 2>&1
    local found=$?
    [ $found = "$expected" ] || { echo "exit code $found:"; cat "$scratch/said"; return 1; }
}
said() { grep -qF -- "$1" "$scratch/said" || { cat "$scratch/said"; return 1; }; }
base=$scratch/p/manual/01-zodis.md
overlay=$scratch/p/locales/et/01-zodis.md

# ---- diff and ack
new_project
ok "nothing is stale at first" code 0 diff et
ok "and diff says so" said "et: nothing is stale"
sed -i 's/mažas vadovas rodo/nedidelis vadovas rodo/' "$base"
ok "diff does without sync" code 0 diff et
ok "diff marks the words" said "{+nedidelis+}"
ok "diff shows the old local text" said "See väike käsiraamat"
ok "diff names the place" said "locales/et/01-zodis.md:10: zodis.p1 key bg02 stale, wording"
ok "no colours where no terminal is" bash -c "! grep -q $'\033' '$scratch/said'"
ok "diff KEY shows one unit" code 0 diff et vv2f
ok "an unknown key is named with the nearest" code 1 diff et bg03
ok "with a way out" said "did you mean 'bg02'"
ok "the gate holds it back" code 1 check et
ok "diff --json is JSON" bash -c "'$PROGRAM' -C '$scratch/p' diff --json | python3 -c '
import json, sys
[edition] = json.load(sys.stdin)
[block] = edition[\"blocks\"]
assert edition[\"edition\"] == \"et\" and block[\"state\"] == \"stale\"
assert block[\"severity\"] == \"wording\" and block[\"key\"] == \"bg02\"
assert block[\"target\"].startswith(\"See\"), block'"
ok "ack of a change that the file did not show is refused" code 1 ack et bg02
ok "and says so" said "ack-refused"
ok "now it shows" grep -q "nedidelis+}" "$overlay"
ok "ack takes it" code 0 ack et bg02
ok "and the gate lets it through" code 0 check et
ok "ack again does nothing" code 0 ack et bg02
ok "in words" said "et: nothing to do"
ok "ack of a key that is not there" code 1 ack et nono
ok "is key-unknown" said "key-unknown"
ok "ack needs a key" code 2 ack et
ok "ack of the base is refused" code 2 ack lt bg02
ok "ack of an unknown edition is refused" code 2 ack xx bg02

# ---- ack --edited
new_project
sed -i 's/sudedama iš dalių/sudedama iš trijų dalių/' "$base"
sed -i 's/- mėnesį;/- savaitę;/' "$scratch/p/manual/02-darbas.md"
v sync et >/dev/null
sed -i 's/raamat osadest/raamat kolmest osast/' "$overlay"
ok "ack --edited" code 0 ack et --edited
ok "clears what was edited" bash -c "! grep -q STALE '$overlay'"
ok "and only that" grep -q STALE "$scratch/p/locales/et/02-darbas.md"

# ---- ack --trivial
new_project
sed -i 's/mažas vadovas/nedidelis vadovas/' "$base"
ok "ack --trivial of a word" code 0 ack --trivial zodis.p1
ok "makes it current" code 0 check et
ok "in the file" grep -q nedidelis "$overlay"
for change in 's/iš dalių/iš 7 dalių/' 's/rodo, kaip/nerodo, kaip/'; do
    new_project
    sed -i 's!</words>!<word name="negation-words">ne nei nėra</word><word name="negation-prefixes">ne</word></words>!' \
        "$scratch/p/manual/words.xml"
    sed -i "$change" "$base"
    cp "$overlay" "$scratch/before"
    ok "ack --trivial refuses $change" code 1 ack --trivial zodis.p1
    ok "by name" said ack-not-trivial
    ok "and writes nothing" cmp "$overlay" "$scratch/before"
done
new_project
sed -i 's/\[\](#darbas)/[](#pozymiai)/' "$base"
ok "ack --trivial refuses a reference" code 1 ack --trivial zodis.p2
new_project
sed -i 's/^- atlyginimas nemokamas:/- alga\n- atlyginimas nemokamas:/' "$scratch/p/manual/02-darbas.md"
ok "ack --trivial refuses a structure" code 1 ack --trivial pozymiai.l1
ok "ack --trivial of no block" code 1 ack --trivial nera.p9
ok "is named" said block-unknown

# ---- waive
new_project
sed -i 's/iš dalių/iš 7 dalių/' "$base"
cp "$scratch/p/locales/et/edition.xml" "$scratch/edition"
ok "waive needs a reason" code 2 waive et bg02
ok "waive" code 0 waive et bg02 --reason "ekspert & puhkus <5>"
ok "adds one line and changes no other" bash -c "diff '$scratch/edition' '$scratch/p/locales/et/edition.xml' | grep -c '^[<>]' | grep -qx 1"
ok "the file is well-formed" xmllint --noout "$scratch/p/locales/et/edition.xml"
ok "the build goes through" code 0 build et
ok "and lists it with its reason" said "ekspert & puhkus <5> [block-waived]"
ok "status calls it waived" bash -c "'$PROGRAM' -C '$scratch/p' status et | grep -q '1 let through by waivers'"
sed -i 's/iš 7 dalių/iš 8 dalių/' "$base"
ok "until the base changes again" code 1 build et
ok "then it is named as unused" said waiver-unused
ok "a new one takes its place" code 0 waive et bg02 --reason uus
is "so that one stands there" "$(grep -c '<waiver' "$scratch/p/locales/et/edition.xml")" 1
ok "and works" code 0 check et
ok "waive of an unknown key" code 1 waive et nono --reason x
ok "nothing is waived by a comment" bash -c "
    sed -i 's!<title>!<\!-- <waiver key=\"qi14\" src=\"00000000\" date=\"2026-01-01\">x</waiver> --><title>!' '$scratch/p/locales/et/edition.xml'
    '$PROGRAM' -C '$scratch/p' waive et qi14 --reason y && grep -q '<\!-- <waiver key=\"qi14\"' '$scratch/p/locales/et/edition.xml'"

# ---- attic
new_project
ok "an empty attic" code 0 attic et
ok "says so" said "the attic is empty"
sed -i '/Plačiau/d' "$base"
v sync et >/dev/null 2>&1
ok "attic lists" code 0 attic et
ok "key and text" said "z1wf"
ok "attic KEY shows all" code 0 attic et z1wf
ok "source too" said "Plačiau apie tai"
ok "attic of a live unit" code 1 attic et bg02
ok "is named" said attic-key
ok "a waiver for it is refused" code 1 waive et z1wf --reason x
ok "by name" said waiver-refused
finish
