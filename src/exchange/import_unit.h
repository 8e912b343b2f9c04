/* SPDX-License-Identifier: MIT */
/* One unit's merge; only import.c calls it. */
#ifndef EXCHANGE_IMPORT_UNIT_H
#define EXCHANGE_IMPORT_UNIT_H

#include "exchange/catalog.h"
#include "exchange/exchange.h"
#include "overlay/edition.h"

typedef struct {
    Edition *edition;
    ImportReport *report;
    GHashTable *touched; /* OverlayFile that has a changed unit */
    Diagnostics *diagnostics;
} Import;

/* entries: all that came back for the unit's key, in the order of the files */
void import_merge_unit(Import *import, Unit *unit, const GPtrArray *entries);

#endif
