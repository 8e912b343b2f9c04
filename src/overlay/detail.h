/* SPDX-License-Identifier: MIT */
/*
 * An edition unit by unit, with the texts: what `diff`, `deviations`, `attic`,
 * `ack` and `waive` show or decide about.  Reads only.
 */
#ifndef OVERLAY_DETAIL_H
#define OVERLAY_DETAIL_H

#include "overlay/edition.h"
#include "overlay/overlay.h"

/* one base block with its unit, an insert, or a unit that has no block */
typedef struct {
    const char *chapter, *at, *id;
    const char *key, *reason, *note, *since; /* may be NULL */
    const char *operation;                   /* NULL: it has no unit */
    BlockState state; /* never STATE_BROKEN: structure is not looked at */
    Severity severity;
    bool old;         /* in the attic */
    bool homeless, damaged, waived, by_hand;
    bool flagged;     /* STALE or REVIEW stands on it */
    Place place;
    int words;        /* of the base block */
    const char *source; /* what the target was made from, or NULL */
    const char *base;   /* the base's text of today; NULL: it is gone */
    const char *hash;   /* of the block, "" where it is gone */
    const char *diff;   /* from source to base, NULL where they are equal */
    const char *target; /* "" if none */
    const char *via;    /* the base in the working language, or NULL */
} OverlayDetail;

typedef struct {
    GPtrArray *list; /* OverlayDetail, in the order of the base, then units
                        without a block, then the attic */
    Edition *edition; /* owns the texts */
    Edition *via;     /* of the working language, or NULL */
} OverlayDetails;

/* Never NULL; edition->failed where the overlay has errors. */
OverlayDetails *overlay_details(const Document *base, const Manual *manual,
                                const char *edition, Diagnostics *diagnostics);
void overlay_details_free(OverlayDetails *details);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OverlayDetails, overlay_details_free)
/* the unit with this key, live or in the attic, or NULL */
const OverlayDetail *overlay_details_find(const OverlayDetails *details,
                                          const char *key);
/* key-unknown, with the nearest keys */
void overlay_say_unknown_key(const Edition *edition, const char *key,
                             Diagnostics *diagnostics);

/* Lets the unit `key` through until its base block changes: writes a <waiver>
 * into locales/EDITION/edition.xml, in the place of an older one for the key;
 * nothing else of the file changes.  False after diagnostics (key-unknown, waiver-refused) or error. */
bool overlay_waive(const Document *base, const Manual *manual,
                   const char *edition, const char *key, const char *reason,
                   Diagnostics *diagnostics, GError **error);
/* Lets an overdue fact, or research data, of an edition (the base's, too) into
 * print until its review-by is another one. */
bool overlay_waive_fact(const Manual *manual, const char *edition,
                        const char *fact, const char *review_by,
                        const char *reason, Diagnostics *diagnostics,
                        GError **error);

#endif
