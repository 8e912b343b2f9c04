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

typedef struct {
    const char *title, *subject, *author, *keywords, *creator, *language;
    gint64 date;       /* seconds; CreationDate and ModDate */
    bool tagged;       /* PDF/UA-1 and PDF/A-2a claims where the text allows */
} PdfOptions;

/* owned bytes, or NULL and error */
GBytes *pdf_finish(const PageList *pages, const PaintResult *painted,
                   const PdfOptions *options, Diagnostics *diagnostics,
                   GError **error);

#endif
