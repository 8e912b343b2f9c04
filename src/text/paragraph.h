/* SPDX-License-Identifier: MIT */
/*
 * Paragraph: characters and objects in, lines of placed glyphs out.
 *
 * Words come shaped from the engine's cache in font units; breaking is Knuth
 * and Plass's total fit (1981) with TeX's badness and demerits on integers,
 * glyph scaling, protrusion and an uncapped last pass, so that every paragraph
 * is set.  Text knows no pages and no FO: `tag` is the caller's number, given
 * back with each piece of a line.
 */
#ifndef TEXT_PARAGRAPH_H
#define TEXT_PARAGRAPH_H

#include "base/arena.h"
#include "text/engine.h"

typedef struct Paragraph Paragraph;

Paragraph *paragraph_new(TextEngine *engine);
void paragraph_free(Paragraph *paragraph);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Paragraph, paragraph_free)
/* empties it for the next one, keeps its memory */
void paragraph_clear(Paragraph *paragraph);

/* text: NFC UTF-8, white space already treated; U+0020 is a break, U+00A0 and
 * U+202F are not (U+00A0 stretches, U+202F does not), U+2028 forces a line,
 * U+00AD is a soft hyphen: a word that has some is divided nowhere else.  The
 * texts of one paragraph are one text: a word may go on over several calls. */
void paragraph_add_text(Paragraph *paragraph, const char *text, gssize length,
                        const TextStyle *style, int tag);
/* a box of fixed size; ascent above the baseline, descent below (positive) */
void paragraph_add_object(Paragraph *paragraph, Length width, int tag);
/* zero width, stays with what is before it (footnote, marker, anchor, end of a
 * link) */
void paragraph_add_anchor(Paragraph *paragraph, int tag);
/* fills what the line has left; pattern_style: for dots, else NULL */
void paragraph_add_leader(Paragraph *paragraph, Length minimum, Length optimum,
                          Length maximum, int tag);
/* a space that cannot be a break and does not stretch */
void paragraph_add_kern(Paragraph *paragraph, Length width, int tag);

typedef enum { TEXT_START, TEXT_END, TEXT_CENTER, TEXT_JUSTIFY } TextAlign;

typedef struct {
    Length width;
    Length first_indent;    /* text-indent; may be negative */
    Length last_end_indent;
    TextAlign align, align_last;
    bool no_wrap;           /* lines end only where forced */
    bool protrude;
    int expansion;          /* 1/1000 each way, 0 = no glyph scaling */
    int looseness;          /* lines more or fewer than best */
    int ladder;             /* most hyphenated lines in a row, 0 = no limit */
} ParagraphShape;

typedef enum {
    LINE_GLYPHS, /* pieces of one style and tag */
    LINE_OBJECT,
    LINE_LEADER,
    LINE_ANCHOR,
} LinePartKind;

/* x from the start of the measure (protrusion makes it negative) */
typedef struct {
    LinePartKind kind;
    int tag;
    Length x, width;
    const TextStyle *style;    /* LINE_GLYPHS */
    const FontFace *face;      /* one face; a fallback starts a new part */
    Length size;               /* the size drawn; smaller for made small caps */
    int32_t scale;             /* 65536 = 1 */
    const GlyphPiece *pieces;  /* with their spaces, so that the text of a line
                                  can be read; the ones at which it was broken
                                  hang behind its end and belong to no width */
    int piece_count;
} LinePart;

typedef struct {
    LinePart *parts;
    int part_count;
    Length natural_width;
    bool hyphenated; /* ends in a hyphen of ours (its text is U+00AD) */
    bool overfull;   /* one cluster wider than the measure, or no_wrap:
                        diagnosed by the caller */
    int32_t stretch; /* 65536 = the natural stretch used up; negative: shrunk */
} TextLine;

typedef struct {
    TextLine *lines;
    int line_count;
} TextLines;

/* breaks what was added; the result and its pieces live in arena (glyph runs in
 * the engine).  Never fails.  An empty paragraph gives no line. */
TextLines paragraph_break(Paragraph *paragraph, const ParagraphShape *shape,
                          Arena *arena);
/* How it would look a line shorter or longer than best: nothing is placed.
 * line_count: lines it would have, as near to that as it can; 0 where some line
 * would stick out.  stretch: |TextLine.stretch| of its worst line. */
typedef struct {
    int line_count;
    int64_t stretch;
} ParagraphTrial;
void paragraph_try(Paragraph *paragraph, const ParagraphShape *shape,
                   ParagraphTrial *shorter, ParagraphTrial *longer);
/* widest unbreakable unit, and all on one line (tables, inline widths) */
Length paragraph_minimum_width(Paragraph *paragraph);
Length paragraph_maximum_width(Paragraph *paragraph);

/* a character that no font of the style or the fallbacks has; the glyph .notdef
 * is set.  offset: bytes in the text added with this tag. */
typedef struct {
    gunichar character;
    int tag;
    size_t offset;
} MissingGlyph;
/* of the paragraph's last break or width, at most 100; borrowed until the next
 * clear */
const GArray *paragraph_missing_glyphs(const Paragraph *paragraph);

#endif
