/* SPDX-License-Identifier: MIT */
/*
 * Elements to items: a range of an element list, stacked, with the frames
 * around it, as page items at their places.  Pages, footnotes, static content,
 * cells, labels and block-containers are all placed by fragment_place.
 */
#ifndef LAYOUT_FRAGMENT_H
#define LAYOUT_FRAGMENT_H

#include "layout/element.h"

/* an anchor or positioned container at its place */
typedef struct {
    Anchor anchor;
    int element;
    Length x, y;
} PlacedAnchor;

/* a frame with a bar: where its part stands */
typedef struct {
    const Frame *frame;
    Length y, height;
} PlacedBar;

/* GArrays that grow; NULL: not wanted */
typedef struct {
    GArray *items;   /* PageItem */
    GArray *links;   /* PageLink */
    GArray *anchors; /* PlacedAnchor */
    GArray *containers; /* const Positioned *: to be handed on, or placed */
    GArray *bars;    /* PlacedBar */
} Placement;

void placement_init(Placement *placement);
void placement_clear(Placement *placement);
/* what was placed, copied to arena (anchors and bars are not part of it) */
Fragment placement_fragment(const Placement *placement, Arena *arena);

/* Stacks elements first..last with their top at (x, y); x is where the
 * column's left edge goes.  A range that begins (ends) inside the list begins
 * (ends) at a break: top (bottom) of the break, repeated heads and cut frames
 * are set.  ratio: of the glue, 65536 = all stretch, negative: shrink.
 * Gives the height, break heights included. */
Length fragment_place(const ElementList *list, int first, int last, Length x,
                      Length y, int32_t ratio, Placement *placement);

/* appends fragment, moved by (x, y) */
void fragment_append(const Fragment *fragment, Length x, Length y,
                     Placement *placement);
/* turns what stands in a box of width x height counter-clockwise by 90, 180 or
 * 270 degrees; the box then is height x width (for 90 and 270) */
void fragment_rotate(Fragment *fragment, int degrees, Length width,
                     Length height);

/* background and borders of a box whose border edge is given.  cut_before,
 * cut_after: the box goes on on another page; there an edge is drawn only if
 * its border is retained. */
typedef struct {
    Length x, y, width, height;
    bool cut_before, cut_after;
} FrameBox;
void frame_paint(const FoStyle *style, FrameBox box, GArray *items);
/* one edge of a border, as the rectangle that it covers */
void edge_paint(GArray *items, Length x, Length y, Length width, Length height,
                FoKeyword style, FoColor color);
/* what a cut frame asks for at the top (bottom) of a page: retained border and
 * padding */
Length frame_top(const FoStyle *style);
Length frame_bottom(const FoStyle *style);

#endif
