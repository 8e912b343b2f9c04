/* SPDX-License-Identifier: MIT */
/*
 * Canvas: one Cairo context and what outlives a page on it.
 *
 * Fonts are opened once from their files, pictures decoded once, and the
 * buffers of a text item are used again for the next.  Private to paint/.
 */
#ifndef PAINT_CANVAS_H
#define PAINT_CANVAS_H

#include "paint/paint.h"
#include "paint/text_store.h"

#include <cairo.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_MODULE_H

typedef struct {
    cairo_t *cr;
    bool vector; /* a PDF: leaves are marked, JPEG data passed through */
    Length bleed;
    Diagnostics *diagnostics; /* may be NULL */

    FT_Library freetype;
    GHashTable *fonts;    /* FontFace -> cairo_font_face_t */
    GHashTable *pictures; /* Graphic -> cairo_surface_t or RsvgHandle */
    cairo_glyph_t *glyphs;          /* of one text item */
    cairo_text_cluster_t *clusters;
    int glyph_room;       /* of both arrays */
    int glyph_count, cluster_count;
    GString *text;
    int missing_glyphs;

    GArray *leaves; /* PaintLeaf; NULL: not recorded */
    TextStore *texts; /* gets plain lines; NULL: Cairo sets all text */
    Length offset;  /* of the trimmed page on the medium */
    int page;
    bool leaf_is_open;
} Canvas;

void canvas_init(Canvas *canvas, cairo_surface_t *surface, bool vector);
void canvas_clear(Canvas *canvas);

/* everything of a page, its trimmed corner at Cairo's origin; false: a font
 * could not be opened */
bool canvas_draw_page(Canvas *canvas, const Page *page, GError **error);

/* Begins and ends a page of a PDF; false: Cairo refused it. */
void canvas_start_page(Canvas *canvas, Length width, Length height);
bool canvas_end_page(Canvas *canvas, int page, GError **error);
/* A PDF of the pages that draw() draws, into *result, with the leaves that it
 * has the canvas record. */
typedef bool (*CanvasDraw)(Canvas *canvas, void *data, GError **error);
bool canvas_write_pdf(PaintResult *result, Diagnostics *diagnostics,
                      CanvasDraw draw, void *data, GError **error);

/* show_text.c */
FT_Library canvas_open_freetype(void);
bool canvas_show_text(Canvas *canvas, const PageItem *item, GError **error);
/* into the store instead; false: it is not plain, show it */
bool canvas_keep_text(Canvas *canvas, const PageItem *item);
/* a page with every glyph of the store; false: a font could not be opened */
bool canvas_show_sheet(Canvas *canvas, GError **error);
/* show_graphic.c */
void canvas_show_graphic(Canvas *canvas, const PageItem *item);
GDestroyNotify canvas_picture_destroy(void);

#endif
