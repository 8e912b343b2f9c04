/* SPDX-License-Identifier: MIT */
/*
 * vadovas merge %O %A %B: git's merge driver for overlay files.
 *
 * What it cannot read as overlays it leaves to git's own merge of lines, which
 * is safe too: what decides about a unit stands on one line.
 */
#include "base/file.h"
#include "cli/command.h"
#include "overlay/merge.h"

#include <string.h>

static Source *
load(const char *path, const char *name, Diagnostics *diagnostics)
{
    g_autoptr(GError) error = NULL;
    char *text = NULL;
    gsize length = 0;
    if (!g_file_get_contents(path, &text, &length, &error)) {
        diagnostics_add(diagnostics, LEVEL_INVALID, "source-missing",
                        (Place){path, 0, 0}, "%s", error->message);
        return NULL;
    }
    return source_new(g_intern_string(name), text, length, diagnostics);
}

/* git's own merge, with its marks in OURS */
static Result
merge_lines(char **files)
{
    const char *arguments[] = {"git",  "merge-file", "-L",     "ours", "-L",
                               "base", "-L",         "theirs", "--",   files[1],
                               files[0], files[2],   NULL};
    int status = 0;
    if (!g_spawn_sync(NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL,
                      NULL, NULL, NULL, &status, NULL))
        return RESULT_INVALID;
    return g_spawn_check_wait_status(status, NULL) ? RESULT_DONE : RESULT_UNFIT;
}

static Result
merge(Session *session, char **files, const char *name)
{
    g_autoptr(Source) old = load(files[0], name, session->diagnostics);
    g_autoptr(Source) ours = load(files[1], name, session->diagnostics);
    g_autoptr(Source) theirs = load(files[2], name, session->diagnostics);
    if (old == NULL || ours == NULL || theirs == NULL)
        return RESULT_INVALID;
    if (strstr(ours->text, "<!-- ov:") == NULL ||
        strstr(theirs->text, "<!-- ov:") == NULL)
        return merge_lines(files);
    MergeResult result = {NULL, 0};
    if (!overlay_merge(old, ours, theirs, &result, session->diagnostics))
        return merge_lines(files);
    g_autofree char *text = result.text;
    g_autoptr(GError) error = NULL;
    if (!file_save(files[1], text, strlen(text), &error))
        return command_failure(session->diagnostics, "output-unwritable",
                               error);
    return result.conflicts == 0 ? RESULT_DONE : RESULT_UNFIT;
}

int
cmd_merge(Session *session, int argc, char **argv)
{
    static const GOptionEntry entries[] = {
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    int code = RESULT_INVALID;
    if (!command_options(command_find("merge"), entries,
                         "Writes the merge into OURS; a unit that both changed "
                         "gets git's marks, and the exit code is 1. To use "
                         "it:\n"
                         "  git config merge.vadovas.driver 'vadovas merge %O "
                         "%A %B %P'\n"
                         "  echo 'locales/*/*.md merge=vadovas' >> "
                         ".gitattributes",
                         &argc, &argv, &code))
        return code;
    if (argc != 4 && argc != 5)
        return command_usage("merge OLD OURS THEIRS [NAME]");
    return (int)merge(session, argv + 1, argc == 5 ? argv[4] : argv[2]);
}
