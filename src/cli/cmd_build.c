/* SPDX-License-Identifier: MIT */
/* vadovas build, vadovas check. */
#include "base/file.h"
#include "cli/build_run.h"
#include "cli/command.h"
#include "pipeline/workshop.h"

#include <string.h>

typedef struct {
    char *output, *stop_after, *audience, *since, *timings, *report, *picture;
    char *workshop;
    char **outputs;
    char *icc, *condition, *creep, *paper, *chapter;
    int page, sheets, nup, jobs;
    gboolean draft, as_translated, strict, deps, parallel;
} BuildArguments;

static bool
find_stage(const char *name, Stage *stage)
{
    for (Stage s = STAGE_READ; s < STAGE_PDF; s++) {
        if (strcmp(stage_name(s), name) == 0) {
            *stage = s;
            return true;
        }
    }
    return false;
}

static bool
save(const char *path, const char *text, Diagnostics *diagnostics)
{
    g_autoptr(GError) error = NULL;
    if (path == NULL || file_save(path, text, strlen(text), &error))
        return true;
    diagnostics_add(diagnostics, LEVEL_INVALID, "output-unwritable",
                    (Place){NULL, 0, 0}, "%s", error->message);
    return false;
}

static Result
build_editions(Session *session, Project *project, const Job *job,
               char **editions, const BuildArguments *arguments)
{
    int count = (int)g_strv_length(editions);
    g_autofree BuildOutcome *outcomes = g_new0(BuildOutcome, count + 1);
    build_run(project, job, editions, arguments->jobs, outcomes);
    Result worst = RESULT_DONE;
    for (int i = 0; i < count; i++)
        worst = MAX(worst, outcomes[i].result);
    g_autofree char *timings = build_timings(outcomes, count);
    g_autofree char *report = /* hashes every file */
        arguments->report == NULL
            ? NULL
            : build_report(project->root, job, outcomes, count);
    bool saved = save(arguments->timings, timings, session->diagnostics) &&
                 save(arguments->report, report, session->diagnostics);
    return saved ? worst : MAX(worst, RESULT_INVALID);
}

/* false: said why */
static bool
read_outputs(const BuildArguments *arguments, Job *job)
{
    if (arguments->outputs == NULL)
        return true;
    job->outputs = 0;
    for (char **list = arguments->outputs; *list != NULL; list++) {
        if (output_read(*list, &job->outputs))
            continue;
        fprintf(stderr, "vadovas: --output is screen, print, booklet or "
                        "handout, or several with commas, not '%s'\n",
                *list);
        return false;
    }
    bool is_one = (job->outputs & (job->outputs - 1)) == 0;
    if (job->outputs == 0 || (job->output != NULL && !is_one)) {
        fprintf(stderr, "vadovas: -o FILE goes with one --output\n");
        return false;
    }
    return true;
}

/* what only some outputs know; false: said why */
static bool
read_printing(const BuildArguments *arguments, Job *job)
{
    const char *fault = NULL;
    PrintingOptions *printing = &job->printing;
    *printing = (PrintingOptions){.icc = arguments->icc,
                                  .condition = arguments->condition,
                                  .has_sheets = arguments->sheets >= 0,
                                  .sheets = arguments->sheets,
                                  .paper = arguments->paper,
                                  .pages_per_side = arguments->nup,
                                  .chapter = arguments->chapter};
    const char *creep = arguments->creep;
    if ((printing->icc == NULL) != (printing->condition == NULL))
        fault = "--icc FILE and --condition NAME go together";
    else if (arguments->sheets < -1 || arguments->sheets > 1000)
        fault = "--sheets is a number of sheets, 0 for all in one";
    else if (arguments->nup < 0)
        fault = "--nup is a number of pages";
    else if (creep != NULL &&
             (length_read(creep, &printing->caliper) != (int)strlen(creep) ||
              printing->caliper < 0 || printing->caliper > POINTS(5)))
        fault = "--creep is the thickness of a sheet of paper, 0.1mm";
    if (fault != NULL)
        fprintf(stderr, "vadovas: %s\n", fault);
    return fault == NULL;
}

/* of --since and --parallel; false: said why */
static bool
check_proof(const Job *job)
{
    const char *fault = NULL;
    if (job->deps && (job->since != NULL || job->parallel))
        fault = "--deps does not go with --since and --parallel";
    else if (job->since != NULL && job->parallel)
        fault = "--since and --parallel are two books: build one, then the "
                "other";
    else if (job->parallel && job->outputs != 1u << OUTPUT_SCREEN)
        fault = "--parallel is for the screen or an office printer, without "
                "--output";
    if (fault != NULL)
        fprintf(stderr, "vadovas: %s\n", fault);
    return fault == NULL;
}

/* what stands beside the base is an edition with an overlay: all of them, or
 * those named; false: said why */
static bool
drop_base(const Project *project, char **editions, bool are_named)
{
    char **to = editions;
    for (char **from = editions; *from != NULL; from++) {
        if (strcmp(*from, project->manual->lang) != 0) {
            *to++ = *from;
            continue;
        }
        if (are_named) {
            fprintf(stderr, "vadovas: --parallel sets an edition beside the "
                            "base: name one of locales/\n");
            return false;
        }
        g_free(*from);
    }
    *to = NULL;
    return true;
}

static Result
run(Session *session, const BuildArguments *arguments, bool dry, int argc,
    char **argv)
{
    Job job = {.output = arguments->output,
               .outputs = 1u << OUTPUT_SCREEN,
               .audience = arguments->audience,
               .since = arguments->since,
               .stop_after = STAGE_PDF,
               .picture = arguments->picture,
               .picture_page = arguments->page,
               .draft = arguments->draft || arguments->as_translated,
               .as_translated = arguments->as_translated,
               .parallel = arguments->parallel,
               .strict = arguments->strict,
               .deps = arguments->deps,
               .dry = dry};
    if (!read_outputs(arguments, &job) || !read_printing(arguments, &job))
        return RESULT_INVALID;
    if (arguments->stop_after != NULL &&
        !find_stage(arguments->stop_after, &job.stop_after)) {
        fprintf(stderr, "vadovas: --stop-after is read, overlay, facts, fo or "
                        "pages\n");
        return RESULT_INVALID;
    }
    if (!check_proof(&job))
        return RESULT_INVALID;
    if (job.deps)
        file_trace_begin();
    g_autoptr(Project) project =
        project_open(session->root, job.strict, session->diagnostics);
    if (project != NULL && arguments->workshop != NULL) {
        if (argc == 1 && job.output == NULL && arguments->outputs == NULL &&
            job.audience == NULL && job.since == NULL && !job.parallel &&
            job.printing.chapter == NULL && job.picture == NULL &&
            job.stop_after == STAGE_PDF)
            return workshops_build(project, arguments->workshop, &job);
        fprintf(stderr, "vadovas: --workshop says itself which editions, "
                        "outputs, readers and chapters; proofs are made of "
                        "the manual\n");
        return RESULT_INVALID;
    }
    g_auto(GStrv) editions =
        project == NULL ? NULL : command_editions(project, argc, argv);
    if (editions == NULL ||
        (job.parallel && !drop_base(project, editions, argc > 1)))
        return RESULT_INVALID;
    if ((job.output != NULL || job.picture != NULL) &&
        g_strv_length(editions) != 1) {
        fprintf(stderr, "vadovas: -o FILE and --picture=FILE go with one "
                        "edition: name it\n");
        return RESULT_INVALID;
    }
    return build_editions(session, project, &job, editions, arguments);
}

static int
run_with_options(Session *session, const char *name, bool dry, int argc,
                 char **argv)
{
    BuildArguments arguments = {.sheets = -1};
    const GOptionEntry entries[] = {
        {"draft", 0, 0, G_OPTION_ARG_NONE, &arguments.draft,
         "print also what is not fit, marked on every page (NAME-draft.pdf)",
         NULL},
        {"as-translated", 0, 0, G_OPTION_ARG_NONE, &arguments.as_translated,
         "a draft of the book as it was translated: every text beside the base "
         "that it was made from",
         NULL},
        {"audience", 0, 0, G_OPTION_ARG_STRING, &arguments.audience,
         "only what is meant for these readers (\"prosecutors judges\"; "
         "\"trainer\" adds the trainer's notes)",
         "WORDS"},
        {"strict", 0, 0, G_OPTION_ARG_NONE, &arguments.strict,
         "a warning stops the build", NULL},
        {"jobs", 'j', 0, G_OPTION_ARG_INT, &arguments.jobs,
         "so many editions at a time, each in a process of its own", "N"},
        /* build only, see below */
        {"workshop", 0, 0, G_OPTION_ARG_STRING, &arguments.workshop,
         "the booklets and forms of a workshop of manual/workshops.xml, or of "
         "all",
         "ID"},
        {"output-file", 'o', 0, G_OPTION_ARG_FILENAME, &arguments.output,
         "write to FILE instead of build/EDITION/manual.pdf (one edition)",
         "FILE"},
        {"output", 0, 0, G_OPTION_ARG_STRING_ARRAY, &arguments.outputs,
         "screen (the default), print (PDF/X-4 for a print shop), booklet, "
         "handout; several with commas",
         "KINDS"},
        {"icc", 0, 0, G_OPTION_ARG_FILENAME, &arguments.icc,
         "print, booklet: the CMYK profile of the print shop's condition", "FILE"},
        {"condition", 0, 0, G_OPTION_ARG_STRING, &arguments.condition,
         "print, booklet: the name of that condition (without both: FOGRA39)", "NAME"},
        {"sheets", 0, 0, G_OPTION_ARG_INT, &arguments.sheets,
         "booklet: sheets folded into each other (4; 0: all)", "N"},
        {"creep", 0, 0, G_OPTION_ARG_STRING, &arguments.creep,
         "booklet: thickness of the paper, 0.1mm", "LENGTH"},
        {"paper", 0, 0, G_OPTION_ARG_STRING, &arguments.paper,
         "booklet, handout: A4 (the default), A3, SRA3, Letter ... or "
         "320x450mm",
         "NAME|WxH"},
        {"nup", 0, 0, G_OPTION_ARG_INT, &arguments.nup,
         "handout: pages on a side, with lines for notes (2)", "N"},
        {"chapter", 0, 0, G_OPTION_ARG_STRING, &arguments.chapter,
         "handout: only this chapter or section (handout-ID.pdf)", "ID"},
        {"since", 0, 0, G_OPTION_ARG_STRING, &arguments.since,
         "mark and list what has changed since a git revision, or since the "
         "project in a folder (manual-changes.pdf)",
         "REV"},
        {"parallel", 0, 0, G_OPTION_ARG_NONE, &arguments.parallel,
         "set base and edition side by side with the state of each block, "
         "for legal review (manual-parallel.pdf)",
         NULL},
        {"stop-after", 0, 0, G_OPTION_ARG_STRING, &arguments.stop_after,
         "print what this stage made: read, overlay, facts, fo, pages",
         "STAGE"},
        {"deps", 0, 0, G_OPTION_ARG_NONE, &arguments.deps,
         "also write build/EDITION/manual.d, a rule for make", NULL},
        {"timings", 0, 0, G_OPTION_ARG_FILENAME, &arguments.timings,
         "write CPU milliseconds of each stage to FILE as JSON", "FILE"},
        {"report", 0, 0, G_OPTION_ARG_FILENAME, &arguments.report,
         "write what came of each edition to FILE as JSON: exit code, pages, "
         "files with their SHA-256",
         "FILE"},
        {"picture", 0, 0, G_OPTION_ARG_FILENAME, &arguments.picture,
         "write the spread of --page as a PNG picture instead of the PDF",
         "FILE"},
        {"page", 0, 0, G_OPTION_ARG_INT, &arguments.page,
         "the page for --picture", "N"},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    static const GOptionEntry end = {NULL, 0, 0, 0, NULL, NULL, NULL};
    GOptionEntry shown[G_N_ELEMENTS(entries)];
    memcpy(shown, entries, sizeof entries);
    if (dry)
        shown[5] = end;
    int code = RESULT_INVALID;
    if (command_options(command_find(name), shown,
                        "Editions are the base's language and the folders of "
                        "locales/; none named: all.",
                        &argc, &argv, &code))
        code = (int)run(session, &arguments, dry, argc, argv);
    g_free(arguments.output);
    g_free(arguments.stop_after);
    g_free(arguments.audience);
    g_free(arguments.since);
    g_free(arguments.timings);
    g_free(arguments.report);
    g_free(arguments.picture);
    g_free(arguments.workshop);
    g_strfreev(arguments.outputs);
    g_free(arguments.icc);
    g_free(arguments.condition);
    g_free(arguments.creep);
    g_free(arguments.paper);
    g_free(arguments.chapter);
    file_trace_end();
    return code;
}

int
cmd_build(Session *session, int argc, char **argv)
{
    return run_with_options(session, "build", false, argc, argv);
}

int
cmd_check(Session *session, int argc, char **argv)
{
    return run_with_options(session, "check", true, argc, argv);
}
