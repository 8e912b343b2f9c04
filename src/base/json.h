/* SPDX-License-Identifier: MIT */
/* The little JSON that the program writes: members of objects. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <glib.h>

/* A member is put behind what stands in json: a comma first, unless that ends
 * in an opening brace.  A NULL text is left out. */
void json_add_string(GString *json, const char *name, const char *text);
void json_add_int(GString *json, const char *name, int value);

#endif
