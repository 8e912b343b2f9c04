/* SPDX-License-Identifier: MIT */
/* Inks: finding them, and keeping overprinting right. */
#include "pdf/inks.h"

#include "pdf/output.h"

#include <math.h>

/* Cairo writes six places */
#define SAME_COLOR 2e-6
/* more ink does not dry in time (FOGRA39: 330 %, with a reserve) */
#define MOST_INK 3.0

void
ink_pass_init(InkPass *pass, InkTable *table, bool is_form)
{
    *pass = (InkPass){.table = table};
    pass->overprint.is_known = !is_form;
    pass->saved = g_array_new(FALSE, FALSE, sizeof(Overprint));
}

void
ink_pass_clear(InkPass *pass)
{
    g_array_unref(pass->saved);
}

void
ink_pass_save(InkPass *pass)
{
    g_array_append_val(pass->saved, pass->overprint);
}

void
ink_pass_restore(InkPass *pass)
{
    guint count = pass->saved->len;
    if (count == 0)
        return;
    pass->overprint = g_array_index(pass->saved, Overprint, count - 1);
    g_array_set_size(pass->saved, count - 1);
}

/* ---- colours ---- */

static bool
is_same(double a, double b)
{
    return fabs(a - b) < SAME_COLOR;
}

static const PdfInk *
find_ink(const PdfPrint *print, const double color[3])
{
    for (int i = 0; i < print->ink_count; i++) {
        const PdfInk *ink = &print->inks[i];
        if (is_same(ink->red, color[0]) && is_same(ink->green, color[1]) &&
            is_same(ink->blue, color[2]))
            return ink;
    }
    return NULL;
}

static void
remember_stranger(InkTable *table, const double color[3])
{
    guint key = 0;
    for (int i = 0; i < 3; i++)
        key = key << 8 | (guint)lround(CLAMP(color[i], 0, 1) * 255);
    g_hash_table_add(table->strangers, GUINT_TO_POINTER(key));
}

static int
state_of(Overprint overprint)
{
    return (overprint.fill ? 1 : 0) + (overprint.stroke ? 2 : 0);
}

static const char *const state_names[INK_STATE_COUNT] = {"/xKK", "/xOK", "/xKO",
                                                         "/xOO"};

/* Writes a state where the wanted one is not already in force. */
static void
set_overprint(InkPass *pass, bool is_stroke, bool wanted, GString *out)
{
    Overprint next = pass->overprint;
    if (is_stroke)
        next.stroke = wanted;
    else
        next.fill = wanted;
    next.is_known = true;
    bool is_same_state = pass->overprint.is_known &&
                         state_of(next) == state_of(pass->overprint);
    pass->overprint = next;
    if (is_same_state)
        return;
    pass->used_states |= 1u << state_of(next);
    g_string_append(out, state_names[state_of(next)]);
    g_string_append(out, " gs ");
}

static void
append_numbers(GString *out, const double *numbers, int count)
{
    for (int i = 0; i < count; i++) {
        pdf_append_number(out, numbers[i]);
        g_string_append_c(out, ' ');
    }
}

static void
append_inks(InkPass *pass, const double inks[4], bool is_stroke, GString *out)
{
    bool is_black =
        inks[0] == 0 && inks[1] == 0 && inks[2] == 0 && inks[3] == 1;
    set_overprint(pass, is_stroke, is_black, out);
    append_numbers(out, inks, 4);
    g_string_append_c(out, is_stroke ? 'K' : 'k');
}

static bool
read_color(PdfSpan operands, bool is_grey, double color[3])
{
    const char *at = operands.start;
    for (int i = 0; i < (is_grey ? 1 : 3); i++) {
        PdfToken token = pdf_token_next(&at, operands.end);
        if (token.kind != PDF_TOKEN_NUMBER)
            return false;
        color[i] = pdf_span_number(token.span);
    }
    if (is_grey)
        color[1] = color[2] = color[0];
    return true;
}

bool
ink_pass_replace(InkPass *pass, PdfSpan operands, PdfSpan operator,
                 GString *out)
{
    bool is_grey = pdf_span_is(operator, "g") || pdf_span_is(operator, "G");
    bool is_stroke = *operator.start < 'a';
    double color[3];
    if (!read_color(operands, is_grey, color))
        return false;
    const PdfInk *ink = find_ink(pass->table->print, color);
    if (ink != NULL) {
        double inks[] = {ink->cyan, ink->magenta, ink->yellow, ink->black};
        append_inks(pass, inks, is_stroke, out);
    } else if (is_same(color[0], color[1]) && is_same(color[1], color[2])) {
        double inks[] = {0, 0, 0, 1 - color[0]};
        append_inks(pass, inks, is_stroke, out);
    } else {
        remember_stranger(pass->table, color);
        pass->uses_srgb = true;
        set_overprint(pass, is_stroke, false, out);
        g_string_append(out, INK_SRGB_NAME);
        g_string_append(out, is_stroke ? " CS " : " cs ");
        append_numbers(out, color, 3);
        g_string_append(out, is_stroke ? "SCN" : "scn");
    }
    return true;
}

/* OPM 1: an ink of 0 leaves what is below, else black would wipe it out */
void
ink_state_append(GString *out, int state)
{
    g_string_append_printf(out, "%s<</Type/ExtGState/op %s/OP %s/OPM 1>>",
                           state_names[state], state & 1 ? "true" : "false",
                           state & 2 ? "true" : "false");
}

/* ---- what there is to say ---- */

void
ink_table_check(const InkTable *table, Diagnostics *diagnostics)
{
    const Place nowhere = {0};
    for (int i = 0; i < table->print->ink_count; i++) {
        const PdfInk *ink = &table->print->inks[i];
        double sum = ink->cyan + ink->magenta + ink->yellow + ink->black;
        if (sum <= MOST_INK + 1e-9)
            continue;
        diagnostics_add(diagnostics, LEVEL_ERROR, "print-ink-heavy", nowhere,
                        "the theme's colour #%02lx%02lx%02lx has %ld %% of "
                        "ink, more than dries on paper (%ld %%); lower its "
                        "CMYK values",
                        lround(ink->red * 255), lround(ink->green * 255),
                        lround(ink->blue * 255), lround(sum * 100),
                        lround(MOST_INK * 100));
    }
}

static int
compare_colors(gconstpointer a, gconstpointer b)
{
    guint first = GPOINTER_TO_UINT(a), second = GPOINTER_TO_UINT(b);
    return (first > second) - (first < second);
}

void
ink_table_report(const InkTable *table, Diagnostics *diagnostics)
{
    enum { MOST_NAMED = 5 };
    g_autoptr(GList) colors = g_hash_table_get_keys(table->strangers);
    if (colors == NULL)
        return;
    colors = g_list_sort(colors, compare_colors);
    g_autoptr(GString) list = g_string_new(NULL);
    int count = 0;
    for (const GList *i = colors; i != NULL; i = i->next, count++) {
        if (count < MOST_NAMED)
            g_string_append_printf(list, "%s#%06x", count > 0 ? ", " : "",
                                   GPOINTER_TO_UINT(i->data));
    }
    const Place nowhere = {0};
    diagnostics_add(diagnostics, LEVEL_NOTE, "print-colour-converted", nowhere,
                    "%d colours are not the theme's and the print shop's "
                    "machine will choose their inks: %s%s; use the theme's "
                    "colours, or give these an ink",
                    count, list->str, count > MOST_NAMED ? " ..." : "");
}
