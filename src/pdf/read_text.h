/* SPDX-License-Identifier: MIT */
/*
 * ReadText: all words of a finished PDF, wherever a program could read them.
 *
 * Words are squeezed to be compared: letters and digits in lower case, with
 * compatibility characters (ligatures, raised figures) taken apart.  Then it
 * does not matter how lines were broken, words divided and spaces set.
 */
#ifndef PDF_READ_TEXT_H
#define PDF_READ_TEXT_H

#include "pdf/reader.h"

typedef struct {
    GString *flow;      /* text of the pages in paint order */
    GArray *page_ends;  /* guint: in flow */
    GString *furniture; /* artifacts, and text under an ActualText */
    GString *strings;   /* outline, alternative texts, metadata, links; each
                           after a line end */
    bool is_tagged;     /* else running heads are in flow, too */
} ReadText;

/* appends what of a text is compared; true if that is something */
bool squeeze(const char *text, gssize length, GString *out);

/* false and error where it is not a PDF that we can read */
bool read_text(ReadText *text, GBytes *pdf, GError **error);
void read_text_clear(ReadText *text);

#endif
