/* SPDX-License-Identifier: MIT */
/*
 * Assembly: the breaks of a page sequence to finished pages.
 */
#ifndef LAYOUT_ASSEMBLE_H
#define LAYOUT_ASSEMBLE_H

#include "layout/page_sequence.h"

/* adds the sequence's pages to context->pages; markers: MarkerArea of the whole
 * document */
void assemble_sequence(LayoutContext *context, const PageSequence *sequence,
                       const GArray *markers);

#endif
