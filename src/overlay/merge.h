/* SPDX-License-Identifier: MIT */
/*
 * Three-way merge of an overlay file, unit by unit.
 *
 * A unit is a text and a claim: "this text is about that text of the base".
 * The merge never makes a claim that neither side made about the text that it
 * keeps, so a stale unit stays stale until a person says otherwise.
 */
#ifndef OVERLAY_MERGE_H
#define OVERLAY_MERGE_H

#include "base/arena.h"
#include "base/source.h"

typedef struct {
    char *text;    /* owned */
    int conflicts; /* units with git's marks in their text */
} MergeResult;

/* ancestor may hold nothing.  False where a file cannot be read as an overlay:
 * diagnostics, no text. */
bool overlay_merge(Source *ancestor, Source *ours, Source *theirs,
                   MergeResult *result, Diagnostics *diagnostics);

#endif
