/* SPDX-License-Identifier: MIT */
/*
 * Finishing: the sample pages as a PDF, looked at with our own reader and
 * judged by other programs.
 *
 * With PDF_SAMPLE=FOLDER in the environment it writes the samples there and does
 * nothing else: tests/pdf/checkers.t goes on with them.
 */
#include "pdf/finish.h"

#include "pdf/reader.h"
#include "sample_pages.h"

typedef struct {
    SampleFace face;
    GraphicStore *store;
    PageList *pages;
    Diagnostics *diagnostics;
    PdfOptions options;
} Fixture;

static void
set_up_font(Fixture *f, const char *font)
{
    g_assert_true(sample_face_open(&f->face, font));
    f->store = graphic_store_new();
    f->pages = sample_pages_new(&f->face, f->store);
    f->diagnostics = diagnostics_new();
    f->options = (PdfOptions){.title = f->pages->title, .tagged = true};
    f->options.language = f->pages->language;
    f->options.author = "Autori\305\263 grup\304\227";
    f->options.subject = "<mokymai> & kiti";
    f->options.creator = "sample_pages.h";
    f->options.date = 1700000000;
}

static void
set_up(Fixture *f, gconstpointer data)
{
    (void)data;
    set_up_font(f, SAMPLE_FONT);
}

static void
tear_down(Fixture *f, gconstpointer data)
{
    (void)data;
    page_list_free(f->pages);
    graphic_store_free(f->store);
    diagnostics_free(f->diagnostics);
    sample_face_close(&f->face);
}

static GBytes *
finish_painted(Fixture *f, const PaintResult *painted)
{
    GError *error = NULL;
    GBytes *bytes =
        pdf_finish(f->pages, painted, &f->options, f->diagnostics, &error);
    g_assert_no_error(error);
    return bytes;
}

static PaintResult
paint(Fixture *f)
{
    PaintResult painted;
    GError *error = NULL;
    PaintOptions options = {0};
    if (f->options.print != NULL) {
        options.bleed = f->options.print->bleed;
        options.slug = f->options.print->slug;
    }
    paint_pdf(f->pages, &options, &painted, f->diagnostics, &error);
    g_assert_no_error(error);
    return painted;
}

static GBytes *
finish(Fixture *f)
{
    PaintResult painted = paint(f);
    GBytes *bytes = finish_painted(f, &painted);
    paint_result_clear(&painted);
    return bytes;
}

/* ---- other programs ---- */

/* what a command prints about a PDF; the command's @ is the file's name; NULL:
 * the program is not installed */
static char *
ask(const void *data, gsize length, const char *command, int *status)
{
    g_auto(GStrv) argv = g_strsplit(command, " ", -1);
    g_autofree char *program = g_find_program_in_path(argv[0]);
    if (program == NULL)
        return NULL;
    g_autofree char *folder = g_dir_make_tmp("vadovas-XXXXXX", NULL);
    g_autofree char *file = g_build_filename(folder, "finish.pdf", NULL);
    g_file_set_contents(file, data, (gssize)length, NULL);
    for (int i = 0; argv[i] != NULL; i++) {
        if (strcmp(argv[i], "@") == 0) {
            g_free(argv[i]);
            argv[i] = g_strdup(file);
        }
    }
    char *text = NULL, *complaints = NULL;
    g_spawn_sync(NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text,
                 &complaints, status, NULL);
    char *all = g_strconcat(text, complaints, NULL);
    g_free(text);
    g_free(complaints);
    remove(file);
    remove(folder);
    return all;
}

static char *
ask_bytes(GBytes *bytes, const char *command, int *status)
{
    gsize length;
    const void *data = g_bytes_get_data(bytes, &length);
    return ask(data, length, command, status);
}

static void
test_judge(Fixture *f, gconstpointer command)
{
    g_autoptr(GBytes) bytes = finish(f);
    int status = 1;
    g_autofree char *said = ask_bytes(bytes, command, &status);
    if (said == NULL) {
        g_test_skip("the program is not installed");
        return;
    }
    /* a build of mutool without colour management says so every time */
    const char *text = said;
    if (g_str_has_prefix(text, "warning: ICC support is not available\n"))
        text = strchr(text, '\n') + 1;
    if (strstr(command, "--check") == NULL)
        g_assert_cmpstr(text, ==, "");
    g_assert_cmpint(status, ==, 0);
}

/* finishing loses no word */
static void
test_text(Fixture *f, gconstpointer data)
{
    (void)data;
    PaintResult painted = paint(f);
    g_autoptr(GBytes) bytes = finish_painted(f, &painted);
    int status;
    g_autofree char *before = ask(painted.pdf->data, painted.pdf->len,
                                  "pdftotext @ -", &status);
    g_autofree char *after = ask_bytes(bytes, "pdftotext @ -", &status);
    paint_result_clear(&painted);
    if (before == NULL) {
        g_test_skip("pdftotext is not installed");
        return;
    }
    g_assert_cmpstr(before, ==, after);
    g_assert_nonnull(strstr(after, "rei\302\255"));
    g_assert_nonnull(strstr(after, "Oficialus fizinis"));
}

/* a file as a newer Cairo writes it: object streams, xref stream */
static void
test_packed_input(Fixture *f, gconstpointer data)
{
    (void)data;
    PaintResult painted = paint(f);
    g_autoptr(GBytes) expected = finish_painted(f, &painted);
    int status = 1;
    g_autofree char *folder = g_dir_make_tmp("vadovas-XXXXXX", NULL);
    g_autofree char *file = g_build_filename(folder, "packed.pdf", NULL);
    g_autofree char *command = g_strdup_printf(
        "qpdf --object-streams=generate --newline-before-endstream @ %s", file);
    g_autofree char *said =
        ask(painted.pdf->data, painted.pdf->len, command, &status);
    if (said == NULL) {
        g_test_skip("qpdf is not installed");
        return;
    }
    char *packed;
    gsize length;
    g_assert_true(g_file_get_contents(file, &packed, &length, NULL));
    remove(file);
    remove(folder);
    g_byte_array_set_size(painted.pdf, 0);
    g_byte_array_append(painted.pdf, (guint8 *)packed, (guint)length);
    g_free(packed);
    g_autoptr(GBytes) bytes = finish_painted(f, &painted);
    paint_result_clear(&painted);
    g_autofree char *text = ask_bytes(bytes, "pdftotext -layout @ -", &status);
    g_autofree char *expected_text =
        ask_bytes(expected, "pdftotext -layout @ -", &status);
    g_assert_cmpstr(text, ==, expected_text);
    g_free(ask_bytes(bytes, "qpdf --check @", &status));
    g_assert_cmpint(status, ==, 0);
}

/* ---- our own look ---- */

typedef struct {
    Flate *flate;
    PdfFile *file;
    PdfSpan root;
} Look;

static Look
look_at(GBytes *bytes)
{
    Look look = {.flate = flate_new()};
    gsize length;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    look.file = pdf_file_read(data, length, look.flate, NULL);
    g_assert_nonnull(look.file);
    look.root =
        pdf_file_find(look.file, pdf_file_trailer(look.file), "/Root");
    return look;
}

static void
look_clear(Look *look)
{
    pdf_file_free(look->file);
    flate_free(look->flate);
}

static char *
span_text(PdfSpan span)
{
    return span.start == NULL ? g_strdup("")
                              : g_strndup(span.start,
                                          (gsize)(span.end - span.start));
}

static char *
read_xmp(GBytes *bytes)
{
    Look look = look_at(bytes);
    PdfObject object;
    PdfSpan reference = pdf_dictionary_find(look.root, "/Metadata");
    g_assert_true(
        pdf_file_object(look.file, pdf_span_reference(reference), &object));
    char *xmp =
        g_strndup((const char *)object.stream, object.stream_length);
    look_clear(&look);
    return xmp;
}

static void
test_same_bytes(Fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(GBytes) first = finish(f);
    g_autoptr(GBytes) second = finish(f);
    g_assert_true(g_bytes_equal(first, second));
    f->options.title = "Kitas";
    g_autoptr(GBytes) other = finish(f);
    g_assert_false(g_bytes_equal(first, other));
}

static void
test_metadata(Fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(GBytes) bytes = finish(f);
    g_assert_cmpint(diagnostics_length(f->diagnostics), ==, 0);
    g_autofree char *xmp = read_xmp(bytes);
    static const char *const expected[] = {
        "<pdfuaid:part>1</pdfuaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "Mokymo vadovas: \304\205\304\215\304\231</rdf:li>",
        "&lt;mokymai&gt; &amp; kiti",
        "<xmp:CreateDate>2023-11-14T22:13:20Z</xmp:CreateDate>",
        "<dc:language><rdf:Bag><rdf:li>lt</rdf:li>",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(expected); i++)
        g_assert_nonnull(strstr(xmp, expected[i]));
}

static void
test_catalog(Fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(GBytes) bytes = finish(f);
    Look look = look_at(bytes);
    g_autofree char *labels =
        span_text(pdf_file_find(look.file, look.root, "/PageLabels"));
    g_assert_cmpstr(labels, ==, "<</Nums[0<</S/r>>1<</S/D>>]>>");
    PdfSpan outlines = pdf_file_find(look.file, look.root, "/Outlines");
    PdfSpan count = pdf_dictionary_find(outlines, "/Count");
    g_assert_cmpint(pdf_span_integer(count), ==, 3);
    PdfSpan first = pdf_file_find(look.file, outlines, "/First");
    count = pdf_dictionary_find(first, "/Count");
    g_assert_cmpint(pdf_span_integer(count), ==, 2);
    PdfSpan second = pdf_file_find(look.file, first, "/First");
    PdfSpan last = pdf_file_find(look.file, second, "/Next");
    g_assert_null(pdf_dictionary_find(last, "/Next").start);
    g_autofree char *target = span_text(pdf_dictionary_find(last, "/Dest"));
    g_assert_cmpstr(target, ==, "(trecias)");
    look_clear(&look);
}

/* levels that jump, closed entries: 1 3 3 2 1, the first one closed */
static void
test_outline_levels(Fixture *f, gconstpointer data)
{
    (void)data;
    static const int levels[] = {1, 3, 3, 2, 1};
    g_array_set_size(f->pages->outline, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(levels); i++) {
        OutlineEntry entry = {.title = "x", .level = levels[i]};
        entry.destination = "trecias";
        entry.open = i != 0;
        g_array_append_val(f->pages->outline, entry);
    }
    g_autoptr(GBytes) bytes = finish(f);
    Look look = look_at(bytes);
    PdfSpan outlines = pdf_file_find(look.file, look.root, "/Outlines");
    PdfSpan first = pdf_file_find(look.file, outlines, "/First");
    PdfSpan last = pdf_file_find(look.file, outlines, "/Last");
    g_assert_cmpint(
        pdf_span_integer(pdf_dictionary_find(outlines, "/Count")), ==, 2);
    g_assert_cmpint(pdf_span_integer(pdf_dictionary_find(first, "/Count")), ==,
                    -3);
    g_assert_cmpint(pdf_span_reference(pdf_dictionary_find(first, "/Next")),
                    ==, pdf_span_reference(pdf_dictionary_find(outlines,
                                                               "/Last")));
    g_assert_null(pdf_dictionary_find(last, "/First").start);
    look_clear(&look);
}

static void
test_untagged(Fixture *f, gconstpointer data)
{
    (void)data;
    f->options.tagged = false;
    g_autoptr(GBytes) bytes = finish(f);
    Look look = look_at(bytes);
    g_assert_null(pdf_dictionary_find(look.root, "/StructTreeRoot").start);
    g_assert_null(pdf_dictionary_find(look.root, "/MarkInfo").start);
    look_clear(&look);
    g_autofree char *xmp = read_xmp(bytes);
    g_assert_null(strstr(xmp, "pdfuaid:part"));
    int status = 0;
    g_free(ask_bytes(bytes, "qpdf --check @", &status));
    g_assert_cmpint(status, ==, 0);
}

/* PDF/A: on screen no colour without a profile may be CMYK, no picture may be
 * interpolated */
static void
test_colour_spaces(Fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(GBytes) bytes = finish(f);
    Look look = look_at(bytes);
    int photographs = 0;
    for (int i = 1; i < pdf_file_size(look.file); i++) {
        PdfObject object;
        if (!pdf_file_object(look.file, i, &object))
            continue;
        g_autofree char *text = span_text(object.value);
        g_assert_null(strstr(text, "/DeviceCMYK"));
        g_assert_null(strstr(text, "/Interpolate"));
        photographs += strstr(text, "/Decode[1 0 1 0 1 0 1 0]") != NULL;
    }
    g_assert_cmpint(photographs, ==, 1);
    look_clear(&look);
}

static void
test_blank_page(Fixture *f, gconstpointer data)
{
    (void)data;
    Page *page = page_list_add(f->pages, POINTS(420), POINTS(595));
    page->number = 3;
    page->blank = true;
    g_autoptr(GBytes) bytes = finish(f);
    int status = 0;
    g_free(ask_bytes(bytes, "qpdf --check @", &status));
    g_assert_cmpint(status, ==, 0);
    g_assert_cmpint(diagnostics_length(f->diagnostics), ==, 0);
}

/* ---- claims that cannot be made ---- */

static void
check_claimless(Fixture *f, const char *name)
{
    g_autoptr(GBytes) bytes = finish(f);
    g_assert_true(diagnostics_has(f->diagnostics, name));
    g_assert_cmpint(diagnostics_length(f->diagnostics), ==, 1);
    g_autofree char *xmp = read_xmp(bytes);
    g_assert_null(strstr(xmp, "pdfuaid:part"));
    g_assert_null(strstr(xmp, "pdfaid:part"));
}

/* the first node of a role below another */
static StructNode *
find_role(StructNode *node, const char *role)
{
    if (node->role != NULL && strcmp(node->role, role) == 0)
        return node;
    for (StructNode *kid = node->first; kid != NULL; kid = kid->next) {
        StructNode *found = find_role(kid, role);
        if (found != NULL)
            return found;
    }
    return NULL;
}

static void
test_no_alt(Fixture *f, gconstpointer data)
{
    (void)data;
    StructNode *figure = find_role(f->pages->structure, "Figure");
    struct_node_details(f->pages, figure)->alt = NULL;
    check_claimless(f, "pdf-figure-without-alt");
}

static void
test_heading_order(Fixture *f, gconstpointer data)
{
    (void)data;
    find_role(f->pages->structure, "H2")->role = "H3";
    check_claimless(f, "pdf-heading-order");
}

static void
test_first_heading(Fixture *f, gconstpointer data)
{
    (void)data;
    find_role(f->pages->structure, "H1")->role = "H2";
    check_claimless(f, "pdf-heading-order");
}

static void
test_role_unknown(Fixture *f, gconstpointer data)
{
    (void)data;
    find_role(f->pages->structure, "Reference")->role = "Caller";
    check_claimless(f, "pdf-role-unknown");
}

static void
test_role_misplaced(Fixture *f, gconstpointer data)
{
    (void)data;
    find_role(f->pages->structure, "LBody")->role = "P";
    check_claimless(f, "pdf-role-misplaced");
}

static void
test_no_scope(Fixture *f, gconstpointer data)
{
    (void)data;
    StructNode *head = find_role(f->pages->structure, "TH");
    struct_node_details(f->pages, head)->scope = NULL;
    check_claimless(f, "pdf-head-without-scope");
}

static void
test_untitled(Fixture *f, gconstpointer data)
{
    (void)data;
    f->options.title = NULL;
    check_claimless(f, "pdf-untitled");
}

static void
test_no_language(Fixture *f, gconstpointer data)
{
    (void)data;
    f->options.language = NULL;
    check_claimless(f, "pdf-no-language");
}

static void
test_missing_glyphs(Fixture *f, gconstpointer data)
{
    (void)data;
    Sample sample = {.pages = f->pages, .face = &f->face};
    sample.page = page_list_get(f->pages, 2);
    StructNode *p = struct_node_add(f->pages, f->pages->structure, "P");
    sample_text(&sample, sample_slot(&sample, p), POINTS(50), POINTS(300),
                POINTS(10), "\360\237\230\200");
    check_claimless(f, "pdf-missing-glyphs");
}

static void
test_lost_link(Fixture *f, gconstpointer data)
{
    (void)data;
    g_hash_table_remove(f->pages->destinations, "antras-\304\227");
    g_autoptr(GBytes) bytes = finish(f);
    g_assert_true(diagnostics_has(f->diagnostics, "pdf-link-lost"));
    int status = 0;
    g_free(ask_bytes(bytes, "qpdf --check @", &status));
    g_assert_cmpint(status, ==, 0);
}

static void
test_stray_leaf(Fixture *f, gconstpointer data)
{
    (void)data;
    PaintResult painted = paint(f);
    StructNode stray = {0};
    g_array_index(painted.leaves, PaintLeaf, 3).slot = &stray;
    GError *error = NULL;
    g_assert_null(pdf_finish(f->pages, &painted, &f->options, f->diagnostics,
                             &error));
    g_assert_error(error, PDF_ERROR, PDF_ERROR_LEAVES);
    g_error_free(error);
    paint_result_clear(&painted);
}

/* ---- print ---- */

static const PdfInk inks[] = {
    /* the band behind the head */
    {55705 / 65535.0, 58982 / 65535.0, 63569 / 65535.0, 0.15, 0.05, 0, 0},
    {0.8, 0.1, 0.2, 0.1, 1, 0.9, 0.05},
};
static const PdfPrint print_options = {
    .inks = inks,
    .ink_count = G_N_ELEMENTS(inks),
    .bleed = POINTS(9),
    .slug = POINTS(24),
    .marks = true,
};

static void
set_up_print(Fixture *f, gconstpointer data)
{
    set_up(f, data);
    f->options.print = &print_options;
}

static void
test_print_text(Fixture *f, gconstpointer data)
{
    (void)data;
    PaintResult painted = paint(f);
    g_autoptr(GBytes) bytes = finish_painted(f, &painted);
    int status;
    g_autofree char *before = ask(painted.pdf->data, painted.pdf->len,
                                  "pdftotext @ -", &status);
    g_autofree char *after = ask_bytes(bytes, "pdftotext @ -", &status);
    paint_result_clear(&painted);
    if (before == NULL)
        g_test_skip("pdftotext is not installed");
    else
        g_assert_cmpstr(before, ==, after);
}

static void
test_print_boxes(Fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(GBytes) bytes = finish(f);
    Look look = look_at(bytes);
    PdfSpan pages = pdf_file_find(look.file, look.root, "/Pages");
    gsize at = 0;
    PdfSpan page = pdf_file_resolve(
        look.file,
        pdf_array_next(pdf_file_find(look.file, pages, "/Kids"), &at));
    static const char *const boxes[][2] = {
        {"/MediaBox", "[0 0 486 661]"},
        {"/TrimBox", "[33 33 453 628]"},
        {"/BleedBox", "[24 24 462 637]"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(boxes); i++) {
        g_autofree char *box =
            span_text(pdf_dictionary_find(page, boxes[i][0]));
        g_assert_cmpstr(box, ==, boxes[i][1]);
    }
    g_assert_null(pdf_dictionary_find(page, "/Annots").start);
    look_clear(&look);
}

/* the SVG's gradient and circle are not the theme's */
static void
test_print_strangers(Fixture *f, gconstpointer data)
{
    (void)data;
    g_bytes_unref(finish(f));
    g_assert_cmpint(diagnostics_length(f->diagnostics), ==, 1);
    const Diagnostic *note = diagnostics_get(f->diagnostics, 0);
    g_assert_cmpstr(note->name, ==, "print-colour-converted");
    g_assert_nonnull(strstr(note->text, "#ff0000"));
}

static void
test_print_heavy(Fixture *f, gconstpointer data)
{
    (void)data;
    PdfInk heavy = {0.1, 0.1, 0.2, 1, 0.9, 0.9, 0.5};
    PdfPrint print = print_options;
    print.inks = &heavy;
    print.ink_count = 1;
    f->options.print = &print;
    g_bytes_unref(finish(f));
    g_assert_true(diagnostics_has(f->diagnostics, "print-ink-heavy"));
}

/* ---- */

static bool
write_sample(const char *folder, const char *name, const char *font,
             const PdfPrint *print)
{
    Fixture f;
    set_up_font(&f, font);
    f.options.print = print;
    g_autoptr(GBytes) bytes = finish(&f);
    g_autofree char *file = g_build_filename(folder, name, NULL);
    bool done = g_file_set_contents(file, g_bytes_get_data(bytes, NULL),
                                    (gssize)g_bytes_get_size(bytes), NULL);
    tear_down(&f, NULL);
    return done;
}

static int
write_samples(const char *folder)
{
    bool done =
        write_sample(folder, "screen.pdf", SAMPLE_FONT, NULL) &&
        write_sample(folder, "truetype.pdf", SAMPLE_TRUETYPE, NULL) &&
        write_sample(folder, "print.pdf", SAMPLE_FONT, &print_options);
    return done ? 0 : 1;
}

#define ADD(name, data, test)                                                  \
    g_test_add("/pdf/" name, Fixture, data, set_up, test, tear_down)

#define ADD_PRINT(name, data, test)                                            \
    g_test_add("/pdf/print/" name, Fixture, data, set_up_print, test, tear_down)

int
main(int argc, char **argv)
{
    const char *folder = g_getenv("PDF_SAMPLE");
    if (folder != NULL)
        return write_samples(folder);
    g_test_init(&argc, &argv, NULL);
    ADD("judge/qpdf", "qpdf --check @", test_judge);
    ADD("judge/mutool", "mutool draw -q -F trace -o /dev/null @", test_judge);
    ADD("judge/ghostscript",
        "gs -q -dNOPAUSE -dBATCH -dPDFSTOPONERROR -sDEVICE=nullpage @",
        test_judge);
    ADD("judge/poppler", "pdftotext -q @ /dev/null", test_judge);
    ADD("text", NULL, test_text);
    ADD("packed-input", NULL, test_packed_input);
    ADD("same-bytes", NULL, test_same_bytes);
    ADD("metadata", NULL, test_metadata);
    ADD("catalog", NULL, test_catalog);
    ADD("outline-levels", NULL, test_outline_levels);
    ADD("untagged", NULL, test_untagged);
    ADD("colour-spaces", NULL, test_colour_spaces);
    ADD("blank-page", NULL, test_blank_page);
    ADD("no-alt", NULL, test_no_alt);
    ADD("heading-order", NULL, test_heading_order);
    ADD("first-heading", NULL, test_first_heading);
    ADD("role-unknown", NULL, test_role_unknown);
    ADD("role-misplaced", NULL, test_role_misplaced);
    ADD("no-scope", NULL, test_no_scope);
    ADD("untitled", NULL, test_untitled);
    ADD("no-language", NULL, test_no_language);
    ADD("missing-glyphs", NULL, test_missing_glyphs);
    ADD("lost-link", NULL, test_lost_link);
    ADD("stray-leaf", NULL, test_stray_leaf);
    ADD_PRINT("qpdf", "qpdf --check @", test_judge);
    ADD_PRINT("mutool", "mutool draw -q -F trace -o /dev/null @", test_judge);
    ADD_PRINT("ghostscript",
              "gs -q -dNOPAUSE -dBATCH -dPDFSTOPONERROR -sDEVICE=nullpage @",
              test_judge);
    ADD_PRINT("text", NULL, test_print_text);
    ADD_PRINT("boxes", NULL, test_print_boxes);
    ADD_PRINT("strangers", NULL, test_print_strangers);
    ADD_PRINT("heavy", NULL, test_print_heavy);
    ADD_PRINT("same-bytes", NULL, test_same_bytes);
    return g_test_run();
}
