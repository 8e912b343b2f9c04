/* SPDX-License-Identifier: MIT */
/* vadovas sync: bring the overlays after the base. */
#include "cli/command.h"

#include <string.h>

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
    g_autoptr(Project) project = NULL;
    g_auto(GStrv) editions = command_open(session, argc, argv, &project);
    if (editions == NULL)
        return RESULT_INVALID;
    Result worst = RESULT_DONE;
    for (char **edition = editions; *edition != NULL; edition++) {
        if (strcmp(*edition, project->manual->lang) == 0)
            continue;
        SyncOptions options = {.edition = *edition, .write = !dry};
        Result result = command_sync(project, &options);
        worst = MAX(worst, result);
    }
    return (int)worst;
}
