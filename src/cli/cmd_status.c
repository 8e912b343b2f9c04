/* SPDX-License-Identifier: MIT */
/* vadovas status: what is current, stale, missing, in words. */
#include "cli/command.h"

#include <string.h>

/* the gate's view: 1 where a build would refuse */
static bool
is_fit(const OverlayReport *report)
{
    for (guint i = 0; i < report->blocks->len; i++) {
        const OverlayBlock *block = g_ptr_array_index(report->blocks, i);
        if (block->homeless || block->damaged ||
            (block->state != STATE_CURRENT && !block->waived))
            return false;
    }
    return true;
}

static Result
show(Project *project, char **editions, bool json)
{
    Result worst = RESULT_DONE;
    bool first = true;
    g_autoptr(GString) text = g_string_new(json ? "[" : NULL);
    for (char **edition = editions; *edition != NULL; edition++) {
        if (strcmp(*edition, project->manual->lang) == 0)
            continue;
        g_autoptr(OverlayReport) report =
            overlay_status(project->base, project->manual, *edition,
                           project->diagnostics);
        if (report == NULL) {
            worst = RESULT_INVALID;
            continue;
        }
        g_autofree char *part = json ? overlay_status_json(report, *edition)
                                     : overlay_status_table(report, *edition);
        if (!first)
            g_string_append(text, json ? ",\n" : "\n");
        first = false;
        g_string_append(text, part);
        if (!is_fit(report))
            worst = MAX(worst, RESULT_UNFIT);
    }
    if (json)
        g_string_append(text, "]\n");
    return command_print(text->str) ? worst : RESULT_INVALID;
}

int
cmd_status(Session *session, int argc, char **argv)
{
    gboolean json = FALSE;
    const GOptionEntry entries[] = {
        {"json", 0, 0, G_OPTION_ARG_NONE, &json,
         "one JSON array, an object for each edition", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    int code = RESULT_INVALID;
    if (!command_options(command_find("status"), entries,
                         "Per chapter: current, stale, review, missing, draft, "
                         "broken. The exit code is 1 where a build would "
                         "refuse.",
                         &argc, &argv, &code))
        return code;
    g_autoptr(Project) project =
        project_open(session->root, false, session->diagnostics);
    g_auto(GStrv) editions =
        project == NULL ? NULL : command_editions(project, argc, argv);
    if (editions == NULL)
        return RESULT_INVALID;
    return (int)show(project, editions,
                     json || strcmp(session->format, "json") == 0);
}
