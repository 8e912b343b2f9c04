/* SPDX-License-Identifier: MIT */
/*
 * What a block of a finished document says: once so that two blocks that print
 * the same are equal, once as words for people.
 */
#ifndef PIPELINE_BLOCK_TEXT_H
#define PIPELINE_BLOCK_TEXT_H

#include "model/document.h"

/* The canonical text of a block: elements, words and what else is printed of
 * it, without ids, places and states.  A picture counts with its bytes, looked
 * for below root in folders (NULL-terminated), in order.  Owned. */
char *block_content(const xmlNode *block, const char *root,
                    const char *const *folders);
/* its words, a line for each text of its own; owned */
char *block_words(const xmlNode *block);

#endif
