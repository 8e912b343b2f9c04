#!/bin/bash
# SPDX-License-Identifier: MIT
# The same sources give the same bytes: every output, in another folder, under
# another language, time zone, home and clock, with other fonts installed, alone
# or with other editions.
. tests/lib/tap.sh
export SOURCE_DATE_EPOCH=1795392000
kinds=screen,print,booklet,handout
for place in one "two/deep and wide"; do
    mkdir -p "$scratch/$place"
    cp -r tests/projects/mini/. "$scratch/$place"
    cp -r styles "$scratch/$place"
done
digests() { (cd "$1/build" && find . -name '*.pdf' | LC_ALL=C sort | xargs sha256sum); }

ok "all outputs are made" env -u LANG LC_ALL=C TZ=UTC HOME=/nonexistent \
    "$PROGRAM" -C "$scratch/one" build --output "$kinds"
digests "$scratch/one" >"$scratch/first"
is "four kinds of two editions" "$(wc -l <"$scratch/first")" 8
# locales whose decimals have a comma are used where they are installed
if localedef -i lt_LT -f UTF-8 "$scratch/lt_LT.UTF-8" 2>/dev/null; then
    export LOCPATH=$scratch
fi
language=$(locale -a | grep -m1 -E '^(lt_LT|de_DE|et_EE|fr_FR)' || echo lt_LT.UTF-8)
mkdir -p "$scratch/home/.fonts" "$scratch/home/.config/fontconfig"
cp tests/fonts/squares.ttf "$scratch/home/.fonts"
cat >"$scratch/home/.config/fontconfig/fonts.conf" <<'X'
<?xml version="1.0"?><fontconfig>
<match target="pattern"><edit name="family" mode="assign" binding="strong">
<string>Squares</string></edit></match></fontconfig>
X
sleep 1.1 # a clock that is read would show
other() {
    env -u FONTCONFIG_FILE LC_ALL="$language" LANG="$language" TZ=Pacific/Chatham \
        HOME="$scratch/home" XDG_CONFIG_HOME="$scratch/home/.config" \
        TMPDIR="$scratch/home" "$@"
}
for edition in et lt; do
    ok "$edition is made elsewhere ($language)" other \
        "$PROGRAM" -C "$scratch/two/deep and wide" build "$edition" --output "$kinds"
done
digests "$scratch/two/deep and wide" >"$scratch/second"
is "with the same bytes" "$(diff "$scratch/first" "$scratch/second")" ""
ok "in the project's own folder" other env -C "$scratch/one" \
    "$PROGRAM" build et lt --output "$kinds"
digests "$scratch/one" >"$scratch/third"
is "with the same bytes again" "$(diff "$scratch/first" "$scratch/third")" ""
# the date does reach the file: the test above would see it
ok "another day" env SOURCE_DATE_EPOCH=1795478400 \
    "$PROGRAM" -C "$scratch/one" build --output "$kinds"
digests "$scratch/one" >"$scratch/fourth"
is "gives other bytes" "$(diff "$scratch/first" "$scratch/fourth" | grep -c '^>')" 8
finish
