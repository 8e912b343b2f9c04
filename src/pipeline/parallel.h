/* SPDX-License-Identifier: MIT */
/*
 * Parallel proof: base and edition side by side, block by block, each row with
 * what the overlay does there and in what state, for legal review.
 */
#ifndef PIPELINE_PARALLEL_H
#define PIPELINE_PARALLEL_H

#include "model/document.h"
#include "overlay/detail.h"
#include "overlay/overlay.h"

/* Puts the finished base into the finished edition as <base>, with ids of its
 * own ("base--" before them), and before it <pairs>, a row for each entry of the
 * report; blocks of both carry the number of their row (model/document.h).
 * base's tree is taken apart.  details: what has changed under a stale block;
 * may be NULL. */
void parallel_join(Document *edition, Document *base,
                   const OverlayReport *report, const OverlayDetails *details);
/* everything is fit for print, or let through */
bool parallel_is_current(const OverlayReport *report);

#endif
