/* SPDX-License-Identifier: MIT */
/*
 * Widths of columns.
 *
 * Fixed: what the columns ask for, and equal (or proportional) shares of the
 * rest; contents are not looked at.  Automatic (CSS 2.1, 17.5.2.2): every
 * column gets at least its minimum, the width of its widest unbreakable unit;
 * columns that need no more than an even share get their maximum, where no line
 * is broken; the others share what is left in the ratio of what they lack.  A
 * percentage or a length
 * of a column is its maximum and, if its content allows, its minimum.
 *
 * A table whose minima are wider than its measure is squeezed into it, with a
 * diagnostic: text then breaks inside words rather than run off the page.
 */
#include "layout/table_grid.h"

#include "layout/flow.h"

static FoDimension
asked_width(const TableGrid *grid, int column)
{
    const FoNode *node = grid->columns[column].node;
    if (node == NULL)
        return (FoDimension){FO_DIMENSION_AUTO, 0};
    return node->style->column_width;
}

/* spaces between and around the columns */
static Length
spaces(const TableGrid *grid)
{
    return grid->spacing * (grid->column_count + 1);
}

static Length
insets(const TableCell *cell)
{
    return cell->start + cell->end;
}

/* ---- what contents need ---- */

static Length
length_of_style(FoDimension dimension)
{
    return dimension.kind == FO_DIMENSION_LENGTH ? dimension.value : 0;
}

static void
measure_cell(const TableGrid *grid, const TableCell *cell, Length *minimum,
             Length *maximum)
{
    flow_widths(grid->context, cell->node, minimum, maximum);
    Length asked = length_of_style(cell->node->style->width);
    if (asked > 0) {
        *minimum = MAX(*minimum, asked);
        *maximum = *minimum;
    }
    *minimum += insets(cell);
    *maximum = MAX(*maximum + insets(cell), *minimum);
}

/* what a cell over several columns needs beyond them goes to them in the ratio
 * of their maxima; columns of a given width last */
static void
widen_span(TableGrid *grid, const TableCell *cell, Length minimum,
           Length maximum)
{
    int first = cell->column, count = cell->columns;
    Length between = grid->spacing * (count - 1);
    Length has_minimum = between, has_maximum = between, weight = 0;
    int open = 0;
    for (int c = first; c < first + count; c++) {
        has_minimum += grid->columns[c].minimum;
        has_maximum += grid->columns[c].maximum;
        open += asked_width(grid, c).kind != FO_DIMENSION_LENGTH;
    }
    for (int c = first; c < first + count; c++) {
        if (open == 0 || asked_width(grid, c).kind != FO_DIMENSION_LENGTH)
            weight += grid->columns[c].maximum + POINTS(1);
    }
    for (int c = first; c < first + count; c++) {
        TableColumn *column = &grid->columns[c];
        if (open > 0 && asked_width(grid, c).kind == FO_DIMENSION_LENGTH)
            continue;
        Length share = column->maximum + POINTS(1);
        if (minimum > has_minimum)
            column->minimum +=
                length_scale(minimum - has_minimum, share, weight);
        if (maximum > has_maximum)
            column->maximum +=
                length_scale(maximum - has_maximum, share, weight);
        column->maximum = MAX(column->maximum, column->minimum);
    }
}

/* minimum and maximum of every column; cells over few columns first */
static void
measure_columns(TableGrid *grid)
{
    for (int c = 0; c < grid->column_count; c++)
        grid->columns[c].minimum = grid->columns[c].maximum = 0;
    g_autoptr(GPtrArray) spans = g_ptr_array_new();
    for (int r = 0; r < (int)grid->rows->len; r++) {
        const GPtrArray *cells = table_row(grid, r)->cells;
        for (guint i = 0; i < cells->len; i++) {
            TableCell *cell = g_ptr_array_index(cells, i);
            if (cell->columns > 1) {
                g_ptr_array_add(spans, cell);
                continue;
            }
            Length minimum, maximum;
            measure_cell(grid, cell, &minimum, &maximum);
            TableColumn *column = &grid->columns[cell->column];
            column->minimum = MAX(column->minimum, minimum);
            column->maximum = MAX(column->maximum, maximum);
        }
    }
    for (int c = 0; c < grid->column_count; c++) {
        Length asked = length_of_style(asked_width(grid, c));
        if (asked > 0)
            grid->columns[c].minimum = grid->columns[c].maximum =
                MAX(grid->columns[c].minimum, asked);
    }
    for (int count = 2; spans->len > 0; count++) {
        for (guint i = 0; i < spans->len;) {
            const TableCell *cell = g_ptr_array_index(spans, i);
            if (cell->columns != count) {
                i++;
                continue;
            }
            Length minimum, maximum;
            measure_cell(grid, cell, &minimum, &maximum);
            widen_span(grid, cell, minimum, maximum);
            g_ptr_array_remove_index(spans, i);
        }
    }
}

/* ---- shares ---- */

/* Gives `room` to the columns in the ratio of their weights, but none less
 * than its minimum.  Columns of weight 0 are not touched. */
static void
share(TableGrid *grid, const int64_t *weights, Length room)
{
    int count = grid->column_count;
    g_autofree bool *done = g_new0(bool, (guint)count);
    int64_t total = 0;
    for (int c = 0; c < count; c++)
        total += weights[c];
    bool changed = true;
    while (changed) {
        changed = false;
        for (int c = 0; c < count && total > 0; c++) {
            TableColumn *column = &grid->columns[c];
            if (done[c] || weights[c] == 0)
                continue;
            if (length_scale(MAX(room, 0), weights[c], total) <
                column->minimum) {
                column->width = column->minimum;
                room -= column->minimum;
                total -= weights[c];
                done[c] = changed = true;
            }
        }
    }
    for (int c = 0; c < count; c++) {
        if (done[c] || weights[c] == 0)
            continue;
        TableColumn *column = &grid->columns[c];
        column->width = length_scale(MAX(room, 0), weights[c], total);
        room -= column->width; /* roundings go to the last */
        total -= weights[c];
    }
}

static int64_t
proportion_of(FoDimension asked, bool auto_counts)
{
    if (asked.kind == FO_DIMENSION_PROPORTION)
        return MAX(asked.value, 1);
    return auto_counts && asked.kind == FO_DIMENSION_AUTO ? 65536 : 0;
}

/* ---- fixed ---- */

/* width: of the table's content, spaces around columns excluded */
static void
set_fixed(TableGrid *grid, Length width)
{
    g_autofree int64_t *weights = g_new0(int64_t, (guint)grid->column_count);
    Length rest = width;
    int64_t total = 0;
    for (int c = 0; c < grid->column_count; c++) {
        FoDimension asked = asked_width(grid, c);
        weights[c] = proportion_of(asked, true);
        total += weights[c];
        if (weights[c] > 0)
            continue;
        grid->columns[c].width = fo_dimension(asked, width, 0);
        rest -= grid->columns[c].width;
    }
    if (total > 0) {
        share(grid, weights, rest);
    } else if (rest > 0 && width > rest) {
        /* too narrow for the table: all grow */
        for (int c = 0; c < grid->column_count; c++)
            grid->columns[c].width =
                length_scale(grid->columns[c].width, width, width - rest);
    }
}

/* ---- automatic ---- */

static Length
sum_of(const TableGrid *grid, bool maxima)
{
    Length sum = 0;
    for (int c = 0; c < grid->column_count; c++)
        sum += maxima ? grid->columns[c].maximum : grid->columns[c].minimum;
    return sum;
}

static bool
has_shares(const TableGrid *grid)
{
    for (int c = 0; c < grid->column_count; c++) {
        FoDimensionKind kind = asked_width(grid, c).kind;
        if (kind == FO_DIMENSION_PERCENT || kind == FO_DIMENSION_PROPORTION)
            return true;
    }
    return false;
}

/* columns without a width of their own get what is beyond all maxima, in the
 * ratio of the maxima; if there are none, all do */
static void
grow(TableGrid *grid, Length extra)
{
    g_autofree int64_t *weights = g_new0(int64_t, (guint)grid->column_count);
    int64_t total = 0;
    for (int pass = 0; pass < 2 && total == 0; pass++) {
        for (int c = 0; c < grid->column_count; c++) {
            if (pass == 0 && asked_width(grid, c).kind != FO_DIMENSION_AUTO)
                continue;
            weights[c] = grid->columns[c].width + POINTS(1);
            total += weights[c];
        }
    }
    for (int c = 0; c < grid->column_count; c++) {
        Length more = total > 0 ? length_scale(extra, weights[c], total) : 0;
        grid->columns[c].width += more;
        extra -= more;
        total -= weights[c];
    }
}

/* Columns that are content with an even share get their maximum.  CSS gives by
 * what all lack from the start; then one long cell starves the short columns
 * beside it.  open: columns not yet served; *room: what is left for them. */
static void
serve_modest(TableGrid *grid, bool *open, int *left, Length *room)
{
    Length minima = 0;
    for (int c = 0; c < grid->column_count; c++)
        minima += open[c] ? grid->columns[c].minimum : 0;
    for (bool changed = true; changed;) {
        changed = false;
        for (int c = 0; c < grid->column_count && *left > 0; c++) {
            TableColumn *column = &grid->columns[c];
            if (!open[c] || column->maximum > *room / *left ||
                *room - column->maximum < minima - column->minimum)
                continue;
            column->width = column->maximum;
            *room -= column->maximum;
            minima -= column->minimum;
            open[c] = false;
            (*left)--;
            changed = true;
        }
    }
}

/* the others, by what they lack; more than the whole table is not more */
static void
serve_others(TableGrid *grid, const bool *open, Length room, Length width)
{
    Length minima = 0, lacks = 0;
    for (int c = 0; c < grid->column_count; c++) {
        const TableColumn *column = &grid->columns[c];
        if (!open[c])
            continue;
        minima += column->minimum;
        lacks += MAX(MIN(column->maximum, width) - column->minimum, 0);
    }
    for (int c = 0; c < grid->column_count; c++) {
        TableColumn *column = &grid->columns[c];
        if (!open[c])
            continue;
        Length lack = MAX(MIN(column->maximum, width) - column->minimum, 0);
        column->width = column->minimum;
        if (lacks > 0)
            column->width +=
                length_scale(lack, MAX(room - minima, 0), lacks);
    }
}

/* width is at least the sum of the minima */
static void
set_automatic(TableGrid *grid, Length width)
{
    int count = grid->column_count, left = 0;
    g_autofree int64_t *weights = g_new0(int64_t, (guint)count);
    g_autofree bool *open = g_new0(bool, (guint)count);
    Length room = width;
    for (int c = 0; c < count; c++) {
        TableColumn *column = &grid->columns[c];
        FoDimension asked = asked_width(grid, c);
        weights[c] = proportion_of(asked, false);
        if (weights[c] > 0) {
            room -= column->minimum;
            continue;
        }
        if (asked.kind == FO_DIMENSION_PERCENT)
            column->maximum =
                MAX(fo_dimension(asked, width, 0), column->minimum);
        open[c] = true;
        left++;
    }
    serve_modest(grid, open, &left, &room);
    serve_others(grid, open, room, width);
    Length rest = width;
    for (int c = 0; c < count; c++)
        rest -= weights[c] > 0 ? 0 : grid->columns[c].width;
    share(grid, weights, rest);
    for (int c = 0; c < count; c++)
        rest -= weights[c] > 0 ? grid->columns[c].width : 0;
    if (rest > 0)
        grow(grid, rest);
}

/* ---- too wide ---- */

static void
squeeze(TableGrid *grid, Length room)
{
    Length sum = 0;
    for (int c = 0; c < grid->column_count; c++)
        sum += grid->columns[c].width;
    room = MAX(room, 0);
    if (sum <= room)
        return;
    char needs[32], has[32];
    bool is_rounding = sum - room <= grid->column_count;
    if (!grid->context->measuring && !is_rounding)
        diagnostics_add(grid->context->diagnostics, LEVEL_WARNING,
                        "table-too-wide", grid->node->place,
                        "this table needs %s pt but has %s pt; its columns "
                        "were squeezed: shorten long words, drop columns or "
                        "turn the page",
                        length_write(sum + spaces(grid), needs),
                        length_write(room + spaces(grid), has));
    for (int c = 0; c < grid->column_count; c++)
        grid->columns[c].width =
            length_scale(grid->columns[c].width, room, sum);
}

/* ---- the whole ---- */

/* the width of a fixed table that asks for none: all it can have, unless its
 * columns say otherwise */
static Length
sum_of_asked(const TableGrid *grid, Length room)
{
    Length sum = 0;
    for (int c = 0; c < grid->column_count; c++) {
        FoDimension asked = asked_width(grid, c);
        if (asked.kind != FO_DIMENSION_LENGTH)
            return room;
        sum += asked.value;
    }
    return sum;
}

static void
set_places(TableGrid *grid, Length x)
{
    Length at = x + grid->spacing;
    grid->x = x;
    for (int c = 0; c < grid->column_count; c++) {
        grid->columns[c].x = at;
        at += grid->columns[c].width + grid->spacing;
    }
    grid->width = at - x;
    for (int r = 0; r < (int)grid->rows->len; r++) {
        const GPtrArray *cells = table_row(grid, r)->cells;
        for (guint i = 0; i < cells->len; i++) {
            TableCell *cell = g_ptr_array_index(cells, i);
            const TableColumn *last =
                &grid->columns[cell->column + cell->columns - 1];
            cell->x = grid->columns[cell->column].x;
            cell->width = last->x + last->width - cell->x;
        }
    }
}

void
table_columns_set(TableGrid *grid, Length x, Length measure)
{
    FoDimension asked = grid->node->style->width;
    Length around = spaces(grid);
    Length room = MAX(fo_dimension(asked, measure, measure) - around, 0);
    bool is_auto = asked.kind == FO_DIMENSION_AUTO;
    if (grid->node->style->table_layout == FO_KEY_FIXED) {
        set_fixed(grid, is_auto ? sum_of_asked(grid, room) : room);
    } else {
        measure_columns(grid);
        Length minima = sum_of(grid, false), maxima = sum_of(grid, true);
        if (is_auto && !has_shares(grid))
            room = MIN(room, maxima);
        set_automatic(grid, MAX(room, minima));
    }
    squeeze(grid, measure - around);
    set_places(grid, x);
}

void
table_widths(LayoutContext *context, const FoNode *table, Length *minimum,
             Length *maximum)
{
    TableGrid *grid = table_grid_new(context, table);
    table_insets_set(grid);
    Length asked = length_of_style(table->style->width);
    measure_columns(grid);
    *minimum = sum_of(grid, false) + spaces(grid);
    *maximum = sum_of(grid, true) + spaces(grid);
    if (asked > 0) {
        *minimum = MAX(*minimum, asked);
        *maximum = *minimum;
    }
    table_grid_free(grid);
}
