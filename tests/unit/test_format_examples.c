/* SPDX-License-Identifier: MIT */
/*
 * The examples in the pages of docs/format are tests.
 *
 *   ```````` example        Markdown, a line with one dot, the blocks as the
 *   # Heading {#h}          Document has them; then, where the text is not in
 *   .                       order, another dot and the diagnostics, each as
 *   <heading .../>          line:column: level: name.  A tab is written →.
 *   ````````
 *
 * Places are left out unless the word `places` follows; so is `at` where it is
 * the id.  A fence with the words `xml SCHEMA` must be valid, with
 * `xml SCHEMA wrong` it must not.
 */
#include "base/xml.h"
#include "read/read.h"

#include <string.h>

typedef struct {
    char *name; /* markdown.md:123 */
    char *info; /* the words behind the fence */
    char *text;
} Example;

static void
free_example(gpointer data)
{
    Example *example = data;
    g_free(example->name);
    g_free(example->info);
    g_free(example->text);
    g_free(example);
}

/* the repository: the nearest folder above that has docs/format */
static char *
find_formats(void)
{
    g_autofree char *folder = g_get_current_dir();
    for (int i = 0; i < 6; i++) {
        g_autofree char *path = g_build_filename(folder, "docs/format", NULL);
        if (g_file_test(path, G_FILE_TEST_IS_DIR))
            return g_steal_pointer(&path);
        char *parent = g_path_get_dirname(folder);
        g_free(folder);
        folder = parent;
    }
    g_error("no docs/format above the current folder");
}

static void
collect_examples(const char *path, GPtrArray *examples)
{
    g_autofree char *content = NULL;
    g_assert_true(g_file_get_contents(path, &content, NULL, NULL));
    g_autofree char *base = g_path_get_basename(path);
    g_auto(GStrv) lines = g_strsplit(content, "\n", -1);
    for (int i = 0; lines[i] != NULL; i++) {
        size_t fence = strspn(lines[i], "`");
        if (fence < 3)
            continue;
        GString *text = g_string_new(NULL);
        g_autofree char *info = g_strstrip(g_strdup(lines[i] + fence));
        int start = i + 1;
        for (i++; lines[i] != NULL; i++) {
            if (strspn(lines[i], "`") >= fence &&
                strspn(lines[i], "`") == strlen(lines[i]))
                break;
            g_string_append_printf(text, "%s\n", lines[i]);
        }
        g_assert_nonnull(lines[i]);
        g_string_replace(text, "→", "\t", 0);
        Example *example = g_new0(Example, 1);
        example->name = g_strdup_printf("/format/%s:%d", base, start);
        example->info = g_steal_pointer(&info);
        example->text = g_string_free(text, FALSE);
        g_ptr_array_add(examples, example);
    }
}

/* ---- Markdown ------------------------------------------------------------ */

static void
drop_places(xmlNode *node, bool keeps_places)
{
    static const char *const places[] = {"place"};
    for (; node != NULL; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        xmlUnsetProp(node, BAD_CAST "file");
        for (size_t i = 0; i < G_N_ELEMENTS(places) && !keeps_places; i++)
            xmlUnsetProp(node, BAD_CAST places[i]);
        const char *at = xml_attribute(node, "at");
        if (at != NULL && g_strcmp0(at, xml_attribute(node, "id")) == 0)
            xmlUnsetProp(node, BAD_CAST "at");
        drop_places(node->children, keeps_places);
    }
}

/* the lines between <chapter ..> and </chapter>, at the left margin */
static char *
dump_blocks(const Document *document)
{
    g_autofree char *dump = document_dump(document);
    g_auto(GStrv) lines = g_strsplit(dump, "\n", -1);
    GString *blocks = g_string_new(NULL);
    for (int i = 2; lines[i] != NULL; i++) {
        if (strcmp(lines[i], "  </chapter>") == 0)
            break;
        if (lines[i][0] == '\0' || strcmp(lines[i], "</document>") == 0)
            continue;
        g_string_append_printf(
            blocks, "%s\n",
            g_str_has_prefix(lines[i], "    ") ? lines[i] + 4 : lines[i]);
    }
    return g_string_free(blocks, FALSE);
}

static char *
list_diagnostics(const Diagnostics *diagnostics)
{
    static const char *const levels[] = {"note", "warning", "error", "invalid"};
    GString *list = g_string_new(NULL);
    for (int i = 0; i < diagnostics_length(diagnostics); i++) {
        const Diagnostic *one = diagnostics_get(diagnostics, i);
        g_string_append_printf(list, "%d:%d: %s: %s\n", one->place.line,
                               one->place.column, levels[one->level],
                               one->name);
    }
    return g_string_free(list, FALSE);
}

/* what the document says of the Markdown: blocks, then diagnostics */
static char *
read_example(const char *markdown, bool keeps_places)
{
    g_autoptr(Diagnostics) diagnostics = diagnostics_new();
    g_autoptr(Document) document = document_new("lt", "lt", "lt");
    Source *source =
        source_new("manual/01-example.md", g_strdup(markdown),
                   strlen(markdown), diagnostics);
    g_assert_nonnull(source);
    document_take_source(document, source);
    xmlNode *chapter =
        xmlNewChild(document_root(document), NULL, BAD_CAST "chapter", NULL);
    xmlSetProp(chapter, BAD_CAST "file", BAD_CAST source->file);
    xmlSetProp(chapter, BAD_CAST "role", BAD_CAST "chapter");
    ReadOptions options = {0};
    read_markdown(chapter, source, 1, source->line_count, &options,
                  diagnostics);
    g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
    read_number_blocks(chapter, ids, diagnostics);
    read_check_references(document, diagnostics);
    g_assert_true(document_check(document, diagnostics));
    drop_places(chapter->children, keeps_places);
    g_autofree char *blocks = dump_blocks(document);
    g_autofree char *list = list_diagnostics(diagnostics);
    return g_strconcat(blocks, list[0] == '\0' ? "" : ".\n", list, NULL);
}

static void
test_markdown(gconstpointer data)
{
    const Example *example = data;
    const char *dot = g_str_has_prefix(example->text, ".\n")
                          ? example->text - 1
                          : strstr(example->text, "\n.\n");
    g_assert_nonnull(dot);
    g_autofree char *markdown =
        g_strndup(example->text, (gsize)(dot + 1 - example->text));
    bool keeps_places = strstr(example->info, "places") != NULL;
    g_autofree char *found = read_example(markdown, keeps_places);
    g_assert_cmpstr(found, ==, dot + 3);
}

/* ---- XML ----------------------------------------------------------------- */

static void
test_xml(gconstpointer data)
{
    const Example *example = data;
    g_auto(GStrv) words = g_strsplit(example->info, " ", -1);
    bool is_valid = g_strv_length(words) == 2;
    g_autoptr(Diagnostics) diagnostics = diagnostics_new();
    xmlDoc *xml = xml_read("example.xml", example->text,
                           strlen(example->text), diagnostics);
    g_assert_nonnull(xml);
    bool fits = xml_validate(xml, words[1], "example.xml", diagnostics);
    for (int i = 0; is_valid && i < diagnostics_length(diagnostics); i++)
        g_test_message("%s", diagnostics_get(diagnostics, i)->text);
    g_assert_cmpint(fits, ==, is_valid);
    xmlFreeDoc(xml);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    xml_init();
    g_autofree char *folder = find_formats();
    g_autoptr(GPtrArray) examples =
        g_ptr_array_new_with_free_func(free_example);
    g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
    const char *name;
    while ((name = g_dir_read_name(files)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_str_has_suffix(name, ".md"))
            collect_examples(path, examples);
    }
    for (guint i = 0; i < examples->len; i++) {
        const Example *example = g_ptr_array_index(examples, i);
        if (g_str_has_prefix(example->info, "xml "))
            g_test_add_data_func(example->name, example, test_xml);
        else if (strcmp(example->info, "example") == 0 ||
                 g_str_has_prefix(example->info, "example "))
            g_test_add_data_func(example->name, example, test_markdown);
    }
    return g_test_run();
}
