#!/bin/bash
# SPDX-License-Identifier: MIT
# The checkers of finished files against good and broken ones.
set -eu
folder=$(mktemp -d "${TMPDIR:-/tmp}/vadovas-test.XXXXXX")
trap 'rm -rf "$folder"' EXIT
if ! command -v qpdf >/dev/null; then
    echo "1..0 # skip qpdf is not installed"
    exit 0
fi
PDF_SAMPLE=$folder "$OBJECTS/tests/test_pdf_finish"
python3 tests/pdf/checkers.py "$folder"
