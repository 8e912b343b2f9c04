/* SPDX-License-Identifier: MIT */
#include "pdf/glyph_texts.h"

#include <string.h>

struct GlyphTexts {
    GHashTable *fonts; /* name -> GHashTable: code "0003" -> text "00740074";
                          text "": several */
};

GlyphTexts *
glyph_texts_new(void)
{
    GlyphTexts *texts = g_new0(GlyphTexts, 1);
    texts->fonts =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                              (GDestroyNotify)g_hash_table_unref);
    return texts;
}

void
glyph_texts_free(GlyphTexts *texts)
{
    if (texts == NULL)
        return;
    g_hash_table_unref(texts->fonts);
    g_free(texts);
}

/* the digits between the angles, in lower case; NULL: no hexadecimal string */
static char *
hex_digits(PdfSpan string)
{
    gsize length = (gsize)(string.end - string.start);
    if (length < 2 || *string.start != '<' || string.end[-1] != '>')
        return NULL;
    char *digits = g_ascii_strdown(string.start + 1, (gssize)length - 2);
    if (digits[strspn(digits, "0123456789abcdef")] == '\0')
        return digits;
    g_free(digits);
    return NULL;
}

void
glyph_texts_add(GlyphTexts *texts, PdfSpan font, PdfSpan code,
                PdfSpan actual_text)
{
    g_autofree char *glyph = hex_digits(code);
    g_autofree char *text = hex_digits(actual_text);
    if (font.start == NULL || glyph == NULL || strlen(glyph) != 4 ||
        text == NULL || strncmp(text, "feff", 4) != 0 || text[4] == '\0')
        return;
    g_autofree char *name =
        g_strndup(font.start, (gsize)(font.end - font.start));
    GHashTable *glyphs = g_hash_table_lookup(texts->fonts, name);
    if (glyphs == NULL) {
        glyphs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
        g_hash_table_insert(texts->fonts, g_steal_pointer(&name), glyphs);
    }
    const char *known = g_hash_table_lookup(glyphs, glyph);
    if (known == NULL || strcmp(known, text + 4) != 0)
        g_hash_table_insert(glyphs, g_steal_pointer(&glyph),
                            g_strdup(known == NULL ? text + 4 : ""));
}

static bool
is_replaceable(const char *hex, gsize length)
{
    if (length != 4)
        return false;
    guint64 code = g_ascii_strtoull(hex, NULL, 16);
    return (code >= 0xE000 && code <= 0xF8FF) || /* private use */
           (code >= 0xFB00 && code <= 0xFB06);   /* Latin ligatures */
}

char *
glyph_texts_rewrite(const GlyphTexts *texts, const char *font, const char *map)
{
    GHashTable *glyphs = g_hash_table_lookup(texts->fonts, font);
    if (glyphs == NULL)
        return NULL;
    GString *out = g_string_new(NULL);
    bool is_changed = false;
    /* Cairo writes a line for each glyph: <0003> <e03c> */
    for (const char *line = map, *next; *line != '\0'; line = next) {
        next = strchr(line, '\n');
        next = next == NULL ? line + strlen(line) : next + 1;
        gsize length = (gsize)(next - line);
        if (length > 9 && line[0] == '<' && line[5] == '>' &&
            line[6] == ' ' && line[7] == '<') {
            g_autofree char *code = g_ascii_strdown(line + 1, 4);
            const char *text = g_hash_table_lookup(glyphs, code);
            if (text != NULL && *text != '\0' &&
                is_replaceable(line + 8, strcspn(line + 8, ">"))) {
                g_string_append_printf(out, "<%s> <%s>\n", code, text);
                is_changed = true;
                continue;
            }
        }
        g_string_append_len(out, line, (gssize)length);
    }
    return g_string_free(out, !is_changed);
}
