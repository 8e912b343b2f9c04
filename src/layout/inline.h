/* SPDX-License-Identifier: MIT */
/*
 * Inline content: inline-level formatting objects to a paragraph and its lines.
 *
 * Text gives each piece of a line back with a tag; the tag is the index of the
 * Run that says what the piece stands for: its style, its slot in the
 * structure, its link, its shift from the baseline.
 *
 * Lines are stacked as in CSS and XSL's "line-height" strategy: every piece
 * asks for its font's height with half the leading on each side, the block's
 * own font always does.  A shifted piece asks for no more than its capitals
 * need, so that superscripts do not spread lines.
 */
#ifndef LAYOUT_INLINE_H
#define LAYOUT_INLINE_H

#include "layout/context.h"
#include "layout/fragment.h"

typedef enum {
    RUN_TEXT,
    RUN_OBJECT, /* graphic or inline-container: fragment */
    RUN_LEADER,
    RUN_NOTE,
    RUN_ANCHOR,
    RUN_KERN,
} RunKind;

typedef enum {
    DECORATION_UNDERLINE = 1 << 0,
    DECORATION_OVERLINE = 1 << 1,
    DECORATION_THROUGH = 1 << 2,
} Decoration;

typedef struct {
    RunKind kind;
    const FoNode *node;
    const StyleMetrics *metrics;
    const StructNode *slot;
    ArtifactKind artifact;
    bool hidden;             /* takes room, is not painted */
    Length shift;            /* of its baseline, upwards */
    Length ascent, descent;  /* asked of the line, from the line's baseline */
    int link, box;           /* index + 1; 0: none */
    Decoration decoration;
    Fragment fragment;       /* RUN_OBJECT; top left at 0 0 */
    Note *note;
    Anchor anchor;
} Run;

typedef struct {
    const FoNode *node;
    StructNode *structure;
    const char *destination, *uri, *contents;
} InlineLink;

/* an inline with background, border or padding */
typedef struct {
    const FoNode *node;
    const StyleMetrics *metrics;
    Length shift;
    int parent; /* index + 1 */
} InlineBox;

typedef struct {
    LayoutContext *context;
    Paragraph *paragraph;
    const FoNode *block;
    const FoNode *first; /* of what was added */
    const StyleMetrics *strut;
    Length measure;
    GArray *runs;       /* Run */
    GArray *links;      /* InlineLink */
    GArray *boxes;      /* InlineBox */
    GString *scratch;
    gunichar held;      /* a space or line end that is set only when something
                           follows; 0: none */
    int held_run;
    bool started;       /* something was set already */
    GArray *anchors;    /* Anchor: where there is no line to carry them */
    GPtrArray *notes;   /* Note: the same */
    GPtrArray *positioned; /* Positioned: the same */
    Placement line;     /* scratch */
    Arena *lines;       /* of the broken lines; their glyph pieces are copied */
} InlineContent;

/* block: the block whose lines these are; structure: its element */
void inline_content_init(InlineContent *content, LayoutContext *context,
                         const FoNode *block, Length measure);
void inline_content_clear(InlineContent *content);
/* adds one inline-level object with all it holds */
void inline_content_add(InlineContent *content, const FoNode *node,
                        StructNode *structure);
bool is_inline(const FoNode *node);
/* a text of nothing but white space that may be dropped */
bool is_blank_text(const FoNode *node);

/* Breaks the content into lines, valid until the content is cleared.
 * first_indent: text-indent applies; looseness: lines more or fewer than
 * best. */
TextLines inline_content_break(InlineContent *content, bool first_indent,
                               int looseness);
/* could the content, of so many lines, be set decently in one more or one
 * fewer?  The costs are the badness of its worst line. */
void inline_content_variants(InlineContent *content, bool first_indent,
                             int lines, ParagraphVariants *variants);
/* fills a box with a line: height, baseline, fragment, notes, anchors; x: of
 * the measure, from the column's left edge */
void inline_content_line(InlineContent *content, const TextLine *line,
                         Length x, Element *element);
/* what stood in no line: added to anchors and notes of the element */
void inline_content_widths(InlineContent *content, Length *minimum,
                           Length *maximum);

/* the size of a graphic's content and of the viewport around it, in a
 * reference area of this width; height_limit: the room of a page or 0 */
typedef struct {
    Length width, height;                 /* viewport */
    Length content_width, content_height;
} GraphicSize;
GraphicSize graphic_size(LayoutContext *context, const FoNode *node,
                         Length measure);
/* text of an object and all below it, citations resolved */
char *inline_text(LayoutContext *context, const FoNode *node);
/* the folio printed for a citation now; remembered in context->cited */
const char *citation_text(LayoutContext *context, const char *id, bool last);

#endif
