/* SPDX-License-Identifier: MIT */
/* Audiences: blocks are taken out of the document. */
#include "pipeline/audience.h"

#include "base/xml.h"

#include <string.h>

#define TRAINER "trainer"

static bool
share_word(const char *a, const char *b)
{
    g_auto(GStrv) words = g_strsplit_set(a, " \t\n", -1);
    g_auto(GStrv) others = g_strsplit_set(b, " \t\n", -1);
    for (char **word = words; *word != NULL; word++) {
        if (**word != 0 && g_strv_contains((const char *const *)others, *word))
            return true;
    }
    return false;
}

static bool
is_meant_for(const xmlNode *block, const char *audience)
{
    const char *kind = xml_attribute(block, "kind");
    if (xml_is(block, "callout") && kind != NULL && strcmp(kind, TRAINER) == 0)
        return audience != NULL && share_word(TRAINER, audience);
    const char *own = xml_attribute(block, "audience");
    return own == NULL || audience == NULL || share_word(own, audience) ||
           share_word(TRAINER, audience);
}

/* footnotes whose callers all went with their blocks go too */
static void
collect_callers(const xmlNode *node, GHashTable *callers)
{
    for (; node != NULL; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        if (xml_is(node, "note-ref") && xml_attribute(node, "ref") != NULL)
            g_hash_table_add(callers,
                             (gpointer)xml_attribute(node, "ref"));
        collect_callers(node->children, callers);
    }
}

static bool
filter_blocks(xmlNode *parent, const char *audience, Evidence *evidence)
{
    bool removed = false;
    for (xmlNode *node = parent->children; node != NULL;) {
        xmlNode *next = node->next;
        if (node->type == XML_ELEMENT_NODE && document_is_block(node) &&
            !is_meant_for(node, audience)) {
            evidence_take_removed(evidence, node);
            xmlUnlinkNode(node);
            xmlFreeNode(node);
            removed = true;
        } else if (node->type == XML_ELEMENT_NODE) {
            removed = filter_blocks(node, audience, evidence) || removed;
        }
        node = next;
    }
    return removed;
}

void
audience_filter(Document *document, const char *audience, Evidence *evidence)
{
    xmlNode *root = document_root(document);
    if (!filter_blocks(root, audience, evidence))
        return;
    g_autoptr(GHashTable) callers = g_hash_table_new(g_str_hash, g_str_equal);
    collect_callers(root->children, callers);
    for (xmlNode *chapter = root->children; chapter != NULL;
         chapter = chapter->next) {
        for (xmlNode *node = chapter->children; node != NULL;) {
            xmlNode *next = node->next;
            const char *id = node->type == XML_ELEMENT_NODE
                                 ? xml_attribute(node, "id")
                                 : NULL;
            if (xml_is(node, "footnote") && id != NULL &&
                !g_hash_table_contains(callers, id)) {
                evidence_take_removed(evidence, node);
                xmlUnlinkNode(node);
                xmlFreeNode(node);
            }
            node = next;
        }
    }
}
