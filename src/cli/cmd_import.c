/* SPDX-License-Identifier: MIT */
/* vadovas import: what a translator's tool gave back. */
#include "cli/command.h"

#include "exchange/exchange.h"

static Result
import(Project *project, const ImportOptions *options)
{
    Diagnostics *diagnostics = project->diagnostics;
    int invalid = diagnostics_count(diagnostics, LEVEL_INVALID);
    int errors = diagnostics_count_from(diagnostics, LEVEL_ERROR);
    g_autoptr(GError) error = NULL;
    g_autoptr(ImportReport) report = import_report_new();
    if (!exchange_import(project->base, project->manual, options, report,
                         diagnostics, &error))
        return command_failure(diagnostics, "import-failed", error);
    if (diagnostics_count(diagnostics, LEVEL_INVALID) > invalid)
        return RESULT_INVALID;
    if (diagnostics_count_from(diagnostics, LEVEL_ERROR) > errors)
        return RESULT_UNFIT;
    for (guint i = 0; i < report->lines->len; i++)
        printf("%s\n", (const char *)g_ptr_array_index(report->lines, i));
    command_say_files(report->files, options->write);
    printf(_("%s: %d edited, %d confirmed, %d drafts, %d conflicts%s\n"),
           options->edition, report->edited, report->acknowledged,
           report->drafts, report->conflicts,
           options->write || report->files->len == 0
               ? ""
               : _("; nothing was written, add --write"));
    return report->conflicts > 0 ? RESULT_UNFIT : RESULT_DONE;
}

int
cmd_import(Session *session, int argc, char **argv)
{
    gboolean write = FALSE;
    const GOptionEntry entries[] = {
        {"write", 'w', 0, G_OPTION_ARG_NONE, &write,
         "change the overlay; without it, only say what would change", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    int code = RESULT_INVALID;
    if (!command_options(command_find("import"), entries,
                         "PATH is a .po, .xlf or .xliff, a folder of them, or "
                         "an OmegaT project. An empty text deletes nothing; "
                         "what was changed here and there is listed and left "
                         "alone (exit code 1).",
                         &argc, &argv, &code))
        return code;
    g_autoptr(Project) project =
        project_open(session->root, false, session->diagnostics);
    const char *edition =
        project == NULL ? NULL : command_overlay(project, argc, argv);
    if (edition == NULL)
        return RESULT_INVALID;
    if (argc != 3) {
        diagnostics_add(session->diagnostics, LEVEL_INVALID, "import-nothing",
                        (Place){NULL, 0, 0},
                        _("name the edition and one file or folder that came "
                          "back"));
        return RESULT_INVALID;
    }
    ImportOptions options = {edition, argv[2], write};
    return (int)import(project, &options);
}
