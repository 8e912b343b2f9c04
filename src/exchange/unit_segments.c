/* SPDX-License-Identifier: MIT */
/* Units in segments. */
#include "exchange/unit_segments.h"

#include "overlay/verdict.h"

#include <string.h>

UnitSegments *
unit_segments_new(const Unit *unit, bool whole)
{
    UnitSegments *segments = g_new0(UnitSegments, 1);
    const char *raw = unit->block != NULL      ? unit->block->text
                      : unit->src_text != NULL ? unit->src_text
                                               : "";
    segments->base = text_without_digest(raw);
    BlockKind kind = block_kind_of(segments->base);
    bool parts = kind == BLOCK_LIST || kind == BLOCK_TABLE;
    bool empty = unit_target_is_empty(unit);
    if (parts && !whole && !empty) {
        g_autoptr(GPtrArray) source = segments_of(segments->base, kind);
        g_autoptr(GPtrArray) target = segments_of(unit->target, kind);
        whole = !segments_alike(source, target);
    }
    segments->kind = parts && whole ? BLOCK_OTHER : kind;
    segments->source = segments_of(segments->base, segments->kind);
    if (!empty)
        segments->target = segments_of(unit->target, segments->kind);
    return segments;
}

void
unit_segments_free(UnitSegments *segments)
{
    if (segments == NULL)
        return;
    g_free(segments->base);
    g_ptr_array_unref(segments->source);
    if (segments->target != NULL)
        g_ptr_array_unref(segments->target);
    g_free(segments);
}

const char *
unit_segments_target(const UnitSegments *segments, const Unit *unit,
                     guint index)
{
    if (segments->target == NULL)
        return "";
    const Segment *target = g_ptr_array_index(segments->target, index);
    const Segment *source = g_ptr_array_index(segments->source, index);
    bool left = unit->flags & FLAG_DRAFT && segments->source->len > 1 &&
                strcmp(target->text, source->text) == 0;
    return left ? "" : target->text;
}

char *
unit_known_source(const Edition *edition, const Unit *unit)
{
    const char *raw = unit_known_text(edition, unit);
    return text_without_digest(raw == NULL ? "" : raw);
}
