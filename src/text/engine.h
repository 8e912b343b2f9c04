/* SPDX-License-Identifier: MIT */
/*
 * TextEngine: fonts, the word cache and hyphenation; everything that lives
 * longer than a paragraph.
 *
 * Fonts come from a private fontconfig configuration made current before the
 * first font map, so output never depends on the user's machine.
 */
#ifndef TEXT_ENGINE_H
#define TEXT_ENGINE_H

#include "base/diagnostic.h"
#include "model/glyphs.h"

typedef struct TextEngine TextEngine;

typedef struct {
    /* font files or folders, NULL-terminated; nothing else is ever used */
    const char *const *font_paths;
    /* family names tried, in order, for characters the asked font lacks */
    const char *const *fallback_families;
    /* folders with hyph_LANG*.dic; NULL: the usual one of the system */
    const char *const *hyphenation_folders;
    /* words with their allowed breaks ("vado-vas"), of the project; may be
     * NULL: LANG -> owned char ** */
    GHashTable *hyphenation_exceptions;
} TextOptions;

TextEngine *text_engine_new(const TextOptions *options, GError **error);
void text_engine_free(TextEngine *engine);
/* No more text will be set and all that was is drawn: the glyph runs go, the
 * faces stay. */
void text_engine_finish(TextEngine *engine);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TextEngine, text_engine_free)

typedef enum {
    TEXT_SMALL_CAPS = 1 << 0,   /* smcp; capitals scaled where it lacks it */
    TEXT_OLD_STYLE = 1 << 1,    /* onum */
    TEXT_LINING = 1 << 2,       /* lnum */
    TEXT_TABULAR = 1 << 3,      /* tnum */
    TEXT_NO_LIGATURES = 1 << 4, /* letter-spacing, code */
} TextFeatures;

/* how characters look; made by text_style, compared by pointer */
typedef struct {
    const char *families; /* comma-separated, as in font-family */
    int weight;
    bool italic;
    TextFeatures features;
    const char *language; /* BCP 47: "lt", "en-GB"; for shaping and hyphens */
    Length size;
    Length letter_spacing;
    bool hyphenate;
} TextStyle;

/* the one engine-owned copy of a style */
const TextStyle *text_style(TextEngine *engine, const TextStyle *style);
/* the first face of a style, for line metrics; never NULL (font-missing is an
 * error diagnostic of the caller when text_style_found is false) */
const FontFace *text_style_face(TextEngine *engine, const TextStyle *style);
bool text_style_found(TextEngine *engine, const TextStyle *style);
/* all faces used so far, FontFace *, by id */
const GPtrArray *text_engine_faces(const TextEngine *engine);

typedef struct {
    int64_t words, misses; /* of the word cache */
    int64_t paragraphs, lines;
    int64_t lines_hyphenated, paragraphs_uncapped, paragraphs_emergency;
    size_t cache_bytes;
} TextStatistics;
TextStatistics text_engine_statistics(const TextEngine *engine);

/* break points of a word: bytes after which a hyphen may stand; owned array
 * of int, empty for a language without patterns */
GArray *text_hyphenate(TextEngine *engine, const char *language,
                       const char *word);
/* false: no patterns for this language (a warning of the caller, once) */
bool text_can_hyphenate(TextEngine *engine, const char *language);

#endif
