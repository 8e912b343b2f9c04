/* SPDX-License-Identifier: MIT */
/*
 * Canonical text (norm=1): what two texts must share to be "the same".
 *
 * Equality decides whether a translation is current, so it must not depend on
 * how a paragraph was wrapped, how a table was padded, or on the version of a
 * Markdown library.  It is therefore made from the lines themselves, by rules
 * that are written down in docs/format/overlay.md and never change: other rules
 * would be norm=2.
 */
#ifndef OVERLAY_CANONICAL_H
#define OVERLAY_CANONICAL_H

#include <stdbool.h>

#define CANONICAL_NORM 1
#define CANONICAL_HASH_SIZE 9 /* 8 hex digits and a NUL */

/* the canonical text of one or several blocks' raw lines (LF or CRLF, UTF-8 in
 * any normal form); one line for each leaf block, code verbatim; owned */
char *canonical_text(const char *text);
/* first 8 hex digits of the SHA-256 of a canonical text */
void canonical_hash(const char *canonical, char hash[CANONICAL_HASH_SIZE]);
/* the skeleton of a canonical text without its words: markers, heading levels,
 * cells of table rows; equal for texts of the same structure; owned */
char *canonical_shape(const char *canonical);

#endif
