/* SPDX-License-Identifier: MIT */
/*
 * Inserts follow their anchors.
 *
 * An insert carries its anchor's text, so it is found like a translation; but
 * several inserts may hang on one block, and one whose anchor is gone goes to
 * the nearest surviving predecessor, for review, rather than vanish.
 */
#include "overlay/match_stages.h"

#include <string.h>

/* the address of an anchor as blocks have it: a section is its heading */
static const BaseBlock *
same_heading(const BaseBlock *block, const Unit *unit)
{
    bool section = unit->anchor_kind == ANCHOR_FIRST_IN ||
                   unit->anchor_kind == ANCHOR_LAST_IN;
    return section && block->level == 0 ? NULL : block;
}

static int
rate_anchor(const Edition *edition, const Unit *unit, const BaseBlock *block)
{
    int rate = 0;
    if (match_same_address(edition, unit, block))
        rate += block->pin != NULL ? 16 : 4;
    const Unit *before = match_neighbour(unit, -1);
    const Unit *after = match_neighbour(unit, 1);
    rate += 4 * (before != NULL && before->block == block);
    rate += 2 * (after != NULL && after->block == block);
    if (unit->file == edition->chapters[block->chapter].file)
        rate += 2;
    return rate + match_same_section(unit, block);
}

static BaseBlock *
find_exact(Edition *edition, const Unit *unit, const char *canonical)
{
    BaseBlock *best = NULL;
    int best_rate = -1;
    for (int i = 0; i < edition->block_count && canonical != NULL; i++) {
        BaseBlock *block = &edition->blocks[i];
        if (same_heading(block, unit) == NULL ||
            strcmp(block->canonical, canonical) != 0)
            continue;
        int rate = rate_anchor(edition, unit, block);
        if (rate > best_rate) {
            best = block;
            best_rate = rate;
        }
    }
    return best;
}

static BaseBlock *
find_pinned(Edition *edition, const Unit *unit)
{
    for (int i = 0; i < edition->block_count && unit->anchor != NULL; i++) {
        BaseBlock *block = &edition->blocks[i];
        if (block->pin == NULL || same_heading(block, unit) == NULL)
            continue;
        if (strcmp(block->pin, unit->anchor) == 0 ||
            (block->level > 0 && strcmp(block->at, unit->anchor) == 0))
            return block;
    }
    return NULL;
}

/* of a block that was divided, what stands behind it stands behind all parts */
static BaseBlock *
last_part(const Edition *edition, const Unit *owner)
{
    int order = owner->block->order;
    while (order + 1 < edition->block_count &&
           edition->blocks[order + 1].claimed &&
           g_strcmp0(edition->blocks[order + 1].hint, owner->key) == 0)
        order++;
    return &edition->blocks[order];
}

/* the unit of the anchor knows where the anchor went */
static BaseBlock *
find_by_owner(const Edition *edition, const Unit *unit)
{
    const char *text = unit_latest_canonical(unit);
    for (guint i = 0; i < edition->units->len && text != NULL; i++) {
        const Unit *owner = g_ptr_array_index(edition->units, i);
        if (owner->operation == OPERATION_INSERT || owner->block == NULL ||
            owner->anchor_kind != ANCHOR_AT || owner->match == MATCH_ADDRESS)
            continue;
        if (g_strcmp0(owner->src_canonical, text) == 0 ||
            g_strcmp0(owner->now_canonical, text) == 0)
            return owner->match == MATCH_SPLIT &&
                           unit->anchor_kind == ANCHOR_AFTER
                       ? last_part(edition, owner)
                       : owner->block;
    }
    return NULL;
}

/* the block of the unit that stands before the insert in its file */
static BaseBlock *
find_predecessor(const Unit *unit)
{
    const Unit *before = unit;
    do
        before = match_neighbour(before, -1);
    while (before != NULL && before->block == NULL);
    return before == NULL ? NULL : before->block;
}

static void
find_anchor(Edition *edition, Unit *unit, Diagnostics *diagnostics)
{
    unit->match = MATCH_EXACT;
    if (unit->src_canonical == NULL) {
        unit->match = MATCH_ADDRESS;
        bool section = unit->anchor_kind == ANCHOR_FIRST_IN ||
                       unit->anchor_kind == ANCHOR_LAST_IN;
        unit->block = unit->anchor == NULL ? NULL
                      : section
                          ? edition_find_section(edition, unit->anchor)
                          : match_find_address(edition, unit, unit->anchor);
        if (unit->block == NULL) {
            edition->failed = true;
            match_report_unknown(edition, unit, diagnostics);
        }
        return;
    }
    unit->block = find_exact(edition, unit, unit_effective_canonical(unit));
    if (unit->block == NULL)
        unit->block = find_exact(edition, unit, unit_latest_canonical(unit));
    if (unit->block != NULL)
        return;
    unit->match = MATCH_PINNED;
    unit->block = find_pinned(edition, unit);
    if (unit->block != NULL)
        return;
    unit->match = MATCH_FUZZY;
    unit->block = find_by_owner(edition, unit);
    if (unit->block != NULL && same_heading(unit->block, unit) != NULL)
        return;
    unit->match = MATCH_NEAREST;
    unit->block = find_predecessor(unit);
}

/* where in the output an insert stands: behind which block, in which list */
static void
place_insert(Edition *edition, Unit *unit)
{
    BaseBlock *block = unit->block;
    AnchorKind kind = unit->anchor_kind;
    if (unit->match == MATCH_NEAREST || kind == ANCHOR_AT ||
        kind == ANCHOR_SECTION)
        kind = ANCHOR_AFTER;
    if (kind == ANCHOR_LAST_IN)
        block = &edition->blocks[edition_section_end(edition, block) - 1];
    if (block->inserts[kind] == NULL)
        block->inserts[kind] = g_ptr_array_new();
    GPtrArray *list = block->inserts[kind];
    /* sections that end together: the inner one's inserts come first */
    guint index = list->len;
    while (kind == ANCHOR_LAST_IN && index > 0) {
        const Unit *other = g_ptr_array_index(list, index - 1);
        if (other->block->level >= unit->block->level)
            break;
        index--;
    }
    g_ptr_array_insert(list, (int)index, unit);
}

void
match_inserts(Edition *edition, Diagnostics *diagnostics)
{
    for (guint i = 0; i < edition->units->len; i++) {
        Unit *unit = g_ptr_array_index(edition->units, i);
        if (unit->operation != OPERATION_INSERT)
            continue;
        find_anchor(edition, unit, diagnostics);
        if (unit->block != NULL)
            place_insert(edition, unit);
        else
            unit->match = MATCH_NONE;
    }
}
