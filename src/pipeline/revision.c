/* SPDX-License-Identifier: MIT */
/* Revisions: see the header. */
#include "pipeline/revision.h"

#include "base/file.h"
#include "base/message.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

/* standard output of git, or NULL; arguments end with NULL */
static GBytes *
run_git(const char *root, const char *const *arguments)
{
    g_autoptr(GPtrArray) line = g_ptr_array_new();
    g_ptr_array_add(line, "git");
    g_ptr_array_add(line, "-C");
    g_ptr_array_add(line, (gpointer)root);
    for (; *arguments != NULL; arguments++)
        g_ptr_array_add(line, (gpointer)*arguments);
    g_ptr_array_add(line, NULL);
    g_autoptr(GSubprocess) git = g_subprocess_newv(
        (const char *const *)line->pdata,
        G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
        NULL);
    GBytes *output = NULL;
    if (git == NULL ||
        !g_subprocess_communicate(git, NULL, NULL, &output, NULL, NULL))
        return NULL;
    if (!g_subprocess_get_successful(git))
        g_clear_pointer(&output, g_bytes_unref);
    return output;
}

static char *
git_text(const char *root, const char *const *arguments)
{
    g_autoptr(GBytes) bytes = run_git(root, arguments);
    if (bytes == NULL)
        return NULL;
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);
    return g_strchomp(g_strndup(data == NULL ? "" : data, length));
}

/* one line of ls-tree: "MODE TYPE HASH<tab>PATH" */
static bool
extract_entry(const char *root, const char *entry, const char *folder)
{
    g_auto(GStrv) halves = g_strsplit(entry, "\t", 2);
    g_auto(GStrv) words = g_strsplit(halves[0] == NULL ? "" : halves[0], " ", 3);
    const char *path = halves[0] == NULL ? NULL : halves[1];
    if (path == NULL || g_strv_length(words) != 3 ||
        !g_str_has_prefix(words[0], "100") || strstr(path, "..") != NULL)
        return true; /* links and submodules are not followed */
    const char *const cat[] = {"cat-file", "blob", words[2], NULL};
    g_autoptr(GBytes) bytes = run_git(root, cat);
    if (bytes == NULL)
        return false;
    gsize length = 0;
    const void *data = g_bytes_get_data(bytes, &length);
    g_autofree char *target = g_build_filename(folder, path, NULL);
    return file_save(target, data == NULL ? "" : data, length, NULL);
}

/* the files of one part; false: git cannot give one */
static bool
extract_part(const char *root, const char *commit, const char *part,
             const char *folder, int *count)
{
    const char *const tree[] = {"ls-tree", "-r", "-z", commit,
                                "--",      part, NULL};
    g_autoptr(GBytes) list = run_git(root, tree);
    gsize length = 0;
    const char *entry = list == NULL ? NULL : g_bytes_get_data(list, &length);
    if (entry == NULL)
        return true;
    for (const char *end = entry + length; entry < end;
         entry += strlen(entry) + 1) {
        if (!extract_entry(root, entry, folder))
            return false;
        ++*count;
    }
    return true;
}

bool
revision_extract(const char *root, const char *revision,
                 const char *const *parts, const char *folder,
                 Diagnostics *diagnostics)
{
    const Place nowhere = {NULL, 0, 0};
    const char *const inside[] = {"rev-parse", "--git-dir", NULL};
    g_autofree char *repository = git_text(root, inside);
    if (repository == NULL) {
        diagnostics_add(diagnostics, LEVEL_INVALID, "no-repository", nowhere,
                        _("this project is not kept in git (there is no .git), "
                          "so there is nothing to compare with; 'vadovas "
                          "status' shows what is stale, and 'vadovas build "
                          "--since FOLDER' compares with an older copy"));
        return false;
    }
    g_autofree char *wanted = g_strconcat(revision, "^{commit}", NULL);
    const char *const verify[] = {"rev-parse", "--verify", "--quiet",
                                  "--end-of-options", wanted, NULL};
    g_autofree char *commit =
        *revision == '-' ? NULL : git_text(root, verify);
    int count = 0;
    bool is_whole = commit != NULL;
    for (int i = 0; is_whole && parts[i] != NULL && (i == 0 || count > 0); i++)
        is_whole = extract_part(root, commit, parts[i], folder, &count);
    if (!is_whole && commit != NULL)
        diagnostics_add(diagnostics, LEVEL_INVALID, "revision-unknown", nowhere,
                        _("git cannot give all files of '%s'"), revision);
    else if (count == 0)
        diagnostics_add(diagnostics, LEVEL_INVALID, "revision-unknown", nowhere,
                        _("git has no revision '%s' with a folder %s/; name a "
                          "commit, a branch or a tag"),
                        revision, parts[0]);
    return is_whole && count > 0;
}

void
revision_delete(const char *folder)
{
    g_auto(GStrv) names = file_list(folder);
    for (int i = 0; names[i] != NULL; i++) {
        g_autofree char *child = g_build_filename(folder, names[i], NULL);
        if (g_file_test(child, G_FILE_TEST_IS_DIR) &&
            !g_file_test(child, G_FILE_TEST_IS_SYMLINK))
            revision_delete(child);
        else
            g_unlink(child);
    }
    g_rmdir(folder);
}
