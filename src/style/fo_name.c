/* SPDX-License-Identifier: MIT */
/*
 * Names in an FO file: rows of model/fo_properties.inc as they are, and the
 * rows below for everything else that XSL 1.1 knows.
 */
#include "style/fo_property.h"
#include "style/fo_shorthand.h"

#define SINGLE(name, field)                                                    \
    {name, FO_NAME_PROPERTY, FO_PROPERTY_##field, FO_WHOLE, FO_RANK_ABSOLUTE,  \
     NULL, NULL}
#define PART(name, field, component)                                           \
    {name, FO_NAME_PROPERTY, FO_PROPERTY_##field, FO_##component,              \
     FO_RANK_COMPONENT, NULL, NULL}
#define SPACE_PARTS(name, field)                                               \
    PART(name ".minimum", field, MINIMUM),                                     \
        PART(name ".optimum", field, OPTIMUM),                                 \
        PART(name ".maximum", field, MAXIMUM),                                 \
        PART(name ".conditionality", field, CONDITIONALITY),                   \
        PART(name ".precedence", field, PRECEDENCE)
#define KEEP_PARTS(name, field)                                                \
    PART(name ".within-line", field, WITHIN_LINE),                             \
        PART(name ".within-column", field, WITHIN_COLUMN),                     \
        PART(name ".within-page", field, WITHIN_PAGE)
#define SHORTHAND(name, expand, id)                                            \
    {name, FO_NAME_SHORTHAND, id, FO_WHOLE, FO_RANK_BROAD, expand, NULL}
#define IGNORED(name)                                                          \
    {name, FO_NAME_IGNORED, 0, FO_WHOLE, FO_RANK_BROAD, NULL, NULL}
#define UNSUPPORTED(name, harmless)                                            \
    {name, FO_NAME_UNSUPPORTED, 0, FO_WHOLE, FO_RANK_BROAD, NULL, harmless}

static const FoName rows[] = {
#define FO_PROPERTY(field, name, type, inherited, initial)                     \
    {name, FO_NAME_PROPERTY, FO_PROPERTY_##field, FO_WHOLE,                    \
     FO_RANK_RELATIVE, NULL, NULL},
#define FO_ATTRIBUTE(id, name)                                                 \
    {name, FO_NAME_ATTRIBUTE, FO_ATTRIBUTE_##id, FO_WHOLE, FO_RANK_BROAD,      \
     NULL, NULL},
#include "model/fo_properties.inc"
#undef FO_PROPERTY
#undef FO_ATTRIBUTE

    /* absolute names: left to right, top to bottom is the only writing mode */
    SINGLE("width", width),
    SINGLE("height", height),
    SINGLE("padding-top", padding_before),
    SINGLE("padding-bottom", padding_after),
    SINGLE("padding-left", padding_start),
    SINGLE("padding-right", padding_end),
    SINGLE("border-top-style", border_before_style),
    SINGLE("border-bottom-style", border_after_style),
    SINGLE("border-left-style", border_start_style),
    SINGLE("border-right-style", border_end_style),
    SINGLE("border-top-width", border_before_width),
    SINGLE("border-bottom-width", border_after_width),
    SINGLE("border-left-width", border_start_width),
    SINGLE("border-right-width", border_end_width),
    SINGLE("border-top-color", border_before_color),
    SINGLE("border-bottom-color", border_after_color),
    SINGLE("border-left-color", border_start_color),
    SINGLE("border-right-color", border_end_color),

    /* parts of compound values */
    SPACE_PARTS("space-before", space_before),
    SPACE_PARTS("space-after", space_after),
    SPACE_PARTS("space-start", space_start),
    SPACE_PARTS("space-end", space_end),
    SPACE_PARTS("line-height", line_height),
    KEEP_PARTS("keep-together", keep_together),
    KEEP_PARTS("keep-with-next", keep_with_next),
    KEEP_PARTS("keep-with-previous", keep_with_previous),
    PART("letter-spacing.optimum", letter_spacing, WHOLE),
    PART("padding-before.length", padding_before, WHOLE),
    PART("padding-after.length", padding_after, WHOLE),
    PART("padding-start.length", padding_start, WHOLE),
    PART("padding-end.length", padding_end, WHOLE),
    PART("border-before-width.length", border_before_width, WHOLE),
    PART("border-after-width.length", border_after_width, WHOLE),
    PART("border-start-width.length", border_start_width, WHOLE),
    PART("border-end-width.length", border_end_width, WHOLE),
    PART("inline-progression-dimension.minimum", width, MINIMUM),
    PART("inline-progression-dimension.optimum", width, WHOLE),
    PART("inline-progression-dimension.maximum", width, MAXIMUM),
    PART("block-progression-dimension.minimum", height, MINIMUM),
    PART("block-progression-dimension.optimum", height, WHOLE),
    PART("block-progression-dimension.maximum", height, MAXIMUM),
    PART("min-width", width, MINIMUM),
    PART("max-width", width, MAXIMUM),
    PART("min-height", height, MINIMUM),
    PART("max-height", height, MAXIMUM),

    /* shorthands */
    SHORTHAND("font", shorthand_font, 0),
    SHORTHAND("margin", shorthand_box, FO_PROPERTY_margin_top),
    SHORTHAND("padding", shorthand_box, FO_PROPERTY_padding_before),
    SHORTHAND("border-style", shorthand_box, FO_PROPERTY_border_before_style),
    SHORTHAND("border-width", shorthand_box, FO_PROPERTY_border_before_width),
    SHORTHAND("border-color", shorthand_box, FO_PROPERTY_border_before_color),
    SHORTHAND("border", shorthand_border, SHORTHAND_ALL_SIDES),
    SHORTHAND("border-top", shorthand_border, SHORTHAND_BEFORE),
    SHORTHAND("border-right", shorthand_border, SHORTHAND_END),
    SHORTHAND("border-bottom", shorthand_border, SHORTHAND_AFTER),
    SHORTHAND("border-left", shorthand_border, SHORTHAND_START),
    SHORTHAND("border-before", shorthand_border, SHORTHAND_BEFORE),
    SHORTHAND("border-end", shorthand_border, SHORTHAND_END),
    SHORTHAND("border-after", shorthand_border, SHORTHAND_AFTER),
    SHORTHAND("border-start", shorthand_border, SHORTHAND_START),
    SHORTHAND("border-spacing", shorthand_spacing, 0),
    SHORTHAND("border-separation", shorthand_spacing, 0),
    SHORTHAND("background", shorthand_background, 0),
    SHORTHAND("leader-length", shorthand_leader_length, 0),
    SHORTHAND("page-break-before", shorthand_page_break,
              FO_PROPERTY_break_before),
    SHORTHAND("page-break-after", shorthand_page_break,
              FO_PROPERTY_break_after),
    SHORTHAND("page-break-inside", shorthand_page_break,
              FO_PROPERTY_keep_together),
    SHORTHAND("position", shorthand_position, 0),
    SHORTHAND("size", shorthand_size, 0),
    SHORTHAND("vertical-align", shorthand_vertical_align, 0),
    SHORTHAND("white-space", shorthand_white_space, 0),
    SHORTHAND("xml:lang", shorthand_language, 0),

    /* means nothing on paper, or only names what others refer to */
    IGNORED("azimuth"), IGNORED("cue"), IGNORED("cue-after"),
    IGNORED("cue-before"), IGNORED("elevation"), IGNORED("pause"),
    IGNORED("pause-after"), IGNORED("pause-before"), IGNORED("pitch"),
    IGNORED("pitch-range"), IGNORED("play-during"), IGNORED("richness"),
    IGNORED("speak"), IGNORED("speak-header"), IGNORED("speak-numeral"),
    IGNORED("speak-punctuation"), IGNORED("speech-rate"), IGNORED("stress"),
    IGNORED("voice-family"), IGNORED("volume"), IGNORED("xml:space"),
    IGNORED("xml:base"), IGNORED("script"), IGNORED("media-usage"),
    IGNORED("background-repeat"), IGNORED("background-attachment"),
    IGNORED("background-position"),
    IGNORED("background-position-horizontal"),
    IGNORED("background-position-vertical"), IGNORED("score-spaces"),
    IGNORED("scaling-method"), IGNORED("treat-as-word-space"),
    IGNORED("target-processing-context"),
    IGNORED("target-presentation-context"), IGNORED("target-stylesheet"),
    IGNORED("indicate-destination"), IGNORED("show-destination"),
    IGNORED("destination-placement-offset"), IGNORED("active-state"),
    IGNORED("font-selection-strategy"), IGNORED("rendering-intent"),
    IGNORED("color-profile-name"), IGNORED("letter-spacing.minimum"),
    IGNORED("letter-spacing.maximum"), IGNORED("letter-spacing.precedence"),
    IGNORED("letter-spacing.conditionality"),
    IGNORED("padding-start.conditionality"),
    IGNORED("padding-end.conditionality"),
    IGNORED("border-start-width.conditionality"),
    IGNORED("border-end-width.conditionality"),
    IGNORED("border-before-precedence"), IGNORED("border-after-precedence"),
    IGNORED("border-start-precedence"), IGNORED("border-end-precedence"),

    /* of XSL 1.1, but not done; the value beside asks nothing of us */
    UNSUPPORTED("alignment-adjust", "auto"),
    UNSUPPORTED("alignment-baseline", "auto"),
    UNSUPPORTED("allowed-height-scale", "any"),
    UNSUPPORTED("allowed-width-scale", "any"),
    UNSUPPORTED("background-image", "none"),
    UNSUPPORTED("caption-side", "before"),
    UNSUPPORTED("case-name", NULL),
    UNSUPPORTED("case-title", NULL),
    UNSUPPORTED("change-bar-color", NULL),
    UNSUPPORTED("change-bar-offset", NULL),
    UNSUPPORTED("change-bar-placement", NULL),
    UNSUPPORTED("change-bar-style", "none"),
    UNSUPPORTED("change-bar-width", NULL),
    UNSUPPORTED("clear", "none"),
    UNSUPPORTED("clip", "auto"),
    UNSUPPORTED("direction", "ltr"),
    UNSUPPORTED("dominant-baseline", "auto"),
    UNSUPPORTED("empty-cells", "show"),
    UNSUPPORTED("float", "none"),
    UNSUPPORTED("flow-map-name", NULL),
    UNSUPPORTED("flow-map-reference", NULL),
    UNSUPPORTED("flow-name-reference", NULL),
    UNSUPPORTED("font-size-adjust", "none"),
    UNSUPPORTED("font-stretch", "normal"),
    UNSUPPORTED("glyph-orientation-horizontal", "0deg"),
    UNSUPPORTED("glyph-orientation-vertical", "auto"),
    UNSUPPORTED("grouping-separator", NULL),
    UNSUPPORTED("grouping-size", NULL),
    UNSUPPORTED("hyphenation-character", "-"),
    UNSUPPORTED("hyphenation-push-character-count", NULL),
    UNSUPPORTED("hyphenation-remain-character-count", NULL),
    UNSUPPORTED("index-class", NULL),
    UNSUPPORTED("index-key", NULL),
    UNSUPPORTED("intrusion-displace", "auto"),
    UNSUPPORTED("line-height-shift-adjustment", "consider-shifts"),
    UNSUPPORTED("merge-pages-across-index-key-references", NULL),
    UNSUPPORTED("merge-ranges-across-index-key-references", NULL),
    UNSUPPORTED("merge-sequential-page-numbers", NULL),
    UNSUPPORTED("page-citation-strategy", "all"),
    UNSUPPORTED("page-number-treatment", NULL),
    UNSUPPORTED("region-name-reference", NULL),
    UNSUPPORTED("relative-position", "static"),
    UNSUPPORTED("retrieve-boundary-within-table", NULL),
    UNSUPPORTED("retrieve-position-within-table", NULL),
    UNSUPPORTED("scale-option", "width"),
    UNSUPPORTED("suppress-at-line-break", "auto"),
    UNSUPPORTED("switch-to", NULL),
    UNSUPPORTED("text-altitude", "use-font-metrics"),
    UNSUPPORTED("text-depth", "use-font-metrics"),
    UNSUPPORTED("text-shadow", "none"),
    UNSUPPORTED("unicode-bidi", "normal"),
    UNSUPPORTED("word-spacing", "normal"),
    UNSUPPORTED("word-spacing.minimum", NULL),
    UNSUPPORTED("word-spacing.optimum", NULL),
    UNSUPPORTED("word-spacing.maximum", NULL),
    UNSUPPORTED("writing-mode", "lr-tb"),
    UNSUPPORTED("z-index", "auto"),
};

static GHashTable *names; /* name -> FoName */

static void
make_names(void)
{
    names = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        g_hash_table_insert(names, (gpointer)rows[i].name, (gpointer)&rows[i]);
}

const FoName *
fo_name_find(const char *name)
{
    if (names == NULL)
        make_names();
    return g_hash_table_lookup(names, name);
}

const char *const *
fo_name_list(void)
{
    static const char *list[G_N_ELEMENTS(rows) + 1];
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        list[i] = rows[i].name;
    return list;
}
