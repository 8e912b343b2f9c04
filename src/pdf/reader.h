/* SPDX-License-Identifier: MIT */
/*
 * PdfFile: the objects of a PDF in memory, found through its xref.
 *
 * Cairo 1.16 writes a classical xref table, later ones xref streams and object
 * streams; both are read, and updates through /Prev.  Encrypted files are not.
 * This reads what Cairo wrote for us a moment ago; damage is an error, nothing
 * is repaired.
 */
#ifndef PDF_READER_H
#define PDF_READER_H

#include "pdf/flate.h"
#include "pdf/lexer.h"

#define PDF_ERROR (pdf_error_quark())
GQuark pdf_error_quark(void);
typedef enum {
    PDF_ERROR_READ,   /* not a PDF that we can read */
    PDF_ERROR_LEAVES, /* leaves and marked content differ: our bug */
    PDF_ERROR_PRINT,  /* the print profile cannot be kept */
} PdfErrorCode;

typedef struct {
    PdfSpan value;        /* of a stream: its dictionary */
    const guint8 *stream; /* as it is in the file; NULL: no stream */
    gsize stream_length;
} PdfObject;

typedef struct PdfFile PdfFile;

/* bytes are borrowed for the life of the file; flate too */
PdfFile *pdf_file_read(const guint8 *bytes, gsize length, Flate *flate,
                       GError **error);
void pdf_file_free(PdfFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PdfFile, pdf_file_free)

/* one more than the highest object number */
int pdf_file_size(const PdfFile *file);
PdfSpan pdf_file_trailer(const PdfFile *file);
/* false: a free or damaged object */
bool pdf_file_object(PdfFile *file, int number, PdfObject *object);
/* follows references to a direct value; start NULL: nothing there */
PdfSpan pdf_file_resolve(PdfFile *file, PdfSpan value);
/* shorthand: the resolved value of a key of a (referred to) dictionary */
PdfSpan pdf_file_find(PdfFile *file, PdfSpan dictionary, const char *key);
/* decodes FlateDecode with or without a predictor, and plain data, to the end
 * of data; false: another filter, or damage */
bool pdf_file_append_data(PdfFile *file, const PdfObject *object,
                          GByteArray *data);

#endif
