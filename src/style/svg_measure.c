/* SPDX-License-Identifier: MIT */
/*
 * SVG: librsvg draws it, but only after we have seen that it asks for nothing
 * beyond itself.  What a picture may refer to are its own parts ("#id") and
 * pictures written into it ("data:image/png..."); scripts, style sheets of
 * elsewhere and foreign objects are refused, not skipped: a picture that is
 * printed should look as its author saw it.
 */
#include "style/graphic_load.h"

#include <libxml/parser.h>
#include <librsvg/rsvg.h>
#include <string.h>

#define SVG_NAMESPACE "http://www.w3.org/2000/svg"
enum { MAX_ELEMENTS = 100000, MAX_POINTS = 100000 };

static bool
fail(const char **trouble, const char *text)
{
    *trouble = text;
    return false;
}

static bool
is_own_reference(const char *target)
{
    while (g_ascii_isspace(*target) || *target == '"' || *target == '\'')
        target++;
    return *target == '#' || *target == 0 ||
           g_str_has_prefix(target, "data:image/png") ||
           g_str_has_prefix(target, "data:image/jpeg");
}

/* every url(...) in CSS is one of the picture's own parts */
static bool
is_css_safe(const char *css)
{
    g_autofree char *folded = g_ascii_strdown(css, -1);
    if (strstr(folded, "@import") != NULL || strchr(folded, '\\') != NULL)
        return false;
    for (const char *at = folded; (at = strstr(at, "url")) != NULL; at += 3) {
        const char *open = at + 3 + strspn(at + 3, " \t\r\n");
        if (*open == '(' && !is_own_reference(open + 1))
            return false;
    }
    return true;
}

static bool
is_attribute_safe(const xmlNode *element, const xmlAttr *attribute)
{
    const char *name = (const char *)attribute->name;
    xmlChar *value = xmlNodeListGetString(element->doc, attribute->children, 1);
    const char *text = value == NULL ? "" : (const char *)value;
    bool is_link = strcmp((const char *)element->name, "a") == 0;
    bool is_safe = true;
    if (strcmp(name, "href") == 0 || strcmp(name, "src") == 0)
        is_safe = is_link || is_own_reference(text);
    else if (strcmp(name, "base") == 0 || g_str_has_prefix(name, "on"))
        is_safe = false;
    else if (strchr(text, '(') != NULL)
        is_safe = is_css_safe(text);
    xmlFree(value);
    return is_safe;
}

/* <?xml-stylesheet href="..."?> */
static bool
is_style_sheet(const xmlNode *node)
{
    return node->type == XML_PI_NODE &&
           strcmp((const char *)node->name, "xml-stylesheet") == 0;
}

static bool
is_element_safe(const xmlNode *element, int *count, const char **trouble)
{
    const char *name = (const char *)element->name;
    if (++*count > MAX_ELEMENTS)
        return fail(trouble, "it has more than 100000 elements; simplify it");
    if (strcmp(name, "script") == 0 || strcmp(name, "foreignObject") == 0 ||
        strcmp(name, "include") == 0)
        return fail(trouble, "it holds a script or foreign object; export it "
                             "as a plain SVG");
    for (const xmlAttr *attribute = element->properties; attribute != NULL;
         attribute = attribute->next) {
        if (!is_attribute_safe(element, attribute))
            return fail(trouble, "it refers to something outside of itself; "
                                 "put that into the picture (embed it)");
    }
    if (strcmp(name, "style") == 0) {
        xmlChar *css = xmlNodeGetContent(element);
        bool is_safe = css == NULL || is_css_safe((const char *)css);
        xmlFree(css);
        if (!is_safe)
            return fail(trouble, "its style refers to something outside of "
                                 "itself; put that into the picture");
    }
    for (const xmlNode *child = element->children; child != NULL;
         child = child->next) {
        if (child->type == XML_ELEMENT_NODE &&
            !is_element_safe(child, count, trouble))
            return false;
        if (is_style_sheet(child))
            return fail(trouble, "it names a style sheet outside of itself; "
                                 "put that into the picture");
    }
    return true;
}

/* ---- parts that use each other ---- */

/* librsvg leaves out a part that uses itself, and stops at so many elements
 * in the middle of the picture; both are found before */
enum { MAX_DRAWN = 400000, MAX_REFERENCES_DEEP = 500 };

typedef struct {
    GHashTable *ids;   /* id -> element */
    GHashTable *drawn; /* element -> elements drawn for it; 0: under way */
    const char **trouble;
} References;

static void
collect_ids(GHashTable *ids, const xmlNode *element)
{
    for (const xmlAttr *attribute = element->properties; attribute != NULL;
         attribute = attribute->next) {
        if (strcmp((const char *)attribute->name, "id") == 0 &&
            attribute->children != NULL)
            g_hash_table_insert(ids, attribute->children->content,
                                (gpointer)element);
    }
    for (const xmlNode *child = element->children; child != NULL;
         child = child->next) {
        if (child->type == XML_ELEMENT_NODE)
            collect_ids(ids, child);
    }
}

/* the part that an attribute names, "#id" or "url(#id)"; or NULL */
static const xmlNode *
find_part(const References *references, const xmlAttr *attribute)
{
    const char *text = attribute->children == NULL
                           ? NULL
                           : (const char *)attribute->children->content;
    const char *hash = text == NULL ? NULL : strchr(text, '#');
    bool is_link = strcmp((const char *)attribute->parent->name, "a") == 0;
    if (hash == NULL || is_link)
        return NULL;
    g_autofree char *id = g_strndup(hash + 1, strcspn(hash + 1, ")'\" \t"));
    return g_hash_table_lookup(references->ids, id);
}

/* how many elements drawing this one takes; 0 where there is no end */
static size_t
count_drawn(References *references, const xmlNode *element, int depth)
{
    gpointer known;
    if (g_hash_table_lookup_extended(references->drawn, element, NULL, &known)) {
        if (GPOINTER_TO_SIZE(known) == 0)
            fail(references->trouble, "a part of it uses itself; draw that "
                                      "part anew");
        return GPOINTER_TO_SIZE(known);
    }
    if (depth > MAX_REFERENCES_DEEP) {
        fail(references->trouble, "its parts use each other too deeply; "
                                  "simplify it");
        return 0;
    }
    g_hash_table_insert(references->drawn, (gpointer)element, NULL);
    size_t sum = 1;
    for (const xmlAttr *attribute = element->properties; attribute != NULL;
         attribute = attribute->next) {
        const xmlNode *part = find_part(references, attribute);
        size_t count =
            part == NULL ? 0 : count_drawn(references, part, depth + 1);
        if (part != NULL && count == 0)
            return 0;
        sum += count;
    }
    for (const xmlNode *child = element->children; child != NULL;
         child = child->next) {
        size_t count = child->type != XML_ELEMENT_NODE
                           ? 0
                           : count_drawn(references, child, depth + 1);
        if (child->type == XML_ELEMENT_NODE && count == 0)
            return 0;
        sum += count;
    }
    if (sum > MAX_DRAWN) {
        fail(references->trouble, "its parts use each other so often that "
                                  "drawing it would not end; simplify it");
        return 0;
    }
    g_hash_table_insert(references->drawn, (gpointer)element,
                        GSIZE_TO_POINTER(sum));
    return sum;
}

static bool
is_finite(const xmlNode *root, const char **trouble)
{
    References references = {g_hash_table_new(g_str_hash, g_str_equal),
                             g_hash_table_new(NULL, NULL), trouble};
    collect_ids(references.ids, root);
    bool is_good = count_drawn(&references, root, 0) > 0;
    g_hash_table_unref(references.ids);
    g_hash_table_unref(references.drawn);
    return is_good;
}

static bool
is_document_safe(xmlDoc *document, const char **trouble)
{
    const xmlNode *root =
        document == NULL ? NULL : xmlDocGetRootElement(document);
    int count = 0;
    if (root == NULL)
        return fail(trouble, "it is not well-formed XML; export it again");
    if (strcmp((const char *)root->name, "svg") != 0 || root->ns == NULL ||
        strcmp((const char *)root->ns->href, SVG_NAMESPACE) != 0)
        return fail(trouble, "it is XML, but no SVG");
    if (document->intSubset != NULL && document->intSubset->children != NULL)
        return fail(trouble, "it declares entities; export it as a plain SVG");
    for (const xmlNode *node = document->children; node != NULL;
         node = node->next) {
        if (is_style_sheet(node))
            return fail(trouble, "it names a style sheet outside of itself; "
                                 "put that into the picture");
    }
    return is_element_safe(root, &count, trouble) && is_finite(root, trouble);
}

/* ---- size ---- */

/* "12", "12px", "12.5mm" in pixels of 1/96 inch; false for anything else */
static bool
read_size(const xmlNode *root, const char *name, double *size)
{
    static const struct {
        const char *unit;
        double pixels;
    } units[] = {{"", 1},         {"px", 1},       {"pt", 96 / 72.0},
                 {"pc", 16},      {"in", 96},      {"mm", 96 / 25.4},
                 {"cm", 96 / 2.54}};
    xmlChar *text = xmlGetNoNsProp((xmlNode *)root, (const xmlChar *)name);
    if (text == NULL)
        return false;
    char *end;
    double number = g_ascii_strtod((const char *)text, &end);
    bool is_read = false;
    for (size_t i = 0; i < G_N_ELEMENTS(units) && !is_read; i++) {
        is_read = end != (char *)text && strcmp(end, units[i].unit) == 0;
        *size = number * units[i].pixels;
    }
    xmlFree(text);
    return is_read;
}

/* the size of a viewBox, where neither width nor height is said */
static bool
read_box(const xmlNode *root, double *width, double *height)
{
    if (xmlHasProp((xmlNode *)root, (const xmlChar *)"width") != NULL ||
        xmlHasProp((xmlNode *)root, (const xmlChar *)"height") != NULL)
        return false;
    xmlChar *text = xmlGetNoNsProp((xmlNode *)root, (const xmlChar *)"viewBox");
    if (text == NULL)
        return false;
    double box[4];
    char *at = (char *)text;
    int count = 0;
    for (char *end; count < 4; at = end, count++) {
        while (g_ascii_isspace(*at) || (count > 0 && *at == ','))
            at++;
        box[count] = g_ascii_strtod(at, &end);
        if (end == at)
            break;
    }
    bool is_read = count == 4 && at[strspn(at, " ")] == 0;
    xmlFree(text);
    if (is_read) {
        *width = box[2];
        *height = box[3];
    }
    return is_read;
}

static bool
take_size(double width, double height, Graphic *graphic, const char **trouble)
{
    if (!(width > 0 && height > 0 && width < MAX_POINTS && height < MAX_POINTS))
        return fail(trouble, "its width or height is nothing that can be "
                             "printed");
    graphic->width = length_from_points(width * 0.75);
    graphic->height = length_from_points(height * 0.75);
    return true;
}

static bool
measure(RsvgHandle *handle, Graphic *graphic, const char **trouble)
{
    double width = 0, height = 0;
    rsvg_handle_set_dpi(handle, 96);
    if (!rsvg_handle_get_intrinsic_size_in_pixels(handle, &width, &height)) {
        gboolean has_width, has_height, has_box;
        RsvgLength unused_width, unused_height;
        RsvgRectangle box;
        rsvg_handle_get_intrinsic_dimensions(handle, &has_width, &unused_width,
                                             &has_height, &unused_height,
                                             &has_box, &box);
        if (!has_box)
            return fail(trouble, "it says neither width and height nor a "
                                 "viewBox; add them");
        width = box.width;
        height = box.height;
    }
    return take_size(width, height, graphic, trouble);
}

static bool
measure_by_librsvg(const guint8 *data, size_t length, Graphic *graphic,
                   const char **trouble)
{
    RsvgHandle *handle = rsvg_handle_new_from_data(data, length, NULL);
    if (handle == NULL)
        return fail(trouble, "librsvg cannot read it; export it again");
    bool is_measured = measure(handle, graphic, trouble);
    g_object_unref(handle);
    return is_measured;
}

/* A plain size is read here: librsvg takes 4 MB to start, and is not needed
 * before the picture is drawn. */
bool
svg_measure(const guint8 *data, size_t length, Graphic *graphic,
            const char **trouble)
{
    graphic->kind = GRAPHIC_SVG;
    graphic->has_alpha = true;
    if (length > G_MAXINT32)
        return fail(trouble, "it is too large");
    xmlDoc *document = xmlReadMemory(
        (const char *)data, (int)length, "picture.svg", NULL,
        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    double width, height;
    bool is_measured = is_document_safe(document, trouble);
    if (is_measured) {
        const xmlNode *root = xmlDocGetRootElement(document);
        bool is_plain = (read_size(root, "width", &width) &&
                         read_size(root, "height", &height)) ||
                        read_box(root, &width, &height);
        is_measured =
            is_plain ? take_size(width, height, graphic, trouble)
                     : measure_by_librsvg(data, length, graphic, trouble);
    }
    xmlFreeDoc(document);
    return is_measured;
}
