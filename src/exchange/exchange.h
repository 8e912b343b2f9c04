/* SPDX-License-Identifier: MIT */
/*
 * Exchange with translators' tools: docs/format/exchange.md.
 *
 * Only `translate` units travel.  What comes back is merged three ways by key:
 * what left (its seal), what came back, and what stands in the overlay now.
 */
#ifndef EXCHANGE_EXCHANGE_H
#define EXCHANGE_EXCHANGE_H

#include "overlay/overlay.h"

typedef enum {
    TOOL_POEDIT,
    TOOL_WEBLATE,
    TOOL_OMEGAT,
    TOOL_TRADOS,
    TOOL_COUNT,
} Tool;
const char *tool_name(Tool tool);

/* Writes the edition into `folder`, a file for each chapter.  An existing file
 * with other bytes is never overwritten.  written: paths, owned by the array.
 * Diagnostics: export-exists, export-unsynced, export-control-character.  False: nothing was
 * written (said why, or error). */
bool exchange_export(const Document *base, const Manual *manual,
                     const char *edition, Tool tool, const char *folder,
                     GPtrArray *written, Diagnostics *diagnostics,
                     GError **error);

typedef struct {
    const char *edition;
    const char *path; /* a file, or a folder of them */
    bool write;       /* false: only say what would change */
} ImportOptions;

typedef struct {
    GPtrArray *lines; /* what happened to each unit, in words; owned */
    GPtrArray *files; /* paths that were (or would be) written; owned */
    int edited, acknowledged, drafts, conflicts;
} ImportReport;
ImportReport *import_report_new(void);
void import_report_free(ImportReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ImportReport, import_report_free)

/* Diagnostics: import-unreadable, import-inline, import-language,
 * import-conflict, import-draft, import-key-unknown, import-nothing.  False only when the
 * machine failed or OVERLAY_ERROR. */
bool exchange_import(const Document *base, const Manual *manual,
                     const ImportOptions *options, ImportReport *report,
                     Diagnostics *diagnostics, GError **error);

#endif
