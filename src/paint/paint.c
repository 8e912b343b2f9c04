/* SPDX-License-Identifier: MIT */
/*
 * Paint: the items of each page in their order, leaves around them.
 *
 * A leaf is a pair of Cairo tags named "Span", never nested and never open over
 * two pages, because Cairo 1.16 numbers only such tags reliably; artifacts are
 * leaves too.  Which leaf is what stands in PaintResult, and the finisher puts
 * the right names in.  Consecutive items of one slot share a leaf.
 *
 *   paint_pdf, paint_png -> canvas_draw_page -> draw_item -> show_text.c,
 *                                                            show_graphic.c
 *                                            -> store_leaf -> text_store.c
 */
#include "paint/paint.h"

#include "paint/canvas.h"

#include <cairo-pdf.h>
#include <math.h>

G_DEFINE_QUARK(paint-error-quark, paint_error)

/* ---- the canvas ---- */

static void
destroy_font(gpointer data)
{
    cairo_font_face_destroy(data);
}

void
canvas_init(Canvas *canvas, cairo_surface_t *surface, bool vector)
{
    *canvas = (Canvas){.cr = cairo_create(surface), .vector = vector};
    canvas->freetype = canvas_open_freetype();
    canvas->fonts = g_hash_table_new_full(NULL, NULL, NULL, destroy_font);
    canvas->pictures =
        g_hash_table_new_full(NULL, NULL, NULL, canvas_picture_destroy());
    canvas->text = g_string_new(NULL);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_set_font_options(canvas->cr, options);
    cairo_font_options_destroy(options);
}

void
canvas_clear(Canvas *canvas)
{
    cairo_destroy(canvas->cr);
    g_hash_table_unref(canvas->pictures);
    g_hash_table_unref(canvas->fonts);
    g_free(canvas->glyphs);
    g_free(canvas->clusters);
    g_string_free(canvas->text, TRUE);
    FT_Done_Library(canvas->freetype);
}

/* ---- leaves ---- */

static void
close_leaf(Canvas *canvas)
{
    if (canvas->leaf_is_open)
        cairo_tag_end(canvas->cr, "Span");
    canvas->leaf_is_open = false;
}

static void
extend_leaf(PaintLeaf *leaf, PaintLeaf box)
{
    Length right = MAX(leaf->x + leaf->width, box.x + box.width);
    Length bottom = MAX(leaf->y + leaf->height, box.y + box.height);
    leaf->x = MIN(leaf->x, box.x);
    leaf->y = MIN(leaf->y, box.y);
    leaf->width = right - leaf->x;
    leaf->height = bottom - leaf->y;
}

/* what an item covers; of text, what its face may cover */
static PaintLeaf
item_box(const PageItem *item)
{
    PaintLeaf box = {.slot = item->slot, .artifact = item->artifact};
    box.x = item->x, box.y = item->y;
    box.width = item->width, box.height = item->height;
    if (item->kind == PAGE_TEXT) {
        const FontFace *face = item->text.face;
        Length ascent = length_scale(item->text.size, face->ascender,
                                     face->units_per_em);
        Length descent = length_scale(item->text.size, -face->descender,
                                      face->units_per_em);
        bool is_upright = item->rotation % 180 == 0;
        box.width = is_upright ? item->width : ascent + descent;
        box.height = is_upright ? ascent + descent : item->width;
        switch (item->rotation) {
        case 90:
            box.x -= ascent, box.y -= item->width;
            break;
        case 180:
            box.x -= item->width, box.y -= descent;
            break;
        case 270:
            box.x -= descent;
            break;
        default:
            box.y -= ascent;
        }
    }
    return box;
}

static void
enter_leaf(Canvas *canvas, const PageItem *item)
{
    if (canvas->leaves == NULL)
        return;
    PaintLeaf box = item_box(item);
    box.page = canvas->page;
    if (canvas->leaf_is_open) {
        PaintLeaf *open =
            &g_array_index(canvas->leaves, PaintLeaf, canvas->leaves->len - 1);
        if (open->slot == box.slot && open->artifact == box.artifact) {
            extend_leaf(open, box);
            return;
        }
        close_leaf(canvas);
    }
    cairo_tag_begin(canvas->cr, "Span", NULL);
    canvas->leaf_is_open = true;
    g_array_append_val(canvas->leaves, box);
}

/* ---- items ---- */

/* An item that touches the trim runs on into the bleed. */
static void
draw_rectangle(Canvas *canvas, const Page *page, const PageItem *item)
{
    Length left = item->x, top = item->y;
    Length right = left + item->width, bottom = top + item->height;
    if (item->bleeds) {
        if (left <= 0)
            left = MIN(left, -canvas->bleed);
        if (top <= 0)
            top = MIN(top, -canvas->bleed);
        if (right >= page->width)
            right = MAX(right, page->width + canvas->bleed);
        if (bottom >= page->height)
            bottom = MAX(bottom, page->height + canvas->bleed);
    }
    /* Cairo takes an opaque box over the whole page for a new beginning and
     * forgets the leaves before it; a path of the same box twice is no box */
    bool covers_page = left <= 0 && top <= 0 && right >= page->width &&
                       bottom >= page->height;
    for (int i = 0; i < 1 + covers_page; i++)
        cairo_rectangle(canvas->cr, length_points(left), length_points(top),
                        length_points(right - left),
                        length_points(bottom - top));
    cairo_fill(canvas->cr);
}

/* Dots or dashes, their gaps fitted so that the line ends with a whole one. */
static void
set_dashes(cairo_t *cr, FoKeyword style, double thickness, double length)
{
    if (style == FO_KEY_DOTTED) {
        double inner = MAX(length - thickness, 0);
        double count = MAX(floor(inner / (2 * thickness) + 0.5), 1);
        double dashes[] = {0, inner / count};
        cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
        if (inner > 0)
            cairo_set_dash(cr, dashes, 2, 0);
    } else {
        double dash = 3 * thickness;
        double gaps = MAX(floor((length - dash) / (2 * dash) + 0.5), 0);
        double gap = gaps > 0 ? (length - (gaps + 1) * dash) / gaps : 0;
        double dashes[] = {dash, gap};
        if (gap > 0)
            cairo_set_dash(cr, dashes, 2, 0);
    }
}

static void
stroke_line(cairo_t *cr, double x, double y, double dx, double dy)
{
    cairo_move_to(cr, x, y);
    cairo_line_to(cr, x + dx, y + dy);
    cairo_stroke(cr);
}

static void
draw_rule(Canvas *canvas, const PageItem *item)
{
    cairo_t *cr = canvas->cr;
    double x = length_points(item->x), y = length_points(item->y);
    double dx = length_points(item->width), dy = length_points(item->height);
    double thickness = length_points(item->rule.thickness);
    double length = hypot(dx, dy);
    FoKeyword style = item->rule.style;
    if (style == FO_KEY_DOUBLE) {
        /* two lines, each a third, around the middle */
        double nx = -dy / length * thickness / 3;
        double ny = dx / length * thickness / 3;
        cairo_set_line_width(cr, thickness / 3);
        stroke_line(cr, x + nx, y + ny, dx, dy);
        stroke_line(cr, x - nx, y - ny, dx, dy);
        return;
    }
    cairo_set_line_width(cr, thickness);
    if (style != FO_KEY_DOTTED && style != FO_KEY_DASHED) {
        stroke_line(cr, x, y, dx, dy);
        return;
    }
    cairo_save(cr);
    set_dashes(cr, style, thickness, length);
    if (style == FO_KEY_DOTTED && length > thickness) {
        /* round caps reach half the thickness beyond both ends */
        double inset = thickness / 2 / length;
        stroke_line(cr, x + dx * inset, y + dy * inset, dx * (1 - 2 * inset),
                    dy * (1 - 2 * inset));
    } else {
        stroke_line(cr, x, y, dx, dy);
    }
    cairo_restore(cr);
}

/* false: nothing would be drawn, so there must be no leaf either */
static bool
is_visible(const PageItem *item)
{
    if (item->kind == PAGE_GRAPHIC)
        return item->graphic != NULL && item->width > 0 && item->height > 0;
    if (item->color.transparent)
        return false;
    switch (item->kind) {
    case PAGE_TEXT:
        for (int i = 0; i < item->text.piece_count; i++) {
            if (item->text.pieces[i].first_glyph <
                item->text.pieces[i].last_glyph)
                return true;
        }
        return false;
    case PAGE_RULE:
        return item->rule.thickness > 0 &&
               (item->width != 0 || item->height != 0);
    default:
        return item->width > 0 && item->height > 0;
    }
}

static bool
draw_item(Canvas *canvas, const Page *page, const PageItem *item,
          GError **error)
{
    enter_leaf(canvas, item);
    if (item->kind != PAGE_GRAPHIC)
        cairo_set_source_rgb(canvas->cr, fo_color_part(item->color.red),
                             fo_color_part(item->color.green),
                             fo_color_part(item->color.blue));
    switch (item->kind) {
    case PAGE_TEXT:
        return canvas_show_text(canvas, item, error);
    case PAGE_RECTANGLE:
        draw_rectangle(canvas, page, item);
        break;
    case PAGE_RULE:
        draw_rule(canvas, item);
        break;
    case PAGE_GRAPHIC:
        canvas_show_graphic(canvas, item);
        break;
    }
    return true;
}

/* ---- leaves of stored text ---- */

static const PageItem *
page_item(const Page *page, guint index)
{
    return &g_array_index(page->items, PageItem, index);
}

/* the first visible item from `index` that belongs to another leaf than the
 * item there */
static guint
leaf_end(const Page *page, guint index)
{
    const PageItem *first = page_item(page, index);
    for (; index < page->items->len; index++) {
        const PageItem *item = page_item(page, index);
        if (is_visible(item) && (item->slot != first->slot ||
                                 item->artifact != first->artifact))
            break;
    }
    return index;
}

static bool
has_color_of(const PageItem *item, const PageItem *other)
{
    return item->color.red == other->color.red &&
           item->color.green == other->color.green &&
           item->color.blue == other->color.blue;
}

/* What its glyphs may cover, on the page: Cairo leaves a clip as it is that has
 * all of the next drawing inside, so it must think that the text is drawn.
 * Never the whole page (see draw_rectangle).  False: nothing is on the page. */
static bool
text_box(const Page *page, const PageItem *item, PaintLeaf *box)
{
    const Length inset = POINTS(1);
    PaintLeaf whole = item_box(item);
    Length left = MAX(whole.x - item->text.size, inset);
    Length top = MAX(whole.y - item->text.size, inset);
    Length right = MIN(whole.x + whole.width + item->text.size,
                       page->width - inset);
    Length bottom = MIN(whole.y + whole.height + item->text.size,
                        page->height - inset);
    *box = (PaintLeaf){.x = left,
                       .y = top,
                       .width = right - left,
                       .height = bottom - top};
    return box->width > 0 && box->height > 0;
}

/* items first..end-1, a leaf, into the store; box: what they may cover.  False:
 * not all are plain lines of one colour on the page. */
static bool
store_lines(Canvas *canvas, const Page *page, guint first, guint end,
            PaintLeaf *box)
{
    int missing = canvas->missing_glyphs;
    for (guint i = first; i < end; i++) {
        const PageItem *item = page_item(page, i);
        PaintLeaf covered;
        if (!is_visible(item))
            continue;
        if (item->kind != PAGE_TEXT ||
            !has_color_of(item, page_item(page, first)) ||
            !text_box(page, item, &covered) ||
            !canvas_keep_text(canvas, item)) {
            text_store_take_back(canvas->texts);
            canvas->missing_glyphs = missing; /* counted when they are shown */
            return false;
        }
        if (i == first)
            *box = covered;
        extend_leaf(box, covered);
    }
    text_store_end_stretch(canvas->texts);
    return true;
}

/* the leaf with the rectangle that the finisher looks for */
static void
store_leaf(Canvas *canvas, const Page *page, guint first, guint end,
           const PaintLeaf *box)
{
    const PageItem *item = page_item(page, first);
    for (guint i = first; i < end; i++) {
        if (is_visible(page_item(page, i)))
            enter_leaf(canvas, page_item(page, i));
    }
    g_array_index(canvas->leaves, PaintLeaf, canvas->leaves->len - 1)
        .is_stored = true;
    cairo_set_source_rgb(canvas->cr, fo_color_part(item->color.red),
                         fo_color_part(item->color.green),
                         fo_color_part(item->color.blue));
    cairo_rectangle(canvas->cr, length_points(box->x), length_points(box->y),
                    length_points(box->width), length_points(box->height));
    cairo_fill(canvas->cr);
}

bool
canvas_draw_page(Canvas *canvas, const Page *page, GError **error)
{
    for (guint i = 0; i < page->items->len;) {
        if (!is_visible(page_item(page, i))) {
            i++;
            continue;
        }
        guint end = leaf_end(page, i);
        PaintLeaf box = {0};
        if (canvas->texts != NULL &&
            store_lines(canvas, page, i, end, &box)) {
            store_leaf(canvas, page, i, end, &box);
            i = end;
        }
        for (; i < end; i++) {
            const PageItem *item = page_item(page, i);
            if (is_visible(item) && !draw_item(canvas, page, item, error))
                return false;
        }
    }
    close_leaf(canvas);
    return true;
}

/* ---- a PDF ---- */

static cairo_status_t
append_bytes(void *closure, const unsigned char *data, unsigned int length)
{
    g_byte_array_append(closure, data, length);
    return CAIRO_STATUS_SUCCESS;
}

static bool
check_status(cairo_status_t status, int page, GError **error)
{
    if (status == CAIRO_STATUS_SUCCESS)
        return true;
    g_set_error(error, PAINT_ERROR, PAINT_ERROR_CAIRO,
                "page %d cannot be painted: %s", page + 1,
                cairo_status_to_string(status));
    return false;
}

void
canvas_start_page(Canvas *canvas, Length width, Length height)
{
    cairo_pdf_surface_set_size(cairo_get_target(canvas->cr),
                               length_points(width), length_points(height));
    cairo_save(canvas->cr);
}

bool
canvas_end_page(Canvas *canvas, int page, GError **error)
{
    cairo_restore(canvas->cr);
    cairo_show_page(canvas->cr);
    /* Cairo's errors stick, and a broken file would be written in silence */
    return check_status(cairo_status(canvas->cr), page, error);
}

bool
canvas_write_pdf(PaintResult *result, Diagnostics *diagnostics, CanvasDraw draw,
                 void *data, GError **error)
{
    *result = (PaintResult){
        .pdf = g_byte_array_new(),
        .leaves = g_array_new(FALSE, FALSE, sizeof(PaintLeaf)),
    };
    g_autofree char *painter =
        g_strconcat("cairo ", cairo_version_string(), NULL);
    result->painter = g_intern_string(painter);
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        append_bytes, result->pdf, 1, 1);
    Canvas canvas;
    canvas_init(&canvas, surface, true);
    canvas.diagnostics = diagnostics;
    bool done = draw(&canvas, data, error);
    result->missing_glyphs = canvas.missing_glyphs;
    cairo_surface_finish(surface); /* subsets the fonts: before they go */
    if (done)
        done = check_status(cairo_surface_status(surface), canvas.page, error);
    canvas_clear(&canvas);
    cairo_surface_destroy(surface);
    if (!done)
        paint_result_clear(result);
    return done;
}

typedef struct {
    const PageList *pages;
    PaintOptions options;
    PaintResult *result;
    bool is_last; /* nobody reads the pages' items again */
} PagesToDraw;

enum { PAGES_TO_GIVE_BACK = 64 };

static bool
draw_pages(Canvas *canvas, void *data, GError **error)
{
    const PagesToDraw *draw = data;
    Length offset = draw->options.bleed + draw->options.slug;
    draw->result->offset = offset;
    canvas->bleed = draw->options.bleed;
    canvas->leaves = draw->result->leaves;
    canvas->offset = offset;
    if (draw->options.store_text)
        canvas->texts = draw->result->texts = text_store_new();
    for (guint i = 0; i < draw->pages->pages->len; i++) {
        Page *page = page_list_get(draw->pages, i);
        canvas->page = (int)i;
        canvas_start_page(canvas, page->width + 2 * offset,
                          page->height + 2 * offset);
        cairo_translate(canvas->cr, length_points(offset),
                        length_points(offset));
        if (!canvas_draw_page(canvas, page, error) ||
            !canvas_end_page(canvas, (int)i, error))
            return false;
        if (draw->is_last)
            page_set_items(page, NULL, 0);
        if (draw->is_last && i % PAGES_TO_GIVE_BACK == 0)
            memory_give_back();
    }
    if (canvas->texts != NULL && !canvas_show_sheet(canvas, error))
        return false;
    if (draw->options.when_drawn != NULL)
        draw->options.when_drawn(draw->options.data);
    return true;
}

static bool
paint_pages(PagesToDraw draw, const PaintOptions *options,
            Diagnostics *diagnostics, GError **error)
{
    g_return_val_if_fail(draw.pages->pages->len > 0, false);
    if (options != NULL)
        draw.options = *options;
    return canvas_write_pdf(draw.result, diagnostics, draw_pages, &draw,
                            error);
}

bool
paint_pdf(const PageList *pages, const PaintOptions *options,
          PaintResult *result, Diagnostics *diagnostics, GError **error)
{
    PagesToDraw draw = {.pages = pages, .result = result};
    return paint_pages(draw, options, diagnostics, error);
}

bool
paint_pdf_last(PageList *pages, const PaintOptions *options,
               PaintResult *result, Diagnostics *diagnostics, GError **error)
{
    PagesToDraw draw = {.pages = pages, .result = result, .is_last = true};
    return paint_pages(draw, options, diagnostics, error);
}

void
paint_result_clear(PaintResult *result)
{
    g_clear_pointer(&result->pdf, g_byte_array_unref);
    g_clear_pointer(&result->leaves, g_array_unref);
    g_clear_pointer(&result->texts, text_store_free);
}

/* ---- pixels ---- */

/* the pages at their places; false and error when one cannot be drawn */
static bool
draw_side_by_side(Canvas *canvas, const PageList *pages, int first, int count,
                  GError **error)
{
    for (int i = 0; i < count; i++) {
        const Page *page = page_list_get(pages, (guint)(first + i));
        double width = length_points(page->width);
        double height = length_points(page->height);
        cairo_save(canvas->cr);
        cairo_rectangle(canvas->cr, 0, 0, width, height);
        cairo_clip(canvas->cr);
        bool drawn = canvas_draw_page(canvas, page, error) &&
                     check_status(cairo_status(canvas->cr), first + i, error);
        cairo_restore(canvas->cr);
        if (!drawn)
            return false;
        cairo_translate(canvas->cr, width, 0);
        if (i + 1 == count)
            break;
        cairo_set_source_rgb(canvas->cr, 0.75, 0.75, 0.75);
        cairo_rectangle(canvas->cr, -0.25, 0, 0.5, height);
        cairo_fill(canvas->cr);
    }
    return true;
}

GByteArray *
paint_png(const PageList *pages, int first, int count, double dpi,
          GError **error)
{
    g_return_val_if_fail(first >= 0 && count > 0, NULL);
    g_return_val_if_fail(first + count <= (int)pages->pages->len, NULL);
    double scale = dpi / 72, width = 0, height = 0;
    for (int i = 0; i < count; i++) {
        const Page *page = page_list_get(pages, (guint)(first + i));
        width += length_points(page->width);
        height = MAX(height, length_points(page->height));
    }
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)ceil(width * scale),
                                   (int)ceil(height * scale));
    Canvas canvas;
    canvas_init(&canvas, surface, false);
    cairo_set_source_rgb(canvas.cr, 1, 1, 1);
    cairo_paint(canvas.cr);
    cairo_scale(canvas.cr, scale, scale);
    bool done = draw_side_by_side(&canvas, pages, first, count, error);
    canvas_clear(&canvas);
    GByteArray *png = g_byte_array_new();
    if (done)
        done = check_status(
            cairo_surface_write_to_png_stream(surface, append_bytes, png),
            first, error);
    cairo_surface_destroy(surface);
    if (!done)
        g_clear_pointer(&png, g_byte_array_unref);
    return png;
}
