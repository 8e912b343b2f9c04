/* SPDX-License-Identifier: MIT */
/*
 * TotalFit; see total_fit.h.
 *
 * One pass with hyphens and TeX's capped badness; where that finds nothing, a
 * last pass in which badness is not capped, so that lines may be as loose as
 * they must, but the loosest ones are still told apart.  (TeX's
 * emergencystretch makes all lines look tight, and nothing is hyphenated any
 * more: 39 lines with spaces over 2.5 times their stretch at 240 pt instead of
 * 1.)
 *
 *   total_fit_break -> run_pass -> try_candidate -> try_line, keep_best
 *                               -> add_nodes
 *                   -> total_fit_again -> find_nearest
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
    /* from this ratio, in 1/297, badness exceeds TOLERANCE; comparing saves
     * most of the divisions */
    TOLERABLE_RATIO = 429,
    HIGHEST_RATIO = 30 * 297, /* of uncapped badness: 30 times the stretch */
    MOST_ACTIVE = 4000,       /* lines of thousands of zero-width breaks */
};

enum { VERY_LOOSE, LOOSE, DECENT, TIGHT };

/* a feasible break: the end of a line, and the start of the next */
typedef struct {
    Extent start;
    Length room;  /* of the next line, if it is not the last */
    int64_t demerits;
    int step;
    int line;     /* number of lines so far */
    uint8_t fitness;
    uint8_t hyphens; /* lines in a row that end in one; at most 255 */
    bool first;      /* the paragraph's start */
    bool cuts_word;
} Node;

/* the way back from it */
typedef struct {
    int candidate, previous; /* -1: the paragraph's start */
} Step;

/* the best way to a candidate among those that must be kept apart */
typedef struct {
    uint32_t key;
    int64_t demerits;
    int step, line; /* of the node before */
    uint8_t fitness, hyphens;
} Best;

struct TotalFit {
    GArray *steps;  /* Step */
    GArray *active; /* Node */
    GArray *best;   /* Best, of one candidate */
    /* of the pass */
    const Candidate *candidates;
    const FitOptions *options;
    bool uncapped;
    bool keep_ladder;
    bool by_lines; /* looseness: nodes with other numbers of lines are kept */
};

TotalFit *
total_fit_new(void)
{
    TotalFit *fit = g_new0(TotalFit, 1);
    fit->steps = g_array_new(FALSE, FALSE, sizeof(Step));
    fit->active = g_array_new(FALSE, FALSE, sizeof(Node));
    fit->best = g_array_new(FALSE, FALSE, sizeof(Best));
    return fit;
}

void
total_fit_free(TotalFit *fit)
{
    if (fit == NULL)
        return;
    g_array_free(fit->steps, TRUE);
    g_array_free(fit->active, TRUE);
    g_array_free(fit->best, TRUE);
    g_free(fit);
}

/* 100 r^3 as in TeX (The TeXbook, p. 97; tex.web 108): 297^3 is about
 * 100 * 2^18 */
static int64_t
badness(Length excess, Length room, bool uncapped)
{
    if (excess <= 0)
        return 0;
    if (room <= 0)
        return uncapped ? (int64_t)HIGHEST_RATIO * HIGHEST_RATIO *
                              HIGHEST_RATIO / 262144
                        : AWFUL_BADNESS;
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
static inline LineFit
measure_line(const TotalFit *fit, const Node *node, const Candidate *candidate,
             int64_t *bad, int *fitness)
{
    const FitOptions *options = fit->options;
    bool last = candidate->kind == BREAK_FORCED;
    Length natural = candidate->end.x - node->start.x;
    Length excess = node->room + candidate->right - natural;
    if (last)
        excess -= options->last_end_indent;
    *fitness = DECENT;
    *bad = 0;
    if (excess < 0) {
        Length shrink = candidate->end.shrink - node->start.shrink;
        if (-excess > shrink)
            return LINE_TOO_LONG;
        *bad = badness(-excess, shrink, false);
        if (*bad > 12)
            *fitness = TIGHT;
        return LINE_FITS;
    }
    excess -= candidate->end.fill - node->start.fill;
    if (excess <= 0)
        return LINE_FITS;
    if (last && !options->justify_last) {
        if (natural < options->short_last && !node->first)
            *bad = SHORT_LAST_BADNESS;
        return LINE_FITS;
    }
    Length stretch = candidate->end.stretch - node->start.stretch +
                     (last ? 0 : options->line_stretch);
    if (!fit->uncapped && excess * 297 >= stretch * TOLERABLE_RATIO)
        return LINE_TOO_LOOSE;
    *bad = badness(excess, stretch, fit->uncapped);
    *fitness = *bad > 99 ? VERY_LOOSE : *bad > 12 ? LOOSE : DECENT;
    return LINE_FITS;
}

static int64_t
line_demerits(const Node *node, const Candidate *candidate, int64_t bad,
              int fitness)
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
        if (last && node->cuts_word &&
            candidate->end.spaces == node->start.spaces)
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
keep_best(TotalFit *fit, Best found)
{
    found.key = found.fitness;
    if (fit->keep_ladder)
        found.key |= (uint32_t)found.hyphens << 2;
    if (fit->by_lines)
        found.key |= (uint32_t)found.line << 10;
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
static inline bool
try_line(TotalFit *fit, const Node *node, const Candidate *candidate)
{
    int64_t bad;
    int fitness;
    LineFit result = measure_line(fit, node, candidate, &bad, &fitness);
    if (result != LINE_FITS)
        return result == LINE_TOO_LOOSE;
    int hyphens = 0;
    if (is_hyphen_break(candidate)) {
        hyphens = MIN(node->hyphens + 1, 255);
        if (fit->keep_ladder && hyphens > fit->options->ladder)
            return true;
    }
    keep_best(fit, (Best){
                       .demerits = node->demerits +
                                   line_demerits(node, candidate, bad, fitness),
                       .step = node->step,
                       .line = node->line,
                       .fitness = (uint8_t)fitness,
                       .hyphens = (uint8_t)hyphens,
                   });
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
    bool all = fit->keep_ladder || fit->by_lines;
    guint count = fit->active->len;
    g_array_set_size(fit->active, count + fit->best->len);
    Node *active = (Node *)(void *)fit->active->data;
    for (guint i = 0; i < fit->best->len; i++) {
        /* could never win against the best one */
        if (!all && best[i].demerits > least + ADJACENT_DEMERITS)
            continue;
        const Step step = {candidate_index, best[i].step};
        active[count++] = (Node){
            .start = candidate->start,
            .room = fit->options->width + candidate->left,
            .demerits = best[i].demerits,
            .step = (int)fit->steps->len,
            .line = best[i].line + 1,
            .fitness = best[i].fitness,
            .hyphens = best[i].hyphens,
            .cuts_word = candidate->kind == BREAK_HYPHEN,
        };
        g_array_append_val(fit->steps, step);
    }
    g_array_set_size(fit->active, count);
}

/* Tries the candidate from all active nodes and drops those that are too far
 * behind; a forced break ends all lines.  False: nothing is left. */
static bool
try_candidate(TotalFit *fit, const Candidate *candidate, Node *dropped)
{
    bool last = candidate->kind == BREAK_FORCED;
    Node *active = (Node *)(void *)fit->active->data;
    guint count = fit->active->len, kept = 0;
    g_array_set_size(fit->best, 0);
    for (guint i = 0; i < count; i++) {
        if (!try_line(fit, &active[i], candidate)) {
            *dropped = active[i];
        } else if (!last) {
            if (kept != i)
                active[kept] = active[i];
            kept++;
        }
    }
    if (kept > MOST_ACTIVE) {
        memmove(active, active + kept - MOST_ACTIVE / 2,
                MOST_ACTIVE / 2 * sizeof *active);
        kept = MOST_ACTIVE / 2;
    }
    g_array_set_size(fit->active, kept);
    return fit->best->len > 0 || kept > 0;
}

static void
start_pass(TotalFit *fit, bool uncapped, bool keep_ladder)
{
    const FitOptions *options = fit->options;
    const Step step = {-1, -1};
    const Node first = {
        .start = options->start,
        .room = options->width - options->first_indent + options->first_left,
        .fitness = DECENT,
        .first = true,
    };
    fit->uncapped = uncapped;
    fit->keep_ladder = keep_ladder;
    /* what is not even set well is not set a line longer */
    fit->by_lines = options->looseness != 0 && !uncapped;
    g_array_set_size(fit->steps, 0);
    g_array_set_size(fit->active, 0);
    g_array_append_val(fit->steps, step);
    g_array_append_val(fit->active, first);
}

static bool
run_pass(TotalFit *fit, int count, bool uncapped, bool keep_ladder)
{
    start_pass(fit, uncapped, keep_ladder);
    for (int i = 0; i < count; i++) {
        Node dropped = {0};
        if (!try_candidate(fit, &fit->candidates[i], &dropped)) {
            if (!uncapped || keep_ladder)
                return false;
            /* a line that sticks out, because nothing else is left */
            keep_best(fit, (Best){.demerits = dropped.demerits,
                                  .step = dropped.step,
                                  .line = dropped.line,
                                  .fitness = DECENT});
        }
        if (fit->best->len > 0)
            add_nodes(fit, i);
    }
    return true;
}

/* the node with the number of lines nearest to `lines`; among those the best */
static const Node *
find_nearest(const TotalFit *fit, bool by_lines, int lines)
{
    const Node *active = (Node *)(void *)fit->active->data;
    const Node *nearest = NULL;
    int nearest_distance = 0;
    for (guint i = 0; i < fit->active->len; i++) {
        int distance = by_lines ? ABS(active[i].line - lines) : 0;
        if (nearest == NULL || distance < nearest_distance ||
            (distance == nearest_distance &&
             active[i].demerits < nearest->demerits)) {
            nearest = &active[i];
            nearest_distance = distance;
        }
    }
    return nearest;
}

void
total_fit_again(const TotalFit *fit, int looseness, GArray *breaks)
{
    const Node *end = find_nearest(fit, false, 0);
    if (fit->by_lines)
        end = find_nearest(fit, true, end->line + looseness);
    guint first = breaks->len;
    g_array_set_size(breaks, first + (guint)end->line);
    for (int i = end->line, at = end->step; i > 0; i--) {
        const Step *step = &g_array_index(fit->steps, Step, at);
        g_array_index(breaks, int, first + (guint)i - 1) = step->candidate;
        at = step->previous;
    }
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
    total_fit_again(fit, options->looseness, breaks);
    return pass;
}
