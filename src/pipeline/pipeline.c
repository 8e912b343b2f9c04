/* SPDX-License-Identifier: MIT */
/*
 * The program on one screen: pipeline_run and pipeline_fo below.  Every stage
 * is a function from one tree to the next; what is unfit is said in the
 * diagnostics, and one gate before the output decides.
 *
 *   pipeline_run
 *     read    project's base, read once         Document
 *     overlay_apply   the edition's words       Document
 *     facts_apply     {{references}}, research  Document
 *     audience_filter, prose_tie, index_fill    the same, changed in place
 *     prose_check     of `check` alone
 *     mark_changes    --since, against an older project's Document
 *     put_beside      --parallel, the base beside it
 *     format: style_transform_to, fo_reader     FoTree
 *     layout_run                                PageList
 *     typeset: paint_pdf, pdf_finish;
 *     printing_make                             bytes of each output
 *     gate, evidence_check, file_save           the file, or nothing
 */
#include "pipeline/pipeline.h"

#include "base/file.h"
#include "base/xml.h"
#include "facts/fact_list.h"
#include "layout/layout.h"
#include "paint/paint.h"
#include "pdf/finish.h"
#include "pipeline/audience.h"
#include "pipeline/changes.h"
#include "pipeline/delivery.h"
#include "pipeline/evidence.h"
#include "pipeline/index.h"
#include "pipeline/parallel.h"
#include "pipeline/printing.h"
#include "pipeline/revision.h"
#include "pipeline/theme.h"
#include "pipeline/workshop.h"
#include "prose/prose.h"
#include "style/style.h"

#include <string.h>
#include <sys/resource.h>
#include <time.h>

const char *
stage_name(Stage stage)
{
    static const char *const names[] = {"read", "overlay", "facts",
                                        "fo",   "pages",   "pdf"};
    return names[stage];
}

static double
cpu_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* the time since the last call goes to `slot` */
static void
measure(Timings *timings, int slot, double *last)
{
    double now = cpu_ms();
    if (timings != NULL) {
        struct rusage usage;
        getrusage(RUSAGE_SELF, &usage);
        timings->cpu_ms[slot] += now - *last;
        timings->peak_kb[slot] = usage.ru_maxrss;
    }
    *last = now;
}

/* what diagnostics `start` and later mean for the output */
static Result
result_from(const Diagnostics *diagnostics, int start, int end, bool draft,
            bool strict)
{
    Result result = RESULT_DONE;
    for (int i = start; i < end; i++) {
        DiagnosticLevel level = diagnostics_get(diagnostics, i)->level;
        if (level == LEVEL_INVALID)
            return RESULT_INVALID;
        if ((level == LEVEL_ERROR && !draft) ||
            (level == LEVEL_WARNING && strict))
            result = RESULT_UNFIT;
    }
    return result;
}

/* the base's diagnostics and those of this edition, from `start` */
static Result
result_of(const Project *project, const Job *job, int start)
{
    const Diagnostics *diagnostics = project->diagnostics;
    Result base = result_from(diagnostics, 0, project->base_said, job->draft,
                              job->strict);
    Result own = result_from(diagnostics, start,
                             diagnostics_length(diagnostics), job->draft,
                             job->strict);
    return MAX(base, own);
}

/* ---- the project ---- */

/* whose law an edition tells; NULL: it does not say */
static const char *
country_of(const Document *document)
{
    const xmlNode *edition = xml_child(document_root(document), "edition");
    return edition == NULL ? NULL : xml_attribute(edition, "country");
}

Project *
project_open(const char *root, bool strict, Diagnostics *diagnostics)
{
    g_autoptr(Project) project = g_new0(Project, 1);
    project->root = root;
    project->diagnostics = diagnostics;
    project->strict = strict;
    project->manual = manual_load(root, diagnostics);
    if (project->manual == NULL)
        return NULL;
    project->styles = style_folder(root, diagnostics);
    if (project->styles == NULL)
        return NULL;
    project->base = read_manual(project->manual, diagnostics);
    if (project->base != NULL)
        project->base_country = g_intern_string(country_of(project->base));
    project->base_said = diagnostics_length(diagnostics);
    return project->base == NULL ? NULL : g_steal_pointer(&project);
}

void
project_free(Project *project)
{
    if (project == NULL)
        return;
    g_free(project->styles);
    manual_free(project->manual);
    document_free(project->base);
    text_engine_free(project->engine);
    if (project->before != NULL)
        diagnostics_free(project->before->diagnostics);
    project_free(project->before);
    if (project->before_folder != NULL)
        revision_delete(project->before_folder);
    g_free(project->before_folder);
    g_free(project);
}

char **
project_editions(const Project *project)
{
    GPtrArray *names = g_ptr_array_new();
    g_ptr_array_add(names, g_strdup(project->manual->lang));
    for (char **name = project->manual->editions; *name != NULL; name++)
        g_ptr_array_add(names, g_strdup(*name));
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(names, FALSE);
}

bool
project_has_edition(const Project *project, const char *edition)
{
    return strcmp(edition, project->manual->lang) == 0 ||
           g_strv_contains(
               (const char *const *)project->manual->editions, edition);
}

/* ---- the stages up to pages ---- */

/* the edition's document; the base itself where nobody needs it any more */
static Document *
localise(Project *project, const Job *job, OverlayReport *report,
         Evidence *evidence)
{
    if (strcmp(job->edition, project->manual->lang) == 0)
        return job->last ? g_steal_pointer(&project->base)
                         : document_copy(project->base);
    OverlayOptions options = {.edition = job->edition,
                              .draft = job->draft,
                              .as_translated = job->as_translated};
    Document *edition = overlay_apply(project->base, project->manual, &options,
                                      report, project->diagnostics);
    evidence_take_overlay(evidence, project->base, edition, report);
    if (edition != NULL)
        index_compare(project->base, edition, project->diagnostics);
    if (job->last)
        g_clear_pointer(&project->base, document_free);
    return edition;
}

static FactsOptions
facts_options(const Project *project, const Job *job, const Document *edition)
{
    bool is_base = strcmp(job->edition, project->manual->lang) == 0;
    return (FactsOptions){
        .edition = is_base ? NULL : job->edition,
        .lang = xml_attribute(document_root(edition), "lang"),
        .base_lang = project->manual->lang,
        .root = project->root,
        .styles_folder = project->styles,
        .of_base_country =
            project->base_country != NULL &&
            g_strcmp0(country_of(edition), project->base_country) == 0,
        .draft = job->draft,
        .print = (job->outputs & OUTPUTS_FOR_PRINT) != 0 && !job->draft,
        .today = file_today(),
    };
}

/* spelling and typography; folder: owned by the caller */
static ProseOptions
prose_options(const Project *project, const Job *job, const Document *edition,
              const char *folder)
{
    bool is_base = strcmp(job->edition, project->manual->lang) == 0;
    return (ProseOptions){
        .root = project->root,
        .styles_folder = project->styles,
        .folder = folder,
        .lang = xml_attribute(document_root(edition), "lang"),
        .base_lang = is_base ? NULL : project->manual->lang,
    };
}

static char *
edition_folder(const Project *project, const Job *job)
{
    return strcmp(job->edition, project->manual->lang) == 0
               ? g_strdup("manual")
               : g_build_filename("locales", job->edition, NULL);
}

static Document *
fill_in(Project *project, const Job *job, const Document *edition,
        Evidence *evidence)
{
    FactsOptions options = facts_options(project, job, edition);
    Document *filled = facts_apply(edition, &options, project->diagnostics);
    if (filled == NULL)
        return NULL;
    audience_filter(filled, job->audience, evidence);
    workshop_filter(filled, job->workshop);
    g_autofree char *folder = edition_folder(project, job);
    ProseOptions prose = prose_options(project, job, filled, folder);
    prose_tie(filled, &prose, project->diagnostics);
    index_fill(filled, job->workshop != NULL, project->diagnostics);
    read_check_references(filled, project->diagnostics);
    return filled;
}

/* ---- what has changed ---- */

/* manual/ and locales/ as they were, in a folder; NULL after a diagnostic */
static const char *
find_earlier(Project *project, const char *since)
{
    static const char *const parts[] = {"manual", "locales", NULL};
    g_autofree char *manual =
        g_build_filename(since, "manual", "manual.xml", NULL);
    if (g_file_test(manual, G_FILE_TEST_IS_REGULAR))
        return since;
    g_autoptr(GError) error = NULL;
    project->before_folder = g_dir_make_tmp("vadovas-XXXXXX", &error);
    if (project->before_folder == NULL) {
        diagnostics_add(project->diagnostics, LEVEL_INVALID,
                        "output-unwritable", (Place){NULL, 0, 0}, "%s",
                        error->message);
        return NULL;
    }
    return revision_extract(project->root, since, parts,
                            project->before_folder, project->diagnostics)
               ? project->before_folder
               : NULL;
}

/* the older project; what there is to say of it nobody needs to know */
static Project *
open_earlier(Project *project, const char *since)
{
    if (project->before != NULL || project->before_folder != NULL)
        return project->before;
    const char *folder = find_earlier(project, since);
    if (folder == NULL)
        return NULL;
    Diagnostics *unheard = diagnostics_new();
    project->before = project_open(folder, false, unheard);
    if (project->before == NULL)
        diagnostics_free(unheard);
    return project->before;
}

/* the edition as it was, as it would have been set then */
static Document *
earlier_document(Project *project, const Job *job)
{
    Project *before = open_earlier(project, job->since);
    if (before == NULL || !project_has_edition(before, job->edition))
        return NULL;
    Job old_job = {
        .edition = job->edition, .audience = job->audience, .draft = true};
    g_autoptr(OverlayReport) report = overlay_report_new();
    g_autoptr(Document) edition = localise(before, &old_job, report, NULL);
    return edition == NULL ? NULL : fill_in(before, &old_job, edition, NULL);
}

/* false after a diagnostic */
static bool
mark_changes(Project *project, const Job *job, Document *document)
{
    int said = diagnostics_length(project->diagnostics);
    g_autoptr(Document) earlier = earlier_document(project, job);
    if (earlier == NULL) {
        if (diagnostics_length(project->diagnostics) == said)
            diagnostics_add(project->diagnostics, LEVEL_INVALID,
                            "since-unreadable", (Place){NULL, 0, 0},
                            "there is no edition '%s' in '%s' that can be "
                            "read, so there is nothing to compare with",
                            job->edition, job->since);
        return false;
    }
    g_autofree char *own = g_build_filename("locales", job->edition, NULL);
    const char *folders[] = {own, "manual", NULL};
    ChangesSide now = {document, project->root, folders};
    ChangesSide before = {earlier, project->before->root, folders};
    bool is_revision = project->before_folder != NULL;
    changes_mark(&now, &before, is_revision ? job->since : NULL);
    return true;
}

/* ---- base and edition side by side ---- */

/* base: as it was read, owned; false: said why */
static bool
put_beside(Project *project, const Job *job, Document *document,
           Document *base, const OverlayReport *report, Evidence *evidence)
{
    g_autoptr(Document) read = base;
    Job base_job = *job;
    base_job.edition = project->manual->lang;
    g_autoptr(Document) filled = fill_in(project, &base_job, read, evidence);
    if (filled == NULL)
        return false;
    g_autoptr(Diagnostics) heard = diagnostics_new();
    g_autoptr(OverlayDetails) details =
        overlay_details(read, project->manual, job->edition, heard);
    parallel_join(document, filled, report, details);
    return true;
}

/* ---- to pages ---- */

static FoTree *
format(Project *project, const Job *job, bool is_draft,
       const Document *document)
{
    const char *params[] = {"draft",    is_draft ? "yes" : "no",
                            "audience", job->audience ? job->audience : "",
                            NULL};
    g_autofree char *own = g_build_filename("locales", job->edition, NULL);
    /* the root: pictures of the base beside those of the edition */
    const char *folders[] = {own, "manual", job->parallel ? "." : NULL, NULL};
    FoReadOptions options = {
        .root = project->root,
        .folders = folders,
        .last_is_foreign = !job->parallel && strcmp(job->edition, project->manual->lang) != 0};
    g_autoptr(FoReader) reader =
        fo_reader_new("book.fo", &options, project->diagnostics);
    if (!style_transform_to(reader, document->xml, project->styles,
                            job->parallel ? "parallel.xsl" : "book.xsl",
                            params))
        return NULL;
    return fo_reader_finish(g_steal_pointer(&reader));
}

static bool
open_engine(Project *project)
{
    if (project->engine == NULL)
        project->engine = theme_open(project->styles, project->strict,
                                     project->diagnostics);
    return project->engine != NULL;
}

/* ---- pages to bytes ---- */

/* what one run of an edition carries to its outputs */
typedef struct {
    const Job *job;
    int start; /* of its diagnostics */
    PdfOptions pdf;
    Imprint imprint;
    Evidence *evidence; /* NULL where nothing is written */
    Timings *timings;
    double clock;
    unsigned written;    /* bit i: OutputKind i */
    bool is_last_output; /* what stands on the pages may go when painted ... */
    TextEngine **engine; /* ... and this, too, unless NULL */
} Run;

static void
forget_words(void *engine)
{
    text_engine_finish(engine);
    memory_give_back();
}

static GBytes *
typeset(Run *run, PageList *pages, Diagnostics *diagnostics, GError **error)
{
    PaintResult painted = {0};
    GBytes *bytes = NULL;
    PaintOptions options = {.store_text = true};
    if (run->is_last_output && run->engine != NULL) {
        options.when_drawn = forget_words;
        options.data = *run->engine;
    }
    bool done = run->is_last_output
                    ? paint_pdf_last(pages, &options, &painted, diagnostics, error)
                    : paint_pdf(pages, &options, &painted, diagnostics, error);
    if (run->is_last_output && run->engine != NULL) {
        g_clear_pointer(run->engine, text_engine_free);
        memory_give_back();
    }
    if (done) {
        measure(run->timings, STAGE_PDF, &run->clock);
        bytes = pdf_finish(pages, &painted, &run->pdf, diagnostics, error);
        measure(run->timings, STAGE_PDF + 1, &run->clock);
    }
    paint_result_clear(&painted);
    return bytes;
}

/* a text of the edition's that outlives its document */
static const char *
edition_text(const Document *document, const char *name)
{
    const xmlNode *edition = xml_child(document_root(document), "edition");
    const xmlNode *node = edition == NULL ? NULL : xml_child(edition, name);
    if (node == NULL)
        return NULL;
    g_autofree char *text = xml_text(node);
    return g_intern_string(text);
}

static PdfOptions
metadata(const Document *document)
{
    return (PdfOptions){
        .title = edition_text(document, "title"),
        .subject = edition_text(document, "subtitle"),
        .keywords = edition_text(document, "project"),
        .creator = "Vadovas " VADOVAS_VERSION,
        .language =
            g_intern_string(xml_attribute(document_root(document), "lang")),
        .date = file_today(),
        .tagged = true,
    };
}

static Imprint
read_imprint(const Document *document, const char *edition)
{
    const xmlNode *node = xml_child(document_root(document), "edition");
    Imprint imprint = {.title = edition_text(document, "title"),
                       .edition = edition};
    if (node != NULL) {
        imprint.date = g_intern_string(xml_attribute(node, "date"));
        imprint.revision = g_intern_string(xml_attribute(node, "revision"));
    }
    return imprint;
}

static Result
fail(Diagnostics *diagnostics, Result result, const char *name,
     const GError *error)
{
    diagnostics_add(diagnostics, LEVEL_INVALID, name, (Place){NULL, 0, 0},
                    "%s", error == NULL ? "failed" : error->message);
    return result;
}

/* the spread that holds a page, as a picture */
static Result
deliver_picture(const PageList *pages, const Job *job, Diagnostics *diagnostics)
{
    int total = (int)pages->pages->len;
    int page = CLAMP(job->picture_page, 1, total);
    int first = page <= 1 ? 0 : page / 2 * 2 - 1;
    int count = first == 0 || first + 1 >= total ? 1 : 2;
    g_autoptr(GError) error = NULL;
    g_autoptr(GByteArray) png = paint_png(pages, first, count, 144, &error);
    if (png == NULL)
        return fail(diagnostics, RESULT_BROKEN, "pdf-broken", error);
    if (!file_save(job->picture, png->data, png->len, &error))
        return fail(diagnostics, RESULT_INVALID, "output-unwritable", error);
    return RESULT_DONE;
}

/* the finished file, read back */
static Result
prove(Run *run, OutputKind kind, GBytes *bytes, Diagnostics *diagnostics)
{
    bool is_whole =
        kind != OUTPUT_HANDOUT || run->job->printing.chapter == NULL;
    g_autoptr(GError) error = NULL;
    bool is_good =
        evidence_check(run->evidence, bytes, is_whole, diagnostics, &error);
    measure(run->timings, STAGE_PDF + 1, &run->clock);
    if (error != NULL)
        return fail(diagnostics, RESULT_BROKEN, "pdf-broken", error);
    return is_good ? RESULT_DONE : RESULT_BROKEN;
}

/* the bytes of one output, the gate, the file */
static Result
deliver_kind(Project *project, Run *run, OutputKind kind, PageList *pages)
{
    Diagnostics *diagnostics = project->diagnostics;
    const Job *job = run->job;
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes =
        kind == OUTPUT_SCREEN
            ? typeset(run, pages, diagnostics, &error)
            : printing_make(kind, pages, &run->pdf, &run->imprint,
                            &job->printing, project->styles, project->engine,
                            diagnostics, &error);
    if (error != NULL)
        return fail(diagnostics, RESULT_BROKEN, "pdf-broken", error);
    Result result = result_of(project, job, run->start);
    if (bytes != NULL && result == RESULT_DONE)
        result = prove(run, kind, bytes, diagnostics);
    if (bytes == NULL || result != RESULT_DONE || job->dry)
        return result;
    g_autofree char *path = delivery_path(project->root, job, kind);
    if (!delivery_save(path, bytes, &error))
        return fail(diagnostics, RESULT_INVALID, "output-unwritable", error);
    if (job->deps && !delivery_save_deps(path, project->root, &error))
        return fail(diagnostics, RESULT_INVALID, "output-unwritable", error);
    run->written |= 1u << kind;
    return RESULT_DONE;
}

/* the gate and the outputs */
static Result
deliver(Project *project, Run *run, PageList *pages)
{
    Result result = result_of(project, run->job, run->start);
    if (result != RESULT_DONE)
        return result;
    if (!page_list_check(pages, project->diagnostics))
        return RESULT_BROKEN;
    if (run->job->picture != NULL)
        return deliver_picture(pages, run->job, project->diagnostics);
    for (int kind = 0; kind < OUTPUT_COUNT && result == RESULT_DONE; kind++) {
        run->is_last_output = run->job->outputs >> (kind + 1) == 0;
        if (run->job->outputs >> kind & 1)
            result = deliver_kind(project, run, kind, pages);
    }
    return result;
}

static void
take_folios(const PageList *pages, GHashTable *folios)
{
    GHashTableIter walk;
    gpointer id, destination;
    g_hash_table_iter_init(&walk, pages->destinations);
    while (g_hash_table_iter_next(&walk, &id, &destination)) {
        const Page *page = page_list_get(
            pages, (guint)((const PageDestination *)destination)->page);
        g_hash_table_insert(folios, g_strdup(id), g_strdup(page->folio));
    }
}

/* a stage that gave nothing said why; one that is the last is printed */
#define STAGE_DONE(stage, noun, printed)                                       \
    measure(run->timings, stage, &run->clock);                                 \
    if ((noun) == NULL ||                                                      \
        result_of(project, job, run->start) == RESULT_INVALID)                 \
        return MAX(result_of(project, job, run->start), RESULT_UNFIT);         \
    if (job->stop_after == (stage)) {                                          \
        *dump = (printed);                                                     \
        return result_of(project, job, run->start);                            \
    }

static Result
run_stages(Project *project, Run *run, char **dump)
{
    Diagnostics *diagnostics = project->diagnostics;
    const Job *job = run->job;
    run->clock = cpu_ms();

    STAGE_DONE(STAGE_READ, project->base, document_dump(project->base));
    g_autoptr(Document) base =
        job->parallel ? document_copy(project->base) : NULL;
    g_autoptr(OverlayReport) report = overlay_report_new();
    g_autoptr(Document) edition =
        localise(project, job, report, job->parallel ? NULL : run->evidence);
    STAGE_DONE(STAGE_OVERLAY, edition, document_dump(edition));
    if (job->dry) {
        g_autofree char *folder = edition_folder(project, job);
        ProseOptions prose = prose_options(project, job, edition, folder);
        prose_check(edition, &prose, diagnostics);
    }
    g_autoptr(Document) document = fill_in(project, job, edition, run->evidence);
    if (document != NULL && job->since != NULL &&
        !mark_changes(project, job, document))
        return RESULT_INVALID;
    if (document != NULL && base != NULL &&
        !put_beside(project, job, document, g_steal_pointer(&base), report,
                    run->evidence))
        return MAX(result_of(project, job, run->start), RESULT_UNFIT);
    STAGE_DONE(STAGE_FACTS, document, document_dump(document));
    if (!document_check(document, diagnostics))
        return RESULT_BROKEN;
    evidence_take_kept(run->evidence, document);
    g_clear_pointer(&edition, document_free);
    memory_give_back();
    run->pdf = metadata(document);
    run->imprint = read_imprint(document, job->edition);
    if (job->workshop != NULL)
        run->pdf.title = run->imprint.title =
            workshop_title(document, job->workshop);
    g_autoptr(FoTree) tree = format(
        project, job,
        job->parallel ? job->as_translated || !parallel_is_current(report)
                      : job->draft,
        document);
    g_clear_pointer(&document, document_free);
    if (job->last)
        style_clear();
    memory_give_back();
    STAGE_DONE(STAGE_FO, tree, fo_tree_dump(tree));
    if (!open_engine(project))
        return RESULT_INVALID;
    LayoutOptions options = {.draft = NULL};
    g_autoptr(PageList) pages =
        layout_run(tree, project->engine, &options, diagnostics);
    pages->graphics = g_steal_pointer(&tree->graphics);
    g_clear_pointer(&tree, fo_tree_free);
    memory_give_back();
    run->engine = job->last ? &project->engine : NULL;
    if (job->folios != NULL) {
        take_folios(pages, job->folios);
        return RESULT_DONE;
    }
    STAGE_DONE(STAGE_PAGES, pages, page_list_dump(pages));
    if (run->timings != NULL)
        run->timings->pages = (int)pages->pages->len;
    return deliver(project, run, pages);
}

Result
pipeline_run(Project *project, const Job *order, Timings *timings, char **dump)
{
    diagnostics_begin_section(project->diagnostics);
    /* a proof is for looking at what is not fit */
    Job own = *order;
    own.draft = own.draft || own.parallel;
    const Job *job = &own;
    Run run = {.job = job,
               .start = diagnostics_length(project->diagnostics),
               .timings = timings};
    g_autoptr(Evidence) evidence =
        job->stop_after == STAGE_PDF && job->picture == NULL ? evidence_new()
                                                             : NULL;
    run.evidence = evidence;
    Result result = run_stages(project, &run, dump);
    if (timings != NULL)
        timings->written = run.written;
    if (result != RESULT_DONE && job->stop_after == STAGE_PDF)
        delivery_say_kept(project->root, job, job->outputs & ~run.written,
                          project->diagnostics);
    return result;
}

/* ---- facts ---- */

GPtrArray *
project_facts(Project *project, const char *edition)
{
    Job job = {.edition = edition, .draft = true};
    int invalid = diagnostics_count(project->diagnostics, LEVEL_INVALID);
    g_autoptr(OverlayReport) report = overlay_report_new();
    g_autoptr(Document) document = localise(project, &job, report, NULL);
    if (document == NULL)
        return NULL;
    FactsOptions options = facts_options(project, &job, document);
    g_autoptr(GPtrArray) list =
        facts_list(document, &options, project->diagnostics);
    return diagnostics_count(project->diagnostics, LEVEL_INVALID) > invalid
               ? NULL
               : g_steal_pointer(&list);
}

GHashTable *
project_folios(Project *project, const char *edition)
{
    GHashTable *folios =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    Job job = {.edition = edition, .draft = true, .stop_after = STAGE_PAGES,
               .folios = folios};
    g_autofree char *dump = NULL;
    pipeline_run(project, &job, NULL, &dump);
    return folios;
}

/* ---- any FO file ---- */

Result
pipeline_fo(const char *file, const char *root, const char *output,
            Stage stop_after, Diagnostics *diagnostics, char **dump)
{
    g_autofree char *folder = g_path_get_dirname(file);
    xmlDoc *fo = xml_load_large(file, diagnostics);
    if (fo == NULL)
        return RESULT_INVALID;
    const char *folders[] = {".", NULL};
    FoReadOptions read = {.root = root == NULL ? folder : root,
                          .folders = folders};
    g_autoptr(FoTree) tree = fo_read(fo, file, &read, diagnostics);
    xmlFreeDoc(fo);
    if (tree == NULL)
        return RESULT_INVALID;
    if (stop_after == STAGE_FO) {
        *dump = fo_tree_dump(tree);
        return RESULT_DONE;
    }
    g_autofree char *styles = style_folder(read.root, diagnostics);
    g_autoptr(TextEngine) engine =
        styles == NULL ? NULL : theme_open(styles, false, diagnostics);
    if (engine == NULL)
        return RESULT_INVALID;
    LayoutOptions options = {.draft = NULL};
    g_autoptr(PageList) pages = layout_run(tree, engine, &options, diagnostics);
    if (stop_after == STAGE_PAGES) {
        *dump = page_list_dump(pages);
        return RESULT_DONE;
    }
    Result result = result_from(
        diagnostics, 0, diagnostics_length(diagnostics), true, false);
    if (result != RESULT_DONE)
        return result;
    Run run = {.pdf = {.creator = "Vadovas " VADOVAS_VERSION,
                       .title = pages->title,
                       .language = pages->language,
                       .date = file_today(),
                       .tagged = true},
               .is_last_output = true,
               .engine = &engine};
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = typeset(&run, pages, diagnostics, &error);
    if (bytes == NULL)
        return fail(diagnostics, RESULT_BROKEN, "pdf-broken", error);
    if (!delivery_save(output, bytes, &error))
        return fail(diagnostics, RESULT_INVALID, "output-unwritable", error);
    return RESULT_DONE;
}
