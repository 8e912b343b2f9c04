/* SPDX-License-Identifier: MIT */
/*
 * Findings: what research found out, without its prose.
 *
 * The prose of a finding is a paragraph of the manual with the finding's id,
 * which goes through overlays as all prose does; its first strong words are the
 * finding's name.  The file says the rest: status, years, source.
 *
 *   findings_fill_view
 *     find_name          in the document, as this edition has it
 *
 * The view: <findings id ref> title, <head name status source/>,
 *   <finding block status when name source figures?/>
 */
#include "base/xml.h"
#include "facts/fact_store.h"
#include "facts/research_parts.h"

#include <string.h>

#define XML(text) ((const xmlChar *)(text))

char *
findings_status(const ResearchStore *store, const char *status)
{
    g_autofree char *name = g_strconcat("finding-", status, NULL);
    return research_find_word(store, name, status);
}

char *
findings_phrase(const ResearchStore *store, const xmlNode *finding)
{
    const char *from = xml_attribute(finding, "from");
    const char *to = xml_attribute(finding, "to");
    char *status = findings_status(store, xml_attribute(finding, "status"));
    if (from == NULL)
        return status;
    g_autofree char *template =
        to == NULL ? research_find_word(store, "finding-year", "{from}")
                   : research_find_word(store, "finding-years", "{from}–{to}");
    g_autofree char *begun = research_put_in(template, "from", from);
    g_autofree char *years =
        research_put_in(begun, "to", to == NULL ? "" : to);
    char *phrase = g_strdup_printf("%s, %s", status, years);
    g_free(status);
    return phrase;
}

/* the block of this id; NULL: the edition has none */
static const xmlNode *
find_block(const Document *document, const char *id)
{
    for (const xmlNode *chapter = xml_child(document_root(document), "chapter");
         chapter != NULL; chapter = xml_next(chapter, "chapter")) {
        for (const xmlNode *block = xml_first(chapter); block != NULL;
             block = xml_next(block, NULL)) {
            const char *own = xml_attribute(block, "id");
            if (own != NULL && strcmp(own, id) == 0)
                return block;
        }
    }
    return NULL;
}

/* the strong words that a finding's paragraph begins with, without their full
 * stop; owned; diagnosed and the id where there are none */
static char *
find_name(const Making *making, const xmlNode *finding)
{
    const ResearchStore *store = making->store;
    const char *id = xml_attribute(finding, "block");
    const xmlNode *block = find_block(store->document, id);
    const xmlNode *strong = block == NULL ? NULL : xml_child(block, "strong");
    if (strong == NULL) {
        diagnostics_add(store->diagnostics, research_unfit(store),
                        "finding-without-name",
                        (Place){making->data->file,
                                (int)xmlGetLineNo((xmlNode *)finding), 0},
                        "no paragraph of '%s' has the id '%s' and strong words "
                        "at its begin; write it, or take the finding out",
                        store->options->lang, id);
        return g_strdup_printf("{{%s}}", id);
    }
    char *name = facts_text(strong);
    if (g_str_has_suffix(name, "."))
        name[strlen(name) - 1] = 0;
    return name;
}

static void
set_word(const Making *making, xmlNode *head, const char *attribute,
         const char *word, const char *fallback)
{
    g_autofree char *text = research_find_word(making->store, word, fallback);
    xmlSetProp(head, XML(attribute), XML(text));
}

void
findings_fill_view(const Making *making, xmlNode *view)
{
    xmlNode *head = xmlNewChild(view, NULL, XML("head"), NULL);
    set_word(making, head, "name", "finding", "Finding");
    set_word(making, head, "status", "finding-status", "Status");
    set_word(making, head, "source", "finding-source", "Source");
    for (const xmlNode *finding = xml_child(making->root, "finding");
         finding != NULL; finding = xml_next(finding, "finding")) {
        xmlNode *row = xmlNewChild(view, NULL, XML("finding"), NULL);
        const char *block = xml_attribute(finding, "block");
        const char *figures = xml_attribute(finding, "figures");
        g_autofree char *name = find_name(making, finding);
        g_autofree char *when = findings_phrase(making->store, finding);
        g_autofree char *source =
            research_take_word(making, finding, "source");
        xmlSetProp(row, XML("name"), XML(name));
        xmlSetProp(row, XML("status"), XML(xml_attribute(finding, "status")));
        xmlSetProp(row, XML("when"), XML(when));
        xmlSetProp(row, XML("source"), XML(source));
        if (find_block(making->store->document, block) != NULL)
            xmlSetProp(row, XML("block"), XML(block));
        if (figures != NULL &&
            find_block(making->store->document, figures) != NULL)
            xmlSetProp(row, XML("figures"), XML(figures));
    }
}
