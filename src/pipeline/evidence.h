/* SPDX-License-Identifier: MIT */
/*
 * Evidence: what the proof of the finished file must know of the documents.
 *
 * Every block of the base must be in the edition or be removed by it; the words
 * of what an overlay removes or replaces and of what is meant for other readers
 * must not be in the file; the words of what is left must be.
 */
#ifndef PIPELINE_EVIDENCE_H
#define PIPELINE_EVIDENCE_H

#include "model/document.h"
#include "overlay/overlay.h"
#include "pdf/proof.h"

typedef struct {
    Proof *proof;
    GArray *lost; /* Place of base blocks that went without being removed */
} Evidence;

Evidence *evidence_new(void);
void evidence_free(Evidence *evidence);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Evidence, evidence_free)

/* all of them do nothing where evidence is NULL */
void evidence_take_overlay(Evidence *evidence, const Document *base,
                           const Document *edition,
                           const OverlayReport *report);
/* a block that is about to be taken out of its document */
void evidence_take_removed(Evidence *evidence, const xmlNode *block);
/* the document as it is set */
void evidence_take_kept(Evidence *evidence, const Document *document);
/* false after diagnostics: block-lost, text-leaked, text-lost; or error */
bool evidence_check(const Evidence *evidence, GBytes *pdf, bool is_whole,
                    Diagnostics *diagnostics, GError **error);

#endif
