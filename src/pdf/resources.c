/* SPDX-License-Identifier: MIT */
/*
 * Resources: fonts, pictures and forms go over as they are, but for a few keys.
 *
 * - a CIDFontType2 must say how CIDs become glyphs (CIDToGIDMap);
 * - no picture may be interpolated (PDF/A);
 * - a CMYK photograph with Adobe's marker has its inks inverted (Decode), and
 *   on screen it needs a profile (PDF/A);
 * - a stream's length is written directly.
 *
 * For print, DeviceRGB gets a profile wherever it stands, and the contents of
 * forms and patterns get their inks like a page's.
 */
#include "pdf/finisher.h"

#include "pdf/output.h"

#include <string.h>

struct Importer {
    Finisher *finisher;
    GByteArray *seen; /* by object number: 1 = copied or waiting */
    GArray *waiting;  /* int */
    GHashTable *font_names; /* object -> name, "/f-3-1" */
    GHashTable *maps;       /* object of a ToUnicode map -> name of its font */
};

Importer *
importer_new(Finisher *finisher)
{
    Importer *importer = g_new0(Importer, 1);
    guint size = (guint)pdf_file_size(finisher->file);
    importer->finisher = finisher;
    importer->seen = g_byte_array_new();
    g_byte_array_set_size(importer->seen, size);
    memset(importer->seen->data, 0, size);
    importer->waiting = g_array_new(FALSE, FALSE, sizeof(int));
    importer->font_names = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    importer->maps = g_hash_table_new(NULL, NULL);
    return importer;
}

void
importer_free(Importer *importer)
{
    if (importer == NULL)
        return;
    g_byte_array_unref(importer->seen);
    g_array_unref(importer->waiting);
    g_hash_table_unref(importer->font_names);
    g_hash_table_unref(importer->maps);
    g_free(importer);
}

static void
await(Importer *importer, PdfSpan value)
{
    const char *at = value.start;
    PdfSpan reference;
    int number;
    while (pdf_reference_next(&at, value.end, &reference, &number)) {
        if (number <= 0 || number >= (int)importer->seen->len ||
            importer->seen->data[number] != 0)
            continue;
        importer->seen->data[number] = 1;
        g_array_append_val(importer->waiting, number);
    }
}

/* What stands instead of a device's colour space; false: nothing.  A group's
 * space (CS) is what its pieces are mixed in: in print the inks. */
static bool
append_space(Importer *importer, PdfSpan name, bool is_group_space,
             GString *out)
{
    Finisher *finisher = importer->finisher;
    if (finisher->inks != NULL && pdf_span_is(name, "/DeviceRGB")) {
        if (is_group_space)
            g_string_append(out, "/DeviceCMYK");
        else
            g_string_append_printf(out, "[/ICCBased %d 0 R]",
                                   finisher->srgb_object);
        return true;
    }
    if (finisher->inks == NULL && pdf_span_is(name, "/DeviceCMYK")) {
        if (finisher->cmyk_object == 0)
            finisher->cmyk_object = pdf_writer_reserve(finisher->writer);
        g_string_append_printf(out, "[/ICCBased %d 0 R]",
                               finisher->cmyk_object);
        return true;
    }
    return false;
}

/* Copies a value, with profiles for colour spaces that would lack one. */
static void
append_value(Importer *importer, PdfSpan value, bool is_group_space,
             GString *out)
{
    const char *at = value.start, *copied = value.start;
    await(importer, value);
    /* most values are numbers and references */
    if (memchr(value.start, 'D', (size_t)(value.end - value.start)) == NULL)
        at = value.end;
    for (;;) {
        PdfToken token = pdf_token_next(&at, value.end);
        if (token.kind == PDF_TOKEN_END)
            break;
        if (token.kind != PDF_TOKEN_NAME)
            continue;
        g_autoptr(GString) space = g_string_new(NULL);
        if (append_space(importer, token.span, is_group_space, space)) {
            g_string_append_len(out, copied, token.span.start - copied);
            g_string_append(out, space->str);
            copied = token.span.end;
        }
        is_group_space = pdf_span_is(token.span, "/CS");
    }
    g_string_append_len(out, copied, value.end - copied);
}

/* Copies a dictionary without its end and without some keys. */
static void
append_dictionary(Importer *importer, PdfSpan dictionary,
                  const char *const *left_out, GString *out)
{
    gsize at = 0;
    PdfSpan key, value;
    g_string_append(out, "<<");
    while (pdf_dictionary_next(dictionary, &at, &key, &value)) {
        bool is_left_out = false;
        for (gsize i = 0; left_out[i] != NULL; i++)
            is_left_out |= pdf_span_is(key, left_out[i]);
        if (is_left_out)
            continue;
        g_string_append_len(out, key.start, key.end - key.start);
        g_string_append_c(out, ' ');
        append_value(importer, value, pdf_span_is(key, "/CS"), out);
    }
}

/* ---- resources ---- */

/* the entries of one kind of resource, and the opening of its dictionary */
static void
append_kind(Importer *importer, PdfSpan resources, const char *kind,
            GString *out)
{
    static const char *const left_out[] = {NULL};
    PdfFile *file = importer->finisher->file;
    PdfSpan entries = pdf_file_find(file, resources, kind);
    g_string_append(out, kind);
    append_dictionary(importer, entries, left_out, out);
}

/* Cairo's names of fonts are the same on all pages */
void
importer_note_fonts(Importer *importer, PdfSpan resources)
{
    PdfFile *file = importer->finisher->file;
    PdfSpan fonts = pdf_file_find(file, resources, "/Font"), key, value;
    gsize at = 0;
    while (fonts.start != NULL &&
           pdf_dictionary_next(fonts, &at, &key, &value)) {
        gpointer number = GINT_TO_POINTER(pdf_span_reference(value));
        if (!g_hash_table_contains(importer->font_names, number))
            g_hash_table_insert(importer->font_names, number,
                                g_strndup(key.start,
                                          (gsize)(key.end - key.start)));
    }
}

/* the page's own fonts, and those of the text that was set into it */
static void
append_fonts(Importer *importer, PdfSpan resources, StoredText *stored,
             GString *out)
{
    PdfSpan own = pdf_file_find(importer->finisher->file, resources, "/Font");
    append_kind(importer, resources, "/Font", out);
    for (int i = 0; stored != NULL && i < stored_text_font_count(stored);
         i++) {
        PdfSpan name, reference;
        if (!stored_text_take_font(stored, i, &name, &reference))
            continue;
        g_autofree char *key =
            g_strndup(name.start, (gsize)(name.end - name.start));
        if (pdf_dictionary_find(own, key).start != NULL)
            continue;
        g_string_append(out, key);
        g_string_append_c(out, ' ');
        append_value(importer, reference, false, out);
    }
    g_string_append(out, ">>");
}

void
importer_append_resources(Importer *importer, PdfSpan resources,
                          const Additions *additions, GString *out)
{
    static const char *const merged[] = {"/ExtGState", "/ColorSpace",
                                         "/XObject", "/Font", NULL};
    static const Additions nothing;
    PdfFile *file = importer->finisher->file;
    if (resources.start != NULL)
        importer_note_fonts(importer, pdf_file_resolve(file, resources));
    if (resources.start != NULL &&
        memcmp(additions, &nothing, sizeof nothing) == 0) {
        append_value(importer, resources, false, out);
        return;
    }
    append_dictionary(importer, pdf_file_resolve(file, resources), merged, out);
    append_fonts(importer, resources, additions->stored, out);
    append_kind(importer, resources, "/ExtGState", out);
    for (int i = 0; i < INK_STATE_COUNT; i++) {
        if (additions->ink_states & 1u << i)
            ink_state_append(out, i);
    }
    g_string_append(out, ">>");
    append_kind(importer, resources, "/ColorSpace", out);
    if (additions->srgb)
        g_string_append_printf(out, INK_SRGB_NAME "[/ICCBased %d 0 R]",
                               importer->finisher->srgb_object);
    g_string_append(out, ">>");
    append_kind(importer, resources, "/XObject", out);
    if (additions->marks != 0)
        g_string_append_printf(out, MARKS_NAME " %d 0 R", additions->marks);
    g_string_append(out, ">>>>");
}

/* ---- objects ---- */

/* Does JPEG data carry Adobe's application marker (APP14)?  Programs that write
 * it store inks as 255 - value. */
static bool
has_adobe_marker(const guint8 *data, gsize length)
{
    gsize at = 2;
    while (at + 4 <= length && data[at] == 0xFF && data[at + 1] != 0xDA) {
        gsize size = (gsize)data[at + 2] << 8 | data[at + 3];
        if (data[at + 1] == 0xEE && at + 9 <= length &&
            memcmp(data + at + 4, "Adobe", 5) == 0)
            return true;
        at += 2 + size;
    }
    return false;
}

static bool
is_inverted_photograph(Importer *importer, const PdfObject *object)
{
    PdfFile *file = importer->finisher->file;
    return pdf_span_is(pdf_file_find(file, object->value, "/Filter"),
                       "/DCTDecode") &&
           pdf_span_is(pdf_file_find(file, object->value, "/ColorSpace"),
                       "/DeviceCMYK") &&
           pdf_dictionary_find(object->value, "/Decode").start == NULL &&
           has_adobe_marker(object->stream, object->stream_length);
}

static void
copy_stream(Importer *importer, int number, const PdfObject *object)
{
    static const char *const left_out[] = {"/Length", "/Interpolate", NULL};
    PdfWriter *writer = importer->finisher->writer;
    GString *out = pdf_writer_begin(writer, number);
    append_dictionary(importer, object->value, left_out, out);
    if (is_inverted_photograph(importer, object))
        g_string_append(out, "/Decode[1 0 1 0 1 0 1 0]");
    g_string_append(out, ">>");
    pdf_writer_end_stream(writer, object->stream, object->stream_length);
}

/* a form or a pattern of tiles: drawn like a page */
static bool
is_drawing(Importer *importer, const PdfObject *object)
{
    PdfFile *file = importer->finisher->file;
    return pdf_span_is(pdf_file_find(file, object->value, "/Subtype"),
                       "/Form") ||
           pdf_span_is(pdf_file_find(file, object->value, "/PatternType"), "1");
}

static bool
copy_drawing(Importer *importer, int number, const PdfObject *object,
             GError **error)
{
    static const char *const left_out[] = {"/Length", "/Filter", "/DecodeParms",
                                           "/Resources", NULL};
    Finisher *finisher = importer->finisher;
    g_autoptr(GByteArray) content = g_byte_array_new();
    if (!pdf_file_append_data(finisher->file, object, content)) {
        g_set_error(error, PDF_ERROR, PDF_ERROR_READ,
                    "object %d of the painted PDF cannot be read", number);
        return false;
    }
    InkPass inks;
    ink_pass_init(&inks, finisher->inks, true);
    ContentOptions options = {.inks = &inks};
    g_autoptr(GString) rewritten = g_string_new(NULL);
    bool done = pdf_content_rewrite((const char *)content->data, content->len,
                                    &options, rewritten, error);
    Additions additions = {.ink_states = inks.used_states};
    additions.srgb = inks.uses_srgb;
    ink_pass_clear(&inks);
    if (!done)
        return false;
    GString *out = pdf_writer_begin(finisher->writer, number);
    append_dictionary(importer, object->value, left_out, out);
    g_string_append(out, "/Resources");
    importer_append_resources(
        importer, pdf_dictionary_find(object->value, "/Resources"), &additions,
        out);
    g_string_append(out, ">>");
    pdf_writer_end_deflated(finisher->writer, rewritten->str, rewritten->len);
    return true;
}

static void
copy_dictionary(Importer *importer, int number, PdfSpan dictionary)
{
    static const char *const left_out[] = {"/ToUnicode", NULL};
    PdfWriter *writer = importer->finisher->writer;
    GString *out = pdf_writer_begin(writer, number);
    append_dictionary(importer, dictionary, left_out, out);
    int map =
        pdf_span_reference(pdf_dictionary_find(dictionary, "/ToUnicode"));
    if (map > 0 && map < (int)importer->seen->len) {
        g_string_append_printf(out, "/ToUnicode %d 0 R", map);
        g_hash_table_insert(importer->maps, GINT_TO_POINTER(map),
                            g_hash_table_lookup(importer->font_names,
                                                GINT_TO_POINTER(number)));
    }
    if (pdf_span_is(pdf_dictionary_find(dictionary, "/Subtype"),
                    "/CIDFontType2") &&
        pdf_dictionary_find(dictionary, "/CIDToGIDMap").start == NULL)
        g_string_append(out, "/CIDToGIDMap/Identity");
    g_string_append(out, ">>");
    pdf_writer_end(writer);
}

static bool
copy_object(Importer *importer, int number, GError **error)
{
    Finisher *finisher = importer->finisher;
    PdfObject object;
    if (!pdf_file_object(finisher->file, number, &object)) {
        g_set_error(error, PDF_ERROR, PDF_ERROR_READ,
                    "the painted PDF lacks its object %d", number);
        return false;
    }
    if (object.stream != NULL && finisher->inks != NULL &&
        is_drawing(importer, &object)) {
        return copy_drawing(importer, number, &object, error);
    } else if (object.stream != NULL) {
        copy_stream(importer, number, &object);
    } else if (pdf_span_is((PdfSpan){object.value.start,
                                     MIN(object.value.start + 2,
                                         object.value.end)},
                           "<<")) {
        copy_dictionary(importer, number, object.value);
    } else {
        append_value(importer, object.value, false,
                     pdf_writer_begin(finisher->writer, number));
        pdf_writer_end(finisher->writer);
    }
    return true;
}

bool
importer_finish(Importer *importer, GError **error)
{
    while (importer->waiting->len > 0) {
        guint last = importer->waiting->len - 1;
        int number = g_array_index(importer->waiting, int, last);
        g_array_set_size(importer->waiting, last);
        if (!copy_object(importer, number, error))
            return false;
    }
    return true;
}

/* a font's ToUnicode map, with the texts that only spans would say */
static bool
copy_map(Importer *importer, int number, const char *font, GError **error)
{
    Finisher *finisher = importer->finisher;
    PdfObject object;
    g_autoptr(GByteArray) map = g_byte_array_new();
    if (!pdf_file_object(finisher->file, number, &object) ||
        object.stream == NULL ||
        !pdf_file_append_data(finisher->file, &object, map)) {
        g_set_error(error, PDF_ERROR, PDF_ERROR_READ,
                    "object %d of the painted PDF cannot be read", number);
        return false;
    }
    g_byte_array_append(map, (const guint8 *)"", 1);
    g_autofree char *rewritten =
        font == NULL || finisher->glyph_texts == NULL
            ? NULL
            : glyph_texts_rewrite(finisher->glyph_texts, font,
                                  (const char *)map->data);
    if (rewritten == NULL) {
        copy_stream(importer, number, &object);
    } else {
        g_string_append(pdf_writer_begin(finisher->writer, number), "<<>>");
        pdf_writer_end_deflated(finisher->writer, rewritten,
                                strlen(rewritten));
    }
    return true;
}

static gint
compare_numbers(gconstpointer a, gconstpointer b)
{
    return GPOINTER_TO_INT(a) - GPOINTER_TO_INT(b);
}

bool
importer_finish_maps(Importer *importer, GError **error)
{
    g_autoptr(GList) maps = g_hash_table_get_keys(importer->maps);
    maps = g_list_sort(maps, compare_numbers); /* the same bytes each time */
    for (GList *map = maps; map != NULL; map = map->next) {
        if (!copy_map(importer, GPOINTER_TO_INT(map->data),
                      g_hash_table_lookup(importer->maps, map->data), error))
            return false;
    }
    return true;
}

/* ---- transparency ---- */

static bool
state_is_transparent(PdfFile *file, PdfSpan state)
{
    static const char *const alphas[] = {"/ca", "/CA"};
    for (gsize i = 0; i < G_N_ELEMENTS(alphas); i++) {
        PdfSpan alpha = pdf_file_find(file, state, alphas[i]);
        if (alpha.start != NULL && pdf_span_number(alpha) < 1)
            return true;
    }
    PdfSpan mask = pdf_file_find(file, state, "/SMask");
    PdfSpan mode = pdf_file_find(file, state, "/BM");
    return (mask.start != NULL && !pdf_span_is(mask, "/None")) ||
           (mode.start != NULL && !pdf_span_is(mode, "/Normal"));
}

static bool
object_is_transparent(PdfFile *file, PdfSpan object)
{
    return pdf_file_find(file, object, "/SMask").start != NULL ||
           pdf_file_find(file, object, "/Group").start != NULL;
}

bool
resources_are_transparent(PdfFile *file, PdfSpan resources)
{
    gsize at = 0;
    PdfSpan key, value;
    PdfSpan states = pdf_file_find(file, resources, "/ExtGState");
    while (pdf_dictionary_next(states, &at, &key, &value)) {
        if (state_is_transparent(file, value))
            return true;
    }
    at = 0;
    PdfSpan objects = pdf_file_find(file, resources, "/XObject");
    while (pdf_dictionary_next(objects, &at, &key, &value)) {
        if (object_is_transparent(file, value))
            return true;
    }
    return false;
}
