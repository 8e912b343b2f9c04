/* SPDX-License-Identifier: MIT */
/* What a returned text may have broken. */
#ifndef EXCHANGE_CHECK_H
#define EXCHANGE_CHECK_H

/* NULL, or in words which footnotes, facts, references, pictures or numbers of
 * source are not those of target; numbers that were already so in `old` are
 * local and fine.  Owned. */
char *check_segment(const char *source, const char *target, const char *old);
/* NULL, or that the block's structure is not the base's (nor the old target's) */
char *check_shape(const char *base, const char *target, const char *old);

#endif
