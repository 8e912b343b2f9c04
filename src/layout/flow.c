/* SPDX-License-Identifier: MIT */
/*
 * Block-level objects.
 *
 *   flow_layout
 *     flow_children        inline children in a row are a paragraph
 *       add_paragraph      a box for each line, penalties between them
 *       flow_child         by kind:
 *         add_block        block, and what is like it
 *         list_block_layout, block_container_layout, add_table
 */
#include "layout/flow.h"

#include "layout/fragment.h"
#include "layout/inline.h"
#include "layout/structure.h"
#include "layout/table.h"

/* shorter paragraphs are left as they are */
enum { VARIANT_LINES = 4 };

/* a break between two lines costs a little, after a hyphen more */
enum { PENALTY_LINE = 10, PENALTY_HYPHEN = 50 };

/* ---- paragraphs ---- */

static int
line_penalty(const FoStyle *style, int index, const TextLines *lines)
{
    int before = index + 1, after = lines->line_count - before;
    if (after == 0)
        return 0;
    if (before < style->orphans || after < style->widows)
        return PENALTY_FORBIDDEN;
    return PENALTY_LINE +
           (lines->lines[index].hyphenated ? PENALTY_HYPHEN : 0);
}

/* what the content has beside its lines goes to the next box */
static void
take_loose_ends(Flow *flow, const InlineContent *content, bool lines)
{
    g_array_append_vals(flow->anchors, content->anchors->data,
                        content->anchors->len);
    for (guint i = 0; i < content->notes->len; i++)
        g_ptr_array_add(flow->notes, g_ptr_array_index(content->notes, i));
    for (guint i = 0; i < content->positioned->len; i++)
        g_ptr_array_add(flow->positioned,
                        g_ptr_array_index(content->positioned, i));
    if (lines)
        return;
    for (guint i = 0; i < content->runs->len; i++) {
        const Run *run = &g_array_index(content->runs, Run, i);
        if (run->kind == RUN_ANCHOR)
            g_array_append_val(flow->anchors, run->anchor);
        else if (run->kind == RUN_NOTE && run->note != NULL)
            g_ptr_array_add(flow->notes, run->note);
    }
}

static int
looseness_of(const LayoutContext *context, int ordinal)
{
    if (ordinal < 0 || context->looseness == NULL)
        return 0;
    return GPOINTER_TO_INT(g_hash_table_lookup(context->looseness,
                                               GINT_TO_POINTER(ordinal)));
}

/* says to the page breaker whether the last `lines` boxes, a paragraph, could
 * be one more or one fewer */
static void
add_variants(Flow *flow, InlineContent *content, bool indented, int lines,
             int ordinal)
{
    if (lines < VARIANT_LINES || looseness_of(flow->context, ordinal) != 0)
        return;
    ParagraphVariants variants = {
        .first = flow->list->count - lines,
        .last = flow->list->count - 1,
        .ordinal = ordinal,
    };
    inline_content_variants(content, indented, lines, &variants);
    if (!variants.may_lengthen && !variants.may_shorten)
        return;
    int index = (int)flow->list->paragraphs->len;
    g_array_append_val(flow->list->paragraphs, variants);
    for (int i = variants.first; i <= variants.last; i++)
        flow->list->elements[i].paragraph = index;
}

typedef struct {
    const FoNode *first, *end; /* children of block, end excluded */
    Length x, width;
    bool indented;             /* text-indent: the first of its block */
} ParagraphRange;

static void
add_paragraph(Flow *flow, const FoNode *block, ParagraphRange range,
              StructNode *structure)
{
    LayoutContext *context = flow->context;
    InlineContent content;
    inline_content_init(&content, context, block, range.width);
    for (const FoNode *node = range.first; node != range.end;
         node = node->next)
        inline_content_add(&content, node, structure);
    int ordinal = flow->list == context->main_list ? context->ordinal++ : -1;
    TextLines lines = inline_content_break(&content, range.indented,
                                           looseness_of(context, ordinal));
    take_loose_ends(flow, &content, lines.line_count > 0);
    for (int i = 0; i < lines.line_count; i++) {
        Element *element = flow_add(flow, 0);
        inline_content_line(&content, &lines.lines[i], range.x, element);
        element->penalty = line_penalty(block->style, i, &lines);
        element->line_in_paragraph = i + 1;
        element->lines_of_paragraph = lines.line_count;
        element->place = block->place;
    }
    if (ordinal >= 0 && context->find_variants)
        add_variants(flow, &content, range.indented, lines.line_count,
                     ordinal);
    inline_content_clear(&content);
}

/* ---- children ---- */

/* belongs to a paragraph whatever stands beside it */
static bool
joins_paragraph(const FoNode *node)
{
    return is_inline(node) || node->kind == FO_MARKER ||
           (node->kind == FO_WRAPPER && node->first == NULL) ||
           node->kind == FO_RETRIEVE_MARKER;
}

static bool
has_content(const FoNode *first, const FoNode *end)
{
    for (const FoNode *node = first; node != end; node = node->next) {
        if (node->kind == FO_WRAPPER && node->first == NULL)
            return true; /* its id */
        if (is_inline(node) && !is_blank_text(node))
            return true;
    }
    return false;
}

void
flow_children(Flow *flow, const FoNode *parent, Length x, Length width,
              StructNode *structure)
{
    bool first_line = true;
    bool mixed = false;
    for (const FoNode *child = parent->first; child != NULL;
         child = child->next)
        mixed |= !joins_paragraph(child);
    for (const FoNode *child = parent->first; child != NULL;) {
        if (!joins_paragraph(child)) {
            flow_child(flow, child, structure);
            child = child->next;
            continue;
        }
        const FoNode *end = child;
        while (end != NULL && joins_paragraph(end))
            end = end->next;
        if (has_content(child, end)) {
            StructNode *element = structure;
            if (mixed && structure != NULL &&
                flow->context->artifact == ARTIFACT_NONE &&
                !flow->context->measuring)
                element = struct_node_add(flow->context->pages, structure,
                                          "P");
            add_paragraph(flow, parent,
                          (ParagraphRange){child, end, x, width, first_line},
                          element);
            first_line = false;
        }
        child = end;
    }
}

void
flow_rectangle(const Flow *flow, const FoNode *node, Length *x, Length *width)
{
    Length start = fo_dimension(node->style->start_indent, flow->width, 0);
    Length end = fo_dimension(node->style->end_indent, flow->width, 0);
    *x = flow->x + start;
    *width = MAX(flow->width - start - end, 0);
}

/* ---- blocks ---- */

static bool
has_words(const FoNode *node)
{
    switch (node->kind) {
    case FO_TEXT:
        return !is_blank_text(node);
    case FO_CHARACTER:
    case FO_PAGE_NUMBER:
    case FO_PAGE_NUMBER_CITATION:
    case FO_PAGE_NUMBER_CITATION_LAST:
    case FO_INDEX_PAGE_CITATION_LIST:
    case FO_FOOTNOTE:
    case FO_INLINE_CONTAINER:
        return true;
    default:
        break;
    }
    if (!is_inline(node))
        return false;
    for (const FoNode *child = node->first; child != NULL;
         child = child->next) {
        if (has_words(child))
            return true;
    }
    return false;
}

/* the structure type of a block without a role: P if it has words of its own,
 * Div if it has blocks too or an id, else none */
static const char *
block_role(const FoNode *node)
{
    bool words = false, blocks = false;
    for (const FoNode *child = node->first; child != NULL;
         child = child->next) {
        words |= has_words(child);
        blocks |= !joins_paragraph(child);
    }
    if (node->parent->kind == FO_LIST_ITEM_LABEL)
        return NULL;
    if (words)
        return blocks ? "Div" : "P";
    /* its id must be found again */
    return blocks && fo_attribute(node, FO_ATTRIBUTE_ID) != NULL ? "Div"
                                                                 : NULL;
}

static void
add_block(Flow *flow, const FoNode *node, StructNode *structure,
          const char *role)
{
    LayoutContext *context = flow->context;
    ArtifactKind saved;
    structure_enter(context, node, &saved);
    StructNode *element = structure;
    if (node->first != NULL)
        element = structure_add(context, node, structure, role);
    Length x, width;
    flow_rectangle(flow, node, &x, &width);
    FlowObject object = flow_open(flow, node, x, width);
    flow_children(flow, node, x, width, element);
    flow_close(flow, &object);
    context->artifact = saved;
}

/* ---- tables ---- */

static void
add_table(Flow *flow, const FoNode *node, StructNode *structure)
{
    LayoutContext *context = flow->context;
    ArtifactKind saved;
    structure_enter(context, node, &saved);
    Length x, width;
    flow_rectangle(flow, node, &x, &width);
    FlowObject object =
        flow_open(flow, table_shell(context, node), x, width);
    flow_flush(flow);
    int first = flow->list->count;
    table_layout(context, node, x, width, flow->list, flow_frame(flow),
                 context->artifact == ARTIFACT_NONE ? structure : NULL);
    flow_adopt(flow, first);
    if (flow->together == PENALTY_FORBIDDEN) {
        for (int i = first; i < flow->list->count - 1; i++)
            flow->list->elements[i].penalty = PENALTY_FORBIDDEN;
    }
    flow_close(flow, &object);
    context->artifact = saved;
}

/* fo:table-and-caption: the caption above or, with caption-side we do not
 * read, as it is written: before the table */
static void
add_table_and_caption(Flow *flow, const FoNode *node, StructNode *structure)
{
    LayoutContext *context = flow->context;
    StructNode *element = structure_add(context, node, structure, NULL);
    Length x, width;
    flow_rectangle(flow, node, &x, &width);
    FlowObject object = flow_open(flow, node, x, width);
    for (const FoNode *child = node->first; child != NULL;
         child = child->next) {
        if (child->kind == FO_TABLE_CAPTION) {
            add_block(flow, child, element, "Caption");
            flow->keep = PENALTY_FORBIDDEN;
        } else {
            flow_child(flow, child, element);
        }
    }
    flow_close(flow, &object);
}

/* ---- by kind ---- */

/* fo:wrapper and objects we do not know: nothing but their children */
static void
add_transparent(Flow *flow, const FoNode *node, StructNode *structure)
{
    LayoutContext *context = flow->context;
    ArtifactKind saved;
    structure_enter(context, node, &saved);
    StructNode *element = structure_add(context, node, structure, NULL);
    const char *id = fo_attribute(node, FO_ATTRIBUTE_ID);
    if (id != NULL && !context->measuring)
        flow_anchor(flow, (Anchor){ANCHOR_ID, id, NULL, true, true, 0, 0});
    Length x, width;
    flow_rectangle(flow, node, &x, &width);
    flow_children(flow, node, x, width, element);
    context->artifact = saved;
}

void
flow_child(Flow *flow, const FoNode *node, StructNode *structure)
{
    switch (node->kind) {
    case FO_BLOCK:
        add_block(flow, node, structure, block_role(node));
        break;
    case FO_LIST_BLOCK:
        list_block_layout(flow, node, structure);
        break;
    case FO_BLOCK_CONTAINER:
        block_container_layout(flow, node, structure);
        break;
    case FO_TABLE:
        add_table(flow, node, structure);
        break;
    case FO_TABLE_AND_CAPTION:
        add_table_and_caption(flow, node, structure);
        break;
    case FO_TABLE_CAPTION:
        add_block(flow, node, structure, "Caption");
        break;
    default:
        add_transparent(flow, node, structure);
    }
}

void
flow_layout(LayoutContext *context, const FoNode *parent, Length x,
            Length width, ElementList *list, const Frame *frame,
            StructNode *structure)
{
    Flow flow;
    flow_init(&flow, context, list, x, width, frame);
    Length content_x, content_width;
    flow_rectangle(&flow, parent, &content_x, &content_width);
    if (parent->kind == FO_BLOCK_CONTAINER ||
        parent->kind == FO_INLINE_CONTAINER ||
        parent->kind == FO_TABLE_CELL) {
        content_x = x; /* its indents are outside this reference area */
        content_width = width;
    }
    /* who calls for these two has no flow of its own for their ids */
    const char *id = fo_attribute(parent, FO_ATTRIBUTE_ID);
    if (id != NULL && !context->measuring &&
        (parent->kind == FO_FOOTNOTE_BODY ||
         parent->kind == FO_LIST_ITEM_LABEL))
        flow_anchor(&flow, (Anchor){ANCHOR_ID, id, NULL, true, true, 0, 0});
    flow_children(&flow, parent, content_x, content_width, structure);
    flow_clear(&flow);
}

Note *
note_layout(LayoutContext *context, const FoNode *body, StructNode *structure,
            const char *id)
{
    Note *note = arena_new0(context->arena, Note);
    note->list = element_list_new(context->arena);
    g_ptr_array_add(context->note_arrays, note->list->frames);
    g_ptr_array_add(context->note_arrays, note->list->paragraphs);
    note->id = id;
    bool saved = context->in_note;
    context->in_note = true;
    flow_layout(context, body, 0, context->note_width, note->list, NULL,
                structure);
    for (guint i = 0; i < context->inner_notes->len; i++) {
        InnerNote inner = g_array_index(context->inner_notes, InnerNote, i);
        flow_layout(context, inner.body, 0, context->note_width, note->list,
                    NULL, inner.structure);
    }
    g_array_set_size(context->inner_notes, 0);
    context->in_note = saved;
    note->height = element_list_height(note->list, 0, note->list->count - 1);
    return note;
}
