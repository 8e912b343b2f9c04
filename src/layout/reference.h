/* SPDX-License-Identifier: MIT */
/*
 * References: the ids of a document and who refers to them.
 */
#ifndef LAYOUT_REFERENCE_H
#define LAYOUT_REFERENCE_H

#include "base/diagnostic.h"
#include "model/fo.h"

typedef struct {
    GHashTable *ids;        /* id -> FoNode */
    GHashTable *cited_last; /* ids somebody cites the last page of */
    GHashTable *citations;  /* id -> FoNode of its first page-number-citation */
} References;

/* reads the tree; says unknown-reference */
void references_init(References *references, const FoTree *tree,
                     Diagnostics *diagnostics);
void references_clear(References *references);

#endif
