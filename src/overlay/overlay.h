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
    bool as_translated; /* the base as each unit carries it: nothing is stale */
    bool with_via;     /* the report also gets the working language */
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
    const char *via;       /* its text in the working language, or NULL */
} OverlayBlock;

typedef struct {
    GPtrArray *blocks;  /* OverlayBlock, owned */
    GStringChunk *texts;
    const char *via;    /* the edition of the working language, or NULL */
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

/* Counts of an edition by chapter and state, made of a report.  Percentages
 * count words of base blocks; inserts and homeless units have none. */
typedef struct {
    const char *chapter; /* borrowed of the report; NULL: the sum */
    int blocks[STATE_COUNT], words[STATE_COUNT];
    int waived, homeless, damaged;
} StatusCounts;
/* the edition's state, as overlay_apply sees it in a draft */
OverlayReport *overlay_status(const Document *base, const Manual *manual,
                              const char *edition, Diagnostics *diagnostics);
/* chapters in their order, the sum last; owned array of StatusCounts */
GArray *overlay_status_count(const OverlayReport *report);
/* current words of all words, rounded down so that 100 means all */
int status_percent(const StatusCounts *counts);
/* for a terminal; owned */
char *overlay_status_table(const OverlayReport *report, const char *edition);
/* one JSON value in one line without line end; owned */
char *overlay_status_json(const OverlayReport *report, const char *edition);

#define OVERLAY_ERROR (overlay_error_quark())
GQuark overlay_error_quark(void);
typedef enum {
    OVERLAY_ERROR_LOCKED,     /* another program is writing this edition */
    OVERLAY_ERROR_WOULD_LOSE, /* a promise of ours broken: exit code 3 */
} OverlayErrorCode;

typedef struct {
    const char *edition;
    bool write;       /* false: only say what would change */
    bool has_seed;    /* tests: keys are made from `seed` */
    guint32 seed;
    /* `ack`: units whose change a person has looked at, NULL-terminated, or
     * NULL; the text that =now shows becomes what they translate.  A key that
     * is not there is the error key-unknown, and nothing is written. */
    const char *const *acknowledge;
    bool acknowledge_edited; /* all flagged ones whose target was changed */
    bool acknowledge_today;  /* with `acknowledge`: also a change that =now does
                                not show yet (`ack --trivial`) */
} SyncOptions;

/* Brings the overlay files of an edition after the base: every stage of
 * docs/format/overlay.md.  Files that were (or would be) written are appended
 * to `changed` (strings, owned by the array; may be NULL).  False only when the
 * machine failed or OVERLAY_ERROR; where the overlay has errors of its own they
 * are in diagnostics and nothing was written. */
bool overlay_sync_with(const Document *base, const Manual *manual,
                       const SyncOptions *options, GPtrArray *changed,
                       Diagnostics *diagnostics, GError **error);
bool overlay_sync(const Document *base, const Manual *manual,
                  const char *edition, bool write, GPtrArray *changed,
                  Diagnostics *diagnostics, GError **error);

#endif
