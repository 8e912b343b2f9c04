/* SPDX-License-Identifier: MIT */
/*
 * One unit and what came back for it.
 *
 *   import_merge_unit
 *     merge_segment    ours, theirs and the seal of what left: who has changed?
 *     take_texts       the new target, if the overlay can hold it
 *     settle           what the target is about now, and whether a person must
 *                      look: what deleting the word STALE would do, no more
 *
 * A translator's text is about the source that stands in the returned file.
 * Where the base has moved on since, the unit stays or becomes STALE.
 */
#include "exchange/import_unit.h"

#include "exchange/check.h"
#include "exchange/unit_segments.h"
#include "base/message.h"
#include "overlay/verdict.h"

#include <string.h>

typedef struct {
    Import *import;
    Unit *unit;
    const GPtrArray *entries;
    UnitSegments *segments;
    char **texts;    /* of each segment, the new one or NULL */
    char *trouble;   /* what makes it a draft, or NULL */
    Place place;     /* of a returned text that matters */
    bool edited, conflict;
    bool unconfirmed; /* fuzzy or needs-... */
    bool open;        /* some text left as stale or draft */
    bool returned;    /* some text is not what left */
    Verdict before;
} Merge;

static const char *
address(const Unit *unit)
{
    return unit->block != NULL ? block_anchor(unit->block)
           : unit->anchor != NULL ? unit->anchor : "?";
}

static void
report_line(const Merge *merge, const char *what)
{
    g_ptr_array_add(merge->import->report->lines,
                    g_strdup_printf("%s %s: %s", merge->unit->key,
                                    address(merge->unit), what));
}

static void
add_conflict(Merge *merge, const Entry *entry, const char *why)
{
    if (!merge->conflict) {
        merge->import->report->conflicts++;
        report_line(merge, _("conflict, nothing written"));
    }
    merge->conflict = true;
    diagnostics_add(
        merge->import->diagnostics, LEVEL_WARNING, "import-conflict",
        unit_place(merge->unit),
        _("'%s' key %s: %s; nothing was written for it. Compare with "
          "%s and put one text in by hand"),
        address(merge->unit), entry->id, why, entry->place.file);
}

static const char *
segment_name(const Entry *entry)
{
    return entry->id + strcspn(entry->id, ".");
}

/* ---- who has changed what ------------------------------------------- */

/* the returned text, "" where it is none; owned */
static char *
returned_text(const Entry *entry)
{
    char *text = segment_normalize(entry->target);
    g_autofree char *source = segment_normalize(entry->source);
    if (entry->copy && strcmp(text, source) == 0)
        *text = 0;
    return text;
}

static bool
is_sealed(const Entry *entry, const char *text)
{
    g_autofree char *seal = seal_of(text);
    g_autofree char *folded = segment_normalize(text);
    g_autofree char *other = seal_of(folded);
    return strcmp(seal, entry->seal) == 0 || strcmp(other, entry->seal) == 0;
}

static void
merge_segment(Merge *merge, const Entry *entry)
{
    int index = segment_index(merge->segments->source, segment_name(entry));
    const Segment *source =
        index < 0 ? NULL
                  : g_ptr_array_index(merge->segments->source, (guint)index);
    g_autofree char *returned = returned_text(entry);
    g_autofree char *theirs = source == NULL ? g_strdup(returned)
                                             : segment_held(source, returned);
    const char *ours = index < 0 ? NULL
                                 : unit_segments_target(merge->segments,
                                                        merge->unit,
                                                        (guint)index);
    g_autofree char *folded = ours == NULL ? NULL : segment_normalize(ours);
    if (*theirs == 0) /* never a deletion */
        return;
    if (entry->state != ENTRY_DONE && !entry->copy)
        merge->unconfirmed = true; /* OmegaT does not touch states */
    merge->open = merge->open || entry->open;
    bool they = entry->seal != NULL ? !is_sealed(entry, returned)
                                    : g_strcmp0(theirs, folded) != 0;
    bool we = ours == NULL || (entry->seal != NULL ? !is_sealed(entry, ours)
                                                   : *ours != 0);
    merge->returned = merge->returned || they;
    if (!they || g_strcmp0(theirs, folded) == 0)
        return;
    if (merge->unit->operation != OPERATION_TRANSLATE)
        add_conflict(merge, entry, _("the unit is no translate any more"));
    else if (merge->unit->damaged)
        add_conflict(merge, entry, _("the unit is damaged"));
    else if (we)
        add_conflict(merge, entry,
                     entry->seal != NULL
                         ? _("the text was changed here and by the translator")
                         : _("the file does not say any more what had been "
                             "exported, and the text here is another"));
    else if (merge->texts[index] != NULL &&
             strcmp(merge->texts[index], theirs) != 0)
        add_conflict(merge, entry, _("two files have different texts for it"));
    if (merge->conflict || merge->texts[index] != NULL)
        return;
    merge->texts[index] = g_strdup(theirs);
    merge->edited = true;
    merge->place = entry->place;
    if (merge->trouble == NULL)
        merge->trouble = check_segment(source->text, theirs, ours);
}

/* does the returned file show this base text? */
static bool
shows(const Merge *merge, const char *raw)
{
    if (raw == NULL)
        return false;
    g_autofree char *text = text_without_digest(raw);
    g_autoptr(GPtrArray) segments = segments_of(text, merge->segments->kind);
    for (guint i = 0; i < merge->entries->len; i++) {
        const Entry *entry = g_ptr_array_index(merge->entries, i);
        int index = segment_index(segments, segment_name(entry));
        if (index < 0)
            return false;
        const Segment *segment = g_ptr_array_index(segments, (guint)index);
        g_autofree char *source = segment_normalize(entry->source);
        if (strcmp(source, segment->text) != 0)
            return false;
    }
    return true;
}

/* every segment that has a source came back with a text */
static bool
is_complete(const Merge *merge)
{
    for (guint i = 0; i < merge->segments->source->len; i++) {
        const Segment *segment =
            g_ptr_array_index(merge->segments->source, i);
        bool found = *segment->text == 0;
        for (guint j = 0; j < merge->entries->len && !found; j++) {
            const Entry *entry = g_ptr_array_index(merge->entries, j);
            g_autofree char *text = returned_text(entry);
            found = strcmp(segment_name(entry), segment->name) == 0 &&
                    *text != 0;
        }
        if (!found)
            return false;
    }
    return true;
}

/* ---- the new target -------------------------------------------------- */

/* would the overlay give this text back as it is? */
static bool
can_hold(const Edition *edition, const Unit *unit, const char *target)
{
    g_autoptr(Diagnostics) diagnostics = diagnostics_new();
    Unit alone = *unit;
    alone.old = false;
    alone.target = target;
    GPtrArray *units = g_ptr_array_new();
    g_ptr_array_add(units, &alone);
    OverlayFile written = {.path = "import", .preamble = "", .remarks = "",
                           .units = units};
    char *text = overlay_file_emit(&written);
    g_ptr_array_unref(units);
    OverlayFile *file = g_new0(OverlayFile, 1);
    file->path = "import";
    file->units = g_ptr_array_new();
    file->source = source_new(file->path, text, strlen(text), diagnostics);
    bool same = file->source != NULL &&
                overlay_file_parse(file, edition->arena, diagnostics) &&
                file->units->len == 1;
    if (same) {
        const Unit *found = g_ptr_array_index(file->units, 0);
        same = strcmp(found->target, target) == 0 &&
               !unit_target_is_empty(found);
    }
    overlay_file_free(file);
    return same;
}

/* of a heading nobody has translated: the marks alone */
static char *
skeleton(const Merge *merge)
{
    const Segment *first = g_ptr_array_index(merge->segments->source, 0);
    const char *base = merge->segments->base;
    return g_strndup(base, merge->segments->kind == BLOCK_HEADING
                               ? first->end
                               : strlen(base));
}

static bool
take_texts(Merge *merge)
{
    Unit *unit = merge->unit;
    bool empty = merge->segments->target == NULL;
    g_autofree char *raw = empty ? skeleton(merge) : g_strdup(unit->target);
    g_autofree char *target = segments_replace(
        raw, empty ? merge->segments->source : merge->segments->target,
        (const char *const *)merge->texts);
    if (!can_hold(merge->import->edition, unit, target)) {
        add_conflict(merge, g_ptr_array_index(merge->entries, 0),
                     _("an overlay cannot hold the text (a line like a "
                       "directive, an open code fence, or only comments)"));
        return false;
    }
    if (merge->trouble == NULL)
        merge->trouble = check_shape(merge->segments->base, target,
                                     unit->target);
    if (merge->trouble == NULL && !is_complete(merge))
        for (guint i = 0; empty && i < merge->segments->source->len; i++) {
            const Segment *source =
                g_ptr_array_index(merge->segments->source, i);
            if (merge->texts[i] != NULL || *source->text == 0)
                continue;
            merge->trouble = g_strdup(_("not all items or cells came back; the "
                                        "others have the base's text"));
            break;
        }
    unit->target = edition_string(merge->import->edition, target);
    return true;
}

/* ---- what it is about now -------------------------------------------- */

/* somebody has said that its text is about this one of the base */
static void
confirm_source(Edition *edition, Unit *unit, const char *raw,
               const char *canonical)
{
    char hash[CANONICAL_HASH_SIZE];
    canonical_hash(canonical, hash);
    if (unit->ack != NULL || g_strcmp0(unit->src, hash) != 0)
        unit_seal(unit, edition->arena);
    unit_set_source(unit, raw, canonical, edition->arena);
    unit_clear_now(unit);
}

/* an edited text: settles its source and flags; what happened, in words */
static const char *
settle(Merge *merge)
{
    Unit *unit = merge->unit;
    Edition *edition = merge->import->edition;
    const unsigned changed = FLAG_STALE | FLAG_REVIEW;
    if (unit->old)
        return N_("edited, in the attic");
    unit->hint = NULL;
    bool was_stale = merge->before.state == STATE_STALE ||
                     merge->before.state == STATE_REVIEW;
    /* a DRAFT that a person set after the export stays */
    unsigned drafts = merge->open && !merge->unconfirmed
                          ? 0
                          : unit->flags & FLAG_DRAFT;
    unit->flags &= ~(unsigned)(FLAG_TODO | FLAG_DRAFT);
    const char *what = N_("edited");
    if (unit->block != NULL && shows(merge, unit->block->text)) {
        if (merge->unconfirmed && was_stale) {
            what = N_("edited, still stale");
        } else {
            confirm_source(edition, unit, unit->block->text,
                           unit->block->canonical);
            unit->flags &= ~changed;
            unit->flags |= drafts;
            if (merge->unconfirmed) {
                unit->flags |= FLAG_DRAFT;
                what = N_("edited, not confirmed: draft");
            }
        }
    } else if (unit->now_text != NULL && !merge->unconfirmed &&
               shows(merge, unit->now_text)) {
        confirm_source(edition, unit, unit->now_text, unit->now_canonical);
        unit->flags &= ~changed;
        unit->flags |= drafts;
        what = N_("edited; the base has moved on: stale");
    } else {
        bool known = shows(merge, unit->src_text) && unit->block != NULL &&
                     strcmp(unit->src_canonical, unit->block->canonical) != 0;
        if (!known) { /* about a text nobody has any more: a person's flag */
            unit_clear_now(unit);
            unit->flags |= FLAG_STALE;
        }
        unit->flags |= drafts;
        what = N_("edited; the base has moved on: stale");
    }
    return what;
}

/* nothing was edited, but a word may have been taken off: fuzzy, needs-... */
static void
acknowledge(Merge *merge)
{
    Unit *unit = merge->unit;
    if (unit->old || unit->block == NULL || merge->unconfirmed ||
        !merge->open || merge->returned ||
        merge->segments->target == NULL || !is_complete(merge) ||
        !shows(merge, unit->block->text) || merge->conflict)
        return;
    bool stale = merge->before.state == STATE_STALE ||
                 merge->before.state == STATE_REVIEW;
    bool altered = unit_is_altered(unit);
    bool draft = unit->flags & (FLAG_DRAFT | FLAG_TODO);
    if (!stale && !draft && !altered)
        return;
    if (stale && merge->before.severity >= SEVERITY_NEGATION) {
        report_line(merge, _("confirmed unchanged although a number or a "
                             "negation changed; left stale"));
        return;
    }
    unit->flags &= ~(unsigned)(FLAG_DRAFT | FLAG_TODO | FLAG_STALE |
                               FLAG_REVIEW);
    if (stale || altered)
        confirm_source(merge->import->edition, unit, unit->block->text,
                       unit->block->canonical);
    merge->import->report->acknowledged++;
    g_hash_table_add(merge->import->touched, unit->file);
    report_line(merge, _("confirmed"));
}

static void
finish_edit(Merge *merge)
{
    Unit *unit = merge->unit;
    if (!take_texts(merge))
        return;
    const char *what = _(settle(merge));
    merge->import->report->edited++;
    g_hash_table_add(merge->import->touched, unit->file);
    if (merge->trouble == NULL || unit->old) {
        report_line(merge, what);
        return;
    }
    unit->flags |= FLAG_DRAFT;
    merge->import->report->drafts++;
    g_autofree char *line = g_strconcat(what, _(", draft"), NULL);
    report_line(merge, line);
    diagnostics_add(merge->import->diagnostics, LEVEL_WARNING, "import-draft",
                    merge->place,
                    _("'%s' key %s: %s; it is marked DRAFT: look at it and "
                      "delete that word"),
                    address(unit), unit->key, merge->trouble);
}

static bool
is_whole(const GPtrArray *entries)
{
    for (guint i = 0; i < entries->len; i++) {
        if (*segment_name(g_ptr_array_index(entries, i)) == 0)
            return true;
    }
    return false;
}

void
import_merge_unit(Import *import, Unit *unit, const GPtrArray *entries)
{
    Merge merge = {.import = import, .unit = unit, .entries = entries};
    merge.segments = unit_segments_new(unit, is_whole(entries));
    merge.texts = g_new0(char *, merge.segments->source->len + 1);
    if (unit->block != NULL && !unit->damaged && unit->src_canonical != NULL)
        merge.before = judge_unit(import->edition, unit, unit->block);
    for (guint i = 0; i < entries->len; i++)
        merge_segment(&merge, g_ptr_array_index(entries, i));
    if (!merge.conflict && merge.edited)
        finish_edit(&merge);
    else if (!merge.conflict && unit->operation == OPERATION_TRANSLATE)
        acknowledge(&merge);
    for (guint i = 0; i < merge.segments->source->len; i++)
        g_free(merge.texts[i]);
    g_free(merge.texts);
    g_free(merge.trouble);
    unit_segments_free(merge.segments);
}
