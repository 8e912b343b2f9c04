/* SPDX-License-Identifier: MIT */
/*
 * Reading: projects on the disk, fragments with their context, places that are
 * exact to the character, limits.  The dialect itself is tested by the examples
 * of docs/format (test_format_examples.c).
 */
#include "base/xml.h"
#include "read/read.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* ---- help ---------------------------------------------------------------- */

typedef struct {
    Document *document;
    xmlNode *chapter;
    const Source *source;
    Diagnostics *diagnostics;
} Read;

static Read
read_lines(const char *text, int first, int last, const ReadOptions *options)
{
    Read read = {.document = document_new("lt", "lt", "lt"),
                 .diagnostics = diagnostics_new()};
    Source *source = source_new("manual/01-a.md", g_strdup(text), strlen(text),
                                read.diagnostics);
    g_assert_nonnull(source);
    document_take_source(read.document, source);
    read.source = source;
    read.chapter = xmlNewChild(document_root(read.document), NULL,
                               BAD_CAST "chapter", NULL);
    xmlSetProp(read.chapter, BAD_CAST "file", BAD_CAST source->file);
    xmlSetProp(read.chapter, BAD_CAST "role", BAD_CAST "chapter");
    read_markdown(read.chapter, source, first,
                  last == 0 ? source->line_count : last, options,
                  read.diagnostics);
    return read;
}

static Read
read_text(const char *text)
{
    ReadOptions options = {0};
    return read_lines(text, 1, 0, &options);
}

static void
read_clear(Read *read)
{
    document_free(read->document);
    diagnostics_free(read->diagnostics);
}

static const xmlNode *
find_element(const xmlNode *node, const char *name, const char *key,
             const char *value)
{
    for (; node != NULL; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        if (xml_is(node, name) &&
            (key == NULL || g_strcmp0(xml_attribute(node, key), value) == 0))
            return node;
        const xmlNode *found = find_element(node->children, name, key, value);
        if (found != NULL)
            return found;
    }
    return NULL;
}

static void
assert_names(const Diagnostics *diagnostics, const char *names)
{
    GString *found = g_string_new(NULL);
    for (int i = 0; i < diagnostics_length(diagnostics); i++)
        g_string_append_printf(found, "%s%s", i == 0 ? "" : " ",
                               diagnostics_get(diagnostics, i)->name);
    g_assert_cmpstr(found->str, ==, names);
    g_string_free(found, TRUE);
}

/* ---- projects ------------------------------------------------------------ */

#define MANUAL "<manual xmlns='urn:vadovas:manual' lang='lt'>\n"

static char *
make_project(const char *manual)
{
    char *root = g_dir_make_tmp("vadovas-XXXXXX", NULL);
    g_assert_nonnull(root);
    g_autofree char *folder = g_build_filename(root, "manual", NULL);
    g_mkdir(folder, 0700);
    if (manual != NULL) {
        g_autofree char *path = g_build_filename(folder, "manual.xml", NULL);
        g_assert_true(g_file_set_contents(path, manual, -1, NULL));
    }
    return root;
}

static void
put(const char *root, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(root, name, NULL);
    g_autofree char *folder = g_path_get_dirname(path);
    g_mkdir_with_parents(folder, 0700);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void
remove_tree(const char *path)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    const char *name;
    while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
        g_autofree char *child = g_build_filename(path, name, NULL);
        if (g_file_test(child, G_FILE_TEST_IS_DIR) &&
            !g_file_test(child, G_FILE_TEST_IS_SYMLINK))
            remove_tree(child);
        else
            g_unlink(child);
    }
    g_rmdir(path);
}

/* the manual is refused with these names, at this line of manual.xml */
static void
assert_refused(char *root, const char *names, int line)
{
    g_autoptr(Diagnostics) diagnostics = diagnostics_new();
    g_autoptr(Manual) manual = manual_load(root, diagnostics);
    g_assert_null(manual);
    assert_names(diagnostics, names);
    g_assert_cmpint(diagnostics_get(diagnostics, 0)->place.line, ==, line);
    g_assert_cmpint(diagnostics_get(diagnostics, 0)->level, ==, LEVEL_INVALID);
    remove_tree(root);
    g_free(root);
}

static void
test_refused_projects(void)
{
    assert_refused(g_strdup("/nonexistent/vadovas"), "manual-missing", 0);
    assert_refused(make_project(NULL), "manual-missing", 0);
    assert_refused(make_project(MANUAL "</manual>"), "empty-manual", 1);
    assert_refused(make_project(MANUAL "<chapter"), "xml-invalid", 2);
    assert_refused(make_project(MANUAL "<chapter src='01-a.md'/>\n"
                                       "<chapter src='02-b.md'/></manual>"),
                   "chapter-missing chapter-missing", 2);
    char *root = make_project(MANUAL "<chapter src='01-a.md'/>\n"
                                     "<chapter src='01-a.md'/></manual>");
    put(root, "manual/01-a.md", "# A\n");
    assert_refused(root, "chapter-twice", 3);
    root = make_project(MANUAL "<chapter src='01-a.md'/></manual>");
    g_autofree char *link = g_build_filename(root, "manual/01-a.md", NULL);
    g_assert_cmpint(symlink("/etc/hostname", link), ==, 0);
    assert_refused(root, "source-outside", 2);
    root = make_project(MANUAL "<chapter src='01-a.md'/></manual>");
    put(root, "manual/01-a.md/x", "a folder");
    assert_refused(root, "chapter-missing", 2);
    root = make_project(MANUAL "<chapter src='../a.md'/></manual>");
    g_autoptr(Diagnostics) diagnostics = diagnostics_new();
    g_assert_null(manual_load(root, diagnostics));
    g_assert_true(diagnostics_has(diagnostics, "schema-violation"));
    remove_tree(root);
    g_free(root);
}

static char *
make_whole_project(void)
{
    char *root =
        make_project(MANUAL "<chapter src='01-a.md' role='front'/>\n"
                            "<chapter src='02-b.md'/></manual>");
    put(root, "manual/01-a.md", "# Pratarmė\n\n## Teisė\n\nŽr. [](#teise).\n");
    put(root, "manual/02-b.md", "# Teisė {#teise}\n\nA.[^a]\n\n[^a]: b\n");
    put(root, "manual/edition.xml",
        "<edition xmlns='urn:vadovas:edition' lang='lt' country='LT'>\n"
        "<title>Va\n  dovas</title><date>2026-11-23</date>"
        "<waiver key='q7m2' src='5f1c09ab' date='2026-11-23'>dėl</waiver>"
        "</edition>");
    put(root, "locales/et/edition.xml",
        "<edition xmlns='urn:vadovas:edition' lang='et'>"
        "<title>Juhend</title></edition>");
    put(root, "locales/et/words.xml",
        "<words xmlns='urn:vadovas:words' lang='et'>"
        "<word name='group-separator'> </word></words>");
    put(root, "locales/none/readme", "no edition");
    put(root, "locales/b d/edition.xml", "no name");
    return root;
}

static void
test_project(void)
{
    g_autofree char *root = make_whole_project();
    g_autoptr(Diagnostics) diagnostics = diagnostics_new();
    g_autoptr(Manual) manual = manual_load(root, diagnostics);
    g_assert_nonnull(manual);
    g_assert_cmpint(g_strv_length(manual->editions), ==, 1);
    g_assert_cmpstr(manual->editions[0], ==, "et");
    g_autoptr(Document) document = read_manual(manual, diagnostics);
    assert_names(diagnostics, "words-missing");
    g_assert_true(document_check(document, diagnostics));
    const xmlNode *root_node = document_root(document);
    const xmlNode *edition = xml_child(root_node, "edition");
    g_assert_cmpstr(xml_attribute(edition, "date"), ==, "2026-11-23");
    g_autofree char *title = xml_text(xml_child(edition, "title"));
    g_assert_cmpstr(title, ==, "Va dovas");
    /* an id that somebody wrote in a later chapter is not taken by words */
    const xmlNode *first = xml_child(root_node, "chapter");
    g_assert_cmpstr(xml_attribute(first, "id"), ==, "pratarme");
    g_assert_cmpstr(xml_attribute(first, "role"), ==, "front");
    g_assert_nonnull(find_element(first->children, "heading", "id", "teise-2"));
    const xmlNode *second = xml_next(first, "chapter");
    g_assert_cmpstr(xml_attribute(second, "id"), ==, "teise");
    g_assert_nonnull(
        find_element(second->children, "note-ref", "ref", "teise.fn.a"));
    read_check_references(document, diagnostics);
    assert_names(diagnostics, "words-missing");
    remove_tree(root);
}

static void
test_edition(void)
{
    g_autofree char *root = make_whole_project();
    g_autoptr(Diagnostics) diagnostics = diagnostics_new();
    g_autoptr(Manual) manual = manual_load(root, diagnostics);
    g_autoptr(Document) document = read_manual(manual, diagnostics);
    g_assert_true(read_edition(document, root, "locales/et", diagnostics));
    const xmlNode *edition = xml_child(document_root(document), "edition");
    g_assert_cmpstr(xml_attribute(edition, "lang"), ==, "et");
    g_assert_null(xml_next(edition, "edition"));
    const xmlNode *words = xml_next(edition, NULL);
    g_assert_true(xml_is(words, "words"));
    g_autofree char *word = xml_text(xml_first(words));
    g_assert_cmpstr(word, ==, " ");
    assert_names(diagnostics, "words-missing");
    g_assert_false(read_edition(document, root, "locales/lv", diagnostics));
    assert_names(diagnostics, "words-missing words-missing edition-missing");
    g_assert_true(document_check(document, diagnostics));
    remove_tree(root);
}

/* ---- fragments ----------------------------------------------------------- */

static void
test_fragment(void)
{
    static const char text[] = "nicht gelesen\n"
                               "Eestis [seadus] ja [oma].[^bk] {{fakt}}\n"
                               "\n"
                               "[oma]: https://oma.example\n"
                               "[^ja]: ei loe\n";
    ReadOptions options = {
        .context = "# Base\n\nText [x].\n\n[seadus]: https://a.example\n"
                   "[oma]: https://base.example\n\n[^bk]: Pastaba.\n\n"
                   "```\n[seadus]: https://wrong.example\n```\n",
        .fragment = true};
    Read read = read_lines(text, 2, 4, &options);
    assert_names(read.diagnostics, "");
    const xmlNode *block = xml_first(read.chapter);
    g_assert_true(xml_is(block, "paragraph"));
    g_assert_null(xml_next(block, NULL));
    g_assert_null(xml_attribute(block, "id"));
    g_assert_nonnull(
        find_element(block, "link", "href", "https://a.example"));
    g_assert_nonnull(
        find_element(block, "link", "href", "https://oma.example"));
    const xmlNode *note = find_element(block, "note-ref", "label", "bk");
    g_assert_nonnull(note);
    Place place = document_place(note);
    g_assert_cmpstr(place.file, ==, "manual/01-a.md");
    g_assert_cmpint(place.line, ==, 2);
    g_assert_cmpint(place.column, ==, 26);
    read_clear(&read);
}

/* a fragment that leaves its code open does not see the context as code */
static void
test_fragment_alone(void)
{
    ReadOptions options = {.context = "[a]: https://a.example\n\ntext\n"};
    Read read = read_lines("    code [a]\n", 1, 0, &options);
    const xmlNode *block = xml_first(read.chapter);
    g_assert_true(xml_is(block, "code"));
    g_assert_null(xml_next(block, NULL));
    read_clear(&read);
    read = read_lines("```\nlahti\n", 1, 0, &options);
    g_autofree char *code = xml_text(xml_first(read.chapter));
    g_assert_cmpstr(code, ==, "lahti");
    assert_names(read.diagnostics, "fence-unclosed");
    read_clear(&read);
    read = read_lines(": Pealkiri\n", 1, 0, &options);
    g_assert_true(xml_is(xml_first(read.chapter), "caption"));
    read_clear(&read);
}

static void
test_numbering_twice(void)
{
    Read read = read_text("# A\n\nB.\n\n- c\n");
    g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
    read_number_blocks(read.chapter, ids, read.diagnostics);
    g_autofree char *once = document_dump(read.document);
    read_number_blocks(read.chapter, ids, read.diagnostics);
    g_autofree char *twice = document_dump(read.document);
    g_assert_cmpstr(once, ==, twice);
    assert_names(read.diagnostics, "");
    read_clear(&read);
}

/* ---- characters ---------------------------------------------------------- */

static void
test_characters(void)
{
    /* decomposed, CRLF, a lone CR, a control character, an entity of one */
    Read read = read_text("# Poz\xCC\x8Cymis\r\n\r\nA\rb\x01 c &#1; d\r\n");
    assert_names(read.diagnostics, "control-character control-character");
    Place place = diagnostics_get(read.diagnostics, 1)->place;
    g_assert_cmpint(place.line, ==, 3);
    g_assert_cmpint(place.column, ==, 4);
    g_autofree char *heading = xml_text(xml_child(read.chapter, "heading"));
    g_assert_cmpstr(heading, ==, "Požymis");
    g_autofree char *text = xml_text(xml_child(read.chapter, "paragraph"));
    g_assert_cmpstr(text, ==, "A b  c \xEF\xBF\xBD d");
    read_clear(&read);
}

/* ---- places -------------------------------------------------------------- */

/* pieces that move cmark's own columns out of step */
static const char *const noise[] = {
    "žodis ",         "&amp;&scaron; ",   "\\* \\[ \\{{x ", "`a [ {{b}} ]` ",
    "*įžanga* ",      "**_a_ b** ",       "~~x~~ ",         "[l](http://a.b \"c\") ",
    "![a](b.svg) ",   "<https://a.b/_c> ", "<b> ",          "a & b < c ",
    "[r][ref] ",      "[ref] ",           "_a*b_ ",         "] ) ",
    "¹²³ ",           "\\\\ ",            "``x ` y`` ",     "a_b_c "};

typedef struct {
    const char *name, *key, *prefix;
    int line, column, number;
} Expected;

/* the number of characters of a line, where it is put together */
static int
characters(const GString *text, gsize line_start)
{
    return (int)g_utf8_strlen(text->str + line_start, -1) + 1;
}

static void
append_target(GString *text, Expected *expected, int number, gsize line_start,
              int line)
{
    static const struct {
        const char *name, *key, *format, *value;
    } targets[] = {
        {"fact", "ref", "{{f-%d}} ", "f-"},
        {"note-ref", "label", "[^n%d] ", "n"},
        {"xref", "ref", "[](#x%d) ", "x"},
        {"link", "href", "[žr.](tel:%d) ", "tel:"},
        {"image", "src", "![č](i%d) ", "i"},
    };
    int kind = g_test_rand_int_range(0, G_N_ELEMENTS(targets));
    *expected = (Expected){targets[kind].name,
                           targets[kind].key,
                           targets[kind].value,
                           line,
                           characters(text, line_start),
                           number};
    g_string_append_printf(text, targets[kind].format, number);
}

static void
check_places(const Read *read, const Expected *expected, int count,
             const char *text)
{
    for (int i = 0; i < count; i++) {
        g_autofree char *value =
            g_strdup_printf("%s%d", expected[i].prefix, expected[i].number);
        const xmlNode *node = find_element(read->chapter, expected[i].name,
                                           expected[i].key, value);
        if (node == NULL)
            g_test_message("%s: %s", value, text);
        g_assert_nonnull(node);
        Place place = document_place(node);
        if (place.line != expected[i].line ||
            place.column != expected[i].column)
            g_test_message("%s: %s", value, text);
        g_assert_cmpint(place.line, ==, expected[i].line);
        g_assert_cmpint(place.column, ==, expected[i].column);
    }
}

static void
test_places(void)
{
    static const char *const starts[] = {"", "> ", "> - ", "- ", "1. > ",
                                         "# ", "[^note]: ", "| a | b |\n|-|-|\n"};
    static const char *const nexts[] = {"", "> ", ">   ", "  ", "   > ",
                                        NULL, "    ", NULL};
    for (int round = 0; round < 3000; round++) {
        int kind = g_test_rand_int_range(0, G_N_ELEMENTS(starts));
        GString *text = g_string_new("pirma\n\n");
        g_string_append(text, starts[kind]);
        bool is_table = kind == G_N_ELEMENTS(starts) - 1;
        int line = is_table ? 5 : 3, count = 0;
        gsize line_start = is_table ? text->len : strlen("pirma\n\n");
        /* a word before, or an image alone would be a figure */
        g_string_append(text, is_table ? "| z " : "z ");
        Expected expected[40];
        int pieces = g_test_rand_int_range(1, 30);
        for (int i = 0; i < pieces; i++) {
            int choice = g_test_rand_int_range(0, 10);
            if (choice < 3)
                append_target(text, &expected[count], count, line_start, line),
                    count++;
            else if (choice == 3 && nexts[kind] != NULL && i > 0 &&
                     i < pieces - 1) {
                g_string_append(text, "z\n");
                line_start = text->len;
                line++;
                g_string_append_printf(text, "%sz ", nexts[kind]);
            } else if (choice == 4 && is_table)
                g_string_append(text, "a \\| b ");
            else
                g_string_append(text, noise[g_test_rand_int_range(
                                          0, G_N_ELEMENTS(noise))]);
        }
        if (is_table)
            g_string_append(text, "| z |");
        g_string_append(text, "\n\n[ref]: http://ref.example\n");
        Read read = read_text(text->str);
        check_places(&read, expected, count, text->str);
        read_clear(&read);
        g_string_free(text, TRUE);
    }
}

/* ---- limits -------------------------------------------------------------- */

static char *
repeat(const char *piece, int count, const char *after)
{
    GString *text = g_string_new("# A\n\n");
    for (int i = 0; i < count; i++)
        g_string_append(text, piece);
    g_string_append(text, after);
    return g_string_free(text, FALSE);
}

static void
test_limits(void)
{
    static const struct {
        const char *piece, *after, *name;
        int count;
    } monsters[] = {
        {">", " x\n", "nested-too-deep", 100000},
        {"- ", "x\n", "nested-too-deep", 100000},
        {"1. ", "x\n", "nested-too-deep", 100000},
        {"[^a]: ", "x\n", "nested-too-deep", 10000},
        {"[", "x\n", "nested-too-deep", 100000},
        {"![[]()", "x\n", "nested-too-deep", 100000},
        {"*a **a ", "x** x*\n", NULL, 5000},
        {"*", "a\n", NULL, 5000},
        {"**a __b ", "\n", "text-too-dense", 60000},
        {"|a", "\n|-|\n", NULL, 50000},
        {"x\n|-|-|\n", "\n", NULL, 50000},
        {"[a](", "\n", "text-too-dense", 100000},
        {"*_~`<&\\", "\n", "text-too-dense", 200000},
        {"a [^b] ", "\n", NULL, 5000},
        {"[^b]: x\n", "\n", NULL, 20000},
        {"<!--", "\n", "comment-unclosed", 10000},
        {"&amp;", "{{x}}\n", NULL, 20000},
        {"{{", "\n", "fact-invalid", 500},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(monsters); i++) {
        g_autofree char *text = repeat(monsters[i].piece, monsters[i].count,
                                       monsters[i].after);
        gint64 start = g_get_monotonic_time();
        Read read = read_text(text);
        double seconds = (double)(g_get_monotonic_time() - start) / 1e6;
        g_test_message("%s: %.2f s", monsters[i].piece, seconds);
        g_assert_cmpfloat(seconds, <, 30);
        if (monsters[i].name != NULL)
            g_assert_true(diagnostics_has(read.diagnostics, monsters[i].name));
        g_assert_nonnull(xml_child(read.chapter, "heading"));
        read_clear(&read);
    }
}

/* beyond the limit emphasis ends, the words stay */
static void
test_deep_emphasis(void)
{
    GString *text = g_string_new(NULL);
    for (int i = 0; i < 200; i++)
        g_string_append(text, "*a __b ");
    g_string_append(text, "gilu {{x}}");
    for (int i = 0; i < 200; i++)
        g_string_append(text, " c__ d*");
    Read read = read_text(text->str);
    g_assert_true(diagnostics_has(read.diagnostics, "nested-too-deep"));
    g_autofree char *words = xml_text(read.chapter);
    g_assert_nonnull(strstr(words, "gilu"));
    int depth = 0;
    const xmlNode *node = xml_first(read.chapter);
    for (; node != NULL; node = xml_first(node))
        depth++;
    g_assert_cmpint(depth, <, 40);
    read_clear(&read);
    g_string_free(text, TRUE);
}

/* lists that go deeper line by line; the text behind is still read */
static void
test_deep_lines(void)
{
    GString *text = g_string_new("# A\n\n");
    for (int depth = 0; depth < 400; depth++)
        g_string_append_printf(text, "%*s- x\n", depth * 2, "");
    g_string_append(text, "\nToliau.\n");
    Read read = read_text(text->str);
    g_assert_true(diagnostics_has(read.diagnostics, "nested-too-deep"));
    g_assert_cmpint(diagnostics_get(read.diagnostics, 0)->place.line, ==, 35);
    const xmlNode *last = xml_child(read.chapter, "paragraph");
    g_assert_nonnull(last);
    g_autofree char *words = xml_text(last);
    g_assert_cmpstr(words, ==, "Toliau.");
    read_clear(&read);
    g_string_free(text, TRUE);
}

static void
test_wide_tables(void)
{
    static const struct {
        int columns, rows;
        const char *names;
    } tables[] = {{64, 900, ""},
                  {65, 3, "too-many-columns"},
                  {400, 100, "too-many-columns"},
                  {64, 1100, "table-too-large"}};
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        GString *text = g_string_new(NULL);
        for (int row = 0; row <= tables[i].rows; row++) {
            for (int column = 0; column < tables[i].columns; column++)
                g_string_append(text, row == 1 ? "|-" : "|x");
            g_string_append(text, "|\n");
        }
        Read read = read_text(text->str);
        assert_names(read.diagnostics, tables[i].names);
        bool is_table = xml_is(xml_first(read.chapter), "table");
        g_assert_cmpint(is_table, ==, tables[i].names[0] == '\0');
        read_clear(&read);
        g_string_free(text, TRUE);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    xml_init();
    g_test_add_func("/read/refused-projects", test_refused_projects);
    g_test_add_func("/read/project", test_project);
    g_test_add_func("/read/edition", test_edition);
    g_test_add_func("/read/fragment", test_fragment);
    g_test_add_func("/read/fragment-alone", test_fragment_alone);
    g_test_add_func("/read/numbering-twice", test_numbering_twice);
    g_test_add_func("/read/characters", test_characters);
    g_test_add_func("/read/places", test_places);
    g_test_add_func("/read/limits", test_limits);
    g_test_add_func("/read/deep-emphasis", test_deep_emphasis);
    g_test_add_func("/read/deep-lines", test_deep_lines);
    g_test_add_func("/read/wide-tables", test_wide_tables);
    return g_test_run();
}
