/* SPDX-License-Identifier: MIT */
/* vadovas diff: under each stale block, what changed and what stands there. */
#include "base/json.h"
#include "base/message.h"
#include "cli/command.h"
#include "overlay/detail.h"

#include <string.h>
#include <unistd.h>

#define RED "\033[31m"
#define GREEN "\033[32m"
#define BOLD "\033[1m"
#define PLAIN "\033[0m"

/* [-out-] and {+in+} in colours where the terminal has them */
static void
add_diff(GString *text, const char *diff, bool colours)
{
    if (!colours) {
        g_string_append(text, diff);
        return;
    }
    for (const char *c = diff; *c != 0; c++) {
        if (g_str_has_prefix(c, "[-"))
            g_string_append(text, RED);
        else if (g_str_has_prefix(c, "{+"))
            g_string_append(text, GREEN);
        g_string_append_c(text, *c);
        bool ends = c > diff && ((*c == ']' && c[-1] == '-') ||
                                 (*c == '}' && c[-1] == '+'));
        if (ends)
            g_string_append(text, PLAIN);
    }
}

static void
add_part(GString *text, const char *name, const char *body)
{
    if (body == NULL || *body == 0)
        return;
    g_auto(GStrv) lines = g_strsplit(body, "\n", -1);
    g_autofree char *all = g_strjoinv("\n    ", lines);
    g_string_append_printf(text, "  %s\n    %s\n", name, all);
}

/* name: of the working language, or NULL */
static void
add_block(GString *text, const OverlayDetail *detail, const char *name,
          bool colours)
{
    const char *severity = severity_word(detail->severity);
    g_string_append_printf(
        text, "%s%s:%d: %s%s%s %s%s%s%s%s%s\n", colours ? BOLD : "",
        detail->place.file, detail->place.line, detail->at,
        detail->key == NULL ? "" : _(" key "),
        detail->key == NULL ? "" : detail->key,
        detail->homeless ? _("homeless") : _(block_state_name(detail->state)),
        severity == NULL ? "" : ", ", severity == NULL ? "" : _(severity),
        detail->waived ? _(", waived") : "",
        detail->damaged ? _(", damaged") : "", colours ? PLAIN : "");
    if (detail->diff != NULL) {
        g_autoptr(GString) diff = g_string_new(NULL);
        add_diff(diff, detail->diff, colours);
        add_part(text, _("change:"), diff->str);
    }
    add_part(text, _("source:"), detail->source);
    if (g_strcmp0(detail->source, detail->base) != 0)
        add_part(text, _("base today:"), detail->base);
    g_autofree char *via =
        detail->via == NULL ? NULL : g_strdup_printf("%s:", name);
    add_part(text, via, detail->via);
    add_part(text, _("text:"), detail->target);
    add_part(text, _("reason:"), detail->reason);
    add_part(text, _("note:"), detail->note);
    g_string_append_c(text, '\n');
}

static void
add_json(GString *json, const OverlayDetail *detail)
{
    const char *severity = severity_word(detail->severity);
    g_string_append(json, g_str_has_suffix(json->str, "[") ? "{" : ",\n{");
    json_add_string(json, "state", detail->homeless
                                       ? "homeless"
                                       : block_state_name(detail->state));
    json_add_string(json, "severity", severity);
    json_add_string(json, "key", detail->key);
    json_add_string(json, "at", detail->at);
    json_add_string(json, "operation", detail->operation);
    json_add_string(json, "file", detail->place.file);
    json_add_int(json, "line", detail->place.line);
    json_add_string(json, "diff", detail->diff);
    json_add_string(json, "source", detail->source);
    json_add_string(json, "base", detail->base);
    json_add_string(json, "via", detail->via);
    json_add_string(json, "target", detail->target);
    json_add_string(json, "reason", detail->reason);
    json_add_string(json, "note", detail->note);
    g_string_append_c(json, '}');
}

static bool
is_wanted(const OverlayDetail *detail, const char *key)
{
    if (key != NULL)
        return g_strcmp0(detail->key, key) == 0;
    return !detail->old &&
           (detail->state == STATE_STALE || detail->state == STATE_REVIEW);
}

/* data: the key, or NULL */
static Result
tell_edition(Project *project, const char *edition, bool json, GString *text,
             gpointer data)
{
    const char *key = data;
    g_autoptr(OverlayDetails) details = overlay_details(
        project->base, project->manual, edition, project->diagnostics);
    bool colours = !json && isatty(STDOUT_FILENO);
    const char *via = details->via == NULL ? NULL : details->via->name;
    bool found = false;
    if (json) {
        g_string_append_c(text, '{');
        json_add_string(text, "edition", edition);
        json_add_string(text, "via", via);
        g_string_append(text, ",\"blocks\":[");
    }
    for (guint i = 0; i < details->list->len; i++) {
        const OverlayDetail *detail = g_ptr_array_index(details->list, i);
        if (!is_wanted(detail, key))
            continue;
        found = true;
        if (json)
            add_json(text, detail);
        else
            add_block(text, detail, via, colours);
    }
    if (json)
        g_string_append(text, "]}");
    else if (!found && key == NULL)
        g_string_append_printf(text, _("%s: nothing is stale\n"), edition);
    if (found || key == NULL)
        return RESULT_DONE;
    overlay_say_unknown_key(details->edition, key, project->diagnostics);
    return RESULT_UNFIT;
}

int
cmd_diff(Session *session, int argc, char **argv)
{
    bool json = false;
    int code = RESULT_INVALID;
    if (!command_json_options(session, "diff",
                              "Shows every stale block and every one to be "
                              "reviewed: where it is, which words of the base "
                              "changed, the old and the new text of the base, "
                              "and the local text. With a key, that unit "
                              "alone.",
                              &argc, &argv, &json, &code))
        return code;
    g_autoptr(Project) project =
        project_open(session->root, false, session->diagnostics);
    if (project == NULL ||
        (argc > 1 && command_overlay(project, argc, argv) == NULL))
        return RESULT_INVALID;
    if (argc > 3)
        return command_usage("diff [EDITION [KEY]]");
    g_auto(GStrv) editions = command_editions(project, MIN(argc, 2), argv);
    return (int)command_tell(project, editions, json, tell_edition,
                             argc > 2 ? argv[2] : NULL);
}
