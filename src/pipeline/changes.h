/* SPDX-License-Identifier: MIT */
/*
 * Changes: what of an edition must be approved again.
 *
 * Two finished documents are compared, overlay and facts applied, so that a
 * changed fact or figure of research marks each block that prints it.  Blocks
 * are matched by their text wherever they went (a moved block is no change),
 * then by pinned id, by likeness in their chapter, by address; what is left is
 * inserted or removed.  Of an index the terms count, not where they lead.  Title
 * and imprint, and the words that the layout writes (words.xml), are no blocks:
 * they are in the list alone.
 */
#ifndef PIPELINE_CHANGES_H
#define PIPELINE_CHANGES_H

#include "model/document.h"

/* a document and where its pictures lie */
typedef struct {
    Document *document;
    const char *root;
    const char *const *folders; /* NULL-terminated */
} ChangesSide;

/* Marks blocks of now->document with the attribute `change`, puts a <removed>
 * where a block went, and the list <changes> before the chapters
 * (model/document.h).  since: what the user called the older state, or NULL. */
void changes_mark(const ChangesSide *now, const ChangesSide *before,
                  const char *since);

#endif
