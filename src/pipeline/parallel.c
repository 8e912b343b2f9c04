/* SPDX-License-Identifier: MIT */
/*
 * Parallel proof: see the header.
 *
 * The report has an entry for each base block and each insert, in the order of
 * the book; they are the rows.  A block of the edition has the id of its base
 * block; what follows it with another id (the rest of a split block, a note of
 * its own, the table of a chart) stands in its row.
 */
#include "pipeline/parallel.h"

#include "base/xml.h"
#include "pipeline/block_text.h"

#include <string.h>

#define XML(text) ((const xmlChar *)(text))
#define BASE_PREFIX "base--"

typedef struct {
    const OverlayBlock *block;
    int number;      /* from 1 */
    xmlNode *base;   /* NULL: an insert, or not meant for this audience */
    bool is_shown;   /* has a block on a side */
    bool is_taken;   /* an insert whose blocks were found */
} Row;

typedef struct {
    GArray *rows;            /* Row */
    GHashTable *row_of_id;   /* base id -> index + 1 */
} Rows;

static bool
is_insert(const Row *row)
{
    return g_strcmp0(row->block->operation, "insert") == 0;
}

static Rows
rows_new(const OverlayReport *report)
{
    Rows rows = {g_array_new(FALSE, TRUE, sizeof(Row)),
                 g_hash_table_new(g_str_hash, g_str_equal)};
    for (guint i = 0; i < report->blocks->len; i++) {
        Row row = {.block = g_ptr_array_index(report->blocks, i)};
        if (row.block->homeless || row.block->id == NULL)
            continue;
        row.number = (int)rows.rows->len + 1;
        g_array_append_val(rows.rows, row);
        if (!is_insert(&row))
            g_hash_table_insert(rows.row_of_id, (gpointer)row.block->id,
                                GINT_TO_POINTER(row.number));
    }
    return rows;
}

static Row *
row_at(const Rows *rows, int number)
{
    return number == 0 ? NULL
                       : &g_array_index(rows->rows, Row, (guint)number - 1);
}

static Row *
find_row(const Rows *rows, const xmlNode *block)
{
    const char *id = xml_attribute(block, "id");
    return id == NULL ? NULL
                      : row_at(rows, GPOINTER_TO_INT(g_hash_table_lookup(
                                         rows->row_of_id, id)));
}

/* the first insert of this key that has no blocks yet */
static Row *
find_insert(const Rows *rows, const char *key)
{
    for (guint i = 0; i < rows->rows->len; i++) {
        Row *row = &g_array_index(rows->rows, Row, i);
        if (is_insert(row) && !row->is_taken &&
            row->block->state != STATE_MISSING &&
            g_strcmp0(row->block->key, key) == 0) {
            row->is_taken = true;
            return row;
        }
    }
    return NULL;
}

static void
set_row(xmlNode *block, Row *row)
{
    g_autofree char *number = g_strdup_printf("%d", row->number);
    xmlSetProp(block, XML("pair"), XML(number));
    row->is_shown = true;
}

/* gives the blocks of a chapter their rows */
static void
number_chapter(const Rows *rows, xmlNode *chapter, bool is_base)
{
    Row *row = NULL;
    const xmlNode *next = NULL;
    for (xmlNode *node = (xmlNode *)xml_first(chapter); node != NULL;
         node = (xmlNode *)next) {
        next = xml_next(node, NULL);
        if (xml_is(node, "index")) { /* its pages are those of another book */
            xmlUnlinkNode(node);
            xmlFreeNode(node);
            continue;
        }
        Row *own = find_row(rows, node);
        bool inserted =
            g_strcmp0(xml_attribute(node, "origin"), "insert") == 0;
        const char *key = xml_attribute(node, "key");
        bool goes_on = row != NULL && is_insert(row) &&
                       g_strcmp0(row->block->key, key) == 0;
        if (own != NULL)
            row = own;
        else if (inserted && !goes_on)
            row = find_insert(rows, key);
        if (row == NULL)
            continue;
        if (is_base && own != NULL)
            own->base = node;
        set_row(node, row);
    }
}

/* ids and what refers to them get a prefix, pictures are the base's own */
static void
set_apart(xmlNode *node)
{
    static const char *const names[] = {"id", "ref"};
    for (; node != NULL; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        const char *src = xml_attribute(node, "src");
        if (src != NULL) {
            g_autofree char *own = g_strconcat("manual/", src, NULL);
            xmlSetProp(node, XML("src"), XML(own));
        }
        for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
            const char *value = xml_attribute(node, names[i]);
            bool is_data = xml_is(node, "fact") || xml_is(node, "research");
            if (value == NULL || node->ns != NULL || (is_data && i == 1))
                continue;
            g_autofree char *own = g_strconcat(BASE_PREFIX, value, NULL);
            xmlSetProp(node, XML(names[i]), XML(own));
        }
        set_apart(node->children);
    }
}

/* ---- what the rows say ---- */

static void
add_pair(xmlNode *group, const Row *row, const OverlayDetails *details)
{
    static const char *const names[] = {"operation", "severity", "key",
                                        "reason"};
    const OverlayBlock *block = row->block;
    const char *values[] = {block->operation, block->severity, block->key,
                            block->reason};
    xmlNode *pair = xmlNewChild(group, NULL, XML("pair"), NULL);
    g_autofree char *number = g_strdup_printf("%d", row->number);
    xmlSetProp(pair, XML("number"), XML(number));
    xmlSetProp(pair, XML("state"), XML(block_state_name(block->state)));
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (values[i] != NULL)
            xmlSetProp(pair, XML(names[i]), XML(values[i]));
    }
    if (block->waived)
        xmlSetProp(pair, XML("waived"), XML("yes"));
    const OverlayDetail *detail =
        details == NULL || block->key == NULL ||
                block->state == STATE_CURRENT
            ? NULL
            : overlay_details_find(details, block->key);
    if (detail != NULL && detail->diff != NULL)
        difference_add(pair, detail->diff);
}

/* in the order of the report; a chapter begins with its first base block */
static void
add_pairs(xmlNode *pairs, const Rows *rows, const OverlayDetails *details)
{
    const char *chapter = NULL;
    xmlNode *group = NULL;
    for (guint i = 0; i < rows->rows->len; i++) {
        const Row *row = &g_array_index(rows->rows, Row, i);
        if (!row->is_shown)
            continue;
        if (group == NULL || g_strcmp0(chapter, row->block->chapter) != 0) {
            chapter = row->block->chapter;
            group = xmlNewChild(pairs, NULL, XML("group"), NULL);
        }
        add_pair(group, row, details);
    }
}

void
parallel_join(Document *edition, Document *base, const OverlayReport *report,
              const OverlayDetails *details)
{
    xmlNode *root = document_root(edition), *base_root = document_root(base);
    Rows rows = rows_new(report);
    for (const xmlNode *node = xml_child(base_root, "chapter"); node != NULL;
         node = xml_next(node, "chapter"))
        number_chapter(&rows, (xmlNode *)node, true);
    for (const xmlNode *node = xml_child(root, "chapter"); node != NULL;
         node = xml_next(node, "chapter"))
        number_chapter(&rows, (xmlNode *)node, false);
    add_pairs(xmlNewChild(root, NULL, XML("pairs"), NULL), &rows, details);
    xmlNode *copy = xmlDocCopyNode(base_root, edition->xml, 1);
    xmlNodeSetName(copy, XML("base"));
    set_apart(copy->children);
    xmlAddChild(root, copy);
    g_hash_table_unref(rows.row_of_id);
    g_array_unref(rows.rows);
}

bool
parallel_is_current(const OverlayReport *report)
{
    for (guint i = 0; i < report->blocks->len; i++) {
        const OverlayBlock *block = g_ptr_array_index(report->blocks, i);
        if (block->homeless || block->damaged ||
            (block->state != STATE_CURRENT && !block->waived))
            return false;
    }
    return true;
}
