/* SPDX-License-Identifier: MIT */
/* Audiences: who a copy of the book is for. */
#ifndef PIPELINE_AUDIENCE_H
#define PIPELINE_AUDIENCE_H

#include "model/document.h"

/* A document without what is not meant for `audience` (words with spaces; NULL:
 * everybody): blocks whose own audience shares no word with it, and trainer's
 * notes unless "trainer" is among the words. */
Document *audience_filter(const Document *document, const char *audience);

#endif
