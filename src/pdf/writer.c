/* SPDX-License-Identifier: MIT */
/*
 * PdfWriter: marking, renumbering and packing (ISO 32000-1, 7.5.7 and 7.5.8).
 *
 *   pdf_writer_finish -> mark_reachable -> number_objects
 *                     -> write_objects -> write_stream | pack_object
 *                     -> write_xref_stream | write_table
 */
#include "pdf/writer.h"

#include "pdf/lexer.h"
#include "pdf/output.h"

#include <string.h>

/* more of them compress a little better, but a reader unpacks all for one */
#define OBJECTS_PER_STREAM 200

/* a large book has a hundred thousand of them: kept small */
typedef struct {
    guint32 start, length; /* in text; length 0: not set */
    const guint8 *data;    /* of a stream; NULL: in packed, at data_start */
    guint32 data_start;
    guint32 data_length : 31;
    guint32 is_stream : 1;
} Object;

/* of the file that is written */
typedef enum { ROW_FREE, ROW_OFFSET, ROW_PACKED } RowKind;
typedef struct {
    RowKind kind;
    guint32 place;
    guint16 index;
} Row;

struct PdfWriter {
    Flate *flate;
    GArray *objects; /* Object, by number */
    GString *text;   /* all objects' texts */
    GByteArray *packed; /* compressed stream data */
    int open;        /* number of the object that is being appended, or 0 */

    /* while writing */
    GArray *numbers; /* int: new number of each, 0: not reached */
    GByteArray *file;
    GArray *rows; /* Row, by new number */
    GString *pack_index, *pack_body;
    int pack_count, pack_number;
};

PdfWriter *
pdf_writer_new(int first, Flate *flate)
{
    PdfWriter *writer = g_new0(PdfWriter, 1);
    writer->flate = flate;
    writer->objects = g_array_new(FALSE, TRUE, sizeof(Object));
    g_array_set_size(writer->objects, (guint)MAX(first, 1));
    writer->text = g_string_new(NULL);
    writer->packed = g_byte_array_new();
    writer->numbers = g_array_new(FALSE, TRUE, sizeof(int));
    writer->rows = g_array_new(FALSE, TRUE, sizeof(Row));
    writer->pack_index = g_string_new(NULL);
    writer->pack_body = g_string_new(NULL);
    return writer;
}

void
pdf_writer_free(PdfWriter *writer)
{
    if (writer == NULL)
        return;
    g_array_unref(writer->objects);
    g_string_free(writer->text, TRUE);
    g_byte_array_unref(writer->packed);
    g_array_unref(writer->numbers);
    g_array_unref(writer->rows);
    g_string_free(writer->pack_index, TRUE);
    g_string_free(writer->pack_body, TRUE);
    g_free(writer);
}

static Object *
object_of(const PdfWriter *writer, int number)
{
    return &g_array_index(writer->objects, Object, number);
}

/* ---- objects in ---- */

int
pdf_writer_reserve(PdfWriter *writer)
{
    g_array_set_size(writer->objects, writer->objects->len + 1);
    return (int)writer->objects->len - 1;
}

GString *
pdf_writer_begin(PdfWriter *writer, int number)
{
    g_assert(writer->open == 0);
    g_assert(number > 0 && number < (int)writer->objects->len);
    Object *object = object_of(writer, number);
    g_assert(object->length == 0);
    g_assert(writer->text->len <= G_MAXINT32);
    object->start = (guint32)writer->text->len;
    writer->open = number;
    return writer->text;
}

void
pdf_writer_end(PdfWriter *writer)
{
    Object *object = object_of(writer, writer->open);
    object->length = (guint32)(writer->text->len - object->start);
    writer->open = 0;
}

/* puts the length in and closes the object; its stream's data come next */
static Object *
end_dictionary(PdfWriter *writer, const char *filter, gsize length)
{
    Object *object = object_of(writer, writer->open);
    GString *text = writer->text;
    g_assert(g_str_has_suffix(text->str, ">>"));
    g_string_truncate(text, text->len - 2);
    g_string_append(text, filter);
    g_string_append(text, "/Length ");
    pdf_append_integer(text, (gint64)length);
    g_string_append(text, ">>");
    pdf_writer_end(writer);
    g_assert(length <= G_MAXINT32);
    object->is_stream = true;
    object->data_length = (guint32)length & G_MAXINT32;
    return object;
}

void
pdf_writer_end_stream(PdfWriter *writer, const void *data, gsize length)
{
    end_dictionary(writer, "", length)->data = data;
}

void
pdf_writer_end_deflated(PdfWriter *writer, const void *data, gsize length)
{
    gsize start = writer->packed->len;
    flate_deflate(writer->flate, data, length, writer->packed);
    Object *object = end_dictionary(writer, "/Filter/FlateDecode",
                                    writer->packed->len - start);
    object->data_start = (guint32)start;
}

void
pdf_writer_add(PdfWriter *writer, int number, const char *text)
{
    g_string_append(pdf_writer_begin(writer, number), text);
    pdf_writer_end(writer);
}

char *
pdf_writer_digest(const PdfWriter *writer)
{
    GChecksum *checksum = g_checksum_new(G_CHECKSUM_MD5);
    g_checksum_update(checksum, writer->packed->data, writer->packed->len);
    char *digest = g_strdup(g_checksum_get_string(checksum));
    g_checksum_free(checksum);
    return digest;
}

/* ---- which objects, under which numbers ---- */

static void
mark(PdfWriter *writer, int number, GArray *waiting)
{
    if (number <= 0 || number >= (int)writer->numbers->len ||
        object_of(writer, number)->length == 0)
        return;
    int *seen = &g_array_index(writer->numbers, int, number);
    if (*seen == 0) {
        *seen = 1;
        g_array_append_val(waiting, number);
    }
}

static void
mark_reachable(PdfWriter *writer, const PdfTrailer *trailer)
{
    g_autoptr(GArray) waiting = g_array_new(FALSE, FALSE, sizeof(int));
    g_array_set_size(writer->numbers, writer->objects->len);
    mark(writer, trailer->root, waiting);
    mark(writer, trailer->info, waiting);
    while (waiting->len > 0) {
        int number = g_array_index(waiting, int, waiting->len - 1);
        g_array_set_size(waiting, waiting->len - 1);
        const Object *object = object_of(writer, number);
        const char *at = writer->text->str + object->start;
        const char *end = at + object->length;
        PdfSpan reference;
        int target;
        while (pdf_reference_next(&at, end, &reference, &target))
            mark(writer, target, waiting);
    }
}

static void
number_objects(PdfWriter *writer)
{
    int next = 1;
    for (guint i = 1; i < writer->numbers->len; i++) {
        int *number = &g_array_index(writer->numbers, int, i);
        if (*number != 0)
            *number = next++;
    }
    g_array_set_size(writer->rows, (guint)next);
}

static int
new_number(const PdfWriter *writer, int number)
{
    if (number <= 0 || number >= (int)writer->numbers->len)
        return 0;
    return g_array_index(writer->numbers, int, number);
}

/* the object's text with new numbers; what is not there becomes null */
static void
append_renumbered(const PdfWriter *writer, const Object *object, GString *out)
{
    const char *at = writer->text->str + object->start;
    const char *end = at + object->length, *copied = at;
    PdfSpan reference;
    int target;
    while (pdf_reference_next(&at, end, &reference, &target)) {
        g_string_append_len(out, copied, reference.start - copied);
        int number = new_number(writer, target);
        if (number == 0) {
            g_string_append(out, "null");
        } else {
            pdf_append_integer(out, number);
            g_string_append(out, " 0 R");
        }
        copied = reference.end;
    }
    g_string_append_len(out, copied, end - copied);
}

/* ---- the file out ---- */

static void
append_string(GByteArray *file, const char *text)
{
    g_byte_array_append(file, (const guint8 *)text, (guint)strlen(text));
}

static void
append_text(GByteArray *file, const GString *text)
{
    g_byte_array_append(file, (const guint8 *)text->str, (guint)text->len);
}

static void
set_row(PdfWriter *writer, int number, Row row)
{
    if (number >= (int)writer->rows->len)
        g_array_set_size(writer->rows, (guint)number + 1);
    g_array_index(writer->rows, Row, number) = row;
}

/* "12 0 obj" and the line's end */
static void
start_object(PdfWriter *writer, int number)
{
    set_row(writer, number, (Row){ROW_OFFSET, writer->file->len, 0});
    char head[32];
    g_snprintf(head, sizeof head, "%d 0 obj\n", number);
    append_string(writer->file, head);
}

static void
write_plain(PdfWriter *writer, int number, const Object *object)
{
    g_autoptr(GString) text = g_string_new(NULL);
    start_object(writer, number);
    append_renumbered(writer, object, text);
    append_text(writer->file, text);
    if (object->is_stream) {
        const guint8 *data = object->data != NULL
                                 ? object->data
                                 : writer->packed->data + object->data_start;
        append_string(writer->file, "\nstream\n");
        g_byte_array_append(writer->file, data, (guint)object->data_length);
        append_string(writer->file, "\nendstream");
    }
    append_string(writer->file, "\nendobj\n");
}

static void
write_deflated(PdfWriter *writer, int number, const char *dictionary,
               const void *data, gsize length)
{
    g_autoptr(GByteArray) packed = g_byte_array_new();
    flate_deflate(writer->flate, data, length, packed);
    g_autofree char *head =
        g_strdup_printf("<<%s/Filter/FlateDecode/Length %u>>\nstream\n",
                        dictionary, packed->len);
    start_object(writer, number);
    append_string(writer->file, head);
    g_byte_array_append(writer->file, packed->data, packed->len);
    append_string(writer->file, "\nendstream\nendobj\n");
}

static void
flush_pack(PdfWriter *writer)
{
    if (writer->pack_count == 0)
        return;
    g_autofree char *dictionary = g_strdup_printf(
        "/Type/ObjStm/N %d/First %d", writer->pack_count,
        (int)writer->pack_index->len);
    g_string_append_len(writer->pack_index, writer->pack_body->str,
                        (gssize)writer->pack_body->len);
    write_deflated(writer, writer->pack_number, dictionary,
                   writer->pack_index->str, writer->pack_index->len);
    g_string_truncate(writer->pack_index, 0);
    g_string_truncate(writer->pack_body, 0);
    writer->pack_count = 0;
}

static void
pack_object(PdfWriter *writer, int number, const Object *object)
{
    if (writer->pack_count == 0) {
        writer->pack_number = (int)writer->rows->len;
        set_row(writer, writer->pack_number, (Row){0});
    }
    set_row(writer, number,
            (Row){ROW_PACKED, (guint32)writer->pack_number,
                  (guint16)writer->pack_count});
    pdf_append_integer(writer->pack_index, number);
    g_string_append_c(writer->pack_index, ' ');
    pdf_append_integer(writer->pack_index, (gint64)writer->pack_body->len);
    g_string_append_c(writer->pack_index, ' ');
    append_renumbered(writer, object, writer->pack_body);
    g_string_append_c(writer->pack_body, '\n');
    writer->pack_count++;
    if (writer->pack_count == OBJECTS_PER_STREAM)
        flush_pack(writer);
}

static void
write_objects(PdfWriter *writer, bool plain)
{
    for (guint i = 1; i < writer->numbers->len; i++) {
        int number = new_number(writer, (int)i);
        const Object *object = object_of(writer, (int)i);
        if (number == 0)
            continue;
        if (plain || object->is_stream)
            write_plain(writer, number, object);
        else
            pack_object(writer, number, object);
    }
    flush_pack(writer);
}

/* "/Root 1 0 R/Info 2 0 R/ID[<...><...>]"; the ID is a hash of all before */
static char *
trailer_entries(const PdfWriter *writer, const PdfTrailer *trailer)
{
    g_autofree char *id = g_compute_checksum_for_data(
        G_CHECKSUM_MD5, writer->file->data, writer->file->len);
    return g_strdup_printf("/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]",
                           new_number(writer, trailer->root),
                           new_number(writer, trailer->info), id, id);
}

static void
write_xref_stream(PdfWriter *writer, const PdfTrailer *trailer)
{
    int number = (int)writer->rows->len;
    guint offset = writer->file->len;
    set_row(writer, number, (Row){ROW_OFFSET, offset, 0});
    g_autoptr(GByteArray) data = g_byte_array_new();
    guint8 above[7] = {0};
    for (guint i = 0; i < writer->rows->len; i++) {
        Row row = g_array_index(writer->rows, Row, i);
        guint8 bytes[7] = {
            (guint8)row.kind,          (guint8)(row.place >> 24),
            (guint8)(row.place >> 16), (guint8)(row.place >> 8),
            (guint8)row.place,         (guint8)(row.index >> 8),
            (guint8)row.index};
        guint8 filtered[8] = {2}; /* PNG's Up */
        for (int k = 0; k < 7; k++)
            filtered[k + 1] = (guint8)(bytes[k] - above[k]);
        memcpy(above, bytes, sizeof above);
        g_byte_array_append(data, filtered, sizeof filtered);
    }
    g_autofree char *entries = trailer_entries(writer, trailer);
    g_autofree char *dictionary = g_strdup_printf(
        "/Type/XRef/Size %u/W[1 4 2]%s/DecodeParms<</Predictor 12/Columns 7>>",
        writer->rows->len, entries);
    write_deflated(writer, number, dictionary, data->data, data->len);
    g_autofree char *end = g_strdup_printf("startxref\n%u\n%%%%EOF\n", offset);
    append_string(writer->file, end);
}

static void
write_table(PdfWriter *writer, const PdfTrailer *trailer)
{
    guint offset = writer->file->len;
    g_autofree char *entries = trailer_entries(writer, trailer);
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append_printf(text, "xref\n0 %u\n0000000000 65535 f \n",
                           writer->rows->len);
    for (guint i = 1; i < writer->rows->len; i++)
        g_string_append_printf(text, "%010u 00000 n \n",
                               g_array_index(writer->rows, Row, i).place);
    g_string_append_printf(
        text, "trailer\n<</Size %u%s>>\nstartxref\n%u\n%%%%EOF\n",
        writer->rows->len, entries, offset);
    append_text(writer->file, text);
}

GBytes *
pdf_writer_finish(PdfWriter *writer, const PdfTrailer *trailer)
{
    g_assert(writer->open == 0);
    writer->file = g_byte_array_new();
    g_autofree char *head = g_strdup_printf(
        "%%PDF-%s\n%%\xE2\xE3\xCF\xD3\n", trailer->version);
    append_string(writer->file, head);
    mark_reachable(writer, trailer);
    number_objects(writer);
    write_objects(writer, trailer->plain);
    if (trailer->plain)
        write_table(writer, trailer);
    else
        write_xref_stream(writer, trailer);
    return g_byte_array_free_to_bytes(g_steal_pointer(&writer->file));
}
