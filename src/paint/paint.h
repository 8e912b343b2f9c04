/* SPDX-License-Identifier: MIT */
/*
 * Paint: PageList to Cairo.  Every drawing lies in one flat leaf (a marked
 * content sequence), in paint order, never over two pages; the finisher in pdf/
 * turns leaves into the logical structure.
 */
#ifndef PAINT_PAINT_H
#define PAINT_PAINT_H

#include "model/page.h"

#define PAINT_ERROR (paint_error_quark())
GQuark paint_error_quark(void);
typedef enum {
    PAINT_ERROR_FONT,  /* a font file cannot be opened any more */
    PAINT_ERROR_CAIRO, /* Cairo refused a page: our bug */
} PaintErrorCode;

/* the k-th marked content sequence of a page, in paint order */
typedef struct {
    int page;
    const StructNode *slot; /* NULL: artifact */
    ArtifactKind artifact;
    Length x, y, width, height; /* what it covers, in the page's coordinates */
    bool is_stored; /* its text is the next stretch of the store */
} PaintLeaf;

struct TextStore; /* text_store.h */

typedef struct {
    GByteArray *pdf;  /* as cairo writes it */
    GArray *leaves;   /* PaintLeaf */
    struct TextStore *texts; /* NULL: Cairo set all text */
    const char *painter; /* "cairo 1.16.0"; interned */
    Length offset;    /* from the media's corner to the trimmed page's */
    int missing_glyphs; /* painted as .notdef: PDF/A and UA forbid it */
} PaintResult;
void paint_result_clear(PaintResult *result);

typedef struct {
    Length bleed, slug; /* around the trimmed page; 0 on screen */
    bool store_text;    /* plain lines go to result->texts, and behind the last
                           page stands a sheet of their glyphs */
    /* called when the last page is drawn: Cairo then needs much memory to write
     * fonts and tags, and glyph runs may go; NULL: nobody asks */
    void (*when_drawn)(void *data);
    void *data;
} PaintOptions;

/* options may be NULL; result need not be initialised; on FALSE it is clear.
 * Warnings: graphic-unreadable. */
bool paint_pdf(const PageList *pages, const PaintOptions *options,
               PaintResult *result, Diagnostics *diagnostics, GError **error);
/* The same for the last time: what stands on a page is freed as soon as it is
 * painted, since Cairo's file grows as fast. */
bool paint_pdf_last(PageList *pages, const PaintOptions *options,
                    PaintResult *result, Diagnostics *diagnostics,
                    GError **error);
/* `count` pages from index `first` side by side as PNG bytes, for the preview
 * and pictures of spreads; a hair of grey between them */
GByteArray *paint_png(const PageList *pages, int first, int count, double dpi,
                      GError **error);

#endif
