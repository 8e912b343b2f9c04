/* SPDX-License-Identifier: MIT */
/*
 * Page breaking by total fit.
 *
 * The problem: cut a list of n elements into pages so that the sum of what is
 * ugly about each page is least.  A page is an edge between two breaks, so this
 * is a shortest path; breaks are visited in order, and at each one the best way
 * to every state is kept.  A state is more than the element: which page comes
 * next (recto or verso, or its index while pages may differ: the first few),
 * the delta its facing page demands, and which note elements are already set.
 *
 *   break_pages
 *     sums_init           (break_sums.c) heights before each element, so a page
 *                         is O(1)
 *     for each element:
 *       drop_dead         breaks too far back for this element
 *       try_break         every live break -> this one
 *         try_chain       breaks of one state, from the fullest page on; stops
 *                         when a lower bound says that nothing better follows
 *           try_page      cost of one page: fits? notes? variants?
 *       rescue            nothing left: a forced break
 *     finish_notes        notes that the last page could not hold
 *     trace               the path, backwards
 *
 * All note elements of the flow are one sequence; a page takes a range of it.
 * By the rules the range ends where the notes called on the page end, or inside
 * the last of them; a rescue may defer more.
 *
 * The bound makes the work linear: only breaks whose page is nearly full are
 * looked at.  It is exact, nothing is lost by it (tests/unit/test_break.c
 * compares with all solutions of small lists).
 */
#include "layout/break.h"

#include "layout/break_parts.h"

#include <stdlib.h>
#include <string.h>

static int64_t
square(int64_t value)
{
    return value * value;
}

/* ---- one page ---- */

/* 100 r^3 as in TeX, but not capped soon, so that of two bad pages the fuller
 * one wins; beyond the cap the points that are missing count */
static int64_t
badness_of(Length missing, Length stretch)
{
    if (missing <= 0)
        return 0;
    int64_t ratio = missing / MAX(stretch / 1024, 1);
    if (ratio >= 21 * 1024)
        return MAX_BADNESS + MIN(missing / LENGTH_PER_POINT, MAX_BADNESS);
    return (100 * ratio * ratio * ratio) >> 30;
}

/* demerits of glue; false: overfull */
static bool
set_glue(const Breaker *breaker, const Content *content, Length missing,
         bool may_be_short, int64_t *demerits, int32_t *ratio)
{
    int64_t badness = 0;
    *ratio = 0;
    if (missing < 0) {
        if (content->shrink < -missing)
            return false;
        badness = badness_of(-missing, content->shrink);
        *ratio = -(int32_t)length_scale(-missing, 65536, content->shrink);
    } else if (missing > 0 && !may_be_short) {
        badness =
            badness_of(missing, content->stretch + breaker->base_stretch);
        if (content->stretch > 0 && !breaker->options->ragged_bottom) {
            Length most = MAX_RATIO * content->stretch;
            *ratio = (int32_t)length_scale(MIN(missing, most), 65536,
                                           content->stretch);
        }
    }
    *demerits = square(10 + badness);
    return true;
}

/* glue, or the cheapest paragraph wholly on the page a line longer or shorter
 * where that is better */
static bool
set_page(const Breaker *breaker, const Content *content, int first, int last,
         Length missing, bool may_be_short, int64_t *demerits, int32_t *ratio,
         int *variant)
{
    const GArray *paragraphs = breaker->list->paragraphs;
    *variant = 0;
    bool fits =
        set_glue(breaker, content, missing, may_be_short, demerits, ratio);
    if (missing == 0 || (missing > 0 && may_be_short) ||
        (fits && *demerits < VARIANT_DEMERITS))
        return fits;
    for (guint i = (guint)breaker->paragraph_from[first]; i < paragraphs->len;
         i++) {
        const ParagraphVariants *variants =
            &g_array_index(paragraphs, ParagraphVariants, i);
        if (variants->last > last)
            break;
        bool longer = missing > 0;
        if (longer ? !variants->may_lengthen : !variants->may_shorten)
            continue;
        Length line = breaker->list->elements[variants->first].height;
        int64_t other;
        int32_t other_ratio;
        if (!set_glue(breaker, content, missing + (longer ? -line : line),
                      may_be_short, &other, &other_ratio))
            continue;
        other += VARIANT_DEMERITS +
                 (longer ? variants->lengthen_cost : variants->shorten_cost);
        if (!fits || other < *demerits) {
            fits = true;
            *demerits = other;
            *ratio = other_ratio;
            *variant = longer ? (int)i + 1 : -(int)i - 1;
        }
    }
    return fits;
}

static bool
is_forced(const Element *element)
{
    return element->penalty <= PENALTY_FORCED && element->force != FORCE_NONE;
}

/* what comes after a page that ends with `node->element`: blank page, index,
 * the delta that the facing page must have */
static void
set_next_page(Breaker *breaker, BreakNode *node, int index, bool page_is_short)
{
    node->next_index = index + 1;
    ForceKind force = node->element >= 0 && node->element < breaker->count - 1
                          ? breaker->list->elements[node->element].force
                          : FORCE_NONE;
    PageRoom next = room_of(breaker, node->next_index);
    if ((force == FORCE_EVEN_PAGE && next.recto) ||
        (force == FORCE_ODD_PAGE && !next.recto)) {
        node->blank_after = true;
        node->next_index++;
        next = room_of(breaker, node->next_index);
    }
    bool faces = breaker->options->equal_spreads && next.recto &&
                 !node->blank_after && !page_is_short && index >= 0;
    node->facing = faces ? node->delta : FREE;
}

/* the page after `from` up to `last`, of this delta; false: it cannot be */
static bool
try_page(Breaker *breaker, int from, int last, int delta, BreakNode *result)
{
    const BreakNode *node = &g_array_index(breaker->nodes, BreakNode, from);
    const Element *end = &breaker->list->elements[last];
    int first = node->element + 1;
    int called = breaker->notes[last + 1];
    bool is_end = last == breaker->count - 1;
    bool may_be_short = is_end || is_forced(end);
    Content content = content_of(breaker, first, last);
    Length room = room_of(breaker, node->next_index).height +
                  delta * breaker->options->line_height;
    Length missing = room - content.natural;
    int note =
        fit_notes(breaker, node->note, called, missing, content.shrink);
    if (note < 0)
        return false;
    missing -= notes_height(breaker, node->note, note);
    int64_t demerits;
    *result = (BreakNode){.element = last,
                          .note = note,
                          .previous = from,
                          .delta = (signed char)delta};
    if (!set_page(breaker, &content, first, last, missing, may_be_short,
                  &demerits, &result->ratio, &result->variant))
        return false;
    if (!may_be_short)
        demerits += square(MAX(end->penalty, 0));
    if (delta != 0)
        demerits += DELTA_DEMERITS;
    if (node->note < breaker->notes[first])
        demerits += CONTINUED_DEMERITS;
    if (note < called)
        demerits += is_end ? LEFT_OVER_DEMERITS : SPLIT_DEMERITS;
    result->cost = node->cost + demerits;
    set_next_page(breaker, result, node->next_index, may_be_short);
    return true;
}

/* ---- states ---- */

static int
chain_of(Breaker *breaker, const BreakNode *node)
{
    int page = node->next_index < EASY_PAGE
                   ? node->next_index
                   : EASY_PAGE + room_of(breaker, node->next_index).recto;
    bool carries = node->note < breaker->notes[node->element + 1];
    return (page * FACINGS + node->facing + 1) * 2 + carries;
}

static int64_t
chain_cost(const Breaker *breaker, const Chain *chain, guint position)
{
    int index = g_array_index(chain->nodes, int, position);
    return g_array_index(breaker->nodes, BreakNode, index).cost;
}

static int
add_node(Breaker *breaker, const BreakNode *node)
{
    int index = (int)breaker->nodes->len;
    g_array_append_val(breaker->nodes, *node);
    int number = chain_of(breaker, node);
    Chain *chain = &breaker->chains[number];
    if (chain->nodes == NULL) {
        chain->nodes = g_array_new(FALSE, FALSE, sizeof(int));
        chain->minima = g_array_new(FALSE, FALSE, sizeof(int));
    }
    Length room = room_of(breaker, node->next_index).height;
    bool is_live = (breaker->live >> number & 1) != 0;
    chain->least_room = is_live ? MIN(chain->least_room, room) : room;
    g_array_append_val(chain->nodes, index);
    while (chain->minima->len > chain->minima_head &&
           chain_cost(breaker, chain,
                      (guint)g_array_index(chain->minima, int,
                                           chain->minima->len - 1)) >=
               node->cost)
        g_array_set_size(chain->minima, chain->minima->len - 1);
    int position = (int)chain->nodes->len - 1;
    g_array_append_val(chain->minima, position);
    breaker->live |= (uint64_t)1 << number;
    return index;
}

static void
chain_clear(Breaker *breaker, int number)
{
    Chain *chain = &breaker->chains[number];
    g_array_set_size(chain->nodes, 0);
    g_array_set_size(chain->minima, 0);
    chain->head = chain->minima_head = 0;
    breaker->live &= ~((uint64_t)1 << number);
}

static void
consider_rescue(Breaker *breaker, int index)
{
    const BreakNode *node = &g_array_index(breaker->nodes, BreakNode, index);
    if (breaker->rescue >= 0) {
        const BreakNode *old =
            &g_array_index(breaker->nodes, BreakNode, breaker->rescue);
        if (old->element > node->element ||
            (old->element == node->element && old->cost <= node->cost))
            return;
    }
    breaker->rescue = index;
}

/* breaks from which even the bare box `last` is beyond the page */
static void
drop_dead(Breaker *breaker, int last)
{
    Length extra = breaker->options->equal_spreads
                       ? breaker->options->line_height
                       : 0;
    if (breaker->list->paragraphs->len > 0)
        extra += breaker->most_extra;
    for (uint64_t bits = breaker->live; bits != 0; bits &= bits - 1) {
        int number = __builtin_ctzll(bits);
        Chain *chain = &breaker->chains[number];
        while (chain->head < chain->nodes->len) {
            int index = g_array_index(chain->nodes, int, chain->head);
            const BreakNode *node =
                &g_array_index(breaker->nodes, BreakNode, index);
            Content content = content_of(breaker, node->element + 1, last);
            if (last < breaker->count - 1)
                content.natural -= breaker->list->elements[last].bottom;
            if (content.natural - content.shrink <=
                room_of(breaker, node->next_index).height + extra)
                break;
            consider_rescue(breaker, index);
            chain->head++;
        }
        while (chain->minima_head < chain->minima->len &&
               (guint)g_array_index(chain->minima, int, chain->minima_head) <
                   chain->head)
            chain->minima_head++;
        if (chain->head == chain->nodes->len)
            chain_clear(breaker, number);
    }
}

/* ---- all pages that end here ---- */

static void
keep_best(Breaker *breaker, const BreakNode *node)
{
    int number = chain_of(breaker, node);
    if (node->note == breaker->notes[node->element + 1]) {
        uint64_t bit = (uint64_t)1 << number;
        if ((breaker->reached & bit) == 0 ||
            node->cost < breaker->best[number].cost)
            breaker->best[number] = *node;
        breaker->reached |= bit;
        return;
    }
    for (guint i = 0; i < breaker->carried->len; i++) {
        BreakNode *old = &g_array_index(breaker->carried, BreakNode, i);
        if (old->note == node->note && chain_of(breaker, old) == number) {
            if (node->cost < old->cost)
                *old = *node;
            return;
        }
    }
    g_array_append_val(breaker->carried, *node);
}

/* what a page costs that is `missing` short at least */
static int64_t
bound_of(const Breaker *breaker, int last, Length missing, Length stretch)
{
    return square(10 + badness_of(missing, stretch)) +
           square(MAX(breaker->list->elements[last].penalty, 0));
}

/* the least that a page from this break to `last`, or from any later break of
 * the chain, can cost */
static int64_t
lower_bound(const Breaker *breaker, const Chain *chain, const BreakNode *node,
            int last, int delta)
{
    int first = node->element + 1;
    Length most = breaker->height[last + 1] - breaker->height[first] +
                  breaker->note_height[breaker->notes[last + 1]] -
                  breaker->note_height[breaker->notes[first]] +
                  breaker->most_extra;
    Length missing = chain->least_room +
                     delta * breaker->options->line_height - most;
    Length stretch = breaker->stretch[last + 1] - breaker->stretch[first] +
                     breaker->most_stretch + breaker->base_stretch;
    return bound_of(breaker, last, missing, stretch);
}

/* the states to which pages of delta -1, 0, +1 after a break lead, if no note is
 * split; the same for all breaks of a chain */
static void
find_targets(Breaker *breaker, const BreakNode *node, int last, int targets[3])
{
    for (int delta = -1; delta <= 1; delta++) {
        BreakNode next = {.element = last,
                          .note = breaker->notes[last + 1],
                          .delta = (signed char)delta};
        set_next_page(breaker, &next, node->next_index, false);
        targets[delta + 1] = chain_of(breaker, &next);
    }
}

static int64_t
best_cost(const Breaker *breaker, int target)
{
    return (breaker->reached >> target & 1) != 0 ? breaker->best[target].cost
                                                 : INT64_MAX;
}

typedef enum { WORTH_TRYING, NOT_THIS, NOT_LATER } Hope;

/* Could this break, or a later one of its chain, of which the cheapest costs
 * `cheapest`, still give a better way than the best so far?  Comparisons
 * before divisions: most breaks fall at the first. */
static Hope
hope_of(const Breaker *breaker, const Chain *chain, const BreakNode *node,
        int64_t cheapest, int last, int delta, int64_t best)
{
    if (best == INT64_MAX)
        return WORTH_TRYING;
    int64_t least = bound_of(breaker, last, 0, 1);
    if (cheapest + least >= best)
        return NOT_LATER;
    if (node->cost + least >= best)
        return NOT_THIS;
    int64_t bound = lower_bound(breaker, chain, node, last, delta);
    if (cheapest + bound >= best)
        return NOT_LATER;
    return node->cost + bound >= best ? NOT_THIS : WORTH_TRYING;
}

/* the deltas that a page after this break may have */
static void
allowed_deltas(Breaker *breaker, const BreakNode *node, bool may_be_short,
               int *from, int *to)
{
    *from = *to = 0;
    if (!breaker->options->equal_spreads)
        return;
    if (node->facing != FREE) {
        *from = *to = node->facing;
    } else if (!may_be_short) {
        *from = -1;
        *to = 1;
    }
}

static void
try_chain(Breaker *breaker, int number, int last)
{
    Chain *chain = &breaker->chains[number];
    const Element *end = &breaker->list->elements[last];
    bool may_be_short = last == breaker->count - 1 || is_forced(end);
    bool may_stop = !may_be_short && number % 2 == 0;
    guint minimum = chain->minima_head;
    int targets[3];
    int head = g_array_index(chain->nodes, int, chain->head);
    find_targets(breaker, &g_array_index(breaker->nodes, BreakNode, head),
                 last, targets);
    for (guint i = chain->head; i < chain->nodes->len; i++) {
        int index = g_array_index(chain->nodes, int, i);
        while ((guint)g_array_index(chain->minima, int, minimum) < i)
            minimum++;
        int64_t cheapest = chain_cost(
            breaker, chain,
            (guint)g_array_index(chain->minima, int, minimum));
        int from, to;
        bool may_go_on = !may_stop;
        const BreakNode *node =
            &g_array_index(breaker->nodes, BreakNode, index);
        allowed_deltas(breaker, node, may_be_short, &from, &to);
        for (int delta = from; delta <= to; delta++) {
            BreakNode result;
            Hope hope = WORTH_TRYING;
            if (may_stop)
                hope = hope_of(breaker, chain, node, cheapest, last, delta,
                               best_cost(breaker, targets[delta + 1]));
            may_go_on |= hope != NOT_LATER;
            if (hope == WORTH_TRYING &&
                try_page(breaker, index, last, delta, &result))
                keep_best(breaker, &result);
        }
        if (!may_go_on)
            break;
    }
}

static bool
is_break(const Breaker *breaker, int last)
{
    return last == breaker->count - 1 ||
           breaker->list->elements[last].penalty < PENALTY_FORBIDDEN;
}

/* every live break -> this element; at a forced break the live ones end */
static void
try_break(Breaker *breaker, int last)
{
    breaker->reached = 0;
    g_array_set_size(breaker->carried, 0);
    for (uint64_t bits = breaker->live; bits != 0; bits &= bits - 1)
        try_chain(breaker, __builtin_ctzll(bits), last);
    if (last == breaker->count - 1 ||
        is_forced(&breaker->list->elements[last])) {
        for (uint64_t bits = breaker->live; bits != 0; bits &= bits - 1) {
            int number = __builtin_ctzll(bits);
            const Chain *chain = &breaker->chains[number];
            for (guint i = chain->head; i < chain->nodes->len; i++)
                consider_rescue(breaker,
                                g_array_index(chain->nodes, int, i));
            chain_clear(breaker, number);
        }
    }
    for (uint64_t bits = breaker->reached; bits != 0; bits &= bits - 1)
        add_node(breaker, &breaker->best[__builtin_ctzll(bits)]);
    for (guint i = 0; i < breaker->carried->len; i++) {
        /* a copy: adding may move the array */
        BreakNode node = g_array_index(breaker->carried, BreakNode, i);
        add_node(breaker, &node);
    }
}

/* ---- where there is no way ---- */

/* does a break after this element leave a line alone, or a heading? */
static bool
is_bad_place(const Element *element)
{
    int line = element->line_in_paragraph;
    int lines = element->lines_of_paragraph;
    if (lines <= 1)
        return element->penalty >= PENALTY_FORBIDDEN;
    return line == 1 || line >= lines - 1;
}

/* The best place, legal or not, to end the page after this break, before
 * `limit` inclusive; -1: not even one element fits.  with_notes: and the notes
 * by the rules. */
static int
choose_place(Breaker *breaker, const BreakNode *node, int limit,
             bool with_notes, int *note)
{
    Length room = room_of(breaker, node->next_index).height;
    Length best = 0;
    int place = -1;
    for (int last = node->element + 1; last <= limit; last++) {
        Content content = content_of(breaker, node->element + 1, last);
        Length space = room - content.natural + content.shrink;
        if (space < 0)
            continue; /* a head or foot may be lower further on */
        int end = node->note;
        if (with_notes)
            end = fit_notes(breaker, node->note, breaker->notes[last + 1],
                            space, 0);
        if (end < 0)
            continue;
        const Element *element = &breaker->list->elements[last];
        Length cost = space - notes_height(breaker, node->note, end);
        if (is_bad_place(element))
            cost += 4 * breaker->options->line_height;
        if (place < 0 || cost <= best) {
            best = cost;
            place = last;
            *note = end;
        }
    }
    return place;
}

/* as many note elements from `first` on, before `called`, as space has */
static int
fill_notes(const Breaker *breaker, int first, int called, Length space)
{
    int end = first;
    while (end < called && notes_height(breaker, first, end + 1) <= space)
        end++;
    return end;
}

/* Nothing ends a page by the rules: go on from the last break all the same.
 * Returns the last element of the forced page. */
static int
rescue(Breaker *breaker, int limit)
{
    g_assert(breaker->rescue >= 0);
    int from = breaker->rescue;
    BreakNode node = g_array_index(breaker->nodes, BreakNode, from);
    int first = node.element + 1;
    Length room = room_of(breaker, node.next_index).height;
    int note = node.note;
    int last = choose_place(breaker, &node, limit, true, &note);
    if (last < 0 && node.note < breaker->notes[first]) {
        /* what is left of earlier notes fills a page of its own */
        last = node.element;
        note = fill_notes(breaker, node.note, breaker->notes[first], room);
        note = MAX(note, node.note + 1);
    } else if (last < 0) {
        last = choose_place(breaker, &node, limit, false, &note);
        if (last < 0)
            last = first; /* taller than the page */
        Content content = content_of(breaker, first, last);
        note = fill_notes(breaker, node.note, breaker->notes[last + 1],
                          room - content.natural);
    }
    Content content = content_of(breaker, first, last);
    Length over =
        content.natural + notes_height(breaker, node.note, note) - room;
    BreakNode result = {.element = last,
                        .note = note,
                        .previous = from,
                        .cost = node.cost + FORCED_DEMERITS,
                        .forced = true};
    if (over > 0 && content.shrink > 0)
        result.ratio = -(int32_t)length_scale(MIN(over, content.shrink), 65536,
                                              content.shrink);
    set_next_page(breaker, &result, node.next_index, true);
    add_node(breaker, &result);
    return last;
}

/* pages of notes only, after the last element */
static int
finish_notes(Breaker *breaker, int index)
{
    int called = (int)breaker->note_elements->len;
    for (;;) {
        BreakNode node = g_array_index(breaker->nodes, BreakNode, index);
        if (node.note == called)
            return index;
        int note = fill_notes(breaker, node.note, called,
                              room_of(breaker, node.next_index).height);
        BreakNode result = {.element = node.element,
                            .note = MAX(note, node.note + 1),
                            .previous = index,
                            .cost = node.cost,
                            .forced = true};
        set_next_page(breaker, &result, node.next_index, true);
        index = (int)breaker->nodes->len;
        g_array_append_val(breaker->nodes, result);
    }
}

/* ---- the way back ---- */

static void
trace_notes(const Breaker *breaker, int first, int last, PageBreak *page)
{
    page->notes = arena_array(breaker->list->arena, NotePart, last - first);
    for (int i = first; i < last; i++) {
        const NoteElement *entry = note_element(breaker, i);
        if (i == first || entry->index == 0)
            page->notes[page->note_count++] =
                (NotePart){.note = entry->note,
                           .first = entry->index,
                           .continued = entry->index > 0};
        page->notes[page->note_count - 1].last = entry->index + 1;
    }
}

static GArray *
trace(const Breaker *breaker, int index)
{
    GArray *way = g_array_new(FALSE, FALSE, sizeof(int));
    for (; index > 0;
         index = g_array_index(breaker->nodes, BreakNode, index).previous)
        g_array_append_val(way, index);
    GArray *pages = g_array_new(FALSE, TRUE, sizeof(PageBreak));
    for (guint i = way->len; i-- > 0;) {
        const BreakNode *node = &g_array_index(
            breaker->nodes, BreakNode, g_array_index(way, int, i));
        const BreakNode *before =
            &g_array_index(breaker->nodes, BreakNode, node->previous);
        PageBreak page = {.first = before->element + 1,
                          .last = node->element,
                          .ratio = node->ratio,
                          .delta = node->delta,
                          .variant = node->variant,
                          .forced = node->forced};
        if (node->note > before->note)
            trace_notes(breaker, before->note, node->note, &page);
        g_array_append_val(pages, page);
        if (node->blank_after) {
            PageBreak blank = {.first = node->element + 1,
                               .last = node->element,
                               .blank = true};
            g_array_append_val(pages, blank);
        }
    }
    g_array_unref(way);
    return pages;
}

static void
breaker_clear(Breaker *breaker)
{
    g_free(breaker->height);
    g_free(breaker->stretch);
    g_free(breaker->shrink);
    g_free(breaker->notes);
    g_free(breaker->paragraph_from);
    g_free(breaker->note_height);
    g_array_unref(breaker->note_elements);
    g_array_unref(breaker->rooms);
    g_array_unref(breaker->nodes);
    g_array_unref(breaker->carried);
    for (int i = 0; i < CHAINS; i++) {
        g_clear_pointer(&breaker->chains[i].nodes, g_array_unref);
        g_clear_pointer(&breaker->chains[i].minima, g_array_unref);
    }
}

/* the cheapest way to the last element, as an index in nodes */
static int
break_all(Breaker *breaker)
{
    BreakNode start = {.element = -1, .previous = -1, .facing = FREE};
    add_node(breaker, &start);
    for (int last = 0; last < breaker->count; last++) {
        breaker->rescue = -1;
        drop_dead(breaker, last);
        if (is_break(breaker, last))
            try_break(breaker, last);
        while (breaker->live == 0)
            last = rescue(breaker, last);
    }
    int best = -1;
    for (guint i = 0; i < breaker->nodes->len; i++) {
        const BreakNode *node = &g_array_index(breaker->nodes, BreakNode, i);
        if (node->element == breaker->count - 1 &&
            (best < 0 ||
             node->cost < g_array_index(breaker->nodes, BreakNode, best).cost))
            best = (int)i;
    }
    return finish_notes(breaker, best);
}

GArray *
break_pages(const ElementList *list, const BreakOptions *options)
{
    if (list->count == 0)
        return g_array_new(FALSE, TRUE, sizeof(PageBreak));
    Breaker *breaker = g_new0(Breaker, 1);
    breaker->list = list;
    breaker->options = options;
    breaker->count = list->count;
    breaker->note_elements = g_array_new(FALSE, FALSE, sizeof(NoteElement));
    breaker->rooms = g_array_new(FALSE, FALSE, sizeof(PageRoom));
    breaker->nodes = g_array_new(FALSE, FALSE, sizeof(BreakNode));
    breaker->carried = g_array_new(FALSE, FALSE, sizeof(BreakNode));
    sums_init(breaker);
    GArray *pages = trace(breaker, break_all(breaker));
    breaker_clear(breaker);
    g_free(breaker);
    return pages;
}
