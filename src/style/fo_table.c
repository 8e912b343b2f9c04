/* SPDX-License-Identifier: MIT */
/* For every column its style and the rows that a cell above still takes. */
#include "style/fo_table.h"

#include "base/xml.h"

enum { MAX_COLUMNS = 1000 };

struct TableColumns {
    const FoStyle *styles[MAX_COLUMNS];
    int taken[MAX_COLUMNS]; /* rows, this one included */
    int next_column;        /* of fo:table-column */
    int cell;               /* column of the cell read last */
};

TableColumns *
table_columns_new(void)
{
    return g_new0(TableColumns, 1);
}

void
table_columns_free(TableColumns *columns)
{
    g_free(columns);
}

void
table_columns_add(TableColumns *columns, const FoStyle *style)
{
    int first = style->column_number > 0 ? style->column_number - 1
                                         : columns->next_column;
    int end = MIN(first + style->columns_repeated, MAX_COLUMNS);
    for (int i = first; i < end; i++)
        columns->styles[i] = style;
    columns->next_column = end;
}

void
table_columns_begin_part(TableColumns *columns)
{
    for (int i = 0; i < MAX_COLUMNS; i++)
        columns->taken[i] = 0;
    columns->cell = 0;
}

void
table_columns_begin_row(TableColumns *columns)
{
    columns->cell = 0;
}

void
table_columns_end_row(TableColumns *columns)
{
    for (int i = 0; i < MAX_COLUMNS; i++)
        columns->taken[i] -= columns->taken[i] > 0;
}

const FoStyle *
table_columns_find(TableColumns *columns, const xmlNode *cell)
{
    int number = xml_attribute_int(cell, "column-number", 0);
    if (number > 0)
        columns->cell = MIN(number, MAX_COLUMNS + 1) - 1;
    while (columns->cell < MAX_COLUMNS && columns->taken[columns->cell] > 0 &&
           number <= 0)
        columns->cell++;
    return columns->cell < MAX_COLUMNS ? columns->styles[columns->cell] : NULL;
}

void
table_columns_take(TableColumns *columns, const FoStyle *cell)
{
    int end = MIN(columns->cell + cell->columns_spanned, MAX_COLUMNS);
    for (int i = columns->cell; i < end; i++)
        columns->taken[i] = cell->rows_spanned;
    columns->cell = MAX(end, columns->cell);
}
