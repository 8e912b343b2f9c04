#!/bin/bash
# SPDX-License-Identifier: MIT
# styles/hyphenation/LANG.txt: its words break where it says, others as before.
. tests/lib/tap.sh

cp -r styles "$scratch/styles"
cat >"$scratch/narrow.fo" <<'END'
<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" xml:lang="lt"
  font-family="Linux Libertine O" font-size="10pt" hyphenate="true">
<fo:layout-master-set><fo:simple-page-master master-name="a"
  page-width="40pt" page-height="200pt"><fo:region-body/></fo:simple-page-master></fo:layout-master-set>
<fo:page-sequence master-reference="a"><fo:flow flow-name="xsl-region-body">
<fo:block>o prekyba</fo:block></fo:flow></fo:page-sequence></fo:root>
END
lines() {
    "$PROGRAM" fo "$scratch/narrow.fo" --stop-after=pages 2>"$scratch/errors" |
        sed -n 's/.*<text [^>]*>\(.*\)<\/text>.*/\1/p' | tr '\n' '|' |
        sed 's/ *|/|/g; s/\xc2\xad/-/g'
}

list=$scratch/styles/hyphenation/lt.txt
by_pattern=$(lines)
is "the patterns break the word" "${by_pattern//[^-]/}" "-"
printf '# a remark\n\nPre-kyba # another\n' >"$list"
listed=$(lines)
is "the list does, at a place of its own" "$listed" "o pre-|kyba|"
printf 'prekyba\n' >"$list"
is "a word without hyphens stays whole" "$(lines)" "o|prekyba|"
printf 'knyga\n' >"$list"
is "a list of other words changes nothing" "$(lines)" "$by_pattern"
printf '\xff\xfe\0' >"$list"
is "nor does a list that is no text" "$(lines)" "$by_pattern"
finish
