/* SPDX-License-Identifier: MIT */
/*
 * Which letter comes where, which letters get a heading of their own and which
 * stand under another (Y under I, Ā under A) is what the Unicode locale data say
 * about the language; nothing of it is written here.  Terms are sorted word by
 * word; quotation marks and hyphens do not count.
 *
 *   index_fill
 *     collect        every block's terms -> a tree of two levels
 *     add_letters    the index characters of the locale, those that are only
 *                    variants of others left out
 *     write_entries  under the last letter that is not behind the term
 */
#include "pipeline/index.h"

#include "base/xml.h"

#include <string.h>
#include <unicode/ucol.h>
#include <unicode/ulocdata.h>
#include <unicode/ustring.h>

#define XML(text) ((const xmlChar *)(text))

typedef struct Entry Entry;
struct Entry {
    char *term;
    UChar *sorted;       /* what of the term counts, for ICU */
    GPtrArray *blocks;   /* of those that lead here, in order; borrowed */
    GPtrArray *entries;  /* of the second level; NULL: there is none */
    Place place;         /* where the term was first seen */
};

typedef struct {
    UCollator *collator; /* NULL: ICU has no data at all; code points then */
    Diagnostics *diagnostics;
} Sorting;

/* ---- entries ------------------------------------------------------------- */

static void
free_entry(gpointer data)
{
    Entry *entry = data;
    g_free(entry->term);
    g_free(entry->sorted);
    g_ptr_array_unref(entry->blocks);
    if (entry->entries != NULL)
        g_ptr_array_unref(entry->entries);
    g_free(entry);
}

static UChar *
to_utf16(const char *text)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t room = (int32_t)strlen(text) + 1;
    UChar *wide = g_new0(UChar, (gsize)room);
    u_strFromUTF8(wide, room, NULL, text, -1, &status);
    return wide;
}

/* the term without quotation marks and hyphens */
static UChar *
sorted_form(const char *term)
{
    g_autoptr(GString) counted = g_string_new(NULL);
    for (const char *p = term; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar character = g_utf8_get_char(p);
        GUnicodeType type = g_unichar_type(character);
        if (type != G_UNICODE_INITIAL_PUNCTUATION &&
            type != G_UNICODE_FINAL_PUNCTUATION &&
            type != G_UNICODE_DASH_PUNCTUATION && character != '"' &&
            character != 0x201E && character != 0x201A && character != '\'')
            g_string_append_unichar(counted, character);
    }
    return to_utf16(counted->str);
}

static Entry *
find_entry(GPtrArray *entries, const char *term, Place place)
{
    for (guint i = 0; i < entries->len; i++) {
        Entry *entry = g_ptr_array_index(entries, i);
        if (strcmp(entry->term, term) == 0)
            return entry;
    }
    Entry *entry = g_new0(Entry, 1);
    entry->term = g_strdup(term);
    entry->sorted = sorted_form(term);
    entry->blocks = g_ptr_array_new();
    entry->place = place;
    g_ptr_array_add(entries, entry);
    return entry;
}

static void
add_term(GPtrArray *entries, const char *term, const xmlNode *block)
{
    g_auto(GStrv) levels = g_strsplit(term, ", ", 2);
    Place place = document_place(block);
    Entry *entry = find_entry(entries, levels[0], place);
    if (levels[1] != NULL) {
        if (entry->entries == NULL)
            entry->entries = g_ptr_array_new_with_free_func(free_entry);
        entry = find_entry(entry->entries, levels[1], place);
    }
    if (!g_ptr_array_find(entry->blocks, block, NULL))
        g_ptr_array_add(entry->blocks, (gpointer)block);
}

static void
collect(const xmlNode *node, GPtrArray *entries)
{
    for (; node != NULL; node = node->next) {
        if (node->type != XML_ELEMENT_NODE || node->ns != NULL)
            continue;
        const char *terms = xml_attribute(node, "index");
        g_auto(GStrv) list = g_strsplit(terms == NULL ? "" : terms, "; ", -1);
        for (int i = 0; list[i] != NULL; i++)
            add_term(entries, list[i], node);
        collect(node->children, entries);
    }
}

/* ---- order --------------------------------------------------------------- */

static int
compare(const Sorting *sorting, UCollationStrength strength, const UChar *a,
        const UChar *b)
{
    if (sorting->collator == NULL)
        return u_strCompare(a, -1, b, -1, true);
    ucol_setStrength(sorting->collator, strength);
    return (int)ucol_strcoll(sorting->collator, a, -1, b, -1);
}

static int
compare_entries(gconstpointer first, gconstpointer second, gpointer data)
{
    const Entry *a = *(Entry *const *)first, *b = *(Entry *const *)second;
    int order = compare(data, UCOL_TERTIARY, a->sorted, b->sorted);
    return order != 0 ? order : strcmp(a->term, b->term);
}

static void
sort_entries(Sorting *sorting, GPtrArray *entries)
{
    g_ptr_array_sort_with_data(entries, compare_entries, sorting);
    for (guint i = 0; i < entries->len; i++) {
        const Entry *entry = g_ptr_array_index(entries, i);
        const Entry *before = i == 0 ? NULL : g_ptr_array_index(entries, i - 1);
        if (entry->entries != NULL)
            sort_entries(sorting, entry->entries);
        if (before != NULL && compare(sorting, UCOL_SECONDARY, before->sorted,
                                      entry->sorted) == 0)
            diagnostics_add(sorting->diagnostics, LEVEL_WARNING,
                            "index-similar", entry->place,
                            "the terms \"%s\" and \"%s\" are two entries of "
                            "the index; write both in the same way",
                            before->term, entry->term);
    }
}

/* ---- letters ------------------------------------------------------------- */

static int
compare_letters(gconstpointer a, gconstpointer b, gpointer data)
{
    return compare(data, UCOL_TERTIARY, *(UChar *const *)a,
                   *(UChar *const *)b);
}

/* the letters that the language heads an index with; UChar strings, owned */
static GPtrArray *
find_letters(const Sorting *sorting, const char *lang)
{
    GPtrArray *letters = g_ptr_array_new_with_free_func(g_free);
    UErrorCode status = U_ZERO_ERROR;
    ULocaleData *data = ulocdata_open(lang, &status);
    USet *set = ulocdata_getExemplarSet(data, NULL, 0, ULOCDATA_ES_INDEX,
                                        &status);
    for (int32_t i = 0; U_SUCCESS(status) && i < uset_getItemCount(set); i++) {
        UChar32 start = 0, end = 0;
        UChar text[16] = {0};
        UErrorCode fault = U_ZERO_ERROR;
        int32_t length = uset_getItem(set, i, &start, &end, text,
                                      G_N_ELEMENTS(text) - 1, &fault);
        if (length > 0 && U_SUCCESS(fault))
            g_ptr_array_add(letters, g_memdup2(text, sizeof text));
        for (UChar32 c = start; length == 0 && c <= end; c++) {
            UChar *letter = g_new0(UChar, 4);
            int32_t written = 0;
            U16_APPEND_UNSAFE(letter, written, c);
            g_ptr_array_add(letters, letter);
        }
    }
    uset_close(set);
    ulocdata_close(data);
    g_ptr_array_sort_with_data(letters, compare_letters, (gpointer)sorting);
    for (guint i = letters->len; i > 1; i--) {
        if (compare(sorting, UCOL_PRIMARY, g_ptr_array_index(letters, i - 2),
                    g_ptr_array_index(letters, i - 1)) == 0)
            g_ptr_array_remove_index(letters, i - 1);
    }
    return letters;
}

/* the heading above the term; "" where it begins with no letter */
static char *
heading_of(const Sorting *sorting, const GPtrArray *letters, const Entry *entry)
{
    const UChar *found = NULL;
    for (guint i = 0; i < letters->len; i++) {
        const UChar *letter = g_ptr_array_index(letters, i);
        if (compare(sorting, UCOL_PRIMARY, letter, entry->sorted) > 0)
            break;
        found = letter;
    }
    char text[64] = "";
    UErrorCode status = U_ZERO_ERROR;
    if (found != NULL)
        u_strToUTF8(text, sizeof text, NULL, found, -1, &status);
    return g_strdup(text);
}

/* ---- writing ------------------------------------------------------------- */

static void
write_entry(xmlNode *parent, const Entry *entry)
{
    xmlNode *element = xmlNewChild(parent, NULL, XML("entry"), NULL);
    xmlNewTextChild(element, NULL, XML("term"), XML(entry->term));
    for (guint i = 0; i < entry->blocks->len; i++) {
        xmlNode *at = xmlNewChild(element, NULL, XML("at"), NULL);
        xmlSetProp(at, XML("ref"),
                   XML(xml_attribute(g_ptr_array_index(entry->blocks, i),
                                     "id")));
    }
    for (guint i = 0; entry->entries != NULL && i < entry->entries->len; i++)
        write_entry(element, g_ptr_array_index(entry->entries, i));
}

static void
write_entries(const Sorting *sorting, xmlNode *index, const GPtrArray *letters,
              const GPtrArray *entries)
{
    xmlNode *group = NULL;
    for (guint i = 0; i < entries->len; i++) {
        const Entry *entry = g_ptr_array_index(entries, i);
        g_autofree char *heading = heading_of(sorting, letters, entry);
        if (group == NULL ||
            strcmp(xml_attribute(group, "title"), heading) != 0) {
            group = xmlNewChild(index, NULL, XML("letter"), NULL);
            xmlSetProp(group, XML("title"), XML(heading));
        }
        write_entry(group, entry);
    }
}

static void
find_places(xmlNode *node, GPtrArray *places)
{
    for (; node != NULL; node = node->next) {
        if (xml_is(node, "index"))
            g_ptr_array_add(places, node);
        else if (node->type == XML_ELEMENT_NODE)
            find_places(node->children, places);
    }
}

static void
say_empty(const GPtrArray *entries, const GPtrArray *places,
          Diagnostics *diagnostics)
{
    if (entries->len == 0 && places->len > 0)
        diagnostics_add(diagnostics, LEVEL_WARNING, "index-empty",
                        document_place(g_ptr_array_index(places, 0)),
                        "the index has no terms; write <!-- index: term --> "
                        "before the blocks that it shall lead to");
    if (entries->len > 0 && places->len == 0)
        diagnostics_add(diagnostics, LEVEL_WARNING, "index-unplaced",
                        ((const Entry *)g_ptr_array_index(entries, 0))->place,
                        "there are %u terms for an index, but no place where "
                        "it stands; write ```index in a chapter",
                        entries->len);
}

void
index_fill(Document *document, bool is_extract, Diagnostics *diagnostics)
{
    xmlNode *root = document_root(document);
    const char *lang = xml_attribute(root, "lang");
    g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func(free_entry);
    g_autoptr(GPtrArray) places = g_ptr_array_new();
    collect(root->children, entries);
    find_places(root->children, places);
    if (!is_extract || places->len > 0)
        say_empty(entries, places, diagnostics);
    if (entries->len == 0 || places->len == 0)
        return;
    UErrorCode status = U_ZERO_ERROR;
    Sorting sorting = {.diagnostics = diagnostics,
                       .collator = ucol_open(lang, &status)};
    sort_entries(&sorting, entries);
    g_autoptr(GPtrArray) letters = find_letters(&sorting, lang);
    for (guint i = 0; i < places->len; i++)
        write_entries(&sorting, g_ptr_array_index(places, i), letters, entries);
    ucol_close(sorting.collator);
}

/* ---- what a translator may have overlooked ------------------------------- */

/* ids of the blocks without terms, as a set */
static void
collect_bare(const xmlNode *chapter, GHashTable *ids)
{
    for (const xmlNode *block = xml_first(chapter); block != NULL;
         block = xml_next(block, NULL)) {
        const char *id = xml_attribute(block, "id");
        if (id != NULL && xml_attribute(block, "index") == NULL)
            g_hash_table_add(ids, (gpointer)id);
    }
}

static void
compare_chapter(const xmlNode *chapter, GHashTable *ids,
                Diagnostics *diagnostics)
{
    const xmlNode *first = NULL;
    int count = 0;
    for (const xmlNode *block = xml_first(chapter); block != NULL;
         block = xml_next(block, NULL)) {
        if (xml_attribute(block, "index") == NULL ||
            !g_hash_table_contains(ids, xml_attribute(block, "id")))
            continue;
        first = first == NULL ? block : first;
        count++;
    }
    if (first != NULL)
        diagnostics_add(diagnostics, LEVEL_NOTE, "index-terms-missing",
                        document_place(first),
                        "%d blocks of this chapter have terms for the index "
                        "that the edition has none for; the first is '%s' with "
                        "\"%s\"",
                        count, xml_attribute(first, "at"),
                        xml_attribute(first, "index"));
}

void
index_compare(const Document *base, const Document *edition,
              Diagnostics *diagnostics)
{
    g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
    for (const xmlNode *chapter = xml_child(document_root(edition), "chapter");
         chapter != NULL; chapter = xml_next(chapter, "chapter"))
        collect_bare(chapter, ids);
    for (const xmlNode *chapter = xml_child(document_root(base), "chapter");
         chapter != NULL; chapter = xml_next(chapter, "chapter"))
        compare_chapter(chapter, ids, diagnostics);
}
