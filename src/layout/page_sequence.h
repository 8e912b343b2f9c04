/* SPDX-License-Identifier: MIT */
/*
 * PageSequence: one fo:page-sequence on its way to pages.
 *
 *   set     flow -> elements            (again when a citation in it changed)
 *   break   elements -> PageBreak[]     (again when set, or its first page
 *                                        changed sides)
 *   assemble (assemble.h)               once, when nothing changes any more
 */
#ifndef LAYOUT_PAGE_SEQUENCE_H
#define LAYOUT_PAGE_SEQUENCE_H

#include "layout/break.h"
#include "layout/context.h"
#include "layout/page_master.h"

typedef struct {
    const FoNode *node, *flow;   /* flow NULL: it has none, gives no page */
    const MasterSet *masters;
    int index;
    Arena *arena;                /* elements, fragments, notes */
    ElementList *list;
    StructNode *structure;       /* not yet in the document */
    GHashTable *cited;           /* citation key -> folio it was set with */
    ElementList *separator;      /* xsl-footnote-separator; NULL: none */
    Length separator_height;
    Length width;                /* of the body, for which it was set */
    int note_base;               /* footnotes before this sequence */

    GHashTable *looseness;       /* paragraphs set longer or shorter; NULL */
    GArray *breaks;              /* PageBreak; NULL: to be broken */
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
/* where pages are short: chooses paragraphs to be set a line longer or shorter
 * and sets it anew, to be numbered again; false: it was not touched */
bool page_sequence_improve(PageSequence *sequence, LayoutContext *context);
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

/* calls visit for every anchor, in order, with its page in the sequence */
typedef void (*AnchorVisitor)(void *data, const Anchor *anchor, int page);
void page_sequence_anchors(const PageSequence *sequence,
                           AnchorVisitor visit, void *data);

#endif
