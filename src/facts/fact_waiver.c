/* SPDX-License-Identifier: MIT */
/* Waivers of facts, in the data of the edition. */
#include "facts/fact_waiver.h"

#include "base/xml.h"

#include <string.h>

static const xmlNode *
first_waiver(const Document *document)
{
    const xmlNode *edition = xml_child(document_root(document), "edition");
    return edition == NULL ? NULL : xml_child(edition, "waiver");
}

const xmlNode *
fact_waiver_find(const Document *document, const char *id,
                 const char *review_by)
{
    const xmlNode *waiver = first_waiver(document);
    while (waiver != NULL &&
           (g_strcmp0(xml_attribute(waiver, "fact"), id) != 0 ||
            g_strcmp0(xml_attribute(waiver, "review-by"), review_by) != 0))
        waiver = xml_next(waiver, "waiver");
    return waiver;
}

struct FactWaivers {
    Document *document;
    const FactsOptions *options;
    Diagnostics *diagnostics;
    GHashTable *used; /* xmlNode of those that let something through */
};

FactWaivers *
fact_waivers_new(Document *document, const FactsOptions *options,
                 Diagnostics *diagnostics)
{
    FactWaivers *waivers = g_new0(FactWaivers, 1);
    waivers->document = document;
    waivers->options = options;
    waivers->diagnostics = diagnostics;
    waivers->used = g_hash_table_new(NULL, NULL);
    return waivers;
}

bool
fact_waivers_judge(FactWaivers *waivers, const Overdue *overdue)
{
    const xmlNode *waiver = fact_waiver_find(waivers->document, overdue->id,
                                             overdue->review_by);
    if (waiver != NULL)
        g_hash_table_add(waivers->used, (gpointer)waiver);
    if (overdue->is_said)
        return waiver != NULL;
    if (waiver == NULL) {
        diagnostics_add(waivers->diagnostics,
                        waivers->options->print ? LEVEL_ERROR : LEVEL_WARNING,
                        "fact-overdue", overdue->place,
                        "%s '%s' was to be checked by %s; read its source "
                        "again, then set verified and review-by",
                        overdue->what, overdue->id, overdue->review_by);
        return false;
    }
    g_autofree char *reason = xml_text(waiver);
    diagnostics_add(waivers->diagnostics, LEVEL_NOTE, "fact-waived",
                    overdue->place,
                    "%s '%s' was to be checked by %s and is let through since "
                    "%s: %s",
                    overdue->what, overdue->id, overdue->review_by,
                    xml_attribute(waiver, "date"), reason);
    return true;
}

static void
drop(const FactWaivers *waivers, xmlNode *waiver)
{
    const char *edition = waivers->options->edition;
    g_autofree char *path =
        edition == NULL
            ? g_strdup("manual/edition.xml")
            : g_build_filename("locales", edition, "edition.xml", NULL);
    diagnostics_add(waivers->diagnostics, LEVEL_WARNING, "waiver-unused",
                    (Place){path, 0, 0},
                    "the waiver for '%s' lets nothing through: that fact is "
                    "not overdue, has another review-by or is not used; delete "
                    "it",
                    xml_attribute(waiver, "fact"));
    xmlUnlinkNode(waiver);
    xmlFreeNode(waiver);
}

void
fact_waivers_end(FactWaivers *waivers)
{
    const xmlNode *next = NULL;
    for (const xmlNode *waiver = first_waiver(waivers->document);
         waiver != NULL; waiver = next) {
        next = xml_next(waiver, "waiver");
        if (xml_attribute(waiver, "fact") != NULL &&
            !g_hash_table_contains(waivers->used, waiver))
            drop(waivers, (xmlNode *)waiver);
    }
    g_hash_table_unref(waivers->used);
    g_free(waivers);
}
