/* SPDX-License-Identifier: MIT */
/*
 * The table of properties as rows, the keywords that each one takes, and the
 * list of declarations that an element's attributes become.
 */
#include "style/fo_property.h"

#include <stddef.h>
#include <string.h>

const FoPropertyRow fo_property_rows[FO_PROPERTY_COUNT] = {
#define FO_PROPERTY(field, name, type, inherited, initial)                     \
    {name, FO_VALUE_##type, inherited, initial, offsetof(FoStyle, field),      \
     sizeof(((FoStyle *)NULL)->field)},
#define FO_ATTRIBUTE(id, name)
#include "model/fo_properties.inc"
#undef FO_PROPERTY
#undef FO_ATTRIBUTE
};

/* "left=start": the value left means start (we write from left to right) */
#define ALIGNMENTS                                                             \
    "start center end justify inside outside left=start right=end"
#define LINE_STYLES                                                            \
    "none hidden dotted dashed solid double groove ridge inset outset"
#define BREAKS "auto column page even-page odd-page"
#define BOOLEANS "true false"
#define CONDITIONALITY "discard retain"

static const char *const accepted[FO_PROPERTY_COUNT] = {
    [FO_PROPERTY_font_style] = "normal italic oblique backslant=oblique",
    [FO_PROPERTY_font_variant] = "normal small-caps",
    [FO_PROPERTY_font_figures] = "auto lining old-style",
    [FO_PROPERTY_font_figure_spacing] = "auto proportional tabular",
    [FO_PROPERTY_line_stacking] = "line-height font-height max-height",
    [FO_PROPERTY_text_transform] = "none uppercase lowercase capitalize",
    [FO_PROPERTY_text_decoration] =
        "none underline overline line-through no-underline=none "
        "no-overline=none no-line-through=none",
    [FO_PROPERTY_alignment_adjust] =
        "baseline top middle bottom text-top text-bottom",
    [FO_PROPERTY_text_align] = ALIGNMENTS,
    [FO_PROPERTY_text_align_last] = "relative " ALIGNMENTS,
    [FO_PROPERTY_hyphenate] = BOOLEANS,
    [FO_PROPERTY_hyphenation_keep] = "auto column page",
    [FO_PROPERTY_wrap_option] = "wrap no-wrap",
    [FO_PROPERTY_linefeed_treatment] =
        "ignore preserve treat-as-space treat-as-zero-width-space",
    [FO_PROPERTY_white_space_collapse] = BOOLEANS,
    [FO_PROPERTY_white_space_treatment] =
        "ignore preserve ignore-if-before-linefeed ignore-if-after-linefeed "
        "ignore-if-surrounding-linefeed",
    [FO_PROPERTY_protrusion] = BOOLEANS,
    [FO_PROPERTY_padding_before_condition] = CONDITIONALITY,
    [FO_PROPERTY_padding_after_condition] = CONDITIONALITY,
    [FO_PROPERTY_border_before_style] = LINE_STYLES,
    [FO_PROPERTY_border_after_style] = LINE_STYLES,
    [FO_PROPERTY_border_start_style] = LINE_STYLES,
    [FO_PROPERTY_border_end_style] = LINE_STYLES,
    [FO_PROPERTY_border_before_condition] = CONDITIONALITY,
    [FO_PROPERTY_border_after_condition] = CONDITIONALITY,
    [FO_PROPERTY_break_before] = BREAKS,
    [FO_PROPERTY_break_after] = BREAKS,
    [FO_PROPERTY_scaling] = "uniform non-uniform",
    [FO_PROPERTY_display_align] = "auto before center after",
    [FO_PROPERTY_relative_align] = "before baseline",
    [FO_PROPERTY_overflow] = "auto visible hidden scroll error-if-overflow",
    [FO_PROPERTY_absolute_position] = "auto absolute fixed",
    [FO_PROPERTY_span] = "none all",
    [FO_PROPERTY_visibility] = "visible hidden collapse",
    [FO_PROPERTY_table_layout] = "auto fixed",
    [FO_PROPERTY_border_collapse] =
        "collapse collapse-with-precedence separate",
    [FO_PROPERTY_omit_header] = BOOLEANS,
    [FO_PROPERTY_omit_footer] = BOOLEANS,
    [FO_PROPERTY_starts_row] = BOOLEANS,
    [FO_PROPERTY_ends_row] = BOOLEANS,
    [FO_PROPERTY_leader_pattern] = "space rule dots use-content",
    [FO_PROPERTY_leader_alignment] = "none reference-area page",
    [FO_PROPERTY_rule_style] = LINE_STYLES,
    [FO_PROPERTY_precedence] = BOOLEANS,
    [FO_PROPERTY_page_position] = "any only first last rest",
    [FO_PROPERTY_odd_or_even] = "any odd even",
    [FO_PROPERTY_blank_or_not_blank] = "any blank not-blank",
    [FO_PROPERTY_force_page_count] =
        "auto even odd end-on-even end-on-odd no-force",
    [FO_PROPERTY_starting_state] = "show hide",
    [FO_PROPERTY_retrieve_position] =
        "first-starting-within-page first-including-carryover "
        "last-starting-within-page last-ending-within-page",
    [FO_PROPERTY_retrieve_boundary] = "page page-sequence document",
};

bool
fo_keyword_find(const char *text, FoKeyword *keyword)
{
    static GHashTable *keywords;
    if (keywords == NULL) {
        keywords = g_hash_table_new(g_str_hash, g_str_equal);
        for (int i = 0; i < FO_KEYWORD_COUNT; i++)
            g_hash_table_insert(keywords,
                                (gpointer)fo_keyword_name((FoKeyword)i),
                                GINT_TO_POINTER(i));
    }
    gpointer value;
    if (!g_hash_table_lookup_extended(keywords, text, NULL, &value))
        return false;
    *keyword = (FoKeyword)GPOINTER_TO_INT(value);
    return true;
}

bool
fo_property_keyword(FoProperty property, const char *text, FoKeyword *keyword)
{
    size_t length = strlen(text);
    const char *at = accepted[property];
    while (at != NULL && *at != 0) {
        size_t word = strcspn(at, " ="), whole = strcspn(at, " ");
        if (word == length && strncmp(at, text, length) == 0) {
            if (word == whole)
                return fo_keyword_find(text, keyword);
            g_autofree char *meant =
                g_strndup(at + word + 1, whole - word - 1);
            return fo_keyword_find(meant, keyword);
        }
        at += whole + strspn(at + whole, " ");
    }
    return false;
}

/* ---- declarations ---- */

void
fo_declarations_init(FoDeclarations *declarations)
{
    declarations->list = g_array_new(FALSE, FALSE, sizeof(FoDeclaration));
    declarations->texts = g_string_chunk_new(512);
}

void
fo_declarations_clear(FoDeclarations *declarations)
{
    g_array_unref(declarations->list);
    g_string_chunk_free(declarations->texts);
}

void
fo_declarations_reset(FoDeclarations *declarations)
{
    g_array_set_size(declarations->list, 0);
    g_string_chunk_clear(declarations->texts);
}

void
fo_declare(FoDeclarations *declarations, FoProperty property,
           FoComponent component, FoRank rank, const char *value)
{
    FoDeclaration declaration = {property, component, rank, value};
    g_array_append_val(declarations->list, declaration);
}

/* font-size before what may be said in em; the rest in the table's order */
static int
compare_declarations(gconstpointer a, gconstpointer b)
{
    const FoDeclaration *x = a, *y = b;
    int first = (x->property != FO_PROPERTY_font_size) -
                (y->property != FO_PROPERTY_font_size);
    if (first != 0)
        return first;
    if (x->property != y->property)
        return x->property < y->property ? -1 : 1;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return (x->component > y->component) - (x->component < y->component);
}

void
fo_declarations_sort(FoDeclarations *declarations)
{
    g_array_sort(declarations->list, compare_declarations);
}
