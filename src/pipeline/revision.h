/* SPDX-License-Identifier: MIT */
/*
 * Revisions: a project as it was, in a private folder of its own.
 *
 * git is asked by plumbing only (rev-parse, ls-tree, cat-file), never with a
 * revision that begins with "-"; links and submodules are not followed.  A
 * project that is not kept in git can be compared with a copy of its folder.
 */
#ifndef PIPELINE_REVISION_H
#define PIPELINE_REVISION_H

#include "base/diagnostic.h"

/* The files below `parts` (folders of root, NULL-terminated; the first must be
 * there) as they were in the git revision, written below `folder`.  False after
 * a diagnostic: no-repository, revision-unknown. */
bool revision_extract(const char *root, const char *revision,
                      const char *const *parts, const char *folder,
                      Diagnostics *diagnostics);
/* a folder with all that is in it; links are not followed */
void revision_delete(const char *folder);

#endif
