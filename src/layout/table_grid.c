/* SPDX-License-Identifier: MIT */
/*
 * From fo:table to a grid: every cell gets its row and column.
 *
 * Rows are fo:table-row, or cells between starts-row and ends-row.  A cell
 * goes to its column-number, else to the first free column of its row; what a
 * cell above still spans is not free.
 *
 * No document may ask for a grid that does not fit in memory, and no cell may
 * be lost: a row has MAX_CELLS cells, the others get a row of their own; spans
 * and column-numbers are clipped; cells right of MAX_CELLS span no rows, so
 * there is always room.
 */
#include "layout/table_grid.h"

enum { MAX_CELLS = 200, MAX_COLUMNS = 2 * MAX_CELLS };

TableCell *
table_slot(const TableGrid *grid, int row, int column)
{
    if (row < 0 || row >= (int)grid->rows->len || column < 0)
        return NULL;
    const GPtrArray *slots = table_row(grid, row)->slots;
    return column < (int)slots->len ? g_ptr_array_index(slots, column) : NULL;
}

static void
say(const TableGrid *grid, const FoNode *node, const char *name,
    const char *text)
{
    if (!grid->context->measuring)
        diagnostics_add(grid->context->diagnostics, LEVEL_WARNING, name,
                        node->place, "%s", text);
}

/* ---- rows ---- */

static TableRow *
add_row(TableGrid *grid, const FoNode *node, int section)
{
    TableRow row = {.node = node,
                    .section = section,
                    .cells = g_ptr_array_new(),
                    .slots = g_ptr_array_new()};
    g_array_append_val(grid->rows, row);
    return table_row(grid, (int)grid->rows->len - 1);
}

/* a cell at the end of the last row, or of a new one if that is full */
static void
add_cell(TableGrid *grid, const FoNode *cell, int section)
{
    TableRow *row = table_row(grid, (int)grid->rows->len - 1);
    if (row->cells->len == MAX_CELLS) {
        say(grid, cell, "table-too-many-columns",
            "a table row may have 200 cells; this one and those after it "
            "are set in another row: split the table");
        row = add_row(grid, row->node, section);
    }
    g_ptr_array_add(row->cells, (gpointer)cell);
}

/* cells directly in a section */
static void
read_loose_cells(TableGrid *grid, const FoNode *first, int section)
{
    bool open = false;
    for (const FoNode *cell = first; cell != NULL; cell = cell->next) {
        if (cell->kind == FO_TABLE_ROW)
            return;
        if (cell->kind != FO_TABLE_CELL)
            continue;
        if (!open || cell->style->starts_row == FO_KEY_TRUE)
            add_row(grid, NULL, section);
        add_cell(grid, cell, section);
        open = cell->style->ends_row != FO_KEY_TRUE;
    }
}

static void
read_section(TableGrid *grid, const FoNode *node, TableSectionKind kind)
{
    TableSection section = {node, kind, (int)grid->rows->len, -1};
    int index = (int)grid->sections->len;
    bool loose = false;
    for (const FoNode *child = node->first; child != NULL;
         child = child->next) {
        if (child->kind == FO_TABLE_ROW) {
            add_row(grid, child, index);
            loose = false;
            for (const FoNode *cell = child->first; cell != NULL;
                 cell = cell->next) {
                if (cell->kind == FO_TABLE_CELL)
                    add_cell(grid, cell, index);
            }
        } else if (child->kind == FO_TABLE_CELL && !loose) {
            read_loose_cells(grid, child, index);
            loose = true;
        }
    }
    section.last = (int)grid->rows->len - 1;
    if (section.last >= section.first)
        g_array_append_val(grid->sections, section);
}

static void
read_sections(TableGrid *grid, FoKind kind, TableSectionKind section)
{
    for (const FoNode *child = grid->node->first; child != NULL;
         child = child->next) {
        if (child->kind == kind)
            read_section(grid, child, section);
    }
}

/* ---- columns ---- */

static void
read_columns(const TableGrid *grid, GPtrArray *nodes)
{
    int next = 0;
    for (const FoNode *child = grid->node->first; child != NULL;
         child = child->next) {
        if (child->kind != FO_TABLE_COLUMN)
            continue;
        const FoStyle *style = child->style;
        if (style->column_number > 0)
            next = style->column_number - 1;
        int repeated = CLAMP(style->columns_repeated, 1, MAX_COLUMNS) *
                       CLAMP(style->columns_spanned, 1, MAX_COLUMNS);
        int end = MIN(next + repeated, MAX_COLUMNS);
        for (; next < end; next++) {
            if ((int)nodes->len <= next)
                g_ptr_array_set_size(nodes, next + 1);
            nodes->pdata[next] = (gpointer)child;
        }
    }
}

/* ---- cells ---- */

static void
put_slot(TableRow *row, int column, TableCell *cell)
{
    if ((int)row->slots->len <= column)
        g_ptr_array_set_size(row->slots, column + 1);
    row->slots->pdata[column] = cell;
}

static int
free_column(const TableGrid *grid, int row, int column)
{
    while (table_slot(grid, row, column) != NULL)
        column++;
    return column;
}

/* puts one cell, after which `left` others come; gives the column after it */
static int
place_cell(TableGrid *grid, TableCell *cell, int row, int next, int left)
{
    const FoStyle *style = cell->node->style;
    int column = free_column(grid, row, next);
    if (style->column_number > 0 &&
        style->column_number - 1 + left < MAX_COLUMNS) {
        int asked = style->column_number - 1;
        column = free_column(grid, row, asked);
        if (column != asked)
            say(grid, cell->node, "table-cell-overlap",
                "this cell's column-number is taken by another cell; it "
                "stands in the next free column: check column-number and "
                "the spans above");
    }
    const TableSection *section = &g_array_index(
        grid->sections, TableSection, table_row(grid, row)->section);
    cell->row = row;
    cell->column = column;
    cell->columns = CLAMP(style->columns_spanned, 1,
                          MAX(MAX_COLUMNS - column - left, 1));
    cell->rows = column >= MAX_CELLS
                     ? 1
                     : CLAMP(style->rows_spanned, 1, section->last - row + 1);
    for (int c = column + 1; c < column + cell->columns; c++) {
        if (table_slot(grid, row, c) != NULL)
            cell->columns = c - column;
    }
    for (int r = row; r < row + cell->rows; r++) {
        for (int c = column; c < column + cell->columns; c++)
            put_slot(table_row(grid, r), c, cell);
    }
    grid->column_count = MAX(grid->column_count, column + cell->columns);
    return column + cell->columns;
}

static void
place_row(TableGrid *grid, int index)
{
    TableRow *row = table_row(grid, index);
    g_autoptr(GPtrArray) nodes = row->cells; /* FoNode until here */
    row->cells = g_ptr_array_new();
    int next = 0;
    for (guint i = 0; i < nodes->len; i++) {
        TableCell *cell = arena_new0(grid->context->arena, TableCell);
        cell->node = g_ptr_array_index(nodes, i);
        next = place_cell(grid, cell, index, next, (int)(nodes->len - i - 1));
        g_ptr_array_add(row->cells, cell);
    }
}

TableGrid *
table_grid_new(LayoutContext *context, const FoNode *table)
{
    TableGrid *grid = g_new0(TableGrid, 1);
    grid->context = context;
    grid->node = table;
    grid->collapses = table->style->border_collapse != FO_KEY_SEPARATE;
    if (!grid->collapses) {
        grid->spacing = MAX(table->style->border_separation, 0);
        grid->row_spacing = MAX(table->style->border_separation_block, 0);
    }
    grid->rows = g_array_new(FALSE, FALSE, sizeof(TableRow));
    grid->sections = g_array_new(FALSE, FALSE, sizeof(TableSection));
    read_sections(grid, FO_TABLE_HEADER, TABLE_HEADER);
    read_sections(grid, FO_TABLE_BODY, TABLE_BODY);
    read_sections(grid, FO_TABLE_FOOTER, TABLE_FOOTER);
    g_autoptr(GPtrArray) nodes = g_ptr_array_new();
    read_columns(grid, nodes);
    grid->column_count = (int)nodes->len;
    for (int i = 0; i < (int)grid->rows->len; i++)
        place_row(grid, i);
    grid->columns =
        arena_array(context->arena, TableColumn, grid->column_count + 1);
    for (guint i = 0; i < nodes->len; i++)
        grid->columns[i].node = g_ptr_array_index(nodes, i);
    return grid;
}

void
table_grid_free(TableGrid *grid)
{
    for (guint i = 0; i < grid->rows->len; i++) {
        TableRow *row = table_row(grid, (int)i);
        for (guint j = 0; j < row->cells->len; j++) {
            TableCell *cell = g_ptr_array_index(row->cells, j);
            element_list_free(cell->list);
        }
        g_ptr_array_unref(row->cells);
        g_ptr_array_unref(row->slots);
    }
    g_array_unref(grid->rows);
    g_array_unref(grid->sections);
    g_free(grid);
}
