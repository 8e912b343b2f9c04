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

typedef struct {
    int line, column, end; /* 0: not known */
} Lines;

static Lines
read_lines(const xmlNode *node)
{
    Lines lines = {0, 0, 0};
    const char *text = xml_attribute(node, "place");
    if (text == NULL)
        return lines;
    char *end = NULL;
    lines.line = (int)g_ascii_strtoll(text, &end, 10);
    if (*end == ':')
        lines.column = (int)g_ascii_strtoll(end + 1, &end, 10);
    if (*end == '-')
        lines.end = (int)g_ascii_strtoll(end + 1, &end, 10);
    return lines;
}

/* the nearest ancestor-or-self's; NULL: none has one */
static const char *
find_file(const xmlNode *node)
{
    for (; node != NULL && node->type == XML_ELEMENT_NODE;
         node = node->parent) {
        const char *file = xml_attribute(node, "file");
        if (file != NULL)
            return file;
    }
    return NULL;
}

char *
document_block_text(const Document *document, const xmlNode *block)
{
    const char *file = find_file(block);
    const Source *source =
        file == NULL ? NULL : document_source(document, file);
    Lines lines = read_lines(block);
    if (source == NULL || lines.line == 0)
        return NULL;
    return source_lines(source, lines.line, MAX(lines.line, lines.end));
}

Place
document_place(const xmlNode *node)
{
    Place place = {NULL, 0, 0};
    const char *file = find_file(node);
    place.file = file == NULL ? NULL : g_intern_string(file);
    for (; place.line == 0 && node != NULL && node->type == XML_ELEMENT_NODE;
         node = node->parent) {
        Lines lines = read_lines(node);
        place.line = lines.line;
        place.column = lines.column;
        if (xml_attribute(node, "file") != NULL)
            break;
    }
    return place;
}

int
document_line(const xmlNode *node)
{
    return read_lines(node).line;
}

int
document_end_line(const xmlNode *node)
{
    Lines lines = read_lines(node);
    return MAX(lines.line, lines.end);
}

void
document_set_place(xmlNode *node, Place place, int end_line)
{
    char text[48];
    if (end_line == 0)
        g_snprintf(text, sizeof text, "%d:%d", place.line, place.column);
    else
        g_snprintf(text, sizeof text, "%d:%d-%d", place.line, place.column,
                   end_line);
    xmlSetProp(node, XML("place"), XML(text));
    if (place.file != NULL && document_is_block(node) &&
        g_strcmp0(find_file(node->parent), place.file) != 0)
        xmlSetProp(node, XML("file"), XML(place.file));
}

static const struct {
    const char *name, *kind;
} block_kinds[] = {
    {"heading", "h"},  {"paragraph", "p"}, {"caption", "p"}, {"list", "l"},
    {"table", "t"},    {"quote", "q"},     {"callout", "q"}, {"code", "c"},
    {"research", "c"}, {"index", "c"},     {"figure", "f"},  {"break", "x"},
    {"raw", "x"},      {"footnote", "fn"},
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

const xmlNode *
document_imprint(const Document *document)
{
    const xmlNode *edition = xml_child(document_root(document), "edition");
    return edition == NULL ? NULL : xml_child(edition, "imprint");
}

bool
document_is_id(const char *text, size_t length)
{
    if (length == 0 || length > 64 || !g_ascii_isalnum(text[0]))
        return false;
    for (size_t i = 0; i < length; i++) {
        if (!g_ascii_isalnum(text[i]) && text[i] != '-' && text[i] != '_')
            return false;
    }
    return true;
}

size_t
document_fact_length(const char *text)
{
    if (strncmp(text, "{{", 2) != 0)
        return 0;
    const char *name = text + 2;
    size_t length = strcspn(name, "{}\n");
    const char *colon = memchr(name, ':', length);
    size_t first = colon == NULL ? length : (size_t)(colon - name);
    bool has_key = first < length;
    if (strncmp(name + length, "}}", 2) != 0 || !document_is_id(name, first) ||
        (has_key && !document_is_id(name + first + 1, length - first - 1)))
        return 0;
    return length + 4;
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
