/* SPDX-License-Identifier: MIT */
/*
 * Page masters (XSL 1.1, 6.4).
 *
 * A simple-page-master is geometry, read once.  A page-sequence-master is a
 * list of references; master_for_page walks it from its beginning for every
 * page, since maximum-repeats make a page's master depend on its index alone.
 */
#include "layout/page_master.h"

#include <string.h>

struct MasterSet {
    GHashTable *simple;    /* name -> PageMaster, owned */
    GHashTable *sequences; /* name -> FoNode of page-sequence-master */
    PageMaster *fallback;  /* in simple, or owned by own_fallback */
    PageMaster *own_fallback;
    Diagnostics *diagnostics;
};

static const Length A4_WIDTH = POINTS(59528) / 100;
static const Length A4_HEIGHT = POINTS(84189) / 100;

/* ---- geometry ---- */

typedef struct {
    Length x, y, width, height;
} Area;

static void
set_content(Region *region, const FoStyle *style)
{
    Length left = style->border_start_width + style->padding_start;
    Length top = style->border_before_width + style->padding_before;
    region->content_x = region->x + left;
    region->content_y = region->y + top;
    region->content_width = MAX(region->width - left -
                                    style->border_end_width -
                                    style->padding_end, 0);
    region->content_height = MAX(region->height - top -
                                     style->border_after_width -
                                     style->padding_after, 0);
}

static void
set_region(PageMaster *master, int index, FoKind kind, const char *name,
           Area area)
{
    const FoNode *node = fo_child(master->node, kind);
    if (node == NULL)
        return;
    const char *own = fo_attribute(node, FO_ATTRIBUTE_REGION_NAME);
    Region *region = &master->regions[index];
    *region = (Region){
        .node = node,
        .name = own == NULL ? name : own,
        .x = area.x,
        .y = area.y,
        .width = MAX(area.width, 0),
        .height = MAX(area.height, 0),
    };
    set_content(region, node->style);
}

static Length
extent_of(const FoNode *master, FoKind kind, Length base)
{
    const FoNode *node = fo_child(master, kind);
    return node == NULL ? 0 : fo_dimension(node->style->extent, base, 0);
}

static bool
has_precedence(const FoNode *master, FoKind kind)
{
    const FoNode *node = fo_child(master, kind);
    return node != NULL && node->style->precedence == FO_KEY_TRUE;
}

static Area
inside_margins(const FoStyle *style, Area area)
{
    Length left = fo_dimension(style->margin_left, area.width, 0);
    Length right = fo_dimension(style->margin_right, area.width, 0);
    Length top = fo_dimension(style->margin_top, area.width, 0);
    Length bottom = fo_dimension(style->margin_bottom, area.width, 0);
    return (Area){area.x + left, area.y + top, area.width - left - right,
                  area.height - top - bottom};
}

static PageMaster *
read_master(const FoNode *node)
{
    PageMaster *master = g_new0(PageMaster, 1);
    const FoStyle *style = node->style;
    master->node = node;
    master->name = fo_attribute(node, FO_ATTRIBUTE_MASTER_NAME);
    master->width = fo_dimension(style->page_width, A4_WIDTH, A4_WIDTH);
    master->height = fo_dimension(style->page_height, A4_HEIGHT, A4_HEIGHT);
    Area page = inside_margins(style,
                               (Area){0, 0, master->width, master->height});
    const FoNode *body = fo_child(node, FO_REGION_BODY);
    if (body != NULL)
        set_region(master, REGION_BODY, FO_REGION_BODY, "xsl-region-body",
                   inside_margins(body->style, page));
    Length before = extent_of(node, FO_REGION_BEFORE, page.height);
    Length after = extent_of(node, FO_REGION_AFTER, page.height);
    Length start = extent_of(node, FO_REGION_START, page.width);
    Length end = extent_of(node, FO_REGION_END, page.width);
    bool full_before = has_precedence(node, FO_REGION_BEFORE);
    bool full_after = has_precedence(node, FO_REGION_AFTER);
    Length left = full_before ? 0 : start, right = full_before ? 0 : end;
    set_region(master, REGION_BEFORE, FO_REGION_BEFORE, "xsl-region-before",
               (Area){page.x + left, page.y, page.width - left - right,
                      before});
    left = full_after ? 0 : start;
    right = full_after ? 0 : end;
    set_region(master, REGION_AFTER, FO_REGION_AFTER, "xsl-region-after",
               (Area){page.x + left, page.y + page.height - after,
                      page.width - left - right, after});
    Length top = full_before ? before : 0, bottom = full_after ? after : 0;
    Area side = {page.x, page.y + top, start, page.height - top - bottom};
    set_region(master, REGION_START, FO_REGION_START, "xsl-region-start",
               side);
    side.x = page.x + page.width - end;
    side.width = end;
    set_region(master, REGION_END, FO_REGION_END, "xsl-region-end", side);
    return master;
}

/* ---- the set ---- */

/* without a region-body nothing could be set: the page itself is one */
static void
ensure_body(PageMaster *master)
{
    Region *body = &master->regions[REGION_BODY];
    if (body->node != NULL)
        return;
    *body = (Region){NULL, "xsl-region-body", 0, 0, master->width,
                     master->height, 0, 0, master->width, master->height};
}

MasterSet *
master_set_new(const FoTree *tree, Diagnostics *diagnostics)
{
    MasterSet *set = g_new0(MasterSet, 1);
    set->simple = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    set->sequences = g_hash_table_new(g_str_hash, g_str_equal);
    set->diagnostics = diagnostics;
    const FoNode *masters = fo_child(tree->root, FO_LAYOUT_MASTER_SET);
    for (const FoNode *node = masters == NULL ? NULL : masters->first;
         node != NULL; node = node->next) {
        const char *name = fo_attribute(node, FO_ATTRIBUTE_MASTER_NAME);
        if (name == NULL)
            continue;
        if (node->kind == FO_PAGE_SEQUENCE_MASTER)
            g_hash_table_replace(set->sequences, (gpointer)name,
                                 (gpointer)node);
        if (node->kind != FO_SIMPLE_PAGE_MASTER ||
            g_hash_table_contains(set->simple, name))
            continue;
        PageMaster *master = read_master(node);
        ensure_body(master);
        g_hash_table_insert(set->simple, (gpointer)name, master);
        if (set->fallback == NULL)
            set->fallback = master;
    }
    if (set->fallback == NULL) {
        set->fallback = set->own_fallback = g_new0(PageMaster, 1);
        set->fallback->name = "";
        set->fallback->width = A4_WIDTH;
        set->fallback->height = A4_HEIGHT;
        ensure_body(set->fallback);
    }
    return set;
}

void
master_set_free(MasterSet *set)
{
    if (set == NULL)
        return;
    g_hash_table_unref(set->simple);
    g_hash_table_unref(set->sequences);
    g_free(set->own_fallback);
    g_free(set);
}

/* a name that no master has was said by the reader: fo-unknown-master */
static const PageMaster *
find_simple(const MasterSet *set, const char *name)
{
    const PageMaster *master =
        name == NULL ? NULL : g_hash_table_lookup(set->simple, name);
    return master == NULL ? set->fallback : master;
}

/* ---- choosing ---- */

static bool
condition_holds(const FoStyle *style, PageFacts facts)
{
    switch (style->page_position) {
    case FO_KEY_FIRST:
        if (facts.index != 0)
            return false;
        break;
    case FO_KEY_LAST:
        if (!facts.last)
            return false;
        break;
    case FO_KEY_ONLY:
        if (facts.index != 0 || !facts.last)
            return false;
        break;
    case FO_KEY_REST:
        if (facts.index == 0 || facts.last)
            return false;
        break;
    default:
        break;
    }
    bool odd = facts.number % 2 != 0;
    if ((style->odd_or_even == FO_KEY_ODD && !odd) ||
        (style->odd_or_even == FO_KEY_EVEN && odd))
        return false;
    if ((style->blank_or_not_blank == FO_KEY_BLANK && !facts.blank) ||
        (style->blank_or_not_blank == FO_KEY_NOT_BLANK && facts.blank))
        return false;
    return true;
}

/* how many pages a reference serves; "no-limit" and nonsense: all */
static int
repeats_of(const FoNode *reference)
{
    if (reference->kind == FO_SINGLE_PAGE_MASTER_REFERENCE)
        return 1;
    const char *text = fo_attribute(reference, FO_ATTRIBUTE_MAXIMUM_REPEATS);
    if (text == NULL || !g_ascii_isdigit(*text))
        return G_MAXINT;
    return (int)MIN(g_ascii_strtoull(text, NULL, 10), (guint64)G_MAXINT);
}

static const PageMaster *
choose_alternative(const MasterSet *set, const FoNode *alternatives,
                   PageFacts facts)
{
    for (const FoNode *child = alternatives->first; child != NULL;
         child = child->next) {
        if (child->kind == FO_CONDITIONAL_PAGE_MASTER_REFERENCE &&
            condition_holds(child->style, facts))
            return find_simple(
                set, fo_attribute(child, FO_ATTRIBUTE_MASTER_REFERENCE));
    }
    return NULL;
}

const PageMaster *
master_for_page(const MasterSet *set, const FoNode *sequence, PageFacts facts)
{
    const char *name = fo_attribute(sequence, FO_ATTRIBUTE_MASTER_REFERENCE);
    const FoNode *master =
        name == NULL ? NULL : g_hash_table_lookup(set->sequences, name);
    if (master == NULL)
        return find_simple(set, name);
    int served = 0;
    const FoNode *last = NULL;
    for (const FoNode *reference = master->first; reference != NULL;
         reference = reference->next) {
        int repeats = repeats_of(reference);
        last = reference;
        if (repeats != G_MAXINT && facts.index - served >= repeats) {
            served += repeats;
            continue;
        }
        break;
    }
    const PageMaster *found = NULL;
    if (last != NULL &&
        last->kind == FO_REPEATABLE_PAGE_MASTER_ALTERNATIVES)
        found = choose_alternative(set, last, facts);
    else if (last != NULL)
        found = find_simple(
            set, fo_attribute(last, FO_ATTRIBUTE_MASTER_REFERENCE));
    if (found != NULL)
        return found;
    diagnostics_add(set->diagnostics, LEVEL_ERROR, "page-master-missing",
                    master->place,
                    "the page-sequence-master \"%s\" has no page master for "
                    "page %d: \"%s\" is used; add an alternative without "
                    "conditions",
                    name, facts.number, set->fallback->name);
    return set->fallback;
}

bool
master_asks_last(const MasterSet *set, const FoNode *sequence)
{
    const char *name = fo_attribute(sequence, FO_ATTRIBUTE_MASTER_REFERENCE);
    const FoNode *master =
        name == NULL ? NULL : g_hash_table_lookup(set->sequences, name);
    if (master == NULL)
        return false;
    for (const FoNode *reference = master->first; reference != NULL;
         reference = reference->next) {
        for (const FoNode *child = reference->first; child != NULL;
             child = child->next) {
            FoKeyword position = child->style->page_position;
            if (position == FO_KEY_LAST || position == FO_KEY_ONLY ||
                position == FO_KEY_REST)
                return true;
        }
    }
    return false;
}

/* ---- numbers ---- */

static void
write_roman(GString *text, int number, bool capitals)
{
    static const struct {
        int value;
        const char *small, *capital;
    } digits[] = {
        {1000, "m", "M"}, {900, "cm", "CM"}, {500, "d", "D"}, {400, "cd", "CD"},
        {100, "c", "C"},  {90, "xc", "XC"},  {50, "l", "L"},  {40, "xl", "XL"},
        {10, "x", "X"},   {9, "ix", "IX"},   {5, "v", "V"},   {4, "iv", "IV"},
        {1, "i", "I"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(digits); i++) {
        for (; number >= digits[i].value; number -= digits[i].value)
            g_string_append(text, capitals ? digits[i].capital
                                           : digits[i].small);
    }
}

/* a, b ... z, aa, ab ... */
static void
write_letters(GString *text, int number, char first)
{
    for (; number > 0; number = (number - 1) / 26)
        g_string_prepend_c(text, (char)(first + (number - 1) % 26));
}

char *
folio_write(int number, const char *format)
{
    GString *text = g_string_new(NULL);
    char kind = format == NULL || *format == 0 ? '1' : *format;
    bool one_letter = format != NULL && format[0] != 0 && format[1] == 0;
    if (number > 0 && number < 5000 && one_letter &&
        (kind == 'i' || kind == 'I'))
        write_roman(text, number, kind == 'I');
    else if (number > 0 && one_letter && (kind == 'a' || kind == 'A'))
        write_letters(text, number, kind);
    else if (kind == '0') /* "001": padded to this many digits */
        g_string_append_printf(text, "%0*d", (int)MIN(strlen(format), 9),
                               number);
    else
        g_string_append_printf(text, "%d", number);
    return g_string_free(text, FALSE);
}
