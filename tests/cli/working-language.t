#!/bin/bash
# SPDX-License-Identifier: MIT
# The working language: the text of another edition beside the base's, for who
# cannot read the base.  It helps to read and decides nothing.
. tests/lib/tap.sh
p=$scratch/p
cp -r tests/projects/mini "$p"
v() { "$PROGRAM" -C "$p" "$@" 2>"$scratch/said"; }
has() { grep -qF -- "$1" <<<"$2" || { echo "$2"; return 1; }; }
lacks() { ! has "$1" "$2" >/dev/null || { echo "$2"; return 1; }; }
via() { sed -i "s@ country=\"EE\"\( via=\"[^\"]*\"\)\{0,1\}@ country=\"EE\"${1:+ via=\"$1\"}@" "$p/locales/et/edition.xml"; }

sed -i 's/mažas vadovas/nedidelis vadovas/' "$p/manual/01-zodis.md"
sed -i 's/^2. Skambinkite numeriu/2. Visada skambinkite numeriu/' "$p/manual/02-darbas.md"
printf '\nNauja pastraipa.\n' >>"$p/manual/90-priedas.md"
without=$(v status et)
v init-locale en >/dev/null
write() { # write ADDRESS TEXT: what the English translator does
    python3 - "$p" "$@" <<'PY'
import pathlib, sys
project, address, text = sys.argv[1:]
for path in pathlib.Path(project, "locales/en").glob("*.md"):
    parts = path.read_text().split("<!-- ov:")
    for i, part in enumerate(parts):
        if f" at={address} " in part.split("\n")[0]:
            parts[i] = part.replace(" TODO\n", "\n", 1).rstrip("\n") + f"\n\n{text}\n\n"
    path.write_text("<!-- ov:".join(parts).rstrip("\n") + "\n")
PY
}
write zodis.p1 'This small guide shows how a book is put together.'
write pozymiai.l2 $'1. Protect the person.\n2. Always call {{linija}}.'
v sync en >/dev/null

# ---- not named
is "an edition that names none has none" "$(v status et)" "$without"
ok "nor in diff" lacks "en:" "$(v diff et)"

# ---- named
via en
is "status says what can be read" "$(v status et)" \
    "$without"$'\n'"2 of the 3 that are not current can be read in 'en'"
diff=$(v diff et)
ok "diff shows its text" has $'  en:\n    This small guide shows how a book is put together.' "$diff"
ok "beside the base's" has $'base today:\n    Šis nedidelis vadovas' "$diff"
ok "as JSON, too" bash -c "'$PROGRAM' -C '$p' diff et --json | python3 -c '
import json, sys
[edition] = json.load(sys.stdin)
assert edition[\"via\"] == \"en\"
assert [b[\"via\"][:10] for b in edition[\"blocks\"]] == [\"This small\", \"1. Protect\"]'"
ok "and in the JSON of status" bash -c "'$PROGRAM' -C '$p' status et --json | python3 -c '
import json, sys
[edition] = json.load(sys.stdin)
assert edition[\"via\"] == \"en\"
assert [b.get(\"via\", \"-\")[:4] for b in edition[\"unfit\"]] == [\"This\", \"1. P\", \"-\"]'"
v sync et >/dev/null
v export et --for poedit -o "$scratch/po" >/dev/null
po=$(cat "$scratch"/po/*.po)
ok "PO has it as a comment" has "#. en: This small guide shows" "$po"
ok "of the item alone" has "#. en: Always call {{linija}}." "$po"
ok "msgfmt reads it" bash -c "for f in '$scratch'/po/*.po; do msgfmt -c -o /dev/null \$f || exit 1; done"
ok "it comes back unchanged" has "0 edited, 0 confirmed" "$(v import et "$scratch/po")"
v export et --for trados -o "$scratch/xlf" >/dev/null
ok "XLIFF has it as a note" has '<note from="en">en: This small guide' "$(cat "$scratch"/xlf/*.xlf)"
ok "the English edition has none of its own" lacks "can be read" "$(v status en)"

# ---- what is not current in it is not shown
sed -i 's/nedidelis vadovas/nedidelis geras vadovas/' "$p/manual/01-zodis.md"
ok "a stale text is not shown" lacks "This small guide" "$(v diff et)"
with=$(v status et | grep -v "can be read")
via ""
is "it decides nothing" "$with" "$(v status et)"

# ---- names that cannot be
for name in xx et lt; do
    via $name
    v status et >/dev/null
    ok "via=\"$name\"" grep -qF "locales/et/edition.xml: warning: via=\"$name\"" "$scratch/said"
    ok "by name" grep -qF "[via-unknown]" "$scratch/said"
done
via ../et
v status et >/dev/null
ok "a path is none" grep -qF "[schema-violation]" "$scratch/said"
finish
