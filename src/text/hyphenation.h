/* SPDX-License-Identifier: MIT */
/*
 * Hyphenator: where a word of one language may be divided.
 *
 * Liang's algorithm (Word Hy-phen-a-tion by Com-put-er, 1983) over the pattern
 * files that Debian ships as hyph_LANG.dic.  All patterns that match count, as
 * in TeX.  libhyphen applies only the longest pattern ending at each letter and
 * expects files prepared for that (its substrings.pl); several of Debian's are
 * not, and then a third to two thirds of the words come out wrong.  So the
 * library is only the judge in the tests, fed with prepared files.
 */
#ifndef TEXT_HYPHENATION_H
#define TEXT_HYPHENATION_H

#include <glib.h>
#include <stdbool.h>

typedef struct Hyphenator Hyphenator;

/* longest run of letters that is hyphenated */
enum { HYPHENATION_MAX_LETTERS = 100 };

/* the pattern file for a BCP 47 tag in the first folder that has one
 * (hyph_ll_RR.dic, hyph_ll.dic, else the first hyph_ll_*.dic by name); NULL:
 * none or not readable.  exceptions: words with "-" at their breaks, or NULL */
Hyphenator *hyphenator_new(const char *const *folders, const char *language,
                           const char *const *exceptions);
/* exactly this file; minima are those of the file, else of `language` */
Hyphenator *hyphenator_load(const char *file, const char *language);
void hyphenator_free(Hyphenator *hyphenator);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Hyphenator, hyphenator_free)

/* letters: lower case, composed.  levels[i] of count: the odd value of the
 * break after letter i, 0 for none; returns the number of breaks.  `points` is
 * Liang's plain result; `word` also knows the exceptions and drops
 * fragments that no reader could speak. */
int hyphenator_points(const Hyphenator *hyphenator, const gunichar *letters,
                      int count, unsigned char *levels);
int hyphenator_word(const Hyphenator *hyphenator, const gunichar *letters,
                    int count, unsigned char *levels);

#endif
