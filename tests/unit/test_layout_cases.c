/* SPDX-License-Identifier: MIT */
/*
 * The cases of tests/layout: what pages come out of a piece of XSL-FO.
 *
 *   <cases xmlns:fo="http://www.w3.org/1999/XSL/Format">
 *     <case name="widow">
 *       <why>one sentence</why>
 *       <fo page="200pt 100pt">blocks, or a whole fo:root</fo>
 *       <check xpath="count(//page)" expect="2"/>
 *       <expect-diagnostic name="table-too-wide"/>
 *     </case>
 *
 * Blocks alone are put into a flow on pages of the given size, without margins,
 * in the font of squares: 10 pt on lines of 10 pt, so that every character is
 * 10 pt wide and every line 10 pt high; without glyph scaling and protrusion,
 * unless the attribute `root` of fo, attributes of the root element, says
 * otherwise.  spreads="equal": facing pages end alike.  XPath is evaluated on
 * the dump of the pages (src/model/page_dump.c).  A diagnostic that the case
 * does not expect fails, so does an expected one that does not come.  A file
 * may also be one case by itself, named as the file.
 *
 * LAYOUT_DUMP=NAME prints the dump of the case of that name.
 */
#include "base/xml.h"
#include "layout/layout.h"
#include "style/style.h"

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <string.h>

#define FO_NAMESPACE "http://www.w3.org/1999/XSL/Format"

typedef struct {
    char *file;
    xmlDoc *document; /* shared by the cases of a file */
    const xmlNode *node;
} LayoutCase;

static TextEngine *engine;

static const char *
root_folder(void)
{
    const char *root = g_getenv("ROOT");
    return root == NULL ? "." : root;
}

static void
append_start(GString *text, const xmlNode *fo)
{
    const char *page = xml_attribute(fo, "page");
    g_auto(GStrv) size =
        g_strsplit(page == NULL ? "200pt 100pt" : page, " ", 2);
    const char *attributes = xml_attribute(fo, "root");
    g_string_append_printf(
        text,
        "<fo:root xmlns:fo=\"" FO_NAMESPACE "\" "
        "xmlns:vad=\"urn:vadovas:fo\" font-family=\"Squares\" "
        "font-size=\"10pt\" line-height=\"10pt\" %s>"
        "<fo:layout-master-set><fo:simple-page-master master-name=\"page\" "
        "page-width=\"%s\" page-height=\"%s\"><fo:region-body/>"
        "</fo:simple-page-master></fo:layout-master-set>"
        "<fo:page-sequence master-reference=\"page\">"
        "<fo:flow flow-name=\"xsl-region-body\">",
        attributes == NULL
            ? "vad:expansion=\"0\" vad:protrusion=\"false\""
            : attributes,
        size[0],
        size[1] == NULL ? size[0] : size[1]);
}

/* the FO document of a case */
static xmlDoc *
case_document(const LayoutCase *test, const xmlNode *fo)
{
    const xmlNode *first = xml_first(fo);
    if (first != NULL && xml_is(first, "root")) {
        xmlDoc *document = xmlNewDoc(BAD_CAST "1.0");
        xmlNode *copy = xmlDocCopyNode((xmlNode *)first, document, 1);
        xmlDocSetRootElement(document, copy);
        xmlReconciliateNs(document, copy);
        return document;
    }
    g_autoptr(GString) text = g_string_new(NULL);
    append_start(text, fo);
    xmlBuffer *buffer = xmlBufferCreate();
    for (xmlNode *child = fo->children; child != NULL; child = child->next) {
        xmlBufferEmpty(buffer);
        xmlNodeDump(buffer, test->document, child, 0, 0);
        g_string_append(text, (const char *)xmlBufferContent(buffer));
    }
    xmlBufferFree(buffer);
    g_string_append(text, "</fo:flow></fo:page-sequence></fo:root>");
    return xmlReadMemory(text->str, (int)text->len, test->file, NULL,
                         XML_PARSE_NONET | XML_PARSE_NOERROR);
}

static char *
collapsed(const char *text)
{
    g_auto(GStrv) words = g_strsplit_set(text, " \n\t", -1);
    GString *line = g_string_new(NULL);
    for (char **word = words; *word != NULL; word++) {
        if (**word == 0)
            continue;
        if (line->len > 0)
            g_string_append_c(line, ' ');
        g_string_append(line, *word);
    }
    return g_string_free(line, FALSE);
}

static void
check_xpath(xmlDoc *dump, const xmlNode *check, const char *text)
{
    const char *xpath = xml_attribute(check, "xpath");
    const char *expect = xml_attribute(check, "expect");
    xmlXPathContext *context = xmlXPathNewContext(dump);
    xmlXPathObject *object = xmlXPathEvalExpression(BAD_CAST xpath, context);
    if (object == NULL) {
        g_test_message("not an XPath: %s", xpath);
        g_test_fail();
    } else {
        /* the dump is indented: white space may count as one space */
        xmlChar *found = xmlXPathCastToString(object);
        g_autofree char *short_form = collapsed((const char *)found);
        if (strcmp((const char *)found, expect) != 0 &&
            strcmp(short_form, expect) != 0) {
            g_test_message("line %ld: %s\n  found    \"%s\"\n  expected "
                           "\"%s\"",
                           xmlGetLineNo((xmlNode *)check), xpath,
                           (const char *)found, expect);
            g_test_fail();
            if (g_getenv("LAYOUT_VERBOSE") != NULL)
                fputs(text, stderr);
        }
        xmlFree(found);
        xmlXPathFreeObject(object);
    }
    xmlXPathFreeContext(context);
}

static void
check_diagnostics(const Diagnostics *diagnostics, const xmlNode *node)
{
    for (int i = 0; i < diagnostics_length(diagnostics); i++) {
        const Diagnostic *diagnostic = diagnostics_get(diagnostics, i);
        bool expected = false;
        for (const xmlNode *child = xml_child(node, "expect-diagnostic");
             child != NULL; child = xml_next(child, "expect-diagnostic"))
            expected |= g_strcmp0(xml_attribute(child, "name"),
                                  diagnostic->name) == 0;
        if (!expected) {
            g_test_message("unexpected: %s [%s]", diagnostic->text,
                           diagnostic->name);
            g_test_fail();
        }
    }
    for (const xmlNode *child = xml_child(node, "expect-diagnostic");
         child != NULL; child = xml_next(child, "expect-diagnostic")) {
        if (!diagnostics_has(diagnostics, xml_attribute(child, "name"))) {
            g_test_message("missing: [%s]", xml_attribute(child, "name"));
            g_test_fail();
        }
    }
}

static void
run_case(gconstpointer data)
{
    const LayoutCase *test = data;
    const xmlNode *fo = xml_child(test->node, "fo");
    g_assert_nonnull(xml_child(test->node, "why"));
    g_assert_nonnull(fo);
    g_autoptr(Diagnostics) diagnostics = diagnostics_new();
    xmlDoc *document = case_document(test, fo);
    if (document == NULL) {
        g_test_message("this case is not well-formed");
        g_test_fail();
        return;
    }
    const FoReadOptions options = {.root = root_folder()};
    g_autoptr(FoTree) tree =
        fo_read(document, test->file, &options, diagnostics);
    g_assert_nonnull(tree);
    LayoutOptions layout = {.max_pages = 1000};
    const char *spreads = xml_attribute(fo, "spreads");
    layout.equal_spreads = g_strcmp0(spreads, "equal") == 0;
    g_autoptr(PageList) pages =
        layout_run(tree, engine, &layout, diagnostics);
    page_list_check(pages, diagnostics);
    g_autofree char *text = page_list_dump(pages);
    const char *name = xml_attribute(test->node, "name");
    if (g_strcmp0(g_getenv("LAYOUT_DUMP"),
                  name == NULL ? test->file : name) == 0)
        fputs(text, stderr);
    xmlDoc *dump = xmlReadMemory(text, (int)strlen(text), "dump.xml", NULL,
                                 XML_PARSE_NONET);
    g_assert_nonnull(dump);
    for (const xmlNode *check = xml_child(test->node, "check"); check != NULL;
         check = xml_next(check, "check"))
        check_xpath(dump, check, text);
    check_diagnostics(diagnostics, test->node);
    xmlFreeDoc(dump);
    xmlFreeDoc(document);
}

/* ---- all cases ---- */

static void
add_case(GPtrArray *cases, const char *file, xmlDoc *document,
         const xmlNode *node)
{
    LayoutCase *test = g_new0(LayoutCase, 1);
    test->file = g_strdup(file);
    test->document = document;
    test->node = node;
    g_ptr_array_add(cases, test);
    const char *name = xml_attribute(node, "name");
    g_autofree char *base = g_strndup(file, strcspn(file, "."));
    g_autofree char *path =
        g_strconcat("/layout/", base, name == NULL ? NULL : "/", name, NULL);
    g_test_add_data_func(path, test, run_case);
}

static void
add_file(GPtrArray *cases, GPtrArray *documents, const char *folder,
         const char *file)
{
    g_autofree char *path = g_build_filename(folder, file, NULL);
    g_autofree char *text = NULL;
    size_t length = 0;
    g_assert_true(g_file_get_contents(path, &text, &length, NULL));
    /* not xmlReadFile: the program's own rules forbid libxml2 to open files */
    xmlDoc *document = xmlReadMemory(text, (int)length, file, NULL,
                                     XML_PARSE_NONET);
    if (document == NULL)
        g_error("%s is not well-formed", path);
    g_ptr_array_add(documents, document);
    const xmlNode *root = xmlDocGetRootElement(document);
    if (xml_is(root, "case")) {
        add_case(cases, file, document, root);
        return;
    }
    for (const xmlNode *node = xml_child(root, "case"); node != NULL;
         node = xml_next(node, "case"))
        add_case(cases, file, document, node);
}

static void
free_case(gpointer data)
{
    LayoutCase *test = data;
    g_free(test->file);
    g_free(test);
}

static void
free_document(gpointer data)
{
    xmlFreeDoc(data);
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
add_files(GPtrArray *cases, GPtrArray *documents)
{
    g_autofree char *folder =
        g_build_filename(root_folder(), "tests", "layout", NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    GDir *directory = g_dir_open(folder, 0, NULL);
    g_assert_nonnull(directory);
    for (const char *name; (name = g_dir_read_name(directory)) != NULL;) {
        if (g_str_has_suffix(name, ".xml"))
            g_ptr_array_add(names, g_strdup(name));
    }
    g_dir_close(directory);
    g_ptr_array_sort(names, compare_names);
    for (guint i = 0; i < names->len; i++)
        add_file(cases, documents, folder, g_ptr_array_index(names, i));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    xml_init();
    g_autofree char *fonts =
        g_build_filename(root_folder(), "tests", "fonts", NULL);
    const char *const paths[] = {fonts, NULL};
    const TextOptions options = {.font_paths = paths};
    GError *error = NULL;
    engine = text_engine_new(&options, &error);
    g_assert_no_error(error);
    g_autoptr(GPtrArray) cases = g_ptr_array_new_with_free_func(free_case);
    g_autoptr(GPtrArray) documents =
        g_ptr_array_new_with_free_func(free_document);
    add_files(cases, documents);
    int result = g_test_run();
    text_engine_free(engine);
    xml_clear();
    return result;
}
