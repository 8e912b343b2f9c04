/* SPDX-License-Identifier: MIT */
/*
 * Where in the source a piece of inline text stands.
 *
 * cmark's positions of inlines are wrong after entities, in tables and in
 * quotes.  A Locator walks the source of one block in step with cmark's tree:
 * every text, delimiter and link of the tree moves it over the characters it
 * came from.  What does not fit is skipped; after some misses the locator
 * stands still, and places stay near instead of exact.
 */
#ifndef READ_MARKDOWN_LOCATE_H
#define READ_MARKDOWN_LOCATE_H

#include "base/source.h"

typedef struct {
    const char *text;
    size_t position, end; /* byte offsets of the source */
    int quotes;           /* block quotes around: `>` at each line's start */
    int misses;
} Locator;

void locator_init(Locator *locator, const Source *source, size_t start,
                  size_t end, int quotes);
/* moves over `length` bytes of a text node; gives the offset of its first
 * character, and whether that is written as an escape (\* or &ast;) */
size_t locator_text(Locator *locator, const char *literal, size_t length,
                    bool *escaped);
/* moves over `count` of one of these characters, if they stand here */
void locator_delimiter(Locator *locator, const char *characters, int count);
size_t locator_code(Locator *locator);
size_t locator_html(Locator *locator, const char *literal);
/* a soft or hard line break, and what stands before the next line's text */
void locator_break(Locator *locator);
/* `[^label]` */
size_t locator_note(Locator *locator);
/* `[` or `![` or `<` */
size_t locator_open_link(Locator *locator);
/* `](target "title")`, `][label]`, `]` or `>`; title: the raw characters
 * between the quotes, start == end where there is none */
typedef struct {
    size_t start, end;
} LocatorSpan;
LocatorSpan locator_close_link(Locator *locator);

#endif
