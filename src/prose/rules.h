/* SPDX-License-Identifier: MIT */
/* styles/prose/LANG.xml: what is wrong in print in a language. */
#ifndef PROSE_RULES_H
#define PROSE_RULES_H

#include "base/diagnostic.h"

#include <glib.h>

typedef enum {
    RULE_QUOTATION,
    RULE_NUMBER,
    RULE_SPACE,
    RULE_ARTICLE, /* the number of an article: a fact, not to be typed */
    RULE_DATE,    /* a date: a fact, but in a note, which names a source */
    RULE_CONTACT, /* a number or address of help: likewise */
    RULE_KINDS
} RuleKind;

typedef struct {
    RuleKind kind;
    GRegex *find; /* what is wrong; of RULE_SPACE the space alone */
    char *help;
} Rule;

typedef struct {
    GArray *rules;          /* Rule */
    char *dictionary;       /* name of its files; NULL: any of the language */
    char *also;             /* a dictionary whose words may stand in notes,
                               emphasis, links and quotations; NULL */
} Rules;

/* Never NULL; empty where the language has no file.  prose-rule-invalid. */
Rules *rules_load(const char *styles_folder, const char *lang,
                  Diagnostics *diagnostics);
void rules_free(Rules *rules);

#endif
