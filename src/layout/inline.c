/* SPDX-License-Identifier: MIT */
/*
 * Inline-level objects to a paragraph.
 *
 *   inline_content_add      one object, recursively
 *     add_characters        white space held, case changed, given to text
 *     add_inline            inline, basic-link, wrapper: state for what is in it
 *     add_graphic, add_container, add_leader, add_footnote, add_citation
 *   inline_content_break    to lines; missing glyphs and overfull lines said
 *
 * A space at the end of a text is held back until something follows, so that
 * paragraphs neither begin nor end with one and two texts do not give two.
 */
#include "layout/inline.h"

#include "layout/flow.h"
#include "layout/index_pages.h"
#include "layout/structure.h"

#include <string.h>

#define LINE_SEPARATOR 0x2028
#define NO_BREAK_SPACE "\302\240"

/* what holds for all inside an inline object */
typedef struct {
    StructNode *structure;
    Length shift;
    int link, box;
    Decoration decoration;
} InlineState;

static void add_object(InlineContent *content, const FoNode *node,
                       InlineState state);

void
inline_content_init(InlineContent *content, LayoutContext *context,
                    const FoNode *block, Length measure)
{
    *content = (InlineContent){
        .context = context,
        .paragraph = context_take_paragraph(context),
        .block = block,
        .strut = context_metrics(context, block),
        .measure = measure,
        .runs = g_array_new(FALSE, TRUE, sizeof(Run)),
        .links = g_array_new(FALSE, TRUE, sizeof(InlineLink)),
        .boxes = g_array_new(FALSE, TRUE, sizeof(InlineBox)),
        .scratch = g_string_new(NULL),
        .anchors = g_array_new(FALSE, FALSE, sizeof(Anchor)),
        .notes = g_ptr_array_new(),
        .positioned = g_ptr_array_new(),
    };
    placement_init(&content->line);
    content->lines = arena_new();
}

void
inline_content_clear(InlineContent *content)
{
    context_give_paragraph(content->context);
    g_array_unref(content->runs);
    g_array_unref(content->links);
    g_array_unref(content->boxes);
    g_string_free(content->scratch, TRUE);
    g_array_unref(content->anchors);
    g_ptr_array_unref(content->notes);
    g_ptr_array_unref(content->positioned);
    placement_clear(&content->line);
    arena_free(content->lines);
}

bool
is_blank_text(const FoNode *node)
{
    if (node->kind != FO_TEXT)
        return false;
    if (node->style->white_space_collapse == FO_KEY_FALSE)
        return *node->text == 0;
    return node->text[strspn(node->text, " \n\t\r")] == 0;
}

bool
is_inline(const FoNode *node)
{
    switch (node->kind) {
    case FO_TEXT:
    case FO_INLINE:
    case FO_INLINE_CONTAINER:
    case FO_CHARACTER:
    case FO_EXTERNAL_GRAPHIC:
    case FO_INSTREAM_FOREIGN_OBJECT:
    case FO_LEADER:
    case FO_PAGE_NUMBER:
    case FO_PAGE_NUMBER_CITATION:
    case FO_PAGE_NUMBER_CITATION_LAST:
    case FO_INDEX_PAGE_CITATION_LIST:
    case FO_BASIC_LINK:
    case FO_FOOTNOTE:
        return true;
    case FO_WRAPPER:
    case FO_UNKNOWN:
        for (const FoNode *child = node->first; child != NULL;
             child = child->next) {
            if (!is_blank_text(child) && is_inline(child))
                return true;
        }
        return false;
    default:
        return false;
    }
}

/* ---- runs ---- */

static int
add_run(InlineContent *content, RunKind kind, const FoNode *node,
        const InlineState *state)
{
    LayoutContext *context = content->context;
    const StyleMetrics *metrics = context_metrics(context, node);
    Run run = {
        .kind = kind,
        .node = node,
        .metrics = metrics,
        .artifact = context->artifact,
        .hidden = node->style->visibility == FO_KEY_HIDDEN,
        .shift = state->shift,
        .link = state->link,
        .box = state->box,
        .decoration = state->decoration,
    };
    if (state->shift == 0) {
        run.ascent = metrics->line_ascent;
        run.descent = metrics->line_descent;
    } else {
        run.ascent = state->shift + metrics->cap_height;
        run.descent = 0;
    }
    g_array_append_val(content->runs, run);
    return (int)content->runs->len - 1;
}

static Run *
get_run(const InlineContent *content, int index)
{
    return &g_array_index(content->runs, Run, index);
}

/* sets the held space or line end, since something follows */
static void
release(InlineContent *content)
{
    content->started = true;
    if (content->held == 0)
        return;
    char text[8];
    int length = g_unichar_to_utf8(content->held, text);
    const Run *run = get_run(content, content->held_run);
    content->held = 0;
    paragraph_add_text(content->paragraph, text, length, run->metrics->text,
                       content->held_run);
}

static void
give(InlineContent *content, const char *text, size_t length, int run)
{
    if (length == 0)
        return;
    release(content);
    paragraph_add_text(content->paragraph, text, (gssize)length,
                       get_run(content, run)->metrics->text, run);
}

/* ---- characters ---- */

static void
append_upper(GString *text, gunichar character)
{
    if (character == 0xDF)
        g_string_append(text, "SS");
    else
        g_string_append_unichar(text, g_unichar_toupper(character));
}

/* character by character: the C library's locale must not matter */
static void
transform(GString *out, const char *text, FoKeyword how, bool in_word)
{
    for (const char *p = text; *p != 0; p = g_utf8_next_char(p)) {
        gunichar character = g_utf8_get_char(p);
        if (how == FO_KEY_LOWERCASE)
            g_string_append_unichar(out, g_unichar_tolower(character));
        else if (how == FO_KEY_UPPERCASE ||
                 (how == FO_KEY_CAPITALIZE && !in_word))
            append_upper(out, character);
        else
            g_string_append_unichar(out, character);
        in_word = g_unichar_isalnum(character) || character == '\'' ||
                  character == 0x2019;
    }
}

/* text whose white space counts: code */
static void
add_preserved(InlineContent *content, const char *text, int run)
{
    bool fresh = !content->started || content->held == LINE_SEPARATOR;
    for (const char *p = text; *p != 0;) {
        size_t plain = strcspn(p, " \n\t");
        give(content, p, plain, run);
        p += plain;
        if (plain > 0)
            fresh = false;
        if (*p == '\n') {
            if (content->held != 0 || !content->started)
                release(content);
            content->held = LINE_SEPARATOR;
            content->held_run = run;
            fresh = true;
            p++;
        } else if (*p == ' ' || *p == '\t') {
            /* the first of several, and all at a line's start, must stay */
            bool more = p[1] == ' ' || p[1] == '\t';
            bool fixed = fresh || more;
            give(content, fixed ? NO_BREAK_SPACE : " ", fixed ? 2 : 1, run);
            p++;
        }
    }
}

static void
add_collapsed(InlineContent *content, const char *text, int run)
{
    while (*text != 0) {
        size_t spaces = strspn(text, " \t\r");
        if (spaces > 0) {
            if (content->started && content->held == 0) {
                content->held = ' ';
                content->held_run = run;
            }
            text += spaces;
            continue;
        }
        if (*text == '\n') { /* linefeed-treatment="preserve" */
            if (content->held == ' ')
                content->held = 0;
            if (content->started)
                release(content);
            content->started = true;
            content->held = LINE_SEPARATOR;
            content->held_run = run;
            text++;
            continue;
        }
        /* up to a space that is not a single one between two words */
        const char *end = text;
        while (*end != 0 && *end != '\n' && *end != '\t' && *end != '\r' &&
               !(*end == ' ' && (end[1] == ' ' || end[1] == 0 ||
                                 end[1] == '\n' || end[1] == '\t')))
            end++;
        give(content, text, (size_t)(end - text), run);
        text = end;
    }
}

static void
add_characters(InlineContent *content, const FoNode *node, const char *text,
               const InlineState *state)
{
    if (*text == 0)
        return;
    const FoStyle *style = node->style;
    int run = add_run(content, RUN_TEXT, node, state);
    get_run(content, run)->slot =
        structure_slot(content->context, state->structure);
    if (style->text_transform != FO_KEY_NONE) {
        g_string_truncate(content->scratch, 0);
        transform(content->scratch, text, style->text_transform, false);
        text = content->scratch->str;
    }
    if (style->white_space_collapse == FO_KEY_FALSE)
        add_preserved(content, text, run);
    else
        add_collapsed(content, text, run);
}

/* ---- page numbers ---- */

const char *
citation_text(LayoutContext *context, const char *id, bool last)
{
    g_autofree char *key = last ? g_strconcat(id, "\nlast", NULL)
                                : g_strdup(id);
    const char *folio = g_hash_table_lookup(context->citations, key);
    /* two digits are the best guess before anything was set */
    if (folio == NULL)
        folio = "00";
    if (!context->measuring && !g_hash_table_contains(context->cited, key))
        g_hash_table_insert(context->cited, g_steal_pointer(&key),
                            g_strdup(folio));
    return folio;
}

static void
add_generated(InlineContent *content, const FoNode *node, const char *text,
              const InlineState *state)
{
    InlineState inner = *state;
    static const StructDetails generated = {.generated = true};
    StructNode *slot = NULL;
    if (state->structure != NULL) { /* a slot of its own */
        slot = struct_node_add(content->context->pages, state->structure,
                               STRUCT_SLOT);
        slot->details = &generated;
    }
    int run = add_run(content, RUN_TEXT, node, &inner);
    get_run(content, run)->slot = slot;
    give(content, text, strlen(text), run);
}

static void
add_anchor_run(InlineContent *content, const FoNode *node, Anchor anchor,
               const InlineState *state)
{
    int run = add_run(content, RUN_ANCHOR, node, state);
    get_run(content, run)->anchor = anchor;
    paragraph_add_anchor(content->paragraph, run);
}

/* the number of the page it stands on: in static content known, in a flow a
 * citation of itself */
static void
add_page_number(InlineContent *content, const FoNode *node,
                const InlineState *state)
{
    LayoutContext *context = content->context;
    if (context->folio != NULL || context->measuring) {
        const char *folio = context->folio == NULL ? "00" : context->folio;
        add_generated(content, node, folio, state);
        return;
    }
    g_autofree char *id = g_strdup_printf("\npage-number %d %d",
                                          context->sequence,
                                          context->page_number_count++);
    Anchor anchor = {ANCHOR_ID, arena_intern(context->pages->arena, id, -1),
                     NULL, true, false, 0, 0};
    const char *folio = citation_text(context, id, false);
    add_generated(content, node, folio, state);
    add_anchor_run(content, node, anchor, state);
}

/* ---- objects ---- */

/* where the bottom of an object of this height stands, from the baseline;
 * upwards */
static Length
object_shift(const FoNode *node, const StyleMetrics *parent, Length height)
{
    switch (node->style->alignment_adjust) {
    case FO_KEY_MIDDLE:
        return parent->x_height / 2 - height / 2;
    case FO_KEY_TOP:
    case FO_KEY_TEXT_TOP:
        return parent->ascent - height;
    case FO_KEY_BOTTOM:
    case FO_KEY_TEXT_BOTTOM:
        return -parent->descent;
    default:
        return 0;
    }
}

static void
add_fragment(InlineContent *content, const FoNode *node, Fragment fragment,
             Length width, Length height, Length below,
             const InlineState *state)
{
    const FoStyle *style = node->style;
    release(content);
    int index = add_run(content, RUN_OBJECT, node, state);
    Run *run = get_run(content, index);
    Length shift = state->shift + style->baseline_shift - below +
                   object_shift(node, content->strut, height);
    run->shift = shift;
    run->fragment = fragment;
    run->ascent = shift + height + style->border_before_width +
                  style->padding_before;
    run->descent = -shift + style->border_after_width + style->padding_after;
    paragraph_add_object(content->paragraph, width, index);
}

static void
add_graphic(InlineContent *content, const FoNode *node,
            const InlineState *state)
{
    LayoutContext *context = content->context;
    ArtifactKind saved;
    structure_enter(context, node, &saved);
    StructNode *figure =
        structure_add(context, node, state->structure, "Figure");
    GraphicSize size = graphic_size(context, node, content->measure);
    PageItem item = {
        .kind = PAGE_GRAPHIC,
        .artifact = context->artifact,
        .slot = structure_slot(context, figure),
        .x = (size.width - size.content_width) / 2,
        .y = (size.height - size.content_height) / 2,
        .width = size.content_width,
        .height = size.content_height,
        .graphic = node->graphic,
        .color = {.transparent = true},
    };
    if (node->style->text_align != FO_KEY_CENTER)
        item.x = 0;
    if (node->style->display_align != FO_KEY_CENTER)
        item.y = 0;
    if (node->graphic == NULL) { /* a grey box stands for it */
        item.kind = PAGE_RECTANGLE;
        item.color = (FoColor){false, 55705, 55705, 55705};
    }
    g_array_set_size(content->line.items, 0);
    g_array_set_size(content->line.links, 0);
    const FoStyle *style = node->style;
    Length left = style->border_start_width + style->padding_start;
    Length top = style->border_before_width + style->padding_before;
    Length around = left + style->border_end_width + style->padding_end;
    frame_paint(style,
                (FrameBox){-left, -top, size.width + around,
                           size.height + top + style->border_after_width +
                               style->padding_after,
                           false, false},
                content->line.items);
    if (!context->measuring)
        g_array_append_val(content->line.items, item);
    add_fragment(content, node,
                 placement_fragment(&content->line, context->arena),
                 size.width + around, size.height, 0, state);
    context->artifact = saved;
}

static void
add_container(InlineContent *content, const FoNode *node,
              const InlineState *state)
{
    LayoutContext *context = content->context;
    Length minimum, maximum;
    flow_widths(context, node, &minimum, &maximum);
    Length width = fo_dimension(node->style->width, content->measure,
                                MIN(maximum, content->measure));
    ArtifactKind saved;
    structure_enter(context, node, &saved);
    ElementList *list = element_list_new(context->arena);
    StructNode *structure =
        structure_add(context, node, state->structure, NULL);
    if (!context->measuring)
        flow_layout(context, node, 0, width, list, NULL, structure);
    context->artifact = saved;
    Length height = element_list_height(list, 0, list->count - 1);
    Length baseline = height;
    if (list->count > 0 && list->elements[0].has_baseline)
        baseline = list->elements[0].baseline;
    Placement placement;
    placement_init(&placement);
    fragment_place(list, 0, list->count - 1, 0, 0, 0, &placement);
    Fragment fragment = placement_fragment(&placement, context->arena);
    for (int i = 0; i < list->count; i++) {
        for (int n = 0; n < list->elements[i].note_count; n++)
            g_ptr_array_add(content->notes, list->elements[i].notes[n]);
    }
    for (guint i = 0; i < placement.anchors->len; i++)
        g_array_append_val(
            content->anchors,
            g_array_index(placement.anchors, PlacedAnchor, i).anchor);
    for (guint i = 0; i < placement.containers->len; i++)
        g_ptr_array_add(content->positioned,
                        g_array_index(placement.containers, gpointer, i));
    placement_clear(&placement);
    element_list_free(list);
    add_fragment(content, node, fragment, width, height, height - baseline,
                 state);
}

static void
add_leader(InlineContent *content, const FoNode *node,
           const InlineState *state)
{
    const FoStyle *style = node->style;
    release(content);
    int run = add_run(content, RUN_LEADER, node, state);
    Length measure = content->measure;
    Length minimum = fo_dimension(style->leader_minimum, measure, 0);
    Length optimum = fo_dimension(style->leader_optimum, measure, POINTS(12));
    Length maximum = fo_dimension(style->leader_maximum, measure, measure);
    optimum = MAX(optimum, minimum);
    paragraph_add_leader(content->paragraph, minimum, optimum,
                         MAX(maximum, optimum), run);
}

static void
add_footnote(InlineContent *content, const FoNode *node, InlineState state)
{
    LayoutContext *context = content->context;
    const FoNode *caller = fo_child(node, FO_INLINE);
    const FoNode *body = fo_child(node, FO_FOOTNOTE_BODY);
    if (caller != NULL) {
        InlineState inner = state;
        inner.structure =
            structure_add(context, node, state.structure, "Reference");
        add_object(content, caller, inner);
    }
    if (body == NULL || context->measuring)
        return;
    g_autofree char *number = g_strdup_printf("note-%d", ++context->note_count);
    const char *id = fo_attribute(body, FO_ATTRIBUTE_ID);
    if (id == NULL)
        id = number;
    StructNode *structure =
        structure_add(context, body, state.structure, "Note");
    if (structure != NULL && structure->id == NULL)
        structure->id = arena_intern(context->pages->arena, id, -1);
    if (context->in_note) {
        diagnostics_add(context->diagnostics, LEVEL_WARNING, "nested-footnote",
                        node->place,
                        "a footnote stands inside a footnote; it is set "
                        "behind the outer one: write one text of them");
        InnerNote inner = {body, structure};
        g_array_append_val(context->inner_notes, inner);
        return;
    }
    int run = add_run(content, RUN_NOTE, node, &state);
    Note *note = note_layout(context, body, structure, id);
    get_run(content, run)->note = note;
    paragraph_add_anchor(content->paragraph, run);
}

/* ---- inline, links ---- */

static Decoration
decoration_of(const FoStyle *style)
{
    switch (style->text_decoration) {
    case FO_KEY_UNDERLINE:
        return DECORATION_UNDERLINE;
    case FO_KEY_OVERLINE:
        return DECORATION_OVERLINE;
    case FO_KEY_LINE_THROUGH:
        return DECORATION_THROUGH;
    default:
        return 0;
    }
}

/* how far vertical-align raises text that stands in text of this look */
static Length
vertical_shift(const FoStyle *style, const StyleMetrics *parent, Length size)
{
    const FontFace *face = parent->face;
    if (style->alignment_adjust == FO_KEY_SUPER)
        return face->superscript_shift > 0
                   ? length_scale(size, face->superscript_shift,
                                  face->units_per_em)
                   : size / 3;
    if (style->alignment_adjust == FO_KEY_SUB)
        return face->subscript_shift > 0
                   ? -length_scale(size, face->subscript_shift,
                                   face->units_per_em)
                   : -(size / 6);
    return 0;
}

/* "url(...)" and quotes taken away */
static const char *
plain_uri(Arena *arena, const char *value)
{
    if (value == NULL)
        return NULL;
    g_autofree char *copy = g_strstrip(g_strdup(value));
    char *start = copy;
    size_t length = strlen(copy);
    if (g_str_has_prefix(copy, "url(") && copy[length - 1] == ')') {
        copy[length - 1] = 0;
        start = g_strstrip(copy + 4);
        length = strlen(start);
    }
    if (length > 1 && (*start == '"' || *start == '\'') &&
        start[length - 1] == *start) {
        start[length - 1] = 0;
        start++;
    }
    return arena_intern(arena, start, -1);
}

static int
add_link(InlineContent *content, const FoNode *node, StructNode *structure)
{
    LayoutContext *context = content->context;
    Arena *arena = context->pages->arena;
    const char *destination =
        fo_attribute(node, FO_ATTRIBUTE_INTERNAL_DESTINATION);
    InlineLink link = {.node = node, .structure = structure};
    if (destination != NULL && *destination != 0)
        link.destination = arena_intern(arena, destination, -1);
    else
        link.uri = plain_uri(
            arena, fo_attribute(node, FO_ATTRIBUTE_EXTERNAL_DESTINATION));
    const char *alt = fo_attribute(node, FO_ATTRIBUTE_ALT);
    g_autofree char *text = alt != NULL ? g_strdup(alt)
                                        : inline_text(context, node);
    link.contents = arena_intern(arena, text, -1);
    g_array_append_val(content->links, link);
    return (int)content->links->len;
}

/* the pages of an index entry, each a link to what stands there */
static void
add_index_pages(InlineContent *content, const FoNode *node, InlineState state)
{
    LayoutContext *context = content->context;
    Arena *arena = context->pages->arena;
    g_autoptr(GArray) ranges = index_pages(context, node);
    for (guint i = 0; i < ranges->len; i++) {
        const IndexPages *range = &g_array_index(ranges, IndexPages, i);
        const FoNode *reference = range->reference;
        InlineState inner = state;
        if (i > 0)
            add_generated(content, node, ", ", &state);
        inner.structure =
            structure_add(context, reference, state.structure, "Link");
        InlineLink link = {
            .node = reference,
            .structure = inner.structure,
            .destination = arena_intern(
                arena, fo_attribute(reference, FO_ATTRIBUTE_REF_INDEX_KEY), -1),
            .contents = arena_intern(arena, range->text, -1),
        };
        if (context->artifact == ARTIFACT_NONE && !context->measuring) {
            g_array_append_val(content->links, link);
            inner.link = (int)content->links->len;
        }
        add_generated(content, reference, range->text, &inner);
    }
}

static void
add_kern(InlineContent *content, const FoNode *node, Length width,
         const InlineState *state)
{
    if (width == 0)
        return;
    release(content);
    int run = add_run(content, RUN_KERN, node, state);
    paragraph_add_kern(content->paragraph, width, run);
}

static bool
is_box(const FoStyle *style)
{
    return !style->background_color.transparent ||
           style->border_before_width > 0 || style->border_after_width > 0 ||
           style->border_start_width > 0 || style->border_end_width > 0;
}

static void
add_children(InlineContent *content, const FoNode *node, InlineState state)
{
    for (const FoNode *child = node->first; child != NULL; child = child->next)
        add_object(content, child, state);
}

static void
add_inline(InlineContent *content, const FoNode *node, InlineState state)
{
    LayoutContext *context = content->context;
    const FoStyle *style = node->style;
    ArtifactKind saved;
    structure_enter(context, node, &saved);
    bool is_link = node->kind == FO_BASIC_LINK;
    if (context->artifact != ARTIFACT_NONE)
        state.structure = NULL;
    state.structure = structure_add(context, node, state.structure,
                                    is_link ? "Link" : NULL);
    if (is_link && context->artifact == ARTIFACT_NONE && !context->measuring)
        state.link = add_link(content, node, state.structure);
    const StyleMetrics *parent = context_metrics(context, node->parent);
    Length raised = vertical_shift(style, parent,
                                   node->parent->style->font_size);
    state.shift += style->baseline_shift != 0 ? style->baseline_shift : raised;
    state.decoration |= decoration_of(style);
    add_kern(content, node, style->space_start.optimum, &state);
    InlineState inner = state;
    if (is_box(style)) {
        InlineBox box = {node, context_metrics(context, node), state.shift,
                         state.box};
        g_array_append_val(content->boxes, box);
        inner.box = (int)content->boxes->len;
    }
    add_kern(content, node, style->border_start_width + style->padding_start,
             &inner);
    add_children(content, node, inner);
    Length after = style->border_end_width + style->padding_end +
                   style->space_end.optimum;
    if (after != 0) {
        int run = add_run(content, RUN_KERN, node, &state);
        paragraph_add_kern(content->paragraph, after, run);
    }
    context->artifact = saved;
}

/* a block inside an inline: lines of its own in the same paragraph */
static void
add_block_inside(InlineContent *content, const FoNode *node, InlineState state)
{
    LayoutContext *context = content->context;
    if (!context->measuring)
        diagnostics_add(context->diagnostics, LEVEL_WARNING, "block-in-inline",
                        node->place,
                        "fo:%s stands inside inline content; its text is set "
                        "as lines of the paragraph around it: close the "
                        "inline before it",
                        fo_kind_name(node->kind));
    int run = add_run(content, RUN_TEXT, node, &state);
    get_run(content, run)->slot =
        structure_slot(content->context, state.structure);
    if (content->started) {
        content->held = LINE_SEPARATOR;
        content->held_run = run;
    }
    add_children(content, node, state);
    if (content->started) {
        content->held = LINE_SEPARATOR;
        content->held_run = run;
    }
}

static void
add_marker(InlineContent *content, const FoNode *node,
           const InlineState *state)
{
    if (content->context->measuring)
        return;
    add_anchor_run(content, node,
                   (Anchor){ANCHOR_MARKER, NULL, node, true, true, 0, 0},
                   state);
}

static void
add_object(InlineContent *content, const FoNode *node, InlineState state)
{
    const char *id = fo_attribute(node, FO_ATTRIBUTE_ID);
    if (id != NULL && !content->context->measuring)
        add_anchor_run(content, node,
                       (Anchor){ANCHOR_ID, id, NULL, true, true, 0, 0},
                       &state);
    switch (node->kind) {
    case FO_TEXT:
        add_characters(content, node, node->text, &state);
        break;
    case FO_CHARACTER:
        id = fo_attribute(node, FO_ATTRIBUTE_CHARACTER);
        add_characters(content, node, id == NULL ? "" : id, &state);
        break;
    case FO_EXTERNAL_GRAPHIC:
    case FO_INSTREAM_FOREIGN_OBJECT:
        add_graphic(content, node, &state);
        break;
    case FO_INLINE_CONTAINER:
        add_container(content, node, &state);
        break;
    case FO_LEADER:
        add_leader(content, node, &state);
        break;
    case FO_PAGE_NUMBER:
        add_page_number(content, node, &state);
        break;
    case FO_PAGE_NUMBER_CITATION:
    case FO_PAGE_NUMBER_CITATION_LAST:
        id = fo_attribute(node, FO_ATTRIBUTE_REF_ID);
        add_generated(content, node,
                      citation_text(content->context, id == NULL ? "" : id,
                                    node->kind ==
                                        FO_PAGE_NUMBER_CITATION_LAST),
                      &state);
        break;
    case FO_INDEX_PAGE_CITATION_LIST:
        add_index_pages(content, node, state);
        break;
    case FO_FOOTNOTE:
        add_footnote(content, node, state);
        break;
    case FO_MARKER:
        add_marker(content, node, &state);
        break;
    case FO_INLINE:
    case FO_BASIC_LINK:
    case FO_WRAPPER:
    case FO_UNKNOWN:
        add_inline(content, node, state);
        break;
    case FO_RETRIEVE_MARKER: /* in a flow it retrieves nothing */
        break;
    default:
        add_block_inside(content, node, state);
    }
}

void
inline_content_add(InlineContent *content, const FoNode *node,
                   StructNode *structure)
{
    if (content->first == NULL)
        content->first = node;
    add_object(content, node, (InlineState){.structure = structure});
}

/* ---- text of links ---- */

static void
append_text(LayoutContext *context, const FoNode *node, GString *text)
{
    const char *id;
    switch (node->kind) {
    case FO_TEXT:
        g_string_append(text, node->text);
        return;
    case FO_FOOTNOTE:
    case FO_MARKER:
        return;
    case FO_PAGE_NUMBER_CITATION:
    case FO_PAGE_NUMBER_CITATION_LAST:
        id = fo_attribute(node, FO_ATTRIBUTE_REF_ID);
        g_string_append(text, citation_text(context, id == NULL ? "" : id,
                                            node->kind ==
                                                FO_PAGE_NUMBER_CITATION_LAST));
        return;
    case FO_LEADER:
        g_string_append_c(text, ' ');
        return;
    case FO_EXTERNAL_GRAPHIC:
    case FO_INSTREAM_FOREIGN_OBJECT:
        id = fo_attribute(node, FO_ATTRIBUTE_ALT);
        g_string_append(text, id == NULL ? "" : id);
        return;
    default:
        break;
    }
    for (const FoNode *child = node->first; child != NULL; child = child->next)
        append_text(context, child, text);
}

char *
inline_text(LayoutContext *context, const FoNode *node)
{
    GString *text = g_string_new(NULL);
    append_text(context, node, text);
    g_strstrip(text->str);
    return g_string_free(text, FALSE);
}
