/* SPDX-License-Identifier: MIT */
/*
 * Reading: Markdown and the project's XML into a Document.
 *
 * cmark (GitHub's fork: tables, footnotes, task lists, strikethrough) parses;
 * its tree is walked, never its XML renderer.  Bad Markdown is never fatal: it
 * becomes a diagnostic and a visible block.
 */
#ifndef READ_READ_H
#define READ_READ_H

#include "model/document.h"

/* manual.xml as data */
typedef struct {
    char *src, *role; /* role: front, chapter, annex */
    int line;
} ManualChapter;
typedef struct {
    char *root;         /* real path of the project */
    char *lang;         /* base language */
    GPtrArray *chapters; /* ManualChapter, owned */
    char **editions;    /* folders of locales/ that hold an edition.xml */
} Manual;

/* root: the project's folder; NULL after diagnostics (manual-missing,
 * xml-invalid, empty-manual, chapter-missing ...) */
Manual *manual_load(const char *root, Diagnostics *diagnostics);
void manual_free(Manual *manual);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Manual, manual_free)

/* the base: every chapter's blocks, manual/edition.xml and words.xml */
Document *read_manual(const Manual *manual, Diagnostics *diagnostics);

/* appends the blocks of lines first..last of source to parent (a chapter or an
 * overlay unit's element), without id and at: read_number_blocks gives them.
 * Places are of the source.  {#id} and <!-- id: --> become the attribute pin.
 * A reference [^label] is a note-ref whether the label is defined or not. */
typedef struct {
    /* Markdown whose link definitions hold here too, such as the whole base
     * chapter; the text's own come first.  NULL: none. */
    const char *context;
    bool fragment; /* a unit's target; read like any text, its pins kept: the
                    * overlay decides about them */
} ReadOptions;
void read_markdown(xmlNode *parent, const Source *source, int first, int last,
                   const ReadOptions *options, Diagnostics *diagnostics);

/* gives id and at to the blocks of a chapter (document.h), nested blocks, items
 * and rows too, and ref to its note-refs; what has an id keeps it.  ids: those
 * of the whole manual, id -> xmlNode, made with g_str_hash and no destroy
 * functions.  Diagnoses two blocks with one id. */
void read_number_blocks(xmlNode *chapter, GHashTable *ids,
                        Diagnostics *diagnostics);
/* every xref, figure, caption, note-ref of a finished document can be followed:
 * unknown-reference (with the nearest ids), note-undefined, note-unused ... */
void read_check_references(const Document *document, Diagnostics *diagnostics);

/* edition.xml and words.xml of `folder` ("manual", "locales/et") put into the
 * document's <edition> and <words> */
bool read_edition(Document *document, const char *root, const char *folder,
                  Diagnostics *diagnostics);

#endif
