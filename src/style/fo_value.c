/* SPDX-License-Identifier: MIT */
/*
 * Values by type, and the few properties with values of their own.
 *
 *   fo_value_set
 *     copy_value        inherit, from-parent() and the like, of any type
 *     set_TYPE          keywords, then
 *       evaluate        an expression (fo_numeric.h), whose functions of
 *                       properties come back to us: call_function
 */
#include "style/fo_value.h"

#include "style/fo_numeric.h"

#include <math.h>
#include <string.h>

/* superscripts rise by, subscripts sink by this part of the parent's size */
#define SUPER_SHIFT 0.34
#define SUB_SHIFT 0.16
/* steps of font-size: CSS 2's factor between neighbours */
#define SIZE_STEP 1.2
#define MEDIUM_SIZE 12.0
#define NORMAL_LINE 1.2

static void *
field_of(FoStyle *style, FoProperty property)
{
    return (char *)style + fo_property_rows[property].offset;
}

static const void *
field_in(const FoStyle *style, FoProperty property)
{
    return (const char *)style + fo_property_rows[property].offset;
}

/* ---- functions of properties ---- */

typedef struct {
    StyleWork *work;
    FoProperty property; /* whose value is evaluated */
} Call;

/* the entry whose value a function means; NULL: there is none */
static const FoStyle *
source_of(StyleWork *work, const char *function, FoProperty property)
{
    const StyleEntry *entry = work->parent;
    if (entry == NULL)
        return NULL;
    if (strcmp(function, "from-parent") == 0 ||
        (strcmp(function, "inherited-property-value") == 0 &&
         fo_property_rows[property].inherited))
        return entry->style;
    if (strcmp(function, "from-nearest-specified-value") == 0) {
        while (entry->parent != NULL &&
               (entry->specified[property / 64] >> (property % 64) & 1) == 0)
            entry = entry->parent;
        return entry->style;
    }
    if (strcmp(function, "from-table-column") == 0) {
        if (work->entry->column == NULL)
            work->trouble = "there is no table-column for this";
        return work->entry->column;
    }
    return NULL;
}

static const StyleEntry *
ancestor(const StyleEntry *entry, FoKind kind)
{
    while (entry != NULL && entry->kind != kind)
        entry = entry->parent;
    return entry;
}

/* body-start() and label-end(), XSL 1.1 5.10.4 */
static bool
list_position(const StyleWork *work, bool label_end, FoNumeric *result)
{
    const StyleEntry *item = ancestor(work->parent, FO_LIST_ITEM);
    const StyleEntry *list = item == NULL ? NULL
                                          : ancestor(item, FO_LIST_BLOCK);
    if (list == NULL)
        return false;
    *result = fo_numeric_sum(
        fo_dimension_numeric(item->style->start_indent),
        fo_numeric_length(list->style->provisional_distance));
    if (!label_end)
        return true;
    result->value =
        length_points(list->style->provisional_separation) - result->value;
    result->percent = 1 - result->percent;
    return true;
}

static bool
numeric_of(const FoStyle *style, FoProperty property, FoNumeric *result)
{
    const void *field = field_in(style, property);
    switch (fo_property_rows[property].type) {
    case FO_VALUE_LENGTH:
        *result = fo_numeric_length(*(const Length *)field);
        return true;
    case FO_VALUE_DIMENSION:
        *result = fo_dimension_numeric(*(const FoDimension *)field);
        return true;
    case FO_VALUE_SPACE:
        *result = fo_numeric_length(((const FoSpace *)field)->optimum);
        return true;
    case FO_VALUE_INTEGER:
        *result = (FoNumeric){0, *(const int *)field, 0, 0};
        return true;
    case FO_VALUE_NUMBER:
        *result = (FoNumeric){0, *(const int32_t *)field / 65536.0, 0, 0};
        return true;
    default:
        return false;
    }
}

/* the property that a function's argument names; ours where it names none */
static bool
argument_property(const char *argument, FoProperty ours, FoProperty *property)
{
    *property = ours;
    if (*argument == 0)
        return true;
    const FoName *name = fo_name_find(argument);
    if (name == NULL || name->kind != FO_NAME_PROPERTY)
        return false;
    *property = (FoProperty)name->id;
    return true;
}

static bool
call_function(void *data, const char *name, const char *argument,
              FoNumeric *result)
{
    Call *call = data;
    bool is_end = strcmp(name, "label-end") == 0;
    if (is_end || strcmp(name, "body-start") == 0) {
        call->work->trouble = "body-start() and label-end() are of a list-item";
        return *argument == 0 && list_position(call->work, is_end, result);
    }
    FoProperty property;
    if (!argument_property(argument, call->property, &property))
        return false;
    const FoStyle *style = source_of(call->work, name, property);
    return style != NULL && numeric_of(style, property, result);
}

/* "inherit" and values that are one function of a property of the same type:
 * no arithmetic, so any type will do */
static bool
copy_value(StyleWork *work, FoProperty property, const char *value)
{
    FoProperty source = property;
    const FoStyle *style = NULL;
    bool is_inherit = strcmp(value, "inherit") == 0;
    if (is_inherit) {
        style = work->parent == NULL ? NULL : work->parent->style;
    } else {
        const char *open = strchr(value, '(');
        size_t length = strlen(value);
        if (open == NULL || value[length - 1] != ')' ||
            strchr(open + 1, '(') != NULL || !g_ascii_isalpha(*value))
            return false;
        g_autofree char *name = g_strndup(value, (gsize)(open - value));
        g_autofree char *argument =
            g_strndup(open + 1, (gsize)(value + length - 2 - open));
        if (!argument_property(g_strstrip(argument), property, &source) ||
            fo_property_rows[source].type != fo_property_rows[property].type)
            return false;
        style = source_of(work, name, source);
    }
    if (style == NULL)
        return false;
    memcpy(field_of(work->style, property), field_in(style, source),
           fo_property_rows[property].size);
    if (property == FO_PROPERTY_line_height)
        work->entry->line_number = style == work->parent->style
                                       ? work->parent->line_number
                                       : 0;
    return true;
}

/* ---- expressions ---- */

static bool
percent_base(const StyleWork *work, FoProperty property, Length *base)
{
    if (property == FO_PROPERTY_line_height) {
        *base = work->style->font_size;
        return true;
    }
    if (work->parent == NULL)
        return false;
    *base = property == FO_PROPERTY_font_size
                ? work->parent->style->font_size
                : work->parent->style->line_height.optimum;
    return property == FO_PROPERTY_font_size ||
           property == FO_PROPERTY_baseline_shift;
}

static bool
evaluate(StyleWork *work, FoProperty property, const char *value,
         FoNumeric *result)
{
    Call call = {work, property};
    FoExpression expression = {.call = call_function, .data = &call};
    bool is_size = property == FO_PROPERTY_font_size && work->parent != NULL;
    expression.em =
        is_size ? work->parent->style->font_size : work->style->font_size;
    expression.has_base = percent_base(work, property, &expression.base);
    if (fo_numeric_read(&expression, value, result))
        return true;
    if (work->trouble == NULL)
        work->trouble = expression.trouble;
    return false;
}

static bool
evaluate_length(StyleWork *work, FoProperty property, const char *value,
                Length *length)
{
    FoNumeric numeric;
    FoDimension dimension;
    if (!evaluate(work, property, value, &numeric))
        return false;
    if (!fo_numeric_dimension(&numeric, &dimension) ||
        dimension.kind != FO_DIMENSION_LENGTH) {
        work->trouble = numeric.power == 1
                            ? "a length is wanted, not a percentage"
                            : "a length is wanted, its unit is missing";
        return false;
    }
    *length = dimension.value;
    return true;
}

static bool
may_be_negative(FoProperty property)
{
    switch (property) {
    case FO_PROPERTY_font_size:
    case FO_PROPERTY_padding_before:
    case FO_PROPERTY_padding_after:
    case FO_PROPERTY_padding_start:
    case FO_PROPERTY_padding_end:
    case FO_PROPERTY_border_before_width:
    case FO_PROPERTY_border_after_width:
    case FO_PROPERTY_border_start_width:
    case FO_PROPERTY_border_end_width:
    case FO_PROPERTY_border_separation:
    case FO_PROPERTY_border_separation_block:
    case FO_PROPERTY_rule_thickness:
    case FO_PROPERTY_width:
    case FO_PROPERTY_height:
    case FO_PROPERTY_content_width:
    case FO_PROPERTY_content_height:
    case FO_PROPERTY_column_width:
    case FO_PROPERTY_page_width:
    case FO_PROPERTY_page_height:
    case FO_PROPERTY_extent:
    case FO_PROPERTY_leader_pattern_width:
        return false;
    default:
        return true;
    }
}

static bool
check_sign(StyleWork *work, FoProperty property, Length value)
{
    if (value < 0 && !may_be_negative(property))
        work->trouble = "it must not be negative";
    else if (value == 0 && property == FO_PROPERTY_font_size)
        work->trouble = "it must be more than zero";
    else
        return true;
    return false;
}

/* ---- by type ---- */

/* a word with its points, or its factor of the parent's font size */
typedef struct {
    FoProperty property;
    const char *word;
    double points, em;
} NamedLength;

static const NamedLength named_lengths[] = {
    {FO_PROPERTY_font_size, "xx-small", MEDIUM_SIZE * 0.6, 0},
    {FO_PROPERTY_font_size, "x-small", MEDIUM_SIZE * 0.75, 0},
    {FO_PROPERTY_font_size, "small", MEDIUM_SIZE * 8 / 9, 0},
    {FO_PROPERTY_font_size, "medium", MEDIUM_SIZE, 0},
    {FO_PROPERTY_font_size, "large", MEDIUM_SIZE * 1.2, 0},
    {FO_PROPERTY_font_size, "x-large", MEDIUM_SIZE * 1.5, 0},
    {FO_PROPERTY_font_size, "xx-large", MEDIUM_SIZE * 2, 0},
    {FO_PROPERTY_font_size, "larger", 0, SIZE_STEP},
    {FO_PROPERTY_font_size, "smaller", 0, 1 / SIZE_STEP},
    {FO_PROPERTY_letter_spacing, "normal", 0, 0},
    {FO_PROPERTY_baseline_shift, "baseline", 0, 0},
    {FO_PROPERTY_baseline_shift, "super", 0, SUPER_SHIFT},
    {FO_PROPERTY_baseline_shift, "sub", 0, -SUB_SHIFT},
    {FO_PROPERTY_leader_pattern_width, "use-font-metrics", 0, 0},
    {FO_PROPERTY_border_before_width, "thin", 0.5, 0},
    {FO_PROPERTY_border_before_width, "medium", 1, 0},
    {FO_PROPERTY_border_before_width, "thick", 2, 0},
};

static bool
find_named_length(const StyleWork *work, FoProperty property,
                  const char *value, Length *length)
{
    if (property > FO_PROPERTY_border_before_width &&
        property <= FO_PROPERTY_border_end_width)
        property = FO_PROPERTY_border_before_width;
    for (size_t i = 0; i < G_N_ELEMENTS(named_lengths); i++) {
        const NamedLength *named = &named_lengths[i];
        if (named->property != property || strcmp(named->word, value) != 0)
            continue;
        double size = work->parent == NULL
                          ? MEDIUM_SIZE
                          : length_points(work->parent->style->font_size);
        *length = length_from_points(named->points + named->em * size);
        return true;
    }
    return false;
}

static bool
set_length(StyleWork *work, FoProperty property, const char *value)
{
    Length length;
    if (!find_named_length(work, property, value, &length) &&
        !evaluate_length(work, property, value, &length))
        return false;
    if (!check_sign(work, property, length))
        return false;
    *(Length *)field_of(work->style, property) = length;
    return true;
}

static bool
read_dimension(StyleWork *work, FoProperty property, const char *value,
               FoDimension *dimension)
{
    static const struct {
        const char *word;
        FoDimensionKind kind;
    } words[] = {{"auto", FO_DIMENSION_AUTO},
                 {"none", FO_DIMENSION_NONE},
                 {"indefinite", FO_DIMENSION_AUTO},
                 {"scale-to-fit", FO_DIMENSION_SCALE_TO_FIT},
                 {"scale-up-to-fit", FO_DIMENSION_SCALE_TO_FIT},
                 {"scale-down-to-fit", FO_DIMENSION_SCALE_DOWN_TO_FIT}};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (strcmp(value, words[i].word) == 0) {
            *dimension = (FoDimension){words[i].kind, 0};
            return words[i].kind < FO_DIMENSION_SCALE_TO_FIT ||
                   property == FO_PROPERTY_content_width ||
                   property == FO_PROPERTY_content_height;
        }
    }
    FoNumeric numeric;
    if (!evaluate(work, property, value, &numeric))
        return false;
    if (!fo_numeric_dimension(&numeric, dimension)) {
        work->trouble = numeric.power == 1
                            ? "lengths, percentages and proportions cannot be "
                              "added before the page is known"
                            : "a length is wanted, its unit is missing";
        return false;
    }
    return check_sign(work, property, dimension->value);
}

static bool
set_dimension(StyleWork *work, const FoDeclaration *declaration)
{
    FoProperty property = declaration->property;
    FoDimension dimension;
    if (!read_dimension(work, property, declaration->value, &dimension))
        return false;
    int axis = property == FO_PROPERTY_height;
    if (declaration->component == FO_MINIMUM) {
        work->has_minimum[axis] = dimension.kind == FO_DIMENSION_LENGTH;
        work->minimum[axis] = dimension;
    } else if (declaration->component == FO_MAXIMUM) {
        work->has_maximum[axis] = dimension.kind == FO_DIMENSION_LENGTH;
        work->maximum[axis] = dimension;
    } else {
        *(FoDimension *)field_of(work->style, property) = dimension;
    }
    return true;
}

static bool
set_line_height(StyleWork *work, const char *value)
{
    FoNumeric numeric = {0, NORMAL_LINE, 0, 0};
    if (strcmp(value, "normal") != 0 &&
        !evaluate(work, FO_PROPERTY_line_height, value, &numeric))
        return false;
    double number = numeric.power == 0 ? numeric.value : 0;
    double points = numeric.power == 0
                        ? number * length_points(work->style->font_size)
                        : numeric.value;
    if (points < 0 || numeric.power > 1 || numeric.percent != 0 ||
        numeric.proportion != 0) {
        work->trouble = "it must be a number or length, not negative";
        return false;
    }
    Length height = length_from_points(points);
    work->entry->line_number = number;
    work->style->line_height = (FoSpace){height, height, height, false, 0};
    return true;
}

static bool
set_space_length(StyleWork *work, const FoDeclaration *declaration)
{
    Length length;
    FoProperty property = declaration->property;
    if (!evaluate_length(work, property, declaration->value, &length))
        return false;
    FoSpace *space = field_of(work->style, property);
    switch (declaration->component) {
    case FO_MINIMUM:
        space->minimum = length;
        break;
    case FO_MAXIMUM:
        space->maximum = length;
        break;
    default: /* what is not said apart is the optimum: no stretch */
        space->minimum = space->maximum = space->optimum = length;
    }
    if (property == FO_PROPERTY_line_height)
        work->entry->line_number = 0;
    return true;
}

static bool
set_space(StyleWork *work, const FoDeclaration *declaration)
{
    FoSpace *space = field_of(work->style, declaration->property);
    const char *value = declaration->value;
    switch (declaration->component) {
    case FO_CONDITIONALITY:
        if (strcmp(value, "retain") != 0 && strcmp(value, "discard") != 0)
            return false;
        space->retain = *value == 'r';
        return true;
    case FO_PRECEDENCE: {
        FoNumeric numeric = {0, 0, 0, 0};
        bool force = strcmp(value, "force") == 0;
        if (!force &&
            !evaluate(work, declaration->property, value, &numeric))
            return false;
        if (numeric.power != 0 || fabs(numeric.value) > 1e6)
            return false;
        space->precedence = force ? FO_FORCE : (int)floor(numeric.value + 0.5);
        return true;
    }
    case FO_WHOLE:
        if (declaration->property == FO_PROPERTY_line_height)
            return set_line_height(work, value);
        return set_space_length(work, declaration);
    default:
        return set_space_length(work, declaration);
    }
}

static bool
set_keep(StyleWork *work, const FoDeclaration *declaration)
{
    int strength;
    FoNumeric numeric;
    if (strcmp(declaration->value, "auto") == 0) {
        strength = 0;
    } else if (strcmp(declaration->value, "always") == 0) {
        strength = FO_ALWAYS;
    } else {
        if (!evaluate(work, declaration->property, declaration->value,
                      &numeric) ||
            numeric.power != 0 || fabs(numeric.value) > 1e6)
            return false;
        strength = (int)floor(numeric.value + 0.5);
    }
    FoKeep *keep = field_of(work->style, declaration->property);
    FoComponent component = declaration->component;
    if (component == FO_WHOLE || component == FO_WITHIN_LINE)
        keep->within_line = strength;
    if (component == FO_WHOLE || component == FO_WITHIN_COLUMN)
        keep->within_column = strength;
    if (component == FO_WHOLE || component == FO_WITHIN_PAGE)
        keep->within_page = strength;
    return true;
}

/* CSS 2.1 15.6: the next weight that fonts usually have */
static bool
find_weight(const StyleWork *work, const char *value, int *weight)
{
    int inherited =
        work->parent == NULL ? 400 : work->parent->style->font_weight;
    if (strcmp(value, "normal") == 0)
        *weight = 400;
    else if (strcmp(value, "bold") == 0)
        *weight = 700;
    else if (strcmp(value, "bolder") == 0)
        *weight = inherited < 400 ? 400 : inherited < 600 ? 700 : 900;
    else if (strcmp(value, "lighter") == 0)
        *weight = inherited < 600 ? 100 : inherited < 800 ? 400 : 700;
    else
        return false;
    return true;
}

static bool
set_integer(StyleWork *work, FoProperty property, const char *value)
{
    static const struct {
        FoProperty property;
        int least, most;
    } bounds[] = {
        {FO_PROPERTY_font_weight, 1, 1000},
        {FO_PROPERTY_hyphenation_ladder, 0, 1000},
        {FO_PROPERTY_expansion, 0, 200},
        {FO_PROPERTY_orphans, 0, 1000},
        {FO_PROPERTY_widows, 0, 1000},
        {FO_PROPERTY_reference_orientation, -270, 270},
        {FO_PROPERTY_column_number, 0, 1000},
        {FO_PROPERTY_columns_repeated, 1, 1000},
        {FO_PROPERTY_columns_spanned, 1, 1000},
        {FO_PROPERTY_rows_spanned, 1, 10000},
        {FO_PROPERTY_column_count, 1, 32},
    };
    int *field = field_of(work->style, property);
    if (property == FO_PROPERTY_font_weight && find_weight(work, value, field))
        return true;
    FoNumeric numeric = {0, 0, 0, 0};
    if (strcmp(value, "no-limit") != 0 &&
        !evaluate(work, property, value, &numeric))
        return false;
    double number = floor(numeric.value + 0.5);
    for (size_t i = 0; i < G_N_ELEMENTS(bounds); i++) {
        if (bounds[i].property == property &&
            (number < bounds[i].least || number > bounds[i].most)) {
            work->trouble = "the number is too small or too large";
            return false;
        }
    }
    bool is_turn = property == FO_PROPERTY_reference_orientation;
    if (numeric.power != 0 || fabs(number) > 1e6 ||
        (is_turn && (int)number % 90 != 0))
        return false;
    *field = is_turn ? ((int)number + 360) % 360 : (int)number;
    return true;
}

/* families without quotes, ", " between them */
static const char *
tidy_families(Arena *arena, const char *value)
{
    g_auto(GStrv) names = g_strsplit(value, ",", 0);
    g_autoptr(GString) text = g_string_new(NULL);
    for (char **name = names; *name != NULL; name++) {
        char *family = g_strstrip(*name);
        size_t length = strlen(family);
        if (length >= 2 && (*family == '"' || *family == '\'') &&
            family[length - 1] == *family) {
            family[length - 1] = 0;
            family = g_strstrip(family + 1);
        }
        if (*family != 0)
            g_string_append_printf(text, "%s%s", text->len == 0 ? "" : ", ",
                                   family);
    }
    return arena_intern(arena, text->str, (gssize)text->len);
}

static bool
set_string(StyleWork *work, FoProperty property, const char *value)
{
    const char *text;
    if (property == FO_PROPERTY_font_family)
        text = tidy_families(work->arena, value);
    else /* language, country */
        text = arena_intern(work->arena,
                            strcmp(value, "none") == 0 ? "" : value, -1);
    if (property == FO_PROPERTY_font_family && *text == 0)
        return false;
    *(const char **)field_of(work->style, property) = text;
    return true;
}

static bool
set_number(StyleWork *work, FoProperty property, const char *value)
{
    FoNumeric numeric;
    if (!evaluate(work, property, value, &numeric) || numeric.power != 0 ||
        fabs(numeric.value) > 16384)
        return false;
    *(int32_t *)field_of(work->style, property) =
        (int32_t)length_from_points(numeric.value);
    return true;
}

static bool
set_by_type(StyleWork *work, const FoDeclaration *declaration)
{
    FoProperty property = declaration->property;
    const char *value = declaration->value;
    switch (fo_property_rows[property].type) {
    case FO_VALUE_KEYWORD:
        return fo_property_keyword(property, value,
                                   field_of(work->style, property));
    case FO_VALUE_LENGTH:
        return set_length(work, property, value);
    case FO_VALUE_DIMENSION:
        return set_dimension(work, declaration);
    case FO_VALUE_SPACE:
        return set_space(work, declaration);
    case FO_VALUE_KEEP:
        return set_keep(work, declaration);
    case FO_VALUE_COLOR:
        return fo_color_read(value, field_of(work->style, property));
    case FO_VALUE_INTEGER:
        return set_integer(work, property, value);
    case FO_VALUE_NUMBER:
        return set_number(work, property, value);
    case FO_VALUE_STRING:
        return set_string(work, property, value);
    }
    return false;
}

bool
fo_value_set(StyleWork *work, const FoDeclaration *declaration)
{
    FoProperty property = declaration->property;
    work->trouble = NULL;
    bool is_copied = declaration->component == FO_WHOLE &&
                     copy_value(work, property, declaration->value);
    if (!is_copied && !set_by_type(work, declaration))
        return false;
    work->is_said[property] = true;
    work->ranks[property] = declaration->rank;
    work->entry->specified[property / 64] |= UINT64_C(1) << (property % 64);
    return true;
}
