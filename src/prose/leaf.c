/* SPDX-License-Identifier: MIT */
/* Leaves: collected from the tree, found again in the source. */
#include "prose/leaf.h"

#include "base/xml.h"

#include <string.h>

typedef struct {
    const Document *document;
    LeafVisitor visit;
    gpointer data;
    GString *text;
    GByteArray *loose;
} Walk;

/* ---- the text of a leaf -------------------------------------------------- */

static void
add(Walk *walk, const char *text, bool is_loose)
{
    g_string_append(walk->text, text);
    for (size_t i = strlen(text); i > 0; i--) {
        guint8 flag = is_loose;
        g_byte_array_append(walk->loose, &flag, 1);
    }
}

/* facts stand in it as they are written */
static void
add_alt(Walk *walk, const char *alt, bool is_loose)
{
    for (const char *p = alt; *p != '\0';) {
        size_t fact = document_fact_length(p);
        size_t plain = strcspn(p + 1, "{") + 1;
        g_autofree char *text = g_strndup(p, plain);
        add(walk, fact > 0 ? LEAF_OBJECT : text, is_loose);
        p += fact > 0 ? fact : plain;
    }
}

static void
add_inlines(Walk *walk, const xmlNode *node, bool is_loose)
{
    for (; node != NULL; node = node->next) {
        if (node->type == XML_TEXT_NODE)
            add(walk, (const char *)node->content, is_loose);
        else if (xml_is(node, "linebreak"))
            add(walk, " ", is_loose);
        else if (xml_is(node, "fact") || xml_is(node, "xref") ||
                 xml_is(node, "image") || xml_is(node, "code"))
            add(walk, LEAF_OBJECT, is_loose);
        else if (node->type == XML_ELEMENT_NODE && !xml_is(node, "note-ref"))
            add_inlines(walk, node->children,
                        is_loose || xml_is(node, "emphasis") ||
                            xml_is(node, "link"));
    }
}

/* what stands between quotation marks is loose, too */
static void
loosen_quotations(Walk *walk)
{
    bool is_inside = false;
    for (const char *p = walk->text->str; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar character = g_utf8_get_char(p);
        bool opens = character == 0x201E || character == 0xAB ||
                     (character == 0x201C && !is_inside);
        bool closes = character == 0x201D || character == 0xBB ||
                      (character == 0x201C && is_inside);
        is_inside = opens || (is_inside && !closes);
        if (is_inside)
            walk->loose->data[p - walk->text->str] = 1;
    }
}

/* the block whose lines hold the node */
static const xmlNode *
find_placed(const xmlNode *node)
{
    while (node != NULL && node->type == XML_ELEMENT_NODE &&
           xml_attribute(node, "place") == NULL)
        node = node->parent;
    return node != NULL && node->type == XML_ELEMENT_NODE ? node : NULL;
}

static void
give(Walk *walk, const xmlNode *node, bool is_note)
{
    const xmlNode *placed = find_placed(node);
    Leaf leaf = {.place = document_place(node), .is_note = is_note};
    loosen_quotations(walk);
    leaf.text = walk->text->str;
    leaf.loose = walk->loose->data;
    leaf.source = leaf.place.file == NULL
                      ? NULL
                      : document_source(walk->document, leaf.place.file);
    if (placed == NULL)
        leaf.source = NULL;
    if (leaf.source != NULL) {
        int last = MIN(document_end_line(placed), leaf.source->line_count);
        int first = CLAMP(leaf.place.line, 1, leaf.source->line_count);
        size_t length = 0;
        const char *end = source_line(leaf.source, MAX(last, first), &length);
        leaf.first = leaf.source->line_starts[first - 1];
        leaf.end = (size_t)(end + length - leaf.source->text);
    }
    if (walk->text->len > 0)
        walk->visit(&leaf, walk->data);
    g_string_truncate(walk->text, 0);
    g_byte_array_set_size(walk->loose, 0);
}

/* ---- the walk ------------------------------------------------------------ */

bool
leaf_is(const xmlNode *node)
{
    static const char *const names[] = {"heading", "paragraph", "caption",
                                        "cell",    "title",     NULL};
    return g_strv_contains(names, (const char *)node->name);
}

static void
walk_node(Walk *walk, const xmlNode *node, bool is_note)
{
    const char *lang = xml_attribute(node, "lang");
    const char *own = xml_attribute(document_root(walk->document), "lang");
    if (node->ns != NULL || (lang != NULL && strcmp(lang, own) != 0) ||
        xml_is(node, "raw") || xml_is(node, "code") || xml_is(node, "index"))
        return;
    const char *alt = xml_attribute(node, "alt");
    if (alt != NULL) {
        add_alt(walk, alt, is_note);
        give(walk, node, is_note);
    }
    if (leaf_is(node)) {
        add_inlines(walk, node->children, is_note);
        give(walk, node, is_note);
        return;
    }
    is_note = is_note || xml_is(node, "footnote");
    for (const xmlNode *child = xml_first(node); child != NULL;
         child = xml_next(child, NULL))
        walk_node(walk, child, is_note);
}

void
leaves_visit(const Document *document, LeafVisitor visit, gpointer data)
{
    Walk walk = {.document = document,
                 .visit = visit,
                 .data = data,
                 .text = g_string_new(NULL),
                 .loose = g_byte_array_new()};
    for (const xmlNode *chapter = xml_child(document_root(document), "chapter");
         chapter != NULL; chapter = xml_next(chapter, "chapter"))
        walk_node(&walk, chapter, false);
    g_string_free(walk.text, TRUE);
    g_byte_array_unref(walk.loose);
}

Place
leaf_place(const Leaf *leaf, size_t start, size_t end)
{
    const Source *source = leaf->source;
    if (source == NULL)
        return leaf->place;
    size_t length = end - start;
    const char *object =
        g_strstr_len(leaf->text + start, (gssize)length, LEAF_OBJECT);
    if (object != NULL) /* it has other letters in the source */
        length = MIN(length, (size_t)(object - leaf->text) - start);
    if (length == 0)
        return leaf->place;
    g_autofree char *wanted = g_strndup(leaf->text + start, length);
    const char *in_text = strstr(leaf->text, wanted);
    const char *found = source->text + leaf->first;
    const char *stop = source->text + leaf->end;
    for (;; found += length) {
        found = g_strstr_len(found, stop - found, wanted);
        if (found == NULL)
            return leaf->place;
        if (in_text == NULL || in_text >= leaf->text + start)
            break;
        in_text = strstr(in_text + length, wanted);
    }
    size_t offset = (size_t)(found - source->text);
    int line = leaf->place.line;
    while (line < source->line_count && source->line_starts[line] <= offset)
        line++;
    const char *begin = source->text + source->line_starts[line - 1];
    return (Place){leaf->place.file, line,
                   (int)g_utf8_strlen(begin, found - begin) + 1};
}
