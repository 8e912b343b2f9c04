/* SPDX-License-Identifier: MIT */
/*
 * Every fact and every table of research of an edition: what it says, who said
 * so, until when that holds, and which blocks print it.
 */
#ifndef FACTS_FACT_LIST_H
#define FACTS_FACT_LIST_H

#include "facts/facts.h"

typedef struct {
    const char *block; /* id of the nearest block */
    Place place;
} FactUse;

typedef struct {
    const char *kind;  /* "fact", "research" */
    char *id;
    char *value;       /* text or title; NULL: the edition has none */
    char *source, *verified, *review_by;
    bool is_common, is_overdue;
    bool is_secondary; /* confidence W: what was read is not the act itself */
    char *waived;      /* the reason, where a waiver lets it into print */
    Place place;       /* where it is written */
    GArray *uses;      /* FactUse, in the order of the manual */
} FactEntry;

/* document: before its facts are filled in.  FactEntry, owned: facts by id, then
 * research by id.  A base's fact that this edition neither uses nor has a value
 * for is left out. */
GPtrArray *facts_list(const Document *document, const FactsOptions *options,
                      Diagnostics *diagnostics);
const FactEntry *facts_list_find(const GPtrArray *list, const char *id);
/* not let into print: overdue and not waived */
bool fact_entry_stops_print(const FactEntry *entry);

/* the page of each block: id -> folio; NULL: not asked for */
char *facts_list_text(const GPtrArray *list, const char *edition,
                      GHashTable *pages);
/* one JSON object; owned, like the text */
char *facts_list_json(const GPtrArray *list, const char *edition,
                      GHashTable *pages);

#endif
