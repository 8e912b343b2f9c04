/* SPDX-License-Identifier: MIT */
/* vadovas deviations: what an edition says otherwise than the base, and why. */
#include "base/json.h"
#include "cli/command.h"
#include "overlay/detail.h"

#include <string.h>

static bool
is_deviation(const OverlayDetail *detail)
{
    static const char *const names[] = {"replace", "insert", "remove"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (!detail->old && g_strcmp0(detail->operation, names[i]) == 0)
            return true;
    }
    return false;
}

/* what the base says: a block that is left out may be a whole section */
static const char *
base_text(const OverlayDetail *detail)
{
    return strcmp(detail->operation, "insert") == 0 ? NULL
           : detail->base != NULL                   ? detail->base
                                                    : detail->source;
}

static void
add_quote(GString *text, const char *name, const char *body)
{
    if (body == NULL || *body == 0)
        return;
    g_auto(GStrv) lines = g_strsplit(body, "\n", -1);
    g_string_append_printf(text, "%s:\n\n", name);
    for (int i = 0; lines[i] != NULL; i++)
        g_string_append_printf(text, ">%s%s\n", *lines[i] == 0 ? "" : " ",
                               lines[i]);
    g_string_append_c(text, '\n');
}

static void
add_markdown(GString *text, const OverlayDetail *detail)
{
    g_string_append_printf(text, "### %s `%s`%s%s\n\n", detail->operation,
                           detail->at, detail->key == NULL ? "" : _(", key "),
                           detail->key == NULL ? "" : detail->key);
    g_string_append_printf(text, _("Reason: %s\n\n"),
                           detail->reason == NULL ? _("none given")
                                                  : detail->reason);
    if (detail->homeless || detail->state != STATE_CURRENT)
        g_string_append_printf(text, _("State: %s\n\n"),
                               detail->homeless
                                   ? _("homeless")
                                   : _(block_state_name(detail->state)));
    add_quote(text, _("Base"), base_text(detail));
    add_quote(text, _("Edition"), detail->target);
}

static void
add_json(GString *json, const OverlayDetail *detail)
{
    g_string_append(json, g_str_has_suffix(json->str, "[") ? "{" : ",\n{");
    json_add_string(json, "operation", detail->operation);
    json_add_string(json, "chapter", detail->chapter);
    json_add_string(json, "at", detail->at);
    json_add_string(json, "key", detail->key);
    json_add_string(json, "reason", detail->reason);
    json_add_string(json, "state", detail->homeless
                                       ? "homeless"
                                       : block_state_name(detail->state));
    json_add_string(json, "base", base_text(detail));
    json_add_string(json, "target", detail->target);
    json_add_string(json, "file", detail->place.file);
    json_add_int(json, "line", detail->place.line);
    g_string_append_c(json, '}');
}

static Result
tell_edition(Project *project, const char *edition, bool json, GString *text,
             G_GNUC_UNUSED gpointer data)
{
    g_autoptr(OverlayDetails) details = overlay_details(
        project->base, project->manual, edition, project->diagnostics);
    const char *chapter = NULL;
    if (json) {
        g_string_append_c(text, '{');
        json_add_string(text, "edition", edition);
        g_string_append(text, ",\"deviations\":[");
    } else {
        g_string_append_printf(text, _("# Deviations: %s\n\n"), edition);
    }
    bool any = false;
    for (guint i = 0; i < details->list->len; i++) {
        const OverlayDetail *detail = g_ptr_array_index(details->list, i);
        if (!is_deviation(detail))
            continue;
        any = true;
        if (!json && g_strcmp0(chapter, detail->chapter) != 0)
            g_string_append_printf(text, "## %s\n\n", detail->chapter);
        chapter = detail->chapter;
        if (json)
            add_json(text, detail);
        else
            add_markdown(text, detail);
    }
    if (json)
        g_string_append(text, "]}");
    else if (!any)
        g_string_append(text, _("None.\n\n"));
    return RESULT_DONE;
}

int
cmd_deviations(Session *session, int argc, char **argv)
{
    bool json = false;
    int code = RESULT_INVALID;
    if (!command_json_options(session, "deviations",
                              "Every replace, insert and remove with its "
                              "reason and both texts, as Markdown.",
                              &argc, &argv, &json, &code))
        return code;
    g_autoptr(Project) project = NULL;
    g_auto(GStrv) editions = command_open(session, argc, argv, &project);
    if (editions == NULL)
        return RESULT_INVALID;
    return (int)command_tell(project, editions, json, tell_edition, NULL);
}
