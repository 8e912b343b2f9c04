/* SPDX-License-Identifier: MIT */
/*
 * The parts of research that research.c and findings.c share: the store of data
 * files, one block being made, and its words.
 */
#ifndef FACTS_RESEARCH_PARTS_H
#define FACTS_RESEARCH_PARTS_H

#include "facts/research.h"

typedef struct {
    char *file;
    xmlDoc *xml; /* NULL: diagnosed already */
    bool is_overdue_said;
} ResearchData;

struct ResearchStore {
    const Document *document;
    const FactsOptions *options;
    FactWaivers *waivers;
    Diagnostics *diagnostics;
    GHashTable *data;  /* ref -> ResearchData */
    xmlDoc *english;   /* styles/words.xml, or NULL */
    char *decimal, *group;
};

/* one block or <fact> being made */
typedef struct {
    ResearchStore *store;
    xmlNode *block;
    ResearchData *data;
    const xmlNode *root; /* of the data: <research> or <findings> */
    bool is_findings;
    xmlDoc *view;
} Making;

/* owned; the edition's word, else English as everywhere in the layout */
char *research_find_word(const ResearchStore *store, const char *name,
                         const char *fallback);
/* template with one {name} put in; owned */
char *research_put_in(const char *template, const char *name,
                      const char *value);
/* the child of this name in the edition's language (or, of a label, in none:
 * it serves all); owned; NULL where there are none in any */
char *research_take_word(const Making *making, const xmlNode *parent,
                         const char *name);
/* the value of a row or figure (NULL: none) as it is printed; owned */
char *research_figure_text(const Making *making, const xmlNode *figure);
/* the level of what a draft may lack */
DiagnosticLevel research_unfit(const ResearchStore *store);

/* research_sums.c.  Gives every figure that has a sum or difference its value;
 * false after research-sum. */
bool research_calculate(xmlNode *root, const char *file,
                        Diagnostics *diagnostics);
/* the <row> or <figure> of this key, or NULL */
const xmlNode *research_find_figure(const xmlNode *root, const char *key);
/* "37 + 10 + 1"; owned; NULL: it was not calculated */
char *research_parts_text(const Making *making, const xmlNode *figure);
/* "total = 37 + 10 + 1 = 48; ..." of all that have a label; owned */
char *research_calculations(const Making *making);

/* heads and rows of the view of findings */
void findings_fill_view(const Making *making, xmlNode *view);
/* "Found, 2020–2022": the status of a finding and its years; owned */
char *findings_phrase(const ResearchStore *store, const xmlNode *finding);
/* the word for expected, found or superseded; owned */
char *findings_status(const ResearchStore *store, const char *status);

#endif
