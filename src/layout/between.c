/* SPDX-License-Identifier: MIT */
/*
 * What lies between two boxes.
 *
 * Spaces that meet are one space: a forcing one wins, then the highest
 * precedence, then the largest optimum (XSL 1.1, 4.3.1).  A border or padding
 * between them parts them (it is a box here).  Of keeps the strongest counts,
 * a break beats all of them.
 */
#include "layout/flow.h"

#include "layout/fragment.h"

#include <string.h>

/* a keep strength that is a number: strong, but not a law */
enum { PENALTY_STRENGTH = 2000, PENALTY_STRONGEST = 9000 };

/* frames of this many lines stay whole; longer ones keep this many at an edge */
enum { FRAME_SHORT = 8, FRAME_EDGE = 3, PENALTY_FRAME = 1000 };

static int
strength_penalty(int strength)
{
    if (strength == 0)
        return 0;
    if (strength == FO_ALWAYS)
        return PENALTY_FORBIDDEN;
    return CLAMP(PENALTY_STRENGTH + strength * 10, 1, PENALTY_STRONGEST);
}

int
keep_penalty(FoKeep keep)
{
    return MAX(strength_penalty(keep.within_column),
               strength_penalty(keep.within_page));
}

void
flow_keep(Flow *flow, FoKeep keep)
{
    flow->keep = MAX(flow->keep, keep_penalty(keep));
}

void
flow_break(Flow *flow, FoKeyword value)
{
    ForceKind force = FORCE_NONE;
    switch (value) {
    case FO_KEY_COLUMN:
        force = FORCE_COLUMN;
        break;
    case FO_KEY_PAGE:
        force = FORCE_PAGE;
        break;
    case FO_KEY_EVEN_PAGE:
        force = FORCE_EVEN_PAGE;
        break;
    case FO_KEY_ODD_PAGE:
        force = FORCE_ODD_PAGE;
        break;
    default:
        break;
    }
    flow->force = MAX(flow->force, force);
}

void
flow_space(Flow *flow, FoSpace space)
{
    SpaceSum *sum = &flow->space;
    bool forcing = space.precedence == FO_FORCE;
    /* no space at all takes no part; a negative one could never win */
    if (space.optimum == 0 && space.minimum == 0 && space.maximum == 0 &&
        !forcing)
        return;
    if (sum->any && sum->forcing && !forcing)
        return;
    if (sum->any && sum->forcing && forcing) {
        sum->minimum += space.minimum;
        sum->optimum += space.optimum;
        sum->maximum += space.maximum;
        sum->retain |= space.retain;
        return;
    }
    bool wins = !sum->any || forcing || space.precedence > sum->precedence ||
                (space.precedence == sum->precedence &&
                 space.optimum > sum->optimum);
    bool equals = sum->any && space.precedence == sum->precedence &&
                  space.optimum == sum->optimum;
    if (wins) {
        *sum = (SpaceSum){true,          forcing,       space.retain,
                          space.precedence, space.minimum, space.optimum,
                          space.maximum};
    } else if (equals) {
        sum->minimum = MAX(sum->minimum, space.minimum);
        sum->maximum = MIN(sum->maximum, space.maximum);
        sum->retain |= space.retain;
    }
}

void
flow_init(Flow *flow, LayoutContext *context, ElementList *list, Length x,
          Length width, const Frame *frame)
{
    *flow = (Flow){
        .context = context,
        .list = list,
        .x = x,
        .width = width,
        .frames = g_ptr_array_new(),
        .outside = frame,
        .first = list->count,
        .anchors = g_array_new(FALSE, FALSE, sizeof(Anchor)),
        .positioned = g_ptr_array_new(),
        .notes = g_ptr_array_new(),
    };
}

const Frame *
flow_frame(const Flow *flow)
{
    if (flow->frames->len == 0)
        return flow->outside;
    return g_ptr_array_index(flow->frames, flow->frames->len - 1);
}

/* frames opened since the last box begin with this element */
static void
begin_frames(Flow *flow, int index)
{
    for (guint i = flow->frames->len; i > 0; i--) {
        Frame *frame = g_ptr_array_index(flow->frames, i - 1);
        if (frame->first >= 0)
            break;
        frame->first = index;
    }
}

static void *
joined(Arena *arena, const void *old, int old_count, const void *more,
       guint more_count, size_t size)
{
    char *all = arena_alloc(arena, size * ((size_t)old_count + more_count));
    if (old_count > 0)
        memcpy(all, old, size * (size_t)old_count);
    memcpy(all + size * (size_t)old_count, more, size * more_count);
    return all;
}

/* hands the gathered anchors, containers and notes to an element */
static void
attach(Flow *flow, Element *element)
{
    Arena *arena = flow->list->arena;
    if (flow->anchors->len > 0) {
        element->anchors =
            joined(arena, element->anchors, element->anchor_count,
                   flow->anchors->data, flow->anchors->len, sizeof(Anchor));
        element->anchor_count += (int)flow->anchors->len;
        g_array_set_size(flow->anchors, 0);
    }
    if (flow->positioned->len > 0) {
        element->positioned =
            joined(arena, element->positioned, element->positioned_count,
                   flow->positioned->pdata, flow->positioned->len,
                   sizeof(gpointer));
        element->positioned_count += (int)flow->positioned->len;
        g_ptr_array_set_size(flow->positioned, 0);
    }
    if (flow->notes->len > 0) {
        element->notes =
            joined(arena, element->notes, element->note_count,
                   flow->notes->pdata, flow->notes->len, sizeof(gpointer));
        element->note_count += (int)flow->notes->len;
        g_ptr_array_set_size(flow->notes, 0);
    }
}

static Element *
add_plain(Flow *flow, Length height)
{
    Element *element = element_list_add(flow->list);
    element->height = height;
    element->frame = flow_frame(flow);
    begin_frames(flow, flow->list->count - 1);
    return element;
}

/* a space that stays at a page's top is a box that holds to what follows */
static void
add_space_box(Flow *flow, const SpaceSum *space)
{
    Element *box = add_plain(flow, space->optimum);
    box->penalty = PENALTY_FORBIDDEN;
}

static void
reset_between(Flow *flow)
{
    flow->space = (SpaceSum){0};
    flow->keep = 0;
    flow->together_between = flow->together;
    flow->force = FORCE_NONE;
}

void
flow_flush(Flow *flow)
{
    SpaceSum space = flow->space;
    ForceKind force = flow->force;
    int penalty = MAX(flow->keep,
                      MIN(flow->together_between, flow->together));
    reset_between(flow);
    bool at_start = flow->list->count == flow->first;
    if (at_start || force != FORCE_NONE) {
        if (!at_start) {
            Element *last = &flow->list->elements[flow->list->count - 1];
            last->penalty = PENALTY_FORCED;
            last->force = force;
        }
        if (space.retain && space.optimum > 0)
            add_space_box(flow, &space);
        return;
    }
    Element *last = &flow->list->elements[flow->list->count - 1];
    last->gap += space.optimum;
    last->stretch += MAX(space.maximum - space.optimum, 0);
    last->shrink += MAX(space.optimum - space.minimum, 0);
    last->gap_retained |= space.retain && space.any;
    last->penalty = MAX(last->penalty, penalty);
}

Element *
flow_add(Flow *flow, Length height)
{
    flow_flush(flow);
    Element *element = add_plain(flow, height);
    attach(flow, element);
    return element;
}

void
flow_adopt(Flow *flow, int first)
{
    if (first >= flow->list->count)
        return;
    begin_frames(flow, first);
    attach(flow, &flow->list->elements[first]);
    reset_between(flow);
}

void
flow_anchor(Flow *flow, Anchor anchor)
{
    g_array_append_val(flow->anchors, anchor);
}

void
flow_clear(Flow *flow)
{
    bool waiting = flow->anchors->len > 0 || flow->positioned->len > 0 ||
                   flow->notes->len > 0;
    bool empty = flow->list->count == flow->first;
    if (flow->space.retain && flow->space.optimum > 0) {
        SpaceSum space = flow->space;
        flow->space = (SpaceSum){0};
        flow_flush(flow);
        attach(flow, add_plain(flow, space.optimum));
    } else if (waiting && (empty || flow->force != FORCE_NONE)) {
        flow->space = (SpaceSum){0};
        flow_add(flow, 0);
    } else if (waiting) {
        Element *last = &flow->list->elements[flow->list->count - 1];
        for (guint i = 0; i < flow->anchors->len; i++)
            g_array_index(flow->anchors, Anchor, i).y = last->height;
        attach(flow, last);
    }
    g_ptr_array_unref(flow->frames);
    g_array_unref(flow->anchors);
    g_ptr_array_unref(flow->positioned);
    g_ptr_array_unref(flow->notes);
}

/* ---- objects ---- */

static Frame *
open_frame(Flow *flow, const FoStyle *style, Length x, Length width)
{
    Frame *frame = arena_new0(flow->list->arena, Frame);
    *frame = (Frame){
        .parent = flow_frame(flow),
        .style = style,
        .x = x,
        .width = width,
        .first = -1,
        .last = -1,
    };
    frame->depth = frame->parent == NULL ? 0 : frame->parent->depth + 1;
    g_ptr_array_add(flow->frames, frame);
    return frame;
}

static bool
has_frame(const FoStyle *style)
{
    return !style->background_color.transparent ||
           style->border_before_width > 0 || style->border_after_width > 0 ||
           style->border_start_width > 0 || style->border_end_width > 0 ||
           style->padding_before > 0 || style->padding_after > 0;
}

static void
open_anchors(Flow *flow, const FoNode *node)
{
    const char *id = fo_attribute(node, FO_ATTRIBUTE_ID);
    if (id != NULL && !flow->context->measuring)
        flow_anchor(flow, (Anchor){ANCHOR_ID, id, NULL, true, false, 0, 0});
    for (const FoNode *child = node->first; child != NULL;
         child = child->next) {
        if (child->kind == FO_MARKER)
            flow_anchor(flow, (Anchor){ANCHOR_MARKER, NULL, child, true, false,
                                       0, 0});
    }
}

FlowObject
flow_open(Flow *flow, const FoNode *node, Length x, Length width)
{
    const FoStyle *style = node->style;
    FlowObject object = {.node = node, .together = flow->together};
    flow_break(flow, style->break_before);
    flow_keep(flow, style->keep_with_previous);
    flow_space(flow, style->space_before);
    flow->together_between = MIN(flow->together_between, flow->together);
    flow->together = MAX(flow->together, keep_penalty(style->keep_together));
    open_anchors(flow, node);
    const char *bar = fo_attribute(node, FO_ATTRIBUTE_BAR);
    if (bar != NULL) {
        object.bar = open_frame(flow, style, x, width);
        object.bar->bar = bar;
    }
    if (has_frame(style)) {
        Length left = style->border_start_width + style->padding_start;
        Length right = style->border_end_width + style->padding_end;
        object.frame = open_frame(flow, style, x - left, width + left + right);
        Length top = style->border_before_width + style->padding_before;
        if (top > 0) {
            Element *edge = flow_add(flow, top);
            edge->penalty = PENALTY_FORBIDDEN;
            edge->place = node->place;
        }
    }
    object.first = flow->list->count;
    return object;
}

/* the end of an object's area: for markers, and for page-number-citation-last;
 * it goes to the last box */
static void
close_anchors(Flow *flow, const FlowObject *object)
{
    const FoNode *node = object->node;
    g_autoptr(GArray) ends = g_array_new(FALSE, FALSE, sizeof(Anchor));
    const char *id = fo_attribute(node, FO_ATTRIBUTE_ID);
    if (id != NULL && g_hash_table_contains(flow->context->cited_last, id)) {
        Anchor end = {ANCHOR_ID, id, NULL, false, true, 0, 0};
        g_array_append_val(ends, end);
    }
    for (const FoNode *child = node->first; child != NULL;
         child = child->next) {
        if (child->kind == FO_MARKER) {
            Anchor end = {ANCHOR_MARKER, NULL, child, false, true, 0, 0};
            g_array_append_val(ends, end);
        }
    }
    if (ends->len == 0)
        return;
    if (flow->list->count <= object->first) { /* it had no box of its own */
        g_array_append_vals(flow->anchors, ends->data, ends->len);
        return;
    }
    Element *last = &flow->list->elements[flow->list->count - 1];
    last->anchors = joined(flow->list->arena, last->anchors,
                           last->anchor_count, ends->data, ends->len,
                           sizeof(Anchor));
    last->anchor_count += (int)ends->len;
}

/* A short frame is better not cut at all, a long one not within its first or
 * last three lines: dear, but no law. */
static void
guard_frame(Flow *flow, const Frame *frame)
{
    Element *elements = flow->list->elements;
    int lines = 0, seen = 0;
    for (int i = frame->first; i <= frame->last; i++)
        lines += elements[i].has_baseline;
    for (int i = frame->first; i < frame->last; i++) {
        Element *element = &elements[i];
        seen += element->has_baseline;
        bool at_edge = seen < FRAME_EDGE || lines - seen < FRAME_EDGE;
        if ((lines <= FRAME_SHORT || at_edge) &&
            element->penalty != PENALTY_FORCED)
            element->penalty = MAX(element->penalty, PENALTY_FRAME);
    }
}

/* ends a frame with the last box; a cut of it costs what is retained */
static void
close_frame(Flow *flow, Frame *frame)
{
    g_assert(g_ptr_array_index(flow->frames, flow->frames->len - 1) == frame);
    g_ptr_array_set_size(flow->frames, (int)flow->frames->len - 1);
    if (frame->first < 0)
        return;
    frame->last = flow->list->count - 1;
    g_array_append_val(flow->list->frames, frame);
    if (frame->bar != NULL)
        return;
    guard_frame(flow, frame);
    Length top = frame_top(frame->style), bottom = frame_bottom(frame->style);
    if (top == 0 && bottom == 0)
        return;
    for (int i = frame->first; i < frame->last; i++) {
        flow->list->elements[i].top += top;
        flow->list->elements[i].bottom += bottom;
    }
}

void
flow_close(Flow *flow, const FlowObject *object)
{
    const FoStyle *style = object->node->style;
    if (object->frame != NULL) {
        Length bottom = style->border_after_width + style->padding_after;
        if (bottom > 0) {
            flow->keep = PENALTY_FORBIDDEN;
            flow->force = FORCE_NONE;
            flow_add(flow, bottom)->place = object->node->place;
        }
    }
    close_anchors(flow, object);
    if (object->frame != NULL)
        close_frame(flow, object->frame);
    if (object->bar != NULL)
        close_frame(flow, object->bar);
    flow->together = object->together;
    flow->together_between = MIN(flow->together_between, flow->together);
    flow_space(flow, style->space_after);
    flow_keep(flow, style->keep_with_next);
    flow_break(flow, style->break_after);
}
