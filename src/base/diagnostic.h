/* SPDX-License-Identifier: MIT */
/*
 * Diagnostics: what the author's text makes us say.
 *
 * A diagnostic is a value with a stable name, a place and a text that ends in a
 * way out.  Stages add to one collection and still give a usable result; only
 * the pipeline decides what stops a build.  The texts are English or, for the
 * translators' words, of the message catalogue.
 */
#ifndef BASE_DIAGNOSTIC_H
#define BASE_DIAGNOSTIC_H

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

typedef enum {
    LEVEL_NOTE,
    LEVEL_WARNING,
    LEVEL_ERROR,   /* the text is unfit: exit code 1, no PDF unless --draft */
    LEVEL_INVALID, /* input cannot be read at all: exit code 2 */
} DiagnosticLevel;

/* line and column count from 1, column in characters; 0 = not known.
 * file is relative to the project where it can be; borrowed by callers,
 * interned (g_intern_string) by the collection. */
typedef struct {
    const char *file;
    int line;
    int column;
} Place;

typedef struct {
    DiagnosticLevel level;
    const char *name; /* stable, kebab-case, explained in docs/messages.md */
    Place place;
    char *text;
} Diagnostic;

typedef struct Diagnostics Diagnostics;

Diagnostics *diagnostics_new(void);
void diagnostics_free(Diagnostics *diagnostics);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Diagnostics, diagnostics_free)

/* name must be a string literal.  The same name, place and text twice is kept
 * once.  Thread-safe: no. */
void diagnostics_add(Diagnostics *diagnostics, DiagnosticLevel level,
                     const char *name, Place place, const char *format, ...)
    G_GNUC_PRINTF(5, 6);

/* what another process of ours said; copied */
void diagnostics_repeat(Diagnostics *diagnostics, const Diagnostic *one);

/* forgets what was said, so that the next of several editions says it again;
 * diagnostics_write still writes equal ones once */
void diagnostics_begin_section(Diagnostics *diagnostics);

int diagnostics_count(const Diagnostics *diagnostics, DiagnosticLevel level);
/* number of diagnostics of this level or above */
int diagnostics_count_from(const Diagnostics *diagnostics,
                           DiagnosticLevel level);
/* in the order they were added; borrowed */
const Diagnostic *diagnostics_get(const Diagnostics *diagnostics, int index);
int diagnostics_length(const Diagnostics *diagnostics);
bool diagnostics_has(const Diagnostics *diagnostics, const char *name);

typedef enum {
    DIAGNOSTICS_TEXT,  /* file:line:col: level: text [name] */
    DIAGNOSTICS_CARET, /* the same and the source line with a caret */
    DIAGNOSTICS_JSON,  /* a JSON object on each line */
} DiagnosticsForm;

/* writes diagnostics from index `start`; root: the project folder, where the
 * source lines of DIAGNOSTICS_CARET are read, or NULL */
void diagnostics_write(const Diagnostics *diagnostics, int start,
                       DiagnosticsForm form, const char *root, FILE *stream);

#endif
