/* SPDX-License-Identifier: MIT */
/*
 * Finisher: what the passes over one PDF share.  Private to pdf/.
 */
#ifndef PDF_FINISHER_H
#define PDF_FINISHER_H

#include "pdf/finish.h"
#include "pdf/reader.h"
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
bool importer_copy(Importer *importer, PdfSpan value, GError **error);
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

/* metadata.c */
void check_claims(Finisher *finisher);
void append_metadata(Finisher *finisher, GString *catalog);
int write_info(Finisher *finisher);

#endif
