/* SPDX-License-Identifier: MIT */
/*
 * Numeric: the value of an XSL-FO expression (XSL 1.1 section 5.9).
 *
 * A number, or a sum of an absolute length, a part of a box that only layout
 * knows and a part of the columns' free width.  What mixes these beyond our
 * FoDimension is refused when it becomes a dimension, not here.
 */
#ifndef STYLE_FO_NUMERIC_H
#define STYLE_FO_NUMERIC_H

#include "model/fo.h"

typedef struct {
    int power;         /* 0: a number, 1: a length, 2: a product of lengths */
    double value;      /* the number, or points */
    double percent;    /* 1 = 100 % of the box */
    double proportion; /* proportional-column-width() */
} FoNumeric;

typedef struct FoExpression FoExpression;
struct FoExpression {
    Length em;         /* what 1em is */
    bool has_base;     /* percentages are of `base`, known now */
    Length base;
    /* functions of properties: name, its argument ("" if none); false: there
     * is no such function or no such value */
    bool (*call)(void *data, const char *name, const char *argument,
                 FoNumeric *result);
    void *data;
    const char *trouble; /* set where false is given back; may stay NULL */
};

/* the whole of text, blanks around it allowed; false: not a numeric value */
bool fo_numeric_read(FoExpression *expression, const char *text,
                     FoNumeric *result);

FoNumeric fo_numeric_length(Length length);
/* false where neither length, percentage nor proportion alone says it */
bool fo_numeric_dimension(const FoNumeric *numeric, FoDimension *dimension);
FoNumeric fo_dimension_numeric(FoDimension dimension);
FoNumeric fo_numeric_sum(FoNumeric a, FoNumeric b);

#endif
