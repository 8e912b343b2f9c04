/* SPDX-License-Identifier: MIT */
/* Paint: leaves in paint order, text that comes back whole, pixels. */
#include "paint/paint.h"

#include "sample_pages.h"

typedef struct {
    SampleFace face;
    GraphicStore *store;
    PageList *pages;
    Page *page;
} Fixture;

static void
set_up(Fixture *f, gconstpointer data)
{
    (void)data;
    g_assert_true(sample_face_open(&f->face, SAMPLE_FONT));
    f->store = graphic_store_new();
    f->pages = page_list_new();
    f->page = page_list_add(f->pages, POINTS(300), POINTS(200));
}

static void
tear_down(Fixture *f, gconstpointer data)
{
    (void)data;
    page_list_free(f->pages);
    graphic_store_free(f->store);
    sample_face_close(&f->face);
}

/* a text item with one piece of `run` */
static void
add_piece(Fixture *f, const StructNode *slot, const GlyphRun *run, int first,
          int last, int y)
{
    GlyphPiece *piece = arena_new0(f->pages->arena, GlyphPiece);
    *piece = (GlyphPiece){.run = run};
    piece->first_glyph = (uint16_t)first;
    piece->last_glyph = last & 0x7FFF;
    PageItem item = {.kind = PAGE_TEXT, .slot = slot};
    item.x = POINTS(20), item.y = POINTS(y);
    item.width = POINTS(50), item.height = POINTS(10);
    item.text.face = &f->face.face;
    item.text.size = POINTS(10);
    item.text.scale = 65536;
    item.text.pieces = piece;
    item.text.piece_count = 1;
    page_add_item(f->page, item);
}

static StructNode *
new_slot(Fixture *f)
{
    StructNode *p = struct_node_add(f->pages, f->pages->structure, "P");
    return struct_node_add(f->pages, p, STRUCT_SLOT);
}

static PaintResult
paint(const Fixture *f)
{
    PaintResult painted;
    GError *error = NULL;
    g_autoptr(Diagnostics) diagnostics = diagnostics_new();
    paint_pdf(f->pages, NULL, &painted, diagnostics, &error);
    g_assert_no_error(error);
    g_assert_cmpint(diagnostics_length(diagnostics), ==, 0);
    return painted;
}

/* what poppler reads from the file; NULL without poppler */
static char *
read_back(const PaintResult *painted)
{
    g_autofree char *program = g_find_program_in_path("pdftotext");
    if (program == NULL)
        return NULL;
    g_autofree char *folder = g_dir_make_tmp("vadovas-XXXXXX", NULL);
    g_autofree char *file = g_build_filename(folder, "paint.pdf", NULL);
    g_file_set_contents(file, (const char *)painted->pdf->data,
                        painted->pdf->len, NULL);
    char *argv[] = {program, "-raw", file, "-", NULL};
    char *text = NULL;
    g_spawn_sync(NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &text, NULL,
                 NULL, NULL);
    remove(file);
    remove(folder);
    return text;
}

static void
check_text(const Fixture *f, const char *expected)
{
    PaintResult painted = paint(f);
    g_autofree char *text = read_back(&painted);
    if (text == NULL)
        g_test_skip("pdftotext is not installed");
    else
        g_assert_cmpstr(g_strchomp(text), ==, expected);
    paint_result_clear(&painted);
}

/* ---- text ---- */

static void
test_part_of_run(Fixture *f, gconstpointer data)
{
    (void)data;
    /* "fi" is one glyph: glyphs 0..4 are "efi" and "c", "i" */
    const GlyphRun *run = sample_run(f->pages, &f->face, "eficientas");
    add_piece(f, new_slot(f), run, 0, 4, 50);
    check_text(f, "efici");
}

static void
test_end_of_run(Fixture *f, gconstpointer data)
{
    (void)data;
    const GlyphRun *run =
        sample_run(f->pages, &f->face, "\305\276mog\305\263");
    add_piece(f, new_slot(f), run, 3, 5, 50);
    check_text(f, "g\305\263");
}

static void
test_line_end_hyphen(Fixture *f, gconstpointer data)
{
    (void)data;
    const GlyphRun *run = sample_run(f->pages, &f->face, "rei\302\255");
    add_piece(f, new_slot(f), run, 0, 4, 50);
    check_text(f, "rei\302\255");
}

/* a soft hyphen inside a line, as shaping leaves it: no width */
static void
test_hidden_hyphen(Fixture *f, gconstpointer data)
{
    (void)data;
    const GlyphRun *run = sample_run(f->pages, &f->face, "rei\302\255kia");
    ((Glyph *)run->glyphs)[3].advance = 0;
    add_piece(f, new_slot(f), run, 0, 7, 50);
    check_text(f, "reikia");
}

static void
test_soft_hyphen_in_cluster(Fixture *f, gconstpointer data)
{
    (void)data;
    const GlyphRun *run = sample_run(f->pages, &f->face, "rei\302\255kia");
    /* the i's cluster takes the soft hyphen in, its glyph is gone */
    GlyphRun *shorter = arena_new0(f->pages->arena, GlyphRun);
    Glyph *glyphs = arena_array(f->pages->arena, Glyph, 6);
    for (int i = 0; i < 6; i++)
        glyphs[i] = run->glyphs[i < 3 ? i : i + 1];
    *shorter = *run;
    shorter->glyphs = glyphs;
    shorter->glyph_count = 6;
    add_piece(f, new_slot(f), shorter, 0, 6, 50);
    check_text(f, "reikia");
}

static void
test_fixed_space(Fixture *f, gconstpointer data)
{
    (void)data;
    const GlyphRun *run = sample_run(f->pages, &f->face, "BPK\302\240147");
    add_piece(f, new_slot(f), run, 0, 7, 50);
    check_text(f, "BPK 147");
}

static void
test_missing_glyph(Fixture *f, gconstpointer data)
{
    (void)data;
    const GlyphRun *run = sample_run(f->pages, &f->face, "a\360\237\230\200");
    add_piece(f, new_slot(f), run, 0, 2, 50);
    PaintResult painted = paint(f);
    g_assert_cmpint(painted.missing_glyphs, ==, 1);
    paint_result_clear(&painted);
}

static void
test_font_broken(Fixture *f, gconstpointer data)
{
    (void)data;
    const GlyphRun *run = sample_run(f->pages, &f->face, "a");
    add_piece(f, new_slot(f), run, 0, 1, 50);
    f->face.face.size = 3; /* of the file's bytes: no font any more */
    PaintResult painted;
    GError *error = NULL;
    g_assert_false(paint_pdf(f->pages, NULL, &painted, NULL, &error));
    g_assert_error(error, PAINT_ERROR, PAINT_ERROR_FONT);
    g_assert_null(painted.pdf);
    g_error_free(error);
}

/* ---- leaves ---- */

static void
test_leaves_merge(Fixture *f, gconstpointer data)
{
    (void)data;
    const GlyphRun *run = sample_run(f->pages, &f->face, "abc");
    StructNode *first = new_slot(f), *second = new_slot(f);
    add_piece(f, first, run, 0, 3, 50);
    add_piece(f, first, run, 0, 3, 70);
    add_piece(f, second, run, 0, 3, 90);
    add_piece(f, first, run, 0, 3, 110);
    f->page = page_list_add(f->pages, POINTS(300), POINTS(200));
    add_piece(f, first, run, 0, 3, 50);
    PaintResult painted = paint(f);
    const PaintLeaf *leaves = (const PaintLeaf *)(void *)painted.leaves->data;
    g_assert_cmpuint(painted.leaves->len, ==, 4);
    g_assert_true(leaves[0].slot == first && leaves[2].slot == first);
    g_assert_true(leaves[1].slot == second);
    g_assert_cmpint(leaves[3].page, ==, 1);
    /* two lines of 10 pt, 20 pt apart */
    Length line = length_scale(POINTS(10),
                               f->face.face.ascender - f->face.face.descender,
                               f->face.face.units_per_em);
    g_assert_cmpint(leaves[0].height / 655, ==, (POINTS(20) + line) / 655);
    paint_result_clear(&painted);
}

/* what draws nothing has no leaf, else the counts would differ */
static void
test_invisible(Fixture *f, gconstpointer data)
{
    (void)data;
    const GlyphRun *run = sample_run(f->pages, &f->face, "abc");
    add_piece(f, new_slot(f), run, 1, 1, 50);
    PageItem box = {.kind = PAGE_RECTANGLE, .artifact = ARTIFACT_LAYOUT};
    page_add_item(f->page, box);
    box.width = box.height = POINTS(5);
    box.color.transparent = true;
    page_add_item(f->page, box);
    PageItem rule = {.kind = PAGE_RULE, .artifact = ARTIFACT_LAYOUT};
    rule.width = POINTS(5);
    page_add_item(f->page, rule);
    PaintResult painted = paint(f);
    g_assert_cmpuint(painted.leaves->len, ==, 0);
    paint_result_clear(&painted);
}

/* Cairo forgets the leaves before an opaque box over the whole page */
static void
test_whole_page(Fixture *f, gconstpointer data)
{
    (void)data;
    const GlyphRun *run = sample_run(f->pages, &f->face, "abc");
    PageItem box = {.kind = PAGE_RECTANGLE, .artifact = ARTIFACT_LAYOUT};
    box.width = POINTS(300);
    box.height = POINTS(200);
    box.color = (FoColor){.red = 65535, .green = 61680, .blue = 51400};
    page_add_item(f->page, box);
    add_piece(f, new_slot(f), run, 0, 3, 50);
    /* the same over text, larger than the page, and running into the bleed */
    f->page = page_list_add(f->pages, POINTS(300), POINTS(200));
    add_piece(f, new_slot(f), run, 0, 3, 50);
    box.x = box.y = -POINTS(20);
    box.width = POINTS(400);
    box.height = POINTS(300);
    page_add_item(f->page, box);
    box.bleeds = true;
    page_add_item(f->page, box);
    add_piece(f, new_slot(f), run, 0, 3, 90);
    PaintResult painted = paint(f);
    g_assert_cmpuint(painted.leaves->len, ==, 5);
    g_autofree char *text = read_back(&painted);
    if (text != NULL)
        g_assert_cmpstr(g_strchomp(text), ==, "abc\n\fabc\nabc");
    paint_result_clear(&painted);
    GError *error = NULL;
    g_autoptr(GByteArray) png = paint_png(f->pages, 0, 1, 72, &error);
    g_assert_nonnull(png);
    g_assert_no_error(error);
}

/* what no page may hold is our fault, and found before it is painted */
static void
test_invalid_item(Fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(Diagnostics) diagnostics = diagnostics_new();
    g_assert_true(page_list_check(f->pages, diagnostics));
    PageItem box = {.kind = PAGE_RECTANGLE}; /* no slot, no artifact */
    page_add_item(f->page, box);
    g_assert_false(page_list_check(f->pages, diagnostics));
    g_assert_true(diagnostics_has(diagnostics, "page-item-invalid"));
}

/* ---- pictures ---- */

static void
test_broken_picture(Fixture *f, gconstpointer data)
{
    (void)data;
    GBytes *bytes = g_bytes_new_static("\x89PNG nothing more", 17);
    StructNode *slot = new_slot(f);
    slot->place = (Place){"manual/01.md", 7, 1};
    PageItem item = {.kind = PAGE_GRAPHIC, .slot = slot};
    item.width = item.height = POINTS(20);
    item.graphic = sample_graphic(f->store, GRAPHIC_PNG, bytes, 1, 3);
    page_add_item(f->page, item);
    g_autoptr(Diagnostics) diagnostics = diagnostics_new();
    PaintResult painted;
    g_assert_true(paint_pdf(f->pages, NULL, &painted, diagnostics, NULL));
    g_assert_true(diagnostics_has(diagnostics, "graphic-unreadable"));
    g_assert_cmpint(diagnostics_get(diagnostics, 0)->place.line, ==, 7);
    paint_result_clear(&painted);
}

/* ---- pixels ---- */

static void
test_png(Fixture *f, gconstpointer data)
{
    (void)data;
    page_list_free(f->pages);
    f->pages = sample_pages_new(&f->face, f->store);
    for (int page = 0; page < 3; page++) {
        GError *error = NULL;
        g_autoptr(GByteArray) png = paint_png(f->pages, page, 1, 72, &error);
        g_assert_no_error(error);
        /* width and height stand in the header, big-endian */
        g_assert_cmpuint(png->len, >, 1000);
        g_assert_cmpint(png->data[18] << 8 | png->data[19], ==, 420);
        g_assert_cmpint(png->data[22] << 8 | png->data[23], ==, 595);
    }
}

#define ADD(name, test)                                                        \
    g_test_add("/paint/" name, Fixture, NULL, set_up, test, tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("part-of-run", test_part_of_run);
    ADD("end-of-run", test_end_of_run);
    ADD("line-end-hyphen", test_line_end_hyphen);
    ADD("hidden-hyphen", test_hidden_hyphen);
    ADD("soft-hyphen-in-cluster", test_soft_hyphen_in_cluster);
    ADD("fixed-space", test_fixed_space);
    ADD("missing-glyph", test_missing_glyph);
    ADD("font-broken", test_font_broken);
    ADD("leaves-merge", test_leaves_merge);
    ADD("invisible", test_invisible);
    ADD("whole-page", test_whole_page);
    ADD("invalid-item", test_invalid_item);
    ADD("broken-picture", test_broken_picture);
    ADD("png", test_png);
    return g_test_run();
}
