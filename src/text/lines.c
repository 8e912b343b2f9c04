/* SPDX-License-Identifier: MIT */
/*
 * Lines: from the breaks to places.
 *
 * Every piece is first put where it would be with spaces of natural width, and
 * notes how much stretch lies before it; then the room that is left is shared
 * out by one multiplication for each piece.  So no rounding adds up, and the
 * last piece of a full line ends exactly at the measure.
 *
 *   paragraph_set_line -> choose_scale
 *                      -> place_items -> place_word -> place_run
 *                      -> spread -> copy_line
 */
#include <string.h>

#include "text/paragraph_parts.h"

/* steps of horizontal glyph scaling in a unit: 0.5 % each, so that there are
 * few scaled fonts */
enum { SCALE_UNIT = 200 };
/* steps beyond the style's expansion that a line of one cut word may take,
 * where its measured width was off by a kern */
enum { SCALE_RESERVE = 8 };
/* rounding of a few widths in a line, 1/65536 pt */
enum { ROUNDING = 64 };

/* how much of the line's slack lies before a place */
typedef struct {
    Length x;      /* with natural spaces */
    Length spaces; /* stretch of spaces, which is in proportion to shrink */
    Length fill;   /* stretch or shrink of leaders */
} Position;

typedef struct {
    GlyphPiece piece;
    Position at;
} PlacedPiece;

typedef struct {
    LinePart part;
    Position start, end;
    int first_piece;
} PlacedPart;

typedef struct {
    Paragraph *paragraph;
    const LineRange *range;
    int scale;       /* steps of 1/SCALE_UNIT */
    bool shrinking;  /* leaders give way, too */
    Position pen;
    GArray *parts;   /* PlacedPart */
    GArray *pieces;  /* PlacedPiece */
} Setting;

GArray *
paragraph_new_part_list(void)
{
    return g_array_new(FALSE, FALSE, sizeof(PlacedPart));
}

GArray *
paragraph_new_piece_list(void)
{
    return g_array_new(FALSE, FALSE, sizeof(PlacedPiece));
}

/* ---- placing ---- */

static PlacedPart *
last_part(const Setting *setting)
{
    return &g_array_index(setting->parts, PlacedPart, setting->parts->len - 1);
}

static void
add_part(Setting *setting, LinePart part)
{
    PlacedPart placed = {.part = part,
                         .start = setting->pen,
                         .end = setting->pen,
                         .first_piece = (int)setting->pieces->len};
    g_array_append_val(setting->parts, placed);
}

/* letter-spaced text is not scaled as well */
static int
scale_of(const Setting *setting, const Item *item)
{
    return item->style->style.letter_spacing == 0 ? setting->scale : 0;
}

/* a part that pieces of this face, size and tag can join; piece places are 32
 * bits wide, so an endless line is cut into parts */
static void
need_part(Setting *setting, const Item *item, const FontFace *face, Length size)
{
    const Length farthest = (Length)1 << 30;
    if (setting->parts->len > 0) {
        const PlacedPart *last = last_part(setting);
        if (last->part.kind == LINE_GLYPHS && last->part.tag == item->tag &&
            last->part.style == &item->style->style &&
            last->part.face == face && last->part.size == size &&
            setting->pen.x - last->start.x < farthest)
            return;
    }
    add_part(setting, (LinePart){
                          .kind = LINE_GLYPHS,
                          .tag = item->tag,
                          .style = &item->style->style,
                          .face = face,
                          .size = size,
                          .scale = (int32_t)(65536 * (SCALE_UNIT +
                                                      scale_of(setting, item)) /
                                             SCALE_UNIT),
                      });
}

static Length
scaled_width(const Setting *setting, const Item *item, int64_t units,
             Length size, const FontFace *face)
{
    int scale = scale_of(setting, item);
    if (scale == 0)
        return units_length(units, size, face->units_per_em);
    return units_length(units, size * (SCALE_UNIT + scale),
                        face->units_per_em * SCALE_UNIT);
}

static void
add_piece(Setting *setting, const GlyphRun *run, int first, int last)
{
    PlacedPiece placed = {.piece = {.run = run,
                                    .first_glyph = (uint16_t)first,
                                    .last_glyph = last & 0x7FFF},
                          .at = setting->pen};
    g_array_append_val(setting->pieces, placed);
}

static int64_t
range_units(const GlyphRun *run, int first, int last)
{
    if (first == 0 && last == run->glyph_count)
        return run->width;
    int64_t units = 0;
    for (int i = first; i < last; i++)
        units += run->glyphs[i].advance;
    return units;
}

/* glyphs first..last-1 of a run at the pen; letter-spaced ones cluster by
 * cluster */
static void
place_run(Setting *setting, const Item *item, const GlyphRun *run,
          Length size, int first, int last)
{
    if (last <= first)
        return;
    Length spacing = item->style->style.letter_spacing;
    Length start = setting->pen.x;
    int64_t units = 0;
    int clusters = 0;
    need_part(setting, item, run->face, size);
    if (spacing == 0) {
        add_piece(setting, run, first, last);
        setting->pen.x += scaled_width(setting, item,
                                       range_units(run, first, last), size,
                                       run->face);
    }
    for (int i = first, end; spacing != 0 && i < last; i = end) {
        for (end = i + 1;
             end < last && run->glyphs[end].cluster == run->glyphs[i].cluster;)
            end++;
        add_piece(setting, run, i, end);
        units += range_units(run, i, end);
        clusters++;
        setting->pen.x =
            start + scaled_width(setting, item, units, size, run->face) +
            clusters * spacing;
    }
    last_part(setting)->end = setting->pen;
}

/* first glyph whose cluster is not before the byte offset */
static int
glyph_at(const GlyphRun *run, int offset)
{
    if (offset <= 0)
        return 0;
    if (offset >= run->text_length)
        return run->glyph_count;
    int glyph = 0;
    while (glyph < run->glyph_count && run->glyphs[glyph].cluster < offset)
        glyph++;
    return glyph;
}

/* bytes start..end-1 of a word */
static void
place_part_of_word(Setting *setting, const Item *item, const Word *word,
                   int start, int end)
{
    for (int i = 0; i < word->part_count; i++) {
        const WordPart *part = &word->parts[i];
        int from = start - part->start, to = end - part->start;
        if (to <= 0 || from >= part->run->text_length)
            continue;
        place_run(setting, item, part->run,
                  part_size(part, item->style->style.size),
                  glyph_at(part->run, from), glyph_at(part->run, to));
    }
}

/* whether no glyph of the word stands for bytes on both sides of the offset */
static bool
is_cut(const Word *word, int offset)
{
    if (offset <= 0 || offset >= word->length)
        return true;
    for (int i = 0; i < word->part_count; i++) {
        const GlyphRun *run = word->parts[i].run;
        int inner = offset - word->parts[i].start;
        if (inner == 0)
            return true;
        if (inner < 0 || inner >= run->text_length)
            continue;
        int glyph = glyph_at(run, inner);
        return glyph < run->glyph_count && run->glyphs[glyph].cluster == inner;
    }
    return false;
}

/* Where a ligature or kern lay across a break, the piece is a word of its own.
 * Between two such breaks, and where the shorter word has other clusters (a
 * change of direction), it is shaped here, once for all such lines. */
static void
place_word(Setting *setting, const Item *item, const WordBreak *from,
           const WordBreak *to)
{
    const Word *word = item->word;
    int start = from == NULL ? 0 : from->offset;
    int end = to == NULL ? word->length : to->offset;
    int source_start = 0; /* where the source begins in the word */
    bool fresh_start = from != NULL && from->is_reshaped;
    bool fresh_end = to != NULL && to->is_reshaped;
    const Word *source = word;
    if (fresh_start) {
        source = from->halves->after;
        source_start = start;
    } else if (fresh_end) {
        source = to->halves->before;
    }
    if ((fresh_start && fresh_end) || !is_cut(source, start - source_start) ||
        !is_cut(source, end - source_start)) {
        source = word_cache_get(setting->paragraph->engine->words, word->set,
                                word->text + start, (size_t)(end - start));
        source_start = start;
    }
    place_part_of_word(setting, item, source, start - source_start,
                       end - source_start);
}

static const GlyphRun *
space_run(const Item *item)
{
    const Face *face = item->style->set->faces[0];
    return item->kind == ITEM_NARROW     ? &face->narrow_space
           : item->kind == ITEM_NO_BREAK ? &face->no_break_space
                                         : &face->space;
}

/* the piece before can say it: the plain space of its own face */
static bool
take_space(const Setting *setting, const GlyphRun *run)
{
    if (setting->pieces->len <= (guint)last_part(setting)->first_piece)
        return false;
    GlyphPiece *before = &g_array_index(setting->pieces, PlacedPiece,
                                        setting->pieces->len - 1).piece;
    if (before->has_space || strcmp(run->text, " ") != 0)
        return false;
    before->has_space = true;
    return true;
}

/* a space is there so that the text of a line can be read; its width is where
 * the next piece begins */
static void
place_space(Setting *setting, const Item *item)
{
    const GlyphRun *run = space_run(item);
    need_part(setting, item, run->face, item->style->style.size);
    if (!take_space(setting, run))
        add_piece(setting, run, 0, 1);
    setting->pen.x += item->width;
    if (item->stretch > 0)
        setting->pen.spaces += item->stretch;
    last_part(setting)->end = setting->pen;
}

static void
place_other(Setting *setting, const Item *item)
{
    if (item->kind == ITEM_KERN) {
        setting->pen.x += item->width;
        return;
    }
    LinePartKind kind = item->kind == ITEM_OBJECT   ? LINE_OBJECT
                        : item->kind == ITEM_LEADER ? LINE_LEADER
                                                    : LINE_ANCHOR;
    add_part(setting, (LinePart){.kind = kind, .tag = item->tag,
                                 .scale = 65536});
    setting->pen.x += item->width;
    if (item->kind == ITEM_LEADER)
        setting->pen.fill +=
            setting->shrinking ? item->shrink : item->stretch;
    last_part(setting)->end = setting->pen;
}

static void
place_hyphen(Setting *setting, const Item *item)
{
    const Face *face = item->style->set->faces[0];
    need_part(setting, item, &face->face, item->style->style.size);
    add_piece(setting, &face->hyphen, 0, 1);
    setting->pen.x += scaled_width(setting, item, face->hyphen.width,
                                   item->style->style.size, &face->face);
    last_part(setting)->end = setting->pen;
}

static void
place_items(Setting *setting)
{
    const LineRange *range = setting->range;
    int first = range->from == NULL ? 0 : range->from->next_item;
    setting->pen = (Position){0};
    g_array_set_size(setting->parts, 0);
    g_array_set_size(setting->pieces, 0);
    for (int i = first; i <= range->to->item; i++) {
        const Item *item = paragraph_item(setting->paragraph, i);
        bool cut_start = range->from != NULL && range->from->at != NULL &&
                         i == range->from->item;
        switch ((ItemKind)item->kind) {
        case ITEM_WORD:
            place_word(setting, item, cut_start ? range->from->at : NULL,
                       i == range->to->item ? range->to->at : NULL);
            break;
        case ITEM_SPACE:
        case ITEM_NO_BREAK:
        case ITEM_NARROW:
            place_space(setting, item);
            break;
        case ITEM_NEW_LINE:
            break;
        default:
            place_other(setting, item);
        }
    }
    if (range->to->kind == BREAK_HYPHEN)
        place_hyphen(setting,
                     paragraph_item(setting->paragraph, range->to->item));
}

/* the spaces at which the line was broken hang behind its end, for whoever
 * reads the text; they belong to no width */
static void
place_trailing(Setting *setting)
{
    const LineRange *range = setting->range;
    if (range->to->at != NULL)
        return;
    const Position end = setting->pen;
    for (int i = range->to->item + 1; i < range->to->next_item; i++) {
        const Item *item = paragraph_item(setting->paragraph, i);
        if (item->kind == ITEM_ANCHOR) {
            Position pen = setting->pen;
            setting->pen = end;
            place_other(setting, item);
            setting->pen = pen;
        } else if (item->kind == ITEM_SPACE || item->kind == ITEM_NO_BREAK ||
                   item->kind == ITEM_NARROW) {
            Length spaces = setting->pen.spaces;
            Position part_end =
                setting->parts->len > 0 ? last_part(setting)->end : end;
            guint parts = setting->parts->len;
            place_space(setting, item);
            setting->pen.spaces = spaces;
            last_part(setting)->end =
                setting->parts->len > parts ? last_part(setting)->start
                                            : part_end;
        }
    }
    setting->pen = end;
}

/* ---- glue ---- */

typedef struct {
    Length natural, excess; /* excess: what the measure has more */
    Length stretch, shrink, scaling, fill;
    int spaces;
    bool full; /* set to the measure's width */
} LineGlue;

static LineGlue
line_glue(const LineRange *range, Length width)
{
    const Extent *end = &range->to->end;
    const ParagraphShape *shape = range->shape;
    LineGlue glue = {
        .natural = end->x - range->start.x,
        .stretch = end->stretch - range->start.stretch,
        .shrink = end->shrink - range->start.shrink,
        .scaling = end->scaling - range->start.scaling,
        .fill = end->fill - range->start.fill,
        .spaces = end->spaces - range->start.spaces,
    };
    glue.excess = width - glue.natural;
    glue.full = shape->align == TEXT_JUSTIFY && !shape->no_wrap &&
                (glue.excess < 0 || !range->last ||
                 shape->align_last == TEXT_JUSTIFY);
    return glue;
}

/* steps of glyph scaling: its part of the slack is in proportion to its part
 * of the stretch; the spaces do the rest */
static int
choose_scale(const LineGlue *glue, int expansion)
{
    int most = expansion * SCALE_UNIT / 1000;
    Length excess = glue->excess;
    if (excess > 0)
        excess = MAX(0, excess - glue->fill);
    if (!glue->full || most == 0 || glue->scaling == 0 || excess == 0)
        return 0;
    if (excess > 0 && glue->spaces == 0 && excess > glue->scaling)
        return 0; /* a single word: no use in widening it a little */
    Length total = excess > 0 ? glue->stretch : glue->shrink;
    Length wanted = total == 0 ? 0 : length_scale(excess, glue->scaling, total);
    int step = (int)length_scale(wanted, most, glue->scaling);
    step = CLAMP(step, -most, most);
    Length spaces_shrink = glue->shrink - glue->scaling;
    while (step > -most &&
           excess - length_scale(glue->scaling, step, most) < -spaces_shrink)
        step--;
    return step;
}

/* shares what is left among spaces and leaders */
typedef struct {
    Length spaces, total_spaces, fill, total_fill;
} Shares;

static Length
spread(const Shares *shares, const Position *at)
{
    Length x = at->x;
    if (shares->spaces != 0)
        x += length_scale(shares->spaces, at->spaces, shares->total_spaces);
    if (shares->fill != 0)
        x += length_scale(shares->fill, at->fill, shares->total_fill);
    return x;
}

static Shares
share_out(const Setting *setting, const LineGlue *glue, Length width)
{
    Length left = width - setting->pen.x;
    Shares shares = {.total_spaces = setting->pen.spaces,
                     .total_fill = setting->pen.fill};
    shares.fill = CLAMP(left, -shares.total_fill, shares.total_fill);
    if (setting->shrinking != (left < 0))
        shares.fill = 0;
    if (glue->full && shares.total_spaces > 0) {
        /* shrink is two thirds of the stretch */
        Length least = -(shares.total_spaces * 2 / 3);
        shares.spaces = MAX(left - shares.fill, least);
    }
    return shares;
}

/* ---- the line ---- */

static void
copy_line(const Setting *setting, const Shares *shares, Length offset,
          Arena *arena, TextLine *line)
{
    guint part_count = setting->parts->len, piece_count = setting->pieces->len;
    LinePart *parts = arena_array(arena, LinePart, part_count);
    GlyphPiece *pieces = arena_array(arena, GlyphPiece, piece_count);
    for (guint i = 0; i < part_count; i++) {
        const PlacedPart *placed =
            &g_array_index(setting->parts, PlacedPart, i);
        Length x = spread(shares, &placed->start);
        int end = i + 1 < part_count ? (placed + 1)->first_piece
                                     : (int)piece_count;
        parts[i] = placed->part;
        parts[i].x = x + offset;
        parts[i].width = spread(shares, &placed->end) - x;
        if (placed->part.kind != LINE_GLYPHS)
            continue;
        parts[i].pieces = pieces + placed->first_piece;
        parts[i].piece_count = end - placed->first_piece;
        for (int k = placed->first_piece; k < end; k++) {
            const PlacedPiece *piece =
                &g_array_index(setting->pieces, PlacedPiece, k);
            pieces[k] = piece->piece;
            pieces[k].x = (int32_t)(spread(shares, &piece->at) - x);
        }
    }
    line->parts = parts;
    line->part_count = (int)part_count;
}

static Length
line_offset(const LineRange *range, Length room, Length used)
{
    const ParagraphShape *shape = range->shape;
    TextAlign align = range->last && shape->align != shape->align_last
                          ? shape->align_last
                          : shape->align;
    Length indent = range->first ? shape->first_indent : 0;
    Length slack = room + range->left + range->to->right - used;
    if (slack < 0 || align == TEXT_START || align == TEXT_JUSTIFY)
        return indent - range->left;
    if (align == TEXT_END)
        return indent - range->left + slack;
    return indent + (room - used) / 2;
}

static Length
line_room(const LineRange *range)
{
    const ParagraphShape *shape = range->shape;
    const FitOptions widths = {.width = shape->width,
                               .first_indent = shape->first_indent,
                               .last_end_indent = shape->last_end_indent};
    return fit_line_width(&widths, range->first, range->last);
}

static int32_t
glue_stretch(const LineGlue *glue)
{
    Length total = glue->excess < 0 ? glue->shrink : glue->stretch;
    if (!glue->full || total <= 0)
        return 0;
    return (int32_t)CLAMP(length_scale(glue->excess, 65536, total), INT32_MIN,
                          INT32_MAX);
}

int32_t
paragraph_line_stretch(const LineRange *range)
{
    Length width = line_room(range) + range->left + range->to->right;
    LineGlue glue = line_glue(range, width);
    if (glue.excess < 0 && -glue.excess > glue.shrink + ROUNDING)
        return INT32_MIN;
    return glue_stretch(&glue);
}

void
paragraph_set_line(Paragraph *paragraph, const LineRange *range, Arena *arena,
                   TextLine *line)
{
    const ParagraphShape *shape = range->shape;
    Length room = line_room(range);
    Length width = room + range->left + range->to->right;
    LineGlue glue = line_glue(range, width);
    Setting setting = {
        .paragraph = paragraph,
        .range = range,
        .scale = choose_scale(&glue, shape->expansion),
        .shrinking = glue.excess < 0,
        .parts = paragraph->line_parts,
        .pieces = paragraph->line_pieces,
    };
    int least = -shape->expansion * SCALE_UNIT / 1000 - SCALE_RESERVE;
    bool cut_twice = range->from != NULL && range->from->soft_kerned &&
                     range->from->item == range->to->item;
    Shares shares;
    Length used;
    for (;; setting.scale--) {
        place_items(&setting);
        shares = share_out(&setting, &glue, width);
        used = spread(&shares, &setting.pen);
        if (!cut_twice || used <= width + ROUNDING || setting.scale <= least)
            break;
    }
    place_trailing(&setting);
    copy_line(&setting, &shares, line_offset(range, room, used), arena, line);
    line->natural_width = glue.natural;
    line->hyphenated = range->to->kind == BREAK_HYPHEN;
    line->overfull = used > width + ROUNDING;
    line->stretch = glue_stretch(&glue);
}
