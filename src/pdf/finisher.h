/* SPDX-License-Identifier: MIT */
/*
 * Finisher: what the passes over one PDF share.  Private to pdf/.
 */
#ifndef PDF_FINISHER_H
#define PDF_FINISHER_H

#include "pdf/finish.h"
#include "pdf/glyph_texts.h"
#include "pdf/inks.h"
#include "pdf/reader.h"
#include "pdf/stored_text.h"
#include "pdf/tag_tree.h"
#include "pdf/writer.h"

typedef struct {
    const PageList *pages;
    const PaintResult *painted;
    const PdfOptions *options;
    Diagnostics *diagnostics;

    Flate *flate;
    PdfFile *file;
    PdfWriter *writer;
    PdfStructure *structure; /* NULL: not tagged */
    GArray *annotations;     /* PdfAnnotation, in page order */
    GArray *page_sources;    /* int: object numbers in file */
    GArray *page_objects;    /* int: object numbers in writer */
    bool may_claim;          /* PDF/UA and PDF/A */
    GString *xmp;            /* kept until the file is written */

    GlyphTexts *glyph_texts; /* of the pages written so far */
    int sheet;               /* object of the page of glyphs; 0: none */
    StoredText *stored;      /* NULL: Cairo set all text */
    int cmyk_object;         /* profile of CMYK photographs; 0: none needed */

    InkTable *inks;          /* NULL: for the screen */
    int srgb_object;         /* the profile of all other colours */
    int all_inks_object;     /* colour space of the marks */
    int marks_object;        /* form, of pages of the size below */
    Length marks_width, marks_height;
} Finisher;

static inline int
finisher_page_count(const Finisher *finisher)
{
    return (int)finisher->page_sources->len;
}

static inline int
finisher_page_object(const Finisher *finisher, int page)
{
    return g_array_index(finisher->page_objects, int, page);
}

static inline bool
is_empty(const char *text)
{
    return text == NULL || *text == '\0';
}

/* resources.c: copies what a value refers to, with all that PDF/A and PDF/UA
 * want changed in fonts and pictures */
typedef struct Importer Importer;
Importer *importer_new(Finisher *finisher);
void importer_free(Importer *importer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Importer, importer_free)
/* what a content stream needs beyond what Cairo gave it */
typedef struct {
    guint ink_states; /* bit i: state i */
    bool srgb;
    int marks; /* form, or 0 */
    StoredText *stored; /* asks for fonts; NULL: none */
} Additions;
/* the fonts of the sheet of glyphs may stand on any page */
void importer_note_fonts(Importer *importer, PdfSpan resources);
/* a resource dictionary in the writer's numbers; then importer_finish */
void importer_append_resources(Importer *importer, PdfSpan resources,
                               const Additions *additions, GString *out);
/* copies all that was referred to so far, but for the fonts' ToUnicode maps ... */
bool importer_finish(Importer *importer, GError **error);
/* ... which wait until all texts are known */
bool importer_finish_maps(Importer *importer, GError **error);
/* must the page that uses these resources be a transparency group? */
bool resources_are_transparent(PdfFile *file, PdfSpan resources);

/* navigation.c */
void collect_annotations(Finisher *finisher);
/* *next: the first annotation that is not yet on a page */
void append_page_annotations(Finisher *finisher, int page, guint *next,
                             GString *out);
void write_annotations(Finisher *finisher);
/* entries of the catalog */
void append_destinations(Finisher *finisher, GString *catalog);
void append_outlines(Finisher *finisher, GString *catalog);
void append_page_labels(Finisher *finisher, GString *catalog);

/* press.c: what only print has */
#define MARKS_NAME "/xMarks"
void press_start(Finisher *finisher);
void press_clear(Finisher *finisher);
/* the form with the marks of a page; 0: none */
int press_marks(Finisher *finisher, const Page *page);
void append_press_boxes(const Finisher *finisher, const Page *page,
                        GString *out);
/* the CMYK profile's bytes, borrowed; name of the printing condition */
const guint8 *press_profile(const Finisher *finisher, gsize *length);
const char *press_condition(const Finisher *finisher);

/* metadata.c */
void check_claims(Finisher *finisher);
void append_metadata(Finisher *finisher, GString *catalog);
int write_info(Finisher *finisher);
int write_profile(Finisher *finisher, const guint8 *profile, gsize length,
                  int components);

#endif
