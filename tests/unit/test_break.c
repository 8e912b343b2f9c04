/* SPDX-License-Identifier: MIT */
/*
 * Page breaking against a judge of its own: cost_of here measures a page by
 * adding it up element by element, and `cheapest` tries every solution of a
 * small list.  Random lists have headings, keeps, notes, forced breaks, table
 * heads and monsters; whatever they are, nothing may be lost or set twice.
 */
#include "layout/break.h"

#include <string.h>

#define LINE POINTS(12)

typedef struct {
    const Note *note;
    int index;
} NoteLine;

typedef struct {
    Arena *arena;
    ElementList *list;
    BreakOptions options;
    Length height; /* of every page but the first */
    Length first_height;
    bool starts_verso;
    GArray *lines; /* NoteLine: all lines of notes, made by judge_begin */
    int *called;   /* how many of them are called before each element */
} Case;

static PageRoom
case_room(void *data, int index)
{
    const Case *test = data;
    return (PageRoom){index == 0 ? test->first_height : test->height,
                      (index % 2 == 0) != test->starts_verso};
}

static void
case_init(Case *test, int lines)
{
    *test = (Case){.arena = arena_new(),
                   .height = lines * LINE,
                   .first_height = lines * LINE};
    test->list = element_list_new(test->arena);
    test->options = (BreakOptions){.room = case_room,
                                   .data = test,
                                   .note_separator = POINTS(6),
                                   .note_gap = POINTS(2),
                                   .line_height = LINE};
}

static void
case_clear(Case *test)
{
    if (test->lines != NULL)
        g_array_unref(test->lines);
    g_free(test->called);
    for (int i = 0; i < test->list->count; i++) {
        const Element *element = &test->list->elements[i];
        for (int k = 0; k < element->note_count; k++)
            element_list_free(element->notes[k]->list);
    }
    element_list_free(test->list);
    arena_free(test->arena);
}

static Element *
add_box(Case *test, Length height, Length gap, int penalty)
{
    Element *element = element_list_add(test->list);
    element->height = height;
    element->gap = gap;
    element->penalty = penalty;
    return element;
}

static void
add_paragraph(Case *test, int lines, Length gap)
{
    ParagraphVariants variants = {.first = test->list->count,
                                  .last = test->list->count + lines - 1};
    for (int i = 1; i <= lines; i++) {
        bool keep = i < lines && (i == 1 || i == lines - 1);
        Element *line = add_box(test, LINE, i == lines ? gap : 0,
                                keep        ? PENALTY_FORBIDDEN
                                : i < lines ? 10
                                            : 0);
        if (i == lines) {
            line->stretch = gap;
            line->shrink = gap / 4;
        }
        line->line_in_paragraph = i;
        line->lines_of_paragraph = lines;
        line->paragraph = (int)test->list->paragraphs->len;
    }
    g_array_append_val(test->list->paragraphs, variants);
}

static Note *
add_note(Case *test, int element, int lines)
{
    Note *note = arena_new0(test->arena, Note);
    note->list = element_list_new(test->arena);
    for (int i = 1; i <= lines; i++) {
        Element *line = element_list_add(note->list);
        line->height = POINTS(10);
        line->penalty = i == 1 && lines > 1 ? PENALTY_FORBIDDEN : 0;
    }
    note->height = element_list_height(note->list, 0, lines - 1);
    Element *caller = &test->list->elements[element];
    Note **notes = arena_array(test->arena, Note *, caller->note_count + 1);
    if (caller->note_count > 0)
        memcpy(notes, caller->notes,
               sizeof *notes * (size_t)caller->note_count);
    notes[caller->note_count++] = note;
    caller->notes = notes;
    return note;
}

/* ---- the judge ---- */

static void
judge_begin(Case *test)
{
    const ElementList *list = test->list;
    test->lines = g_array_new(FALSE, FALSE, sizeof(NoteLine));
    test->called = g_new0(int, list->count + 1);
    for (int i = 0; i < list->count; i++) {
        for (int j = 0; j < list->elements[i].note_count; j++)
            for (int k = 0; k < list->elements[i].notes[j]->list->count; k++) {
                NoteLine line = {list->elements[i].notes[j], k};
                g_array_append_val(test->lines, line);
            }
        test->called[i + 1] = (int)test->lines->len;
    }
}

static Length
judge_notes(const Case *test, int first, int last)
{
    if (first == last)
        return 0;
    Length height = test->options.note_separator;
    for (int i = first; i < last; i++) {
        NoteLine line = g_array_index(test->lines, NoteLine, i);
        const Element *element = &line.note->list->elements[line.index];
        bool ends = line.index == line.note->list->count - 1;
        height += element->height;
        if (i < last - 1)
            height += ends ? test->options.note_gap : element->gap;
    }
    return height;
}

static bool
may_split_after(const Case *test, int first, int called, int end)
{
    NoteLine line = g_array_index(test->lines, NoteLine, end - 1);
    NoteLine last = g_array_index(test->lines, NoteLine, called - 1);
    return end > first && line.note == last.note &&
           line.note->list->elements[line.index].penalty < PENALTY_FORBIDDEN;
}

static int64_t
judge_badness(Length missing, Length stretch)
{
    if (missing <= 0)
        return 0;
    int64_t ratio = missing / MAX(stretch / 1024, 1);
    if (ratio >= 21 * 1024)
        return 1000000 + MIN(missing / LENGTH_PER_POINT, 1000000);
    return (100 * ratio * ratio * ratio) >> 30;
}

static int64_t
glue_cost(const Case *test, Length missing, Length stretch, Length shrink,
          bool may_be_short)
{
    if (missing < -shrink)
        return -1;
    Length base = test->options.ragged_bottom ? 3 * LINE : LINE / 2;
    int64_t badness = missing < 0    ? judge_badness(-missing, shrink)
                      : may_be_short ? 0
                                     : judge_badness(missing, stretch + base);
    return (10 + badness) * (10 + badness);
}

/* the same, or less with one paragraph a line longer or shorter */
static int64_t
variant_cost(const Case *test, int first, int last, Length missing,
             Length stretch, Length shrink, bool may_be_short, int64_t best)
{
    for (guint i = 0; i < test->list->paragraphs->len; i++) {
        const ParagraphVariants *variants =
            &g_array_index(test->list->paragraphs, ParagraphVariants, i);
        bool longer = missing > 0;
        if (variants->first < first || variants->last > last ||
            !(longer ? variants->may_lengthen : variants->may_shorten))
            continue;
        int64_t cost = glue_cost(test, missing + (longer ? -LINE : LINE),
                                 stretch, shrink, may_be_short);
        if (cost < 0)
            continue;
        cost += 2500 +
                (longer ? variants->lengthen_cost : variants->shorten_cost);
        if (best < 0 || cost < best)
            best = cost;
    }
    return best;
}

/* demerits of elements first..last with note lines note..note_end-1; -1: it
 * does not fit */
static int64_t
cost_of(Case *test, int first, int last, int note, int note_end, int index,
        int delta, bool variants)
{
    const Element *elements = test->list->elements;
    const Element *end = &elements[last];
    bool is_last = last == test->list->count - 1;
    bool may_be_short = is_last || end->force != FORCE_NONE;
    Length room = case_room(test, index).height + delta * LINE;
    Length stretch = 0, shrink = 0, natural = is_last ? 0 : end->bottom;
    if (first > 0) {
        natural += elements[first - 1].top;
        if (elements[first - 1].gap_retained) {
            natural += elements[first - 1].gap;
            stretch += elements[first - 1].stretch;
            shrink += elements[first - 1].shrink;
        }
    }
    for (int i = first; i <= last; i++) {
        natural += elements[i].height;
        if (i < last) {
            natural += elements[i].gap;
            stretch += elements[i].stretch;
            shrink += elements[i].shrink;
        }
    }
    Length missing = room - natural - judge_notes(test, note, note_end);
    int64_t cost = glue_cost(test, missing, stretch, shrink, may_be_short);
    if (variants && missing != 0 && !(missing > 0 && may_be_short))
        cost = variant_cost(test, first, last, missing, stretch, shrink,
                            may_be_short, cost);
    if (cost < 0)
        return -1;
    if (!may_be_short)
        cost += (int64_t)end->penalty * end->penalty;
    int called = test->called[last + 1];
    if (note < test->called[first])
        cost += 2500;
    if (note_end < called)
        cost += is_last ? 100000000 : 10000;
    return cost + (delta != 0 ? 900 : 0);
}

/* the note end that the rules ask for; -1: none fits */
static int
judge_note_end(Case *test, int first, int last, int note, int index, int delta)
{
    int called = test->called[last + 1];
    if (note == called ||
        cost_of(test, first, last, note, called, index, delta, false) >= 0)
        return called;
    int squeezed = -1;
    for (int end = called - 1; end > note; end--) {
        if (!may_split_after(test, note, called, end) ||
            cost_of(test, first, last, note, end, index, delta, false) < 0)
            continue;
        /* the longest that needs no shrinking, else the longest */
        if (squeezed < 0)
            squeezed = end;
        Length room = case_room(test, index).height + delta * LINE;
        Length natural = element_list_height(test->list, first, last) +
                         judge_notes(test, note, end);
        if (last < test->list->count - 1)
            natural += test->list->elements[last].bottom;
        if (first > 0) {
            const Element *before = &test->list->elements[first - 1];
            natural += before->top + (before->gap_retained ? before->gap : 0);
        }
        if (natural <= room)
            return end;
    }
    return squeezed;
}

/* the least demerits of all ways to set elements from `first` on; -1: none.
 * facing: delta the page must have, 2: any */
static int64_t
cheapest(Case *test, int first, int note, int index, int facing)
{
    if (first == test->list->count)
        return 0;
    int64_t best = -1;
    for (int last = first; last < test->list->count; last++) {
        const Element *end = &test->list->elements[last];
        bool is_last = last == test->list->count - 1;
        bool may_be_short = is_last || end->force != FORCE_NONE;
        int from = 0, to = 0;
        if (test->options.equal_spreads && facing != 2)
            from = to = facing;
        else if (test->options.equal_spreads && !may_be_short)
            from = -1, to = 1;
        for (int delta = from;
             delta <= to && (is_last || end->penalty < PENALTY_FORBIDDEN);
             delta++) {
            int note_end =
                judge_note_end(test, first, last, note, index, delta);
            if (note_end < 0)
                continue;
            int64_t cost =
                cost_of(test, first, last, note, note_end, index, delta, true);
            if (cost < 0)
                continue;
            int next = index + 1;
            bool recto = case_room(test, next).recto;
            bool faces = recto && !may_be_short &&
                         test->options.equal_spreads;
            if (!is_last && ((end->force == FORCE_EVEN_PAGE && recto) ||
                             (end->force == FORCE_ODD_PAGE && !recto)))
                next++;
            int64_t rest = cheapest(test, last + 1, note_end, next,
                                    faces ? delta : 2);
            if (rest >= 0 && (best < 0 || cost + rest < best))
                best = cost + rest;
        }
        if (end->force != FORCE_NONE)
            break;
    }
    return best;
}

/* nothing lost, nothing twice, in order; gives the demerits of the solution, -1
 * where a page was forced */
static int64_t
check_pages(Case *test, const GArray *pages)
{
    int next = 0, note = 0, index = 0;
    int64_t sum = 0;
    if (test->lines == NULL)
        judge_begin(test);
    for (guint i = 0; i < pages->len; i++, index++) {
        const PageBreak *page = &g_array_index(pages, PageBreak, i);
        g_assert_cmpint(page->first, ==, next);
        int first_note = note;
        for (int j = 0; j < page->note_count; j++) {
            const NotePart *part = &page->notes[j];
            g_assert_cmpint(part->first, <, part->last);
            g_assert_true(part->continued == (part->first > 0));
            for (int k = part->first; k < part->last; k++, note++) {
                NoteLine line = g_array_index(test->lines, NoteLine, note);
                g_assert_true(line.note == part->note && line.index == k);
            }
        }
        /* no note before its caller */
        g_assert_cmpint(note, <=, test->called[page->last + 1]);
        if (page->blank) {
            g_assert_cmpint(page->last, <, page->first);
            g_assert_cmpint(page->note_count, ==, 0);
            continue;
        }
        g_assert_true(page->last >= page->first || page->note_count > 0);
        next = page->last + 1;
        if (page->forced)
            sum = -1;
        if (sum >= 0) {
            int64_t cost = cost_of(test, page->first, page->last, first_note,
                                   note, index, page->delta, true);
            g_assert_cmpint(cost, >=, 0);
            sum += cost;
        }
    }
    g_assert_cmpint(next, ==, test->list->count);
    g_assert_cmpint(note, ==, (int)test->lines->len);
    return sum;
}

/* ---- lists ---- */

static void
random_list(Case *test, GRand *rand, int count, bool monsters)
{
    while (test->list->count < count) {
        int kind = g_rand_int_range(rand, 0, 100);
        int start = test->list->count;
        if (kind < 10) {
            Element *heading =
                add_box(test, LINE * 3 / 2, POINTS(6), PENALTY_FORBIDDEN);
            heading->stretch = POINTS(3);
            heading->shrink = POINTS(1);
        } else if (kind < 20) {
            add_box(test, LINE * g_rand_int_range(rand, 2, 6), POINTS(6), 0)
                ->stretch = POINTS(4);
        } else if (kind < 30) {
            int rows = g_rand_int_range(rand, 2, 6);
            for (int i = 0; i < rows; i++) {
                Element *row = add_box(test, LINE, 0, 60);
                if (i < rows - 1) {
                    row->top = LINE;
                    row->bottom = POINTS(1);
                }
            }
        } else if (kind < 34) {
            Element *end = add_box(test, LINE, 0, PENALTY_FORCED);
            end->force = FORCE_PAGE + g_rand_int_range(rand, 0, 3);
        } else if (kind < 40) {
            Element *retained = add_box(test, LINE, POINTS(7), 0);
            retained->gap_retained = true;
            retained->shrink = POINTS(2);
        } else if (monsters && kind < 44) {
            add_box(test, test->height * g_rand_int_range(rand, 1, 4) + LINE,
                    0, 0);
        } else if (monsters && kind < 48) {
            for (int i = 0; i < 30; i++)
                add_box(test, LINE, 0, PENALTY_FORBIDDEN);
        } else {
            add_paragraph(test, g_rand_int_range(rand, 1, 7), POINTS(4));
        }
        if (g_rand_int_range(rand, 0, 100) < 12)
            add_note(test, g_rand_int_range(rand, start, test->list->count),
                     monsters && g_rand_int_range(rand, 0, 8) == 0
                         ? g_rand_int_range(rand, 20, 120)
                         : g_rand_int_range(rand, 1, 6));
    }
}

static void
random_variants(Case *test, GRand *rand)
{
    for (guint i = 0; i < test->list->paragraphs->len; i++) {
        ParagraphVariants *variants =
            &g_array_index(test->list->paragraphs, ParagraphVariants, i);
        variants->may_lengthen = g_rand_boolean(rand);
        variants->may_shorten = g_rand_boolean(rand);
        variants->lengthen_cost = g_rand_int_range(rand, 0, 1000);
        variants->shorten_cost = g_rand_int_range(rand, 0, 1000);
    }
}

static void
test_nothing_lost(void)
{
    GRand *rand = g_rand_new_with_seed(1);
    for (int i = 0; i < 3000; i++) {
        Case test;
        case_init(&test, g_rand_int_range(rand, 4, 30));
        test.starts_verso = g_rand_boolean(rand);
        test.options.equal_spreads = g_rand_int_range(rand, 0, 4) == 0;
        test.options.ragged_bottom = g_rand_int_range(rand, 0, 4) == 0;
        random_list(&test, rand, g_rand_int_range(rand, 1, 120), i % 2 == 1);
        GArray *pages = break_pages(test.list, &test.options);
        check_pages(&test, pages);
        g_array_unref(pages);
        case_clear(&test);
    }
    g_rand_free(rand);
}

static void
test_optimal(void)
{
    GRand *rand = g_rand_new_with_seed(2);
    int solved = 0, forced = 0;
    for (int i = 0; i < 1000; i++) {
        Case test;
        case_init(&test, g_rand_int_range(rand, 4, 9));
        test.first_height -= LINE * g_rand_int_range(rand, 0, 2);
        test.starts_verso = g_rand_boolean(rand);
        test.options.equal_spreads = i % 3 == 0;
        test.options.ragged_bottom = i % 4 == 1;
        random_list(&test, rand, g_rand_int_range(rand, 3, 13), false);
        if (i % 5 < 2)
            random_variants(&test, rand);
        GArray *pages = break_pages(test.list, &test.options);
        int64_t cost = check_pages(&test, pages);
        int64_t best = cheapest(&test, 0, 0, 0, 2);
        if (best < 0 || best >= 100000000) {
            forced++; /* keeps that do not fit, or notes left over */
        } else {
            g_assert_cmpint(cost, ==, best);
            solved++;
        }
        g_array_unref(pages);
        case_clear(&test);
    }
    g_test_message("%d solved, %d without a legal solution", solved, forced);
    g_assert_cmpint(solved, >, 700);
    g_rand_free(rand);
}

/* cost of filling each page as far as it goes, -1: that gets stuck */
static int64_t
greedy_cost(Case *test)
{
    int64_t sum = 0;
    int index = 0;
    for (int first = 0; first < test->list->count; index++) {
        int found = -1;
        int64_t found_cost = 0;
        for (int last = first; last < test->list->count; last++) {
            int64_t cost = cost_of(test, first, last, 0, 0, index, 0,
                                   true);
            bool is_last = last == test->list->count - 1;
            if (cost >= 0 && (is_last || test->list->elements[last].penalty <
                                             PENALTY_FORBIDDEN)) {
                found = last;
                found_cost = cost;
            }
        }
        if (found < 0)
            return -1;
        sum += found_cost;
        first = found + 1;
    }
    return sum;
}

static void
test_beats_greedy(void)
{
    GRand *rand = g_rand_new_with_seed(3);
    int better = 0, compared = 0;
    for (int i = 0; i < 60; i++) {
        Case test;
        case_init(&test, 20);
        while (test.list->count < 200) {
            if (g_rand_int_range(rand, 0, 8) == 0)
                add_box(&test, LINE * g_rand_int_range(rand, 4, 9), POINTS(6),
                        0);
            add_paragraph(&test, g_rand_int_range(rand, 1, 9), POINTS(3));
        }
        GArray *pages = break_pages(test.list, &test.options);
        int64_t cost = check_pages(&test, pages);
        int64_t greedy = greedy_cost(&test);
        if (greedy >= 0) {
            g_assert_cmpint(cost, <=, greedy);
            compared++;
            better += cost < greedy;
        }
        g_array_unref(pages);
        case_clear(&test);
    }
    g_test_message("better than greedy in %d of %d", better, compared);
    g_assert_cmpint(compared, >, 50);
    g_assert_cmpint(better, >, compared / 2);
    g_rand_free(rand);
}

static void
test_forced_parity(void)
{
    Case test;
    case_init(&test, 10);
    Element *element = add_box(&test, LINE, 0, PENALTY_FORCED);
    element->force = FORCE_ODD_PAGE;
    element = add_box(&test, LINE, 0, PENALTY_FORCED);
    element->force = FORCE_EVEN_PAGE;
    element = add_box(&test, LINE, 0, PENALTY_FORCED);
    element->force = FORCE_PAGE;
    add_box(&test, LINE, 0, 0);
    GArray *pages = break_pages(test.list, &test.options);
    g_assert_cmpint(pages->len, ==, 5);
    for (guint i = 0; i < pages->len; i++)
        g_assert_true(g_array_index(pages, PageBreak, i).blank == (i == 1));
    g_array_unref(pages);
    case_clear(&test);
}

static void
test_too_tall(void)
{
    Case test;
    case_init(&test, 10);
    add_paragraph(&test, 3, 0);
    add_box(&test, LINE * 25, 0, 0);
    add_paragraph(&test, 3, 0);
    GArray *pages = break_pages(test.list, &test.options);
    check_pages(&test, pages);
    g_assert_cmpint(pages->len, ==, 3);
    g_assert_true(g_array_index(pages, PageBreak, 1).forced);
    g_assert_false(g_array_index(pages, PageBreak, 0).forced);
    g_array_unref(pages);
    case_clear(&test);
}

/* a keep that cannot be kept is cut where no line stands alone */
static void
test_keep_too_long(void)
{
    Case test;
    case_init(&test, 10);
    for (int i = 0; i < 6; i++) {
        add_paragraph(&test, 3, 0);
        for (int j = 1; j <= 3; j++)
            test.list->elements[test.list->count - j].penalty =
                PENALTY_FORBIDDEN;
    }
    GArray *pages = break_pages(test.list, &test.options);
    check_pages(&test, pages);
    g_assert_cmpint(pages->len, ==, 2);
    g_array_unref(pages);
    case_clear(&test);
}

static void
test_note_split(void)
{
    Case test;
    case_init(&test, 10);
    for (int i = 0; i < 12; i++)
        add_box(&test, LINE, 0, 0);
    add_note(&test, 3, 8);
    GArray *pages = break_pages(test.list, &test.options);
    check_pages(&test, pages);
    for (guint i = 0; i < pages->len; i++)
        g_assert_false(g_array_index(pages, PageBreak, i).forced);
    const PageBreak *first = &g_array_index(pages, PageBreak, 0);
    g_assert_cmpint(first->note_count, ==, 1);
    g_assert_cmpint(first->last, >=, 3);
    g_array_unref(pages);
    case_clear(&test);
}

/* glue that cannot fill the page otherwise: a paragraph gets a line more */
static void
test_variant(void)
{
    Case test;
    case_init(&test, 10);
    for (int i = 0; i < 3; i++)
        add_paragraph(&test, 3, 0);
    add_box(&test, LINE * 10, 0, 0);
    ParagraphVariants *variants =
        &g_array_index(test.list->paragraphs, ParagraphVariants, 1);
    variants->may_lengthen = true;
    variants->lengthen_cost = 100;
    GArray *pages = break_pages(test.list, &test.options);
    g_assert_cmpint(pages->len, ==, 2);
    const PageBreak *page = &g_array_index(pages, PageBreak, 0);
    g_assert_cmpint(page->variant, ==, 2);
    g_assert_cmpint(page->ratio, ==, 0);
    g_array_unref(pages);
    case_clear(&test);
}

static void
test_linear(void)
{
    for (int pages_wanted = 500; pages_wanted <= 5000; pages_wanted *= 10) {
        Case test;
        GRand *rand = g_rand_new_with_seed(4);
        case_init(&test, 45);
        while (test.list->count < pages_wanted * 45)
            add_paragraph(&test, g_rand_int_range(rand, 1, 12), POINTS(4));
        gint64 start = g_get_monotonic_time();
        GArray *pages = break_pages(test.list, &test.options);
        gint64 time = g_get_monotonic_time() - start;
        g_test_message("%u pages: %.1f us a page", pages->len,
                       (double)time / pages->len);
        /* five times what is promised: the machine may be busy */
        g_assert_cmpint(time / pages->len, <, 500);
        g_array_unref(pages);
        g_rand_free(rand);
        case_clear(&test);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/break/nothing-lost", test_nothing_lost);
    g_test_add_func("/break/optimal", test_optimal);
    g_test_add_func("/break/beats-greedy", test_beats_greedy);
    g_test_add_func("/break/forced-parity", test_forced_parity);
    g_test_add_func("/break/too-tall", test_too_tall);
    g_test_add_func("/break/keep-too-long", test_keep_too_long);
    g_test_add_func("/break/note-split", test_note_split);
    g_test_add_func("/break/variant", test_variant);
    g_test_add_func("/break/linear", test_linear);
    return g_test_run();
}
