/* SPDX-License-Identifier: MIT */
/*
 * Assembly: the breaks of a page sequence to bodies of pages, and those to
 * finished pages.
 */
#ifndef LAYOUT_ASSEMBLE_H
#define LAYOUT_ASSEMBLE_H

#include "layout/page_sequence.h"

/* what its pages show of the flow, from its breaks: fills sequence->bodies */
void assemble_bodies(LayoutContext *context, PageSequence *sequence);
/* adds the sequence's pages to context->pages, with their bodies and what stands
 * around them; markers: MarkerArea of the whole document */
void assemble_sequence(LayoutContext *context, const PageSequence *sequence,
                       const GArray *markers);

#endif
