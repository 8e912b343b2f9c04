/* SPDX-License-Identifier: MIT */
/*
 * Page masters: which master a page has, and where its regions are.
 */
#ifndef LAYOUT_PAGE_MASTER_H
#define LAYOUT_PAGE_MASTER_H

#include "base/diagnostic.h"
#include "model/fo.h"

typedef struct {
    const FoNode *node;  /* NULL: the master has no such region */
    const char *name;    /* "xsl-region-before", or the author's */
    Length x, y, width, height;           /* border edge */
    Length content_x, content_y, content_width, content_height;
} Region;

enum { REGION_BODY, REGION_BEFORE, REGION_AFTER, REGION_START, REGION_END,
       REGION_COUNT };

typedef struct {
    const FoNode *node;
    const char *name;
    Length width, height;
    Region regions[REGION_COUNT];
} PageMaster;

/* what is known of a page when its master is chosen */
typedef struct {
    int index;    /* in its page sequence, from 0 */
    int number;
    bool blank, last;
} PageFacts;

typedef struct MasterSet MasterSet;

/* reads all masters; never NULL: without any, one page of A4 is made.  What is
 * missing was said by the reader; only page-master-missing, that no alternative
 * fits a page, is found here. */
MasterSet *master_set_new(const FoTree *tree, Diagnostics *diagnostics);
void master_set_free(MasterSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MasterSet, master_set_free)

/* sequence: fo:page-sequence; never NULL */
const PageMaster *master_for_page(const MasterSet *set, const FoNode *sequence,
                                  PageFacts facts);
/* does the choice ask whether a page is the last one? */
bool master_asks_last(const MasterSet *set, const FoNode *sequence);

/* the number as its format says: "1", "01", "i", "I", "a", "A"; owned */
char *folio_write(int number, const char *format);

#endif
