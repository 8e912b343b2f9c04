/* SPDX-License-Identifier: MIT */
/* Delivery: where the file goes, what it depends on, what is still lying there. */
#ifndef PIPELINE_DELIVERY_H
#define PIPELINE_DELIVERY_H

#include "pipeline/pipeline.h"

/* job->output, or ROOT/build/EDITION/manual[-AUDIENCE][-print][-draft].pdf, of a
 * chapter's handout handout-ID[-AUDIENCE][-draft].pdf; owned */
char *delivery_path(const char *root, const Job *job, OutputKind kind);
/* atomic */
bool delivery_save(const char *path, GBytes *bytes, GError **error);
/* PATH with .d for .pdf: a rule for make with every file that was read and
 * every folder that was listed (file_trace) */
bool delivery_save_deps(const char *path, const char *root, GError **error);
/* a note for each of the kinds (bit i: OutputKind i): nothing was written, and
 * how old the file is that lies there */
void delivery_say_kept(const char *root, const Job *job, unsigned kinds,
                       Diagnostics *diagnostics);

#endif
