/* SPDX-License-Identifier: MIT */
/* Tag rules: two tables, from above and from below. */
#include "pdf/tag_rules.h"

#include <glib.h>
#include <string.h>

static const char standard_types[] =
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct "
    "Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody "
    "TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP "
    "Warichu WT WP Figure Formula Form";

typedef struct {
    const char *role, *others; /* words with spaces between */
} TagRule;

/* an element that may stand only in these */
static const TagRule parents[] = {
    {"TR", "Table THead TBody TFoot"},
    {"THead", "Table"},
    {"TBody", "Table"},
    {"TFoot", "Table"},
    {"TH", "TR"},
    {"TD", "TR"},
    {"LI", "L"},
    {"LBody", "LI"},
    {"TOCI", "TOC"},
};

/* an element that may hold only these */
static const TagRule kids[] = {
    {"Table", "TR THead TBody TFoot Caption"},
    {"THead", "TR"},
    {"TBody", "TR"},
    {"TFoot", "TR"},
    {"TR", "TH TD"},
    {"L", "L LI Caption"},
    {"LI", "Lbl LBody"},
    {"TOC", "TOC TOCI Caption"},
    {"TOCI", "Lbl Reference NonStruct P TOC"},
};

static bool
has_word(const char *words, const char *word)
{
    size_t length = strlen(word);
    const char *found = words;
    while ((found = strstr(found, word)) != NULL) {
        bool begins = found == words || found[-1] == ' ';
        found += length;
        if (begins && (*found == ' ' || *found == '\0'))
            return true;
    }
    return false;
}

static const char *
find_rule(const TagRule *rules, gsize count, const char *role)
{
    for (gsize i = 0; i < count; i++) {
        if (strcmp(rules[i].role, role) == 0)
            return rules[i].others;
    }
    return NULL;
}

bool
tag_is_standard(const char *role)
{
    return has_word(standard_types, role);
}

bool
tag_may_hold(const char *parent, const char *role)
{
    const char *above = find_rule(parents, G_N_ELEMENTS(parents), role);
    const char *below = find_rule(kids, G_N_ELEMENTS(kids), parent);
    return (above == NULL || has_word(above, parent)) &&
           (below == NULL || has_word(below, role));
}
