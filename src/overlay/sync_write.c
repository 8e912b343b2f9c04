/* SPDX-License-Identifier: MIT */
/*
 * The last two stages of sync: the proof that nothing is lost, and writing in
 * an order that survives a kill at any moment.
 *
 * A unit that moves from one file to another stands in both for a moment, never
 * in none: files that gain are written first (with what they will lose still in
 * them), then those that lose.  A unit found twice is healed by the next sync.
 * A file that somebody saved meanwhile is not touched; all is undone.
 */
#include "overlay/sync.h"

#include "base/file.h"

#include <string.h>

/* ---- nothing is lost ------------------------------------------------ */

static void
add_text(GPtrArray *texts, const char *text)
{
    if (text != NULL && *text != 0)
        g_ptr_array_add(texts, g_strdup(text));
}

static void
add_unit_texts(GPtrArray *texts, const Unit *unit)
{
    add_text(texts, unit->target);
    add_text(texts, unit->note);
    add_text(texts, unit->reason);
    add_text(texts, unit->extra);
}

GPtrArray *
sync_human_texts(const Edition *edition)
{
    GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < edition->units->len; i++)
        add_unit_texts(texts, g_ptr_array_index(edition->units, i));
    for (guint i = 0; i < edition->attic->len; i++)
        add_unit_texts(texts, g_ptr_array_index(edition->attic, i));
    for (guint i = 0; i < edition->files->len; i++) {
        const OverlayFile *file = g_ptr_array_index(edition->files, i);
        add_text(texts, file->remarks);
    }
    return texts;
}

static gint
compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* reads what will be written as the next sync will read it */
static bool
read_back(const PlannedFile *planned, Arena *arena, GPtrArray *texts)
{
    g_autoptr(Diagnostics) diagnostics = diagnostics_new();
    OverlayFile *file = g_new0(OverlayFile, 1);
    file->path = planned->file->path;
    file->chapter = planned->file->chapter;
    file->units = g_ptr_array_new();
    file->source = source_new(file->path, g_strdup(planned->text),
                              strlen(planned->text), diagnostics);
    bool same = file->source != NULL &&
                overlay_file_parse(file, arena, diagnostics);
    g_autofree char *again = same ? overlay_file_emit(file) : NULL;
    same = same && strcmp(again, planned->text) == 0;
    for (guint i = 0; same && i < file->units->len; i++)
        add_unit_texts(texts, g_ptr_array_index(file->units, i));
    add_text(texts, file->remarks);
    overlay_file_free(file);
    return same;
}

static char *
excerpt(const char *text)
{
    g_autofree char *line = g_strndup(text, strcspn(text, "\n"));
    return g_utf8_substring(line, 0, MIN(g_utf8_strlen(line, -1), 60));
}

bool
sync_check_nothing_lost(const GPtrArray *before, const SyncPlan *plan,
                        Arena *arena, GError **error)
{
    g_autoptr(GPtrArray) after = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < plan->files->len; i++) {
        const PlannedFile *planned = g_ptr_array_index(plan->files, i);
        if (planned->text != NULL && !read_back(planned, arena, after)) {
            g_set_error(error, OVERLAY_ERROR, OVERLAY_ERROR_WOULD_LOSE,
                        "%s would not be read as it was meant; nothing was "
                        "written, please report this",
                        planned->file->path);
            return false;
        }
    }
    g_autoptr(GPtrArray) wanted = g_ptr_array_new(); /* borrows */
    g_ptr_array_extend(wanted, (GPtrArray *)before, NULL, NULL);
    g_ptr_array_sort(wanted, compare_texts);
    g_ptr_array_sort(after, compare_texts);
    guint j = 0;
    for (guint i = 0; i < wanted->len; i++, j++) {
        const char *text = g_ptr_array_index(wanted, i);
        while (j < after->len && strcmp(after->pdata[j], text) < 0)
            j++;
        if (j < after->len && strcmp(after->pdata[j], text) == 0)
            continue;
        g_autofree char *line = excerpt(text);
        g_set_error(error, OVERLAY_ERROR, OVERLAY_ERROR_WOULD_LOSE,
                    "the text that begins with '%s' would be lost; nothing was "
                    "written, please report this",
                    line);
        return false;
    }
    return true;
}

/* ---- writing -------------------------------------------------------- */

static bool
back_up(const Edition *edition, const OverlayFile *file, GError **error)
{
    if (file->bytes == NULL)
        return true;
    g_autofree char *path = g_build_filename(edition->manual->root, "build",
                                             "backup", file->path, NULL);
    gsize length = 0;
    const void *data = g_bytes_get_data(file->bytes, &length);
    return file_save(path, data, length, error);
}

static bool
check_unchanged(const Edition *edition, const OverlayFile *file, GError **error)
{
    g_autofree char *path =
        g_build_filename(edition->manual->root, file->path, NULL);
    return file_check(path, file->bytes, error);
}

/* text NULL: deletes the file */
static bool
write_file(const Edition *edition, OverlayFile *file, const char *text,
           GError **error)
{
    g_autofree char *path =
        g_build_filename(edition->manual->root, file->path, NULL);
    size_t length = text == NULL ? 0 : strlen(text);
    if (!file_replace(path, file->bytes, text, length, error))
        return false;
    g_clear_pointer(&file->bytes, g_bytes_unref);
    file->bytes = text == NULL ? NULL : g_bytes_new(text, length);
    return true;
}

/* Files that gain, first with what they will lose still in them. */
static bool
write_gains(const Edition *edition, SyncPlan *plan, GError **error)
{
    for (guint i = 0; i < plan->files->len; i++) {
        PlannedFile *planned = g_ptr_array_index(plan->files, i);
        const char *text = planned->both != NULL ? planned->both
                                                 : planned->text;
        if (planned->changed && planned->gains &&
            !write_file(edition, planned->file, text, error))
            return false;
    }
    return true;
}

/* Files as they shall be, and then a look at those that gained: who saves such
 * a file now from an editor does not know of its new units. */
static bool
write_losses(const Edition *edition, SyncPlan *plan, GError **error)
{
    for (guint i = 0; i < plan->files->len; i++) {
        PlannedFile *planned = g_ptr_array_index(plan->files, i);
        bool done = planned->gains && planned->both == NULL;
        if (planned->changed && !done &&
            !write_file(edition, planned->file, planned->text, error))
            return false;
        planned->final = planned->changed && !done;
    }
    for (guint i = 0; i < plan->files->len; i++) {
        const PlannedFile *planned = g_ptr_array_index(plan->files, i);
        if (planned->changed && planned->gains &&
            !check_unchanged(edition, planned->file, error))
            return false;
    }
    return true;
}

/* the units that left a file stand in it again; other people's saves stay */
static void
undo_losses(const Edition *edition, SyncPlan *plan)
{
    for (guint i = 0; i < plan->files->len; i++) {
        PlannedFile *planned = g_ptr_array_index(plan->files, i);
        OverlayFile *file = planned->file;
        gsize length = 0;
        const char *old = planned->old == NULL
                              ? NULL
                              : g_bytes_get_data(planned->old, &length);
        g_autofree char *path =
            g_build_filename(edition->manual->root, file->path, NULL);
        if (planned->final && old != NULL)
            file_replace(path, file->bytes, old, length, NULL);
    }
}

bool
sync_write(const Edition *edition, SyncPlan *plan, GError **error)
{
    g_autofree char *folder = g_build_filename(edition->manual->root,
                                               "locales", edition->name, NULL);
    file_clean(folder);
    bool done = true;
    for (guint i = 0; i < plan->files->len && done; i++) {
        PlannedFile *planned = g_ptr_array_index(plan->files, i);
        if (planned->changed && planned->file->bytes != NULL)
            planned->old = g_bytes_ref(planned->file->bytes);
        done = !planned->changed || back_up(edition, planned->file, error);
    }
    done = done && write_gains(edition, plan, error);
    if (done && !write_losses(edition, plan, error)) {
        undo_losses(edition, plan);
        done = false;
    }
    for (guint i = 0; i < plan->files->len; i++) {
        PlannedFile *planned = g_ptr_array_index(plan->files, i);
        g_clear_pointer(&planned->old, g_bytes_unref);
    }
    return done;
}
