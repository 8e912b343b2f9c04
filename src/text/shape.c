/* SPDX-License-Identifier: MIT */
/*
 * Shaper: the glyphs of one word.
 *
 * Nearly every word is of one simple script and all in the first face; it is
 * given to HarfBuzz as it is.  Only where a glyph is missing, small capitals
 * must be made, or scripts are mixed or complex, is the word cut into runs:
 * Pango itemises (script, direction), the face is the first of the style's
 * explicit list that has the character.  Pango's own choice of fonts is not
 * asked: a character that no listed font has is the author's to know.
 *
 *   shaper_shape -> shape_plain
 *                -> shape_runs: list_characters -> itemize -> shape_run
 */
#include <fontconfig/fontconfig.h>
#include <hb-glib.h>
#include <hb-ot.h>
#include <pango/pangoft2.h>
#include <string.h>

#include "text/word_cache.h"

struct Shaper {
    FontLibrary *library;
    hb_buffer_t *buffer;
    GArray *characters;    /* Character, of the word being cut */
    PangoContext *context; /* made with the first word that needs it */
};

typedef struct {
    gunichar character; /* as shaped: upper case in made small capitals */
    uint16_t offset;
    uint8_t face;
    uint8_t level; /* bidi embedding level */
    bool made_small;
    hb_script_t script;
} Character;

Shaper *
shaper_new(FontLibrary *library)
{
    Shaper *shaper = g_new0(Shaper, 1);
    shaper->library = library;
    shaper->buffer = hb_buffer_create();
    shaper->characters = g_array_new(FALSE, FALSE, sizeof(Character));
    return shaper;
}

void
shaper_free(Shaper *shaper)
{
    hb_buffer_destroy(shaper->buffer);
    g_array_free(shaper->characters, TRUE);
    g_clear_object(&shaper->context);
    g_free(shaper);
}

/* ---- from HarfBuzz's buffer to a GlyphRun ---- */

/* drawn like a space or not at all, whatever the font has */
static bool
needs_no_glyph(gunichar c)
{
    return (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) ||
           (c >= 0x205F && c <= 0x206F) || c == 0xFEFF || c == 0x00AD ||
           c == 0x034F || (c >= 0xFE00 && c <= 0xFE0F) ||
           (c >= 0xE0000 && c <= 0xE0FFF);
}

static void
copy_offsets(Arena *arena, GlyphRun *run, const hb_glyph_position_t *positions)
{
    bool any = false;
    for (int i = 0; i < run->glyph_count && !any; i++)
        any = positions[i].x_offset != 0 || positions[i].y_offset != 0;
    if (!any)
        return;
    int32_t *x = arena_array(arena, int32_t, 2 * run->glyph_count);
    int32_t *y = x + run->glyph_count;
    for (int i = 0; i < run->glyph_count; i++) {
        x[i] = positions[i].x_offset;
        y[i] = positions[i].y_offset;
    }
    run->x_offsets = x;
}

/* text: start of the run in the word; clusters of the buffer count from it.
 * Right-to-left runs are one cluster, because ours must ascend. */
static WordPart
take_part(Shaper *shaper, Arena *arena, const Face *face, const char *text,
         size_t length)
{
    unsigned count;
    const hb_glyph_info_t *infos =
        hb_buffer_get_glyph_infos(shaper->buffer, &count);
    const hb_glyph_position_t *positions =
        hb_buffer_get_glyph_positions(shaper->buffer, NULL);
    bool backward = HB_DIRECTION_IS_BACKWARD(
        hb_buffer_get_direction(shaper->buffer));
    GlyphRun *run = arena_alloc(arena, sizeof *run + count * sizeof(Glyph));
    Glyph *glyphs = (Glyph *)(void *)(run + 1);
    *run = (GlyphRun){.face = &face->face,
                      .text = text,
                      .glyphs = glyphs,
                      .text_length = (uint16_t)length,
                      .glyph_count = (uint16_t)count};
    for (unsigned i = 0; i < count; i++) {
        glyphs[i] = (Glyph){
            .advance = positions[i].x_advance,
            .index = (uint16_t)infos[i].codepoint,
            .cluster = backward ? 0 : infos[i].cluster & 0x7FFF,
            .joined = (hb_glyph_info_get_glyph_flags(&infos[i]) &
                       HB_GLYPH_FLAG_UNSAFE_TO_BREAK) != 0};
        run->width += positions[i].x_advance;
    }
    copy_offsets(arena, run, positions);
    return (WordPart){.run = run};
}

static void
shape_buffer(Shaper *shaper, const FontSet *set, const Face *face,
             hb_script_t script, hb_direction_t direction)
{
    hb_buffer_set_direction(shaper->buffer, direction);
    hb_buffer_set_script(shaper->buffer, script);
    hb_buffer_set_language(shaper->buffer, set->hb_language);
    hb_shape(face->hb_font, shaper->buffer, set->hb_features,
             set->hb_feature_count);
}

/* ---- the usual word ---- */

/* asks GLib only for what is rare in our texts */
static GUnicodeScript
script_of(gunichar c)
{
    if (c < 0x80 || (c >= 0xC0 && c < 0x250 && c != 0xD7 && c != 0xF7))
        return G_UNICODE_SCRIPT_LATIN;
    if (c >= 0x400 && c < 0x482)
        return G_UNICODE_SCRIPT_CYRILLIC;
    return g_unichar_get_script(c);
}

/* the one script of a word that needs no itemisation */
static bool
is_plain(const char *text, size_t length, hb_script_t *script)
{
    GUnicodeScript only = G_UNICODE_SCRIPT_COMMON;
    for (const char *p = text; p < text + length; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c < 0x80 && !g_ascii_isalpha(c))
            continue;
        if (c >= 0x200C && needs_no_glyph(c))
            return false; /* joiners, directions, variation selectors */
        GUnicodeScript found = script_of(c);
        if (found == G_UNICODE_SCRIPT_COMMON ||
            found == G_UNICODE_SCRIPT_INHERITED)
            continue;
        if (found != G_UNICODE_SCRIPT_LATIN &&
            found != G_UNICODE_SCRIPT_CYRILLIC &&
            found != G_UNICODE_SCRIPT_GREEK)
            return false;
        if (only != G_UNICODE_SCRIPT_COMMON && only != found)
            return false;
        only = found;
    }
    *script = only == G_UNICODE_SCRIPT_CYRILLIC ? HB_SCRIPT_CYRILLIC
              : only == G_UNICODE_SCRIPT_GREEK  ? HB_SCRIPT_GREEK
                                                : HB_SCRIPT_LATIN;
    return true;
}

/* false when the first face lacks a glyph */
static bool
shape_plain(Shaper *shaper, Arena *arena, Word *word, hb_script_t script)
{
    const Face *face = word->set->faces[0];
    hb_buffer_reset(shaper->buffer);
    hb_buffer_add_utf8(shaper->buffer, word->text, word->length, 0,
                       word->length);
    shape_buffer(shaper, word->set, face, script, HB_DIRECTION_LTR);
    unsigned count;
    const hb_glyph_info_t *infos =
        hb_buffer_get_glyph_infos(shaper->buffer, &count);
    for (unsigned i = 0; i < count; i++)
        if (infos[i].codepoint == 0)
            return false;
    word->parts = arena_array(arena, WordPart, 1);
    word->part_count = 1;
    word->parts[0] =
        take_part(shaper, arena, face, word->text, word->length);
    return true;
}

/* ---- words of several faces, sizes or scripts ---- */

/* scripts and directions, by Pango */
static void
itemize(Shaper *shaper, const Word *word)
{
    if (shaper->context == NULL) {
        PangoFontMap *map = pango_ft2_font_map_new();
        shaper->context = pango_font_map_create_context(map);
        g_object_unref(map);
    }
    pango_context_set_language(shaper->context, word->set->pango_language);
    PangoAttrList *none = pango_attr_list_new();
    GList *items = pango_itemize(shaper->context, word->text, 0, word->length,
                                 none, NULL);
    pango_attr_list_unref(none);
    guint i = 0;
    for (GList *l = items; l != NULL; l = l->next) {
        const PangoItem *item = l->data;
        int end = item->offset + item->length;
        for (; i < shaper->characters->len; i++) {
            Character *c = &g_array_index(shaper->characters, Character, i);
            if (c->offset >= end)
                break;
            c->script = hb_glib_script_to_script(
                (GUnicodeScript)item->analysis.script);
            c->level = item->analysis.level;
        }
    }
    g_list_free_full(items, (GDestroyNotify)pango_item_free);
}

/* the first face that has the character; hyphens that a font lacks are drawn
 * as the ones it has.  False: no face has it. */
static bool
choose_face(const FontSet *set, Character *c, const Character *previous)
{
    static const gunichar hyphens[] = {0x2011, 0x2010, '-'};
    if (needs_no_glyph(c->character) || g_unichar_ismark(c->character)) {
        c->face = previous == NULL ? 0 : previous->face;
        if (needs_no_glyph(c->character) ||
            face_has(set->faces[c->face], c->character))
            return true;
    }
    for (int i = 0; i < set->face_count; i++)
        if (face_has(set->faces[i], c->character)) {
            c->face = (uint8_t)i;
            return true;
        }
    c->face = 0;
    for (size_t i = 0; i + 1 < G_N_ELEMENTS(hyphens); i++)
        if (c->character == hyphens[i]) {
            c->character = hyphens[i + 1];
            return choose_face(set, c, previous);
        }
    return false;
}

static void
choose_small_capital(const FontSet *set, Character *c)
{
    gunichar upper = g_unichar_toupper(c->character);
    if (upper == c->character ||
        face_has_small_capital(set->faces[c->face], c->character) ||
        !face_has(set->faces[c->face], upper))
        return;
    c->character = upper;
    c->made_small = true;
}

static void
list_characters(Shaper *shaper, Arena *arena, Word *word, hb_script_t script)
{
    GArray *missing = NULL;
    g_array_set_size(shaper->characters, 0);
    const char *end = word->text + word->length;
    for (const char *p = word->text; p < end; p = g_utf8_next_char(p)) {
        Character c = {.character = g_utf8_get_char(p),
                       .offset = (uint16_t)(p - word->text),
                       .script = script};
        guint count = shaper->characters->len;
        const Character *previous =
            count == 0 ? NULL
                       : &g_array_index(shaper->characters, Character,
                                        count - 1);
        if (!choose_face(word->set, &c, previous)) {
            MissingCharacter lost = {c.character, c.offset};
            if (missing == NULL)
                missing = g_array_new(FALSE, FALSE, sizeof lost);
            g_array_append_val(missing, lost);
        }
        if ((word->set->features & TEXT_SMALL_CAPS) != 0)
            choose_small_capital(word->set, &c);
        g_array_append_val(shaper->characters, c);
    }
    if (missing == NULL)
        return;
    word->missing_count = (uint16_t)missing->len;
    word->missing = arena_array(arena, MissingCharacter, missing->len);
    memcpy(word->missing, missing->data,
           missing->len * sizeof(MissingCharacter));
    g_array_free(missing, TRUE);
}

/* Marks never leave their letter, or clusters would be torn. */
static bool
is_same_run(const Character *a, const Character *b)
{
    return a->face == b->face && a->made_small == b->made_small &&
           a->script == b->script && a->level == b->level;
}

static WordPart
shape_run(Shaper *shaper, Arena *arena, const Word *word, guint first,
          guint end)
{
    const Character *c = (Character *)(void *)shaper->characters->data;
    const Face *face = word->set->faces[c[first].face];
    size_t start = c[first].offset;
    size_t stop = end < shaper->characters->len ? c[end].offset : word->length;
    hb_buffer_reset(shaper->buffer);
    for (guint i = first; i < end; i++)
        hb_buffer_add(shaper->buffer, c[i].character,
                      (unsigned)(c[i].offset - start));
    hb_buffer_set_content_type(shaper->buffer, HB_BUFFER_CONTENT_TYPE_UNICODE);
    shape_buffer(shaper, word->set, face, c[first].script,
                 c[first].level % 2 == 1 ? HB_DIRECTION_RTL
                                         : HB_DIRECTION_LTR);
    WordPart part =
        take_part(shaper, arena, face, word->text + start, stop - start);
    part.start = (uint16_t)start;
    part.made_small = c[first].made_small;
    return part;
}

static void
shape_runs(Shaper *shaper, Arena *arena, Word *word, bool plain,
           hb_script_t script)
{
    list_characters(shaper, arena, word, script);
    if (!plain)
        itemize(shaper, word);
    guint count = shaper->characters->len;
    const Character *c = (Character *)(void *)shaper->characters->data;
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(WordPart));
    for (guint first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && is_same_run(&c[first], &c[end]);)
            end++;
        WordPart part = shape_run(shaper, arena, word, first, end);
        if (part.run->glyph_count > 0)
            g_array_append_val(parts, part);
    }
    word->part_count = (uint16_t)parts->len;
    word->parts = arena_array(arena, WordPart, parts->len);
    memcpy(word->parts, parts->data, parts->len * sizeof(WordPart));
}

/* ---- what follows from the glyphs ---- */

/* Percent of the glyph's advance that hangs into the margin: small dark marks
 * hang most, so that the edge looks straight.  Values tried at 10 pt Libertine;
 * the idea is from pdfTeX's margin kerning (Thành 2000). */
static int
protrusion(gunichar c, bool left)
{
    switch (c) {
    case '.': case ',':
        return left ? 0 : 60;
    case '-': case 0x2010: case 0x2011:
        return left ? 0 : 50;
    case 0x201E: case 0xAB: case 0x2018: case '"': case '\'': case 0x201C:
    case 0x201D: case 0x2019: case 0xBB:
        return 50;
    case ':': case ';': case 0x2013:
        return left ? 0 : 30;
    case 0x2014:
        return left ? 0 : 20;
    case '!': case '?':
        return left ? 0 : 10;
    case '(':
        return left ? 10 : 0;
    case ')':
        return left ? 0 : 5;
    default:
        return 0;
    }
}

static void
finish_word(Word *word)
{
    const char *end = word->text + word->length;
    word->first = g_utf8_get_char(word->text);
    word->last = g_utf8_get_char(g_utf8_prev_char(end));
    for (int i = 0; i < word->part_count; i++) {
        const GlyphRun *run = word->parts[i].run;
        word->cluster_count++;
        for (int k = 1; k < run->glyph_count; k++)
            word->cluster_count +=
                run->glyphs[k].cluster != run->glyphs[k - 1].cluster;
    }
    if (word->part_count == 0)
        return;
    const GlyphRun *first = word->parts[0].run;
    const GlyphRun *last = word->parts[word->part_count - 1].run;
    word->left_protrusion =
        protrusion(word->first, true) * first->glyphs[0].advance / 100;
    word->right_protrusion =
        protrusion(word->last, false) *
        last->glyphs[last->glyph_count - 1].advance / 100;
}

void
shaper_shape(Shaper *shaper, Arena *arena, Word *word)
{
    hb_script_t script = HB_SCRIPT_LATIN;
    bool plain = is_plain(word->text, word->length, &script);
    if (!plain || (word->set->features & TEXT_SMALL_CAPS) != 0 ||
        !shape_plain(shaper, arena, word, script))
        shape_runs(shaper, arena, word, plain, script);
    finish_word(word);
}

static int
buffer_width(Shaper *shaper)
{
    unsigned count;
    int width = 0;
    const hb_glyph_position_t *positions =
        hb_buffer_get_glyph_positions(shaper->buffer, &count);
    for (unsigned i = 0; i < count; i++)
        width += positions[i].x_advance;
    return width;
}

void
shaper_measure_spaces(Shaper *shaper, Word *word)
{
    const Face *face = word->set->faces[0];
    hb_script_t script;
    if (!face->kerns_space || word->part_count != 1 ||
        word->parts[0].run->face != &face->face || word->parts[0].made_small ||
        !is_plain(word->text, word->length, &script))
        return;
    int alone = word->parts[0].run->width + face->face.space_advance;
    for (int after = 0; after < 2; after++) {
        hb_buffer_reset(shaper->buffer);
        if (!after)
            hb_buffer_add_utf8(shaper->buffer, " ", 1, 0, 1);
        hb_buffer_add_utf8(shaper->buffer, word->text, word->length, 0,
                           word->length);
        if (after)
            hb_buffer_add_utf8(shaper->buffer, " ", 1, 0, 1);
        shape_buffer(shaper, word->set, face, script, HB_DIRECTION_LTR);
        int kern = buffer_width(shaper) - alone;
        if (after)
            word->space_after = kern;
        else
            word->space_before = kern;
    }
}
