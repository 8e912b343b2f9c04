/* SPDX-License-Identifier: MIT */
/*
 * White space: what of the blanks in an FO file is set (XSL 1.1 sections
 * 7.17.1-3 and 4.7.2), decided once for a whole run of inlines, so that layout
 * gets text to set as it is.
 *
 * In the result U+0020 is a space to break at, U+2028 a forced line and U+00A0
 * also a kept space at the start of a line or before another one.  Texts that
 * come to nothing are gone from the tree.
 */
#ifndef STYLE_FO_SPACE_H
#define STYLE_FO_SPACE_H

#include "model/fo.h"

/* treats every text below parent, from its child `first` on (NULL: none is
 * there); texts may be borrowed before, are the arena's after */
void fo_space_treat(FoTree *tree, FoNode *parent, FoNode *first);

#endif
