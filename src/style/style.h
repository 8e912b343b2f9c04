/* SPDX-License-Identifier: MIT */
/*
 * Style: Document + XSLT -> XSL-FO text -> FoTree with computed values.
 */
#ifndef STYLE_STYLE_H
#define STYLE_STYLE_H

#include "model/document.h"
#include "model/fo.h"

/* styles folder: the project's, else the installed one; owned; NULL and
 * diagnostic styles-missing */
char *style_folder(const char *root, Diagnostics *diagnostics);

/* runs STYLES/name (an XSLT 1.0 stylesheet) on input; no files but those of
 * STYLES, no network, no writing, bounded depth.  params: name, value, ...,
 * NULL as plain strings.  NULL after diagnostics (xslt-error ...). */
xmlDoc *style_transform(const xmlDoc *input, const char *styles,
                        const char *name, const char *const *params,
                        Diagnostics *diagnostics);

/* forgets the compiled stylesheets, which else live as long as the process and
 * are compiled again when a file of theirs changes */
void style_clear(void);

typedef struct {
    const char *root;          /* graphics are looked for here ... */
    const char *const *folders; /* ... below these, in order; NULL-terminated */
    /* the last folder is another language's: a drawing with words found only
     * there is an error (figure-not-translated) */
    bool last_is_foreign;
} FoReadOptions;

/* FO elements to nodes with computed styles; graphics loaded.  What is outside
 * the subset warns (fo-unknown-object, fo-unknown-property, fo-bad-value ...)
 * with its line, and it goes on.  NULL only for what is no XSL-FO at all
 * (fo-no-root, fo-no-pages).  options NULL: no picture is looked for. */
FoTree *fo_read(const xmlDoc *document, const char *file,
                const FoReadOptions *options, Diagnostics *diagnostics);

#endif
