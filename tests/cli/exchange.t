#!/bin/bash
# SPDX-License-Identifier: MIT
# export and import: what leaves for a translator's tool, and what may come back
# without anything being lost or made fresh that is not.
. tests/lib/tap.sh

p=$scratch/p
out=$scratch/out
new_project() { # a fresh copy, nothing exported
    rm -rf "$p" "$out"
    cp -r tests/projects/mini "$p"
}
v() { "$PROGRAM" -C "$p" "$@"; }
code() { # code EXPECTED COMMAND...: the exit code, its output in $scratch/said
    local expected=$1
    shift
    v "$@" >"$scratch/said" 2>&1
    local found=$?
    [ $found = "$expected" ] || { echo "exit code $found:"; cat "$scratch/said"; return 1; }
}
said() { [[ $(<"$scratch/said") == *"$1"* ]] || { cat "$scratch/said"; return 1; }; }
snapshot() { rm -rf "$scratch/before"; cp -r "$p/locales" "$scratch/before"; }
unchanged() { diff -r "$scratch/before" "$p/locales"; }
changes() { # the lines that changed since snapshot, sorted
    diff -r "$scratch/before" "$p/locales" | grep '^[<>]'
}
translate() { # translate FROM TO [FROM TO ...]: in whatever files were exported
    local script=()
    while [ $# -gt 0 ]; do
        script+=(-e "s@^msgstr \"$1\"@msgstr \"$2\"@"
            -e "s@\(<target [^>]*>\)$1</target>@\1$2</target>@")
        shift 2
    done
    sed -i "${script[@]}" "$back"/*.*
}
# what OmegaT does when translated documents are made (tests/slow/omegat.slow has
# it do so): the memory's text for the place, else for the source, else the source
omegat() {
    mkdir -p "$out/target"
    python3 - "$out" <<'PY'
import pathlib, sys, xml.etree.ElementTree as T
folder = pathlib.Path(sys.argv[1])
ns = "urn:oasis:names:tc:xliff:document:1.2"
T.register_namespace("", ns)
memory, own = {}, {}
for unit in T.parse(folder / "omegat/project_save.tmx").iter("tu"):
    place = tuple(p.text or "" for p in unit.iter("prop"))
    source, target = ["".join(s.itertext()) for s in unit.iter("seg")]
    if place:
        own[(source,) + place] = target
    else:
        memory[source] = target
for path in (folder / "source").glob("*.xlf"):
    tree = T.parse(path)
    units = [[unit.find(f"{{{ns}}}{name}") for name in ("source", "target")]
             for unit in tree.iter(f"{{{ns}}}trans-unit")]
    texts = ["", *[source.text for source, _ in units], ""]
    for i, (source, target) in enumerate(units):
        assert source.text == target.text
        target.text = own.get((source.text, path.name, texts[i], texts[i + 2]),
                              memory.get(source.text, source.text))
    tree.write(folder / "target" / path.name, encoding="utf-8",
               xml_declaration=True)
PY
}
export_to() { # export_to TOOL: and what the tool would do with it
    v export et --for "$1" -o "$out" >"$scratch/said" 2>&1 || { cat "$scratch/said"; return 1; }
    back=$out
    [ "$1" = omegat ] && { omegat && back=$out/target; }
    return 0
}

# ---- every case at once, for every tool
# stale; a number that may not change; and what is done
src=$(printf 'Telefonas 112.' | sha256sum | cut -c1-8)
new_project
sed -i 's/mažas vadovas/nedidelis vadovas/' "$p/manual/01-zodis.md"
printf '\nTelefonas 112.\n' >>"$p/manual/90-priedas.md"
printf '\n<!-- ov:translate at=priedas.p2 key=tele -->\n\nTelefon 112.\n' >>"$p/locales/et/90-priedas.md"
v sync et >/dev/null 2>&1
v ack et tele >/dev/null 2>&1 # a key without src= waits for it
mv "$p" "$scratch/rich"
for tool in poedit weblate trados omegat; do
    rm -rf "$p" "$out"
    cp -r "$scratch/rich" "$p"
    snapshot
    ok "$tool: export" export_to $tool
    ok "$tool: an unchanged return" code 0 import et "$out" --write
    ok "$tool: is said to be so" said "et: 0 edited, 0 confirmed, 0 drafts, 0 conflicts"
    ok "$tool: and changes no byte" unchanged

    # edited, emptied, an item, a cell, a fact gone, another number, a text that
    # was changed here, too, and one whose base has moved on since
    translate Lisa Lisad Lõpumärkus. '' \
        'dokumendid on ära võetud;' 'dokumendid on võetud;' \
        Asutus 'Asutus või | muu' \
        'Helistage numbril {{linija}}.' 'Helistage numbril.' \
        'Telefon 112\.' 'Telefon 113.' \
        Töö Tööd \
        'Tähtsaimad tunnused on järgmised:' 'Tunnused on:'
    sed -i 's/^# Töö$/# Töötamine/' "$p/locales/et/02-darbas.md"
    sed -i 's/^Svarbiausi požymiai/Svarbūs požymiai/' "$p/manual/02-darbas.md"
    snapshot
    ok "$tool: a dry run is the default" code 1 import et "$out"
    ok "$tool: and writes nothing" unchanged
    is "$tool: it says what would happen to each" "$(grep '^[a-z0-9]\{4\} ' "$scratch/said")" \
"nyev darbas.h: conflict, nothing written
ear1 pozymiai.p1: edited; the base has moved on: stale
ufkd pozymiai.l1: edited
qi14 pozymiai.l2: edited, draft
vv2f lentele-istaigos: edited
hgoz priedas.h: edited
tele priedas.p2: edited, draft"
    ok "$tool: import" code 1 import et "$out" --write
    ok "$tool: a conflict is named" said "[import-conflict]"
    ok "$tool: a draft, too" said "[import-draft]"
    is "$tool: exactly what was edited is changed" "$(changes)" \
"< Tähtsaimad tunnused on järgmised:
> Tunnused on:
< - dokumendid on ära võetud;
> - dokumendid on võetud;
< <!-- ov:translate at=pozymiai.l2 key=qi14 src=9323fa9e
> <!-- ov:translate at=pozymiai.l2 key=qi14 src=9323fa9e DRAFT
< 2. Helistage numbril {{linija}}.
> 2. Helistage numbril.
< | Asutus | Telefon |
> | Asutus või \\| muu | Telefon |
< # Lisa
> # Lisad
< <!-- ov:translate at=priedas.p2 key=tele src=$src ack=1e0a0656
> <!-- ov:translate at=priedas.p2 key=tele src=$src ack=b4f5e03a DRAFT
< Telefon 112.
> Telefon 113."
    v status et --json >"$scratch/said" 2>&1
    ok "$tool: a text about an older base is stale" said '{"state":"stale","chapter":"02-darbas.md","at":"pozymiai.p1"'
    snapshot
    v sync et >"$scratch/said" 2>&1
    is "$tool: sync adds only what the base brings" \
        "$(changes | grep -o 'ov:.* key=....' | sort -u | cut -d= -f3 | tr '\n' ' ')" "c9du ear1 "
    snapshot
    ok "$tool: the same again" code 1 import et "$out" --write
    ok "$tool: confirms no draft" said "et: 0 edited, 0 confirmed, 0 drafts, 1 conflicts"
    ok "$tool: and is nothing" unchanged
done

# ---- an item with a list of its own
new_project
v export et --for poedit -o "$out" >/dev/null
sed -i 's/kuu aega;/kuus;/' "$out/02-darbas.et.po"
snapshot
ok "a nested item" code 0 import et "$out" --write
is "changes in its place" "$(changes)" "<     - kuu aega;
>     - kuus;"

sed -i 's/"Lõpumärkus."/"Lõpu\\nmärkus\\nsiin."/' "$out/90-priedas.et.po"
ok "a text over several lines" code 0 import et "$out" --write
ok "is one line" grep -qx 'Lõpu märkus siin\.' "$p/locales/et/90-priedas.md"
ok "and once more" code 0 import et "$out"
ok "is nothing" said "et: 0 edited"

# ---- new texts: a heading, a list by items
new_project
printf '\n## Naujas {#naujas}\n\n- vienas;\n- du.\n\nSakinys.\n' >>"$p/manual/90-priedas.md"
v sync et >/dev/null 2>&1
back=$out
v export et --for poedit -o "$out" >/dev/null
fill() { # fill MSGID MSGSTR
    sed -i "/^msgid \"$1\"\$/{n;s|.*|msgstr \"$2\"|}" "$out/90-priedas.et.po"
}
fill Naujas Uus
fill 'vienas;' 'üks;'
fill Sakinys. Lause.
ok "new texts are taken" code 0 import et "$out" --write
ok "a heading without its id" grep -qx '## Uus' "$p/locales/et/90-priedas.md"
ok "what is done is current" bash -c "! grep -A4 'naujas.p1' '$p/locales/et/90-priedas.md' | grep -q 'TODO\|DRAFT'"
ok "half a list is a draft" grep -q 'at=naujas.l1 .* DRAFT$' "$p/locales/et/90-priedas.md"
rm -rf "$out"
v export et --for poedit -o "$out" >/dev/null
is "its other item is still to be translated" \
    "$(grep -A1 '^msgid "du."' "$out/90-priedas.et.po" | tail -1)" 'msgstr ""'
fill du. kaks.
sed -i '/fuzzy/d' "$out/90-priedas.et.po"
ok "the rest comes" code 0 import et "$out" --write
ok "and the list is whole" bash -c "! grep -q 'DRAFT\|TODO' '$p/locales/et/90-priedas.md'"
ok "for sync, too" code 0 sync et
ok "in words" said "nothing to do"

# ---- a new text whose base changed before it came back; a text in the attic
new_project
printf '\nAuka turi teisę tylėti ir gauti vertėją.\n' >>"$p/manual/90-priedas.md"
v sync et >/dev/null 2>&1
v export et --for poedit -o "$out" >/dev/null
fill 'Auka turi teisę tylėti ir gauti vertėją.' 'Ohvril on õigus vaikida.'
sed -i 's/"Lõpumärkus."/"Märkus lõpus."/' "$out/90-priedas.et.po"
sed -i 's/^Auka turi/Auka visada turi/; s/^Pabaigos.*/Kita mintis./' "$p/manual/90-priedas.md"
v sync et >/dev/null 2>&1
ok "texts whose base has changed or gone" code 0 import et "$out" --write
ok "the new one is stale, not fresh" bash -c "grep -B5 '^Ohvril' '$p/locales/et/90-priedas.md' | grep -q ' STALE$'"
ok "the other is kept in the attic" bash -c "sed '1,/ov:attic/d' '$p/locales/et/90-priedas.md' | grep -q '^Märkus lõpus'"
ok "sync keeps both" code 0 sync et
ok "in words" said "nothing to do"
ok "the gate refuses" code 1 check et

# ---- fuzzy taken off
new_project
sed -i 's/mažas vadovas/nedidelis vadovas/' "$p/manual/01-zodis.md"
ok "a stale text needs no sync to be seen" v export et --for poedit -o "$out"
is "stale is fuzzy, with what it was made from" \
    "$(grep -A3 '^#, fuzzy' "$out/01-zodis.et.po" | grep '^#|' | tail -1)" \
    '#| msgid "Šis mažas vadovas rodo, kaip knyga sudedama iš dalių."'
sed -i '/^#, fuzzy/d; /^#|/d' "$out/01-zodis.et.po"
ok "taking fuzzy off" code 0 import et "$out" --write
ok "confirms the text" said "bg02 zodis.p1: confirmed"
ok "and the gate lets it through" code 0 check et
new_project
sed -i 's/^Pabaigos pastaba/Pabaigos 3 pastaba/' "$p/manual/90-priedas.md"
v export et --for poedit -o "$out" >/dev/null
sed -i '/^#, fuzzy/d; /^#|/d' "$out/90-priedas.et.po"
snapshot
ok "fuzzy taken off below a new number" code 0 import et "$out" --write
ok "confirms nothing" unchanged

# ---- a person's DRAFT, set after the export
new_project
v export et --for poedit -o "$out" >/dev/null
sed -i 's/^\(<!-- ov:translate .*key=\(dz9y\|hgoz\) .*\)$/\1 DRAFT/' "$p/locales/et/90-priedas.md"
sed -i 's/"Lisa"/"Lisad"/' "$out/90-priedas.et.po"
ok "a DRAFT set after the export" code 0 import et "$out" --write
is "stays, on the edited text and the other" "$(grep -c 'DRAFT$' "$p/locales/et/90-priedas.md")" 2
rm -rf "$out"
v export et --for poedit -o "$out" >/dev/null
sed -i '/^#, fuzzy/d' "$out/90-priedas.et.po"
ok "fuzzy taken off a draft" code 0 import et "$out" --write
ok "confirms it" said "et: 0 edited, 2 confirmed"
ok "and the word goes" bash -c "! grep -q DRAFT '$p/locales/et/90-priedas.md'"

# ---- a new text in OmegaT, which leaves states alone
new_project
printf '\nSakinys.\n' >>"$p/manual/90-priedas.md"
v sync et >/dev/null 2>&1
export_to omegat
sed -i 's|>Sakinys.</target>|>Lause.</target>|;s|>Sakinys.</ns0:target>|>Lause.</ns0:target>|' "$out/target/90-priedas.xlf"
ok "a new text in OmegaT" code 0 import et "$out" --write
ok "is current" code 0 check et

# ---- what cannot be taken
new_project
v export et --for poedit -o "$out" >/dev/null
ok "the same export again" code 0 export et --for poedit -o "$out"
ok "on another day, too" env SOURCE_DATE_EPOCH=1800000000 "$PROGRAM" -C "$p" export et --for poedit -o "$out"
sed -i 's/msgstr "Lisa"/msgstr "Lisad"/' "$out/90-priedas.et.po"
ok "an export over other bytes is refused" code 2 export et --for poedit -o "$out"
ok "by name" said "[export-exists]"
snapshot
sed 's/"Language: et/"Language: lv/' "$out/90-priedas.et.po" >"$scratch/lv.po"
ok "another language is refused" code 2 import et "$scratch/lv.po" --write
ok "by name" said "[import-language]"
echo 'msgid "' >"$scratch/bad.po"
ok "no PO file" code 2 import et "$scratch/bad.po"
ok "by name" said "[import-unreadable]"
echo '<html/>' >"$scratch/bad.xlf"
ok "no XLIFF" code 2 import et "$scratch/bad.xlf"
ok "by name" said "[import-unreadable]"
ok "an empty folder" code 2 import et "$p/styles"
ok "by name" said "[import-nothing]"
ok "no tool" code 2 export et
ok "by name" said "[export-tool]"
sed 's/msgctxt "hgoz"/msgctxt "nono"/' "$out/90-priedas.et.po" >"$scratch/key.po"
ok "a key that is gone" code 1 import et "$scratch/key.po" --write
ok "by name" said "[import-key-unknown]"
sed 's/msgstr "Lisad"/msgstr "x\\n\\n<!-- ov:attic -->"/' "$out/90-priedas.et.po" >"$scratch/hostile.po"
ok "a text like a directive" code 1 import et "$scratch/hostile.po" --write
ok "by name" said "[import-conflict]"
sed '/^#\. /d' "$out/90-priedas.et.po" >"$scratch/unsealed.po"
ok "a tool that drops comments" code 1 import et "$scratch/unsealed.po" --write
ok "loses nothing" said "the file does not say any more"
ok "all that changed no byte" unchanged
rm -rf "$p/build"
touch "$p/build"
ok "a backup that cannot be made" code 2 import et "$out" --write
ok "by name" said "[import-failed]"
ok "changes nothing" unchanged
rm -f "$p/build"
rm -rf "$out"
v export et --for trados -o "$out" >/dev/null
sed -i 's|>Lisa</target>|>Lis<ph id="1">x</ph>ad</target>|' "$out/90-priedas.et.xlf"
ok "elements of a tool's own" code 0 import et "$out" --write
ok "by name" said "[import-inline]"
ok "change nothing" unchanged
printf '\nNauja.\n' >>"$p/manual/90-priedas.md"
rm -rf "$out"
ok "blocks without a unit" code 0 export et --for trados -o "$out"
ok "by name" said "[export-unsynced]"
printf '\nTarp\001eilių.\n' >>"$p/manual/90-priedas.md"
v sync et >/dev/null 2>&1
rm -rf "$out"
ok "a control character" code 0 export et --for trados -o "$out"
ok "by name" said "[export-control-character]"
ok "a folder that cannot be" code 2 export et --for trados -o /dev/null/x
ok "by name" said "[export-failed]"

# ---- judges
new_project
sed -i 's/mažas vadovas/nedidelis vadovas/' "$p/manual/01-zodis.md"
printf '\nNauja.\n' >>"$p/manual/90-priedas.md"
v sync et >/dev/null 2>&1
v export et --for poedit -o "$out/po" >/dev/null
v export et --for trados -o "$out/xliff" >/dev/null
v export et --for omegat -o "$out/omegat" >/dev/null
if command -v msgfmt >/dev/null; then
    for file in "$out"/po/*.po; do
        is "msgfmt -c: ${file##*/}" "$(msgfmt -c -o /dev/null "$file" 2>&1)" ""
    done
fi
if command -v i18nspector >/dev/null; then # who translates, the tool fills in
    is "i18nspector" "$(i18nspector "$out"/po/*.po |
        grep -v 'no-report-msgid-bugs-to\|invalid-last-translator')" ""
fi
if command -v pofilter >/dev/null; then
    is "pofilter: numbers, variables, brackets, blanks" \
        "$(pofilter --progress=none -t numbers -t variables -t brackets \
            -t startwhitespace -t endwhitespace -t newlines -t blank \
            "$out/po/02-darbas.et.po" 2>&1 | grep '(pofilter)')" ""
    is "pocount finds what is missing and stale" \
        "$(pocount --csv "$out"/po/*.po 2>/dev/null |
            awk -F', *' 'NR > 1 {fuzzy += $5; missing += $7} END {print fuzzy, missing}')" "1 1"
fi
ok "XLIFF and TMX are well-formed" xmllint --noout "$out"/xliff/*.xlf \
    "$out"/omegat/source/*.xlf "$out"/omegat/omegat/*.tmx "$out"/omegat/tm/*.tmx
ok "stale is needs-adaptation" grep -q 'needs-adaptation' "$out/xliff/01-zodis.et.xlf"
ok "with the previous version" grep -q '<source>Šis mažas' "$out/xliff/01-zodis.et.xlf"
ok "OmegaT gets what is stale as a memory" grep -q 'Šis mažas' "$out/omegat/tm/stale.tmx"
ok "not as translated" bash -c "! grep -q 'See väike' '$out/omegat/omegat/project_save.tmx'"
finish
