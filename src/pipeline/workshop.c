/* SPDX-License-Identifier: MIT */
/*
 * Workshops.
 *
 *   workshops_build
 *     build_workshop       one edition after another
 *       check_workshop     what it names is there
 *       build_chapters     the handout; with the trainer's notes, his copy
 *       build_form         each form, for screen and print
 *         workshop_filter    called by the pipeline
 */
#include "pipeline/workshop.h"

#include "base/file.h"
#include "base/nearest.h"
#include "base/xml.h"

#include <string.h>

#define XML(text) ((const xmlChar *)(text))
#define WORKSHOPS_FILE "manual/workshops.xml"
#define FORM "form"

static Place
place_of(const xmlNode *node)
{
    return (Place){WORKSHOPS_FILE, (int)xmlGetLineNo((xmlNode *)node), 0};
}

/* ---- what it names is there ---- */

static const xmlNode *
find_chapter(const Document *document, const char *id)
{
    const xmlNode *chapter = xml_child(document_root(document), "chapter");
    while (chapter != NULL && g_strcmp0(xml_attribute(chapter, "id"), id) != 0)
        chapter = xml_next(chapter, "chapter");
    return chapter;
}

static bool
is_form(const xmlNode *chapter)
{
    return g_strcmp0(xml_attribute(chapter, "role"), FORM) == 0;
}

/* every <chapter> is a chapter, every <form> a form */
static bool
check_names(const Project *project, const xmlNode *workshop, const char *kind,
            bool wants_form)
{
    bool is_good = true;
    for (const xmlNode *node = xml_child(workshop, kind); node != NULL;
         node = xml_next(node, kind)) {
        const char *id = xml_attribute(node, "ref");
        const xmlNode *chapter = find_chapter(project->base, id);
        if (chapter != NULL && is_form(chapter) == wants_form)
            continue;
        diagnostics_add(project->diagnostics, LEVEL_ERROR, "workshop-invalid",
                        place_of(node),
                        "the manual has no %s '%s'; ids stand behind the title, "
                        "{#id}, and forms have role=\"form\" in manual.xml",
                        kind, id);
        is_good = false;
    }
    return is_good;
}

/* owned; NULL: there is none in this language */
static char *
find_title(const xmlNode *workshop, const char *lang)
{
    for (const xmlNode *title = xml_child(workshop, "title"); title != NULL;
         title = xml_next(title, "title")) {
        if (g_strcmp0(xml_attribute(title, "lang"), lang) == 0)
            return xml_text(title);
    }
    return NULL;
}

static bool
check_edition(const Project *project, const xmlNode *workshop,
              const char *edition)
{
    g_autofree char *title = find_title(workshop, edition);
    if (project_has_edition(project, edition) && title != NULL)
        return true;
    diagnostics_add(project->diagnostics, LEVEL_ERROR, "workshop-invalid",
                    place_of(workshop),
                    title == NULL
                        ? "the workshop has no title for the edition '%s'; "
                          "add <title lang=\"...\">"
                        : "there is no edition '%s'; name a folder of "
                          "locales/, or the base's language",
                    edition);
    return false;
}

/* ---- the files ---- */

/* the refs of the children, with spaces between; owned */
static char *
join_refs(const xmlNode *workshop, const char *kind)
{
    GString *refs = g_string_new(NULL);
    for (const xmlNode *node = xml_child(workshop, kind); node != NULL;
         node = xml_next(node, kind))
        g_string_append_printf(refs, "%s%s", refs->len == 0 ? "" : " ",
                               xml_attribute(node, "ref"));
    return g_string_free(refs, FALSE);
}

/* one file of a workshop */
typedef struct {
    const xmlNode *workshop;
    const char *edition, *name;
    OutputKind kind;
} Part;

static Result
build_part(Project *project, const Part *part, Job job)
{
    g_autofree char *file = g_strconcat(
        part->name, part->kind == OUTPUT_PRINT ? "-print" : "",
        job.draft ? "-draft" : "", ".pdf", NULL);
    g_autofree char *path =
        g_build_filename(project->root, "build", "workshops",
                         xml_attribute(part->workshop, "id"), part->edition,
                         file, NULL);
    g_autofree char *dump = NULL;
    job.edition = part->edition;
    job.output = path;
    job.outputs = 1u << part->kind;
    job.last = false;
    return pipeline_run(project, &job, NULL, &dump);
}

static Result
build_chapters(Project *project, const xmlNode *workshop, const char *edition,
               const Job *job)
{
    const char *audience = xml_attribute(workshop, "audience");
    g_autofree char *chapters = join_refs(workshop, "chapter");
    g_autofree char *trainer = g_strconcat(audience, " trainer", NULL);
    Job part = *job;
    part.printing.chapter = chapters;
    part.audience = audience;
    Result result = build_part(
        project, &(Part){workshop, edition, "handout", OUTPUT_HANDOUT}, part);
    part.audience = trainer;
    Result other = build_part(
        project, &(Part){workshop, edition, "trainer", OUTPUT_HANDOUT}, part);
    return MAX(result, other);
}

static Result
build_form(Project *project, const xmlNode *workshop, const char *edition,
           const char *form, const Job *job)
{
    g_autofree char *title = find_title(workshop, edition);
    g_autofree char *topics = join_refs(workshop, "chapter");
    Job part = *job;
    part.form = form;
    part.workshop = (WorkshopHead){
        .title = title,
        .topics = topics,
        .audience = xml_attribute(workshop, "audience"),
        .is_sample = g_strcmp0(xml_attribute(workshop, "sample"), "yes") == 0,
    };
    Result result = RESULT_DONE;
    for (OutputKind kind = OUTPUT_SCREEN; kind <= OUTPUT_PRINT; kind++) {
        Result one = build_part(
            project, &(Part){workshop, edition, form, kind}, part);
        result = MAX(result, one);
    }
    return result;
}

static Result
build_workshop(Project *project, const xmlNode *workshop, const Job *job)
{
    if (!check_names(project, workshop, "chapter", false) ||
        !check_names(project, workshop, "form", true))
        return RESULT_UNFIT;
    Result worst = RESULT_DONE;
    g_auto(GStrv) editions =
        g_strsplit_set(xml_attribute(workshop, "editions"), " \t\n", -1);
    for (int i = 0; editions[i] != NULL; i++) {
        if (*editions[i] == '\0')
            continue;
        if (!check_edition(project, workshop, editions[i])) {
            worst = MAX(worst, RESULT_UNFIT);
            continue;
        }
        Result result = build_chapters(project, workshop, editions[i], job);
        worst = MAX(worst, result);
        for (const xmlNode *form = xml_child(workshop, "form"); form != NULL;
             form = xml_next(form, "form")) {
            result = build_form(project, workshop, editions[i],
                                xml_attribute(form, "ref"), job);
            worst = MAX(worst, result);
        }
    }
    return worst;
}

static void
say_unknown(const Project *project, const xmlNode *root, const char *id)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (const xmlNode *node = xml_child(root, "workshop"); node != NULL;
         node = xml_next(node, "workshop"))
        g_ptr_array_add(ids, (gpointer)xml_attribute(node, "id"));
    g_ptr_array_add(ids, NULL);
    g_autofree char *known = g_strjoinv(", ", (char **)ids->pdata);
    diagnostics_add(project->diagnostics, LEVEL_INVALID, "workshop-unknown",
                    (Place){WORKSHOPS_FILE, 0, 0},
                    "there is no workshop '%s'; there are: all, %s", id, known);
}

Result
workshops_build(Project *project, const char *id, const Job *job)
{
    xmlDoc *xml =
        xml_load(project->root, WORKSHOPS_FILE, project->diagnostics);
    if (xml == NULL)
        return RESULT_INVALID;
    Result worst = RESULT_INVALID;
    const xmlNode *root = xmlDocGetRootElement(xml);
    if (xml_validate(xml, "workshops", WORKSHOPS_FILE, project->diagnostics)) {
        bool is_all = strcmp(id, "all") == 0, is_found = false;
        worst = RESULT_DONE;
        for (const xmlNode *node = xml_child(root, "workshop"); node != NULL;
             node = xml_next(node, "workshop")) {
            if (!is_all && strcmp(xml_attribute(node, "id"), id) != 0)
                continue;
            Result result = build_workshop(project, node, job);
            worst = MAX(worst, result);
            is_found = true;
        }
        if (!is_found && !is_all) {
            say_unknown(project, root, id);
            worst = RESULT_INVALID;
        }
    }
    xmlFreeDoc(xml);
    return worst;
}

/* ---- the document of a form ---- */

static void
add_topics(const Document *document, xmlNode *head, const char *topics)
{
    g_auto(GStrv) ids = g_strsplit(topics, " ", -1);
    for (int i = 0; ids[i] != NULL; i++) {
        const xmlNode *chapter = find_chapter(document, ids[i]);
        const xmlNode *heading =
            chapter == NULL ? NULL : xml_child(chapter, "heading");
        if (heading == NULL)
            continue;
        g_autofree char *title = xml_text(heading);
        xmlNewTextChild(head, NULL, XML("topic"), XML(title));
    }
}

static void
add_head(Document *document, const WorkshopHead *workshop)
{
    xmlNode *root = document_root(document);
    xmlNode *head = xmlNewNode(NULL, XML("workshop"));
    xmlNode *first = (xmlNode *)xml_child(root, "chapter");
    xmlAddPrevSibling(first, head);
    xmlSetProp(head, XML("title"), XML(workshop->title));
    xmlSetProp(head, XML("audience"), XML(workshop->audience));
    xmlSetProp(head, XML("sample"), XML(workshop->is_sample ? "yes" : "no"));
    add_topics(document, head, workshop->topics);
}

void
workshop_filter(Document *document, const Job *job)
{
    xmlNode *root = document_root(document);
    if (job->form != NULL && find_chapter(document, job->form) != NULL)
        add_head(document, &job->workshop);
    const xmlNode *next = NULL;
    for (const xmlNode *chapter = xml_child(root, "chapter"); chapter != NULL;
         chapter = next) {
        next = xml_next(chapter, "chapter");
        bool is_wanted =
            job->form == NULL
                ? !is_form(chapter)
                : strcmp(xml_attribute(chapter, "id"), job->form) == 0;
        if (is_wanted)
            continue;
        xmlUnlinkNode((xmlNode *)chapter);
        xmlFreeNode((xmlNode *)chapter);
    }
}
