/* SPDX-License-Identifier: MIT */
/*
 * Builds: see the header.
 *
 * A process begins as a copy of this one, with the base already read; what it
 * has to say comes back through a pipe.  Threads would share the word cache, the
 * text engine and libxslt's globals; processes share nothing they can disturb.
 */
#include "cli/build_run.h"

#include "base/json.h"
#include "cli/command.h"
#include "pipeline/delivery.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SAID_TYPE "(iaya(iayayiiay))"

/* ---- one edition ---- */

static void
run_edition(Project *project, const Job *job, const char *edition, bool last,
            BuildOutcome *outcome)
{
    Job own = *job;
    g_autofree char *dump = NULL;
    int start = diagnostics_length(project->diagnostics);
    own.edition = edition;
    own.last = last;
    outcome->result = pipeline_run(project, &own, &outcome->timings, &dump);
    if (dump != NULL && !command_print(dump))
        outcome->result = RESULT_INVALID;
    for (int i = start; i < diagnostics_length(project->diagnostics); i++) {
        DiagnosticLevel level =
            diagnostics_get(project->diagnostics, i)->level;
        outcome->errors += level >= LEVEL_ERROR;
        outcome->warnings += level == LEVEL_WARNING;
        outcome->notes += level == LEVEL_NOTE;
    }
}

/* ---- processes ---- */

typedef struct {
    pid_t id; /* 0: it could not be started */
    int from;
} Worker;

/* what is said from index start, and the outcome, as bytes */
static GVariant *
pack(const Diagnostics *diagnostics, int start, const BuildOutcome *outcome)
{
    GVariantBuilder said;
    g_variant_builder_init(&said, G_VARIANT_TYPE("a(iayayiiay)"));
    for (int i = start; i < diagnostics_length(diagnostics); i++) {
        const Diagnostic *one = diagnostics_get(diagnostics, i);
        g_variant_builder_add(
            &said, "(i^ay^ayii^ay)", (int)one->level, one->name,
            one->place.file == NULL ? "" : one->place.file, one->place.line,
            one->place.column, one->text);
    }
    GVariant *bytes = g_variant_new_fixed_array(
        G_VARIANT_TYPE_BYTE, &outcome->timings, sizeof outcome->timings, 1);
    return g_variant_ref_sink(g_variant_new("(i@ay@a(iayayiiay))",
                                            (int)outcome->result, bytes,
                                            g_variant_builder_end(&said)));
}

static void
write_all(int to, const guint8 *data, gsize length)
{
    while (length > 0) {
        ssize_t written = write(to, data, length);
        if (written <= 0)
            return;
        data += written;
        length -= (gsize)written;
    }
}

static void
work(Project *project, const Job *job, const char *edition, int to)
{
    BuildOutcome outcome = {.edition = edition};
    int start = diagnostics_length(project->diagnostics);
    run_edition(project, job, edition, true, &outcome);
    GVariant *packed = pack(project->diagnostics, start, &outcome);
    write_all(to, g_variant_get_data(packed), g_variant_get_size(packed));
    project_free(project); /* and its temporary files */
    _exit(0);
}

static Worker
start_worker(Project *project, const Job *job, const char *edition)
{
    int ends[2];
    Worker worker = {0, -1};
    if (pipe(ends) != 0)
        return worker;
    fflush(NULL);
    worker.id = fork();
    if (worker.id == 0) {
        close(ends[0]);
        work(project, job, edition, ends[1]);
    }
    close(ends[1]);
    worker.from = ends[0];
    if (worker.id < 0) {
        close(ends[0]);
        worker.id = 0;
    }
    return worker;
}

static void
hear(Diagnostics *diagnostics, GVariantIter *said, BuildOutcome *outcome)
{
    int level = 0;
    Diagnostic one;
    diagnostics_begin_section(diagnostics);
    while (g_variant_iter_next(said, "(i^&ay^&ayii^&ay)", &level, &one.name,
                               &one.place.file, &one.place.line,
                               &one.place.column, &one.text)) {
        one.level = (DiagnosticLevel)level;
        if (*one.place.file == 0)
            one.place.file = NULL;
        diagnostics_repeat(diagnostics, &one);
        outcome->errors += level >= LEVEL_ERROR;
        outcome->warnings += level == LEVEL_WARNING;
        outcome->notes += level == LEVEL_NOTE;
    }
}

/* what a process said, when it has ended; false: it broke off */
static bool
finish_worker(Project *project, const Worker *worker, BuildOutcome *outcome)
{
    GByteArray *read_so_far = g_byte_array_new();
    guint8 part[65536];
    ssize_t length;
    while ((length = read(worker->from, part, sizeof part)) > 0)
        g_byte_array_append(read_so_far, part, (guint)length);
    close(worker->from);
    int status = 0;
    bool ended = waitpid(worker->id, &status, 0) == worker->id &&
                 WIFEXITED(status) && read_so_far->len > 0;
    g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes(read_so_far);
    if (!ended)
        return false;
    g_autoptr(GVariant) packed =
        g_variant_ref_sink(g_variant_new_from_bytes(
            G_VARIANT_TYPE(SAID_TYPE), bytes, FALSE));
    g_autoptr(GVariant) timings = NULL;
    g_autoptr(GVariantIter) said = NULL;
    int result = 0;
    g_variant_get(packed, "(i@aya(iayayiiay))", &result, &timings, &said);
    gsize size = 0;
    const void *data = g_variant_get_fixed_array(timings, &size, 1);
    if (size != sizeof outcome->timings)
        return false;
    memcpy(&outcome->timings, data, size);
    outcome->result = (Result)result;
    hear(project->diagnostics, said, outcome);
    return true;
}

static void
run_workers(Project *project, const Job *job, char **editions, int jobs,
            BuildOutcome *outcomes)
{
    int count = (int)g_strv_length(editions), started = 0;
    g_autofree Worker *workers = g_new0(Worker, count);
    for (int i = 0; i < count; i++) {
        for (; started < count && started - i < jobs; started++)
            workers[started] = start_worker(project, job, editions[started]);
        if (workers[i].id == 0)
            run_edition(project, job, editions[i], false, &outcomes[i]);
        else if (!finish_worker(project, &workers[i], &outcomes[i])) {
            fprintf(stderr, "vadovas: the process that made '%s' broke off\n",
                    editions[i]);
            outcomes[i].result = RESULT_BROKEN;
        }
    }
}

void
build_run(Project *project, const Job *job, char **editions, int jobs,
          BuildOutcome *outcomes)
{
    int count = (int)g_strv_length(editions);
    for (int i = 0; i < count; i++)
        outcomes[i] = (BuildOutcome){.edition = editions[i]};
    if (jobs > 1 && count > 1 && job->stop_after == STAGE_PDF) {
        run_workers(project, job, editions, jobs, outcomes);
        return;
    }
    for (int i = 0; i < count; i++)
        run_edition(project, job, editions[i], i == count - 1, &outcomes[i]);
}

/* ---- telling ---- */

char *
build_timings(const BuildOutcome *outcomes, int count)
{
    static const char *const slots[] = {"read",  "overlay", "facts", "fo",
                                        "pages", "paint",   "finish"};
    GString *text = g_string_new(NULL);
    for (int k = 0; k < count; k++) {
        const Timings *timings = &outcomes[k].timings;
        if (outcomes[k].result != RESULT_DONE)
            continue;
        g_string_append_printf(text,
                               "{\"edition\":\"%s\",\"pages\":%d,\"cpu_ms\":{",
                               outcomes[k].edition, timings->pages);
        for (size_t i = 0; i < G_N_ELEMENTS(slots); i++) {
            char number[G_ASCII_DTOSTR_BUF_SIZE];
            g_ascii_formatd(number, sizeof number, "%.3f", timings->cpu_ms[i]);
            g_string_append_printf(text, "%s\"%s\":%s", i == 0 ? "" : ",",
                                   slots[i], number);
        }
        g_string_append(text, "},\"peak_kb\":{");
        for (size_t i = 0; i < G_N_ELEMENTS(slots); i++)
            g_string_append_printf(text, "%s\"%s\":%ld", i == 0 ? "" : ",",
                                   slots[i], timings->peak_kb[i]);
        g_string_append(text, "}}\n");
    }
    return g_string_free(text, FALSE);
}

static void
add_file(GString *text, const char *root, const Job *job, OutputKind kind)
{
    g_autofree char *path = delivery_path(root, job, kind);
    g_autofree char *bytes = NULL;
    gsize length = 0;
    if (!g_file_get_contents(path, &bytes, &length, NULL))
        return;
    g_autofree char *digest = g_compute_checksum_for_data(
        G_CHECKSUM_SHA256, (const guchar *)bytes, length);
    g_string_append(text, g_str_has_suffix(text->str, "[") ? "{" : ",{");
    json_add_string(text, "path", path);
    json_add_int(text, "bytes", (int)length);
    json_add_string(text, "sha256", digest);
    g_string_append_c(text, '}');
}

char *
build_report(const char *root, const Job *job, const BuildOutcome *outcomes,
             int count)
{
    GString *text = g_string_new("[");
    for (int i = 0; i < count; i++) {
        const BuildOutcome *outcome = &outcomes[i];
        Job own = *job;
        own.edition = outcome->edition;
        g_string_append(text, i == 0 ? "{" : ",\n{");
        json_add_string(text, "edition", outcome->edition);
        json_add_int(text, "code", (int)outcome->result);
        json_add_int(text, "pages", outcome->timings.pages);
        json_add_int(text, "errors", outcome->errors);
        json_add_int(text, "warnings", outcome->warnings);
        json_add_int(text, "notes", outcome->notes);
        g_string_append(text, ",\"files\":[");
        for (int kind = 0; kind < OUTPUT_COUNT; kind++) {
            if (outcome->timings.written >> kind & 1)
                add_file(text, root, &own, kind);
        }
        g_string_append(text, "]}");
    }
    g_string_append(text, "]\n");
    return g_string_free(text, FALSE);
}
