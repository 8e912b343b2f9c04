/* SPDX-License-Identifier: MIT */
/*
 * Pictures: found inside the project, checked and measured.
 *
 * Only what its whole file proves to be a PNG, JPEG or SVG becomes a Graphic;
 * an SVG that would fetch anything, or run anything, does not.  Diagnostics:
 * figure-missing, figure-outside, figure-invalid.
 */
#ifndef STYLE_GRAPHIC_LOAD_H
#define STYLE_GRAPHIC_LOAD_H

#include "model/graphic.h"
#include "style/style.h"

/* src: the attribute's value, "x.svg" or "url('x.svg')"; NULL: diagnosed */
const Graphic *graphic_load(GraphicStore *store, const FoReadOptions *options,
                            const char *src, Place place,
                            Diagnostics *diagnostics);
/* the picture in bytes, taken; name: for people */
const Graphic *graphic_read(GraphicStore *store, GBytes *bytes,
                            const char *name, Place place,
                            Diagnostics *diagnostics);

/* each fills kind, sizes, components and alpha; false: why, in *trouble (a
 * literal).  For graphic_read only. */
bool png_measure(const guint8 *data, size_t length, Graphic *graphic,
                 const char **trouble);
bool jpeg_measure(const guint8 *data, size_t length, Graphic *graphic,
                  const char **trouble);
bool svg_measure(const guint8 *data, size_t length, Graphic *graphic,
                 const char **trouble);

#endif
