/* SPDX-License-Identifier: MIT */
/*
 * Structure: which PDF element a formatting object becomes.
 *
 * The `role` attribute decides; without it the object does.  role="artifact"
 * makes it and all below it artifacts, role="none" gives it no element of its
 * own (its content belongs to the parent's).
 */
#ifndef LAYOUT_STRUCTURE_H
#define LAYOUT_STRUCTURE_H

#include "layout/context.h"

/* Adds the element of node below parent and gives it; gives parent itself when
 * there is none.  otherwise: the type where no role attribute says one, NULL
 * for none.  In an artifact or while measuring: NULL.  Language, id, alt,
 * scope ... are taken from node. */
StructNode *structure_add(LayoutContext *context, const FoNode *node,
                          StructNode *parent, const char *otherwise);
/* the slot of text that now belongs to parent: its last child if that is a
 * slot; NULL if parent is NULL */
StructNode *structure_slot(LayoutContext *context, StructNode *parent);
/* role="artifact"?  Saves context->artifact in *saved and sets it; give *saved
 * back with context->artifact = saved when node is done */
void structure_enter(LayoutContext *context, const FoNode *node,
                     ArtifactKind *saved);
/* BCP 47 tag of a style: "lt", "en-GB", ""; interned in the context's pages */
const char *structure_language(LayoutContext *context, const FoStyle *style);

#endif
