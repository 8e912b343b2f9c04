/* SPDX-License-Identifier: MIT */
/*
 * Pages from breaks.
 *
 *   assemble_bodies
 *     place_page
 *       add_body            what is positioned, then the flow's elements
 *       add_notes           separator and footnotes, at the foot
 *       add_bars
 *   assemble_sequence
 *     finish_page
 *       add_region_frames   backgrounds and borders of the regions
 *       add_static          static content of four regions, set for this page
 *       add_body_items      what was placed before
 *       add_draft
 *
 * Everything is stacked into one Placement, then copied to the page: glyph
 * pieces move from the sequence's arena to the page itself.
 */
#include "layout/assemble.h"

#include "layout/flow.h"
#include "layout/fragment.h"
#include "layout/marker.h"

#include <string.h>

/* a bar stands this far from the text, its label this far from the bar */
static const Length BAR_DISTANCE = POINTS(9);
static const Length BAR_THICKNESS = POINTS(3) / 2;
static const Length BAR_LABEL_SIZE = POINTS(13) / 2;
static const FoColor BAR_COLOR = {false, 26214, 26214, 26214};
static const Length DRAFT_SIZE = POINTS(10);

typedef struct {
    LayoutContext *context;
    const PageSequence *sequence;
    const GArray *markers;
    const PageMaster *master;
    int number;       /* of the page in its sequence, from 0 */
    int page_index;   /* in the PageList */
    Page *page;
    PageBody *body;
    Placement placement;
} Assembly;

/* ---- to the page ---- */

static bool
touches_trim(const Page *page, const PageItem *item)
{
    if (item->kind == PAGE_TEXT || item->kind == PAGE_RULE)
        return false;
    return item->x <= 0 || item->y <= 0 ||
           item->x + item->width >= page->width ||
           item->y + item->height >= page->height;
}

/* all that was placed is what the page shows */
static void
set_items(Assembly *assembly)
{
    GArray *items = assembly->placement.items;
    for (guint i = 0; i < items->len; i++) {
        PageItem *item = &g_array_index(items, PageItem, i);
        item->bleeds = touches_trim(assembly->page, item);
    }
    page_set_items(assembly->page, (const PageItem *)(void *)items->data,
                   items->len);
    g_array_append_vals(assembly->page->links,
                        assembly->placement.links->data,
                        assembly->placement.links->len);
    g_array_set_size(items, 0);
    g_array_set_size(assembly->placement.links, 0);
}

static void
add_destination(PageList *pages, const char *id, int page, Length x, Length y)
{
    if (*id == '\n' || g_hash_table_contains(pages->destinations, id))
        return;
    PageDestination *destination = arena_new0(pages->arena, PageDestination);
    *destination =
        (PageDestination){arena_intern(pages->arena, id, -1), page, x, y};
    g_hash_table_insert(pages->destinations, (gpointer)destination->id,
                        destination);
}

static void
keep_anchors(Assembly *assembly)
{
    GArray *placed = assembly->placement.anchors;
    for (guint i = 0; i < placed->len; i++) {
        const PlacedAnchor *at = &g_array_index(placed, PlacedAnchor, i);
        Anchor anchor = at->anchor;
        anchor.x = at->x;
        anchor.y = at->y;
        g_array_append_val(assembly->body->anchors, anchor);
    }
    g_array_set_size(placed, 0);
}

static void
add_destinations(const Assembly *assembly)
{
    const GArray *anchors = assembly->body->anchors;
    for (guint i = 0; i < anchors->len; i++) {
        const Anchor *anchor = &g_array_index(anchors, Anchor, i);
        if (anchor->kind == ANCHOR_ID && anchor->starts)
            add_destination(assembly->context->pages, anchor->id,
                            assembly->page_index, anchor->x, anchor->y);
    }
}

/* ---- regions ---- */

static void
add_region_frames(Assembly *assembly)
{
    for (int i = 0; i < REGION_COUNT; i++) {
        const Region *region = &assembly->master->regions[i];
        if (region->node != NULL)
            frame_paint(region->node->style,
                        (FrameBox){region->x, region->y, region->width,
                                   region->height, false, false},
                        assembly->placement.items);
    }
}

static Length
align_offset(const Region *region, Length height)
{
    FoKeyword align = region->node == NULL
                          ? FO_KEY_AUTO
                          : region->node->style->display_align;
    if (align == FO_KEY_CENTER)
        return MAX((region->content_height - height) / 2, 0);
    if (align == FO_KEY_AFTER)
        return MAX(region->content_height - height, 0);
    return 0;
}

static void
add_container(Assembly *assembly, const Region *region,
              const Positioned *positioned)
{
    fragment_append(&positioned->fragment,
                    positioned->fixed ? 0 : region->content_x,
                    positioned->fixed ? 0 : region->content_y,
                    &assembly->placement);
}

static void
add_positioned(Assembly *assembly, const Region *region,
               const Element *element)
{
    for (int i = 0; i < element->positioned_count; i++)
        add_container(assembly, region, element->positioned[i]);
}

static void
set_static(Assembly *assembly, const Region *region, const FoNode *content)
{
    LayoutContext *context = assembly->context;
    context->region_width = region->content_width;
    context->region_height = region->content_height;
    content = marker_expand(context, content, assembly->markers,
                            assembly->sequence->index, assembly->page_index);
    ElementList *list = element_list_new(context->arena);
    flow_layout(context, content, 0, region->content_width, list, NULL, NULL);
    Length height = element_list_height(list, 0, list->count - 1);
    if (height > region->content_height)
        diagnostics_add(context->diagnostics, LEVEL_WARNING,
                        "region-overflow", content->place,
                        "the content of region \"%s\" is %.1f pt high, the "
                        "region %.1f pt: give the region a larger extent or "
                        "shorten its content",
                        region->name, length_points(height),
                        length_points(region->content_height));
    for (int i = 0; i < list->count; i++)
        add_positioned(assembly, region, &list->elements[i]);
    fragment_place(list, 0, list->count - 1, region->content_x,
                   region->content_y + align_offset(region, height), 0,
                   &assembly->placement);
    element_list_free(list);
    g_array_set_size(assembly->placement.anchors, 0);
    g_array_set_size(assembly->placement.containers, 0);
    g_array_set_size(assembly->placement.bars, 0);
}

static void
add_static(Assembly *assembly)
{
    static const ArtifactKind kinds[REGION_COUNT] = {
        [REGION_BEFORE] = ARTIFACT_HEADER,
        [REGION_AFTER] = ARTIFACT_FOOTER,
        [REGION_START] = ARTIFACT_LAYOUT,
        [REGION_END] = ARTIFACT_LAYOUT,
    };
    LayoutContext *context = assembly->context;
    context->folio = assembly->page->folio;
    context->page_width = assembly->master->width;
    context->page_height = assembly->master->height;
    for (int i = REGION_BEFORE; i < REGION_COUNT; i++) {
        const Region *region = &assembly->master->regions[i];
        if (region->node == NULL)
            continue;
        const FoNode *content =
            page_sequence_content(assembly->sequence, region->name);
        if (content == NULL)
            continue;
        context->artifact = kinds[i];
        set_static(assembly, region, content);
    }
    context->artifact = ARTIFACT_NONE;
    context->folio = NULL;
}

/* ---- body ---- */

static void
check_body(const Assembly *assembly, const Region *body)
{
    if (body->content_width == assembly->sequence->width)
        return;
    diagnostics_add(assembly->context->diagnostics, LEVEL_WARNING,
                    "body-width-varies", assembly->sequence->node->place,
                    "the region-body of \"%s\" is %.1f pt wide, that of the "
                    "sequence's first page %.1f pt: text is set for the "
                    "first; give all masters of a sequence one width",
                    assembly->master->name,
                    length_points(body->content_width),
                    length_points(assembly->sequence->width));
}

static Length
body_offset(const Assembly *assembly, const Region *body,
            const PageBreak *cut)
{
    const ElementList *list = assembly->sequence->list;
    if (align_offset(body, 0) == 0)
        return 0;
    Length height = element_list_height(list, cut->first, cut->last);
    if (cut->first > 0)
        height += list->elements[cut->first - 1].top;
    if (cut->last + 1 < list->count)
        height += list->elements[cut->last].bottom;
    return align_offset(body, height);
}

/* a box nobody could fit on any page */
static void
note_trouble(Assembly *assembly, const PageBreak *cut, Length room)
{
    const ElementList *list = assembly->sequence->list;
    PageBody *body = assembly->body;
    for (int i = cut->first; i <= cut->last; i++) {
        const Element *element = &list->elements[i];
        if (element->height <= room)
            continue;
        body->trouble = BODY_TOO_HIGH;
        body->place = element->place;
        body->height = element->height;
        return;
    }
    bool next_too_high = cut->last + 1 < list->count &&
                         list->elements[cut->last + 1].height > room;
    if (cut->forced && !next_too_high) {
        body->trouble = BODY_FORCED;
        body->place = list->elements[cut->last].place;
    }
}

static void
say_trouble(const Assembly *assembly, Length room)
{
    const PageBody *body = assembly->body;
    Diagnostics *diagnostics = assembly->context->diagnostics;
    if (body->trouble == BODY_TOO_HIGH)
        diagnostics_add(diagnostics, LEVEL_ERROR, "box-too-high", body->place,
                        "this is %.0f pt high and cannot be broken, the page "
                        "has %.0f pt: it runs out of the page; make it "
                        "smaller or let it break",
                        length_points(body->height), length_points(room));
    if (body->trouble == BODY_FORCED)
        diagnostics_add(diagnostics, LEVEL_WARNING, "forced-page-break",
                        body->place,
                        "page %s had to end here though keeps forbid it: too "
                        "much is kept together; loosen a keep",
                        assembly->page->folio);
}

static void
add_body(Assembly *assembly, const Region *body, const PageBreak *cut)
{
    if (cut->last < cut->first)
        return;
    const ElementList *list = assembly->sequence->list;
    note_trouble(assembly, cut, body->content_height);
    for (int i = cut->first; i <= cut->last; i++)
        add_positioned(assembly, body, &list->elements[i]);
    fragment_place(list, cut->first, cut->last, body->content_x,
                   body->content_y + body_offset(assembly, body, cut),
                   cut->ratio, &assembly->placement);
    g_array_set_size(assembly->placement.containers, 0); /* placed already */
}

static Length
note_height(const NotePart *part)
{
    const ElementList *list = part->note->list;
    Length height = element_list_height(list, part->first, part->last - 1);
    if (part->first > 0)
        height += list->elements[part->first - 1].top;
    if (part->last < list->count)
        height += list->elements[part->last - 1].bottom;
    return height;
}

static void
add_notes(Assembly *assembly, const Region *body, const PageBreak *cut)
{
    if (cut->note_count == 0)
        return;
    Length height = assembly->sequence->separator_height;
    for (int i = 0; i < cut->note_count; i++)
        height += note_height(&cut->notes[i]);
    Length y = body->content_y + body->content_height - height;
    const ElementList *separator = assembly->sequence->separator;
    if (separator != NULL)
        y += fragment_place(separator, 0, separator->count - 1,
                            body->content_x, y, 0, &assembly->placement);
    for (int i = 0; i < cut->note_count; i++) {
        const NotePart *part = &cut->notes[i];
        y += fragment_place(part->note->list, part->first, part->last - 1,
                            body->content_x, y, 0, &assembly->placement);
    }
    GArray *containers = assembly->placement.containers;
    for (guint i = 0; i < containers->len; i++)
        add_container(assembly, body,
                      g_array_index(containers, const Positioned *, i));
    g_array_set_size(containers, 0);
}

/* ---- bars and the draft mark ---- */

typedef struct {
    const char *text;
    const TextStyle *style;
    FoColor color;
    int rotation;
    Length x, y;
} Label;

/* one line of text as an artifact; gives its width */
static Length
add_label(Assembly *assembly, Label label)
{
    LayoutContext *context = assembly->context;
    Paragraph *paragraph = context_take_paragraph(context);
    paragraph_add_text(paragraph, label.text, -1, label.style, 0);
    ParagraphShape shape = {.width = LENGTH_MAX / 4, .no_wrap = true};
    TextLines lines = paragraph_break(paragraph, &shape, context->arena);
    context_give_paragraph(context);
    Length width = 0;
    for (int i = 0; i < lines.line_count && i < 1; i++) {
        for (int p = 0; p < lines.lines[0].part_count; p++) {
            const LinePart *part = &lines.lines[0].parts[p];
            if (part->kind != LINE_GLYPHS)
                continue;
            PageItem item = {
                .kind = PAGE_TEXT,
                .artifact = ARTIFACT_LAYOUT,
                .x = label.rotation == 0 ? label.x + part->x : label.x,
                .y = label.rotation == 0 ? label.y : label.y - part->x,
                .width = part->width,
                .color = label.color,
            };
            item.text.face = part->face;
            item.text.size = part->size;
            item.text.scale = part->scale;
            item.text.pieces = part->pieces;
            item.text.piece_count = part->piece_count;
            item.rotation = label.rotation;
            g_array_append_val(assembly->placement.items, item);
            width = part->x + part->width;
        }
    }
    return width;
}

static const TextStyle *
label_style(LayoutContext *context, const FoNode *node, Length size)
{
    const TextStyle *base = context_metrics(context, node)->text;
    TextStyle style = *base;
    style.size = size;
    style.weight = 400;
    style.italic = false;
    style.letter_spacing = 0;
    return text_style(context->engine, &style);
}

static int
compare_bars(gconstpointer a, gconstpointer b)
{
    const PlacedBar *left = a, *right = b;
    return left->y < right->y ? -1 : left->y > right->y;
}

/* the label runs up beside its bar and ends at the bar's top; gives where it
 * begins, further down */
static Length
add_bar_label(Assembly *assembly, const PlacedBar *bar, Length x)
{
    Label label = {
        .text = bar->frame->bar,
        .style = label_style(assembly->context, assembly->sequence->node,
                             BAR_LABEL_SIZE),
        .color = BAR_COLOR,
        .rotation = 90,
        .x = x,
        .y = bar->y,
    };
    guint before = assembly->placement.items->len;
    Length width = add_label(assembly, label);
    for (guint k = before; k < assembly->placement.items->len; k++)
        g_array_index(assembly->placement.items, PageItem, k).y += width;
    return bar->y + width;
}

/* rules in the outer margin; a label that would run over the last one, saying
 * the same, is left out */
static void
add_bars(Assembly *assembly, const Region *body)
{
    GArray *bars = assembly->placement.bars;
    g_array_sort(bars, compare_bars);
    const char *last_text = "";
    Length last_end = 0;
    for (guint i = 0; i < bars->len; i++) {
        const PlacedBar *bar = &g_array_index(bars, PlacedBar, i);
        bool right = assembly->page->recto;
        PageItem rule = {
            .kind = PAGE_RECTANGLE,
            .artifact = ARTIFACT_LAYOUT,
            .x = right ? body->content_x + body->content_width + BAR_DISTANCE
                       : body->content_x - BAR_DISTANCE - BAR_THICKNESS,
            .y = bar->y,
            .width = BAR_THICKNESS,
            .height = bar->height,
            .color = BAR_COLOR,
        };
        g_array_append_val(assembly->placement.items, rule);
        const char *text = bar->frame->bar;
        bool again = strcmp(text, last_text) == 0 && bar->y < last_end;
        if (*text == 0 || again)
            continue;
        last_end = add_bar_label(
            assembly, bar,
            right ? rule.x + BAR_THICKNESS + BAR_LABEL_SIZE
                  : rule.x - BAR_LABEL_SIZE / 3);
        last_text = text;
    }
    g_array_set_size(bars, 0);
}

static void
add_draft(Assembly *assembly)
{
    const char *text = assembly->context->options->draft;
    if (text == NULL || *text == 0)
        return;
    Label label = {
        .text = text,
        .style = label_style(assembly->context, assembly->sequence->node,
                             DRAFT_SIZE),
        .color = {false, 49151, 0, 0},
        .y = POINTS(20),
    };
    guint before = assembly->placement.items->len;
    Length width = add_label(assembly, label);
    for (guint i = before; i < assembly->placement.items->len; i++)
        g_array_index(assembly->placement.items, PageItem, i).x +=
            (assembly->page->width - width) / 2;
}

/* ---- pages ---- */

static void
place_page(Assembly *assembly, PageSequence *sequence, int number)
{
    const PageMaster *master = page_sequence_master(sequence, number);
    Page *page = page_new(master->width, master->height);
    page->number = sequence->first_number + number;
    page->recto = page->number % 2 != 0;
    page->blank = page_sequence_is_blank(sequence, number);
    assembly->page = page;
    assembly->master = master;
    assembly->body = page_sequence_add_body(sequence, page);
    if (page->blank)
        return;
    const Region *body = &master->regions[REGION_BODY];
    const PageBreak *cut =
        &g_array_index(sequence->breaks, PageBreak, number);
    add_body(assembly, body, cut);
    add_notes(assembly, body, cut);
    keep_anchors(assembly);
    add_bars(assembly, body);
    set_items(assembly);
}

void
assemble_bodies(LayoutContext *context, PageSequence *sequence)
{
    Assembly assembly = {.context = context, .sequence = sequence};
    placement_init(&assembly.placement);
    context->arena = sequence->arena;
    for (int i = 0; i < sequence->page_count; i++)
        place_page(&assembly, sequence, i);
    placement_clear(&assembly.placement);
}

static void
add_body_items(Assembly *assembly)
{
    const Page *page = assembly->page;
    const Region *body = &assembly->master->regions[REGION_BODY];
    if (page->blank)
        return;
    check_body(assembly, body);
    say_trouble(assembly, body->content_height);
    add_destinations(assembly);
    g_array_append_vals(assembly->placement.items, page->items->data,
                        page->items->len);
    g_array_append_vals(assembly->placement.links, page->links->data,
                        page->links->len);
    g_array_set_size(page->links, 0);
}

static void
finish_page(Assembly *assembly)
{
    LayoutContext *context = assembly->context;
    const PageSequence *sequence = assembly->sequence;
    PageList *pages = context->pages;
    Page *page = assembly->page = g_steal_pointer(&assembly->body->page);
    page_list_take(pages, page);
    assembly->page_index = (int)pages->pages->len - 1;
    assembly->master = page_sequence_master(sequence, assembly->number);
    page->number = sequence->first_number + assembly->number;
    g_autofree char *folio = folio_write(
        page->number, fo_attribute(sequence->node, FO_ATTRIBUTE_FORMAT));
    page->folio = arena_intern(pages->arena, folio, -1);
    const char *name = assembly->master->name;
    page->master = arena_intern(pages->arena, name == NULL ? "" : name, -1);
    page->sequence = sequence->index;
    context->arena = arena_new(); /* static content goes with its page */
    add_region_frames(assembly);
    add_static(assembly);
    add_body_items(assembly);
    add_draft(assembly);
    set_items(assembly);
    arena_free(context->arena);
    context->arena = NULL;
}

void
assemble_sequence(LayoutContext *context, const PageSequence *sequence,
                  const GArray *markers)
{
    Assembly assembly = {
        .context = context,
        .sequence = sequence,
        .markers = markers,
    };
    placement_init(&assembly.placement);
    for (int i = 0; i < sequence->page_count; i++) {
        assembly.number = i;
        assembly.body = g_ptr_array_index(sequence->bodies, i);
        finish_page(&assembly);
        const char *id = fo_attribute(sequence->node, FO_ATTRIBUTE_ID);
        if (i == 0 && id != NULL)
            add_destination(context->pages, id, assembly.page_index, 0, 0);
        id = sequence->flow == NULL
                 ? NULL
                 : fo_attribute(sequence->flow, FO_ATTRIBUTE_ID);
        if (i == 0 && id != NULL)
            add_destination(context->pages, id, assembly.page_index, 0, 0);
    }
    placement_clear(&assembly.placement);
}
