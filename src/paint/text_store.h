/* SPDX-License-Identifier: MIT */
/*
 * TextStore: lines that the finisher sets, not Cairo.
 *
 * Cairo records, measures and prints each glyph by itself, which was a third of
 * the whole program's time.  So lines of plain glyphs are kept here, and a leaf
 * of nothing but such lines holds only a rectangle for Cairo, around the lines and
 * in their colour: where the finisher finds it filled, colour, clip and
 * transparency are as the text needs them, and it writes the text instead.
 *
 * The fonts stay Cairo's.  Behind the last page it draws a sheet with every
 * glyph of the store once, face by face, in order; what the sheet's operators
 * say tells the finisher under which name, code and text each glyph went into
 * the file.  A glyph that stands for different texts, or several for one, is
 * not plain: its leaf is painted by Cairo.
 */
#ifndef PAINT_TEXT_STORE_H
#define PAINT_TEXT_STORE_H

#include "model/page.h"

#include <cairo.h>

typedef struct TextStore TextStore;

TextStore *text_store_new(void);
void text_store_free(TextStore *store);

/* ---- while painting ---- */

/* a line as Cairo would get it: a cluster of one glyph each, `text` end to end;
 * offset is added to all places */
typedef struct {
    const cairo_glyph_t *glyphs;
    const cairo_text_cluster_t *clusters;
    int glyph_count, cluster_count;
    const char *text;
    Length offset;
} PlainLine;

/* advance: of a glyph, in 1/1000 em, as the font file says */
typedef double (*GlyphAdvance)(void *font, uint32_t glyph);

/* false: the line is not plain; what the store had before stays */
bool text_store_add(TextStore *store, const PageItem *item,
                    const PlainLine *line, GlyphAdvance advance, void *font);
/* The lines added since the last call are one stretch: one colour, one leaf. */
void text_store_end_stretch(TextStore *store);
/* forgets lines that no stretch has */
void text_store_take_back(TextStore *store);

/* ---- the sheet ---- */

int text_store_face_count(const TextStore *store);
const FontFace *text_store_face(const TextStore *store, int face);
int text_store_glyph_count(const TextStore *store, int face);
uint32_t text_store_glyph(const TextStore *store, int face, int index);
/* not ended by NUL */
const char *text_store_text(const TextStore *store, int face, int index,
                            int *length);

/* ---- while finishing ---- */

/* lines of stretch `index`; they end where text_store_next says false */
typedef struct {
    const guint8 *at, *end;
} StretchReader;
/* false: there is no such stretch */
bool text_store_stretch(const TextStore *store, guint index,
                        StretchReader *reader);

typedef struct {
    int face;
    Length x, y;        /* of the baseline, from the medium's upper left corner */
    Length size;
    int32_t scale;      /* along the line; 65536 = 1 */
    const guint8 *at, *end; /* its glyphs */
    int kern;           /* the last one */
} StoredLine;
/* all lines are written, and there may be no more: their memory goes */
void text_store_forget_lines(TextStore *store);
bool text_store_next(StretchReader *reader, StoredLine *line);
/* kern: added to the pen before the glyph, in 1/1000 of the scaled size */
bool stored_glyph_next(StoredLine *line, int *glyph, int *kern);

#endif
