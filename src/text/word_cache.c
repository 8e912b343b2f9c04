/* SPDX-License-Identifier: MIT */
/*
 * WordCache; see word_cache.h.
 *
 * The cache is an open table of pointers into an arena.  Breaks are found when
 * a word first stands in a paragraph that may be broken (word_cache_analyse),
 * because the halves of words, which are cached like words, need none.
 */
#include "text/word_cache.h"

#include <string.h>

/* the hash stands here, too: words lie all over memory */
typedef struct {
    uint64_t hash;
    Word *word; /* NULL: free */
} Slot;

struct WordCache {
    Arena *arena;
    Shaper *shaper;
    Slot *table;
    uint32_t size, count; /* size is a power of two */
    int64_t lookups, misses;
    GArray *token_breaks;   /* scratch */
    uint8_t space_pairs[G_UNICODE_BREAK_ZERO_WIDTH_JOINER + 1]
                       [G_UNICODE_BREAK_ZERO_WIDTH_JOINER + 1];
};

/* longer words are not shaped in halves: each break would cost as much as the
 * word, and nobody sees a kern there */
enum { RESHAPED_MAX_BYTES = 128 };
enum { PAIR_UNKNOWN, PAIR_BREAK, PAIR_TOGETHER };

WordCache *
word_cache_new(FontLibrary *library)
{
    WordCache *cache = g_new0(WordCache, 1);
    cache->arena = arena_new();
    cache->shaper = shaper_new(library);
    cache->size = 1 << 12;
    cache->table = g_new0(Slot, cache->size);
    cache->token_breaks = g_array_new(FALSE, FALSE, sizeof(TokenBreak));
    return cache;
}

void
word_cache_free(WordCache *cache)
{
    if (cache == NULL)
        return;
    shaper_free(cache->shaper);
    arena_free(cache->arena);
    g_free(cache->table);
    g_array_free(cache->token_breaks, TRUE);
    g_free(cache);
}

/* ---- the table ---- */

static uint64_t
hash_word(uint64_t seed, const char *text, size_t length)
{
    uint64_t hash = seed;
    while (length > 0) {
        uint64_t chunk = 0;
        size_t size = MIN(length, sizeof chunk);
        memcpy(&chunk, text, size);
        hash = (hash ^ chunk) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 29;
        text += size;
        length -= size;
    }
    hash *= 0xBF58476D1CE4E5B9u;
    return hash ^ hash >> 32;
}

static void
grow_table(WordCache *cache)
{
    Slot *old = cache->table;
    uint32_t old_size = cache->size;
    cache->size *= 2;
    cache->table = g_new0(Slot, cache->size);
    for (uint32_t i = 0; i < old_size; i++) {
        if (old[i].word == NULL)
            continue;
        uint32_t at = (uint32_t)old[i].hash & (cache->size - 1);
        while (cache->table[at].word != NULL)
            at = (at + 1) & (cache->size - 1);
        cache->table[at] = old[i];
    }
    g_free(old);
}

static Word *
make_word(WordCache *cache, const FontSet *set, const char *text, size_t length)
{
    Word *word = arena_alloc(cache->arena, sizeof(Word) + length + 1);
    memcpy(word->text, text, length);
    word->set = set;
    word->length = (uint16_t)length;
    shaper_shape(cache->shaper, cache->arena, word);
    shaper_measure_spaces(cache->shaper, word);
    if (word->part_count == 1 && !word->parts[0].made_small) {
        word->units = word->parts[0].run->width;
        word->units_per_em =
            (uint16_t)word->parts[0].run->face->units_per_em;
    }
    return word;
}

Word *
word_cache_get(WordCache *cache, const FontSet *set, const char *text,
               size_t length)
{
    g_assert(length > 0 && length <= WORD_MAX_BYTES);
    uint64_t hash = hash_word(set->seed ^ length, text, length);
    uint32_t at = (uint32_t)hash & (cache->size - 1);
    cache->lookups++;
    for (; cache->table[at].word != NULL; at = (at + 1) & (cache->size - 1)) {
        Word *word = cache->table[at].word;
        if (cache->table[at].hash == hash && word->length == length &&
            word->set == set && memcmp(word->text, text, length) == 0)
            return word;
    }
    cache->misses++;
    Word *word = make_word(cache, set, text, length);
    cache->table[at] = (Slot){hash, word};
    if (++cache->count * 4 > cache->size * 3)
        grow_table(cache);
    return word;
}

WordCacheStatistics
word_cache_statistics(const WordCache *cache)
{
    return (WordCacheStatistics){
        .lookups = cache->lookups,
        .misses = cache->misses,
        .bytes = arena_size(cache->arena) + cache->size * sizeof(Slot),
    };
}

/* ---- widths ---- */

Length
word_parts_width(const Word *word, const TextStyle *style)
{
    Length width = style->letter_spacing * word->cluster_count;
    for (int i = 0; i < word->part_count; i++) {
        const GlyphRun *run = word->parts[i].run;
        width += units_length(run->width, part_size(&word->parts[i],
                                                    style->size),
                              run->face->units_per_em);
    }
    return width;
}

static Length
width_until(const Word *word, const WordBreak *at, const TextStyle *style)
{
    Length width = 0;
    for (int i = 0; i <= at->part && i < word->part_count; i++) {
        const GlyphRun *run = word->parts[i].run;
        int32_t units = i == at->part ? at->units : run->width;
        width += units_length(units, part_size(&word->parts[i], style->size),
                              run->face->units_per_em);
        if (style->letter_spacing == 0)
            continue;
        int end = i == at->part ? at->glyph : run->glyph_count;
        for (int k = 0; k < end; k++)
            if (k == 0 || run->glyphs[k].cluster != run->glyphs[k - 1].cluster)
                width += style->letter_spacing;
    }
    return width;
}

Length
word_break_before(const Word *word, const WordBreak *at, const TextStyle *style)
{
    if (at->is_reshaped)
        return word_width(at->halves->before, style);
    return width_until(word, at, style);
}

Length
word_break_after(const Word *word, const WordBreak *at, const TextStyle *style)
{
    if (at->is_reshaped)
        return word_width(word, style) - word_width(at->halves->after, style);
    return width_until(word, at, style);
}

/* ---- breaks ---- */

static bool
has_glyphs(const GlyphRun *run, const Glyph *glyphs)
{
    for (int i = 0; i < run->glyph_count; i++) {
        if (run->glyphs[i].index != glyphs[i].index)
            return false;
    }
    return true;
}

/* whether the glyphs on both sides are the same when shaped apart, although
 * HarfBuzz would not promise it (it flags every pair that a kerning lookup
 * visited, even with a kern of 0) */
static bool
is_same_apart(const Word *word, const WordBreak *at, const Word *before,
              const Word *after)
{
    if (before->part_count != 1 || after->part_count != 1)
        return false;
    const GlyphRun *run = word->parts[at->part].run;
    const GlyphRun *a = before->parts[0].run, *b = after->parts[0].run;
    return word->part_count == 1 && a->x_offsets == NULL &&
           b->x_offsets == NULL && run->x_offsets == NULL &&
           a->glyph_count == at->glyph &&
           a->glyph_count + b->glyph_count == run->glyph_count &&
           a->width == at->units && a->width + b->width == run->width &&
           has_glyphs(a, run->glyphs) && has_glyphs(b, run->glyphs + at->glyph);
}

WordBreak
word_break_at(WordCache *cache, const Word *word, uint16_t offset,
              BreakKind kind)
{
    WordBreak result = {.offset = offset, .kind = (uint8_t)kind};
    int part = word->part_count - 1;
    while (part > 0 && word->parts[part].start >= offset)
        part--;
    result.part = (uint16_t)part;
    if (word->part_count == 0)
        return result;
    const GlyphRun *run = word->parts[part].run;
    uint16_t inner = offset - word->parts[part].start;
    uint16_t glyph = 0;
    while (glyph < run->glyph_count && run->glyphs[glyph].cluster < inner)
        result.units += run->glyphs[glyph++].advance;
    result.glyph = glyph;
    bool between = glyph == run->glyph_count
                       ? inner == run->text_length
                       : run->glyphs[glyph].cluster == inner;
    bool joined = glyph < run->glyph_count && run->glyphs[glyph].joined;
    if (between && (!joined || word->length > RESHAPED_MAX_BYTES))
        return result;
    if (word->length > RESHAPED_MAX_BYTES)
        return (WordBreak){0};
    Word *before = word_cache_get(cache, word->set, word->text, offset);
    Word *after = word_cache_get(cache, word->set, word->text + offset,
                                 (size_t)(word->length - offset));
    if (between && is_same_apart(word, &result, before, after))
        return result;
    WordHalves *halves = arena_new0(cache->arena, WordHalves);
    *halves = (WordHalves){before, after};
    result.is_reshaped = true;
    result.halves = halves;
    return result;
}

void
word_cache_analyse(WordCache *cache, Word *word)
{
    if (word->analysed)
        return;
    word->analysed = true;
    g_array_set_size(cache->token_breaks, 0);
    const Token token = {.text = word->text, .length = word->length};
    token_breaks(word->set, &token, cache->token_breaks);
    guint count = cache->token_breaks->len;
    if (count == 0)
        return;
    word->breaks = arena_array(cache->arena, WordBreak, count);
    for (guint i = 0; i < count; i++) {
        const TokenBreak *found =
            &g_array_index(cache->token_breaks, TokenBreak, i);
        if (found->offset == 0 || found->offset >= word->length)
            continue;
        WordBreak at = word_break_at(cache, word, (uint16_t)found->offset,
                                     (BreakKind)found->kind);
        if (at.offset != 0)
            word->breaks[word->break_count++] = at;
    }
}

/* Pango is asked once for each pair of line-breaking classes: a space is no
 * break before a closing bracket or a full stop, or after an opening one. */
bool
word_cache_may_break(WordCache *cache, gunichar before, gunichar after)
{
    GUnicodeBreakType a = g_unichar_break_type(before);
    GUnicodeBreakType b = g_unichar_break_type(after);
    uint8_t *pair = &cache->space_pairs[a][b];
    if (*pair == PAIR_UNKNOWN) {
        char text[16];
        int length = g_unichar_to_utf8(before, text);
        text[length++] = ' ';
        length += g_unichar_to_utf8(after, text + length);
        PangoLogAttr attributes[4];
        pango_get_log_attrs(text, length, 0, NULL, attributes,
                            G_N_ELEMENTS(attributes));
        *pair = attributes[2].is_line_break ? PAIR_BREAK : PAIR_TOGETHER;
    }
    return *pair == PAIR_BREAK;
}
