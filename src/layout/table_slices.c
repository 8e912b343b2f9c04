/* SPDX-License-Identifier: MIT */
/*
 * Rows to boxes.
 *
 * A band is the fewest rows that no cell reaches out of: mostly one row.  A
 * band is one box if it is at most a third of the page; else it is cut into
 * slices, between its rows and, in rows that are themselves too high, at every
 * height where a line of some cell ends.  A break between two slices is legal
 * where all cells may break; it costs what the dearest of them asks.
 *
 *   table_slices
 *     band_init        where each line of each cell stands, as if never cut
 *     find_cuts        heights where the band may be cut, and what that costs
 *     add_slice        one box: backgrounds, contents, edges
 *     set_break        what a break after it adds: header, footer, closing
 *                      edge, and room for lines that straddle the cut
 *
 * A line belongs to the slice in which it ends, so nothing is lost and nothing
 * is set twice; where it begins above the cut, the next page moves down by as
 * much (Cut.top).
 */
#include "layout/table_grid.h"

#include "layout/flow.h"

#include <string.h>

enum {
    PENALTY_ROW = 60,      /* between rows */
    PENALTY_BODY = 20,     /* between table-bodies */
    PENALTY_SLICE = 300,   /* within a row */
    PENALTY_STRADDLE = 500 /* and a line begins before the cut */
};

/* a cell of a band; heights from the top of the band */
typedef struct {
    TableCell *cell;
    Length top, bottom;      /* of its slots */
    Length *starts, *ends;   /* of the elements of its list */
    int next;                /* the first element not yet set */
} BandCell;

typedef struct {
    const TableGrid *grid;
    int first, last;
    Length *tops;            /* of the rows */
    Length height;
    GArray *cells;           /* BandCell */
} Band;

/* a place where the band may be cut */
typedef struct {
    Length y;
    int row;                 /* that begins or goes on below it */
    bool inside;             /* it goes on */
    int penalty;
    ForceKind force;
    Length top, bottom;      /* padding and straddling lines of cells cut */
} Cut;

/* ---- the band ---- */

static void
band_add_cell(Band *band, TableCell *cell)
{
    const TableGrid *grid = band->grid;
    BandCell entry = {.cell = cell, .top = band->tops[cell->row - band->first]};
    entry.bottom = entry.top + table_rows_height(grid, cell->row,
                                                 cell->row + cell->rows - 1);
    int count = cell->list->count;
    entry.starts = g_new(Length, count + 1);
    entry.ends = g_new(Length, count + 1);
    Length y = entry.top + cell->top;
    for (int i = 0; i < count; i++) {
        const Element *element = &cell->list->elements[i];
        entry.starts[i] = y;
        entry.ends[i] = y + element->height;
        y += element->height + element->gap;
    }
    g_array_append_val(band->cells, entry);
}

static void
band_init(Band *band, const TableGrid *grid, int first, int last)
{
    int count = (int)grid->rows->len;
    *band = (Band){.grid = grid, .first = first, .last = last};
    band->tops = g_new(Length, last - first + 1);
    band->cells = g_array_new(FALSE, FALSE, sizeof(BandCell));
    Length y = grid->row_spacing;
    if (first == 0)
        y += table_half_edge(grid, 0);
    for (int r = first; r <= last; r++) {
        band->tops[r - first] = y;
        y += table_row(grid, r)->height;
        if (r < last)
            y += grid->row_spacing;
    }
    if (last == count - 1)
        y += table_half_edge(grid, count) + grid->row_spacing;
    band->height = y;
    for (int r = first; r <= last; r++) {
        const GPtrArray *cells = table_row(grid, r)->cells;
        for (guint i = 0; i < cells->len; i++)
            band_add_cell(band, g_ptr_array_index(cells, i));
    }
}

static void
band_clear(Band *band)
{
    for (guint i = 0; i < band->cells->len; i++) {
        BandCell *entry = &g_array_index(band->cells, BandCell, i);
        g_free(entry->starts);
        g_free(entry->ends);
    }
    g_array_unref(band->cells);
    g_free(band->tops);
}

static BandCell *
band_cell(const Band *band, guint index)
{
    return &g_array_index(band->cells, BandCell, index);
}

/* ---- cuts ---- */

static int
compare_lengths(gconstpointer a, gconstpointer b)
{
    Length left = *(const Length *)a, right = *(const Length *)b;
    return left < right ? -1 : left > right;
}

/* heights inside this row where a line of some cell ends */
static void
find_line_ends(const Band *band, int row, GArray *heights)
{
    Length top = band->tops[row - band->first];
    Length bottom = top + table_row(band->grid, row)->height;
    for (guint i = 0; i < band->cells->len; i++) {
        const BandCell *entry = band_cell(band, i);
        if (entry->top >= bottom || entry->bottom <= top)
            continue;
        for (int j = 0; j < entry->cell->list->count; j++) {
            Length y = entry->ends[j];
            if (y > top && y < bottom - entry->cell->after)
                g_array_append_val(heights, y);
        }
    }
    g_array_sort(heights, compare_lengths);
}

/* the elements of a cell that end above the cut, and what cutting after them
 * costs; `next` is a guess from a cut above */
static int
cell_cut(const BandCell *entry, Cut *cut, int next)
{
    const ElementList *list = entry->cell->list;
    const FoStyle *style = entry->cell->node->style;
    while (next < list->count && entry->ends[next] <= cut->y)
        next++;
    if (next == list->count)
        return next;
    int penalty = PENALTY_SLICE;
    Length straddles = cut->y - entry->starts[next];
    if (straddles > 0)
        penalty = PENALTY_STRADDLE;
    Length top = MAX(straddles, 0) + style->padding_before;
    if (next > 0) {
        /* a table in this cell repeats its own header and footer */
        const Element *last = &list->elements[next - 1];
        penalty = MAX(penalty, MIN(last->penalty, PENALTY_FORBIDDEN));
        top += last->top;
        cut->bottom =
            MAX(cut->bottom, style->padding_after + last->bottom -
                                 (cut->y - entry->ends[next - 1]));
    }
    cut->penalty = MAX(cut->penalty, penalty);
    cut->top = MAX(cut->top, top);
    return next;
}

/* a cut may not leave a row with nothing above it */
static bool
is_empty_above(const Band *band, const int *nexts, const Cut *cut)
{
    Length top = band->tops[cut->row - band->first];
    for (guint i = 0; i < band->cells->len; i++) {
        const BandCell *entry = band_cell(band, i);
        if (entry->top >= top && entry->top < cut->y && nexts[i] > 0)
            return false;
    }
    return true;
}

static void
finish_cut(const Band *band, int *nexts, Cut *cut)
{
    for (guint i = 0; i < band->cells->len; i++) {
        const BandCell *entry = band_cell(band, i);
        if (entry->top < cut->y && entry->bottom > cut->y)
            nexts[i] = cell_cut(entry, cut, nexts[i]);
    }
    if (cut->inside && is_empty_above(band, nexts, cut))
        cut->penalty = PENALTY_FORBIDDEN;
}

static ForceKind
force_of(FoKeyword value)
{
    switch (value) {
    case FO_KEY_COLUMN:
        return FORCE_COLUMN;
    case FO_KEY_PAGE:
        return FORCE_PAGE;
    case FO_KEY_EVEN_PAGE:
        return FORCE_EVEN_PAGE;
    case FO_KEY_ODD_PAGE:
        return FORCE_ODD_PAGE;
    default:
        return FORCE_NONE;
    }
}

/* the break between row - 1 and row, by the keeps and breaks of both */
static void
rows_break(const TableGrid *grid, int row, int *penalty, ForceKind *force)
{
    const TableRow *above = table_row(grid, row - 1);
    const TableRow *below = table_row(grid, row);
    *penalty = above->section == below->section ? PENALTY_ROW : PENALTY_BODY;
    *force = FORCE_NONE;
    if (above->node != NULL) {
        const FoStyle *style = above->node->style;
        *penalty = MAX(*penalty, keep_penalty(style->keep_with_next));
        *force = force_of(style->break_after);
    }
    if (below->node != NULL) {
        const FoStyle *style = below->node->style;
        *penalty = MAX(*penalty, keep_penalty(style->keep_with_previous));
        *force = MAX(*force, force_of(style->break_before));
    }
    if (above->section != below->section) {
        const FoNode *ends =
            g_array_index(grid->sections, TableSection, above->section).node;
        const FoNode *begins =
            g_array_index(grid->sections, TableSection, below->section).node;
        *penalty = MAX(*penalty, keep_penalty(ends->style->keep_with_next));
        *penalty =
            MAX(*penalty, keep_penalty(begins->style->keep_with_previous));
        *force = MAX(*force, force_of(ends->style->break_after));
        *force = MAX(*force, force_of(begins->style->break_before));
    }
}

/* what the parts of a row resist being parted with */
static int
row_together(const TableRow *row)
{
    return row->node == NULL ? 0
                             : keep_penalty(row->node->style->keep_together);
}

static GArray *
find_cuts(const Band *band)
{
    GArray *cuts = g_array_new(FALSE, TRUE, sizeof(Cut));
    const TableGrid *grid = band->grid;
    Length page = grid->context->region_height;
    Length most = page > 0 ? page / 3 : LENGTH_MAX;
    if (band->height <= most)
        return cuts;
    g_autofree int *nexts = g_new0(int, band->cells->len + 1);
    g_autoptr(GArray) heights = g_array_new(FALSE, FALSE, sizeof(Length));
    for (int r = band->first; r <= band->last; r++) {
        const TableRow *row = table_row(grid, r);
        Length top = band->tops[r - band->first];
        if (r > band->first) {
            Cut cut = {.y = top - grid->row_spacing, .row = r};
            rows_break(grid, r, &cut.penalty, &cut.force);
            finish_cut(band, nexts, &cut);
            g_array_append_val(cuts, cut);
        }
        int together = row_together(row);
        if (row->height <= most ||
            (together == PENALTY_FORBIDDEN && row->height <= page))
            continue;
        if (together == PENALTY_FORBIDDEN)
            together = 0; /* it cannot be kept */
        g_array_set_size(heights, 0);
        find_line_ends(band, r, heights);
        for (guint i = 0; i < heights->len; i++) {
            Length y = g_array_index(heights, Length, i);
            if (i > 0 && y == g_array_index(heights, Length, i - 1))
                continue;
            Cut cut = {
                .y = y, .row = r, .inside = true, .penalty = together};
            finish_cut(band, nexts, &cut);
            g_array_append_val(cuts, cut);
        }
    }
    return cuts;
}

/* ---- painting ---- */

/* a part of the band, from y up to y_end, painted at height `at` */
typedef struct {
    Length y, y_end, at;
} Part;

static void
paint_background(const FoNode *node, Length x, Length width, Length y,
                 Length height, GArray *items)
{
    if (node != NULL && height > 0 &&
        node->style->visibility != FO_KEY_HIDDEN)
        edge_paint(items, x, y, width, height, FO_KEY_SOLID,
                   node->style->background_color);
}

static const FoNode *
section_node(const TableGrid *grid, int row)
{
    return g_array_index(grid->sections, TableSection,
                         table_row(grid, row)->section)
        .node;
}

/* section and row reach over the whole width where cells touch */
static void
paint_row(const Band *band, int row, Part part, GArray *items)
{
    const TableGrid *grid = band->grid;
    Length top = band->tops[row - band->first];
    Length bottom = MIN(top + table_row(grid, row)->height, part.y_end);
    top = MAX(top, part.y);
    Length y = part.at + top - part.y;
    paint_background(section_node(grid, row), grid->x, grid->width, y,
                     bottom - top, items);
    paint_background(table_row(grid, row)->node, grid->x, grid->width, y,
                     bottom - top, items);
}

static void
paint_cell(const Band *band, const BandCell *entry, Part part, GArray *items)
{
    const TableGrid *grid = band->grid;
    const TableCell *cell = entry->cell;
    Length top = MAX(entry->top, part.y);
    Length height = MIN(entry->bottom, part.y_end) - top;
    Length y = part.at + top - part.y;
    if (height <= 0)
        return;
    paint_background(grid->columns[cell->column].node, cell->x, cell->width, y,
                     height, items);
    if (!grid->collapses && (grid->spacing > 0 || grid->row_spacing > 0)) {
        paint_background(section_node(grid, cell->row), cell->x, cell->width,
                         y, height, items);
        paint_background(table_row(grid, cell->row)->node, cell->x,
                         cell->width, y, height, items);
    }
    if (grid->collapses)
        paint_background(cell->node, cell->x, cell->width, y, height, items);
    else
        frame_paint(cell->node->style,
                    (FrameBox){cell->x, y, cell->width, height,
                               entry->top < part.y,
                               entry->bottom > part.y_end},
                    items);
}

static void
paint_backgrounds(const Band *band, Part part, GArray *items)
{
    const TableGrid *grid = band->grid;
    if (grid->collapses || (grid->spacing == 0 && grid->row_spacing == 0)) {
        for (int r = band->first; r <= band->last; r++)
            paint_row(band, r, part, items);
    }
    for (guint i = 0; i < band->cells->len; i++)
        paint_cell(band, band_cell(band, i), part, items);
}

static void
paint_edges(const Band *band, Part part, GArray *items)
{
    const TableGrid *grid = band->grid;
    for (int r = band->first; r <= band->last; r++) {
        Length top = band->tops[r - band->first];
        Length bottom = MIN(top + table_row(grid, r)->height, part.y_end);
        Length from = MAX(top, part.y);
        table_paint_along(grid, r, part.at + from - part.y, bottom - from,
                          items);
    }
    for (int r = band->first; r <= band->last; r++) {
        Length top = band->tops[r - band->first];
        if (top >= part.y && top < part.y_end)
            table_paint_across(grid, r, part.at + top - part.y, items);
    }
    int count = (int)grid->rows->len;
    if (band->last == count - 1 && part.y_end == band->height) {
        Length bottom = band->tops[band->last - band->first] +
                        table_row(grid, band->last)->height;
        table_paint_across(grid, count, part.at + bottom - part.y, items);
    }
}

/* ---- contents ---- */

/* what the elements of a slice bring with them beside their items */
typedef struct {
    Placement placement;
    GPtrArray *notes;
    GArray *anchors; /* Anchor */
    const char *bar;
} Contents;

static void
contents_init(Contents *contents)
{
    placement_init(&contents->placement);
    contents->notes = g_ptr_array_new();
    contents->anchors = g_array_new(FALSE, FALSE, sizeof(Anchor));
    contents->bar = NULL;
}

static void
contents_clear(Contents *contents)
{
    placement_clear(&contents->placement);
    g_ptr_array_unref(contents->notes);
    g_array_unref(contents->anchors);
}

static void
take_notes(const ElementList *list, int first, int end, Contents *contents)
{
    for (int i = first; i < end; i++) {
        for (int j = 0; j < list->elements[i].note_count; j++)
            g_ptr_array_add(contents->notes, list->elements[i].notes[j]);
    }
}

/* backgrounds and borders inside a cut cell; cut edges stay open */
static void
paint_frames(const BandCell *entry, Part part, Contents *contents)
{
    const GArray *frames = entry->cell->list->frames;
    int painted = 0;
    for (int depth = 0; painted < (int)frames->len; depth++) {
        for (guint i = 0; i < frames->len; i++) {
            const Frame *frame = g_array_index(frames, Frame *, i);
            if (frame->depth != depth)
                continue;
            painted++;
            Length top = entry->starts[frame->first];
            Length bottom = entry->ends[frame->last];
            Length from = MAX(top, part.y), to = MIN(bottom, part.y_end);
            if (from >= to)
                continue;
            if (frame->bar != NULL) {
                contents->bar = frame->bar;
                continue;
            }
            FoStyle open = *frame->style;
            open.border_before_condition = FO_KEY_AUTO;
            open.border_after_condition = FO_KEY_AUTO;
            frame_paint(&open,
                        (FrameBox){frame->x, part.at + from - part.y,
                                   frame->width, to - from, top < part.y,
                                   bottom > part.y_end},
                        contents->placement.items);
        }
    }
}

static void
place_cut_cell(BandCell *entry, Part part, int end, Contents *contents)
{
    const ElementList *list = entry->cell->list;
    Placement *placement = &contents->placement;
    paint_frames(entry, part, contents);
    take_notes(list, entry->next, end, contents);
    for (; entry->next < end; entry->next++) {
        const Element *element = &list->elements[entry->next];
        Length y = part.at + entry->starts[entry->next] - part.y;
        fragment_append(&element->fragment, 0, y, placement);
        for (int i = 0; i < element->anchor_count; i++) {
            Anchor anchor = element->anchors[i];
            anchor.y += y;
            g_array_append_val(contents->anchors, anchor);
        }
        g_array_append_vals(placement->containers, element->positioned,
                            (guint)element->positioned_count);
    }
}

static void
place_whole_cell(BandCell *entry, Length y, Contents *contents)
{
    const ElementList *list = entry->cell->list;
    Placement *placement = &contents->placement;
    guint bars = placement->bars->len;
    take_notes(list, 0, list->count, contents);
    fragment_place(list, 0, list->count - 1, 0, y, 0, placement);
    for (guint i = 0; i < placement->anchors->len; i++) {
        const PlacedAnchor *placed =
            &g_array_index(placement->anchors, PlacedAnchor, i);
        Anchor anchor = placed->anchor;
        anchor.x = placed->x;
        anchor.y = placed->y;
        g_array_append_val(contents->anchors, anchor);
    }
    g_array_set_size(placement->anchors, 0);
    if (placement->bars->len > bars)
        contents->bar =
            g_array_index(placement->bars, PlacedBar, bars).frame->bar;
    entry->next = list->count;
}

/* all that ends in this part; in the last one all that is left */
static void
place_contents(const Band *band, Part part, Contents *contents)
{
    bool is_whole = part.y == 0 && part.y_end == band->height;
    bool is_last = part.y_end == band->height;
    for (guint i = 0; i < band->cells->len; i++) {
        BandCell *entry = band_cell(band, i);
        int count = entry->cell->list->count, end = entry->next;
        if (is_whole) {
            if (count > 0)
                place_whole_cell(entry, part.at + entry->starts[0], contents);
            continue;
        }
        while (end < count && (is_last || entry->ends[end] <= part.y_end))
            end++;
        place_cut_cell(entry, part, end, contents);
    }
}

/* ---- ids and markers of rows, sections and cells ---- */

static void
add_anchors(const Band *band, const FoNode *node, bool starts, bool ends,
            Length x, Length y, Contents *contents)
{
    if (node == NULL || (!starts && !ends))
        return;
    const char *bar = fo_attribute(node, FO_ATTRIBUTE_BAR);
    if (bar != NULL)
        contents->bar = bar;
    const char *id = fo_attribute(node, FO_ATTRIBUTE_ID);
    GHashTable *cited = band->grid->context->cited_last;
    bool id_ends = ends && id != NULL && cited != NULL &&
                   g_hash_table_contains(cited, id);
    if (id != NULL && (starts || id_ends)) {
        Anchor anchor = {ANCHOR_ID, id, NULL, starts, id_ends, x, y};
        g_array_append_val(contents->anchors, anchor);
    }
    for (const FoNode *child = node->first; child != NULL;
         child = child->next) {
        if (child->kind != FO_MARKER)
            continue;
        Anchor anchor = {ANCHOR_MARKER, NULL, child, starts, ends, x, y};
        g_array_append_val(contents->anchors, anchor);
    }
}

static void
add_row_anchors(const Band *band, int row, Part part, Contents *contents)
{
    const TableGrid *grid = band->grid;
    const TableSection *section = &g_array_index(
        grid->sections, TableSection, table_row(grid, row)->section);
    Length top = band->tops[row - band->first];
    Length bottom = top + table_row(grid, row)->height;
    bool is_last = part.y_end == band->height;
    bool starts = top >= part.y && (top < part.y_end || is_last);
    bool ends = bottom <= part.y_end && (bottom > part.y || part.y == 0);
    Length y = part.at + MAX(top - part.y, 0);
    add_anchors(band, section->node, starts && row == section->first,
                ends && row == section->last, grid->x, y, contents);
    add_anchors(band, table_row(grid, row)->node, starts, ends, grid->x, y,
                contents);
    const GPtrArray *cells = table_row(grid, row)->cells;
    for (guint i = 0; i < cells->len; i++) {
        const TableCell *cell = g_ptr_array_index(cells, i);
        add_anchors(band, cell->node, starts, ends, cell->x, y, contents);
    }
}

/* ---- boxes ---- */

static void *
copied(Arena *arena, const void *data, guint count, size_t size)
{
    if (count == 0)
        return NULL;
    void *copy = arena_alloc(arena, size * count);
    return memcpy(copy, data, size * count);
}

static const Frame *
bar_frame(const TableGrid *grid, const TableOutput *output, const char *bar,
          int index)
{
    Frame *frame = arena_new0(output->list->arena, Frame);
    *frame = (Frame){.parent = output->frame,
                     .style = grid->node->style,
                     .x = grid->x,
                     .width = grid->width,
                     .first = index,
                     .last = index,
                     .bar = bar};
    frame->depth = output->frame == NULL ? 0 : output->frame->depth + 1;
    g_array_append_val(output->list->frames, frame);
    return frame;
}

static void
set_baseline(const Band *band, Element *element)
{
    for (guint i = 0; i < band->cells->len && !element->has_baseline; i++) {
        const BandCell *entry = band_cell(band, i);
        for (int j = 0; j < entry->cell->list->count; j++) {
            const Element *line = &entry->cell->list->elements[j];
            if (line->has_baseline) {
                element->has_baseline = true;
                element->baseline = entry->starts[j] + line->baseline;
                break;
            }
        }
    }
}

static Place
place_of(const Band *band, Part part)
{
    const TableGrid *grid = band->grid;
    for (int r = band->last; r >= band->first; r--) {
        const FoNode *node = table_row(grid, r)->node;
        if (node != NULL && band->tops[r - band->first] <= part.y)
            return node->place;
    }
    return grid->node->place;
}

static void
add_slice(const Band *band, Length from, Length to, const TableOutput *output)
{
    Part part = {from, to, 0};
    Contents contents;
    contents_init(&contents);
    Placement *placement = &contents.placement;
    paint_backgrounds(band, part, placement->items);
    place_contents(band, part, &contents);
    paint_edges(band, part, placement->items);
    for (int r = band->first; r <= band->last; r++)
        add_row_anchors(band, r, part, &contents);
    Arena *arena = output->list->arena;
    Element *element = element_list_add(output->list);
    element->height = to - from;
    element->frame = output->frame;
    element->place = place_of(band, part);
    element->fragment = placement_fragment(placement, arena);
    element->anchors = copied(arena, contents.anchors->data,
                              contents.anchors->len, sizeof(Anchor));
    element->anchor_count = (int)contents.anchors->len;
    element->notes = copied(arena, contents.notes->pdata, contents.notes->len,
                            sizeof(Note *));
    element->note_count = (int)contents.notes->len;
    element->positioned =
        copied(arena, placement->containers->data,
               placement->containers->len, sizeof(Positioned *));
    element->positioned_count = (int)placement->containers->len;
    if (from == 0)
        set_baseline(band, element);
    if (contents.bar != NULL)
        element->frame =
            bar_frame(band->grid, output, contents.bar,
                      output->list->count - 1);
    contents_clear(&contents);
}

/* ---- breaks ---- */

static const Fragment *
kept_fragment(const Placement *placement, Arena *arena)
{
    if (placement->items->len == 0)
        return NULL;
    Fragment *fragment = arena_new0(arena, Fragment);
    *fragment = placement_fragment(placement, arena);
    return fragment;
}

/* backgrounds and column edges of a cut row, over `height` beside the cut */
static void
paint_padding(const Band *band, const Cut *cut, bool above, Length at,
              Length height, GArray *items)
{
    if (band == NULL || height <= 0)
        return;
    const TableGrid *grid = band->grid;
    /* a part of the row that is as high, wherever it stands */
    Length top = band->tops[cut->row - band->first];
    Length bottom = top + table_row(grid, cut->row)->height;
    Part part = {cut->y, MIN(cut->y + height, bottom), at};
    if (above)
        part = (Part){MAX(cut->y - height, top), cut->y, at};
    paint_backgrounds(band, part, items);
    table_paint_along(grid, cut->row, at, height, items);
}

/* what the last element above the cut repeats, in cells that go on; `at`: where
 * the cut is.  Heads stand on what follows them, feet under what they follow. */
static void
place_nested(const Band *band, const Cut *cut, bool head, Length at,
             Placement *placement)
{
    for (guint i = 0; i < band->cells->len; i++) {
        const BandCell *entry = band_cell(band, i);
        int next = entry->next;
        if (next == 0 || next == entry->cell->list->count)
            continue;
        const Element *last = &entry->cell->list->elements[next - 1];
        if (head && last->top_fragment != NULL)
            fragment_append(last->top_fragment, 0,
                            at + entry->starts[next] - cut->y - last->top,
                            placement);
        else if (!head && last->bottom_fragment != NULL)
            fragment_append(last->bottom_fragment, 0,
                            at + entry->ends[next - 1] - cut->y, placement);
    }
}

/* Fragments of the cut before, which the next one can share: most cuts of a
 * high row look alike, and each has an edge for every column. */
typedef struct {
    bool is_kept;
    int row;
    Length top, bottom;
    const Fragment *head, *foot;
} LastCut;

static bool
is_like(const LastCut *like, const Cut *cut)
{
    return like->is_kept && cut->inside && like->row == cut->row && like->top == cut->top &&
           like->bottom == cut->bottom;
}

/* has a cell that goes on below the cut something of its own to repeat? */
static bool
has_nested(const Band *band)
{
    for (guint i = 0; i < band->cells->len; i++) {
        const BandCell *entry = band_cell(band, i);
        if (entry->next == 0 || entry->next == entry->cell->list->count)
            continue;
        const Element *last = &entry->cell->list->elements[entry->next - 1];
        if (last->top_fragment != NULL || last->bottom_fragment != NULL)
            return true;
    }
    return false;
}

/* what stands at the head of the page after the cut */
static const Fragment *
make_head(const Band *band, const Cut *cut, const TableOutput *output,
          Length height)
{
    const TableRepeats *repeats = output->repeats;
    if (cut->top == 0 || band == NULL)
        return repeats->header;
    Placement placement;
    placement_init(&placement);
    paint_padding(band, cut, false, repeats->header_height, cut->top,
                  placement.items);
    place_nested(band, cut, true, height, &placement);
    const Fragment *head = repeats->header;
    if (placement.items->len > 0) {
        if (repeats->header != NULL)
            fragment_append(repeats->header, 0, 0, &placement);
        head = kept_fragment(&placement, output->list->arena);
    }
    placement_clear(&placement);
    return head;
}

/* the edge below a cut row is the one that it has in the end */
static int
closing_row(const Cut *cut)
{
    return cut->row + (cut->inside ? 1 : 0);
}

/* what stands at the foot of the page before the cut */
static const Fragment *
make_foot(const TableGrid *grid, const Band *band, const Cut *cut,
          const TableOutput *output)
{
    Placement placement;
    placement_init(&placement);
    paint_padding(band, cut, true, 0, cut->bottom, placement.items);
    if (band != NULL)
        place_nested(band, cut, false, 0, &placement);
    if (output->repeats->footer != NULL)
        fragment_append(output->repeats->footer, 0, cut->bottom, &placement);
    else
        table_paint_across(grid, closing_row(cut), cut->bottom,
                           placement.items);
    const Fragment *foot = kept_fragment(&placement, output->list->arena);
    placement_clear(&placement);
    return foot;
}

/* band: NULL where the break is between two of them */
static void
set_break(const TableGrid *grid, const Band *band, const Cut *cut,
          const TableOutput *output, LastCut *like)
{
    const TableRepeats *repeats = output->repeats;
    Element *element = &output->list->elements[output->list->count - 1];
    element->penalty = MIN(cut->penalty, PENALTY_FORBIDDEN);
    if (cut->force != FORCE_NONE) {
        element->penalty = PENALTY_FORCED;
        element->force = cut->force;
    }
    Length half = 0;
    if (repeats->header == NULL && !cut->inside)
        half = table_half_edge(grid, cut->row);
    element->top = repeats->header_height + half + cut->top;
    element->bottom =
        cut->bottom + (repeats->footer != NULL
                           ? repeats->footer_height
                           : table_half_edge(grid, closing_row(cut)));
    bool is_own = band != NULL && has_nested(band);
    if (is_own || !is_like(like, cut)) {
        *like = (LastCut){.is_kept = cut->inside && !is_own,
                          .row = cut->row,
                          .top = cut->top,
                          .bottom = cut->bottom};
        like->head = make_head(band, cut, output, element->top);
        like->foot = make_foot(grid, band, cut, output);
    }
    element->top_fragment = like->head;
    element->bottom_fragment = like->foot;
}

void
table_break_before(const TableGrid *grid, int row, const TableOutput *output)
{
    Cut cut = {.row = row};
    LastCut like = {.is_kept = false};
    rows_break(grid, row, &cut.penalty, &cut.force);
    set_break(grid, NULL, &cut, output, &like);
}

void
table_slices(const TableGrid *grid, int first, int last, bool whole,
             const TableOutput *output)
{
    Band band;
    band_init(&band, grid, first, last);
    g_autoptr(GArray) cuts =
        whole ? g_array_new(FALSE, TRUE, sizeof(Cut)) : find_cuts(&band);
    Length from = 0;
    LastCut like = {.is_kept = false};
    for (guint i = 0; i < cuts->len; i++) {
        const Cut *cut = &g_array_index(cuts, Cut, i);
        add_slice(&band, from, cut->y, output);
        set_break(grid, &band, cut, output, &like);
        from = cut->y;
    }
    add_slice(&band, from, band.height, output);
    band_clear(&band);
}
