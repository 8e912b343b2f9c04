/* SPDX-License-Identifier: MIT */
/*
 * TextStore: a head for each line, then a byte or two for each glyph.
 *
 * A glyph is its place in its face's sheet, which is below 250 for nearly all.
 * The spaces of a line mostly get the same kern, so the last one has a code.
 */
#include "paint/text_store.h"

#include <math.h>
#include <string.h>

enum { CODE_FAR = 250, CODE_KERN, CODE_SAME_KERN };

typedef struct {
    int32_t x, y, size, scale;
    uint32_t length; /* bytes of glyphs behind the head */
    int32_t face;
} Head;

typedef struct {
    uint32_t glyph, start, length; /* of its text */
} SheetGlyph;

typedef struct {
    const FontFace *face;
    GArray *glyphs;      /* SheetGlyph */
    GString *texts;
    GArray *places;      /* uint16_t by glyph: place in the sheet + 1; 0: none */
    GArray *advances;    /* double by place */
} SheetFace;

struct TextStore {
    GPtrArray *faces;    /* SheetFace */
    GByteArray *lines;
    GArray *stretches;   /* guint32: where each ends in lines */
};

static void
free_face(gpointer data)
{
    SheetFace *face = data;
    g_array_unref(face->glyphs);
    g_string_free(face->texts, TRUE);
    g_array_unref(face->places);
    g_array_unref(face->advances);
    g_free(face);
}

TextStore *
text_store_new(void)
{
    TextStore *store = g_new0(TextStore, 1);
    store->faces = g_ptr_array_new_with_free_func(free_face);
    store->lines = g_byte_array_new();
    store->stretches = g_array_new(FALSE, FALSE, sizeof(guint32));
    return store;
}

void
text_store_free(TextStore *store)
{
    if (store == NULL)
        return;
    g_ptr_array_unref(store->faces);
    g_byte_array_unref(store->lines);
    g_array_unref(store->stretches);
    g_free(store);
}

/* ---- the sheet ---- */

static SheetFace *
get_face(const TextStore *store, int index)
{
    return g_ptr_array_index(store->faces, index);
}

static int
find_face(TextStore *store, const FontFace *wanted)
{
    for (guint i = 0; i < store->faces->len; i++) {
        if (get_face(store, (int)i)->face == wanted)
            return (int)i;
    }
    SheetFace *face = g_new0(SheetFace, 1);
    face->face = wanted;
    face->glyphs = g_array_new(FALSE, FALSE, sizeof(SheetGlyph));
    face->texts = g_string_new(NULL);
    face->places = g_array_new(FALSE, TRUE, sizeof(uint16_t));
    face->advances = g_array_new(FALSE, FALSE, sizeof(double));
    g_ptr_array_add(store->faces, face);
    return (int)store->faces->len - 1;
}

/* the glyph's place in the sheet; -1: it stands for another text there */
static int
place_of(SheetFace *face, uint32_t glyph, const char *text, int length,
         GlyphAdvance advance, void *font)
{
    if (glyph >= G_MAXUINT16 || face->glyphs->len >= G_MAXUINT16 - 1)
        return -1;
    if (glyph >= face->places->len)
        g_array_set_size(face->places, glyph + 1);
    uint16_t *place = &g_array_index(face->places, uint16_t, glyph);
    if (*place != 0) {
        const SheetGlyph *known =
            &g_array_index(face->glyphs, SheetGlyph, *place - 1);
        bool is_same = known->length == (uint32_t)length &&
                       memcmp(face->texts->str + known->start, text,
                              (size_t)length) == 0;
        return is_same ? *place - 1 : -1;
    }
    SheetGlyph fresh = {glyph, (uint32_t)face->texts->len, (uint32_t)length};
    double width = advance(font, glyph);
    g_string_append_len(face->texts, text, length);
    g_array_append_val(face->glyphs, fresh);
    g_array_append_val(face->advances, width);
    *place = (uint16_t)face->glyphs->len;
    return *place - 1;
}

int
text_store_face_count(const TextStore *store)
{
    return (int)store->faces->len;
}

const FontFace *
text_store_face(const TextStore *store, int face)
{
    return get_face(store, face)->face;
}

int
text_store_glyph_count(const TextStore *store, int face)
{
    return (int)get_face(store, face)->glyphs->len;
}

uint32_t
text_store_glyph(const TextStore *store, int face, int index)
{
    return g_array_index(get_face(store, face)->glyphs, SheetGlyph, index)
        .glyph;
}

const char *
text_store_text(const TextStore *store, int face, int index, int *length)
{
    const SheetFace *sheet = get_face(store, face);
    const SheetGlyph *glyph =
        &g_array_index(sheet->glyphs, SheetGlyph, index);
    *length = (int)glyph->length;
    return sheet->texts->str + glyph->start;
}

/* ---- lines in ---- */

static void
append_code(GByteArray *lines, guint8 code)
{
    g_byte_array_append(lines, &code, 1);
}

static void
append_short(GByteArray *lines, guint8 code, uint16_t value)
{
    guint8 bytes[3] = {code, (guint8)(value >> 8), (guint8)value};
    g_byte_array_append(lines, bytes, sizeof bytes);
}

static bool
append_glyphs(TextStore *store, SheetFace *face, const PlainLine *line,
              double unit, GlyphAdvance advance, void *font)
{
    const cairo_glyph_t *first = &line->glyphs[0];
    const char *text = line->text;
    double pen = 0; /* in 1/1000 em from the first glyph */
    long last_kern = 0;
    for (int i = 0; i < line->glyph_count; i++) {
        const cairo_glyph_t *glyph = &line->glyphs[i];
        const cairo_text_cluster_t *cluster = &line->clusters[i];
        if (cluster->num_glyphs != 1 || cluster->num_bytes < 1 ||
            fabs(glyph->y - first->y) > 1e-6)
            return false;
        int place = place_of(face, (uint32_t)glyph->index, text,
                             cluster->num_bytes, advance, font);
        long kern = lround((glyph->x - first->x) / unit - pen);
        if (place < 0 || kern < G_MININT16 || kern > G_MAXINT16)
            return false;
        if (kern != 0 && kern == last_kern)
            append_code(store->lines, CODE_SAME_KERN);
        else if (kern != 0)
            append_short(store->lines, CODE_KERN, (uint16_t)(int16_t)kern);
        if (kern != 0)
            last_kern = kern;
        if (place < CODE_FAR)
            append_code(store->lines, (guint8)place);
        else
            append_short(store->lines, CODE_FAR, (uint16_t)place);
        pen += (double)kern + g_array_index(face->advances, double, place);
        text += cluster->num_bytes;
    }
    return true;
}

static bool
is_storable(Length length)
{
    return length > G_MININT32 && length < G_MAXINT32;
}

bool
text_store_add(TextStore *store, const PageItem *item, const PlainLine *line,
               GlyphAdvance advance, void *font)
{
    Length x = length_from_points(line->glyphs[0].x) + line->offset;
    Length y = item->y + line->offset;
    if (line->cluster_count != line->glyph_count || item->rotation != 0 ||
        !is_storable(x) || !is_storable(y) || !is_storable(item->text.size))
        return false;
    Head head = {
        .x = (int32_t)x,
        .y = (int32_t)y,
        .size = (int32_t)item->text.size,
        .scale = item->text.scale,
        .face = find_face(store, item->text.face),
    };
    guint start = store->lines->len;
    g_byte_array_set_size(store->lines, start + sizeof head);
    double unit = length_points(item->text.size) * item->text.scale / 65536.0 /
                  1000;
    if (!append_glyphs(store, get_face(store, head.face), line, unit, advance,
                       font)) {
        g_byte_array_set_size(store->lines, start);
        return false;
    }
    head.length = store->lines->len - start - (guint)sizeof head;
    memcpy(store->lines->data + start, &head, sizeof head);
    return true;
}

static guint32
stretch_start(const TextStore *store, guint index)
{
    return index == 0
               ? 0
               : g_array_index(store->stretches, guint32, index - 1);
}

void
text_store_end_stretch(TextStore *store)
{
    guint32 end = store->lines->len;
    g_array_append_val(store->stretches, end);
}

void
text_store_take_back(TextStore *store)
{
    g_byte_array_set_size(store->lines,
                          stretch_start(store, store->stretches->len));
}

/* ---- lines out ---- */

bool
text_store_stretch(const TextStore *store, guint index, StretchReader *reader)
{
    if (index >= store->stretches->len)
        return false;
    reader->at = store->lines->data + stretch_start(store, index);
    reader->end = store->lines->data +
                  g_array_index(store->stretches, guint32, index);
    return true;
}

void
text_store_forget_lines(TextStore *store)
{
    g_byte_array_unref(store->lines);
    store->lines = g_byte_array_new();
    g_array_set_size(store->stretches, 0);
}

bool
text_store_next(StretchReader *reader, StoredLine *line)
{
    if (reader->at == reader->end)
        return false;
    Head head;
    memcpy(&head, reader->at, sizeof head);
    reader->at += sizeof head + head.length;
    *line = (StoredLine){
        .face = head.face,
        .x = head.x,
        .y = head.y,
        .size = head.size,
        .scale = head.scale,
        .at = reader->at - head.length,
        .end = reader->at,
    };
    return true;
}

static int
take_short(StoredLine *line)
{
    int value = line->at[0] << 8 | line->at[1];
    line->at += 2;
    return value;
}

bool
stored_glyph_next(StoredLine *line, int *glyph, int *kern)
{
    *kern = 0;
    if (line->at == line->end)
        return false;
    int code = *line->at++;
    if (code == CODE_KERN)
        line->kern = (int16_t)take_short(line);
    if (code == CODE_KERN || code == CODE_SAME_KERN) {
        *kern = line->kern;
        code = *line->at++;
    }
    *glyph = code == CODE_FAR ? take_short(line) : code;
    return true;
}
