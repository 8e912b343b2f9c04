/* SPDX-License-Identifier: MIT */
/*
 * Output: PDF's way of writing numbers, strings and references.
 *
 * printf is not used for numbers with places: it would write a comma in half
 * of our languages.
 */
#ifndef PDF_OUTPUT_H
#define PDF_OUTPUT_H

#include "base/length.h"

#include <glib.h>

void pdf_append_integer(GString *out, gint64 value);
/* points with at most three places */
void pdf_append_length(GString *out, Length length);
/* 0..1 or any small number, at most four places */
void pdf_append_number(GString *out, double value);
/* "12 0 R" and a space behind */
void pdf_append_reference(GString *out, int number);
/* a text string: plain where it is ASCII, else UTF-16 */
void pdf_append_text(GString *out, const char *text);
/* a byte string of the UTF-8 as it is, for names of destinations and IDs */
void pdf_append_bytes(GString *out, const char *text);
/* "[left bottom right top]" */
void pdf_append_box(GString *out, Length left, Length bottom, Length right,
                    Length top);

#endif
