/* SPDX-License-Identifier: MIT */
/*
 * Candidates: every place where a line of the paragraph could end, with the
 * sums of widths and stretch up to there.
 *
 *   paragraph_find_candidates -> add_word_candidates   hyphens, dashes
 *                             -> add_space_candidate   spaces
 *                             -> add_forced            U+2028, the end
 */
#include <string.h>

#include "text/paragraph_parts.h"

/* TeX has 50 for both; with glyph scaling there is nearly always another way,
 * and 150 cuts hyphens to a third of TeX's at the same looseness */
enum {
    HYPHEN_PENALTY = 150,
    EXPLICIT_PENALTY = 50,
    PREFERRED_PENALTY = 500,
    NO_BREAK_PENALTY = 3000,
    EMERGENCY_PENALTY = 5000,
};

typedef struct {
    Paragraph *paragraph;
    const ParagraphShape *shape;
    bool justify;
    bool has_content; /* the line has more than spaces and anchors so far */
    Extent sum;       /* up to the current item */
} Walk;

/* ---- protrusion ---- */

static int32_t
end_protrusion(const Walk *walk, int item_index)
{
    if (!walk->shape->protrude || item_index < 0)
        return 0;
    const Item *item = paragraph_item(walk->paragraph, item_index);
    if (item->kind != ITEM_WORD || item->word->part_count == 0)
        return 0;
    const WordPart *part = &item->word->parts[item->word->part_count - 1];
    return (int32_t)units_length(item->word->right_protrusion,
                                 part_size(part, item->style->style.size),
                                 part->run->face->units_per_em);
}

static int32_t
start_protrusion(const Walk *walk, int item_index)
{
    if (!walk->shape->protrude ||
        item_index >= (int)walk->paragraph->items->len)
        return 0;
    const Item *item = paragraph_item(walk->paragraph, item_index);
    if (item->kind != ITEM_WORD || item->word->part_count == 0)
        return 0;
    const WordPart *part = &item->word->parts[0];
    return (int32_t)units_length(item->word->left_protrusion,
                                 part_size(part, item->style->style.size),
                                 part->run->face->units_per_em);
}

Length
paragraph_first_left(const Paragraph *paragraph, const ParagraphShape *shape)
{
    const Walk walk = {.paragraph = (Paragraph *)paragraph, .shape = shape};
    return start_protrusion(&walk, 0);
}

static Length
hyphen_width(const Item *item)
{
    const FontFace *face = &item->style->set->faces[0]->face;
    return units_length(face->hyphen_advance, item->style->style.size,
                        face->units_per_em);
}

/* ---- words ---- */

/* letter-spaced text is not scaled as well */
static void
advance_glyphs(const Walk *walk, Extent *sum, const Item *item, Length width)
{
    Length scaling = walk->justify && item->style->style.letter_spacing == 0
                         ? width * walk->shape->expansion / 1000
                         : 0;
    sum->x += width;
    sum->stretch += scaling;
    sum->shrink += scaling;
    sum->scaling += scaling;
}

static int
break_penalty(const WordBreak *at)
{
    switch ((BreakKind)at->kind) {
    case BREAK_HYPHEN:
        return HYPHEN_PENALTY;
    case BREAK_EMERGENCY:
        return at->preferred ? PREFERRED_PENALTY : EMERGENCY_PENALTY;
    case BREAK_EXPLICIT:
    case BREAK_OTHER:
        return EXPLICIT_PENALTY;
    case BREAK_SPACE:
    case BREAK_FORCED:
        break;
    }
    return 0;
}

/* a break of no width behind another one (zero width spaces in a row) */
static bool
is_repeated(const Paragraph *paragraph, const Candidate *candidate)
{
    if (paragraph->candidates->len == 0)
        return false;
    const Candidate *last =
        paragraph_candidate(paragraph, (int)paragraph->candidates->len - 1);
    return candidate->start.x == last->start.x &&
           candidate->end.x >= last->end.x && last->kind != BREAK_FORCED;
}

static void
add_word_candidate(Walk *walk, int index, const WordBreak *at)
{
    const Item *item = paragraph_item(walk->paragraph, index);
    const TextStyle *style = &item->style->style;
    bool behind = at->offset == item->word->length;
    Candidate candidate = {
        .end = walk->sum,
        .start = walk->sum,
        .penalty = break_penalty(at),
        .kind = at->kind,
        .soft_kerned = at->is_reshaped,
        .item = index,
        .next_item = behind ? index + 1 : index,
        .at = behind ? NULL : at,
    };
    Length before = behind ? item->width
                           : word_break_before(item->word, at, style);
    Length after = at->is_reshaped
                       ? word_break_after(item->word, at, style)
                       : before;
    advance_glyphs(walk, &candidate.start, item, after);
    if (at->kind == BREAK_HYPHEN) {
        Length hyphen = hyphen_width(item);
        before += hyphen;
        if (walk->shape->protrude)
            candidate.right = (int32_t)(hyphen / 2);
    } else if (at->kind == BREAK_EXPLICIT && walk->shape->protrude) {
        candidate.right = (int32_t)(hyphen_width(item) / 2);
    }
    advance_glyphs(walk, &candidate.end, item, before);
    if (behind)
        candidate.left = start_protrusion(walk, index + 1);
    if (!is_repeated(walk->paragraph, &candidate))
        g_array_append_val(walk->paragraph->candidates, candidate);
}

static bool
is_preferred_end(char c)
{
    return c != '\0' && strchr("/.-_?&=:", c) != NULL;
}

/* Breaks at all clusters of the word, or only behind the marks at which an
 * address is cut; its other breaks stay.  Emergencies keep the kern of the
 * whole word: nobody admires them, and halves of all lengths would fill the
 * cache. */
static void
open_word(Paragraph *paragraph, Item *item, Emergency emergency)
{
    const Word *word = item->word;
    if (paragraph->scratch == NULL)
        paragraph->scratch = arena_new();
    WordBreak *breaks =
        arena_array(paragraph->scratch, WordBreak,
                    item->break_count + word->cluster_count);
    int count = 0, old = 0;
    for (int p = 0; p < word->part_count; p++) {
        const GlyphRun *run = word->parts[p].run;
        int32_t units = 0;
        for (int g = 0; g < run->glyph_count;
             units += run->glyphs[g++].advance) {
            uint16_t offset = word->parts[p].start + run->glyphs[g].cluster;
            if (offset == 0 ||
                (g > 0 &&
                 run->glyphs[g].cluster == run->glyphs[g - 1].cluster))
                continue;
            while (old < item->break_count &&
                   item->breaks[old].offset < offset)
                breaks[count++] = item->breaks[old++];
            if (old < item->break_count &&
                item->breaks[old].offset == offset)
                continue;
            bool preferred = is_preferred_end(word->text[offset - 1]) &&
                             !is_preferred_end(word->text[offset]);
            if (preferred || emergency == EMERGENCY_ANYWHERE)
                breaks[count++] = (WordBreak){.offset = offset,
                                              .part = (uint16_t)p,
                                              .glyph = (uint16_t)g,
                                              .units = units,
                                              .kind = BREAK_EMERGENCY,
                                              .preferred = preferred};
        }
    }
    while (old < item->break_count)
        breaks[count++] = item->breaks[old++];
    item->breaks = breaks;
    item->break_count = count;
    item->emergency = (uint8_t)emergency;
}

static bool
is_wanted(const Item *item, const WordBreak *at)
{
    if (at->kind == BREAK_HYPHEN && !item->soft &&
        !item->style->style.hyphenate)
        return false;
    return at->kind != BREAK_EMERGENCY ||
           item->emergency == EMERGENCY_ANYWHERE ||
           (item->emergency == EMERGENCY_PREFERRED && at->preferred);
}

static void
walk_word(Walk *walk, int index)
{
    const Item *item = paragraph_item(walk->paragraph, index);
    if (!walk->shape->no_wrap)
        for (int i = 0; i < item->break_count; i++)
            if (is_wanted(item, &item->breaks[i]))
                add_word_candidate(walk, index, &item->breaks[i]);
    /* parts of a monster that no break joins */
    advance_glyphs(walk, &walk->sum, item, item->width);
}

/* ---- spaces and the rest ---- */

static void
advance_item(Walk *walk, const Item *item)
{
    walk->sum.x += item->width;
    if (item->kind == ITEM_LEADER) {
        walk->sum.fill += item->stretch;
        walk->sum.shrink += item->shrink;
    } else if (walk->justify && item->stretch > 0) {
        walk->sum.stretch += item->stretch;
        walk->sum.shrink += item->shrink;
    }
    if (item->stretch > 0 && item->kind != ITEM_LEADER)
        walk->sum.spaces++;
}

/* the character before or behind a space, for Unicode's rules; objects are
 * like letters */
static gunichar
character_beside(const Walk *walk, int index, int step)
{
    int count = (int)walk->paragraph->items->len;
    while (index >= 0 && index < count &&
           paragraph_item(walk->paragraph, index)->kind == ITEM_ANCHOR)
        index += step;
    if (index < 0 || index >= count)
        return 'x';
    const Item *item = paragraph_item(walk->paragraph, index);
    if (item->kind != ITEM_WORD)
        return 'x';
    return step < 0 ? item->word->last : item->word->first;
}

/* the end of a row of spaces, with the anchors among and behind them */
static int
skip_spaces(const Walk *walk, int index)
{
    int count = (int)walk->paragraph->items->len;
    while (index < count) {
        ItemKind kind = paragraph_item(walk->paragraph, index)->kind;
        if (kind != ITEM_SPACE && kind != ITEM_ANCHOR)
            break;
        index++;
    }
    return index;
}

/* a row of spaces is one candidate; returns the item behind it */
static int
walk_spaces(Walk *walk, int index)
{
    Paragraph *paragraph = walk->paragraph;
    int next = skip_spaces(walk, index);
    int count = (int)paragraph->items->len;
    Candidate candidate = {
        .end = walk->sum,
        .kind = BREAK_SPACE,
        .right = end_protrusion(walk, index - 1),
        .item = index - 1,
        .next_item = next,
    };
    for (int i = index; i < next; i++)
        advance_item(walk, paragraph_item(paragraph, i));
    bool last = next == count ||
                paragraph_item(paragraph, next)->kind == ITEM_NEW_LINE;
    if (walk->has_content && !last && !walk->shape->no_wrap &&
        word_cache_may_break(paragraph->engine->words,
                             character_beside(walk, index - 1, -1),
                             character_beside(walk, next, 1))) {
        candidate.start = walk->sum;
        candidate.left = start_protrusion(walk, next);
        g_array_append_val(paragraph->candidates, candidate);
    }
    return next;
}

/* a no-break space in a unit wider than the measure; walk stands before it */
static void
add_no_break_candidate(Walk *walk, int index)
{
    const Item *item = paragraph_item(walk->paragraph, index);
    if (item->emergency == EMERGENCY_NONE || !walk->has_content ||
        walk->shape->no_wrap)
        return;
    Candidate candidate = {
        .end = walk->sum,
        .start = walk->sum,
        .kind = BREAK_SPACE,
        .penalty = NO_BREAK_PENALTY,
        .right = end_protrusion(walk, index - 1),
        .left = start_protrusion(walk, index + 1),
        .item = index - 1,
        .next_item = index + 1,
    };
    candidate.start.x += item->width;
    candidate.start.stretch += walk->justify ? item->stretch : 0;
    candidate.start.shrink += walk->justify ? item->shrink : 0;
    candidate.start.spaces += item->stretch > 0;
    g_array_append_val(walk->paragraph->candidates, candidate);
}

/* the end of the lines before item `end`, which is U+2028 or the paragraph's
 * end: trailing spaces do not count */
static void
add_forced(Walk *walk, int line_start, int end)
{
    Paragraph *paragraph = walk->paragraph;
    Candidate candidate = {
        .end = walk->sum, .start = walk->sum, .kind = BREAK_FORCED};
    int last = end;
    while (last > line_start) {
        const Item *item = paragraph_item(paragraph, last - 1);
        if (item->kind != ITEM_SPACE && item->kind != ITEM_ANCHOR)
            break;
        last--;
        if (item->kind == ITEM_SPACE) {
            candidate.end.x -= item->width;
            candidate.end.spaces--;
            if (walk->justify) {
                candidate.end.stretch -= item->stretch;
                candidate.end.shrink -= item->shrink;
            }
        }
    }
    candidate.item = last - 1;
    candidate.next_item = MIN(end + 1, (int)paragraph->items->len);
    candidate.right = end_protrusion(walk, last - 1);
    candidate.left = start_protrusion(walk, candidate.next_item);
    walk->has_content = false;
    g_array_append_val(paragraph->candidates, candidate);
}

static bool
is_no_break(const Item *item)
{
    return item->kind == ITEM_NO_BREAK || item->kind == ITEM_NARROW;
}

/* Between two items that no space parts: two images in a row may, and so may
 * all of a unit wider than the measure.  Walk stands behind the item. */
static void
add_border_candidate(Walk *walk, int index)
{
    const Paragraph *paragraph = walk->paragraph;
    if (index + 1 >= (int)paragraph->items->len || walk->shape->no_wrap ||
        !walk->has_content)
        return;
    const Item *item = paragraph_item(paragraph, index);
    const Item *next = paragraph_item(paragraph, index + 1);
    bool images = item->kind == ITEM_OBJECT && next->kind == ITEM_OBJECT;
    bool opened = item->emergency == EMERGENCY_ANYWHERE &&
                  next->emergency == EMERGENCY_ANYWHERE &&
                  !is_no_break(item) && !is_no_break(next) &&
                  next->kind != ITEM_ANCHOR;
    bool has_break =
        item->kind == ITEM_WORD && item->break_count > 0 &&
        item->breaks[item->break_count - 1].offset == item->word->length;
    if (!images && (!opened || has_break))
        return;
    Candidate candidate = {
        .end = walk->sum,
        .start = walk->sum,
        .kind = images ? BREAK_SPACE : BREAK_EMERGENCY,
        .penalty = images ? 0 : EMERGENCY_PENALTY,
        .item = index,
        .next_item = index + 1,
    };
    g_array_append_val(paragraph->candidates, candidate);
}

void
paragraph_find_candidates(Paragraph *paragraph, const ParagraphShape *shape)
{
    Walk walk = {.paragraph = paragraph,
                 .shape = shape,
                 .justify = shape->align == TEXT_JUSTIFY && !shape->no_wrap};
    int count = (int)paragraph->items->len, line_start = 0;
    g_array_set_size(paragraph->candidates, 0);
    for (int i = 0; i < count;) {
        const Item *item = paragraph_item(paragraph, i);
        switch ((ItemKind)item->kind) {
        case ITEM_SPACE:
            i = walk_spaces(&walk, i);
            continue;
        case ITEM_WORD:
            walk.has_content = true;
            walk_word(&walk, i);
            add_border_candidate(&walk, i);
            break;
        case ITEM_NEW_LINE:
            add_forced(&walk, line_start, i);
            line_start = i + 1;
            break;
        default:
            if (is_no_break(item))
                add_no_break_candidate(&walk, i);
            walk.has_content |= item->kind != ITEM_ANCHOR;
            advance_item(&walk, item);
            add_border_candidate(&walk, i);
        }
        i++;
    }
    if (line_start < count)
        add_forced(&walk, line_start, count);
}

/* ---- units wider than the measure ---- */

/* an address: cut at its own marks long before it is wider than the measure */
static bool
has_preferred_end(const Word *word)
{
    for (int i = 1; i + 1 < word->length; i++)
        if (strchr("/_@?&=", word->text[i]) != NULL ||
            (word->text[i] == '.' && g_ascii_isalpha(word->text[i + 1])))
            return true;
    return false;
}

static bool
open_unit(Paragraph *paragraph, int first, int last, bool anywhere)
{
    bool opened = false;
    for (int i = first; i <= last; i++) {
        Item *item = paragraph_item(paragraph, i);
        Emergency wanted =
            anywhere ? EMERGENCY_ANYWHERE : EMERGENCY_PREFERRED;
        if (item->emergency >= (uint8_t)wanted)
            continue;
        if (item->kind == ITEM_WORD &&
            (anywhere || has_preferred_end(item->word))) {
            open_word(paragraph, item, wanted);
            opened = true;
        } else if (item->kind != ITEM_WORD && anywhere) {
            item->emergency = (uint8_t)wanted;
            opened = true;
        }
    }
    return opened;
}

/* Only what is wider than the measure is cut anywhere: a loose line reads
 * better than a word cut in a wrong place.  Addresses are cut at their marks
 * when they take more than half of it. */
bool
paragraph_open_wide_units(Paragraph *paragraph, Length measure)
{
    bool opened = false;
    Length start = 0;
    int first = 0;
    for (guint i = 0; i < paragraph->candidates->len; i++) {
        const Candidate *candidate = paragraph_candidate(paragraph, (int)i);
        Length width = candidate->end.x - start;
        if (width > measure / 2)
            opened |= open_unit(paragraph, first, candidate->item,
                                width > measure);
        start = candidate->start.x;
        first = candidate->next_item;
    }
    return opened;
}
