/* SPDX-License-Identifier: MIT */
/* Stored text: what goes into the store comes out, and a page with its text from
 * the store reads and looks like one whose text Cairo set. */
#include "paint/paint.h"
#include "paint/text_store.h"
#include "pdf/finish.h"
#include "pdf/read_text.h"

#include "sample_pages.h"

#include <glib/gstdio.h>
#include <stdlib.h>

/* ---- the store ---- */

static double
fixed_advance(void *font, uint32_t glyph)
{
    (void)font, (void)glyph;
    return 500;
}

enum { MOST_GLYPHS = 600 };

typedef struct {
    cairo_glyph_t glyphs[MOST_GLYPHS];
    cairo_text_cluster_t clusters[MOST_GLYPHS];
    char text[2 * MOST_GLYPHS + 1];
    PlainLine line;
    FontFace face;
    PageItem item;
} Line;

/* `count` glyphs of 5 pt each, the k-th moved by kern[k % 4] thousandths */
static void
make_line(Line *line, int count, int first_glyph, const int *kern)
{
    memset(line, 0, sizeof *line);
    double x = 30;
    for (int i = 0; i < count; i++) {
        x += kern[i % 4] / 100.0;
        line->glyphs[i] = (cairo_glyph_t){(unsigned)(first_glyph + i), x, 40};
        line->clusters[i] = (cairo_text_cluster_t){2, 1};
        x += 5;
    }
    memset(line->text, 'a', (size_t)(2 * count));
    line->line = (PlainLine){.glyphs = line->glyphs,
                             .clusters = line->clusters,
                             .glyph_count = count,
                             .cluster_count = count,
                             .text = line->text,
                             .offset = POINTS(3)};
    line->item = (PageItem){.kind = PAGE_TEXT, .y = POINTS(40)};
    line->item.text.face = &line->face;
    line->item.text.size = POINTS(10);
    line->item.text.scale = 65536;
}

static void
test_round_trip(void)
{
    static const int kern[] = {0, 20, 20, -300};
    g_autofree Line *line = g_new(Line, 1);
    TextStore *store = text_store_new();
    make_line(line, MOST_GLYPHS, 7, kern);
    g_assert_true(text_store_add(store, &line->item, &line->line,
                                 fixed_advance, NULL));
    text_store_end_stretch(store);
    g_assert_cmpint(text_store_face_count(store), ==, 1);
    g_assert_cmpint(text_store_glyph_count(store, 0), ==, MOST_GLYPHS);
    StretchReader reader;
    StoredLine stored;
    g_assert_true(text_store_stretch(store, 0, &reader));
    g_assert_true(text_store_next(&reader, &stored));
    g_assert_cmpint(stored.x, ==, POINTS(33));
    g_assert_cmpint(stored.y, ==, POINTS(43));
    for (int i = 0; i < MOST_GLYPHS; i++) {
        int glyph, moved;
        g_assert_true(stored_glyph_next(&stored, &glyph, &moved));
        g_assert_cmpint(text_store_glyph(store, 0, glyph), ==, 7 + i);
        g_assert_cmpint(moved, ==, kern[i % 4]);
    }
    int glyph, moved;
    g_assert_false(stored_glyph_next(&stored, &glyph, &moved));
    g_assert_false(text_store_next(&reader, &stored));
    g_assert_false(text_store_stretch(store, 1, &reader));
    text_store_free(store);
}

static void
check_refused(TextStore *store, const Line *line)
{
    StretchReader reader;
    g_assert_false(text_store_add(store, &line->item, &line->line,
                                  fixed_advance, NULL));
    text_store_take_back(store);
    text_store_end_stretch(store);
    g_assert_true(text_store_stretch(store, 0, &reader));
    g_assert_true(reader.at == reader.end);
    text_store_free(store);
}

/* what has another text, two glyphs, none of its own, or stands higher */
static void
test_refused(void)
{
    static const int kern[] = {0, 0, 0, 0};
    g_autofree Line *line = g_new(Line, 1);
    make_line(line, 3, 7, kern);
    line->clusters[1].num_glyphs = 2;
    check_refused(text_store_new(), line);
    make_line(line, 3, 7, kern);
    line->clusters[1].num_bytes = 0;
    check_refused(text_store_new(), line);
    make_line(line, 3, 7, kern);
    line->glyphs[2].y = 39;
    check_refused(text_store_new(), line);
    make_line(line, 3, 7, kern);
    line->glyphs[2].index = line->glyphs[0].index;
    line->text[4] = 'b';
    check_refused(text_store_new(), line);
    make_line(line, 3, 7, kern);
    line->item.rotation = 90;
    check_refused(text_store_new(), line);
}

/* ---- pages ---- */

typedef struct {
    SampleFace face;
    GraphicStore *store;
    PageList *pages;
    Diagnostics *diagnostics;
} Fixture;

/* a picture, and text below it: the picture's clip must not cut the text */
static void
add_page_with_picture(Fixture *f)
{
    Sample sample = {.pages = f->pages, .face = &f->face};
    sample.page = page_list_add(f->pages, POINTS(300), POINTS(300));
    const Graphic *graphic = sample_graphic(
        f->store, GRAPHIC_PNG, sample_png(false), 16, 3);
    sample_figure(&sample, f->pages->structure, graphic, POINTS(50),
                  POINTS(50), POINTS(200), POINTS(200));
    StructNode *paragraph =
        struct_node_add(f->pages, f->pages->structure, "P");
    sample_text(&sample, sample_slot(&sample, paragraph), POINTS(50),
                POINTS(285), POINTS(10), "Po paveikslu stovi tekstas");
}

static void
set_up(Fixture *f, gconstpointer data)
{
    (void)data;
    g_assert_true(sample_face_open(&f->face, SAMPLE_FONT));
    f->store = graphic_store_new();
    f->pages = sample_pages_new(&f->face, f->store);
    f->diagnostics = diagnostics_new();
    add_page_with_picture(f);
}

static void
tear_down(Fixture *f, gconstpointer data)
{
    (void)data;
    page_list_free(f->pages);
    graphic_store_free(f->store);
    diagnostics_free(f->diagnostics);
    sample_face_close(&f->face);
}

static GBytes *
make_pdf(Fixture *f, bool store_text)
{
    GError *error = NULL;
    PaintResult painted;
    const PaintOptions paint = {.store_text = store_text};
    paint_pdf(f->pages, &paint, &painted, f->diagnostics, &error);
    g_assert_no_error(error);
    g_assert_true((painted.texts != NULL) == store_text);
    PdfOptions options = {.title = "Pavyzdys", .language = "lt",
                          .tagged = true};
    GBytes *pdf =
        pdf_finish(f->pages, &painted, &options, f->diagnostics, &error);
    g_assert_no_error(error);
    paint_result_clear(&painted);
    return pdf;
}

static void
test_same_text(Fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(GBytes) set = make_pdf(f, false), stored = make_pdf(f, true);
    ReadText one, other;
    g_assert_true(read_text(&one, set, NULL));
    g_assert_true(read_text(&other, stored, NULL));
    g_assert_cmpstr(one.flow->str, ==, other.flow->str);
    g_assert_cmpstr(one.furniture->str, ==, other.furniture->str);
    read_text_clear(&one);
    read_text_clear(&other);
}

/* the pages in grey, one behind the other; NULL without poppler */
static GBytes *
draw(GBytes *pdf)
{
    g_autofree char *folder = g_dir_make_tmp("vadovas-XXXXXX", NULL);
    g_autofree char *file = g_build_filename(folder, "a.pdf", NULL);
    g_file_set_contents(file, g_bytes_get_data(pdf, NULL),
                        (gssize)g_bytes_get_size(pdf), NULL);
    char *argv[] = {"pdftoppm", "-gray", "-r", "72", file, NULL};
    int out = -1;
    GByteArray *pixels = g_byte_array_new();
    if (g_spawn_async_with_pipes(NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL,
                                 NULL, NULL, NULL, &out, NULL, NULL)) {
        FILE *stream = fdopen(out, "rb");
        guint8 buffer[4096];
        for (size_t n; (n = fread(buffer, 1, sizeof buffer, stream)) > 0;)
            g_byte_array_append(pixels, buffer, (guint)n);
        fclose(stream);
    }
    g_remove(file);
    g_rmdir(folder);
    return g_byte_array_free_to_bytes(pixels);
}

/* Cairo rounds places to a thousandth of an em, as we do, but by other sums: a
 * pixel at the edge of a letter may be a little darker. */
static void
test_same_picture(Fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(GBytes) set = make_pdf(f, false), stored = make_pdf(f, true);
    g_autoptr(GBytes) one = draw(set), other = draw(stored);
    gsize length, other_length, ink = 0, different = 0;
    const guint8 *a = g_bytes_get_data(one, &length);
    const guint8 *b = g_bytes_get_data(other, &other_length);
    if (length == 0) {
        g_test_skip("pdftoppm is not installed");
        return;
    }
    g_assert_cmpuint(length, ==, other_length);
    for (gsize i = 0; i < length; i++) {
        ink += a[i] < 128;
        different += abs(a[i] - b[i]) > 64;
    }
    g_assert_cmpuint(ink, >, 1000);
    g_assert_cmpuint(different, <, 20);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/stored-text/round-trip", test_round_trip);
    g_test_add_func("/stored-text/refused", test_refused);
    g_test_add("/stored-text/same-text", Fixture, NULL, set_up, test_same_text,
               tear_down);
    g_test_add("/stored-text/same-picture", Fixture, NULL, set_up,
               test_same_picture, tear_down);
    return g_test_run();
}
