#!/bin/bash
# SPDX-License-Identifier: MIT
# Two people, two branches: whatever each of them does to a unit whose base has
# changed, with git's own merge and with the driver, it never becomes fresh
# unless one of them said so about the text that is kept.
. tests/lib/tap.sh
p=$scratch/p
export GIT_CONFIG_NOSYSTEM=1 HOME=$scratch GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org
export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
overlay=locales/et/01-zodis.md

cp -r tests/projects/mini "$p"
cd "$p" || exit 1
git init -q -b main . && git add . && git commit -q -m 'base and translation'
sed -i 's/sudedama iš dalių/sudedama iš trijų dalių/' manual/01-zodis.md
git commit -q -a -m 'the base changes'

v() { "$PROGRAM" "$@" >/dev/null 2>&1; }
# ---- what a person does
do_sync() { v sync et; }
do_edit() { sed -i 's/^See väike/See väga väike/' $overlay; }
do_reword() { sed -i 's/kokku pannakse/kokku liidetakse/' $overlay; }
do_later() { # the base moves on once more, and is synced
    sed -i 's/trijų dalių/trijų didelių dalių/' manual/01-zodis.md
    v sync et
}
do_ack() { v sync et; v ack et bg02; }
do_follow() { v sync et; sed -i 's/raamat osadest/raamat kolmest osast/' $overlay; v ack et bg02; }
do_note() { sed -i 's/ key=onfy/ key=onfy x-note="vaata"/' $overlay; }

state() { # of the unit bg02: its word, or conflict
    if grep -q '^<<<<<<<' $overlay; then
        echo conflict
        return
    fi
    "$PROGRAM" status et --json 2>/dev/null | python3 -c '
import json, sys
[edition] = json.load(sys.stdin)
print(next((b["state"] for b in edition["unfit"] if b.get("key") == "bg02"), "current"))'
}
merge_pair() { # merge_pair A B: both from main, B merged into A; prints the state
    git checkout -q -f main && git branch -q -D a b 2>/dev/null
    local branch what
    for branch in a b; do
        git checkout -q -f -b $branch main
        [ $branch = a ] && what=$1 || what=$2
        "do_$what"
        git commit -q -a -m "$what" --allow-empty
    done
    git checkout -q -f a
    git merge -q b -m merge >/dev/null 2>&1
    # the base's own conflicts are another matter: take the newest base
    if grep -q '^<<<<<<<' manual/01-zodis.md; then
        git checkout -q --theirs manual/01-zodis.md
    fi
    state
    git merge --abort 2>/dev/null
    git checkout -q -f a
}

for driver in none vadovas; do
    if [ $driver = vadovas ]; then
        git config merge.vadovas.driver "'$PROGRAM' merge %O %A %B %P"
        echo 'locales/*/*.md merge=vadovas' >.git/info/attributes
    fi
    # nobody has said that the text fits the changed base
    for pair in "sync sync" "sync edit" "edit sync" "edit edit" "edit reword" \
        "reword edit" "sync later" "later sync" "later edit" "edit later" \
        "sync note" "note sync" "sync reword" "reword later" "later later"; do
        found=$(merge_pair $pair)
        case $found in stale|review|conflict|draft) good=0 ;; *) good=1 ;; esac
        result $good "$driver: $pair stays stale ($found)"
        # the driver needs no hand where only one changed the words
        case $driver:$pair in
        "vadovas:edit reword"|"vadovas:reword edit") ;;
        vadovas:*) is "$driver: $pair is no conflict" "$found" stale ;;
        esac
    done
    # somebody has, but about another text than the one that is kept
    # (lines alone cannot tell an ack from an edit of the text that it is about)
    pairs=("follow later" "later follow" "ack later" "later ack" "follow edit" "edit follow")
    [ $driver = vadovas ] && pairs+=("ack edit" "edit ack")
    for pair in "${pairs[@]}"; do
        found=$(merge_pair $pair)
        case $found in stale|review|conflict|draft) good=0 ;; *) good=1 ;; esac
        result $good "$driver: $pair stays stale ($found)"
    done
done
# what a person has done is kept
is "driver: sync and a translation of the change" "$(merge_pair sync follow)" current
is "driver: the other way round" "$(merge_pair follow sync)" current
is "driver: both acknowledged" "$(merge_pair ack ack)" current
merge_pair edit note >/dev/null
ok "driver: an edit and a note" bash -c "grep -q 'väga väike' $overlay && grep -q 'x-note' $overlay"

# both write the same unit: git's marks, both texts, and nothing is built
git checkout -q -f main; git branch -q -D a b
git checkout -q -b a; do_edit; git commit -q -a -m a
git checkout -q -b b main; do_reword; git commit -q -a -m b
git merge -q a -m merge >/dev/null 2>&1
is "driver: both edited: a conflict" $? 1
ok "driver: with both texts" bash -c "grep -q 'See väga väike' $overlay && grep -q 'kokku liidetakse' $overlay"
ok "driver: which is named" bash -c "'$PROGRAM' check et 2>&1 | grep -q conflict-marker"
git merge --abort

# two syncs make two TODO units for one new block
git checkout -q -f main; git branch -q -D a b
printf '\nNauja pastraipa apie visai kitą dalyką.\n' >>manual/01-zodis.md
git commit -q -a -m 'a new block'
git checkout -q -b a; v sync et
git commit -q -a -m a
git checkout -q -b b main; v sync et
python3 - <<'END'
path = "locales/et/01-zodis.md"
text = open(path).read()
head, tail = text.rsplit(" TODO\n", 1)
open(path, "w").write(head + "\n" + tail.rstrip("\n") + "\n\nUus lõik.\n")
END
git commit -q -a -m b
git checkout -q a
ok "driver: two TODO units for a new block merge" git merge -q b -m merge
is "driver: one of them stays" "$(grep -c 'Nauja pastraipa' $overlay)" 1
ok "driver: the one with a text" grep -q 'Uus lõik' $overlay

# what is no overlay is merged by lines
printf 'a\nb\nc\n' >o; printf 'A\nb\nc\n' >x; printf 'a\nb\nC\n' >y
ok "other files are merged by lines" "$PROGRAM" merge o x y
is "as git does" "$(tr '\n' ' ' <x)" "A b C "
ok "a file that is not there is named" bash -c "'$PROGRAM' merge o x nowhere 2>&1 | grep -q source-missing"
finish
