/* SPDX-License-Identifier: MIT */
/*
 * Attributes are told apart by name: fo_name.c says what each is.
 */
#include "style/fo_attributes.h"

#include "base/nearest.h"

#include <stdlib.h>
#include <string.h>

#define XML_URI "http://www.w3.org/XML/1998/namespace"
enum { MAX_NAME = 64 };

void
attribute_reader_init(AttributeReader *reader, Arena *arena,
                      FoWarnings *warnings, const char *file)
{
    reader->arena = arena;
    reader->warnings = warnings;
    reader->file = g_intern_string(file);
    reader->pairs = g_array_new(FALSE, FALSE, sizeof(StylePair));
    reader->roles = g_hash_table_new(g_str_hash, g_str_equal);
}

void
attribute_reader_clear(AttributeReader *reader)
{
    g_array_unref(reader->pairs);
    g_hash_table_unref(reader->roles);
}

/* the value without blanks around it; borrowed from the XML or the arena */
static const char *
value_of(AttributeReader *reader, const xmlAttr *attribute)
{
    const xmlNode *child = attribute->children;
    if (child == NULL)
        return "";
    const char *value = (const char *)child->content;
    if (child->next != NULL || child->type != XML_TEXT_NODE) {
        xmlChar *joined =
            xmlNodeListGetString(attribute->doc, attribute->children, 1);
        value = arena_strndup(reader->arena,
                              joined == NULL ? "" : (const char *)joined, -1);
        xmlFree(joined);
    }
    size_t length = strlen(value);
    if (length == 0 || (!g_ascii_isspace(*value) &&
                        !g_ascii_isspace(value[length - 1])))
        return value;
    return g_strstrip(arena_strndup(reader->arena, value, -1));
}

/* "file:line:column"; false where it is none */
static bool
read_place(const char *text, Place *place)
{
    const char *last = strrchr(text, ':');
    const char *first = last;
    while (first != NULL && first > text && first[-1] != ':')
        first--;
    if (last == NULL || first == text)
        return false;
    char *end;
    long line = strtol(first, &end, 10);
    long column = strtol(last + 1, NULL, 10);
    if (end != last || line < 0 || line > G_MAXINT || column < 0 ||
        column > G_MAXINT)
        return false;
    g_autofree char *file = g_strndup(text, (gsize)(first - 1 - text));
    *place = (Place){g_intern_string(file), (int)line, (int)column};
    return true;
}

/* the name as in the tables; NULL: an attribute of another namespace */
static const char *
table_name(const xmlAttr *attribute, char buffer[MAX_NAME])
{
    const char *name = (const char *)attribute->name;
    if (attribute->ns == NULL)
        return name;
    const char *uri = (const char *)attribute->ns->href;
    const char *prefix = strcmp(uri, VADOVAS_FO_NAMESPACE) == 0 ? "vad:"
                         : strcmp(uri, XML_URI) == 0            ? "xml:"
                                                                : NULL;
    if (prefix == NULL)
        return NULL;
    g_snprintf(buffer, MAX_NAME, "%s%s", prefix, name);
    return buffer;
}

static void
warn_of_name(AttributeReader *reader, const xmlAttr *attribute,
             const char *name, Place place)
{
    if (name == NULL) {
        fo_warn(reader->warnings, "fo-unknown-property", place,
                "attributes of the namespace '%s' mean nothing to us; they "
                "are left out",
                (const char *)attribute->ns->href);
        return;
    }
    g_autofree char *question = nearest_question(name, fo_name_list());
    fo_warn(reader->warnings, "fo-unknown-property", place,
            "there is no property '%s'%s", name, question);
}

/* the tail of the list: two objects of three have nothing else of their own */
static const FoAttribute *
shared_role(AttributeReader *reader, const xmlAttr *attribute)
{
    if (attribute == NULL)
        return NULL;
    const char *value = value_of(reader, attribute);
    FoAttribute *role = g_hash_table_lookup(reader->roles, value);
    if (role == NULL) {
        role = arena_new0(reader->arena, FoAttribute);
        *role = (FoAttribute){NULL, FO_ATTRIBUTE_ROLE,
                              arena_strndup(reader->arena, value, -1)};
        g_hash_table_insert(reader->roles, (gpointer)role->value, role);
    }
    return role;
}

static void
read_attribute(AttributeReader *reader, const xmlAttr *attribute,
               ElementAttributes *result)
{
    char buffer[MAX_NAME];
    const char *text = table_name(attribute, buffer);
    const FoName *name = text == NULL ? NULL : fo_name_find(text);
    if (name == NULL) {
        if (text == NULL || strcmp(text, "vad:place") != 0)
            warn_of_name(reader, attribute, text, result->place);
        return;
    }
    const char *value = value_of(reader, attribute);
    switch (name->kind) {
    case FO_NAME_PROPERTY:
    case FO_NAME_SHORTHAND: {
        StylePair pair = {name, value};
        g_array_append_val(reader->pairs, pair);
        break;
    }
    case FO_NAME_ATTRIBUTE: {
        if (name->id == FO_ATTRIBUTE_ROLE)
            break;
        FoAttribute *own = arena_new0(reader->arena, FoAttribute);
        *own = (FoAttribute){result->list, (FoAttributeId)name->id,
                             arena_strndup(reader->arena, value, -1)};
        result->list = own;
        break;
    }
    case FO_NAME_UNSUPPORTED:
        if (name->harmless == NULL || strcmp(name->harmless, value) != 0)
            fo_warn(reader->warnings, "fo-unsupported-property", result->place,
                    "the property '%s' is not in our subset of XSL-FO "
                    "(docs/format/fo.md); it is left out",
                    name->name);
        break;
    case FO_NAME_IGNORED:
        break;
    }
}

/* libxml2 knows lines beyond 65535 only of elements next to text */
static int
line_of(const xmlNode *element, int outer_line)
{
    int line = (int)xmlGetLineNo((xmlNode *)element);
    return line == 65535 ? MAX(line, outer_line) : line;
}

void
attributes_read(AttributeReader *reader, const xmlNode *element, Place outer,
                bool has_outer_place, ElementAttributes *result)
{
    g_array_set_size(reader->pairs, 0);
    const xmlAttr *role =
        xmlHasNsProp((xmlNode *)element, (const xmlChar *)"role", NULL);
    *result = (ElementAttributes){shared_role(reader, role), outer,
                                  has_outer_place};
    const xmlAttr *place = xmlHasNsProp((xmlNode *)element,
                                        (const xmlChar *)"place",
                                        (const xmlChar *)VADOVAS_FO_NAMESPACE);
    if (place != NULL && read_place(value_of(reader, place), &result->place))
        result->has_place = true;
    else if (!has_outer_place)
        result->place = (Place){reader->file, line_of(element, outer.line), 0};
    for (const xmlAttr *attribute = element->properties; attribute != NULL;
         attribute = attribute->next)
        read_attribute(reader, attribute, result);
}
