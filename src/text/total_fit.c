/* SPDX-License-Identifier: MIT */
/*
 * TotalFit; see total_fit.h.
 *
 * One pass with hyphens and TeX's capped badness; where that finds nothing, a
 * last pass in which badness is not capped, so that lines may be as loose as
 * they must, but the loosest ones are still told apart.  (TeX's emergencystretch
 * makes all lines look tight, and nothing is hyphenated any more: 39 lines with
 * spaces over 2.5 times their stretch at 240 pt instead of 1.)
 *
 *   total_fit_break -> run_pass -> try_line for each (active node, candidate)
 *                               -> keep_best, add_nodes
 *                   -> choose_last -> write_breaks
 */
#include "text/total_fit.h"

#include <string.h>

enum {
    TOLERANCE = 300,
    LINE_PENALTY = 10,
    ADJACENT_DEMERITS = 10000,
    DOUBLE_HYPHEN_DEMERITS = 100000,
    FINAL_HYPHEN_DEMERITS = 5000,
    FRAGMENT_DEMERITS = 1000000, /* a last line that is only a word's end */
    SHORT_LAST_BADNESS = 100,
    AWFUL_BADNESS = 10000,
    HIGHEST_RATIO = 30 * 297, /* of uncapped badness: 30 times the stretch */
    MOST_ACTIVE = 4000,       /* lines of thousands of zero-width breaks */
};

enum { VERY_LOOSE, LOOSE, DECENT, TIGHT };

typedef struct {
    int candidate; /* that ended the line before; -1: paragraph's start */
    int previous;  /* node */
    int line;      /* number of lines so far */
    uint8_t fitness;
    uint8_t hyphens; /* lines in a row that end in one; at most 255 */
    int64_t demerits;
    Extent start;
    Length left;
} Node;

/* the best way to a candidate among those that must be kept apart */
typedef struct {
    uint32_t key;
    int64_t demerits;
    int node;
    uint8_t fitness, hyphens;
} Best;

struct TotalFit {
    GArray *nodes;  /* Node */
    GArray *active; /* int */
    GArray *best;   /* Best, of one candidate */
    /* of the pass */
    const Candidate *candidates;
    const FitOptions *options;
    bool uncapped;
    bool keep_ladder;
};

TotalFit *
total_fit_new(void)
{
    TotalFit *fit = g_new0(TotalFit, 1);
    fit->nodes = g_array_new(FALSE, FALSE, sizeof(Node));
    fit->active = g_array_new(FALSE, FALSE, sizeof(int));
    fit->best = g_array_new(FALSE, FALSE, sizeof(Best));
    return fit;
}

void
total_fit_free(TotalFit *fit)
{
    if (fit == NULL)
        return;
    g_array_free(fit->nodes, TRUE);
    g_array_free(fit->active, TRUE);
    g_array_free(fit->best, TRUE);
    g_free(fit);
}

/* 100 r^3 as in TeX (The TeXbook, p. 97; tex.web 108): 297^3 is about 100 * 2^18 */
static int64_t
badness(Length excess, Length room, bool uncapped)
{
    /* above this ratio the capped badness exceeds TOLERANCE; comparing saves
     * most of the divisions */
    enum { TOLERABLE_RATIO = 429 };
    if (excess <= 0)
        return 0;
    if (room <= 0)
        return uncapped ? (int64_t)HIGHEST_RATIO * HIGHEST_RATIO *
                              HIGHEST_RATIO / 262144
                        : AWFUL_BADNESS;
    if (!uncapped && excess * 297 >= room * TOLERABLE_RATIO)
        return AWFUL_BADNESS;
    int64_t ratio = excess * 297 / room;
    if (ratio > HIGHEST_RATIO)
        ratio = HIGHEST_RATIO;
    return (ratio * ratio * ratio + 131072) / 262144;
}

static bool
is_hyphen_break(const Candidate *candidate)
{
    return candidate->kind == BREAK_HYPHEN || candidate->kind == BREAK_EXPLICIT;
}

/* ---- one line ---- */

typedef enum { LINE_FITS, LINE_TOO_LOOSE, LINE_TOO_LONG } LineFit;

/* how the line from node to candidate would look */
static LineFit
measure_line(const TotalFit *fit, const Node *node, const Candidate *candidate,
             int64_t *bad, int *fitness)
{
    const FitOptions *options = fit->options;
    bool last = candidate->kind == BREAK_FORCED;
    bool first = node->candidate < 0;
    Length natural = candidate->end.x - node->start.x;
    Length excess = fit_line_width(options, first, last) + node->left +
                    candidate->right - natural;
    *fitness = DECENT;
    if (excess < 0) {
        Length shrink = candidate->end.shrink - node->start.shrink;
        if (-excess > shrink)
            return LINE_TOO_LONG;
        *bad = badness(-excess, shrink, false);
        if (*bad > 12)
            *fitness = TIGHT;
        return LINE_FITS;
    }
    *bad = 0;
    excess -= candidate->end.fill - node->start.fill;
    if (excess <= 0)
        return LINE_FITS;
    if (last && !options->justify_last) {
        if (natural < options->short_last && !first)
            *bad = SHORT_LAST_BADNESS;
        return LINE_FITS;
    }
    Length stretch = candidate->end.stretch - node->start.stretch +
                     (last ? 0 : options->line_stretch);
    *bad = badness(excess, stretch, fit->uncapped);
    *fitness = *bad > 99 ? VERY_LOOSE : *bad > 12 ? LOOSE : DECENT;
    return !fit->uncapped && *bad > TOLERANCE ? LINE_TOO_LOOSE : LINE_FITS;
}

static int64_t
line_demerits(const TotalFit *fit, const Node *node, const Candidate *candidate,
              int64_t bad, int fitness)
{
    bool last = candidate->kind == BREAK_FORCED;
    int64_t demerits = LINE_PENALTY + bad;
    demerits *= demerits;
    demerits += (int64_t)candidate->penalty * candidate->penalty;
    if (node->hyphens > 0) {
        if (is_hyphen_break(candidate))
            demerits += DOUBLE_HYPHEN_DEMERITS;
        if (last)
            demerits += FINAL_HYPHEN_DEMERITS;
        if (last && candidate->end.spaces == node->start.spaces &&
            fit->candidates[node->candidate].kind == BREAK_HYPHEN)
            demerits += FRAGMENT_DEMERITS;
    }
    if (ABS(fitness - node->fitness) > 1)
        demerits += ADJACENT_DEMERITS;
    return demerits;
}

/* Nodes at one candidate differ for what follows only in fitness, in the number
 * of hyphens in a row where that is limited, and in the number of lines where a
 * certain one is wanted. */
static void
keep_best(TotalFit *fit, Best found, int line)
{
    found.key = found.fitness;
    if (fit->keep_ladder)
        found.key |= (uint32_t)found.hyphens << 2;
    if (fit->options->looseness != 0)
        found.key |= (uint32_t)line << 10;
    Best *best = (Best *)(void *)fit->best->data;
    for (guint i = 0; i < fit->best->len; i++)
        if (best[i].key == found.key) {
            if (found.demerits <= best[i].demerits)
                best[i] = found;
            return;
        }
    g_array_append_val(fit->best, found);
}

/* false: no line from this node can end here or later */
static bool
try_line(TotalFit *fit, int index, const Candidate *candidate)
{
    const Node *node = &g_array_index(fit->nodes, Node, index);
    int64_t bad;
    int fitness;
    LineFit result = measure_line(fit, node, candidate, &bad, &fitness);
    if (result == LINE_TOO_LONG)
        return false;
    if (result == LINE_TOO_LOOSE)
        return true;
    int hyphens = 0;
    if (is_hyphen_break(candidate)) {
        hyphens = MIN(node->hyphens + 1, 255);
        if (fit->keep_ladder && hyphens > fit->options->ladder)
            return true;
    }
    Best found = {
        .demerits = node->demerits +
                    line_demerits(fit, node, candidate, bad, fitness),
        .node = index,
        .fitness = (uint8_t)fitness,
        .hyphens = (uint8_t)hyphens,
    };
    keep_best(fit, found, node->line + 1);
    return true;
}

/* ---- a pass ---- */

static void
add_nodes(TotalFit *fit, int candidate_index)
{
    const Candidate *candidate = &fit->candidates[candidate_index];
    const Best *best = (Best *)(void *)fit->best->data;
    int64_t least = INT64_MAX;
    for (guint i = 0; i < fit->best->len; i++)
        least = MIN(least, best[i].demerits);
    bool all = fit->keep_ladder || fit->options->looseness != 0;
    for (guint i = 0; i < fit->best->len; i++) {
        /* could never win against the best one */
        if (!all && best[i].demerits > least + ADJACENT_DEMERITS)
            continue;
        Node node = {
            .candidate = candidate_index,
            .previous = best[i].node,
            .line = g_array_index(fit->nodes, Node, best[i].node).line + 1,
            .fitness = best[i].fitness,
            .hyphens = best[i].hyphens,
            .demerits = best[i].demerits,
            .start = candidate->start,
            .left = candidate->left,
        };
        int index = (int)fit->nodes->len;
        g_array_append_val(fit->nodes, node);
        g_array_append_val(fit->active, index);
    }
}

/* a line that sticks out, because nothing else is left */
static void
keep_overfull(TotalFit *fit, int index)
{
    const Node *node = &g_array_index(fit->nodes, Node, index);
    Best found = {
        .demerits = node->demerits, .node = index, .fitness = DECENT};
    keep_best(fit, found, node->line + 1);
}

static bool
run_pass(TotalFit *fit, int count, bool uncapped, bool keep_ladder)
{
    fit->uncapped = uncapped;
    fit->keep_ladder = keep_ladder;
    g_array_set_size(fit->nodes, 0);
    g_array_set_size(fit->active, 0);
    const Node first = {.candidate = -1,
                        .previous = -1,
                        .fitness = DECENT,
                        .start = fit->options->start,
                        .left = fit->options->first_left};
    const int first_index = 0;
    g_array_append_val(fit->nodes, first);
    g_array_append_val(fit->active, first_index);
    for (int i = 0; i < count; i++) {
        const Candidate *candidate = &fit->candidates[i];
        bool last = candidate->kind == BREAK_FORCED;
        g_array_set_size(fit->best, 0);
        int *active = (int *)(void *)fit->active->data;
        guint kept = 0;
        int dropped = -1;
        for (guint k = 0; k < fit->active->len; k++) {
            int index = active[k];
            if (!try_line(fit, index, candidate))
                dropped = index;
            else if (!last)
                active[kept++] = index;
        }
        if (kept > MOST_ACTIVE) {
            memmove(active, active + kept - MOST_ACTIVE / 2,
                    MOST_ACTIVE / 2 * sizeof *active);
            kept = MOST_ACTIVE / 2;
        }
        g_array_set_size(fit->active, kept);
        if (fit->best->len == 0 && kept == 0) {
            if (!uncapped || keep_ladder)
                return false;
            keep_overfull(fit, dropped);
        }
        add_nodes(fit, i);
    }
    return true;
}

/* the active node with the number of lines nearest to the wanted one */
static int
choose_last(const TotalFit *fit)
{
    int best = -1, lines = 0;
    for (int wanted = 0; wanted < 2; wanted++) {
        int nearest = best;
        for (guint i = 0; i < fit->active->len; i++) {
            int index = g_array_index(fit->active, int, i);
            const Node *node = &g_array_index(fit->nodes, Node, index);
            if (nearest < 0) {
                nearest = index;
                continue;
            }
            const Node *other = &g_array_index(fit->nodes, Node, nearest);
            int distance = ABS(node->line - lines) * wanted;
            int other_distance = ABS(other->line - lines) * wanted;
            if (distance < other_distance ||
                (distance == other_distance &&
                 node->demerits < other->demerits))
                nearest = index;
        }
        best = nearest;
        if (fit->options->looseness == 0)
            break;
        lines = g_array_index(fit->nodes, Node, best).line +
                fit->options->looseness;
    }
    return best;
}

FitPass
total_fit_break(TotalFit *fit, const Candidate *candidates, int count,
                const FitOptions *options, GArray *breaks)
{
    g_assert(count > 0 && candidates[count - 1].kind == BREAK_FORCED);
    bool ladder = options->ladder > 0 && options->ladder < 200;
    fit->candidates = candidates;
    fit->options = options;
    FitPass pass = FIT_GOOD;
    if (!run_pass(fit, count, false, ladder)) {
        pass = FIT_UNCAPPED;
        if (!ladder || !run_pass(fit, count, true, true))
            run_pass(fit, count, true, false);
    }
    int index = choose_last(fit);
    guint first = breaks->len;
    int lines = g_array_index(fit->nodes, Node, index).line;
    g_array_set_size(breaks, first + (guint)lines);
    for (int i = lines; i > 0; i--) {
        const Node *node = &g_array_index(fit->nodes, Node, index);
        g_array_index(breaks, int, first + (guint)i - 1) = node->candidate;
        index = node->previous;
    }
    return pass;
}
