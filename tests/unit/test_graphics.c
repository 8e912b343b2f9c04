/* SPDX-License-Identifier: MIT */
/*
 * Pictures: where they are looked for, what is measured, what is refused.
 */
#include "base/file.h"
#include "base/xml.h"
#include "style/graphic_load.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* one pixel, RGB with alpha */
#define PNG_BASE64                                                             \
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA" \
    "WjR9awAAAABJRU5ErkJggg=="
#define SVG(attributes, content)                                               \
    "<svg xmlns='http://www.w3.org/2000/svg' "                                 \
    "xmlns:xlink='http://www.w3.org/1999/xlink' " attributes ">" content       \
    "</svg>"

static Diagnostics *diagnostics;
static GraphicStore *store;
static const Place place = {"a.md", 7, 2};

static const Graphic *
read_bytes(const void *data, size_t length)
{
    g_clear_pointer(&diagnostics, diagnostics_free);
    diagnostics = diagnostics_new();
    return graphic_read(store, g_bytes_new(data, length), "x", place,
                        diagnostics);
}

static void
assert_refused(const void *data, size_t length, const char *part)
{
    g_assert_null(read_bytes(data, length));
    g_assert_true(diagnostics_has(diagnostics, "figure-invalid"));
    const Diagnostic *first = diagnostics_get(diagnostics, 0);
    g_assert_cmpint(first->place.line, ==, 7);
    if (strstr(first->text, part) == NULL)
        g_error("'%s' does not say '%s'", first->text, part);
}

static void
test_png(void)
{
    gsize length;
    g_autofree guchar *png = g_base64_decode(PNG_BASE64, &length);
    const Graphic *graphic = read_bytes(png, length);
    g_assert_nonnull(graphic);
    g_assert_cmpint(graphic->kind, ==, GRAPHIC_PNG);
    g_assert_cmpint(graphic->pixel_width, ==, 1);
    g_assert_cmpint(graphic->width, ==, LENGTH_PER_POINT * 3 / 4);
    g_assert_cmpint(graphic->components, ==, 3);
    g_assert_true(graphic->has_alpha);
    /* the same bytes are one Graphic */
    g_assert_true(read_bytes(png, length) == graphic);
    for (gsize cut = 0; cut < length; cut++)
        g_assert_null(read_bytes(png, cut));
    for (gsize i = 8; i < length; i++) { /* no byte may change unnoticed */
        png[i] ^= 0x20;
        g_assert_null(read_bytes(png, length));
        png[i] ^= 0x20;
    }
}

/* SOI, JFIF at 300 dpi, a frame of 600 x 300, something, EOI */
static const guint8 jpeg[] = {
    0xff, 0xd8, 0xff, 0xe0, 0,    16,  'J', 'F', 'I',  'F',  0,    1,    1,
    1,    1,    0x2c, 1,    0x2c, 0,   0,   0xff, 0xc0, 0,    17,   8,    1,
    0x2c, 2,    0x58, 3,    1,    0x11, 0,  2,   0x11, 1,    3,    0x11, 1,
    0xff, 0xda, 0,    8,    1,    1,   0,   0,   63,   0,    0x12, 0xff, 0xd9};

static void
test_jpeg(void)
{
    const Graphic *graphic = read_bytes(jpeg, sizeof jpeg);
    g_assert_nonnull(graphic);
    g_assert_cmpint(graphic->kind, ==, GRAPHIC_JPEG);
    g_assert_cmpint(graphic->pixel_width, ==, 600);
    g_assert_cmpint(graphic->pixel_height, ==, 300);
    g_assert_cmpint(graphic->components, ==, 3);
    g_assert_cmpint(graphic->width, ==, POINTS(144));
    g_assert_false(graphic->has_alpha);
    for (size_t cut = 0; cut < sizeof jpeg; cut++)
        g_assert_null(read_bytes(jpeg, cut));
    guint8 other[sizeof jpeg];
    memcpy(other, jpeg, sizeof jpeg);
    other[21] = 0xc3; /* lossless */
    assert_refused(other, sizeof other, "rare");
    memcpy(other, jpeg, sizeof jpeg);
    other[25] = other[26] = other[27] = other[28] = 0xff; /* 65535 squared */
    assert_refused(other, sizeof other, "64 million");
}

static void
test_svg(void)
{
    static const struct {
        const char *text;
        double width, height;
    } good[] = {
        {SVG("width='96' height='48'", "<rect width='1' height='1'/>"), 72, 36},
        {SVG("width='10mm' height='1in'", ""), 720 / 25.4, 72},
        {SVG("viewBox='0 0 40 20'", ""), 30, 15},
        {SVG("width='100%' height='100%' viewBox='0 0 40 20'", ""), 30, 15},
        {"<?xml version='1.0'?><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' "
         "'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd'>"
         SVG("width='4' height='4'", ""),
         3, 3},
        {SVG("width='4' height='4'",
             "<defs><linearGradient id='g'/></defs><use xlink:href='#g'/>"
             "<rect fill='url(#g)' style='stroke:url( \"#g\" )'/>"
             "<image xlink:href='data:image/png;base64," PNG_BASE64 "'/>"
             "<a href='https://example.org'><text>x</text></a>"),
         3, 3},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
        const Graphic *graphic =
            read_bytes(good[i].text, strlen(good[i].text));
        diagnostics_write(diagnostics, 0, DIAGNOSTICS_TEXT, NULL, stderr);
        g_assert_nonnull(graphic);
        g_assert_cmpint(graphic->kind, ==, GRAPHIC_SVG);
        g_assert_cmpfloat_with_epsilon(length_points(graphic->width),
                                       good[i].width, 0.01);
        g_assert_cmpfloat_with_epsilon(length_points(graphic->height),
                                       good[i].height, 0.01);
    }
}

static void
test_svg_refused(void)
{
    static const char *const bad[][2] = {
        {SVG("width='4' height='4'", "<image href='x.png'/>"), "outside"},
        {SVG("width='4' height='4'", "<image xlink:href='file:///etc/x'/>"),
         "outside"},
        {SVG("width='4' height='4'", "<image href=' http://a/b.png'/>"),
         "outside"},
        {SVG("width='4' height='4'", "<use href='other.svg#a'/>"), "outside"},
        {SVG("width='4' height='4'",
             "<image href='data:image/svg+xml;base64,AA'/>"),
         "outside"},
        {SVG("width='4' height='4'", "<rect fill='URL(x.svg#g)'/>"),
         "outside"},
        {SVG("width='4' height='4'", "<rect style='fill:u\\72l(x)'/>"),
         "outside"},
        {SVG("width='4' height='4'", "<style>@import 'x.css';</style>"),
         "style"},
        {SVG("width='4' height='4'",
             "<style>@font-face{src:url(http://a/b)}</style>"),
         "style"},
        {SVG("width='4' height='4'", "<script>x()</script>"), "script"},
        {SVG("width='4' height='4'", "<rect onclick='x()'/>"), "outside"},
        {SVG("width='4' height='4'", "<foreignObject/>"), "foreign"},
        {SVG("width='4' height='4'",
             "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' "
             "parse='text'/>"),
         "foreign"},
        {"<?xml-stylesheet href='x.css'?>" SVG("width='4' height='4'", ""),
         "style sheet"},
        {"<!DOCTYPE svg [<!ENTITY a 'b'>]>" SVG("width='4' height='4'", "&a;"),
         "entities"},
        {SVG("", ""), "viewBox"},
        {SVG("width='0' height='4'", ""), "width"},
        {SVG("width='1e9' height='4'", ""), "width"},
        {"<svg width='4' height='4'/>", "no SVG"},
        {"<html/>", "no SVG"},
        {"<svg x", "well-formed"},
        {"nothing at all", "neither"},
        {"", "neither"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_test_message("%s", bad[i][0]);
        assert_refused(bad[i][0], strlen(bad[i][0]), bad[i][1]);
    }
}

static void
write_file(const char *top, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(top, name, NULL);
    g_autoptr(GError) error = NULL;
    file_save(path, text, strlen(text), &error);
    g_assert_no_error(error);
}

static void
test_folders(void)
{
    g_autofree char *top = g_dir_make_tmp("vadovas-graphics-XXXXXX", NULL);
    g_autofree char *root = g_build_filename(top, "project", NULL);
    static const char *const folders[] = {"own", "base", NULL};
    FoReadOptions options = {.root = root, .folders = folders};
    write_file(top, "project/own/figures/a.svg",
               SVG("width='4' height='4'", ""));
    write_file(top, "project/base/figures/a.svg",
               SVG("width='8' height='8'", ""));
    write_file(top, "project/base/figures/b c.svg",
               SVG("width='8' height='8'", ""));
    write_file(top, "secret.svg", SVG("width='16' height='16'", ""));
    g_autofree char *secret = g_build_filename(top, "secret.svg", NULL);
    g_autofree char *link =
        g_build_filename(root, "base/figures/link.svg", NULL);
    g_assert_cmpint(symlink(secret, link), ==, 0);

    static const struct {
        const char *src;
        int width; /* points; 0: not found */
        const char *name, *part;
    } cases[] = {
        {"figures/a.svg", 3, NULL, NULL},
        {"url('figures/a.svg')", 3, NULL, NULL},
        {" url( \"figures/b%20c.svg\" ) ", 6, NULL, NULL},
        {"figures/aa.svg", 0, "figure-missing", "'a.svg'"},
        {"nowhere/a.svg", 0, "figure-missing", "put the file there"},
        {"", 0, "figure-missing", ""},
        {"figures/link.svg", 0, "figure-outside", "outside"},
        {"../../secret.svg", 0, "figure-outside", "outside"},
        {"http://example.org/a.png", 0, "figure-outside", "not a file"},
        {"//example.org/a.png", 0, "figure-outside", "not a file"},
        {"data:image/png;base64,AA", 0, "figure-outside", "not a file"},
        {"figures", 0, "figure-invalid", "regular"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].src);
        g_clear_pointer(&diagnostics, diagnostics_free);
        diagnostics = diagnostics_new();
        const Graphic *graphic =
            graphic_load(store, &options, cases[i].src, place, diagnostics);
        if (cases[i].width > 0) {
            g_assert_nonnull(graphic);
            g_assert_cmpint(graphic->width, ==, POINTS(cases[i].width));
            continue;
        }
        g_assert_null(graphic);
        const Diagnostic *first = diagnostics_get(diagnostics, 0);
        g_assert_cmpstr(first->name, ==, cases[i].name);
        g_assert_cmpint(first->level, ==, LEVEL_ERROR);
        g_assert_nonnull(strstr(first->text, cases[i].part));
    }
    static const char *const files[] = {
        "project/own/figures/a.svg", "project/base/figures/a.svg",
        "project/base/figures/b c.svg", "project/base/figures/link.svg",
        "secret.svg", "project/own/figures", "project/base/figures",
        "project/own", "project/base", "project", "."};
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = g_build_filename(top, files[i], NULL);
        g_remove(path);
    }
    g_rmdir(top);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    xml_init();
    store = graphic_store_new();
    g_test_add_func("/graphics/png", test_png);
    g_test_add_func("/graphics/jpeg", test_jpeg);
    g_test_add_func("/graphics/svg", test_svg);
    g_test_add_func("/graphics/svg-refused", test_svg_refused);
    g_test_add_func("/graphics/folders", test_folders);
    int result = g_test_run();
    graphic_store_free(store);
    g_clear_pointer(&diagnostics, diagnostics_free);
    return result;
}
