/* SPDX-License-Identifier: MIT */
/*
 * The cascade: from an element's attributes and its parent's style to its own.
 *
 *   style_table_find       looks the entry up, else
 *     compute
 *       begin_style        what is inherited, and the initial values
 *       declare_pairs      attributes to declarations, shorthands expanded
 *       fo_value_set       each declaration, weakest first
 *       finish_style       what depends on several: borders that are not there,
 *                          margins as spaces and indents (XSL 1.1 5.3.2), least
 *                          and greatest sizes
 *     share                the one FoStyle with these values
 */
#include "style/fo_style.h"

#include "style/fo_numeric.h"
#include "style/fo_value.h"

#include <string.h>

struct StyleTable {
    Arena *arena;
    FoWarnings *warnings;
    GHashTable *entries; /* StyleEntry, by what makes it */
    GHashTable *styles;  /* FoStyle, by value */
    StyleEntry initial;
    FoDeclarations declarations;
    StyleWork work;
};

/* ---- equality and hash of styles, type by type ---- */

static guint
mix(guint hash, guint64 value)
{
    value *= G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
    return (hash ^ (guint)(value >> 32)) * 16777619u;
}

#define SAME_KEYWORD(a, b) ((a) == (b))
#define SAME_LENGTH(a, b) ((a) == (b))
#define SAME_INTEGER(a, b) ((a) == (b))
#define SAME_NUMBER(a, b) ((a) == (b))
#define SAME_STRING(a, b) ((a) == (b)) /* interned in the arena */
#define SAME_DIMENSION(a, b) ((a).kind == (b).kind && (a).value == (b).value)
#define SAME_SPACE(a, b)                                                       \
    ((a).minimum == (b).minimum && (a).optimum == (b).optimum &&               \
     (a).maximum == (b).maximum && (a).retain == (b).retain &&                 \
     (a).precedence == (b).precedence)
#define SAME_KEEP(a, b)                                                        \
    ((a).within_line == (b).within_line &&                                     \
     (a).within_column == (b).within_column &&                                 \
     (a).within_page == (b).within_page)
#define SAME_COLOR(a, b)                                                       \
    ((a).transparent == (b).transparent && (a).red == (b).red &&               \
     (a).green == (b).green && (a).blue == (b).blue)

static gboolean
is_same_style(gconstpointer first, gconstpointer second)
{
    const FoStyle *a = first, *b = second;
#define FO_PROPERTY(field, name, type, inherited, initial)                     \
    if (!SAME_##type(a->field, b->field))                                      \
        return FALSE;
#define FO_ATTRIBUTE(id, name)
#include "model/fo_properties.inc"
#undef FO_PROPERTY
#undef FO_ATTRIBUTE
    return TRUE;
}

#define MIX_KEYWORD(value) mix(hash, (value))
#define MIX_LENGTH(value) mix(hash, (guint64)(value))
#define MIX_INTEGER(value) mix(hash, (guint64)(value))
#define MIX_NUMBER(value) mix(hash, (guint64)(value))
#define MIX_STRING(value) mix(hash, (guintptr)(value))
#define MIX_DIMENSION(v) mix(hash, (guint64)(v).value + (guint)(v).kind)
#define MIX_SPACE(value) mix(hash, (guint64)(value).optimum)
#define MIX_KEEP(value)                                                        \
    mix(hash, (guint64)(value).within_column * 31 + (guint)(value).within_page)
#define MIX_COLOR(value)                                                       \
    mix(hash, (guint64)(value).red | (guint64)(value).green << 16 |            \
                  (guint64)(value).blue << 32)

static guint
hash_style(gconstpointer data)
{
    const FoStyle *style = data;
    guint hash = 2166136261u;
#define FO_PROPERTY(field, name, type, inherited, initial)                     \
    hash = MIX_##type(style->field);
#define FO_ATTRIBUTE(id, name)
#include "model/fo_properties.inc"
#undef FO_PROPERTY
#undef FO_ATTRIBUTE
    return hash;
}

static const FoStyle *
share(StyleTable *table, const FoStyle *style)
{
    const FoStyle *known = g_hash_table_lookup(table->styles, style);
    if (known != NULL)
        return known;
    FoStyle *copy = arena_new0(table->arena, FoStyle);
    *copy = *style;
    g_hash_table_add(table->styles, copy);
    return copy;
}

/* ---- equality and hash of entries ---- */

static guint
hash_entry(gconstpointer data)
{
    return ((const StyleEntry *)data)->hash;
}

static gboolean
is_same_entry(gconstpointer first, gconstpointer second)
{
    const StyleEntry *a = first, *b = second;
    if (a->parent != b->parent || a->kind != b->kind ||
        a->column != b->column || a->pair_count != b->pair_count)
        return FALSE;
    for (int i = 0; i < a->pair_count; i++) {
        if (a->pairs[i].name != b->pairs[i].name ||
            strcmp(a->pairs[i].value, b->pairs[i].value) != 0)
            return FALSE;
    }
    return TRUE;
}

static guint
key_hash(const StyleEntry *entry)
{
    guint hash = mix(2166136261u, (guintptr)entry->parent);
    hash = mix(hash, (guintptr)entry->column + (guint)entry->kind);
    for (int i = 0; i < entry->pair_count; i++) {
        hash = mix(hash, (guintptr)entry->pairs[i].name);
        hash = mix(hash, g_str_hash(entry->pairs[i].value));
    }
    return hash;
}

/* ---- finishing ---- */

/* how an object stands among others decides what its margins are */
typedef enum {
    MARGINS_STAY,   /* of pages and regions */
    MARGINS_BLOCK,  /* become spaces and indents */
    MARGINS_INLINE, /* become spaces beside */
    MARGINS_NONE,
} Margins;

static Margins
margins_of(FoKind kind)
{
    switch (kind) {
    case FO_SIMPLE_PAGE_MASTER:
    case FO_REGION_BODY:
        return MARGINS_STAY;
    case FO_BLOCK:
    case FO_BLOCK_CONTAINER:
    case FO_LIST_BLOCK:
    case FO_LIST_ITEM:
    case FO_TABLE:
    case FO_TABLE_AND_CAPTION:
        return MARGINS_BLOCK;
    case FO_INLINE:
    case FO_INLINE_CONTAINER:
    case FO_CHARACTER:
    case FO_EXTERNAL_GRAPHIC:
    case FO_INSTREAM_FOREIGN_OBJECT:
    case FO_LEADER:
    case FO_PAGE_NUMBER:
    case FO_PAGE_NUMBER_CITATION:
    case FO_PAGE_NUMBER_CITATION_LAST:
    case FO_INDEX_PAGE_CITATION_LIST:
    case FO_BASIC_LINK:
        return MARGINS_INLINE;
    default:
        return MARGINS_NONE;
    }
}

/* a border without style is not there: its width is 0; with a style and
 * nothing else it is medium and has the colour of the text */
static void
finish_borders(StyleWork *work)
{
    FoStyle *style = work->style;
    FoKeyword *styles[] = {&style->border_before_style,
                           &style->border_after_style,
                           &style->border_start_style,
                           &style->border_end_style};
    Length *widths[] = {&style->border_before_width,
                        &style->border_after_width,
                        &style->border_start_width, &style->border_end_width};
    FoColor *colors[] = {&style->border_before_color,
                         &style->border_after_color,
                         &style->border_start_color, &style->border_end_color};
    for (int side = 0; side < 4; side++) {
        bool is_there = *styles[side] != FO_KEY_NONE &&
                        *styles[side] != FO_KEY_HIDDEN;
        if (!is_there)
            *widths[side] = 0;
        else if (!work->is_said[FO_PROPERTY_border_before_width + side])
            *widths[side] = LENGTH_PER_POINT;
        if (is_there && !work->is_said[FO_PROPERTY_border_before_color + side])
            *colors[side] = style->color;
    }
}

/* a margin counts as said unless a relative name was said and the margin comes
 * only of the shorthand */
static bool
is_margin_said(const StyleWork *work, FoProperty margin, FoProperty relative)
{
    return work->is_said[margin] &&
           (work->ranks[margin] != FO_RANK_BROAD || !work->is_said[relative]);
}

static bool
finish_indent(StyleWork *work, FoProperty margin, FoDimension margin_value,
              Length padding, Length border, bool at_start)
{
    FoStyle *style = work->style;
    FoDimension *indent = at_start ? &style->start_indent : &style->end_indent;
    FoProperty relative =
        at_start ? FO_PROPERTY_start_indent : FO_PROPERTY_end_indent;
    if (!is_margin_said(work, margin, relative))
        return true;
    FoNumeric sum = fo_numeric_sum(fo_dimension_numeric(margin_value),
                                   fo_numeric_length(padding + border));
    const FoStyle *parent = work->parent->style;
    FoDimension above = at_start ? parent->start_indent : parent->end_indent;
    if (work->entry->kind != FO_BLOCK_CONTAINER)
        sum = fo_numeric_sum(sum, fo_dimension_numeric(above));
    FoDimension result;
    if (!fo_numeric_dimension(&sum, &result))
        return false;
    *indent = result;
    return true;
}

static void
finish_space(StyleWork *work, FoProperty margin, FoDimension value,
             FoProperty relative, FoSpace *space)
{
    if (!is_margin_said(work, margin, relative))
        return;
    Length length = value.kind == FO_DIMENSION_LENGTH ? value.value : 0;
    bool is_block = relative == FO_PROPERTY_space_before ||
                    relative == FO_PROPERTY_space_after;
    *space = (FoSpace){length, length, length, is_block, 0};
}

static bool
has_margin(const FoStyle *style)
{
    return style->margin_top.value != 0 || style->margin_bottom.value != 0 ||
           style->margin_left.value != 0 || style->margin_right.value != 0;
}

/* false: a sum that no dimension can say */
static bool
finish_margins(StyleTable *table, Place place)
{
    StyleWork *work = &table->work;
    FoStyle *style = work->style;
    Margins margins = margins_of(work->entry->kind);
    bool done = true;
    if (margins == MARGINS_STAY)
        return true;
    if (margins == MARGINS_BLOCK) {
        finish_space(work, FO_PROPERTY_margin_top, style->margin_top,
                     FO_PROPERTY_space_before, &style->space_before);
        finish_space(work, FO_PROPERTY_margin_bottom, style->margin_bottom,
                     FO_PROPERTY_space_after, &style->space_after);
        done = finish_indent(work, FO_PROPERTY_margin_left,
                             style->margin_left, style->padding_start,
                             style->border_start_width, true) &&
               finish_indent(work, FO_PROPERTY_margin_right,
                             style->margin_right, style->padding_end,
                             style->border_end_width, false);
    } else if (margins == MARGINS_INLINE) {
        finish_space(work, FO_PROPERTY_margin_left, style->margin_left,
                     FO_PROPERTY_space_start, &style->space_start);
        finish_space(work, FO_PROPERTY_margin_right, style->margin_right,
                     FO_PROPERTY_space_end, &style->space_end);
    }
    if (margins == MARGINS_NONE && has_margin(style))
        fo_warn(table->warnings, "fo-unsupported-property", place,
                "a margin has no effect on fo:%s; use padding, or a margin of "
                "what is inside",
                fo_kind_name(work->entry->kind));
    FoDimension zero = {FO_DIMENSION_LENGTH, 0};
    style->margin_top = style->margin_bottom = zero;
    style->margin_left = style->margin_right = zero;
    return done;
}

static void
order_space(FoSpace *space)
{
    space->maximum = MAX(space->maximum, space->minimum);
    space->optimum = CLAMP(space->optimum, space->minimum, space->maximum);
}

/* least and greatest sizes have no field: a size between them is one that can
 * be kept; a row is at least as high as its height anyway */
static bool
finish_sizes(StyleWork *work)
{
    FoDimension *sizes[] = {&work->style->width, &work->style->height};
    bool done = true;
    for (int axis = 0; axis < 2; axis++) {
        FoDimension *size = sizes[axis];
        bool is_row = axis == 1 && (work->entry->kind == FO_TABLE_ROW ||
                                    work->entry->kind == FO_TABLE_CELL);
        const FoDimension *least =
            work->has_minimum[axis] ? &work->minimum[axis] : NULL;
        const FoDimension *most =
            work->has_maximum[axis] ? &work->maximum[axis] : NULL;
        if (least == NULL && most == NULL)
            continue;
        if (size->kind == FO_DIMENSION_LENGTH) {
            if (most != NULL)
                size->value = MIN(size->value, most->value);
            if (least != NULL)
                size->value = MAX(size->value, least->value);
        } else if (least != NULL &&
                   (is_row || (most != NULL && most->value <= least->value))) {
            *size = *least;
        } else {
            done = false;
        }
    }
    return done;
}

static void
finish_style(StyleTable *table, Place place)
{
    StyleWork *work = &table->work;
    FoStyle *style = work->style;
    if (work->entry->line_number > 0) {
        Length height = length_from_points(work->entry->line_number *
                                           length_points(style->font_size));
        style->line_height =
            (FoSpace){height, height, height, style->line_height.retain,
                      style->line_height.precedence};
    }
    finish_borders(work);
    if (!finish_margins(table, place))
        fo_warn(table->warnings, "fo-bad-value", place,
                "a margin and an indent around it cannot be added, one is a "
                "percentage; say both as lengths");
    order_space(&style->line_height);
    order_space(&style->space_before);
    order_space(&style->space_after);
    order_space(&style->space_start);
    order_space(&style->space_end);
    if (!finish_sizes(work))
        fo_warn(table->warnings, "fo-unsupported-property", place,
                "a least or greatest size of a fo:%s without a size is not "
                "supported; say its width or height",
                fo_kind_name(work->entry->kind));
}

/* ---- the cascade ---- */

static void
begin_style(StyleWork *work, const StyleEntry *parent, const FoStyle *initial)
{
    *work->style = *initial;
    const FoStyle *above = parent->style;
#define FO_PROPERTY(field, name, type, inherited, initial)                     \
    if (inherited)                                                             \
        work->style->field = above->field;
#define FO_ATTRIBUTE(id, name)
#include "model/fo_properties.inc"
#undef FO_PROPERTY
#undef FO_ATTRIBUTE
    work->entry->line_number = parent->line_number;
}

static void
warn_of_value(StyleTable *table, Place place, const char *name,
              const char *value)
{
    const char *trouble = table->work.trouble;
    g_autofree char *shown = g_utf8_substring(
        value, 0, MIN(g_utf8_strlen(value, -1), 60));
    fo_warn(table->warnings, "fo-bad-value", place,
            "'%s' is no value of the property '%s'%s%s; it is left out", shown,
            name, trouble == NULL ? "" : ": ",
            trouble == NULL ? "" : trouble);
}

static void
declare_pairs(StyleTable *table, const StylePair *pairs, int count,
              Place place)
{
    FoDeclarations *declarations = &table->declarations;
    fo_declarations_reset(declarations);
    for (int i = 0; i < count; i++) {
        const FoName *name = pairs[i].name;
        const char *value = pairs[i].value;
        if (name->kind == FO_NAME_PROPERTY) {
            fo_declare(declarations, (FoProperty)name->id, name->component,
                       name->rank, value);
            continue;
        }
        guint before = declarations->list->len;
        if (!name->expand(declarations, name->id, value)) {
            g_array_set_size(declarations->list, before);
            table->work.trouble = NULL;
            warn_of_value(table, place, name->name, value);
        }
    }
    fo_declarations_sort(declarations);
}

static void
set_declarations(StyleTable *table, Place place)
{
    const GArray *list = table->declarations.list;
    for (guint i = 0; i < list->len; i++) {
        const FoDeclaration *declaration =
            &g_array_index(list, FoDeclaration, i);
        if (!fo_value_set(&table->work, declaration))
            warn_of_value(table, place,
                          fo_property_rows[declaration->property].name,
                          declaration->value);
    }
}

static void
compute(StyleTable *table, StyleEntry *entry, Place place)
{
    FoStyle style;
    StyleWork *work = &table->work;
    memset(work, 0, sizeof *work);
    work->arena = table->arena;
    work->style = &style;
    work->parent = entry->parent;
    work->entry = entry;
    begin_style(work, entry->parent, table->initial.style);
    if (entry->pair_count > 0) {
        declare_pairs(table, entry->pairs, entry->pair_count, place);
        set_declarations(table, place);
    }
    finish_style(table, place);
    entry->style = share(table, &style);
}

static void
make_initial(StyleTable *table)
{
    FoStyle style;
    memset(&style, 0, sizeof style);
    StyleWork *work = &table->work;
    memset(work, 0, sizeof *work);
    work->arena = table->arena;
    work->style = &style;
    work->entry = &table->initial;
    for (int i = 0; i < FO_PROPERTY_COUNT; i++) {
        FoDeclaration declaration = {(FoProperty)i, FO_WHOLE, FO_RANK_BROAD,
                                     fo_property_rows[i].initial};
        bool is_set = fo_value_set(work, &declaration);
        g_assert(is_set); /* our own table: a test reads it */
    }
    table->initial.line_number = length_points(style.line_height.optimum) /
                                 length_points(style.font_size);
    memset(table->initial.specified, 0, sizeof table->initial.specified);
    table->initial.kind = FO_UNKNOWN;
    table->initial.style = share(table, &style);
}

StyleTable *
style_table_new(Arena *arena, FoWarnings *warnings)
{
    StyleTable *table = g_new0(StyleTable, 1);
    table->arena = arena;
    table->warnings = warnings;
    table->entries = g_hash_table_new(hash_entry, is_same_entry);
    table->styles = g_hash_table_new(hash_style, is_same_style);
    fo_declarations_init(&table->declarations);
    make_initial(table);
    return table;
}

void
style_table_free(StyleTable *table)
{
    g_hash_table_unref(table->entries);
    g_hash_table_unref(table->styles);
    fo_declarations_clear(&table->declarations);
    g_free(table);
}

const StyleEntry *
style_table_initial(const StyleTable *table)
{
    return &table->initial;
}

const StyleEntry *
style_table_find(StyleTable *table, const StyleEntry *parent, FoKind kind,
                 const StylePair *pairs, int pair_count,
                 const FoStyle *column, Place place)
{
    StyleEntry key = {.parent = parent,
                      .kind = kind,
                      .column = column,
                      .pairs = pairs,
                      .pair_count = pair_count};
    key.hash = key_hash(&key);
    const StyleEntry *known = g_hash_table_lookup(table->entries, &key);
    if (known != NULL)
        return known;
    StyleEntry *entry = arena_new0(table->arena, StyleEntry);
    *entry = key;
    StylePair *copies = arena_array(table->arena, StylePair, pair_count);
    for (int i = 0; i < pair_count; i++)
        copies[i] = (StylePair){
            pairs[i].name, arena_strndup(table->arena, pairs[i].value, -1)};
    entry->pairs = copies;
    compute(table, entry, place);
    g_hash_table_add(table->entries, entry);
    return entry;
}

int
style_table_count(const StyleTable *table)
{
    return (int)g_hash_table_size(table->styles);
}

int
style_table_entries(const StyleTable *table)
{
    return (int)g_hash_table_size(table->entries);
}
