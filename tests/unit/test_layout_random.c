/* SPDX-License-Identifier: MIT */
/*
 * Random documents: whatever is nested in whatever, on pages of any size,
 * every character lands on a page, in its place in the structure, and nothing
 * breaks.  The seed of a failing document is printed; RANDOM_SEED=N sets only
 * that one, RANDOM_COUNT=N more of them.
 */
#include "base/xml.h"
#include "layout/layout.h"
#include "style/style.h"

#include <string.h>

typedef struct {
    GRand *random;
    GString *text;
    int ids, budget;
    bool in_note, in_static;
} Writer;

static TextEngine *engine;

static int
below(Writer *writer, int limit)
{
    return g_rand_int_range(writer->random, 0, limit);
}

static void
put(Writer *writer, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void
put(Writer *writer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_string_append_vprintf(writer->text, format, arguments);
    va_end(arguments);
}

static void
put_words(Writer *writer, int most)
{
    static const char *const words[] = {
        "a",      "ir",  "vaikas", "žmonių",       "prekyba–",
        "(ČĘĖ)",  "147", "b/c",    "neprotingas",  "nusikalstamumas,",
        "слово.", "–",   "§",      "nepriklausomybė", "o"};
    int count = 1 + below(writer, most);
    for (int i = 0; i < count; i++)
        put(writer, "%s%s", words[below(writer, G_N_ELEMENTS(words))],
            below(writer, 12) == 0 ? "" : " ");
}

static void write_blocks(Writer *writer, int depth, int most);

static void
write_footnote(Writer *writer)
{
    writer->in_note = true;
    put(writer, "<fo:footnote><fo:inline font-size=\"6pt\">1</fo:inline>"
                "<fo:footnote-body start-indent=\"0pt\" font-size=\"8pt\">");
    write_blocks(writer, 3, 2);
    put(writer, "</fo:footnote-body></fo:footnote>");
    writer->in_note = false;
}

static void
write_inlines(Writer *writer, int depth)
{
    int count = 1 + below(writer, 4);
    for (int i = 0; i < count; i++) {
        int kind = below(writer, depth > 3 ? 3 : 12);
        switch (kind) {
        case 3:
            put(writer, "<fo:inline font-style=\"italic\" %s>",
                below(writer, 2) == 0
                    ? "border=\"1pt solid red\" padding=\"2pt\""
                    : "text-decoration=\"underline\"");
            write_inlines(writer, depth + 1);
            put(writer, "</fo:inline>");
            break;
        case 4:
            put(writer, "<fo:basic-link internal-destination=\"id1\">");
            write_inlines(writer, depth + 1);
            put(writer, "</fo:basic-link>");
            break;
        case 5:
            put(writer, "<fo:page-number-citation ref-id=\"id%d\"/>",
                1 + below(writer, 3));
            break;
        case 6:
            if (!writer->in_note)
                write_footnote(writer);
            break;
        case 7:
            put(writer, "<fo:leader leader-pattern=\"%s\"/>",
                below(writer, 2) == 0 ? "dots" : "rule");
            break;
        case 8:
            put(writer, "<fo:inline-container width=\"40pt\" "
                        "start-indent=\"0pt\"><fo:block>");
            put_words(writer, 4);
            put(writer, "</fo:block></fo:inline-container>");
            break;
        case 9:
            put(writer, "<fo:instream-foreign-object content-width=\"20pt\">"
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" "
                        "width=\"10\" height=\"10\"/>"
                        "</fo:instream-foreign-object>");
            break;
        case 10:
            put(writer, "<fo:inline text-transform=\"uppercase\" "
                        "baseline-shift=\"3pt\" font-size=\"6pt\">");
            put_words(writer, 2);
            put(writer, "</fo:inline>");
            break;
        default:
            put_words(writer, 12);
        }
    }
}

static void
write_attributes(Writer *writer)
{
    static const char *const attributes[] = {
        "space-before=\"6pt\"",
        "space-after=\"4pt\" space-after.maximum=\"9pt\"",
        "keep-with-next=\"always\"",
        "keep-together=\"always\"",
        "keep-with-previous.within-page=\"3\"",
        "border=\"1pt solid black\" padding=\"3pt\" margin=\"2pt\"",
        ("background-color=\"#eeeeee\" padding-before=\"4pt\" "
         "padding-before.conditionality=\"retain\""),
        "break-before=\"page\"",
        "break-after=\"odd-page\"",
        "text-align=\"justify\" hyphenate=\"true\"",
        "start-indent=\"from-parent(start-indent) + 8pt\"",
        "vad:bar=\"new\"",
        "widows=\"3\" orphans=\"3\"",
        "visibility=\"hidden\"",
        "role=\"artifact\"",
        "role=\"none\"",
        "space-before=\"10pt\" space-before.conditionality=\"retain\"",
    };
    for (int i = below(writer, 3); i > 0; i--) {
        const char *one = attributes[below(writer, G_N_ELEMENTS(attributes))];
        size_t name = strcspn(one, "=");
        g_autofree char *start = g_strndup(one, name + 1);
        const char *tag = strrchr(writer->text->str, '<');
        if (strstr(tag, start) == NULL) /* no attribute twice */
            put(writer, " %s", one);
    }
    if (below(writer, 6) == 0 && writer->ids < 40)
        put(writer, " id=\"id%d\"", ++writer->ids);
}

static void
write_table(Writer *writer, int depth)
{
    int columns = 1 + below(writer, 3), rows = 1 + below(writer, 4);
    put(writer, "<fo:table%s",
        below(writer, 2) == 0 ? "" : " table-layout=\"fixed\" width=\"100%\"");
    write_attributes(writer);
    put(writer, ">");
    if (below(writer, 2) == 0) {
        put(writer, "<fo:table-header start-indent=\"0pt\"><fo:table-row>");
        for (int c = 0; c < columns; c++)
            put(writer, "<fo:table-cell><fo:block>Head</fo:block>"
                        "</fo:table-cell>");
        put(writer, "</fo:table-row></fo:table-header>");
    }
    put(writer, "<fo:table-body start-indent=\"0pt\">");
    for (int r = 0; r < rows; r++) {
        put(writer, "<fo:table-row>");
        for (int c = 0; c < columns; c++) {
            put(writer, "<fo:table-cell padding=\"2pt\" "
                        "border=\"0.5pt solid black\">");
            write_blocks(writer, depth + 2, 2);
            put(writer, "</fo:table-cell>");
        }
        put(writer, "</fo:table-row>");
    }
    put(writer, "</fo:table-body></fo:table>");
}

static void
write_list(Writer *writer, int depth)
{
    put(writer, "<fo:list-block provisional-distance-between-starts=\"16pt\"");
    write_attributes(writer);
    put(writer, ">");
    for (int i = 1 + below(writer, 3); i > 0; i--) {
        put(writer, "<fo:list-item");
        write_attributes(writer);
        put(writer, "><fo:list-item-label end-indent=\"label-end()\">"
                    "<fo:block>%d.</fo:block></fo:list-item-label>"
                    "<fo:list-item-body start-indent=\"body-start()\">", i);
        write_blocks(writer, depth + 1, 2);
        put(writer, "</fo:list-item-body></fo:list-item>");
    }
    put(writer, "</fo:list-block>");
}

static void
write_container(Writer *writer, int depth)
{
    static const char *const kinds[] = {
        "",
        "height=\"40pt\"",
        "reference-orientation=\"90\" width=\"30pt\" height=\"60pt\"",
        "absolute-position=\"absolute\" top=\"3pt\" left=\"4pt\" "
        "width=\"60pt\"",
        "absolute-position=\"fixed\" bottom=\"3pt\" right=\"4pt\" "
        "width=\"60pt\"",
    };
    put(writer, "<fo:block-container start-indent=\"0pt\" %s>",
        kinds[below(writer, G_N_ELEMENTS(kinds))]);
    write_blocks(writer, depth + 2, 2);
    put(writer, "</fo:block-container>");
}

static void
write_block(Writer *writer, int depth)
{
    put(writer, "<fo:block");
    write_attributes(writer);
    put(writer, ">");
    if (!writer->in_note && below(writer, 5) == 0)
        put(writer, "<fo:marker marker-class-name=\"m\">mark %d</fo:marker>",
            below(writer, 9));
    if (below(writer, 8) != 0)
        write_inlines(writer, depth);
    if (depth < 4 && below(writer, 5) == 0)
        write_blocks(writer, depth + 1, 3);
    put(writer, "</fo:block>");
}

static void
write_blocks(Writer *writer, int depth, int most)
{
    for (int i = 1 + below(writer, most); i > 0; i--) {
        int kind = depth > 4 || writer->budget-- < 0 ? 0 : below(writer, 12);
        if (kind == 9)
            write_table(writer, depth);
        else if (kind == 10)
            write_list(writer, depth);
        else if (kind == 11)
            write_container(writer, depth);
        else
            write_block(writer, depth);
    }
}

static void
write_sequence(Writer *writer)
{
    static const char *const forces[] = {"auto", "even", "odd", "end-on-even",
                                         "end-on-odd", "no-force"};
    static const char *const numbers[] = {"auto", "auto-odd", "auto-even", "1",
                                          "8"};
    put(writer,
        "<fo:page-sequence master-reference=\"p\" force-page-count=\"%s\" "
        "initial-page-number=\"%s\">",
        forces[below(writer, G_N_ELEMENTS(forces))],
        numbers[below(writer, G_N_ELEMENTS(numbers))]);
    put(writer,
        "<fo:static-content flow-name=\"xsl-region-before\"><fo:block>"
        "<fo:retrieve-marker retrieve-class-name=\"m\"/> <fo:page-number/>"
        "</fo:block></fo:static-content>"
        "<fo:static-content flow-name=\"xsl-footnote-separator\"><fo:block>"
        "<fo:leader leader-pattern=\"rule\"/></fo:block></fo:static-content>"
        "<fo:flow flow-name=\"xsl-region-body\">");
    writer->budget = 60;
    write_blocks(writer, 0, 20);
    put(writer, "</fo:flow></fo:page-sequence>");
}

static char *
random_document(guint32 seed)
{
    Writer writer = {g_rand_new_with_seed(seed), g_string_new(NULL), 0, 0,
                     false, false};
    put(&writer,
        "<fo:root xmlns:fo=\"http://www.w3.org/1999/XSL/Format\" "
        "xmlns:vad=\"urn:vadovas:fo\" font-family=\"Squares\" "
        "font-size=\"8pt\" line-height=\"10pt\">"
        "<fo:layout-master-set><fo:simple-page-master master-name=\"p\" "
        "page-width=\"%dpt\" page-height=\"%dpt\" margin=\"10pt\">"
        "<fo:region-body margin-top=\"20pt\"/>"
        "<fo:region-before extent=\"20pt\"/>"
        "</fo:simple-page-master></fo:layout-master-set>",
        120 + below(&writer, 300), 120 + below(&writer, 400));
    for (int i = 1 + below(&writer, 3); i > 0; i--)
        write_sequence(&writer);
    /* ids that are always there */
    put(&writer, "<fo:page-sequence master-reference=\"p\">"
                 "<fo:flow flow-name=\"xsl-region-body\">");
    while (writer.ids < 3)
        put(&writer, "<fo:block id=\"id%d\">id</fo:block>", ++writer.ids);
    put(&writer, "<fo:block/></fo:flow></fo:page-sequence></fo:root>");
    g_rand_free(writer.random);
    return g_string_free(writer.text, FALSE);
}

/* ours to answer for; the rest is what a random text may well deserve */
static bool
is_fault(const char *name)
{
    static const char *const faults[] = {
        "text-lost",      "page-item-invalid", "missing-glyph",
        "xml-invalid",    "unknown-reference", "too-many-pages",
        "fo-bad-value",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(faults); i++) {
        if (strcmp(name, faults[i]) == 0)
            return true;
    }
    return false;
}

static void
run_seed(guint32 seed)
{
    g_autofree char *text = random_document(seed);
    const char *only = g_getenv("RANDOM_SEED");
    if (only != NULL && g_getenv("RANDOM_PRINT") != NULL)
        puts(text);
    g_autoptr(Diagnostics) diagnostics = diagnostics_new();
    xmlDoc *document =
        xml_read("random.fo", text, strlen(text), diagnostics);
    g_assert_nonnull(document);
    const FoReadOptions options = {.root = "."};
    g_autoptr(FoTree) tree =
        fo_read(document, "random.fo", &options, diagnostics);
    LayoutOptions layout = {.max_pages = 5000};
    g_autoptr(PageList) pages =
        layout_run(tree, engine, &layout, diagnostics);
    page_list_check(pages, diagnostics);
    for (int i = 0; i < diagnostics_length(diagnostics); i++) {
        const Diagnostic *diagnostic = diagnostics_get(diagnostics, i);
        if (is_fault(diagnostic->name)) {
            g_test_message("RANDOM_SEED=%u: %s [%s]", seed, diagnostic->text,
                           diagnostic->name);
            g_test_fail();
            break;
        }
    }
    xmlFreeDoc(document);
}

static void
test_random(void)
{
    const char *only = g_getenv("RANDOM_SEED");
    const char *count = g_getenv("RANDOM_COUNT");
    if (only != NULL) {
        run_seed((guint32)g_ascii_strtoull(only, NULL, 10));
        return;
    }
    guint32 most = count == NULL
                       ? 40
                       : (guint32)g_ascii_strtoull(count, NULL, 10);
    for (guint32 seed = 1; seed <= most; seed++)
        run_seed(seed);
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
    g_test_add_func("/layout/random", test_random);
    int result = g_test_run();
    text_engine_free(engine);
    xml_clear();
    return result;
}
