/* SPDX-License-Identifier: MIT */
/*
 * The inside of Paragraph: items.
 *
 * What was added is cut at its spaces into items: words (one style and tag
 * each), spaces, objects.  A token is a row of words that no space divides; its
 * breaks are sought over all of it, so that a word of two styles is one word.
 */
#ifndef TEXT_PARAGRAPH_PARTS_H
#define TEXT_PARAGRAPH_PARTS_H

#include "text/engine_parts.h"
#include "text/paragraph.h"
#include "text/total_fit.h"

typedef enum {
    ITEM_WORD,
    ITEM_SPACE,    /* U+0020 */
    ITEM_NO_BREAK, /* U+00A0, stretches like a space */
    ITEM_NARROW,   /* U+202F, does not */
    ITEM_NEW_LINE, /* U+2028 */
    ITEM_OBJECT,
    ITEM_ANCHOR,
    ITEM_LEADER,
    ITEM_KERN,
} ItemKind;

/* how far a word is opened for breaks that nobody wants to see */
typedef enum {
    EMERGENCY_NONE,
    EMERGENCY_PREFERRED, /* addresses: after / . - _ ? & = */
    EMERGENCY_ANYWHERE,
} Emergency;

typedef struct {
    uint8_t kind;      /* ItemKind */
    uint8_t emergency; /* Emergency, of the measure being set */
    bool soft;         /* its hyphens are soft ones, of the author */
    int tag;
    uint32_t start;    /* bytes in the paragraph's text */
    int break_count;
    const StyleEntry *style; /* of words and spaces */
    Word *word;
    const WordBreak *breaks; /* offset == word->length: behind the word */
    Length width;
    Length stretch, shrink;  /* of spaces; of leaders, up to maximum, minimum */
} Item;

/* as added */
typedef struct {
    uint8_t kind; /* ITEM_WORD: text */
    int tag;
    uint32_t start, end; /* of text, without soft hyphens */
    const StyleEntry *style;
    Length width, stretch, shrink;
} Input;

struct Paragraph {
    TextEngine *engine;
    GByteArray *text;    /* all texts, without soft hyphens */
    GArray *soft;        /* uint32_t, ascending: soft hyphens, bytes of text */
    GArray *inputs;      /* Input */
    GArray *items;       /* Item, valid when itemised */
    bool itemised;
    bool opened;         /* some item has an Emergency */
    GArray *candidates;  /* Candidate, of one measure */
    GArray *bounds, *token_soft, *token_breaks; /* scratch */
    GArray *breaks;      /* int: candidate that ends each line */
    GArray *missing;     /* MissingGlyph */
    Arena *scratch;      /* breaks that no cached word has; NULL: none yet */
    TotalFit *fit;
    GArray *line_parts, *line_pieces; /* scratch of lines.c */
};

static inline Item *
paragraph_item(const Paragraph *paragraph, int index)
{
    return &g_array_index(paragraph->items, Item, index);
}

static inline const Candidate *
paragraph_candidate(const Paragraph *paragraph, int index)
{
    return &g_array_index(paragraph->candidates, Candidate, index);
}

/* makes the items of what was added */
void paragraph_itemise(Paragraph *paragraph);
/* candidates for all of the paragraph (candidates.c) */
void paragraph_find_candidates(Paragraph *paragraph,
                               const ParagraphShape *shape);
/* protrusion of the first line's start */
Length paragraph_first_left(const Paragraph *paragraph,
                            const ParagraphShape *shape);
/* opens units wider than the measure for emergency breaks; true: there are
 * some, find the candidates again */
bool paragraph_open_wide_units(Paragraph *paragraph, Length measure);

/* a line from behind candidate `from` (NULL: the paragraph's start) to `to`;
 * parts go to the arena (lines.c) */
typedef struct {
    const ParagraphShape *shape;
    const Candidate *from, *to;
    Extent start;
    Length left;         /* protrusion at its start */
    bool first, last;    /* last: ends where forced */
} LineRange;
/* its TextLine.stretch; INT32_MIN: it would stick out */
int32_t paragraph_line_stretch(const LineRange *range);
GArray *paragraph_new_part_list(void);
GArray *paragraph_new_piece_list(void);
void paragraph_set_line(Paragraph *paragraph, const LineRange *range,
                        Arena *arena, TextLine *line);

#endif
