/* SPDX-License-Identifier: MIT */
/*
 * The verdict on a matched unit: is what a person wrote still about the base's
 * text of today?  One function decides for build, status and sync alike.
 */
#ifndef OVERLAY_VERDICT_H
#define OVERLAY_VERDICT_H

#include "overlay/edition.h"
#include "overlay/overlay.h"

typedef struct {
    BlockState state;
    Severity severity;
    bool waived;
    const char *why; /* static; a clause for people, or NULL */
    const char *way_out; /* static; NULL: what is usual for the state */
} Verdict;

/* unit: the block's owner, or an insert that hangs on it, or NULL where nobody
 * wrote anything.  Looks at texts and flags only: BROKEN is check_structure's. */
Verdict judge_unit(const Edition *edition, const Unit *unit,
                   const BaseBlock *block);
/* a block that a remove section= covers */
Verdict judge_removed(const Edition *edition, const BaseBlock *block);

/* After match_units: marks the footnotes that only removed or replaced blocks
 * refer to.  Nobody needs to translate them.  by_hand: a removal that was not
 * synced yet counts too, for sync is about to complete it. */
void judge_orphaned_notes(Edition *edition, bool by_hand);

/* today's raw and canonical base text of a unit: of its block, or of the whole
 * section that it removes; owned by the edition's arena */
const char *unit_base_text(Edition *edition, const Unit *unit);
const char *unit_base_canonical(const Edition *edition, const Unit *unit);
/* the word STALE or REVIEW is gone, but the target is still what it was when a
 * number or a negation of the base had changed */
bool unit_is_forged(const Edition *edition, const Unit *unit);

/* The text is another one than whoever answered or acknowledged has seen: not
 * the one of tgt= or ack=.  Either a person changed it too, or a merge brought
 * it from where the base was still the old one; nobody can tell which, so the
 * text waits until somebody acknowledges just it. */
bool unit_is_altered(const Unit *unit);

/* the raw base text that the target is about: what it was made from, or what a
 * person has confirmed since; NULL: it carries none */
const char *unit_known_text(const Edition *edition, const Unit *unit);

/* NULL where `target` (the first block of a translate) has the structure of
 * `base`; else what differs, in words; owned.  rest: the target's blocks. */
char *check_structure(const xmlNode *base, const xmlNode *unit_element);

#endif
