/* SPDX-License-Identifier: MIT */
/* FoTree: making nodes, reading them, and the dump of the second tree. */
#include "model/fo.h"

#include <string.h>

FoTree *
fo_tree_new(void)
{
    FoTree *tree = g_new0(FoTree, 1);
    tree->arena = arena_new();
    tree->graphics = graphic_store_new();
    return tree;
}

void
fo_tree_free(FoTree *tree)
{
    if (tree == NULL)
        return;
    graphic_store_free(tree->graphics);
    arena_free(tree->arena);
    g_free(tree);
}

FoNode *
fo_node_add(FoTree *tree, FoNode *parent, FoKind kind)
{
    FoNode *node = arena_new0(tree->arena, FoNode);
    node->kind = kind;
    node->parent = parent;
    if (parent == NULL)
        return node;
    if (parent->last == NULL)
        parent->first = node;
    else
        parent->last->next = node;
    parent->last = node;
    return node;
}

const char *
fo_kind_name(FoKind kind)
{
    static const char *const names[] = {
#define FO_OBJECT(id, name) name,
#include "model/fo_objects.inc"
#undef FO_OBJECT
        "#text", "#unknown",
    };
    return names[kind];
}

const char *
fo_keyword_name(FoKeyword keyword)
{
    static const char *const names[] = {
#define FO_KEYWORD(id, name) name,
#include "model/fo_keywords.inc"
#undef FO_KEYWORD
    };
    return names[keyword];
}

const char *
fo_attribute(const FoNode *node, FoAttributeId id)
{
    for (const FoAttribute *attribute = node->attributes; attribute != NULL;
         attribute = attribute->next) {
        if (attribute->id == id)
            return attribute->value;
    }
    return NULL;
}

const FoNode *
fo_child(const FoNode *node, FoKind kind)
{
    const FoNode *child = node->first;
    while (child != NULL && child->kind != kind)
        child = child->next;
    return child;
}

Length
fo_dimension(FoDimension dimension, Length base, Length otherwise)
{
    switch (dimension.kind) {
    case FO_DIMENSION_LENGTH:
        return dimension.value;
    case FO_DIMENSION_PERCENT:
        return length_scale(base, dimension.value, 65536);
    case FO_DIMENSION_REST:
        return base - dimension.value;
    default:
        return otherwise;
    }
}

/* ---- dump: each type of the table writes itself ---- */

static void
write_KEYWORD(GString *text, FoKeyword value)
{
    g_string_append(text, fo_keyword_name(value));
}

static void
write_LENGTH(GString *text, Length value)
{
    char buffer[32];
    g_string_append_printf(text, "%spt", length_write(value, buffer));
}

static void
write_DIMENSION(GString *text, FoDimension value)
{
    char buffer[32];
    switch (value.kind) {
    case FO_DIMENSION_LENGTH:
        write_LENGTH(text, value.value);
        break;
    case FO_DIMENSION_PERCENT:
        g_string_append_printf(text, "%s%%",
                               length_write(value.value * 100, buffer));
        break;
    case FO_DIMENSION_REST:
        g_string_append_printf(text, "100%% - %spt",
                               length_write(value.value, buffer));
        break;
    case FO_DIMENSION_PROPORTION:
        g_string_append_printf(text, "%s*", length_write(value.value, buffer));
        break;
    case FO_DIMENSION_NONE:
        g_string_append(text, "none");
        break;
    case FO_DIMENSION_SCALE_TO_FIT:
        g_string_append(text, "scale-to-fit");
        break;
    case FO_DIMENSION_SCALE_DOWN_TO_FIT:
        g_string_append(text, "scale-down-to-fit");
        break;
    default:
        g_string_append(text, "auto");
    }
}

static void
write_SPACE(GString *text, FoSpace value)
{
    write_LENGTH(text, value.optimum);
    if (value.minimum != value.optimum || value.maximum != value.optimum) {
        g_string_append(text, " (");
        write_LENGTH(text, value.minimum);
        g_string_append(text, "..");
        write_LENGTH(text, value.maximum);
        g_string_append_c(text, ')');
    }
    if (value.retain)
        g_string_append(text, " retain");
    if (value.precedence == FO_FORCE)
        g_string_append(text, " force");
    else if (value.precedence != 0)
        g_string_append_printf(text, " precedence %d", value.precedence);
}

static void
write_strength(GString *text, int strength)
{
    if (strength == FO_ALWAYS)
        g_string_append(text, "always");
    else if (strength == 0)
        g_string_append(text, "auto");
    else
        g_string_append_printf(text, "%d", strength);
}

static void
write_KEEP(GString *text, FoKeep value)
{
    write_strength(text, value.within_line);
    g_string_append_c(text, ' ');
    write_strength(text, value.within_column);
    g_string_append_c(text, ' ');
    write_strength(text, value.within_page);
}

static void
write_COLOR(GString *text, FoColor value)
{
    if (value.transparent)
        g_string_append(text, "transparent");
    else
        g_string_append_printf(text, "#%02x%02x%02x",
                               (value.red + 128) / 257,
                               (value.green + 128) / 257,
                               (value.blue + 128) / 257);
}

static void
write_INTEGER(GString *text, int value)
{
    g_string_append_printf(text, "%d", value);
}

static void
write_STRING(GString *text, const char *value)
{
    g_autofree char *escaped =
        g_markup_escape_text(value == NULL ? "" : value, -1);
    g_string_append(text, escaped);
}


/* inherited values that differ from the parent's and others that differ from
 * the root's (which has the initial ones), for a dump one can read */
static void
write_style(GString *text, const FoStyle *style, const FoStyle *parent,
            const FoStyle *root)
{
    if (style == NULL || style == parent)
        return;
    g_autoptr(GString) ours = g_string_new(NULL);
    g_autoptr(GString) theirs = g_string_new(NULL);
#define FO_PROPERTY(field, name, type, inherited, initial)                     \
    {                                                                          \
        const FoStyle *other = (inherited) ? parent : root;                    \
        g_string_truncate(ours, 0);                                            \
        g_string_truncate(theirs, 0);                                          \
        write_##type(ours, style->field);                                      \
        if (other != NULL)                                                     \
            write_##type(theirs, other->field);                                \
        if (strcmp(ours->str, theirs->str) != 0)                               \
            g_string_append_printf(text, " %s=\"%s\"", name, ours->str);       \
    }
#define FO_ATTRIBUTE(id, name)
#include "model/fo_properties.inc"
#undef FO_PROPERTY
#undef FO_ATTRIBUTE
}

static const char *
attribute_name(FoAttributeId id)
{
    static const char *const names[] = {
#define FO_PROPERTY(field, name, type, inherited, initial)
#define FO_ATTRIBUTE(id, name) name,
#include "model/fo_properties.inc"
#undef FO_PROPERTY
#undef FO_ATTRIBUTE
    };
    return names[id];
}

static void
dump_node(GString *text, const FoNode *node, const FoStyle *parent,
          const FoStyle *root, int depth)
{
    if (node->kind == FO_TEXT) {
        g_autofree char *escaped = g_markup_escape_text(node->text, -1);
        g_string_append_printf(text, "%*s<text>%s</text>\n", depth * 2, "",
                               escaped);
        return;
    }
    const char *name = fo_kind_name(node->kind);
    if (node->kind == FO_UNKNOWN)
        name = "unknown";
    g_string_append_printf(text, "%*s<%s", depth * 2, "", name);
    for (const FoAttribute *attribute = node->attributes; attribute != NULL;
         attribute = attribute->next) {
        g_autofree char *escaped = g_markup_escape_text(attribute->value, -1);
        g_string_append_printf(text, " %s=\"%s\"",
                               attribute_name(attribute->id), escaped);
    }
    write_style(text, node->style, parent, root);
    if (node->graphic != NULL)
        g_string_append_printf(text, " graphic=\"%s\"", node->graphic->name);
    if (node->first == NULL) {
        g_string_append(text, "/>\n");
        return;
    }
    g_string_append(text, ">\n");
    for (const FoNode *child = node->first; child != NULL; child = child->next)
        dump_node(text, child, node->style, root, depth + 1);
    g_string_append_printf(text, "%*s</%s>\n", depth * 2, "", name);
}

char *
fo_tree_dump(const FoTree *tree)
{
    GString *text = g_string_new(NULL);
    if (tree->root != NULL)
        dump_node(text, tree->root, NULL, tree->root->style, 0);
    return g_string_free(text, FALSE);
}
