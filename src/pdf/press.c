/* SPDX-License-Identifier: MIT */
/*
 * Press: what a sheet for the printer has around and behind the page
 * (ISO 15930-7): boxes, marks, the printing condition.
 *
 * From the page outwards: trim, bleed, slug.  The marks stand in the slug, two
 * points off the bleed, in the colour /All, which is on every plate; the colour
 * bar below has the inks one by one.
 */
#include "pdf/finisher.h"

#include "pdf/output.h"
#include "pdf/profiles.h"

#define MARK_GAP POINTS(2)
#define MARK_END POINTS(4) /* from the edge of the medium */
#define MARK_RADIUS POINTS(4)

static int
add_all_inks(Finisher *finisher)
{
    static const char copies[] = "{dup dup dup}";
    int function = pdf_writer_reserve(finisher->writer);
    g_string_append(pdf_writer_begin(finisher->writer, function),
                    "<</FunctionType 4/Domain[0 1]/Range[0 1 0 1 0 1 0 1]>>");
    pdf_writer_end_deflated(finisher->writer, copies, sizeof copies - 1);
    g_autofree char *space =
        g_strdup_printf("[/Separation/All/DeviceCMYK %d 0 R]", function);
    int number = pdf_writer_reserve(finisher->writer);
    pdf_writer_add(finisher->writer, number, space);
    return number;
}

void
press_start(Finisher *finisher)
{
    if (finisher->options->print == NULL)
        return;
    finisher->inks = g_new0(InkTable, 1);
    finisher->inks->print = finisher->options->print;
    finisher->inks->strangers = g_hash_table_new(NULL, NULL);
    ink_table_check(finisher->inks, finisher->diagnostics);
    gsize length;
    const guint8 *srgb = profile_srgb(&length);
    finisher->srgb_object = write_profile(finisher, srgb, length, 3);
    finisher->all_inks_object = add_all_inks(finisher);
}

void
press_clear(Finisher *finisher)
{
    if (finisher->inks == NULL)
        return;
    g_hash_table_unref(finisher->inks->strangers);
    g_free(finisher->inks);
}

/* ---- boxes ---- */

void
append_press_boxes(const Finisher *finisher, const Page *page, GString *out)
{
    Length offset = finisher->painted->offset;
    Length bleed = finisher->options->print->bleed;
    g_string_append(out, "/TrimBox");
    pdf_append_box(out, offset, offset, offset + page->width,
                   offset + page->height);
    g_string_append(out, "/BleedBox");
    pdf_append_box(out, offset - bleed, offset - bleed,
                   offset + page->width + bleed, offset + page->height + bleed);
}

/* ---- marks ---- */

static void
append_point(GString *out, Length x, Length y, const char *operator)
{
    pdf_append_length(out, x);
    g_string_append_c(out, ' ');
    pdf_append_length(out, y);
    g_string_append_c(out, ' ');
    g_string_append(out, operator);
}

static void
append_line(GString *out, Length x1, Length y1, Length x2, Length y2)
{
    append_point(out, x1, y1, "m ");
    append_point(out, x2, y2, "l S\n");
}

/* two lines at each corner of the trim, from the bleed outwards */
static void
append_crop_marks(const Finisher *finisher, const Page *page, GString *out)
{
    Length offset = finisher->painted->offset;
    Length from = finisher->options->print->bleed + MARK_GAP;
    Length to = offset - MARK_END;
    for (int corner = 0; corner < 4; corner++) {
        bool is_right = corner & 1, is_top = corner & 2;
        Length x = offset + (is_right ? page->width : 0);
        Length y = offset + (is_top ? page->height : 0);
        int across = is_right ? 1 : -1, up = is_top ? 1 : -1;
        append_line(out, x + across * from, y, x + across * to, y);
        append_line(out, x, y + up * from, x, y + up * to);
    }
}

/* a circle of four Bezier curves with a cross in it */
static void
append_registration_mark(GString *out, Length x, Length y)
{
    const Length r = MARK_RADIUS, k = length_scale(r, 5523, 10000);
    const Length curve[4][6] = {{r, k, k, r, 0, r},
                                {-k, r, -r, k, -r, 0},
                                {-r, -k, -k, -r, 0, -r},
                                {k, -r, r, -k, r, 0}};
    append_line(out, x - r - r / 2, y, x + r + r / 2, y);
    append_line(out, x, y - r - r / 2, x, y + r + r / 2);
    append_point(out, x + r, y, "m ");
    for (int i = 0; i < 4; i++) {
        append_point(out, x + curve[i][0], y + curve[i][1], "");
        append_point(out, x + curve[i][2], y + curve[i][3], "");
        append_point(out, x + curve[i][4], y + curve[i][5], "c ");
    }
    g_string_append(out, "S\n");
}

static void
append_registration_marks(const Finisher *finisher, const Page *page,
                          GString *out)
{
    Length slug = finisher->options->print->slug;
    Length width = page->width + 2 * finisher->painted->offset;
    Length height = page->height + 2 * finisher->painted->offset;
    if (slug < 3 * MARK_RADIUS) /* would touch the bleed */
        return;
    append_registration_mark(out, width / 2, slug / 2);
    append_registration_mark(out, width / 2, height - slug / 2);
    append_registration_mark(out, slug / 2, height / 2);
    append_registration_mark(out, width - slug / 2, height / 2);
}

/* Solid inks, two of them over each other, and half tones: what the printer
 * measures.  Right of the lower registration mark. */
static void
append_color_bar(const Finisher *finisher, const Page *page, GString *out)
{
    static const char *const patches[] = {
        "1 0 0 0", "0 1 0 0", "0 0 1 0",  "0 0 0 1",  "1 1 0 0",  "1 0 1 0",
        "0 1 1 0", ".5 0 0 0", "0 .5 0 0", "0 0 .5 0", "0 0 0 .5",
    };
    const int count = G_N_ELEMENTS(patches);
    Length slug = finisher->options->print->slug;
    Length side = MIN(slug - MARK_GAP - MARK_END, POINTS(12));
    Length left = finisher->painted->offset + page->width / 2 + 6 * MARK_RADIUS;
    Length room = page->width / 2 - 8 * MARK_RADIUS;
    if (side <= 0 || room < count * side / 2)
        return;
    side = MIN(side, room / count);
    for (int i = 0; i < count; i++) {
        g_string_append_printf(out, "%s k ", patches[i]);
        append_point(out, left + i * side, (slug - side) / 2, "");
        append_point(out, side, side, "re f\n");
    }
}

int
press_marks(Finisher *finisher, const Page *page)
{
    const PdfPrint *print = finisher->options->print;
    if (!print->marks || print->slug <= MARK_GAP + MARK_END)
        return 0;
    if (finisher->marks_object != 0 &&
        finisher->marks_width == page->width &&
        finisher->marks_height == page->height)
        return finisher->marks_object;
    finisher->marks_width = page->width;
    finisher->marks_height = page->height;
    finisher->marks_object = pdf_writer_reserve(finisher->writer);
    g_autoptr(GString) marks = g_string_new("/xAll CS 1 SCN 0.25 w\n");
    append_crop_marks(finisher, page, marks);
    append_registration_marks(finisher, page, marks);
    append_color_bar(finisher, page, marks);
    GString *out = pdf_writer_begin(finisher->writer, finisher->marks_object);
    g_string_append(out, "<</Type/XObject/Subtype/Form/BBox");
    pdf_append_box(out, 0, 0, page->width + 2 * finisher->painted->offset,
                   page->height + 2 * finisher->painted->offset);
    g_string_append_printf(out,
                           "/Resources<</ColorSpace<</xAll %d 0 R>>>>>>",
                           finisher->all_inks_object);
    pdf_writer_end_deflated(finisher->writer, marks->str, marks->len);
    return finisher->marks_object;
}

/* ---- the printing condition ---- */

const guint8 *
press_profile(const Finisher *finisher, gsize *length)
{
    GBytes *profile = finisher->options->print->profile;
    if (profile != NULL)
        return g_bytes_get_data(profile, length);
    return profile_fogra39(length);
}

const char *
press_condition(const Finisher *finisher)
{
    const char *condition = finisher->options->print->condition;
    return condition != NULL ? condition : "FOGRA39";
}
