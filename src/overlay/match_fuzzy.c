/* SPDX-License-Identifier: MIT */
/*
 * Finding edited blocks again by the words that they kept.
 *
 * A wrong guess puts a translation under a text that it does not translate, and
 * a reader of the diff sees nonsense; no guess only puts it into the attic.  So
 * the thresholds are careful, the best pair must lead clearly, and halves of a
 * divided or joined paragraph are told from rewritten ones first.
 *
 * Comparing every text with every block would take seconds for a large edition,
 * so an index of words first tells how many words two can have in common at
 * most.
 *
 *   match_splits   several new blocks that together are one unit's text
 *   match_merges   one new block that is several units' texts together
 *   match_fuzzy    pairs by similarity, best first
 *   hint_gaps      what is left between matched neighbours
 */
#include "overlay/match_stages.h"

#include <string.h>

/* Tried on the 80 pairs of tests/overlay/pairs.txt (tests/unit/
 * test_overlay_match.c), 2026-11-29.  Least likeness 0.30: 1 wrong match; 0.40 to
 * 0.60: none wrong, none missed; 0.70: none wrong, 2 missed.  When bonuses counted
 * towards it, there was 1 wrong up to 0.45.  Without OTHER_LABEL, 1 wrong. */
static const double SAME_CHAPTER = 0.45; /* least similarity there */
static const double OTHER_CHAPTER = 0.50;
static const double SHORT_TEXT = 0.75;   /* for texts of few words */
static const double LEAD = 0.08;         /* before the second best */
static const double CONTAINMENT = 0.80;  /* of a part in the whole */
static const double LEAST_PART = 0.15;   /* of the whole's words */
/* for the lead, not for the least: places alone make no match */
static const double SECTION_BONUS = 0.05, NEIGHBOUR_BONUS = 0.05;
static const double OTHER_KIND = 0.15;   /* taken off */
static const double OTHER_LABEL = 0.60;  /* of a footnote: pins are done before */
enum {
    SHORT_WORDS = 5,
    LEAST_WORDS = 6, /* of a whole that may be split or merged */
    MAX_PARTS = 8,
};

typedef struct {
    Unit *unit;
    TokenList *tokens;
    bool claimed;
} Candidate;

static void
clear_candidate(gpointer data)
{
    token_list_free(((Candidate *)data)->tokens);
}

/* units without a block, in file order */
static GArray *
free_units(const Edition *edition, bool empty)
{
    GArray *found = g_array_new(FALSE, TRUE, sizeof(Candidate));
    g_array_set_clear_func(found, clear_candidate);
    for (guint i = 0; i < edition->units->len; i++) {
        Unit *unit = g_ptr_array_index(edition->units, i);
        const char *text = unit_latest_canonical(unit);
        if (!match_is_free(unit) || text == NULL ||
            match_is_unwritten(unit) != empty)
            continue;
        Candidate candidate = {unit, words_of(text), false};
        g_array_append_val(found, candidate);
    }
    return found;
}

static bool
is_free_block(const BaseBlock *block)
{
    return block->unit == NULL && !block->claimed;
}

/* The first part of a split gets the whole's unit.  Another may have one that
 * knows its text, out of the attic or homeless until now: the same split was
 * there before. */
static bool
may_be_part(const Edition *edition, int order)
{
    const BaseBlock *block = &edition->blocks[order];
    bool has_own = block->unit != NULL && block->unit->match == MATCH_EXACT;
    bool may_be = is_free_block(block);
    int first = MAX(order - MAX_PARTS + 1, 0);
    for (int i = order - 1; has_own && !may_be && i >= first; i--)
        may_be = is_free_block(&edition->blocks[i]);
    return may_be;
}

/* ---- the index of words ---------------------------------------------- */

typedef struct {
    GHashTable *blocks; /* hash of a word -> GArray of orders of blocks that
                           may be parts */
    int *shared;        /* of the text last counted, by order of the block */
} WordIndex;

static WordIndex
new_index(Edition *edition)
{
    WordIndex index = {
        g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL,
                              (GDestroyNotify)g_array_unref),
        g_new0(int, (gsize)edition->block_count + 1)};
    for (int i = 0; i < edition->block_count; i++) {
        if (!may_be_part(edition, i))
            continue;
        const TokenList *tokens = block_tokens(&edition->blocks[i]);
        for (int j = 0; j < tokens->count; j++) {
            GArray *orders =
                g_hash_table_lookup(index.blocks, &tokens->tokens[j].hash);
            if (orders == NULL) {
                orders = g_array_new(FALSE, FALSE, sizeof(int));
                g_hash_table_insert(index.blocks, &tokens->tokens[j].hash,
                                    orders);
            }
            if (orders->len == 0 ||
                g_array_index(orders, int, orders->len - 1) != i)
                g_array_append_val(orders, i);
        }
    }
    return index;
}

static void
clear_index(WordIndex *index)
{
    g_hash_table_unref(index->blocks);
    g_free(index->shared);
}

/* index->shared[b]: at most so many words of the text can stand in block b */
static void
count_shared(const Edition *edition, WordIndex *index, const TokenList *tokens)
{
    memset(index->shared, 0, sizeof(int) * (size_t)edition->block_count);
    for (int i = 0; i < tokens->count; i++) {
        const GArray *orders =
            g_hash_table_lookup(index->blocks, &tokens->tokens[i].hash);
        for (guint j = 0; orders != NULL && j < orders->len; j++)
            index->shared[g_array_index(orders, int, j)]++;
    }
}

/* tokens of `part` that stand in `whole` in the same order */
static double
containment(const TokenList *part, const TokenList *whole)
{
    if (part->count == 0)
        return 0;
    int common = token_list_common(part, whole, part->count + whole->count);
    return (double)common / part->count;
}

static void
add_hint(Edition *edition, BaseBlock *block, const Unit *unit)
{
    if (unit->key == NULL)
        return;
    if (block->hint == NULL) {
        block->hint = unit->key;
        return;
    }
    g_auto(GStrv) known = g_strsplit(block->hint, ",", -1);
    if (g_strv_contains((const char *const *)known, unit->key))
        return;
    g_autofree char *both = g_strdup_printf("%s,%s", block->hint, unit->key);
    block->hint = edition_string(edition, both);
}

/* ---- split and merge ------------------------------------------------ */

static char *
join_blocks(const Edition *edition, int first, int count)
{
    GString *all = g_string_new(NULL);
    for (int i = 0; i < count; i++)
        g_string_append_printf(all, "%s\n",
                               edition->blocks[first + i].canonical);
    return g_string_free(all, FALSE);
}

/* how many free blocks from `first` on are parts of `whole`, which was counted
 * last */
static int
count_parts(Edition *edition, const WordIndex *index, int first,
            const TokenList *whole)
{
    int end = edition->chapters[edition->blocks[first].chapter].end;
    int count = 0;
    while (first + count < end && count < MAX_PARTS) {
        BaseBlock *block = &edition->blocks[first + count];
        if (!(count == 0 ? is_free_block(block)
                         : may_be_part(edition, first + count)) ||
            block->level > 0)
            break;
        const TokenList *part = block_tokens(block);
        if (part->count < LEAST_PART * whole->count ||
            part->count > whole->count * (1 + LEAST_PART) ||
            index->shared[first + count] < CONTAINMENT * part->count ||
            containment(part, whole) < CONTAINMENT)
            break;
        count++;
    }
    return count;
}

void
match_splits(Edition *edition)
{
    g_autoptr(GArray) units = free_units(edition, false);
    WordIndex index = new_index(edition);
    for (guint i = 0; i < units->len; i++) {
        Candidate *whole = &g_array_index(units, Candidate, i);
        if (whole->tokens->count < LEAST_WORDS)
            continue;
        count_shared(edition, &index, whole->tokens);
        int best = -1, best_count = 0;
        double best_cover = CONTAINMENT;
        for (int j = 0; j < edition->block_count; j++) {
            int count = count_parts(edition, &index, j, whole->tokens);
            if (count < 2)
                continue;
            g_autofree char *text = join_blocks(edition, j, count);
            g_autoptr(TokenList) parts = words_of(text);
            double cover = containment(whole->tokens, parts);
            if (cover >= best_cover) {
                best = j;
                best_count = count;
                best_cover = cover;
            }
        }
        if (best < 0)
            continue;
        match_pair(whole->unit, &edition->blocks[best], MATCH_SPLIT);
        for (int j = 1; j < best_count; j++) {
            if (!is_free_block(&edition->blocks[best + j]))
                continue;
            edition->blocks[best + j].claimed = true;
            add_hint(edition, &edition->blocks[best + j], whole->unit);
        }
    }
    clear_index(&index);
}

/* how many free units from index `first` on, neighbours in their file, are
 * parts of `whole` */
static int
count_unit_parts(const GArray *units, guint first, const TokenList *whole)
{
    int count = 0;
    while (first + (guint)count < units->len && count < MAX_PARTS) {
        const Candidate *part =
            &g_array_index(units, Candidate, first + (guint)count);
        const Unit *previous =
            count == 0 ? NULL
                       : g_array_index(units, Candidate,
                                       first + (guint)count - 1).unit;
        if (part->claimed || part->unit->block != NULL ||
            (previous != NULL && match_neighbour(part->unit, -1) != previous) ||
            part->tokens->count < LEAST_PART * whole->count ||
            part->tokens->count > whole->count * (1 + LEAST_PART) ||
            containment(part->tokens, whole) < CONTAINMENT)
            break;
        count++;
    }
    return count;
}

/* starts: indices of the units that may be the first part, or NULL */
static void
match_merge(Edition *edition, GArray *units, BaseBlock *block,
            const GArray *starts)
{
    const TokenList *whole = block_tokens(block);
    for (guint k = 0; starts != NULL && k < starts->len; k++) {
        guint i = g_array_index(starts, guint, k);
        int count = count_unit_parts(units, i, whole);
        if (count < 2)
            continue;
        GString *text = g_string_new(NULL);
        for (int j = 0; j < count; j++)
            g_string_append_printf(
                text, "%s\n",
                unit_latest_canonical(
                    g_array_index(units, Candidate, i + (guint)j).unit));
        g_autoptr(TokenList) parts = words_of(text->str);
        double cover = containment(whole, parts);
        g_string_free(text, TRUE);
        if (cover < CONTAINMENT)
            continue;
        for (int j = 0; j < count; j++) {
            Candidate *part = &g_array_index(units, Candidate, i + (guint)j);
            part->claimed = true;
            if (j == 0)
                match_pair(part->unit, block, MATCH_MERGE);
            else
                add_hint(edition, block, part->unit);
        }
        return;
    }
}

void
match_merges(Edition *edition)
{
    g_autoptr(GArray) units = free_units(edition, false);
    WordIndex index = new_index(edition);
    GArray **starts = g_new0(GArray *, (gsize)edition->block_count + 1);
    for (guint i = 0; i < units->len; i++) {
        const TokenList *tokens = g_array_index(units, Candidate, i).tokens;
        count_shared(edition, &index, tokens);
        for (int j = 0; j < edition->block_count && tokens->count > 0; j++) {
            if (index.shared[j] < CONTAINMENT * tokens->count)
                continue;
            if (starts[j] == NULL)
                starts[j] = g_array_new(FALSE, FALSE, sizeof(guint));
            g_array_append_val(starts[j], i);
        }
    }
    for (int i = 0; i < edition->block_count; i++) {
        BaseBlock *block = &edition->blocks[i];
        if (is_free_block(block) && block_tokens(block)->count >= LEAST_WORDS)
            match_merge(edition, units, block, starts[i]);
        g_clear_pointer(&starts[i], g_array_unref);
    }
    g_free(starts);
    clear_index(&index);
}

/* ---- similarity ----------------------------------------------------- */

typedef struct {
    Candidate *candidate;
    BaseBlock *block;
    double likeness; /* 2 LCS / (a + b), less for another kind */
    double least;    /* what likeness must reach */
    bool whole;      /* a short text, all of it in the other: its place counts
                        towards that */
} LikePair;

/* h, f, n (footnote), t, l, q, c or p: what a canonical text looks like */
static char
text_kind(const char *canonical)
{
    if (g_str_has_prefix(canonical, "![") )
        return 'f';
    if (g_str_has_prefix(canonical, "[^"))
        return strstr(canonical, "]:") != NULL ? 'n' : 'p';
    if (*canonical == '#')
        return 'h';
    if (*canonical == '|')
        return 't';
    if (*canonical == '>')
        return 'q';
    if (g_str_has_prefix(canonical, "- "))
        return 'l';
    if (g_str_has_prefix(canonical, "```") || g_str_has_prefix(canonical, "~~~"))
        return 'c';
    size_t digits = strspn(canonical, "0123456789");
    return digits > 0 && canonical[digits] == '.' ? 'l' : 'p';
}

/* false where the two cannot be the same block; shared: at most so many words
 * have they in common */
static bool
compare(Edition *edition, const Candidate *candidate, BaseBlock *block,
        int shared, LikePair *pair)
{
    const TokenList *a = candidate->tokens, *b = block_tokens(block);
    int total = a->count + b->count;
    if (shared == 0)
        return false;
    char old_kind = text_kind(unit_latest_canonical(candidate->unit));
    char new_kind = text_kind(block->canonical);
    bool strict = strchr("hfnc", old_kind) || strchr("hfnc", new_kind);
    if (old_kind != new_kind && strict)
        return false;
    bool same_chapter = candidate->unit->file ==
                        edition->chapters[block->chapter].file;
    pair->least = MIN(a->count, b->count) < SHORT_WORDS ? SHORT_TEXT
                  : same_chapter                        ? SAME_CHAPTER
                                                        : OTHER_CHAPTER;
    bool is_short = pair->least == SHORT_TEXT;
    double needed = pair->least -
                    (is_short ? SECTION_BONUS + 2 * NEIGHBOUR_BONUS : 0);
    if (2.0 * shared / total < needed)
        return false;
    int common = token_list_common(a, b, (int)(total * (1 - needed)) + 1);
    if (common <= 0)
        return false;
    pair->likeness = 2.0 * common / total -
                     (old_kind == new_kind ? 0 : OTHER_KIND) -
                     (old_kind == 'n' ? OTHER_LABEL : 0);
    pair->whole = is_short && common == MIN(a->count, b->count);
    return pair->likeness >= (pair->whole ? needed : pair->least);
}

static double
rate(const Edition *edition, const LikePair *pair)
{
    const Unit *unit = pair->candidate->unit;
    double bonus = match_same_section(unit, pair->block)
                       ? SECTION_BONUS
                       : 0;
    bonus += match_beside(edition, unit, pair->block, -1) ? NEIGHBOUR_BONUS : 0;
    bonus += match_beside(edition, unit, pair->block, 1) ? NEIGHBOUR_BONUS : 0;
    return pair->likeness + bonus;
}

static bool
is_open(const LikePair *pair)
{
    return pair->candidate->unit->block == NULL && !pair->candidate->claimed &&
           is_free_block(pair->block);
}

/* the best open pair with a clear lead; *doubtful gets one that has none */
static LikePair *
find_best(const Edition *edition, const GArray *pairs, LikePair **doubtful)
{
    LikePair *best = NULL;
    double best_rate = 0;
    for (guint i = 0; i < pairs->len; i++) {
        LikePair *pair = &g_array_index(pairs, LikePair, i);
        double pair_rate = is_open(pair) ? rate(edition, pair) : 0;
        double reached = pair->whole ? pair_rate : pair->likeness;
        if (reached >= pair->least && pair_rate > best_rate) {
            best = pair;
            best_rate = pair_rate;
        }
    }
    for (guint i = 0; best != NULL && i < pairs->len; i++) {
        LikePair *rival = &g_array_index(pairs, LikePair, i);
        bool shares = rival->candidate == best->candidate ||
                      rival->block == best->block;
        if (rival != best && shares && is_open(rival) &&
            rate(edition, rival) > best_rate - LEAD) {
            *doubtful = best;
            return NULL;
        }
    }
    return best;
}

/* AMBIGUOUS: nobody gets the block, but people learn who might */
static void
give_up(Edition *edition, GArray *pairs, LikePair *doubtful)
{
    Candidate *candidate = doubtful->candidate;
    BaseBlock *block = doubtful->block;
    for (guint i = 0; i < pairs->len; i++) {
        LikePair *pair = &g_array_index(pairs, LikePair, i);
        if (is_open(pair) &&
            (pair->candidate == candidate || pair->block == block))
            add_hint(edition, pair->block, pair->candidate->unit);
    }
    candidate->claimed = true;
}

void
match_fuzzy(Edition *edition, bool empty)
{
    g_autoptr(GArray) units = free_units(edition, empty);
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(LikePair));
    WordIndex index = new_index(edition);
    for (guint i = 0; i < units->len; i++) {
        Candidate *candidate = &g_array_index(units, Candidate, i);
        count_shared(edition, &index, candidate->tokens);
        for (int j = 0; j < edition->block_count; j++) {
            LikePair pair = {candidate, &edition->blocks[j], 0, 0, false};
            if (is_free_block(pair.block) &&
                compare(edition, candidate, pair.block, index.shared[j], &pair))
                g_array_append_val(pairs, pair);
        }
    }
    clear_index(&index);
    for (;;) {
        LikePair *doubtful = NULL;
        LikePair *best = find_best(edition, pairs, &doubtful);
        if (best != NULL)
            match_pair(best->candidate->unit, best->block, MATCH_FUZZY);
        else if (doubtful != NULL)
            give_up(edition, pairs, doubtful);
        else
            break;
    }
}

/* ---- gaps ----------------------------------------------------------- */

void
hint_gaps(Edition *edition)
{
    for (guint i = 0; i < edition->units->len; i++) {
        Unit *unit = g_ptr_array_index(edition->units, i);
        if (!match_is_free(unit) || match_is_unwritten(unit))
            continue;
        const Unit *previous = match_neighbour(unit, -1);
        const Unit *next = match_neighbour(unit, 1);
        const BaseBlock *before = previous == NULL ? NULL : previous->block;
        const BaseBlock *after = next == NULL ? NULL : next->block;
        int order = before != NULL  ? before->order + 1
                    : after != NULL ? after->order - 1
                                    : -1;
        if (order < 0 || order >= edition->block_count ||
            (before != NULL && after != NULL && after->order != order + 1))
            continue;
        BaseBlock *block = &edition->blocks[order];
        const BaseBlock *side = before != NULL ? before : after;
        if (is_free_block(block) && block->chapter == side->chapter)
            add_hint(edition, block, unit);
    }
}
