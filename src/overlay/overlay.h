/* SPDX-License-Identifier: MIT */
/*
 * Overlays: an edition is the base and, for every block, what a person wrote
 * about it.  Format, states and stages: docs/format/overlay.md.
 */
#ifndef OVERLAY_OVERLAY_H
#define OVERLAY_OVERLAY_H

#include "model/document.h"
#include "read/read.h"

typedef enum {
    STATE_CURRENT,
    STATE_STALE,
    STATE_REVIEW,
    STATE_MISSING,
    STATE_DRAFT,
    STATE_BROKEN,
    STATE_COUNT,
} BlockState;
const char *block_state_name(BlockState state); /* "current" ... */

typedef struct {
    const char *edition;
    bool draft;        /* unfit blocks are marked, not refused */
} OverlayOptions;

/* one base block or local block of the edition, for status and the gate */
typedef struct {
    const char *chapter, *id, *key;
    const char *at; /* what a unit's at= says of the block */
    BlockState state;
    const char *operation; /* translate, replace, insert, remove, same */
    const char *severity;  /* of STALE and REVIEW: number, negation ... */
    Place place;           /* of the unit, or of the base block */
    int words;             /* of the base block */
    bool homeless, damaged, waived;
    const char *reason;
} OverlayBlock;

typedef struct {
    GPtrArray *blocks;  /* OverlayBlock, owned */
    GStringChunk *texts;
} OverlayReport;
OverlayReport *overlay_report_new(void);
void overlay_report_free(OverlayReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OverlayReport, overlay_report_free)

/* The edition's document from the base and locales/EDITION/<chapter>.md.
 * Every block carries state, origin, key, reason (model/document.h); units are
 * matched by carried text, then pinned id, then address, in memory.  Blocks
 * that are not fit for print give an error diagnostic each (not-current ...)
 * unless options->draft.  Reads nothing but that folder. */
Document *overlay_apply(const Document *base, const Manual *manual,
                        const OverlayOptions *options, OverlayReport *report,
                        Diagnostics *diagnostics);

/* stages 0-2 and 8-10 of sync over the whole edition; with `write` false only
 * says what it would do.  Files written are listed in *changed (owned). */
bool overlay_sync(const Document *base, const Manual *manual,
                  const char *edition, bool write, GPtrArray *changed,
                  Diagnostics *diagnostics, GError **error);

#endif
