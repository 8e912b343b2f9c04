/* SPDX-License-Identifier: MIT */
/*
 * Finishing: Cairo's PDF and the logical tree become the file we promise.
 *
 * The content streams' leaves are renamed and renumbered, and structure tree,
 * ParentTree, annotations, destinations, outlines, page labels, metadata and
 * output intent are ours.  A mismatch of leaves and marked content is a hard
 * error (our bug: exit 3).
 */
#ifndef PDF_FINISH_H
#define PDF_FINISH_H

#include "model/page.h"
#include "paint/paint.h"

/* what a colour of the pages, known by its exact sRGB values, is in print;
 * all 0..1 */
typedef struct {
    double red, green, blue;
    double cyan, magenta, yellow, black;
} PdfInk;

/* PDF/X-4 for a print shop: the theme's colours become their inks, greys black,
 * other colours stay sRGB with a profile; black overprints; no annotations */
typedef struct {
    const PdfInk *inks;
    int ink_count;
    Length bleed, slug; /* as in the PaintOptions it was painted with */
    bool marks;         /* crop and registration marks, colour bar: in the slug */
    /* printing condition and its CMYK profile; NULL both: FOGRA39 */
    const char *condition;
    GBytes *profile;
} PdfPrint;

typedef struct {
    const char *title, *subject, *author, *keywords, *creator, *language;
    gint64 date;       /* seconds; CreationDate and ModDate */
    bool tagged;       /* PDF/UA-1 and PDF/A-2a claims where the text allows */
    const PdfPrint *print; /* NULL: for the screen */
} PdfOptions;

/* Owned bytes, or NULL and error.  Warnings, most of them about claims that
 * cannot be made: pdf-figure-without-alt, pdf-head-without-scope,
 * pdf-heading-order, pdf-link-lost, pdf-missing-glyphs, pdf-no-language,
 * pdf-role-misplaced, pdf-role-unknown, pdf-untitled; for print also the error
 * print-ink-heavy and the note print-colour-converted. */
/* painted: its stored text is forgotten, so it can be finished once */
GBytes *pdf_finish(const PageList *pages, const PaintResult *painted,
                   const PdfOptions *options, Diagnostics *diagnostics,
                   GError **error);

#endif
