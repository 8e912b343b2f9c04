#!/bin/bash
# SPDX-License-Identifier: MIT
# The rules of the tree: layers, file sizes, licences, messages explained.
. tests/lib/tap.sh

ok "includes keep to src/LAYERS" tests/check-layers

long=$(find src -name '*.[ch]' -exec wc -l {} + | awk '$2 != "total" && $1 > 950 {print $2 " " $1}')
is "no source file has more than 950 lines" "$long" ""

unmarked=$(git ls-files | grep -E '\.(c|h|inc|xsl|sh|py|rng)$|^Makefile$' |
    xargs grep -L 'SPDX-License-Identifier' || true)
is "every source file carries its licence" "$unmarked" ""

# every diagnostic name of the code is explained and tested, every explanation
# has a use
tests/lib/diagnostic-names > "$scratch/used" 2> "$scratch/unclear"
is "every diagnostic name can be followed back" "$(cat "$scratch/unclear")" ""
sed -n 's/^## //p' docs/messages.md > "$scratch/explained"
ok "docs/messages.md is sorted" env LC_ALL=C sort -uc "$scratch/explained"
is "every diagnostic is explained in docs/messages.md" \
    "$(LC_ALL=C comm -23 "$scratch/used" "$scratch/explained" | tr '\n' ' ')" ""
is "docs/messages.md explains only what exists" \
    "$(LC_ALL=C comm -13 "$scratch/used" "$scratch/explained" | tr '\n' ' ')" ""
is "every diagnostic is expected by a test" \
    "$(tests/lib/untested-diagnostics | tr '\n' ' ')" ""
finish
