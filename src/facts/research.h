/* SPDX-License-Identifier: MIT */
/*
 * Research: blocks of the manual that are made from figures or findings, and
 * figures in its sentences.
 *
 * manual/research/ID.xml (or the edition's own, locales/XX/research) is read,
 * its words taken in the edition's language, its numbers written as the
 * language writes them; styles/research-chart.xsl and research-table.xsl make
 * the block of that.
 */
#ifndef FACTS_RESEARCH_H
#define FACTS_RESEARCH_H

#include "facts/fact_waiver.h"

typedef struct ResearchStore ResearchStore;

/* document: whose words (separators, "source" ...) are used; all borrowed */
ResearchStore *research_store_new(const Document *document,
                                  const FactsOptions *options,
                                  FactWaivers *waivers,
                                  Diagnostics *diagnostics);
void research_store_free(ResearchStore *store);

/* puts a <research> block's figure, table and source line in its place; the
 * block stays as it is where they cannot be made (diagnosed) */
void research_replace(ResearchStore *store, xmlNode *block);

/* fills a <fact> whose ref is ID:KEY: the figure KEY as the table has
 * it, or the status of the finding KEY; false after diagnostics */
bool research_fill(ResearchStore *store, xmlNode *fact);

/* "10093.5" with the separators of a language: "10 093,5"; owned */
char *research_number(const char *value, const char *decimal,
                      const char *group);

#endif
