/* SPDX-License-Identifier: MIT */
/* The content models as sets of kinds, and how each gap in one is filled. */
#include "style/fo_nesting.h"

#define BLOCKS                                                                 \
    (FO_SET(FO_BLOCK) | FO_SET(FO_BLOCK_CONTAINER) | FO_SET(FO_LIST_BLOCK) |   \
     FO_SET(FO_TABLE) | FO_SET(FO_TABLE_AND_CAPTION))
#define INLINES                                                                \
    (FO_SET(FO_TEXT) | FO_SET(FO_INLINE) | FO_SET(FO_INLINE_CONTAINER) |       \
     FO_SET(FO_CHARACTER) | FO_SET(FO_EXTERNAL_GRAPHIC) |                      \
     FO_SET(FO_INSTREAM_FOREIGN_OBJECT) | FO_SET(FO_LEADER) |                  \
     FO_SET(FO_PAGE_NUMBER) | FO_SET(FO_PAGE_NUMBER_CITATION) |                \
     FO_SET(FO_PAGE_NUMBER_CITATION_LAST) |                                    \
     FO_SET(FO_INDEX_PAGE_CITATION_LIST) | FO_SET(FO_BASIC_LINK) |             \
     FO_SET(FO_FOOTNOTE))
#define ANYWHERE (FO_SET(FO_WRAPPER) | FO_SET(FO_RETRIEVE_MARKER))
#define FLOWING (BLOCKS | ANYWHERE | FO_SET(FO_MARKER))
#define MIXED (FLOWING | INLINES)
#define ROWS (FO_SET(FO_TABLE_ROW) | FO_SET(FO_MARKER))

static const FoKinds children[FO_KIND_COUNT] = {
    [FO_ROOT] = FO_SET(FO_LAYOUT_MASTER_SET) | FO_SET(FO_DECLARATIONS) |
                FO_SET(FO_BOOKMARK_TREE) | FO_SET(FO_PAGE_SEQUENCE),
    [FO_LAYOUT_MASTER_SET] =
        FO_SET(FO_SIMPLE_PAGE_MASTER) | FO_SET(FO_PAGE_SEQUENCE_MASTER),
    [FO_SIMPLE_PAGE_MASTER] =
        FO_SET(FO_REGION_BODY) | FO_SET(FO_REGION_BEFORE) |
        FO_SET(FO_REGION_AFTER) | FO_SET(FO_REGION_START) |
        FO_SET(FO_REGION_END),
    [FO_PAGE_SEQUENCE_MASTER] =
        FO_SET(FO_SINGLE_PAGE_MASTER_REFERENCE) |
        FO_SET(FO_REPEATABLE_PAGE_MASTER_REFERENCE) |
        FO_SET(FO_REPEATABLE_PAGE_MASTER_ALTERNATIVES),
    [FO_REPEATABLE_PAGE_MASTER_ALTERNATIVES] =
        FO_SET(FO_CONDITIONAL_PAGE_MASTER_REFERENCE),
    [FO_BOOKMARK_TREE] = FO_SET(FO_BOOKMARK),
    [FO_BOOKMARK] = FO_SET(FO_BOOKMARK_TITLE) | FO_SET(FO_BOOKMARK),
    [FO_BOOKMARK_TITLE] = FO_SET(FO_TEXT),
    [FO_PAGE_SEQUENCE] =
        FO_SET(FO_TITLE) | FO_SET(FO_STATIC_CONTENT) | FO_SET(FO_FLOW),
    [FO_STATIC_CONTENT] = BLOCKS | ANYWHERE,
    [FO_FLOW] = FLOWING,
    [FO_TITLE] = INLINES | ANYWHERE,
    [FO_BLOCK] = MIXED,
    [FO_BLOCK_CONTAINER] = FLOWING,
    [FO_INLINE] = MIXED,
    [FO_INLINE_CONTAINER] = FLOWING,
    [FO_LEADER] = INLINES | ANYWHERE,
    [FO_INDEX_PAGE_CITATION_LIST] = FO_SET(FO_INDEX_KEY_REFERENCE),
    [FO_BASIC_LINK] = MIXED,
    [FO_FOOTNOTE] = FO_SET(FO_INLINE) | FO_SET(FO_FOOTNOTE_BODY),
    [FO_FOOTNOTE_BODY] = FLOWING,
    [FO_LIST_BLOCK] = FO_SET(FO_LIST_ITEM) | FO_SET(FO_MARKER),
    [FO_LIST_ITEM] = FO_SET(FO_LIST_ITEM_LABEL) | FO_SET(FO_LIST_ITEM_BODY) |
                     FO_SET(FO_MARKER),
    [FO_LIST_ITEM_LABEL] = FLOWING,
    [FO_LIST_ITEM_BODY] = FLOWING,
    [FO_TABLE_AND_CAPTION] =
        FO_SET(FO_TABLE_CAPTION) | FO_SET(FO_TABLE) | FO_SET(FO_MARKER),
    [FO_TABLE_CAPTION] = FLOWING,
    [FO_TABLE] = FO_SET(FO_TABLE_COLUMN) | FO_SET(FO_TABLE_HEADER) |
                 FO_SET(FO_TABLE_FOOTER) | FO_SET(FO_TABLE_BODY) |
                 FO_SET(FO_MARKER),
    [FO_TABLE_HEADER] = ROWS,
    [FO_TABLE_FOOTER] = ROWS,
    [FO_TABLE_BODY] = ROWS,
    [FO_TABLE_ROW] = FO_SET(FO_TABLE_CELL),
    [FO_TABLE_CELL] = FLOWING,
    [FO_MARKER] = MIXED & ~FO_SET(FO_MARKER),
};

FoKinds
fo_nesting_children(FoKind kind, FoKinds around)
{
    return kind == FO_WRAPPER ? around : children[kind];
}

Nesting
fo_nesting_place(FoKinds allowed, FoKind parent, FoKind child, FoKind *object)
{
    bool is_cell = child == FO_TABLE_CELL;
    if (FO_SET_HAS(allowed, child))
        return NESTING_FITS;
    if (parent == FO_TABLE && (is_cell || child == FO_TABLE_ROW))
        *object = FO_TABLE_BODY;
    else if (FO_SET_HAS(allowed, FO_TABLE_ROW) && is_cell)
        *object = FO_TABLE_ROW;
    else if (FO_SET_HAS(allowed, FO_BLOCK) && FO_SET_HAS(INLINES, child))
        *object = FO_BLOCK;
    else if (FO_SET_HAS(allowed, FO_BLOCK) &&
             children[child] != 0 && child >= FO_FOOTNOTE_BODY &&
             child <= FO_TABLE_CELL)
        return NESTING_AS_BLOCK;
    else
        return NESTING_NOWHERE;
    return NESTING_IN_OBJECT;
}

/* ---- what is missing ---- */

static bool
has(const FoNode *node, FoKind kind)
{
    return fo_child(node, kind) != NULL;
}

static void
add_empty(FoTree *tree, FoNode *node, FoKind kind, bool at_start)
{
    FoNode *last = node->last;
    FoNode *added = fo_node_add(tree, node, kind);
    added->style = node->style;
    added->place = node->place;
    if (!at_start || last == NULL)
        return;
    last->next = NULL;
    node->last = last;
    added->next = node->first;
    node->first = added;
}

static bool
lacks(const FoNode *node, const char *what, const char *result,
      FoWarnings *warnings)
{
    fo_warn(warnings, "fo-incomplete", node->place, "fo:%s has no %s; %s",
            fo_kind_name(node->kind), what, result);
    return false;
}

static void
complete(FoTree *tree, FoNode *node, FoKind kind, bool at_start,
         FoWarnings *warnings)
{
    if (has(node, kind))
        return;
    lacks(node, fo_kind_name(kind), "an empty one is set", warnings);
    add_empty(tree, node, kind, at_start);
}

/* a footnote without a body is only what calls it */
static void
finish_footnote(FoTree *tree, FoNode *node, FoWarnings *warnings)
{
    if (!has(node, FO_FOOTNOTE_BODY)) {
        lacks(node, "footnote-body", "only its inline is set", warnings);
        node->kind = FO_WRAPPER;
        return;
    }
    complete(tree, node, FO_INLINE, true, warnings);
}

bool
fo_nesting_finish(FoTree *tree, FoNode *node, FoWarnings *warnings)
{
    static const char gone[] = "it is left out";
    switch (node->kind) {
    case FO_SIMPLE_PAGE_MASTER:
        complete(tree, node, FO_REGION_BODY, true, warnings);
        return true;
    case FO_PAGE_SEQUENCE_MASTER:
    case FO_REPEATABLE_PAGE_MASTER_ALTERNATIVES:
        return node->first != NULL ||
               lacks(node, "page masters", gone, warnings);
    case FO_BOOKMARK:
        return has(node, FO_BOOKMARK_TITLE) ||
               lacks(node, "bookmark-title", gone, warnings);
    case FO_PAGE_SEQUENCE:
        return has(node, FO_FLOW) || lacks(node, "flow", gone, warnings);
    case FO_FOOTNOTE:
        finish_footnote(tree, node, warnings);
        return true;
    case FO_LIST_BLOCK:
        return has(node, FO_LIST_ITEM) ||
               lacks(node, "list-item", gone, warnings);
    case FO_LIST_ITEM:
        complete(tree, node, FO_LIST_ITEM_LABEL, true, warnings);
        complete(tree, node, FO_LIST_ITEM_BODY, false, warnings);
        return true;
    case FO_INDEX_PAGE_CITATION_LIST:
        return has(node, FO_INDEX_KEY_REFERENCE) ||
               lacks(node, "index-key-reference", gone, warnings);
    case FO_TABLE_AND_CAPTION:
        return has(node, FO_TABLE) || lacks(node, "table", gone, warnings);
    case FO_TABLE:
        return has(node, FO_TABLE_BODY) ||
               lacks(node, "table-body", gone, warnings);
    case FO_TABLE_HEADER:
    case FO_TABLE_FOOTER:
    case FO_TABLE_BODY:
        return has(node, FO_TABLE_ROW) ||
               lacks(node, "table-row", gone, warnings);
    case FO_TABLE_ROW:
        return has(node, FO_TABLE_CELL) ||
               lacks(node, "table-cell", gone, warnings);
    default:
        return true;
    }
}
