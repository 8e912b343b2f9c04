/* SPDX-License-Identifier: MIT */
/* What the planning and the writing half of sync share. */
#ifndef OVERLAY_SYNC_H
#define OVERLAY_SYNC_H

#include "overlay/edition.h"
#include "overlay/overlay.h"

/* a file as it shall be */
typedef struct {
    OverlayFile *file;
    char *text;         /* NULL: it shall be gone */
    char *both;         /* its text and the units that leave it, or NULL */
    bool gains;         /* units come from other files */
    bool changed;
    GBytes *old;        /* while it is written: as it was read */
    bool final;         /* and whether it has been written as it shall be */
} PlannedFile;

typedef struct {
    GPtrArray *files;   /* PlannedFile, owned */
} SyncPlan;

/* Stages 1-8: matches, brings every unit up to date and emits all files.  The
 * edition's units are changed.  NULL where it has errors of its own. */
SyncPlan *sync_plan(Edition *edition, const SyncOptions *options,
                    Diagnostics *diagnostics);
SyncPlan *sync_plan_new(void); /* without files */
void sync_plan_free(SyncPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SyncPlan, sync_plan_free)

/* Stage 9.  `before`: sync_human_texts of the edition as it was read. */
GPtrArray *sync_human_texts(const Edition *edition);
bool sync_check_nothing_lost(const GPtrArray *before, const SyncPlan *plan,
                             Arena *arena, GError **error);

/* Stage 10.  FILE_ERROR_CHANGED: somebody wrote a file since it was read. */
bool sync_write(const Edition *edition, SyncPlan *plan, GError **error);

/* Makes every unit of the edition what it must be today (stage 7).  Warning
 * unit-unconfirmed. */
void sync_update_units(Edition *edition, const SyncOptions *options,
                       Diagnostics *diagnostics);

/* One writer for each edition: a descriptor that is closed when the work is
 * done; -1 and an error if somebody else has it. */
int sync_lock_edition(const Manual *manual, const char *edition,
                      GError **error);

/* false after key-unknown */
bool sync_check_keys(const Edition *edition, const SyncOptions *options,
                     Diagnostics *diagnostics);

#endif
