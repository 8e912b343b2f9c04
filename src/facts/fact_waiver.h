/* SPDX-License-Identifier: MIT */
/*
 * Overdue facts that a person lets into print: <waiver fact review-by date> of
 * the edition, good until the fact gets another review-by.
 */
#ifndef FACTS_FACT_WAIVER_H
#define FACTS_FACT_WAIVER_H

#include "facts/facts.h"

/* what stands in the manual though it was to be checked by now */
typedef struct {
    const char *what; /* "the fact", "the research data" */
    const char *id, *review_by;
    Place place;
    bool is_said;     /* its diagnostic is there already */
} Overdue;

/* The waivers of a document and which of them let something through. */
typedef struct FactWaivers FactWaivers;
FactWaivers *fact_waivers_new(Document *document, const FactsOptions *options,
                              Diagnostics *diagnostics);
/* Says fact-waived (a note) or fact-overdue: an error in print, else a warning.
 * True: it is let through, and not marked on the page. */
bool fact_waivers_judge(FactWaivers *waivers, const Overdue *overdue);
/* Frees them.  Waivers that let nothing through are not printed either: they
 * are taken out of the document, each with waiver-unused. */
void fact_waivers_end(FactWaivers *waivers);

/* of this fact or research at this review-by; NULL: there is none.  Borrowed. */
const xmlNode *fact_waiver_find(const Document *document, const char *id,
                                const char *review_by);

#endif
