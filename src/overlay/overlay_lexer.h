/* SPDX-License-Identifier: MIT */
/*
 * The line scanner of overlay files: directives, their sections, and the lines
 * of local text behind them.  It knows no Markdown but the code fence, inside
 * which everything is text.
 */
#ifndef OVERLAY_OVERLAY_LEXER_H
#define OVERLAY_OVERLAY_LEXER_H

#include "base/arena.h"
#include "base/source.h"

typedef struct {
    const char *name, *value; /* value NULL: a flag word */
} DirectiveAttribute;

typedef struct {
    const char *name;     /* src now diff tgt note */
    const char *argument; /* word behind the name, "" if none */
    const char *body;     /* unescaped, LF line ends, none at the end */
} DirectiveSection;

enum { MAX_SECTIONS = 5 };

typedef struct {
    const char *operation;
    int first, last; /* lines of the comment */
    DirectiveAttribute *attributes;
    int attribute_count;
    DirectiveSection sections[MAX_SECTIONS];
    int section_count;
    bool mended;                /* closed by an autocorrected arrow */
    int text_first, text_last;  /* local text; text_first 0: none */
} Directive;

typedef struct {
    Directive *directives;
    int count;
    int preamble_first, preamble_last; /* before all directives; 0: none */
} DirectiveList;

/* Takes a file apart.  False after error diagnostics (conflict-marker,
 * directive-place, directive-unclosed, directive-syntax, directive-escape,
 * overlay-fence-open); what could be read is in the list all the same.
 * Everything lives in the arena. */
bool overlay_lex(const Source *source, Arena *arena, DirectiveList *list,
                 Diagnostics *diagnostics);

/* The two escapes.  --> becomes --\> and --!> becomes --\!>, a line that begins
 * with = gets a backslash in front; what already has backslashes gets one more,
 * so that both ways are exact.  Owned. */
char *overlay_escape(const char *text);
char *overlay_unescape(const char *text);
/* only the first of the two, for attributes */
char *overlay_escape_arrow(const char *text);

#endif
