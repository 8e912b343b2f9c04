/* SPDX-License-Identifier: MIT */
/* Document: making, copying and printing the first tree. */
#include "model/document.h"

#include "base/xml.h"

#include <string.h>

#define XML(text) ((const xmlChar *)(text))

static void
free_source(gpointer source)
{
    source_free(source);
}

Document *
document_new(const char *edition, const char *lang, const char *base_lang)
{
    Document *document = g_new0(Document, 1);
    document->xml = xmlNewDoc(XML("1.0"));
    /* or a dump writes letters in attributes as numbers */
    document->xml->encoding = xmlStrdup(XML("UTF-8"));
    xmlNode *root = xmlNewDocNode(document->xml, NULL, XML("document"), NULL);
    xmlDocSetRootElement(document->xml, root);
    xmlSetProp(root, XML("edition"), XML(edition));
    xmlSetProp(root, XML("lang"), XML(lang));
    xmlSetProp(root, XML("base-lang"), XML(base_lang));
    document->sources =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_source);
    return document;
}

Document *
document_copy(const Document *document)
{
    Document *copy = g_new0(Document, 1);
    copy->xml = xmlCopyDoc(document->xml, 1);
    copy->sources = g_hash_table_ref(document->sources);
    return copy;
}

void
document_free(Document *document)
{
    if (document == NULL)
        return;
    xmlFreeDoc(document->xml);
    g_hash_table_unref(document->sources);
    g_free(document);
}

xmlNode *
document_root(const Document *document)
{
    return xmlDocGetRootElement(document->xml);
}

void
document_take_source(Document *document, Source *source)
{
    g_hash_table_insert(document->sources, (gpointer)source->file, source);
}

const Source *
document_source(const Document *document, const char *file)
{
    return g_hash_table_lookup(document->sources, file);
}

char *
document_block_text(const Document *document, const xmlNode *block)
{
    const char *file = xml_attribute(block, "file");
    const Source *source =
        file == NULL ? NULL : document_source(document, file);
    int first = xml_attribute_int(block, "line", 0);
    int last = xml_attribute_int(block, "end-line", first);
    if (source == NULL || first == 0)
        return NULL;
    return source_lines(source, first, last);
}

Place
document_place(const xmlNode *node)
{
    Place place = {NULL, 0, 0};
    for (; node != NULL && node->type == XML_ELEMENT_NODE;
         node = node->parent) {
        if (place.line == 0) {
            place.line = xml_attribute_int(node, "line", 0);
            place.column = xml_attribute_int(node, "column", 0);
        }
        const char *file = xml_attribute(node, "file");
        if (file != NULL) {
            place.file = g_intern_string(file);
            break;
        }
    }
    return place;
}

static const struct {
    const char *name, *kind;
} block_kinds[] = {
    {"heading", "h"},  {"paragraph", "p"}, {"caption", "p"}, {"list", "l"},
    {"table", "t"},    {"quote", "q"},     {"callout", "q"}, {"code", "c"},
    {"research", "c"}, {"figure", "f"},    {"break", "x"},   {"raw", "x"},
    {"footnote", "fn"},
};

const char *
document_block_kind(const xmlNode *block)
{
    if (block->type != XML_ELEMENT_NODE)
        return NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(block_kinds); i++) {
        if (strcmp((const char *)block->name, block_kinds[i].name) == 0)
            return block_kinds[i].kind;
    }
    return NULL;
}

bool
document_is_block(const xmlNode *node)
{
    return document_block_kind(node) != NULL;
}

bool
document_check(const Document *document, Diagnostics *diagnostics)
{
    return xml_validate(document->xml, "document", "document", diagnostics);
}

static bool
holds_text(const xmlNode *node)
{
    for (const xmlNode *child = node->children; child != NULL;
         child = child->next) {
        if (child->type == XML_TEXT_NODE)
            return true;
    }
    return false;
}

/* libxml2's own indenting stops at the first text node of a document part; we
 * break the line between elements wherever no text is next to them */
static void
dump_node(xmlDoc *xml, xmlNode *node, int depth, GString *text)
{
    xmlBuffer *buffer = xmlBufferCreate();
    xmlNode *child = node->type == XML_ELEMENT_NODE ? node->children : NULL;
    if (child == NULL || holds_text(node)) {
        xmlNodeDump(buffer, xml, node, 0, 0);
        g_string_append_printf(text, "%*s%s\n", depth * 2, "",
                               (const char *)xmlBufferContent(buffer));
    } else {
        /* the start tag alone: dump a copy without children */
        xmlNode *tag = xmlDocCopyNode(node, xml, 2);
        xmlNodeDump(buffer, xml, tag, 0, 0);
        xmlFreeNode(tag);
        g_string_append_printf(text, "%*s%s", depth * 2, "",
                               (const char *)xmlBufferContent(buffer));
        g_string_truncate(text, text->len - 2);
        g_string_append(text, ">\n");
        for (; child != NULL; child = child->next)
            dump_node(xml, child, depth + 1, text);
        g_string_append_printf(text, "%*s</%s>\n", depth * 2, "",
                               (const char *)node->name);
    }
    xmlBufferFree(buffer);
}

char *
document_dump(const Document *document)
{
    GString *text = g_string_new(NULL);
    dump_node(document->xml, document_root(document), 0, text);
    return g_string_free(text, FALSE);
}
