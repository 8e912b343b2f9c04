/* SPDX-License-Identifier: MIT */
/*
 * Prose: spelling and typography of an edition's text.
 *
 * What is wrong in a language stands in data: Debian's dictionaries, the word
 * list of the edition (FOLDER/spelling.txt) and the rules of
 * styles/prose/LANG.xml.
 */
#ifndef PROSE_PROSE_H
#define PROSE_PROSE_H

#include "model/document.h"

typedef struct {
    const char *root;          /* project */
    const char *styles_folder;
    const char *folder;        /* "manual", "locales/et" */
    const char *lang;
    const char *base_lang;     /* NULL: it is the base */
} ProseOptions;

/* document: after the overlay stage, facts still to be filled in.  Says
 * word-unknown, word-foreign, word-doubled, quotation-mark, number-format,
 * dictionary-missing, and spaces-tied, a note. */
void prose_check(const Document *document, const ProseOptions *options,
                 Diagnostics *diagnostics);

/* Makes a no-break space of every space at which the rules of the language
 * want no line to end, in the texts of the chapters and of the imprint. */
void prose_tie(Document *document, const ProseOptions *options,
               Diagnostics *diagnostics);

#endif
