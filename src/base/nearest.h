/* SPDX-License-Identifier: MIT */
/*
 * Nearest names: the way out of a name that nobody knows.
 */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include <glib.h>

/* edits (insert, delete, replace, swap of neighbours) that make a of b, in
 * characters; more than `limit` is given as limit + 1 */
int nearest_distance(const char *a, const char *b, int limit);

/* the up to three names nearest to `wanted`, as "'this' or 'that'", nearest
 * first, equal ones in the order of `names`; NULL where none is near enough to
 * be meant.  names: NULL-terminated.  Owned. */
char *nearest_names(const char *wanted, const char *const *names);

/* "; did you mean 'this' or 'that'?", or "": for the end of a diagnostic */
char *nearest_question(const char *wanted, const char *const *names);

#endif
