/* SPDX-License-Identifier: MIT */
/* vadovas waive: one block or fact is printed as it is, and somebody answers for
 * it. */
#include "base/message.h"
#include "cli/command.h"
#include "facts/fact_list.h"
#include "overlay/detail.h"

#include <string.h>

static bool
is_unit(Project *project, const char *edition, const char *key)
{
    if (strcmp(edition, project->manual->lang) == 0)
        return false;
    g_autoptr(OverlayDetails) details = overlay_details(
        project->base, project->manual, edition, project->diagnostics);
    return overlay_details_find(details, key) != NULL;
}

static bool
waive_fact(Project *project, const char *edition, const FactEntry *fact,
           const char *reason, GError **error)
{
    if (fact->is_overdue)
        return overlay_waive_fact(project->manual, edition, fact->id,
                                  fact->review_by, reason,
                                  project->diagnostics, error);
    diagnostics_add(project->diagnostics, LEVEL_ERROR, "waiver-refused",
                    fact->place,
                    _("the fact '%s' is not overdue before %s and stops nothing"),
                    fact->id, fact->review_by);
    return false;
}

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
                         "Writes a waiver into the edition.xml of the edition. "
                         "For a unit it lasts until the block of the base "
                         "changes again, for a fact or research data until "
                         "review-by does; every build lists it.",
                         &argc, &argv, &code))
        return code;
    if (argc != 3 || reason == NULL || *g_strstrip(reason) == 0)
        return command_usage("waive EDITION KEY|FACT --reason=TEXT");
    g_autoptr(Project) project =
        project_open(session->root, false, session->diagnostics);
    char *named[] = {argv[0], argv[1], NULL};
    g_auto(GStrv) editions =
        project == NULL ? NULL : command_editions(project, 2, named);
    if (editions == NULL)
        return RESULT_INVALID;
    const char *edition = editions[0];
    g_autoptr(GPtrArray) facts = is_unit(project, edition, argv[2])
                                     ? NULL
                                     : project_facts(project, edition);
    const FactEntry *fact =
        facts == NULL ? NULL : facts_list_find(facts, argv[2]);
    g_autoptr(GError) error = NULL;
    if (fact == NULL && command_overlay(project, argc, argv) == NULL)
        return RESULT_INVALID;
    bool done =
        fact != NULL
            ? waive_fact(project, edition, fact, reason, &error)
            : overlay_waive(project->base, project->manual, edition, argv[2],
                            reason, session->diagnostics, &error);
    if (done) {
        bool is_base = strcmp(edition, project->manual->lang) == 0;
        g_autofree char *path =
            is_base ? g_strdup("manual/edition.xml")
                    : g_build_filename("locales", edition, "edition.xml", NULL);
        printf(_("wrote %s\n"), path);
        return RESULT_DONE;
    }
    if (error == NULL)
        return RESULT_UNFIT;
    return (int)command_failure(session->diagnostics, "output-unwritable",
                                error);
}
