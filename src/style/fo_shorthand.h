/* SPDX-License-Identifier: MIT */
/*
 * Shorthands: what one attribute says for several properties (XSL 1.1 7.31).
 *
 * Each function has the form of FoName.expand: false for a value that it
 * cannot take apart; single values are checked when they are set.
 */
#ifndef STYLE_FO_SHORTHAND_H
#define STYLE_FO_SHORTHAND_H

#include "style/fo_property.h"

/* the sides in the order of the property table */
enum {
    SHORTHAND_BEFORE,
    SHORTHAND_AFTER,
    SHORTHAND_START,
    SHORTHAND_END,
    SHORTHAND_ALL_SIDES,
};

/* one to four values; id: the first of the four properties */
bool shorthand_box(FoDeclarations *to, int id, const char *value);
/* width, style, colour in any order; id: a side */
bool shorthand_border(FoDeclarations *to, int id, const char *value);
bool shorthand_spacing(FoDeclarations *to, int id, const char *value);
bool shorthand_background(FoDeclarations *to, int id, const char *value);
bool shorthand_font(FoDeclarations *to, int id, const char *value);
bool shorthand_leader_length(FoDeclarations *to, int id, const char *value);
bool shorthand_page_break(FoDeclarations *to, int id, const char *value);
bool shorthand_position(FoDeclarations *to, int id, const char *value);
bool shorthand_size(FoDeclarations *to, int id, const char *value);
bool shorthand_vertical_align(FoDeclarations *to, int id, const char *value);
bool shorthand_white_space(FoDeclarations *to, int id, const char *value);
bool shorthand_language(FoDeclarations *to, int id, const char *value);

#endif
