/* SPDX-License-Identifier: MIT */
/*
 * PageList: the third tree, everything at its final place.
 *
 * Coordinates: origin at the top left corner of the trimmed page, y down.
 * Items stand in paint order.  Beside the pages stands the logical tree
 * (StructNode), in reading order: its nodes are the PDF's structure elements,
 * its slots (STRUCT_SLOT) own the content.  A page item names its slot, so a
 * paragraph over two pages is one element and a footnote follows its caller,
 * wherever they are painted.
 */
#ifndef MODEL_PAGE_H
#define MODEL_PAGE_H

#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/length.h"
#include "model/fo.h"
#include "model/glyphs.h"
#include "model/graphic.h"

/* ---- logical tree ---- */

/* role of a slot: no element of its own, its content belongs to the parent */
#define STRUCT_SLOT NULL

/* what few nodes have; there are as many nodes as words in some books */
typedef struct {
    const char *lang;        /* where it differs from the parent's */
    const char *alt;
    const char *actual_text;
    const char *scope;       /* TH: "Column", "Row", "Both" */
    const char *summary;     /* Table */
    const char *numbering;   /* L: "Disc", "Decimal" ... */
    int columns_spanned, rows_spanned; /* 0 or 1: no attribute */
    bool generated;          /* a slot for what no FO node says: page numbers */
} StructDetails;

typedef struct StructNode StructNode;
struct StructNode {
    const char *role; /* standard PDF type: "Document", "P", "H1", "L", "TD" */
    StructNode *parent, *first, *last, *next;
    const char *id;          /* the spine; NULL for most inlines */
    const StructDetails *details; /* never NULL; see struct_node_details */
    Place place;
};

typedef enum {
    ARTIFACT_NONE, /* real content: slot is set */
    ARTIFACT_HEADER,
    ARTIFACT_FOOTER,
    ARTIFACT_LAYOUT,     /* rules, leaders, repeated table heads */
    ARTIFACT_BACKGROUND,
} ArtifactKind;

/* ---- pages ---- */

typedef enum {
    PAGE_TEXT,      /* a run of one face, size, colour on one baseline */
    PAGE_RECTANGLE, /* filled */
    PAGE_RULE,      /* a line from (x,y) to (x+width, y+height), stroked */
    PAGE_GRAPHIC,   /* fills the rectangle */
} PageItemKind;

/* there are some ten thousands of them: kept small */
typedef struct {
    PageItemKind kind : 8;
    ArtifactKind artifact : 8;
    bool bleeds : 1;        /* touches the trim: runs on into the bleed */
    FoColor color;
    int rotation;           /* PAGE_TEXT: 0, 90, 180, 270 counter-clockwise */
    const StructNode *slot; /* NULL for artifacts */
    Length x, y;            /* PAGE_TEXT: start of the baseline */
    Length width, height;   /* PAGE_TEXT: width only */
    union {
        struct {
            const FontFace *face;
            Length size;
            int32_t scale; /* horizontal, 65536 = 1 */
            const GlyphPiece *pieces;
            int piece_count;
        } text;
        struct {
            Length thickness;
            FoKeyword style; /* solid, dotted, dashed, double */
        } rule;
        const Graphic *graphic;
    };
} PageItem;

/* as many as there are, without room for more; read like a GArray */
typedef struct {
    PageItem *data;
    guint len;
} PageItems;

typedef struct {
    Length x, y, width, height;
    const char *destination; /* id, or NULL */
    const char *uri;         /* or NULL */
    const char *contents;    /* text of the link, for people who hear it */
    const StructNode *node;  /* its "Link" element */
} PageLink;

typedef struct {
    const char *id;
    int page; /* index from 0 */
    Length x, y;
} PageDestination;

typedef struct {
    Length width, height; /* trimmed size */
    const char *folio;    /* "12", "iv": the number as printed */
    int number;
    const char *master;   /* name of the simple-page-master */
    int sequence;         /* index of the page-sequence */
    bool blank;
    bool recto;
    PageItems *items;
    GArray *links; /* PageLink */
    GlyphPiece *pieces; /* owned: those of the items set by page_set_items */
} Page;

typedef struct {
    const char *title;
    int level; /* from 1 */
    const char *destination;
    bool open;
} OutlineEntry;

typedef struct {
    Arena *arena;
    GPtrArray *pages;         /* Page, owned */
    StructNode *structure;    /* role "Document" */
    GHashTable *destinations; /* id -> PageDestination */
    GArray *outline;          /* OutlineEntry */
    const char *language, *title;
    GraphicStore *graphics;   /* of its items, owned; NULL: of the FoTree's */
} PageList;

PageList *page_list_new(void);
void page_list_free(PageList *pages);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PageList, page_list_free)

Page *page_new(Length width, Length height);
void page_free(Page *page);
Page *page_list_add(PageList *pages, Length width, Length height);
void page_list_take(PageList *pages, Page *page);
static inline Page *
page_list_get(const PageList *pages, guint index)
{
    return g_ptr_array_index(pages->pages, index);
}
void page_add_item(Page *page, PageItem item);
/* instead of what stands on the page; copied with their glyph pieces; count 0:
 * items may be NULL */
void page_set_items(Page *page, const PageItem *items, guint count);
/* a child after the others; role STRUCT_SLOT for a slot */
StructNode *struct_node_add(PageList *pages, StructNode *parent,
                            const char *role);
/* the node's own details, to be changed */
StructDetails *struct_node_details(PageList *pages, StructNode *node);
/* text of a slot or of everything below a node, words as painted; owned */
char *page_item_text(const PageItem *item);
/* XML for tests and people: pages, items with text, structure, destinations;
 * numbers in points; owned */
char *page_list_dump(const PageList *pages);
/* false after a diagnostic: items without slot, slots of no page, glyph
 * clusters that do not sum up (our bug) */
bool page_list_check(const PageList *pages, Diagnostics *diagnostics);

#endif
