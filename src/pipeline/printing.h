/* SPDX-License-Identifier: MIT */
/*
 * Printing: one list of pages as the files that leave the house.
 *
 * The screen's file is the pipeline's own business.  A print shop's has bleed,
 * marks, a slug line and the theme's inks; booklets are sheets in these inks, for
 * a shop or an office printer, handouts are for an office printer.  Sheets are
 * drawn anew from the same pages.
 */
#ifndef PIPELINE_PRINTING_H
#define PIPELINE_PRINTING_H

#include "base/diagnostic.h"
#include "pdf/finish.h"
#include "text/engine.h"

typedef enum {
    OUTPUT_SCREEN,
    OUTPUT_PRINT,
    OUTPUT_BOOKLET,
    OUTPUT_HANDOUT,
    OUTPUT_COUNT,
} OutputKind;
/* these go to a print shop: nothing overdue is in them */
#define OUTPUTS_FOR_PRINT (1u << OUTPUT_PRINT | 1u << OUTPUT_BOOKLET)
const char *output_name(OutputKind kind); /* "screen" ... */
/* adds the kinds of "print,booklet" to *kinds, bit i for kind i; false: a word
 * is none */
bool output_read(const char *list, unsigned *kinds);

/* all as the user gave it; a zeroed one is the default */
typedef struct {
    const char *icc, *condition; /* print, booklet; NULL both: FOGRA39 */
    bool has_sheets;
    int sheets;           /* booklet: in a signature; 0: all in one */
    Length caliper;       /* booklet: thickness of a sheet, for the creep */
    const char *paper;    /* "A4", "320x450mm"; NULL: A4 */
    int pages_per_side;   /* handout; 0: two */
    const char *chapter;  /* handout: id of a chapter or section; NULL: the
                             whole book */
    bool without_notes;   /* handout: no blank pages and none for notes: there
                             are lines beside each page */
} PrintingOptions;

/* what the slug line says beside the page's number; borrowed */
typedef struct {
    const char *title, *edition, *date, *revision;
} Imprint;

/* Owned bytes of a kind but OUTPUT_SCREEN.  NULL: either error is set (our
 * fault), or it is not and a diagnostic says what the user must change:
 * paper-unknown, paper-too-small, handout-impossible, chapter-unknown,
 * icc-unfit, print-ink-heavy.  Warning: print-resolution-low.  The slug line is
 * on the pages only while it is painted. */
GBytes *printing_make(OutputKind kind, PageList *pages,
                      const PdfOptions *metadata, const Imprint *imprint,
                      const PrintingOptions *options, const char *styles,
                      TextEngine *engine, Diagnostics *diagnostics,
                      GError **error);

/* slug.c: a line above each page, in the slug, between the marks */
void slug_add(PageList *pages, const Imprint *imprint, TextEngine *engine,
              Length bleed, Length slug);
void slug_remove(PageList *pages);

/* sheets.c; metadata->print: in inks, else in the screen's colours */
GBytes *sheets_make(OutputKind kind, const PageList *pages,
                    const PdfOptions *metadata, const PrintingOptions *options,
                    Diagnostics *diagnostics, GError **error);

#endif
