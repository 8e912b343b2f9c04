/* SPDX-License-Identifier: MIT */
/* Pictures with facts in them. */
#include "facts/picture.h"

#include "base/file.h"
#include "base/xml.h"

#include <string.h>

#define SVG_NAMESPACE "http://www.w3.org/2000/svg"

enum { MAX_BYTES = 1 << 24, MAX_ELEMENTS = 5000 };

static char *
own_name(const char *edition, const char *src)
{
    return edition == NULL ? g_build_filename("manual", src, NULL)
                           : g_build_filename("locales", edition, src, NULL);
}

char *
picture_text(const char *root, const char *edition, const char *src)
{
    if (src == NULL || !g_str_has_suffix(src, ".svg"))
        return NULL;
    g_autofree char *name = own_name(edition, src);
    g_autoptr(GBytes) bytes = file_load(root, name, MAX_BYTES, NULL);
    if (bytes == NULL)
        return NULL;
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);
    return length > 0 && g_strstr_len(data, (gssize)length, "{{") != NULL
               ? g_strndup(data, length)
               : NULL;
}

static bool
is_svg(const xmlNode *node)
{
    return node->type == XML_ELEMENT_NODE && node->ns != NULL &&
           strcmp((const char *)node->ns->href, SVG_NAMESPACE) == 0;
}

/* what drawing programs keep for themselves, and remarks; counts elements */
static void
drop_foreign(xmlNode *node, int *count)
{
    for (xmlNode *child = node->children, *next; child != NULL; child = next) {
        next = child->next;
        if (is_svg(child)) {
            (*count)++;
            drop_foreign(child, count);
        } else if (child->type == XML_ELEMENT_NODE ||
                   child->type == XML_COMMENT_NODE ||
                   child->type == XML_PI_NODE) {
            xmlUnlinkNode(child);
            xmlFreeNode(child);
        }
    }
}

xmlDoc *
picture_read(const char *edition, const char *src, const char *text,
             Diagnostics *diagnostics)
{
    g_autofree char *name = own_name(edition, src);
    xmlDoc *picture = xml_read(name, text, strlen(text), diagnostics);
    if (picture == NULL)
        return NULL;
    xmlNode *root = xmlDocGetRootElement(picture);
    int count = 0;
    bool is_picture = is_svg(root) && xml_is(root, "svg");
    if (is_picture)
        drop_foreign(root, &count);
    if (is_picture && count <= MAX_ELEMENTS)
        return picture;
    diagnostics_add(diagnostics, LEVEL_ERROR, "figure-invalid",
                    (Place){g_intern_string(name), 1, 0},
                    "facts cannot be put into the picture: %s",
                    is_picture ? "it has more than 5,000 elements"
                               : "its root is no <svg> of SVG's namespace");
    xmlFreeDoc(picture);
    return NULL;
}
