/* SPDX-License-Identifier: MIT */
/*
 * Import: what came back is merged into the overlay, three ways by key.
 *
 *   exchange_import      under the edition's lock, again if a file changed
 *     read_catalogs        PO, XLIFF
 *     merge_unit           one unit and its returned segments (import_unit.c)
 *     write_touched        the emitter, the proof and the writing of sync
 */
#include "exchange/import_unit.h"

#include "base/file.h"
#include "base/message.h"
#include "overlay/match.h"
#include "overlay/sync.h"

#include <string.h>
#include <unistd.h>

enum { ATTEMPTS = 3 };

ImportReport *
import_report_new(void)
{
    ImportReport *report = g_new0(ImportReport, 1);
    report->lines = g_ptr_array_new_with_free_func(g_free);
    report->files = g_ptr_array_new_with_free_func(g_free);
    return report;
}

void
import_report_free(ImportReport *report)
{
    if (report == NULL)
        return;
    g_ptr_array_unref(report->lines);
    g_ptr_array_unref(report->files);
    g_free(report);
}

/* ---- reading -------------------------------------------------------- */

static bool
is_xliff(const char *path)
{
    return g_str_has_suffix(path, ".xlf") || g_str_has_suffix(path, ".xliff");
}

static void
read_catalog(GPtrArray *catalogs, const char *path, Diagnostics *diagnostics)
{
    path = g_intern_string(path); /* places of entries keep it */
    Catalog *catalog = is_xliff(path) ? xliff_read(path, diagnostics)
                                      : po_read(path, diagnostics);
    if (catalog != NULL)
        g_ptr_array_add(catalogs, catalog);
}

static GPtrArray *
read_catalogs(const char *path, Diagnostics *diagnostics)
{
    GPtrArray *catalogs =
        g_ptr_array_new_with_free_func((GDestroyNotify)catalog_free);
    if (!g_file_test(path, G_FILE_TEST_IS_DIR)) {
        if (g_file_test(path, G_FILE_TEST_EXISTS) &&
            (is_xliff(path) || g_str_has_suffix(path, ".po"))) {
            read_catalog(catalogs, path, diagnostics);
            return catalogs;
        }
    } else {
        g_autofree char *project =
            g_build_filename(path, "omegat.project", NULL);
        g_autofree char *folder =
            g_build_filename(path,
                             g_file_test(project, G_FILE_TEST_EXISTS) ? "target"
                                                                      : "",
                             NULL);
        g_auto(GStrv) names = file_list(folder);
        bool found = false;
        for (char **name = names; *name != NULL; name++) {
            g_autofree char *file = g_build_filename(folder, *name, NULL);
            if (!is_xliff(*name) && !g_str_has_suffix(*name, ".po"))
                continue;
            found = true;
            read_catalog(catalogs, file, diagnostics);
        }
        if (found)
            return catalogs;
    }
    diagnostics_add(diagnostics, LEVEL_INVALID, "import-nothing",
                    (Place){path, 0, 0},
                    _("there is no .po, .xlf or .xliff to import here; of an "
                      "OmegaT project first create the translated documents"));
    return catalogs;
}

/* "et", "et-EE" and "et_EE" are one language here */
static bool
same_language(const char *a, const char *b)
{
    size_t length = strcspn(a, "-_");
    return length == strcspn(b, "-_") && g_ascii_strncasecmp(a, b, length) == 0;
}

static bool
check_languages(const GPtrArray *catalogs, const Edition *edition,
                Diagnostics *diagnostics)
{
    bool same = true;
    for (guint i = 0; i < catalogs->len; i++) {
        const Catalog *catalog = g_ptr_array_index(catalogs, i);
        if (*catalog->lang == 0 || same_language(catalog->lang, edition->lang))
            continue;
        same = false;
        diagnostics_add(diagnostics, LEVEL_INVALID, "import-language",
                        (Place){catalog->name, 0, 0},
                        _("this is a translation into '%s', the edition is in "
                          "'%s'; name the other edition"),
                        catalog->lang, edition->lang);
    }
    return same;
}

/* ---- units ---------------------------------------------------------- */

static Unit *
find_unit(const Edition *edition, const char *key)
{
    const GPtrArray *lists[] = {edition->units, edition->attic};
    for (int i = 0; i < 2; i++) {
        for (guint j = 0; j < lists[i]->len; j++) {
            Unit *unit = g_ptr_array_index(lists[i], j);
            if (g_strcmp0(unit->key, key) == 0)
                return unit;
        }
    }
    return NULL;
}

static void
merge_key(Import *import, const char *key, GPtrArray *entries)
{
    Unit *unit = find_unit(import->edition, key);
    if (unit != NULL) {
        import_merge_unit(import, unit, entries);
        return;
    }
    const Entry *first = g_ptr_array_index(entries, 0);
    if (first->state == ENTRY_MISSING)
        return;
    import->report->conflicts++;
    diagnostics_add(import->diagnostics, LEVEL_WARNING, "import-key-unknown",
                    first->place,
                    _("no unit of the edition '%s' has the key '%s' any more; "
                      "its text stays in this file only"),
                    import->edition->name, key);
}

static void
merge_all(Import *import, const GPtrArray *catalogs)
{
    g_autoptr(GHashTable) groups = g_hash_table_new_full(
        g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
    g_autoptr(GPtrArray) order = g_ptr_array_new();
    for (guint i = 0; i < catalogs->len; i++) {
        const Catalog *catalog = g_ptr_array_index(catalogs, i);
        for (guint j = 0; j < catalog->entries->len; j++) {
            Entry *entry = g_ptr_array_index(catalog->entries, j);
            char *key = g_strndup(entry->id, strcspn(entry->id, "."));
            GPtrArray *group = g_hash_table_lookup(groups, key);
            if (group == NULL) {
                group = g_ptr_array_new();
                g_hash_table_insert(groups, key, group);
                g_ptr_array_add(order, key);
            } else {
                g_free(key);
            }
            g_ptr_array_add(group, entry);
        }
    }
    for (guint i = 0; i < order->len; i++)
        merge_key(import, order->pdata[i],
                  g_hash_table_lookup(groups, order->pdata[i]));
}

/* ---- writing -------------------------------------------------------- */

static bool
write_touched(const Import *import, bool write, GError **error)
{
    Edition *edition = import->edition;
    g_autoptr(SyncPlan) plan = sync_plan_new();
    for (guint i = 0; i < edition->files->len; i++) {
        OverlayFile *file = g_ptr_array_index(edition->files, i);
        if (file->source == NULL)
            continue;
        PlannedFile *planned = g_new0(PlannedFile, 1);
        planned->file = file;
        planned->text = overlay_file_emit(file);
        planned->changed = g_hash_table_contains(import->touched, file);
        g_ptr_array_add(plan->files, planned);
        if (planned->changed)
            g_ptr_array_add(import->report->files, g_strdup(file->path));
    }
    g_autoptr(GPtrArray) texts = sync_human_texts(edition);
    return sync_check_nothing_lost(texts, plan, edition->arena, error) &&
           (!write || sync_write(edition, plan, error));
}

static bool
import_once(const Document *base, const Manual *manual,
            const ImportOptions *options, const GPtrArray *catalogs,
            ImportReport *report, Diagnostics *diagnostics, GError **error)
{
    g_ptr_array_set_size(report->lines, 0);
    g_ptr_array_set_size(report->files, 0);
    report->edited = report->acknowledged = 0;
    report->drafts = report->conflicts = 0;
    g_autoptr(Edition) edition =
        edition_load(base, manual, options->edition, diagnostics);
    if (edition->failed || !check_languages(catalogs, edition, diagnostics))
        return true;
    match_units(edition, &(MatchOptions){.for_sync = false}, diagnostics);
    g_autoptr(GHashTable) touched = g_hash_table_new(NULL, NULL);
    Import import = {edition, report, touched, diagnostics};
    merge_all(&import, catalogs);
    return g_hash_table_size(touched) == 0 ||
           write_touched(&import, options->write, error);
}

bool
exchange_import(const Document *base, const Manual *manual,
                const ImportOptions *options, ImportReport *report,
                Diagnostics *diagnostics, GError **error)
{
    int invalid = diagnostics_count(diagnostics, LEVEL_INVALID);
    g_autoptr(GPtrArray) catalogs = read_catalogs(options->path, diagnostics);
    if (diagnostics_count(diagnostics, LEVEL_INVALID) > invalid)
        return true;
    int lock = options->write
                   ? sync_lock_edition(manual, options->edition, error)
                   : -1;
    if (options->write && lock < 0)
        return false;
    bool done = false;
    for (int i = 0; i < ATTEMPTS && !done; i++) {
        g_autoptr(GError) trouble = NULL;
        done = import_once(base, manual, options, catalogs, report,
                           diagnostics, &trouble);
        if (done || (i + 1 < ATTEMPTS &&
                     g_error_matches(trouble, FILE_ERROR, FILE_ERROR_CHANGED)))
            continue;
        g_propagate_error(error, g_steal_pointer(&trouble));
        break;
    }
    if (lock >= 0)
        close(lock);
    return done;
}
