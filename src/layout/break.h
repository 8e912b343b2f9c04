/* SPDX-License-Identifier: MIT */
/*
 * Page breaking: total fit over an element list (Plass 1981, Mittelbach 2019).
 *
 * Dynamic programming over (element after which a page ends, parity of that
 * page, spread delta).  A page's cost is (10 + badness)^2 + penalty^2;
 * footnotes take room on the page of their callers and only the last of a page
 * may be split.  There is always a solution: where no legal break fits, the
 * last legal element, then any element, ends the page and `forced` says so.
 */
#ifndef LAYOUT_BREAK_H
#define LAYOUT_BREAK_H

#include "layout/element.h"

/* the room of page `index` of this page sequence (from 0) */
typedef struct {
    Length height;     /* of the body region */
    bool recto;
} PageRoom;
typedef PageRoom (*PageRoomFunction)(void *data, int index);

typedef struct {
    PageRoomFunction room;
    void *data;
    Length note_separator;  /* height above the first footnote of a page */
    Length note_gap;        /* between footnotes */
    Length line_height;     /* one line, for spread deltas and minimum splits */
    bool equal_spreads;     /* both pages of a spread get the same delta */
    bool ragged_bottom;     /* glue is never stretched to fill a page */
} BreakOptions;

/* footnote list elements first..last-1 of note `note` that stand on a page */
typedef struct {
    const Note *note;
    int first, last;
    bool continued;     /* began on an earlier page */
} NotePart;

typedef struct {
    int first, last;    /* elements, inclusive; last < first: a blank page
                           (forced parity), or one of notes only */
    bool blank;
    NotePart *notes;
    int note_count;
    int32_t ratio;      /* of glue set, 65536 = all stretch; negative: shrink */
    int delta;          /* lines longer (+1) or shorter (-1) than the room */
    int variant;        /* paragraph to set longer/shorter: index + 1 with sign,
                           0 none */
    bool forced;        /* no legal break fitted */
} PageBreak;

/* pages in order; GArray of PageBreak, owned; note arrays in list->arena.
 * Every element and every note element is on exactly one page. */
GArray *break_pages(const ElementList *list, const BreakOptions *options);

#endif
