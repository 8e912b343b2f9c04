/* SPDX-License-Identifier: MIT */
/*
 * The document of a part of a workshop.
 *
 *   workshop_filter
 *     add_head        what title page and forms say of the workshop
 *     drop            a form, or of a form's document a chapter
 *     omit            a chapter of the manual that the booklet has not: its
 *                     titles stay, and where its other blocks stood is noted
 *     redirect        references to those blocks lead to the title above them
 */
#include "pipeline/workshop.h"

#include "base/xml.h"

#include <string.h>

#define XML(text) ((const xmlChar *)(text))

const xmlNode *
workshop_find_chapter(const Document *document, const char *id)
{
    const xmlNode *chapter = xml_child(document_root(document), "chapter");
    while (chapter != NULL && g_strcmp0(xml_attribute(chapter, "id"), id) != 0)
        chapter = xml_next(chapter, "chapter");
    return chapter;
}

bool
workshop_is_form(const xmlNode *chapter)
{
    return g_strcmp0(xml_attribute(chapter, "role"), "form") == 0;
}

static bool
is_among(const char *list, const char *word)
{
    g_auto(GStrv) words = g_strsplit_set(list, " \t\n", -1);
    return g_strv_contains((const char *const *)words, word);
}

/* ---- the head ---- */

/* words of the layout, styles/words.xsl; NULL: a form has its own title */
static const char *
copy_name(const WorkshopPart *part)
{
    static const char *const names[] = {"handout", "trainers-copy", NULL};
    return names[part->copy];
}

static void
add_topics(const Document *document, xmlNode *head, const char *topics)
{
    g_auto(GStrv) ids = g_strsplit(topics, " ", -1);
    for (int i = 0; ids[i] != NULL; i++) {
        const xmlNode *chapter = workshop_find_chapter(document, ids[i]);
        const xmlNode *heading =
            chapter == NULL ? NULL : xml_child(chapter, "heading");
        if (heading == NULL)
            continue;
        g_autofree char *title = xml_text(heading);
        xmlNewTextChild(head, NULL, XML("topic"), XML(title));
    }
}

static void
add_head(Document *document, const WorkshopPart *part)
{
    xmlNode *root = document_root(document);
    xmlNode *head = xmlNewNode(NULL, XML("workshop"));
    xmlNode *first = (xmlNode *)xml_child(root, "chapter");
    if (first == NULL)
        xmlAddChild(root, head);
    else
        xmlAddPrevSibling(first, head);
    xmlSetProp(head, XML("audience"), XML(part->audience));
    xmlSetProp(head, XML("countries"), XML(part->countries));
    xmlSetProp(head, XML("languages"), XML(part->languages));
    xmlSetProp(head, XML("sample"), XML(part->is_sample ? "yes" : "no"));
    xmlNewTextChild(head, NULL, XML("title"), XML(part->title));
    if (copy_name(part) != NULL)
        xmlSetProp(head, XML("copy"), XML(copy_name(part)));
    else
        add_topics(document, head, part->chapters);
}

const char *
workshop_title(const Document *document, const WorkshopPart *part)
{
    const char *name = copy_name(part);
    const xmlNode *form = name == NULL
                              ? workshop_find_chapter(document, part->form)
                              : NULL;
    const xmlNode *words = xml_child(document_root(document), "words");
    const xmlNode *word = words == NULL ? NULL : xml_child(words, "word");
    while (word != NULL && g_strcmp0(xml_attribute(word, "name"), name) != 0)
        word = xml_next(word, "word");
    if (form != NULL)
        word = xml_child(form, "heading");
    if (word == NULL)
        return g_intern_string(part->title);
    g_autofree char *copy = xml_text(word);
    g_autofree char *title = g_strconcat(part->title, " · ", copy, NULL);
    return g_intern_string(title);
}

/* ---- chapters ---- */

static void
drop(xmlNode *node)
{
    xmlUnlinkNode(node);
    xmlFreeNode(node);
}

static void
drop_notes(xmlNode *parent)
{
    xmlNode *next = NULL;
    for (xmlNode *node = parent->children; node != NULL; node = next) {
        next = node->next;
        if (xml_is(node, "note-ref"))
            drop(node);
        else if (node->type == XML_ELEMENT_NODE)
            drop_notes(node);
    }
}

static void
note_ids(xmlNode *node, const char *title, GHashTable *titles)
{
    const char *id = xml_attribute(node, "id");
    if (id != NULL)
        g_hash_table_insert(titles, g_strdup(id), g_strdup(title));
    for (xmlNode *child = node->children; child != NULL; child = child->next) {
        if (child->type == XML_ELEMENT_NODE)
            note_ids(child, title, titles);
    }
}

/* titles: id of a block that goes -> id of the title above it */
static void
omit(xmlNode *chapter, GHashTable *titles)
{
    const char *title = xml_attribute(chapter, "id");
    xmlSetProp(chapter, XML("omitted"), XML("yes"));
    xmlNode *next = NULL;
    for (xmlNode *block = chapter->children; block != NULL; block = next) {
        next = block->next;
        if (block->type != XML_ELEMENT_NODE)
            continue;
        if (xml_is(block, "heading") &&
            xml_attribute_int(block, "level", 1) <= 2) {
            title = xml_attribute(block, "id");
            xmlUnsetProp(block, XML("index"));
            drop_notes(block);
            continue;
        }
        note_ids(block, title, titles);
        drop(block);
    }
}

static void
redirect(xmlNode *node, GHashTable *titles)
{
    for (; node != NULL; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        const char *id = xml_is(node, "xref") ? xml_attribute(node, "ref") : NULL;
        const char *title = id == NULL ? NULL : g_hash_table_lookup(titles, id);
        if (title != NULL)
            xmlSetProp(node, XML("ref"), XML(title));
        const char *href =
            xml_is(node, "link") ? xml_attribute(node, "href") : NULL;
        title = href == NULL || href[0] != '#'
                    ? NULL
                    : g_hash_table_lookup(titles, href + 1);
        if (title != NULL) {
            g_autofree char *to = g_strconcat("#", title, NULL);
            xmlSetProp(node, XML("href"), XML(to));
        }
        redirect(node->children, titles);
    }
}

void
workshop_filter(Document *document, const WorkshopPart *part)
{
    const char *form = part == NULL ? NULL : part->form;
    g_autoptr(GHashTable) titles =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    if (part != NULL)
        add_head(document, part);
    const xmlNode *next = NULL;
    for (const xmlNode *chapter =
             xml_child(document_root(document), "chapter");
         chapter != NULL; chapter = next) {
        const char *id = xml_attribute(chapter, "id");
        next = xml_next(chapter, "chapter");
        if (form != NULL ? strcmp(id, form) != 0 : workshop_is_form(chapter))
            drop((xmlNode *)chapter);
        else if (part != NULL && form == NULL && !is_among(part->chapters, id))
            omit((xmlNode *)chapter, titles);
    }
    if (g_hash_table_size(titles) > 0)
        redirect(document_root(document)->children, titles);
}
