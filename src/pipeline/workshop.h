/* SPDX-License-Identifier: MIT */
/*
 * Workshops: manual/workshops.xml, and what each is given: the chapters as a
 * handout for the participants and as a copy for the trainer, and its forms.
 *
 * A form (agenda, evaluation ...) is a chapter of the manual with the role
 * "form": its words go through overlays like all others, but no book has it.
 */
#ifndef PIPELINE_WORKSHOP_H
#define PIPELINE_WORKSHOP_H

#include "pipeline/pipeline.h"

/* Builds all files of a workshop, or of every one where id is "all", in
 * ROOT/build/workshops/ID/EDITION/: handout, trainer and each form as FILE.pdf and
 * FILE-print.pdf, the first two also as FILE-sheets.pdf.  job: what holds for
 * each file (draft, strict ...). */
Result workshops_build(Project *project, const char *id, const Job *job);

/* workshop_document.c: a document of the caller's own becomes the book (part
 * NULL), which has no forms, or a part of a workshop: in front what its head
 * says, then the form alone, or the chapters.  Of a chapter that is not among
 * them the titles stay, marked `omitted`: what is set is numbered as in the
 * manual and refers to them. */
void workshop_filter(Document *document, const WorkshopPart *part);
/* of the file: the workshop's, and which copy; interned */
const char *workshop_title(const Document *document, const WorkshopPart *part);
const xmlNode *workshop_find_chapter(const Document *document, const char *id);
bool workshop_is_form(const xmlNode *chapter);

#endif
