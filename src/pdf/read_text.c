/* SPDX-License-Identifier: MIT */
/*
 * Reading a finished PDF back: content streams through their fonts' ToUnicode,
 * and every string of every other object.  Nothing here shares code with what
 * wrote them but the lexer.
 */
#include "pdf/read_text.h"

#include <string.h>

#define MAX_DEPTH 32

/* ---- squeezing ---- */

static void
squeeze_plain(const char *text, gsize length, GString *out)
{
    for (gsize i = 0; i < length; i++) {
        if (g_ascii_isalnum(text[i]))
            g_string_append_c(out, g_ascii_tolower(text[i]));
    }
}

/* Latin letters that normalising leaves as they are */
static bool
is_simple_letter(gunichar c)
{
    static const gunichar others[] = {0x132, 0x133, 0x13F, 0x140, 0x149};
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
        if (c == others[i])
            return false;
    }
    return c >= 0xC0 && c < 0x17F;
}

/* Most text needs no normalising: false, and nothing done, where it might. */
static bool
squeeze_simple(const char *text, gsize length, GString *out)
{
    gsize before = out->len;
    const char *end = text + length;
    for (const char *p = text; p < end; p++) {
        if ((guchar)*p < 0x80) {
            if (g_ascii_isalnum(*p))
                g_string_append_c(out, g_ascii_tolower(*p));
            continue;
        }
        gunichar c = g_utf8_get_char(p);
        p = g_utf8_next_char(p) - 1;
        bool is_punctuation = (c >= 0x2000 && c < 0x2070) || c == 0xA0 ||
                              c == 0xA7 || c == 0xAB || c == 0xAD ||
                              c == 0xBB;
        if (is_simple_letter(c)) {
            if (g_unichar_isalnum(c))
                g_string_append_unichar(out, g_unichar_tolower(c));
        } else if (!is_punctuation) {
            g_string_truncate(out, before);
            return false;
        }
    }
    return true;
}

bool
squeeze(const char *text, gssize length, GString *out)
{
    gsize before = out->len;
    gsize bytes = length < 0 ? strlen(text) : (gsize)length;
    if (squeeze_simple(text, bytes, out))
        return out->len > before;
    g_autofree char *normal =
        g_utf8_normalize(text, (gssize)bytes, G_NORMALIZE_ALL_COMPOSE);
    for (const char *p = normal; p != NULL && *p != '\0';
         p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (g_unichar_isalnum(c))
            g_string_append_unichar(out, g_unichar_tolower(c));
    }
    return out->len > before;
}

/* ---- strings ---- */

static void
squeeze_utf16(const guint8 *bytes, gsize length, GString *out)
{
    g_autofree char *text = g_convert((const char *)bytes, (gssize)length,
                                      "UTF-8", "UTF-16BE", NULL, NULL, NULL);
    if (text != NULL)
        squeeze(text, -1, out);
}

/* a text string of the file, as it is meant for people */
static void
squeeze_text_string(const GByteArray *bytes, GString *out)
{
    if (bytes->len >= 2 && bytes->data[0] == 0xFE && bytes->data[1] == 0xFF)
        squeeze_utf16(bytes->data + 2, bytes->len - 2, out);
    else if (g_utf8_validate((const char *)bytes->data, bytes->len, NULL))
        squeeze((const char *)bytes->data, bytes->len, out);
    else
        squeeze_plain((const char *)bytes->data, bytes->len, out);
}

/* ---- fonts ---- */

/* squeezed text of each code */
typedef struct {
    bool is_wide; /* two bytes a code */
    GPtrArray *texts; /* GString, or NULL: no text */
} Font;

/* as the page's resources name it */
typedef struct {
    PdfSpan name;
    const Font *font;
} NamedFont;

static void
free_text(gpointer data)
{
    if (data != NULL)
        g_string_free(data, TRUE);
}

static void
free_font(gpointer data)
{
    Font *font = data;
    g_ptr_array_unref(font->texts);
    g_free(font);
}

static guint
code_of(const GByteArray *bytes)
{
    guint code = 0;
    for (guint i = 0; i < bytes->len && i < 2; i++)
        code = code << 8 | bytes->data[i];
    return code;
}

static void
set_code(Font *font, guint code, GString *text)
{
    if (font->texts->len <= code)
        g_ptr_array_set_size(font->texts, (gint)code + 1);
    free_text(g_ptr_array_index(font->texts, code));
    g_ptr_array_index(font->texts, code) =
        g_string_new_len(text->str, (gssize)text->len);
}

/* first..last of a bfrange whose text's last unit counts up */
static void
set_range(Font *font, guint first, guint last, GByteArray *target, GString *text)
{
    for (guint code = first; code <= last && code <= 0xFFFF; code++) {
        g_string_truncate(text, 0);
        squeeze_utf16(target->data, target->len, text);
        set_code(font, code, text);
        if (target->len > 0 && ++target->data[target->len - 1] == 0 &&
            target->len > 1)
            target->data[target->len - 2]++;
    }
}

/* bfrange with an array: one text for each code */
static void
set_listed(Font *font, guint first, PdfSpan array, GByteArray *bytes,
           GString *text)
{
    gsize at = 0;
    for (guint code = first; code <= 0xFFFF; code++) {
        PdfSpan value = pdf_array_next(array, &at);
        if (value.start == NULL)
            return;
        pdf_string_decode(value, bytes);
        g_string_truncate(text, 0);
        squeeze_utf16(bytes->data, bytes->len, text);
        set_code(font, code, text);
    }
}

static void
read_map(Font *font, const GByteArray *map)
{
    const char *at = (const char *)map->data, *end = at + map->len;
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_autoptr(GString) text = g_string_new(NULL);
    int operands = 0; /* 0: outside, else how many an entry has */
    int count = 0;
    guint codes[2] = {0, 0};
    for (;;) {
        PdfSpan value = pdf_value_next(&at, end);
        if (value.start == NULL)
            return;
        if (pdf_span_is(value, "beginbfchar"))
            operands = 2, count = 0;
        else if (pdf_span_is(value, "beginbfrange"))
            operands = 3, count = 0;
        else if (*value.start == 'e')
            operands = 0;
        if ((*value.start != '<' && *value.start != '[') || operands == 0)
            continue;
        if (*value.start == '[') {
            set_listed(font, codes[0], value, bytes, text);
            count = 0;
            continue;
        }
        pdf_string_decode(value, bytes);
        if (++count < operands) {
            codes[count - 1] = code_of(bytes);
            continue;
        }
        set_range(font, codes[0], codes[operands - 2], bytes, text);
        count = 0;
    }
}

/* ---- content streams ---- */

typedef struct {
    ReadText *text;
    PdfFile *file;
    GHashTable *fonts;   /* object number -> Font */
    GByteArray *content; /* decoded */
    GByteArray *bytes;   /* of one string */
    GString *target;     /* flow, or of forms: furniture */
    /* in the stream that is read */
    PdfSpan font_resources;
    GArray *named;       /* NamedFont: looked up so far */
    const Font *font;
    int depth, artifact, replaced; /* marked content; 0: not in such */
} Reading;

static const Font *
find_font(Reading *reading, PdfSpan reference)
{
    int number = pdf_span_reference(reference);
    Font *font =
        g_hash_table_lookup(reading->fonts, GINT_TO_POINTER(number));
    if (font != NULL)
        return font;
    font = g_new0(Font, 1);
    font->texts = g_ptr_array_new_with_free_func(free_text);
    g_hash_table_insert(reading->fonts, GINT_TO_POINTER(number), font);
    font->is_wide = pdf_span_is(
        pdf_file_find(reading->file, reference, "/Subtype"), "/Type0");
    PdfSpan dictionary = pdf_file_resolve(reading->file, reference);
    PdfSpan map = pdf_dictionary_find(dictionary, "/ToUnicode");
    PdfObject object;
    g_autoptr(GByteArray) data = g_byte_array_new();
    if (map.start != NULL &&
        pdf_file_object(reading->file, pdf_span_reference(map), &object) &&
        object.stream != NULL &&
        pdf_file_append_data(reading->file, &object, data))
        read_map(font, data);
    return font;
}

static const Font *
named_font(Reading *reading, PdfSpan name)
{
    gsize length = (gsize)(name.end - name.start);
    for (guint i = 0; i < reading->named->len; i++) {
        const NamedFont *known = &g_array_index(reading->named, NamedFont, i);
        if ((gsize)(known->name.end - known->name.start) == length &&
            memcmp(known->name.start, name.start, length) == 0)
            return known->font;
    }
    g_autofree char *key = g_strndup(name.start, length);
    PdfSpan font = pdf_dictionary_find(reading->font_resources, key);
    NamedFont found = {
        name, font.start == NULL ? NULL : find_font(reading, font)};
    g_array_append_val(reading->named, found);
    return found.font;
}

static GString *
target_of(const Reading *reading)
{
    return reading->artifact > 0 || reading->replaced > 0
               ? reading->text->furniture
               : reading->target;
}

static void
show(Reading *reading, PdfSpan string)
{
    if (reading->font == NULL)
        return;
    pdf_string_decode(string, reading->bytes);
    const GByteArray *bytes = reading->bytes;
    const GPtrArray *texts = reading->font->texts;
    GString *out = target_of(reading);
    guint step = reading->font->is_wide ? 2 : 1;
    for (guint i = 0; i + step <= bytes->len; i += step) {
        guint code = step == 1 ? bytes->data[i]
                               : (guint)bytes->data[i] << 8 | bytes->data[i + 1];
        const GString *text =
            code < texts->len ? g_ptr_array_index(texts, code) : NULL;
        if (text != NULL)
            g_string_append_len(out, text->str, (gssize)text->len);
    }
}

/* what stands in the operands of BDC */
static void
start_mark(Reading *reading, const char *operands, const char *end)
{
    reading->depth++;
    const char *at = operands;
    PdfSpan tag = pdf_value_next(&at, end);
    PdfSpan properties = pdf_value_next(&at, end);
    if (pdf_span_is(tag, "/Artifact") && reading->artifact == 0)
        reading->artifact = reading->depth;
    PdfSpan actual = pdf_dictionary_find(properties, "/ActualText");
    if (actual.start == NULL)
        return;
    pdf_string_decode(actual, reading->bytes);
    squeeze_text_string(reading->bytes, target_of(reading));
    if (reading->replaced == 0)
        reading->replaced = reading->depth;
}

static void
end_mark(Reading *reading)
{
    if (reading->artifact == reading->depth)
        reading->artifact = 0;
    if (reading->replaced == reading->depth)
        reading->replaced = 0;
    reading->depth--;
}

static const char *
do_operator(Reading *reading, PdfSpan operator, const char *operands,
            const char *end)
{
    if (pdf_span_is(operator, "BDC") || pdf_span_is(operator, "BMC")) {
        start_mark(reading, operands, operator.start);
    } else if (pdf_span_is(operator, "EMC")) {
        end_mark(reading);
    } else if (pdf_span_is(operator, "Tf")) {
        const char *at = operands;
        PdfSpan name = pdf_value_next(&at, operator.start);
        reading->font = name.start == NULL ? NULL : named_font(reading, name);
    } else if (pdf_span_is(operator, "Tj") || pdf_span_is(operator, "TJ") ||
               pdf_span_is(operator, "'") || pdf_span_is(operator, "\"")) {
        for (const char *at = operands;;) {
            PdfToken token = pdf_token_next(&at, operator.start);
            if (token.kind == PDF_TOKEN_END)
                break;
            if (token.kind == PDF_TOKEN_STRING)
                show(reading, token.span);
        }
    } else if (pdf_span_is(operator, "ID")) {
        const char *image_end = operator.end;
        while (image_end + 3 < end &&
               !(pdf_is_space(image_end[0]) && image_end[1] == 'E' &&
                 image_end[2] == 'I' && pdf_is_space(image_end[3])))
            image_end++;
        return MIN(image_end + 3, end);
    }
    return operator.end;
}

static void
read_content(Reading *reading, PdfSpan resources)
{
    const char *at = (const char *)reading->content->data;
    const char *end = at + reading->content->len;
    reading->font_resources = pdf_file_find(reading->file, resources, "/Font");
    g_array_set_size(reading->named, 0);
    reading->font = NULL;
    reading->depth = reading->artifact = reading->replaced = 0;
    int nesting = 0;
    const char *operands = at;
    for (;;) {
        PdfToken token = pdf_token_next(&at, end);
        if (token.kind == PDF_TOKEN_END)
            return;
        if (token.kind == PDF_TOKEN_DICTIONARY_START ||
            token.kind == PDF_TOKEN_ARRAY_START)
            nesting++;
        else if (token.kind == PDF_TOKEN_DICTIONARY_END ||
                 token.kind == PDF_TOKEN_ARRAY_END)
            nesting--;
        else if (token.kind == PDF_TOKEN_WORD && nesting == 0) {
            at = do_operator(reading, token.span, operands, end);
            operands = at;
        }
    }
}

static bool
load_content(Reading *reading, PdfSpan reference)
{
    PdfObject object;
    return pdf_file_object(reading->file, pdf_span_reference(reference),
                           &object) &&
           object.stream != NULL &&
           pdf_file_append_data(reading->file, &object, reading->content);
}

/* our own pages have one stream, and resources of their own */
static bool
read_page(Reading *reading, PdfSpan page)
{
    g_byte_array_set_size(reading->content, 0);
    PdfSpan dictionary = pdf_file_resolve(reading->file, page);
    PdfSpan contents = pdf_dictionary_find(dictionary, "/Contents");
    PdfSpan array = pdf_file_resolve(reading->file, contents);
    if (array.start != NULL && *array.start == '[') {
        gsize at = 0;
        for (PdfSpan part = pdf_array_next(array, &at); part.start != NULL;
             part = pdf_array_next(array, &at)) {
            if (!load_content(reading, part))
                return false;
        }
    } else if (!load_content(reading, contents)) {
        return false;
    }
    read_content(reading, pdf_dictionary_find(dictionary, "/Resources"));
    guint end = (guint)reading->text->flow->len;
    g_array_append_val(reading->text->page_ends, end);
    return true;
}

static bool
read_pages(Reading *reading, PdfSpan node, int depth)
{
    PdfSpan kids = pdf_file_find(reading->file, node, "/Kids");
    if (kids.start == NULL)
        return read_page(reading, node);
    gsize at = 0;
    for (PdfSpan kid = pdf_array_next(kids, &at); kid.start != NULL;
         kid = pdf_array_next(kids, &at)) {
        if (depth == MAX_DEPTH || !read_pages(reading, kid, depth + 1))
            return false;
    }
    return true;
}

/* ---- all other objects ---- */

/* most objects have no string, and are not worth taking apart */
static bool
may_have_string(PdfSpan value)
{
    for (const char *p = value.start; p < value.end; p++) {
        if (*p == '(')
            return true;
        if (*p == '<' && *++p != '<')
            return true;
    }
    return false;
}

static void
read_strings(Reading *reading, PdfSpan value)
{
    if (!may_have_string(value))
        return;
    GString *out = reading->text->strings;
    for (const char *at = value.start;;) {
        PdfToken token = pdf_token_next(&at, value.end);
        if (token.kind == PDF_TOKEN_END)
            return;
        if (token.kind != PDF_TOKEN_STRING)
            continue;
        g_string_append_c(out, '\n');
        pdf_string_decode(token.span, reading->bytes);
        squeeze_text_string(reading->bytes, out);
    }
}

/* forms have text like pages; metadata are XML */
static void
read_stream(Reading *reading, const PdfObject *object)
{
    bool is_form = pdf_span_is(
        pdf_dictionary_find(object->value, "/Subtype"), "/Form");
    bool is_metadata = pdf_span_is(
        pdf_dictionary_find(object->value, "/Type"), "/Metadata");
    g_byte_array_set_size(reading->content, 0);
    if ((!is_form && !is_metadata) ||
        !pdf_file_append_data(reading->file, object, reading->content))
        return;
    g_string_append_c(reading->text->strings, '\n');
    if (is_form)
        read_content(reading,
                     pdf_dictionary_find(object->value, "/Resources"));
    else
        squeeze((const char *)reading->content->data, reading->content->len,
                reading->text->strings);
}

bool
read_text(ReadText *text, GBytes *pdf, GError **error)
{
    *text = (ReadText){.flow = g_string_new(NULL),
                       .page_ends = g_array_new(FALSE, FALSE, sizeof(guint)),
                       .furniture = g_string_new(NULL),
                       .strings = g_string_new(NULL)};
    gsize length = 0;
    const guint8 *bytes = g_bytes_get_data(pdf, &length);
    g_autoptr(Flate) flate = flate_new();
    g_autoptr(PdfFile) file = pdf_file_read(bytes, length, flate, error);
    if (file == NULL)
        return false;
    g_autoptr(GHashTable) fonts =
        g_hash_table_new_full(NULL, NULL, NULL, free_font);
    g_autoptr(GByteArray) content = g_byte_array_new();
    g_autoptr(GByteArray) string = g_byte_array_new();
    g_autoptr(GArray) named = g_array_new(FALSE, FALSE, sizeof(NamedFont));
    Reading reading = {.text = text,
                       .file = file,
                       .fonts = fonts,
                       .content = content,
                       .bytes = string,
                       .named = named,
                       .target = text->flow};
    PdfSpan root = pdf_file_find(file, pdf_file_trailer(file), "/Root");
    text->is_tagged = pdf_dictionary_find(root, "/MarkInfo").start != NULL;
    bool done = read_pages(&reading, pdf_dictionary_find(root, "/Pages"), 0);
    reading.target = text->furniture;
    for (int i = 1; done && i < pdf_file_size(file); i++) {
        PdfObject object;
        if (!pdf_file_object(file, i, &object))
            continue;
        if (object.stream != NULL)
            read_stream(&reading, &object);
        else
            read_strings(&reading, object.value);
    }
    if (!done)
        g_set_error_literal(error, PDF_ERROR, PDF_ERROR_READ,
                            "a page of the finished PDF cannot be read back");
    return done;
}

void
read_text_clear(ReadText *text)
{
    g_string_free(text->flow, TRUE);
    g_string_free(text->furniture, TRUE);
    g_string_free(text->strings, TRUE);
    g_array_unref(text->page_ends);
}
