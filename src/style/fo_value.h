/* SPDX-License-Identifier: MIT */
/*
 * Values: one declaration put into the style of an element.
 */
#ifndef STYLE_FO_VALUE_H
#define STYLE_FO_VALUE_H

#include "style/fo_style.h"

/* a style on its way */
typedef struct {
    Arena *arena;
    FoStyle *style;           /* of the element */
    const StyleEntry *parent; /* NULL: the initial values are being made */
    StyleEntry *entry;
    /* what finishing needs: of FO_MINIMUM and FO_MAXIMUM of width and height,
     * and by which rank a property was said */
    bool has_minimum[2], has_maximum[2];
    FoDimension minimum[2], maximum[2];
    bool is_said[FO_PROPERTY_COUNT];
    FoRank ranks[FO_PROPERTY_COUNT];
    const char *trouble; /* why a value was refused, or NULL */
} StyleWork;

/* false: the value is not one of the property; then nothing is changed */
bool fo_value_set(StyleWork *work, const FoDeclaration *declaration);

#endif
