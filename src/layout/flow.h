/* SPDX-License-Identifier: MIT */
/*
 * Flow: block-level formatting objects to elements.
 *
 * One Flow fills one ElementList.  Between two boxes it gathers what stands
 * there (spaces, keeps, breaks, ids, markers) and writes it down, resolved,
 * when the next box comes: so the rules of XSL 4.3 and 4.8 have one place,
 * flow_flush in flow.c.
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

/* ---- for what lies between boxes and for other makers of elements ---- */

typedef struct Flow Flow;

/* how strongly a keep binds, as a penalty: 0 .. PENALTY_FORBIDDEN */
int keep_penalty(FoKeep keep);
ForceKind break_force(FoKeyword value);

#endif
