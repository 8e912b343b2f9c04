/* SPDX-License-Identifier: MIT */
/* The inside of TextEngine, for the files of this folder. */
#ifndef TEXT_ENGINE_PARTS_H
#define TEXT_ENGINE_PARTS_H

#include "text/word_cache.h"

struct TextEngine {
    Arena *arena;
    FontLibrary *library;
    WordCache *words;
    GHashTable *styles;      /* TextStyle -> StyleEntry */
    GPtrArray *sets;         /* FontSet, owned */
    GHashTable *hyphenators; /* language -> Hyphenator or NULL */
    char **hyphenation_folders;
    GHashTable *exceptions;  /* borrowed of the caller; may be NULL */
    TextStatistics statistics;
};

/* every TextStyle that text_style gives out is the head of one of these */
typedef struct {
    TextStyle style;
    const FontSet *set;
    Length space, narrow; /* U+0020 and U+202F */
} StyleEntry;

static inline const StyleEntry *
style_entry(const TextStyle *style)
{
    return (const StyleEntry *)(const void *)style;
}

#endif
