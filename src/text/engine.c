/* SPDX-License-Identifier: MIT */
/* TextEngine: styles, the sets of faces behind them, pattern files by language.
 * The work is done in font_library.c, word_cache.c and hyphenation.c. */
#include <hb-ot.h>
#include <string.h>

#include "text/engine_parts.h"

static guint
hash_text(guint hash, const char *text)
{
    for (; *text != '\0'; text++)
        hash = hash * 33 + (guchar)*text;
    return hash;
}

static guint
style_hash(gconstpointer key)
{
    const TextStyle *s = key;
    guint hash = hash_text(hash_text(5381, s->families), s->language);
    hash = hash * 33 + (guint)s->size;
    hash = hash * 33 + (guint)s->letter_spacing;
    return hash * 33 + (guint)(s->weight * 64 + s->features * 4 +
                               s->italic * 2 + s->hyphenate);
}

static gboolean
style_equal(gconstpointer a, gconstpointer b)
{
    const TextStyle *s = a, *t = b;
    return s->size == t->size && s->weight == t->weight &&
           s->italic == t->italic && s->features == t->features &&
           s->letter_spacing == t->letter_spacing &&
           s->hyphenate == t->hyphenate &&
           strcmp(s->families, t->families) == 0 &&
           strcmp(s->language, t->language) == 0;
}

TextEngine *
text_engine_new(const TextOptions *options, GError **error)
{
    static const char *const usual_folders[] = {"/usr/share/hyphen", NULL};
    FontLibrary *library = font_library_new(
        options->font_paths, options->fallback_families, error);
    if (library == NULL)
        return NULL;
    TextEngine *engine = g_new0(TextEngine, 1);
    engine->arena = arena_new();
    engine->library = library;
    engine->words = word_cache_new(library);
    engine->styles =
        g_hash_table_new_full(style_hash, style_equal, NULL, NULL);
    engine->sets = g_ptr_array_new_with_free_func(g_free);
    engine->hyphenators =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                              (GDestroyNotify)hyphenator_free);
    engine->hyphenation_folders =
        g_strdupv((char **)(options->hyphenation_folders != NULL
                                ? options->hyphenation_folders
                                : usual_folders));
    engine->exceptions = options->hyphenation_exceptions;
    return engine;
}

void
text_engine_free(TextEngine *engine)
{
    if (engine == NULL)
        return;
    text_engine_finish(engine);
    g_hash_table_destroy(engine->styles);
    for (guint i = 0; i < engine->sets->len; i++)
        g_free(((FontSet *)g_ptr_array_index(engine->sets, i))->faces);
    g_ptr_array_free(engine->sets, TRUE);
    g_strfreev(engine->hyphenation_folders);
    font_library_free(engine->library);
    arena_free(engine->arena);
    g_free(engine);
}

void
text_engine_finish(TextEngine *engine)
{
    g_clear_pointer(&engine->words, word_cache_free);
    g_clear_pointer(&engine->hyphenators, g_hash_table_destroy);
}

/* ---- hyphenation ---- */

static const Hyphenator *
find_hyphenator(TextEngine *engine, const char *language)
{
    gpointer found;
    if (g_hash_table_lookup_extended(engine->hyphenators, language, NULL,
                                     &found))
        return found;
    const char *const *exceptions = NULL;
    if (engine->exceptions != NULL)
        exceptions = g_hash_table_lookup(engine->exceptions, language);
    Hyphenator *hyphenator =
        hyphenator_new((const char *const *)engine->hyphenation_folders,
                       language, exceptions);
    g_hash_table_insert(engine->hyphenators, g_strdup(language), hyphenator);
    return hyphenator;
}

bool
text_can_hyphenate(TextEngine *engine, const char *language)
{
    return find_hyphenator(engine, language) != NULL;
}

GArray *
text_hyphenate(TextEngine *engine, const char *language, const char *word)
{
    GArray *offsets = g_array_new(FALSE, FALSE, sizeof(int));
    const FontSet set = {
        .hyphenator = find_hyphenator(engine, language),
        .pango_language = pango_language_from_string(language),
    };
    const Token token = {.text = word, .length = strlen(word)};
    g_autoptr(GArray) breaks = g_array_new(FALSE, FALSE, sizeof(TokenBreak));
    token_breaks(&set, &token, breaks);
    for (guint i = 0; i < breaks->len; i++) {
        const TokenBreak *found = &g_array_index(breaks, TokenBreak, i);
        int offset = (int)found->offset;
        if (found->kind == BREAK_HYPHEN)
            g_array_append_val(offsets, offset);
    }
    return offsets;
}

/* ---- styles ---- */

static void
add_feature(FontSet *set, const char *name, unsigned value)
{
    g_assert(set->hb_feature_count < G_N_ELEMENTS(set->hb_features));
    set->hb_features[set->hb_feature_count++] = (hb_feature_t){
        .tag = hb_tag_from_string(name, -1),
        .value = value,
        .start = HB_FEATURE_GLOBAL_START,
        .end = HB_FEATURE_GLOBAL_END,
    };
}

static void
add_features(FontSet *set)
{
    if ((set->features & TEXT_SMALL_CAPS) != 0)
        add_feature(set, "smcp", 1);
    if ((set->features & TEXT_OLD_STYLE) != 0)
        add_feature(set, "onum", 1);
    if ((set->features & TEXT_LINING) != 0)
        add_feature(set, "lnum", 1);
    if ((set->features & TEXT_TABULAR) != 0)
        add_feature(set, "tnum", 1);
    if ((set->features & TEXT_NO_LIGATURES) != 0) {
        add_feature(set, "liga", 0);
        add_feature(set, "clig", 0);
    }
}

/* the features that shaping sees: letter-spacing loosens ligatures */
static TextFeatures
shaping_features(const TextStyle *style)
{
    return style->letter_spacing == 0
               ? style->features
               : style->features | TEXT_NO_LIGATURES;
}

static const FontSet *
find_set(TextEngine *engine, const TextStyle *style)
{
    TextFeatures features = shaping_features(style);
    for (guint i = 0; i < engine->sets->len; i++) {
        const FontSet *set = g_ptr_array_index(engine->sets, i);
        if (set->weight == style->weight && set->italic == style->italic &&
            set->features == features &&
            strcmp(set->families, style->families) == 0 &&
            strcmp(set->language, style->language) == 0)
            return set;
    }
    FontSet *set = g_new0(FontSet, 1);
    *set = (FontSet){
        .families = arena_intern(engine->arena, style->families, -1),
        .language = arena_intern(engine->arena, style->language, -1),
        .weight = style->weight,
        .italic = style->italic,
        .features = features,
        .seed = (engine->sets->len + 1) * 0xD6E8FEB86659FD93u,
        .hb_language = hb_language_from_string(style->language, -1),
        .pango_language = pango_language_from_string(style->language),
        .hyphenator = find_hyphenator(engine, style->language),
    };
    GPtrArray *faces = g_ptr_array_new();
    set->found = font_library_match(engine->library, set->families,
                                    set->weight, set->italic, faces);
    set->face_count = (int)MIN(faces->len, 255);
    set->faces = (Face **)g_ptr_array_free(faces, FALSE);
    add_features(set);
    g_ptr_array_add(engine->sets, set);
    return set;
}

const TextStyle *
text_style(TextEngine *engine, const TextStyle *style)
{
    TextStyle key = *style;
    key.families = style->families == NULL ? "" : style->families;
    key.language = style->language == NULL ? "" : style->language;
    const StyleEntry *known = g_hash_table_lookup(engine->styles, &key);
    if (known != NULL)
        return &known->style;
    StyleEntry *entry = arena_new0(engine->arena, StyleEntry);
    entry->style = key;
    entry->set = find_set(engine, &key);
    entry->style.families = entry->set->families;
    entry->style.language = entry->set->language;
    const Face *face = entry->set->faces[0];
    int em = face->face.units_per_em;
    entry->space = units_length(face->face.space_advance, key.size, em) +
                   key.letter_spacing;
    entry->narrow = units_length(face->narrow_advance, key.size, em) +
                    key.letter_spacing;
    g_hash_table_insert(engine->styles, &entry->style, entry);
    return &entry->style;
}

const FontFace *
text_style_face(TextEngine *engine, const TextStyle *style)
{
    return &style_entry(text_style(engine, style))->set->faces[0]->face;
}

bool
text_style_found(TextEngine *engine, const TextStyle *style)
{
    return style_entry(text_style(engine, style))->set->found;
}

const GPtrArray *
text_engine_faces(const TextEngine *engine)
{
    return font_library_faces(engine->library);
}

TextStatistics
text_engine_statistics(const TextEngine *engine)
{
    TextStatistics statistics = engine->statistics;
    WordCacheStatistics words = word_cache_statistics(engine->words);
    statistics.words = words.lookups;
    statistics.misses = words.misses;
    statistics.cache_bytes = words.bytes;
    return statistics;
}
