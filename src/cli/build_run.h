/* SPDX-License-Identifier: MIT */
/*
 * The editions of a build, one after the other or several at a time, and what
 * is told of them to other programs.
 */
#ifndef CLI_BUILD_RUN_H
#define CLI_BUILD_RUN_H

#include "pipeline/pipeline.h"

typedef struct {
    const char *edition; /* borrowed */
    Result result;
    Timings timings;
    int errors, warnings, notes; /* its own diagnostics */
} BuildOutcome;

/* Runs the job for each edition; outcomes: one for each.  With jobs > 1 each
 * edition has a process of its own, as many at a time; files and diagnostics
 * are the same, and in the same order.  A dump goes to standard output. */
void build_run(Project *project, const Job *job, char **editions, int jobs,
               BuildOutcome *outcomes);

/* CPU and memory of each stage, a JSON object on a line for each edition that
 * was made; owned */
char *build_timings(const BuildOutcome *outcomes, int count);
/* What came of each edition, as a JSON array: exit code, pages, how much was
 * said, the files that were written with their size and SHA-256.  Owned. */
char *build_report(const char *root, const Job *job,
                   const BuildOutcome *outcomes, int count);

#endif
