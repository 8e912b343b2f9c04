/* SPDX-License-Identifier: MIT */
/*
 * PdfWriter: objects in any order and number in, a small file out.
 *
 * Objects are texts with references in the writer's own numbers.  Only what the
 * trailer reaches is written, renumbered densely, packed into object streams;
 * the same objects give the same bytes.
 */
#ifndef PDF_WRITER_H
#define PDF_WRITER_H

#include "pdf/flate.h"

typedef struct PdfWriter PdfWriter;

/* numbers below first are the caller's (of a file that is copied), reserve
 * gives those from it on */
PdfWriter *pdf_writer_new(int first, Flate *flate);
void pdf_writer_free(PdfWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PdfWriter, pdf_writer_free)

int pdf_writer_reserve(PdfWriter *writer);
/* Append the object to the buffer, then end it.  One object at a time. */
GString *pdf_writer_begin(PdfWriter *writer, int number);
void pdf_writer_end(PdfWriter *writer);
/* The object is a stream: what was appended is its dictionary, closed by >>,
 * without /Length.  data is borrowed until the file is written. */
void pdf_writer_end_stream(PdfWriter *writer, const void *data, gsize length);
/* the same, compressed now; data may go */
void pdf_writer_end_deflated(PdfWriter *writer, const void *data, gsize length);
/* an object that is known whole */
void pdf_writer_add(PdfWriter *writer, int number, const char *text);

typedef struct {
    const char *version; /* "1.7" */
    int root, info;
    bool plain; /* no object and xref streams, for readers before PDF 1.5 */
} PdfTrailer;

/* of all stream data so far, 32 hexadecimal digits; owned */
char *pdf_writer_digest(const PdfWriter *writer);
GBytes *pdf_writer_finish(PdfWriter *writer, const PdfTrailer *trailer);

#endif
