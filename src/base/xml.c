/* SPDX-License-Identifier: MIT */
/*
 * libxml2, tamed: no network, no external files, no entities of the document's
 * own, no global error output.  A document type declaration is refused as a
 * whole: nothing of ours needs one, and entities are the way to exhaust us.
 */
#include "base/xml.h"

#include "base/file.h"
#include "base/schemas.h"

#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/xmlerror.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_SCHEMA_ERRORS = 20 };

static GHashTable *schemas; /* name -> xmlRelaxNG */

static xmlParserInput *
refuse_external(const char *url, const char *id, xmlParserCtxt *context)
{
    (void)url;
    (void)id;
    (void)context;
    return NULL;
}

static void
ignore_error(void *data, const char *format, ...)
{
    (void)data;
    (void)format;
}

static void
free_schema(gpointer schema)
{
    xmlRelaxNGFree(schema);
}

void
xml_init(void)
{
    if (schemas != NULL)
        return;
    xmlInitParser();
    xmlSetExternalEntityLoader(refuse_external);
    xmlSetGenericErrorFunc(NULL, ignore_error);
    schemas =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_schema);
}

void
xml_clear(void)
{
    g_clear_pointer(&schemas, g_hash_table_destroy);
    xmlCleanupParser();
}

xmlDoc *
xml_read(const char *file, const char *text, size_t length,
         Diagnostics *diagnostics)
{
    xml_init();
    Place place = {file, 1, 0};
    if (length > G_MAXINT / 2) {
        diagnostics_add(diagnostics, LEVEL_INVALID, "source-too-large", place,
                        "the file has %zu bytes, too many", length);
        return NULL;
    }
    xmlParserCtxt *context = xmlNewParserCtxt();
    xmlDoc *document = xmlCtxtReadMemory(
        context, text, (int)length, file, NULL,
        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
            XML_PARSE_BIG_LINES | XML_PARSE_COMPACT | XML_PARSE_NOCDATA);
    if (document == NULL || !context->wellFormed) {
        const xmlError *error = xmlCtxtGetLastError(context);
        g_autofree char *message =
            g_strdup(error != NULL && error->message != NULL ? error->message
                                                             : "no XML");
        place.line = error == NULL ? 1 : error->line;
        place.column = error == NULL ? 0 : error->int2;
        diagnostics_add(diagnostics, LEVEL_INVALID, "xml-invalid", place,
                        "the XML cannot be read: %s; mend it at this place",
                        g_strstrip(message));
        xmlFreeDoc(document);
        document = NULL;
    } else if (document->intSubset != NULL) {
        diagnostics_add(diagnostics, LEVEL_INVALID, "xml-doctype", place,
                        "a <!DOCTYPE> is not allowed here; delete it");
        xmlFreeDoc(document);
        document = NULL;
    }
    xmlFreeParserCtxt(context);
    return document;
}

xmlDoc *
xml_load(const char *root, const char *name, Diagnostics *diagnostics)
{
    g_autoptr(Source) source = source_load(root, name, diagnostics);
    if (source == NULL)
        return NULL;
    return xml_read(source->file, source->text, source->length, diagnostics);
}

xmlDoc *
xml_load_large(const char *path, Diagnostics *diagnostics)
{
    /* who names a link means the file behind it */
    char *real = realpath(path, NULL);
    g_autofree char *absolute =
        g_canonicalize_filename(real == NULL ? path : real, NULL);
    free(real);
    g_autofree char *folder = g_path_get_dirname(absolute);
    g_autofree char *name = g_path_get_basename(absolute);
    g_autoptr(GBytes) bytes =
        source_load_bytes(folder, name, XML_LARGE_BYTES, diagnostics);
    if (bytes == NULL)
        return NULL;
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);
    return xml_read(path, data == NULL ? "" : data, length, diagnostics);
}

static xmlRelaxNG *
find_schema(const char *name)
{
    xml_init();
    xmlRelaxNG *schema = g_hash_table_lookup(schemas, name);
    for (const EmbeddedSchema *embedded = embedded_schemas;
         schema == NULL && embedded->name != NULL; embedded++) {
        if (strcmp(embedded->name, name) != 0)
            continue;
        xmlRelaxNGParserCtxt *parser = xmlRelaxNGNewMemParserCtxt(
            embedded->text, (int)strlen(embedded->text));
        xmlRelaxNGSetParserErrors(parser, ignore_error, ignore_error, NULL);
        schema = xmlRelaxNGParse(parser);
        xmlRelaxNGFreeParserCtxt(parser);
        g_assert(schema != NULL); /* our own schema: tests parse them all */
        g_hash_table_insert(schemas, (gpointer)embedded->name, schema);
    }
    return schema;
}

typedef struct {
    const char *file;
    Diagnostics *diagnostics;
    int count;
} Violations;

static void
collect_violation(void *data, xmlErrorPtr error)
{
    Violations *violations = data;
    if (violations->count++ >= MAX_SCHEMA_ERRORS)
        return;
    long line = error->node == NULL ? error->line : xmlGetLineNo(error->node);
    g_autofree char *message = g_strdup(error->message);
    diagnostics_add(violations->diagnostics, LEVEL_INVALID, "schema-violation",
                    (Place){violations->file, (int)line, 0},
                    "%s; docs/format/xml.md says what may stand here",
                    g_strstrip(message));
}

bool
xml_validate(const xmlDoc *document, const char *name, const char *file,
             Diagnostics *diagnostics)
{
    xmlRelaxNG *schema = find_schema(name);
    g_return_val_if_fail(schema != NULL, false);
    Violations violations = {file, diagnostics, 0};
    xmlRelaxNGValidCtxt *context = xmlRelaxNGNewValidCtxt(schema);
    xmlRelaxNGSetValidStructuredErrors(context, collect_violation, &violations);
    int result = xmlRelaxNGValidateDoc(context, (xmlDoc *)document);
    xmlRelaxNGFreeValidCtxt(context);
    if (result != 0 && violations.count == 0)
        diagnostics_add(diagnostics, LEVEL_INVALID, "schema-violation",
                        (Place){file, 0, 0},
                        "the XML does not fit its schema '%s'", name);
    return result == 0;
}

const char *
xml_attribute(const xmlNode *node, const char *name)
{
    for (const xmlAttr *attribute = node->properties; attribute != NULL;
         attribute = attribute->next) {
        if (strcmp((const char *)attribute->name, name) == 0)
            return attribute->children == NULL
                       ? ""
                       : (const char *)attribute->children->content;
    }
    return NULL;
}

int
xml_attribute_int(const xmlNode *node, const char *name, int fallback)
{
    const char *text = xml_attribute(node, name);
    gint64 value = 0;
    if (text == NULL ||
        !g_ascii_string_to_signed(text, 10, G_MININT, G_MAXINT, &value, NULL))
        return fallback;
    return (int)value;
}

void
xml_set_int(xmlNode *node, const char *name, int value)
{
    char text[16];
    g_snprintf(text, sizeof text, "%d", value);
    xmlSetProp(node, (const xmlChar *)name, (const xmlChar *)text);
}

bool
xml_is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE &&
           strcmp((const char *)node->name, name) == 0;
}

static const xmlNode *
skip_to_element(const xmlNode *node, const char *name)
{
    while (node != NULL && (node->type != XML_ELEMENT_NODE ||
                            (name != NULL && !xml_is(node, name))))
        node = node->next;
    return node;
}

const xmlNode *
xml_child(const xmlNode *node, const char *name)
{
    return skip_to_element(node->children, name);
}

const xmlNode *
xml_next(const xmlNode *node, const char *name)
{
    return skip_to_element(node->next, name);
}

const xmlNode *
xml_first(const xmlNode *node)
{
    return skip_to_element(node->children, NULL);
}

static void
append_text(const xmlNode *node, GString *text)
{
    for (; node != NULL; node = node->next) {
        if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
            g_string_append(text, (const char *)node->content);
        else if (node->type == XML_ELEMENT_NODE)
            append_text(node->children, text);
    }
}

char *
xml_text(const xmlNode *node)
{
    GString *text = g_string_new(NULL);
    if (node->type == XML_ELEMENT_NODE)
        append_text(node->children, text);
    else if (node->content != NULL)
        g_string_append(text, (const char *)node->content);
    return g_string_free(text, FALSE);
}

char *
xml_dump(const xmlDoc *document, bool indented)
{
    xmlChar *text = NULL;
    int length = 0;
    xmlDocDumpFormatMemoryEnc((xmlDoc *)document, &text, &length, "UTF-8",
                              indented);
    char *copy = g_strndup((const char *)text, (gsize)length);
    xmlFree(text);
    return copy;
}
