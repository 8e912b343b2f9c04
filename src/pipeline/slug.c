/* SPDX-License-Identifier: MIT */
/*
 * Slug line: what a loose sheet is, in a line above the page that is cut off:
 * title, edition, date, revision, page.
 *
 * It is set with the book's own fonts and put on the pages as items outside the
 * trim; the last items of a page, so they can be taken off again.
 */
#include "pipeline/printing.h"

#include "text/paragraph.h"

#include <string.h>

#define SLUG_SIZE POINTS(6)
#define SLUG_INDENT POINTS(12) /* from the crop mark */

/* a family that the book surely has: of its first text */
static const FontFace *
first_face(const PageList *pages)
{
    for (guint i = 0; i < pages->pages->len; i++) {
        const Page *page = page_list_get(pages, i);
        for (guint k = 0; k < page->items->len; k++) {
            const PageItem *item = &g_array_index(page->items, PageItem, k);
            if (item->kind == PAGE_TEXT)
                return item->text.face;
        }
    }
    return NULL;
}

static char *
slug_text(const PageList *pages, const Page *page, guint index,
          const Imprint *imprint, bool has_title)
{
    /* the folio as printed, then the count that a pile of sheets has */
    const char *const parts[] = {has_title ? imprint->title : NULL,
                                 imprint->edition, imprint->date,
                                 imprint->revision, page->folio};
    GString *text = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (parts[i] != NULL && *parts[i] != '\0')
            g_string_append_printf(text, "%s · ", parts[i]);
    }
    g_string_append_printf(text, "%u/%u", index + 1, pages->pages->len);
    return g_string_free(text, FALSE);
}

static void
add_part(PageList *pages, Page *page, const LinePart *part, Length y)
{
    PageItem item = {.kind = PAGE_TEXT,
                     .artifact = ARTIFACT_LAYOUT,
                     .x = SLUG_INDENT + part->x,
                     .y = y,
                     .width = part->width};
    size_t size = sizeof(GlyphPiece) * (size_t)part->piece_count;
    GlyphPiece *pieces = arena_alloc(pages->arena, size);
    memcpy(pieces, part->pieces, size);
    item.text.face = part->face;
    item.text.size = part->size;
    item.text.scale = part->scale;
    item.text.pieces = pieces;
    item.text.piece_count = part->piece_count;
    page_add_item(page, item);
}

typedef struct {
    Paragraph *paragraph;
    const TextStyle *style;
    const Imprint *imprint;
    Length y;
} SlugLine;

static void
add_line(const SlugLine *line, PageList *pages, guint index)
{
    Page *page = page_list_get(pages, index);
    /* up to the registration mark in the middle */
    Length room = page->width / 2 - 2 * SLUG_INDENT;
    g_autofree char *text = NULL;
    for (int with_title = 1; with_title >= 0; with_title--) {
        g_free(text);
        text = slug_text(pages, page, index, line->imprint, with_title);
        paragraph_clear(line->paragraph);
        paragraph_add_text(line->paragraph, text, -1, line->style, 0);
        if (paragraph_maximum_width(line->paragraph) <= room)
            break;
    }
    ParagraphShape shape = {.width = POINTS(10000), .no_wrap = true};
    Arena *arena = arena_new();
    TextLines lines = paragraph_break(line->paragraph, &shape, arena);
    for (int i = 0; i < lines.line_count && i < 1; i++) {
        for (int k = 0; k < lines.lines[i].part_count; k++) {
            if (lines.lines[i].parts[k].kind == LINE_GLYPHS)
                add_part(pages, page, &lines.lines[i].parts[k], line->y);
        }
    }
    arena_free(arena);
}

void
slug_add(PageList *pages, const Imprint *imprint, TextEngine *engine,
         Length bleed, Length slug)
{
    const FontFace *face = first_face(pages);
    if (face == NULL)
        return;
    TextStyle style = {.families = face->family,
                       .weight = 400,
                       .features = TEXT_LINING,
                       .language = pages->language,
                       .size = SLUG_SIZE};
    g_autoptr(Paragraph) paragraph = paragraph_new(engine);
    SlugLine line = {.paragraph = paragraph,
                     .style = text_style(engine, &style),
                     .imprint = imprint,
                     .y = -bleed - slug / 2};
    for (guint i = 0; i < pages->pages->len; i++)
        add_line(&line, pages, i);
}

void
slug_remove(PageList *pages)
{
    for (guint i = 0; i < pages->pages->len; i++) {
        PageItems *items = page_list_get(pages, i)->items;
        guint count = items->len;
        while (count > 0) {
            const PageItem *item = &g_array_index(items, PageItem, count - 1);
            if (item->kind != PAGE_TEXT || item->slot != NULL || item->y >= 0)
                break;
            count--;
        }
        items->len = count;
    }
}
