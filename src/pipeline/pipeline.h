/* SPDX-License-Identifier: MIT */
/*
 * The pipeline: a Job in, a PDF or an intermediate out.
 */
#ifndef PIPELINE_PIPELINE_H
#define PIPELINE_PIPELINE_H

#include "base/diagnostic.h"
#include "overlay/overlay.h"
#include "pipeline/printing.h"
#include "read/read.h"
#include "text/engine.h"

typedef enum {
    STAGE_READ,
    STAGE_OVERLAY,
    STAGE_FACTS,
    STAGE_FO,
    STAGE_PAGES,
    STAGE_PDF,
    STAGE_COUNT,
} Stage;
const char *stage_name(Stage stage); /* "read" ... */

/* exit codes of the program */
typedef enum {
    RESULT_DONE = 0,
    RESULT_UNFIT = 1,   /* the text is unfit and was not written */
    RESULT_INVALID = 2, /* usage, unreadable or invalid input, output */
    RESULT_BROKEN = 3,  /* a promise of ours broken, nothing written */
} Result;

/* what several editions of one run share */
typedef struct Project Project;
struct Project {
    const char *root;    /* as the user gave it: relative paths stay relative */
    char *styles;
    Manual *manual;
    Document *base;
    const char *base_country; /* whose law it tells; NULL: it does not say */
    TextEngine *engine;  /* opened when first needed */
    bool strict;
    Diagnostics *diagnostics;
    int base_said;       /* diagnostics of opening and reading: all editions' */
    Project *before;     /* what Job.since means, opened when first needed ... */
    char *before_folder; /* ... here, if it is a revision: deleted at the end */
};

/* NULL after diagnostics */
Project *project_open(const char *root, bool strict, Diagnostics *diagnostics);
void project_free(Project *project);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Project, project_free)
/* the base's folder name among the editions: its language */
bool project_has_edition(const Project *project, const char *edition);
/* the base first, then locales in order; NULL-terminated, owned */
char **project_editions(const Project *project);

/* the facts of an edition (facts/fact_list.h) and, where each of its blocks
 * stands, id -> folio; both owned.  The first is NULL after diagnostics; the
 * second sets the book as a draft, and is empty where that fails. */
GPtrArray *project_facts(Project *project, const char *edition);
GHashTable *project_folios(Project *project, const char *edition);

/* one part of a workshop; all borrowed */
typedef enum { COPY_PARTICIPANT, COPY_TRAINER, COPY_FORM } WorkshopCopy;
typedef struct {
    WorkshopCopy copy;
    const char *form;     /* id of the chapter; of COPY_FORM */
    const char *title, *audience;
    const char *chapters; /* ids: what is set, or what the form's day is about */
    const char *countries, *languages; /* codes; all lists with spaces between */
    bool is_sample;
} WorkshopPart;

typedef struct {
    const char *edition;
    const char *output;   /* path, of a single kind; NULL: build/EDITION/... */
    unsigned outputs;     /* bit i: OutputKind i */
    PrintingOptions printing;
    const char *audience; /* words with spaces; NULL: everybody */
    const char *since;    /* a git revision or an older project's folder: what
                             has changed is marked and listed; NULL: nothing */
    const WorkshopPart *workshop; /* NULL: the book */
    const char *folder;   /* of the workshop's files, in place of `output` */
    Stage stop_after;
    const char *picture;  /* write the spread of page `picture_page` as PNG
                             there instead of the PDF; NULL: the PDF */
    int picture_page;     /* from 1 */
    bool parallel;        /* the base beside the edition, whatever its state */
    GHashTable *folios;   /* filled with id -> folio by STAGE_PAGES; NULL */
    bool draft;
    bool as_translated;   /* with draft: see OverlayOptions */
    bool last;            /* no other edition follows: the base may be freed */
    bool dry;             /* `check`: everything but the output */
    bool deps;            /* write OUTPUT with .d instead of .pdf for make */
    bool strict;
} Job;

/* what a run measured, stages up to pages, then paint and finish */
typedef struct {
    double cpu_ms[STAGE_COUNT + 1];
    long peak_kb[STAGE_COUNT + 1]; /* of the process, after the stage */
    int pages;
    unsigned written; /* bit i: OutputKind i */
} Timings;

/* Runs one edition.  With stop_after before STAGE_PDF the dump goes to *dump
 * (owned).  Everything there is to say is in project->diagnostics. */
Result pipeline_run(Project *project, const Job *order, Timings *timings,
                    char **dump);

/* typesets one XSL-FO file; graphics are looked for below root */
Result pipeline_fo(const char *file, const char *root, const char *output,
                   Stage stop_after, Diagnostics *diagnostics, char **dump);

#endif
