/* SPDX-License-Identifier: MIT */
/*
 * Lists: label and body side by side.
 *
 * The body is set into the flow as if it stood alone; then the label, set
 * apart, is put beside its first line, baseline on baseline.  A label higher
 * than that line holds the lines beside it together.
 */
#include "layout/flow.h"
#include "layout/fragment.h"
#include "layout/structure.h"

#include <string.h>

/* of a break between a paragraph and the list after it */
enum { PENALTY_LEAD_IN = 500 };

static void
move_down(Element *element, Length distance)
{
    element->height += distance;
    element->baseline += distance;
    for (int i = 0; i < element->fragment.item_count; i++)
        element->fragment.items[i].y += distance;
    for (int i = 0; i < element->fragment.link_count; i++)
        element->fragment.links[i].y += distance;
    for (int i = 0; i < element->anchor_count; i++)
        element->anchors[i].y += distance;
}

/* element `first` of list or a later one that has a baseline */
static int
first_line(const ElementList *list, int first)
{
    for (int i = first; i < list->count; i++) {
        if (list->elements[i].has_baseline)
            return i;
    }
    return first;
}

/* the boxes beside a label of this height stay together; the last of the item
 * grows if the label is higher than all */
static void
hold_beside(ElementList *list, int first, Length bottom)
{
    Length covered = 0;
    for (int i = first; i < list->count; i++) {
        Element *element = &list->elements[i];
        covered += element->height;
        if (covered >= bottom)
            return;
        if (i == list->count - 1) {
            element->height += bottom - covered;
            return;
        }
        if (element->penalty != PENALTY_FORCED)
            element->penalty = PENALTY_FORBIDDEN;
        covered += element->gap;
    }
}

static void
take_notes(Element *element, const ElementList *label, Arena *arena)
{
    for (int i = 0; i < label->count; i++) {
        const Element *from = &label->elements[i];
        if (from->note_count > 0) {
            int count = element->note_count + from->note_count;
            Note **notes = arena_array(arena, Note *, count);
            memcpy(notes, from->notes,
                   sizeof(Note *) * (size_t)from->note_count);
            if (element->note_count > 0)
                memcpy(notes + from->note_count, element->notes,
                       sizeof(Note *) * (size_t)element->note_count);
            element->notes = notes;
            element->note_count = count;
        }
    }
}

static void
put_label(Flow *flow, const ElementList *label, int first)
{
    ElementList *list = flow->list;
    if (label->count == 0)
        return;
    Length height = element_list_height(label, 0, label->count - 1);
    if (list->count <= first) { /* a label without a body */
        Element *element = flow_add(flow, height);
        element->has_baseline = label->elements[0].has_baseline;
        element->baseline = label->elements[0].baseline;
        first = list->count - 1;
    }
    first = first_line(list, first);
    Element *element = &list->elements[first];
    Length down = 0;
    const Element *line = &label->elements[first_line(label, 0)];
    if (element->has_baseline && line->has_baseline) {
        Length above = 0;
        for (const Element *e = label->elements; e != line; e++)
            above += e->height + e->gap;
        down = element->baseline - above - line->baseline;
        if (down < 0) {
            move_down(element, -down);
            down = 0;
        }
    }
    Placement placement;
    placement_init(&placement);
    fragment_place(label, 0, label->count - 1, 0, down, 0, &placement);
    fragment_append(&element->fragment, 0, 0, &placement);
    element->fragment = placement_fragment(&placement, list->arena);
    for (guint i = 0; i < placement.anchors->len; i++) {
        PlacedAnchor *placed =
            &g_array_index(placement.anchors, PlacedAnchor, i);
        flow_anchor(flow, placed->anchor);
    }
    for (guint i = 0; i < placement.containers->len; i++)
        g_ptr_array_add(flow->positioned,
                        g_array_index(placement.containers, gpointer, i));
    placement_clear(&placement);
    take_notes(element, label, list->arena);
    hold_beside(list, first, down + height);
}

static void
add_item(Flow *flow, const FoNode *item, StructNode *structure, bool in_note)
{
    LayoutContext *context = flow->context;
    ArtifactKind outside, saved;
    structure_enter(context, item, &outside);
    Length x, width;
    flow_rectangle(flow, item, &x, &width);
    StructNode *element = structure_add(context, item, structure,
                                        in_note ? NULL : "LI");
    FlowObject object = flow_open(flow, item, x, width);
    const FoNode *label = fo_child(item, FO_LIST_ITEM_LABEL);
    const FoNode *body = fo_child(item, FO_LIST_ITEM_BODY);
    ElementList *beside = element_list_new(flow->list->arena);
    if (label != NULL) {
        structure_enter(context, label, &saved);
        flow_layout(context, label, flow->x, flow->width, beside, NULL,
                    structure_add(context, label, element, "Lbl"));
        context->artifact = saved;
    }
    int first = flow->list->count;
    if (body != NULL) {
        structure_enter(context, body, &saved);
        StructNode *inside = structure_add(context, body, element,
                                           in_note ? NULL : "LBody");
        Length body_x, body_width;
        flow_rectangle(flow, body, &body_x, &body_width);
        FlowObject open = flow_open(flow, body, body_x, body_width);
        flow_children(flow, body, body_x, body_width, inside);
        flow_close(flow, &open);
        context->artifact = saved;
    }
    put_label(flow, beside, first);
    element_list_free(beside);
    flow_close(flow, &object);
    context->artifact = outside;
}

void
list_block_layout(Flow *flow, const FoNode *node, StructNode *structure)
{
    LayoutContext *context = flow->context;
    ArtifactKind saved;
    structure_enter(context, node, &saved);
    /* a footnote is often a list of one item: its number is the note's label */
    bool in_note = node->parent->kind == FO_FOOTNOTE_BODY;
    StructNode *list =
        structure_add(context, node, structure, in_note ? NULL : "L");
    Length x, width;
    flow_rectangle(flow, node, &x, &width);
    /* "Do this:" should not stand alone at the foot of a page */
    if (flow->list->count > flow->first &&
        flow->list->elements[flow->list->count - 1].line_in_paragraph > 0)
        flow->keep = MAX(flow->keep, PENALTY_LEAD_IN);
    FlowObject object = flow_open(flow, node, x, width);
    for (const FoNode *item = node->first; item != NULL; item = item->next) {
        if (item->kind == FO_LIST_ITEM)
            add_item(flow, item, list, in_note);
    }
    flow_close(flow, &object);
    context->artifact = saved;
}
