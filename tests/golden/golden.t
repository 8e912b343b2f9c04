#!/bin/bash
# SPDX-License-Identifier: MIT
# The dump of every stage of the small project, for each edition, equals the
# one that was looked at and committed.  tests/golden/bless writes them anew.
. tests/lib/tap.sh
cp -r tests/projects/mini "$scratch/mini"
for edition in lt et; do
    for stage in read overlay facts fo pages; do
        if "$PROGRAM" -C "$scratch/mini" build "$edition" --stop-after=$stage \
            >"$scratch/dump" 2>"$scratch/said" && [ ! -s "$scratch/said" ]; then
            ok "$edition: the dump after $stage" \
                diff -u "tests/golden/$edition-$stage.txt" "$scratch/dump"
        else
            ok "$edition: $stage says nothing" cat "$scratch/said"
            result 1 "$edition: the dump after $stage"
        fi
    done
done
finish
