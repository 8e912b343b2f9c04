/* SPDX-License-Identifier: MIT */
/*
 * Imposition: the pages' items are drawn again at their place on the sheet, not
 * a finished PDF's pages moved about.
 */
#include "paint/impose.h"

#include "paint/canvas.h"

#include <cairo-pdf.h>

#define NO_SCALE 65536
#define MARK_GAP POINTS(2)
#define LEAST_MARK POINTS(4) /* a shorter one is not seen */

/* ---- booklets ---- */

static void
set_page(ImposedPage *slot, int page, int page_count)
{
    slot->is_blank = page >= page_count;
    if (!slot->is_blank)
        slot->page = page;
    slot->scale = NO_SCALE;
}

/* the left or right half of a side; the clip lets the bleed out on three edges
 * and nothing over the fold */
static void
place_half(ImposedPage *slot, bool is_right, Length creep,
           const SheetFormat *format)
{
    Length left = (format->sheet_width - 2 * format->page_width) / 2;
    Length top = (format->sheet_height - format->page_height) / 2;
    Length fold = left + format->page_width;
    slot->x = is_right ? fold - creep : left + creep;
    slot->y = top;
    slot->clip_x = is_right ? fold : left - format->bleed;
    slot->clip_width = format->page_width + format->bleed;
    slot->clip_y = top - format->bleed;
    slot->clip_height = format->page_height + 2 * format->bleed;
}

/* both sides of sheet k from the outside of a signature */
static void
add_sheet(GArray *sides, int first, int sheets, int k, int page_count,
          const SheetFormat *format, Length caliper)
{
    const int pages[2][2] = {
        {first + 4 * sheets - 1 - 2 * k, first + 2 * k},
        {first + 2 * k + 1, first + 4 * sheets - 2 - 2 * k},
    };
    for (int back = 0; back < 2; back++) {
        SheetSide side = {.sheet = (int)sides->len / 2, .is_back = back};
        side.slot_count = 2;
        for (int half = 0; half < 2; half++) {
            set_page(&side.slots[half], pages[back][half], page_count);
            place_half(&side.slots[half], half == 1, k * caliper, format);
        }
        g_array_append_val(sides, side);
    }
}

GArray *
impose_booklet(int page_count, const SheetFormat *format,
               const BookletOptions *options)
{
    GArray *sides = g_array_new(FALSE, FALSE, sizeof(SheetSide));
    int most = options->sheets_per_signature;
    for (int first = 0; first < page_count;) {
        int sheets = (page_count - first + 3) / 4;
        if (most > 0)
            sheets = MIN(sheets, most);
        for (int k = 0; k < sheets; k++)
            add_sheet(sides, first, sheets, k, page_count, format,
                      options->caliper);
        first += 4 * sheets;
    }
    return sides;
}

/* ---- handouts ---- */

/* Takes the longer half of a cell for notes: right of the page, or below. */
static void
take_notes(ImposedPage *slot, Length left, Length top, Length *width,
           Length *height, const HandoutOptions *options)
{
    slot->notes_step = options->notes_step;
    if (*width >= *height) {
        *width = (*width - options->gutter) / 2;
        slot->notes_x = left + *width + options->gutter;
        slot->notes_y = top;
        slot->notes_width = *width;
        slot->notes_height = *height;
    } else {
        Length notes = *height / 3;
        *height -= notes + options->gutter;
        slot->notes_x = left;
        slot->notes_y = top + *height + options->gutter;
        slot->notes_width = *width;
        slot->notes_height = notes;
    }
}

static void
place_cell(ImposedPage *slot, int cell, const SheetFormat *format,
           const HandoutOptions *options)
{
    int column = cell % options->columns, row = cell / options->columns;
    Length width = (format->sheet_width - 2 * options->margin -
                    (options->columns - 1) * options->gutter) /
                   options->columns;
    Length height = (format->sheet_height - 2 * options->margin -
                     (options->rows - 1) * options->gutter) /
                    options->rows;
    Length left = options->margin + column * (width + options->gutter);
    Length top = options->margin + row * (height + options->gutter);
    if (options->notes_step > 0)
        take_notes(slot, left, top, &width, &height, options);
    Length by_width = length_scale(NO_SCALE, width, format->page_width);
    Length by_height = length_scale(NO_SCALE, height, format->page_height);
    slot->scale = (int32_t)MIN(by_width, by_height);
    slot->clip_width = length_scale(format->page_width, slot->scale, NO_SCALE);
    slot->clip_height =
        length_scale(format->page_height, slot->scale, NO_SCALE);
    slot->x = left + (width - slot->clip_width) / 2;
    slot->y = top + (height - slot->clip_height) / 2;
    slot->clip_x = slot->x;
    slot->clip_y = slot->y;
}

GArray *
impose_handout(int page_count, const SheetFormat *format,
               const HandoutOptions *options)
{
    int slots = options->columns * options->rows;
    g_return_val_if_fail(slots > 0 && slots <= IMPOSE_MAX_SLOTS, NULL);
    GArray *sides = g_array_new(FALSE, FALSE, sizeof(SheetSide));
    for (int first = 0; first < page_count; first += slots) {
        SheetSide side = {.sheet = (int)sides->len, .slot_count = slots};
        for (int i = 0; i < slots; i++) {
            set_page(&side.slots[i], first + i, page_count);
            place_cell(&side.slots[i], i, format, options);
        }
        g_array_append_val(sides, side);
    }
    return sides;
}

/* ---- drawing ---- */

PageList *
impose_pages(const PageList *pages, const GArray *sides,
             const SheetFormat *format)
{
    PageList *sheets = page_list_new();
    sheets->title = pages->title;
    sheets->language = pages->language;
    for (guint i = 0; i < sides->len; i++) {
        Page *page =
            page_list_add(sheets, format->sheet_width, format->sheet_height);
        page->number = (int)i + 1;
    }
    return sheets;
}

static void
draw_notes(cairo_t *cr, const ImposedPage *slot)
{
    cairo_save(cr);
    cairo_set_source_rgb(cr, 0.66, 0.66, 0.66);
    cairo_set_line_width(cr, 0.35);
    for (Length y = slot->notes_step; y <= slot->notes_height;
         y += slot->notes_step) {
        cairo_move_to(cr, length_points(slot->notes_x),
                      length_points(slot->notes_y + y));
        cairo_rel_line_to(cr, length_points(slot->notes_width), 0);
    }
    cairo_stroke(cr);
    cairo_restore(cr);
}

/* a line on the paper around the pages, from the bleed outwards */
static void
draw_mark(cairo_t *cr, Length x, Length y, bool is_upright, Length room,
          Length bleed, int outwards)
{
    Length from = bleed + MARK_GAP, to = room - MARK_GAP;
    if (to - from < LEAST_MARK)
        return;
    double start = length_points(from) * outwards;
    double end = length_points(to) * outwards;
    double px = length_points(x), py = length_points(y);
    cairo_move_to(cr, is_upright ? px : px + start,
                  is_upright ? py + start : py);
    cairo_line_to(cr, is_upright ? px : px + end, is_upright ? py + end : py);
}

/* cut: solid lines at the corners of the two pages; fold: dashed, between */
static void
draw_marks(cairo_t *cr, const SheetFormat *format)
{
    Length across = (format->sheet_width - 2 * format->page_width) / 2;
    Length up = (format->sheet_height - format->page_height) / 2;
    cairo_save(cr);
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_set_line_width(cr, 0.25);
    for (int below = 0; below < 2; below++) {
        Length y = up + (below ? format->page_height : 0);
        int down = below ? 1 : -1;
        for (int right = 0; right < 2; right++) {
            Length x = across + (right ? 2 * format->page_width : 0);
            draw_mark(cr, x, y, true, up, format->bleed, down);
            draw_mark(cr, x, y, false, across, format->bleed, right ? 1 : -1);
        }
    }
    cairo_stroke(cr);
    const double dash = 2;
    cairo_set_dash(cr, &dash, 1, 0);
    Length fold = across + format->page_width;
    draw_mark(cr, fold, up, true, up, format->bleed, -1);
    draw_mark(cr, fold, up + format->page_height, true, up, format->bleed, 1);
    cairo_stroke(cr);
    cairo_restore(cr);
}

static bool
draw_slot(Canvas *canvas, const PageList *pages, const ImposedPage *slot,
          GError **error)
{
    if (slot->is_blank)
        return true;
    cairo_t *cr = canvas->cr;
    if (slot->notes_step > 0)
        draw_notes(cr, slot);
    cairo_save(cr);
    cairo_rectangle(cr, length_points(slot->clip_x),
                    length_points(slot->clip_y),
                    length_points(slot->clip_width),
                    length_points(slot->clip_height));
    cairo_clip(cr);
    cairo_translate(cr, length_points(slot->x), length_points(slot->y));
    cairo_scale(cr, slot->scale / (double)NO_SCALE,
                slot->scale / (double)NO_SCALE);
    bool done = canvas_draw_page(
        canvas, page_list_get(pages, (guint)slot->page), error);
    cairo_restore(cr);
    return done;
}

typedef struct {
    const PageList *pages;
    const GArray *sides;
    const SheetFormat *format;
} SheetsToDraw;

static bool
draw_sheets(Canvas *canvas, void *data, GError **error)
{
    const SheetsToDraw *sheets = data;
    canvas->bleed = sheets->format->bleed;
    for (guint i = 0; i < sheets->sides->len; i++) {
        const SheetSide *side = &g_array_index(sheets->sides, SheetSide, i);
        canvas_start_page(canvas, sheets->format->sheet_width,
                          sheets->format->sheet_height);
        for (int k = 0; k < side->slot_count; k++) {
            if (!draw_slot(canvas, sheets->pages, &side->slots[k], error))
                return false;
        }
        if (sheets->format->has_marks)
            draw_marks(canvas->cr, sheets->format);
        if (!canvas_end_page(canvas, (int)i, error))
            return false;
    }
    return true;
}

bool
paint_sheets(const PageList *pages, const GArray *sides,
             const SheetFormat *format, PaintResult *result,
             Diagnostics *diagnostics, GError **error)
{
    SheetsToDraw sheets = {pages, sides, format};
    return canvas_write_pdf(result, diagnostics, draw_sheets, &sheets, error);
}
