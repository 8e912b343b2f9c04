/* SPDX-License-Identifier: MIT */
/* vadovas facts: what an edition states, on whose word, and until when. */
#include "cli/command.h"
#include "facts/fact_list.h"

#include <string.h>

/* drops what is not overdue */
static void
keep_overdue(GPtrArray *list)
{
    for (guint i = list->len; i > 0; i--) {
        const FactEntry *entry = g_ptr_array_index(list, i - 1);
        if (!entry->is_overdue)
            g_ptr_array_remove_index(list, i - 1);
    }
}

static Result
tell_edition(Project *project, const char *edition, bool json, bool with_pages,
             bool only_overdue, GString *text)
{
    g_autoptr(GPtrArray) list = project_facts(project, edition);
    if (list == NULL)
        return RESULT_INVALID;
    g_autoptr(GHashTable) pages =
        with_pages ? project_folios(project, edition) : NULL;
    Result result = RESULT_DONE;
    for (guint i = 0; i < list->len; i++) {
        if (fact_entry_stops_print(g_ptr_array_index(list, i)))
            result = RESULT_UNFIT;
    }
    if (only_overdue)
        keep_overdue(list);
    g_autofree char *part = json ? facts_list_json(list, edition, pages)
                                 : facts_list_text(list, edition, pages);
    const char *between = text->len <= 1 ? "" : json ? ",\n" : "\n";
    g_string_append_printf(text, "%s%s", between, part);
    return result;
}

int
cmd_facts(Session *session, int argc, char **argv)
{
    gboolean json = FALSE, pages = FALSE, overdue = FALSE;
    const GOptionEntry entries[] = {
        {"pages", 0, 0, G_OPTION_ARG_NONE, &pages,
         "also the page of each use: sets the book for it", NULL},
        {"overdue", 0, 0, G_OPTION_ARG_NONE, &overdue,
         "only those that were to be checked by now", NULL},
        {"json", 0, 0, G_OPTION_ARG_NONE, &json,
         "a JSON array, an object for each edition", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    int code = RESULT_INVALID;
    if (!command_options(command_find("facts"), entries,
                         "Each fact and table of research: value, source, "
                         "when it was verified, until when that holds, and "
                         "the blocks that print it. The exit code is 1 where "
                         "an overdue one would stop print.",
                         &argc, &argv, &code))
        return code;
    json = json || strcmp(session->format, "json") == 0;
    g_autoptr(Project) project = NULL;
    g_auto(GStrv) editions = command_open(session, argc, argv, &project);
    if (editions == NULL)
        return RESULT_INVALID;
    Result worst = RESULT_DONE;
    g_autoptr(GString) text = g_string_new(json ? "[" : NULL);
    for (int i = 0; editions[i] != NULL; i++) {
        Result result =
            tell_edition(project, editions[i], json, pages, overdue, text);
        worst = MAX(worst, result);
    }
    if (json)
        g_string_append(text, "]\n");
    return command_print(text->str) ? (int)worst : RESULT_INVALID;
}
