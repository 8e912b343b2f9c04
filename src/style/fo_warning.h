/* SPDX-License-Identifier: MIT */
/*
 * Warnings of an FO file: the same trouble at a thousand places is said once,
 * at the first of them, with their number.
 */
#ifndef STYLE_FO_WARNING_H
#define STYLE_FO_WARNING_H

#include "base/diagnostic.h"

typedef struct FoWarnings FoWarnings;

FoWarnings *fo_warnings_new(void);
/* name: a string literal */
void fo_warn(FoWarnings *warnings, const char *name, Place place,
             const char *format, ...) G_GNUC_PRINTF(4, 5);
void fo_warnings_free(FoWarnings *warnings);
/* gives all to diagnostics, in the order they were first said */
void fo_warnings_say(const FoWarnings *warnings, Diagnostics *diagnostics);

#endif
