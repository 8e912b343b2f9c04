/* SPDX-License-Identifier: MIT */
/*
 * StoredText: the operators of lines that paint kept in its TextStore.
 *
 * The sheet behind the last page is read once: its k-th glyph is the store's
 * k-th, and what Cairo wrote for it (font, code, ActualText) is what we write
 * for it elsewhere.
 */
#ifndef PDF_STORED_TEXT_H
#define PDF_STORED_TEXT_H

#include "paint/text_store.h"
#include "pdf/glyph_texts.h"
#include "pdf/reader.h"

typedef struct StoredText StoredText;

/* resources and content: of the sheet; glyph_texts gets what its spans say, may
 * be NULL; borrows the store and the file.  NULL and error when the sheet is
 * not what the store says. */
StoredText *stored_text_new(const TextStore *store, PdfFile *file,
                            PdfSpan resources, PdfSpan content,
                            GlyphTexts *glyph_texts, GError **error);
void stored_text_free(StoredText *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(StoredText, stored_text_free)

/* appends the next stretch, in the colour that is set; false: there is none */
bool stored_text_append(StoredText *text, GString *out);
/* all stretches are in some page */
bool stored_text_is_done(const StoredText *text);

/* fonts that the stretches asked for since the last call; their entries are
 * those of the sheet's resources */
int stored_text_font_count(const StoredText *text);
bool stored_text_take_font(StoredText *text, int font, PdfSpan *name,
                           PdfSpan *reference);

#endif
