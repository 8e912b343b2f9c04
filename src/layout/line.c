/* SPDX-License-Identifier: MIT */
/*
 * Lines of a paragraph to boxes.
 *
 *   inline_content_break    the paragraph's shape; what is missing or too wide
 *   inline_content_line     one line:
 *     measure_line          how much room its pieces ask for
 *     add_boxes             backgrounds and borders of inlines, outer first
 *     add_glyphs, add_leader_part, add_decoration, add_links
 */
#include "layout/inline.h"

#include "layout/flow.h"

#include <string.h>

/* a paragraph is set longer or shorter only if no line gets looser than this */
static const int64_t MAX_STRETCH = 65536 * 5 / 4;

static TextAlign
align_of(FoKeyword keyword)
{
    switch (keyword) {
    case FO_KEY_END:
    case FO_KEY_RIGHT:
    case FO_KEY_OUTSIDE:
        return TEXT_END;
    case FO_KEY_CENTER:
        return TEXT_CENTER;
    case FO_KEY_JUSTIFY:
        return TEXT_JUSTIFY;
    default:
        return TEXT_START;
    }
}

static void
say_missing_glyphs(const InlineContent *content)
{
    const GArray *missing = paragraph_missing_glyphs(content->paragraph);
    for (guint i = 0; missing != NULL && i < missing->len; i++) {
        const MissingGlyph *glyph = &g_array_index(missing, MissingGlyph, i);
        const Run *run = &g_array_index(content->runs, Run, glyph->tag);
        char text[8] = "";
        if (g_unichar_isprint(glyph->character))
            text[g_unichar_to_utf8(glyph->character, text)] = 0;
        diagnostics_add(content->context->diagnostics, LEVEL_ERROR,
                        "missing-glyph", run->node->place,
                        "no font has the character %s (U+%04X): write it "
                        "otherwise or add a font that has it to the theme's "
                        "fallback fonts",
                        text, glyph->character);
    }
}

/* a label is rather too wide than cut inside a word */
static Length
label_width(const InlineContent *content, Length measure)
{
    const FoNode *block = content->block;
    Length least = paragraph_minimum_width(content->paragraph);
    if (least <= measure)
        return measure;
    if (least > measure + block->style->provisional_separation)
        diagnostics_add(content->context->diagnostics, LEVEL_WARNING,
                        "label-too-wide", block->place,
                        "this list label is %.1f pt wide, its room %.1f pt: "
                        "it runs into the text; make "
                        "provisional-distance-between-starts larger",
                        length_points(least), length_points(measure));
    return least;
}

static ParagraphShape
paragraph_shape(const InlineContent *content, bool first_indent,
                int looseness)
{
    const FoStyle *style = content->block->style;
    Length measure = content->measure;
    ParagraphShape shape = {
        .width = MAX(measure, 1),
        .first_indent =
            first_indent ? fo_dimension(style->text_indent, measure, 0) : 0,
        .last_end_indent =
            fo_dimension(style->last_line_end_indent, measure, 0),
        .align = align_of(style->text_align),
        .no_wrap = style->wrap_option == FO_KEY_NO_WRAP,
        .protrude = style->protrusion == FO_KEY_TRUE,
        .expansion = style->expansion,
        .ladder = style->hyphenation_ladder,
        .looseness = looseness,
    };
    shape.align_last = align_of(style->text_align_last);
    if (style->text_align_last == FO_KEY_RELATIVE)
        shape.align_last =
            shape.align == TEXT_JUSTIFY ? TEXT_START : shape.align;
    if (content->block->parent != NULL &&
        content->block->parent->kind == FO_LIST_ITEM_LABEL)
        shape.width = label_width(content, shape.width);
    return shape;
}

/* TeX's badness: 100 r^3 */
static int
trial_cost(const ParagraphTrial *trial)
{
    int64_t worst = MIN(trial->stretch, MAX_STRETCH * 2);
    return (int)(100 * worst / 65536 * worst / 65536 * worst / 65536);
}

void
inline_content_variants(InlineContent *content, bool first_indent, int lines,
                        ParagraphVariants *variants)
{
    ParagraphShape shape = paragraph_shape(content, first_indent, 0);
    ParagraphTrial shorter, longer;
    paragraph_try(content->paragraph, &shape, &shorter, &longer);
    variants->may_lengthen =
        longer.line_count == lines + 1 && longer.stretch <= MAX_STRETCH;
    variants->may_shorten =
        shorter.line_count == lines - 1 && shorter.stretch <= MAX_STRETCH;
    variants->lengthen_cost = trial_cost(&longer);
    variants->shorten_cost = trial_cost(&shorter);
}

static TextLines
break_lines(InlineContent *content, bool first_indent, int looseness,
            Arena *arena)
{
    ParagraphShape shape = paragraph_shape(content, first_indent, looseness);
    TextLines lines = paragraph_break(content->paragraph, &shape, arena);
    say_missing_glyphs(content);
    return lines;
}

/* as they were broken when the sequence was set before, or anew */
static TextLines
find_lines(InlineContent *content, bool first_indent, int looseness)
{
    LineMemo *memo = content->context->memo;
    if (memo == NULL || content->first == NULL)
        return break_lines(content, first_indent, looseness, content->lines);
    const LineKey key = {content->first, content->measure, looseness,
                         first_indent};
    const TextLines *known = line_memo_find(memo, &key);
    if (known != NULL)
        return *known;
    TextLines lines = break_lines(content, first_indent, looseness,
                                  line_memo_arena(memo));
    line_memo_keep(memo, &key, lines);
    return lines;
}

TextLines
inline_content_break(InlineContent *content, bool first_indent, int looseness)
{
    Length measure = content->measure;
    TextLines lines = find_lines(content, first_indent, looseness);
    for (int i = 0; i < lines.line_count; i++) {
        if (!lines.lines[i].overfull)
            continue;
        diagnostics_add(content->context->diagnostics, LEVEL_WARNING,
                        "overfull-line", content->block->place,
                        "line %d of this paragraph sticks out of its %.0f pt: "
                        "something in it cannot be broken; shorten it or give "
                        "it more room",
                        i + 1, length_points(measure));
    }
    return lines;
}

void
inline_content_widths(InlineContent *content, Length *minimum, Length *maximum)
{
    *minimum = paragraph_minimum_width(content->paragraph);
    *maximum = paragraph_maximum_width(content->paragraph);
}

/* ---- one line ---- */

typedef struct {
    InlineContent *content;
    const TextLine *line;
    Length x, baseline;  /* of the line, in its box */
    Length ascent, descent;
} LineBox;

static const Run *
run_of(const LineBox *box, const LinePart *part)
{
    return &g_array_index(box->content->runs, Run, part->tag);
}

static void
measure_line(LineBox *box)
{
    box->ascent = box->content->strut->line_ascent;
    box->descent = box->content->strut->line_descent;
    for (int i = 0; i < box->line->part_count; i++) {
        const LinePart *part = &box->line->parts[i];
        if (part->kind == LINE_ANCHOR)
            continue;
        const Run *run = run_of(box, part);
        box->ascent = MAX(box->ascent, run->ascent);
        box->descent = MAX(box->descent, run->descent);
    }
    box->baseline = box->ascent;
}

static GArray *
items_of(const LineBox *box)
{
    return box->content->line.items;
}

static void
add_glyphs(const LineBox *box, const LinePart *part, const Run *run)
{
    PageItem item = {
        .kind = PAGE_TEXT,
        .artifact = run->artifact,
        .slot = run->slot,
        .x = box->x + part->x,
        .y = box->baseline - run->shift,
        .width = part->width,
        .color = run->node->style->color,
    };
    item.text.face = part->face;
    item.text.size = part->size;
    item.text.scale = part->scale;
    item.text.pieces = part->pieces;
    item.text.piece_count = part->piece_count;
    if (!run->hidden)
        g_array_append_val(items_of(box), item);
}

static void
add_bar(const LineBox *box, const Run *run, Length x, Length width, Length y,
        Length thickness)
{
    PageItem item = {
        .kind = PAGE_RECTANGLE,
        .artifact = ARTIFACT_LAYOUT,
        .x = x,
        .y = y,
        .width = width,
        .height = thickness,
        .color = run->node->style->color,
    };
    if (!run->hidden)
        g_array_append_val(items_of(box), item);
}

static void
add_decoration(const LineBox *box, const LinePart *part, const Run *run)
{
    if (run->decoration == 0)
        return;
    const StyleMetrics *metrics = run->metrics;
    Length size = metrics->text->size;
    int em = metrics->face->units_per_em;
    Length thickness = size / 18;
    if (metrics->face->underline_thickness > 0)
        thickness = length_scale(size, metrics->face->underline_thickness, em);
    Length below = size / 9;
    if (metrics->face->underline_position < 0)
        below = length_scale(size, -metrics->face->underline_position, em);
    Length x = box->x + part->x;
    Length y = box->baseline - run->shift;
    if (run->decoration & DECORATION_UNDERLINE)
        add_bar(box, run, x, part->width, y + below, thickness);
    if (run->decoration & DECORATION_OVERLINE)
        add_bar(box, run, x, part->width, y - metrics->ascent, thickness);
    if (run->decoration & DECORATION_THROUGH)
        add_bar(box, run, x, part->width, y - metrics->x_height / 2,
                thickness);
}

/* ---- leaders ---- */

/* the pattern's glyphs, of the leader's own style */
static TextLine *
pattern_line(const LineBox *box, const Run *run)
{
    LayoutContext *context = box->content->context;
    g_autofree char *text = NULL;
    if (run->node->style->leader_pattern == FO_KEY_USE_CONTENT)
        text = inline_text(context, run->node);
    else
        text = g_strdup(".");
    Paragraph *paragraph = context_take_paragraph(context);
    paragraph_add_text(paragraph, text, -1, run->metrics->text, 0);
    ParagraphShape shape = {.width = LENGTH_MAX / 4, .no_wrap = true};
    TextLines lines =
        paragraph_break(paragraph, &shape, box->content->lines);
    context_give_paragraph(context);
    return lines.line_count == 0 ? NULL : &lines.lines[0];
}

/* the pattern again and again, on a grid that all lines of the column share */
static void
add_pattern(const LineBox *box, const LinePart *part, const Run *run)
{
    const TextLine *pattern = pattern_line(box, run);
    if (pattern == NULL || pattern->part_count == 0 ||
        pattern->parts[0].kind != LINE_GLYPHS)
        return;
    const LinePart *glyphs = &pattern->parts[0];
    Length pitch = MAX(run->node->style->leader_pattern_width, glyphs->width);
    if (pitch <= 0)
        return;
    Length start = box->x + part->x, end = start + part->width;
    Length first = (start + pitch - 1) / pitch * pitch;
    if (start < 0)
        first = start;
    int count = end - first < glyphs->width
                    ? 0
                    : (int)((end - first - glyphs->width) / pitch) + 1;
    count = MIN(count, 4000);
    if (count == 0 || run->hidden)
        return;
    int all = count * glyphs->piece_count;
    GlyphPiece *pieces =
        arena_array(box->content->lines, GlyphPiece, all);
    for (int i = 0; i < all; i++) {
        pieces[i] = glyphs->pieces[i % glyphs->piece_count];
        pieces[i].x += (int32_t)(pitch * (i / glyphs->piece_count));
    }
    PageItem item = {
        .kind = PAGE_TEXT,
        .artifact = ARTIFACT_LAYOUT,
        .x = first,
        .y = box->baseline - run->shift,
        .width = pitch * (count - 1) + glyphs->width,
        .color = run->node->style->color,
    };
    item.text.face = glyphs->face;
    item.text.size = glyphs->size;
    item.text.scale = glyphs->scale;
    item.text.pieces = pieces;
    item.text.piece_count = all;
    g_array_append_val(items_of(box), item);
}

static void
add_leader_part(const LineBox *box, const LinePart *part, const Run *run)
{
    const FoStyle *style = run->node->style;
    if (style->leader_pattern == FO_KEY_DOTS ||
        style->leader_pattern == FO_KEY_USE_CONTENT) {
        add_pattern(box, part, run);
        return;
    }
    if (style->leader_pattern != FO_KEY_RULE || run->hidden ||
        style->rule_style == FO_KEY_NONE)
        return;
    PageItem item = {
        .kind = PAGE_RULE,
        .artifact = ARTIFACT_LAYOUT,
        .x = box->x + part->x,
        .y = box->baseline - run->shift,
        .width = part->width,
        .color = style->color,
    };
    item.rule.thickness = style->rule_thickness;
    item.rule.style = style->rule_style;
    g_array_append_val(items_of(box), item);
}

/* ---- inline boxes and links ---- */

/* from the first to the last part inside box number `number` */
static bool
box_extent(const LineBox *line, int number, Length *start, Length *end)
{
    const GArray *boxes = line->content->boxes;
    bool found = false;
    for (int i = 0; i < line->line->part_count; i++) {
        const LinePart *part = &line->line->parts[i];
        int b = run_of(line, part)->box;
        while (b != 0 && b != number)
            b = g_array_index(boxes, InlineBox, b - 1).parent;
        if (b != number)
            continue;
        if (!found)
            *start = part->x;
        *end = part->x + part->width;
        found = true;
    }
    return found;
}

static void
add_boxes(const LineBox *line)
{
    const GArray *boxes = line->content->boxes;
    for (guint i = 0; i < boxes->len; i++) {
        const InlineBox *box = &g_array_index(boxes, InlineBox, i);
        Length start, end;
        if (!box_extent(line, (int)i + 1, &start, &end))
            continue;
        const FoStyle *style = box->node->style;
        Length left = style->border_start_width + style->padding_start;
        Length right = style->border_end_width + style->padding_end;
        Length top = box->metrics->ascent + style->border_before_width +
                     style->padding_before;
        Length bottom = box->metrics->descent + style->border_after_width +
                        style->padding_after;
        frame_paint(style,
                    (FrameBox){line->x + start - left,
                               line->baseline - box->shift - top,
                               end - start + left + right, top + bottom, false,
                               false},
                    items_of(line));
    }
}

static void
add_links(const LineBox *box)
{
    const InlineContent *content = box->content;
    int current = 0;
    for (int i = 0; i < box->line->part_count && content->links->len > 0;
         i++) {
        const LinePart *part = &box->line->parts[i];
        const Run *run = run_of(box, part);
        if (part->kind == LINE_ANCHOR || run->link == 0) {
            if (run->link != current)
                current = 0;
            continue;
        }
        Length start = box->x + part->x, end = start + part->width;
        GArray *links = content->line.links;
        if (run->link == current) {
            PageLink *link = &g_array_index(links, PageLink, links->len - 1);
            link->width = end - link->x;
            continue;
        }
        current = run->link;
        const InlineLink *source =
            &g_array_index(content->links, InlineLink, run->link - 1);
        Length top = run->metrics->ascent, bottom = run->metrics->descent;
        if (run->kind == RUN_OBJECT) {
            top = run->ascent;
            bottom = run->descent;
        }
        PageLink link = {
            .x = start,
            .y = box->baseline - top,
            .width = end - start,
            .height = top + bottom,
            .destination = source->destination,
            .uri = source->uri,
            .contents = source->contents,
            .node = source->structure,
        };
        g_array_append_val(links, link);
    }
}

/* ---- anchors and notes ---- */

static void
add_anchors(const LineBox *box, Element *element)
{
    Arena *arena = box->content->context->arena;
    int notes = 0, anchors = 0;
    for (int i = 0; i < box->line->part_count; i++) {
        const Run *run = run_of(box, &box->line->parts[i]);
        notes += run->kind == RUN_NOTE && run->note != NULL;
        anchors += run->kind == RUN_ANCHOR;
    }
    if (notes + anchors == 0)
        return;
    int old_notes = element->note_count, old_anchors = element->anchor_count;
    Note **all_notes = arena_array(arena, Note *, old_notes + notes);
    Anchor *all_anchors = arena_array(arena, Anchor, old_anchors + anchors);
    if (old_notes > 0)
        memcpy(all_notes, element->notes, sizeof(Note *) * (size_t)old_notes);
    if (old_anchors > 0)
        memcpy(all_anchors, element->anchors,
               sizeof(Anchor) * (size_t)old_anchors);
    element->notes = all_notes;
    element->anchors = all_anchors;
    for (int i = 0; i < box->line->part_count; i++) {
        const LinePart *part = &box->line->parts[i];
        const Run *run = run_of(box, part);
        if (run->kind == RUN_NOTE && run->note != NULL)
            all_notes[element->note_count++] = run->note;
        if (run->kind != RUN_ANCHOR)
            continue;
        Anchor anchor = run->anchor;
        anchor.x = box->x + part->x;
        anchor.y = 0;
        all_anchors[element->anchor_count++] = anchor;
    }
}

/* the line goes with the paragraph, its glyphs stay */
static void
keep_pieces(const InlineContent *content)
{
    for (guint i = 0; i < content->line.items->len; i++) {
        PageItem *item = &g_array_index(content->line.items, PageItem, i);
        if (item->kind != PAGE_TEXT || item->text.piece_count == 0)
            continue;
        GlyphPiece *pieces = arena_array(content->context->arena, GlyphPiece,
                                         item->text.piece_count);
        memcpy(pieces, item->text.pieces,
               sizeof *pieces * (size_t)item->text.piece_count);
        item->text.pieces = pieces;
    }
}

void
inline_content_line(InlineContent *content, const TextLine *line, Length x,
                    Element *element)
{
    LineBox box = {.content = content, .line = line, .x = x};
    g_array_set_size(content->line.items, 0);
    g_array_set_size(content->line.links, 0);
    measure_line(&box);
    add_boxes(&box);
    for (int i = 0; i < line->part_count; i++) {
        const LinePart *part = &line->parts[i];
        const Run *run = run_of(&box, part);
        switch (part->kind) {
        case LINE_GLYPHS:
            add_glyphs(&box, part, run);
            add_decoration(&box, part, run);
            break;
        case LINE_OBJECT: {
            const FoStyle *style = run->node->style;
            Length top = run->ascent - style->border_before_width -
                         style->padding_before;
            if (run->kind == RUN_OBJECT && !run->hidden)
                fragment_append(&run->fragment,
                                x + part->x + style->border_start_width +
                                    style->padding_start,
                                box.baseline - top, &content->line);
            break;
        }
        case LINE_LEADER:
            add_leader_part(&box, part, run);
            add_decoration(&box, part, run);
            break;
        case LINE_ANCHOR:
            break;
        }
    }
    add_links(&box);
    add_anchors(&box, element);
    keep_pieces(content);
    element->fragment =
        placement_fragment(&content->line, content->context->arena);
    element->height = box.ascent + box.descent;
    element->baseline = box.baseline;
    element->has_baseline = true;
}
