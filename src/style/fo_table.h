/* SPDX-License-Identifier: MIT */
/*
 * Columns of a table while it is read: from-table-column() needs to know in
 * which column a cell stands, spans of cells above and beside it counted.
 */
#ifndef STYLE_FO_TABLE_H
#define STYLE_FO_TABLE_H

#include "model/fo.h"

#include <libxml/tree.h>

typedef struct TableColumns TableColumns;

TableColumns *table_columns_new(void);
void table_columns_free(TableColumns *columns);
/* a fo:table-column with this style */
void table_columns_add(TableColumns *columns, const FoStyle *style);
void table_columns_begin_part(TableColumns *columns);
void table_columns_begin_row(TableColumns *columns);
void table_columns_end_row(TableColumns *columns);
/* goes to the column of the next cell; its table-column's style or NULL */
const FoStyle *table_columns_find(TableColumns *columns, const xmlNode *cell);
/* that cell's style is known: it takes its columns and rows */
void table_columns_take(TableColumns *columns, const FoStyle *cell);

#endif
