/* SPDX-License-Identifier: MIT */
/*
 * Block-containers: reference areas of their own.
 *
 * Without height and turning, content flows on over pages.  With a height, or
 * turned, it is one box.  Absolute and fixed ones are set apart and stand on
 * the page of the box that follows them.
 */
#include "layout/flow.h"
#include "layout/fragment.h"
#include "layout/structure.h"

/* turned against the area around it: 0, 90, 180, 270 */
static int
turn_of(const FoNode *node)
{
    int turn = node->style->reference_orientation;
    if (node->parent != NULL)
        turn -= node->parent->style->reference_orientation;
    return ((turn % 360) + 360) % 360;
}

static Length
aligned(FoKeyword align, Length room, Length height)
{
    switch (align) {
    case FO_KEY_CENTER:
        return MAX((room - height) / 2, 0);
    case FO_KEY_AFTER:
        return MAX(room - height, 0);
    default:
        return 0;
    }
}

typedef struct {
    Length width, height; /* of the content rectangle as it stands on the page;
                             height 0: as high as its content */
    Flow *flow; /* takes notes, anchors and containers in it */
} ContainerBox;

/* Sets the content into one fragment with the content rectangle's top left
 * corner at 0 0 and gives its height. */
static Fragment
set_apart(LayoutContext *context, const FoNode *node, StructNode *structure,
          ContainerBox *box)
{
    int turn = turn_of(node);
    bool lying = turn == 90 || turn == 270;
    Length measure = lying ? box->height : box->width;
    if (lying && measure == 0) {
        Length minimum;
        flow_widths(context, node, &minimum, &measure);
        box->height = measure;
    }
    ElementList *list = element_list_new(context->arena);
    flow_layout(context, node, 0, measure, list, NULL, structure);
    Length height = element_list_height(list, 0, list->count - 1);
    Length room = lying ? box->width : box->height;
    if (room == 0)
        room = box->height = height;
    if (height > room)
        diagnostics_add(context->diagnostics, LEVEL_WARNING,
                        "container-overflow", node->place,
                        "the content of this block-container is %.0f pt high, "
                        "its room %.0f pt: shorten it or give it more room",
                        length_points(height), length_points(room));
    Placement placement;
    placement_init(&placement);
    fragment_place(list, 0, list->count - 1, 0,
                   aligned(node->style->display_align, room, height), 0,
                   &placement);
    Fragment fragment = placement_fragment(&placement, context->arena);
    fragment_rotate(&fragment, turn, measure, room);
    for (int i = 0; i < list->count; i++) {
        for (int n = 0; n < list->elements[i].note_count; n++)
            g_ptr_array_add(box->flow->notes, list->elements[i].notes[n]);
    }
    for (guint i = 0; i < placement.containers->len; i++)
        g_ptr_array_add(box->flow->positioned,
                        g_array_index(placement.containers, gpointer, i));
    for (guint i = 0; i < placement.anchors->len; i++) {
        Anchor anchor =
            g_array_index(placement.anchors, PlacedAnchor, i).anchor;
        anchor.x = anchor.y = 0;
        flow_anchor(box->flow, anchor);
    }
    placement_clear(&placement);
    element_list_free(list);
    return fragment;
}

/* ---- absolute and fixed ---- */

static bool
is_given(FoDimension dimension)
{
    return dimension.kind == FO_DIMENSION_LENGTH ||
           dimension.kind == FO_DIMENSION_PERCENT;
}

/* position and size of the border box in one direction; size: of the content
 * or 0, around: border and padding on both sides */
static void
solve(FoDimension near, FoDimension far, Length room, Length around,
      Length *start, Length *size)
{
    Length first = fo_dimension(near, room, 0);
    Length last = fo_dimension(far, room, 0);
    if (*size == 0 && is_given(far))
        *size = MAX(room - first - last - around, 0);
    *start = first;
    if (!is_given(near) && is_given(far) && *size > 0)
        *start = room - last - *size - around;
}

static void
add_positioned(Flow *flow, const FoNode *node, StructNode *structure)
{
    LayoutContext *context = flow->context;
    const FoStyle *style = node->style;
    bool fixed = style->absolute_position == FO_KEY_FIXED;
    Length room_x = fixed ? context->page_width : context->region_width;
    Length room_y = fixed ? context->page_height : context->region_height;
    Length left = style->border_start_width + style->padding_start;
    Length top = style->border_before_width + style->padding_before;
    Length across = left + style->border_end_width + style->padding_end;
    Length along = top + style->border_after_width + style->padding_after;
    ContainerBox box = {fo_dimension(style->width, room_x, 0),
                        fo_dimension(style->height, room_y, 0), flow};
    Length x, y;
    solve(style->left, style->right, room_x, across, &x, &box.width);
    if (box.width == 0)
        box.width = MAX(room_x - x - across, 0);
    if (is_given(style->top) && is_given(style->bottom))
        solve(style->top, style->bottom, room_y, along, &y, &box.height);
    StructNode *element = structure_add(context, node, structure, NULL);
    Fragment content = set_apart(context, node, element, &box);
    FoDimension bottom = style->bottom;
    solve(style->top, bottom, room_y, along, &y, &box.height);
    Placement placement;
    placement_init(&placement);
    frame_paint(style,
                (FrameBox){x, y, box.width + across, box.height + along, false,
                           false},
                placement.items);
    fragment_append(&content, x + left, y + top, &placement);
    Positioned *positioned = arena_new0(flow->list->arena, Positioned);
    positioned->fragment = placement_fragment(&placement, flow->list->arena);
    positioned->fixed = fixed;
    placement_clear(&placement);
    g_ptr_array_add(flow->positioned, positioned);
    flow_break(flow, style->break_before);
    const char *id = fo_attribute(node, FO_ATTRIBUTE_ID);
    if (id != NULL)
        flow_anchor(flow, (Anchor){ANCHOR_ID, id, NULL, true, true, 0, 0});
    if (style->break_after != FO_KEY_AUTO) {
        /* nothing else may stand between it and the break */
        flow_add(flow, 0);
        flow_break(flow, style->break_after);
    }
}

/* ---- in the flow ---- */

static void
add_as_box(Flow *flow, const FoNode *node, Length x, Length width,
           StructNode *structure)
{
    ContainerBox box = {width, fo_dimension(node->style->height, 0, 0),
                        flow};
    Fragment fragment = set_apart(flow->context, node, structure, &box);
    for (int i = 0; i < fragment.item_count; i++)
        fragment.items[i].x += x;
    for (int i = 0; i < fragment.link_count; i++)
        fragment.links[i].x += x;
    Element *element = flow_add(flow, box.height);
    element->fragment = fragment;
    element->place = node->place;
}

/* a Flow of its own in the same list: spaces do not cross its edge */
static void
add_flowing(Flow *flow, const FoNode *node, Length x, Length width,
            StructNode *structure)
{
    flow_flush(flow);
    int first = flow->list->count;
    Flow inner;
    flow_init(&inner, flow->context, flow->list, x, width, flow_frame(flow));
    inner.together = inner.together_between = flow->together;
    flow_children(&inner, node, x, width, structure);
    ForceKind force = inner.force;
    flow_clear(&inner);
    flow_adopt(flow, first);
    flow->force = MAX(flow->force, force);
}

void
block_container_layout(Flow *flow, const FoNode *node, StructNode *structure)
{
    LayoutContext *context = flow->context;
    const FoStyle *style = node->style;
    ArtifactKind saved;
    structure_enter(context, node, &saved);
    if (style->absolute_position == FO_KEY_ABSOLUTE ||
        style->absolute_position == FO_KEY_FIXED) {
        add_positioned(flow, node, structure);
        context->artifact = saved;
        return;
    }
    StructNode *element = structure_add(context, node, structure, NULL);
    Length x, width;
    flow_rectangle(flow, node, &x, &width);
    width = fo_dimension(style->width, flow->width, width);
    FlowObject object = flow_open(flow, node, x, width);
    if (turn_of(node) != 0 || fo_dimension(style->height, 0, 0) > 0)
        add_as_box(flow, node, x, width, element);
    else
        add_flowing(flow, node, x, width, element);
    flow_close(flow, &object);
    context->artifact = saved;
}
