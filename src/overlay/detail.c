/* SPDX-License-Identifier: MIT */
/* Details: every unit of an edition beside today's base. */
#include "overlay/detail.h"

#include "base/message.h"
#include "base/nearest.h"
#include "overlay/match.h"
#include "overlay/verdict.h"
#include "overlay/via.h"

#include <string.h>

static OverlayDetail *
add_detail(OverlayDetails *details, const Unit *unit, const BaseBlock *block)
{
    Edition *edition = details->edition;
    OverlayDetail *detail = arena_new0(edition->arena, OverlayDetail);
    g_ptr_array_add(details->list, detail);
    detail->chapter = block != NULL ? edition->chapters[block->chapter].name
                                    : unit->file->name;
    detail->at = block != NULL ? block_anchor(block)
                 : unit->anchor != NULL ? unit->anchor : "?";
    detail->id = block != NULL ? block->id : detail->at;
    detail->hash = block != NULL ? block->hash : "";
    detail->base = block != NULL ? block->text : NULL;
    detail->target = "";
    detail->place = unit != NULL ? unit_place(unit)
                                 : document_place(block->node);
    if (block != NULL)
        detail->words = block->words;
    const Unit *via = block == NULL ? NULL : via_unit(details->via, block);
    detail->via = via == NULL ? NULL : via->target;
    if (unit == NULL)
        return detail;
    detail->operation = operation_name(unit->operation);
    detail->key = unit->key;
    detail->reason = unit->reason;
    detail->note = unit->note;
    detail->since = unit->since;
    detail->old = unit->old;
    detail->damaged = unit->damaged;
    detail->by_hand = unit->by_hand;
    detail->flagged = unit->flags & (FLAG_STALE | FLAG_REVIEW);
    detail->target = unit->target;
    detail->source = unit->src_text;
    if (unit->operation == OPERATION_INSERT)
        detail->words = 0;
    return detail;
}

static void
set_verdict(OverlayDetail *detail, const Verdict *verdict)
{
    detail->state = verdict->state;
    detail->severity = verdict->severity;
    detail->waived = verdict->waived;
}

/* what changed since the target was made or last acknowledged */
static void
set_texts(Edition *edition, OverlayDetail *detail, const Unit *unit)
{
    const char *known = unit_effective_canonical(unit);
    detail->source = unit_known_text(edition, unit);
    if (unit_is_forged(edition, unit) ||
        (unit_is_answered(unit) && unit_is_altered(unit)))
        known = unit->src_canonical;
    if (unit->block == NULL || known == NULL)
        return;
    detail->base = unit_base_text(edition, unit);
    const char *base = unit_base_canonical(edition, unit);
    if (strcmp(known, base) == 0)
        return;
    g_autofree char *diff =
        word_diff(known, base, edition->severity_words, NULL);
    detail->diff = edition_string(edition, diff);
}

static void
add_unit(OverlayDetails *details, const Unit *unit, const BaseBlock *block)
{
    OverlayDetail *detail = add_detail(details, unit, block);
    Verdict verdict = judge_unit(details->edition, unit, block);
    if (verdict.state == STATE_MISSING && block->orphaned)
        verdict = (Verdict){.state = STATE_CURRENT};
    set_verdict(detail, &verdict);
    if (unit != NULL)
        set_texts(details->edition, detail, unit);
}

static void
add_inserts(OverlayDetails *details, const BaseBlock *block, AnchorKind kind)
{
    const GPtrArray *inserts = block->inserts[kind];
    for (guint i = 0; inserts != NULL && i < inserts->len; i++)
        add_unit(details, g_ptr_array_index(inserts, i), block);
}

/* a whole section that is left out is told once, at its heading */
static void
add_removed(OverlayDetails *details, const BaseBlock *block)
{
    Verdict verdict = judge_removed(details->edition, block);
    const Unit *unit = block->removal;
    if (unit->block != block && verdict.state == STATE_CURRENT)
        return;
    OverlayDetail *detail = add_detail(details, unit, block);
    set_verdict(detail, &verdict);
    if (unit->block == block)
        set_texts(details->edition, detail, unit);
    else
        detail->source = NULL;
}

static void
add_homeless(OverlayDetails *details)
{
    const GPtrArray *units = details->edition->units;
    for (guint i = 0; i < units->len; i++) {
        const Unit *unit = g_ptr_array_index(units, i);
        if (unit->block != NULL || !unit_has_human_text(unit))
            continue;
        OverlayDetail *detail = add_detail(details, unit, NULL);
        detail->state = STATE_REVIEW;
        detail->homeless = unit->operation == OPERATION_INSERT ||
                           unit->operation == OPERATION_REPLACE;
    }
}

OverlayDetails *
overlay_details(const Document *base, const Manual *manual,
                const char *edition, Diagnostics *diagnostics)
{
    OverlayDetails *details = g_new0(OverlayDetails, 1);
    details->list = g_ptr_array_new();
    details->edition = edition_load(base, manual, edition, diagnostics);
    match_units(details->edition, &(MatchOptions){.for_sync = false},
                diagnostics);
    judge_orphaned_notes(details->edition, false);
    details->via = via_load(details->edition, diagnostics);
    for (int i = 0; i < details->edition->block_count; i++) {
        const BaseBlock *block = &details->edition->blocks[i];
        add_inserts(details, block, ANCHOR_BEFORE);
        if (block->removal != NULL)
            add_removed(details, block);
        else
            add_unit(details, block->unit, block);
        add_inserts(details, block, ANCHOR_FIRST_IN);
        add_inserts(details, block, ANCHOR_AFTER);
        add_inserts(details, block, ANCHOR_LAST_IN);
    }
    add_homeless(details);
    for (guint i = 0; i < details->edition->attic->len; i++)
        add_detail(details, g_ptr_array_index(details->edition->attic, i),
                   NULL);
    return details;
}

void
overlay_details_free(OverlayDetails *details)
{
    if (details == NULL)
        return;
    g_ptr_array_unref(details->list);
    edition_free(details->edition);
    edition_free(details->via);
    g_free(details);
}

const OverlayDetail *
overlay_details_find(const OverlayDetails *details, const char *key)
{
    for (guint i = 0; i < details->list->len; i++) {
        const OverlayDetail *detail = g_ptr_array_index(details->list, i);
        if (g_strcmp0(detail->key, key) == 0)
            return detail;
    }
    return NULL;
}

void
overlay_say_unknown_key(const Edition *edition, const char *key,
                        Diagnostics *diagnostics)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    const GPtrArray *lists[] = {edition->units, edition->attic};
    for (int i = 0; i < 2; i++) {
        for (guint j = 0; j < lists[i]->len; j++) {
            const Unit *unit = g_ptr_array_index(lists[i], j);
            if (unit->key != NULL)
                g_ptr_array_add(keys, (gpointer)unit->key);
        }
    }
    g_ptr_array_add(keys, NULL);
    g_autofree char *question =
        nearest_question(key, (const char *const *)keys->pdata);
    diagnostics_add(diagnostics, LEVEL_ERROR, "key-unknown",
                    (Place){NULL, 0, 0},
                    _("no unit of '%s' has the key '%s'; keys stand behind "
                      "key= in the directives%s"),
                    edition->name, key, question);
}
