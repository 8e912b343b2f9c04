/* SPDX-License-Identifier: MIT */
/*
 * References: does everything that points at something find it?
 *
 * Run on the finished document, when overlays have put in and taken out blocks.
 * Every trouble names the nearest thing that may have been meant.
 */
#include "read/read.h"

#include "base/nearest.h"
#include "base/xml.h"

#include <string.h>

typedef struct {
    GHashTable *ids;     /* id -> element */
    GPtrArray *id_names; /* of blocks that can be pointed at; NULL-terminated */
    GHashTable *notes;   /* of this chapter: label -> footnote */
    GPtrArray *labels;   /* of this chapter; NULL-terminated */
    GHashTable *used;    /* footnotes that are pointed at, as a set */
    int reported;        /* of notes and references that lead nowhere */
    Diagnostics *diagnostics;
} Checks;

/* after so many the nearest names are no longer looked for */
enum { MAX_REPORTS = 500 };

static bool
is_element(const xmlNode *node)
{
    return node->type == XML_ELEMENT_NODE;
}

static void
collect_ids(Checks *checks, const xmlNode *node)
{
    for (; node != NULL; node = node->next) {
        const char *id = is_element(node) ? xml_attribute(node, "id") : NULL;
        const xmlNode *other =
            id == NULL ? NULL : g_hash_table_lookup(checks->ids, id);
        if (other != NULL) {
            Place place = document_place(other);
            diagnostics_add(checks->diagnostics, LEVEL_ERROR, "duplicate-id",
                            document_place(node),
                            "the id \"%s\" already belongs to the block at "
                            "%s:%d:%d; choose another one for this block",
                            id, place.file == NULL ? "?" : place.file,
                            place.line, place.column);
        } else if (id != NULL) {
            g_hash_table_insert(checks->ids, (gpointer)id, (gpointer)node);
            if (strchr(id, '.') == NULL)
                g_ptr_array_add(checks->id_names, (gpointer)id);
        }
        /* the content of paragraphs has no ids, an image's none of ours */
        if (is_element(node) && node->ns == NULL)
            collect_ids(checks, node->children);
    }
}

static void
check_reference(Checks *checks, const xmlNode *node, const char *id)
{
    if (g_hash_table_contains(checks->ids, id) ||
        ++checks->reported > MAX_REPORTS)
        return;
    g_autofree char *question =
        nearest_question(id, (const char *const *)checks->id_names->pdata);
    diagnostics_add(checks->diagnostics, LEVEL_ERROR, "unknown-reference",
                    document_place(node), "no block has the id \"%s\"%s", id,
                    question[0] != '\0'
                        ? question
                        : "; write {#id} behind a heading or <!-- id: id --> "
                          "before the block");
}

static void
check_note_reference(Checks *checks, const xmlNode *node, const char *label)
{
    g_autofree char *folded = g_utf8_casefold(label, -1);
    xmlNode *note = g_hash_table_lookup(checks->notes, folded);
    if (note != NULL) {
        g_hash_table_add(checks->used, note);
        return;
    }
    if (++checks->reported > MAX_REPORTS)
        return;
    g_autofree char *question =
        nearest_question(label, (const char *const *)checks->labels->pdata);
    diagnostics_add(checks->diagnostics, LEVEL_ERROR, "note-undefined",
                    document_place(node),
                    "the footnote [^%s] has no text%s; write a line "
                    "\"[^%s]: text\" in this chapter",
                    label, question, label);
}

static void
check_inside(Checks *checks, const xmlNode *node)
{
    for (; node != NULL; node = node->next) {
        if (!is_element(node) || node->ns != NULL)
            continue;
        const char *ref = xml_attribute(node, "ref");
        const char *href = xml_attribute(node, "href");
        const char *label = xml_attribute(node, "label");
        if (xml_is(node, "xref") && ref != NULL)
            check_reference(checks, node, ref);
        else if (xml_is(node, "link") && href != NULL && href[0] == '#')
            check_reference(checks, node, href + 1);
        else if (xml_is(node, "note-ref") && label != NULL)
            check_note_reference(checks, node, label);
        check_inside(checks, node->children);
    }
}

/* ---- structure ----------------------------------------------------------- */

static void
check_captions(Checks *checks, const xmlNode *chapter)
{
    const xmlNode *before = NULL;
    for (const xmlNode *block = xml_first(chapter); block != NULL;
         before = block, block = xml_next(block, NULL)) {
        if (!xml_is(block, "caption"))
            continue;
        if (before == NULL ||
            (!xml_is(before, "table") && !xml_is(before, "research")))
            diagnostics_add(checks->diagnostics, LEVEL_ERROR,
                            "caption-without-table", document_place(block),
                            "a paragraph that begins with \": \" is a table's "
                            "caption, but no table stands right before it; "
                            "move it, or write \\: for the sign itself");
    }
}

static void
check_headings(Checks *checks, const xmlNode *chapter)
{
    const xmlNode *heading = xml_child(chapter, "heading");
    if (heading == NULL) {
        const char *file = xml_attribute(chapter, "file");
        diagnostics_add(
            checks->diagnostics, LEVEL_ERROR, "chapter-untitled",
            (Place){file == NULL ? NULL : g_intern_string(file), 1, 1},
            "the chapter has no heading; begin it with "
            "\"# Title\"");
        return;
    }
    int level = 0;
    for (; heading != NULL; heading = xml_next(heading, "heading")) {
        int next = xml_attribute_int(heading, "level", 1);
        if (level == 0 && next != 1)
            diagnostics_add(checks->diagnostics, LEVEL_WARNING, "heading-level",
                            document_place(heading),
                            "the first heading of a chapter is its title; "
                            "write one # instead of %d",
                            next);
        else if (level > 0 && next == 1)
            diagnostics_add(checks->diagnostics, LEVEL_WARNING, "heading-level",
                            document_place(heading),
                            "a second title in one chapter; write ##, or make "
                            "it a chapter of its own");
        else if (level > 0 && next > level + 1)
            diagnostics_add(checks->diagnostics, LEVEL_WARNING, "heading-level",
                            document_place(heading),
                            "a heading of level %d below one of level %d; "
                            "readers' aids expect level %d",
                            next, level, level + 1);
        level = next;
    }
}

/* ---- chapters ------------------------------------------------------------ */

static void
check_chapter(Checks *checks, const xmlNode *chapter)
{
    g_autoptr(GHashTable) notes =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) used = g_hash_table_new(NULL, NULL);
    g_autoptr(GPtrArray) labels = g_ptr_array_new();
    checks->notes = notes;
    checks->used = used;
    checks->labels = labels;
    const xmlNode *note = xml_child(chapter, "footnote");
    for (; note != NULL; note = xml_next(note, "footnote")) {
        const char *label = xml_attribute(note, "label");
        if (label == NULL)
            continue;
        char *folded = g_utf8_casefold(label, -1);
        if (g_hash_table_contains(notes, folded)) {
            diagnostics_add(checks->diagnostics, LEVEL_ERROR, "note-twice",
                            document_place(note),
                            "[^%s] has two texts in this chapter; choose "
                            "another label for this one",
                            label);
            g_free(folded);
            continue;
        }
        g_hash_table_insert(notes, folded, (gpointer)note);
        g_ptr_array_add(labels, (gpointer)label);
    }
    g_ptr_array_add(labels, NULL);
    check_inside(checks, chapter->children);
    check_captions(checks, chapter);
    check_headings(checks, chapter);
    for (note = xml_child(chapter, "footnote"); note != NULL;
         note = xml_next(note, "footnote")) {
        const char *label = xml_attribute(note, "label");
        if (label != NULL && !g_hash_table_contains(used, note))
            diagnostics_add(checks->diagnostics, LEVEL_WARNING, "note-unused",
                            document_place(note),
                            "nothing refers to the footnote [^%s], so it is "
                            "not printed; write [^%s] where it belongs, or "
                            "delete it",
                            label, label);
    }
}

void
read_check_references(const Document *document, Diagnostics *diagnostics)
{
    g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) id_names = g_ptr_array_new();
    Checks checks = {
        .ids = ids, .id_names = id_names, .diagnostics = diagnostics};
    const xmlNode *root = document_root(document);
    const xmlNode *chapter = xml_child(root, "chapter");
    for (; chapter != NULL; chapter = xml_next(chapter, "chapter"))
        collect_ids(&checks, chapter->children);
    g_ptr_array_add(id_names, NULL);
    chapter = xml_child(root, "chapter");
    for (; chapter != NULL; chapter = xml_next(chapter, "chapter"))
        check_chapter(&checks, chapter);
}
