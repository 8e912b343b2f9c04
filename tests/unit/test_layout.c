/* SPDX-License-Identifier: MIT */
/*
 * Layout's parts that are functions of their arguments, and what a case file
 * cannot ask: limits, lost text, equal results of equal runs.
 */
#include "base/xml.h"
#include "layout/flow.h"
#include "layout/fragment.h"
#include "layout/layout.h"
#include "layout/marker.h"
#include "layout/page_master.h"
#include "layout/text_check.h"
#include "style/style.h"

#include <string.h>

static TextEngine *engine;

/* ---- numbers ---- */

static void
check_folio(int number, const char *format, const char *expected)
{
    g_autofree char *folio = folio_write(number, format);
    g_assert_cmpstr(folio, ==, expected);
}

static void
test_folio(void)
{
    check_folio(12, NULL, "12");
    check_folio(12, "1", "12");
    check_folio(7, "001", "007");
    check_folio(4, "i", "iv");
    check_folio(1994, "I", "MCMXCIV");
    check_folio(1, "a", "a");
    check_folio(26, "a", "z");
    check_folio(27, "a", "aa");
    check_folio(702, "A", "ZZ");
    check_folio(703, "A", "AAA");
    check_folio(0, "i", "0");
}

/* ---- spaces and keeps ---- */

static FoSpace
space(int minimum, int optimum, int maximum, int precedence)
{
    return (FoSpace){POINTS(minimum), POINTS(optimum), POINTS(maximum), false,
                     precedence};
}

static void
check_sum(const FoSpace *spaces, int count, int minimum, int optimum,
          int maximum)
{
    Flow flow = {0};
    for (int i = 0; i < count; i++)
        flow_space(&flow, spaces[i]);
    g_assert_cmpint(flow.space.minimum, ==, POINTS(minimum));
    g_assert_cmpint(flow.space.optimum, ==, POINTS(optimum));
    g_assert_cmpint(flow.space.maximum, ==, POINTS(maximum));
}

static void
test_spaces(void)
{
    const FoSpace largest[] = {space(5, 6, 7, 0), space(10, 12, 20, 0),
                               space(0, 3, 30, 0)};
    check_sum(largest, 3, 10, 12, 20);
    /* of equal ones the narrowest range */
    const FoSpace equal[] = {space(5, 10, 20, 0), space(8, 10, 12, 0)};
    check_sum(equal, 2, 8, 10, 12);
    const FoSpace precedence[] = {space(9, 9, 9, 0), space(2, 2, 2, 1)};
    check_sum(precedence, 2, 2, 2, 2);
    /* forcing ones add up, all others go */
    const FoSpace forcing[] = {space(9, 9, 9, 5), space(1, 2, 3, FO_FORCE),
                               space(9, 9, 9, 5), space(1, 2, 3, FO_FORCE)};
    check_sum(forcing, 4, 2, 4, 6);
    const FoSpace negative[] = {space(0, 0, 0, 0), space(-3, -3, -3, 0)};
    check_sum(negative, 2, -3, -3, -3);
}

static void
test_keeps(void)
{
    g_assert_cmpint(keep_penalty((FoKeep){0, 0, 0}), ==, 0);
    g_assert_cmpint(keep_penalty((FoKeep){0, FO_ALWAYS, 0}), ==,
                    PENALTY_FORBIDDEN);
    int weak = keep_penalty((FoKeep){0, 1, 0});
    int strong = keep_penalty((FoKeep){0, 0, 50});
    g_assert_cmpint(weak, >, 0);
    g_assert_cmpint(strong, >, weak);
    g_assert_cmpint(keep_penalty((FoKeep){0, 1000000, 0}), <,
                    PENALTY_FORBIDDEN);
}

/* ---- turning ---- */

static void
test_rotate(void)
{
    /* in a box of 60 x 20: a word at 10 12, a rectangle 40 x 5 at 10 2 */
    for (int degrees = 90; degrees < 360; degrees += 90) {
        PageItem items[2] = {{.kind = PAGE_TEXT, .x = 10, .y = 12, .width = 9},
                             {.kind = PAGE_RECTANGLE,
                              .x = 10,
                              .y = 2,
                              .width = 40,
                              .height = 5}};
        Fragment fragment = {items, 2, NULL, 0};
        fragment_rotate(&fragment, degrees, 60, 20);
        static const Length expected[3][6] = {{12, 50, 2, 10, 5, 40},
                                              {50, 8, 10, 13, 40, 5},
                                              {8, 10, 13, 10, 5, 40}};
        const Length *want = expected[degrees / 90 - 1];
        g_assert_cmpint(items[0].x, ==, want[0]);
        g_assert_cmpint(items[0].y, ==, want[1]);
        g_assert_cmpint(items[0].width, ==, 9);
        g_assert_cmpint(items[0].rotation, ==, degrees);
        g_assert_cmpint(items[1].x, ==, want[2]);
        g_assert_cmpint(items[1].y, ==, want[3]);
        g_assert_cmpint(items[1].width, ==, want[4]);
        g_assert_cmpint(items[1].height, ==, want[5]);
    }
}

/* ---- markers ---- */

static void
test_marker_boundary(void)
{
    FoNode first = {.kind = FO_MARKER}, second = {.kind = FO_MARKER};
    FoStyle style = {.retrieve_position = FO_KEY_FIRST_STARTING_WITHIN_PAGE,
                     .retrieve_boundary = FO_KEY_PAGE_SEQUENCE};
    const FoAttribute name = {NULL, FO_ATTRIBUTE_RETRIEVE_CLASS, "m"};
    FoNode retrieve = {.kind = FO_RETRIEVE_MARKER,
                       .style = &style,
                       .attributes = &name};
    g_autoptr(GArray) areas = g_array_new(FALSE, FALSE, sizeof(MarkerArea));
    const MarkerArea all[] = {{&first, "m", 0, 0, 0}, {&second, "m", 1, 4, 6}};
    g_array_append_vals(areas, all, 2);
    g_assert_true(marker_find(areas, &retrieve, 0, 0) == &first);
    g_assert_true(marker_find(areas, &retrieve, 0, 1) == &first);
    g_assert_null(marker_find(areas, &retrieve, 1, 3)); /* another sequence */
    g_assert_true(marker_find(areas, &retrieve, 1, 5) == &second);
    style.retrieve_boundary = FO_KEY_PAGE;
    g_assert_null(marker_find(areas, &retrieve, 0, 1));
    g_assert_null(marker_find(areas, &retrieve, 1, 5));
    style.retrieve_boundary = FO_KEY_DOCUMENT;
    g_assert_true(marker_find(areas, &retrieve, 1, 3) == &first);
}

/* ---- whole runs ---- */

static FoTree *
read_flow(const char *blocks, Diagnostics *diagnostics)
{
    g_autofree char *text = g_strdup_printf(
        "<fo:root xmlns:fo=\"http://www.w3.org/1999/XSL/Format\" "
        "font-family=\"Squares\" font-size=\"10pt\" line-height=\"10pt\">"
        "<fo:layout-master-set><fo:simple-page-master master-name=\"p\" "
        "page-width=\"200pt\" page-height=\"100pt\"><fo:region-body/>"
        "</fo:simple-page-master></fo:layout-master-set>"
        "<fo:page-sequence master-reference=\"p\">"
        "<fo:flow flow-name=\"xsl-region-body\">%s</fo:flow>"
        "</fo:page-sequence></fo:root>",
        blocks);
    xmlDoc *document = xml_read("test.fo", text, strlen(text), diagnostics);
    g_assert_nonnull(document);
    const FoReadOptions options = {.root = "."};
    FoTree *tree = fo_read(document, "test.fo", &options, diagnostics);
    xmlFreeDoc(document);
    return tree;
}

static void
test_too_many_pages(void)
{
    g_autoptr(Diagnostics) diagnostics = diagnostics_new();
    g_autoptr(FoTree) tree =
        read_flow("<fo:block>a</fo:block>"
                  "<fo:block break-before=\"page\">b</fo:block>"
                  "<fo:block break-before=\"page\">c</fo:block>",
                  diagnostics);
    const LayoutOptions options = {.max_pages = 2};
    g_autoptr(PageList) pages =
        layout_run(tree, engine, &options, diagnostics);
    g_assert_nonnull(pages);
    g_assert_true(diagnostics_has(diagnostics, "too-many-pages"));
}

static void
test_text_lost(void)
{
    g_autoptr(Diagnostics) diagnostics = diagnostics_new();
    g_autoptr(FoTree) tree = read_flow("<fo:block>vienas</fo:block>"
                                       "<fo:block>du</fo:block>",
                                       diagnostics);
    const LayoutOptions options = {0};
    g_autoptr(PageList) pages =
        layout_run(tree, engine, &options, diagnostics);
    g_assert_cmpint(diagnostics_length(diagnostics), ==, 0);
    LayoutContext context = {.pages = pages, .diagnostics = diagnostics};
    const FoNode *root = tree->root;
    const StructNode *structure = pages->structure;
    g_assert_true(text_check(&context, root, structure, 0));
    Page *page = page_list_get(pages, 0);
    const PageItems *items = page->items;
    g_assert_cmpuint(items->len, ==, 2);
    PageItem second = g_array_index(items, PageItem, 1);
    page_add_item(page, second); /* twice */
    g_assert_false(text_check(&context, root, structure, 0));
    page->items->len = 1; /* gone */
    g_assert_false(text_check(&context, root, structure, 0));
    g_assert_true(diagnostics_has(diagnostics, "text-lost"));
}

static void
test_draft(void)
{
    g_autoptr(Diagnostics) diagnostics = diagnostics_new();
    g_autoptr(FoTree) tree =
        read_flow("<fo:block>a</fo:block>"
                  "<fo:block break-before=\"page\">b</fo:block>",
                  diagnostics);
    const LayoutOptions options = {.draft = "DRAFT"};
    g_autoptr(PageList) pages =
        layout_run(tree, engine, &options, diagnostics);
    for (guint p = 0; p < pages->pages->len; p++) {
        const PageItems *items = page_list_get(pages, p)->items;
        const PageItem *last =
            &g_array_index(items, PageItem, items->len - 1);
        g_autofree char *text = page_item_text(last);
        g_assert_cmpstr(text, ==, "DRAFT");
        g_assert_cmpint(last->artifact, ==, ARTIFACT_LAYOUT);
    }
}

static void
test_same_again(void)
{
    g_autoptr(Diagnostics) diagnostics = diagnostics_new();
    g_autoptr(FoTree) tree = read_flow(
        "<fo:block id=\"a\">a <fo:page-number-citation ref-id=\"b\"/>"
        "<fo:footnote><fo:inline>1</fo:inline><fo:footnote-body>"
        "<fo:block>note</fo:block></fo:footnote-body></fo:footnote>"
        "</fo:block><fo:block break-before=\"page\" id=\"b\">b</fo:block>",
        diagnostics);
    const LayoutOptions options = {0};
    g_autofree char *first = NULL;
    for (int i = 0; i < 2; i++) {
        g_autoptr(PageList) pages =
            layout_run(tree, engine, &options, diagnostics);
        g_autofree char *dump = page_list_dump(pages);
        if (first == NULL)
            first = g_steal_pointer(&dump);
        else
            g_assert_cmpstr(dump, ==, first);
    }
    g_assert_cmpint(diagnostics_length(diagnostics), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    xml_init();
    const char *root = g_getenv("ROOT");
    g_autofree char *font = g_build_filename(root == NULL ? "." : root,
                                             "tests/fonts/squares.ttf", NULL);
    const char *const fonts[] = {font, NULL};
    const TextOptions options = {.font_paths = fonts};
    g_autoptr(GError) error = NULL;
    engine = text_engine_new(&options, &error);
    g_assert_no_error(error);
    g_test_add_func("/layout/folio", test_folio);
    g_test_add_func("/layout/spaces", test_spaces);
    g_test_add_func("/layout/keeps", test_keeps);
    g_test_add_func("/layout/rotate", test_rotate);
    g_test_add_func("/layout/marker-boundary", test_marker_boundary);
    g_test_add_func("/layout/too-many-pages", test_too_many_pages);
    g_test_add_func("/layout/text-lost", test_text_lost);
    g_test_add_func("/layout/draft", test_draft);
    g_test_add_func("/layout/same-again", test_same_again);
    int result = g_test_run();
    text_engine_free(engine);
    xml_clear();
    return result;
}
