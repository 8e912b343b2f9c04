/* SPDX-License-Identifier: MIT */
/*
 * fo:table: the order of steps, and which rows stay together.
 *
 * The header is a box of its own that holds to the first body row; what stands
 * at the head of later pages is a copy of it, an artifact, hung on the breaks
 * (Element.top_fragment); so with the footer and the feet of pages.  A table
 * does not leave one low row alone on a page.
 */
#include "layout/table.h"

#include "layout/structure.h"
#include "layout/table_grid.h"

/* ---- repeated rows ---- */

/* a copy for the pages after the first: not read aloud, not linked */
static const Fragment *
artifact_copy(const Fragment *fragment, Arena *arena)
{
    Fragment *copy = arena_new0(arena, Fragment);
    copy->item_count = fragment->item_count;
    copy->items = arena_array(arena, PageItem, fragment->item_count);
    for (int i = 0; i < fragment->item_count; i++) {
        copy->items[i] = fragment->items[i];
        copy->items[i].slot = NULL;
        if (copy->items[i].artifact == ARTIFACT_NONE)
            copy->items[i].artifact = ARTIFACT_LAYOUT;
    }
    return copy;
}

/* the same with the edge between header and body, which the first body row
 * paints where it follows */
static const Fragment *
header_copy(const TableGrid *grid, const Element *header, int next_row,
            Arena *arena)
{
    Placement placement;
    placement_init(&placement);
    fragment_append(&header->fragment, 0, 0, &placement);
    table_paint_across(grid, next_row, header->height, placement.items);
    Fragment all = placement_fragment(&placement, arena);
    placement_clear(&placement);
    return artifact_copy(&all, arena);
}

/* rows first..last of the grid; last < first: none */
typedef struct {
    int first, last;
} Rows;

static Rows
rows_of(const TableGrid *grid, TableSectionKind kind)
{
    Rows rows = {0, -1};
    for (guint i = 0; i < grid->sections->len; i++) {
        const TableSection *section =
            &g_array_index(grid->sections, TableSection, i);
        if (section->kind != kind)
            continue;
        if (rows.last < rows.first)
            rows.first = section->first;
        rows.last = section->last;
    }
    return rows;
}

static bool
is_empty(Rows rows)
{
    return rows.last < rows.first;
}

/* set apart as one box; NULL: there are none */
static ElementList *
set_repeated(const TableGrid *grid, Rows rows, Arena *arena)
{
    if (is_empty(rows))
        return NULL;
    TableRepeats none = {NULL, NULL, 0, 0};
    ElementList *list = element_list_new(arena);
    table_slices(grid, rows.first, rows.last, true,
                 &(TableOutput){list, NULL, &none});
    return list;
}

static void
add_repeated(const ElementList *from, const TableOutput *output)
{
    Element *element = element_list_add(output->list);
    *element = from->elements[0];
    element->frame = output->frame;
}

/* ---- rows that flow ---- */

/* the last row of the band that begins with row `first` */
static int
band_end(const TableGrid *grid, int first)
{
    int last = first;
    for (int r = first; r <= last; r++) {
        const GPtrArray *cells = table_row(grid, r)->cells;
        for (guint i = 0; i < cells->len; i++) {
            const TableCell *cell = g_ptr_array_index(cells, i);
            last = MAX(last, r + cell->rows - 1);
        }
    }
    return last;
}

static void
hold(const TableOutput *output, int index)
{
    Element *element = &output->list->elements[index];
    if (element->penalty != PENALTY_FORCED)
        element->penalty = PENALTY_FORBIDDEN;
}

/* a low row at the start or the end is not left alone */
static bool
is_low(const TableGrid *grid, const Element *element)
{
    return element->height <= grid->context->region_height / 6;
}

static void
add_rows(const TableGrid *grid, Rows rows, const TableOutput *output)
{
    int start = output->list->count;
    int first_end = -1, last_start = -1; /* elements */
    for (int r = rows.first; r <= rows.last;) {
        int end = band_end(grid, r);
        last_start = output->list->count;
        table_slices(grid, r, end, false, output);
        if (first_end < 0)
            first_end = output->list->count - 1;
        if (end < rows.last)
            table_break_before(grid, end + 1, output);
        r = end + 1;
    }
    const Element *elements = output->list->elements;
    int last = output->list->count - 1;
    if (first_end == start && first_end < last &&
        is_low(grid, &elements[start]))
        hold(output, start);
    if (last_start == last && last > start && is_low(grid, &elements[last]))
        hold(output, last - 1);
}

/* ---- the whole ---- */

/* half a page of repeated rows would leave too little for the others */
static bool
is_too_tall(const TableGrid *grid, const ElementList *rows)
{
    Length page = grid->context->region_height;
    return page > 0 && rows->elements[0].height > page / 2;
}

static bool
may_repeat(const TableGrid *grid, const ElementList *rows, FoKeyword omit)
{
    if (rows == NULL || omit == FO_KEY_TRUE)
        return false;
    if (!is_too_tall(grid, rows))
        return true;
    diagnostics_add(grid->context->diagnostics, LEVEL_WARNING,
                    "table-header-too-tall", grid->node->place,
                    "the header or footer of this table takes more than half "
                    "of the page and is not repeated: shorten it");
    return false;
}

/* where they belong in the flow; if they are too tall, as other rows are */
static void
add_outer(const TableGrid *grid, Rows rows, const ElementList *box,
          const TableOutput *output)
{
    if (box == NULL)
        return;
    if (is_too_tall(grid, box))
        add_rows(grid, rows, output);
    else
        add_repeated(box, output);
}

static void
add_table(const TableGrid *grid, ElementList *list, const Frame *frame)
{
    const FoStyle *style = grid->node->style;
    Arena *arena = list->arena;
    Rows head = rows_of(grid, TABLE_HEADER), foot = rows_of(grid, TABLE_FOOTER);
    Rows body = rows_of(grid, TABLE_BODY);
    ElementList *header = set_repeated(grid, head, arena);
    ElementList *footer = set_repeated(grid, foot, arena);
    TableRepeats repeats = {NULL, NULL, 0, 0};
    if (!is_empty(body) && may_repeat(grid, header, style->omit_header)) {
        repeats.header =
            header_copy(grid, &header->elements[0], body.first, arena);
        repeats.header_height = header->elements[0].height;
    }
    if (!is_empty(body) && may_repeat(grid, footer, style->omit_footer)) {
        repeats.footer = artifact_copy(&footer->elements[0].fragment, arena);
        repeats.footer_height = footer->elements[0].height;
    }
    TableOutput output = {list, frame, &repeats};
    TableOutput plain = {list, frame, &(TableRepeats){NULL, NULL, 0, 0}};
    add_outer(grid, head, header, &plain);
    if (header != NULL && (!is_empty(body) || footer != NULL))
        hold(&plain, list->count - 1);
    add_rows(grid, body, &output);
    if (footer != NULL && !is_empty(body))
        hold(&output, list->count - 1);
    add_outer(grid, foot, footer, &plain);
    element_list_free(header);
    element_list_free(footer);
}

void
table_layout(LayoutContext *context, const FoNode *table, Length x,
             Length width, ElementList *list, const Frame *frame,
             StructNode *structure)
{
    StructNode *element = structure_add(context, table, structure, "Table");
    TableGrid *grid = table_grid_new(context, table);
    if (grid->rows->len > 0 && grid->column_count > 0) {
        table_insets_set(grid);
        table_columns_set(grid, x, width);
        table_set_cells(grid, element);
        add_table(grid, list, frame);
    }
    table_grid_free(grid);
}

const FoNode *
table_shell(LayoutContext *context, const FoNode *table)
{
    if (table->style->border_collapse == FO_KEY_SEPARATE)
        return table;
    FoNode *shell = arena_new0(context->arena, FoNode);
    FoStyle *style = arena_new0(context->arena, FoStyle);
    *style = *table->style;
    style->border_before_width = style->border_after_width = 0;
    style->border_start_width = style->border_end_width = 0;
    style->padding_before = style->padding_after = 0;
    style->padding_start = style->padding_end = 0;
    *shell = *table;
    shell->style = style;
    return shell;
}
