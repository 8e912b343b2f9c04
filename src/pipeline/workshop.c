/* SPDX-License-Identifier: MIT */
/*
 * Workshops.
 *
 *   workshops_build
 *     build_workshop       one edition after another
 *       check_workshop     what it names is there
 *       build_part         handout, trainer's copy, each form
 *         build_files        for screen and office; for a print shop
 */
#include "pipeline/workshop.h"

#include "base/file.h"
#include "base/nearest.h"
#include "base/xml.h"

#include <string.h>

#define WORKSHOPS_FILE "manual/workshops.xml"

static Place
place_of(const xmlNode *node)
{
    return (Place){WORKSHOPS_FILE, (int)xmlGetLineNo((xmlNode *)node), 0};
}

/* ---- what it names is there ---- */

/* every <chapter> is a chapter, every <form> a form */
static bool
check_names(const Project *project, const xmlNode *workshop, const char *kind,
            bool wants_form)
{
    bool is_good = true;
    for (const xmlNode *node = xml_child(workshop, kind); node != NULL;
         node = xml_next(node, kind)) {
        const char *id = xml_attribute(node, "ref");
        const xmlNode *chapter = workshop_find_chapter(project->base, id);
        if (chapter != NULL && workshop_is_form(chapter) == wants_form)
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

/* the files of one run, which stand or fall together */
static Result
build_files(Project *project, const char *folder, const Job *job,
            unsigned outputs)
{
    g_autofree char *path = g_build_filename(
        project->root, "build", "workshops", folder, job->edition, NULL);
    g_autofree char *dump = NULL;
    Job part = *job;
    part.folder = path;
    part.outputs = outputs;
    part.last = false;
    return pipeline_run(project, &part, NULL, &dump);
}

/* What is overdue stops the print shop's file alone, so that it has a run of
 * its own.  A form is a sheet already. */
static Result
build_part(Project *project, const xmlNode *workshop, WorkshopPart part,
           const Job *job)
{
    g_autofree char *title = find_title(workshop, job->edition);
    g_autofree char *chapters = join_refs(workshop, "chapter");
    part.title = title;
    part.chapters = chapters;
    part.audience = xml_attribute(workshop, "audience");
    part.countries = xml_attribute(workshop, "countries");
    part.languages = xml_attribute(workshop, "editions");
    part.is_sample = g_strcmp0(xml_attribute(workshop, "sample"), "yes") == 0;
    g_autofree char *audience = g_strconcat(
        part.audience, part.copy == COPY_TRAINER ? " trainer" : "", NULL);
    Job own = *job;
    own.workshop = &part;
    own.audience = audience;
    own.printing.without_notes = true;
    unsigned for_office =
        part.copy == COPY_FORM ? 0 : 1u << OUTPUT_HANDOUT;
    const char *folder = xml_attribute(workshop, "id");
    Result result = build_files(project, folder, &own,
                                1u << OUTPUT_SCREEN | for_office);
    Result print = build_files(project, folder, &own, 1u << OUTPUT_PRINT);
    return MAX(result, print);
}

static Result
build_edition(Project *project, const xmlNode *workshop, const Job *job)
{
    Result worst = RESULT_DONE;
    for (WorkshopCopy copy = COPY_PARTICIPANT; copy <= COPY_TRAINER; copy++) {
        WorkshopPart part = {.copy = copy};
        Result result = build_part(project, workshop, part, job);
        worst = MAX(worst, result);
    }
    for (const xmlNode *form = xml_child(workshop, "form"); form != NULL;
         form = xml_next(form, "form")) {
        WorkshopPart part = {.copy = COPY_FORM,
                             .form = xml_attribute(form, "ref")};
        Result result = build_part(project, workshop, part, job);
        worst = MAX(worst, result);
    }
    return worst;
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
        Job part = *job;
        part.edition = editions[i];
        Result result = build_edition(project, workshop, &part);
        worst = MAX(worst, result);
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
