/* SPDX-License-Identifier: MIT */
/*
 * Theme: what the program itself must know of STYLES/theme.xml: the font files
 * with their sums, the fallback order, where hyphenation patterns lie, and
 * for a print shop the inks.  The rest of the file (page geometry) is the
 * stylesheets' business.
 */
#ifndef PIPELINE_THEME_H
#define PIPELINE_THEME_H

#include "base/diagnostic.h"
#include "pdf/finish.h"
#include "text/engine.h"

/* A text engine with the theme's fonts only.  NULL after a diagnostic:
 * theme-missing, font-missing.  A font whose CRC-32 is not the theme's gives
 * the warning font-differs (an error under --strict). */
TextEngine *theme_open(const char *styles, bool strict,
                       Diagnostics *diagnostics);
/* PdfInk of every <ink>; NULL after a diagnostic; owned */
GArray *theme_inks(const char *styles, Diagnostics *diagnostics);

#endif
