/* SPDX-License-Identifier: MIT */
/* What the files of the Markdown reader share. */
#ifndef READ_MARKDOWN_H
#define READ_MARKDOWN_H

#include "read/markdown_locate.h"
#include "read/read.h"

#include <cmark-gfm.h>

/* where the last place was found: lines can be long, places come in order */
typedef struct {
    size_t line_start, offset;
    int line, column;
    int reported; /* diagnostics so far */
} Reached;

/* a text being read: lines first..last of source, behind `offset` lines of
 * definitions and references that are dropped again */
typedef struct {
    const Source *source;
    int first, last;
    int offset;
    char *text; /* what cmark was given; owned */
    size_t length;
    GArray *line_starts; /* of text: size_t */
    GPtrArray *labels;   /* of the notes, in the order of cmark's numbers */
    GHashTable *defined; /* casefolded labels that have a definition */
    guint8 *verbatim;    /* by line - first: inside code or HTML */
    Diagnostics *diagnostics;
    Reached *reached;
} Reading;

/* NFC, and only characters that XML knows; owned */
char *markdown_clean(const char *text);
void markdown_add_text(xmlNode *parent, const char *text, size_t length);
xmlNode *markdown_add(xmlNode *parent, const char *name);
void markdown_set(xmlNode *node, const char *name, const char *value);
/* line and column of a byte of the source */
Place markdown_place(const Reading *reading, size_t offset);
Place markdown_set_place(const Reading *reading, xmlNode *node, size_t offset,
                         int end_line);
/* a diagnostic; after some hundred of one text the rest is one line */
void markdown_report(const Reading *reading, DiagnosticLevel level,
                     const char *name, Place place, const char *format, ...)
    G_GNUC_PRINTF(5, 6);

/* appends the inlines from `first` up to `stop` (NULL: all siblings); the
 * locator stands at the first; the first `skip` bytes of text are dropped */
void inline_write(Reading *reading, xmlNode *parent, cmark_node *first,
                  cmark_node *stop, Locator *locator, size_t skip);
/* a figure of the image: src, alt, caption; offset: of the image */
xmlNode *inline_write_figure(Reading *reading, xmlNode *parent,
                             cmark_node *image, Locator *locator);
char *inline_plain_text(cmark_node *node);
/* fact-invalid where {{ begins none, in a text kept as an attribute */
void markdown_check_facts(const Reading *reading, const char *text,
                          Place place);

void block_write_all(Reading *reading, xmlNode *parent, cmark_node *document);

/* cmark with our extensions; the caller frees the node */
cmark_node *markdown_parse(const char *text, size_t length);

/* the ids that authors chose, before any is made up */
void number_reserve(xmlNode *chapter, GHashTable *ids,
                    Diagnostics *diagnostics);

#endif
