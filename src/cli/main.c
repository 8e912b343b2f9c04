/* SPDX-License-Identifier: MIT */
/*
 * vadovas [-C DIR] COMMAND: finds the command, runs it, says what it had to
 * say.  Diagnostics go to standard error, results to standard output.
 */
#include "base/message.h"
#include "base/xml.h"
#include "cli/command.h"

#include <locale.h>
#include <malloc.h>
#include <string.h>
#include <unistd.h>

static const Command commands[] = {
    {"build", "[EDITION...]", "typeset the manuals into build/", cmd_build},
    {"check", "[EDITION...]", "say all that build would complain about",
     cmd_check},
    {"status", "[EDITION...]", "what is current, stale, missing, in words",
     cmd_status},
    {"sync", "[EDITION...]", "bring the overlays after the base", cmd_sync},
    {"diff", "[EDITION [KEY]]", "what changed under each stale block",
     cmd_diff},
    {"ack", "EDITION KEY...", "say that texts fit the changed base", cmd_ack},
    {"waive", "EDITION KEY|FACT",
     "let one unfit block or overdue fact through, with a reason",
     cmd_waive},
    {"attic", "EDITION [KEY]", "texts whose base is gone", cmd_attic},
    {"deviations", "[EDITION...]", "where editions depart from the base",
     cmd_deviations},
    {"facts", "[EDITION...]", "facts, their sources, which are overdue",
     cmd_facts},
    {"impact", "[REV]", "what a change of the base makes stale", cmd_impact},
    {"merge", "OLD OURS THEIRS", "merge overlay files, for git", cmd_merge},
    {"init-locale", "CODE", "start the edition of a country",
     cmd_init_locale},
    {"export", "EDITION --for TOOL", "files for a translator's tool",
     cmd_export},
    {"import", "EDITION PATH", "merge what a translator's tool gave back",
     cmd_import},
    {"fo", "FILE -o OUT", "typeset any XSL-FO file", cmd_fo},
};

const Command *
command_find(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    }
    return NULL;
}

static void
print_help(void)
{
    puts("Usage: vadovas [-C DIR] [--format=text|json] COMMAND [ARGUMENTS]\n"
         "\n"
         "One base manual and one overlay per country become print-ready "
         "books.\n"
         "\n"
         "Commands:");
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
        printf("  %-11s %-16s %s\n", commands[i].name, commands[i].arguments,
               commands[i].summary);
    puts("\n"
         "  -C DIR           the project's folder, instead of the current one\n"
         "  --format=json    diagnostics as JSON, one object on each line\n"
         "  --help           this text; after a command: its options\n"
         "  --version        the version\n"
         "\n"
         "Exit codes: 0 done; 1 the text is unfit and was not written;\n"
         "2 usage, unreadable or invalid input, unwritable output;\n"
         "3 a fault of vadovas, nothing written.");
}

/* -C DIR and --format=... before the command; the index of the command, or 0
 * and *code */
static int
read_session(Session *session, int argc, char **argv, int *code)
{
    *code = RESULT_INVALID;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-C") == 0 && i + 1 < argc) {
            session->root = argv[++i];
        } else if (g_str_has_prefix(argv[i], "--format=")) {
            session->format = argv[i] + strlen("--format=");
        } else if (strcmp(argv[i], "--help") == 0 ||
                   strcmp(argv[i], "-h") == 0 || strcmp(argv[i], "help") == 0) {
            print_help();
            *code = RESULT_DONE;
            return 0;
        } else if (strcmp(argv[i], "--version") == 0) {
            puts("vadovas " VADOVAS_VERSION);
            *code = RESULT_DONE;
            return 0;
        } else if (argv[i][0] == '-') {
            *code = command_fault(_("unknown option"), argv[i]);
            return 0;
        } else {
            return i;
        }
    }
    *code = command_fault(_("a command is missing"), NULL);
    return 0;
}

static void
say(const Session *session)
{
    DiagnosticsForm form = strcmp(session->format, "json") == 0
                               ? DIAGNOSTICS_JSON
                           : isatty(STDERR_FILENO) ? DIAGNOSTICS_CARET
                                                   : DIAGNOSTICS_TEXT;
    diagnostics_write(session->diagnostics, 0, form, session->root, stderr);
}

int
main(int argc, char **argv)
{
    setlocale(LC_ALL, "");
    setlocale(LC_NUMERIC, "C");
    message_init();
#ifdef __GLIBC__
    /* fixed: by default it grows, and an arena's blocks then stand among small
     * ones, where freeing them gives nothing back */
    mallopt(M_MMAP_THRESHOLD, 128 * 1024);
#endif
    Session session = {".", "text", NULL};
    int code = RESULT_INVALID;
    int first = read_session(&session, argc, argv, &code);
    if (first == 0)
        return code;
    if (strcmp(session.format, "text") != 0 &&
        strcmp(session.format, "json") != 0)
        return command_fault(_("--format is text or json, not"),
                             session.format);
    const Command *command = command_find(argv[first]);
    if (command == NULL)
        return command_fault(_("unknown command"), argv[first]);

    xml_init();
    session.diagnostics = diagnostics_new();
    code = command->run(&session, argc - first, argv + first);
    say(&session);
    diagnostics_free(session.diagnostics);
    xml_clear();
    return code;
}
