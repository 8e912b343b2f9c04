/* SPDX-License-Identifier: MIT */
/*
 * Graphic: a picture that was read, checked and measured, once.
 *
 * The style stage loads (inside the project, size-limited), layout needs only
 * the sizes, paint draws.  The same bytes are one Graphic.
 */
#ifndef MODEL_GRAPHIC_H
#define MODEL_GRAPHIC_H

#include "base/length.h"

#include <glib.h>

typedef enum { GRAPHIC_PNG, GRAPHIC_JPEG, GRAPHIC_SVG } GraphicKind;

typedef struct {
    GraphicKind kind;
    GBytes *bytes;
    Length width, height;           /* intrinsic; 96 px an inch without dpi */
    int pixel_width, pixel_height;  /* raster only */
    int components;                 /* 1, 3 or 4; raster only */
    bool has_alpha;
    const char *name; /* file for people, or "svg" */
    char *digest;     /* SHA-256 of bytes */
} Graphic;

typedef struct GraphicStore GraphicStore;
GraphicStore *graphic_store_new(void);
void graphic_store_free(GraphicStore *store);
/* takes *graphic's bytes and digest; gives the one Graphic of equal digest */
const Graphic *graphic_store_add(GraphicStore *store, Graphic graphic);

#endif
