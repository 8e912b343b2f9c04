/* SPDX-License-Identifier: MIT */
/*
 * Text: one cairo_show_text_glyphs for each item, with clusters of our own.
 *
 * Cairo writes the clusters' text into the PDF (ToUnicode, or ActualText where
 * a ligature has none), so each glyph gets exactly the bytes that it stands
 * for: spaces are clusters like any other, and the hyphen at a line's end is a
 * glyph whose text is U+00AD.  A soft hyphen without a visible glyph must never
 * reach Cairo: it would make an empty ActualText span of it.
 *
 * Fonts come straight from their files, without fontconfig; glyph scaling is
 * the font matrix, as TeX and its children do it.
 */
#include "paint/canvas.h"

#include <cairo-ft.h>
#include FT_ADVANCES_H
#include <string.h>

/* FreeType's own FT_Memory would be freed with its first FT_Done_FreeType or
 * never; this one needs no freeing. */
static void *
allocate(FT_Memory memory, long size)
{
    (void)memory;
    return g_try_malloc((gsize)size);
}

static void
release(FT_Memory memory, void *block)
{
    (void)memory;
    g_free(block);
}

static void *
reallocate(FT_Memory memory, long old_size, long new_size, void *block)
{
    (void)memory;
    (void)old_size;
    return g_try_realloc(block, (gsize)new_size);
}

static struct FT_MemoryRec_ freetype_memory = {NULL, allocate, release,
                                               reallocate};

FT_Library
canvas_open_freetype(void)
{
    FT_Library library = NULL;
    FT_New_Library(&freetype_memory, &library);
    FT_Add_Default_Modules(library);
    return library;
}

static const cairo_user_data_key_t file_key;

static void
close_face(void *data)
{
    FT_Face face = data;
    FT_Library library = face->glyph->library;
    FT_Done_Face(face);
    FT_Done_Library(library);
}

/* The FT_Face lives as long as Cairo's font, which may be longer than we do:
 * it holds a reference to the library. */
static cairo_font_face_t *
open_font(Canvas *canvas, const FontFace *face, GError **error)
{
    FT_Face file;
    if (FT_New_Memory_Face(canvas->freetype, face->data, (FT_Long)face->size,
                           face->index, &file) != 0) {
        g_set_error(error, PAINT_ERROR, PAINT_ERROR_FONT,
                    "cannot open the font file %s", face->file);
        return NULL;
    }
    FT_Reference_Library(canvas->freetype);
    cairo_font_face_t *font = cairo_ft_font_face_create_for_ft_face(
        file, FT_LOAD_NO_HINTING | FT_LOAD_NO_AUTOHINT | FT_LOAD_NO_BITMAP);
    cairo_font_face_set_user_data(font, &file_key, file, close_face);
    return font;
}

static cairo_font_face_t *
find_font(Canvas *canvas, const FontFace *face, GError **error)
{
    cairo_font_face_t *font = g_hash_table_lookup(canvas->fonts, face);
    if (font == NULL) {
        font = open_font(canvas, face, error);
        if (font != NULL)
            g_hash_table_insert(canvas->fonts, (gpointer)face, font);
    }
    return font;
}

static bool
is_soft_hyphen(const char *text)
{
    return text[0] == '\xC2' && text[1] == '\xAD';
}

/* A no-break space is for whoever breaks lines.  In the text layer it would need
 * an ActualText of its own, since it shares the space's glyph, and a reader who
 * searches types a space. */
static bool
is_fixed_space(const char *text, size_t length)
{
    return (length == 2 && memcmp(text, "\xC2\xA0", 2) == 0) ||
           (length == 3 && memcmp(text, "\xE2\x80\xAF", 3) == 0);
}

/* Appends bytes start..end of a run without soft hyphens, unless the cluster is
 * nothing else and its glyphs show; a fixed space as a space. */
static int
append_cluster_text(GString *buffer, const GlyphRun *run, size_t start,
                    size_t end, bool is_visible)
{
    const char *text = run->text + start;
    size_t length = end - start;
    if (length == 2 && is_soft_hyphen(text) && is_visible) {
        g_string_append_len(buffer, text, 2);
        return 2;
    }
    if (is_fixed_space(text, length)) {
        g_string_append_c(buffer, ' ');
        return 1;
    }
    gsize before = buffer->len;
    for (size_t i = 0; i < length;) {
        if (i + 1 < length && is_soft_hyphen(text + i)) {
            i += 2;
        } else {
            g_string_append_c(buffer, text[i]);
            i++;
        }
    }
    return (int)(buffer->len - before);
}

/* Appends one cluster: glyphs first..last-1, which share a cluster value. */
static void
append_cluster(Canvas *canvas, const GlyphPiece *piece, int first, int last)
{
    const GlyphRun *run = piece->run;
    /* glyphs of a cluster that began in the piece before have no text left */
    bool begins = first == 0 ||
                  run->glyphs[first - 1].cluster < run->glyphs[first].cluster;
    int next = last;
    while (next < run->glyph_count &&
           run->glyphs[next].cluster == run->glyphs[first].cluster)
        next++;
    size_t start = run->glyphs[first].cluster;
    size_t end =
        next < run->glyph_count ? run->glyphs[next].cluster : run->text_length;
    bool is_visible = false;
    for (int i = first; i < last; i++)
        is_visible |= run->glyphs[i].advance > 0;
    cairo_text_cluster_t cluster = {.num_glyphs = last - first};
    if (begins)
        cluster.num_bytes =
            append_cluster_text(canvas->text, run, start, end, is_visible);
    if (begins && cluster.num_bytes == 0 && !is_visible)
        canvas->glyph_count -= cluster.num_glyphs;
    else
        canvas->clusters[canvas->cluster_count++] = cluster;
}

static void
append_space(Canvas *canvas, const FontFace *face, double x, double y)
{
    canvas->glyphs[canvas->glyph_count++] =
        (cairo_glyph_t){.index = face->space_glyph, .x = x, .y = y};
    canvas->clusters[canvas->cluster_count++] =
        (cairo_text_cluster_t){.num_bytes = 1, .num_glyphs = 1};
    g_string_append_c(canvas->text, ' ');
    canvas->missing_glyphs += face->space_glyph == 0;
}

static void
append_piece(Canvas *canvas, const PageItem *item, const GlyphPiece *piece,
             double x, double y)
{
    const GlyphRun *run = piece->run;
    double across = length_points(item->text.size) / run->face->units_per_em;
    double along = across * item->text.scale / 65536.0;
    int64_t pen = 0; /* font units */
    x += piece->x / 65536.0;
    for (int first = piece->first_glyph; first < piece->last_glyph;) {
        int last = first;
        do {
            int64_t dx = run->x_offsets == NULL ? 0 : run->x_offsets[last];
            int64_t dy = run->x_offsets == NULL
                             ? 0
                             : run->x_offsets[run->glyph_count + last];
            canvas->glyphs[canvas->glyph_count++] = (cairo_glyph_t){
                .index = run->glyphs[last].index,
                .x = x + (double)(pen + dx) * along,
                .y = y - (double)dy * across,
            };
            canvas->missing_glyphs += run->glyphs[last].index == 0;
            pen += run->glyphs[last].advance;
            last++;
        } while (last < piece->last_glyph &&
                 run->glyphs[last].cluster == run->glyphs[first].cluster);
        append_cluster(canvas, piece, first, last);
        first = last;
    }
    if (piece->has_space)
        append_space(canvas, run->face, x + (double)pen * along, y);
}

/* Pixels: glyphs as outlines, since Cairo 1.16 would round each to a whole
 * pixel and make the words' letters stand apart. */
static void
fill_outlines(const Canvas *canvas)
{
    cairo_glyph_path(canvas->cr, canvas->glyphs, canvas->glyph_count);
    cairo_fill(canvas->cr);
}

static void
show_glyphs(const Canvas *canvas)
{
    cairo_show_text_glyphs(canvas->cr, canvas->text->str,
                           (int)canvas->text->len, canvas->glyphs,
                           canvas->glyph_count, canvas->clusters,
                           canvas->cluster_count, 0);
}

/* room for all glyphs of the item, and a cluster for each */
static void
make_room(Canvas *canvas, const PageItem *item)
{
    int count = 0;
    for (int i = 0; i < item->text.piece_count; i++) {
        const GlyphPiece *piece = &item->text.pieces[i];
        count += piece->last_glyph - piece->first_glyph + piece->has_space;
    }
    if (count > canvas->glyph_room) {
        canvas->glyph_room = count;
        canvas->glyphs = g_renew(cairo_glyph_t, canvas->glyphs, count);
        canvas->clusters =
            g_renew(cairo_text_cluster_t, canvas->clusters, count);
    }
    canvas->glyph_count = canvas->cluster_count = 0;
}

/* glyphs, clusters and text of the item, which begins at x and y */
static void
place_glyphs(Canvas *canvas, const PageItem *item, double x, double y)
{
    make_room(canvas, item);
    g_string_truncate(canvas->text, 0);
    for (int i = 0; i < item->text.piece_count; i++)
        append_piece(canvas, item, &item->text.pieces[i], x, y);
}

bool
canvas_show_text(Canvas *canvas, const PageItem *item, GError **error)
{
    cairo_font_face_t *font = find_font(canvas, item->text.face, error);
    if (font == NULL)
        return false;
    cairo_t *cr = canvas->cr;
    double x = length_points(item->x), y = length_points(item->y);
    if (item->rotation != 0) {
        cairo_save(cr);
        cairo_translate(cr, x, y);
        cairo_rotate(cr, -item->rotation * G_PI / 180);
        x = y = 0;
    }
    place_glyphs(canvas, item, x, y);
    if (canvas->glyph_count > 0) {
        double size = length_points(item->text.size);
        cairo_matrix_t matrix;
        cairo_matrix_init_scale(&matrix, size * item->text.scale / 65536.0,
                                size);
        cairo_set_font_face(cr, font);
        cairo_set_font_matrix(cr, &matrix);
        if (canvas->vector)
            show_glyphs(canvas);
        else
            fill_outlines(canvas);
    }
    if (item->rotation != 0)
        cairo_restore(cr);
    return true;
}

/* ---- text for the store ---- */

/* as the file says, in 1/1000 em: GlyphAdvance */
static double
file_advance(void *font, uint32_t glyph)
{
    FT_Face file = font;
    FT_Fixed advance = 0;
    FT_Get_Advance(file, glyph, FT_LOAD_NO_SCALE, &advance);
    return (double)advance * 1000 / file->units_per_EM;
}

bool
canvas_keep_text(Canvas *canvas, const PageItem *item)
{
    cairo_font_face_t *font = find_font(canvas, item->text.face, NULL);
    if (font == NULL)
        return false; /* whoever shows it says so */
    place_glyphs(canvas, item, length_points(item->x), length_points(item->y));
    PlainLine line = {
        .glyphs = canvas->glyphs,
        .clusters = canvas->clusters,
        .glyph_count = canvas->glyph_count,
        .cluster_count = canvas->cluster_count,
        .text = canvas->text->str,
        .offset = canvas->offset,
    };
    return canvas->glyph_count > 0 &&
           text_store_add(canvas->texts, item, &line, file_advance,
                          cairo_font_face_get_user_data(font, &file_key));
}

static bool
show_face(Canvas *canvas, int face, GError **error)
{
    const TextStore *store = canvas->texts;
    cairo_font_face_t *font =
        find_font(canvas, text_store_face(store, face), error);
    if (font == NULL)
        return false;
    int count = text_store_glyph_count(store, face);
    g_autofree cairo_glyph_t *glyphs = g_new(cairo_glyph_t, count);
    g_autofree cairo_text_cluster_t *clusters =
        g_new(cairo_text_cluster_t, count);
    g_string_truncate(canvas->text, 0);
    for (int i = 0; i < count; i++) {
        int length;
        const char *text = text_store_text(store, face, i, &length);
        g_string_append_len(canvas->text, text, length);
        glyphs[i] = (cairo_glyph_t){text_store_glyph(store, face, i), 50, 50};
        clusters[i] = (cairo_text_cluster_t){length, 1};
    }
    cairo_set_font_face(canvas->cr, font);
    cairo_set_font_size(canvas->cr, 10);
    cairo_show_text_glyphs(canvas->cr, canvas->text->str,
                           (int)canvas->text->len, glyphs, count, clusters,
                           count, 0);
    return true;
}

bool
canvas_show_sheet(Canvas *canvas, GError **error)
{
    canvas_start_page(canvas, POINTS(100), POINTS(100));
    for (int face = 0; face < text_store_face_count(canvas->texts); face++) {
        if (text_store_glyph_count(canvas->texts, face) > 0 &&
            !show_face(canvas, face, error))
            return false;
    }
    return canvas_end_page(canvas, canvas->page, error);
}
