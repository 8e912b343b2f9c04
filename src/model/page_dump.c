/* SPDX-License-Identifier: MIT */
/*
 * The dump of the third tree: XML that a test reads with XPath and a person
 * with eyes.  Numbers are points, top left corner of the page is 0 0.
 *
 *   <pages count="2">
 *     <page number="1" folio="1" master="recto" width height sequence>
 *       <text x y width size font page-role="header"? id="p1">words</text>
 *       <rectangle|rule|graphic x y width height .../>
 *       <link x y width height to|uri/>
 *     <structure> nested elements with role, id; <slot>text</slot>
 *     <destination id page x y/>   <bookmark level to>title</bookmark>
 */
#include "model/page.h"

#include <string.h>

typedef struct {
    GString *text;
    GHashTable *slots; /* slot -> GString of its text in page order */
} Dump;

static void
put(Dump *dump, const char *name, Length value)
{
    char buffer[32];
    g_string_append_printf(dump->text, " %s=\"%s\"", name,
                           length_write(value, buffer));
}

static void
put_text(Dump *dump, const char *name, const char *value)
{
    if (value == NULL)
        return;
    g_autofree char *escaped = g_markup_escape_text(value, -1);
    g_string_append_printf(dump->text, " %s=\"%s\"", name, escaped);
}

static const char *
spine_id(const StructNode *node)
{
    while (node != NULL && node->id == NULL)
        node = node->parent;
    return node == NULL ? NULL : node->id;
}

static void
put_common(Dump *dump, const PageItem *item)
{
    static const char *const artifacts[] = {NULL, "header", "footer", "layout",
                                            "background"};
    put(dump, "x", item->x);
    put(dump, "y", item->y);
    put(dump, "width", item->width);
    if (item->kind != PAGE_TEXT)
        put(dump, "height", item->height);
    put_text(dump, "artifact", artifacts[item->artifact]);
    if (item->slot != NULL) {
        put_text(dump, "id", spine_id(item->slot));
        if (item->slot->parent != NULL)
            put_text(dump, "role", item->slot->parent->role);
    }
    if (!item->color.transparent &&
        (item->color.red > 0 || item->color.green > 0 || item->color.blue > 0))
        g_string_append_printf(dump->text, " color=\"#%02x%02x%02x\"",
                               (item->color.red + 128) / 257,
                               (item->color.green + 128) / 257,
                               (item->color.blue + 128) / 257);
}

static void
dump_text_item(Dump *dump, const PageItem *item)
{
    g_autofree char *words = page_item_text(item);
    put_text(dump, "font", item->text.face->family);
    if (item->text.face->weight != 400)
        g_string_append_printf(dump->text, " weight=\"%d\"",
                               item->text.face->weight);
    if (item->text.face->italic)
        g_string_append(dump->text, " style=\"italic\"");
    put(dump, "size", item->text.size);
    if (item->text.scale != 65536)
        put(dump, "scale", item->text.scale);
    if (item->rotation != 0)
        g_string_append_printf(dump->text, " rotation=\"%d\"",
                               item->rotation);
    g_autofree char *escaped = g_markup_escape_text(words, -1);
    g_string_append_printf(dump->text, ">%s</text>\n", escaped);
    if (item->slot == NULL)
        return;
    GString *slot = g_hash_table_lookup(dump->slots, item->slot);
    if (slot == NULL) {
        slot = g_string_new(NULL);
        g_hash_table_insert(dump->slots, (gpointer)item->slot, slot);
    }
    g_string_append(slot, words);
}

static void
dump_item(Dump *dump, const PageItem *item)
{
    static const char *const names[] = {"text", "rectangle", "rule", "graphic"};
    g_string_append_printf(dump->text, "    <%s", names[item->kind]);
    put_common(dump, item);
    if (item->kind == PAGE_TEXT) {
        dump_text_item(dump, item);
        return;
    }
    if (item->kind == PAGE_RULE) {
        put(dump, "thickness", item->rule.thickness);
        put_text(dump, "style", fo_keyword_name(item->rule.style));
    } else if (item->kind == PAGE_GRAPHIC) {
        put_text(dump, "src", item->graphic->name);
    }
    g_string_append(dump->text, "/>\n");
}

static void
dump_page(Dump *dump, const Page *page, guint index)
{
    g_string_append_printf(dump->text, "  <page number=\"%u\"", index + 1);
    put_text(dump, "folio", page->folio);
    put_text(dump, "master", page->master);
    put(dump, "width", page->width);
    put(dump, "height", page->height);
    g_string_append_printf(dump->text, " sequence=\"%d\"", page->sequence + 1);
    if (page->blank)
        g_string_append(dump->text, " blank=\"yes\"");
    g_string_append(dump->text, ">\n");
    for (guint i = 0; i < page->items->len; i++)
        dump_item(dump, &g_array_index(page->items, PageItem, i));
    for (guint i = 0; i < page->links->len; i++) {
        const PageLink *link = &g_array_index(page->links, PageLink, i);
        g_string_append(dump->text, "    <link");
        put(dump, "x", link->x);
        put(dump, "y", link->y);
        put(dump, "width", link->width);
        put(dump, "height", link->height);
        put_text(dump, "to", link->destination);
        put_text(dump, "uri", link->uri);
        put_text(dump, "contents", link->contents);
        g_string_append(dump->text, "/>\n");
    }
    g_string_append(dump->text, "  </page>\n");
}

static void
dump_structure(Dump *dump, const StructNode *node, int depth)
{
    if (node->role == STRUCT_SLOT) {
        const GString *words = g_hash_table_lookup(dump->slots, node);
        if (words == NULL)
            return;
        g_autofree char *escaped = g_markup_escape_text(words->str, -1);
        g_string_append_printf(dump->text, "%*s<slot>%s</slot>\n", depth * 2,
                               "", escaped);
        return;
    }
    g_string_append_printf(dump->text, "%*s<element role=\"%s\"", depth * 2, "",
                           node->role);
    put_text(dump, "id", node->id);
    const StructDetails *details = node->details;
    put_text(dump, "lang", details->lang);
    put_text(dump, "alt", details->alt);
    put_text(dump, "scope", details->scope);
    put_text(dump, "numbering", details->numbering);
    if (details->columns_spanned > 1)
        g_string_append_printf(dump->text, " columns=\"%d\"",
                               details->columns_spanned);
    if (details->rows_spanned > 1)
        g_string_append_printf(dump->text, " rows=\"%d\"",
                               details->rows_spanned);
    if (node->first == NULL) {
        g_string_append(dump->text, "/>\n");
        return;
    }
    g_string_append(dump->text, ">\n");
    for (const StructNode *child = node->first; child != NULL;
         child = child->next)
        dump_structure(dump, child, depth + 1);
    g_string_append_printf(dump->text, "%*s</element>\n", depth * 2, "");
}

static int
compare_ids(gconstpointer a, gconstpointer b)
{
    return strcmp(a, b);
}

static void
dump_destinations(Dump *dump, const PageList *pages)
{
    GList *ids = g_hash_table_get_keys(pages->destinations);
    ids = g_list_sort(ids, compare_ids);
    for (GList *id = ids; id != NULL; id = id->next) {
        const PageDestination *destination =
            g_hash_table_lookup(pages->destinations, id->data);
        g_string_append(dump->text, "  <destination");
        put_text(dump, "id", destination->id);
        g_string_append_printf(dump->text, " page=\"%d\"",
                               destination->page + 1);
        put(dump, "x", destination->x);
        put(dump, "y", destination->y);
        g_string_append(dump->text, "/>\n");
    }
    g_list_free(ids);
}

static void
free_string(gpointer string)
{
    g_string_free(string, TRUE);
}

char *
page_list_dump(const PageList *pages)
{
    Dump dump = {g_string_new(NULL),
                 g_hash_table_new_full(NULL, NULL, NULL, free_string)};
    g_string_append_printf(dump.text, "<pages count=\"%u\">\n",
                           pages->pages->len);
    for (guint i = 0; i < pages->pages->len; i++)
        dump_page(&dump, page_list_get(pages, i), i);
    g_string_append(dump.text, "  <structure>\n");
    dump_structure(&dump, pages->structure, 2);
    g_string_append(dump.text, "  </structure>\n");
    dump_destinations(&dump, pages);
    for (guint i = 0; i < pages->outline->len; i++) {
        const OutlineEntry *entry =
            &g_array_index(pages->outline, OutlineEntry, i);
        g_string_append_printf(dump.text, "  <bookmark level=\"%d\"",
                               entry->level);
        put_text(&dump, "to", entry->destination);
        g_autofree char *escaped = g_markup_escape_text(entry->title, -1);
        g_string_append_printf(dump.text, ">%s</bookmark>\n", escaped);
    }
    g_string_append(dump.text, "</pages>\n");
    g_hash_table_unref(dump.slots);
    return g_string_free(dump.text, FALSE);
}
