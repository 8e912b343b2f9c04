/* SPDX-License-Identifier: MIT */
/*
 * Lexer: the tokens of PDF, for objects and for content streams.
 *
 * A value is never parsed into a tree: it stays the span of bytes that it is in
 * the file, and a reader looks into it where it must.  That is why the finisher
 * copies fonts and pictures at the speed of memory.
 */
#ifndef PDF_LEXER_H
#define PDF_LEXER_H

#include <glib.h>
#include <stdbool.h>
#include <string.h>

/* bytes start..end of a value; start NULL: there is none.  Borrowed from the
 * file or the buffer that was read. */
typedef struct {
    const char *start, *end;
} PdfSpan;

typedef enum {
    PDF_TOKEN_END, /* of the text */
    PDF_TOKEN_NUMBER,
    PDF_TOKEN_NAME,
    PDF_TOKEN_STRING, /* literal or hexadecimal */
    PDF_TOKEN_DICTIONARY_START,
    PDF_TOKEN_DICTIONARY_END,
    PDF_TOKEN_ARRAY_START,
    PDF_TOKEN_ARRAY_END,
    PDF_TOKEN_WORD, /* true, null, obj, an operator */
} PdfTokenKind;

typedef struct {
    PdfTokenKind kind;
    PdfSpan span;
} PdfToken;

bool pdf_is_space(char c);
/* the token at *at, which moves behind it; white space and comments skipped */
PdfToken pdf_token_next(const char **at, const char *end);
/* a whole value: a token, a dictionary or array with all in it, or "12 0 R" */
PdfSpan pdf_value_next(const char **at, const char *end);

/* inline, so that the length of a literal is no question */
static inline bool
pdf_span_is(PdfSpan span, const char *text)
{
    size_t length = strlen(text);
    return span.start != NULL &&
           (size_t)(span.end - span.start) == length &&
           memcmp(span.start, text, length) == 0;
}
/* the bytes that a string, literal or hexadecimal, stands for */
void pdf_string_decode(PdfSpan span, GByteArray *out);
/* 0 where the span is no integer */
gint64 pdf_span_integer(PdfSpan span);
double pdf_span_number(PdfSpan span);
/* the object number of "12 0 R"; 0: not a reference */
int pdf_span_reference(PdfSpan span);

/* steps through a dictionary: *at starts as 0; false at its end */
bool pdf_dictionary_next(PdfSpan dictionary, gsize *at, PdfSpan *key,
                         PdfSpan *value);
/* key with its slash; start NULL where it is missing */
PdfSpan pdf_dictionary_find(PdfSpan dictionary, const char *key);
/* steps through an array's values; start NULL at its end */
PdfSpan pdf_array_next(PdfSpan array, gsize *at);

/* the next reference from *at on, wherever it stands; false: none left */
bool pdf_reference_next(const char **at, const char *end, PdfSpan *reference,
                        int *number);

#endif
