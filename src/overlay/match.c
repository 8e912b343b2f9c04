/* SPDX-License-Identifier: MIT */
/*
 * Matching, from certain to doubtful.  In each stage units that hold a person's
 * work go before those that only say TODO.
 *
 *   match_units
 *     link_neighbours
 *     match_removals      remove section=
 *     match_exact         equal text: 1:1, then the best of several
 *     restore_attic       (sync) text that came back
 *     match_pinned        an explicit id, whatever the text
 *     match_by_hand       no text yet: the address says it
 *     match_splits, match_merges, match_fuzzy, hint_gaps     match_fuzzy.c
 *     match_addresses     (not sync)
 *     match_inserts       match_inserts.c
 */
#include "overlay/match.h"

#include "overlay/match_stages.h"

#include "base/message.h"
#include "base/nearest.h"

#include <string.h>

bool
unit_is_answered(const Unit *unit)
{
    return unit->now_canonical != NULL &&
           !(unit->flags & (FLAG_STALE | FLAG_REVIEW));
}

const char *
unit_effective_canonical(const Unit *unit)
{
    return unit_is_answered(unit) ? unit->now_canonical : unit->src_canonical;
}

const char *
unit_latest_canonical(const Unit *unit)
{
    return unit->now_canonical != NULL ? unit->now_canonical
                                       : unit->src_canonical;
}

bool
match_is_free(const Unit *unit)
{
    return unit->block == NULL && unit->operation != OPERATION_INSERT &&
           unit->anchor_kind != ANCHOR_SECTION;
}

bool
match_is_unwritten(const Unit *unit)
{
    return unit->operation == OPERATION_TRANSLATE && !unit_has_human_text(unit);
}

void
match_pair(Unit *unit, BaseBlock *block, MatchKind kind)
{
    unit->block = block;
    unit->match = kind;
    block->unit = unit;
}

bool
match_same_address(const Edition *edition, const Unit *unit,
                   const BaseBlock *block)
{
    if (unit->anchor == NULL)
        return false;
    if (block->pin != NULL && strcmp(unit->anchor, block->pin) == 0)
        return true;
    return strcmp(unit->anchor, block->at) == 0 &&
           unit->file == edition->chapters[block->chapter].file;
}

const Unit *
match_neighbour(const Unit *unit, int step)
{
    return step < 0 ? unit->previous : unit->next;
}

/* does the unit's neighbour on this side own the block's neighbour? */
bool
match_beside(const Edition *edition, const Unit *unit, const BaseBlock *block,
             int step)
{
    const Unit *neighbour = match_neighbour(unit, step);
    int order = block->order + step;
    return neighbour != NULL && neighbour->block != NULL && order >= 0 &&
           order < edition->block_count &&
           neighbour->block == &edition->blocks[order];
}

bool
match_same_section(const Unit *unit, const BaseBlock *block)
{
    const BaseBlock *heading = block->section;
    if (heading == NULL || unit->anchor == NULL)
        return false;
    size_t length = strlen(heading->id);
    return strncmp(unit->anchor, heading->id, length) == 0 &&
           (unit->anchor[length] == '.' || unit->anchor[length] == 0);
}

/* ---- equal text ----------------------------------------------------- */

static int
rate_exact(const Edition *edition, const Unit *unit, const BaseBlock *block)
{
    int rate = 0;
    if (match_same_address(edition, unit, block))
        rate += block->pin != NULL ? 16 : 3;
    rate += 4 * match_beside(edition, unit, block, -1);
    rate += 4 * match_beside(edition, unit, block, 1);
    if (unit->file == edition->chapters[block->chapter].file)
        rate += 2;
    rate += match_same_section(unit, block);
    return rate;
}

/* several units or several blocks share one text: best pair first */
static void
match_group(const Edition *edition, GPtrArray *units, GPtrArray *blocks)
{
    while (units->len > 0 && blocks->len > 0) {
        int best = -1;
        guint best_unit = 0, best_block = 0;
        for (guint i = 0; i < units->len; i++) {
            for (guint j = 0; j < blocks->len; j++) {
                int rate =
                    rate_exact(edition, units->pdata[i], blocks->pdata[j]);
                if (rate > best) {
                    best = rate;
                    best_unit = i;
                    best_block = j;
                }
            }
        }
        match_pair(units->pdata[best_unit], blocks->pdata[best_block],
                   MATCH_EXACT);
        g_ptr_array_remove_index(units, best_unit);
        g_ptr_array_remove_index(blocks, best_block);
    }
}

static void
add_to_group(GHashTable *groups, const char *text, gpointer item)
{
    GPtrArray *group = g_hash_table_lookup(groups, text);
    if (group == NULL) {
        group = g_ptr_array_new();
        g_hash_table_insert(groups, (gpointer)text, group);
    }
    g_ptr_array_add(group, item);
}

typedef const char *(*UnitText)(const Unit *unit);

static void
match_exact(Edition *edition, const GPtrArray *units, UnitText text, bool empty)
{
    g_autoptr(GHashTable) unit_groups = g_hash_table_new_full(
        g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
    g_autoptr(GHashTable) block_groups = g_hash_table_new_full(
        g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < units->len; i++) {
        Unit *unit = g_ptr_array_index(units, i);
        if (match_is_free(unit) && text(unit) != NULL &&
            match_is_unwritten(unit) == empty)
            add_to_group(unit_groups, text(unit), unit);
    }
    for (int i = 0; i < edition->block_count; i++) {
        if (edition->blocks[i].unit == NULL)
            add_to_group(block_groups, edition->blocks[i].canonical,
                         &edition->blocks[i]);
    }
    /* 1:1 first: they are the neighbours by which the others are told apart */
    for (int pass = 0; pass < 2; pass++) {
        for (guint i = 0; i < units->len; i++) {
            Unit *unit = g_ptr_array_index(units, i);
            if (!match_is_free(unit) || text(unit) == NULL)
                continue;
            GPtrArray *group = g_hash_table_lookup(unit_groups, text(unit));
            GPtrArray *blocks = g_hash_table_lookup(block_groups, text(unit));
            if (group == NULL || blocks == NULL)
                continue;
            if (pass == 1 || (group->len == 1 && blocks->len == 1))
                match_group(edition, group, blocks);
        }
    }
}

/* ---- the other certain stages --------------------------------------- */

/* sync only: a text of the base that was deleted once is here again */
static void
restore_attic(Edition *edition)
{
    match_exact(edition, edition->attic, unit_effective_canonical, false);
    match_exact(edition, edition->attic, unit_latest_canonical, false);
    for (guint i = 0; i < edition->attic->len;) {
        Unit *unit = g_ptr_array_index(edition->attic, i);
        if (unit->block == NULL) {
            i++;
            continue;
        }
        unit->old = false;
        unit->since = NULL;
        g_ptr_array_add(edition->units, unit);
        g_ptr_array_remove_index(edition->attic, i);
    }
}

/* by an explicit id, or the label of a footnote in the same chapter */
static bool
is_pinned(const Edition *edition, const BaseBlock *block, const Unit *unit)
{
    if (unit->anchor == NULL)
        return false;
    if (strcmp(block->kind, "fn") == 0)
        return match_same_address(edition, unit, block);
    if (block->pin == NULL)
        return false;
    if (strcmp(block->pin, unit->anchor) == 0)
        return true;
    return block->level > 0 && strcmp(block->at, unit->anchor) == 0;
}

static void
match_pinned(Edition *edition, bool empty)
{
    for (guint i = 0; i < edition->units->len; i++) {
        Unit *unit = g_ptr_array_index(edition->units, i);
        for (int j = 0; j < edition->block_count && match_is_free(unit) &&
                        match_is_unwritten(unit) == empty;
             j++) {
            BaseBlock *block = &edition->blocks[j];
            if (block->unit == NULL && is_pinned(edition, block, unit))
                match_pair(unit, block, MATCH_PINNED);
        }
    }
}

/* the block that an address in this file means; the own chapter first */
BaseBlock *
match_find_address(const Edition *edition, const Unit *unit,
                   const char *address)
{
    BaseBlock *found = NULL;
    for (int i = 0; i < edition->block_count; i++) {
        BaseBlock *block = &edition->blocks[i];
        bool pin = block->pin != NULL && strcmp(block->pin, address) == 0;
        if (!pin && strcmp(block->at, address) != 0 &&
            strcmp(block->id, address) != 0)
            continue;
        if (pin || block->chapter == unit->file->chapter)
            return block;
        found = found == NULL ? block : found;
    }
    return found;
}

void
match_report_unknown(const Edition *edition, const Unit *unit,
                     Diagnostics *diagnostics)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (int i = 0; i < edition->block_count; i++)
        g_ptr_array_add(names, (gpointer)block_anchor(&edition->blocks[i]));
    g_ptr_array_add(names, NULL);
    const char *address = unit->anchor == NULL ? "" : unit->anchor;
    g_autofree char *question =
        nearest_question(address, (const char *const *)names->pdata);
    diagnostics_add(diagnostics, LEVEL_ERROR, "anchor-unknown",
                    unit_place(unit), _("no block of the base is at '%s'%s%s"),
                    address, question,
                    *question == 0 ? _("; docs/format/overlay.md tells how "
                                       "blocks are addressed")
                                   : "");
}

static void
match_by_hand(Edition *edition, Diagnostics *diagnostics)
{
    for (guint i = 0; i < edition->units->len; i++) {
        Unit *unit = g_ptr_array_index(edition->units, i);
        if (!match_is_free(unit) || unit->src_canonical != NULL ||
            unit->anchor == NULL)
            continue;
        BaseBlock *block = match_find_address(edition, unit, unit->anchor);
        if (block == NULL) {
            edition->failed = true;
            match_report_unknown(edition, unit, diagnostics);
        } else if (block->unit != NULL) {
            edition->failed = true;
            diagnostics_add(diagnostics, LEVEL_ERROR, "unit-duplicate",
                            unit_place(unit),
                            _("the block '%s' already has a unit at %s:%d; put "
                              "both texts into one of them"),
                            unit->anchor, block->unit->file->path,
                            block->unit->line);
        } else {
            match_pair(unit, block, MATCH_ADDRESS);
        }
    }
}

static void
match_addresses(Edition *edition)
{
    for (guint i = 0; i < edition->units->len; i++) {
        Unit *unit = g_ptr_array_index(edition->units, i);
        for (int j = 0; j < edition->block_count && match_is_free(unit); j++) {
            BaseBlock *block = &edition->blocks[j];
            if (block->unit == NULL && !block->claimed &&
                match_same_address(edition, unit, block))
                match_pair(unit, block, MATCH_ADDRESS);
        }
    }
}

/* ---- removed sections ----------------------------------------------- */

/* is every line of `part` there, in one piece? */
static bool
holds_lines(const char *whole, const char *part)
{
    g_autofree char *a = g_strdup_printf("\n%s\n", whole);
    g_autofree char *b = g_strdup_printf("\n%s\n", part);
    return strstr(a, b) != NULL;
}

static BaseBlock *
find_removed_heading(Edition *edition, const Unit *unit)
{
    BaseBlock *heading =
        unit->anchor == NULL ? NULL : edition_find_section(edition, unit->anchor);
    if (heading != NULL || unit->src_canonical == NULL)
        return heading;
    g_autofree char *first = g_strndup(unit->src_canonical,
                                       strcspn(unit->src_canonical, "\n"));
    for (int i = 0; i < edition->block_count; i++) {
        if (edition->blocks[i].level > 0 &&
            strcmp(edition->blocks[i].canonical, first) == 0)
            return &edition->blocks[i];
    }
    return NULL;
}

static void
match_removals(Edition *edition, Diagnostics *diagnostics)
{
    for (guint i = 0; i < edition->units->len; i++) {
        Unit *unit = g_ptr_array_index(edition->units, i);
        if (unit->anchor_kind != ANCHOR_SECTION)
            continue;
        BaseBlock *heading = find_removed_heading(edition, unit);
        if (heading == NULL) {
            if (unit->src_canonical == NULL) {
                edition->failed = true;
                match_report_unknown(edition, unit, diagnostics);
            }
            continue;
        }
        unit->block = heading;
        unit->match = MATCH_PINNED;
        const char *known = unit_effective_canonical(unit);
        int end = edition_section_end(edition, heading);
        for (int j = heading->order; j < end; j++) {
            BaseBlock *block = &edition->blocks[j];
            if (block->removal != NULL)
                continue;
            block->removal = unit;
            block->removed =
                known == NULL || holds_lines(known, block->canonical);
        }
    }
}

/* owners beside each live unit, as the files have them before anything moves */
static void
link_neighbours(Edition *edition)
{
    for (guint i = 0; i < edition->files->len; i++) {
        const OverlayFile *file = g_ptr_array_index(edition->files, i);
        Unit *previous = NULL;
        for (guint j = 0; j < file->units->len; j++) {
            Unit *unit = g_ptr_array_index(file->units, j);
            if (unit->old)
                continue;
            unit->previous = previous;
            if (unit->operation != OPERATION_INSERT &&
                unit->anchor_kind != ANCHOR_SECTION)
                previous = unit;
        }
        const Unit *next = NULL;
        for (guint j = file->units->len; j > 0; j--) {
            Unit *unit = g_ptr_array_index(file->units, j - 1);
            if (unit->old)
                continue;
            unit->next = next;
            if (unit->operation != OPERATION_INSERT &&
                unit->anchor_kind != ANCHOR_SECTION)
                next = unit;
        }
    }
}

void
match_units(Edition *edition, const MatchOptions *options,
            Diagnostics *diagnostics)
{
    link_neighbours(edition);
    match_removals(edition, diagnostics);
    match_exact(edition, edition->units, unit_effective_canonical, false);
    match_exact(edition, edition->units, unit_latest_canonical, false);
    if (options->for_sync)
        restore_attic(edition);
    match_pinned(edition, false);
    match_by_hand(edition, diagnostics);
    /* A block that already has its TODO stood in the base beside the blocks of
     * all other units; none of them can have become it. */
    match_exact(edition, edition->units, unit_effective_canonical, true);
    match_splits(edition);
    match_merges(edition);
    match_fuzzy(edition, false);
    match_pinned(edition, true);
    hint_gaps(edition);
    match_fuzzy(edition, true);
    if (!options->for_sync)
        match_addresses(edition);
    match_inserts(edition, diagnostics);
}
