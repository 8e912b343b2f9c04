/* SPDX-License-Identifier: MIT */
/* Block text: see the header. */
#include "pipeline/block_text.h"

#include "base/file.h"
#include "base/xml.h"

#include <string.h>

#define XML(text) ((const xmlChar *)(text))
#define LINE_SIGN "¶" /* of a word diff */
#define MOST_PICTURE_BYTES ((size_t)64 << 20)

typedef struct {
    const char *root;
    const char *const *folders;
    GString *text;
} Content;

/* where a block stands, what it is called and how far it is: not printed */
static bool
is_printed(const char *name)
{
    static const char *const others[] = {
        "id",     "at",  "place",  "file",   "pin",      "state", "severity",
        "origin", "key", "reason", "source", "verified", "tight", "change",
        "index",
        NULL};
    return !g_strv_contains(others, name);
}

static void
add_attributes(Content *content, const xmlNode *node)
{
    bool names_printed = xml_is(node, "fact") || xml_is(node, "note-ref");
    for (const xmlAttr *attribute = node->properties; attribute != NULL;
         attribute = attribute->next) {
        const char *name = (const char *)attribute->name;
        bool is_drawing = node->ns != NULL; /* of an SVG: all is seen */
        if (!is_drawing && (!is_printed(name) ||
                            (names_printed && strcmp(name, "ref") == 0)))
            continue;
        const char *value = attribute->children == NULL
                                ? ""
                                : (const char *)attribute->children->content;
        g_string_append_printf(content->text, " %s='%s'", name, value);
    }
}

static void
add_picture(Content *content, const char *src)
{
    for (int i = 0; content->folders[i] != NULL; i++) {
        g_autofree char *name =
            g_build_filename(content->folders[i], src, NULL);
        g_autoptr(GBytes) bytes =
            file_load(content->root, name, MOST_PICTURE_BYTES, NULL);
        if (bytes == NULL)
            continue;
        g_autofree char *digest =
            g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
        g_string_append_printf(content->text, " %s", digest);
        return;
    }
}

static void
add_content(Content *content, const xmlNode *node)
{
    for (; node != NULL; node = node->next) {
        if (node->type == XML_TEXT_NODE)
            g_string_append(content->text, (const char *)node->content);
        if (node->type != XML_ELEMENT_NODE)
            continue;
        g_string_append_printf(content->text, "<%s", node->name);
        add_attributes(content, node);
        const char *src = xml_attribute(node, "src");
        if (src != NULL)
            add_picture(content, src);
        g_string_append_c(content->text, '>');
        add_content(content, node->children);
        g_string_append(content->text, "</>");
    }
}

char *
block_content(const xmlNode *block, const char *root,
              const char *const *folders)
{
    if (xml_is(block, "index"))
        return block_words(block);
    Content content = {root, folders, g_string_new((const char *)block->name)};
    add_attributes(&content, block);
    if (xml_attribute(block, "src") != NULL)
        add_picture(&content, xml_attribute(block, "src"));
    add_content(&content, block->children);
    return g_string_free(content.text, FALSE);
}

/* ---- words ---- */

static bool
begins_line(const xmlNode *node)
{
    return document_is_block(node) || xml_is(node, "item") ||
           xml_is(node, "row") || xml_is(node, "cell") ||
           xml_is(node, "caption") || xml_is(node, "title") ||
           xml_is(node, "term");
}

static void
end_line(GString *text)
{
    if (text->len > 0 && text->str[text->len - 1] != '\n')
        g_string_append_c(text, '\n');
}

static void
add_words(GString *text, const xmlNode *node)
{
    for (; node != NULL; node = node->next) {
        if (node->type == XML_TEXT_NODE)
            g_string_append(text, (const char *)node->content);
        if (node->type != XML_ELEMENT_NODE)
            continue;
        if (xml_is(node, "linebreak"))
            g_string_append_c(text, ' ');
        if (begins_line(node) || node->ns != NULL)
            end_line(text);
        add_words(text, node->children);
        if (begins_line(node))
            end_line(text);
    }
}

char *
block_words(const xmlNode *block)
{
    GString *text = g_string_new(NULL);
    add_words(text, block->children);
    return g_strchomp(g_string_free(text, FALSE));
}

/* ---- differences ---- */

void
difference_add_text(xmlNode *parent, const char *element, const char *text,
                    size_t length)
{
    g_autofree char *part = g_strndup(text, length);
    g_strdelimit(part, "\n", ' ');
    /* the diff's sign of a new line */
    g_auto(GStrv) lines = g_strsplit(part, LINE_SIGN, -1);
    g_autofree char *own = g_strjoinv("·", lines);
    xmlNode *node = element == NULL
                        ? xmlNewDocText(parent->doc, XML(own))
                        : xmlNewDocNode(parent->doc, NULL, XML(element), NULL);
    if (element != NULL)
        xmlNodeAddContent(node, XML(own));
    xmlAddChild(parent, node);
}

void
difference_add(xmlNode *parent, const char *difference)
{
    while (*difference != 0) {
        const char *out = strstr(difference, "[-");
        const char *in = strstr(difference, "{+");
        bool is_out = out != NULL && (in == NULL || out < in);
        const char *start = is_out ? out : in;
        const char *end =
            start == NULL ? NULL : strstr(start, is_out ? "-]" : "+}");
        if (end == NULL) {
            difference_add_text(parent, NULL, difference, strlen(difference));
            return;
        }
        if (start > difference)
            difference_add_text(parent, NULL, difference, (size_t)(start - difference));
        difference_add_text(parent, is_out ? "out" : "in", start + 2,
                 (size_t)(end - start - 2));
        difference = end + 2;
    }
}
