/* SPDX-License-Identifier: MIT */
/* vadovas export: an edition for a translator's tool. */
#include "cli/command.h"

#include "exchange/exchange.h"

#include <string.h>

/* -1 after a diagnostic */
static int
find_tool(const Session *session, const char *name)
{
    for (int i = 0; i < TOOL_COUNT; i++) {
        if (g_strcmp0(name, tool_name((Tool)i)) == 0)
            return i;
    }
    diagnostics_add(session->diagnostics, LEVEL_INVALID, "export-tool",
                    (Place){NULL, 0, 0},
                    _("say for which tool: --for=poedit, weblate, omegat or "
                      "trados"));
    return -1;
}

int
cmd_export(Session *session, int argc, char **argv)
{
    g_autofree char *tool = NULL, *folder = NULL;
    const GOptionEntry entries[] = {
        {"for", 0, 0, G_OPTION_ARG_STRING, &tool,
         "poedit, weblate (PO), trados (XLIFF 1.2) or omegat (a project)",
         "TOOL"},
        {"output-folder", 'o', 0, G_OPTION_ARG_FILENAME, &folder,
         "where the files go; build/EDITION/exchange if not given", "DIR"},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    int code = RESULT_INVALID;
    if (!command_options(command_find("export"), entries,
                         "Writes a file for each chapter, with every "
                         "translation, what is missing and what is stale. "
                         "No file with other contents is overwritten.",
                         &argc, &argv, &code))
        return code;
    int index = find_tool(session, tool);
    g_autoptr(Project) project =
        index < 0 ? NULL
                  : project_open(session->root, false, session->diagnostics);
    const char *edition =
        project == NULL ? NULL : command_overlay(project, argc, argv);
    if (edition == NULL)
        return RESULT_INVALID;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) written = g_ptr_array_new_with_free_func(g_free);
    if (folder == NULL)
        folder = g_build_filename(session->root, "build", edition, "exchange",
                                  NULL);
    bool done = exchange_export(project->base, project->manual, edition,
                                (Tool)index, folder, written,
                                session->diagnostics, &error);
    command_say_files(written, true);
    if (error != NULL)
        command_failure(session->diagnostics, "export-failed", error);
    return done ? RESULT_DONE : RESULT_INVALID;
}
