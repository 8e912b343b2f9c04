/* SPDX-License-Identifier: MIT */
/* vadovas sync: bring the overlays after the base. */
#include "cli/command.h"

#include <string.h>

static Result
sync_edition(Project *project, const char *edition, bool dry)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) changed = g_ptr_array_new_with_free_func(g_free);
    Diagnostics *diagnostics = project->diagnostics;
    int before = diagnostics_count_from(diagnostics, LEVEL_ERROR);
    SyncOptions options = {.edition = edition, .write = !dry};
    if (!overlay_sync_with(project->base, project->manual, &options, changed,
                           diagnostics, &error)) {
        diagnostics_add(diagnostics, LEVEL_INVALID, "sync-failed",
                        (Place){NULL, 0, 0}, "%s", error->message);
        return g_error_matches(error, OVERLAY_ERROR, OVERLAY_ERROR_WOULD_LOSE)
                   ? RESULT_BROKEN
                   : RESULT_INVALID;
    }
    for (guint i = 0; i < changed->len; i++)
        printf("%s %s\n", dry ? "would write" : "wrote",
               (const char *)g_ptr_array_index(changed, i));
    if (changed->len == 0 &&
        diagnostics_count_from(diagnostics, LEVEL_ERROR) == before)
        printf("%s: nothing to do\n", edition);
    return diagnostics_count_from(diagnostics, LEVEL_ERROR) > before
               ? RESULT_UNFIT
               : RESULT_DONE;
}

int
cmd_sync(Session *session, int argc, char **argv)
{
    gboolean dry = FALSE;
    const GOptionEntry entries[] = {
        {"dry-run", 'n', 0, G_OPTION_ARG_NONE, &dry,
         "only say which files would be written", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    int code = RESULT_INVALID;
    if (!command_options(command_find("sync"), entries,
                         "Completes units written by hand, follows moved "
                         "blocks, flags what went stale and adds units to "
                         "write. No word of a person is ever lost; the "
                         "previous files are kept in build/backup/.",
                         &argc, &argv, &code))
        return code;
    g_autoptr(Project) project =
        project_open(session->root, false, session->diagnostics);
    g_auto(GStrv) editions =
        project == NULL ? NULL : command_editions(project, argc, argv);
    if (editions == NULL)
        return RESULT_INVALID;
    Result worst = RESULT_DONE;
    for (char **edition = editions; *edition != NULL; edition++) {
        if (strcmp(*edition, project->manual->lang) == 0)
            continue;
        Result result = sync_edition(project, *edition, dry);
        worst = MAX(worst, result);
    }
    return (int)worst;
}
