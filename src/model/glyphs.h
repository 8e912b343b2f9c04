/* SPDX-License-Identifier: MIT */
/*
 * Faces and glyph runs: what text makes, layout places and paint draws.
 *
 * A GlyphRun is a shaped word (or a space, a hyphen, a part of a word) in font
 * units, so that one serves all sizes.  It is immutable and lives as long as
 * the TextEngine.
 */
#ifndef MODEL_GLYPHS_H
#define MODEL_GLYPHS_H

#include <stddef.h>

#include "base/length.h"

/* one font file (and one instance of its engine's shaping font) */
typedef struct {
    int id;              /* small, dense, in order of first use of the font set */
    const char *file;    /* path */
    const void *data;    /* the file's bytes, mapped; of the TextEngine */
    size_t size;
    int index;           /* in a collection */
    const char *family;
    int weight;          /* 400, 700 ... */
    bool italic;
    int units_per_em;
    int ascender, descender; /* font units; descender is negative */
    int cap_height, x_height;
    int underline_position, underline_thickness;
    int superscript_shift, subscript_shift;
    int space_advance;
    uint32_t space_glyph;
    uint32_t hyphen_glyph; /* of a hyphen at the end of a line */
    int hyphen_advance;
} FontFace;

typedef struct {
    int32_t advance;      /* font units */
    uint16_t index;       /* in the font */
    uint16_t cluster : 15; /* byte offset in the run's text, ascending */
    uint16_t joined : 1;  /* shaping it apart from the glyph before could change
                             one of them */
} Glyph;

typedef struct {
    const FontFace *face;
    const char *text;          /* UTF-8 that these glyphs stand for */
    const Glyph *glyphs;
    const int32_t *x_offsets;  /* NULL: all 0; as many of y, up, follow */
    uint16_t text_length;
    uint16_t glyph_count;
    int32_t width;             /* sum of advances */
} GlyphRun;

/* A run, or glyphs first..last-1 of it, at x from the start of its item.  The
 * space after most words is a bit of its piece, since half of all pieces would
 * be spaces: it is the face's space glyph, text " ", where the pen stands. */
typedef struct {
    const GlyphRun *run;
    int32_t x; /* 1/65536 pt */
    uint16_t first_glyph;
    uint16_t last_glyph : 15;
    uint16_t has_space : 1;
} GlyphPiece;

/* the bytes of the run's text that the piece stands for: whole clusters from
 * its first glyph's to the first cluster behind its last glyph */
static inline const char *
glyph_piece_text(const GlyphPiece *piece, size_t *length)
{
    const GlyphRun *run = piece->run;
    *length = 0;
    if (piece->first_glyph >= piece->last_glyph)
        return run->text;
    size_t start = run->glyphs[piece->first_glyph].cluster;
    size_t end = piece->last_glyph < run->glyph_count
                     ? run->glyphs[piece->last_glyph].cluster
                     : run->text_length;
    *length = end > start ? end - start : 0;
    return run->text + start;
}

#endif
