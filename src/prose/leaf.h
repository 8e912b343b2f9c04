/* SPDX-License-Identifier: MIT */
/*
 * Leaves: the texts of a document that are read in one piece, as paragraphs,
 * cells, captions are, and where each of their words stands in the source.
 */
#ifndef PROSE_LEAF_H
#define PROSE_LEAF_H

#include "model/document.h"

/* U+FFFC: what stands in a leaf and is no text of it */
#define LEAF_OBJECT "\357\277\274"

typedef struct {
    const char *text;  /* a place that is filled in later is an object */
    bool is_note;
    const guint8 *loose; /* for each byte: in emphasis, a link, a quotation or a
                            note, where another language may be spoken */
    Place place;       /* of the block */
    const Source *source; /* NULL: it has none */
    size_t first, end; /* offsets of the block in the source */
} Leaf;

typedef void (*LeafVisitor)(const Leaf *leaf, gpointer data);
/* heading, paragraph, caption, cell, title of a box */
bool leaf_is(const xmlNode *node);
/* every leaf of the chapters, in order; those in another language than the
 * document's are left out, and so is code */
void leaves_visit(const Document *document, LeafVisitor visit, gpointer data);
/* where bytes start..end of the text stand in the source: at the occurrence of
 * the same number there, else at the block */
Place leaf_place(const Leaf *leaf, size_t start, size_t end);

#endif
