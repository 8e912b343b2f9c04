#!/bin/bash
# SPDX-License-Identifier: MIT
# make with nothing changed does nothing; one changed overlay rebuilds its
# edition only; one changed figure of research, only the editions that use it,
# and in them only the pages that show it change.
. tests/lib/tap.sh

project=$scratch/project
cp -r tests/projects/mini "$project"
cp -r Makefile tools styles "$project"
mkdir -p "$project/build"

# a research file that only the base uses
sed 's/id="tyrimai"/id="tik-bazei"/; s/key="2019" value="16"/key="2019" value="21"/' \
    "$project/manual/research/tyrimai.xml" >"$project/manual/research/tik-bazei.xml"
printf '\n```research tik-bazei table\n```\n' >>"$project/manual/90-priedas.md"
printf '\n<!-- ov:remove at=priedas.c1 reason="tik bazei" -->\n' \
    >>"$project/locales/et/90-priedas.md"
"$PROGRAM" -C "$project" sync et >/dev/null

run_make() { # the editions that were set, in order
    make -s -C "$project" -o "$PROGRAM" PROGRAM="$PROGRAM" NO_APT=1 editions \
        2>"$scratch/said" | sed -n 's!.*SET build/\(.*\)/manual.pdf!\1!p' | sort | tr '\n' ' '
    sed 's/^/# /' "$scratch/said"
}
pages() { # a digest for every page of an edition: its items
    (cd "$project" && "$PROGRAM" build "$1" --stop-after=pages) | awk '
        /<page / { n++ } n && !/<\/page>/ { text[n] = text[n] $0 }
        /<structure>/ { exit }
        END { for (i = 1; i <= n; i++) print i, text[i] }' |
        while read -r number text; do
            echo "$number $(sha256sum <<<"$text" | cut -c1-16)"
        done
}
changed_pages() { diff "$1" "$2" | sed -n 's/^> \([0-9]*\).*/\1/p' | tr '\n' ' '; }

is "the first make sets every edition" "$(run_make)" "et lt "
is "with nothing changed it does nothing" "$(run_make)" ""
sleep 1
sed -i 's/Lõpumärkus/Lõppmärkus/' "$project/locales/et/90-priedas.md"
is "a changed overlay sets its edition only" "$(run_make)" "et "
sleep 1
pages lt >"$scratch/lt-before"
pages et >"$scratch/et-before"
sed -i 's/value="21"/value="22"/' "$project/manual/research/tik-bazei.xml"
is "a figure that one edition uses sets that edition only" "$(run_make)" "lt "
pages lt >"$scratch/lt-after"
last=$(wc -l <"$scratch/lt-after")
is "and in it only the page that shows it changes" \
    "$(changed_pages "$scratch/lt-before" "$scratch/lt-after")" "$last "
sleep 1
sed -i 's/value="35"/value="36"/' "$project/manual/research/tyrimai.xml"
is "a figure that all use sets all" "$(run_make)" "et lt "
pages et >"$scratch/et-after"
is "in each only the page that shows it changes" \
    "$(changed_pages "$scratch/et-before" "$scratch/et-after" | wc -w)" "1"
sleep 1
touch "$project/styles/blocks.xsl"
is "a changed stylesheet sets all" "$(run_make)" "et lt "
sleep 1
rm "$project/manual/figures/langeliai.svg"
ok "a deleted source does not stop make's own reading" \
    bash -c "! make -s -C '$project' -o '$PROGRAM' PROGRAM='$PROGRAM' NO_APT=1 editions 2>&1 | grep -q 'No rule'"
finish
