/* SPDX-License-Identifier: MIT */
/*
 * Finishing: the passes in their order.
 *
 *   1 read Cairo's file, find its pages
 *   2 collect the links, number leaves and structure elements
 *   3 each page: content, resources, annotations
 *   4 structure elements and their trees
 *   5 destinations, outlines, labels, metadata, output intent
 *   6 write what the catalog reaches
 *
 * Cairo's own structure tree, catalog and Info are not copied: nothing refers
 * to them any more.
 */
#include "pdf/finish.h"

#include "pdf/finisher.h"
#include "pdf/output.h"

#define MAX_PAGE_DEPTH 32

/* ---- pages in ---- */

static bool
find_pages(Finisher *finisher, PdfSpan reference, int depth)
{
    PdfSpan kids = pdf_file_find(finisher->file, reference, "/Kids");
    if (kids.start == NULL) {
        int number = pdf_span_reference(reference);
        g_array_append_val(finisher->page_sources, number);
        return number != 0;
    }
    if (depth == MAX_PAGE_DEPTH)
        return false;
    gsize at = 0;
    for (;;) {
        PdfSpan kid = pdf_array_next(kids, &at);
        if (kid.start == NULL)
            return true;
        if (!find_pages(finisher, kid, depth + 1))
            return false;
    }
}

static bool
read_pages(Finisher *finisher, GError **error)
{
    PdfSpan root = pdf_file_find(
        finisher->file, pdf_file_trailer(finisher->file), "/Root");
    bool found = find_pages(finisher, pdf_dictionary_find(root, "/Pages"), 0);
    int expected = (int)finisher->pages->pages->len;
    if (finisher->painted->texts != NULL &&
        finisher_page_count(finisher) == expected + 1) {
        finisher->sheet =
            g_array_index(finisher->page_sources, int, expected);
        g_array_set_size(finisher->page_sources, (guint)expected);
    }
    if (found && finisher_page_count(finisher) == expected)
        return true;
    g_set_error(error, PDF_ERROR, PDF_ERROR_READ,
                "the painted PDF has %d pages, not %d",
                finisher_page_count(finisher), expected);
    return false;
}

/* Resources may stand higher up in the tree of pages. */
static PdfSpan
inherited(PdfFile *file, PdfSpan page, const char *key)
{
    for (int depth = 0; depth < MAX_PAGE_DEPTH; depth++) {
        page = pdf_file_resolve(file, page);
        PdfSpan value = pdf_dictionary_find(page, key);
        if (value.start != NULL)
            return value;
        page = pdf_dictionary_find(page, "/Parent");
    }
    return (PdfSpan){NULL, NULL};
}

/* ---- pages out ---- */

typedef struct {
    Finisher *finisher;
    Importer *importer;
    int pages_object;
    guint next_annotation, next_leaf;
    GByteArray *content;  /* of the page, decoded */
    GString *rewritten;
} PagePass;

static bool
append_part_of_content(PagePass *pass, PdfSpan reference)
{
    PdfFile *file = pass->finisher->file;
    PdfObject object;
    if (!pdf_file_object(file, pdf_span_reference(reference), &object) ||
        object.stream == NULL ||
        !pdf_file_append_data(file, &object, pass->content))
        return false;
    g_byte_array_append(pass->content, (const guint8 *)"\n", 1);
    return true;
}

static bool
read_content(PagePass *pass, PdfSpan page)
{
    PdfFile *file = pass->finisher->file;
    PdfSpan contents = pdf_dictionary_find(page, "/Contents");
    g_byte_array_set_size(pass->content, 0);
    PdfSpan array = pdf_file_resolve(file, contents);
    if (array.start == NULL || *array.start != '[')
        return append_part_of_content(pass, contents);
    gsize at = 0;
    for (;;) {
        PdfSpan part = pdf_array_next(array, &at);
        if (part.start == NULL)
            return true;
        if (!append_part_of_content(pass, part))
            return false;
    }
}

/* the page's leaves are the next ones: paint records them in this order */
static ContentOptions
content_options(PagePass *pass, int page)
{
    const Finisher *finisher = pass->finisher;
    const GArray *leaves = finisher->painted->leaves;
    guint first = pass->next_leaf;
    while (pass->next_leaf < leaves->len &&
           g_array_index(leaves, PaintLeaf, pass->next_leaf).page == page)
        pass->next_leaf++;
    ContentOptions options = {.leaf_count = (int)(pass->next_leaf - first),
                              .glyph_texts = finisher->glyph_texts,
                              .stored = finisher->stored};
    if (finisher->stored != NULL)
        options.painted = &g_array_index(leaves, PaintLeaf, first);
    if (finisher->structure != NULL) {
        options.tagged = true;
        options.leaves = pdf_structure_leaves(finisher->structure) + first;
    }
    return options;
}

/* Marks stand outside Cairo's own coordinates, which begin with a flip. */
static void
append_marks(GString *content)
{
    g_string_prepend(content, "q\n");
    g_string_append(content, "\nQ\n/Artifact<</Type/Page>>BDC q " MARKS_NAME
                             " Do Q EMC\n");
}

static bool
rewrite_content(PagePass *pass, int page, PdfSpan source, Additions *additions,
                GError **error)
{
    Finisher *finisher = pass->finisher;
    ContentOptions options = content_options(pass, page);
    if (!read_content(pass, source)) {
        g_set_error(error, PDF_ERROR, PDF_ERROR_READ,
                    "page %d of the painted PDF cannot be read", page + 1);
        return false;
    }
    InkPass inks;
    if (finisher->inks != NULL) {
        ink_pass_init(&inks, finisher->inks, false);
        options.inks = &inks;
    }
    g_string_truncate(pass->rewritten, 0);
    bool done = pdf_content_rewrite((const char *)pass->content->data,
                                    pass->content->len, &options,
                                    pass->rewritten, error);
    if (finisher->inks != NULL) {
        additions->ink_states = inks.used_states;
        additions->srgb = inks.uses_srgb;
        additions->marks =
            press_marks(finisher, page_list_get(finisher->pages, (guint)page));
        ink_pass_clear(&inks);
    }
    if (!done)
        g_prefix_error(error, "page %d: ", page + 1);
    else if (additions->marks != 0)
        append_marks(pass->rewritten);
    return done;
}

static void
append_boxes(const Finisher *finisher, const Page *page, GString *out)
{
    Length around = 2 * finisher->painted->offset;
    g_string_append(out, "/MediaBox");
    pdf_append_box(out, 0, 0, page->width + around, page->height + around);
    if (finisher->inks != NULL)
        append_press_boxes(finisher, page, out);
}

static void
append_group(const Finisher *finisher, PdfSpan resources, GString *out)
{
    if (!resources_are_transparent(finisher->file, resources))
        return;
    g_string_append(out, "/Group<</Type/Group/S/Transparency/I true/CS/");
    g_string_append(out,
                    finisher->inks != NULL ? "DeviceCMYK>>" : "DeviceRGB>>");
}

static bool
write_page(PagePass *pass, int page, GError **error)
{
    Finisher *finisher = pass->finisher;
    PdfObject source;
    int source_number = g_array_index(finisher->page_sources, int, page);
    int content = pdf_writer_reserve(finisher->writer);
    Additions additions = {.stored = finisher->stored};
    if (!pdf_file_object(finisher->file, source_number, &source) ||
        !rewrite_content(pass, page, source.value, &additions, error))
        return false;
    g_string_append(pdf_writer_begin(finisher->writer, content), "<<>>");
    pdf_writer_end_deflated(finisher->writer, pass->rewritten->str,
                            pass->rewritten->len);
    PdfSpan resources = inherited(finisher->file, source.value, "/Resources");
    GString *out = pdf_writer_begin(finisher->writer,
                                    finisher_page_object(finisher, page));
    g_string_append(out, "<</Type/Page/Parent ");
    pdf_append_reference(out, pass->pages_object);
    append_boxes(finisher, page_list_get(finisher->pages, (guint)page), out);
    g_string_append(out, "/Contents ");
    pdf_append_reference(out, content);
    g_string_append(out, "/Resources ");
    importer_append_resources(pass->importer, resources, &additions, out);
    if (finisher->structure != NULL) {
        g_string_append(out, "/StructParents ");
        pdf_append_integer(out, page);
    }
    append_group(finisher, resources, out);
    append_page_annotations(finisher, page, &pass->next_annotation, out);
    g_string_append(out, ">>");
    pdf_writer_end(finisher->writer);
    return importer_finish(pass->importer, error);
}

/* the sheet of glyphs, if there is one; false: it is wrong */
static bool
read_sheet(PagePass *pass, GError **error)
{
    Finisher *finisher = pass->finisher;
    PdfObject sheet;
    if (finisher->sheet == 0)
        return true;
    if (!pdf_file_object(finisher->file, finisher->sheet, &sheet) ||
        !read_content(pass, sheet.value)) {
        g_set_error_literal(error, PDF_ERROR, PDF_ERROR_READ,
                            "the sheet of glyphs cannot be read");
        return false;
    }
    PdfSpan resources = pdf_file_resolve(
        finisher->file,
        inherited(finisher->file, sheet.value, "/Resources"));
    const char *content = (const char *)pass->content->data;
    importer_note_fonts(pass->importer, resources);
    finisher->stored = stored_text_new(
        finisher->painted->texts, finisher->file, resources,
        (PdfSpan){content, content + pass->content->len},
        finisher->glyph_texts, error);
    return finisher->stored != NULL;
}

static bool
check_stored(const Finisher *finisher, GError **error)
{
    if (finisher->stored == NULL)
        return true;
    bool is_done = stored_text_is_done(finisher->stored);
    text_store_forget_lines(finisher->painted->texts);
    if (is_done)
        return true;
    g_set_error_literal(error, PDF_ERROR, PDF_ERROR_LEAVES,
                        "some text stands on no page");
    return false;
}

static bool
write_pages(Finisher *finisher, int pages_object, GError **error)
{
    g_autoptr(Importer) importer = importer_new(finisher);
    g_autoptr(GByteArray) content = g_byte_array_new();
    GString *rewritten = g_string_new(NULL);
    PagePass pass = {.finisher = finisher,
                     .importer = importer,
                     .pages_object = pages_object,
                     .content = content,
                     .rewritten = rewritten};
    int count = finisher_page_count(finisher);
    finisher->glyph_texts = glyph_texts_new();
    bool done = read_sheet(&pass, error);
    for (int i = 0; i < count && done; i++)
        done = write_page(&pass, i, error);
    done = done && check_stored(finisher, error) &&
           importer_finish_maps(importer, error);
    g_clear_pointer(&finisher->glyph_texts, glyph_texts_free);
    g_string_free(rewritten, TRUE);
    if (!done)
        return false;
    GString *out = pdf_writer_begin(finisher->writer, pages_object);
    g_string_append_printf(out, "<</Type/Pages/Count %d/Kids[", count);
    for (int i = 0; i < count; i++)
        pdf_append_reference(out, finisher_page_object(finisher, i));
    g_string_append(out, "]>>");
    pdf_writer_end(finisher->writer);
    return true;
}

/* ---- the whole ---- */

static bool
start_structure(Finisher *finisher, GError **error)
{
    if (finisher->inks == NULL) /* PDF/X wants no annotation on the page */
        collect_annotations(finisher);
    if (!finisher->options->tagged)
        return true;
    finisher->structure = pdf_structure_new(
        finisher->pages, finisher->painted,
        (PdfAnnotation *)(void *)finisher->annotations->data,
        (int)finisher->annotations->len, finisher->writer, error);
    return finisher->structure != NULL;
}

static int
write_catalog(Finisher *finisher, int pages_object)
{
    g_autoptr(GString) catalog = g_string_new("<</Type/Catalog/Pages ");
    pdf_append_reference(catalog, pages_object);
    if (finisher->structure != NULL) {
        g_string_append(catalog, "/MarkInfo<</Marked true>>/StructTreeRoot ");
        pdf_append_reference(
            catalog, pdf_structure_write(
                         finisher->structure,
                         (const int *)(void *)finisher->page_objects->data));
    }
    append_destinations(finisher, catalog);
    append_outlines(finisher, catalog);
    append_page_labels(finisher, catalog);
    append_metadata(finisher, catalog);
    g_string_append(catalog, ">>");
    int number = pdf_writer_reserve(finisher->writer);
    pdf_writer_add(finisher->writer, number, catalog->str);
    return number;
}

static GBytes *
finish_file(Finisher *finisher, GError **error)
{
    finisher->file =
        pdf_file_read(finisher->painted->pdf->data,
                      finisher->painted->pdf->len, finisher->flate, error);
    if (finisher->file == NULL || !read_pages(finisher, error))
        return NULL;
    finisher->writer =
        pdf_writer_new(pdf_file_size(finisher->file), finisher->flate);
    press_start(finisher);
    int pages_object = pdf_writer_reserve(finisher->writer);
    for (int i = 0; i < finisher_page_count(finisher); i++) {
        int number = pdf_writer_reserve(finisher->writer);
        g_array_append_val(finisher->page_objects, number);
    }
    if (!start_structure(finisher, error))
        return NULL;
    check_claims(finisher);
    if (!write_pages(finisher, pages_object, error))
        return NULL;
    write_annotations(finisher);
    /* ISO 15930-7 is PDF 1.6 */
    PdfTrailer trailer = {.version = finisher->inks != NULL ? "1.6" : "1.7"};
    trailer.root = write_catalog(finisher, pages_object);
    trailer.info = write_info(finisher);
    if (finisher->inks != NULL)
        ink_table_report(finisher->inks, finisher->diagnostics);
    return pdf_writer_finish(finisher->writer, &trailer);
}

GBytes *
pdf_finish(const PageList *pages, const PaintResult *painted,
           const PdfOptions *options, Diagnostics *diagnostics, GError **error)
{
    Finisher finisher = {
        .pages = pages,
        .painted = painted,
        .options = options,
        .diagnostics = diagnostics,
        .flate = flate_new(),
        .annotations = g_array_new(FALSE, TRUE, sizeof(PdfAnnotation)),
        .page_sources = g_array_new(FALSE, FALSE, sizeof(int)),
        .page_objects = g_array_new(FALSE, FALSE, sizeof(int)),
    };
    GBytes *bytes = finish_file(&finisher, error);
    press_clear(&finisher);
    pdf_structure_free(finisher.structure);
    stored_text_free(finisher.stored);
    pdf_writer_free(finisher.writer);
    pdf_file_free(finisher.file);
    flate_free(finisher.flate);
    g_array_unref(finisher.annotations);
    g_array_unref(finisher.page_sources);
    g_array_unref(finisher.page_objects);
    if (finisher.xmp != NULL)
        g_string_free(finisher.xmp, TRUE);
    return bytes;
}
