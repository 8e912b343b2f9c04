/* SPDX-License-Identifier: MIT */
/*
 * Bringing one unit up to date: keys, addresses, carried texts, flags.
 *
 * The text that a target translates is never changed while it has a target; a
 * new text of the base stands beside it (now=) until a person deletes the word
 * STALE or REVIEW.  That is believed of the text that was flagged, whose hash is
 * tgt=; of any other, only `ack` knows that a person has seen both together.
 *
 *   sync_update_units
 *     acknowledge            `ack`: now becomes src, whatever the target is
 *     update_texts
 *       fill_empty             TODO units carry today's text
 *       take_acknowledged      the word is gone: now becomes src
 *       flag_change            src is not today's text
 *     update_anchor            at=, after= ... of today
 */
#include "overlay/sync.h"

#include "base/message.h"
#include "overlay/detail.h"
#include "overlay/match.h"
#include "overlay/verdict.h"

#include <string.h>

/* ---- keys ----------------------------------------------------------- */

enum { KEY_LENGTH = 4, KEY_TRIES = 50 };

static GHashTable *
collect_keys(const Edition *edition)
{
    GHashTable *keys = g_hash_table_new(g_str_hash, g_str_equal);
    const GPtrArray *lists[] = {edition->units, edition->attic};
    for (int i = 0; i < 2; i++) {
        for (guint j = 0; j < lists[i]->len; j++) {
            const Unit *unit = g_ptr_array_index(lists[i], j);
            if (unit->key != NULL)
                g_hash_table_add(keys, (gpointer)unit->key);
        }
    }
    return keys;
}

/* a letter and then letters or digits; longer when short ones run out */
static const char *
make_key(Edition *edition, GHashTable *keys, GRand *random)
{
    static const char signs[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    char key[KEY_LENGTH + 3];
    for (int tries = 0;; tries++) {
        int length = KEY_LENGTH + MIN(tries / KEY_TRIES, 2);
        for (int i = 0; i < length; i++)
            key[i] = signs[g_rand_int_range(random, 0, i == 0 ? 26 : 36)];
        key[length] = 0;
        if (!g_hash_table_contains(keys, key))
            break;
    }
    const char *kept = edition_string(edition, key);
    g_hash_table_add(keys, (gpointer)kept);
    return kept;
}

/* ---- texts ---------------------------------------------------------- */

static const char *
hash_of(Edition *edition, const char *canonical)
{
    char hash[CANONICAL_HASH_SIZE];
    canonical_hash(canonical, hash);
    return edition_string(edition, hash);
}

static void
update_anchor(Edition *edition, Unit *unit)
{
    if (unit->match == MATCH_NEAREST) {
        unit->anchor_kind = ANCHOR_AFTER;
        unit->anchor = edition_string(edition, block_anchor(unit->block));
        return;
    }
    bool section = unit->anchor_kind == ANCHOR_FIRST_IN ||
                   unit->anchor_kind == ANCHOR_LAST_IN ||
                   unit->anchor_kind == ANCHOR_SECTION;
    unit->anchor = edition_string(
        edition, section ? unit->block->id : block_anchor(unit->block));
}

/* nobody has written a text yet: it carries what is to be translated */
static void
fill_empty(Edition *edition, Unit *unit, const char *raw, const char *base)
{
    if (g_strcmp0(unit->src_canonical, base) != 0 || unit->src == NULL)
        unit_set_source(unit, raw, base, edition->arena);
    unit_clear_now(unit);
    unit->ack = NULL;
    unit->flags = FLAG_TODO;
    if (unit->block->hint != NULL)
        unit->hint = unit->block->hint;
}

/* a person says that the target is about the newer text */
static void
take_acknowledged(Edition *edition, Unit *unit)
{
    unit->src = unit->now;
    unit->src_text = unit->now_text;
    unit->src_canonical = unit->now_canonical;
    unit_clear_now(unit);
    unit_seal(unit, edition->arena);
}

/* src= was deleted: the text is about today's base only when a person says so
 * of just this text (no hash is "none") */
static void
wait_for_ack(Unit *unit)
{
    unit->ack = "none";
}

/* Without the word, but not the text that was flagged: the unit stays as it is,
 * so that everybody sees what changed. */
static void
say_unconfirmed(const Unit *unit, Diagnostics *diagnostics)
{
    diagnostics_add(diagnostics, LEVEL_WARNING, "unit-unconfirmed",
                    unit_place(unit),
                    _("the word of '%s' was deleted, and its text changed too; "
                      "'vadovas ack' with its key, or --edited, says that the "
                      "text is about what =now shows"),
                    unit->key);
}

static void
flag_change(Edition *edition, Unit *unit, const char *raw, const char *base)
{
    unsigned flag = unit->operation == OPERATION_TRANSLATE ? FLAG_STALE
                                                           : FLAG_REVIEW;
    bool seen = unit->now_canonical != NULL &&
                strcmp(unit->now_canonical, base) == 0;
    bool flagged = unit->flags & (FLAG_STALE | FLAG_REVIEW);
    if (seen && flagged && unit->diff != NULL)
        return;
    Severity severity = SEVERITY_NONE;
    g_autofree char *diff = word_diff(unit->src_canonical, base,
                                      edition->severity_words, &severity);
    if (unit->match == MATCH_SPLIT || unit->match == MATCH_MERGE ||
        unit->match == MATCH_NEAREST)
        severity = MAX(severity, SEVERITY_STRUCTURE);
    if (unit->operation == OPERATION_INSERT && severity < SEVERITY_REFERENCE &&
        unit->match != MATCH_NEAREST && !(unit->flags & FLAG_REVIEW)) {
        /* the insert still fits */
        unit_set_source(unit, raw, base, edition->arena);
        return;
    }
    if (!flagged) {
        g_autofree char *target = canonical_text(unit->target);
        unit->tgt = hash_of(edition, target);
        unit->flags |= flag;
    }
    unit->now_text = raw;
    unit->now_canonical = base;
    unit->now = hash_of(edition, base);
    unit->diff = edition_string(edition, diff);
    unit->severity = severity_name(severity);
}

/* fresh: it had no key yet */
static void
update_texts(Edition *edition, Unit *unit, bool fresh,
             Diagnostics *diagnostics)
{
    const char *base = unit_base_canonical(edition, unit);
    const char *raw = unit_base_text(edition, unit);
    bool wants_text = unit->operation != OPERATION_REMOVE &&
                      unit->operation != OPERATION_SAME;
    if (wants_text && unit_target_is_empty(unit)) {
        fill_empty(edition, unit, raw, base);
        return;
    }
    unit->hint = NULL;
    if (unit->src_canonical == NULL) {
        unit_set_source(unit, raw, base, edition->arena);
        if (!fresh)
            wait_for_ack(unit);
        return;
    }
    if (unit->src == NULL) {
        unit->src = hash_of(edition, unit->src_canonical);
        if (!fresh)
            wait_for_ack(unit);
    }
    if (unit->now_canonical != NULL && unit->now == NULL)
        unit->now = hash_of(edition, unit->now_canonical);
    unsigned flagged = unit->flags & (FLAG_STALE | FLAG_REVIEW);
    if (flagged && unit->now_canonical == NULL)
        return; /* a person's flag, a person's business */
    if (strcmp(unit->src_canonical, base) == 0 &&
        (flagged || unit_is_forged(edition, unit))) {
        if (unit->ack == NULL && wants_text)
            unit->ack = unit->tgt; /* not a text edited for the other base */
        unit_clear_now(unit); /* the base has changed back */
        unit->flags &= ~(unsigned)(FLAG_STALE | FLAG_REVIEW);
        return;
    }
    if (unit_is_forged(edition, unit))
        unit->flags |= FLAG_REVIEW;
    else if (unit_is_answered(unit) && !unit_is_altered(unit))
        take_acknowledged(edition, unit);
    else if (unit_is_answered(unit) &&
             strcmp(unit->now_canonical, base) == 0) {
        say_unconfirmed(unit, diagnostics);
        return;
    }
    if (strcmp(unit->src_canonical, base) != 0)
        flag_change(edition, unit, raw, base);
}

/* ---- ack ------------------------------------------------------------ */

/* since it was flagged or, later, acknowledged */
static bool
is_edited(const Unit *unit)
{
    const char *hash = unit->tgt != NULL ? unit->tgt : unit->ack;
    return hash != NULL && !unit_target_is(unit, hash);
}

static void
acknowledge(Edition *edition, Unit *unit, const SyncOptions *options)
{
    bool named = options->acknowledge != NULL && unit->key != NULL &&
                 g_strv_contains(options->acknowledge, unit->key);
    bool edited = options->acknowledge_edited && is_edited(unit);
    if (!named && !edited)
        return;
    const char *base = unit_base_canonical(edition, unit);
    bool seal = unit->ack != NULL || unit->src == NULL;
    const char *waits =
        options->acknowledge_today && unit->ack != NULL &&
                !unit_target_is(unit, unit->ack)
            ? unit->ack
            : NULL;
    if (unit->src_canonical == NULL) { /* src= was deleted */
        if (!named)
            return;
        unit_set_source(unit, unit_base_text(edition, unit), base,
                        edition->arena);
    }
    if (unit->src == NULL)
        unit->src = hash_of(edition, unit->src_canonical);
    unit->flags &= ~(unsigned)(FLAG_STALE | FLAG_REVIEW);
    if (unit->now_canonical != NULL)
        take_acknowledged(edition, unit);
    if (named && options->acknowledge_today &&
        strcmp(unit->src_canonical, base) != 0) {
        unit_set_source(unit, unit_base_text(edition, unit), base,
                        edition->arena);
        seal = true;
    }
    if (seal)
        unit_seal(unit, edition->arena);
    if (waits) /* a trivial change says nothing about another text */
        unit->ack = waits;
}

bool
sync_check_keys(const Edition *edition, const SyncOptions *options,
                Diagnostics *diagnostics)
{
    g_autoptr(GHashTable) keys = collect_keys(edition);
    bool known = true;
    for (int i = 0;
         options->acknowledge != NULL && options->acknowledge[i] != NULL; i++) {
        const char *key = options->acknowledge[i];
        if (g_hash_table_contains(keys, key))
            continue;
        known = false;
        overlay_say_unknown_key(edition, key, diagnostics);
    }
    return known;
}

void
sync_update_units(Edition *edition, const SyncOptions *options,
                  Diagnostics *diagnostics)
{
    g_autoptr(GHashTable) keys = collect_keys(edition);
    GRand *random =
        options->has_seed ? g_rand_new_with_seed(options->seed) : g_rand_new();
    for (guint i = 0; i < edition->units->len; i++) {
        Unit *unit = g_ptr_array_index(edition->units, i);
        if (unit->block == NULL)
            continue;
        acknowledge(edition, unit, options);
        bool fresh = unit->key == NULL;
        if (fresh)
            unit->key = make_key(edition, keys, random);
        /* first the texts: a unit that moves keeps what it was anchored to */
        update_texts(edition, unit, fresh, diagnostics);
        update_anchor(edition, unit);
    }
    for (int i = 0; i < edition->block_count; i++) {
        BaseBlock *block = &edition->blocks[i];
        if (block->unit != NULL || block->removal != NULL ||
            block->same_by_default || block->orphaned)
            continue;
        Unit *unit = arena_new0(edition->arena, Unit);
        unit->operation = OPERATION_TRANSLATE;
        unit->file = edition->chapters[block->chapter].file;
        unit->target = "";
        unit->key = make_key(edition, keys, random);
        unit->block = block;
        unit->match = MATCH_EXACT;
        block->unit = unit;
        update_texts(edition, unit, true, diagnostics);
        update_anchor(edition, unit);
    }
    g_rand_free(random);
}
