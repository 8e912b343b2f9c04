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

/* Builds all files of a workshop, or of every one where id is "all":
 * ROOT/build/workshops/ID/EDITION/handout.pdf, trainer.pdf, FORM.pdf and
 * FORM-print.pdf.  job: what holds for each file (draft, strict ...). */
Result workshops_build(Project *project, const char *id, const Job *job);

/* Takes the forms out of a book; of a form's document all other chapters, and
 * puts in what its head says of the workshop. */
void workshop_filter(Document *document, const Job *job);

#endif
