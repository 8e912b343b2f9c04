/* SPDX-License-Identifier: MIT */
/*
 * Layout: FoTree in, PageList out.
 *
 * Page numbers inside the text make it a fixed point: the flow is set, cut into
 * pages and read; where a citation changed, set again, at most three times; then
 * frozen with a diagnostic.
 */
#ifndef LAYOUT_LAYOUT_H
#define LAYOUT_LAYOUT_H

#include "model/fo.h"
#include "model/page.h"
#include "text/engine.h"

typedef struct {
    int max_pages;       /* 0: 20000; then layout stops with an error */
    bool equal_spreads;
    const char *draft;   /* printed on every page, or NULL */
} LayoutOptions;

/* Always gives pages; what did not fit or is missing is in diagnostics:
 * missing-glyph, overfull-line, page-citation-unresolved, forced-page-break,
 * unknown-reference, image-too-large ... */
PageList *layout_run(const FoTree *tree, TextEngine *engine,
                     const LayoutOptions *options, Diagnostics *diagnostics);

#endif
