/* SPDX-License-Identifier: MIT */
/*
 * Merging units by key.
 *
 *   overlay_merge
 *     parse_side        three files, units by key
 *     merge_units         ours in their order, theirs after their predecessors
 *       merge_unit          one unit that both sides changed
 *         merge_target        whose text; both: a conflict
 *         choose_claim        whose word that it is current, and about what
 *     drop_twins          two TODO units that two syncs made for one block
 */
#include "overlay/merge.h"

#include "base/message.h"
#include "overlay/overlay_file.h"

#include <string.h>

typedef struct {
    OverlayFile *file;
    GHashTable *units; /* name -> Unit; names owned */
    GHashTable *names; /* Unit -> name, borrowed */
} Side;

typedef struct {
    Arena *arena;
    Side ancestor, ours, theirs;
    int conflicts;
} Merge;

/* ---- reading -------------------------------------------------------- */

/* what identifies a unit: its key, or what a person wrote before there was
 * one, and which of those that say the same it is */
static char *
name_unit(const Side *side, const Unit *unit)
{
    if (unit->key != NULL)
        return g_strdup(unit->key);
    for (int i = 0;; i++) {
        char *name = g_strdup_printf("%d %d %s %d", (int)unit->operation,
                                     (int)unit->anchor_kind,
                                     unit->anchor ? unit->anchor : "", i);
        if (!g_hash_table_contains(side->units, name))
            return name;
        g_free(name);
    }
}

static bool
parse_side(Merge *merge, Side *side, Source *source, Diagnostics *diagnostics)
{
    side->file = g_new0(OverlayFile, 1);
    side->file->name = side->file->path = source->file;
    side->file->units = g_ptr_array_new();
    side->file->source = source;
    side->units = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    side->names = g_hash_table_new(NULL, NULL);
    if (!overlay_file_parse(side->file, merge->arena, diagnostics))
        return false;
    for (guint i = 0; i < side->file->units->len; i++) {
        Unit *unit = g_ptr_array_index(side->file->units, i);
        char *name = name_unit(side, unit);
        if (g_hash_table_contains(side->units, name)) {
            diagnostics_add(diagnostics, LEVEL_ERROR, "key-duplicate",
                            unit_place(unit),
                            _("the key '%s' stands twice in this file; it is "
                              "merged by lines"),
                            name);
            g_free(name);
            return false;
        }
        g_hash_table_insert(side->units, name, unit);
        g_hash_table_insert(side->names, unit, name);
    }
    return true;
}

static void
clear_side(Side *side)
{
    if (side->file == NULL)
        return;
    g_hash_table_unref(side->units);
    g_hash_table_unref(side->names);
    side->file->source = NULL; /* the caller's */
    overlay_file_free(side->file);
}

/* ---- strings -------------------------------------------------------- */

static bool
same(const char *a, const char *b)
{
    return g_strcmp0(a, b) == 0;
}

/* whoever changed it wins; both, differently: *clash */
static const char *
pick(const char *old, const char *ours, const char *theirs, bool *clash)
{
    if (same(ours, theirs) || same(old, theirs))
        return ours;
    if (same(old, ours))
        return theirs;
    *clash = true;
    return ours;
}

/* both are kept where both changed what people wrote */
static const char *
pick_both(Merge *merge, const char *old, const char *ours, const char *theirs,
          const char *between)
{
    bool clash = false;
    const char *picked = pick(old, ours, theirs, &clash);
    if (!clash)
        return picked;
    if (ours == NULL || theirs == NULL)
        return ours == NULL ? theirs : ours;
    g_autofree char *both = g_strconcat(ours, between, theirs, NULL);
    return arena_strndup(merge->arena, both, -1);
}

static bool
same_unit(const Unit *a, const Unit *b)
{
    return a->operation == b->operation && a->old == b->old &&
           a->anchor_kind == b->anchor_kind && same(a->anchor, b->anchor) &&
           same(a->src, b->src) && same(a->now, b->now) &&
           same(a->tgt, b->tgt) && same(a->ack, b->ack) &&
           same(a->reason, b->reason) &&
           same(a->since, b->since) && same(a->hint, b->hint) &&
           same(a->extra, b->extra) && a->flags == b->flags &&
           same(a->src_text, b->src_text) && same(a->now_text, b->now_text) &&
           same(a->diff, b->diff) && same(a->severity, b->severity) &&
           same(a->note, b->note) && same(a->target, b->target);
}

/* ---- claims --------------------------------------------------------- */

static bool
same_claim(const Unit *a, const Unit *b)
{
    const unsigned words = FLAG_STALE | FLAG_REVIEW;
    return same(a->src, b->src) && same(a->src_text, b->src_text) &&
           same(a->now, b->now) && same(a->now_text, b->now_text) &&
           same(a->tgt, b->tgt) && same(a->ack, b->ack) &&
           (a->flags & words) == (b->flags & words);
}

static bool
is_flagged(const Unit *unit)
{
    return unit->flags & (FLAG_STALE | FLAG_REVIEW);
}

/* the text of the base that the unit says its target is about */
static const char *
claimed(const Unit *unit)
{
    return unit->now != NULL && !is_flagged(unit) ? unit->now : unit->src;
}

static void
copy_claim(Unit *to, const Unit *from)
{
    const unsigned words = FLAG_STALE | FLAG_REVIEW;
    to->src = from->src;
    to->src_text = from->src_text;
    to->now = from->now;
    to->now_text = from->now_text;
    to->tgt = from->tgt;
    to->ack = from->ack;
    to->diff = from->diff;
    to->severity = from->severity;
    to->flags = (to->flags & ~words) | (from->flags & words);
}

/* `holder`: the side whose target is kept.  Its claim is about that text.  The
 * other side's flag is news about the base and stays, unless the holder has
 * answered just that; the other side's word that it is current is about
 * another text and does not count. */
static const Unit *
choose_claim(const Unit *old, const Unit *holder, const Unit *other)
{
    if (same_claim(holder, other))
        return holder;
    bool same_text = same(holder->target, other->target);
    if (old != NULL && same_text && same_claim(old, holder))
        return other;
    if (is_flagged(other) && !is_flagged(holder))
        return other->now != NULL && same(other->now, claimed(holder))
                   ? holder
                   : other;
    if (same_text && is_flagged(holder) && !is_flagged(other))
        return holder->now != NULL && same(holder->now, claimed(other))
                   ? other
                   : holder;
    /* both flagged: the one that says something new about the base */
    if (old != NULL && is_flagged(other) && same_claim(old, holder))
        return other;
    return holder;
}

/* ---- one unit ------------------------------------------------------- */

static const char *
mark_conflict(Merge *merge, const char *ours, const char *theirs)
{
    merge->conflicts++;
    g_autofree char *both =
        g_strdup_printf("<<<<<<< ours\n%s%s=======\n%s%s>>>>>>> theirs", ours,
                        *ours == 0 ? "" : "\n", theirs,
                        *theirs == 0 ? "" : "\n");
    return arena_strndup(merge->arena, both, -1);
}

/* words that people and imports set: TODO, DRAFT */
static unsigned
merge_words(const Unit *old, const Unit *ours, const Unit *theirs)
{
    const unsigned words = FLAG_TODO | FLAG_DRAFT;
    unsigned before = old == NULL ? 0 : old->flags;
    unsigned added = (ours->flags | theirs->flags) & ~before;
    return ((ours->flags & theirs->flags) | added) & words;
}

static Unit *
merge_unit(Merge *merge, const Unit *old, const Unit *ours, const Unit *theirs)
{
    static const Unit nothing = {.target = ""};
    const Unit *was = old == NULL ? &nothing : old;
    Unit *unit = arena_new0(merge->arena, Unit);
    *unit = *ours;
    bool clash = false, other = false;
    unit->target = pick(was->target, ours->target, theirs->target, &clash);
    bool is_theirs = !clash && unit->target == theirs->target &&
                     !same(ours->target, theirs->target);
    const Unit *holder = is_theirs ? theirs : ours;
    const Unit *rest = is_theirs ? ours : theirs;
    copy_claim(unit, choose_claim(old, holder, rest));
    unsigned words = merge_words(old, ours, theirs);
    unit->flags = (unit->flags & (FLAG_STALE | FLAG_REVIEW)) | words;
    if (clash && (!same_claim(ours, theirs) || is_flagged(ours)))
        copy_claim(unit, is_flagged(ours) || !is_flagged(theirs) ? ours
                                                                 : theirs);
    if (clash) {
        unit->target = mark_conflict(merge, ours->target, theirs->target);
        unit->flags |= same_claim(ours, theirs) ? 0 : FLAG_DRAFT;
    }
    unit->reason = pick_both(merge, was->reason, ours->reason, theirs->reason,
                             " / ");
    unit->note = pick_both(merge, was->note, ours->note, theirs->note, "\n");
    unit->extra = pick_both(merge, was->extra, ours->extra, theirs->extra, "");
    unit->hint = pick(was->hint, ours->hint, theirs->hint, &other);
    if (old != NULL && ours->old == old->old && theirs->old != old->old) {
        unit->old = theirs->old;
        unit->since = theirs->since;
    }
    if (old != NULL && ours->anchor_kind == old->anchor_kind &&
        same(ours->anchor, old->anchor)) {
        unit->anchor_kind = theirs->anchor_kind;
        unit->anchor = theirs->anchor;
    }
    if (ours->operation != theirs->operation) {
        bool kept = old != NULL && ours->operation == old->operation;
        unit->operation = kept ? theirs->operation : ours->operation;
        unit->flags |= FLAG_DRAFT; /* two decisions: a person must look */
    }
    return unit;
}

/* ---- all units ------------------------------------------------------ */

/* of a unit that ours has; NULL: it goes */
static Unit *
merge_ours(Merge *merge, Unit *ours)
{
    const char *name = g_hash_table_lookup(merge->ours.names, ours);
    Unit *old = g_hash_table_lookup(merge->ancestor.units, name);
    Unit *theirs = g_hash_table_lookup(merge->theirs.units, name);
    if (theirs == NULL)
        return old != NULL && same_unit(old, ours) ? NULL : ours;
    if (same_unit(ours, theirs) || (old != NULL && same_unit(old, theirs)))
        return ours;
    if (old != NULL && same_unit(old, ours))
        return theirs;
    return merge_unit(merge, old, ours, theirs);
}

/* units that only theirs has come after the one that they follow there */
static void
add_theirs(Merge *merge, GPtrArray *units, GHashTable *placed)
{
    guint at = 0;
    for (guint i = 0; i < merge->theirs.file->units->len; i++) {
        Unit *theirs = g_ptr_array_index(merge->theirs.file->units, i);
        const char *name = g_hash_table_lookup(merge->theirs.names, theirs);
        Unit *here = g_hash_table_lookup(placed, name);
        if (here != NULL) {
            guint found = 0;
            if (g_ptr_array_find(units, here, &found))
                at = found + 1;
            continue;
        }
        const Unit *old = g_hash_table_lookup(merge->ancestor.units, name);
        bool deleted = old != NULL; /* by ours */
        if (deleted && same_unit(old, theirs))
            continue;
        g_ptr_array_insert(units, (gint)at++, theirs);
    }
}

static bool
is_new(const Merge *merge, const Unit *unit)
{
    return unit->key != NULL &&
           !g_hash_table_contains(merge->ancestor.units, unit->key);
}

/* Two syncs gave the same new block two keys: one that nobody has written in
 * is not needed. */
static bool
has_twin(const Merge *merge, const GPtrArray *units, const Unit *unit)
{
    if (unit->operation != OPERATION_TRANSLATE || unit->old ||
        unit->src == NULL || !is_new(merge, unit) || unit_has_human_text(unit))
        return false;
    for (guint i = 0; i < units->len; i++) {
        const Unit *twin = g_ptr_array_index(units, i);
        if (twin != unit && twin->operation == OPERATION_TRANSLATE &&
            !twin->old && is_new(merge, twin) && same(twin->src, unit->src) &&
            same(twin->anchor, unit->anchor))
            return true;
    }
    return false;
}

static void
drop_twins(const Merge *merge, GPtrArray *units)
{
    for (guint i = units->len; i > 0; i--) {
        if (has_twin(merge, units, g_ptr_array_index(units, i - 1)))
            g_ptr_array_remove_index(units, i - 1);
    }
}

static void
merge_units(Merge *merge, OverlayFile *file)
{
    g_autoptr(GHashTable) placed = g_hash_table_new(g_str_hash, g_str_equal);
    GPtrArray *units = g_ptr_array_new();
    for (guint i = 0; i < merge->ours.file->units->len; i++) {
        Unit *ours = g_ptr_array_index(merge->ours.file->units, i);
        Unit *unit = merge_ours(merge, ours);
        if (unit == NULL)
            continue;
        g_ptr_array_add(units, unit);
        g_hash_table_insert(placed,
                            g_hash_table_lookup(merge->ours.names, ours), unit);
    }
    add_theirs(merge, units, placed);
    drop_twins(merge, units);
    g_ptr_array_unref(file->units);
    file->units = units;
}

/* ---- the file ------------------------------------------------------- */

static void
merge_head(Merge *merge, OverlayFile *file)
{
    const OverlayFile *old = merge->ancestor.file;
    const OverlayFile *theirs = merge->theirs.file;
    bool clash = false;
    file->base = pick(old->base, file->base, theirs->base, &clash);
    file->from = pick(old->from, file->from, theirs->from, &clash);
    file->to = pick(old->to, file->to, theirs->to, &clash);
    file->preamble = pick_both(merge, old->preamble, file->preamble,
                               theirs->preamble, "\n\n");
    file->remarks = pick_both(merge, old->remarks, file->remarks,
                              theirs->remarks, "\n\n");
}

bool
overlay_merge(Source *ancestor, Source *ours, Source *theirs,
              MergeResult *result, Diagnostics *diagnostics)
{
    Merge merge = {.arena = arena_new()};
    bool fine = parse_side(&merge, &merge.ancestor, ancestor, diagnostics);
    fine = parse_side(&merge, &merge.ours, ours, diagnostics) && fine;
    fine = parse_side(&merge, &merge.theirs, theirs, diagnostics) && fine;
    if (fine) {
        merge_units(&merge, merge.ours.file);
        merge_head(&merge, merge.ours.file);
        result->text = overlay_file_emit(merge.ours.file);
        result->conflicts = merge.conflicts;
    }
    clear_side(&merge.ancestor);
    clear_side(&merge.ours);
    clear_side(&merge.theirs);
    arena_free(merge.arena);
    return fine;
}
