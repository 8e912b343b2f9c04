/* SPDX-License-Identifier: MIT */
/*
 * Borders of cells.
 *
 * Where borders collapse (XSL 1.1, 7.28.3; CSS 2.1, 17.6.2), all objects that
 * meet at an edge of the grid have a say: the cells on both sides, their rows,
 * sections, columns and the table.  hidden wins, then the widest, then the
 * style, then the innermost object, then the one before or above.  An edge
 * straddles its grid line, half of it is inside each neighbour; so every edge
 * is painted once, by the row below it.
 *
 * Edges are found when they are asked for: a table of them would be as large
 * as rows times columns, and most would be empty.
 */
#include "layout/table_grid.h"

typedef enum { SIDE_BEFORE, SIDE_AFTER, SIDE_START, SIDE_END } Side;

typedef struct {
    TableEdge edge;
    bool hidden;
} Contest;

static int
style_rank(FoKeyword style)
{
    static const FoKeyword order[] = {
        FO_KEY_INSET,  FO_KEY_GROOVE, FO_KEY_OUTSET, FO_KEY_RIDGE,
        FO_KEY_DOTTED, FO_KEY_DASHED, FO_KEY_SOLID,  FO_KEY_DOUBLE,
    };
    for (int i = 0; i < (int)G_N_ELEMENTS(order); i++) {
        if (order[i] == style)
            return i + 1;
    }
    return 0;
}

static TableEdge
border_of(const FoStyle *style, Side side)
{
    switch (side) {
    case SIDE_BEFORE:
        return (TableEdge){style->border_before_width,
                           style->border_before_style,
                           style->border_before_color};
    case SIDE_AFTER:
        return (TableEdge){style->border_after_width,
                           style->border_after_style,
                           style->border_after_color};
    case SIDE_START:
        return (TableEdge){style->border_start_width,
                           style->border_start_style,
                           style->border_start_color};
    default:
        return (TableEdge){style->border_end_width, style->border_end_style,
                           style->border_end_color};
    }
}

static void
enter(Contest *contest, const FoNode *node, Side side)
{
    if (node == NULL)
        return;
    TableEdge edge = border_of(node->style, side);
    if (edge.style == FO_KEY_HIDDEN)
        contest->hidden = true;
    if (edge.style == FO_KEY_NONE || edge.width <= 0)
        return;
    const TableEdge *best = &contest->edge;
    if (edge.width > best->width ||
        (edge.width == best->width &&
         style_rank(edge.style) > style_rank(best->style)))
        contest->edge = edge;
}

static TableEdge
winner(const Contest *contest)
{
    return contest->hidden ? (TableEdge){.style = FO_KEY_NONE}
                           : contest->edge;
}

static const TableSection *
section_of(const TableGrid *grid, int row)
{
    if (row < 0 || row >= (int)grid->rows->len)
        return NULL;
    return &g_array_index(grid->sections, TableSection,
                          table_row(grid, row)->section);
}

static const FoNode *
row_node(const TableGrid *grid, int row)
{
    if (row < 0 || row >= (int)grid->rows->len)
        return NULL;
    return table_row(grid, row)->node;
}

/* the edge above row `row`, row count: below the last */
static TableEdge
edge_above(const TableGrid *grid, int row, int column)
{
    const TableCell *above = table_slot(grid, row - 1, column);
    const TableCell *below = table_slot(grid, row, column);
    Contest contest = {.edge = {.style = FO_KEY_NONE}};
    if (above != NULL && above == below)
        return contest.edge;
    int count = (int)grid->rows->len;
    enter(&contest, above == NULL ? NULL : above->node, SIDE_AFTER);
    enter(&contest, below == NULL ? NULL : below->node, SIDE_BEFORE);
    enter(&contest, row_node(grid, row - 1), SIDE_AFTER);
    enter(&contest, row_node(grid, row), SIDE_BEFORE);
    const TableSection *upper = section_of(grid, row - 1);
    const TableSection *lower = section_of(grid, row);
    if (upper != lower) {
        enter(&contest, upper == NULL ? NULL : upper->node, SIDE_AFTER);
        enter(&contest, lower == NULL ? NULL : lower->node, SIDE_BEFORE);
    }
    if (row == 0 || row == count) {
        Side side = row == 0 ? SIDE_BEFORE : SIDE_AFTER;
        enter(&contest, grid->columns[column].node, side);
        enter(&contest, grid->node, side);
    }
    return winner(&contest);
}

/* the edge before column `column`, column count: after the last */
static TableEdge
edge_before(const TableGrid *grid, int row, int column)
{
    const TableCell *left = table_slot(grid, row, column - 1);
    const TableCell *right = table_slot(grid, row, column);
    Contest contest = {.edge = {.style = FO_KEY_NONE}};
    if (left != NULL && left == right)
        return contest.edge;
    enter(&contest, left == NULL ? NULL : left->node, SIDE_END);
    enter(&contest, right == NULL ? NULL : right->node, SIDE_START);
    bool is_outer = column == 0 || column == grid->column_count;
    Side side = column == 0 ? SIDE_START : SIDE_END;
    if (is_outer) {
        enter(&contest, row_node(grid, row), side);
        enter(&contest, section_of(grid, row)->node, side);
    }
    if (column > 0)
        enter(&contest, grid->columns[column - 1].node, SIDE_END);
    if (column < grid->column_count)
        enter(&contest, grid->columns[column].node, SIDE_START);
    if (is_outer)
        enter(&contest, grid->node, side);
    return winner(&contest);
}

Length
table_half_edge(const TableGrid *grid, int row)
{
    Length widest = 0;
    for (int c = 0; grid->collapses && c < grid->column_count; c++)
        widest = MAX(widest, edge_above(grid, row, c).width);
    return widest / 2;
}

/* ---- insets ---- */

static void
collapse_insets(const TableGrid *grid, TableCell *cell)
{
    for (int c = cell->column; c < cell->column + cell->columns; c++) {
        cell->before =
            MAX(cell->before, edge_above(grid, cell->row, c).width / 2);
        cell->after = MAX(
            cell->after, edge_above(grid, cell->row + cell->rows, c).width / 2);
    }
    for (int r = cell->row; r < cell->row + cell->rows; r++) {
        cell->start =
            MAX(cell->start, edge_before(grid, r, cell->column).width / 2);
        cell->end = MAX(
            cell->end,
            edge_before(grid, r, cell->column + cell->columns).width / 2);
    }
}

void
table_insets_set(TableGrid *grid)
{
    for (int r = 0; r < (int)grid->rows->len; r++) {
        const GPtrArray *cells = table_row(grid, r)->cells;
        for (guint i = 0; i < cells->len; i++) {
            TableCell *cell = g_ptr_array_index(cells, i);
            const FoStyle *style = cell->node->style;
            if (grid->collapses) {
                collapse_insets(grid, cell);
            } else {
                cell->before = style->border_before_width;
                cell->after = style->border_after_width;
                cell->start = style->border_start_width;
                cell->end = style->border_end_width;
            }
            cell->before += style->padding_before;
            cell->after += style->padding_after;
            cell->start += style->padding_start;
            cell->end += style->padding_end;
        }
    }
}

/* ---- painting ---- */

static bool
is_same_edge(const TableEdge *a, const TableEdge *b)
{
    return a->width == b->width && a->style == b->style &&
           a->color.red == b->color.red && a->color.green == b->color.green &&
           a->color.blue == b->color.blue &&
           a->color.transparent == b->color.transparent;
}

/* half of the widest edge that runs along the grid line before `column` above
 * or below the line above `row`: as far an edge across reaches over its end */
static Length
half_corner(const TableGrid *grid, int row, int column)
{
    Length widest = 0;
    if (row > 0)
        widest = edge_before(grid, row - 1, column).width;
    if (row < (int)grid->rows->len)
        widest = MAX(widest, edge_before(grid, row, column).width);
    return widest / 2;
}

static Length
column_edge_x(const TableGrid *grid, int column)
{
    if (column < grid->column_count)
        return grid->columns[column].x;
    const TableColumn *last = &grid->columns[grid->column_count - 1];
    return last->x + last->width;
}

void
table_paint_across(const TableGrid *grid, int row, Length y, GArray *items)
{
    if (!grid->collapses)
        return;
    for (int c = 0; c < grid->column_count;) {
        TableEdge edge = edge_above(grid, row, c);
        int end = c + 1;
        for (; end < grid->column_count; end++) {
            TableEdge next = edge_above(grid, row, end);
            if (!is_same_edge(&edge, &next))
                break;
        }
        if (edge.width > 0) {
            Length x = column_edge_x(grid, c) - half_corner(grid, row, c);
            Length right =
                column_edge_x(grid, end) + half_corner(grid, row, end);
            edge_paint(items, x, y - edge.width / 2, right - x, edge.width,
                       edge.style, edge.color);
        }
        c = end;
    }
}

void
table_paint_along(const TableGrid *grid, int row, Length y, Length height,
                  GArray *items)
{
    if (!grid->collapses || height <= 0)
        return;
    for (int c = 0; c <= grid->column_count; c++) {
        TableEdge edge = edge_before(grid, row, c);
        if (edge.width > 0)
            edge_paint(items, column_edge_x(grid, c) - edge.width / 2, y,
                       edge.width, height, edge.style, edge.color);
    }
}
