/* SPDX-License-Identifier: MIT */
/* What the commands share: options, editions, and how results are told. */
#include "cli/command.h"

#include <string.h>

/* ---- usage ---------------------------------------------------------- */

int
command_fault(const char *text, const char *what)
{
    fprintf(stderr, _("vadovas: %s%s%s; see vadovas --help\n"), text,
            what == NULL ? "" : " ", what == NULL ? "" : what);
    return RESULT_INVALID;
}

int
command_usage(const char *use)
{
    fprintf(stderr, _("vadovas: use vadovas %s\n"), use);
    return RESULT_INVALID;
}

bool
command_options(const Command *command, const GOptionEntry *entries,
                const char *description, int *argc, char ***argv, int *code)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *summary = g_strdup(command->summary);
    summary[0] = g_ascii_toupper(summary[0]);
    GOptionContext *context = g_option_context_new(command->arguments);
    g_option_context_set_summary(context, summary);
    g_option_context_set_description(context, description);
    g_option_context_add_main_entries(context, entries, NULL);
    g_option_context_set_help_enabled(context, FALSE);
    for (int i = 1; i < *argc; i++) {
        if (strcmp((*argv)[i], "--help") == 0 ||
            strcmp((*argv)[i], "-h") == 0) {
            g_autofree char *program =
                g_strconcat("vadovas ", command->name, NULL);
            g_set_prgname(program);
            g_autofree char *help =
                g_option_context_get_help(context, TRUE, NULL);
            *code = command_print(help) ? RESULT_DONE : RESULT_INVALID;
            g_option_context_free(context);
            return false;
        }
    }
    bool parsed = g_option_context_parse(context, argc, argv, &error);
    g_option_context_free(context);
    if (!parsed)
        *code = command_fault(error->message, NULL);
    return parsed;
}

char **
command_editions(const Project *project, int argc, char **argv)
{
    if (argc <= 1)
        return project_editions(project);
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (int i = 1; i < argc; i++) {
        if (!project_has_edition(project, argv[i])) {
            g_auto(GStrv) all = project_editions(project);
            g_autofree char *known = g_strjoinv(", ", all);
            diagnostics_add(project->diagnostics, LEVEL_INVALID,
                            "unknown-edition", (Place){NULL, 0, 0},
                            _("there is no edition '%s'; there are: %s"), argv[i],
                            known);
            g_ptr_array_unref(names);
            return NULL;
        }
        g_ptr_array_add(names, g_strdup(argv[i]));
    }
    g_ptr_array_set_free_func(names, NULL);
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(names, FALSE);
}

char **
command_open(Session *session, int argc, char **argv, Project **project)
{
    *project = project_open(session->root, false, session->diagnostics);
    return *project == NULL ? NULL : command_editions(*project, argc, argv);
}

const char *
command_overlay(const Project *project, int argc, char **argv)
{
    char *name[] = {argv[0], argc > 1 ? argv[1] : NULL, NULL};
    if (argc > 1 && strcmp(argv[1], project->manual->lang) != 0) {
        g_auto(GStrv) found = command_editions(project, 2, name);
        return found == NULL ? NULL : argv[1];
    }
    command_fault(argc > 1 ? _("the base has no overlay; name another edition "
                               "than")
                           : _("name an edition"),
                argc > 1 ? argv[1] : NULL);
    return NULL;
}

bool
command_print(const char *text)
{
    fputs(text, stdout);
    if (fflush(stdout) == 0)
        return true;
    fprintf(stderr, _("vadovas: cannot write to standard output\n"));
    return false;
}

bool
command_json_options(const Session *session, const char *name,
                     const char *description, int *argc, char ***argv,
                     bool *json, int *code)
{
    gboolean wanted = FALSE;
    const GOptionEntry entries[] = {
        {"json", 0, 0, G_OPTION_ARG_NONE, &wanted,
         "one JSON array instead of words for people", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    *code = RESULT_INVALID;
    bool parsed = command_options(command_find(name), entries, description,
                                  argc, argv, code);
    *json = wanted || strcmp(session->format, "json") == 0;
    return parsed;
}

Result
command_tell(Project *project, char **editions, bool json, TellEdition tell,
             gpointer data)
{
    Result worst = RESULT_DONE;
    g_autoptr(GString) all = g_string_new(json ? "[" : NULL);
    for (char **edition = editions; *edition != NULL; edition++) {
        if (strcmp(*edition, project->manual->lang) == 0)
            continue;
        if (json && all->len > 1)
            g_string_append(all, ",\n");
        Result result = tell(project, *edition, json, all, data);
        worst = MAX(worst, result);
    }
    if (json)
        g_string_append(all, "]\n");
    return command_print(all->str) ? worst : RESULT_INVALID;
}

/* ---- results -------------------------------------------------------- */

Result
command_failure(Diagnostics *diagnostics, const char *name,
                const GError *error)
{
    diagnostics_add(diagnostics, LEVEL_INVALID, name, (Place){NULL, 0, 0}, "%s",
                    error->message);
    return g_error_matches(error, OVERLAY_ERROR, OVERLAY_ERROR_WOULD_LOSE)
               ? RESULT_BROKEN
               : RESULT_INVALID;
}

void
command_say_files(const GPtrArray *paths, bool written)
{
    for (guint i = 0; i < paths->len; i++)
        printf(written ? _("wrote %s\n") : _("would write %s\n"),
               (const char *)g_ptr_array_index(paths, i));
}

Result
command_sync(Project *project, const SyncOptions *options)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) changed = g_ptr_array_new_with_free_func(g_free);
    Diagnostics *diagnostics = project->diagnostics;
    int before = diagnostics_count_from(diagnostics, LEVEL_ERROR);
    if (!overlay_sync_with(project->base, project->manual, options, changed,
                           diagnostics, &error))
        return command_failure(diagnostics, "sync-failed", error);
    command_say_files(changed, options->write);
    if (diagnostics_count_from(diagnostics, LEVEL_ERROR) > before)
        return RESULT_UNFIT;
    if (changed->len == 0)
        printf(_("%s: nothing to do\n"), options->edition);
    return RESULT_DONE;
}
