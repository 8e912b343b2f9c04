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

# every diagnostic name of the code is explained, every explanation has a use
grep -rhoE '"[a-z]+(-[a-z0-9]+)+"' src --include=*.c --include=*.inc | tr -d '"' | sort -u > "$scratch/strings"
grep -h '^## ' docs/messages.md | sed 's/^## //' | sort -u > "$scratch/explained"
tests/lib/diagnostic-names | sort -u > "$scratch/used"
is "every diagnostic is explained in docs/messages.md" \
    "$(comm -23 "$scratch/used" "$scratch/explained" | tr '\n' ' ')" ""
is "docs/messages.md explains only what exists" \
    "$(comm -13 "$scratch/strings" "$scratch/explained" | tr '\n' ' ')" ""
finish
