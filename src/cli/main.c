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
    {"waive", "EDITION KEY", "let one unfit block through, with a reason",
     cmd_waive},
    {"attic", "EDITION [KEY]", "texts whose base is gone", cmd_attic},
    {"deviations", "[EDITION...]", "where editions depart from the base",
     cmd_deviations},
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

static int
usage_error(const char *text, const char *what)
{
    fprintf(stderr, "vadovas: %s%s%s; see vadovas --help\n", text,
            what == NULL ? "" : " ", what == NULL ? "" : what);
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
        *code = usage_error(error->message, NULL);
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
                            "there is no edition '%s'; there are: %s", argv[i],
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

const char *
command_overlay(const Project *project, int argc, char **argv)
{
    char *name[] = {argv[0], argc > 1 ? argv[1] : NULL, NULL};
    if (argc > 1 && strcmp(argv[1], project->manual->lang) != 0) {
        g_auto(GStrv) found = command_editions(project, 2, name);
        return found == NULL ? NULL : argv[1];
    }
    usage_error(argc > 1 ? "the base has no overlay; name another edition than"
                         : "name an edition",
                argc > 1 ? argv[1] : NULL);
    return NULL;
}

bool
command_print(const char *text)
{
    fputs(text, stdout);
    if (fflush(stdout) == 0)
        return true;
    fprintf(stderr, "vadovas: cannot write to standard output\n");
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
            *code = usage_error("unknown option", argv[i]);
            return 0;
        } else {
            return i;
        }
    }
    *code = usage_error("a command is missing", NULL);
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
        return usage_error("--format is text or json, not", session.format);
    const Command *command = command_find(argv[first]);
    if (command == NULL)
        return usage_error("unknown command", argv[first]);

    xml_init();
    session.diagnostics = diagnostics_new();
    code = command->run(&session, argc - first, argv + first);
    say(&session);
    diagnostics_free(session.diagnostics);
    xml_clear();
    return code;
}
