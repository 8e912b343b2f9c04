/* SPDX-License-Identifier: MIT */
/* PageList: making pages and the logical tree. */
#include "model/page.h"

#include <string.h>

static const StructDetails no_details;

Page *
page_new(Length width, Length height)
{
    Page *page = g_new0(Page, 1);
    page->width = width;
    page->height = height;
    page->folio = "";
    page->items = g_new0(PageItems, 1);
    page->links = g_array_new(FALSE, FALSE, sizeof(PageLink));
    return page;
}

void
page_free(Page *page)
{
    g_free(page->items->data);
    g_free(page->items);
    g_array_unref(page->links);
    g_free(page->pieces);
    g_free(page);
}

PageList *
page_list_new(void)
{
    PageList *pages = g_new0(PageList, 1);
    pages->arena = arena_new();
    pages->pages =
        g_ptr_array_new_with_free_func((GDestroyNotify)page_free);
    pages->structure = arena_new0(pages->arena, StructNode);
    pages->structure->role = "Document";
    pages->structure->details = &no_details;
    pages->destinations = g_hash_table_new(g_str_hash, g_str_equal);
    pages->outline = g_array_new(FALSE, FALSE, sizeof(OutlineEntry));
    return pages;
}

void
page_list_free(PageList *pages)
{
    if (pages == NULL)
        return;
    g_ptr_array_unref(pages->pages);
    g_hash_table_unref(pages->destinations);
    g_array_unref(pages->outline);
    arena_free(pages->arena);
    graphic_store_free(pages->graphics);
    g_free(pages);
}

Page *
page_list_add(PageList *pages, Length width, Length height)
{
    Page *page = page_new(width, height);
    page_list_take(pages, page);
    return page;
}

void
page_list_take(PageList *pages, Page *page)
{
    g_ptr_array_add(pages->pages, page);
}

void
page_add_item(Page *page, PageItem item)
{
    PageItems *items = page->items;
    items->data = g_renew(PageItem, items->data, items->len + 1);
    items->data[items->len++] = item;
}

void
page_set_items(Page *page, const PageItem *items, guint count)
{
    size_t total = 0, used = 0;
    for (guint i = 0; i < count; i++)
        total += items[i].kind == PAGE_TEXT
                     ? (size_t)items[i].text.piece_count
                     : 0;
    GlyphPiece *pieces = g_new(GlyphPiece, total);
    PageItem *own = g_memdup2(items, count * sizeof(PageItem));
    for (guint i = 0; i < count; i++) {
        PageItem *item = &own[i];
        if (item->kind != PAGE_TEXT || item->text.piece_count == 0)
            continue;
        size_t own_count = (size_t)item->text.piece_count;
        item->text.pieces = memcpy(pieces + used, item->text.pieces,
                                   own_count * sizeof *pieces);
        used += own_count;
    }
    g_free(page->items->data);
    g_free(page->pieces);
    *page->items = (PageItems){own, count};
    page->pieces = pieces;
}

StructNode *
struct_node_add(PageList *pages, StructNode *parent, const char *role)
{
    StructNode *node = arena_new0(pages->arena, StructNode);
    node->role = role;
    node->details = &no_details;
    node->parent = parent;
    if (parent == NULL)
        return node;
    if (parent->last == NULL)
        parent->first = node;
    else
        parent->last->next = node;
    parent->last = node;
    return node;
}

StructDetails *
struct_node_details(PageList *pages, StructNode *node)
{
    if (node->details == &no_details)
        node->details = arena_new0(pages->arena, StructDetails);
    return (StructDetails *)node->details;
}

static void
append_piece_text(GString *text, const GlyphPiece *piece)
{
    size_t length;
    const char *part = glyph_piece_text(piece, &length);
    g_string_append_len(text, part, (gssize)length);
    if (piece->has_space)
        g_string_append_c(text, ' ');
}

char *
page_item_text(const PageItem *item)
{
    GString *text = g_string_new(NULL);
    if (item->kind == PAGE_TEXT) {
        for (int i = 0; i < item->text.piece_count; i++)
            append_piece_text(text, &item->text.pieces[i]);
    }
    return g_string_free(text, FALSE);
}

static bool
pieces_are_whole(const PageItem *item)
{
    for (int i = 0; i < item->text.piece_count; i++) {
        const GlyphPiece *piece = &item->text.pieces[i];
        const GlyphRun *run = piece->run;
        if (run == NULL || piece->first_glyph > piece->last_glyph ||
            piece->last_glyph > run->glyph_count)
            return false;
        for (int g = 1; g < run->glyph_count; g++) {
            if (run->glyphs[g].cluster < run->glyphs[g - 1].cluster ||
                run->glyphs[g].cluster >= run->text_length)
                return false;
        }
    }
    return true;
}

bool
page_list_check(const PageList *pages, Diagnostics *diagnostics)
{
    int before = diagnostics_length(diagnostics);
    for (guint p = 0; p < pages->pages->len; p++) {
        const Page *page = page_list_get(pages, p);
        for (guint i = 0; i < page->items->len; i++) {
            const PageItem *item = &g_array_index(page->items, PageItem, i);
            const char *fault = NULL;
            if ((item->slot == NULL) == (item->artifact == ARTIFACT_NONE))
                fault = "is neither content nor artifact";
            else if (item->slot != NULL && item->slot->role != STRUCT_SLOT)
                fault = "names an element instead of a slot";
            else if (item->kind == PAGE_TEXT && !pieces_are_whole(item))
                fault = "has glyph clusters out of order";
            if (fault != NULL)
                diagnostics_add(diagnostics, LEVEL_ERROR, "page-item-invalid",
                                (Place){NULL, 0, 0},
                                "item %u of page %u %s; this is a fault of "
                                "vadovas: please report it",
                                i + 1, p + 1, fault);
        }
    }
    return diagnostics_length(diagnostics) == before;
}
