/* SPDX-License-Identifier: MIT */
/* vadovas fo FILE -o OUT: typeset any XSL-FO file. */
#include "cli/command.h"

#include <string.h>

int
cmd_fo(Session *session, int argc, char **argv)
{
    g_autofree char *output = NULL;
    g_autofree char *root = NULL;
    g_autofree char *stop_after = NULL;
    const GOptionEntry entries[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "the PDF to write",
         "OUT"},
        {"root", 0, 0, G_OPTION_ARG_FILENAME, &root,
         "graphics are looked for below DIR (default: the file's folder)",
         "DIR"},
        {"stop-after", 0, 0, G_OPTION_ARG_STRING, &stop_after,
         "print what this stage made: fo, pages", "STAGE"},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    int code = RESULT_INVALID;
    if (!command_options(command_find("fo"), entries,
                         "What is missing or outside our subset of XSL-FO 1.1 "
                         "is a warning, and it goes on.",
                         &argc, &argv, &code))
        return code;
    Stage stage = STAGE_PDF;
    if (g_strcmp0(stop_after, "fo") == 0)
        stage = STAGE_FO;
    else if (g_strcmp0(stop_after, "pages") == 0)
        stage = STAGE_PAGES;
    if (argc != 2 || (output == NULL && stage == STAGE_PDF) ||
        (stop_after != NULL && stage == STAGE_PDF))
        return command_usage("fo FILE -o OUT");
    g_autofree char *dump = NULL;
    code = (int)pipeline_fo(argv[1], root, output, stage, session->diagnostics,
                            &dump);
    if (dump != NULL && !command_print(dump))
        code = RESULT_INVALID;
    return code;
}
