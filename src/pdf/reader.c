/* SPDX-License-Identifier: MIT */
/*
 * PdfFile: xref tables, xref streams and object streams (ISO 32000-1, 7.5).
 *
 *   pdf_file_read -> read_sections -> read_table | read_xref_stream
 *   pdf_file_object -> object_at | object_in_stream -> find_container
 */
#include "pdf/reader.h"

#include <string.h>

G_DEFINE_QUARK(pdf-error-quark, pdf_error)

/* of one stream after decoding; a page's content is some ten thousand bytes */
#define MAX_DECODED (512u * 1024 * 1024)
#define MAX_SECTIONS 64
#define MAX_TAIL 2048 /* what may stand behind startxref */
/* a length in an object stream whose length is in another one ... */
#define MAX_DEPTH 8
#define MAX_OBJECTS 8388607 /* ISO 32000-1, annex C */

typedef enum {
    ENTRY_UNKNOWN,
    ENTRY_FREE,
    ENTRY_OFFSET,
    ENTRY_PACKED,
} EntryKind;

typedef struct {
    EntryKind kind;
    guint64 place; /* offset, or number of the object stream */
    int index;     /* in the object stream */
} Entry;

/* a decoded object stream */
typedef struct {
    GByteArray *data;
    PdfSpan *values;
    int count;
} Container;

struct PdfFile {
    const char *start, *end;
    Flate *flate;
    GArray *entries; /* Entry, by object number */
    PdfSpan trailer;
    GHashTable *containers; /* number of an object stream -> Container */
    int depth;              /* of objects that need another to be read */
};

static void
free_container(gpointer data)
{
    Container *container = data;
    g_byte_array_unref(container->data);
    g_free(container->values);
    g_free(container);
}

/* ---- objects at an offset ---- */

static bool
read_stream(PdfFile *file, const char *at, PdfObject *object)
{
    if (at < file->end && *at == '\r')
        at++;
    if (at < file->end && *at == '\n')
        at++;
    PdfSpan length = pdf_dictionary_find(object->value, "/Length");
    gint64 size = pdf_span_integer(pdf_file_resolve(file, length));
    if (length.start == NULL || size < 0 || size > file->end - at)
        return false;
    object->stream = (const guint8 *)at;
    object->stream_length = (gsize)size;
    return true;
}

/* number 0: any */
static bool
object_at(PdfFile *file, guint64 offset, int number, PdfObject *object)
{
    if (offset >= (guint64)(file->end - file->start))
        return false;
    const char *at = file->start + offset;
    PdfToken own_number = pdf_token_next(&at, file->end);
    pdf_token_next(&at, file->end); /* generation */
    PdfToken word = pdf_token_next(&at, file->end);
    if (!pdf_span_is(word.span, "obj") ||
        (number != 0 && pdf_span_integer(own_number.span) != number))
        return false;
    *object = (PdfObject){.value = pdf_value_next(&at, file->end)};
    if (object->value.start == NULL)
        return false;
    word = pdf_token_next(&at, file->end);
    if (pdf_span_is(word.span, "stream"))
        return read_stream(file, at, object);
    return true;
}

/* ---- object streams ---- */

static Container *
read_container(PdfFile *file, int number)
{
    Entry entry = g_array_index(file->entries, Entry, number);
    PdfObject object;
    if (entry.kind != ENTRY_OFFSET ||
        !object_at(file, entry.place, number, &object) || object.stream == NULL)
        return NULL;
    gint64 count = pdf_span_integer(pdf_file_find(file, object.value, "/N"));
    gint64 first =
        pdf_span_integer(pdf_file_find(file, object.value, "/First"));
    GByteArray *data = g_byte_array_new();
    if (!pdf_file_append_data(file, &object, data) || count < 0 ||
        count > (gint64)data->len || first < 0 || first > (gint64)data->len) {
        g_byte_array_unref(data);
        return NULL;
    }
    Container *container = g_new0(Container, 1);
    container->data = data;
    container->count = (int)count;
    container->values = g_new0(PdfSpan, (gsize)count + 1);
    const char *at = (const char *)data->data;
    const char *end = at + data->len, *body = at + first;
    for (gint64 i = 0; i < count; i++) {
        pdf_token_next(&at, body); /* the object's number */
        gint64 offset = pdf_span_integer(pdf_token_next(&at, body).span);
        if (offset < 0 || offset > end - body)
            continue;
        const char *place = body + offset;
        container->values[i] = pdf_value_next(&place, end);
    }
    return container;
}

static Container *
find_container(PdfFile *file, int number)
{
    gpointer key = GINT_TO_POINTER(number);
    Container *container = g_hash_table_lookup(file->containers, key);
    if (container == NULL && number < pdf_file_size(file)) {
        container = read_container(file, number);
        if (container != NULL)
            g_hash_table_insert(file->containers, key, container);
    }
    return container;
}

static bool
object_in_stream(PdfFile *file, const Entry *entry, PdfObject *object)
{
    if (entry->place >= (guint64)pdf_file_size(file))
        return false;
    const Container *container = find_container(file, (int)entry->place);
    if (container == NULL || entry->index >= container->count)
        return false;
    *object = (PdfObject){.value = container->values[entry->index]};
    return object->value.start != NULL;
}

bool
pdf_file_object(PdfFile *file, int number, PdfObject *object)
{
    if (number <= 0 || number >= pdf_file_size(file))
        return false;
    Entry entry = g_array_index(file->entries, Entry, number);
    bool found = false;
    file->depth++;
    if (entry.kind == ENTRY_OFFSET && file->depth < MAX_DEPTH)
        found = object_at(file, entry.place, number, object);
    else if (entry.kind == ENTRY_PACKED && file->depth < MAX_DEPTH)
        found = object_in_stream(file, &entry, object);
    file->depth--;
    return found;
}

int
pdf_file_size(const PdfFile *file)
{
    return (int)file->entries->len;
}

PdfSpan
pdf_file_trailer(const PdfFile *file)
{
    return file->trailer;
}

PdfSpan
pdf_file_resolve(PdfFile *file, PdfSpan value)
{
    for (int depth = 0; depth < 32; depth++) {
        int number = pdf_span_reference(value);
        if (number == 0)
            return value;
        PdfObject object;
        if (!pdf_file_object(file, number, &object))
            break;
        value = object.value;
    }
    return (PdfSpan){NULL, NULL};
}

PdfSpan
pdf_file_find(PdfFile *file, PdfSpan dictionary, const char *key)
{
    PdfSpan resolved = pdf_file_resolve(file, dictionary);
    return pdf_file_resolve(file, pdf_dictionary_find(resolved, key));
}

/* ---- filters ---- */

static guint8
paeth(int left, int above, int corner)
{
    int guess = left + above - corner;
    int by_left = ABS(guess - left), by_above = ABS(guess - above);
    int by_corner = ABS(guess - corner);
    if (by_left <= by_above && by_left <= by_corner)
        return (guint8)left;
    return (guint8)(by_above <= by_corner ? above : corner);
}

/* undoes PNG's row filters in place; rows of `columns` bytes, a filter byte
 * before each (ISO 15948, 9.2) */
static void
undo_predictor(GByteArray *data, guint from, guint columns, guint pixel_bytes)
{
    guint rows = (data->len - from) / (columns + 1);
    g_autofree guint8 *above = g_malloc0(columns);
    guint8 *target = data->data + from;
    for (guint r = 0; r < rows; r++) {
        const guint8 *source = data->data + from + r * (columns + 1);
        guint8 filter = source[0];
        for (guint i = 0; i < columns; i++) {
            guint8 left = i < pixel_bytes ? 0 : target[i - pixel_bytes];
            guint8 corner = i < pixel_bytes ? 0 : above[i - pixel_bytes];
            guint8 value = source[i + 1];
            if (filter == 1)
                value = (guint8)(value + left);
            else if (filter == 2)
                value = (guint8)(value + above[i]);
            else if (filter == 3)
                value = (guint8)(value + (left + above[i]) / 2);
            else if (filter == 4)
                value = (guint8)(value + paeth(left, above[i], corner));
            target[i] = value;
        }
        memcpy(above, target, columns);
        target += columns;
    }
    g_byte_array_set_size(data, from + rows * columns);
}

static PdfSpan
first_of(PdfFile *file, PdfSpan value)
{
    value = pdf_file_resolve(file, value);
    if (value.start == NULL || *value.start != '[')
        return value;
    gsize at = 0;
    return pdf_file_resolve(file, pdf_array_next(value, &at));
}

bool
pdf_file_append_data(PdfFile *file, const PdfObject *object, GByteArray *data)
{
    PdfSpan filters = pdf_file_find(file, object->value, "/Filter");
    PdfSpan filter = first_of(file, filters);
    if (filter.start == NULL) {
        g_byte_array_append(data, object->stream, (guint)object->stream_length);
        return true;
    }
    if (!pdf_span_is(filter, "/FlateDecode"))
        return false;
    if (*filters.start == '[') {
        gsize at = 0;
        pdf_array_next(filters, &at);
        if (pdf_array_next(filters, &at).start != NULL)
            return false; /* a chain of filters: Cairo writes none */
    }
    g_autoptr(GByteArray) decoded = g_byte_array_new();
    if (!flate_inflate(file->flate, object->stream, object->stream_length,
                       MAX_DECODED, decoded))
        return false;
    PdfSpan parameters = first_of(
        file, pdf_dictionary_find(object->value, "/DecodeParms"));
    gint64 predictor =
        pdf_span_integer(pdf_file_find(file, parameters, "/Predictor"));
    if (predictor >= 10) {
        gint64 columns =
            pdf_span_integer(pdf_file_find(file, parameters, "/Columns"));
        gint64 colors =
            pdf_span_integer(pdf_file_find(file, parameters, "/Colors"));
        columns = CLAMP(columns, 1, 1 << 20) * CLAMP(colors, 1, 32);
        undo_predictor(decoded, 0, (guint)columns,
                       (guint)CLAMP(colors, 1, 32));
    } else if (predictor == 2) {
        return false; /* TIFF's: only images have it */
    }
    g_byte_array_append(data, decoded->data, decoded->len);
    return true;
}

/* ---- the xref ---- */

static bool
set_entry(PdfFile *file, gint64 number, Entry entry)
{
    if (number < 0 || number > MAX_OBJECTS)
        return false;
    if (number >= (gint64)file->entries->len)
        g_array_set_size(file->entries, (guint)number + 1);
    Entry *known = &g_array_index(file->entries, Entry, number);
    if (known->kind == ENTRY_UNKNOWN)
        *known = entry; /* newer sections are read first */
    return true;
}

/* at: behind "xref"; the trailer's dictionary */
static PdfSpan
read_table(PdfFile *file, const char *at)
{
    PdfSpan none = {NULL, NULL};
    for (;;) {
        PdfToken first = pdf_token_next(&at, file->end);
        if (first.kind != PDF_TOKEN_NUMBER)
            return pdf_span_is(first.span, "trailer")
                       ? pdf_value_next(&at, file->end)
                       : none;
        gint64 number = pdf_span_integer(first.span);
        gint64 count = pdf_span_integer(pdf_token_next(&at, file->end).span);
        for (gint64 i = 0; i < count; i++) {
            PdfToken offset = pdf_token_next(&at, file->end);
            pdf_token_next(&at, file->end); /* generation */
            PdfToken kind = pdf_token_next(&at, file->end);
            if (kind.kind != PDF_TOKEN_WORD)
                return none;
            Entry entry = {.kind = ENTRY_FREE};
            if (pdf_span_is(kind.span, "n")) {
                entry.kind = ENTRY_OFFSET;
                entry.place = (guint64)pdf_span_integer(offset.span);
            }
            if (!set_entry(file, number + i, entry))
                return none;
        }
    }
}

static guint64
read_field(const guint8 *bytes, int width)
{
    guint64 value = 0;
    for (int i = 0; i < width; i++)
        value = value << 8 | bytes[i];
    return value;
}

static bool
read_rows(PdfFile *file, const GByteArray *data, const int width[3],
          gint64 first, gint64 count, guint *at)
{
    guint row = (guint)(width[0] + width[1] + width[2]);
    for (gint64 i = 0; i < count; i++, *at += row) {
        if (*at + row > data->len)
            return false;
        const guint8 *bytes = data->data + *at;
        guint64 kind = width[0] == 0 ? 1 : read_field(bytes, width[0]);
        Entry entry = {.kind = kind == 1   ? ENTRY_OFFSET
                               : kind == 2 ? ENTRY_PACKED
                                           : ENTRY_FREE};
        entry.place = read_field(bytes + width[0], width[1]);
        entry.index =
            (int)read_field(bytes + width[0] + width[1], width[2]);
        if (!set_entry(file, first + i, entry))
            return false;
    }
    return true;
}

/* the stream's dictionary, which is the trailer too */
static PdfSpan
read_xref_stream(PdfFile *file, guint64 offset)
{
    PdfSpan none = {NULL, NULL};
    PdfObject object;
    if (!object_at(file, offset, 0, &object) || object.stream == NULL)
        return none;
    PdfSpan widths = pdf_dictionary_find(object.value, "/W");
    int width[3];
    gsize at = 0;
    for (int i = 0; i < 3; i++) {
        gint64 bytes = pdf_span_integer(pdf_array_next(widths, &at));
        width[i] = (int)CLAMP(bytes, 0, 8);
    }
    g_autoptr(GByteArray) data = g_byte_array_new();
    if (width[1] == 0 || !pdf_file_append_data(file, &object, data))
        return none;
    PdfSpan index = pdf_dictionary_find(object.value, "/Index");
    guint row = 0;
    if (index.start == NULL) {
        gint64 size =
            pdf_span_integer(pdf_dictionary_find(object.value, "/Size"));
        return read_rows(file, data, width, 0, size, &row) ? object.value
                                                           : none;
    }
    at = 0;
    for (;;) {
        PdfSpan first = pdf_array_next(index, &at);
        if (first.start == NULL)
            return object.value;
        PdfSpan count = pdf_array_next(index, &at);
        if (!read_rows(file, data, width, pdf_span_integer(first),
                       pdf_span_integer(count), &row))
            return none;
    }
}

static PdfSpan
read_section(PdfFile *file, gint64 offset)
{
    if (offset < 0 || offset >= file->end - file->start)
        return (PdfSpan){NULL, NULL};
    const char *at = file->start + offset;
    PdfToken word = pdf_token_next(&at, file->end);
    if (pdf_span_is(word.span, "xref"))
        return read_table(file, at);
    return read_xref_stream(file, (guint64)offset);
}

static bool
read_sections(PdfFile *file, gint64 offset)
{
    for (int i = 0; i < MAX_SECTIONS; i++) {
        PdfSpan trailer = read_section(file, offset);
        if (trailer.start == NULL)
            return false;
        if (file->trailer.start == NULL)
            file->trailer = trailer;
        /* a file for old readers too: the hidden half of its objects */
        PdfSpan hidden = pdf_dictionary_find(trailer, "/XRefStm");
        if (hidden.start != NULL &&
            read_section(file, pdf_span_integer(hidden)).start == NULL)
            return false;
        PdfSpan previous = pdf_dictionary_find(trailer, "/Prev");
        if (previous.start == NULL)
            return true;
        offset = pdf_span_integer(previous);
    }
    return false;
}

/* behind the last "startxref"; NULL: there is none */
static const char *
find_start(const PdfFile *file)
{
    static const char word[] = "startxref";
    gsize length = sizeof word - 1;
    gsize size = (gsize)(file->end - file->start);
    for (gsize tail = length; tail <= MIN(size, MAX_TAIL); tail++) {
        if (memcmp(file->end - tail, word, length) == 0)
            return file->end - tail + length;
    }
    return NULL;
}

PdfFile *
pdf_file_read(const guint8 *bytes, gsize length, Flate *flate, GError **error)
{
    PdfFile *file = g_new0(PdfFile, 1);
    file->start = (const char *)bytes;
    file->end = file->start + length;
    file->flate = flate;
    file->entries = g_array_new(FALSE, TRUE, sizeof(Entry));
    file->containers =
        g_hash_table_new_full(NULL, NULL, NULL, free_container);
    const char *mark = find_start(file);
    bool done = false;
    if (mark != NULL) {
        PdfToken offset = pdf_token_next(&mark, file->end);
        done = read_sections(file, pdf_span_integer(offset.span)) &&
               pdf_dictionary_find(file->trailer, "/Encrypt").start == NULL;
    }
    if (!done) {
        g_set_error_literal(error, PDF_ERROR, PDF_ERROR_READ,
                            "the painted PDF cannot be read");
        g_clear_pointer(&file, pdf_file_free);
    }
    return file;
}

void
pdf_file_free(PdfFile *file)
{
    if (file == NULL)
        return;
    g_array_unref(file->entries);
    g_hash_table_unref(file->containers);
    g_free(file);
}
