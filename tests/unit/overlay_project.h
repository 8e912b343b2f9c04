/* SPDX-License-Identifier: MIT */
/*
 * A project in a temporary folder for the tests of overlays: a base of some
 * chapters and one edition, with the few steps that every test takes.
 */
#ifndef OVERLAY_PROJECT_H
#define OVERLAY_PROJECT_H

#include "base/file.h"
#include "base/xml.h"
#include "overlay/edition.h"
#include "overlay/overlay.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
    char *root;
    Manual *manual;
    Document *base;
    Diagnostics *diagnostics;
    GPtrArray *changed; /* of the last sync */
    guint32 seed;
} Project;

static inline void
project_write(const Project *project, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(project->root, name, NULL);
    g_autofree char *folder = g_path_get_dirname(path);
    g_assert_cmpint(g_mkdir_with_parents(folder, 0777), ==, 0);
    GError *error = NULL;
    g_file_set_contents(path, text, -1, &error);
    g_assert_no_error(error);
}

/* owned; NULL where there is no such file */
static inline char *
project_read(const Project *project, const char *name)
{
    g_autofree char *path = g_build_filename(project->root, name, NULL);
    char *text = NULL;
    return g_file_get_contents(path, &text, NULL, NULL) ? text : NULL;
}

static inline void
project_delete(const Project *project, const char *name)
{
    g_autofree char *path = g_build_filename(project->root, name, NULL);
    g_unlink(path);
}

/* reads the base again; diagnostics start anew */
static inline void
project_load(Project *project)
{
    g_clear_pointer(&project->manual, manual_free);
    g_clear_pointer(&project->base, document_free);
    g_clear_pointer(&project->diagnostics, diagnostics_free);
    project->diagnostics = diagnostics_new();
    project->manual = manual_load(project->root, project->diagnostics);
    g_assert_nonnull(project->manual);
    project->base = read_manual(project->manual, project->diagnostics);
    g_assert_nonnull(project->base);
}

/* chapters: NULL-terminated names of files that are written later */
static inline void
project_write_manual(const Project *project, const char *const *chapters)
{
    GString *xml =
        g_string_new("<manual xmlns=\"urn:vadovas:manual\" lang=\"lt\">\n");
    for (int i = 0; chapters[i] != NULL; i++)
        g_string_append_printf(xml, "<chapter src=\"%s\"/>\n", chapters[i]);
    g_string_append(xml, "</manual>\n");
    project_write(project, "manual/manual.xml", xml->str);
    g_string_free(xml, TRUE);
}

/* a project with one chapter "01.md" of this text */
static inline Project *
project_new(const char *text)
{
    Project *project = g_new0(Project, 1);
    GError *error = NULL;
    project->root = g_dir_make_tmp("vadovas-overlay-XXXXXX", &error);
    g_assert_no_error(error);
    project->seed = 1;
    project->changed = g_ptr_array_new_with_free_func(g_free);
    const char *const chapters[] = {"01.md", NULL};
    project_write_manual(project, chapters);
    project_write(project, "manual/01.md", text);
    project_write(project, "manual/edition.xml",
                  "<edition xmlns=\"urn:vadovas:edition\" lang=\"lt\">"
                  "<title>Vadovas</title></edition>\n");
    project_write(project, "manual/words.xml",
                  "<words xmlns=\"urn:vadovas:words\" lang=\"lt\">"
                  "<word name=\"contents\">Turinys</word>"
                  "<word name=\"negation-words\">ne nei nėra</word>"
                  "<word name=\"negation-prefixes\">ne nebe</word>"
                  "<word name=\"reference-words\">str. straipsn* pants</word>"
                  "</words>\n");
    project_write(project, "locales/et/edition.xml",
                  "<edition xmlns=\"urn:vadovas:edition\" lang=\"et\" "
                  "country=\"EE\"><title>Käsiraamat</title></edition>\n");
    project_write(project, "locales/et/words.xml",
                  "<words xmlns=\"urn:vadovas:words\" lang=\"et\">"
                  "<word name=\"contents\">Sisukord</word></words>\n");
    project_load(project);
    return project;
}

static inline void
delete_tree(const char *path)
{
    g_auto(GStrv) names = file_list(path);
    for (int i = 0; names[i] != NULL; i++) {
        g_autofree char *child = g_build_filename(path, names[i], NULL);
        if (g_file_test(child, G_FILE_TEST_IS_DIR))
            delete_tree(child);
        else
            g_unlink(child);
    }
    g_rmdir(path);
}

static inline void
project_free(Project *project)
{
    delete_tree(project->root);
    manual_free(project->manual);
    document_free(project->base);
    diagnostics_free(project->diagnostics);
    g_ptr_array_unref(project->changed);
    g_free(project->root);
    g_free(project);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Project, project_free)

/* reads the base and syncs; the number of files that were written */
static inline int
project_sync(Project *project)
{
    project_load(project);
    g_ptr_array_set_size(project->changed, 0);
    SyncOptions options = {.edition = "et",
                           .write = true,
                           .has_seed = true,
                           .seed = project->seed++};
    GError *error = NULL;
    overlay_sync_with(project->base, project->manual, &options,
                      project->changed, project->diagnostics, &error);
    g_assert_no_error(error);
    return (int)project->changed->len;
}

static inline void
print_diagnostics(const Project *project)
{
    for (int i = 0; i < diagnostics_length(project->diagnostics); i++) {
        const Diagnostic *d = diagnostics_get(project->diagnostics, i);
        g_test_message("%s:%d: [%s] %s", d->place.file ? d->place.file : "",
                       d->place.line, d->name, d->text);
    }
}

static inline Document *
project_apply_with(Project *project, const OverlayOptions *options,
                   OverlayReport **report)
{
    project_load(project);
    *report = overlay_report_new();
    Document *document = overlay_apply(project->base, project->manual, options,
                                       *report, project->diagnostics);
    bool is_valid = document_check(document, project->diagnostics);
    print_diagnostics(project);
    g_assert_true(is_valid);
    return document;
}

/* the edition's document; report is new and owned */
static inline Document *
project_apply(Project *project, bool draft, OverlayReport **report)
{
    OverlayOptions options = {.edition = "et", .draft = draft};
    return project_apply_with(project, &options, report);
}

/* "id:state id:state:severity ..." of all blocks, in their order; owned */
static inline char *
project_states(Project *project)
{
    OverlayReport *report = NULL;
    Document *document = project_apply(project, true, &report);
    GString *states = g_string_new(NULL);
    for (guint i = 0; i < report->blocks->len; i++) {
        const OverlayBlock *block = g_ptr_array_index(report->blocks, i);
        g_string_append_printf(
            states, "%s%s%s:%s%s%s%s", i == 0 ? "" : " ",
            g_strcmp0(block->operation, "insert") == 0 ? "+" : "", block->id,
            block_state_name(block->state), block->severity ? ":" : "",
            block->severity ? block->severity : "",
            block->homeless ? ":homeless" : "");
    }
    overlay_report_free(report);
    document_free(document);
    return g_string_free(states, FALSE);
}

/* everything current, and the gate lets it through */
static inline bool
project_is_current(Project *project)
{
    OverlayReport *report = NULL;
    Document *document = project_apply(project, false, &report);
    bool current = diagnostics_count_from(project->diagnostics, LEVEL_ERROR) == 0;
    for (guint i = 0; i < report->blocks->len; i++) {
        const OverlayBlock *block = g_ptr_array_index(report->blocks, i);
        if (block->state != STATE_CURRENT) {
            g_test_message("%s is %s", block->id,
                           block_state_name(block->state));
            current = false;
        }
    }
    overlay_report_free(report);
    document_free(document);
    return current;
}

/* puts `new` in the place of the first `old` of a file, which must be there */
static inline void
project_replace(const Project *project, const char *name, const char *old,
                const char *new)
{
    g_autofree char *text = project_read(project, name);
    g_assert_nonnull(text);
    if (strstr(text, old) == NULL)
        g_error("'%s' is not in:\n%s", old, text);
    GString *changed = g_string_new(text);
    g_string_replace(changed, old, new, 1);
    project_write(project, name, changed->str);
    g_string_free(changed, TRUE);
}

/* What a translator does: under every TODO, the base's text with "ET " before
 * each word of letters; heading ids go, notes, links and marks stay. */
static inline char *
fake_translation(const char *source)
{
    GString *text = g_string_new(NULL);
    bool word = false, skip = false;
    for (const char *c = source; *c != 0; c = g_utf8_next_char(c)) {
        if (g_str_has_prefix(c, " {#"))
            skip = true;
        if (skip && *c == '}') {
            skip = false;
            continue;
        }
        if (skip)
            continue;
        bool letter = g_unichar_isalpha(g_utf8_get_char(c));
        bool start = c == source || c[-1] == ' ' || c[-1] == '\n';
        if (letter && !word && start)
            g_string_append(text, "Ee");
        word = letter;
        g_string_append_unichar(text, g_utf8_get_char(c));
    }
    return g_string_free(text, FALSE);
}

static inline void
project_translate(Project *project, const char *name)
{
    g_autofree char *text = project_read(project, name);
    g_assert_nonnull(text);
    GString *out = g_string_new(NULL);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (int i = 0; lines[i] != NULL; i++) {
        char *todo = g_str_has_prefix(lines[i], "<!-- ov:translate")
                         ? strstr(lines[i], " TODO")
                         : NULL;
        bool is_todo = todo != NULL;
        if (is_todo)
            memset(todo, ' ', 5);
        g_string_append(out, g_strchomp(lines[i]));
        if (lines[i + 1] != NULL)
            g_string_append_c(out, '\n');
        if (!is_todo)
            continue;
        GString *source = g_string_new(NULL);
        for (i++; strcmp(lines[i], "-->") != 0; i++) {
            g_string_append_printf(out, "%s\n", lines[i]);
            if (strcmp(lines[i], "=src") != 0 &&
                !g_str_has_prefix(lines[i], "{file="))
                g_string_append_printf(source, "%s\n", lines[i]);
        }
        g_autofree char *target = fake_translation(source->str);
        g_string_append_printf(out, "-->\n\n%s", target);
        g_string_free(source, TRUE);
    }
    project_write(project, name, out->str);
    g_string_free(out, TRUE);
}

/* a project whose only chapter is translated and in sync */
static inline Project *
project_translated(const char *text)
{
    Project *project = project_new(text);
    project_sync(project);
    project_translate(project, "locales/et/01.md");
    g_assert_cmpint(project_sync(project), <=, 1);
    return project;
}

#define OVERLAY "locales/et/01.md"
#define BASE "manual/01.md"

#endif
