/* SPDX-License-Identifier: MIT */
/*
 * An edition being worked on: the base's blocks beside the units of all its
 * overlay files.  apply, status and sync start from it and match the two
 * (match.h).
 */
#ifndef OVERLAY_EDITION_H
#define OVERLAY_EDITION_H

#include "overlay/canonical.h"
#include "overlay/overlay_file.h"
#include "overlay/word_diff.h"
#include "read/read.h"

/* a top-level block of the base */
struct BaseBlock {
    const xmlNode *node;
    int chapter, order; /* order: index in the edition's blocks */
    const char *text;   /* raw lines; of a figure also its file's digest */
    const char *canonical;
    char hash[CANONICAL_HASH_SIZE];
    const char *id, *at;
    const char *pin;    /* its explicit id, or NULL */
    const char *kind;   /* h p l t q c f x fn */
    int level;          /* of a heading, else 0 */
    const BaseBlock *section; /* its heading, itself for a heading, or NULL */
    int words;
    bool same_by_default; /* code, research, rules: needs no unit */
    TokenList *tokens;    /* words only; made when first asked for */

    /* matching */
    Unit *unit;
    Unit *removal;      /* the remove section= that covers it */
    bool removed;       /* and that knew this block's text */
    bool orphaned;      /* a note that only blocks left out refer to */
    bool claimed;       /* part of a split or merge: no guess may take it */
    const char *hint;   /* keys of units that may be its translation */
    GPtrArray *inserts[ANCHOR_COUNT]; /* by where; NULL: none */
};

typedef struct {
    const xmlNode *node;
    const char *name;  /* "03-x.md" */
    int first, end;    /* its blocks */
    OverlayFile *file;
} EditionChapter;

typedef struct {
    const Document *base;
    const Manual *manual;
    const char *name;   /* folder in locales: "et" */
    const char *lang, *base_lang;
    Document *words;    /* edition.xml and words.xml of the edition */
    Arena *arena;
    EditionChapter *chapters;
    int chapter_count;
    BaseBlock *blocks;
    int block_count;
    GHashTable *block_by_node;
    GHashTable *block_by_text; /* raw; most units carry just that */
    GHashTable *block_by_hash; /* the first of several */
    GPtrArray *files;   /* OverlayFile, owned; also those of no chapter */
    GPtrArray *units;   /* live ones */
    GPtrArray *attic;
    SeverityWords *severity_words;
    bool failed;        /* an error was found that forbids writing */
    bool healed;        /* a unit that stood twice was dropped */
    bool as_translated; /* each unit is held against the text that it carries,
                           not against today's base */
} Edition;

/* Reads locales/NAME.  Never NULL; what is wrong is in diagnostics: those of
 * overlay_file_parse, key-duplicate, unit-damaged. */
Edition *edition_load(const Document *base, const Manual *manual,
                      const char *name, Diagnostics *diagnostics);
void edition_free(Edition *edition);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Edition, edition_free)

/* what at= says of a block: its pin, else its address */
const char *block_anchor(const BaseBlock *block);
/* raw text without the line {file=...} that a figure's ends in; owned */
char *text_without_digest(const char *raw);
const TokenList *block_tokens(BaseBlock *block);
/* only words and references; owned */
TokenList *words_of(const char *canonical);
/* the heading with this id, or NULL */
BaseBlock *edition_find_section(const Edition *edition, const char *id);
/* the index behind the last block of the heading's section */
int edition_section_end(const Edition *edition, const BaseBlock *heading);
const char *edition_string(Edition *edition, const char *text); /* in arena */

#endif
