/* SPDX-License-Identifier: MIT */
/*
 * An index cites every page on which what its key names stands.  A page is cited
 * once, pages that follow each other become one range; the separators are those
 * that XSL 1.1 has where none are given.  Pages that are no arabic numbers are
 * never joined.
 */
#include "layout/index_pages.h"

#include "layout/inline.h"

#include <string.h>

typedef struct {
    const FoNode *reference;
    const char *first, *last; /* folios */
    int from, to;             /* their numbers; 0: they are none */
} Span;

static int
number_of(const char *folio)
{
    size_t digits = strspn(folio, "0123456789");
    bool is_number = digits > 0 && digits < 9 && folio[digits] == '\0';
    return is_number ? (int)g_ascii_strtoll(folio, NULL, 10) : 0;
}

static Span
span_of(LayoutContext *context, const FoNode *reference)
{
    const char *id = fo_attribute(reference, FO_ATTRIBUTE_REF_INDEX_KEY);
    Span span = {.reference = reference};
    span.first = citation_text(context, id == NULL ? "" : id, false);
    span.last = citation_text(context, id == NULL ? "" : id, true);
    span.from = number_of(span.first);
    span.to = number_of(span.last);
    return span;
}

/* true where `next` was joined to `span` */
static bool
join(Span *span, const Span *next)
{
    bool are_numbers = span->from > 0 && span->to > 0 && next->from > 0;
    bool follows = are_numbers && next->from >= span->from &&
                   next->from <= span->to + 1;
    bool is_same = strcmp(span->first, next->first) == 0 &&
                   strcmp(span->last, next->last) == 0;
    if (follows && next->to > span->to) {
        span->to = next->to;
        span->last = next->last;
    }
    return follows || is_same;
}

static void
add_pages(GArray *pages, const Span *span)
{
    IndexPages range = {.reference = span->reference};
    bool is_one = strcmp(span->first, span->last) == 0;
    g_snprintf(range.text, sizeof range.text, "%s%s%s", span->first,
               is_one ? "" : "\342\200\223", is_one ? "" : span->last);
    g_array_append_val(pages, range);
}

GArray *
index_pages(LayoutContext *context, const FoNode *list)
{
    GArray *pages = g_array_new(FALSE, FALSE, sizeof(IndexPages));
    Span open = {0};
    for (const FoNode *child = list->first; child != NULL;
         child = child->next) {
        if (child->kind != FO_INDEX_KEY_REFERENCE)
            continue;
        Span span = span_of(context, child);
        if (open.reference != NULL && join(&open, &span))
            continue;
        if (open.reference != NULL)
            add_pages(pages, &open);
        open = span;
    }
    if (open.reference != NULL)
        add_pages(pages, &open);
    return pages;
}
