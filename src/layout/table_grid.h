/* SPDX-License-Identifier: MIT */
/*
 * The grid of one table, and the steps from the FO tree to elements:
 *
 *   table_grid_new       rows, columns, spans: which cell covers which slot
 *   table_columns_set    widths of the columns (table_widths.c)
 *   table_insets_set     borders, collapsed or not, and padding of cells
 *                        (table_borders.c)
 *   table_set_cells      contents to lists, heights of rows (table_rows.c)
 *   table_slices         rows to boxes that may be cut apart (table_slices.c)
 *
 * Rows are in reading order: header, bodies, footer, whatever the order in the
 * tree.
 */
#ifndef LAYOUT_TABLE_GRID_H
#define LAYOUT_TABLE_GRID_H

#include "layout/fragment.h"
#include "layout/table.h"

typedef enum { TABLE_HEADER, TABLE_BODY, TABLE_FOOTER } TableSectionKind;

typedef struct {
    const FoNode *node; /* fo:table-header, -body, -footer */
    TableSectionKind kind;
    int first, last;    /* rows, inclusive */
} TableSection;

typedef struct {
    const FoNode *node; /* fo:table-column, or NULL */
    Length x, width;    /* x from the left edge of the flow's column */
    Length minimum, maximum;
} TableColumn;

typedef struct {
    const FoNode *node;
    int row, column, rows, columns; /* first slot and span */
    Length x, width;                /* of the slots it covers */
    /* from the edge of its slots to its content: border (half of it where
     * borders collapse) and padding */
    Length before, after, start, end;
    ElementList *list;
    Length content_height;
    Length top; /* of its content, from the top of its first row */
} TableCell;

typedef struct {
    const FoNode *node; /* fo:table-row, or NULL */
    int section;
    GPtrArray *cells;   /* TableCell that begin here */
    GPtrArray *slots;   /* the cell over each column, or NULL */
    Length height;
} TableRow;

typedef struct {
    Length width; /* 0: no border */
    FoKeyword style;
    FoColor color;
} TableEdge;

typedef struct {
    LayoutContext *context;
    const FoNode *node;
    bool collapses;
    Length spacing, row_spacing; /* between cells that do not collapse */
    Length x, width;
    int column_count;
    TableColumn *columns;
    GArray *rows;     /* TableRow */
    GArray *sections; /* TableSection */
} TableGrid;

TableGrid *table_grid_new(LayoutContext *context, const FoNode *table);
void table_grid_free(TableGrid *grid);

static inline TableRow *
table_row(const TableGrid *grid, int row)
{
    return &g_array_index(grid->rows, TableRow, row);
}
/* the cell over a slot; NULL: none, or outside the grid */
TableCell *table_slot(const TableGrid *grid, int row, int column);

/* in a measure: sets x and width of grid, columns and cells */
void table_columns_set(TableGrid *grid, Length x, Length measure);

/* borders and padding of cells: their insets */
void table_insets_set(TableGrid *grid);
/* half of the widest edge above this row (row count: below the last); 0 if
 * borders do not collapse */
Length table_half_edge(const TableGrid *grid, int row);
/* paints collapsed edges: those above `row`, centred on y */
void table_paint_across(const TableGrid *grid, int row, Length y,
                        GArray *items);
/* those beside the columns of this row, from y on */
void table_paint_along(const TableGrid *grid, int row, Length y, Length height,
                       GArray *items);

/* sets all cells and the heights of their rows; structure: the Table element */
void table_set_cells(TableGrid *grid, StructNode *structure);
/* of rows first..last with the spaces between them */
Length table_rows_height(const TableGrid *grid, int first, int last);

/* what a break between two boxes of a table repeats */
typedef struct {
    const Fragment *header, *footer;     /* NULL: nothing */
    Length header_height, footer_height; /* 0: not repeated */
} TableRepeats;

/* where the boxes of a table go */
typedef struct {
    ElementList *list;
    const Frame *frame;
    const TableRepeats *repeats;
} TableOutput;

/* Rows first..last (no cell reaches out of them) as boxes at the end of the
 * list.  whole: as one box, whatever its height. */
void table_slices(const TableGrid *grid, int first, int last, bool whole,
                  const TableOutput *output);
/* Makes the break after the last box a break before this row: its penalty, and
 * what it repeats. */
void table_break_before(const TableGrid *grid, int row,
                        const TableOutput *output);

#endif
