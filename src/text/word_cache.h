/* SPDX-License-Identifier: MIT */
/*
 * WordCache: every distinct word is shaped, itemised and searched for breaks
 * once, in font units; after that a paragraph is table look-ups.
 *
 * A word here is what stands between two spaces, in one style.  Shaping word by
 * word gives the same glyphs and advances as shaping whole paragraphs, but for
 * fonts that kern with the space; their words know that kern.
 */
#ifndef TEXT_WORD_CACHE_H
#define TEXT_WORD_CACHE_H

#include <pango/pango.h>

#include "text/engine.h"
#include "text/font_library.h"
#include "text/hyphenation.h"

/* capitals that stand in for missing small capitals, in percent of the size */
enum { MADE_SMALL_CAPITALS = 80 };
/* longest word in bytes; longer ones are cut without becoming breakable */
enum { WORD_MAX_BYTES = 2048 };

/* all of a style that shaping sees: words are keyed by this and their bytes */
typedef struct {
    const char *families, *language;
    int weight;
    bool italic;
    TextFeatures features;
    uint64_t seed;  /* of the hash of its words */
    Face **faces;   /* in order of preference, at least one */
    int face_count;
    bool found;     /* one of the asked families exists */
    hb_feature_t hb_features[8];
    unsigned hb_feature_count;
    hb_language_t hb_language;
    PangoLanguage *pango_language;
    const Hyphenator *hyphenator; /* NULL: no patterns */
} FontSet;

typedef enum {
    BREAK_SPACE,     /* in the space between two words */
    BREAK_HYPHEN,    /* a hyphen is added */
    BREAK_EXPLICIT,  /* after a hyphen of the text */
    BREAK_OTHER,     /* after a dash, a slash: where Unicode allows it */
    BREAK_EMERGENCY, /* anywhere, rather than stick out */
    BREAK_FORCED,    /* the end of the paragraph, or U+2028 */
} BreakKind;

typedef struct Word Word;

typedef struct {
    const Word *before, *after;
} WordHalves;

/* A break inside a word.  Either between glyph-1 and glyph of part `part`, or,
 * where a ligature or a kern lies across it, between two words of their own. */
typedef struct {
    uint16_t offset; /* bytes */
    uint16_t part, glyph;
    uint8_t kind;
    bool preferred : 1; /* of emergencies: after / . - _ ? & = */
    bool is_reshaped : 1;
    union {
        int32_t units; /* of the glyphs of `part` before the break */
        const WordHalves *halves; /* is_reshaped */
    };
} WordBreak;

/* glyphs of one face and size */
typedef struct {
    const GlyphRun *run;
    uint16_t start; /* bytes in the word */
    bool made_small;
} WordPart;

typedef struct {
    gunichar character;
    uint16_t offset;
} MissingCharacter;

/* offset: bytes in the token, after which the break stands */
typedef struct {
    uint32_t offset;
    uint8_t kind; /* BreakKind */
} TokenBreak;

struct Word {
    const FontSet *set;
    WordPart *parts;
    WordBreak *breaks; /* valid when analysed */
    MissingCharacter *missing;
    int32_t left_protrusion;   /* font units of the first and last part */
    int32_t right_protrusion;
    int32_t space_before, space_after; /* kern with a space there */
    gunichar first, last;
    /* of a word of one part at the full size, which most are: its width without
     * looking further */
    int32_t units;
    uint16_t units_per_em; /* 0: not such a word */
    uint16_t length;
    uint16_t part_count, break_count, missing_count;
    uint16_t cluster_count;
    bool analysed;
    char text[]; /* both are read together */
};

typedef struct WordCache WordCache;

WordCache *word_cache_new(FontLibrary *library);
void word_cache_free(WordCache *cache);
/* the word, shaped; length 1..WORD_MAX_BYTES */
Word *word_cache_get(WordCache *cache, const FontSet *set, const char *text,
                     size_t length);
/* fills breaks; cheap when done before */
void word_cache_analyse(WordCache *cache, Word *word);
/* Breaks of a token that several styles share: appends TokenBreak by offset.
 * bounds: offsets where its parts begin; a digit in another part (a footnote's
 * number) does not stop hyphenation.  soft: offsets of soft hyphens; where
 * there are any, they alone divide the token. */
typedef struct {
    const char *text;
    size_t length;
    const uint32_t *bounds;
    int bound_count;
    const uint32_t *soft;
    int soft_count;
} Token;
void token_breaks(const FontSet *set, const Token *token, GArray *breaks);
/* the break of a word at a byte offset; offset 0 in it: there can be none */
WordBreak word_break_at(WordCache *cache, const Word *word, uint16_t offset,
                        BreakKind kind);
/* whether a line may end at spaces between these two characters */
bool word_cache_may_break(WordCache *cache, gunichar before, gunichar after);

typedef struct {
    int64_t lookups, misses;
    size_t bytes;
} WordCacheStatistics;
WordCacheStatistics word_cache_statistics(const WordCache *cache);

/* font units to Length, rounded to nearest */
static inline Length
units_length(int64_t units, Length size, int units_per_em)
{
    int64_t product = units * size, half = units_per_em / 2;
    return (product + (product < 0 ? -half : half)) / units_per_em;
}

static inline Length
part_size(const WordPart *part, Length size)
{
    return part->made_small ? size * MADE_SMALL_CAPITALS / 100 : size;
}

Length word_parts_width(const Word *word, const TextStyle *style);
static inline Length
word_width(const Word *word, const TextStyle *style)
{
    if (word->units_per_em == 0 || style->letter_spacing != 0)
        return word_parts_width(word, style);
    return units_length(word->units, style->size, word->units_per_em);
}
/* width of what stands before the break, without hyphen; and of what comes
 * after it, as a distance from the start of the whole word */
Length word_break_before(const Word *word, const WordBreak *at,
                         const TextStyle *style);
Length word_break_after(const Word *word, const WordBreak *at,
                        const TextStyle *style);

/* the shaping itself (shape.c): fills parts, missing and what follows of them
 * in a word that has set, text and length */
typedef struct Shaper Shaper;
Shaper *shaper_new(FontLibrary *library);
void shaper_free(Shaper *shaper);
void shaper_shape(Shaper *shaper, Arena *arena, Word *word);
/* the units by which a space before and after changes the word's advances */
void shaper_measure_spaces(Shaper *shaper, Word *word);

#endif
