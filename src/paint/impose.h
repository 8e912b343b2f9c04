/* SPDX-License-Identifier: MIT */
/*
 * Imposition: pages on sheets, for booklets and for handouts.
 *
 * A booklet's sheets carry two pages on each side, are printed on both (turned
 * over the short edge), nested, folded and stapled.  Sheet k from the outside
 * of a signature of S sheets that begins with page b carries
 *
 *     front: b + 4S - 1 - 2k | b + 2k      back: b + 2k + 1 | b + 4S - 2 - 2k
 *
 * The last signature is only as large as it must be, so at most three pages are
 * blank, all at the end.  Inner sheets stand out at the fore-edge by the
 * thickness of the paper around them; their pages move towards the spine by as
 * much (creep), while what is clipped at the fold stays.
 */
#ifndef PAINT_IMPOSE_H
#define PAINT_IMPOSE_H

#include "paint/paint.h"

#define IMPOSE_MAX_SLOTS 16

/* a page's place on a side of a sheet */
typedef struct {
    bool is_blank;
    int page;      /* index; not set where it is blank */
    Length x, y;   /* of the trimmed page's corner, from the sheet's */
    int32_t scale; /* 65536 = 1 */
    Length clip_x, clip_y, clip_width, clip_height;
    /* lines to write on, this far apart; 0: none */
    Length notes_x, notes_y, notes_width, notes_height, notes_step;
} ImposedPage;

typedef struct {
    int sheet; /* from 0 */
    bool is_back;
    int slot_count;
    ImposedPage slots[IMPOSE_MAX_SLOTS];
} SheetSide;

typedef struct {
    Length page_width, page_height; /* trimmed */
    Length sheet_width, sheet_height;
    Length bleed;
    bool has_marks; /* booklet: where to fold and to cut, if there is room */
} SheetFormat;

typedef struct {
    int sheets_per_signature; /* 0: one signature; thick books creep too far */
    Length caliper;           /* thickness of a sheet of paper */
} BookletOptions;

typedef struct {
    int columns, rows; /* together at most IMPOSE_MAX_SLOTS */
    Length gutter, margin;
    Length notes_step; /* half a cell is lines to write on; 0: none */
} HandoutOptions;

/* GArray of SheetSide, owned */
GArray *impose_booklet(int page_count, const SheetFormat *format,
                       const BookletOptions *options);
/* pages in rows, made smaller or larger to fit, one side of each sheet */
GArray *impose_handout(int page_count, const SheetFormat *format,
                       const HandoutOptions *options);

/* The sheets as pages of their own, without items and structure: what
 * pdf_finish needs, with tagged = false.  Borrows title and language. */
PageList *impose_pages(const PageList *pages, const GArray *sides,
                       const SheetFormat *format);
/* as paint_pdf, a page for each side, without leaves */
bool paint_sheets(const PageList *pages, const GArray *sides,
                  const SheetFormat *format, PaintResult *result,
                  Diagnostics *diagnostics, GError **error);

#endif
