/* SPDX-License-Identifier: MIT */
/*
 * Content: a page's content stream with the leaves' right names.
 *
 * Bytes are copied, not parsed and written anew; only marked content (and in
 * print the colours) is replaced, and a leaf of stored text gets it where Cairo
 * fills its rectangle.  The k-th marked content sequence with an
 * MCID is the k-th leaf: more or fewer, or a drawing outside any leaf, is an
 * error.
 */
#ifndef PDF_CONTENT_H
#define PDF_CONTENT_H

#include "model/page.h"
#include "pdf/glyph_texts.h"
#include "pdf/inks.h"
#include "paint/paint.h"
#include "pdf/reader.h"
#include "pdf/stored_text.h"

typedef struct {
    const char *role; /* structure type; NULL: an artifact */
    ArtifactKind artifact;
    int mcid;
} ContentLeaf;

typedef struct {
    const ContentLeaf *leaves;
    const PaintLeaf *painted; /* the same leaves; NULL: no text is stored */
    StoredText *stored;
    int leaf_count;
    bool tagged; /* false: the marks are taken out */
    InkPass *inks; /* NULL: colours stay */
    GlyphTexts *glyph_texts; /* gathers what spans say; NULL: nobody asks */
} ContentOptions;

/* appends to out */
bool pdf_content_rewrite(const char *content, gsize length,
                         const ContentOptions *options, GString *out,
                         GError **error);

#endif
