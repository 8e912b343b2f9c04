/* SPDX-License-Identifier: MIT */
/*
 * The working language: another edition, named by via= in edition.xml, whose
 * text stands beside the base's for those who do not read the base.  It only
 * helps to read: what is stale is always decided against the base.
 */
#ifndef OVERLAY_VIA_H
#define OVERLAY_VIA_H

#include "overlay/edition.h"

/* the edition that via= names, matched; NULL: none.  Diagnostics: via-unknown;
 * what is wrong in that edition itself is not said. */
Edition *via_load(const Edition *edition, Diagnostics *diagnostics);
/* its translation of this block (of an edition with the same base), if that is
 * current, else NULL; via may be NULL */
const Unit *via_unit(const Edition *via, const BaseBlock *block);

#endif
