/* SPDX-License-Identifier: MIT */
/*
 * Contents of cells, and how high the rows become.
 *
 * A row is as high as the highest of the cells that begin and end in it; a cell
 * over several rows that needs more than they have makes the last one higher.
 * Then display-align finds each content's place in its cell.
 */
#include "layout/table_grid.h"

#include "layout/flow.h"
#include "layout/structure.h"

#include <string.h>

/* ---- structure and contents ---- */

static StructNode *
row_structure(LayoutContext *context, const TableRow *row, StructNode *parent)
{
    if (parent == NULL)
        return NULL;
    if (row->node != NULL)
        return structure_add(context, row->node, parent, "TR");
    return struct_node_add(context->pages, parent, "TR");
}

static StructNode *
cell_structure(LayoutContext *context, const TableCell *cell,
               TableSectionKind kind, StructNode *parent)
{
    if (parent == NULL)
        return NULL;
    StructNode *node = structure_add(context, cell->node, parent,
                                     kind == TABLE_HEADER ? "TH" : "TD");
    if (node == NULL || node == parent)
        return node;
    bool is_head = node->role != NULL && strcmp(node->role, "TH") == 0;
    if (!is_head && cell->columns == 1 && cell->rows == 1 &&
        node->details->columns_spanned <= 1 && node->details->rows_spanned <= 1)
        return node;
    StructDetails *details = struct_node_details(context->pages, node);
    details->columns_spanned = cell->columns;
    details->rows_spanned = cell->rows;
    if (is_head && details->scope == NULL)
        details->scope = kind == TABLE_HEADER ? "Column" : "Row";
    return node;
}

static void
set_cell(LayoutContext *context, TableCell *cell, TableSectionKind kind,
         StructNode *parent)
{
    ArtifactKind saved;
    structure_enter(context, cell->node, &saved);
    StructNode *structure = cell_structure(context, cell, kind, parent);
    Length width = MAX(cell->width - cell->start - cell->end, POINTS(1));
    cell->list = element_list_new(context->arena);
    flow_layout(context, cell->node, cell->x + cell->start, width, cell->list,
                NULL, structure);
    cell->content_height =
        element_list_height(cell->list, 0, cell->list->count - 1);
    context->artifact = saved;
}

static void
set_section(TableGrid *grid, const TableSection *section,
            StructNode *structure)
{
    static const char *const roles[] = {"THead", "TBody", "TFoot"};
    LayoutContext *context = grid->context;
    StructNode *parent =
        structure_add(context, section->node, structure, roles[section->kind]);
    for (int r = section->first; r <= section->last; r++) {
        const TableRow *row = table_row(grid, r);
        StructNode *element = row_structure(context, row, parent);
        for (guint i = 0; i < row->cells->len; i++)
            set_cell(context, g_ptr_array_index(row->cells, i), section->kind,
                     element);
    }
}

/* ---- heights ---- */

static Length
given_height(const FoNode *node)
{
    if (node == NULL || node->style->height.kind != FO_DIMENSION_LENGTH)
        return 0;
    return node->style->height.value;
}

/* from the top of the cell to its first baseline; false: it has none */
static bool
first_baseline(const TableCell *cell, Length *baseline)
{
    *baseline = cell->before;
    for (int i = 0; i < cell->list->count; i++) {
        const Element *element = &cell->list->elements[i];
        if (element->has_baseline) {
            *baseline += element->baseline;
            return true;
        }
        *baseline += element->height + element->gap;
    }
    return false;
}

static bool
wants_baseline(const TableCell *cell)
{
    return cell->node->style->relative_align == FO_KEY_BASELINE &&
           cell->node->style->display_align == FO_KEY_AUTO;
}

/* puts the first lines of cells that want it on one baseline; top is how far
 * the content is moved down */
static void
align_baselines(const TableRow *row)
{
    Length lowest = 0, baseline;
    for (guint i = 0; i < row->cells->len; i++) {
        const TableCell *cell = g_ptr_array_index(row->cells, i);
        if (wants_baseline(cell) && first_baseline(cell, &baseline))
            lowest = MAX(lowest, baseline);
    }
    for (guint i = 0; i < row->cells->len; i++) {
        TableCell *cell = g_ptr_array_index(row->cells, i);
        cell->top = cell->before;
        if (wants_baseline(cell) && first_baseline(cell, &baseline))
            cell->top += lowest - baseline;
    }
}

/* from the top of its first row to the lower edge, as little as it can be */
static Length
cell_height(const TableCell *cell)
{
    return cell->top + MAX(cell->content_height, given_height(cell->node)) +
           cell->after;
}

Length
table_rows_height(const TableGrid *grid, int first, int last)
{
    Length height = 0;
    for (int r = first; r <= last; r++) {
        height += table_row(grid, r)->height;
        if (r > first)
            height += grid->row_spacing;
    }
    return height;
}

static void
set_heights(TableGrid *grid)
{
    for (int r = 0; r < (int)grid->rows->len; r++) {
        TableRow *row = table_row(grid, r);
        row->height = given_height(row->node);
        align_baselines(row);
        for (guint i = 0; i < row->cells->len; i++) {
            const TableCell *cell = g_ptr_array_index(row->cells, i);
            if (cell->rows == 1)
                row->height = MAX(row->height, cell_height(cell));
        }
    }
    /* by their last rows, so that upper ones are final */
    for (int r = 0; r < (int)grid->rows->len; r++) {
        TableRow *row = table_row(grid, r);
        for (guint c = 0; c < row->slots->len; c++) {
            const TableCell *cell = g_ptr_array_index(row->slots, c);
            if (cell == NULL || cell->rows == 1 ||
                cell->row + cell->rows - 1 != r || cell->column != (int)c)
                continue;
            Length has = table_rows_height(grid, cell->row, r);
            row->height += MAX(cell_height(cell) - has, 0);
        }
    }
}

static void
align_contents(TableGrid *grid)
{
    for (int r = 0; r < (int)grid->rows->len; r++) {
        const GPtrArray *cells = table_row(grid, r)->cells;
        for (guint i = 0; i < cells->len; i++) {
            TableCell *cell = g_ptr_array_index(cells, i);
            Length has = table_rows_height(grid, r, r + cell->rows - 1);
            Length free =
                has - cell->top - cell->content_height - cell->after;
            if (cell->node->style->display_align == FO_KEY_CENTER)
                cell->top += free / 2;
            else if (cell->node->style->display_align == FO_KEY_AFTER)
                cell->top += free;
        }
    }
}

void
table_set_cells(TableGrid *grid, StructNode *structure)
{
    for (guint i = 0; i < grid->sections->len; i++)
        set_section(grid,
                    &g_array_index(grid->sections, TableSection, i),
                    structure);
    set_heights(grid);
    align_contents(grid);
}
