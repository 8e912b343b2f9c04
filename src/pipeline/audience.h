/* SPDX-License-Identifier: MIT */
/* Audiences: who a copy of the book is for. */
#ifndef PIPELINE_AUDIENCE_H
#define PIPELINE_AUDIENCE_H

#include "model/document.h"
#include "pipeline/evidence.h"

/* Takes out of a document of the caller's own what is not meant for `audience`
 * (words with spaces; NULL: everybody): blocks whose own audience shares no
 * word with it, and trainer's notes unless "trainer" is among the words.  The
 * evidence (may be NULL) is told what goes. */
void audience_filter(Document *document, const char *audience,
                     Evidence *evidence);

#endif
