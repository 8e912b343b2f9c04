/* SPDX-License-Identifier: MIT */
/* The pages that an fo:index-page-citation-list stands for. */
#ifndef LAYOUT_INDEX_PAGES_H
#define LAYOUT_INDEX_PAGES_H

#include "layout/context.h"

/* one page, or several in a row */
typedef struct {
    const FoNode *reference; /* fo:index-key-reference: leads to its start */
    char text[64];           /* "12", "12–14" */
} IndexPages;

/* IndexPages of the list, in the order of its references; the array is owned.
 * Like citation_text, it remembers what was printed. */
GArray *index_pages(LayoutContext *context, const FoNode *list);

#endif
