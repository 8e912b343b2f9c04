/* SPDX-License-Identifier: MIT */
/*
 * Properties: what the table of model/fo_properties.inc says, for code.
 *
 * A name in an FO file is one of FoName's kinds: a property of the computed
 * style or a component of it ("space-before.minimum"), a shorthand that stands
 * for several, an attribute of the node, something of XSL 1.1 that means
 * nothing in print (aural properties) or something that we do not do.
 */
#ifndef STYLE_FO_PROPERTY_H
#define STYLE_FO_PROPERTY_H

#include "model/fo.h"

typedef enum {
#define FO_PROPERTY(field, name, type, inherited, initial)                     \
    FO_PROPERTY_##field,
#define FO_ATTRIBUTE(id, name)
#include "model/fo_properties.inc"
#undef FO_PROPERTY
#undef FO_ATTRIBUTE
    FO_PROPERTY_COUNT
} FoProperty;

typedef enum {
    FO_VALUE_KEYWORD,
    FO_VALUE_LENGTH,
    FO_VALUE_DIMENSION,
    FO_VALUE_SPACE,
    FO_VALUE_KEEP,
    FO_VALUE_COLOR,
    FO_VALUE_INTEGER,
    FO_VALUE_NUMBER,
    FO_VALUE_STRING,
} FoValueType;

typedef struct {
    const char *name;
    FoValueType type;
    bool inherited;
    const char *initial;
    size_t offset, size; /* of the field in FoStyle */
} FoPropertyRow;
extern const FoPropertyRow fo_property_rows[FO_PROPERTY_COUNT];

/* which part of a compound value */
typedef enum {
    FO_WHOLE,
    FO_OPTIMUM, /* before the others: it sets them where they are not said */
    FO_MINIMUM,
    FO_MAXIMUM,
    FO_CONDITIONALITY,
    FO_PRECEDENCE,
    FO_WITHIN_LINE,
    FO_WITHIN_COLUMN,
    FO_WITHIN_PAGE,
} FoComponent;

/* who wins where a property is said twice, XSL 1.1 5.3 and 5.4: the more exact
 * shorthand over the less exact, then relative names, then absolute ones */
typedef enum {
    FO_RANK_BROAD,    /* border, font, margin */
    FO_RANK_STRIP,    /* border-color */
    FO_RANK_SIDE,     /* border-left */
    FO_RANK_RELATIVE, /* border-start-color, any other single name */
    FO_RANK_ABSOLUTE, /* border-left-color */
    FO_RANK_COMPONENT, /* space-before.minimum */
} FoRank;

typedef enum {
    FO_NAME_PROPERTY,
    FO_NAME_SHORTHAND,
    FO_NAME_ATTRIBUTE,
    FO_NAME_IGNORED,
    FO_NAME_UNSUPPORTED,
} FoNameKind;

typedef struct FoDeclarations FoDeclarations;
typedef struct {
    const char *name;
    FoNameKind kind;
    int id; /* FoProperty, FoAttributeId; of a shorthand what it likes */
    FoComponent component;
    FoRank rank;
    /* FO_NAME_SHORTHAND: adds what the value stands for; false: bad value */
    bool (*expand)(FoDeclarations *declarations, int id, const char *value);
    const char *harmless; /* FO_NAME_UNSUPPORTED: a value that asks nothing of
                             us, or NULL */
} FoName;

/* name: as in the table ("vad:alt" for ours); NULL: nobody knows it */
const FoName *fo_name_find(const char *name);
/* all names, for suggestions; borrowed, NULL-terminated */
const char *const *fo_name_list(void);

bool fo_keyword_find(const char *text, FoKeyword *keyword);
/* the keyword of text, if property takes it */
bool fo_property_keyword(FoProperty property, const char *text,
                         FoKeyword *keyword);

/* one "property: value" of an element, shorthands expanded */
typedef struct {
    FoProperty property;
    FoComponent component;
    FoRank rank;
    const char *value;
} FoDeclaration;

struct FoDeclarations {
    GArray *list;        /* FoDeclaration */
    GStringChunk *texts; /* owns the values that shorthands cut out */
};
void fo_declarations_init(FoDeclarations *declarations);
void fo_declarations_clear(FoDeclarations *declarations);
/* empties it for the next element */
void fo_declarations_reset(FoDeclarations *declarations);
void fo_declare(FoDeclarations *declarations, FoProperty property,
                FoComponent component, FoRank rank, const char *value);
/* weakest first, and what others are computed from (font-size) before them */
void fo_declarations_sort(FoDeclarations *declarations);

/* "#rgb", "#rrggbb", "rgb(...)", CSS names, CSS system colours, "transparent";
 * false: no colour */
bool fo_color_read(const char *text, FoColor *color);

#endif
