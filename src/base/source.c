/* SPDX-License-Identifier: MIT */
/* Source: checks a text once, so that nobody behind has to doubt it. */
#include "base/source.h"

#include "base/file.h"

#include <string.h>

static void
find_lines(Source *source)
{
    GArray *starts = g_array_new(FALSE, FALSE, sizeof(size_t));
    size_t start = 0;
    while (start < source->length) {
        g_array_append_val(starts, start);
        const char *end = memchr(source->text + start, '\n',
                                 source->length - start);
        start = end == NULL ? source->length : (size_t)(end - source->text) + 1;
    }
    source->line_count = (int)starts->len;
    g_array_append_val(starts, source->length);
    source->line_starts = (size_t *)(void *)g_array_free(starts, FALSE);
}

/* place of a byte in a text that has no Source yet */
static Place
place_in(const char *file, const char *text, size_t offset)
{
    Place place = {file, 1, 1};
    for (size_t i = 0; i < offset; i++) {
        if (text[i] == '\n') {
            place.line++;
            place.column = 1;
        } else if (((unsigned char)text[i] & 0xC0) != 0x80) {
            place.column++;
        }
    }
    return place;
}

/* a copy of text that was checked; NULL after a diagnostic */
static Source *
read_text(const char *file, const char *text, size_t length,
          Diagnostics *diagnostics)
{
    const char *nul = memchr(text, 0, length);
    if (nul != NULL) {
        diagnostics_add(diagnostics, LEVEL_INVALID, "nul-byte",
                        place_in(file, text, (size_t)(nul - text)),
                        "a NUL byte stands in the text; is this a text file? "
                        "delete the byte or save the file as UTF-8");
        return NULL;
    }
    const char *bad = NULL;
    if (!g_utf8_validate(text, (gssize)length, &bad)) {
        diagnostics_add(diagnostics, LEVEL_INVALID, "invalid-utf8",
                        place_in(file, text, (size_t)(bad - text)),
                        "byte 0x%02X is not valid UTF-8; save the file with "
                        "the encoding UTF-8",
                        (unsigned char)*bad);
        return NULL;
    }
    size_t bom = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    Source *source = g_new0(Source, 1);
    source->file = g_intern_string(file);
    source->length = length - bom;
    source->text = g_malloc(source->length + 1);
    memcpy(source->text, text + bom, source->length);
    source->text[source->length] = 0;
    find_lines(source);
    return source;
}

Source *
source_new(const char *file, char *text, size_t length,
           Diagnostics *diagnostics)
{
    Source *source = read_text(file, text, length, diagnostics);
    g_free(text);
    return source;
}

GBytes *
source_load_bytes(const char *root, const char *name, size_t max_bytes,
                  Diagnostics *diagnostics)
{
    g_autoptr(GError) error = NULL;
    GBytes *bytes = file_load(root, name, max_bytes, &error);
    if (bytes != NULL)
        return bytes;
    const char *kind =
        g_error_matches(error, FILE_ERROR, FILE_ERROR_OUTSIDE)
            ? "source-outside"
        : g_error_matches(error, FILE_ERROR, FILE_ERROR_TOO_LARGE)
            ? "source-too-large"
        : g_error_matches(error, FILE_ERROR, FILE_ERROR_MISSING)
            ? "source-missing"
            : "source-unreadable";
    diagnostics_add(diagnostics, LEVEL_INVALID, kind, (Place){name, 0, 0},
                    "%s", error->message);
    return NULL;
}

Source *
source_load(const char *root, const char *name, Diagnostics *diagnostics)
{
    g_autoptr(GBytes) bytes = source_load_bytes(
        root, name, (size_t)SOURCE_MAX_BYTES * 4, diagnostics);
    if (bytes == NULL)
        return NULL;
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);
    if (length > SOURCE_MAX_BYTES) {
        diagnostics_add(diagnostics, LEVEL_INVALID, "source-too-large",
                        (Place){name, 0, 0},
                        "the file has %zu bytes, more than the %u allowed; "
                        "split it into several chapters",
                        length, SOURCE_MAX_BYTES);
        return NULL;
    }
    return read_text(name, data == NULL ? "" : data, length, diagnostics);
}

void
source_free(Source *source)
{
    if (source == NULL)
        return;
    g_free(source->text);
    g_free(source->line_starts);
    g_free(source);
}

const char *
source_line(const Source *source, int line, size_t *length)
{
    g_return_val_if_fail(line >= 1 && line <= source->line_count, NULL);
    size_t start = source->line_starts[line - 1];
    size_t end = source->line_starts[line];
    if (end > start && source->text[end - 1] == '\n')
        end--;
    if (end > start && source->text[end - 1] == '\r')
        end--;
    *length = end - start;
    return source->text + start;
}

char *
source_lines(const Source *source, int first, int last)
{
    GString *text = g_string_new(NULL);
    for (int line = MAX(first, 1); line <= MIN(last, source->line_count);
         line++) {
        size_t length = 0;
        const char *start = source_line(source, line, &length);
        if (line > first)
            g_string_append_c(text, '\n');
        g_string_append_len(text, start, (gssize)length);
    }
    return g_string_free(text, FALSE);
}

Place
source_place(const Source *source, size_t offset)
{
    int low = 0, high = source->line_count;
    while (high - low > 1) {
        int middle = (low + high) / 2;
        if (source->line_starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    size_t start = source->line_starts[low];
    offset = MIN(offset, source->length);
    long column = g_utf8_strlen(source->text + start, (gssize)(offset - start));
    return (Place){source->file, low + 1, (int)column + 1};
}

bool
source_is_composed(const char *text)
{
    const unsigned char *c = (const unsigned char *)text;
    while (*c != 0) {
        bool pair = (c[1] & 0xC0) == 0x80;
        if (*c < 0x80)
            c++; /* below, up to U+02FF and U+0400 to U+047F */
        else if (pair && ((*c >= 0xC2 && *c <= 0xCB) || (*c & 0xFE) == 0xD0))
            c += 2;
        else if (*c == 0xE2 && c[1] == 0x80 && c[2] >= 0x82 && c[2] <= 0xBF)
            c += 3; /* U+2002 to U+203F */
        else
            return false;
    }
    return true;
}
