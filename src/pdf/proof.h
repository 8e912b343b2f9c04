/* SPDX-License-Identifier: MIT */
/*
 * Proof: what was taken out is nowhere in the file, what was kept is there.
 *
 * Beforehand it is told every text that was removed and every text that was
 * kept; then it reads the finished file back (read_text.h) and compares.  Of
 * removed texts, runs of five words are looked for that stand in no kept text;
 * kept texts must all stand on the pages, cut at most where pages end.
 */
#ifndef PDF_PROOF_H
#define PDF_PROOF_H

#include "base/diagnostic.h"

typedef struct Proof Proof;

Proof *proof_new(void);
void proof_free(Proof *proof);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Proof, proof_free)

void proof_add_removed(Proof *proof, const char *text, Place place);
/* on_page false: it may be anywhere or nowhere (metadata, descriptions) */
void proof_add_kept(Proof *proof, const char *text, bool on_page, Place place);

/* False after diagnostics: text-leaked, text-lost; or error where the file
 * cannot be read.  is_whole false: a part of the book, kept texts may be
 * missing.  May be called for several files. */
bool proof_check(Proof *proof, GBytes *pdf, bool is_whole,
                 Diagnostics *diagnostics, GError **error);

#endif
