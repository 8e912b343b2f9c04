/* SPDX-License-Identifier: MIT */
/*
 * Elements: a flow as one vertical list, the language between those who make
 * it (blocks, lists, tables) and those who cut it into pages (break.h).
 *
 * After Plass 1981 and FOP's Knuth elements, but with one kind of element:
 * a box, the glue after it, and the penalty of breaking after it.  Glue after
 * the last box of a page and before the first is dropped, unless retained.
 *
 *   height                 of the box
 *   gap, stretch, shrink   glue after it, not set when broken here
 *   penalty                of a break after it: 0 .. PENALTY_FORBIDDEN, or
 *                          PENALTY_FORCED with `force`
 *   bottom, top            heights that a break here adds at the foot of this
 *                          page (frame padding, table footer) and at the head
 *                          of the next one (repeated table head, frame padding)
 *   notes                  footnotes called in this box; they stand on the page
 *                          where the box stands
 *
 * What a box looks like is a Fragment: page items with places relative to the
 * box's top left corner (x from the left edge of the flow's column).  Borders
 * and backgrounds that reach over several elements are Frames: assembly draws
 * them for the part of each that stands on a page.
 */
#ifndef LAYOUT_ELEMENT_H
#define LAYOUT_ELEMENT_H

#include "model/fo.h"
#include "model/page.h"

#define PENALTY_FORBIDDEN 10000
#define PENALTY_FORCED (-10000)

typedef enum {
    FORCE_NONE,
    FORCE_COLUMN,
    FORCE_PAGE,
    FORCE_EVEN_PAGE,
    FORCE_ODD_PAGE,
} ForceKind;

/* items in paint order, growable; empty boxes have none (items NULL) */
typedef struct {
    PageItem *items;
    int item_count;
    PageLink *links;
    int link_count;
} Fragment;

/* a border or background around elements first..last of its list */
typedef struct Frame Frame;
struct Frame {
    const Frame *parent;      /* the frame around it; NULL: none */
    const FoStyle *style;
    Length x, width;          /* border edge, from the column's left edge */
    int first, last;          /* element indices, inclusive */
    int depth;                /* 0 = outermost */
    const char *bar;          /* label of a bar in the outer margin, or NULL */
};

/* a footnote body: its own list, cut only when it must be */
typedef struct Note Note;

/* something that must be known by page: id, marker, outline target */
typedef struct {
    enum { ANCHOR_ID, ANCHOR_MARKER } kind;
    const char *id;          /* ANCHOR_ID */
    const FoNode *marker;    /* ANCHOR_MARKER */
    bool starts, ends;       /* the area it belongs to begins / ends here */
    Length x, y;             /* in the box */
} Anchor;

/* an absolute or fixed block-container: placed from the corner of the region
 * (fixed: of the page) on which its element stands */
typedef struct {
    Fragment fragment;
    bool fixed;
} Positioned;

typedef struct {
    Length height;
    Length baseline;       /* of the first line in the box, from its top */
    bool has_baseline;
    Length gap, stretch, shrink;
    bool gap_retained;     /* conditionality=retain: set even at a page's top
                              (gap_before_retained of the next box) */
    int penalty;
    ForceKind force;       /* with PENALTY_FORCED */
    Length bottom, top;    /* when broken after this element */
    const Fragment *top_fragment, *bottom_fragment; /* repeated head, foot */
    Fragment fragment;
    const Frame *frame;    /* innermost around it */
    Note **notes;          /* in order of their callers */
    int note_count;
    Anchor *anchors;
    int anchor_count;
    const Positioned **positioned;
    int positioned_count;
    int line_in_paragraph, lines_of_paragraph; /* 0,0: not a line */
    int paragraph;         /* index in ElementList.paragraphs, or -1 */
    Place place;
} Element;

/* a paragraph that could be set a line longer or shorter */
typedef struct {
    int first, last;           /* its elements */
    bool may_lengthen, may_shorten;
    int lengthen_cost, shorten_cost; /* demerits as in text, scaled 0..10000 */
    int ordinal;               /* of the paragraph in its flow, from 0 */
} ParagraphVariants;

typedef struct {
    Arena *arena;
    Element *elements;
    int count, allocated;
    GArray *frames;     /* Frame * */
    GArray *paragraphs; /* ParagraphVariants */
} ElementList;

ElementList *element_list_new(Arena *arena);
void element_list_free(ElementList *list); /* not what lies in the arena */
/* a zeroed element with penalty 0 and paragraph -1; valid until the next add */
Element *element_list_add(ElementList *list);
/* natural height of elements first..last, without the last one's glue */
Length element_list_height(const ElementList *list, int first, int last);

struct Note {
    ElementList *list;
    Length height; /* natural */
    const char *id;
};

#endif
