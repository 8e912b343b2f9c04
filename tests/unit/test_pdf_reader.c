/* SPDX-License-Identifier: MIT */
/* Reader, content pass and writing of values, without Cairo. */
#include "pdf/content.h"
#include "pdf/output.h"
#include "pdf/reader.h"
#include "pdf/writer.h"

#include <locale.h>
#include <string.h>

/* ---- values ---- */

static void
test_numbers(void)
{
    g_autoptr(GString) out = g_string_new(NULL);
    setlocale(LC_ALL, "lt_LT.UTF-8"); /* a comma, where it is installed */
    pdf_append_length(out, POINTS(12));
    g_string_append_c(out, ' ');
    pdf_append_length(out, POINTS(1) / 2);
    g_string_append_c(out, ' ');
    pdf_append_length(out, -POINTS(1) / 8);
    g_string_append_c(out, ' ');
    pdf_append_length(out, 1);
    g_string_append_c(out, ' ');
    pdf_append_number(out, 0.85);
    g_string_append_c(out, ' ');
    pdf_append_number(out, -0.00001);
    setlocale(LC_ALL, "C");
    g_assert_cmpstr(out->str, ==, "12 0.5 -0.125 0 0.85 0");
}

static void
test_strings(void)
{
    g_autoptr(GString) out = g_string_new(NULL);
    pdf_append_text(out, "a(b)\\c");
    pdf_append_text(out, "\304\205\360\237\230\200");
    pdf_append_bytes(out, "id-\304\205");
    g_assert_cmpstr(out->str, ==,
                    "(a\\(b\\)\\\\c)<FEFF0105D83DDE00>(id-\304\205)");
}

static PdfSpan
span(const char *text)
{
    return (PdfSpan){text, text + strlen(text)};
}

static void
test_dictionary(void)
{
    PdfSpan dictionary = span("<</A/B/Text(\\)>>(/C 1))/List[1 2 0 R<</C 3>>]"
                              "% /C 4\n/C 12 0 R/D<feFF>>>");
    g_assert_true(pdf_span_is(pdf_dictionary_find(dictionary, "/A"), "/B"));
    g_assert_cmpint(
        pdf_span_reference(pdf_dictionary_find(dictionary, "/C")), ==, 12);
    g_assert_true(
        pdf_span_is(pdf_dictionary_find(dictionary, "/D"), "<feFF>"));
    g_assert_null(pdf_dictionary_find(dictionary, "/E").start);
    PdfSpan list = pdf_dictionary_find(dictionary, "/List");
    gsize at = 0;
    g_assert_cmpint(pdf_span_integer(pdf_array_next(list, &at)), ==, 1);
    g_assert_cmpint(pdf_span_reference(pdf_array_next(list, &at)), ==, 2);
    g_assert_true(pdf_span_is(pdf_array_next(list, &at), "<</C 3>>"));
    g_assert_null(pdf_array_next(list, &at).start);
}

static void
test_cut_values(void)
{
    static const char *const broken[] = {"<<", "<</A", "<</A[1 2", "(abc\\",
                                         "<feff", "[", "%", "12 0", ">>", ""};
    for (gsize i = 0; i < G_N_ELEMENTS(broken); i++) {
        PdfSpan text = span(broken[i]);
        const char *at = text.start;
        pdf_value_next(&at, text.end);
        g_assert_true(at <= text.end);
        PdfSpan key, value;
        gsize place = 0;
        while (pdf_dictionary_next(text, &place, &key, &value))
            g_assert_true(value.end <= text.end);
    }
}

/* ---- files ---- */

/* catalog, pages, one page, a stream whose length is an object of its own */
static GBytes *
write_file(bool plain)
{
    g_autoptr(Flate) flate = flate_new();
    g_autoptr(PdfWriter) writer = pdf_writer_new(1, flate);
    int number[6];
    for (int i = 0; i < 6; i++)
        number[i] = pdf_writer_reserve(writer);
    pdf_writer_add(writer, number[0], "<</Type/Catalog/Pages 3 0 R>>");
    pdf_writer_add(writer, number[1], "<</Title(not \\(7 0 R\\) reached)>>");
    pdf_writer_add(writer, number[2], "<</Type/Pages/Count 1/Kids[5 0 R]>>");
    pdf_writer_add(writer, number[3], "(nobody refers to this)");
    pdf_writer_add(writer, number[4],
                   "<</Type/Page/Parent 3 0 R/MediaBox[0 0 9 9]"
                   "/Resources<<>>/Gone 99 0 R/Contents 6 0 R>>");
    g_string_append(pdf_writer_begin(writer, number[5]), "<<>>");
    pdf_writer_end_deflated(writer, "0 0 1 1 re f", 12);
    PdfTrailer trailer = {.version = "1.7", .root = number[0]};
    trailer.info = number[1];
    trailer.plain = plain;
    return pdf_writer_finish(writer, &trailer);
}

static void
check_file(GBytes *bytes)
{
    g_autoptr(Flate) flate = flate_new();
    gsize length;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    GError *error = NULL;
    g_autoptr(PdfFile) file = pdf_file_read(data, length, flate, &error);
    g_assert_no_error(error);
    PdfSpan root = pdf_file_find(file, pdf_file_trailer(file), "/Root");
    PdfSpan pages = pdf_file_find(file, root, "/Pages");
    gsize at = 0;
    PdfSpan page = pdf_array_next(pdf_file_find(file, pages, "/Kids"), &at);
    PdfSpan contents =
        pdf_dictionary_find(pdf_file_resolve(file, page), "/Contents");
    PdfObject object;
    g_assert_true(
        pdf_file_object(file, pdf_span_reference(contents), &object));
    g_autoptr(GByteArray) content = g_byte_array_new();
    g_assert_true(pdf_file_append_data(file, &object, content));
    g_assert_cmpmem(content->data, 12, "0 0 1 1 re f", 12);
    PdfSpan info = pdf_file_find(file, pdf_file_trailer(file), "/Info");
    g_assert_true(pdf_span_is(pdf_dictionary_find(info, "/Title"),
                              "(not \\(7 0 R\\) reached)"));
}

static void
test_round_trip(gconstpointer plain)
{
    g_autoptr(GBytes) bytes = write_file(plain != NULL);
    g_autoptr(GBytes) again = write_file(plain != NULL);
    g_assert_true(g_bytes_equal(bytes, again));
    check_file(bytes);
}

/* the same file after qpdf has written it in its own ways */
static void
test_other_writer(gconstpointer options)
{
    g_autofree char *program = g_find_program_in_path("qpdf");
    if (program == NULL) {
        g_test_skip("qpdf is not installed");
        return;
    }
    g_autofree char *folder = g_dir_make_tmp("vadovas-XXXXXX", NULL);
    g_autofree char *before = g_build_filename(folder, "before.pdf", NULL);
    g_autofree char *after = g_build_filename(folder, "after.pdf", NULL);
    g_autoptr(GBytes) bytes = write_file(false);
    g_file_set_contents(before, g_bytes_get_data(bytes, NULL),
                        (gssize)g_bytes_get_size(bytes), NULL);
    char *argv[] = {program, (char *)options, before, after, NULL};
    int status = 1;
    g_spawn_sync(NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL,
                 &status, NULL);
    g_assert_cmpint(status, ==, 0);
    char *data;
    gsize length;
    g_assert_true(g_file_get_contents(after, &data, &length, NULL));
    g_autoptr(GBytes) other = g_bytes_new_take(data, length);
    check_file(other);
    remove(before);
    remove(after);
    remove(folder);
}

/* a file cut or changed anywhere is an error or other values, never a crash */
static void
test_damage(void)
{
    for (int plain = 0; plain < 2; plain++) {
        g_autoptr(GBytes) bytes = write_file(plain);
        gsize length;
        const guint8 *data = g_bytes_get_data(bytes, &length);
        g_autoptr(Flate) flate = flate_new();
        for (gsize i = 0; i < length * 2; i++) {
            g_autofree guint8 *copy = g_memdup2(data, length);
            gsize size = i < length ? i : length;
            if (i >= length)
                copy[i - length] ^= 0x15;
            g_autoptr(PdfFile) file = pdf_file_read(copy, size, flate, NULL);
            for (int n = 1; file != NULL && n < pdf_file_size(file) && n < 50;
                 n++) {
                PdfObject object;
                g_autoptr(GByteArray) out = g_byte_array_new();
                if (pdf_file_object(file, n, &object) && object.stream != NULL)
                    pdf_file_append_data(file, &object, out);
            }
        }
    }
}

/* ---- content ---- */

static char *
rewrite(const char *content, const ContentOptions *options, GError **error)
{
    GString *out = g_string_new(NULL);
    if (!pdf_content_rewrite(content, strlen(content), options, out, error)) {
        g_string_free(out, TRUE);
        return NULL;
    }
    return g_string_free(out, FALSE);
}

static const ContentLeaf leaves[] = {
    {.role = "P", .mcid = 0},
    {.artifact = ARTIFACT_FOOTER},
};

static void
test_marks(void)
{
    ContentOptions options = {.leaves = leaves, .leaf_count = 2};
    options.tagged = true;
    g_autofree char *out = rewrite(
        "q\n/Span << /MCID 0 >> BDC\nBT (/Span <</MCID 9>> BDC)Tj "
        "/Span << /ActualText <feff> >> BDC [(a)-5(b)]TJ EMC ET\nEMC\n"
        "/Span << /MCID 1 >> BDC 0 0 1 1 re f EMC Q",
        &options, NULL);
    g_assert_cmpstr(
        out, ==,
        "q\n/P<</MCID 0>>BDC\nBT (/Span <</MCID 9>> BDC)Tj "
        "/Span << /ActualText <feff> >> BDC [(a)-5(b)]TJ EMC ET\nEMC\n"
        "/Artifact<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>BDC "
        "0 0 1 1 re f EMC Q");
}

static void
test_unmarked(void)
{
    ContentOptions options = {.leaf_count = 1};
    g_autofree char *out =
        rewrite("/Span << /MCID 0 >> BDC\n1 0 0 rg 0 0 1 1 re f EMC Q",
                &options, NULL);
    g_assert_cmpstr(out, ==, "\n1 0 0 rg 0 0 1 1 re f  Q");
}

static void
test_mismatch(gconstpointer content)
{
    ContentOptions options = {.leaves = leaves, .leaf_count = 1};
    options.tagged = true;
    GError *error = NULL;
    g_assert_null(rewrite(content, &options, &error));
    g_assert_error(error, PDF_ERROR, PDF_ERROR_LEAVES);
    g_error_free(error);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/pdf/values/numbers", test_numbers);
    g_test_add_func("/pdf/values/strings", test_strings);
    g_test_add_func("/pdf/values/dictionary", test_dictionary);
    g_test_add_func("/pdf/values/cut", test_cut_values);
    g_test_add_data_func("/pdf/file/packed", NULL, test_round_trip);
    g_test_add_data_func("/pdf/file/plain", "plain", test_round_trip);
    g_test_add_data_func("/pdf/file/qpdf-plain", "--object-streams=disable",
                         test_other_writer);
    g_test_add_data_func("/pdf/file/qpdf-packed", "--object-streams=generate",
                         test_other_writer);
    g_test_add_data_func("/pdf/file/qpdf-qdf", "--qdf", test_other_writer);
    g_test_add_data_func("/pdf/file/qpdf-linear", "--linearize",
                         test_other_writer);
    g_test_add_func("/pdf/file/damage", test_damage);
    g_test_add_func("/pdf/content/marks", test_marks);
    g_test_add_func("/pdf/content/unmarked", test_unmarked);
    g_test_add_data_func("/pdf/content/too-few", "0 0 1 1 re n",
                         test_mismatch);
    g_test_add_data_func("/pdf/content/too-many",
                         "/Span<</MCID 0>>BDC EMC /Span<</MCID 1>>BDC EMC",
                         test_mismatch);
    g_test_add_data_func("/pdf/content/outside",
                         "/Span<</MCID 0>>BDC EMC 0 0 1 1 re f",
                         test_mismatch);
    g_test_add_data_func("/pdf/content/unbalanced", "/Span<</MCID 0>>BDC",
                         test_mismatch);
    return g_test_run();
}
