/* SPDX-License-Identifier: MIT */
/*
 * A project: manual.xml, the chapters, each edition's data and words.
 *
 * Everything named in XML is looked up inside the project only, so that a
 * symbolic link or "../" cannot make us read or print a foreign file.
 */
#include "read/markdown.h"

#include "base/file.h"
#include "base/xml.h"

#include <string.h>

#define MANUAL_FILE "manual/manual.xml"

/* ---- manual.xml ---------------------------------------------------------- */

static void
free_chapter(gpointer data)
{
    ManualChapter *chapter = data;
    g_free(chapter->src);
    g_free(chapter->role);
    g_free(chapter);
}

void
manual_free(Manual *manual)
{
    if (manual == NULL)
        return;
    g_free(manual->root);
    g_free(manual->lang);
    g_ptr_array_unref(manual->chapters);
    g_strfreev(manual->editions);
    g_free(manual);
}

/* a name of letters, digits, hyphens: what may be a folder of locales/ */
static bool
is_edition_name(const char *name)
{
    return document_is_id(name, strlen(name));
}

static char **
find_editions(const char *root)
{
    g_autofree char *locales = g_build_filename(root, "locales", NULL);
    g_auto(GStrv) names = file_list(locales);
    GPtrArray *editions = g_ptr_array_new();
    for (int i = 0; names[i] != NULL; i++) {
        g_autofree char *path =
            g_build_filename("locales", names[i], "edition.xml", NULL);
        g_autofree char *real =
            is_edition_name(names[i]) ? file_resolve(root, path, NULL) : NULL;
        if (real != NULL)
            g_ptr_array_add(editions, g_strdup(names[i]));
    }
    g_ptr_array_add(editions, NULL);
    return (char **)g_ptr_array_free(editions, FALSE);
}

/* false after a diagnostic at the line of manual.xml that names the chapter */
static bool
check_chapter(const char *root, const ManualChapter *chapter, GHashTable *seen,
              Diagnostics *diagnostics)
{
    Place place = {MANUAL_FILE, chapter->line, 0};
    if (!g_hash_table_add(seen, chapter->src)) {
        diagnostics_add(diagnostics, LEVEL_INVALID, "chapter-twice", place,
                        "the chapter %s is listed twice; delete one of the "
                        "two lines",
                        chapter->src);
        return false;
    }
    g_autoptr(GError) error = NULL;
    g_autofree char *name = g_build_filename("manual", chapter->src, NULL);
    g_autofree char *real = file_resolve(root, name, &error);
    if (real != NULL && g_file_test(real, G_FILE_TEST_IS_REGULAR))
        return true;
    if (g_error_matches(error, FILE_ERROR, FILE_ERROR_OUTSIDE))
        diagnostics_add(diagnostics, LEVEL_INVALID, "source-outside", place,
                        "%s leads outside the project; copy the file into "
                        "manual/",
                        name);
    else if (g_error_matches(error, FILE_ERROR, FILE_ERROR_READ))
        diagnostics_add(diagnostics, LEVEL_INVALID, "source-unreadable", place,
                        "%s; mend the file or its link", error->message);
    else
        diagnostics_add(diagnostics, LEVEL_INVALID, "chapter-missing", place,
                        "there is no file %s; write it, or delete this line",
                        name);
    return false;
}

static bool
fill_manual(Manual *manual, const xmlDoc *xml, Diagnostics *diagnostics)
{
    const xmlNode *root = xmlDocGetRootElement((xmlDoc *)xml);
    manual->lang = g_strdup(xml_attribute(root, "lang"));
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    bool is_whole = true;
    for (const xmlNode *node = xml_child(root, "chapter"); node != NULL;
         node = xml_next(node, "chapter")) {
        ManualChapter *chapter = g_new0(ManualChapter, 1);
        const char *role = xml_attribute(node, "role");
        chapter->src = g_strdup(xml_attribute(node, "src"));
        chapter->role = g_strdup(role == NULL ? "chapter" : role);
        chapter->line = (int)xmlGetLineNo((xmlNode *)node);
        g_ptr_array_add(manual->chapters, chapter);
        is_whole =
            check_chapter(manual->root, chapter, seen, diagnostics) && is_whole;
    }
    if (manual->chapters->len > 0)
        return is_whole;
    diagnostics_add(diagnostics, LEVEL_INVALID, "empty-manual",
                    (Place){MANUAL_FILE, (int)xmlGetLineNo((xmlNode *)root), 0},
                    "no chapter is listed; write "
                    "<chapter src=\"01-name.md\"/>");
    return false;
}

Manual *
manual_load(const char *root, Diagnostics *diagnostics)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *real = file_resolve(root, ".", NULL);
    g_autofree char *file =
        real == NULL ? NULL : file_resolve(real, MANUAL_FILE, &error);
    if (file == NULL &&
        !g_error_matches(error, FILE_ERROR, FILE_ERROR_OUTSIDE)) {
        diagnostics_add(diagnostics, LEVEL_INVALID, "manual-missing",
                        (Place){MANUAL_FILE, 0, 0},
                        "%s is no manual's folder: it has no %s; name the "
                        "folder with -C",
                        root, MANUAL_FILE);
        return NULL;
    }
    xmlDoc *xml = xml_load(real, MANUAL_FILE, diagnostics);
    if (xml == NULL)
        return NULL;
    Manual *manual = g_new0(Manual, 1);
    manual->root = g_steal_pointer(&real);
    manual->chapters = g_ptr_array_new_with_free_func(free_chapter);
    manual->editions = find_editions(manual->root);
    if (!xml_validate(xml, "manual", MANUAL_FILE, diagnostics) ||
        !fill_manual(manual, xml, diagnostics))
        g_clear_pointer(&manual, manual_free);
    xmlFreeDoc(xml);
    return manual;
}

/* ---- the base ------------------------------------------------------------ */

static void
read_chapter(Document *document, const Manual *manual,
             const ManualChapter *chapter, Diagnostics *diagnostics)
{
    g_autofree char *name = g_build_filename("manual", chapter->src, NULL);
    Source *source = source_load(manual->root, name, diagnostics);
    if (source == NULL)
        return;
    document_take_source(document, source);
    xmlNode *node = markdown_add(document_root(document), "chapter");
    markdown_set(node, "file", source->file);
    markdown_set(node, "role", chapter->role);
    ReadOptions options = {0};
    read_markdown(node, source, 1, source->line_count, &options, diagnostics);
}

static xmlNode *
next_chapter(const xmlNode *node)
{
    return (xmlNode *)xml_next(node, "chapter");
}

Document *
read_manual(const Manual *manual, Diagnostics *diagnostics)
{
    Document *document = document_new(manual->lang, manual->lang, manual->lang);
    read_edition(document, manual->root, "manual", diagnostics);
    for (guint i = 0; i < manual->chapters->len; i++)
        read_chapter(document, manual, g_ptr_array_index(manual->chapters, i),
                     diagnostics);
    g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
    xmlNode *first = (xmlNode *)xml_child(document_root(document), "chapter");
    for (xmlNode *chapter = first; chapter != NULL;
         chapter = next_chapter(chapter))
        number_reserve(chapter, ids, diagnostics);
    for (xmlNode *chapter = first; chapter != NULL;
         chapter = next_chapter(chapter))
        read_number_blocks(chapter, ids, diagnostics);
    return document;
}

/* ---- edition.xml and words.xml ------------------------------------------- */

static char *
normal_text(const xmlNode *node)
{
    g_autofree char *text = xml_text(node);
    GString *folded = g_string_new(NULL);
    for (const char *c = text; *c != '\0'; c++) {
        bool is_space = strchr(" \t\r\n", *c) != NULL;
        if (!is_space)
            g_string_append_c(folded, *c);
        else if (folded->len > 0 && folded->str[folded->len - 1] != ' ')
            g_string_append_c(folded, ' ');
    }
    g_strchomp(folded->str);
    char *normal = markdown_clean(folded->str);
    g_string_free(folded, TRUE);
    return normal;
}

/* a copy without namespace, blanks in its texts folded */
static void
copy_element(xmlNode *parent, const xmlNode *node)
{
    xmlNode *copy = markdown_add(parent, (const char *)node->name);
    for (const xmlAttr *attribute = node->properties; attribute != NULL;
         attribute = attribute->next) {
        const char *name = (const char *)attribute->name;
        if (attribute->ns == NULL)
            markdown_set(copy, name, xml_attribute(node, name));
    }
    const xmlNode *child = xml_first(node);
    if (child == NULL) {
        g_autofree char *text = normal_text(node);
        markdown_add_text(copy, text, strlen(text));
    }
    for (; child != NULL; child = xml_next(child, NULL))
        copy_element(copy, child);
    if (xml_is(node, "p")) /* facts may stand in it */
        document_set_place(
            copy, (Place){NULL, (int)xmlGetLineNo((xmlNode *)node), 1}, 0);
}

/* a new child of the root, in the place of the old one */
static xmlNode *
replace_child(Document *document, const char *name)
{
    xmlNode *root = document_root(document);
    xmlNode *old = (xmlNode *)xml_child(root, name);
    xmlNode *fresh = xmlNewNode(NULL, (const xmlChar *)name);
    if (old != NULL) {
        xmlReplaceNode(old, fresh);
        xmlFreeNode(old);
        return fresh;
    }
    const xmlNode *before = xml_child(root, "edition");
    xmlNode *first = root->children;
    if (before != NULL)
        xmlAddNextSibling((xmlNode *)before, fresh);
    else if (first != NULL)
        xmlAddPrevSibling(first, fresh);
    else
        xmlAddChild(root, fresh);
    return fresh;
}

static void
fill_edition(xmlNode *edition, const xmlNode *source, const char *file)
{
    static const char *const attributes[] = {"lang", "country", "module",
                                             "via"};
    static const char *const data[] = {"revision", "date", "law-date"};
    for (size_t i = 0; i < G_N_ELEMENTS(attributes); i++) {
        const char *value = xml_attribute(source, attributes[i]);
        if (value != NULL)
            markdown_set(edition, attributes[i], value);
    }
    for (const xmlNode *node = xml_first(source); node != NULL;
         node = xml_next(node, NULL)) {
        bool is_data = false;
        for (size_t i = 0; i < G_N_ELEMENTS(data); i++)
            is_data = is_data || xml_is(node, data[i]);
        g_autofree char *text = normal_text(node);
        if (is_data)
            markdown_set(edition, (const char *)node->name, text);
        else
            copy_element(edition, node);
    }
    xmlNode *imprint = (xmlNode *)xml_child(edition, "imprint");
    if (imprint != NULL)
        markdown_set(imprint, "file", file);
}

static bool
has_file(const char *root, const char *name)
{
    g_autofree char *path = file_resolve(root, name, NULL);
    return path != NULL;
}

/* blanks count: a word may be a space between groups of digits */
static void
copy_word(xmlNode *words, const xmlNode *word)
{
    xmlNode *copy = markdown_add(words, "word");
    markdown_set(copy, "name", xml_attribute(word, "name"));
    g_autofree char *text = xml_text(word);
    markdown_add_text(copy, text, strlen(text));
}

static bool
read_words(Document *document, const char *root, const char *folder,
           Diagnostics *diagnostics)
{
    g_autofree char *name = g_build_filename(folder, "words.xml", NULL);
    xmlNode *words = replace_child(document, "words");
    if (!has_file(root, name)) {
        diagnostics_add(diagnostics, LEVEL_WARNING, "words-missing",
                        (Place){g_intern_string(name), 0, 0},
                        "the edition has no %s, so the layout's fixed words "
                        "are English; copy another edition's file and "
                        "translate it",
                        name);
        return true;
    }
    xmlDoc *xml = xml_load(root, name, diagnostics);
    if (xml == NULL)
        return false;
    bool is_valid = xml_validate(xml, "words", name, diagnostics);
    if (is_valid) {
        const xmlNode *source = xmlDocGetRootElement(xml);
        markdown_set(words, "lang", xml_attribute(source, "lang"));
        for (const xmlNode *word = xml_child(source, "word"); word != NULL;
             word = xml_next(word, "word"))
            copy_word(words, word);
    }
    xmlFreeDoc(xml);
    return is_valid;
}

bool
read_edition(Document *document, const char *root, const char *folder,
             Diagnostics *diagnostics)
{
    g_autofree char *name = g_build_filename(folder, "edition.xml", NULL);
    xmlNode *edition = replace_child(document, "edition");
    bool has_words = read_words(document, root, folder, diagnostics);
    if (!has_file(root, name)) {
        diagnostics_add(diagnostics, LEVEL_INVALID, "edition-missing",
                        (Place){g_intern_string(name), 0, 0},
                        "there is no %s with the title, language and dates of "
                        "the edition; write it",
                        name);
        return false;
    }
    xmlDoc *xml = xml_load(root, name, diagnostics);
    bool is_valid =
        xml != NULL && xml_validate(xml, "edition", name, diagnostics);
    if (is_valid)
        fill_edition(edition, xmlDocGetRootElement(xml), name);
    xmlFreeDoc(xml);
    return is_valid && has_words;
}
