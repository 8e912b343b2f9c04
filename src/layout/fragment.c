/* SPDX-License-Identifier: MIT */
/*
 * Stacking elements.
 *
 *   fragment_place      places of all boxes
 *     place_frames      backgrounds and borders, outer ones first
 *       frame_extent    what of a frame lies in this range
 *       frame_paint
 *     fragment_append   contents
 */
#include "layout/fragment.h"

#include <string.h>

void
placement_init(Placement *placement)
{
    *placement = (Placement){
        .items = g_array_new(FALSE, FALSE, sizeof(PageItem)),
        .links = g_array_new(FALSE, FALSE, sizeof(PageLink)),
        .anchors = g_array_new(FALSE, FALSE, sizeof(PlacedAnchor)),
        .containers = g_array_new(FALSE, FALSE, sizeof(Positioned *)),
        .bars = g_array_new(FALSE, FALSE, sizeof(PlacedBar)),
    };
}

void
placement_clear(Placement *placement)
{
    g_array_unref(placement->items);
    g_array_unref(placement->links);
    g_array_unref(placement->anchors);
    g_array_unref(placement->containers);
    g_array_unref(placement->bars);
    memset(placement, 0, sizeof *placement);
}

Fragment
placement_fragment(const Placement *placement, Arena *arena)
{
    Fragment fragment = {NULL, (int)placement->items->len, NULL,
                         (int)placement->links->len};
    if (fragment.item_count > 0) {
        fragment.items = arena_array(arena, PageItem, fragment.item_count);
        memcpy(fragment.items, placement->items->data,
               sizeof(PageItem) * placement->items->len);
    }
    if (fragment.link_count > 0) {
        fragment.links = arena_array(arena, PageLink, fragment.link_count);
        memcpy(fragment.links, placement->links->data,
               sizeof(PageLink) * placement->links->len);
    }
    return fragment;
}

void
fragment_append(const Fragment *fragment, Length x, Length y,
                Placement *placement)
{
    guint start = placement->items->len;
    g_array_append_vals(placement->items, fragment->items,
                        (guint)fragment->item_count);
    for (guint i = start; i < placement->items->len; i++) {
        PageItem *item = &g_array_index(placement->items, PageItem, i);
        item->x += x;
        item->y += y;
    }
    if (placement->links == NULL)
        return;
    start = placement->links->len;
    g_array_append_vals(placement->links, fragment->links,
                        (guint)fragment->link_count);
    for (guint i = start; i < placement->links->len; i++) {
        PageLink *link = &g_array_index(placement->links, PageLink, i);
        link->x += x;
        link->y += y;
    }
}

/* ---- turning ---- */

typedef struct {
    Length x, y, width, height;
} Box;

static Box
turn_box(Box box, int degrees, Length width, Length height)
{
    switch (degrees) {
    case 90:
        return (Box){box.y, width - box.x - box.width, box.height, box.width};
    case 180:
        return (Box){width - box.x - box.width, height - box.y - box.height,
                     box.width, box.height};
    case 270:
        return (Box){height - box.y - box.height, box.x, box.height,
                     box.width};
    default:
        return box;
    }
}

void
fragment_rotate(Fragment *fragment, int degrees, Length width, Length height)
{
    degrees = ((degrees % 360) + 360) % 360;
    if (degrees == 0)
        return;
    for (int i = 0; i < fragment->item_count; i++) {
        PageItem *item = &fragment->items[i];
        Box box = {item->x, item->y, item->width, item->height};
        if (item->kind == PAGE_TEXT) {
            /* a point, the start of the baseline; width is along the text */
            box.width = box.height = 0;
            box = turn_box(box, degrees, width, height);
            item->x = box.x;
            item->y = box.y;
            item->rotation = (item->rotation + degrees) % 360;
            continue;
        }
        box = turn_box(box, degrees, width, height);
        item->x = box.x;
        item->y = box.y;
        item->width = box.width;
        item->height = box.height;
    }
    for (int i = 0; i < fragment->link_count; i++) {
        PageLink *link = &fragment->links[i];
        Box box = {link->x, link->y, link->width, link->height};
        box = turn_box(box, degrees, width, height);
        link->x = box.x;
        link->y = box.y;
        link->width = box.width;
        link->height = box.height;
    }
}

/* ---- frames ---- */

static void
add_rectangle(GArray *items, Box box, FoColor color)
{
    if (color.transparent || box.width <= 0 || box.height <= 0)
        return;
    PageItem item = {
        .kind = PAGE_RECTANGLE,
        .artifact = ARTIFACT_BACKGROUND,
        .x = box.x,
        .y = box.y,
        .width = box.width,
        .height = box.height,
        .color = color,
    };
    g_array_append_val(items, item);
}

/* dotted, dashed and double are stroked along their middle */
void
edge_paint(GArray *items, Length x, Length y, Length width, Length height,
           FoKeyword style, FoColor color)
{
    Box box = {x, y, width, height};
    if (style == FO_KEY_NONE || style == FO_KEY_HIDDEN || box.width <= 0 ||
        box.height <= 0)
        return;
    if (style != FO_KEY_DOTTED && style != FO_KEY_DASHED &&
        style != FO_KEY_DOUBLE) {
        add_rectangle(items, box, color);
        return;
    }
    bool across = box.width >= box.height;
    Length thickness = across ? box.height : box.width;
    PageItem item = {
        .kind = PAGE_RULE,
        .artifact = ARTIFACT_BACKGROUND,
        .x = across ? box.x : box.x + thickness / 2,
        .y = across ? box.y + thickness / 2 : box.y,
        .width = across ? box.width : 0,
        .height = across ? 0 : box.height,
        .color = color,
    };
    item.rule.thickness = thickness;
    item.rule.style = style;
    g_array_append_val(items, item);
}

void
frame_paint(const FoStyle *style, FrameBox box, GArray *items)
{
    if (style->visibility == FO_KEY_HIDDEN)
        return;
    bool before = !box.cut_before ||
                  style->border_before_condition == FO_KEY_RETAIN;
    bool after = !box.cut_after ||
                 style->border_after_condition == FO_KEY_RETAIN;
    Length top = before ? style->border_before_width : 0;
    Length bottom = after ? style->border_after_width : 0;
    add_rectangle(items, (Box){box.x, box.y, box.width, box.height},
                  style->background_color);
    edge_paint(items, box.x, box.y, box.width, top, style->border_before_style,
               style->border_before_color);
    edge_paint(items, box.x, box.y + box.height - bottom, box.width, bottom,
               style->border_after_style, style->border_after_color);
    Length height = box.height - top - bottom;
    edge_paint(items, box.x, box.y + top, style->border_start_width, height,
               style->border_start_style, style->border_start_color);
    edge_paint(items, box.x + box.width - style->border_end_width,
               box.y + top, style->border_end_width, height,
               style->border_end_style, style->border_end_color);
}

Length
frame_top(const FoStyle *style)
{
    Length top = 0;
    if (style->border_before_condition == FO_KEY_RETAIN)
        top += style->border_before_width;
    if (style->padding_before_condition == FO_KEY_RETAIN)
        top += style->padding_before;
    return top;
}

Length
frame_bottom(const FoStyle *style)
{
    Length bottom = 0;
    if (style->border_after_condition == FO_KEY_RETAIN)
        bottom += style->border_after_width;
    if (style->padding_after_condition == FO_KEY_RETAIN)
        bottom += style->padding_after;
    return bottom;
}

/* a range being placed; tops, bottoms: of the boxes first..last */
typedef struct {
    const ElementList *list;
    int first, last;
    Length x;
    Length *tops;
    Length start, end;   /* of the whole range, break heights included */
} Range;

static FrameBox
frame_extent(const Range *range, const Frame *frame)
{
    const Element *elements = range->list->elements;
    FrameBox box = {range->x + frame->x, 0, frame->width, 0,
                    frame->first < range->first, frame->last > range->last};
    Length top = range->start, bottom = range->end;
    if (box.cut_before) {
        for (const Frame *f = frame->parent; f != NULL; f = f->parent)
            top += frame_top(f->style);
    } else {
        top = range->tops[frame->first - range->first];
    }
    if (box.cut_after) {
        for (const Frame *f = frame->parent; f != NULL; f = f->parent)
            bottom -= frame_bottom(f->style);
    } else {
        bottom = range->tops[frame->last - range->first] +
                 elements[frame->last].height;
    }
    box.y = top;
    box.height = bottom - top;
    return box;
}

static int
compare_frames(gconstpointer a, gconstpointer b)
{
    const Frame *left = *(const Frame *const *)a;
    const Frame *right = *(const Frame *const *)b;
    if (left->depth != right->depth)
        return left->depth - right->depth;
    return left->first - right->first;
}

static void
place_frames(const Range *range, Placement *placement)
{
    g_autoptr(GPtrArray) frames = NULL;
    const Frame *previous = NULL;
    for (int i = range->first; i <= range->last; i++) {
        const Frame *frame = range->list->elements[i].frame;
        if (frame == previous)
            continue;
        previous = frame;
        if (frames == NULL)
            frames = g_ptr_array_new();
        for (; frame != NULL && !g_ptr_array_find(frames, frame, NULL);
             frame = frame->parent)
            g_ptr_array_add(frames, (gpointer)frame);
    }
    if (frames == NULL)
        return;
    g_ptr_array_sort(frames, compare_frames);
    for (guint i = 0; i < frames->len; i++) {
        const Frame *frame = g_ptr_array_index(frames, i);
        FrameBox box = frame_extent(range, frame);
        if (frame->bar == NULL)
            frame_paint(frame->style, box, placement->items);
        else if (placement->bars != NULL) {
            PlacedBar bar = {frame, box.y, box.height};
            g_array_append_val(placement->bars, bar);
        }
    }
}

/* ---- stacking ---- */

static Length
glue(const Element *element, int32_t ratio)
{
    if (ratio > 0)
        return element->gap + length_scale(element->stretch, ratio, 65536);
    if (ratio < 0)
        return element->gap + length_scale(element->shrink, ratio, 65536);
    return element->gap;
}

static void
place_element(const Range *range, int index, Placement *placement)
{
    const Element *element = &range->list->elements[index];
    Length y = range->tops[index - range->first];
    fragment_append(&element->fragment, range->x, y, placement);
    if (placement->anchors != NULL) {
        for (int i = 0; i < element->anchor_count; i++) {
            const Anchor *anchor = &element->anchors[i];
            PlacedAnchor placed = {*anchor, index, range->x + anchor->x,
                                   y + anchor->y};
            g_array_append_val(placement->anchors, placed);
        }
    }
    if (placement->containers != NULL)
        g_array_append_vals(placement->containers, element->positioned,
                            (guint)element->positioned_count);
}

Length
fragment_place(const ElementList *list, int first, int last, Length x,
               Length y, int32_t ratio, Placement *placement)
{
    if (last < first)
        return 0;
    const Element *elements = list->elements;
    Length few[64];
    int count = last - first + 1;
    Length *tops = count <= (int)G_N_ELEMENTS(few) ? few
                                                   : g_new(Length, count);
    Range range = {list, first, last, x, tops, y, y};
    const Fragment *head = NULL, *foot = NULL;
    const Element *before = first > 0 ? &elements[first - 1] : NULL;
    Length below = y;
    if (before != NULL) {
        below += before->top;
        head = before->top_fragment;
        if (before->gap_retained)
            below += before->gap;
    }
    Length content_top = below;
    for (int i = first; i <= last; i++) {
        tops[i - first] = below;
        below += elements[i].height;
        if (i < last)
            below += glue(&elements[i], ratio);
    }
    Length content_bottom = below;
    if (last + 1 < list->count) {
        below += elements[last].bottom;
        foot = elements[last].bottom_fragment;
    }
    range.end = below;
    place_frames(&range, placement);
    if (head != NULL) {
        /* right above the first box, inside all frames that go on */
        Length frames = 0;
        for (const Frame *f = elements[first].frame; f != NULL; f = f->parent)
            frames += f->first < first ? frame_top(f->style) : 0;
        Length head_top = y + frames;
        fragment_append(head, x, MIN(head_top, content_top), placement);
    }
    for (int i = first; i <= last; i++)
        place_element(&range, i, placement);
    if (foot != NULL)
        fragment_append(foot, x, content_bottom, placement);
    if (tops != few)
        g_free(tops);
    return below - y;
}
