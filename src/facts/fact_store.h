/* SPDX-License-Identifier: MIT */
/*
 * Facts of an edition: the files of manual/facts and locales/XX/facts, and the
 * rule which value an edition may print.  An article of an act is a fact, too:
 * of the act "bpk" the article "186¹" is the fact "bpk-186-1".
 */
#ifndef FACTS_FACT_STORE_H
#define FACTS_FACT_STORE_H

#include "facts/facts.h"

typedef struct {
    char *id;
    bool is_common; /* else every country needs its own */
    const char *verified, *review_by; /* YYYY-MM-DD */
    const xmlNode *element; /* <fact>, or <article>: its number, any language's */
    const xmlNode *origin;  /* what has dates and sources: <fact> or <act> */
    Place place;
    bool is_overdue_said;
} Fact;

typedef struct FactStore FactStore;

/* reads and validates all files; what is wrong is diagnosed and left out */
FactStore *fact_store_load(const FactsOptions *options,
                           Diagnostics *diagnostics);
void fact_store_free(FactStore *store);

/* the edition's own fact of this id, or the base's; NULL: nobody has it */
Fact *fact_store_find(FactStore *store, const char *id);
/* ids of both, NULL-terminated; borrowed */
const char *const *fact_store_ids(FactStore *store);

/* the text that this edition prints, owned; NULL: it has none.  Never a text of
 * the base's language in another edition (promise 2 of the design). */
char *fact_store_value(FactStore *store, const char *id,
                       const FactsOptions *options);
/* all sources, "; " between them; owned */
char *fact_source(const Fact *fact);

/* the id of an act's article, by the act's id; owned */
char *fact_article_id(const char *act, const xmlNode *article);
/* true: the language of a text is the one wanted ("et" serves "et-EE") */
bool facts_is_language(const char *lang, const char *wanted);
/* the date review_by lies before today */
bool facts_is_overdue(const char *review_by, gint64 today);
/* xml_text with blanks folded; owned */
char *facts_text(const xmlNode *node);

#endif
