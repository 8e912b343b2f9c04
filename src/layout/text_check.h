/* SPDX-License-Identifier: MIT */
/*
 * Every character lands on a page: the text of the flows is compared with the
 * text of the slots, in reading order.
 */
#ifndef LAYOUT_TEXT_CHECK_H
#define LAYOUT_TEXT_CHECK_H

#include "layout/context.h"

/* false after a text-lost diagnostic: our bug, nothing may be printed */
bool text_check(const LayoutContext *context);

#endif
