/* SPDX-License-Identifier: MIT */
/* Delivery: see the header. */
#include "pipeline/delivery.h"

#include "base/file.h"

#include <glib/gstdio.h>
#include <string.h>

/* handout.pdf, trainer-print.pdf, FORM-draft.pdf ... */
static char *
workshop_path(const Job *job, OutputKind kind)
{
    const char *const names[] = {"handout", "trainer", job->workshop->form};
    const char *const kinds[] = {"", "-print", "-booklet", "-sheets"};
    g_autofree char *file =
        g_strconcat(names[job->workshop->copy], kinds[kind],
                    job->draft ? "-draft" : "", ".pdf", NULL);
    return g_build_filename(job->folder, file, NULL);
}

char *
delivery_path(const char *root, const Job *job, OutputKind kind)
{
    if (job->output != NULL)
        return g_strdup(job->output);
    if (job->workshop != NULL)
        return workshop_path(job, kind);
    const char *chapter =
        kind == OUTPUT_HANDOUT ? job->printing.chapter : NULL;
    GString *name = g_string_new(chapter == NULL ? "manual" : "handout-");
    if (chapter != NULL)
        g_string_append(name, chapter);
    if (job->audience != NULL) {
        g_autofree char *words = g_strdup(job->audience);
        g_string_append_printf(name, "-%s", g_strdelimit(words, " /.", '-'));
    }
    if (job->since != NULL)
        g_string_append(name, "-changes");
    if (kind != OUTPUT_SCREEN && chapter == NULL)
        g_string_append_printf(name, "-%s", output_name(kind));
    if (job->parallel)
        g_string_append(name, "-parallel");
    if (job->draft && !job->parallel)
        g_string_append(name, "-draft");
    g_string_append(name, ".pdf");
    char *path =
        strcmp(root, ".") == 0
            ? g_build_filename("build", job->edition, name->str, NULL)
            : g_build_filename(root, "build", job->edition, name->str, NULL);
    g_string_free(name, TRUE);
    return path;
}

bool
delivery_save(const char *path, GBytes *bytes, GError **error)
{
    gsize length = 0;
    const void *data = g_bytes_get_data(bytes, &length);
    return file_save(path, data, length, error);
}

/* "./x" and "x" are one name to us, two to make */
static const char *
without_dot(const char *path)
{
    while (path[0] == '.' && path[1] == '/')
        path += 2;
    return path;
}

static void
append_escaped(GString *text, const char *path)
{
    for (const char *c = without_dot(path); *c != 0; c++) {
        if (*c == ' ' || *c == '#' || *c == '\\')
            g_string_append_c(text, '\\');
        if (*c == '$')
            g_string_append_c(text, '$');
        g_string_append_c(text, *c);
    }
}

static int
compare_paths(gconstpointer a, gconstpointer b)
{
    return strcmp(a, b);
}

bool
delivery_save_deps(const char *path, const char *root, GError **error)
{
    (void)root;
    g_autoptr(GHashTable) unique = g_hash_table_new(g_str_hash, g_str_equal);
    const GPtrArray *trace = file_trace();
    for (guint i = 0; trace != NULL && i < trace->len; i++) {
        const char *name = without_dot(g_ptr_array_index(trace, i));
        if (g_file_test(name, G_FILE_TEST_EXISTS))
            g_hash_table_add(unique, (gpointer)name);
    }
    GList *names =
        g_list_sort(g_hash_table_get_keys(unique), compare_paths);
    g_autoptr(GString) text = g_string_new(NULL);
    append_escaped(text, path);
    g_string_append_c(text, ':');
    for (GList *name = names; name != NULL; name = name->next) {
        g_string_append(text, " \\\n ");
        append_escaped(text, name->data);
    }
    g_string_append_c(text, '\n');
    /* a deleted file must not stop make */
    for (GList *name = names; name != NULL; name = name->next) {
        append_escaped(text, name->data);
        g_string_append(text, ":\n");
    }
    g_list_free(names);
    g_autofree char *stem =
        g_str_has_suffix(path, ".pdf")
            ? g_strndup(path, strlen(path) - strlen(".pdf"))
            : g_strdup(path);
    g_autofree char *target = g_strconcat(stem, ".d", NULL);
    return file_save(target, text->str, text->len, error);
}

static void
say_kept(const char *root, const Job *job, OutputKind kind,
         Diagnostics *diagnostics)
{
    g_autofree char *path = delivery_path(root, job, kind);
    GStatBuf status;
    if (g_stat(path, &status) != 0) {
        diagnostics_add(diagnostics, LEVEL_NOTE, "not-written",
                        (Place){NULL, 0, 0},
                        "%s was not written: the errors above come first",
                        path);
        return;
    }
    g_autoptr(GDateTime) then = g_date_time_new_from_unix_utc(status.st_mtime);
    g_autofree char *date = g_date_time_format(then, "%Y-%m-%d %H:%M UTC");
    gint64 days = (file_today() - (gint64)status.st_mtime) / 86400;
    diagnostics_add(diagnostics, LEVEL_NOTE, "not-written",
                    (Place){NULL, 0, 0},
                    "%s was not written; the one lying there is of %s "
                    "(%" G_GINT64_FORMAT " days old) and does not hold these "
                    "changes",
                    path, date, MAX(days, 0));
}

void
delivery_say_kept(const char *root, const Job *job, unsigned kinds,
                  Diagnostics *diagnostics)
{
    for (int kind = 0; kind < OUTPUT_COUNT && !job->dry; kind++) {
        if (kinds >> kind & 1)
            say_kept(root, job, kind, diagnostics);
    }
}
