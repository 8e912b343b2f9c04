/* SPDX-License-Identifier: MIT */
/* vadovas status: what is current, stale, missing, in words. */
#include "cli/command.h"

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
tell_edition(Project *project, const char *edition, bool json, GString *text,
             G_GNUC_UNUSED gpointer data)
{
    g_autoptr(OverlayReport) report = overlay_status(
        project->base, project->manual, edition, project->diagnostics);
    g_autofree char *part = json ? overlay_status_json(report, edition)
                                 : overlay_status_table(report, edition);
    g_string_append_printf(text, "%s%s", json || text->len == 0 ? "" : "\n",
                           part);
    return is_fit(report) ? RESULT_DONE : RESULT_UNFIT;
}

int
cmd_status(Session *session, int argc, char **argv)
{
    bool json = false;
    int code = RESULT_INVALID;
    if (!command_json_options(session, "status",
                              "Per chapter: current, stale, review, missing, "
                              "draft, broken. The exit code is 1 where a build "
                              "would refuse.",
                              &argc, &argv, &json, &code))
        return code;
    g_autoptr(Project) project = NULL;
    g_auto(GStrv) editions = command_open(session, argc, argv, &project);
    if (editions == NULL)
        return RESULT_INVALID;
    return (int)command_tell(project, editions, json, tell_edition, NULL);
}
