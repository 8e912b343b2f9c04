/* SPDX-License-Identifier: MIT */
/*
 * Imposition: the sheets are folded in memory and read leaf by leaf, by another
 * way than the formula that laid them out.
 */
#include "paint/impose.h"
#include "pdf/finish.h"

#include "sample_pages.h"

static const SheetFormat a4 = {
    .page_width = POINTS(420),
    .page_height = POINTS(595),
    .sheet_width = POINTS(842),
    .sheet_height = POINTS(595),
    .bleed = POINTS(9),
};

static const SheetSide *
side_at(const GArray *sides, int index)
{
    return &g_array_index(sides, SheetSide, index);
}

/*
 * A folded signature of S sheets has 2S leaves.  The first S are the right
 * halves of the fronts from the outside in, the others come back from the
 * inside out; a leaf is read front, then back.
 */
static void
read_signature(const GArray *sides, int first_sheet, int sheets,
               GArray *reading)
{
    for (int leaf = 0; leaf < 2 * sheets; leaf++) {
        bool is_going_in = leaf < sheets;
        int sheet =
            first_sheet + (is_going_in ? leaf : 2 * sheets - 1 - leaf);
        const SheetSide *front = side_at(sides, 2 * sheet);
        const SheetSide *back = side_at(sides, 2 * sheet + 1);
        g_assert_true(!front->is_back && back->is_back);
        g_assert_cmpint(front->sheet, ==, sheet);
        ImposedPage recto = is_going_in ? front->slots[1] : back->slots[1];
        ImposedPage verso = is_going_in ? back->slots[0] : front->slots[0];
        g_array_append_val(reading, recto);
        g_array_append_val(reading, verso);
    }
}

static void
check_booklet(int pages, int sheets_per_signature)
{
    BookletOptions options = {.sheets_per_signature = sheets_per_signature,
                              .caliper = POINTS(1) / 4};
    g_autoptr(GArray) sides = impose_booklet(pages, &a4, &options);
    g_autoptr(GArray) reading =
        g_array_new(FALSE, FALSE, sizeof(ImposedPage));
    int sheets = (int)sides->len / 2;
    int size = sheets_per_signature > 0 ? sheets_per_signature : sheets;
    for (int first = 0; first < sheets; first += size)
        read_signature(sides, first, MIN(size, sheets - first), reading);
    g_assert_cmpint((int)reading->len, >=, pages);
    g_assert_cmpint((int)reading->len, <, pages + 4);
    for (int i = 0; i < (int)reading->len; i++) {
        const ImposedPage *slot = &g_array_index(reading, ImposedPage, i);
        g_assert_true(slot->is_blank == (i >= pages));
        if (!slot->is_blank)
            g_assert_cmpint(slot->page, ==, i);
        /* rectos lie right of the fold */
        g_assert_true((slot->x > POINTS(300)) == (i % 2 == 0));
    }
}

static void
test_folds(void)
{
    for (int pages = 1; pages <= 200; pages++) {
        for (int sheets = 0; sheets <= 5; sheets++)
            check_booklet(pages, sheets);
    }
}

/* inner sheets' pages move to the spine, the clip at the fold does not */
static void
test_creep(void)
{
    BookletOptions options = {.caliper = POINTS(1)};
    g_autoptr(GArray) sides = impose_booklet(16, &a4, &options);
    g_assert_cmpuint(sides->len, ==, 8);
    for (int sheet = 0; sheet < 4; sheet++) {
        for (int back = 0; back < 2; back++) {
            const SheetSide *side = side_at(sides, 2 * sheet + back);
            const ImposedPage *left = &side->slots[0];
            const ImposedPage *right = &side->slots[1];
            g_assert_cmpint(left->x, ==, POINTS(1 + sheet));
            g_assert_cmpint(right->x, ==, POINTS(421 - sheet));
            g_assert_cmpint(left->clip_x + left->clip_width, ==, POINTS(421));
            g_assert_cmpint(right->clip_x, ==, POINTS(421));
        }
    }
}

static void
test_handout(void)
{
    SheetFormat format = a4;
    format.sheet_width = POINTS(595), format.sheet_height = POINTS(842);
    HandoutOptions options = {.columns = 2, .rows = 2};
    options.gutter = POINTS(10), options.margin = POINTS(20);
    g_autoptr(GArray) sides = impose_handout(6, &format, &options);
    g_assert_cmpuint(sides->len, ==, 2);
    const SheetSide *last = side_at(sides, 1);
    g_assert_true(last->slots[2].is_blank && last->slots[3].is_blank);
    g_assert_cmpint(last->slots[1].page, ==, 5);
    for (int i = 0; i < 4; i++) {
        const ImposedPage *slot = &last->slots[i];
        g_assert_cmpint(slot->x, >=, options.margin);
        g_assert_cmpint(slot->y, >=, options.margin);
        g_assert_cmpint(slot->x + slot->clip_width, <=,
                        format.sheet_width - options.margin);
        g_assert_cmpint(slot->y + slot->clip_height, <=,
                        format.sheet_height - options.margin);
    }
}

/* ---- a real one, read back ---- */

static PageList *
numbered_pages(const SampleFace *face, int count)
{
    Sample sample = {.pages = page_list_new(), .face = face};
    for (int i = 0; i < count; i++) {
        sample.page =
            page_list_add(sample.pages, a4.page_width, a4.page_height);
        sample.artifact = ARTIFACT_FOOTER;
        g_autofree char *text = g_strdup_printf("puslapis%d", i + 1);
        sample_text(&sample, NULL, POINTS(100), POINTS(300), POINTS(12), text);
    }
    sample.pages->title = "Knygel\304\227";
    sample.pages->language = "lt";
    return sample.pages;
}

static GBytes *
make_booklet(const PageList *pages)
{
    BookletOptions options = {.sheets_per_signature = 2};
    g_autoptr(GArray) sides =
        impose_booklet((int)pages->pages->len, &a4, &options);
    g_autoptr(PageList) sheets = impose_pages(pages, sides, &a4);
    g_autoptr(Diagnostics) diagnostics = diagnostics_new();
    GError *error = NULL;
    PaintResult painted;
    paint_sheets(pages, sides, &a4, &painted, diagnostics, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(painted.leaves->len, ==, 0);
    PdfOptions pdf = {.title = sheets->title, .language = sheets->language};
    GBytes *bytes = pdf_finish(sheets, &painted, &pdf, diagnostics, &error);
    g_assert_no_error(error);
    g_assert_cmpint(diagnostics_length(diagnostics), ==, 0);
    paint_result_clear(&painted);
    return bytes;
}

static void
test_read_back(void)
{
    g_autofree char *program = g_find_program_in_path("pdftotext");
    if (program == NULL) {
        g_test_skip("pdftotext is not installed");
        return;
    }
    SampleFace face;
    g_assert_true(sample_face_open(&face, SAMPLE_FONT));
    PageList *pages = numbered_pages(&face, 10);
    g_autoptr(GBytes) bytes = make_booklet(pages);
    page_list_free(pages);
    sample_face_close(&face);
    g_autofree char *folder = g_dir_make_tmp("vadovas-XXXXXX", NULL);
    g_autofree char *file = g_build_filename(folder, "booklet.pdf", NULL);
    g_file_set_contents(file, g_bytes_get_data(bytes, NULL),
                        (gssize)g_bytes_get_size(bytes), NULL);
    char *argv[] = {program, "-layout", "-nopgbrk", file, "-", NULL};
    g_autofree char *text = NULL;
    g_spawn_sync(NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &text, NULL,
                 NULL, NULL);
    remove(file);
    remove(folder);
    g_auto(GStrv) words = g_strsplit_set(text, " \n", -1);
    g_autoptr(GString) numbers = g_string_new(NULL);
    for (int i = 0; words[i] != NULL; i++) {
        if (g_str_has_prefix(words[i], "puslapis"))
            g_string_append_printf(numbers, "%s ", words[i] + 8);
    }
    /* two sheets of eight pages, then one of two */
    g_assert_cmpstr(numbers->str, ==, "8 1 2 7 6 3 4 5 9 10 ");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/impose/folds", test_folds);
    g_test_add_func("/impose/creep", test_creep);
    g_test_add_func("/impose/handout", test_handout);
    g_test_add_func("/impose/read-back", test_read_back);
    return g_test_run();
}
