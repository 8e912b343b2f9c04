/* SPDX-License-Identifier: MIT */
/*
 * Document: the first of the three trees, an xmlDoc in our own schema
 * (src/schemas/document.rng), without namespace.
 *
 *   <document edition="et" lang="et" base-lang="lt">
 *     <edition lang country module via revision date law-date>
 *       <title> <subtitle> <project> <imprint file><p place>..,
 *         <waiver key src date>,
 *         <waiver fact review-by date>
 *     <words><word name="contents">Sisukord</word> ..
 *     <workshop audience countries languages sample copy?> title topic ..: of
 *       what is made for one (pipeline/workshop.h)
 *     <chapter id="pozymiai" file="manual/04-x.md" role="front|chapter|annex|form">
 *       BLOCK ..; omitted="yes": headings alone, which are not set
 *
 * BLOCK, each with id, at, place="LINE:COLUMN-ENDLINE" (one attribute: four
 * would be most of a tree's memory) and file where it is not the chapter's:
 *   heading level="1..6" (INLINE)        paragraph (INLINE)
 *   caption (INLINE): of the table just before it
 *   list type="bullet|ordered|task" start tight="yes|no"
 *     > item checked="yes|no"? > BLOCK ..      (id, line too)
 *   table > row header="yes"? > cell align="left|center|right"? (INLINE)
 *   quote > BLOCK ..
 *   callout kind="note|tip|important|warning|caution|case|exercise|trainer|
 *     law|checklist" > title? (INLINE), BLOCK ..
 *   code info? (text)      figure src alt > caption? (INLINE)
 *   research ref form="chart|table|both"      break      raw (text; never set)
 *   index > letter title > entry ..   filled behind the facts; an entry holds
 *     term (text), at ref (id of a block) .., entry .. of the second level
 *   footnote label > BLOCK ..   definitions stand where the source has them
 * INLINE: text, emphasis, strong, strike, code, link href, xref ref,
 *   fact ref, note-ref label ref, linebreak, image src alt
 *
 * Top-level blocks of a chapter are flat, sections are not nested: overlays act
 * on blocks.  `id` is the spine (unique in the manual): the pin, the heading's
 * id, else chapter-unique address "HEADINGID.KINDn"; `at` is always the address
 * (overlays.md), unique in the chapter.  Further attributes of blocks:
 *   pin       the explicit id        audience  words, meant only for these
 *   index     terms "a; b, c", for which the index leads here
 *   overdue   yes: a fact in alt, index or a picture was to be checked by now
 * and after the overlay stage:
 *   state     current|stale|review|missing|draft|broken   severity
 *   origin    base|translate|replace|insert|same     key   reason
 *   lang      where it differs from the document's
 * and where an older state is compared with (pipeline/changes.h):
 *   change    changed|inserted; <removed id change> > paragraph .. stands where
 *             a block went, <changes since revision date> > section ref|word >
 *             entry change ref|word (text, in, out) before the chapters
 * and where the base stands beside an edition (pipeline/parallel.h):
 *   pair      number of the row; <pairs> > group > pair number state operation
 *             key reason .. (text, in, out), and <base> with the base's chapters,
 *             come last
 * Texts are NFC; soft breaks are spaces.
 */
#ifndef MODEL_DOCUMENT_H
#define MODEL_DOCUMENT_H

#include "base/diagnostic.h"
#include "base/source.h"

#include <libxml/tree.h>

typedef struct {
    xmlDoc *xml;
    /* the Sources its blocks came from, by file name; shared between passes */
    GHashTable *sources;
} Document;

/* <document lang base-lang edition/> and nothing in it */
Document *document_new(const char *edition, const char *lang,
                       const char *base_lang);
/* a copy for a pass to change; shares the sources */
Document *document_copy(const Document *document);
void document_free(Document *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Document, document_free)

xmlNode *document_root(const Document *document);
/* <imprint> of the edition, NULL where it has none */
const xmlNode *document_imprint(const Document *document);
/* takes the source; one of this file must not be there yet */
void document_take_source(Document *document, Source *source);
const Source *document_source(const Document *document, const char *file);
/* the raw source lines of a block (line..end-line), LF ends; owned; NULL where
 * the block has no place */
char *document_block_text(const Document *document, const xmlNode *block);
Place document_place(const xmlNode *node); /* nearest ancestor-or-self's */
/* lines of the node's own place, from 1; 0: it has none.  The end is that of
 * the place, else its line. */
int document_line(const xmlNode *node);
int document_end_line(const xmlNode *node);
/* node stands in its tree already; end_line 0: none */
void document_set_place(xmlNode *node, Place place, int end_line);
/* [A-Za-z0-9][A-Za-z0-9_-]*, at most 64 */
bool document_is_id(const char *text, size_t length);
/* bytes of the {{fact}} or {{research:key}} at which the text begins; 0: none.
 * In `alt` and `index` they stand as text until they are filled in. */
size_t document_fact_length(const char *text);
bool document_is_block(const xmlNode *node); /* may stand in a chapter */
/* the letter of addresses: h p l t q c f x, or "fn" */
const char *document_block_kind(const xmlNode *block);
/* false after document-invalid diagnostics (our bug: exit 3) */
bool document_check(const Document *document, Diagnostics *diagnostics);
/* an element on each line, for --stop-after and golden tests; owned */
char *document_dump(const Document *document);

#endif
