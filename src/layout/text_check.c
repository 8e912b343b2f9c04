/* SPDX-License-Identifier: MIT */
/*
 * What was written and what was set, both as plain characters: white space,
 * soft hyphens and other invisible characters left out, case folded (text-
 * transform).  Page numbers are in no FO tree and are left out, too.
 *
 * Tables may put their footer after their body, so when the order differs the
 * characters are counted instead.
 */
#include "layout/text_check.h"

#include "layout/inline.h"

#include <string.h>

static bool
is_invisible(gunichar character)
{
    if (character < 0x80)
        return character <= ' ';
    return character == 0xA0 || character == 0xAD || character == 0xFEFF ||
           (character >= 0x2000 && character <= 0x200F) ||
           (character >= 0x2028 && character <= 0x202F) ||
           (character >= 0x205F && character <= 0x2064) ||
           character == 0x3000;
}

static void
append_folded(GString *out, const char *text, const char *end)
{
    for (const char *p = text; p < end;) {
        unsigned char byte = (unsigned char)*p;
        if (byte < 0x80) {
            if (byte > ' ')
                g_string_append_c(out, g_ascii_toupper((char)byte));
            p++;
            continue;
        }
        gunichar character = g_utf8_get_char(p);
        p = g_utf8_next_char(p);
        if (is_invisible(character))
            continue;
        if (character == 0xDF)
            g_string_append(out, "SS");
        else
            g_string_append_unichar(out, g_unichar_toupper(character));
    }
}

/* ---- what was written ---- */

static bool
is_silent(const FoNode *node)
{
    const char *role;
    switch (node->kind) {
    case FO_MARKER:
    case FO_LEADER:
    case FO_STATIC_CONTENT:
    case FO_TITLE:
    case FO_BOOKMARK_TREE:
    case FO_DECLARATIONS:
    case FO_INSTREAM_FOREIGN_OBJECT:
        return true;
    default:
        role = fo_attribute(node, FO_ATTRIBUTE_ROLE);
        return role != NULL && strcmp(role, "artifact") == 0;
    }
}

static void
append_written(GString *out, const FoNode *node)
{
    if (is_silent(node))
        return;
    const char *text = node->kind == FO_TEXT ? node->text : NULL;
    if (node->kind == FO_CHARACTER)
        text = fo_attribute(node, FO_ATTRIBUTE_CHARACTER);
    if (text != NULL && node->style->visibility != FO_KEY_HIDDEN)
        append_folded(out, text, text + strlen(text));
    for (const FoNode *child = node->first; child != NULL;
         child = child->next)
        append_written(out, child);
}

/* ---- what was set ---- */

static void
append_piece(GString *out, const GlyphPiece *piece)
{
    size_t length;
    const char *text = glyph_piece_text(piece, &length);
    append_folded(out, text, text + length);
}

static void
free_string(gpointer string)
{
    g_string_free(string, TRUE);
}

static GHashTable *
slot_texts(const PageList *pages, guint first_page)
{
    GHashTable *texts = g_hash_table_new_full(NULL, NULL, NULL, free_string);
    for (guint p = first_page; p < pages->pages->len; p++) {
        const Page *page = page_list_get(pages, p);
        for (guint i = 0; i < page->items->len; i++) {
            const PageItem *item = &g_array_index(page->items, PageItem, i);
            if (item->kind != PAGE_TEXT || item->slot == NULL ||
                item->slot->details->generated)
                continue;
            GString *text = g_hash_table_lookup(texts, item->slot);
            if (text == NULL) {
                text = g_string_new(NULL);
                g_hash_table_insert(texts, (gpointer)item->slot, text);
            }
            for (int k = 0; k < item->text.piece_count; k++)
                append_piece(text, &item->text.pieces[k]);
        }
    }
    return texts;
}

static void
append_set(GString *out, const StructNode *node, GHashTable *texts)
{
    if (node->role == STRUCT_SLOT) {
        const GString *text = g_hash_table_lookup(texts, node);
        if (text != NULL)
            g_string_append_len(out, text->str, (gssize)text->len);
        return;
    }
    for (const StructNode *child = node->first; child != NULL;
         child = child->next)
        append_set(out, child, texts);
}

/* ---- comparing ---- */

static int
compare_characters(gconstpointer a, gconstpointer b)
{
    gunichar left = *(const gunichar *)a, right = *(const gunichar *)b;
    return left < right ? -1 : left > right;
}

static bool
same_characters(const GString *written, const GString *set)
{
    if (written->len != set->len)
        return false;
    glong count, other;
    g_autofree gunichar *left =
        g_utf8_to_ucs4_fast(written->str, (glong)written->len, &count);
    g_autofree gunichar *right =
        g_utf8_to_ucs4_fast(set->str, (glong)set->len, &other);
    if (count != other)
        return false;
    qsort(left, (size_t)count, sizeof *left, compare_characters);
    qsort(right, (size_t)count, sizeof *right, compare_characters);
    return memcmp(left, right, sizeof *left * (size_t)count) == 0;
}

static char *
excerpt(const GString *text, size_t at)
{
    size_t start = at;
    while (start > 0 && (text->str[start] & 0xC0) == 0x80)
        start--;
    const char *end = text->str + start;
    for (int i = 0; i < 30 && *end != 0; i++)
        end = g_utf8_next_char(end);
    return g_strndup(text->str + start, (gsize)(end - text->str - start));
}

bool
text_check(const LayoutContext *context, const FoNode *node,
           const StructNode *structure, guint first_page)
{
    GString *written = g_string_new(NULL), *set = g_string_new(NULL);
    append_written(written, node);
    GHashTable *texts = slot_texts(context->pages, first_page);
    append_set(set, structure, texts);
    g_hash_table_unref(texts);
    bool same = g_string_equal(written, set) || same_characters(written, set);
    if (!same) {
        size_t at = 0;
        while (at < written->len && at < set->len &&
               written->str[at] == set->str[at])
            at++;
        g_autofree char *wanted = excerpt(written, at);
        g_autofree char *found = excerpt(set, at);
        diagnostics_add(context->diagnostics, LEVEL_ERROR, "text-lost",
                        (Place){NULL, 0, 0},
                        "the pages do not hold the text that was written: "
                        "\"%s\" was expected, \"%s\" found; this is a fault "
                        "of vadovas: please report it",
                        wanted, found);
    }
    g_string_free(written, TRUE);
    g_string_free(set, TRUE);
    return same;
}
