/* SPDX-License-Identifier: MIT */
/*
 * What the two halves of page breaking share: the search (break.c) and the sums
 * that make the height of a page one subtraction (break_sums.c).
 */
#ifndef LAYOUT_BREAK_PARTS_H
#define LAYOUT_BREAK_PARTS_H

#include "layout/break.h"

enum {
    EASY_PAGE = 3,      /* from here on pages differ by parity only */
    PAGE_CLASSES = EASY_PAGE + 2,
    FREE = 2,           /* facing delta: any */
    FACINGS = 4,        /* -1, 0, +1, FREE */
    CHAINS = PAGE_CLASSES * FACINGS * 2,
    MAX_BADNESS = 1000000,
    MAX_RATIO = 1,      /* a space has a maximum: beyond it a page stays short */
};

/* demerits, to be compared with (10 + badness)^2 */
#define DELTA_DEMERITS ((int64_t)900)
#define VARIANT_DEMERITS ((int64_t)2500)
#define SPLIT_DEMERITS ((int64_t)10000)
#define CONTINUED_DEMERITS ((int64_t)2500)
#define LEFT_OVER_DEMERITS ((int64_t)100000000)
#define FORCED_DEMERITS ((int64_t)1000000000000)

/* the end of a page, on the best way that leads to this state */
typedef struct {
    int64_t cost;
    int element;        /* last of the page; -1: before the first page */
    int note;           /* note elements before this one are set */
    int previous;       /* index in nodes, -1 at the start */
    int next_index;     /* of the page that comes next */
    int variant;
    int32_t ratio;
    signed char delta, facing;
    bool forced;
    bool blank_after;
} BreakNode;

/* live breaks of one state, in order of their elements */
typedef struct {
    GArray *nodes;   /* int: index in Breaker.nodes */
    GArray *minima;  /* int: positions in nodes, of ever larger costs: the first
                        one from i on is the cheapest from i on */
    guint head, minima_head;
    Length least_room;
} Chain;

/* an element of a note, in the one sequence of all notes */
typedef struct {
    const Note *note;
    int index;
    bool ends; /* the last of its note */
    int first; /* where its note begins in the sequence */
} NoteElement;

typedef struct {
    const ElementList *list;
    const BreakOptions *options;
    int count;
    /* sums over the elements before i; count + 1 of each */
    Length *height, *stretch, *shrink;
    int *notes;
    int *paragraph_from; /* the first paragraph that begins at i or later */
    GArray *note_elements;
    Length *note_height;
    Length base_stretch; /* what a page may be short without stretching */
    Length most_extra;   /* most that heads, feet and variants add to a page */
    Length most_stretch; /* most that a retained gap adds */
    GArray *rooms;       /* PageRoom, as far as asked */
    GArray *nodes;       /* BreakNode */
    Chain chains[CHAINS];
    uint64_t live;       /* bit per chain that is not empty */
    BreakNode best[CHAINS]; /* ways to the element at hand, nothing carried */
    uint64_t reached;       /* bit per best that is set */
    GArray *carried;        /* BreakNode: ways that leave part of a note */
    int rescue;             /* node to go on from when nothing is live */
} Breaker;

G_STATIC_ASSERT(CHAINS <= 64);

typedef struct {
    Length natural, stretch, shrink;
} Content;

/* heights before each element and each element of the notes */
void sums_init(Breaker *breaker);
const NoteElement *note_element(const Breaker *breaker, int index);
PageRoom room_of(Breaker *breaker, int index);
/* of elements first..last on a page of their own, without notes */
Content content_of(const Breaker *breaker, int first, int last);
/* of note elements first..last-1 at the foot of a page, with the separator */
Length notes_height(const Breaker *breaker, int first, int last);
/* Where the notes of a page end that begins with note element `first` and has
 * those before `called` called on it or earlier: all if they fit, shrinking the
 * page if need be; else within the last one, of which something must stand
 * here; -1: they cannot. */
int fit_notes(const Breaker *breaker, int first, int called, Length space,
              Length shrink);

#endif
