/* SPDX-License-Identifier: MIT */
/* Evidence: the texts of documents, in the pieces that are set in one. */
#include "pipeline/evidence.h"

#include "base/xml.h"

#include <string.h>

Evidence *
evidence_new(void)
{
    Evidence *evidence = g_new0(Evidence, 1);
    evidence->proof = proof_new();
    evidence->lost = g_array_new(FALSE, FALSE, sizeof(Place));
    return evidence;
}

void
evidence_free(Evidence *evidence)
{
    if (evidence == NULL)
        return;
    proof_free(evidence->proof);
    g_array_unref(evidence->lost);
    g_free(evidence);
}

/* ---- texts ---- */

typedef enum { TEXT_REMOVED, TEXT_ON_PAGE, TEXT_ELSEWHERE } TextUse;

typedef struct {
    Evidence *evidence;
    TextUse use;
    Place place;
    GString *text;
    bool was_cut;
} Collector;

static void
add_text(Collector *collector, const char *text, TextUse use)
{
    if (use == TEXT_REMOVED)
        proof_add_removed(collector->evidence->proof, text, collector->place);
    else
        proof_add_kept(collector->evidence->proof, text, use == TEXT_ON_PAGE,
                       collector->place);
}

static void
end_piece(Collector *collector)
{
    if (collector->text->len > 0)
        add_text(collector, collector->text->str, collector->use);
    g_string_truncate(collector->text, 0);
}

/* where the layout sets something of its own, or a value is still to come */
static bool
is_cut(const xmlNode *node)
{
    return xml_is(node, "note-ref") || xml_is(node, "xref") ||
           xml_is(node, "image") ||
           (xml_is(node, "fact") && node->children == NULL);
}

static void
collect_inline(Collector *collector, const xmlNode *node)
{
    for (; node != NULL; node = node->next) {
        if (node->type == XML_TEXT_NODE) {
            g_string_append(collector->text, (const char *)node->content);
        } else if (node->type == XML_ELEMENT_NODE && is_cut(node)) {
            collector->was_cut = true;
            end_piece(collector);
        } else if (xml_is(node, "linebreak")) {
            g_string_append_c(collector->text, ' ');
        } else if (node->type == XML_ELEMENT_NODE) {
            collect_inline(collector, node->children);
        }
    }
}

static bool
is_leaf(const xmlNode *node)
{
    static const char *const names[] = {"heading", "paragraph", "caption",
                                        "cell",    "title",     "term",
                                        NULL};
    return g_strv_contains(names, (const char *)node->name) ||
           (xml_is(node, "code") && xml_attribute(node, "id") != NULL);
}

/* a text that is read but not set where it stands: not to be missed on a page,
 * yet nothing that was removed */
static void
collect_whole(Collector *collector, const xmlNode *node)
{
    if (collector->use == TEXT_REMOVED)
        return;
    g_autofree char *whole = xml_text(node);
    add_text(collector, whole, TEXT_ELSEWHERE);
}

static void
collect_block(Collector *collector, const xmlNode *node)
{
    if (node->type != XML_ELEMENT_NODE || xml_is(node, "raw"))
        return;
    collector->place = document_place(node);
    const char *alt = xml_attribute(node, "alt");
    if (alt != NULL && collector->use != TEXT_REMOVED)
        add_text(collector, alt, TEXT_ELSEWHERE);
    else if (alt != NULL)
        add_text(collector, alt, TEXT_REMOVED);
    if (is_leaf(node)) {
        collector->was_cut = false;
        collect_inline(collector, node->children);
        end_piece(collector);
        if (collector->was_cut)
            collect_whole(collector, node);
        for (const xmlNode *child = node->children; child != NULL;
             child = child->next) {
            if (xml_is(child, "image"))
                collect_block(collector, child);
        }
        return;
    }
    if (xml_is(node, "svg")) {
        collect_whole(collector, node);
        return;
    }
    for (const xmlNode *child = node->children; child != NULL;
         child = child->next)
        collect_block(collector, child);
}

static void
collect(Evidence *evidence, TextUse use, const xmlNode *node)
{
    Collector collector = {.evidence = evidence, .use = use};
    collector.text = g_string_new(NULL);
    collect_block(&collector, node);
    g_string_free(collector.text, TRUE);
}

void
evidence_take_removed(Evidence *evidence, const xmlNode *block)
{
    if (evidence != NULL)
        collect(evidence, TEXT_REMOVED, block);
}

/* what is called from outside of footnotes; the others may be left out */
static void
collect_called(const xmlNode *node, GHashTable *called)
{
    for (; node != NULL; node = node->next) {
        if (node->type != XML_ELEMENT_NODE || xml_is(node, "footnote"))
            continue;
        const char *ref =
            xml_is(node, "note-ref") ? xml_attribute(node, "ref") : NULL;
        if (ref != NULL)
            g_hash_table_add(called, (gpointer)ref);
        collect_called(node->children, called);
    }
}

static void
take_chapter(Evidence *evidence, const xmlNode *chapter, GHashTable *called)
{
    for (const xmlNode *block = chapter->children; block != NULL;
         block = block->next) {
        if (block->type != XML_ELEMENT_NODE)
            continue;
        const char *id = xml_attribute(block, "id");
        bool is_set = !xml_is(block, "footnote") ||
                      (id != NULL && g_hash_table_contains(called, id));
        collect(evidence, is_set ? TEXT_ON_PAGE : TEXT_ELSEWHERE, block);
    }
}

/* also of the base beside the edition */
static void
take_parts(Evidence *evidence, const xmlNode *node, GHashTable *called)
{
    Collector beside = {.evidence = evidence, .use = TEXT_ELSEWHERE};
    for (; node != NULL; node = node->next) {
        /* of a chapter that is not set there are titles, for references */
        if (xml_is(node, "chapter") && xml_attribute(node, "omitted") == NULL)
            take_chapter(evidence, node, called);
        else if (xml_is(node, "base"))
            take_parts(evidence, node->children, called);
        else if (node->type == XML_ELEMENT_NODE)
            collect_whole(&beside, node);
    }
}

void
evidence_take_kept(Evidence *evidence, const Document *document)
{
    if (evidence == NULL)
        return;
    const xmlNode *first = document_root(document)->children;
    g_autoptr(GHashTable) called = g_hash_table_new(g_str_hash, g_str_equal);
    collect_called(first, called);
    take_parts(evidence, first, called);
}

/* ---- blocks ---- */

static void
index_blocks(const xmlNode *node, GHashTable *blocks)
{
    for (; node != NULL; node = node->next) {
        const char *id = node->type == XML_ELEMENT_NODE
                             ? xml_attribute(node, "id")
                             : NULL;
        if (id != NULL)
            g_hash_table_insert(blocks, (gpointer)id, (gpointer)node);
        if (node->type == XML_ELEMENT_NODE)
            index_blocks(node->children, blocks);
    }
}

static void
take_block(Evidence *evidence, const xmlNode *block, GHashTable *blocks,
           GHashTable *removed)
{
    const char *id = xml_attribute(block, "id");
    if (id == NULL)
        return;
    const xmlNode *found = g_hash_table_lookup(blocks, id);
    const char *origin = found == NULL ? NULL : xml_attribute(found, "origin");
    if (found != NULL && g_strcmp0(origin, "replace") != 0)
        return;
    evidence_take_removed(evidence, block);
    /* a footnote goes with the last that calls it */
    if (found != NULL || g_hash_table_contains(removed, id) ||
        xml_is(block, "footnote") || xml_is(block, "raw"))
        return;
    Place place = document_place(block);
    g_array_append_val(evidence->lost, place);
}

void
evidence_take_overlay(Evidence *evidence, const Document *base,
                      const Document *edition, const OverlayReport *report)
{
    if (evidence == NULL || edition == NULL)
        return;
    g_autoptr(GHashTable) blocks = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) removed = g_hash_table_new(g_str_hash, g_str_equal);
    index_blocks(document_root(edition)->children, blocks);
    for (guint i = 0; i < report->blocks->len; i++) {
        const OverlayBlock *block = g_ptr_array_index(report->blocks, i);
        if (g_strcmp0(block->operation, "remove") == 0 && block->id != NULL)
            g_hash_table_add(removed, (gpointer)block->id);
    }
    for (const xmlNode *chapter = document_root(base)->children;
         chapter != NULL; chapter = chapter->next) {
        if (!xml_is(chapter, "chapter"))
            continue;
        for (const xmlNode *block = chapter->children; block != NULL;
             block = block->next) {
            if (block->type == XML_ELEMENT_NODE && document_is_block(block))
                take_block(evidence, block, blocks, removed);
        }
    }
}

/* ---- the check ---- */

bool
evidence_check(const Evidence *evidence, GBytes *pdf, bool is_whole,
               Diagnostics *diagnostics, GError **error)
{
    for (guint i = 0; i < evidence->lost->len; i++)
        diagnostics_add(diagnostics, LEVEL_INVALID, "block-lost",
                        g_array_index(evidence->lost, Place, i),
                        "this block of the base is neither in the edition nor "
                        "removed by it; the file was not written: report the "
                        "fault");
    return proof_check(evidence->proof, pdf, is_whole, diagnostics, error) &&
           evidence->lost->len == 0;
}
