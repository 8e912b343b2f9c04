/* SPDX-License-Identifier: MIT */
/*
 * What cmark must never see.
 *
 * cmark-gfm 0.29.0.gfm.6 turns a table of 100 KB into 9 GB (every row is filled
 * up to the header's columns), and its time can grow with the square of a
 * paragraph.  The lines are looked at first, with an estimate that errs on the
 * safe side: a line beyond a limit is an error at its place and becomes an
 * empty line for cmark, so the rest of the text is still read.
 */
#ifndef READ_MARKDOWN_LIMITS_H
#define READ_MARKDOWN_LIMITS_H

#include "base/source.h"

enum {
    LIMIT_COLUMNS = 64,
    LIMIT_NESTING = 32,
    LIMIT_TABLE_CELLS = 65536,
};

/* lines first..last for cmark: LF ends, one line for each line of the source;
 * owned */
char *limits_apply(const Source *source, int first, int last,
                   Diagnostics *diagnostics);

#endif
