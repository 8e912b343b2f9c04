/* SPDX-License-Identifier: MIT */
/* Pictures with facts in them: {{references}} in the texts of an SVG. */
#ifndef FACTS_PICTURE_H
#define FACTS_PICTURE_H

#include "base/diagnostic.h"

#include <libxml/tree.h>

/* the SVG that an edition (NULL: the base) has of its own for the `src` of a
 * figure, if facts stand in it; else NULL.  Owned. */
char *picture_text(const char *root, const char *edition, const char *src);
/* that text as a tree with SVG's own elements alone, at most 5,000; NULL after
 * diagnostics (figure-invalid, those of XML) */
xmlDoc *picture_read(const char *edition, const char *src, const char *text,
                     Diagnostics *diagnostics);

#endif
