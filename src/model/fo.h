/* SPDX-License-Identifier: MIT */
/*
 * FoTree: the second tree, XSL-FO 1.1 objects with computed values.
 *
 * Objects are rows of fo_objects.inc, properties rows of fo_properties.inc,
 * keywords rows of fo_keywords.inc: adding one is adding a row.  A property is
 * either part of the computed style (shared between all nodes that have the
 * same one) or an attribute of the node itself (ids, references, names).
 *
 * Values are computed as in XSL 1.1 section 5: shorthands expanded, expressions
 * evaluated, inheritance done, em and font-relative percentages resolved.
 * Percentages of a box stay (FoDimension), since only layout knows the box.
 * Writing mode is lr-tb: start is left, before is top.
 */
#ifndef MODEL_FO_H
#define MODEL_FO_H

#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/length.h"
#include "model/graphic.h"

typedef enum {
#define FO_OBJECT(id, name) FO_##id,
#include "model/fo_objects.inc"
#undef FO_OBJECT
    FO_TEXT,    /* characters; text is set */
    FO_UNKNOWN, /* warned about; children are kept where they can be */
    FO_KIND_COUNT
} FoKind;

typedef enum {
#define FO_KEYWORD(id, name) FO_KEY_##id,
#include "model/fo_keywords.inc"
#undef FO_KEYWORD
    FO_KEYWORD_COUNT
} FoKeyword;

typedef enum {
    FO_DIMENSION_AUTO,
    FO_DIMENSION_NONE,
    FO_DIMENSION_LENGTH,     /* value: Length */
    FO_DIMENSION_PERCENT,    /* value: 65536 = 100 % of the containing box */
    FO_DIMENSION_REST,       /* value: what is left of the containing box after
                                the first `value` of it: label-end() */
    FO_DIMENSION_PROPORTION, /* proportional-column-width(), 65536 = 1 */
    FO_DIMENSION_SCALE_TO_FIT,
    FO_DIMENSION_SCALE_DOWN_TO_FIT,
} FoDimensionKind;

typedef struct {
    FoDimensionKind kind;
    Length value;
} FoDimension;

typedef struct {
    Length minimum, optimum, maximum;
    bool retain;    /* conditionality */
    int precedence; /* FO_FORCE = force */
} FoSpace;
#define FO_FORCE G_MAXINT

/* 0 = auto, FO_ALWAYS = always, else the strength */
typedef struct {
    int within_line, within_column, within_page;
} FoKeep;
#define FO_ALWAYS G_MAXINT

/* sRGB, 65535 = 1: every n/255 is exact; the theme's CMYK of a colour is found
 * by its RGB */
typedef struct {
    bool transparent;
    uint16_t red, green, blue;
} FoColor;

static inline double
fo_color_part(uint16_t part)
{
    return part / 65535.0;
}

/* typed fields, one per row of the table that is not an ATTRIBUTE */
#define FO_TYPE_KEYWORD FoKeyword
#define FO_TYPE_LENGTH Length
#define FO_TYPE_DIMENSION FoDimension
#define FO_TYPE_SPACE FoSpace
#define FO_TYPE_KEEP FoKeep
#define FO_TYPE_COLOR FoColor
#define FO_TYPE_INTEGER int
#define FO_TYPE_NUMBER int32_t /* 65536 = 1 */
#define FO_TYPE_STRING const char *

typedef struct {
#define FO_PROPERTY(field, name, type, inherited, initial)                     \
    FO_TYPE_##type field;
#define FO_ATTRIBUTE(id, name)
#include "model/fo_properties.inc"
#undef FO_PROPERTY
#undef FO_ATTRIBUTE
} FoStyle;

typedef enum {
#define FO_PROPERTY(field, name, type, inherited, initial)
#define FO_ATTRIBUTE(id, name) FO_ATTRIBUTE_##id,
#include "model/fo_properties.inc"
#undef FO_PROPERTY
#undef FO_ATTRIBUTE
    FO_ATTRIBUTE_COUNT
} FoAttributeId;

typedef struct FoAttribute FoAttribute;
struct FoAttribute {
    const FoAttribute *next;
    FoAttributeId id;
    const char *value;
};

typedef struct FoNode FoNode;
struct FoNode {
    FoKind kind;
    FoNode *parent, *first, *last, *next;
    const FoStyle *style;
    const FoAttribute *attributes;
    union {
        const char *text; /* FO_TEXT: after white-space treatment */
        const Graphic *graphic; /* external-graphic, instream-foreign-object;
                                   NULL where it could not be loaded
                                   (diagnosed); NULL of all others */
    };
    Place place;            /* in the FO file; or, with our own stylesheets, of
                               the Markdown block (vad:place) */
};

typedef struct {
    Arena *arena;         /* owns nodes, styles, texts */
    GraphicStore *graphics;
    FoNode *root;         /* FO_ROOT */
} FoTree;

FoTree *fo_tree_new(void);
void fo_tree_free(FoTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FoTree, fo_tree_free)
FoNode *fo_node_add(FoTree *tree, FoNode *parent, FoKind kind);

const char *fo_kind_name(FoKind kind); /* "block", "page-sequence" ... */
const char *fo_keyword_name(FoKeyword keyword);
/* NULL where the node has none */
const char *fo_attribute(const FoNode *node, FoAttributeId id);
const FoNode *fo_child(const FoNode *node, FoKind kind); /* first, or NULL */
/* the length of a dimension in a box of `base`; `otherwise` for auto, none */
Length fo_dimension(FoDimension dimension, Length base, Length otherwise);
/* an element per node, with the values that differ from initial; owned */
char *fo_tree_dump(const FoTree *tree);

#endif
