/* SPDX-License-Identifier: MIT */
/* What a style means for text, computed once, and paragraphs to work with. */
#include "layout/context.h"

#include "layout/structure.h"

static Length
font_units(int units, const FontFace *face, Length size)
{
    return length_scale(size, units, face->units_per_em);
}

static TextFeatures
text_features(const FoStyle *style)
{
    TextFeatures features = 0;
    if (style->font_variant == FO_KEY_SMALL_CAPS)
        features |= TEXT_SMALL_CAPS;
    if (style->font_figures == FO_KEY_OLD_STYLE)
        features |= TEXT_OLD_STYLE;
    if (style->font_figures == FO_KEY_LINING)
        features |= TEXT_LINING;
    if (style->font_figure_spacing == FO_KEY_TABULAR)
        features |= TEXT_TABULAR;
    if (style->letter_spacing != 0)
        features |= TEXT_NO_LIGATURES;
    return features;
}

/* says once in a run what a style asks for and does not get */
static void
check_style(LayoutContext *context, const TextStyle *text, const FoNode *node)
{
    if (!text_style_found(context->engine, text) &&
        g_hash_table_add(context->warned, g_strdup(text->families)))
        diagnostics_add(context->diagnostics, LEVEL_WARNING,
                        "font-family-missing",
                        node->place,
                        "no font of the family list \"%s\" (weight %d%s) is "
                        "among the project's fonts; another one is used: add "
                        "the font file or name another family",
                        text->families, text->weight,
                        text->italic ? ", italic" : "");
    if (text->hyphenate &&
        !text_can_hyphenate(context->engine, text->language)) {
        char *key = g_strdup_printf("hyphenation %s", text->language);
        if (g_hash_table_add(context->warned, key))
            diagnostics_add(context->diagnostics, LEVEL_WARNING,
                            "hyphenation-missing", node->place,
                            "there are no hyphenation patterns for the "
                            "language \"%s\": its words are not hyphenated; "
                            "install the hyphenation package of the language",
                            text->language);
    }
}

const StyleMetrics *
context_metrics(LayoutContext *context, const FoNode *node)
{
    const FoStyle *style = node->style;
    StyleMetrics *metrics = g_hash_table_lookup(context->styles, style);
    if (metrics != NULL)
        return metrics;
    metrics = g_new0(StyleMetrics, 1);
    g_hash_table_insert(context->styles, (gpointer)style, metrics);
    TextStyle wanted = {
        .families = style->font_family,
        .weight = style->font_weight,
        .italic = style->font_style == FO_KEY_ITALIC ||
                  style->font_style == FO_KEY_OBLIQUE,
        .features = text_features(style),
        .language = structure_language(context, style),
        .size = style->font_size,
        .letter_spacing = style->letter_spacing,
        .hyphenate = style->hyphenate == FO_KEY_TRUE,
    };
    metrics->text = text_style(context->engine, &wanted);
    check_style(context, metrics->text, node);
    const FontFace *face = text_style_face(context->engine, metrics->text);
    metrics->face = face;
    Length size = style->font_size;
    metrics->ascent = font_units(face->ascender, face, size);
    metrics->descent = -font_units(face->descender, face, size);
    metrics->cap_height = font_units(face->cap_height, face, size);
    metrics->x_height = font_units(face->x_height, face, size);
    Length leading = style->line_height.optimum - metrics->ascent -
                     metrics->descent;
    metrics->line_ascent = metrics->ascent + leading / 2;
    metrics->line_descent = style->line_height.optimum - metrics->line_ascent;
    return metrics;
}

Paragraph *
context_take_paragraph(LayoutContext *context)
{
    if (context->paragraph_depth == context->paragraphs->len)
        g_ptr_array_add(context->paragraphs, paragraph_new(context->engine));
    Paragraph *paragraph = g_ptr_array_index(context->paragraphs,
                                             context->paragraph_depth++);
    paragraph_clear(paragraph);
    return paragraph;
}

void
context_give_paragraph(LayoutContext *context)
{
    g_return_if_fail(context->paragraph_depth > 0);
    context->paragraph_depth--;
}
