/* SPDX-License-Identifier: MIT */
/*
 * Tag rules: which structure type may stand in which (ISO 32000-1, 14.8.4).
 *
 * A file that breaks them may not claim PDF/UA.  Our own stylesheets keep them;
 * other people's FO brings any roles.
 */
#ifndef PDF_TAG_RULES_H
#define PDF_TAG_RULES_H

#include <stdbool.h>

bool tag_is_standard(const char *role);
/* may an element of this role stand directly in one of that role? */
bool tag_may_hold(const char *parent, const char *role);

#endif
