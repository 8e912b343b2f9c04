/* SPDX-License-Identifier: MIT */
/*
 * An overlay file in memory: units in their order, each what one directive and
 * the text behind it say.  Reading and writing are each other's inverse: a file
 * that sync wrote is read and written to the same bytes.
 */
#ifndef OVERLAY_OVERLAY_FILE_H
#define OVERLAY_OVERLAY_FILE_H

#include "base/arena.h"
#include "base/source.h"

/* an overlay holds the text of its chapter up to twice, the local text, and what
 * waits in the attic */
#define OVERLAY_MAX_BYTES (8 * SOURCE_MAX_BYTES)

typedef struct OverlayFile OverlayFile;
typedef struct BaseBlock BaseBlock;

typedef enum {
    OPERATION_TRANSLATE,
    OPERATION_REPLACE,
    OPERATION_INSERT,
    OPERATION_REMOVE,
    OPERATION_SAME,
    OPERATION_COUNT,
} Operation;
const char *operation_name(Operation operation); /* "translate" ... */

typedef enum {
    ANCHOR_AT,
    ANCHOR_AFTER,
    ANCHOR_BEFORE,
    ANCHOR_FIRST_IN,
    ANCHOR_LAST_IN,
    ANCHOR_SECTION, /* remove section=ID */
    ANCHOR_COUNT,
} AnchorKind;

/* the words on a header line */
typedef enum {
    FLAG_TODO = 1,
    FLAG_STALE = 2,
    FLAG_REVIEW = 4,
    FLAG_DRAFT = 8,
} UnitFlag;

/* how a unit found its block (match.h) */
typedef enum {
    MATCH_NONE,
    MATCH_EXACT,
    MATCH_PINNED,
    MATCH_FUZZY,
    MATCH_SPLIT,   /* the block is the first part of what the unit had */
    MATCH_MERGE,   /* the block is what several units had */
    MATCH_ADDRESS, /* only the address is the same */
    MATCH_NEAREST, /* an insert whose anchor is gone: its predecessor */
} MatchKind;

/* A unit.  Strings live in the arena of the edition; absent ones are NULL,
 * except target (""). */
typedef struct Unit Unit;
struct Unit {
    Operation operation; /* of a unit in the attic: what it was */
    bool old;            /* in the attic */
    AnchorKind anchor_kind;
    const char *anchor;
    const char *key, *src, *now, *tgt, *ack, *reason, *since, *hint;
    const char *extra; /* x-* attributes as written, each after a blank */
    unsigned flags;    /* UnitFlag */
    const char *src_text, *now_text, *diff, *severity, *note;
    const char *target; /* LF, without blank lines at both ends */

    OverlayFile *file;
    int line, target_first, target_last; /* 0: the unit is new */
    int order; /* in the edition */

    /* from the texts, by edition_load */
    const char *src_canonical, *now_canonical;
    bool damaged;
    bool by_hand; /* no key or no src yet */

    BaseBlock *block; /* matched, or the anchor of an insert */
    MatchKind match;
    const Unit *previous, *next; /* live owners beside it in its file */
};

struct OverlayFile {
    const char *name; /* below the edition's folder: "03-x.md" */
    const char *path; /* below the project: "locales/et/03-x.md" */
    Source *source;   /* owned; NULL: the file does not exist yet */
    GBytes *bytes;    /* as they were read, for the check before a rename */
    bool crlf;        /* every line ends so */
    bool has_header, mended;
    bool unreadable;  /* wholly or in part: an error says why */
    const char *base, *from, *to;
    const char *preamble; /* comments before ov:file, "" */
    const char *remarks;  /* comments between ov:file and the first unit, "" */
    GPtrArray *units;     /* Unit, live ones and the attic's, in order */
    int chapter;          /* index, -1: no chapter of the manual */
};

/* Makes units of a file's directives.  false after error diagnostics: those of
 * overlay_lex, directive-syntax, overlay-header, text-without-unit. */
bool overlay_file_parse(OverlayFile *file, Arena *arena,
                        Diagnostics *diagnostics);
/* the file's bytes: live units, then the attic, as they stand in units; owned */
char *overlay_file_emit(const OverlayFile *file);
void overlay_file_free(OverlayFile *file);

/* the target without comments is blank */
bool unit_target_is_empty(const Unit *unit);
/* does the text, as the hash of its canonical form, fit this hash? */
bool unit_target_is(const Unit *unit, const char *hash);
/* A person says that the text is about src: its hash stands in ack= from now on,
 * so that another text, merged in from a branch where src was still the old
 * one, is not taken for it. */
void unit_seal(Unit *unit, Arena *arena);
/* the text of the base, raw and canonical, that the unit is about */
void unit_set_source(Unit *unit, const char *raw, const char *canonical,
                     Arena *arena);
/* no newer text of the base stands beside it any more */
void unit_clear_now(Unit *unit);
/* something a person wrote hangs on this unit */
bool unit_has_human_text(const Unit *unit);
Place unit_place(const Unit *unit);

#endif
