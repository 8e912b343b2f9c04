/* SPDX-License-Identifier: MIT */
/*
 * Export: the units of an edition become catalogues, these become files.
 *
 * What a translator has to look at is decided by the function that decides it
 * for the build (judge_unit); of a stale list only the items that changed are
 * stale.
 */
#include "exchange/catalog.h"
#include "exchange/exchange.h"
#include "exchange/unit_segments.h"

#include "base/file.h"
#include "base/message.h"
#include "overlay/match.h"
#include "overlay/verdict.h"
#include "overlay/via.h"

#include <string.h>

static const char *const tool_names[TOOL_COUNT] = {"poedit", "weblate",
                                                   "omegat", "trados"};

const char *
tool_name(Tool tool)
{
    return tool_names[tool];
}

/* ---- catalogues ----------------------------------------------------- */

/* the base of segment `name` in the working language: the same item or cell
 * where there is one, else the whole text; owned, or NULL */
static char *
via_text(const Unit *via, const char *name)
{
    if (via == NULL)
        return NULL;
    g_autoptr(UnitSegments) segments = unit_segments_new(via, false);
    int index = segment_index(segments->target, name);
    if (index < 0)
        return g_strdup(via->target);
    const Segment *found = g_ptr_array_index(segments->target, (guint)index);
    return g_strdup(found->text);
}

static void
add_entries(Catalog *catalog, const Edition *edition, const Edition *via,
            const BaseBlock *block)
{
    const Unit *unit = block->unit;
    Verdict verdict = judge_unit(edition, unit, block);
    bool stale =
        verdict.state == STATE_STALE || verdict.state == STATE_REVIEW;
    g_autoptr(UnitSegments) segments = unit_segments_new(unit, false);
    g_autofree char *known = unit_known_source(edition, unit);
    g_autoptr(GPtrArray) previous = segments_of(known, segments->kind);
    bool alike = segments_alike(previous, segments->source);
    bool some = false; /* a segment of the base differs */
    for (guint i = 0; alike && i < previous->len; i++) {
        const Segment *old = g_ptr_array_index(previous, i);
        const Segment *now = g_ptr_array_index(segments->source, i);
        some = some || strcmp(old->text, now->text) != 0;
    }
    for (guint i = 0; i < segments->source->len; i++) {
        const Segment *source = g_ptr_array_index(segments->source, i);
        const char *target = unit_segments_target(segments, unit, i);
        const Segment *old = alike ? g_ptr_array_index(previous, i) : NULL;
        if (*source->text == 0)
            continue;
        g_autofree char *id = g_strconcat(unit->key, source->name, NULL);
        Entry *entry = catalog_add(catalog, id);
        entry->address = g_strdup(block_anchor(block));
        entry->source = g_strdup(source->text);
        entry->target = g_strdup(target);
        entry->note = g_strdup(unit->note);
        entry->via = via_text(via_unit(via, block), source->name);
        entry->seal = seal_of(target);
        entry->place = document_place(block->node);
        bool differs = old == NULL || strcmp(old->text, source->text) != 0;
        if (*target == 0)
            entry->state = ENTRY_MISSING;
        else if (stale && (!some || differs))
            entry->state = ENTRY_STALE;
        else if (verdict.state == STATE_CURRENT || stale)
            entry->state = ENTRY_DONE;
        else
            entry->state = ENTRY_DRAFT;
        entry->open =
            entry->state == ENTRY_STALE || entry->state == ENTRY_DRAFT;
        if (entry->state == ENTRY_STALE && old != NULL && differs)
            entry->previous = g_strdup(old->text);
    }
}

/* XML cannot hold these characters at all */
static bool
has_control(const char *text)
{
    for (; text != NULL && *text != 0; text++) {
        if ((unsigned char)*text < 0x20 && strchr("\t\n\r", *text) == NULL)
            return true;
    }
    return false;
}

static void
drop_control(Catalog *catalog, Diagnostics *diagnostics)
{
    for (guint i = catalog->entries->len; i > 0; i--) {
        const Entry *entry = g_ptr_array_index(catalog->entries, i - 1);
        if (!has_control(entry->source) && !has_control(entry->target) &&
            !has_control(entry->previous) && !has_control(entry->note) &&
            !has_control(entry->via))
            continue;
        diagnostics_add(diagnostics, LEVEL_WARNING, "export-control-character",
                        entry->place,
                        _("'%s' has a control character, which no XML file can "
                          "hold; it is left out: delete the character"),
                        entry->address);
        g_ptr_array_remove_index(catalog->entries, i - 1);
    }
}

static Catalog *
make_catalog(const Edition *edition, const Edition *via,
             const EditionChapter *chapter, int *unsynced)
{
    g_autofree char *name = g_strdup(chapter->name);
    g_strdelimit(name, "/", '-');
    if (g_str_has_suffix(name, ".md"))
        name[strlen(name) - strlen(".md")] = 0;
    Catalog *catalog = catalog_new(name, edition->base_lang, edition->lang);
    catalog->via_lang = via == NULL ? NULL : g_intern_string(via->lang);
    for (int i = chapter->first; i < chapter->end; i++) {
        const BaseBlock *block = &edition->blocks[i];
        const Unit *unit = block->unit;
        bool empty = unit == NULL || unit_target_is_empty(unit);
        if (block->removal != NULL || (block->orphaned && empty) ||
            (unit == NULL && block->same_by_default) ||
            (unit != NULL && (unit->operation != OPERATION_TRANSLATE ||
                              unit->damaged)))
            continue;
        if (unit == NULL || unit->key == NULL || unit->src_text == NULL)
            (*unsynced)++;
        else
            add_entries(catalog, edition, via, block);
    }
    return catalog;
}

/* ---- files ---------------------------------------------------------- */

typedef struct {
    char *path, *text;
} OutputFile;

static void
free_output(gpointer data)
{
    OutputFile *file = data;
    g_free(file->path);
    g_free(file->text);
    g_free(file);
}

static void
add_output(GPtrArray *files, const char *folder, char *name, char *text)
{
    OutputFile *file = g_new0(OutputFile, 1);
    file->path = g_build_filename(folder, name, NULL);
    file->text = text;
    g_free(name);
    g_ptr_array_add(files, file);
}

static bool
make_files(const GPtrArray *catalogs, Tool tool, const char *folder,
           GPtrArray *files, GError **error)
{
    for (guint i = 0; i < catalogs->len; i++) {
        const Catalog *catalog = g_ptr_array_index(catalogs, i);
        const char *name = catalog->name, *lang = catalog->lang;
        if (tool == TOOL_OMEGAT) {
            add_output(files, folder, g_strconcat("source/", name, ".xlf", NULL),
                       xliff_text(catalog, true));
        } else if (tool == TOOL_TRADOS) {
            add_output(files, folder,
                       g_strdup_printf("%s.%s.xlf", name, lang),
                       xliff_text(catalog, false));
        } else {
            char *text = po_text(catalog, error);
            if (text == NULL)
                return false;
            add_output(files, folder, g_strdup_printf("%s.%s.po", name, lang),
                       text);
        }
    }
    if (tool == TOOL_OMEGAT && catalogs->len > 0) {
        add_output(files, folder, g_strdup("omegat.project"),
                   omegat_project(g_ptr_array_index(catalogs, 0)));
        add_output(files, folder, g_strdup("omegat/project_save.tmx"),
                   tmx_text(catalogs, false));
        add_output(files, folder, g_strdup("tm/stale.tmx"),
                   tmx_text(catalogs, true));
    }
    return true;
}

/* OmegaT opens no project without them; where they cannot be made it says so */
static void
make_folders(const char *folder)
{
    static const char *const names[] = {"target", "glossary", "dictionary"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(folder, names[i], NULL);
        g_mkdir_with_parents(path, 0777);
    }
}

/* the same but for the dates of a PO file's header */
static bool
is_same(const char *a, const char *b)
{
    while (*a == *b && *a != 0) {
        if (*a++ != '\n') {
            b++;
            continue;
        }
        b++;
        for (int i = 0; i < 2; i++) {
            const char *name = i == 0 ? "\"POT-Creation-Date:"
                                      : "\"PO-Revision-Date:";
            if (g_str_has_prefix(a, name) && g_str_has_prefix(b, name)) {
                a += strcspn(a, "\n") - 1;
                b += strcspn(b, "\n") - 1;
            }
        }
    }
    return *a == *b;
}

/* a translator's work may lie there */
static bool
check_free(const GPtrArray *files, Diagnostics *diagnostics)
{
    bool is_free = true;
    for (guint i = 0; i < files->len; i++) {
        const OutputFile *file = g_ptr_array_index(files, i);
        g_autofree char *old = NULL;
        if (!g_file_test(file->path, G_FILE_TEST_EXISTS) ||
            (g_file_get_contents(file->path, &old, NULL, NULL) &&
             is_same(old, file->text)))
            continue;
        is_free = false;
        diagnostics_add(diagnostics, LEVEL_INVALID, "export-exists",
                        (Place){file->path, 0, 0},
                        _("this file holds something else, perhaps a "
                          "translator's work; import it and delete it, or name "
                          "another folder"));
    }
    return is_free;
}

bool
exchange_export(const Document *base, const Manual *manual,
                const char *edition_name, Tool tool, const char *folder,
                GPtrArray *written, Diagnostics *diagnostics, GError **error)
{
    g_autoptr(Edition) edition =
        edition_load(base, manual, edition_name, diagnostics);
    if (edition->failed)
        return false;
    match_units(edition, &(MatchOptions){.for_sync = false}, diagnostics);
    judge_orphaned_notes(edition, false);
    g_autoptr(Edition) via = via_load(edition, diagnostics);
    g_autoptr(GPtrArray) catalogs =
        g_ptr_array_new_with_free_func((GDestroyNotify)catalog_free);
    int unsynced = 0;
    for (int i = 0; i < edition->chapter_count; i++) {
        Catalog *catalog =
            make_catalog(edition, via, &edition->chapters[i], &unsynced);
        if (tool == TOOL_OMEGAT || tool == TOOL_TRADOS)
            drop_control(catalog, diagnostics);
        g_ptr_array_add(catalogs, catalog);
    }
    if (unsynced > 0)
        diagnostics_add(
            diagnostics, LEVEL_WARNING, "export-unsynced", (Place){NULL, 0, 0},
            _("%d blocks have no unit with a key yet and are not in "
              "the files; run 'vadovas sync %s' and export again"),
            unsynced, edition_name);
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(free_output);
    if (!make_files(catalogs, tool, folder, files, error) ||
        !check_free(files, diagnostics))
        return false;
    for (guint i = 0; i < files->len; i++) {
        const OutputFile *file = g_ptr_array_index(files, i);
        if (!file_save(file->path, file->text, strlen(file->text), error))
            return false;
        g_ptr_array_add(written, g_strdup(file->path));
    }
    if (tool == TOOL_OMEGAT)
        make_folders(folder);
    return true;
}
