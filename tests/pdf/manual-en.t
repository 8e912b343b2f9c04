#!/bin/bash
# SPDX-License-Identifier: MIT
exec python3 tests/pdf/manuals.py "$PROGRAM" en
