/* SPDX-License-Identifier: MIT */
/*
 * Sample pages: a PageList built by hand, with a real font, for the tests of
 * paint and pdf.
 *
 * Three pages hold one of everything: headings, a paragraph over two pages with
 * a hyphen, a foreign word, links out and inside, a note, a list, a table with
 * an empty cell, pictures of each kind, rules of each style, running heads.
 */
#ifndef SAMPLE_PAGES_H
#define SAMPLE_PAGES_H

#include "model/page.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>
#include <png.h>

#define SAMPLE_FONT                                                            \
    "/usr/share/fonts/opentype/linux-libertine/LinLibertine_R.otf"
#define SAMPLE_TRUETYPE "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"

/* ---- faces and runs ---- */

typedef struct {
    FontFace face;
    FT_Library library;
    FT_Face file;
} SampleFace;

static inline bool
sample_face_open(SampleFace *sample, const char *path)
{
    memset(sample, 0, sizeof *sample);
    FT_Init_FreeType(&sample->library);
    char *bytes;
    gsize size;
    if (!g_file_get_contents(path, &bytes, &size, NULL))
        return false;
    if (FT_New_Memory_Face(sample->library, (const FT_Byte *)bytes,
                           (FT_Long)size, 0, &sample->file) != 0) {
        g_free(bytes);
        return false;
    }
    sample->face.file = path;
    sample->face.data = bytes;
    sample->face.size = size;
    sample->face.family = sample->file->family_name;
    sample->face.weight = 400;
    sample->face.units_per_em = sample->file->units_per_EM;
    sample->face.ascender = sample->file->ascender;
    sample->face.descender = sample->file->descender;
    return true;
}

static inline void
sample_face_close(SampleFace *sample)
{
    FT_Done_Face(sample->file);
    FT_Done_FreeType(sample->library);
    g_free((void *)sample->face.data);
}

static inline int
sample_advance(const SampleFace *sample, guint glyph)
{
    FT_Load_Glyph(sample->file, glyph, FT_LOAD_NO_SCALE);
    return (int)sample->file->glyph->metrics.horiAdvance;
}

/* One glyph for each character, but one for "fi"; U+00AD shows a hyphen. */
static inline const GlyphRun *
sample_run(PageList *pages, const SampleFace *sample, const char *text)
{
    size_t length = strlen(text);
    GlyphRun *run = arena_new0(pages->arena, GlyphRun);
    Glyph *glyphs = arena_array(pages->arena, Glyph, length);
    int count = 0;
    for (const char *p = text; *p != '\0';) {
        gunichar c = g_utf8_get_char(p);
        glyphs[count].cluster = (p - text) & 0x7FFF;
        p = g_utf8_next_char(p);
        if (c == 'f' && *p == 'i') {
            c = 0xFB01;
            p++;
        } else if (c == 0xAD) {
            c = '-';
        }
        guint glyph = FT_Get_Char_Index(sample->file, c);
        glyphs[count].index = (uint16_t)glyph;
        glyphs[count].advance = sample_advance(sample, glyph);
        run->width += glyphs[count++].advance;
    }
    run->face = &sample->face;
    run->text = arena_strndup(pages->arena, text, -1);
    run->text_length = (uint16_t)length;
    run->glyphs = glyphs;
    run->glyph_count = (uint16_t)count;
    return run;
}

/* ---- items ---- */

typedef struct {
    PageList *pages;
    const SampleFace *face;
    Page *page;
    int page_index;
    ArtifactKind artifact; /* of what has no slot */
} Sample;

static inline StructNode *
sample_slot(Sample *sample, StructNode *parent)
{
    return struct_node_add(sample->pages, parent, STRUCT_SLOT);
}

/* text in words and spaces, a piece each; gives its width */
static inline Length
sample_text(Sample *sample, const StructNode *slot, Length x, Length y,
            Length size, const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    int count = (int)g_strv_length(words);
    GlyphPiece *pieces =
        arena_array(sample->pages->arena, GlyphPiece, 2 * count);
    int used = 0;
    Length pen = 0;
    for (int i = 0; i < 2 * count - 1; i++) {
        const char *part = i % 2 == 0 ? words[i / 2] : " ";
        const GlyphRun *run = sample_run(sample->pages, sample->face, part);
        if (run->glyph_count == 0)
            continue;
        pieces[used++] = (GlyphPiece){.run = run,
                                      .x = (int32_t)pen,
                                      .last_glyph = run->glyph_count};
        pen += length_scale(size, run->width, run->face->units_per_em);
    }
    PageItem item = {.kind = PAGE_TEXT, .slot = slot, .x = x, .y = y};
    item.artifact = slot == NULL ? sample->artifact : ARTIFACT_NONE;
    item.width = pen, item.height = size;
    item.text.face = &sample->face->face;
    item.text.size = size;
    item.text.scale = 65536;
    item.text.pieces = pieces;
    item.text.piece_count = used;
    page_add_item(sample->page, item);
    return pen;
}

static inline void
sample_rule(Sample *sample, Length x, Length y, Length width, FoKeyword style)
{
    PageItem item = {.kind = PAGE_RULE, .artifact = ARTIFACT_LAYOUT};
    item.x = x, item.y = y, item.width = width;
    item.rule.thickness = POINTS(2);
    item.rule.style = style;
    page_add_item(sample->page, item);
}

static inline void
sample_band(Sample *sample, Length height, FoColor color)
{
    PageItem item = {.kind = PAGE_RECTANGLE, .artifact = ARTIFACT_BACKGROUND};
    item.width = sample->page->width, item.height = height;
    item.color = color;
    item.bleeds = true;
    page_add_item(sample->page, item);
}

/* ---- pictures ---- */

static inline void
sample_png_write(png_structp png, png_bytep data, png_size_t length)
{
    g_byte_array_append(png_get_io_ptr(png), data, (guint)length);
}

static inline GBytes *
sample_png(bool has_alpha)
{
    enum { SIDE = 16 };
    GByteArray *bytes = g_byte_array_new();
    png_structp png =
        png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(png, bytes, sample_png_write, NULL);
    png_set_IHDR(png, info, SIDE, SIDE, 8,
                 has_alpha ? PNG_COLOR_TYPE_RGB_ALPHA : PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    for (int y = 0; y < SIDE; y++) {
        guint8 row[SIDE * 4], *p = row;
        for (int x = 0; x < SIDE; x++) {
            *p++ = (guint8)(x * 15), *p++ = (guint8)(y * 15), *p++ = 120;
            if (has_alpha)
                *p++ = (guint8)(x * 16);
        }
        png_write_row(png, row);
    }
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return g_byte_array_free_to_bytes(bytes);
}

static inline GBytes *
sample_jpeg(int components)
{
    enum { SIDE = 32 };
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *data = NULL;
    unsigned long length = 0;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &data, &length);
    jpeg.image_width = jpeg.image_height = SIDE;
    jpeg.input_components = components;
    jpeg.in_color_space = components == 4   ? JCS_CMYK
                          : components == 3 ? JCS_RGB
                                            : JCS_GRAYSCALE;
    jpeg_set_defaults(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    for (int y = 0; y < SIDE; y++) {
        guint8 row[SIDE * 4];
        for (int i = 0; i < SIDE * components; i++)
            row[i] = (guint8)(i * 2 + y * 4);
        JSAMPROW rows = row;
        jpeg_write_scanlines(&jpeg, &rows, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    GBytes *bytes = g_bytes_new(data, length);
    free(data);
    return bytes;
}

static const char sample_svg[] =
    "<svg xmlns='http://www.w3.org/2000/svg' width='60' height='30'>"
    "<defs><linearGradient id='g'><stop offset='0' stop-color='#123456'/>"
    "<stop offset='1' stop-color='#fedcba'/></linearGradient></defs>"
    "<rect width='60' height='30' fill='url(#g)'/>"
    "<a href='https://example.org/'><circle cx='15' cy='15' r='9' "
    "opacity='0.5' fill='#ff0000'/></a></svg>";

static inline const Graphic *
sample_graphic(GraphicStore *store, GraphicKind kind, GBytes *bytes, int side,
               int components)
{
    Graphic graphic = {.kind = kind, .bytes = bytes, .name = "sample"};
    graphic.pixel_width = graphic.pixel_height = side;
    graphic.components = components;
    graphic.digest = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
    return graphic_store_add(store, graphic);
}

static inline void
sample_figure(Sample *sample, StructNode *parent, const Graphic *graphic,
              Length x, Length y, Length width, Length height)
{
    StructNode *figure = struct_node_add(sample->pages, parent, "Figure");
    struct_node_details(sample->pages, figure)->alt =
        "Keturkampis \342\200\223 pavyzdys";
    PageItem item = {.kind = PAGE_GRAPHIC, .x = x, .y = y};
    item.slot = sample_slot(sample, figure);
    item.width = width, item.height = height;
    item.graphic = graphic;
    page_add_item(sample->page, item);
}

/* ---- the pages ---- */

static inline void
sample_start_page(Sample *sample, const char *folio, int number)
{
    sample->page = page_list_add(sample->pages, POINTS(420), POINTS(595));
    sample->page_index = (int)sample->pages->pages->len - 1;
    sample->page->folio = folio;
    sample->page->number = number;
    sample_band(sample, POINTS(14), (FoColor){false, 55705, 58982, 63569});
    sample->artifact = ARTIFACT_HEADER;
    sample_text(sample, NULL, POINTS(50), POINTS(30), POINTS(8),
                "Mokymo vadovas");
    sample->artifact = ARTIFACT_FOOTER;
    sample_text(sample, NULL, POINTS(200), POINTS(570), POINTS(8), folio);
}

static inline void
sample_heading(Sample *sample, const char *role, const char *id, int level,
               const char *title, Length y)
{
    StructNode *heading =
        struct_node_add(sample->pages, sample->pages->structure, role);
    heading->id = id;
    sample_text(sample, sample_slot(sample, heading), POINTS(50), y,
                POINTS(18), title);
    PageDestination *destination =
        arena_new0(sample->pages->arena, PageDestination);
    destination->id = id;
    destination->page = sample->page_index;
    destination->y = y - POINTS(18);
    g_hash_table_insert(sample->pages->destinations, (gpointer)id, destination);
    OutlineEntry entry = {.title = title, .level = level, .destination = id};
    entry.open = level == 1;
    g_array_append_val(sample->pages->outline, entry);
}

static inline Length
sample_link(Sample *sample, StructNode *parent, Length x, Length y,
            const char *text, const char *uri, const char *destination)
{
    StructNode *node = struct_node_add(sample->pages, parent, "Link");
    Length width = sample_text(sample, sample_slot(sample, node), x, y,
                               POINTS(10), text);
    PageLink link = {.x = x, .y = y - POINTS(9), .width = width};
    link.height = POINTS(12);
    link.uri = uri, link.destination = destination, link.contents = text;
    link.node = node;
    g_array_append_val(sample->page->links, link);
    return width;
}

/* a paragraph with all that may stand in a line, and its note at the foot */
static inline StructNode *
sample_paragraph(Sample *sample, Length y)
{
    StructNode *p = struct_node_add(sample->pages, sample->pages->structure,
                                    "P");
    Length x = POINTS(50);
    x += sample_text(sample, sample_slot(sample, p), x, y, POINTS(10),
                     "Oficialus fizinis tekstas, \305\276r. ");
    x += sample_link(sample, p, x, y, "svetain\304\227",
                     "https://example.org/mokymai(1)?a=\304\205", NULL);
    StructNode *span = struct_node_add(sample->pages, p, "Span");
    struct_node_details(sample->pages, span)->lang = "en";
    x += sample_text(sample, sample_slot(sample, span), x, y, POINTS(10),
                     " training");
    StructNode *reference = struct_node_add(sample->pages, p, "Reference");
    sample_text(sample, sample_slot(sample, reference), x, y - POINTS(3),
                POINTS(7), "1");
    StructNode *note = struct_node_add(sample->pages, p, "Note");
    StructNode *label = struct_node_add(sample->pages, note, "Lbl");
    StructNode *body = struct_node_add(sample->pages, note, "P");
    StructNode *rest = sample_slot(sample, p);
    sample_text(sample, rest, POINTS(50), y + POINTS(12), POINTS(10),
                "ir toliau iki eilut\304\227s galo rei\302\255");
    sample_rule(sample, POINTS(50), POINTS(535), POINTS(80), FO_KEY_SOLID);
    sample_text(sample, sample_slot(sample, label), POINTS(50), POINTS(548),
                POINTS(8), "1");
    sample_text(sample, sample_slot(sample, body), POINTS(60), POINTS(548),
                POINTS(8), "I\305\241na\305\241a puslapio apa\304\215ioje.");
    return rest;
}

static inline void
sample_list(Sample *sample, Length y)
{
    StructNode *list = struct_node_add(sample->pages,
                                       sample->pages->structure, "L");
    struct_node_details(sample->pages, list)->numbering = "Decimal";
    for (int i = 0; i < 2; i++, y += POINTS(14)) {
        StructNode *item = struct_node_add(sample->pages, list, "LI");
        StructNode *label = struct_node_add(sample->pages, item, "Lbl");
        StructNode *body = struct_node_add(sample->pages, item, "LBody");
        sample_text(sample, sample_slot(sample, label), POINTS(50), y,
                    POINTS(10), i == 0 ? "1." : "2.");
        sample_text(sample, sample_slot(sample, body), POINTS(68), y,
                    POINTS(10), "punktas");
    }
}

/* two columns of heads, two rows of cells, the last one empty */
static inline void
sample_table(Sample *sample, Length y)
{
    StructNode *table = struct_node_add(sample->pages,
                                        sample->pages->structure, "Table");
    struct_node_details(sample->pages, table)->summary = "Rezultatai";
    for (int row = 0; row < 3; row++, y += POINTS(16)) {
        StructNode *tr = struct_node_add(sample->pages, table, "TR");
        for (int column = 0; column < (row == 1 ? 1 : 2); column++) {
            StructNode *cell =
                struct_node_add(sample->pages, tr, row == 0 ? "TH" : "TD");
            if (row == 0)
                struct_node_details(sample->pages, cell)->scope = "Column";
            if (row == 1)
                struct_node_details(sample->pages, cell)->columns_spanned = 2;
            StructNode *slot = sample_slot(sample, cell);
            if (row == 2 && column == 1)
                continue;
            sample_text(sample, slot, POINTS(50 + 150 * column), y, POINTS(10),
                        row == 0 ? "Stulpelis" : "Reik\305\241m\304\227");
        }
        sample_rule(sample, POINTS(50), y + POINTS(4), POINTS(300),
                    row == 0   ? FO_KEY_DOUBLE
                    : row == 1 ? FO_KEY_DOTTED
                               : FO_KEY_DASHED);
    }
}

static inline void
sample_pictures(Sample *sample, GraphicStore *store, Length y)
{
    StructNode *root = sample->pages->structure;
    GBytes *svg = g_bytes_new_static(sample_svg, strlen(sample_svg));
    const Graphic *graphics[] = {
        sample_graphic(store, GRAPHIC_PNG, sample_png(false), 16, 3),
        sample_graphic(store, GRAPHIC_PNG, sample_png(true), 16, 3),
        sample_graphic(store, GRAPHIC_JPEG, sample_jpeg(3), 32, 3),
        sample_graphic(store, GRAPHIC_JPEG, sample_jpeg(1), 32, 1),
        sample_graphic(store, GRAPHIC_JPEG, sample_jpeg(4), 32, 4),
        sample_graphic(store, GRAPHIC_SVG, svg, 0, 0),
    };
    for (gsize i = 0; i < G_N_ELEMENTS(graphics); i++)
        sample_figure(sample, root, graphics[i],
                      POINTS(50) + (Length)i * POINTS(55), y, POINTS(50),
                      POINTS(30));
}

/* face and store outlive the pages */
static inline PageList *
sample_pages_new(const SampleFace *face, GraphicStore *store)
{
    Sample sample = {.pages = page_list_new(), .face = face};
    sample.pages->title = "Mokymo vadovas: \304\205\304\215\304\231";
    sample.pages->language = "lt";
    sample_start_page(&sample, "i", 1);
    sample_heading(&sample, "H1", "pradzia", 1, "Mokymo vadovas", POINTS(70));
    StructNode *rest = sample_paragraph(&sample, POINTS(100));
    sample_start_page(&sample, "1", 1);
    sample_text(&sample, rest, POINTS(50), POINTS(60), POINTS(10),
                "kia, o \304\215ia pastraipa baigiasi.");
    sample_heading(&sample, "H2", "antras-\304\227", 2, "Antras skyrius",
                   POINTS(90));
    sample_list(&sample, POINTS(120));
    sample_table(&sample, POINTS(170));
    sample_pictures(&sample, store, POINTS(240));
    sample_start_page(&sample, "2", 2);
    sample_heading(&sample, "H2", "trecias", 2, "Tre\304\215ias", POINTS(70));
    StructNode *p = struct_node_add(sample.pages, sample.pages->structure, "P");
    sample_link(&sample, p, POINTS(50), POINTS(100), "\305\275r. antr\304\205",
                NULL, "antras-\304\227");
    struct_node_add(sample.pages, sample.pages->structure, "P"); /* empty */
    return sample.pages;
}

#endif
