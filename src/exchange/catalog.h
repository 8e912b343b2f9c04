/* SPDX-License-Identifier: MIT */
/*
 * A catalogue: the segments of one chapter as they travel, whatever the file's
 * format.  PO and XLIFF are two ways to write it and to read it back.
 *
 * Each entry carries a seal, the hash of the translation that left.  It is the
 * third side of the merge: with it the returned file alone says who has changed
 * what.
 */
#ifndef EXCHANGE_CATALOG_H
#define EXCHANGE_CATALOG_H

#include "base/diagnostic.h"

#include <glib.h>
#include <stdbool.h>

typedef enum {
    ENTRY_MISSING,
    ENTRY_DRAFT, /* a person has to look at it */
    ENTRY_STALE, /* the translation of a text that has changed */
    ENTRY_DONE,
} EntryState;

typedef struct {
    char *id;      /* the unit's key and the segment's name: "q7m2.i3" */
    char *address; /* darbas.p1 */
    char *source;
    char *previous; /* what the translation was made from, or NULL */
    char *target;   /* "" if none */
    char *note;     /* or NULL */
    char *via;      /* the source in the working language, or NULL */
    char *seal;     /* NULL: a tool has dropped it */
    bool copy;      /* a target that equals the source means: none */
    bool open;     /* it left as stale or draft: whoever takes that off confirms */
    EntryState state;
    Place place;    /* in the base, or in the file that was read */
} Entry;

typedef struct {
    char *name;        /* of the chapter, without ".md" */
    char *base_lang, *lang;
    const char *via_lang; /* borrowed, interned; NULL: no working language */
    GPtrArray *entries; /* Entry, owned */
} Catalog;

Catalog *catalog_new(const char *name, const char *base_lang, const char *lang);
void catalog_free(Catalog *catalog);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Catalog, catalog_free)
Entry *catalog_add(Catalog *catalog, const char *id);
char *seal_of(const char *text); /* owned */
/* the comment or attribute that carries seal, copy and open; and back */
char *seal_write(const Entry *entry);
void seal_read(Entry *entry, const char *text);

/* po.c: PO through libgettextpo.  The text of the file; NULL and error. */
char *po_text(const Catalog *catalog, GError **error);
/* NULL after diagnostics: import-unreadable */
Catalog *po_read(const char *path, Diagnostics *diagnostics);

/* xliff.c; copy: for OmegaT, whose targets are what it translates */
char *xliff_text(const Catalog *catalog, bool copy);
/* NULL after diagnostics: import-unreadable, xml-invalid ... */
Catalog *xliff_read(const char *path, Diagnostics *diagnostics);

/* tmx.c: catalogs: Catalog.  stale: old texts with what they were made from,
 * else today's translations. */
char *tmx_text(const GPtrArray *catalogs, bool stale);
char *omegat_project(const Catalog *catalog);

#endif
