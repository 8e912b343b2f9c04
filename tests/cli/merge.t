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
# the text has three lines, so that two people can change it without a conflict
sed -i 's/^See väike käsiraamat näitab, kuidas /See väike käsiraamat näitab,\nkuidas\n/' $overlay
git init -q -b main . && git add . && git commit -q -m 'base and translation'
sed -i 's/sudedama iš dalių/sudedama iš trijų dalių/' manual/01-zodis.md
git commit -q -a -m 'the base changes'

v() { "$PROGRAM" "$@" >/dev/null 2>&1; }
# ---- what a person does
do_sync() { v sync et; }
do_edit() { sed -i 's/^See väike/See väga väike/' $overlay; }
do_reword() { sed -i 's/kokku pannakse/kokku liidetakse/' $overlay; }
do_rebase() { sed -i 's/trijų dalių/keturių dalių/' manual/01-zodis.md; }
do_later() { # the base moves on once more, and is synced
    sed -i 's/trijų dalių/trijų didelių dalių/' manual/01-zodis.md
    v sync et
}
do_ack() { v sync et; v ack et bg02; }
do_delete() { v sync et; sed -i '/key=bg02/s/ STALE$//' $overlay; v sync et; }
do_trivial() { v ack --trivial zodis.p1; }
do_anew() { # src= is deleted: "I have checked it against the base of today"
    sed -i '/key=bg02/s/ src=[0-9a-f]*//; /^=src/,/^-->/{/Šis mažas/d}' $overlay
    sed -i '/key=bg02/{n;s/^=src$/=note/}' $overlay
    v sync et
}
do_follow() { v sync et; sed -i 's/raamat osadest/raamat kolmest osast/' $overlay; v ack et bg02; }
do_followdelete() {
    v sync et
    sed -i 's/raamat osadest/raamat kolmest osast/; /key=bg02/s/ STALE$//' $overlay
    v sync et
}
do_editsync() { do_edit; v sync et; }
do_note() { sed -i 's/ key=onfy/ key=onfy x-note="vaata"/' $overlay; }

# each of them once, on a branch of its own
for what in sync edit reword rebase later ack delete trivial anew follow \
    followdelete editsync note; do
    git checkout -q -f -b $what main
    "do_$what"
    git commit -q -a -m $what --allow-empty
done

state() { # of the unit bg02 in the working tree: its word, or conflict
    if grep -q '^<<<<<<<' $overlay; then
        echo conflict
        return
    fi
    local unfit
    unfit=$("$PROGRAM" status et --json 2>/dev/null)
    [ -n "$unfit" ] || echo failed
    unfit=$(grep -o '"state":"[a-z]*"[^}]*"key":"bg02"' <<<"$unfit" | cut -d'"' -f4)
    echo "${unfit:-current}"
}
# What two branches merge to.  Most pairs give files that another pair gave
# already; looking at a state costs more than merging.
git checkout -q -f --detach main
declare -A states
merge_pair() { # merge_pair A B: B merged into A; $found is the state
    local tree known
    tree=$(git merge-tree --write-tree $1 $2)
    tree=${tree:0:40}
    known=$(git ls-tree $tree $overlay manual/01-zodis.md)
    if [ -z "${states[$known]:-}" ]; then
        git show $tree:$overlay >$overlay
        git show $tree:manual/01-zodis.md >manual/01-zodis.md
        # the base's own conflicts are another matter: take the other base
        grep -q '^<<<<<<<' manual/01-zodis.md &&
            git show $2:manual/01-zodis.md >manual/01-zodis.md
        states[$known]=$(state)
    fi
    found=${states[$known]}
}

merge_pair ack main
is "an acknowledged text is current" "$found" current
merge_pair follow main
is "so is one that followed the base" "$found" current
claims="ack delete trivial anew follow followdelete"
for driver in none vadovas; do
    if [ $driver = vadovas ]; then
        git config merge.vadovas.driver "'$PROGRAM' merge %O %A %B %P"
        echo 'locales/*/*.md merge=vadovas' >.git/info/attributes
    fi
    # nobody has said that the text fits the changed base
    for pair in "sync sync" "sync edit" "edit sync" "edit edit" "edit reword" \
        "reword edit" "sync later" "later sync" "later edit" "edit later" \
        "sync note" "note sync" "sync reword" "reword later" "later later" \
        "editsync edit" "editsync sync" "reword editsync" "sync rebase"; do
        merge_pair $pair
        case $found in stale|review|conflict|draft) good=0 ;; *) good=1 ;; esac
        result $good "$driver: $pair stays stale ($found)"
        # the driver needs no hand where only one changed the words
        case $driver:$pair in
        vadovas:*reword*|vadovas:*editsync*) ;;
        vadovas:*) is "$driver: $pair is no conflict" "$found" stale ;;
        esac
    done
    # somebody has, but about another text than the one that is kept, or about
    # another base
    for claim in $claims; do
        for other in edit editsync later rebase; do
            for pair in "$claim $other" "$other $claim"; do
                merge_pair $pair
                case $found in stale|review|conflict|draft) good=0 ;; *) good=1 ;; esac
                result $good "$driver: $pair stays stale ($found)"
            done
        done
    done
done
# what a person has done is kept
for pair in "sync follow" "follow sync" "ack ack"; do
    merge_pair $pair
    is "driver: $pair is current" "$found" current
done
git checkout -q -f --detach edit
git merge -q note -m merge >/dev/null
ok "driver: an edit and a note" bash -c "grep -q 'väga väike' $overlay && grep -q 'x-note' $overlay"

# a text that is changed later waits until somebody says that it still fits
git checkout -q -f --detach ack
sed -i 's/^See väike/See väga väike/' $overlay
is "a change after ack is a draft" "$(state)" draft
v sync et
is "and sync alone does not believe it" "$(state)" draft
ok "check names the way out" bash -c "'$PROGRAM' check et 2>&1 | grep -q \"run 'vadovas ack' with its key\""
v ack et --edited
is "ack --edited does" "$(state)" current

# both write the same unit: git's marks, both texts, and nothing is built
git checkout -q -f -b a edit
git checkout -q -b b main; sed -i 's/^See väike/See pisike/' $overlay; git commit -q -a -m b
git merge -q a -m merge >/dev/null 2>&1
is "driver: both edited: a conflict" $? 1
ok "driver: with both texts" bash -c "grep -q 'See väga väike' $overlay && grep -q 'See pisike' $overlay"
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
