/* SPDX-License-Identifier: MIT */
/*
 * Inks: the colours of a content stream, on their way to the press.
 *
 * Cairo writes every colour as sRGB.  A colour of the theme becomes the inks
 * that the theme names for it; grey and black become black ink only, so that
 * text needs one plate; anything else keeps its values and gets a profile.
 * Solid black overprints what is below, all other ink knocks it out; PDF keeps
 * that apart for filling and stroking, but one ExtGState sets both, so both are
 * known at every point of the stream.
 */
#ifndef PDF_INKS_H
#define PDF_INKS_H

#include "pdf/finish.h"
#include "pdf/lexer.h"

/* of a document */
typedef struct {
    const PdfPrint *print;
    GHashTable *strangers; /* 0xRRGGBB of colours that the theme lacks */
} InkTable;

typedef struct {
    bool is_known; /* false: a form's, before its first colour */
    bool fill, stroke;
} Overprint;

/* of one content stream */
typedef struct {
    InkTable *table;
    Overprint overprint;
    GArray *saved;     /* Overprint, for q and Q */
    guint used_states; /* bit i: state i of ink_state_entry */
    bool uses_srgb;
} InkPass;

void ink_pass_init(InkPass *pass, InkTable *table, bool is_form);
void ink_pass_clear(InkPass *pass);
void ink_pass_save(InkPass *pass);
void ink_pass_restore(InkPass *pass);
/* rg, RG, g or G and its operands: true if something else was appended */
bool ink_pass_replace(InkPass *pass, PdfSpan operands, PdfSpan operator,
                      GString *out);

#define INK_STATE_COUNT 4
/* "/xOK<<...>>" */
void ink_state_append(GString *out, int state);
#define INK_SRGB_NAME "/xRGB"

/* warnings of the theme's inks: print-ink-heavy */
void ink_table_check(const InkTable *table, Diagnostics *diagnostics);
/* a note of the strangers: print-colour-converted */
void ink_table_report(const InkTable *table, Diagnostics *diagnostics);

#endif
