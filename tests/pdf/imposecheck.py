#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Folds a booklet in mind and reads it.

    imposecheck.py BOOKLET.pdf SCREEN.pdf SHEETS CREEP_MM

Signatures of SHEETS sheets are printed, turned over the short edge, folded and
stacked.  Each leaf's words must be those of the next page of the screen's file;
blanks may only come at the end; and a page moves towards the fold by CREEP_MM
for every sheet around its own.
"""
import re
import subprocess
import sys

WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" '
                  r'yMax="[\d.-]+">([^<]*)<')
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.S)


def pages_of(path):
    """(width, words) of each page; a word is (x, x end, text)."""
    out = subprocess.run(["pdftotext", "-bbox", path, "-"], check=True,
                         capture_output=True, text=True).stdout
    for width, _, body in PAGE.findall(out):
        yield float(width), [(float(x), float(end), y, text)
                             for x, y, end, text in WORD.findall(body)]


def halves(sides):
    """Of each side: (left words, right words), x from the fold."""
    for width, words in sides:
        fold = width / 2
        yield tuple([(x - fold, text) for x, end, _, text in words
                     if ((x + end) / 2 > fold) == is_right]
                    for is_right in (False, True))


def unfold(sides, total, sheets):
    """(words, nesting depth, is on the right) in the order of reading."""
    reading, at = [], 0
    while at < len(sides):
        left = (len(sides) - at) // 2
        count = min(left, sheets or left)
        signature = [sides[at + 2 * k:at + 2 * k + 2] for k in range(count)]
        leaves = [None] * (4 * count)
        for k, (front, back) in enumerate(signature):
            leaves[2 * k] = (front[1], k, True)
            leaves[2 * k + 1] = (back[0], k, False)
            leaves[4 * count - 2 - 2 * k] = (back[1], k, True)
            leaves[4 * count - 1 - 2 * k] = (front[0], k, False)
        reading += leaves
        at += 2 * count
    return reading


def letters(words):
    """Two readings of one page part it into words in their own ways."""
    return sorted("".join(text for _, text in words))


def check(booklet, screen, sheets, creep):
    originals = list(pages_of(screen))
    reading = unfold(list(halves(pages_of(booklet))), len(originals), sheets)
    faults = []
    for number, (words, depth, is_right) in enumerate(reading):
        if number >= len(originals):
            if words:
                faults.append(f"leaf {number + 1}: not blank")
            continue
        width, original = originals[number]
        if letters(words) != letters([(x, t) for x, _, _, t in original]):
            faults.append(f"leaf {number + 1} is not page {number + 1}")
            continue
        if not original:
            continue
        at = min(x for x, _, _, _ in original) - (0 if is_right else width)
        moved = min(x for x, _ in words) - at
        wanted = depth * creep * 72 / 25.4 * (-1 if is_right else 1)
        if abs(moved - wanted) > .05:
            faults.append(f"page {number + 1} moved {moved:.2f} pt, "
                          f"not {wanted:.2f}")
    if not len(originals) <= len(reading) < len(originals) + 4:
        faults.append(f"{len(reading)} leaves' sides for {len(originals)} pages")
    return faults


def main(booklet, screen, sheets, creep):
    faults = check(booklet, screen, int(sheets), float(creep))
    print("\n".join(faults[:20]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
