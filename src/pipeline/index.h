/* SPDX-License-Identifier: MIT */
/*
 * The index: the terms of all blocks, sorted as the edition's language does,
 * put where the edition has a place for them.
 */
#ifndef PIPELINE_INDEX_H
#define PIPELINE_INDEX_H

#include "model/document.h"

/* Fills every <index> of the document, in place.  Says index-empty,
 * index-unplaced (not of an extract, which may do without), index-similar. */
void index_fill(Document *document, bool is_extract, Diagnostics *diagnostics);

/* terms that the base's blocks have and those of the edition do not:
 * index-terms-missing, a note for each chapter */
void index_compare(const Document *base, const Document *edition,
                   Diagnostics *diagnostics);

#endif
