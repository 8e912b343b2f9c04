/* SPDX-License-Identifier: MIT */
/*
 * Every character lands on a page: the text of the flows is compared with the
 * text of the slots, in reading order.
 */
#ifndef LAYOUT_TEXT_CHECK_H
#define LAYOUT_TEXT_CHECK_H

#include "layout/context.h"

/* what is written in node stands in structure, whose content is on the pages
 * from first_page on; false after a text-lost diagnostic: our bug, nothing may be
 * printed */
bool text_check(const LayoutContext *context, const FoNode *node,
                const StructNode *structure, guint first_page);

#endif
