/* SPDX-License-Identifier: MIT */
/*
 * Pictures: PNG by Cairo, JPEG by passing its bytes through, SVG by librsvg.
 *
 * The style stage has read and measured every picture before; what still cannot
 * be decoded here is named and left white.  JPEG data goes into the PDF as it
 * is, so a CMYK photograph keeps its inks; the surface that carries it has
 * memory that nobody touches.  For pixels (the preview) librsvg decodes it.
 *
 * librsvg writes Cairo's link tags for <a>, which would end up inside our leaf
 * and break the count of leaves: an <a> is read as a <g>.
 */
#include "paint/canvas.h"

#include <librsvg/rsvg.h>
#include <string.h>

typedef struct {
    cairo_surface_t *surface; /* PNG, JPEG in a PDF */
    RsvgHandle *svg;
} Picture;

static void
free_picture(gpointer data)
{
    Picture *picture = data;
    if (picture->surface != NULL)
        cairo_surface_destroy(picture->surface);
    g_clear_object(&picture->svg);
    g_free(picture);
}

GDestroyNotify
canvas_picture_destroy(void)
{
    return free_picture;
}

typedef struct {
    const guint8 *next;
    gsize left;
} Reader;

static cairo_status_t
read_bytes(void *closure, unsigned char *data, unsigned int length)
{
    Reader *reader = closure;
    if (length > reader->left)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(data, reader->next, length);
    reader->next += length;
    reader->left -= length;
    return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
read_png(const Graphic *graphic)
{
    Reader reader;
    reader.next = g_bytes_get_data(graphic->bytes, &reader.left);
    return cairo_image_surface_create_from_png_stream(read_bytes, &reader);
}

static void
unref_bytes(void *data)
{
    g_bytes_unref(data);
}

static cairo_surface_t *
wrap_jpeg(const Graphic *graphic)
{
    cairo_surface_t *surface = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, graphic->pixel_width, graphic->pixel_height);
    gsize length;
    const guint8 *bytes = g_bytes_get_data(graphic->bytes, &length);
    cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_JPEG, bytes, length,
                                unref_bytes, g_bytes_ref(graphic->bytes));
    return surface;
}

/* Makes <a ...> and </a>, with or without a prefix, <g ...> and </g>. */
static void
disarm_links(char *svg, gsize length)
{
    for (gsize i = 0; i + 1 < length; i++) {
        if (svg[i] != '<')
            continue;
        gsize name = i + 1 + (svg[i + 1] == '/');
        gsize end = name;
        while (end < length && strchr(" \t\r\n/>", svg[end]) == NULL)
            end++;
        bool is_link = end > name && end < length && svg[end - 1] == 'a' &&
                       (end - 1 == name || svg[end - 2] == ':');
        if (is_link)
            svg[end - 1] = 'g';
    }
}

static RsvgHandle *
read_svg(const char *bytes, gsize length)
{
    g_autofree char *copy = g_memdup2(bytes, length);
    disarm_links(copy, length);
    RsvgHandle *svg =
        rsvg_handle_new_from_data((const guint8 *)copy, length, NULL);
    if (svg != NULL)
        rsvg_handle_set_dpi(svg, 96);
    return svg;
}

/* a document of nothing but the photograph: librsvg knows how to decode it */
static RsvgHandle *
read_jpeg(const Graphic *graphic)
{
    gsize length;
    const guint8 *bytes = g_bytes_get_data(graphic->bytes, &length);
    g_autofree char *data = g_base64_encode(bytes, length);
    g_autofree char *svg = g_strdup_printf(
        "<svg xmlns='http://www.w3.org/2000/svg' "
        "xmlns:xlink='http://www.w3.org/1999/xlink' viewBox='0 0 %d %d' "
        "preserveAspectRatio='none'>"
        "<image width='%d' height='%d' preserveAspectRatio='none' "
        "xlink:href='data:image/jpeg;base64,%s'/></svg>",
        graphic->pixel_width, graphic->pixel_height, graphic->pixel_width,
        graphic->pixel_height, data);
    return rsvg_handle_new_from_data((const guint8 *)svg, strlen(svg), NULL);
}

static Picture *
read_picture(const Canvas *canvas, const Graphic *graphic)
{
    Picture *picture = g_new0(Picture, 1);
    if (graphic->kind == GRAPHIC_PNG) {
        picture->surface = read_png(graphic);
    } else if (graphic->kind == GRAPHIC_SVG) {
        gsize length;
        const char *bytes = g_bytes_get_data(graphic->bytes, &length);
        picture->svg = read_svg(bytes, length);
    } else if (canvas->vector) {
        picture->surface = wrap_jpeg(graphic);
    } else {
        picture->svg = read_jpeg(graphic);
    }
    if (picture->surface != NULL &&
        cairo_surface_status(picture->surface) != CAIRO_STATUS_SUCCESS)
        g_clear_pointer(&picture->surface, cairo_surface_destroy);
    return picture;
}

static void
show_surface(cairo_t *cr, cairo_surface_t *surface, double width, double height)
{
    int pixel_width = cairo_image_surface_get_width(surface);
    int pixel_height = cairo_image_surface_get_height(surface);
    cairo_scale(cr, width / pixel_width, height / pixel_height);
    cairo_set_source_surface(cr, surface, 0, 0);
    /* never cairo_paint: as the first drawing of a page it would make Cairo
     * forget the leaf's beginning */
    cairo_rectangle(cr, 0, 0, pixel_width, pixel_height);
    cairo_fill(cr);
}

void
canvas_show_graphic(Canvas *canvas, const PageItem *item)
{
    const Graphic *graphic = item->graphic;
    Picture *picture = g_hash_table_lookup(canvas->pictures, graphic);
    if (picture == NULL) {
        picture = read_picture(canvas, graphic);
        g_hash_table_insert(canvas->pictures, (gpointer)graphic, picture);
    }
    double width = length_points(item->width);
    double height = length_points(item->height);
    cairo_t *cr = canvas->cr;
    cairo_save(cr);
    cairo_translate(cr, length_points(item->x), length_points(item->y));
    cairo_rectangle(cr, 0, 0, width, height);
    cairo_clip(cr);
    bool is_drawn = picture->surface != NULL;
    if (picture->surface != NULL) {
        show_surface(cr, picture->surface, width, height);
    } else if (picture->svg != NULL) {
        RsvgRectangle viewport = {0, 0, width, height};
        is_drawn = rsvg_handle_render_document(picture->svg, cr, &viewport,
                                               NULL);
    }
    cairo_restore(cr);
    if (!is_drawn && canvas->diagnostics != NULL) {
        Place place = {0};
        if (item->slot != NULL)
            place = item->slot->place;
        diagnostics_add(canvas->diagnostics, LEVEL_ERROR, "graphic-unreadable",
                        place,
                        "the picture %s cannot be decoded; save it again "
                        "from the program that made it",
                        graphic->name);
    }
}
