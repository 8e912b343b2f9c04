/* SPDX-License-Identifier: MIT */
/* Printing: the print shop's file; see the header. */
#include "pipeline/printing.h"

#include "base/file.h"
#include "pipeline/theme.h"

#include <string.h>

#define MM(n) length_scale(POINTS(n), 720, 254)
/* what every print shop asks for; room for marks and the slug line */
#define BLEED MM(3)
#define SLUG MM(12)
/* below this many pixels an inch dots can be seen in print */
enum { LEAST_PPI = 220 };
#define MOST_PROFILE_BYTES ((size_t)16 << 20)

static const char *const names[OUTPUT_COUNT] = {"screen", "print", "booklet",
                                                "handout"};

const char *
output_name(OutputKind kind)
{
    return names[kind];
}

bool
output_read(const char *list, unsigned *kinds)
{
    g_auto(GStrv) words = g_strsplit_set(list, ", ", -1);
    for (char **word = words; *word != NULL; word++) {
        bool found = **word == 0;
        for (int kind = 0; kind < OUTPUT_COUNT; kind++) {
            if (strcmp(*word, names[kind]) != 0)
                continue;
            *kinds |= 1u << kind;
            found = true;
        }
        if (!found)
            return false;
    }
    return true;
}

/* ---- the printing condition ---- */

static bool
is_cmyk_profile(GBytes *profile)
{
    gsize length = 0;
    const char *data = g_bytes_get_data(profile, &length);
    return length > 128 && memcmp(data + 36, "acsp", 4) == 0 &&
           memcmp(data + 16, "CMYK", 4) == 0 &&
           memcmp(data + 12, "prtr", 4) == 0;
}

/* false after a diagnostic; *profile NULL: the built-in one */
static bool
load_profile(const PrintingOptions *options, GBytes **profile,
             Diagnostics *diagnostics)
{
    if (options->icc == NULL)
        return true;
    const Place place = {options->icc, 0, 0};
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_canonicalize_filename(options->icc, NULL);
    *profile = file_load("/", path, MOST_PROFILE_BYTES, &error);
    if (*profile == NULL) {
        diagnostics_add(diagnostics, LEVEL_INVALID, "icc-unfit", place, "%s",
                        error->message);
        return false;
    }
    if (is_cmyk_profile(*profile))
        return true;
    diagnostics_add(diagnostics, LEVEL_INVALID, "icc-unfit", place,
                    "this is no profile of a press that prints with cyan, "
                    "magenta, yellow and black; ask the print shop for the "
                    "ICC profile of its printing condition");
    return false;
}

/* ---- pictures ---- */

/* pixels an inch in the direction in which they are fewer */
static int
resolution_of(const PageItem *item)
{
    double across = item->graphic->pixel_width * 72.0 /
                    length_points(MAX(item->width, 1));
    double down = item->graphic->pixel_height * 72.0 /
                  length_points(MAX(item->height, 1));
    return (int)MIN(across, down);
}

/* of the slot, or of the nearest element around it that has one */
static Place
place_of(const StructNode *node)
{
    while (node != NULL && node->place.file == NULL)
        node = node->parent;
    return node == NULL ? (Place){NULL, 0, 0} : node->place;
}

static void
check_resolution(const PageList *pages, Diagnostics *diagnostics)
{
    for (guint i = 0; i < pages->pages->len; i++) {
        const Page *page = page_list_get(pages, i);
        for (guint k = 0; k < page->items->len; k++) {
            const PageItem *item = &g_array_index(page->items, PageItem, k);
            if (item->kind != PAGE_GRAPHIC || item->graphic == NULL ||
                item->graphic->kind == GRAPHIC_SVG)
                continue;
            int ppi = resolution_of(item);
            if (ppi >= LEAST_PPI)
                continue;
            diagnostics_add(diagnostics, LEVEL_WARNING, "print-resolution-low",
                            place_of(item->slot),
                            "'%s' on page %u has %d pixels an inch at its "
                            "printed size, fewer than %d: its dots will be "
                            "seen; take a larger original or print it smaller",
                            item->graphic->name, i + 1, ppi, LEAST_PPI);
        }
    }
}

/* ---- the file ---- */

static GBytes *
paint_and_finish(PageList *pages, const PdfOptions *options,
                 Diagnostics *diagnostics, GError **error)
{
    PaintOptions paint = {.bleed = options->print->bleed,
                          .slug = options->print->slug,
                          .store_text = true};
    PaintResult painted = {0};
    GBytes *bytes = NULL;
    if (paint_pdf(pages, &paint, &painted, diagnostics, error))
        bytes = pdf_finish(pages, &painted, options, diagnostics, error);
    paint_result_clear(&painted);
    return bytes;
}

/* single pages, with all around them that is cut off */
static GBytes *
make_print(PageList *pages, PdfOptions *pdf, PdfPrint *print,
           const Imprint *imprint, TextEngine *engine, Diagnostics *diagnostics,
           GError **error)
{
    print->bleed = BLEED;
    print->slug = SLUG;
    print->marks = true;
    slug_add(pages, imprint, engine, BLEED, SLUG);
    GBytes *bytes = paint_and_finish(pages, pdf, diagnostics, error);
    slug_remove(pages);
    return bytes;
}

GBytes *
printing_make(OutputKind kind, PageList *pages, const PdfOptions *metadata,
              const Imprint *imprint, const PrintingOptions *options,
              const char *styles, TextEngine *engine, Diagnostics *diagnostics,
              GError **error)
{
    if (kind == OUTPUT_HANDOUT)
        return sheets_make(kind, pages, metadata, options, diagnostics, error);
    g_autoptr(GBytes) profile = NULL;
    if (!load_profile(options, &profile, diagnostics))
        return NULL;
    g_autoptr(GArray) inks = theme_inks(styles, diagnostics);
    if (inks == NULL)
        return NULL;
    PdfPrint print = {
        .inks = (const PdfInk *)(const void *)inks->data,
        .ink_count = (int)inks->len,
        .condition = options->condition,
        .profile = profile,
    };
    PdfOptions pdf = *metadata;
    pdf.print = &print;
    check_resolution(pages, diagnostics);
    return kind == OUTPUT_PRINT
               ? make_print(pages, &pdf, &print, imprint, engine, diagnostics,
                            error)
               : sheets_make(kind, pages, &pdf, options, diagnostics, error);
}
