/* SPDX-License-Identifier: MIT */
/*
 * Attributes of an FO element: those of its style, those of the node, its
 * place; and a word about the rest.
 */
#ifndef STYLE_FO_ATTRIBUTES_H
#define STYLE_FO_ATTRIBUTES_H

#include "style/fo_style.h"

#include <libxml/tree.h>

#define VADOVAS_FO_NAMESPACE "urn:vadovas:fo"

typedef struct {
    Arena *arena;
    FoWarnings *warnings;
    const char *file;
    GArray *pairs; /* StylePair of the element read last */
    GHashTable *roles; /* value -> FoAttribute, shared by all that have it */
} AttributeReader;

typedef struct {
    const FoAttribute *list;
    Place place;
    bool has_place; /* said by vad:place, here or above */
} ElementAttributes;

void attribute_reader_init(AttributeReader *reader, Arena *arena,
                           FoWarnings *warnings, const char *file);
void attribute_reader_clear(AttributeReader *reader);

/* outer: the place of the element around it */
void attributes_read(AttributeReader *reader, const xmlNode *element,
                     Place outer, bool has_outer_place,
                     ElementAttributes *result);

#endif
