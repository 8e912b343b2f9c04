/* SPDX-License-Identifier: MIT */
/*
 * Random tables: whatever their spans, borders, breaks and sizes, every word of
 * every cell is set exactly once (repeated heads are artifacts), and within
 * the margins of the page.
 */
#include "base/xml.h"
#include "layout/layout.h"
#include "style/style.h"

#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    GString *text;
    GRand *rand;
    int words; /* so far */
    int depth;
} Sample;

static TextEngine *engine;

static bool
chance(Sample *sample, int percent)
{
    return g_rand_int_range(sample->rand, 0, 100) < percent;
}

static int
pick(Sample *sample, int from, int to)
{
    return g_rand_int_range(sample->rand, from, to + 1);
}

static void
put(Sample *sample, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void
put(Sample *sample, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_string_append_vprintf(sample->text, format, arguments);
    va_end(arguments);
}

/* words of four letters, numbered */
static void
put_block(Sample *sample, int most)
{
    put(sample, "<fo:block%s%s>",
        chance(sample, 15) ? " space-after=\"7pt\"" : "",
        chance(sample, 15) ? " padding=\"2pt\" border=\"1pt solid black\"" : "");
    for (int n = pick(sample, 0, most); n > 0; n--) {
        put(sample, "%04d ", sample->words++);
        if (chance(sample, 1))
            put(sample,
                "<fo:footnote><fo:inline>*</fo:inline><fo:footnote-body>"
                "<fo:block>%04d</fo:block></fo:footnote-body></fo:footnote> ",
                sample->words++);
    }
    put(sample, "</fo:block>");
}

static void put_table(Sample *sample);

static void
put_cell(Sample *sample)
{
    static const char *const borders[] = {
        "", " border=\"1pt solid black\"", " border-after=\"2pt dotted red\"",
        " border-style=\"hidden\""};
    static const char *const aligns[] = {"", " display-align=\"center\"",
                                         " display-align=\"after\"",
                                         " relative-align=\"baseline\""};
    put(sample, "<fo:table-cell%s%s", borders[pick(sample, 0, 3)],
        aligns[pick(sample, 0, 3)]);
    if (chance(sample, 10))
        put(sample, " number-columns-spanned=\"%d\"", pick(sample, 2, 4));
    if (chance(sample, 10))
        put(sample, " number-rows-spanned=\"%d\"", pick(sample, 2, 9));
    if (chance(sample, 30))
        put(sample, " padding=\"3pt\"");
    if (chance(sample, 10))
        put(sample, " background-color=\"#eeeeee\"");
    put(sample, ">");
    for (int n = pick(sample, 1, 3); n > 0; n--)
        put_block(sample, chance(sample, 5) ? 150 : 8);
    if (sample->depth < 2 && chance(sample, 4))
        put_table(sample);
    put(sample, "</fo:table-cell>");
}

static void
put_rows(Sample *sample, const char *name, int rows)
{
    put(sample, "<fo:table-%s>", name);
    for (; rows > 0; rows--) {
        put(sample, "<fo:table-row%s%s%s>",
            chance(sample, 5) ? " keep-with-next.within-page=\"always\"" : "",
            chance(sample, 2) ? " break-before=\"page\"" : "",
            chance(sample, 5) ? " keep-together.within-page=\"always\"" : "");
        for (int n = pick(sample, 1, 4); n > 0; n--)
            put_cell(sample);
        put(sample, "</fo:table-row>");
    }
    put(sample, "</fo:table-%s>", name);
}

static void
put_table(Sample *sample)
{
    sample->depth++;
    put(sample, "<fo:table%s%s%s>",
        chance(sample, 50) ? " border-collapse=\"separate\"" : "",
        chance(sample, 30) ? " table-layout=\"fixed\"" : "",
        chance(sample, 50) ? " width=\"100%\"" : "");
    if (chance(sample, 40))
        put_rows(sample, "header", pick(sample, 1, 2));
    if (chance(sample, 30))
        put_rows(sample, "footer", 1);
    for (int n = pick(sample, 1, 2); n > 0; n--)
        put_rows(sample, "body", pick(sample, 1, sample->depth > 1 ? 3 : 15));
    put(sample, "</fo:table>");
    sample->depth--;
}

static void
put_document(Sample *sample)
{
    put(sample,
        "<fo:root xmlns:fo=\"http://www.w3.org/1999/XSL/Format\" "
        "xmlns:vad=\"urn:vadovas:fo\" font-family=\"Squares\" "
        "font-size=\"5pt\" line-height=\"6pt\" vad:expansion=\"0\" "
        "vad:protrusion=\"false\"><fo:layout-master-set>"
        "<fo:simple-page-master master-name=\"p\" page-width=\"1200pt\" "
        "page-height=\"%dpt\" margin=\"20pt\"><fo:region-body/>"
        "</fo:simple-page-master></fo:layout-master-set>"
        "<fo:page-sequence master-reference=\"p\">"
        "<fo:flow flow-name=\"xsl-region-body\">",
        pick(sample, 150, 500));
    for (int n = pick(sample, 1, 3); n > 0; n--) {
        put_block(sample, 30);
        put_table(sample);
    }
    put(sample, "</fo:flow></fo:page-sequence></fo:root>");
}

/* ---- what came out ---- */

/* words of narrow columns may be broken anywhere: then figures are counted */
static int
count_words(const PageItem *item, int *seen, int count)
{
    int figures = 0;
    g_autofree char *text = page_item_text(item);
    for (const char *p = text; *p != 0; p++)
        figures += g_ascii_isdigit(*p);
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    for (char **word = words; *word != NULL; word++) {
        if (strlen(*word) == 4 && g_ascii_isdigit(**word)) {
            int number = atoi(*word);
            g_assert_cmpint(number, <, count);
            seen[number]++;
        }
    }
    return figures;
}

static void
check_sample(const Sample *sample)
{
    g_autoptr(Diagnostics) diagnostics = diagnostics_new();
    xmlDoc *document =
        xmlReadMemory(sample->text->str, (int)sample->text->len, "random.fo",
                      NULL, XML_PARSE_NONET);
    g_assert_nonnull(document);
    const FoReadOptions options = {.root = "."};
    g_autoptr(FoTree) tree =
        fo_read(document, "random.fo", &options, diagnostics);
    LayoutOptions layout = {.max_pages = 2000};
    g_autoptr(PageList) pages =
        layout_run(tree, engine, &layout, diagnostics);
    g_assert_true(page_list_check(pages, diagnostics));
    g_autofree int *seen = g_new0(int, sample->words + 1);
    int figures = 0;
    bool forced = diagnostics_has(diagnostics, "forced-page-break") ||
                  diagnostics_has(diagnostics, "box-too-high");
    bool squeezed = diagnostics_has(diagnostics, "table-too-wide");
    for (guint p = 0; p < pages->pages->len; p++) {
        const Page *page = page_list_get(pages, p);
        for (guint i = 0; i < page->items->len; i++) {
            const PageItem *item = &g_array_index(page->items, PageItem, i);
            if (item->kind != PAGE_TEXT || item->artifact != ARTIFACT_NONE)
                continue;
            if (!forced) {
                g_assert_cmpint(item->y, >=, POINTS(20));
                g_assert_cmpint(item->y, <=, page->height - POINTS(20));
            }
            figures += count_words(item, seen, sample->words);
            if (!squeezed) /* a space may hang over the edge of its cell */
                g_assert_cmpint(item->x + item->width, <=, POINTS(1186));
        }
    }
    if (figures != 4 * sample->words)
        g_test_message("%s", sample->text->str);
    g_assert_cmpint(figures, ==, 4 * sample->words);
    for (int i = 0; i < sample->words; i++)
        g_assert_cmpint(seen[i], <=, 1);
    xmlFreeDoc(document);
}

static void
test_random_tables(void)
{
    int rounds = g_test_slow() ? 5000 : 150;
    for (int i = 0; i < rounds; i++) {
        Sample sample = {g_string_new(NULL),
                         g_rand_new_with_seed((guint32)i), 0, 0};
        put_document(&sample);
        check_sample(&sample);
        g_string_free(sample.text, TRUE);
        g_rand_free(sample.rand);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    xml_init();
    const char *root = g_getenv("ROOT");
    g_autofree char *fonts =
        g_build_filename(root == NULL ? "." : root, "tests", "fonts", NULL);
    const char *const paths[] = {fonts, NULL};
    const TextOptions options = {.font_paths = paths};
    GError *error = NULL;
    engine = text_engine_new(&options, &error);
    g_assert_no_error(error);
    g_test_add_func("/tables/random", test_random_tables);
    int result = g_test_run();
    text_engine_free(engine);
    xml_clear();
    return result;
}
