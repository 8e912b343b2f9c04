/* SPDX-License-Identifier: MIT */
/* Profiles: the colour profiles of icc/, part of the program. */
#ifndef PDF_PROFILES_H
#define PDF_PROFILES_H

#include <glib.h>

/* borrowed for ever */
const guint8 *profile_srgb(gsize *length);
const guint8 *profile_fogra39(gsize *length);

#endif
