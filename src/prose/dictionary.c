/* SPDX-License-Identifier: MIT */
/* Hunspell's dictionaries, asked once for each word. */
#include "prose/dictionary.h"

#include "base/file.h"

#include <hunspell/hunspell.h>
#include <string.h>

enum { MAX_SUGGESTIONS = 3, MAX_LIST_BYTES = 1 << 22 };

struct Dictionary {
    Hunhandle *handle;
    GIConv to, from;   /* of its encoding; (GIConv)-1: UTF-8 */
    GHashTable *known; /* word -> bool + 1 */
};

static const char *const folders[] = {"/usr/share/hunspell",
                                      "/usr/share/myspell/dicts"};

/* a path without ending, owned; NULL */
static char *
find_files(const char *folder, const char *name, const char *lang)
{
    g_auto(GStrv) files = file_list(folder);
    g_autofree char *prefix = g_strconcat(lang, "_", NULL);
    g_autofree char *plain = g_strconcat(lang, ".dic", NULL);
    g_autofree char *exact = g_strconcat(name == NULL ? "" : name, ".dic", NULL);
    for (int i = 0; files[i] != NULL; i++) {
        bool fits = name != NULL ? strcmp(files[i], exact) == 0
                                 : g_str_has_suffix(files[i], ".dic") &&
                                       (strcmp(files[i], plain) == 0 ||
                                        g_str_has_prefix(files[i], prefix));
        if (fits)
            return g_strdup_printf("%s/%.*s", folder,
                                   (int)strlen(files[i]) - 4, files[i]);
    }
    return NULL;
}

Dictionary *
dictionary_open(const char *name, const char *lang)
{
    g_autofree char *path = NULL;
    const char *own = g_getenv("DICPATH");
    if (own != NULL)
        path = find_files(own, name, lang);
    for (size_t i = 0; i < G_N_ELEMENTS(folders) && path == NULL; i++)
        path = find_files(folders[i], name, lang);
    if (path == NULL)
        return NULL;
    g_autofree char *affixes = g_strconcat(path, ".aff", NULL);
    g_autofree char *words = g_strconcat(path, ".dic", NULL);
    Dictionary *dictionary = g_new0(Dictionary, 1);
    dictionary->handle = Hunspell_create(affixes, words);
    const char *encoding = Hunspell_get_dic_encoding(dictionary->handle);
    bool is_plain = g_ascii_strcasecmp(encoding, "UTF-8") == 0;
    dictionary->to =
        is_plain ? (GIConv)-1 : g_iconv_open(encoding, "UTF-8");
    dictionary->from =
        is_plain ? (GIConv)-1 : g_iconv_open("UTF-8", encoding);
    dictionary->known =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return dictionary;
}

void
dictionary_free(Dictionary *dictionary)
{
    if (dictionary == NULL)
        return;
    Hunspell_destroy(dictionary->handle);
    if (dictionary->to != (GIConv)-1)
        g_iconv_close(dictionary->to);
    if (dictionary->from != (GIConv)-1)
        g_iconv_close(dictionary->from);
    g_hash_table_unref(dictionary->known);
    g_free(dictionary);
}

/* NULL: the encoding lacks a letter of it */
static char *
convert(const char *word, GIConv conversion)
{
    return conversion == (GIConv)-1
               ? g_strdup(word)
               : g_convert_with_iconv(word, -1, conversion, NULL, NULL, NULL);
}

bool
dictionary_knows(Dictionary *dictionary, const char *word)
{
    int known =
        GPOINTER_TO_INT(g_hash_table_lookup(dictionary->known, word));
    if (known == 0) {
        g_autofree char *coded = convert(word, dictionary->to);
        bool is_known = coded != NULL &&
                        Hunspell_spell(dictionary->handle, coded) != 0;
        known = is_known ? 2 : 1;
        g_hash_table_insert(dictionary->known, g_strdup(word),
                            GINT_TO_POINTER(known));
    }
    return known == 2;
}

char *
dictionary_suggest(Dictionary *dictionary, const char *word)
{
    g_autofree char *coded = convert(word, dictionary->to);
    GString *text = g_string_new(NULL);
    char **list = NULL;
    int count = coded == NULL
                    ? 0
                    : Hunspell_suggest(dictionary->handle, &list, coded);
    for (int i = 0; i < MIN(count, MAX_SUGGESTIONS); i++) {
        g_autofree char *suggestion = convert(list[i], dictionary->from);
        if (suggestion != NULL)
            g_string_append_printf(text, "%s%s", text->len == 0 ? "" : ", ",
                                   suggestion);
    }
    if (count > 0)
        Hunspell_free_list(dictionary->handle, &list, count);
    return g_string_free(text, FALSE);
}

/* ---- the project's list -------------------------------------------------- */

struct WordList {
    GHashTable *words; /* casefolded, as a set */
    GPtrArray *stems;  /* casefolded */
};

WordList *
word_list_load(const char *root, const char *file)
{
    WordList *list = g_new0(WordList, 1);
    list->words =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    list->stems = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GBytes) bytes = file_load(root, file, MAX_LIST_BYTES, NULL);
    gsize length = 0;
    const char *data =
        bytes == NULL ? NULL : g_bytes_get_data(bytes, &length);
    g_autofree char *raw = data == NULL ? g_strdup("") : g_strndup(data, length);
    g_autofree char *text = g_utf8_make_valid(raw, -1);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (int i = 0; lines[i] != NULL; i++) {
        lines[i][strcspn(lines[i], "#")] = '\0';
        g_autofree char *word = g_utf8_casefold(g_strstrip(lines[i]), -1);
        size_t size = strlen(word);
        if (size > 1 && word[size - 1] == '*') {
            word[size - 1] = '\0';
            g_ptr_array_add(list->stems, g_steal_pointer(&word));
        } else if (size > 0) {
            g_hash_table_add(list->words, g_steal_pointer(&word));
        }
    }
    return list;
}

void
word_list_free(WordList *list)
{
    g_hash_table_unref(list->words);
    g_ptr_array_unref(list->stems);
    g_free(list);
}

bool
word_list_has(const WordList *list, const char *word)
{
    g_autofree char *folded = g_utf8_casefold(word, -1);
    if (g_hash_table_contains(list->words, folded))
        return true;
    for (guint i = 0; i < list->stems->len; i++) {
        if (g_str_has_prefix(folded, g_ptr_array_index(list->stems, i)))
            return true;
    }
    return false;
}
