/* SPDX-License-Identifier: MIT */
/*
 * Style: Document + XSLT -> XSL-FO -> FoTree with computed values.
 *
 * The XSL-FO of a book would be four times its FoTree.  So an FoReader takes it
 * in parts: what stands in a <vad:emit> (namespace urn:vadovas:fo, which must
 * be among the extension-element-prefixes) directly in the result's outermost
 * element is read as soon as it is made, and freed.  Without a reader, and
 * elsewhere, a vad:emit does nothing but what it holds.
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

/* The same in parts; file, options: borrowed.  root is the same element each
 * time (NULL: there is none), with children that were not read yet; nothing of
 * it is kept. */
typedef struct FoReader FoReader;
FoReader *fo_reader_new(const char *file, const FoReadOptions *options,
                        Diagnostics *diagnostics);
void fo_reader_free(FoReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FoReader, fo_reader_free)
Diagnostics *fo_reader_diagnostics(const FoReader *reader);
void fo_reader_add(FoReader *reader, const xmlNode *root);
/* when all was read; as fo_read */
FoTree *fo_reader_finish(FoReader *reader);

/* style_transform with the result read; false after diagnostics */
bool style_transform_to(FoReader *reader, const xmlDoc *input,
                        const char *styles, const char *name,
                        const char *const *params);

#endif
