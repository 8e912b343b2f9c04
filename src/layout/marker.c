/* SPDX-License-Identifier: MIT */
/*
 * Markers (XSL 1.1, 6.13.5 to 6.13.7).
 *
 * What a marker holds inherits from where it is retrieved, not from the heading
 * it stands in.  Styles are computed before we know where that is, so they are
 * rebased: an inherited property that equals the marker's own was inherited,
 * and takes the value of the retrieve-marker instead.
 */
#include "layout/marker.h"

#include <string.h>

/* ---- finding ---- */

static bool
in_boundary(const MarkerArea *area, FoKeyword boundary, int sequence,
            int page)
{
    switch (boundary) {
    case FO_KEY_PAGE:
        return area->last_page >= page;
    case FO_KEY_DOCUMENT:
        return true;
    default:
        return area->sequence == sequence;
    }
}

/* is area (on the page) a better choice than the best of this page so far? */
static bool
is_better(const MarkerArea *area, const MarkerArea *best, FoKeyword position,
          int page)
{
    bool starts = area->first_page == page;
    bool ends = area->last_page == page;
    switch (position) {
    case FO_KEY_FIRST_INCLUDING_CARRYOVER:
        return best == NULL;
    case FO_KEY_LAST_STARTING_WITHIN_PAGE:
        return starts;
    case FO_KEY_LAST_ENDING_WITHIN_PAGE:
        return ends;
    default:
        return starts && best == NULL;
    }
}

const FoNode *
marker_find(const GArray *areas, const FoNode *retrieve, int sequence,
            int page)
{
    const char *name = fo_attribute(retrieve, FO_ATTRIBUTE_RETRIEVE_CLASS);
    if (name == NULL)
        return NULL;
    const FoStyle *style = retrieve->style;
    const MarkerArea *here = NULL, *before = NULL;
    for (guint i = 0; i < areas->len; i++) {
        const MarkerArea *area = &g_array_index(areas, MarkerArea, i);
        if (area->first_page > page)
            break;
        if (strcmp(area->name, name) != 0 ||
            !in_boundary(area, style->retrieve_boundary, sequence, page))
            continue;
        if (area->last_page >= page &&
            is_better(area, here, style->retrieve_position, page))
            here = area;
        if (area->first_page < page &&
            style->retrieve_boundary != FO_KEY_PAGE)
            before = area;
    }
    const MarkerArea *found = here != NULL ? here : before;
    return found == NULL ? NULL : found->marker;
}

/* ---- rebasing ---- */

#define SAME_KEYWORD(a, b) ((a) == (b))
#define SAME_LENGTH(a, b) ((a) == (b))
#define SAME_INTEGER(a, b) ((a) == (b))
#define SAME_NUMBER(a, b) ((a) == (b))
#define SAME_STRING(a, b) (g_strcmp0(a, b) == 0)
#define SAME_DIMENSION(a, b) ((a).kind == (b).kind && (a).value == (b).value)
#define SAME_SPACE(a, b)                                                       \
    ((a).optimum == (b).optimum && (a).minimum == (b).minimum &&               \
     (a).maximum == (b).maximum)
#define SAME_KEEP(a, b)                                                        \
    ((a).within_line == (b).within_line &&                                     \
     (a).within_column == (b).within_column &&                                 \
     (a).within_page == (b).within_page)
#define SAME_COLOR(a, b)                                                       \
    ((a).transparent == (b).transparent && (a).red == (b).red &&               \
     (a).green == (b).green && (a).blue == (b).blue)

static const FoStyle *
rebase(LayoutContext *context, const FoStyle *style, const FoStyle *marker,
       const FoStyle *target)
{
    /* styles are remembered: text keeps what it knows of them by address */
    const FoStyle *const key[3] = {style, marker, target};
    g_autoptr(GBytes) bytes = g_bytes_new(key, sizeof key);
    FoStyle *known = g_hash_table_lookup(context->rebased, bytes);
    if (known != NULL)
        return known;
    FoStyle *fresh = g_new(FoStyle, 1);
    *fresh = *style;
#define FO_PROPERTY(field, name, type, inherited, initial)                     \
    if (inherited && SAME_##type(style->field, marker->field))                 \
        fresh->field = target->field;
#define FO_ATTRIBUTE(id, name)
#include "model/fo_properties.inc"
#undef FO_PROPERTY
#undef FO_ATTRIBUTE
    g_hash_table_insert(context->rebased, g_bytes_ref(bytes), fresh);
    return fresh;
}

/* ---- copying ---- */

static FoNode *
copy_node(LayoutContext *context, const FoNode *node, FoNode *parent)
{
    FoNode *copy = arena_new0(context->arena, FoNode);
    *copy = *node;
    copy->parent = parent;
    copy->first = copy->last = copy->next = NULL;
    if (parent == NULL)
        return copy;
    if (parent->last == NULL)
        parent->first = copy;
    else
        parent->last->next = copy;
    parent->last = copy;
    return copy;
}

static void
copy_marked(LayoutContext *context, const FoNode *node, FoNode *parent,
            const FoStyle *marker, const FoStyle *target)
{
    FoNode *copy = copy_node(context, node, parent);
    copy->style = rebase(context, node->style, marker, target);
    copy->attributes = NULL; /* its ids belong to where it stands */
    if (node->attributes != NULL && node->kind != FO_BLOCK &&
        node->kind != FO_INLINE)
        copy->attributes = node->attributes;
    for (const FoNode *child = node->first; child != NULL;
         child = child->next)
        copy_marked(context, child, copy, marker, target);
}

typedef struct {
    LayoutContext *context;
    const GArray *areas;
    int sequence, page;
} Expansion;

static void
copy_expanded(const Expansion *expansion, const FoNode *node, FoNode *parent)
{
    LayoutContext *context = expansion->context;
    FoNode *copy = copy_node(context, node, parent);
    if (node->kind != FO_RETRIEVE_MARKER) {
        for (const FoNode *child = node->first; child != NULL;
             child = child->next)
            copy_expanded(expansion, child, copy);
        return;
    }
    copy->kind = FO_WRAPPER;
    const FoNode *marker = marker_find(expansion->areas, node,
                                       expansion->sequence, expansion->page);
    for (const FoNode *child = marker == NULL ? NULL : marker->first;
         child != NULL; child = child->next)
        copy_marked(context, child, copy, marker->style, node->style);
}

static bool
retrieves(const FoNode *node)
{
    if (node->kind == FO_RETRIEVE_MARKER)
        return true;
    for (const FoNode *child = node->first; child != NULL;
         child = child->next) {
        if (retrieves(child))
            return true;
    }
    return false;
}

const FoNode *
marker_expand(LayoutContext *context, const FoNode *content,
              const GArray *areas, int sequence, int page)
{
    if (!retrieves(content))
        return content;
    Expansion expansion = {context, areas, sequence, page};
    FoNode *copy = copy_node(context, content, NULL);
    copy->parent = content->parent;
    for (const FoNode *child = content->first; child != NULL;
         child = child->next)
        copy_expanded(&expansion, child, copy);
    return copy;
}
