/* SPDX-License-Identifier: MIT */
/*
 * PageSequence: one fo:page-sequence on its way to pages.
 *
 *   set     flow -> elements       (again when a citation in it changed, or
 *                                   its first page changed sides)
 *   break   elements -> PageBreak[]
 *   place   (assemble.h) elements -> PageBody[]; then the elements are freed,
 *           since those of a whole book would be most of the program's memory
 *   assemble (assemble.h)          once, when nothing changes any more
 */
#ifndef LAYOUT_PAGE_SEQUENCE_H
#define LAYOUT_PAGE_SEQUENCE_H

#include "layout/break.h"
#include "layout/context.h"
#include "layout/page_master.h"

/* what a page shows of the flow; the rest depends on all other pages */
typedef struct {
    Page *page;      /* not in the PageList yet */
    GArray *anchors; /* Anchor, at its place on the page */
    enum { BODY_FITS, BODY_FORCED, BODY_TOO_HIGH } trouble;
    Place place;     /* of the trouble */
    Length height;   /* of what is too high */
} PageBody;

typedef struct {
    const FoNode *node, *flow;   /* flow NULL: it has none, gives no page */
    const MasterSet *masters;
    int index;
    Arena *arena;                /* elements, fragments, notes */
    ElementList *list;           /* NULL: not set, or placed */
    Arena *lasting;              /* structure, ids: the PageList's in the end */
    StructNode *structure;       /* not yet in the document */
    GPtrArray *bodies;           /* PageBody, by page; NULL: not placed */
    GHashTable *cited;           /* citation key -> folio it was set with */
    ElementList *separator;      /* xsl-footnote-separator; NULL: none */
    Length separator_height;
    Length width;                /* of the body, for which it was set */
    int note_base;               /* footnotes before this sequence */

    GHashTable *looseness;       /* paragraphs set longer or shorter; NULL */
    GArray *breaks;              /* PageBreak; NULL: to be broken; without
                                    notes when it is placed */
    int first_number;
    int page_count;              /* blank page at the end included */
    bool blank_end;
    int first_page;              /* index in the PageList */
} PageSequence;

PageSequence *page_sequence_new(const MasterSet *masters, const FoNode *node,
                                int index);
void page_sequence_free(PageSequence *sequence);

/* makes its elements anew */
void page_sequence_set(PageSequence *sequence, LayoutContext *context);
/* cuts them into pages, numbered from first_number */
void page_sequence_break(PageSequence *sequence, const LayoutContext *context,
                         int first_number);
/* where pages are short: once chooses paragraphs to be set a line longer or
 * shorter and sets and breaks it anew */
void page_sequence_improve(PageSequence *sequence, LayoutContext *context);
/* the body of the page behind those that have one; takes page */
PageBody *page_sequence_add_body(PageSequence *sequence, Page *page);
/* the elements are not needed any more: bodies are there */
void page_sequence_forget(PageSequence *sequence);
/* its first page's number after a sequence that ended with `previous` */
int page_sequence_number(const PageSequence *sequence, int previous);
/* does force-page-count ask for a blank page at its end?  next: the sequence
 * after it, or NULL */
void page_sequence_end(PageSequence *sequence, const PageSequence *next);

const PageMaster *page_sequence_master(const PageSequence *sequence,
                                       int page);
/* the static-content or flow of this name; NULL */
const FoNode *page_sequence_content(const PageSequence *sequence,
                                    const char *region);
/* page `page` of the sequence shows nothing of the flow */
bool page_sequence_is_blank(const PageSequence *sequence, int page);

/* calls visit for every anchor, in order, with its page in the sequence; when
 * it is placed */
typedef void (*AnchorVisitor)(void *data, const Anchor *anchor, int page);
void page_sequence_anchors(const PageSequence *sequence,
                           AnchorVisitor visit, void *data);

#endif
