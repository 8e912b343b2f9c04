/* SPDX-License-Identifier: MIT */
/*
 * libFuzzer target: any bytes are an FO file, or, where they do not begin like
 * XML, a picture.  Whatever is read must be a tree that layout knows: every
 * node styled and with its parent, objects nested as the content models have
 * it, texts of valid UTF-8 that are not empty, lengths within bounds.
 *
 * clang -std=gnu11 -g -fsanitize=fuzzer,address,undefined -Isrc
 *   tests/fuzz/fuzz_fo.c $(ls src/base/[a-z]*.c src/style/[a-z]*.c |
 *   grep -v transform) src/model/fo.c src/model/graphic.c schemas.c $(pkg-config --cflags --libs glib-2.0 gio-2.0 libxml-2.0
 *   librsvg-2.0) -lm
 * ./fuzz_fo -dict=tests/fuzz/fo.dict -timeout=10 CORPUS
 */
#include "base/xml.h"
#include "style/fo_nesting.h"
#include "style/graphic_load.h"
#include "style/style.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_length(Length length)
{
    g_assert(length > -LENGTH_MAX && length < LENGTH_MAX);
}

static void
check_style(const FoStyle *style)
{
    check_length(style->font_size);
    check_length(style->line_height.optimum);
    check_length(style->start_indent.value);
    check_length(style->end_indent.value);
    check_length(style->space_before.maximum);
    g_assert(style->font_size > 0);
    g_assert(style->padding_start >= 0 && style->border_start_width >= 0);
    g_assert(style->space_before.minimum <= style->space_before.optimum);
    g_assert(style->space_before.optimum <= style->space_before.maximum);
    g_assert(style->font_family != NULL && *style->font_family != 0);
    g_assert(style->language != NULL && style->country != NULL);
    g_assert(style->font_weight >= 1 && style->font_weight <= 1000);
    g_assert(style->columns_spanned >= 1 && style->rows_spanned >= 1);
    g_assert(style->column_count >= 1);
    g_assert(style->reference_orientation % 90 == 0);
}

static void
check_node(const FoNode *node, FoKinds allowed)
{
    g_assert(node->style != NULL);
    check_style(node->style);
    if (node->kind == FO_TEXT) {
        g_assert(node->text != NULL && *node->text != 0);
        g_assert(g_utf8_validate(node->text, -1, NULL));
        g_assert(node->first == NULL);
        return;
    }
    FoKinds inside = fo_nesting_children(node->kind, allowed);
    const FoNode *last = NULL;
    for (const FoNode *child = node->first; child != NULL;
         child = child->next) {
        FoKind object;
        g_assert(child->parent == node);
        g_assert(fo_nesting_place(inside, node->kind, child->kind, &object) ==
                 NESTING_FITS);
        check_node(child, inside);
        last = child;
    }
    g_assert(node->last == last);
    g_assert(node->kind != FO_LIST_ITEM ||
             (fo_child(node, FO_LIST_ITEM_LABEL) != NULL &&
              fo_child(node, FO_LIST_ITEM_BODY) != NULL));
    g_assert(node->kind != FO_TABLE || fo_child(node, FO_TABLE_BODY) != NULL);
    g_assert(node->kind != FO_TABLE_ROW || node->first != NULL);
    g_assert(node->kind != FO_FOOTNOTE ||
             fo_child(node, FO_FOOTNOTE_BODY) != NULL);
}

static void
check_picture(const uint8_t *data, size_t size, Diagnostics *diagnostics)
{
    GraphicStore *store = graphic_store_new();
    const Graphic *graphic =
        graphic_read(store, g_bytes_new(data, size), "x",
                     (Place){"x", 1, 1}, diagnostics);
    g_assert((graphic != NULL) == (diagnostics_length(diagnostics) == 0));
    if (graphic != NULL) {
        g_assert(graphic->width > 0 && graphic->height > 0);
        check_length(graphic->width);
        check_length(graphic->height);
    }
    graphic_store_free(store);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(Diagnostics) diagnostics = diagnostics_new();
    if (size == 0 || *data != '<') {
        check_picture(data, size, diagnostics);
        return 0;
    }
    xmlDoc *document =
        xml_read("fuzz.fo", (const char *)data, size, diagnostics);
    if (document == NULL)
        return 0;
    g_autoptr(FoTree) tree = fo_read(document, "fuzz.fo", NULL, diagnostics);
    xmlFreeDoc(document); /* the tree borrows nothing of it */
    if (tree == NULL) {
        g_assert(diagnostics_count(diagnostics, LEVEL_INVALID) > 0);
        return 0;
    }
    g_assert(tree->root->kind == FO_ROOT);
    check_node(tree->root, 0);
    g_free(fo_tree_dump(tree));
    return 0;
}
