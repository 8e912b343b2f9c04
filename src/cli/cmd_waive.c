/* SPDX-License-Identifier: MIT */
/* vadovas waive: one block is printed as it is, and somebody answers for it. */
#include "cli/command.h"
#include "overlay/detail.h"

#include <string.h>

int
cmd_waive(Session *session, int argc, char **argv)
{
    g_autofree char *reason = NULL;
    const GOptionEntry entries[] = {
        {"reason", 0, 0, G_OPTION_ARG_STRING, &reason,
         "why it may be printed; stands on the imprint", "TEXT"},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    int code = RESULT_INVALID;
    if (!command_options(command_find("waive"), entries,
                         "Writes a waiver into locales/EDITION/edition.xml. "
                         "It lasts until the block of the base changes again; "
                         "every build lists it.",
                         &argc, &argv, &code))
        return code;
    if (argc != 3 || reason == NULL || *g_strstrip(reason) == 0)
        return command_usage("waive EDITION KEY --reason=TEXT");
    g_autoptr(Project) project =
        project_open(session->root, false, session->diagnostics);
    const char *edition =
        project == NULL ? NULL : command_overlay(project, argc, argv);
    if (edition == NULL)
        return RESULT_INVALID;
    g_autoptr(GError) error = NULL;
    if (overlay_waive(project->base, project->manual, edition, argv[2], reason,
                      session->diagnostics, &error)) {
        g_autofree char *path =
            g_build_filename("locales", edition, "edition.xml", NULL);
        printf(_("wrote %s\n"), path);
        return RESULT_DONE;
    }
    if (error == NULL)
        return RESULT_UNFIT;
    return (int)command_failure(session->diagnostics, "output-unwritable",
                                error);
}
