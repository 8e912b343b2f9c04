/* SPDX-License-Identifier: MIT */
/*
 * Matching: which unit belongs to which block of today's base.
 *
 * Over the whole edition at once, so that a block may move between chapters.
 * Text is stronger than identity, identity stronger than likeness, likeness
 * stronger than place; and a doubtful guess is no match but a hint.
 */
#ifndef OVERLAY_MATCH_H
#define OVERLAY_MATCH_H

#include "overlay/edition.h"

typedef struct {
    /* sync: the attic gives back what returned, and an address alone is not
     * enough.  Else: an address will do, for the draft shows it as stale. */
    bool for_sync;
} MatchOptions;

/* Fills unit->block, unit->match, block->unit, block->removal, block->inserts,
 * block->hint.  Units that come back from the attic are live afterwards.
 * Diagnostics: unit-duplicate, anchor-unknown. */
void match_units(Edition *edition, const MatchOptions *options,
                 Diagnostics *diagnostics);

/* a translate in which nobody has written anything */
bool match_is_unwritten(const Unit *unit);
/* =now still stands there, but the word STALE or REVIEW is gone: somebody says
 * that the text is about the newer one */
bool unit_is_answered(const Unit *unit);
/* the base text that the unit's target translates: its src, or now once it is
 * answered */
const char *unit_effective_canonical(const Unit *unit);
/* the newest text of the base that the unit has seen */
const char *unit_latest_canonical(const Unit *unit);

#endif
