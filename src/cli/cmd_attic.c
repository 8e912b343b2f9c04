/* SPDX-License-Identifier: MIT */
/* vadovas attic: texts that wait for their base to come back. */
#include "base/json.h"
#include "cli/command.h"
#include "overlay/detail.h"

#include <string.h>

static void
add_line(GString *text, const OverlayDetail *detail)
{
    size_t length = strcspn(detail->target, "\n");
    g_autofree char *line = g_strndup(detail->target, length);
    g_autofree char *start =
        g_utf8_substring(line, 0, MIN(g_utf8_strlen(line, -1), 50));
    g_string_append_printf(text, "%-6s %s  %-9s %s:%d  %s%s\n",
                           detail->key == NULL ? "-" : detail->key,
                           detail->since == NULL ? "-" : detail->since,
                           detail->operation, detail->place.file,
                           detail->place.line, start,
                           strlen(start) < strlen(detail->target) ? "…" : "");
}

static void
add_whole(GString *text, const OverlayDetail *detail)
{
    g_string_append_printf(text, _("%s:%d: %s of '%s' key %s"),
                           detail->place.file, detail->place.line,
                           detail->operation, detail->at, detail->key);
    if (detail->since != NULL)
        g_string_append_printf(text, _(", in the attic since %s"),
                               detail->since);
    if (detail->reason != NULL)
        g_string_append_printf(text, "\n%s %s", _("reason:"), detail->reason);
    if (detail->source != NULL)
        g_string_append_printf(text, "\n\n%s\n%s", _("source:"),
                               detail->source);
    g_string_append_printf(text, "\n\n%s\n%s\n", _("text:"), detail->target);
    if (detail->note != NULL)
        g_string_append_printf(text, "\n%s\n%s\n", _("note:"), detail->note);
}

static void
add_json(GString *json, const OverlayDetail *detail)
{
    g_string_append(json, json->len > 1 ? ",\n{" : "{");
    json_add_string(json, "key", detail->key);
    json_add_string(json, "operation", detail->operation);
    json_add_string(json, "at", detail->at);
    json_add_string(json, "since", detail->since);
    json_add_string(json, "file", detail->place.file);
    json_add_int(json, "line", detail->place.line);
    json_add_string(json, "reason", detail->reason);
    json_add_string(json, "source", detail->source);
    json_add_string(json, "target", detail->target);
    json_add_string(json, "note", detail->note);
    g_string_append_c(json, '}');
}

static Result
show(const OverlayDetails *details, const char *key, bool json,
     Diagnostics *diagnostics)
{
    g_autoptr(GString) text = g_string_new(json ? "[" : NULL);
    bool found = false;
    for (guint i = 0; i < details->list->len; i++) {
        const OverlayDetail *detail = g_ptr_array_index(details->list, i);
        if (!detail->old ||
            (key != NULL && g_strcmp0(detail->key, key) != 0))
            continue;
        found = true;
        if (json)
            add_json(text, detail);
        else if (key != NULL)
            add_whole(text, detail);
        else
            add_line(text, detail);
    }
    if (key != NULL && !found) {
        diagnostics_add(diagnostics, LEVEL_ERROR, "attic-key",
                        (Place){NULL, 0, 0},
                        _("the attic of '%s' has no unit '%s'; 'vadovas attic "
                          "%s' lists it"),
                        details->edition->name, key, details->edition->name);
        return RESULT_UNFIT;
    }
    if (!found && !json)
        g_string_append_printf(text, _("%s: the attic is empty\n"),
                               details->edition->name);
    if (json)
        g_string_append(text, "]\n");
    return command_print(text->str) ? RESULT_DONE : RESULT_INVALID;
}

int
cmd_attic(Session *session, int argc, char **argv)
{
    bool json = false;
    int code = RESULT_INVALID;
    if (!command_json_options(session, "attic",
                              "The attic is the end of each overlay file: what "
                              "people wrote about blocks that the base no "
                              "longer has. It comes back by itself when the "
                              "text does; to use it elsewhere, copy it.",
                              &argc, &argv, &json, &code))
        return code;
    if (argc > 3)
        return command_usage("attic EDITION [KEY]");
    g_autoptr(Project) project =
        project_open(session->root, false, session->diagnostics);
    const char *edition =
        project == NULL ? NULL : command_overlay(project, argc, argv);
    if (edition == NULL)
        return RESULT_INVALID;
    g_autoptr(OverlayDetails) details =
        overlay_details(project->base, project->manual, edition,
                        session->diagnostics);
    return (int)show(details, argc > 2 ? argv[2] : NULL, json,
                     session->diagnostics);
}
