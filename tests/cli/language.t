#!/bin/bash
# SPDX-License-Identifier: MIT
# Messages for translators: every catalogue is complete and agrees with the
# code, and the usual variables choose one, with the system's locales or not.
. tests/lib/tap.sh

xgettext -o "$scratch/vadovas.pot" --from-code=UTF-8 -k_ -kN_ --no-location \
    -L C src/overlay/*.c src/exchange/*.c src/cli/*.c src/pipeline/revision.c 2>/dev/null
count=$(msgattrib --no-obsolete "$scratch/vadovas.pot" 2>/dev/null | grep -c '^msgid "[^"]\|^msgid ""$')
for po in po/*.po; do
    lang=$(basename "$po" .po)
    ok "$lang: the formats have the same arguments" msgfmt -c -o "$scratch/$lang.mo" "$po"
    ok "$lang: every message of the code is translated" msgcmp "$po" "$scratch/vadovas.pot"
    is "$lang: nothing is left to translate" "$(msgattrib --untranslated "$po")" ""
    is "$lang: nothing is doubtful" "$(msgattrib --only-fuzzy "$po")" ""
done
# a message that is not marked would never reach the catalogues
texts=$(xgettext -o - --from-code=UTF-8 -k -kdiagnostics_add:5 -kcommand_fault:1 \
    -kprintf:1 -kfprintf:2 -kputs:1 --omit-header --no-wrap -L C src/overlay/*.c src/exchange/*.c \
    src/pipeline/revision.c src/cli/command.c src/cli/cmd_{ack,attic,deviations,diff,export,impact,import,init_locale,merge,status,sync,waive}.c)
is "every message for translators is marked for translation" \
    "$(grep '^msgid' <<<"$texts" | sed 's/\\n//g' | grep -v '"[^a-z]*\(%[sd][^a-z]*\)*"$')" ""
ok "there are messages" test "$count" -gt 50
is "the languages" "$(ls po/*.po | tr '\n' ' ')" "po/en.po po/et.po po/lt.po po/lv.po "

p=$scratch/p
cp -r tests/projects/mini "$p"
sed -i 's/sudedama iš dalių/sudedama iš 7 dalių/' "$p/manual/01-zodis.md"
heading() { env -u LANGUAGE -u LC_ALL -u LC_MESSAGES -u LANG "$@" "$PROGRAM" -C "$p" status et 2>/dev/null | sed -n 2p; }
is "English without a choice" "$(heading LC_ALL=C.UTF-8)" \
    "chapter         words  done  current    stale   review  missing    draft   broken"
is "and in the plain locale" "$(heading LC_ALL=C)" "$(heading LC_ALL=C.UTF-8)"
ok "LANGUAGE" grep -q '^peatükk .*aegunud' <<<"$(heading LC_ALL=C.UTF-8 LANGUAGE=et)"
ok "LC_ALL" grep -q '^skyrius .*pasenęs' <<<"$(heading LC_ALL=lt_LT.UTF-8)"
ok "LC_MESSAGES" grep -q '^nodaļa .*novecojis' <<<"$(heading LANG=C.UTF-8 LC_MESSAGES=lv_LV.UTF-8)"
ok "LANG" grep -q '^peatükk' <<<"$(heading LANG=et_EE.UTF-8)"
is "a language without a catalogue" "$(heading LC_ALL=C.UTF-8 LANGUAGE=de)" "$(heading LC_ALL=C.UTF-8)"
said=$(LC_ALL=C.UTF-8 LANGUAGE=lt "$PROGRAM" -C "$p" check et 2>&1)
ok "a diagnostic" grep -q 'bazinis tekstas pasikeitė.*\[block-stale\]' <<<"$said"
is "JSON stays" "$(LC_ALL=C.UTF-8 LANGUAGE=lt "$PROGRAM" -C "$p" status --json)" \
    "$(LC_ALL=C.UTF-8 "$PROGRAM" -C "$p" status --json)"
columns=$(LC_ALL=C.UTF-8 LANGUAGE=et "$PROGRAM" -C "$p" status et | sed -n '2,5p' |
    python3 -c 'import sys; print(len({len(line) for line in sys.stdin}))')
is "the table's columns meet" "$columns" 1
cp "$PROGRAM" "$scratch/vadovas"
cp -r styles "$p/styles"
is "without catalogues it is English" \
    "$(LC_ALL=C.UTF-8 LANGUAGE=et "$scratch/vadovas" -C "$p" status et 2>/dev/null | sed -n 2p)" \
    "$(heading LC_ALL=C.UTF-8)"
finish
