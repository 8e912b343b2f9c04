/* SPDX-License-Identifier: MIT */
/*
 * LineMemo: the lines of the paragraphs of one page sequence.
 *
 * A sequence with short pages is set again, to ask which paragraphs could be a
 * line longer or shorter, and once more with those that were chosen; all others
 * break as before.  It holds as long as nothing but looseness changes: no
 * number of a page, no width.
 */
#ifndef LAYOUT_LINE_MEMO_H
#define LAYOUT_LINE_MEMO_H

#include "model/fo.h"
#include "text/paragraph.h"

typedef struct LineMemo LineMemo;

/* what lines depend on */
typedef struct {
    const FoNode *first; /* inline-level object of the paragraph */
    Length measure;
    int looseness;
    bool indented;       /* text-indent applies */
} LineKey;

LineMemo *line_memo_new(void);
void line_memo_free(LineMemo *memo);
/* where the lines that are kept must live */
Arena *line_memo_arena(LineMemo *memo);
/* NULL: not yet broken so; owned by the memo */
const TextLines *line_memo_find(const LineMemo *memo, const LineKey *key);
void line_memo_keep(LineMemo *memo, const LineKey *key, TextLines lines);

#endif
