/* SPDX-License-Identifier: MIT */
/*
 * LayoutContext: what every part of layout needs while one page sequence is
 * set: the caches that outlive it, the arena that does not, and the few things
 * that depend on where we are (static content, measuring a cell).
 */
#ifndef LAYOUT_CONTEXT_H
#define LAYOUT_CONTEXT_H

#include "layout/element.h"
#include "layout/layout.h"
#include "layout/line_memo.h"
#include "text/paragraph.h"

/* a style as text needs it, made once for each FoStyle */
typedef struct {
    const TextStyle *text;
    const FontFace *face;
    Length ascent, descent;      /* of the font, at its size; both positive */
    Length cap_height, x_height;
    Length line_ascent, line_descent; /* line-height, half the leading on each
                                         side; together exactly line-height */
} StyleMetrics;

/* the body of a footnote inside a footnote: set behind the outer one */
typedef struct {
    const FoNode *body;
    StructNode *structure;
} InnerNote;

typedef struct {
    const FoTree *tree;
    TextEngine *engine;
    const LayoutOptions *options;
    Diagnostics *diagnostics;
    PageList *pages;         /* structure, and what stays */
    Arena *arena;            /* lives until this page sequence is assembled */

    ArtifactKind artifact;   /* not ARTIFACT_NONE: no structure, no slots */
    bool measuring;          /* only widths are asked: no structure, no notes,
                                no diagnostics */
    bool in_note;            /* in a footnote body */
    GArray *inner_notes;     /* InnerNote: footnotes in it, still to be set */
    GPtrArray *note_arrays;  /* GArray: of the notes' lists, which lie in arenas */
    Length note_width;       /* of the region body: measure of footnotes */
    Length region_width, region_height; /* of the region being filled */
    Length page_width, page_height;
    const char *folio;       /* static content: the number of its page */

    GHashTable *styles;      /* FoStyle -> StyleMetrics */
    GPtrArray *paragraphs;   /* Paragraph, one for each depth of nesting */
    guint paragraph_depth;
    GHashTable *citations;   /* "id" or "id\nlast" -> folio, of the last round */
    GHashTable *cited;       /* the same keys that this sequence printed -> the
                                folio it printed */
    GHashTable *cited_last;  /* ids somebody cites the last page of */
    GHashTable *warned;      /* languages, families: said once */
    GHashTable *rebased;     /* styles of retrieved markers, see marker.c */
    int note_count;          /* footnotes so far, for their ids */
    int page_number_count;   /* page-numbers in this flow so far */
    int sequence;            /* index of the page sequence */
    const ElementList *main_list; /* of the flow itself */
    int ordinal;             /* paragraphs of the flow so far */
    bool find_variants;      /* ask which could be a line longer or shorter */
    GHashTable *looseness;   /* ordinal -> lines more (+1) or fewer (-1) */
    LineMemo *memo;          /* of the sequence being laid; else NULL */
} LayoutContext;

/* never NULL; owned by the context */
const StyleMetrics *context_metrics(LayoutContext *context,
                                    const FoNode *node);
/* an empty paragraph; give it back before the one taken before it */
Paragraph *context_take_paragraph(LayoutContext *context);
void context_give_paragraph(LayoutContext *context);

#endif
