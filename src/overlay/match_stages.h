/* SPDX-License-Identifier: MIT */
/* What the stages of matching share; nobody else includes it. */
#ifndef OVERLAY_MATCH_STAGES_H
#define OVERLAY_MATCH_STAGES_H

#include "overlay/match.h"

/* owns no block yet, and is meant to own one */
bool match_is_free(const Unit *unit);
void match_pair(Unit *unit, BaseBlock *block, MatchKind kind);
bool match_same_address(const Edition *edition, const Unit *unit,
                        const BaseBlock *block);
bool match_same_section(const Unit *unit, const BaseBlock *block);
/* the live owner before (step -1) or after (1) a unit in its file, or NULL */
const Unit *match_neighbour(const Unit *unit, int step);
bool match_beside(const Edition *edition, const Unit *unit,
                  const BaseBlock *block, int step);
BaseBlock *match_find_address(const Edition *edition, const Unit *unit,
                              const char *address);
void match_report_unknown(const Edition *edition, const Unit *unit,
                          Diagnostics *diagnostics);

/* match_fuzzy.c: edited blocks are found again by their words */
void match_splits(Edition *edition);
void match_merges(Edition *edition);
void match_fuzzy(Edition *edition, bool empty);
/* one unit and one block left between matched neighbours: a hint, no guess */
void hint_gaps(Edition *edition);

/* match_inserts.c: inserts follow their anchors */
void match_inserts(Edition *edition, Diagnostics *diagnostics);

#endif
