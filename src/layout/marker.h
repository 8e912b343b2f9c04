/* SPDX-License-Identifier: MIT */
/*
 * Markers: which marker a page's static content retrieves, and its content as
 * if it stood there.
 */
#ifndef LAYOUT_MARKER_H
#define LAYOUT_MARKER_H

#include "layout/context.h"

/* the area of a marker's parent: pages are indices in the PageList */
typedef struct {
    const FoNode *marker;
    const char *name;     /* marker-class-name */
    int sequence;
    int first_page, last_page;
} MarkerArea;

/* areas in document order; NULL: nothing to retrieve */
const FoNode *marker_find(const GArray *areas, const FoNode *retrieve,
                          int sequence, int page);

/* A copy of static content in which every retrieve-marker is a wrapper around
 * what it retrieves on this page; content itself if it retrieves nothing.  The
 * copy lives in context->arena. */
const FoNode *marker_expand(LayoutContext *context, const FoNode *content,
                            const GArray *areas, int sequence, int page);

#endif
