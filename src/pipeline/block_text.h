/* SPDX-License-Identifier: MIT */
/*
 * What a block of a finished document says: once so that two blocks that print
 * the same are equal, once as words for people; and what differs between two.
 */
#ifndef PIPELINE_BLOCK_TEXT_H
#define PIPELINE_BLOCK_TEXT_H

#include "model/document.h"

/* The canonical text of a block: elements, words and what else is printed of
 * it, without ids, places and states.  A picture counts with its bytes, looked
 * for below root in folders (NULL-terminated), in order; an index with its words
 * alone.  Owned. */
char *block_content(const xmlNode *block, const char *root,
                    const char *const *folders);
/* its words, a line for each text of its own; owned */
char *block_words(const xmlNode *block);

/* Appends a word diff, "… [-taken out-] {+put in+} …", to parent as text, <out>
 * and <in>. */
void difference_add(xmlNode *parent, const char *difference);
/* text in one line; element NULL: no element around it */
void difference_add_text(xmlNode *parent, const char *element,
                         const char *text, size_t length);

#endif
