/* SPDX-License-Identifier: MIT */
/*
 * Paragraph: what is added, and the way from there to lines.
 *
 *   paragraph_break -> paragraph_itemise           words, spaces, objects
 *                   -> paragraph_find_candidates   where lines may end
 *                   -> total_fit_break             which of them are best
 *                   -> paragraph_set_line          places
 */
#define _GNU_SOURCE /* memmem */
#include <string.h>

#include "text/paragraph_parts.h"

Paragraph *
paragraph_new(TextEngine *engine)
{
    Paragraph *paragraph = g_new0(Paragraph, 1);
    paragraph->engine = engine;
    paragraph->text = g_byte_array_new();
    paragraph->soft = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    paragraph->inputs = g_array_new(FALSE, FALSE, sizeof(Input));
    paragraph->items = g_array_new(FALSE, FALSE, sizeof(Item));
    paragraph->candidates = g_array_new(FALSE, FALSE, sizeof(Candidate));
    paragraph->bounds = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    paragraph->token_soft = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    paragraph->token_breaks = g_array_new(FALSE, FALSE, sizeof(TokenBreak));
    paragraph->breaks = g_array_new(FALSE, FALSE, sizeof(int));
    paragraph->missing = g_array_new(FALSE, FALSE, sizeof(MissingGlyph));
    paragraph->line_parts = paragraph_new_part_list();
    paragraph->line_pieces = paragraph_new_piece_list();
    paragraph->fit = total_fit_new();
    return paragraph;
}

void
paragraph_free(Paragraph *paragraph)
{
    if (paragraph == NULL)
        return;
    g_byte_array_free(paragraph->text, TRUE);
    GArray *const arrays[] = {
        paragraph->soft,       paragraph->inputs,     paragraph->items,
        paragraph->candidates, paragraph->bounds,     paragraph->token_soft,
        paragraph->token_breaks, paragraph->breaks,   paragraph->missing,
        paragraph->line_parts, paragraph->line_pieces,
    };
    for (size_t i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_array_free(arrays[i], TRUE);
    total_fit_free(paragraph->fit);
    arena_free(paragraph->scratch);
    g_free(paragraph);
}

void
paragraph_clear(Paragraph *paragraph)
{
    g_byte_array_set_size(paragraph->text, 0);
    g_array_set_size(paragraph->soft, 0);
    g_array_set_size(paragraph->inputs, 0);
    g_array_set_size(paragraph->items, 0);
    g_array_set_size(paragraph->missing, 0);
    paragraph->itemised = paragraph->opened = false;
    g_clear_pointer(&paragraph->scratch, arena_free);
}

/* ---- adding ---- */

/* appends the text without its soft hyphens, whose places are kept */
static void
append_text(Paragraph *paragraph, const char *text, size_t length)
{
    static const char soft_hyphen[] = "\u00AD";
    const char *end = text + length;
    while (text < end) {
        const char *soft = memmem(text, (size_t)(end - text), soft_hyphen, 2);
        const char *stop = soft == NULL ? end : soft;
        g_byte_array_append(paragraph->text, (const guint8 *)text,
                            (guint)(stop - text));
        text = stop;
        if (soft != NULL) {
            uint32_t at = paragraph->text->len;
            g_array_append_val(paragraph->soft, at);
            text += 2;
        }
    }
}

void
paragraph_add_text(Paragraph *paragraph, const char *text, gssize length,
                   const TextStyle *style, int tag)
{
    size_t size = length < 0 ? strlen(text) : (size_t)length;
    const StyleEntry *entry = style_entry(style);
    uint32_t start = paragraph->text->len;
    append_text(paragraph, text, size);
    paragraph->itemised = false;
    if (paragraph->inputs->len > 0) {
        Input *last = &g_array_index(paragraph->inputs, Input,
                                     paragraph->inputs->len - 1);
        if (last->kind == ITEM_WORD && last->tag == tag &&
            last->style == entry) {
            last->end = paragraph->text->len;
            return;
        }
    }
    if (paragraph->text->len == start)
        return;
    Input input = {.kind = ITEM_WORD,
                   .tag = tag,
                   .start = start,
                   .end = paragraph->text->len,
                   .style = entry};
    g_array_append_val(paragraph->inputs, input);
}

static void
add_input(Paragraph *paragraph, Input input)
{
    input.start = input.end = paragraph->text->len;
    paragraph->itemised = false;
    g_array_append_val(paragraph->inputs, input);
}

void
paragraph_add_object(Paragraph *paragraph, Length width, int tag)
{
    add_input(paragraph,
              (Input){.kind = ITEM_OBJECT, .tag = tag, .width = width});
}

void
paragraph_add_anchor(Paragraph *paragraph, int tag)
{
    add_input(paragraph, (Input){.kind = ITEM_ANCHOR, .tag = tag});
}

void
paragraph_add_leader(Paragraph *paragraph, Length minimum, Length optimum,
                     Length maximum, int tag)
{
    optimum = MAX(optimum, minimum);
    maximum = MAX(maximum, optimum);
    add_input(paragraph, (Input){.kind = ITEM_LEADER,
                                 .tag = tag,
                                 .width = optimum,
                                 .stretch = maximum - optimum,
                                 .shrink = optimum - minimum});
}

void
paragraph_add_kern(Paragraph *paragraph, Length width, int tag)
{
    add_input(paragraph,
              (Input){.kind = ITEM_KERN, .tag = tag, .width = width});
}

/* ---- breaking ---- */

static void
close_units(Paragraph *paragraph)
{
    if (!paragraph->opened)
        return;
    for (guint i = 0; i < paragraph->items->len; i++)
        paragraph_item(paragraph, (int)i)->emergency = EMERGENCY_NONE;
    paragraph->opened = false;
}

/* candidates, with emergency ones where a unit is too wide for some line */
static void
prepare_candidates(Paragraph *paragraph, const ParagraphShape *shape)
{
    close_units(paragraph);
    paragraph_find_candidates(paragraph, shape);
    if (shape->no_wrap)
        return;
    Length narrowest = shape->width;
    narrowest = MIN(narrowest, shape->width - shape->first_indent);
    narrowest = MIN(narrowest, shape->width - shape->last_end_indent);
    paragraph->opened = paragraph_open_wide_units(paragraph, narrowest);
    if (paragraph->opened) {
        paragraph->engine->statistics.paragraphs_emergency++;
        paragraph_find_candidates(paragraph, shape);
    }
}

/* the size of the text, for lengths that follow it */
static Length
text_size(const Paragraph *paragraph)
{
    for (guint i = 0; i < paragraph->items->len; i++) {
        const Item *item = paragraph_item(paragraph, (int)i);
        if (item->style != NULL)
            return item->style->style.size;
    }
    return POINTS(10);
}

static FitOptions
fit_options(const Paragraph *paragraph, const ParagraphShape *shape)
{
    Length size = text_size(paragraph);
    FitOptions options = {
        .width = shape->width,
        .first_indent = shape->first_indent,
        .last_end_indent = shape->last_end_indent,
        .short_last = 3 * size,
        .justify_last =
            shape->align == TEXT_JUSTIFY && shape->align_last == TEXT_JUSTIFY,
        .ladder = shape->ladder,
    };
    if (shape->align == TEXT_CENTER)
        options.line_stretch = 4 * size;
    else if (shape->align != TEXT_JUSTIFY)
        options.line_stretch = 2 * size;
    return options;
}

/* candidates first..end-1, the last of them forced: the lines up to U+2028 or
 * the paragraph's end */
static void
break_segment(Paragraph *paragraph, const ParagraphShape *shape, int first,
              int end, int looseness)
{
    FitOptions options = fit_options(paragraph, shape);
    options.looseness = looseness;
    if (first > 0) {
        const Candidate *before = paragraph_candidate(paragraph, first - 1);
        options.start = before->start;
        options.first_left = before->left;
        options.first_indent = 0;
    } else {
        options.first_left = paragraph_first_left(paragraph, shape);
    }
    guint start = paragraph->breaks->len;
    FitPass pass =
        total_fit_break(paragraph->fit, paragraph_candidate(paragraph, first),
                        end - first, &options, paragraph->breaks);
    for (guint i = start; i < paragraph->breaks->len; i++)
        g_array_index(paragraph->breaks, int, i) += first;
    if (pass == FIT_UNCAPPED)
        paragraph->engine->statistics.paragraphs_uncapped++;
}

/* forced line ends cut the paragraph into segments; looseness goes to the
 * longest.  Returns how many there are. */
static int
break_segments(Paragraph *paragraph, const ParagraphShape *shape)
{
    int count = (int)paragraph->candidates->len, longest = 0, most = 0;
    int segments = 0;
    g_array_set_size(paragraph->breaks, 0);
    for (int i = 0, first = 0; shape->looseness != 0 && i < count; i++)
        if (paragraph_candidate(paragraph, i)->kind == BREAK_FORCED) {
            if (i + 1 - first > most) {
                most = i + 1 - first;
                longest = first;
            }
            first = i + 1;
        }
    for (int i = 0, first = 0; i < count; i++)
        if (paragraph_candidate(paragraph, i)->kind == BREAK_FORCED) {
            break_segment(paragraph, shape, first, i + 1,
                          first == longest ? shape->looseness : 0);
            first = i + 1;
            segments++;
        }
    return segments;
}

static bool
is_only_spaces(const Paragraph *paragraph)
{
    for (guint i = 0; i < paragraph->items->len; i++)
        if (paragraph_item(paragraph, (int)i)->kind != ITEM_SPACE)
            return false;
    return true;
}

/* the range of the first line; the next follows each */
static LineRange
first_range(const Paragraph *paragraph, const ParagraphShape *shape)
{
    return (LineRange){.shape = shape,
                       .first = true,
                       .left = paragraph_first_left(paragraph, shape)};
}

static void
end_range(const Paragraph *paragraph, LineRange *range, int line)
{
    range->to = paragraph_candidate(
        paragraph, g_array_index(paragraph->breaks, int, line));
    range->last = range->to->kind == BREAK_FORCED;
}

static void
next_range(LineRange *range)
{
    range->from = range->to;
    range->start = range->to->start;
    range->left = range->to->left;
    range->first = false;
}

TextLines
paragraph_break(Paragraph *paragraph, const ParagraphShape *shape, Arena *arena)
{
    TextStatistics *statistics = &paragraph->engine->statistics;
    paragraph_itemise(paragraph);
    if (is_only_spaces(paragraph))
        return (TextLines){NULL, 0};
    prepare_candidates(paragraph, shape);
    break_segments(paragraph, shape);
    int count = (int)paragraph->breaks->len;
    TextLines result = {arena_array(arena, TextLine, count), count};
    LineRange range = first_range(paragraph, shape);
    for (int i = 0; i < count; i++) {
        end_range(paragraph, &range, i);
        paragraph_set_line(paragraph, &range, arena, &result.lines[i]);
        statistics->lines_hyphenated += result.lines[i].hyphenated;
        next_range(&range);
    }
    statistics->paragraphs++;
    statistics->lines += count;
    return result;
}

/* ---- a line more or fewer ---- */

static ParagraphTrial
judge_breaks(const Paragraph *paragraph, const ParagraphShape *shape)
{
    ParagraphTrial trial = {.line_count = (int)paragraph->breaks->len};
    LineRange range = first_range(paragraph, shape);
    for (int i = 0; i < trial.line_count; i++) {
        end_range(paragraph, &range, i);
        int32_t stretch = paragraph_line_stretch(&range);
        if (stretch == INT32_MIN)
            return (ParagraphTrial){0};
        trial.stretch = MAX(trial.stretch, ABS((int64_t)stretch));
        next_range(&range);
    }
    return trial;
}

void
paragraph_try(Paragraph *paragraph, const ParagraphShape *shape,
              ParagraphTrial *shorter, ParagraphTrial *longer)
{
    *shorter = *longer = (ParagraphTrial){0};
    paragraph_itemise(paragraph);
    if (is_only_spaces(paragraph))
        return;
    ParagraphShape other = *shape;
    other.looseness = 1;
    prepare_candidates(paragraph, &other);
    int segments = break_segments(paragraph, &other);
    *longer = judge_breaks(paragraph, &other);
    other.looseness = -1;
    if (segments == 1) {
        g_array_set_size(paragraph->breaks, 0);
        total_fit_again(paragraph->fit, other.looseness, paragraph->breaks);
    } else {
        break_segments(paragraph, &other);
    }
    *shorter = judge_breaks(paragraph, &other);
}

/* ---- widths ---- */

Length
paragraph_minimum_width(Paragraph *paragraph)
{
    const ParagraphShape shape = {.align = TEXT_START};
    Length widest = 0, start = 0;
    paragraph_itemise(paragraph);
    close_units(paragraph);
    paragraph_find_candidates(paragraph, &shape);
    for (guint i = 0; i < paragraph->candidates->len; i++) {
        const Candidate *candidate = paragraph_candidate(paragraph, (int)i);
        widest = MAX(widest, candidate->end.x - candidate->end.shrink - start);
        start = candidate->start.x - candidate->start.shrink;
    }
    return widest;
}

Length
paragraph_maximum_width(Paragraph *paragraph)
{
    const ParagraphShape shape = {.align = TEXT_START, .no_wrap = true};
    Length widest = 0, start = 0;
    paragraph_itemise(paragraph);
    close_units(paragraph);
    paragraph_find_candidates(paragraph, &shape);
    for (guint i = 0; i < paragraph->candidates->len; i++) {
        const Candidate *candidate = paragraph_candidate(paragraph, (int)i);
        widest = MAX(widest, candidate->end.x - start);
        start = candidate->start.x;
    }
    return widest;
}

const GArray *
paragraph_missing_glyphs(const Paragraph *paragraph)
{
    return paragraph->missing;
}
