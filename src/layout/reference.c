/* SPDX-License-Identifier: MIT */
/* Collecting ids, then asking every reference for its id. */
#include "layout/reference.h"

static void
collect(References *references, const FoNode *node)
{
    const char *id = fo_attribute(node, FO_ATTRIBUTE_ID);
    if (id != NULL) {
        /* of two the first counts; the reader said fo-duplicate-id */
        if (!g_hash_table_contains(references->ids, id))
            g_hash_table_insert(references->ids, (gpointer)id,
                                (gpointer)node);
    }
    const char *cited = fo_attribute(node, FO_ATTRIBUTE_REF_ID);
    if (cited != NULL && node->kind == FO_PAGE_NUMBER_CITATION_LAST)
        g_hash_table_add(references->cited_last, (gpointer)cited);
    if (cited != NULL && !g_hash_table_contains(references->citations, cited))
        g_hash_table_insert(references->citations, (gpointer)cited,
                            (gpointer)node);
    const char *indexed = fo_attribute(node, FO_ATTRIBUTE_REF_INDEX_KEY);
    if (indexed != NULL) { /* all pages of what it leads to */
        g_hash_table_add(references->cited_last, (gpointer)indexed);
        if (!g_hash_table_contains(references->citations, indexed))
            g_hash_table_insert(references->citations, (gpointer)indexed,
                                (gpointer)node);
    }
    for (const FoNode *child = node->first; child != NULL;
         child = child->next)
        collect(references, child);
}

static void
ask_id(const References *references, const FoNode *node, const char *id,
       Diagnostics *diagnostics)
{
    if (id == NULL || g_hash_table_contains(references->ids, id))
        return;
    diagnostics_add(diagnostics, LEVEL_ERROR, "unknown-reference", node->place,
                    "nothing has the id \"%s\" that is referred to here: "
                    "correct the reference or pin the id",
                    id);
}

static void
ask(const References *references, const FoNode *node,
    Diagnostics *diagnostics)
{
    ask_id(references, node, fo_attribute(node, FO_ATTRIBUTE_REF_ID),
           diagnostics);
    ask_id(references, node, fo_attribute(node, FO_ATTRIBUTE_REF_INDEX_KEY),
           diagnostics);
    const char *to = fo_attribute(node, FO_ATTRIBUTE_INTERNAL_DESTINATION);
    if (to != NULL && *to != 0)
        ask_id(references, node, to, diagnostics);
    for (const FoNode *child = node->first; child != NULL;
         child = child->next)
        ask(references, child, diagnostics);
}

void
references_init(References *references, const FoTree *tree,
                Diagnostics *diagnostics)
{
    references->ids = g_hash_table_new(g_str_hash, g_str_equal);
    references->cited_last = g_hash_table_new(g_str_hash, g_str_equal);
    references->citations = g_hash_table_new(g_str_hash, g_str_equal);
    collect(references, tree->root);
    ask(references, tree->root, diagnostics);
}

void
references_clear(References *references)
{
    g_hash_table_unref(references->ids);
    g_hash_table_unref(references->cited_last);
    g_hash_table_unref(references->citations);
}
