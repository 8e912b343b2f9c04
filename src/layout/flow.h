/* SPDX-License-Identifier: MIT */
/*
 * Flow: block-level formatting objects to elements.
 *
 * One Flow fills one ElementList.  Between two boxes it gathers what stands
 * there (spaces, keeps, breaks, ids, markers) and writes it down, resolved,
 * when the next box comes: so the rules of XSL 4.3 and 4.8 have one place,
 * flow_flush in between.c.
 */
#ifndef LAYOUT_FLOW_H
#define LAYOUT_FLOW_H

#include "layout/context.h"

/* Sets all children of parent (a flow, block-container, table-cell, caption,
 * footnote-body, static-content ...) into list.
 *   x, width   the reference area's content rectangle; x from the left edge of
 *              the column: items of the fragments count from there
 *   frame      innermost frame of list around it; NULL: none
 *   structure  element its content belongs to; NULL in an artifact
 * Indents are start-indent and end-indent in this reference area.  Spaces at
 * its start and end are dropped unless they are retained.  list may be empty
 * afterwards (an empty cell). */
void flow_layout(LayoutContext *context, const FoNode *parent, Length x,
                 Length width, ElementList *list, const Frame *frame,
                 StructNode *structure);

/* the narrowest width in which nothing of parent's children overflows, and the
 * one where no line is broken; indents, padding and borders inside included */
void flow_widths(LayoutContext *context, const FoNode *parent,
                 Length *minimum, Length *maximum);

/* how strongly a keep binds, as a penalty: 0 .. PENALTY_FORBIDDEN */
int keep_penalty(FoKeep keep);

/* ---- between boxes (between.c) ---- */

/* space specifiers that met, resolved as they come (XSL 4.3.1) */
typedef struct {
    bool any, forcing, retain;
    int precedence;
    Length minimum, optimum, maximum;
} SpaceSum;

typedef struct {
    LayoutContext *context;
    ElementList *list;
    Length x, width;        /* of the reference area */
    GPtrArray *frames;      /* Frame opened and not closed, outermost first */
    const Frame *outside;   /* the frame around all of them */
    int together;           /* strongest keep-together of the open objects */
    int first;              /* list->count at its beginning */
    /* since the last box */
    SpaceSum space;
    int keep;               /* strongest keep-with-next/-previous */
    int together_between;   /* keep-together of what holds both boxes */
    ForceKind force;
    GArray *anchors;        /* Anchor */
    GPtrArray *positioned;  /* Positioned */
    GPtrArray *notes;       /* Note */
} Flow;

void flow_init(Flow *flow, LayoutContext *context, ElementList *list,
               Length x, Length width, const Frame *frame);
/* sets what is still held: retained space, anchors without a box */
void flow_clear(Flow *flow);
void flow_space(Flow *flow, FoSpace space);
void flow_keep(Flow *flow, FoKeep keep);
void flow_break(Flow *flow, FoKeyword value);
/* a box after all that was gathered; valid until the next one */
Element *flow_add(Flow *flow, Length height);
/* resolves what was gathered and writes it to the last element, for those who
 * add elements by themselves */
void flow_flush(Flow *flow);
/* after they did: elements from `first` on get anchors and frame */
void flow_adopt(Flow *flow, int first);
void flow_anchor(Flow *flow, Anchor anchor);
/* the innermost frame around the next box */
const Frame *flow_frame(const Flow *flow);

/* What an object does around its boxes: spaces, keeps, breaks, id, markers,
 * frame.  x, width: the content rectangle. */
typedef struct {
    const FoNode *node;
    Frame *frame, *bar;
    int together;
    int first;
} FlowObject;
FlowObject flow_open(Flow *flow, const FoNode *node, Length x, Length width);
void flow_close(Flow *flow, const FlowObject *object);

/* ---- kinds of objects ---- */

/* start-indent and end-indent in the reference area */
void flow_rectangle(const Flow *flow, const FoNode *node, Length *x,
                    Length *width);
/* all children of parent; x, width: the content rectangle of parent, for lines
 * directly in it */
void flow_children(Flow *flow, const FoNode *parent, Length x, Length width,
                   StructNode *structure);
void flow_child(Flow *flow, const FoNode *node, StructNode *structure);
void list_block_layout(Flow *flow, const FoNode *node, StructNode *structure);
void block_container_layout(Flow *flow, const FoNode *node,
                            StructNode *structure);
/* a footnote's body as a note of its own */
Note *note_layout(LayoutContext *context, const FoNode *body,
                  StructNode *structure, const char *id);

#endif
