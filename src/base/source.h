/* SPDX-License-Identifier: MIT */
/*
 * Source: a text file as it was read, and where its lines begin.
 *
 * Every place in a diagnostic is made from one.  The text is valid UTF-8
 * without NUL, and its line ends are kept as they are (LF or CRLF).
 */
#ifndef BASE_SOURCE_H
#define BASE_SOURCE_H

#include "base/diagnostic.h"

#define SOURCE_MAX_BYTES (4u * 1024 * 1024)

typedef struct {
    const char *file; /* name for people, relative to the project; interned */
    char *text;       /* NUL-terminated */
    size_t length;
    int line_count;      /* a last line without line end counts */
    size_t *line_starts; /* byte offsets, line_count + 1 of them */
} Source;

/* Reads `name` inside `root` (see project_open).  NULL after a diagnostic:
 * source-missing, source-outside, source-too-large, invalid-utf8, nul-byte.
 * A BOM is dropped.  The text is not normalised. */
Source *source_load(const char *root, const char *name,
                    Diagnostics *diagnostics);
/* the bytes of a file, unchecked; NULL after a diagnostic: source-missing,
 * source-outside, source-too-large, source-unreadable */
GBytes *source_load_bytes(const char *root, const char *name, size_t max_bytes,
                          Diagnostics *diagnostics);
/* takes ownership of text, of any length; else the same checks; NULL on a
 * diagnostic */
Source *source_new(const char *file, char *text, size_t length,
                   Diagnostics *diagnostics);
void source_free(Source *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Source, source_free)

/* line counts from 1; the line without its line end; borrowed */
const char *source_line(const Source *source, int line, size_t *length);
/* lines first..last inclusive with LF line ends, without the last line's end */
char *source_lines(const Source *source, int first, int last);
/* Is the text surely NFC as it stands: Latin, Cyrillic, common punctuation, no
 * combining marks?  False: it may have to be normalised. */
bool source_is_composed(const char *text);
/* place of a byte offset */
Place source_place(const Source *source, size_t offset);

#endif
