/* SPDX-License-Identifier: MIT */
/*
 * StoredText: the sheet in, lines out.
 *
 *   stored_text_new -> read_fonts, read_sheet
 *   stored_text_append -> append_line -> append_glyph
 */
#include "pdf/stored_text.h"

#include "pdf/finish.h"
#include "pdf/output.h"

#include <string.h>

typedef struct {
    PdfSpan name, reference; /* "/f-0-1", "12 0 R" */
    bool is_wide;            /* two bytes a code */
    bool is_used;            /* since the last stored_text_take_font */
} SheetFont;

typedef struct {
    guint16 font, code;
    PdfSpan actual_text;     /* with its delimiters; start NULL: none */
} GlyphCode;

struct StoredText {
    const TextStore *store;
    char *content;           /* of the sheet; spans point into it */
    GArray *fonts;           /* SheetFont */
    GArray *codes;           /* GlyphCode, face after face */
    GArray *first;           /* guint: of each face, in codes */
    guint next_stretch;
};

void
stored_text_free(StoredText *text)
{
    if (text == NULL)
        return;
    g_free(text->content);
    g_array_unref(text->fonts);
    g_array_unref(text->codes);
    g_array_unref(text->first);
    g_free(text);
}

/* ---- the sheet ---- */

static void
read_fonts(StoredText *text, PdfFile *file, PdfSpan resources)
{
    PdfSpan fonts = pdf_file_find(file, resources, "/Font"), name, value;
    gsize at = 0;
    while (fonts.start != NULL &&
           pdf_dictionary_next(fonts, &at, &name, &value)) {
        SheetFont font = {.name = name, .reference = value};
        font.is_wide = pdf_span_is(pdf_file_find(file, value, "/Subtype"),
                                   "/Type0");
        g_array_append_val(text->fonts, font);
    }
}

static int
font_index(const StoredText *text, PdfSpan name)
{
    gsize length = (gsize)(name.end - name.start);
    for (guint i = 0; i < text->fonts->len; i++) {
        PdfSpan known = g_array_index(text->fonts, SheetFont, i).name;
        if ((gsize)(known.end - known.start) == length &&
            memcmp(known.start, name.start, length) == 0)
            return (int)i;
    }
    return -1;
}

typedef struct {
    StoredText *text;
    GlyphTexts *glyph_texts;
    GByteArray *bytes;
    PdfSpan name, string, actual_text; /* the last of each */
    int font;
    bool is_good;
} SheetPass;

static void
take_codes(SheetPass *pass, PdfSpan string)
{
    if (pass->font < 0) {
        pass->is_good = false;
        return;
    }
    const SheetFont *font =
        &g_array_index(pass->text->fonts, SheetFont, pass->font);
    pdf_string_decode(string, pass->bytes);
    guint step = font->is_wide ? 2 : 1;
    for (guint i = 0; i + step <= pass->bytes->len; i += step) {
        const guint8 *at = pass->bytes->data + i;
        GlyphCode code = {
            .font = (guint16)pass->font,
            .code = font->is_wide ? (guint16)(at[0] << 8 | at[1]) : at[0],
            .actual_text = pass->actual_text,
        };
        g_array_append_val(pass->text->codes, code);
    }
    if (pass->actual_text.start != NULL && pass->glyph_texts != NULL)
        glyph_texts_add(pass->glyph_texts, font->name, string,
                        pass->actual_text);
}

static void
read_operator(SheetPass *pass, PdfSpan operator)
{
    if (pdf_span_is(operator, "Tf"))
        pass->font = pass->name.start == NULL
                         ? -1
                         : font_index(pass->text, pass->name);
    else if (pdf_span_is(operator, "BDC"))
        pass->actual_text = pass->string;
    else if (pdf_span_is(operator, "EMC"))
        pass->actual_text.start = NULL;
    pass->string.start = NULL;
}

/* strings of BDC stand in its dictionary, those of TJ do not */
static void
read_sheet(SheetPass *pass, PdfSpan content)
{
    int depth = 0; /* of dictionaries */
    GArray *shown = g_array_new(FALSE, FALSE, sizeof(PdfSpan));
    for (const char *at = content.start;;) {
        PdfToken token = pdf_token_next(&at, content.end);
        if (token.kind == PDF_TOKEN_END)
            break;
        if (token.kind == PDF_TOKEN_DICTIONARY_START)
            depth++;
        else if (token.kind == PDF_TOKEN_DICTIONARY_END)
            depth--;
        else if (token.kind == PDF_TOKEN_NAME && depth == 0)
            pass->name = token.span;
        else if (token.kind == PDF_TOKEN_STRING && depth > 0)
            pass->string = token.span;
        else if (token.kind == PDF_TOKEN_STRING)
            g_array_append_val(shown, token.span);
        if (token.kind != PDF_TOKEN_WORD || depth > 0)
            continue;
        for (guint i = 0; i < shown->len; i++)
            take_codes(pass, g_array_index(shown, PdfSpan, i));
        g_array_set_size(shown, 0);
        read_operator(pass, token.span);
    }
    g_array_unref(shown);
}

static guint
count_glyphs(StoredText *text)
{
    guint count = 0;
    for (int i = 0; i < text_store_face_count(text->store); i++) {
        g_array_append_val(text->first, count);
        count += (guint)text_store_glyph_count(text->store, i);
    }
    return count;
}

StoredText *
stored_text_new(const TextStore *store, PdfFile *file, PdfSpan resources,
                PdfSpan content, GlyphTexts *glyph_texts, GError **error)
{
    StoredText *text = g_new0(StoredText, 1);
    gsize length = (gsize)(content.end - content.start);
    text->store = store;
    text->content = g_strndup(content.start, length);
    text->fonts = g_array_new(FALSE, FALSE, sizeof(SheetFont));
    text->codes = g_array_new(FALSE, FALSE, sizeof(GlyphCode));
    text->first = g_array_new(FALSE, FALSE, sizeof(guint));
    read_fonts(text, file, resources);
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    SheetPass pass = {.text = text,
                      .glyph_texts = glyph_texts,
                      .bytes = bytes,
                      .font = -1,
                      .is_good = true};
    read_sheet(&pass, (PdfSpan){text->content, text->content + length});
    guint expected = count_glyphs(text);
    if (pass.is_good && text->codes->len == expected)
        return text;
    g_set_error(error, PDF_ERROR, PDF_ERROR_LEAVES,
                "the sheet of glyphs has %u glyphs, not %u", text->codes->len,
                expected);
    stored_text_free(text);
    return NULL;
}

/* ---- lines ---- */

/* the array of a TJ that is open */
typedef struct {
    GString *out;
    int font;        /* set in the file; -1: none yet */
    bool in_array, in_string;
} Setting;

static void
end_string(Setting *setting)
{
    if (setting->in_string)
        g_string_append_c(setting->out, ')');
    setting->in_string = false;
}

static void
end_array(Setting *setting)
{
    end_string(setting);
    if (setting->in_array)
        g_string_append(setting->out, "]TJ\n");
    setting->in_array = false;
}

static void
start_array(Setting *setting)
{
    if (!setting->in_array)
        g_string_append_c(setting->out, '[');
    setting->in_array = true;
}

static void
append_byte(GString *out, guint8 byte)
{
    switch (byte) {
    case '(':
    case ')':
    case '\\':
        g_string_append_c(out, '\\');
        g_string_append_c(out, (char)byte);
        break;
    case '\r': /* would be read as a line feed */
        g_string_append(out, "\\r");
        break;
    default:
        g_string_append_c(out, (char)byte);
    }
}

static void
set_font(StoredText *text, Setting *setting, guint16 font)
{
    if (setting->font == font)
        return;
    end_array(setting);
    SheetFont *sheet = &g_array_index(text->fonts, SheetFont, font);
    g_string_append_len(setting->out, sheet->name.start,
                        sheet->name.end - sheet->name.start);
    g_string_append(setting->out, " 1 Tf\n");
    sheet->is_used = true;
    setting->font = font;
}

static void
append_code(const StoredText *text, Setting *setting, const GlyphCode *code)
{
    start_array(setting);
    if (!setting->in_string)
        g_string_append_c(setting->out, '(');
    setting->in_string = true;
    if (g_array_index(text->fonts, SheetFont, code->font).is_wide)
        append_byte(setting->out, (guint8)(code->code >> 8));
    append_byte(setting->out, (guint8)code->code);
}

static void
append_glyph(StoredText *text, Setting *setting, const GlyphCode *code,
             int kern)
{
    set_font(text, setting, code->font);
    if (kern != 0) {
        end_string(setting);
        start_array(setting);
        pdf_append_integer(setting->out, -kern);
    }
    if (code->actual_text.start == NULL) {
        append_code(text, setting, code);
        return;
    }
    end_array(setting);
    g_string_append(setting->out, "/Span<</ActualText");
    g_string_append_len(setting->out, code->actual_text.start,
                        code->actual_text.end - code->actual_text.start);
    g_string_append(setting->out, ">>BDC ");
    append_code(text, setting, code);
    end_array(setting);
    g_string_append(setting->out, "EMC\n");
}

/* Cairo's coordinates: y goes down, so glyphs stand on their heads there */
static void
append_place(GString *out, const StoredLine *line)
{
    pdf_append_number(out,
                      length_points(line->size) * line->scale / 65536.0);
    g_string_append(out, " 0 0 -");
    pdf_append_number(out, length_points(line->size));
    g_string_append_c(out, ' ');
    pdf_append_length(out, line->x);
    g_string_append_c(out, ' ');
    pdf_append_length(out, line->y);
    g_string_append(out, " Tm\n");
}

static void
append_line(StoredText *text, Setting *setting, StoredLine *line)
{
    guint first = g_array_index(text->first, guint, line->face);
    int glyph, kern;
    append_place(setting->out, line);
    while (stored_glyph_next(line, &glyph, &kern))
        append_glyph(text, setting,
                     &g_array_index(text->codes, GlyphCode,
                                    first + (guint)glyph),
                     kern);
    end_array(setting);
}

bool
stored_text_append(StoredText *text, GString *out)
{
    StretchReader reader;
    StoredLine line;
    if (!text_store_stretch(text->store, text->next_stretch, &reader))
        return false;
    text->next_stretch++;
    Setting setting = {.out = out, .font = -1};
    g_string_append(out, "BT\n");
    while (text_store_next(&reader, &line))
        append_line(text, &setting, &line);
    g_string_append(out, "ET\n");
    return true;
}

bool
stored_text_is_done(const StoredText *text)
{
    StretchReader reader;
    return !text_store_stretch(text->store, text->next_stretch, &reader);
}

/* ---- fonts ---- */

int
stored_text_font_count(const StoredText *text)
{
    return (int)text->fonts->len;
}

bool
stored_text_take_font(StoredText *text, int font, PdfSpan *name,
                      PdfSpan *reference)
{
    SheetFont *sheet = &g_array_index(text->fonts, SheetFont, font);
    bool is_used = sheet->is_used;
    sheet->is_used = false;
    *name = sheet->name;
    *reference = sheet->reference;
    return is_used;
}
