/* SPDX-License-Identifier: MIT */
/*
 * GlyphTexts: what glyphs stand for, said in the font and not only beside it.
 *
 * Cairo's ToUnicode map gives a glyph the character that the font's own table
 * has for it.  For a ligature that is a code of private use (Libertine: U+E03C
 * for "tt"), and the true text stands in an ActualText around each use.  Readers
 * that do not know ActualText (pdf.js, mutool) then lose the letters: "mitte"
 * is read as "mie".  So the texts of all glyphs that stand alone in such a span
 * are gathered, and go into the map.
 */
#ifndef PDF_GLYPH_TEXTS_H
#define PDF_GLYPH_TEXTS_H

#include "pdf/lexer.h"

typedef struct GlyphTexts GlyphTexts;

GlyphTexts *glyph_texts_new(void);
void glyph_texts_free(GlyphTexts *texts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GlyphTexts, glyph_texts_free)

/* font: its name in resources, "/f-3-1"; code: the string shown; actual_text:
 * as in the span.  What is not one glyph of two bytes is passed over. */
void glyph_texts_add(GlyphTexts *texts, PdfSpan font, PdfSpan code,
                     PdfSpan actual_text);
/* The ToUnicode map of that font with what was gathered; only private and
 * ligature codes are replaced, since others may be right where no span stands.
 * NULL: nothing to change; owned. */
char *glyph_texts_rewrite(const GlyphTexts *texts, const char *font,
                          const char *map);

#endif
