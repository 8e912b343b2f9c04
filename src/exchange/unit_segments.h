/* SPDX-License-Identifier: MIT */
/* A unit's base text and target side by side, in segments. */
#ifndef EXCHANGE_UNIT_SEGMENTS_H
#define EXCHANGE_UNIT_SEGMENTS_H

#include "exchange/segment.h"
#include "overlay/edition.h"

typedef struct {
    BlockKind kind;
    char *base;        /* today's; of a unit in the attic, what it carries */
    GPtrArray *source; /* its segments */
    GPtrArray *target; /* alike; NULL: nobody has written anything */
} UnitSegments;

/* whole: a list or table in one piece; it is anyway where the target has other
 * items or cells than the base */
UnitSegments *unit_segments_new(const Unit *unit, bool whole);
void unit_segments_free(UnitSegments *segments);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(UnitSegments, unit_segments_free)
/* what translators see as the translation of segment `index`, "" if none; of a
 * draft's item or cell that is still the base's, also "" */
const char *unit_segments_target(const UnitSegments *segments,
                                 const Unit *unit, guint index);
/* raw text that the target was made from, as far as a person has confirmed it */
char *unit_known_source(const Edition *edition, const Unit *unit);

#endif
