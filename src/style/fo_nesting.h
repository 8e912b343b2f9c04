/* SPDX-License-Identifier: MIT */
/*
 * Nesting: which formatting object may stand in which (XSL 1.1 section 6), and
 * what is made of one that may not, so that layout meets only trees that it
 * knows.
 */
#ifndef STYLE_FO_NESTING_H
#define STYLE_FO_NESTING_H

#include "style/fo_warning.h"
#include "model/fo.h"

typedef uint64_t FoKinds; /* a set */
#define FO_SET(kind) (UINT64_C(1) << (kind))
#define FO_SET_HAS(set, kind) (((set) >> (kind) & 1) != 0)

/* the children that an object may have; `around`: what the parent of the
 * object may have, which is what a wrapper takes */
FoKinds fo_nesting_children(FoKind kind, FoKinds around);

typedef enum {
    NESTING_FITS,
    NESTING_IN_OBJECT, /* inside another one that is made for it */
    NESTING_AS_BLOCK,  /* it is taken for a block */
    NESTING_NOWHERE,   /* it is left out */
} Nesting;

/* what to do with a child that parent's set `allowed` meets; *object: for
 * NESTING_IN_OBJECT, the kind of the object to make */
Nesting fo_nesting_place(FoKinds allowed, FoKind parent, FoKind child,
                         FoKind *object);

/* An object whose children are read: what it lacks is added or warned of.
 * False: nothing can be made of it, it has to go. */
bool fo_nesting_finish(FoTree *tree, FoNode *node, FoWarnings *warnings);

#endif
