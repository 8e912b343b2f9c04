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

#include "base/length.h"

/* one font file (and one instance of its engine's shaping font) */
typedef struct {
    int id;              /* small, dense, in order of first use of the font set */
    const char *file;    /* path */
    int index;           /* in a collection */
    const char *family;
    const char *digest;  /* SHA-256 of the file, hex */
    int weight;          /* 400, 700 ... */
    bool italic;
    int units_per_em;
    int ascender, descender; /* font units; descender is negative */
    int cap_height, x_height;
    int underline_position, underline_thickness;
    int superscript_shift, subscript_shift;
    int space_advance;
    uint32_t space_glyph, hyphen_glyph;
    int hyphen_advance;
} FontFace;

typedef struct {
    const FontFace *face;
    const char *text;          /* UTF-8 that these glyphs stand for */
    const uint16_t *glyphs;
    const int32_t *advances;   /* font units */
    const int32_t *x_offsets;  /* NULL: all 0; as many of y, up, follow */
    const uint16_t *clusters;  /* byte offset in text of each glyph's cluster,
                                  ascending */
    uint16_t text_length;
    uint16_t glyph_count;
    int32_t width;             /* sum of advances */
} GlyphRun;

/* a run, or glyphs first..last-1 of it, at x from the start of its item */
typedef struct {
    const GlyphRun *run;
    int32_t x; /* 1/65536 pt */
    uint16_t first_glyph, last_glyph;
} GlyphPiece;

#endif
