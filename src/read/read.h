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
 * overlay unit's element).  context: Markdown that is parsed with it and
 * dropped, so that references resolve (definitions of links and footnotes), or
 * NULL.  Places are of the source. */
typedef struct {
    const char *context;
    bool fragment; /* a unit's target: headings carry no {#id}, no ids given */
} ReadOptions;
void read_markdown(xmlNode *parent, const Source *source, int first, int last,
                   const ReadOptions *options, Diagnostics *diagnostics);

/* gives id and at to the blocks of a chapter (document.h); nested items and
 * rows too.  Diagnoses two blocks with one id. */
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
