/* SPDX-License-Identifier: MIT */
/*
 * Items: what was added to a paragraph, as words, spaces and objects.
 *
 *   paragraph_itemise -> itemise_text -> add_words, add_space
 *                     -> end_token -> take_cached_breaks, or join_breaks
 */
#include <string.h>

#include "text/paragraph_parts.h"

/* of one paragraph; nobody reads more */
enum { MOST_MISSING = 100 };

/* spaces of a style: natural width by the font, stretch 1/2 and shrink 1/3 of
 * it, as TeX has for most text fonts */
static void
add_space(Paragraph *paragraph, const Input *input, ItemKind kind,
          uint32_t start)
{
    bool narrow = kind == ITEM_NARROW;
    Length width = narrow ? input->style->narrow : input->style->space;
    Item item = {
        .kind = (uint8_t)kind,
        .tag = input->tag,
        .start = start,
        .style = input->style,
        .width = width,
        .stretch = narrow ? 0 : width / 2,
        .shrink = narrow ? 0 : width / 3,
    };
    guint count = paragraph->items->len;
    if (count > 0) {
        const Item *before = paragraph_item(paragraph, (int)count - 1);
        if (before->kind == ITEM_WORD && before->word->space_after != 0)
            item.width += units_length(
                before->word->space_after, before->style->style.size,
                before->style->set->faces[0]->face.units_per_em);
    }
    g_array_append_val(paragraph->items, item);
}

static void
add_word(Paragraph *paragraph, const Input *input, uint32_t start, uint32_t end)
{
    const char *text = (const char *)paragraph->text->data + start;
    Word *word = word_cache_get(paragraph->engine->words, input->style->set,
                                text, end - start);
    Item item = {
        .kind = ITEM_WORD,
        .tag = input->tag,
        .start = start,
        .style = input->style,
        .word = word,
        .width = word_width(word, &input->style->style),
    };
    guint count = paragraph->items->len;
    if (count > 0 && word->space_before != 0) {
        Item *before = paragraph_item(paragraph, (int)count - 1);
        if (before->kind == ITEM_SPACE || before->kind == ITEM_NO_BREAK)
            before->width += units_length(
                word->space_before, input->style->style.size,
                input->style->set->faces[0]->face.units_per_em);
    }
    g_array_append_val(paragraph->items, item);
}

/* one word, or several for a monster */
static void
add_words(Paragraph *paragraph, const Input *input, uint32_t start,
          uint32_t end)
{
    const char *text = (const char *)paragraph->text->data;
    while (end - start > WORD_MAX_BYTES) {
        const char *cut = g_utf8_find_prev_char(
            text + start, text + start + WORD_MAX_BYTES + 1);
        add_word(paragraph, input, start, (uint32_t)(cut - text));
        start = (uint32_t)(cut - text);
    }
    if (end > start)
        add_word(paragraph, input, start, end);
}

/* ---- breaks of tokens ---- */

static void
take_cached_breaks(Paragraph *paragraph, Item *item)
{
    word_cache_analyse(paragraph->engine->words, item->word);
    item->breaks = item->word->breaks;
    item->break_count = item->word->break_count;
}

static Arena *
scratch_arena(Paragraph *paragraph)
{
    if (paragraph->scratch == NULL)
        paragraph->scratch = arena_new();
    return paragraph->scratch;
}

/* Gives the item those breaks of the token that lie in it or at its end; next
 * is the first one that may, and moves on: items and breaks both ascend. */
static void
assign_breaks(Paragraph *paragraph, Item *item, uint32_t token_start,
              guint *next)
{
    uint32_t start = item->start - token_start;
    uint32_t end = start + item->word->length;
    GArray *found = paragraph->token_breaks;
    guint first = *next, last;
    while (first < found->len &&
           g_array_index(found, TokenBreak, first).offset <= start)
        first++;
    for (last = first; last < found->len &&
                       g_array_index(found, TokenBreak, last).offset <= end;)
        last++;
    *next = last;
    if (first == last)
        return;
    WordBreak *breaks =
        arena_array(scratch_arena(paragraph), WordBreak, last - first);
    item->breaks = breaks;
    for (guint i = first; i < last; i++) {
        const TokenBreak *at = &g_array_index(found, TokenBreak, i);
        WordBreak made = {.offset = item->word->length, .kind = at->kind};
        if (at->offset < end)
            made = word_break_at(paragraph->engine->words, item->word,
                                 (uint16_t)(at->offset - start),
                                 (BreakKind)at->kind);
        if (made.offset != 0)
            breaks[item->break_count++] = made;
    }
}

/* the first soft hyphen behind the offset */
static guint
find_soft(const Paragraph *paragraph, uint32_t offset)
{
    guint low = 0, high = paragraph->soft->len;
    while (low < high) {
        guint middle = (low + high) / 2;
        if (g_array_index(paragraph->soft, uint32_t, middle) <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void
collect_soft(Paragraph *paragraph, uint32_t start, uint32_t end)
{
    g_array_set_size(paragraph->token_soft, 0);
    for (guint i = find_soft(paragraph, start); i < paragraph->soft->len; i++) {
        uint32_t at = g_array_index(paragraph->soft, uint32_t, i);
        if (at >= end)
            break;
        at -= start;
        g_array_append_val(paragraph->token_soft, at);
    }
}

/* the whole token's text at once, for all its items */
static void
join_breaks(Paragraph *paragraph, int first, int last)
{
    const Item *head = paragraph_item(paragraph, first);
    const Item *tail = paragraph_item(paragraph, last);
    uint32_t start = head->start, end = tail->start + tail->word->length;
    g_array_set_size(paragraph->bounds, 0);
    for (int i = first; i <= last; i++) {
        const Item *item = paragraph_item(paragraph, i);
        uint32_t bound = item->start - start;
        if (item->kind == ITEM_WORD && i > first)
            g_array_append_val(paragraph->bounds, bound);
    }
    collect_soft(paragraph, start, end);
    const Token token = {
        .text = (const char *)paragraph->text->data + start,
        .length = end - start,
        .bounds = (const uint32_t *)(void *)paragraph->bounds->data,
        .bound_count = (int)paragraph->bounds->len,
        .soft = (const uint32_t *)(void *)paragraph->token_soft->data,
        .soft_count = (int)paragraph->token_soft->len,
    };
    g_array_set_size(paragraph->token_breaks, 0);
    token_breaks(head->style->set, &token, paragraph->token_breaks);
    guint next = 0;
    for (int i = first; i <= last; i++) {
        Item *item = paragraph_item(paragraph, i);
        if (item->kind != ITEM_WORD)
            continue;
        item->soft = token.soft_count > 0;
        assign_breaks(paragraph, item, start, &next);
    }
}

/* first: the token's first item; it may hold no word at all */
static void
end_token(Paragraph *paragraph, int first)
{
    int words = 0, head = -1, tail = -1;
    for (int i = first; i < (int)paragraph->items->len; i++)
        if (paragraph_item(paragraph, i)->kind == ITEM_WORD) {
            head = words++ == 0 ? i : head;
            tail = i;
        }
    if (words == 0)
        return;
    bool soft = false;
    if (paragraph->soft->len > 0) {
        const Item *last = paragraph_item(paragraph, tail);
        collect_soft(paragraph, paragraph_item(paragraph, head)->start,
                     last->start + last->word->length);
        soft = paragraph->token_soft->len > 0;
    }
    if (words == 1 && !soft)
        take_cached_breaks(paragraph, paragraph_item(paragraph, head));
    else
        join_breaks(paragraph, head, tail);
}

/* ---- cutting text ---- */

/* the space that begins at p, its length in bytes; 0: none */
static int
space_at(const char *p, const char *end, ItemKind *kind)
{
    unsigned char c = (unsigned char)p[0];
    if (c == ' ' || (c < ' ')) {
        *kind = ITEM_SPACE;
        return 1;
    }
    if (c == 0xC2 && end - p >= 2 && (unsigned char)p[1] == 0xA0) {
        *kind = ITEM_NO_BREAK;
        return 2;
    }
    if (c == 0xE2 && end - p >= 3 && (unsigned char)p[1] == 0x80) {
        unsigned char third = (unsigned char)p[2];
        *kind = third == 0xAF ? ITEM_NARROW : ITEM_NEW_LINE;
        return third == 0xAF || third == 0xA8 ? 3 : 0;
    }
    return 0;
}

/* token: index of the first item of the token that is open; returns the new
 * one */
static int
itemise_text(Paragraph *paragraph, const Input *input, int token)
{
    const char *text = (const char *)paragraph->text->data;
    const char *p = text + input->start, *end = text + input->end;
    const char *word = p;
    while (p < end) {
        ItemKind kind;
        int length = space_at(p, end, &kind);
        if (length == 0) {
            p++;
            continue;
        }
        add_words(paragraph, input, (uint32_t)(word - text),
                  (uint32_t)(p - text));
        end_token(paragraph, token);
        add_space(paragraph, input, kind, (uint32_t)(p - text));
        token = (int)paragraph->items->len;
        p += length;
        word = p;
    }
    add_words(paragraph, input, (uint32_t)(word - text), (uint32_t)(p - text));
    return token;
}

/* the offset that the caller knows: soft hyphens and earlier texts of the same
 * tag count */
static size_t
caller_offset(const Paragraph *paragraph, const Item *item, uint32_t offset)
{
    size_t result = 0;
    for (guint i = 0; i < paragraph->inputs->len; i++) {
        const Input *input = &g_array_index(paragraph->inputs, Input, i);
        if (input->kind != ITEM_WORD || input->tag != item->tag)
            continue;
        uint32_t end = MIN(input->end, offset);
        if (input->start > offset)
            break;
        guint soft =
            find_soft(paragraph, end) - find_soft(paragraph, input->start);
        result += end - input->start + soft * strlen("\u00AD");
    }
    return result;
}

static void
collect_missing(Paragraph *paragraph)
{
    for (guint i = 0; i < paragraph->items->len &&
                      paragraph->missing->len < MOST_MISSING;
         i++) {
        const Item *item = paragraph_item(paragraph, (int)i);
        if (item->kind != ITEM_WORD)
            continue;
        for (int k = 0; k < item->word->missing_count; k++) {
            const MissingCharacter *lost = &item->word->missing[k];
            MissingGlyph missing = {
                .character = lost->character,
                .tag = item->tag,
                .offset = caller_offset(paragraph, item,
                                        item->start + lost->offset),
            };
            g_array_append_val(paragraph->missing, missing);
        }
    }
}

void
paragraph_itemise(Paragraph *paragraph)
{
    if (paragraph->itemised)
        return;
    paragraph->itemised = true;
    g_array_set_size(paragraph->items, 0);
    g_array_set_size(paragraph->missing, 0);
    int token = 0;
    for (guint i = 0; i < paragraph->inputs->len; i++) {
        const Input *input = &g_array_index(paragraph->inputs, Input, i);
        if (input->kind == ITEM_WORD) {
            token = itemise_text(paragraph, input, token);
            continue;
        }
        bool inside = input->kind == ITEM_ANCHOR || input->kind == ITEM_KERN;
        if (!inside)
            end_token(paragraph, token);
        Item item = {
            .kind = input->kind,
            .tag = input->tag,
            .start = input->start,
            .width = input->width,
            .stretch = input->stretch,
            .shrink = input->shrink,
        };
        g_array_append_val(paragraph->items, item);
        if (!inside)
            token = (int)paragraph->items->len;
    }
    end_token(paragraph, token);
    collect_missing(paragraph);
}
