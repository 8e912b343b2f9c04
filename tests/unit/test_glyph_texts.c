/* SPDX-License-Identifier: MIT */
/* What ligatures stand for goes from spans into the font's ToUnicode map. */
#include "pdf/glyph_texts.h"

#include <string.h>

static PdfSpan
span(const char *text)
{
    return (PdfSpan){text, text + strlen(text)};
}

static void
add(GlyphTexts *texts, const char *code, const char *text)
{
    glyph_texts_add(texts, span("/f-3-1"), span(code), span(text));
}

static const char map[] = "4 beginbfchar\n"
                          "<0001> <00ad>\n"
                          "<0002> <fb01>\n"
                          "<0003> <e03c>\n"
                          "<0004> <e03d>\n"
                          "endbfchar";

static void
test_rewrite(void)
{
    g_autoptr(GlyphTexts) texts = glyph_texts_new();
    add(texts, "<0001>", "<feff002d>"); /* unmarked uses mean U+00AD */
    add(texts, "<0002>", "<FEFF00660069>");
    add(texts, "<0003>", "<feff00740074>");
    add(texts, "<0003>", "<feff00740074>");
    add(texts, "<0004>", "<feff0054>"); /* two texts: which is not known */
    add(texts, "<0004>", "<feff0068>");
    g_autofree char *rewritten = glyph_texts_rewrite(texts, "/f-3-1", map);
    g_assert_cmpstr(rewritten, ==,
                    "4 beginbfchar\n"
                    "<0001> <00ad>\n"
                    "<0002> <00660069>\n"
                    "<0003> <00740074>\n"
                    "<0004> <e03d>\n"
                    "endbfchar");
}

static void
test_nothing(void)
{
    g_autoptr(GlyphTexts) texts = glyph_texts_new();
    g_assert_null(glyph_texts_rewrite(texts, "/f-3-1", map));
    add(texts, "<00030004>", "<feff00740074>"); /* more than one glyph */
    add(texts, "(a)", "<feff00740074>");
    add(texts, "<0003>", "(tt)");
    add(texts, "<0003>", "<feff>");
    g_assert_null(glyph_texts_rewrite(texts, "/f-3-1", map));
    add(texts, "<0003>", "<feff00740074>");
    g_assert_null(glyph_texts_rewrite(texts, "/f-9-9", map));
    g_assert_null(glyph_texts_rewrite(texts, "/f-3-1", ""));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/glyph-texts/rewrite", test_rewrite);
    g_test_add_func("/glyph-texts/nothing", test_nothing);
    return g_test_run();
}
