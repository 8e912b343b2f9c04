/* SPDX-License-Identifier: MIT */
/*
 * Sheets: booklets and handouts.
 *
 * The paper is turned so that the pages fit; what of the bleed fits around them
 * is kept, and where more is left marks say where to fold and cut.  Sheets carry
 * no tags: the screen's file is for reading.
 */
#include "pipeline/printing.h"

#include "paint/impose.h"

#include <string.h>

#define TENTH_MM(n) length_scale(POINTS(n), 72, 254)
#define BLEED TENTH_MM(30)
/* papers and pages of the same name may differ by rounding */
#define SAME_SIZE (LENGTH_PER_POINT / 2)
#define HANDOUT_MARGIN TENTH_MM(100)
#define HANDOUT_GUTTER TENTH_MM(60)
#define NOTE_LINES TENTH_MM(75)
/* nested deeper, the inner sheets creep too far */
enum { USUAL_SHEETS = 4, USUAL_PAGES_PER_SIDE = 2 };

/* ---- paper ---- */

typedef struct {
    const char *name;
    int width, height; /* 1/10 mm */
} Paper;

static const Paper papers[] = {
    {"A2", 4200, 5940},   {"A3", 2970, 4200},     {"A4", 2100, 2970},
    {"A5", 1480, 2100},   {"B4", 2500, 3530},     {"B5", 1760, 2500},
    {"SRA3", 3200, 4500}, {"SRA4", 2250, 3200},   {"Letter", 2159, 2794},
    {"Legal", 2159, 3556}, {"Tabloid", 2794, 4318},
};

/* "320x450mm": a length without a unit has that of the other */
static bool
read_size(const char *text, Length *width, Length *height)
{
    const char *times = strchr(text, 'x');
    if (times == NULL || length_read(times + 1, height) == 0)
        return false;
    if (length_read(times + 1, height) != (int)strlen(times + 1))
        return false;
    const char *unit = times + 1 + strspn(times + 1, "0123456789.");
    g_autofree char *first = g_strndup(text, (gsize)(times - text));
    g_autofree char *with_unit = g_strconcat(first, unit, NULL);
    if (length_read(first, width) != (int)strlen(first) &&
        length_read(with_unit, width) != (int)strlen(with_unit))
        return false;
    return *width > 0 && *height > 0 && *width < POINTS(14400) &&
           *height < POINTS(14400);
}

static bool
find_paper(const char *name, Length *width, Length *height,
           Diagnostics *diagnostics)
{
    if (name == NULL)
        name = "A4";
    for (gsize i = 0; i < G_N_ELEMENTS(papers); i++) {
        if (g_ascii_strcasecmp(name, papers[i].name) != 0)
            continue;
        *width = TENTH_MM(papers[i].width);
        *height = TENTH_MM(papers[i].height);
        return true;
    }
    if (read_size(name, width, height))
        return true;
    diagnostics_add(diagnostics, LEVEL_INVALID, "paper-unknown",
                    (Place){NULL, 0, 0},
                    "'%s' is no paper; write a name (A3, A4, SRA3, Letter "
                    "...) or WIDTHxHEIGHT with a unit, 320x450mm",
                    name);
    return false;
}

/* of the largest pages; a book has one size, hardly ever two */
static SheetFormat
page_format(const PageList *pages)
{
    SheetFormat format = {0};
    for (guint i = 0; i < pages->pages->len; i++) {
        const Page *page = page_list_get(pages, i);
        format.page_width = MAX(format.page_width, page->width);
        format.page_height = MAX(format.page_height, page->height);
    }
    return format;
}

static void
set_sheet(SheetFormat *format, Length width, Length height)
{
    format->sheet_width = width;
    format->sheet_height = height;
}

/* ---- booklets ---- */

static bool
fits_twice(const SheetFormat *format)
{
    return format->sheet_width + SAME_SIZE >= 2 * format->page_width &&
           format->sheet_height + SAME_SIZE >= format->page_height;
}

static bool
find_booklet_format(SheetFormat *format, const PrintingOptions *options,
                    Diagnostics *diagnostics)
{
    Length width, height;
    if (!find_paper(options->paper, &width, &height, diagnostics))
        return false;
    set_sheet(format, MAX(width, height), MIN(width, height));
    if (!fits_twice(format))
        set_sheet(format, MIN(width, height), MAX(width, height));
    if (!fits_twice(format)) {
        diagnostics_add(
            diagnostics, LEVEL_INVALID, "paper-too-small",
            (Place){NULL, 0, 0},
            "two pages of %.0f x %.0f mm do not fit on the paper '%s'; name "
            "a larger one with --paper",
            length_points(format->page_width) * 25.4 / 72,
            length_points(format->page_height) * 25.4 / 72,
            options->paper == NULL ? "A4" : options->paper);
        return false;
    }
    Length across = (format->sheet_width - 2 * format->page_width) / 2;
    Length up = (format->sheet_height - format->page_height) / 2;
    format->bleed = CLAMP(MIN(across, up), 0, BLEED);
    format->has_marks = true;
    return true;
}

static GArray *
place_booklet(const PageList *pages, SheetFormat *format,
              const PrintingOptions *options, Diagnostics *diagnostics)
{
    if (!find_booklet_format(format, options, diagnostics))
        return NULL;
    BookletOptions booklet = {
        .sheets_per_signature =
            options->has_sheets ? options->sheets : USUAL_SHEETS,
        .caliper = options->caliper,
    };
    return impose_booklet((int)pages->pages->len, format, &booklet);
}

/* ---- handouts ---- */

/* columns and rows on paper that stands upright */
static bool
find_grid(int pages_per_side, HandoutOptions *handout)
{
    static const int grids[][2] = {{1, 1}, {1, 2}, {1, 3}, {2, 2},
                                   {2, 3}, {2, 4}, {3, 3}, {3, 4}, {4, 4}};
    for (gsize i = 0; i < G_N_ELEMENTS(grids); i++) {
        if (grids[i][0] * grids[i][1] != pages_per_side)
            continue;
        handout->columns = grids[i][0];
        handout->rows = grids[i][1];
        return true;
    }
    return false;
}

/* the pages of a chapter: up to where the next heading of its level stands */
static bool
find_chapter(const PageList *pages, const char *id, int *first, int *count)
{
    int level = 0, end = (int)pages->pages->len;
    for (guint i = 0; i < pages->outline->len; i++) {
        const OutlineEntry *entry =
            &g_array_index(pages->outline, OutlineEntry, i);
        const PageDestination *at =
            entry->destination == NULL
                ? NULL
                : g_hash_table_lookup(pages->destinations, entry->destination);
        if (at == NULL)
            continue;
        if (level == 0 && strcmp(entry->destination, id) == 0) {
            level = entry->level;
            *first = at->page;
        } else if (level > 0 && entry->level <= level) {
            end = MAX(at->page, *first + 1);
            break;
        }
    }
    while (level > 0 && end > *first + 1 &&
           page_list_get(pages, (guint)end - 1)->blank)
        end--;
    *count = end - *first;
    return level > 0;
}

/* the stylesheet's word */
static bool
is_for_notes(const Page *page)
{
    return page->blank || g_str_has_prefix(page->master, "notes");
}

/* indexes of the pages that are wanted; NULL after a diagnostic */
static GArray *
find_pages(const PageList *pages, const PrintingOptions *options,
           Diagnostics *diagnostics)
{
    g_autoptr(GArray) wanted = g_array_new(FALSE, FALSE, sizeof(int));
    int first = 0, count = (int)pages->pages->len;
    if (options->chapter != NULL &&
        !find_chapter(pages, options->chapter, &first, &count)) {
        diagnostics_add(diagnostics, LEVEL_INVALID, "chapter-unknown",
                        (Place){NULL, 0, 0},
                        "no chapter or section of the contents has the id "
                        "'%s'; ids stand behind the headings, {#id}",
                        options->chapter);
        return NULL;
    }
    for (int page = first; page < first + count; page++) {
        if (!options->without_notes ||
            !is_for_notes(page_list_get(pages, (guint)page)))
            g_array_append_val(wanted, page);
    }
    return g_steal_pointer(&wanted);
}

static GArray *
place_handout(const PageList *pages, SheetFormat *format,
              const PrintingOptions *options, Diagnostics *diagnostics)
{
    Length width, height;
    HandoutOptions handout = {.gutter = HANDOUT_GUTTER,
                              .margin = HANDOUT_MARGIN,
                              .notes_step = NOTE_LINES};
    int wanted = options->pages_per_side > 0 ? options->pages_per_side
                                             : USUAL_PAGES_PER_SIDE;
    if (!find_paper(options->paper, &width, &height, diagnostics))
        return NULL;
    g_autoptr(GArray) indexes = find_pages(pages, options, diagnostics);
    if (indexes == NULL)
        return NULL;
    set_sheet(format, MIN(width, height), MAX(width, height));
    if (!find_grid(wanted, &handout) ||
        format->sheet_width < 4 * handout.margin * handout.columns) {
        diagnostics_add(diagnostics, LEVEL_INVALID, "handout-impossible",
                        (Place){NULL, 0, 0},
                        "%d pages cannot be laid on a side of this paper; "
                        "--nup is 1, 2, 3, 4, 6, 8, 9, 12 or 16, fewer on "
                        "small paper",
                        wanted);
        return NULL;
    }
    GArray *sides = impose_handout((int)indexes->len, format, &handout);
    for (guint i = 0; i < sides->len; i++) {
        SheetSide *side = &g_array_index(sides, SheetSide, i);
        for (int k = 0; k < side->slot_count; k++)
            side->slots[k].page =
                g_array_index(indexes, int, side->slots[k].page);
    }
    return sides;
}

/* ---- the file ---- */

GBytes *
sheets_make(OutputKind kind, const PageList *pages, const PdfOptions *metadata,
            const PrintingOptions *options, Diagnostics *diagnostics,
            GError **error)
{
    SheetFormat format = page_format(pages);
    g_autoptr(GArray) sides =
        kind == OUTPUT_BOOKLET
            ? place_booklet(pages, &format, options, diagnostics)
            : place_handout(pages, &format, options, diagnostics);
    if (sides == NULL)
        return NULL;
    g_autoptr(PageList) sheets = impose_pages(pages, sides, &format);
    PaintResult painted = {0};
    PdfOptions pdf = *metadata;
    pdf.tagged = false;
    GBytes *bytes = NULL;
    if (paint_sheets(pages, sides, &format, &painted, diagnostics, error))
        bytes = pdf_finish(sheets, &painted, &pdf, diagnostics, error);
    paint_result_clear(&painted);
    return bytes;
}
