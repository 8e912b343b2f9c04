/* SPDX-License-Identifier: MIT */
/* vadovas ack: a person has looked at a change, and the text fits. */
#include "cli/command.h"
#include "overlay/detail.h"

#include <string.h>

/* where a change of the base still waits behind the one that was acknowledged,
 * it was not what the person saw */
static void
check_seen(Project *project, const char *edition, char **keys)
{
    g_autoptr(Diagnostics) ignored = diagnostics_new();
    g_autoptr(OverlayDetails) details =
        overlay_details(project->base, project->manual, edition, ignored);
    for (; *keys != NULL; keys++) {
        const OverlayDetail *detail = overlay_details_find(details, *keys);
        if (detail == NULL || detail->old || detail->state == STATE_CURRENT)
            continue;
        bool outdated = detail->state == STATE_STALE ||
                        detail->state == STATE_REVIEW;
        diagnostics_add(project->diagnostics, LEVEL_ERROR, "ack-refused",
                        detail->place, _("'%s' is still %s: %s"), *keys,
                        _(block_state_name(detail->state)),
                        outdated
                            ? _("the base has a change that the file did not "
                                "show; it does now: read it and run ack again")
                            : _("ack is only for texts whose base has "
                                "changed"));
    }
}

static Result
acknowledge(Project *project, const SyncOptions *options)
{
    Diagnostics *diagnostics = project->diagnostics;
    int before = diagnostics_count_from(diagnostics, LEVEL_ERROR);
    Result result = command_sync(project, options);
    if (result != RESULT_DONE || options->acknowledge == NULL)
        return result;
    check_seen(project, options->edition, (char **)options->acknowledge);
    return diagnostics_count_from(diagnostics, LEVEL_ERROR) > before
               ? RESULT_UNFIT
               : RESULT_DONE;
}

/* ---- --trivial ------------------------------------------------------ */

static bool
names_block(const OverlayDetail *detail, const char *block)
{
    return strcmp(detail->id, block) == 0 || strcmp(detail->at, block) == 0;
}

/* the keys of an edition's units whose change is trivial; false after saying
 * why nothing may be acknowledged */
static bool
find_trivial(Project *project, const char *edition, const char *block,
             GPtrArray *keys, bool *known)
{
    Diagnostics *diagnostics = project->diagnostics;
    g_autoptr(OverlayDetails) details =
        overlay_details(project->base, project->manual, edition, diagnostics);
    bool fine = !details->edition->failed;
    for (guint i = 0; i < details->list->len; i++) {
        const OverlayDetail *detail = g_ptr_array_index(details->list, i);
        if (detail->base == NULL || !names_block(detail, block))
            continue;
        *known = true;
        bool outdated = detail->state == STATE_STALE ||
                        detail->state == STATE_REVIEW;
        if (!outdated || detail->key == NULL)
            continue;
        if (detail->severity == SEVERITY_TYPOGRAPHIC ||
            detail->severity == SEVERITY_WORDING) {
            g_ptr_array_add(keys, g_strdup(detail->key));
            continue;
        }
        fine = false;
        diagnostics_add(diagnostics, LEVEL_ERROR, "ack-not-trivial",
                        detail->place,
                        _("the change under '%s' is no trivial one (%s); "
                          "somebody who reads '%s' must look at it, then "
                          "'vadovas ack %s %s'"),
                        block,
                        detail->severity == SEVERITY_NONE
                            ? _("a person flagged it")
                            : _(severity_word(detail->severity)),
                        edition, edition, detail->key);
    }
    g_ptr_array_add(keys, NULL);
    return fine;
}

static Result
acknowledge_trivial(Project *project, const char *block)
{
    g_auto(GStrv) editions = project_editions(project);
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(
        (GDestroyNotify)g_ptr_array_unref);
    bool fine = true, known = false;
    for (int i = 0; editions[i] != NULL; i++) {
        GPtrArray *keys = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(found, keys);
        if (strcmp(editions[i], project->manual->lang) != 0)
            fine = find_trivial(project, editions[i], block, keys, &known) &&
                   fine;
    }
    if (!known)
        diagnostics_add(project->diagnostics, LEVEL_ERROR, "block-unknown",
                        (Place){NULL, 0, 0},
                        _("no block of the base is at '%s'; 'vadovas diff' "
                          "shows the addresses"),
                        block);
    if (!known || !fine)
        return RESULT_UNFIT;
    Result worst = RESULT_DONE;
    for (int i = 0; editions[i] != NULL; i++) {
        const GPtrArray *keys = g_ptr_array_index(found, (guint)i);
        if (keys->len <= 1)
            continue;
        SyncOptions options = {
            .edition = editions[i],
            .write = true,
            .acknowledge = (const char *const *)keys->pdata,
            .acknowledge_today = true};
        Result result = acknowledge(project, &options);
        worst = MAX(worst, result);
    }
    return worst;
}

/* ---- the command ---------------------------------------------------- */

static Result
run(Session *session, bool edited, const char *trivial, int argc, char **argv)
{
    bool usable = trivial != NULL ? argc == 1 && !edited
                  : edited        ? argc == 2
                                  : argc >= 3;
    if (!usable)
        return (Result)command_usage("ack EDITION KEY..., ack EDITION "
                                     "--edited, or ack --trivial=BLOCK");
    g_autoptr(Project) project =
        project_open(session->root, false, session->diagnostics);
    if (project == NULL)
        return RESULT_INVALID;
    if (trivial != NULL)
        return acknowledge_trivial(project, trivial);
    const char *edition = command_overlay(project, argc, argv);
    if (edition == NULL)
        return RESULT_INVALID;
    SyncOptions options = {
        .edition = edition,
        .write = true,
        .acknowledge = edited ? NULL : (const char *const *)argv + 2,
        .acknowledge_edited = edited};
    return acknowledge(project, &options);
}

int
cmd_ack(Session *session, int argc, char **argv)
{
    gboolean edited = FALSE;
    g_autofree char *trivial = NULL;
    const GOptionEntry entries[] = {
        {"edited", 0, 0, G_OPTION_ARG_NONE, &edited,
         "all units of the edition whose text was changed since it was flagged "
         "or acknowledged", NULL},
        {"trivial", 0, 0, G_OPTION_ARG_STRING, &trivial,
         "in all editions, the change of this block of the base; refused where "
         "it touches numbers, negations, references or structure",
         "BLOCK"},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    int code = RESULT_INVALID;
    if (!command_options(command_find("ack"), entries,
                         "Says that a unit's text, as it stands, is about the "
                         "text that =now shows, which becomes what the unit "
                         "translates. Also syncs the edition.",
                         &argc, &argv, &code))
        return code;
    return (int)run(session, edited, trivial, argc, argv);
}
