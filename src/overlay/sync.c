/* SPDX-License-Identifier: MIT */
/*
 * Sync: the overlay files follow the base, and nothing that a person wrote is
 * lost on the way.
 *
 *   overlay_sync_with        under one lock, again if a file changed meanwhile
 *     edition_load             0  read, verify
 *     sync_plan
 *       match_units            1-5, 7  who belongs where
 *       sync_update_units      7  keys, addresses, texts, flags (sync_units.c)
 *       retire_units           6  attic
 *       plan_chapter           8  units in the order of today's base
 *       emit_files
 *     sync_check_nothing_lost  9
 *     sync_write               10 (sync_write.c)
 */
#include "overlay/sync.h"

#include "base/file.h"
#include "base/message.h"
#include "overlay/match.h"
#include "overlay/verdict.h"

#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { ATTEMPTS = 3, LOCK_TRIES = 50, LOCK_WAIT_US = 100000 };

G_DEFINE_QUARK(vadovas-overlay-error, overlay_error)

/* ---- planning ------------------------------------------------------- */

static void
free_planned(gpointer data)
{
    PlannedFile *planned = data;
    g_free(planned->text);
    g_free(planned->both);
    g_free(planned);
}

SyncPlan *
sync_plan_new(void)
{
    SyncPlan *plan = g_new0(SyncPlan, 1);
    plan->files = g_ptr_array_new_with_free_func(free_planned);
    return plan;
}

void
sync_plan_free(SyncPlan *plan)
{
    if (plan == NULL)
        return;
    g_ptr_array_unref(plan->files);
    g_free(plan);
}

static const char *
today(Edition *edition)
{
    g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc(file_today());
    g_autofree char *text = g_date_time_format(date, "%Y-%m-%d");
    return edition_string(edition, text);
}

/* where an old file of a chapter that is gone hands its attic to: the file that
 * got most of its units */
static OverlayFile *
find_heir(const Edition *edition, OverlayFile *file)
{
    if (file->chapter >= 0)
        return file;
    g_autofree int *counts = g_new0(int, (gsize)edition->chapter_count + 1);
    int best = -1;
    for (guint i = 0; i < edition->units->len; i++) {
        const Unit *unit = g_ptr_array_index(edition->units, i);
        if (unit->file != file || unit->block == NULL)
            continue;
        int chapter = unit->block->chapter;
        counts[chapter]++;
        if (best < 0 || counts[chapter] > counts[best])
            best = chapter;
    }
    return best < 0 ? file : edition->chapters[best].file;
}

typedef struct {
    Edition *edition;
    Diagnostics *diagnostics;
    GPtrArray *removals; /* units remove section=, borrowed */
    GHashTable *lists;  /* OverlayFile -> GPtrArray of Unit: as they shall be */
    GHashTable *origins; /* Unit -> OverlayFile where it was read */
} Planner;

static void
put_unit(Planner *planner, OverlayFile *file, Unit *unit)
{
    g_ptr_array_add(g_hash_table_lookup(planner->lists, file), unit);
    unit->file = file;
}

/* a unit whose block is gone: to the attic, or (local text) it stays and is
 * reported, or it was empty and goes */
static void
retire_unit(Planner *planner, Unit *unit, GPtrArray *homeless)
{
    Edition *edition = planner->edition;
    if (match_is_unwritten(unit))
        return;
    if (unit->operation == OPERATION_INSERT ||
        unit->operation == OPERATION_REPLACE) {
        g_ptr_array_add(homeless, unit);
        return;
    }
    unit->old = true;
    unit->since = today(edition);
    diagnostics_add(planner->diagnostics, LEVEL_WARNING, "unit-to-attic",
                    unit_place(unit),
                    _("the base no longer has the text of this %s ('%s'); it is "
                      "kept in the attic at the end of the file and comes back "
                      "with the text"),
                    operation_name(unit->operation),
                    unit->anchor == NULL ? "?" : unit->anchor);
    g_ptr_array_add(edition->attic, unit);
}

static void
put_inserts(Planner *planner, OverlayFile *file, const BaseBlock *block,
            AnchorKind kind)
{
    const GPtrArray *inserts = block->inserts[kind];
    for (guint i = 0; inserts != NULL && i < inserts->len; i++)
        put_unit(planner, file, g_ptr_array_index(inserts, i));
}

static void
plan_chapter(Planner *planner, const EditionChapter *chapter)
{
    Edition *edition = planner->edition;
    OverlayFile *file = chapter->file;
    for (int i = chapter->first; i < chapter->end; i++) {
        BaseBlock *block = &edition->blocks[i];
        for (guint j = 0; j < planner->removals->len; j++) {
            Unit *unit = g_ptr_array_index(planner->removals, j);
            if (unit->block == block)
                put_unit(planner, file, unit);
        }
        put_inserts(planner, file, block, ANCHOR_BEFORE);
        if (block->unit != NULL)
            put_unit(planner, file, block->unit);
        put_inserts(planner, file, block, ANCHOR_FIRST_IN);
        put_inserts(planner, file, block, ANCHOR_AFTER);
        put_inserts(planner, file, block, ANCHOR_LAST_IN);
    }
}

static void
plan_units(Planner *planner)
{
    Edition *edition = planner->edition;
    /* heirs are chosen while units still know where they came from */
    g_autoptr(GHashTable) heirs = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < edition->files->len; i++) {
        OverlayFile *file = g_ptr_array_index(edition->files, i);
        g_hash_table_insert(heirs, file, find_heir(edition, file));
    }
    g_autoptr(GPtrArray) homeless = g_ptr_array_new();
    for (guint i = 0; i < edition->units->len; i++) {
        Unit *unit = g_ptr_array_index(edition->units, i);
        if (unit->block == NULL)
            retire_unit(planner, unit, homeless);
        else if (unit->anchor_kind == ANCHOR_SECTION)
            g_ptr_array_add(planner->removals, unit);
    }
    for (int i = 0; i < edition->chapter_count; i++)
        plan_chapter(planner, &edition->chapters[i]);
    for (guint i = 0; i < homeless->len; i++) {
        Unit *unit = g_ptr_array_index(homeless, i);
        put_unit(planner, unit->file, unit);
    }
    for (guint i = 0; i < edition->attic->len; i++) {
        Unit *unit = g_ptr_array_index(edition->attic, i);
        put_unit(planner, g_hash_table_lookup(heirs, unit->file), unit);
    }
}

/* ---- files ---------------------------------------------------------- */

static void
complete_header(Edition *edition, OverlayFile *file)
{
    g_autofree char *name = g_path_get_basename(file->name);
    if (file->chapter >= 0)
        file->base = edition_string(edition, name);
    file->from = edition->base_lang;
    file->to = edition->lang;
    file->has_header = true;
    /* a new file begins with the comment that the others begin with */
    const OverlayFile *first =
        edition->files->len == 0 ? NULL : g_ptr_array_index(edition->files, 0);
    for (guint i = 0; i < edition->files->len && *first->preamble == 0; i++)
        first = g_ptr_array_index(edition->files, i);
    if (file->source == NULL && first != NULL &&
        g_str_has_prefix(first->preamble, "<!-- SPDX"))
        file->preamble = first->preamble;
}

/* an overlay of no chapter that holds nothing any more may go */
static bool
may_go(const Edition *edition, const OverlayFile *file)
{
    if (file->chapter >= 0 || file->units->len > 0 || *file->remarks != 0)
        return false;
    for (guint i = 0; i < edition->files->len; i++) {
        const OverlayFile *other = g_ptr_array_index(edition->files, i);
        if (other != file && strcmp(other->preamble, file->preamble) == 0)
            return true;
    }
    return *file->preamble == 0;
}

/* the file's text with the units that leave it still in it, for the moment in
 * which no other file has them yet */
static char *
emit_with_leavers(const Planner *planner, OverlayFile *file)
{
    GPtrArray *units = file->units;
    GPtrArray *all = g_ptr_array_copy(units, NULL, NULL);
    bool leavers = false;
    GHashTableIter walk;
    gpointer key = NULL, origin = NULL;
    g_hash_table_iter_init(&walk, planner->origins);
    while (g_hash_table_iter_next(&walk, &key, &origin)) {
        const Unit *unit = key;
        if (origin != file || unit->file == file || !unit_has_human_text(unit))
            continue;
        g_ptr_array_add(all, key);
        leavers = true;
    }
    file->units = all;
    char *text = leavers ? overlay_file_emit(file) : NULL;
    file->units = units;
    g_ptr_array_unref(all);
    return text;
}

static void
emit_file(Planner *planner, SyncPlan *plan, OverlayFile *file)
{
    Edition *edition = planner->edition;
    GPtrArray *units = g_hash_table_lookup(planner->lists, file);
    g_ptr_array_set_size(file->units, 0);
    g_ptr_array_extend(file->units, units, NULL, NULL);
    PlannedFile *planned = g_new0(PlannedFile, 1);
    planned->file = file;
    g_ptr_array_add(plan->files, planned);
    if (may_go(edition, file)) {
        planned->changed = true;
        return;
    }
    complete_header(edition, file);
    planned->text = overlay_file_emit(file);
    for (guint i = 0; i < units->len && !planned->gains; i++) {
        Unit *unit = g_ptr_array_index(units, i);
        const OverlayFile *origin =
            g_hash_table_lookup(planner->origins, unit);
        planned->gains = origin != NULL && origin != file;
    }
    if (planned->gains)
        planned->both = emit_with_leavers(planner, file);
    planned->changed = file->source == NULL ||
                       strcmp(planned->text, file->source->text) != 0;
}

static GHashTable *
collect_origins(const Edition *edition)
{
    GHashTable *origins = g_hash_table_new(NULL, NULL);
    const GPtrArray *lists[] = {edition->units, edition->attic};
    for (int i = 0; i < 2; i++) {
        for (guint j = 0; j < lists[i]->len; j++) {
            Unit *unit = g_ptr_array_index(lists[i], j);
            g_hash_table_insert(origins, unit, unit->file);
        }
    }
    return origins;
}

/* a TODO for a footnote that is not printed any more */
static void
drop_unneeded(Edition *edition)
{
    for (int i = 0; i < edition->block_count; i++) {
        BaseBlock *block = &edition->blocks[i];
        if (!block->orphaned || block->unit == NULL ||
            !match_is_unwritten(block->unit))
            continue;
        block->unit->block = NULL;
        block->unit = NULL;
    }
}

SyncPlan *
sync_plan(Edition *edition, const SyncOptions *options,
          Diagnostics *diagnostics)
{
    if (!edition->failed)
        match_units(edition, &(MatchOptions){.for_sync = true}, diagnostics);
    if (edition->failed || !sync_check_keys(edition, options, diagnostics))
        return NULL;
    judge_orphaned_notes(edition, true);
    drop_unneeded(edition);
    sync_update_units(edition, options, diagnostics);
    Planner planner = {
        .edition = edition,
        .diagnostics = diagnostics,
        .lists = g_hash_table_new_full(NULL, NULL, NULL,
                                       (GDestroyNotify)g_ptr_array_unref),
        .origins = collect_origins(edition),
        .removals = g_ptr_array_new(),
    };
    for (guint i = 0; i < edition->files->len; i++)
        g_hash_table_insert(planner.lists,
                            g_ptr_array_index(edition->files, i),
                            g_ptr_array_new());
    plan_units(&planner);
    SyncPlan *plan = sync_plan_new();
    for (guint i = 0; i < edition->files->len; i++)
        emit_file(&planner, plan, g_ptr_array_index(edition->files, i));
    g_hash_table_unref(planner.lists);
    g_hash_table_unref(planner.origins);
    g_ptr_array_unref(planner.removals);
    return plan;
}

/* ---- the command ---------------------------------------------------- */

int
sync_lock_edition(const Manual *manual, const char *edition, GError **error)
{
    g_autofree char *folder =
        g_build_filename(manual->root, "locales", edition, NULL);
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        g_set_error(error, FILE_ERROR, FILE_ERROR_READ,
                    "there is no folder locales/%s", edition);
        return -1;
    }
    for (int i = 0; i < LOCK_TRIES; i++) {
        if (flock(descriptor, LOCK_EX | LOCK_NB) == 0)
            return descriptor;
        g_usleep(LOCK_WAIT_US);
    }
    close(descriptor);
    g_set_error(error, OVERLAY_ERROR, OVERLAY_ERROR_LOCKED,
                "another program is writing locales/%s; wait until it is done",
                edition);
    return -1;
}

static void
list_changed(const SyncPlan *plan, GPtrArray *changed)
{
    for (guint i = 0; i < plan->files->len && changed != NULL; i++) {
        const PlannedFile *planned = g_ptr_array_index(plan->files, i);
        if (planned->changed)
            g_ptr_array_add(changed, g_strdup(planned->file->path));
    }
}

static bool
sync_once(const Document *base, const Manual *manual,
          const SyncOptions *options, GPtrArray *changed,
          Diagnostics *diagnostics, GError **error)
{
    g_autoptr(Edition) edition =
        edition_load(base, manual, options->edition, diagnostics);
    g_autoptr(GPtrArray) before = sync_human_texts(edition);
    g_autoptr(SyncPlan) plan = sync_plan(edition, options, diagnostics);
    if (plan == NULL)
        return true;
    if (!sync_check_nothing_lost(before, plan, edition->arena, error))
        return false;
    if (options->write && !sync_write(edition, plan, error))
        return false;
    list_changed(plan, changed);
    return true;
}

bool
overlay_sync_with(const Document *base, const Manual *manual,
                  const SyncOptions *options, GPtrArray *changed,
                  Diagnostics *diagnostics, GError **error)
{
    int lock = options->write
                   ? sync_lock_edition(manual, options->edition, error)
                   : -1;
    if (options->write && lock < 0)
        return false;
    bool done = false;
    for (int i = 0; i < ATTEMPTS && !done; i++) {
        g_autoptr(GError) trouble = NULL;
        done = sync_once(base, manual, options, changed, diagnostics, &trouble);
        bool again =
            g_error_matches(trouble, FILE_ERROR, FILE_ERROR_CHANGED) &&
            i + 1 < ATTEMPTS;
        if (done || again)
            continue;
        g_propagate_error(error, g_steal_pointer(&trouble));
        break;
    }
    if (lock >= 0)
        close(lock);
    return done;
}

bool
overlay_sync(const Document *base, const Manual *manual, const char *edition,
             bool write, GPtrArray *changed, Diagnostics *diagnostics,
             GError **error)
{
    SyncOptions options = {.edition = edition, .write = write};
    return overlay_sync_with(base, manual, &options, changed, diagnostics,
                             error);
}
