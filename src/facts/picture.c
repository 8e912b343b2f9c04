/* SPDX-License-Identifier: MIT */
/* Pictures with facts in them. */
#include "facts/picture.h"

#include "base/file.h"
#include "base/xml.h"

#include <string.h>

#define SVG_NAMESPACE "http://www.w3.org/2000/svg"

enum { MAX_BYTES = 1 << 24 };

char *
picture_text(const char *root, const char *edition, const char *src)
{
    if (src == NULL || !g_str_has_suffix(src, ".svg"))
        return NULL;
    g_autofree char *folder =
        edition == NULL ? g_strdup("manual")
                        : g_build_filename("locales", edition, NULL);
    g_autofree char *name = g_build_filename(folder, src, NULL);
    g_autoptr(GBytes) bytes = file_load(root, name, MAX_BYTES, NULL);
    if (bytes == NULL)
        return NULL;
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);
    return length > 0 && g_strstr_len(data, (gssize)length, "{{") != NULL
               ? g_strndup(data, length)
               : NULL;
}

/* what drawing programs keep for themselves, and remarks */
static void
drop_foreign(xmlNode *node)
{
    for (xmlNode *child = node->children, *next; child != NULL; child = next) {
        next = child->next;
        bool is_element = child->type == XML_ELEMENT_NODE;
        if (is_element && child->ns != NULL &&
            strcmp((const char *)child->ns->href, SVG_NAMESPACE) == 0) {
            drop_foreign(child);
        } else if (is_element || child->type == XML_COMMENT_NODE ||
                   child->type == XML_PI_NODE) {
            xmlUnlinkNode(child);
            xmlFreeNode(child);
        }
    }
}

xmlDoc *
picture_read(const char *name, const char *text, Diagnostics *diagnostics)
{
    xmlDoc *picture = xml_read(name, text, strlen(text), diagnostics);
    if (picture != NULL)
        drop_foreign(xmlDocGetRootElement(picture));
    return picture;
}
