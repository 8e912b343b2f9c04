/* SPDX-License-Identifier: MIT */
/*
 * Tag tree: StructNode becomes PDF's structure elements.
 *
 * Slots have no element: their leaves are kids of the element above, in reading
 * order, however far away they were painted.  What has no content anywhere
 * below is left out, but the cells of a table stay.
 */
#ifndef PDF_TAG_TREE_H
#define PDF_TAG_TREE_H

#include "paint/paint.h"
#include "pdf/content.h"
#include "pdf/writer.h"

typedef struct PdfStructure PdfStructure;

/* an annotation of a Link element */
typedef struct {
    int page;
    const PageLink *link;
    int number;  /* object, reserved by the caller */
    int element; /* index in the structure, filled in */
} PdfAnnotation;

/* Numbers the leaves of each page, reserves the elements' objects.  NULL and
 * error: a leaf or link whose node is not in the tree (our bug). */
PdfStructure *pdf_structure_new(const PageList *pages,
                                const PaintResult *painted,
                                PdfAnnotation *annotations,
                                int annotation_count, PdfWriter *writer,
                                GError **error);
void pdf_structure_free(PdfStructure *structure);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PdfStructure, pdf_structure_free)

/* names and MCIDs of all leaves, in the order of PaintResult; borrowed */
const ContentLeaf *pdf_structure_leaves(const PdfStructure *structure);
/* May the file claim PDF/UA and PDF/A-2a?  False after a warning:
 * pdf-figure-without-alt, pdf-head-without-scope, pdf-heading-order,
 * pdf-role-misplaced, pdf-role-unknown. */
bool pdf_structure_check(const PdfStructure *structure,
                         Diagnostics *diagnostics);
/* Writes all elements, ParentTree and IDTree; page_objects by page.  The object
 * number of the StructTreeRoot.  Annotation i has the StructParent
 * page count + i. */
int pdf_structure_write(PdfStructure *structure, const int *page_objects);

#endif
