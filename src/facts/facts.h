/* SPDX-License-Identifier: MIT */
/*
 * Facts and research: every {{reference}} filled, every table and chart made
 * from data, each with its source and dates.
 */
#ifndef FACTS_FACTS_H
#define FACTS_FACTS_H

#include "model/document.h"

typedef struct {
    const char *edition; /* folder name in locales, or NULL: the base */
    const char *lang, *base_lang;
    const char *root;          /* project */
    const char *styles_folder; /* where research-*.xsl lie */
    bool of_base_country;      /* the edition tells the law of the base's */
    bool draft;
    bool print;                /* an overdue fact is an error unless waived */
    gint64 today;
} FactsOptions;

/* A new document.  <fact ref> keeps its element and gets the value as text
 * (a ref "ID:KEY": the figure of a research file);
 * <research ref> becomes a figure (with <svg>, alt, caption) and / or a table
 * and caption, made by the XSLT of the styles.  Diagnostics: unknown-fact (with
 * the nearest names), fact-missing (no local value), fact-overdue,
 * unknown-research, research-word-missing ... (docs/messages.md).
 * NULL where a file of facts cannot be read. */
Document *facts_apply(const Document *document, const FactsOptions *options,
                      Diagnostics *diagnostics);

#endif
