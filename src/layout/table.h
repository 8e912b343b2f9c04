/* SPDX-License-Identifier: MIT */
/*
 * Tables: fo:table to elements, a box for each row where it fits.
 */
#ifndef LAYOUT_TABLE_H
#define LAYOUT_TABLE_H

#include "layout/context.h"

/* Adds the rows of table to list.
 *   x, width   content rectangle of the table
 *   frame      innermost frame of list around it; NULL: none
 *   structure  what the Table element belongs to; NULL in an artifact
 * Diagnostics: table-too-wide, table-cell-overlap, table-too-many-columns,
 * table-header-too-tall. */
void table_layout(LayoutContext *context, const FoNode *table, Length x,
                  Length width, ElementList *list, const Frame *frame,
                  StructNode *structure);

/* as flow_widths, of a whole table */
void table_widths(LayoutContext *context, const FoNode *table,
                  Length *minimum, Length *maximum);

/* the table as seen from outside: where its borders collapse with those of
 * the cells, a copy without borders and padding, else table itself */
const FoNode *table_shell(LayoutContext *context, const FoNode *table);

#endif
