/* SPDX-License-Identifier: MIT */
/*
 * TotalFit: the best breaks of a paragraph (Knuth and Plass 1981, as in TeX).
 *
 * Knows no characters: it sees candidates, each with the sums of widths,
 * stretch and shrink up to a line end there and up to the start of a line after
 * it.  Badness and demerits are TeX's, in integers.
 */
#ifndef TEXT_TOTAL_FIT_H
#define TEXT_TOTAL_FIT_H

#include <glib.h>

#include "text/word_cache.h"

/* sums from the paragraph's start */
typedef struct {
    Length x, stretch, shrink; /* of spaces and of glyph scaling together */
    Length scaling;            /* the part of both that is glyph scaling */
    Length fill;               /* of leaders: stretches before all else */
    int32_t spaces;            /* that stretch */
} Extent;

typedef struct {
    Extent end;   /* of a line that ends here, with hyphen, without space */
    Extent start; /* of a line that begins here */
    int32_t right, left; /* protrusion of that end and that start */
    int32_t penalty;
    uint8_t kind;     /* BreakKind */
    bool soft_kerned; /* reshaped: start is exact only for a whole rest */
    int item;         /* last of the line */
    int next_item;    /* first of the next line; may be the same word */
    const WordBreak *at; /* inside `item`; NULL: behind it */
} Candidate;

typedef struct {
    Length width;
    Length first_indent, last_end_indent;
    Length first_left;   /* protrusion at the start of the first line */
    Length line_stretch; /* of a line that need not be full: ragged text */
    Length short_last;   /* a last line shorter than this is bad */
    Extent start;        /* of the first line */
    bool justify_last;
    int looseness;  /* only where the paragraph can be set well */
    int ladder;     /* 0: none */
} FitOptions;

typedef struct TotalFit TotalFit;
TotalFit *total_fit_new(void);
void total_fit_free(TotalFit *fit);

typedef enum { FIT_GOOD, FIT_UNCAPPED } FitPass;
/* Breaks at candidates[0..count-1], the last being BREAK_FORCED.  Appends the
 * index of each line's end to breaks (int).  Always succeeds; says how. */
FitPass total_fit_break(TotalFit *fit, const Candidate *candidates, int count,
                        const FitOptions *options, GArray *breaks);
/* the same candidates, after a good break with some looseness, with another
 * one: every number of lines is known already */
void total_fit_again(const TotalFit *fit, int looseness, GArray *breaks);

/* width to be filled by a line */
static inline Length
fit_line_width(const FitOptions *options, bool first, bool last)
{
    return options->width - (first ? options->first_indent : 0) -
           (last ? options->last_end_indent : 0);
}

#endif
