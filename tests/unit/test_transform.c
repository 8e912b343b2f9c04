/* SPDX-License-Identifier: MIT */
/*
 * Transform: stylesheets compute, and do nothing else.
 */
#include "base/file.h"
#include "base/xml.h"
#include "style/style.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define SHEET(content)                                                         \
    "<xsl:stylesheet version='1.0' "                                           \
    "xmlns:xsl='http://www.w3.org/1999/XSL/Transform' "                        \
    "xmlns:exsl='http://exslt.org/common' "                                    \
    "extension-element-prefixes='exsl'>\n" content "\n</xsl:stylesheet>"
#define ROOT(content)                                                          \
    SHEET("<xsl:template match='/'>" content "</xsl:template>")

static char *top; /* holds styles/ and files outside of it */
static Diagnostics *diagnostics;

static void
write_file(const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(top, name, NULL);
    g_autoptr(GError) error = NULL;
    file_save(path, text, strlen(text), &error);
    g_assert_no_error(error);
}

static xmlDoc *
input_of(const char *text)
{
    xmlDoc *document = xml_read("input.xml", text, strlen(text), diagnostics);
    g_assert_nonnull(document);
    return document;
}

/* the result as text, or NULL; owned */
static char *
transform(const char *sheet, const char *input, const char *const *params)
{
    g_clear_pointer(&diagnostics, diagnostics_free);
    diagnostics = diagnostics_new();
    write_file("styles/main.xsl", sheet);
    xmlDoc *document = input_of(input);
    g_autofree char *before = xml_dump(document, false);
    g_autofree char *styles = g_build_filename(top, "styles", NULL);
    xmlDoc *result =
        style_transform(document, styles, "main.xsl", params, diagnostics);
    g_autofree char *after = xml_dump(document, false);
    g_assert_cmpstr(before, ==, after);
    xmlFreeDoc(document);
    if (result == NULL) {
        g_assert_cmpint(
            diagnostics_count(diagnostics, LEVEL_INVALID), >, 0);
        return NULL;
    }
    xmlNode *root = xmlDocGetRootElement(result);
    char *text = root == NULL ? g_strdup("") : xml_text(root);
    xmlFreeDoc(result);
    return text;
}

static void
assert_refused(const char *sheet)
{
    g_autofree char *text = transform(sheet, "<a/>", NULL);
    if (text != NULL)
        g_error("not refused: %s", text);
    g_assert_true(diagnostics_has(diagnostics, "xslt-error"));
}

static void
test_works(void)
{
    static const char *const params[] = {"p", "it's \"so\"", NULL};
    g_autofree char *text = transform(
        SHEET("<xsl:param name='p'/><xsl:strip-space elements='*'/>"
              "<xsl:template match='/'><r><xsl:value-of "
              "select=\"concat($p, count(//node()))\"/></r></xsl:template>"),
        "<a> <b/> <b/> </a>", params);
    g_assert_cmpstr(text, ==, "it's \"so\"3");
    g_assert_cmpint(diagnostics_length(diagnostics), ==, 0);
}

static void
test_node_set(void)
{
    g_autofree char *text = transform(
        ROOT("<xsl:variable name='v'><x>1</x><x>2</x></xsl:variable>"
             "<r><xsl:value-of select='sum(exsl:node-set($v)/x)'/></r>"),
        "<a/>", NULL);
    g_assert_cmpstr(text, ==, "3");
}

static void
test_changed(void)
{
    write_file("styles/part.xsl",
               SHEET("<xsl:template name='t'>1</xsl:template>"));
    const char *main_sheet =
        SHEET("<xsl:include href='part.xsl'/><xsl:template match='/'>"
              "<r><xsl:call-template name='t'/></r></xsl:template>");
    g_autofree char *first = transform(main_sheet, "<a/>", NULL);
    g_assert_cmpstr(first, ==, "1");
    write_file("styles/part.xsl",
               SHEET("<xsl:template name='t'>22</xsl:template>"));
    g_autofree char *second = transform(main_sheet, "<a/>", NULL);
    g_assert_cmpstr(second, ==, "22");
}

static void
test_reading(void)
{
    write_file("styles/words.xml", "<w>inside</w>");
    write_file("secret.xml", "<w>secret</w>");
    g_autofree char *secret = g_build_filename(top, "secret.xml", NULL);
    g_autofree char *link = g_build_filename(top, "styles", "link.xml", NULL);
    g_assert_cmpint(symlink(secret, link), ==, 0);
    g_autofree char *text = transform(
        ROOT("<r><xsl:value-of select=\"document('words.xml')\"/></r>"),
        "<a/>", NULL);
    g_assert_cmpstr(text, ==, "inside");
    assert_refused(
        ROOT("<r><xsl:value-of select=\"document('../secret.xml')\"/></r>"));
    assert_refused(
        ROOT("<r><xsl:value-of select=\"document('link.xml')\"/></r>"));
    assert_refused(
        ROOT("<r><xsl:value-of select=\"document('/etc/passwd')\"/></r>"));
    assert_refused(ROOT("<r><xsl:value-of "
                        "select=\"document('file:///etc/hostname')\"/></r>"));
    assert_refused(ROOT("<r><xsl:value-of "
                        "select=\"document('http://localhost/x')\"/></r>"));
    assert_refused(ROOT("<r><xsl:value-of "
                        "select=\"document('missing.xml')\"/></r>"));
    assert_refused(SHEET("<xsl:import href='../secret.xml'/>"));
    assert_refused(SHEET("<xsl:include href='http://localhost/x.xsl'/>"));
    assert_refused("<!DOCTYPE x [<!ENTITY e SYSTEM '/etc/passwd'>]>"
                   SHEET("<xsl:template match='/'><r>&e;</r></xsl:template>"));
    g_unlink(link);
}

static void
test_writing(void)
{
    g_autofree char *path = g_build_filename(top, "styles", "out.xml", NULL);
    g_autofree char *sheet = g_strdup_printf(
        ROOT("<exsl:document href='%s'><x/></exsl:document><r/>"), path);
    assert_refused(sheet);
    g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    assert_refused(ROOT("<xsl:document href='out.xml'><x/></xsl:document>"));
    g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

static void
test_endless(void)
{
    assert_refused(
        SHEET("<xsl:template match='/' name='t'><xsl:call-template name='t'/>"
              "</xsl:template>"));
    /* not deep, but 2^60 calls */
    assert_refused(
        SHEET("<xsl:template match='/' name='t'><xsl:param name='n' "
              "select='60'/><xsl:if test='$n &gt; 0'>"
              "<xsl:call-template name='t'><xsl:with-param name='n' "
              "select='$n - 1'/></xsl:call-template>"
              "<xsl:call-template name='t'><xsl:with-param name='n' "
              "select='$n - 1'/></xsl:call-template></xsl:if>"
              "</xsl:template>"));
}

static void
test_errors(void)
{
    assert_refused(ROOT("\n<xsl:nothing/>"));
    assert_refused(ROOT("\n<r><xsl:value-of select='1 +'/></r>"));
    assert_refused("<xsl:stylesheet");
    assert_refused(ROOT("\n<xsl:call-template name='missing'/>"));
    assert_refused(ROOT("\n<r><xsl:value-of select='$missing'/></r>"));
    const Diagnostic *first = diagnostics_get(diagnostics, 0);
    g_assert_cmpstr(first->place.file, ==, "styles/main.xsl");
    g_assert_cmpint(first->place.line, >=, 2);
    assert_refused(ROOT("<xsl:message terminate='yes'>stop</xsl:message>"));
    g_autofree char *text = transform(
        ROOT("<xsl:message>mind this</xsl:message><r>1</r>"), "<a/>", NULL);
    g_assert_cmpstr(text, ==, "1");
    g_assert_true(diagnostics_has(diagnostics, "xslt-message"));
    g_autofree char *styles = g_build_filename(top, "styles", NULL);
    xmlDoc *document = input_of("<a/>");
    g_assert_null(
        style_transform(document, styles, "mian.xsl", NULL, diagnostics));
    g_assert_true(diagnostics_has(diagnostics, "xslt-missing"));
    xmlFreeDoc(document);
}

static void
test_folder(void)
{
    g_autofree char *found = style_folder(top, diagnostics);
    g_assert_true(g_str_has_suffix(found, "/styles"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    xml_init();
    diagnostics = diagnostics_new();
    top = g_dir_make_tmp("vadovas-transform-XXXXXX", NULL);
    g_test_add_func("/transform/works", test_works);
    g_test_add_func("/transform/node-set", test_node_set);
    g_test_add_func("/transform/changed", test_changed);
    g_test_add_func("/transform/reading", test_reading);
    g_test_add_func("/transform/writing", test_writing);
    g_test_add_func("/transform/endless", test_endless);
    g_test_add_func("/transform/errors", test_errors);
    g_test_add_func("/transform/folder", test_folder);
    int result = g_test_run();
    style_clear();
    g_autofree char *styles = g_build_filename(top, "styles", NULL);
    const char *const folders[] = {styles, top};
    for (size_t i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_auto(GStrv) names = file_list(folders[i]);
        for (char **name = names; *name != NULL; name++) {
            g_autofree char *path =
                g_build_filename(folders[i], *name, NULL);
            g_unlink(path);
        }
        g_rmdir(folders[i]);
    }
    g_free(top);
    diagnostics_free(diagnostics);
    return result;
}
