/* SPDX-License-Identifier: MIT */
/*
 * Segments: what a translator sees of a block.
 *
 * A list is translated by item, a table by cell, anything else whole; a
 * heading's marks, its id and a footnote's label stay at home.  A segment knows
 * where it stands in the raw lines, so that one returned text replaces exactly
 * its own bytes.
 */
#ifndef EXCHANGE_SEGMENT_H
#define EXCHANGE_SEGMENT_H

#include <glib.h>
#include <stdbool.h>

typedef enum {
    BLOCK_OTHER, /* literal lines; soft breaks folded where that is safe */
    BLOCK_HEADING,
    BLOCK_NOTE,
    BLOCK_LIST,
    BLOCK_TABLE,
} BlockKind;

typedef struct {
    char *name;        /* "", ".i3", ".r2c1" */
    gsize start, end;  /* bytes of the raw lines */
    int indent;        /* of the item's further lines */
    bool cell;
    char *text;        /* without blanks at both ends */
} Segment;

/* what raw lines are, comments before them left out */
BlockKind block_kind_of(const char *raw);
/* bytes of the comments on lines of their own that stand before a block (terms
 * of the index, notes), which no translator's tool sees */
gsize block_comments(const char *raw);
/* Segment, owned; in the order of the text; comments before it left out */
GPtrArray *segments_of(const char *raw, BlockKind kind);
/* the index of the segment with this name, or -1 */
int segment_index(const GPtrArray *segments, const char *name);
bool segments_alike(const GPtrArray *a, const GPtrArray *b);
/* raw with texts[i], where not NULL, in the place of segment i; owned */
char *segments_replace(const char *raw, const GPtrArray *segments,
                       const char *const *texts);
/* a returned text as an overlay will hold it in the place of this segment, so
 * that it can be compared with what is read there; owned */
char *segment_held(const Segment *segment, const char *text);
/* LF, NFC, no blanks at both ends: how texts are compared; owned */
char *segment_normalize(const char *text);

#endif
