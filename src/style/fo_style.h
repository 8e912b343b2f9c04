/* SPDX-License-Identifier: MIT */
/*
 * Computed styles, shared.
 *
 * A book has a hundred thousand elements and a few hundred styles.  So a style
 * is looked up first: StyleEntry is "an element of this kind with these
 * attributes below that entry"; entries form a tree like the elements', but
 * without repetition, and the functions that look at ancestors (body-start(),
 * from-nearest-specified-value()) look there.  Entries that come to the same
 * values share one FoStyle.
 */
#ifndef STYLE_FO_STYLE_H
#define STYLE_FO_STYLE_H

#include "style/fo_property.h"
#include "style/fo_warning.h"

/* an attribute that has a say in the style */
typedef struct {
    const FoName *name;
    const char *value;
} StylePair;

typedef struct StyleEntry StyleEntry;
struct StyleEntry {
    const StyleEntry *parent;
    const FoStyle *style;
    const FoStyle *column; /* of a table-cell: its table-column's, or NULL */
    double line_number;    /* line-height is so many font sizes and is inherited
                              as this number; 0: it is a length */
    uint64_t specified[(FO_PROPERTY_COUNT + 63) / 64];
    FoKind kind;
    guint hash;
    int pair_count;
    const StylePair *pairs;
};

typedef struct StyleTable StyleTable;

/* styles live in arena; warnings: borrowed */
StyleTable *style_table_new(Arena *arena, FoWarnings *warnings);
void style_table_free(StyleTable *table);
/* what the root element inherits: the initial values */
const StyleEntry *style_table_initial(const StyleTable *table);
/* pairs: borrowed; place: of the element, for what its values are warned of */
const StyleEntry *style_table_find(StyleTable *table,
                                   const StyleEntry *parent, FoKind kind,
                                   const StylePair *pairs, int pair_count,
                                   const FoStyle *column, Place place);
/* number of FoStyles and of entries, for the tests of sharing */
int style_table_count(const StyleTable *table);
int style_table_entries(const StyleTable *table);

#endif
