/* SPDX-License-Identifier: MIT */
/* Formatting objects to structure elements; language inheritance. */
#include "layout/structure.h"

#include <string.h>

const char *
structure_language(LayoutContext *context, const FoStyle *style)
{
    if (style->language == NULL || *style->language == 0 ||
        strcmp(style->language, "none") == 0)
        return "";
    if (style->country == NULL || *style->country == 0 ||
        strcmp(style->country, "none") == 0 ||
        strchr(style->language, '-') != NULL)
        return style->language;
    g_autofree char *tag =
        g_strdup_printf("%s-%s", style->language, style->country);
    return arena_intern(context->pages->arena, tag, -1);
}

static const char *
language_of(const LayoutContext *context, const StructNode *node)
{
    for (; node != NULL; node = node->parent) {
        if (node->details->lang != NULL)
            return node->details->lang;
    }
    return context->pages->language == NULL ? "" : context->pages->language;
}

/* the author's role, or otherwise; NULL: no element */
static const char *
role_of(const LayoutContext *context, const FoNode *node,
        const char *otherwise)
{
    const char *role = fo_attribute(node, FO_ATTRIBUTE_ROLE);
    if (role == NULL || *role == 0)
        return otherwise;
    if (strcmp(role, "none") == 0)
        return NULL;
    return arena_intern(context->pages->arena, role, -1);
}

static const char *
kept(const LayoutContext *context, const FoNode *node, FoAttributeId id)
{
    const char *value = fo_attribute(node, id);
    if (value == NULL)
        return NULL;
    return arena_intern(context->pages->arena, value, -1);
}

static bool
has_details(const StructDetails *details)
{
    return details->lang != NULL || details->alt != NULL ||
           details->actual_text != NULL || details->scope != NULL ||
           details->summary != NULL || details->numbering != NULL ||
           details->columns_spanned > 1 || details->rows_spanned > 1;
}

StructNode *
structure_add(LayoutContext *context, const FoNode *node, StructNode *parent,
              const char *otherwise)
{
    if (parent == NULL || context->measuring ||
        context->artifact != ARTIFACT_NONE)
        return NULL;
    const char *role = role_of(context, node, otherwise);
    const char *lang = structure_language(context, node->style);
    bool foreign = *lang != 0 && strcmp(lang, language_of(context, parent)) != 0;
    if (role == NULL) {
        if (!foreign || node->kind != FO_INLINE)
            return parent;
        role = "Span";
    }
    StructNode *child = struct_node_add(context->pages, parent, role);
    child->id = kept(context, node, FO_ATTRIBUTE_ID);
    child->place = node->place;
    StructDetails details = {
        .lang = foreign ? arena_intern(context->pages->arena, lang, -1) : NULL,
        .alt = kept(context, node, FO_ATTRIBUTE_ALT),
        .actual_text = kept(context, node, FO_ATTRIBUTE_ACTUAL_TEXT),
        .scope = kept(context, node, FO_ATTRIBUTE_SCOPE),
        .summary = kept(context, node, FO_ATTRIBUTE_SUMMARY),
        .numbering = kept(context, node, FO_ATTRIBUTE_NUMBERING),
        .columns_spanned = node->style->columns_spanned,
        .rows_spanned = node->style->rows_spanned,
    };
    if (has_details(&details))
        *struct_node_details(context->pages, child) = details;
    return child;
}

StructNode *
structure_slot(LayoutContext *context, StructNode *parent)
{
    if (parent == NULL)
        return NULL;
    if (parent->last != NULL && parent->last->role == STRUCT_SLOT &&
        !parent->last->details->generated)
        return parent->last;
    return struct_node_add(context->pages, parent, STRUCT_SLOT);
}

void
structure_enter(LayoutContext *context, const FoNode *node,
                ArtifactKind *saved)
{
    *saved = context->artifact;
    const char *role = fo_attribute(node, FO_ATTRIBUTE_ROLE);
    if (role != NULL && strcmp(role, "artifact") == 0 &&
        context->artifact == ARTIFACT_NONE)
        context->artifact = ARTIFACT_LAYOUT;
}
