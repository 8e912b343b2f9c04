/* SPDX-License-Identifier: MIT */
/*
 * The one place that knows libxml2's globals.
 *
 * XML is read without network, without external files, without entity
 * expansion, with limits on size and depth; it is validated against RELAX NG
 * schemas that are compiled into the program (src/schemas).  Errors become
 * diagnostics with line numbers.
 */
#ifndef BASE_XML_H
#define BASE_XML_H

#include "base/diagnostic.h"
#include "base/source.h"

#include <libxml/tree.h>

/* once at the start and the end of the program; also libxslt's safety */
void xml_init(void);
void xml_clear(void);

/* reads a file inside root; NULL after a diagnostic (xml-invalid,
 * xml-doctype, source-missing ...).  Every xmlNode keeps its line. */
xmlDoc *xml_load(const char *root, const char *name, Diagnostics *diagnostics);
xmlDoc *xml_read(const char *file, const char *text, size_t length,
                 Diagnostics *diagnostics);
/* reads a document that another program made, of up to 256 MB, wherever it
 * lies; NULL after a diagnostic as above */
#define XML_LARGE_BYTES ((size_t)256 << 20)
xmlDoc *xml_load_large(const char *path, Diagnostics *diagnostics);
/* schema: the name of a file of src/schemas without ".rng"; false after a
 * schema-violation diagnostic for each error (at most 20) */
bool xml_validate(const xmlDoc *document, const char *schema, const char *file,
                  Diagnostics *diagnostics);

/* attribute's value, or NULL; borrowed from the tree */
const char *xml_attribute(const xmlNode *node, const char *name);
/* like it, an integer; fallback where absent or no number */
int xml_attribute_int(const xmlNode *node, const char *name, int fallback);
void xml_set_int(xmlNode *node, const char *name, int value);
bool xml_is(const xmlNode *node, const char *name);
const xmlNode *xml_child(const xmlNode *node, const char *name); /* first */
/* next element sibling (of this name; NULL: of any), starting after node */
const xmlNode *xml_next(const xmlNode *node, const char *name);
/* the first element child, of any name */
const xmlNode *xml_first(const xmlNode *node);
/* all text below node, spaces as they are; owned */
char *xml_text(const xmlNode *node);
/* the tree as text, an element on each line where `indented` */
char *xml_dump(const xmlDoc *document, bool indented);

#endif
