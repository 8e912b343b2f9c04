/* SPDX-License-Identifier: MIT */
/*
 * Style: expressions, the cascade, shorthands, white space, nesting, pictures,
 * and what a stylesheet may not do.
 */
#include "base/file.h"
#include "base/xml.h"
#include "style/fo_numeric.h"
#include "style/fo_property.h"
#include "style/graphic_load.h"
#include "style/style.h"

#include <glib/gstdio.h>
#include <string.h>

#define HEAD                                                                   \
    "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format' "                   \
    "xmlns:vad='urn:vadovas:fo' font-size='10pt'>"                             \
    "<fo:layout-master-set><fo:simple-page-master master-name='p' "            \
    "page-width='100pt' page-height='100pt'><fo:region-body/>"                 \
    "</fo:simple-page-master></fo:layout-master-set>"                          \
    "<fo:page-sequence master-reference='p'>"
#define FLOW "<fo:flow flow-name='xsl-region-body'>"
#define TAIL "</fo:flow></fo:page-sequence></fo:root>"

static Diagnostics *diagnostics;
static char *folder; /* of the test's files */

static FoTree *
read_whole(const char *text)
{
    g_clear_pointer(&diagnostics, diagnostics_free);
    diagnostics = diagnostics_new();
    xmlDoc *document = xml_read("test.fo", text, strlen(text), diagnostics);
    g_assert_nonnull(document);
    static const char *const folders[] = {"over", "base", NULL};
    FoReadOptions options = {.root = folder, .folders = folders};
    FoTree *tree = fo_read(document, "test.fo", &options, diagnostics);
    xmlFreeDoc(document);
    return tree;
}

static FoTree *
read_flow(const char *content)
{
    g_autofree char *text = g_strconcat(HEAD FLOW, content, TAIL, NULL);
    FoTree *tree = read_whole(text);
    g_assert_nonnull(tree);
    return tree;
}

static const FoNode *
find(const FoNode *node, const char *id)
{
    const char *own = fo_attribute(node, FO_ATTRIBUTE_ID);
    if (own != NULL && strcmp(own, id) == 0)
        return node;
    for (const FoNode *child = node->first; child != NULL;
         child = child->next) {
        const FoNode *found = find(child, id);
        if (found != NULL)
            return found;
    }
    return NULL;
}

/* the style of the node with id x */
static const FoStyle *
style_of(const FoTree *tree)
{
    const FoNode *node = find(tree->root, "x");
    g_assert_nonnull(node);
    return node->style;
}

static void
add_text(const FoNode *node, GString *text)
{
    if (node->kind == FO_TEXT)
        g_string_append_printf(text, "[%s]", node->text);
    for (const FoNode *child = node->first; child != NULL; child = child->next)
        add_text(child, text);
}

/* the texts of a node, each in brackets; owned */
static char *
texts_of(const FoNode *node)
{
    GString *text = g_string_new(NULL);
    add_text(node, text);
    return g_string_free(text, FALSE);
}

static void
assert_quiet(void)
{
    diagnostics_write(diagnostics, 0, DIAGNOSTICS_TEXT, NULL, stderr);
    g_assert_cmpint(diagnostics_length(diagnostics), ==, 0);
}

static void
assert_said(const char *name)
{
    if (!diagnostics_has(diagnostics, name)) {
        diagnostics_write(diagnostics, 0, DIAGNOSTICS_TEXT, NULL, stderr);
        g_error("%s was not said", name);
    }
}

/* ---- expressions ---- */

static void
test_expressions(void)
{
    static const struct {
        const char *text;
        int power;
        double value, percent;
    } good[] = {
        {"12pt", 1, 12, 0},
        {" 1in ", 1, 72, 0},
        {"25.4mm", 1, 72, 0},
        {"2.54cm", 1, 72, 0},
        {"16px", 1, 12, 0},
        {"1pc", 1, 12, 0},
        {"2em", 1, 20, 0},
        {".5em", 1, 5, 0},
        {"-3pt", 1, -3, 0},
        {"--3pt", 1, 3, 0},
        {"1pt + 2pt * 3", 1, 7, 0},
        {"(1pt+2pt)*3", 1, 9, 0},
        {"10pt - 4pt", 1, 6, 0},
        {"7 mod 4", 0, 3, 0},
        {"12pt div 5pt", 0, 2.4, 0},
        {"12pt div 5", 1, 2.4, 0},
        {"50%", 1, 0, 0.5},
        {"100% - 20pt", 1, -20, 1},
        {"50% * 2", 1, 0, 1},
        {"max(1pt, 3pt)", 1, 3, 0},
        {"min(1, 3)", 0, 1, 0},
        {"abs(-2pt)", 1, 2, 0},
        {"round(2.5)", 0, 3, 0},
        {"floor(-2.5)", 0, -3, 0},
        {"ceiling(2.1)", 0, 3, 0},
        {"0", 0, 0, 0},
        {"0 + 5pt", 1, 5, 0},
    };
    static const char *const bad[] = {
        "",        "x",         "pt",       "5xx",      "1pt + 1",
        "1 div 0", "5 div 1pt", "(1pt",     "1pt)",     "1pt 2pt",
        "max(1)",  "round(1pt)", "1e400pt", "nofunc()", "1pt mod 2",
        "99999999999999999999999pt", "min(1,2", "* 3", "50% * 2pt", "inf",
        "nan"};
    FoExpression expression = {.em = POINTS(10)};
    FoNumeric result;
    for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
        g_test_message("%s", good[i].text);
        g_assert_true(fo_numeric_read(&expression, good[i].text, &result));
        g_assert_cmpint(result.power, ==, good[i].power);
        g_assert_cmpfloat_with_epsilon(result.value, good[i].value, 1e-9);
        g_assert_cmpfloat_with_epsilon(result.percent, good[i].percent, 1e-9);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_test_message("%s", bad[i]);
        g_assert_false(fo_numeric_read(&expression, bad[i], &result));
    }
    g_autofree char *deep = g_strnfill(100000, '(');
    g_assert_false(fo_numeric_read(&expression, deep, &result));
    g_autofree char *signs = g_strnfill(100000, '-');
    g_assert_false(fo_numeric_read(&expression, signs, &result));
}

static void
test_colors(void)
{
    FoColor color;
    g_assert_true(fo_color_read("#f00", &color));
    g_assert_cmpint(color.red, ==, 65535);
    g_assert_cmpint(color.green, ==, 0);
    g_assert_true(fo_color_read("#003366", &color));
    g_assert_cmpint(color.blue, ==, 0x6666);
    g_assert_true(fo_color_read("rgb(255, 50%, 0)", &color));
    g_assert_cmpint(color.green, ==, 0x8000);
    g_assert_true(fo_color_read("rgb-icc(255,0,0,#CMYK,0,1,1,0)", &color));
    g_assert_cmpint(color.red, ==, 65535);
    g_assert_true(fo_color_read("system-color( ButtonFace )", &color));
    g_assert_true(fo_color_read("Navy", &color));
    g_assert_cmpint(color.blue, ==, 0x8080);
    g_assert_true(fo_color_read("transparent", &color));
    g_assert_true(color.transparent);
    g_assert_false(fo_color_read("#ff", &color));
    g_assert_false(fo_color_read("rgb(1,2)", &color));
    g_assert_false(fo_color_read("rgb(1,2,x)", &color));
    g_assert_false(fo_color_read("rouge", &color));
    g_assert_false(fo_color_read("", &color));
}

/* ---- the cascade ---- */

static void
test_inheritance(void)
{
    g_autoptr(FoTree) tree = read_flow(
        "<fo:block font-size='2em' line-height='1.5' color='red' "
        "text-indent='1em' background-color='blue'>"
        "<fo:block id='x' font-size='50%'>a</fo:block></fo:block>");
    const FoStyle *style = style_of(tree);
    g_assert_cmpint(style->font_size, ==, POINTS(10));
    /* a line-height that is a number is inherited as the number */
    g_assert_cmpint(style->line_height.optimum, ==, POINTS(15));
    g_assert_cmpint(style->text_indent.value, ==, POINTS(20));
    g_assert_cmpint(style->color.red, ==, 65535);
    g_assert_true(style->background_color.transparent);
    assert_quiet();
}

static void
test_line_height(void)
{
    static const struct {
        const char *value;
        double points; /* of a block with 20pt inside one with 10pt */
    } cases[] = {{"normal", 24}, {"1.5", 30},  {"150%", 15},
                 {"1.5em", 15},  {"14pt", 14}, {"2 * 0.75", 30}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strdup_printf(
            "<fo:block line-height='%s'><fo:block id='x' font-size='20pt'/>"
            "</fo:block>",
            cases[i].value);
        g_autoptr(FoTree) tree = read_flow(text);
        g_assert_cmpfloat_with_epsilon(
            length_points(style_of(tree)->line_height.optimum),
            cases[i].points, 1e-3);
        assert_quiet();
    }
}

static void
test_fonts(void)
{
    g_autoptr(FoTree) tree = read_flow(
        "<fo:block font='italic small-caps bold 14pt/2 \"Linux Biolinum O\", "
        "serif'><fo:block id='x' font-size='larger' font-weight='bolder' "
        "font-style='inherit' baseline-shift='super' letter-spacing='0.1em'/>"
        "</fo:block>");
    const FoStyle *style = style_of(tree);
    g_assert_cmpstr(style->font_family, ==, "Linux Biolinum O, serif");
    g_assert_cmpint(style->font_style, ==, FO_KEY_ITALIC);
    g_assert_cmpint(style->font_variant, ==, FO_KEY_SMALL_CAPS);
    g_assert_cmpint(style->font_weight, ==, 900);
    g_assert_cmpfloat_with_epsilon(length_points(style->font_size), 16.8, 1e-3);
    g_assert_cmpfloat_with_epsilon(length_points(style->line_height.optimum),
                                   33.6, 1e-3);
    g_assert_cmpfloat_with_epsilon(length_points(style->baseline_shift),
                                   14 * 0.34, 1e-3);
    g_assert_cmpfloat_with_epsilon(length_points(style->letter_spacing), 1.68,
                                   1e-3);
    assert_quiet();
}

static void
test_margins(void)
{
    g_autoptr(FoTree) tree = read_flow(
        "<fo:block start-indent='10pt'>"
        "<fo:block id='x' margin='1pt 2pt 3pt 4pt' padding='5pt' "
        "border-left='thick solid red'/></fo:block>");
    const FoStyle *style = style_of(tree);
    g_assert_cmpint(style->space_before.optimum, ==, POINTS(1));
    g_assert_true(style->space_before.retain);
    g_assert_cmpint(style->space_after.optimum, ==, POINTS(3));
    /* inherited + margin + padding + border, XSL 1.1 5.3.2 */
    g_assert_cmpint(style->start_indent.value, ==, POINTS(10 + 4 + 5 + 2));
    g_assert_cmpint(style->end_indent.value, ==, POINTS(2 + 5));
    g_assert_cmpint(style->border_start_width, ==, POINTS(2));
    g_assert_cmpint(style->border_end_width, ==, 0);
    g_assert_cmpint(style->margin_left.value, ==, 0);
    assert_quiet();
}

static void
test_margin_precedence(void)
{
    /* a relative name beats the shorthand, an absolute one beats both */
    g_autoptr(FoTree) tree = read_flow(
        "<fo:block id='x' margin='9pt' start-indent='3pt' "
        "space-before='5pt'/>");
    g_assert_cmpint(style_of(tree)->start_indent.value, ==, POINTS(3));
    g_assert_cmpint(style_of(tree)->end_indent.value, ==, POINTS(9));
    g_assert_cmpint(style_of(tree)->space_before.optimum, ==, POINTS(5));
    g_autoptr(FoTree) other = read_flow(
        "<fo:block id='x' start-indent='3pt' margin-left='9pt' "
        "padding-start='1pt' padding-left='2pt' padding='3pt'/>");
    g_assert_cmpint(style_of(other)->start_indent.value, ==, POINTS(9 + 2));
    g_assert_cmpint(style_of(other)->padding_start, ==, POINTS(2));
    g_assert_cmpint(style_of(other)->padding_end, ==, POINTS(3));
    /* what makes a reference area starts anew */
    g_autoptr(FoTree) third = read_flow(
        "<fo:block start-indent='30pt'><fo:block-container id='x' "
        "margin-left='1pt'><fo:block/></fo:block-container></fo:block>");
    g_assert_cmpint(style_of(third)->start_indent.value, ==, POINTS(1));
    assert_quiet();
}

static void
test_borders(void)
{
    g_autoptr(FoTree) tree = read_flow(
        "<fo:block id='x' color='green' border='2pt dotted' "
        "border-color='red blue' border-top-style='none' "
        "border-right='inherit'/>");
    const FoStyle *style = style_of(tree);
    g_assert_cmpint(style->border_before_style, ==, FO_KEY_NONE);
    g_assert_cmpint(style->border_before_width, ==, 0);
    g_assert_cmpint(style->border_after_width, ==, POINTS(2));
    g_assert_cmpint(style->border_after_color.red, ==, 65535);
    g_assert_cmpint(style->border_start_color.blue, ==, 65535);
    g_assert_cmpint(style->border_end_style, ==, FO_KEY_NONE);
    /* nothing but a style: medium, in the colour of the text */
    g_autoptr(FoTree) other = read_flow(
        "<fo:block id='x' color='#00ff00' border-bottom-style='solid'/>");
    g_assert_cmpint(style_of(other)->border_after_width, ==, POINTS(1));
    g_assert_cmpint(style_of(other)->border_after_color.green, ==, 65535);
    assert_quiet();
}

static void
test_spaces(void)
{
    g_autoptr(FoTree) tree = read_flow(
        "<fo:block id='x' space-before.maximum='9pt' "
        "space-before.optimum='6pt' space-before.minimum='5pt' "
        "space-before.conditionality='retain' space-before.precedence='force' "
        "space-after='1em' space-after.maximum='12pt'/>");
    const FoSpace *space = &style_of(tree)->space_before;
    g_assert_cmpint(space->minimum, ==, POINTS(5));
    g_assert_cmpint(space->optimum, ==, POINTS(6));
    g_assert_cmpint(space->maximum, ==, POINTS(9));
    g_assert_true(space->retain);
    g_assert_cmpint(space->precedence, ==, FO_FORCE);
    space = &style_of(tree)->space_after;
    g_assert_cmpint(space->minimum, ==, POINTS(10));
    g_assert_cmpint(space->maximum, ==, POINTS(12));
    assert_quiet();
}

static void
test_keeps(void)
{
    g_autoptr(FoTree) tree = read_flow(
        "<fo:block id='x' keep-together.within-page='always' "
        "keep-with-next='5' page-break-before='right' "
        "page-break-inside='avoid' page-break-after='avoid'/>");
    const FoStyle *style = style_of(tree);
    g_assert_cmpint(style->keep_together.within_page, ==, FO_ALWAYS);
    g_assert_cmpint(style->keep_together.within_column, ==, FO_ALWAYS);
    g_assert_cmpint(style->keep_together.within_line, ==, 0);
    g_assert_cmpint(style->keep_with_next.within_page, ==, 5);
    g_assert_cmpint(style->break_before, ==, FO_KEY_ODD_PAGE);
    assert_quiet();
}

static void
test_sizes(void)
{
    g_autoptr(FoTree) tree = read_flow(
        "<fo:block-container id='x' width='50%' height='30pt' "
        "max-height='20pt'><fo:block/></fo:block-container>");
    g_assert_cmpint(style_of(tree)->width.kind, ==, FO_DIMENSION_PERCENT);
    g_assert_cmpint(style_of(tree)->width.value, ==, 32768);
    g_assert_cmpint(style_of(tree)->height.value, ==, POINTS(20));
    g_autoptr(FoTree) row = read_flow(
        "<fo:table><fo:table-column column-width='proportional-column-width("
        "2.5)' number-columns-repeated='3'/><fo:table-body><fo:table-row "
        "id='x' min-height='20pt'><fo:table-cell><fo:block/></fo:table-cell>"
        "</fo:table-row></fo:table-body></fo:table>");
    g_assert_cmpint(style_of(row)->height.value, ==, POINTS(20));
    assert_quiet();
}

static void
test_lists(void)
{
    g_autoptr(FoTree) tree = read_flow(
        "<fo:list-block provisional-distance-between-starts='20pt' "
        "provisional-label-separation='5pt' margin-left='7pt'><fo:list-item>"
        "<fo:list-item-label id='label' end-indent='label-end()'><fo:block/>"
        "</fo:list-item-label><fo:list-item-body id='x' "
        "start-indent='body-start() + 1pt'><fo:block/></fo:list-item-body>"
        "</fo:list-item></fo:list-block>");
    g_assert_cmpint(style_of(tree)->start_indent.value, ==, POINTS(28));
    FoDimension end = find(tree->root, "label")->style->end_indent;
    g_assert_cmpint(end.kind, ==, FO_DIMENSION_REST);
    g_assert_cmpint(end.value, ==, POINTS(22));
    g_assert_cmpint(fo_dimension(end, POINTS(100), 0), ==, POINTS(78));
    assert_quiet();
}

static void
test_functions(void)
{
    g_autoptr(FoTree) tree = read_flow(
        "<fo:block space-before='8pt' color='red'><fo:block "
        "font-size='30pt'><fo:block id='x' "
        "space-before='from-nearest-specified-value() * 2' "
        "space-after='from-parent(font-size) div 3' "
        "background-color='from-nearest-specified-value(color)' "
        "font-size='inherited-property-value(\"font-size\") - 10pt'/>"
        "</fo:block></fo:block>");
    const FoStyle *style = style_of(tree);
    g_assert_cmpint(style->space_before.optimum, ==, POINTS(16));
    g_assert_cmpint(style->space_after.optimum, ==, POINTS(10));
    g_assert_cmpint(style->font_size, ==, POINTS(20));
    g_assert_false(style->background_color.transparent);
    assert_quiet();
}

static void
test_table_columns(void)
{
    g_autoptr(FoTree) tree = read_flow(
        "<fo:table><fo:table-column/><fo:table-column text-align='end' "
        "number-columns-repeated='2'/><fo:table-body><fo:table-row>"
        "<fo:table-cell number-rows-spanned='2'><fo:block/></fo:table-cell>"
        "<fo:table-cell><fo:block/></fo:table-cell></fo:table-row>"
        "<fo:table-row><fo:table-cell id='x' "
        "text-align='from-table-column()'><fo:block/></fo:table-cell>"
        "</fo:table-row></fo:table-body></fo:table>");
    g_assert_cmpint(style_of(tree)->text_align, ==, FO_KEY_END);
    assert_quiet();
}

static void
test_language(void)
{
    g_autoptr(FoTree) tree = read_flow(
        "<fo:block xml:lang='en-Latn-GB'><fo:inline id='x' language='lt'/>"
        "</fo:block>");
    g_assert_cmpstr(style_of(tree)->language, ==, "lt");
    g_assert_cmpstr(style_of(tree)->country, ==, "GB");
    assert_quiet();
}

static void
test_sharing(void)
{
    g_autoptr(FoTree) tree = read_flow(
        "<fo:block id='a' color='red' font-size='12pt'/>"
        "<fo:block id='b' font-size='12pt' color='#ff0000'/>"
        "<fo:block id='c'/>");
    g_assert_true(find(tree->root, "a")->style ==
                  find(tree->root, "b")->style);
    g_assert_true(find(tree->root, "a")->style !=
                  find(tree->root, "c")->style);
}

/* ---- trouble ---- */

static void
test_bad_values(void)
{
    static const char *const cases[][2] = {
        {"colr='red'", "fo-unknown-property"},
        {"vad:nonsense='1'", "fo-unknown-property"},
        {"writing-mode='rl-tb'", "fo-unsupported-property"},
        {"min-width='5pt'", "fo-unsupported-property"},
        {"color='rouge'", "fo-bad-value"},
        {"font-size='-1pt'", "fo-bad-value"},
        {"font-size='0pt'", "fo-bad-value"},
        {"padding='1pt 2pt 3pt 4pt 5pt'", "fo-bad-value"},
        {"padding-left='10%'", "fo-bad-value"},
        {"text-align='hidden'", "fo-bad-value"},
        {"orphans='-1'", "fo-bad-value"},
        {"width='12'", "fo-bad-value"},
        {"reference-orientation='45'", "fo-bad-value"},
        {"space-before='body-start()'", "fo-bad-value"},
        {"line-height='-2'", "fo-bad-value"},
        {"keep-with-next='1pt'", "fo-bad-value"},
        {"font='nothing'", "fo-bad-value"},
        {"page-break-before='sometimes'", "fo-bad-value"},
        {"text-align='from-table-column()'", "fo-bad-value"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i][0]);
        g_autofree char *text =
            g_strdup_printf("\n<fo:block id='x' %s/>", cases[i][0]);
        g_autoptr(FoTree) tree = read_flow(text);
        g_assert_nonnull(tree);
        assert_said(cases[i][1]);
        const Diagnostic *first = diagnostics_get(diagnostics, 0);
        g_assert_cmpint(first->place.line, ==, 2);
        g_assert_cmpint(diagnostics_length(diagnostics), ==, 1);
    }
    g_autoptr(FoTree) label = read_flow(
        "<fo:list-block><fo:list-item><fo:list-item-label margin='1pt'>"
        "<fo:block/></fo:list-item-label><fo:list-item-body margin='0pt'>"
        "<fo:block/></fo:list-item-body></fo:list-item></fo:list-block>");
    g_assert_nonnull(label);
    assert_said("fo-unsupported-property");
    g_assert_cmpint(diagnostics_length(diagnostics), ==, 1);
    g_autoptr(FoTree) quiet = read_flow(
        "<fo:block writing-mode='lr-tb' pause='1s' direction='ltr'/>");
    g_assert_nonnull(quiet);
    assert_quiet();
}

static void
test_places(void)
{
    g_autoptr(FoTree) tree = read_flow(
        "<fo:block vad:place='manual/a:b.md:12:3'>\n"
        "<fo:block id='x' nothing='1'/></fo:block>");
    const FoNode *node = find(tree->root, "x");
    g_assert_cmpstr(node->place.file, ==, "manual/a:b.md");
    g_assert_cmpint(node->place.line, ==, 12);
    g_assert_cmpint(node->place.column, ==, 3);
    g_assert_cmpstr(diagnostics_get(diagnostics, 0)->place.file, ==,
                    "manual/a:b.md");
}

static void
test_counted(void)
{
    GString *text = g_string_new(NULL);
    for (int i = 0; i < 50; i++)
        g_string_append(text, "<fo:blok/>");
    g_autoptr(FoTree) tree = read_flow(text->str);
    g_assert_nonnull(tree);
    g_string_free(text, TRUE);
    g_assert_cmpint(diagnostics_length(diagnostics), ==, 1);
    g_assert_nonnull(strstr(diagnostics_get(diagnostics, 0)->text,
                            "at 49 more places"));
    g_assert_nonnull(strstr(diagnostics_get(diagnostics, 0)->text, "'block'"));
}

/* ---- white space ---- */

static void
test_white_space(void)
{
    static const char *const cases[][2] = {
        {" a  b\n c ", "[a b c]"},
        {"a <fo:inline> b </fo:inline> c", "[a ][b ][c]"},
        {"a<fo:inline> </fo:inline>b", "[a][ ][b]"},
        {"<fo:inline> a</fo:inline> ", "[a]"},
        {"a <fo:inline/> ", "[a]"},
        {"a <fo:page-number/> b", "[a ][ b]"},
        {"a <fo:block> b </fo:block> c ", "[a][b][c]"},
        {" <fo:block/> ", ""},
        {"a<fo:footnote><fo:inline> 1 </fo:inline><fo:footnote-body>"
         "<fo:block> n </fo:block></fo:footnote-body></fo:footnote> b",
         "[a][ 1 ][n][b]"},
        {"a <fo:character character='-'/> b", "[a ][-][ b]"},
        {"e\xcc\x81", "[\xc3\xa9]"},
        {"<fo:inline white-space='pre'> a  b\n c</fo:inline>",
         "[\xc2\xa0"
         "a\xc2\xa0 b\xe2\x80\xa8\xc2\xa0"
         "c]"},
        {"<fo:inline white-space='pre'>a <fo:inline> b</fo:inline></fo:inline>",
         "[a\xc2\xa0][ b]"},
        {"<fo:inline linefeed-treatment='preserve'>a \n b</fo:inline>",
         "[a\xe2\x80\xa8"
         "b]"},
        {"<fo:inline linefeed-treatment='ignore'>a\nb</fo:inline>", "[ab]"},
        {"<fo:inline linefeed-treatment='treat-as-zero-width-space'>a\nb"
         "</fo:inline>",
         "[a\xe2\x80\x8b"
         "b]"},
        {"<fo:inline white-space-treatment='ignore'>a b</fo:inline>", "[ab]"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text =
            g_strdup_printf("<fo:block id='x'>%s</fo:block>", cases[i][0]);
        g_autoptr(FoTree) tree = read_flow(text);
        g_autofree char *got = texts_of(find(tree->root, "x"));
        g_assert_cmpstr(got, ==, cases[i][1]);
        assert_quiet();
    }
}

/* ---- nesting ---- */

static void
test_nesting(void)
{
    static const struct {
        const char *flow;
        const char *name;  /* of the warning */
        const char *texts; /* that are left */
    } cases[] = {
        {"a<fo:inline>b</fo:inline><fo:block>c</fo:block>", "fo-misplaced",
         "[a][b][c]"},
        {"<fo:list-item><fo:list-item-body><fo:block>a</fo:block>"
         "</fo:list-item-body></fo:list-item>",
         "fo-misplaced", "[a]"},
        {"<fo:block><fo:table-cell>a</fo:table-cell></fo:block>",
         "fo-misplaced", "[a]"},
        {"<fo:block>a</fo:block><fo:region-body/>", "fo-misplaced", "[a]"},
        {"<fo:table><fo:table-row><fo:table-cell><fo:block>a</fo:block>"
         "</fo:table-cell></fo:table-row></fo:table>",
         "fo-misplaced", "[a]"},
        {"<fo:table/><fo:block>a</fo:block>", "fo-incomplete", "[a]"},
        {"<fo:table><fo:table-body><fo:table-row/></fo:table-body></fo:table>",
         "fo-incomplete", ""},
        {"<fo:list-block/>", "fo-incomplete", ""},
        {"<fo:list-block><fo:list-item/></fo:list-block>", "fo-incomplete",
         ""},
        {"<fo:block>a<fo:footnote><fo:inline>b</fo:inline></fo:footnote>"
         "</fo:block>",
         "fo-incomplete", "[a][b]"},
        {"<fo:block>a<fo:retrieve-marker/></fo:block>", "fo-misplaced",
         "[a]"},
        {"<fo:float><fo:block>a</fo:block></fo:float>",
         "fo-unsupported-object", "[a]"},
        {"<fo:block>a<fo:nothing>b</fo:nothing></fo:block>",
         "fo-unknown-object", "[a][b]"},
        {"<fo:block>a<p xmlns='x'>b</p></fo:block>", "fo-unknown-object",
         "[a]"},
        {"<fo:block id='a'>a</fo:block><fo:block id='a'/>", "fo-duplicate-id",
         "[a]"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].flow);
        g_autoptr(FoTree) tree = read_flow(cases[i].flow);
        g_autofree char *got = texts_of(tree->root);
        g_assert_cmpstr(got, ==, cases[i].texts);
        assert_said(cases[i].name);
    }
}

static void
test_rows_of_cells(void)
{
    g_autoptr(FoTree) tree = read_flow(
        "<fo:table><fo:table-body id='x'>"
        "<fo:table-cell><fo:block/></fo:table-cell>"
        "<fo:table-cell ends-row='true'><fo:block/></fo:table-cell>"
        "<fo:table-cell><fo:block/></fo:table-cell>"
        "<fo:table-cell starts-row='true'><fo:block/></fo:table-cell>"
        "</fo:table-body></fo:table>");
    int rows = 0;
    for (const FoNode *row = find(tree->root, "x")->first; row != NULL;
         row = row->next) {
        g_assert_cmpint(row->kind, ==, FO_TABLE_ROW);
        rows++;
    }
    g_assert_cmpint(rows, ==, 3);
    assert_quiet();
}

/* a marker's content looks like what is around its retrieve-marker */
static void
test_markers(void)
{
    g_autoptr(FoTree) tree = read_whole(
        HEAD "<fo:static-content flow-name='xsl-region-before' "
             "font-size='7pt'><fo:block><fo:retrieve-marker "
             "retrieve-class-name='t'/></fo:block></fo:static-content>" FLOW
             "<fo:block font-size='30pt'><fo:marker marker-class-name='t'>"
             "<fo:inline id='x' font-weight='bold'>a</fo:inline></fo:marker>"
             "</fo:block>" TAIL);
    g_assert_cmpint(style_of(tree)->font_size, ==, POINTS(7));
    g_assert_cmpint(style_of(tree)->font_weight, ==, 700);
    assert_quiet();
}

static void
test_wholes(void)
{
    static const char *const cases[][2] = {
        {"<p/>", "fo-no-root"},
        {"<root/>", "fo-no-root"},
        {"<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format'/>",
         "fo-no-pages"},
        {HEAD "</fo:page-sequence></fo:root>", "fo-no-pages"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_assert_null(read_whole(cases[i][0]));
        assert_said(cases[i][1]);
    }
    g_autofree char *text = g_strdup(HEAD FLOW TAIL);
    memcpy(strstr(text, "master-reference='p'"), "master-reference='q'", 20);
    g_autoptr(FoTree) tree = read_whole(text);
    assert_said("fo-unknown-master");
    g_assert_cmpstr(fo_attribute(fo_child(tree->root, FO_PAGE_SEQUENCE),
                                 FO_ATTRIBUTE_MASTER_REFERENCE),
                    ==, "p");
}

static void
test_depth(void)
{
    GString *text = g_string_new(NULL);
    for (int i = 0; i < 240; i++)
        g_string_append(text, "<fo:block>");
    for (int i = 0; i < 240; i++)
        g_string_append(text, "</fo:block>");
    g_autoptr(FoTree) tree = read_flow(text->str);
    g_assert_nonnull(tree);
    assert_said("fo-too-deep");
    g_string_free(text, TRUE);
}

/* every name of the table of properties is in the manual of the subset, and
 * every initial value can be read (making the table asserts it) */
static void
test_documented(void)
{
    g_autofree char *text = NULL;
    const char *root = g_getenv("ROOT");
    g_autofree char *path =
        g_build_filename(root == NULL ? "." : root, "docs/format/fo.md", NULL);
    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        g_test_skip("docs/format/fo.md is not here");
        return;
    }
    static const char *const attributes[] = {
#define FO_PROPERTY(field, name, type, inherited, initial)
#define FO_ATTRIBUTE(id, name) name,
#include "model/fo_properties.inc"
#undef FO_PROPERTY
#undef FO_ATTRIBUTE
    };
    for (int i = 0; i < FO_PROPERTY_COUNT; i++) {
        const FoPropertyRow *row = &fo_property_rows[i];
        g_autofree char *line = g_strdup_printf(
            "| `%s` | %s | `%s` |", row->name, row->inherited ? "yes" : "no",
            *row->initial == 0 ? " " : row->initial);
        if (strstr(text, line) == NULL)
            g_error("docs/format/fo.md lacks the line: %s", line);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(attributes); i++) {
        g_autofree char *quoted = g_strdup_printf("`%s`", attributes[i]);
        if (strstr(text, quoted) == NULL)
            g_error("docs/format/fo.md lacks %s", quoted);
    }
    for (int i = 0; i < FO_TEXT; i++) {
        g_autofree char *quoted =
            g_strdup_printf("`%s`", fo_kind_name((FoKind)i));
        if (strstr(text, quoted) == NULL)
            g_error("docs/format/fo.md lacks %s", quoted);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    xml_init();
    folder = g_dir_make_tmp("vadovas-style-XXXXXX", NULL);
    g_test_add_func("/style/expressions", test_expressions);
    g_test_add_func("/style/colors", test_colors);
    g_test_add_func("/style/inheritance", test_inheritance);
    g_test_add_func("/style/line-height", test_line_height);
    g_test_add_func("/style/fonts", test_fonts);
    g_test_add_func("/style/margins", test_margins);
    g_test_add_func("/style/margin-precedence", test_margin_precedence);
    g_test_add_func("/style/borders", test_borders);
    g_test_add_func("/style/spaces", test_spaces);
    g_test_add_func("/style/keeps", test_keeps);
    g_test_add_func("/style/sizes", test_sizes);
    g_test_add_func("/style/lists", test_lists);
    g_test_add_func("/style/functions", test_functions);
    g_test_add_func("/style/table-columns", test_table_columns);
    g_test_add_func("/style/language", test_language);
    g_test_add_func("/style/sharing", test_sharing);
    g_test_add_func("/style/bad-values", test_bad_values);
    g_test_add_func("/style/places", test_places);
    g_test_add_func("/style/counted", test_counted);
    g_test_add_func("/style/white-space", test_white_space);
    g_test_add_func("/style/nesting", test_nesting);
    g_test_add_func("/style/rows-of-cells", test_rows_of_cells);
    g_test_add_func("/style/markers", test_markers);
    g_test_add_func("/style/wholes", test_wholes);
    g_test_add_func("/style/depth", test_depth);
    g_test_add_func("/style/documented", test_documented);
    int result = g_test_run();
    g_rmdir(folder);
    g_free(folder);
    g_clear_pointer(&diagnostics, diagnostics_free);
    return result;
}
