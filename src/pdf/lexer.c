/* SPDX-License-Identifier: MIT */
/* Lexer: tokens and values of PDF (ISO 32000-1, 7.2 and 7.3). */
#include "pdf/lexer.h"

#include <string.h>

/* ISO 32000-1, tables 1 and 2; what is neither is regular */
enum { REGULAR, SPACE, DELIMITER };
static const guint8 classes[256] = {
    ['\0'] = SPACE,    ['\t'] = SPACE,    ['\n'] = SPACE,    ['\f'] = SPACE,
    ['\r'] = SPACE,    [' '] = SPACE,     ['('] = DELIMITER, [')'] = DELIMITER,
    ['<'] = DELIMITER, ['>'] = DELIMITER, ['['] = DELIMITER, [']'] = DELIMITER,
    ['{'] = DELIMITER, ['}'] = DELIMITER, ['/'] = DELIMITER, ['%'] = DELIMITER,
};

bool
pdf_is_space(char c)
{
    return classes[(guint8)c] == SPACE;
}

static const char *
skip_space(const char *at, const char *end)
{
    for (;;) {
        while (at < end && classes[(guint8)*at] == SPACE)
            at++;
        if (at == end || *at != '%')
            return at;
        while (at < end && *at != '\n' && *at != '\r')
            at++;
    }
}

/* at the opening parenthesis; behind the closing one */
static const char *
skip_literal(const char *at, const char *end)
{
    int depth = 0;
    for (; at < end; at++) {
        if (*at == '\\')
            at++;
        else if (*at == '(')
            depth++;
        else if (*at == ')' && --depth == 0)
            return at + 1;
    }
    return end;
}

static const char *
skip_regular(const char *at, const char *end)
{
    while (at < end && classes[(guint8)*at] == REGULAR)
        at++;
    return at;
}

static PdfTokenKind
regular_kind(char first)
{
    bool is_number = g_ascii_isdigit(first) || first == '-' || first == '+' ||
                     first == '.';
    return is_number ? PDF_TOKEN_NUMBER : PDF_TOKEN_WORD;
}

PdfToken
pdf_token_next(const char **at, const char *end)
{
    const char *p = skip_space(*at, end);
    PdfToken token = {PDF_TOKEN_END, {p, p}};
    if (p >= end) {
        *at = end;
        return token;
    }
    if (classes[(guint8)*p] == REGULAR) {
        token.kind = regular_kind(*p);
        token.span.end = *at = skip_regular(p, end);
        return token;
    }
    bool is_double = p + 1 < end && p[1] == p[0];
    switch (*p) {
    case '(':
        token.kind = PDF_TOKEN_STRING;
        p = skip_literal(p, end);
        break;
    case '<':
        if (is_double) {
            token.kind = PDF_TOKEN_DICTIONARY_START;
            p += 2;
        } else {
            token.kind = PDF_TOKEN_STRING;
            p = memchr(p, '>', (size_t)(end - p));
            p = p == NULL ? end : p + 1;
        }
        break;
    case '>':
        token.kind = PDF_TOKEN_DICTIONARY_END;
        p += is_double ? 2 : 1;
        break;
    case '[':
    case ']':
        token.kind = *p == '[' ? PDF_TOKEN_ARRAY_START : PDF_TOKEN_ARRAY_END;
        p++;
        break;
    case '/':
        token.kind = PDF_TOKEN_NAME;
        p = skip_regular(p + 1, end);
        break;
    default: /* ) { } */
        token.kind = PDF_TOKEN_WORD;
        p++;
    }
    token.span.end = p;
    *at = p;
    return token;
}

/* behind a number: the end of "0 R", if that follows, else NULL */
static const char *
reference_end(const char *at, const char *end)
{
    PdfToken generation = pdf_token_next(&at, end);
    if (generation.kind != PDF_TOKEN_NUMBER)
        return NULL;
    PdfToken word = pdf_token_next(&at, end);
    return word.kind == PDF_TOKEN_WORD && pdf_span_is(word.span, "R")
               ? word.span.end
               : NULL;
}

PdfSpan
pdf_value_next(const char **at, const char *end)
{
    PdfToken token = pdf_token_next(at, end);
    PdfSpan value = token.span;
    if (token.kind == PDF_TOKEN_END || token.kind == PDF_TOKEN_ARRAY_END ||
        token.kind == PDF_TOKEN_DICTIONARY_END)
        return (PdfSpan){NULL, NULL};
    if (token.kind == PDF_TOKEN_NUMBER) {
        const char *reference = reference_end(*at, end);
        if (reference != NULL)
            *at = value.end = reference;
        return value;
    }
    int depth = 0;
    for (;;) {
        if (token.kind == PDF_TOKEN_DICTIONARY_START ||
            token.kind == PDF_TOKEN_ARRAY_START)
            depth++;
        else if (token.kind == PDF_TOKEN_DICTIONARY_END ||
                 token.kind == PDF_TOKEN_ARRAY_END)
            depth--;
        if (depth == 0 || token.kind == PDF_TOKEN_END)
            break;
        token = pdf_token_next(at, end);
    }
    value.end = token.span.end;
    return value;
}

gint64
pdf_span_integer(PdfSpan span)
{
    if (span.start == NULL)
        return 0;
    const char *p = span.start;
    bool is_negative = p < span.end && *p == '-';
    if (p < span.end && (*p == '-' || *p == '+'))
        p++;
    gint64 value = 0;
    for (; p < span.end && g_ascii_isdigit(*p) && value < G_MAXINT64 / 16; p++)
        value = value * 10 + (*p - '0');
    return is_negative ? -value : value;
}

double
pdf_span_number(PdfSpan span)
{
    char buffer[40] = "";
    if (span.start != NULL) {
        size_t length = MIN((size_t)(span.end - span.start), sizeof buffer - 1);
        memcpy(buffer, span.start, length);
    }
    return g_ascii_strtod(buffer, NULL);
}

int
pdf_span_reference(PdfSpan span)
{
    if (span.start == NULL || !g_ascii_isdigit(*span.start) ||
        span.end[-1] != 'R')
        return 0;
    gint64 number = pdf_span_integer(span);
    return number < G_MAXINT ? (int)number : 0;
}

/* the inside of << >> or [ ] */
static PdfSpan
inner(PdfSpan value, const char *bracket)
{
    gssize length = (gssize)strlen(bracket);
    if (value.start == NULL || value.end - value.start < 2 * length ||
        memcmp(value.start, bracket, (size_t)length) != 0)
        return (PdfSpan){NULL, NULL};
    return (PdfSpan){value.start + length, value.end - length};
}

bool
pdf_dictionary_next(PdfSpan dictionary, gsize *at, PdfSpan *key, PdfSpan *value)
{
    PdfSpan inside = inner(dictionary, "<<");
    if (inside.start == NULL)
        return false;
    const char *p = inside.start + *at;
    *key = pdf_value_next(&p, inside.end);
    if (key->start == NULL)
        return false;
    *value = pdf_value_next(&p, inside.end);
    *at = (gsize)(p - inside.start);
    return value->start != NULL;
}

PdfSpan
pdf_dictionary_find(PdfSpan dictionary, const char *key)
{
    gsize at = 0;
    PdfSpan name, value;
    while (pdf_dictionary_next(dictionary, &at, &name, &value)) {
        if (pdf_span_is(name, key))
            return value;
    }
    return (PdfSpan){NULL, NULL};
}

PdfSpan
pdf_array_next(PdfSpan array, gsize *at)
{
    PdfSpan inside = inner(array, "[");
    if (inside.start == NULL)
        return inside;
    const char *p = inside.start + *at;
    PdfSpan value = pdf_value_next(&p, inside.end);
    *at = (gsize)(p - inside.start);
    return value;
}

bool
pdf_reference_next(const char **at, const char *end, PdfSpan *reference,
                   int *number)
{
    for (;;) {
        PdfToken token = pdf_token_next(at, end);
        if (token.kind == PDF_TOKEN_END)
            return false;
        if (token.kind != PDF_TOKEN_NUMBER)
            continue;
        const char *reference_stop = reference_end(*at, end);
        if (reference_stop == NULL)
            continue;
        *at = reference_stop;
        *reference = (PdfSpan){token.span.start, reference_stop};
        *number = (int)pdf_span_integer(token.span);
        return true;
    }
}

/* ---- strings ---- */

static int
hex_value(char c)
{
    return g_ascii_isxdigit(c) ? g_ascii_xdigit_value(c) : -1;
}

/* out: room for all of span; the number of bytes */
static gsize
decode_hex(PdfSpan span, guint8 *out)
{
    gsize count = 0;
    int high = -1;
    for (const char *p = span.start + 1; p < span.end - 1; p++) {
        int value = hex_value(*p);
        if (value < 0)
            continue;
        if (high >= 0) {
            out[count++] = (guint8)(high << 4 | value);
            high = -1;
        } else {
            high = value;
        }
    }
    if (high >= 0)
        out[count++] = (guint8)(high << 4);
    return count;
}

/* behind a backslash; *p moves to the last byte of the escape */
static int
decode_escape(const char **p, const char *end)
{
    static const char codes[] = "nrtbf", values[] = "\n\r\t\b\f";
    const char *found = **p != '\0' ? strchr(codes, **p) : NULL;
    if (found != NULL)
        return values[found - codes];
    if (**p == '\n')
        return -1;
    if (**p < '0' || **p > '7')
        return (guchar)**p;
    int value = 0;
    for (int i = 0; i < 3 && *p < end && **p >= '0' && **p <= '7'; i++, ++*p)
        value = value << 3 | (**p - '0');
    --*p;
    return value & 255;
}

/* as decode_hex */
static gsize
decode_literal(PdfSpan span, guint8 *out)
{
    gsize count = 0;
    const char *end = span.end - 1;
    for (const char *p = span.start + 1; p < end; p++) {
        int value = (guchar)*p;
        if (*p == '\\' && p + 1 < end) {
            p++;
            value = decode_escape(&p, end);
        }
        if (value >= 0)
            out[count++] = (guint8)value;
    }
    return count;
}

void
pdf_string_decode(PdfSpan span, GByteArray *out)
{
    g_byte_array_set_size(out, 0);
    if (span.end - span.start < 2)
        return;
    g_byte_array_set_size(out, (guint)(span.end - span.start));
    gsize length = *span.start == '<' ? decode_hex(span, out->data)
                                      : decode_literal(span, out->data);
    g_byte_array_set_size(out, (guint)length);
}
