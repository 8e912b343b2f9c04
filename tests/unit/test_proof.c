/* SPDX-License-Identifier: MIT */
/*
 * Proof: words are put into a finished file and taken out of it, byte by byte,
 * and the proof must see both; in the file as it was made it sees nothing.
 */
#include "paint/paint.h"
#include "pdf/finish.h"
#include "pdf/proof.h"
#include "pdf/read_text.h"
#include "pipeline/evidence.h"

#include "base/xml.h"
#include "sample_pages.h"

#include <glib/gstdio.h>

/* of one length each, so that one can stand in the other's place */
#define FIRST "Pareigunas visada pasako zmogui savo varda"
#define SECOND "Nuo vakar dienos galioja naujas susitarimas"
#define THIRD "Trecias sakinys lieka knygoje kaip buvo vis"
/* in letters that the others have: the fonts hold no more */
#define SECRET "tada liudininkas kalbejo tik apie savo namus"
#define ALT "Paveiksle matyti kaip zmones eina per tilta."

typedef struct {
    GBytes *pdf; /* without compression */
    Proof *proof;
    Diagnostics *diagnostics;
} Fixture;

static PageList *
make_pages(const SampleFace *face)
{
    Sample sample = {.pages = page_list_new(), .face = face};
    StructNode *document = sample.pages->structure;
    const char *const lines[] = {FIRST, SECOND, THIRD};
    for (int i = 0; i < 3; i++) {
        if (i != 1)
            sample.page =
                page_list_add(sample.pages, POINTS(420), POINTS(595));
        StructNode *paragraph =
            struct_node_add(sample.pages, document, i == 0 ? "H1" : "P");
        StructNode *slot =
            struct_node_add(sample.pages, paragraph, STRUCT_SLOT);
        if (i == 1)
            struct_node_details(sample.pages, paragraph)->alt = ALT;
        sample_text(&sample, slot, POINTS(50), POINTS(100 + 20 * i), POINTS(10),
                    lines[i]);
    }
    sample.pages->title = "Vadovas";
    sample.pages->language = "lt";
    return sample.pages;
}

/* by qpdf, which is not ours */
static GBytes *
uncompress(GBytes *pdf)
{
    g_autofree char *folder = g_dir_make_tmp("vadovas-XXXXXX", NULL);
    g_autofree char *packed = g_build_filename(folder, "packed.pdf", NULL);
    g_autofree char *plain = g_build_filename(folder, "plain.pdf", NULL);
    g_file_set_contents(packed, g_bytes_get_data(pdf, NULL),
                        (gssize)g_bytes_get_size(pdf), NULL);
    char *argv[] = {"qpdf", "--qdf", "--object-streams=disable", packed, plain,
                    NULL};
    char *bytes = NULL;
    gsize length = 0;
    if (g_spawn_sync(NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                     NULL, NULL, NULL))
        g_file_get_contents(plain, &bytes, &length, NULL);
    g_remove(packed);
    g_remove(plain);
    g_rmdir(folder);
    return bytes == NULL ? NULL : g_bytes_new_take(bytes, length);
}

static void
set_up(Fixture *f, gconstpointer data)
{
    (void)data;
    SampleFace face;
    g_assert_true(sample_face_open(&face, SAMPLE_FONT));
    g_autoptr(PageList) pages = make_pages(&face);
    f->diagnostics = diagnostics_new();
    GError *error = NULL;
    PaintResult painted;
    const PaintOptions paint = {.store_text = true};
    paint_pdf(pages, &paint, &painted, f->diagnostics, &error);
    g_assert_no_error(error);
    PdfOptions options = {.title = "Vadovas", .language = "lt", .tagged = true};
    g_autoptr(GBytes) pdf =
        pdf_finish(pages, &painted, &options, f->diagnostics, &error);
    g_assert_no_error(error);
    paint_result_clear(&painted);
    sample_face_close(&face);
    f->pdf = uncompress(pdf);
    f->proof = proof_new();
    const Place place = {"manual/x.md", 7, 1};
    proof_add_kept(f->proof, FIRST, true, place);
    proof_add_kept(f->proof, SECOND, true, place);
    proof_add_kept(f->proof, THIRD, true, place);
    proof_add_kept(f->proof, ALT, false, place);
    proof_add_removed(f->proof, SECRET ", tare jis.", place);
    /* a removed text may say what a kept one says, too */
    proof_add_removed(f->proof, "Ir " SECOND " kitur.", place);
}

static void
tear_down(Fixture *f, gconstpointer data)
{
    (void)data;
    g_clear_pointer(&f->pdf, g_bytes_unref);
    proof_free(f->proof);
    diagnostics_free(f->diagnostics);
}

/* overwrites the first bytes after the start of `old` with as many of `new` */
static GBytes *
replaced(GBytes *pdf, const char *old, const char *new)
{
    gsize length = 0;
    const char *bytes = g_bytes_get_data(pdf, &length);
    char *copy = g_memdup2(bytes, length);
    gsize size = strlen(old);
    g_assert_cmpuint(strlen(new), >=, size);
    int count = 0;
    for (gsize i = 0; i + size <= length; i++) {
        if (memcmp(copy + i, old, size) == 0 && ++count > 0)
            memcpy(copy + i, new, size);
    }
    g_assert_cmpint(count, >, 0);
    return g_bytes_new_take(copy, length);
}

static bool
passes(Fixture *f, GBytes *pdf)
{
    GError *error = NULL;
    bool is_good = proof_check(f->proof, pdf, true, f->diagnostics, &error);
    g_assert_no_error(error);
    return is_good;
}

static bool
lacks_tools(Fixture *f)
{
    if (f->pdf == NULL)
        g_test_skip("qpdf is not installed");
    return f->pdf == NULL;
}

static void
test_unchanged(Fixture *f, gconstpointer data)
{
    (void)data;
    if (lacks_tools(f))
        return;
    int before = diagnostics_length(f->diagnostics);
    g_assert_true(passes(f, f->pdf));
    g_assert_true(passes(f, f->pdf)); /* and again, for another file */
    g_assert_cmpint(diagnostics_length(f->diagnostics), ==, before);
}

/* out of a page */
static void
test_lost(Fixture *f, gconstpointer data)
{
    (void)data;
    if (lacks_tools(f))
        return;
    g_autoptr(GBytes) pdf =
        replaced(f->pdf, "vakar dienos", "            ");
    g_assert_false(passes(f, pdf));
    g_assert_true(diagnostics_has(f->diagnostics, "text-lost"));
    g_assert_false(diagnostics_has(f->diagnostics, "text-leaked"));
    /* of a part of the book nobody asks that */
    GError *error = NULL;
    g_assert_true(proof_check(f->proof, pdf, false, f->diagnostics, &error));
}

/* a piece too short to be cut up */
static void
test_short_lost(Fixture *f, gconstpointer data)
{
    (void)data;
    if (lacks_tools(f))
        return;
    proof_add_kept(f->proof, "lieka", true, (Place){"manual/x.md", 9, 1});
    g_assert_true(passes(f, f->pdf));
    proof_add_kept(f->proof, "liepa", true, (Place){"manual/x.md", 9, 1});
    g_assert_false(passes(f, f->pdf));
    g_assert_true(diagnostics_has(f->diagnostics, "text-lost"));
}

/* into a page: six words of it in the place of another text */
static void
test_leaked(Fixture *f, gconstpointer data)
{
    (void)data;
    if (lacks_tools(f))
        return;
    g_autoptr(GBytes) pdf = replaced(f->pdf, THIRD, SECRET);
    g_assert_false(passes(f, pdf));
    g_assert_true(diagnostics_has(f->diagnostics, "text-leaked"));
    g_assert_true(diagnostics_has(f->diagnostics, "text-lost"));
}

/* into an alternative text; pages stay as they were */
static void
test_leaked_beside(Fixture *f, gconstpointer data)
{
    (void)data;
    if (lacks_tools(f))
        return;
    g_autoptr(GBytes) pdf = replaced(f->pdf, ALT, SECRET);
    g_assert_false(passes(f, pdf));
    g_assert_true(diagnostics_has(f->diagnostics, "text-leaked"));
    g_assert_false(diagnostics_has(f->diagnostics, "text-lost"));
}

/* four words are a chance, five are not */
static void
test_short(Fixture *f, gconstpointer data)
{
    (void)data;
    if (lacks_tools(f))
        return;
    g_autoptr(GBytes) pdf =
        replaced(f->pdf, "Paveiksle matyti kaip zmones",
                 "liudininkas kalbejo tik apie");
    g_assert_true(passes(f, pdf));
}

static void
test_squeeze(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    squeeze("\357\254\201nal\302\255us, 147\302\271 \304\204\305\275UOLAS", -1,
            text);
    g_assert_cmpstr(text->str, ==, "finalus1471\304\205\305\276uolas");
}

/* ---- blocks ---- */

static Document *
parse(const char *xml)
{
    Document *document = document_new("et", "et", "lt");
    xmlFreeDoc(document->xml);
    document->xml = xmlReadMemory(xml, (int)strlen(xml), NULL, NULL, 0);
    g_assert_nonnull(document->xml);
    return document;
}

#define CHAPTER(blocks)                                                        \
    "<document lang='lt'><chapter id='a' file='manual/a.md'>" blocks           \
    "</chapter></document>"
#define KEPT "<paragraph id='a.p1' at='a.p1' place='3:1'>" FIRST "</paragraph>"
#define GONE "<paragraph id='a.p2' at='a.p2' place='5:1'>" SECRET "</paragraph>"

static bool
check_blocks(Fixture *f, bool is_removed)
{
    g_autoptr(Document) base = parse(CHAPTER(KEPT GONE));
    g_autoptr(Document) edition = parse(CHAPTER(KEPT));
    g_autoptr(OverlayReport) report = overlay_report_new();
    OverlayBlock *block = g_new0(OverlayBlock, 1);
    *block = (OverlayBlock){.chapter = "a", .id = "a.p2"};
    block->operation = is_removed ? "remove" : NULL;
    g_ptr_array_add(report->blocks, block);
    g_autoptr(Evidence) evidence = evidence_new();
    evidence_take_overlay(evidence, base, edition, report);
    evidence_take_kept(evidence, edition);
    GError *error = NULL;
    bool is_good =
        evidence_check(evidence, f->pdf, true, f->diagnostics, &error);
    g_assert_no_error(error);
    g_autoptr(GBytes) leaking = replaced(f->pdf, THIRD, SECRET);
    g_assert_false(
        evidence_check(evidence, leaking, true, f->diagnostics, &error));
    g_assert_true(diagnostics_has(f->diagnostics, "text-leaked"));
    return is_good;
}

static void
test_blocks(Fixture *f, gconstpointer data)
{
    (void)data;
    if (lacks_tools(f))
        return;
    g_assert_true(check_blocks(f, true));
    g_assert_false(diagnostics_has(f->diagnostics, "block-lost"));
    g_assert_false(check_blocks(f, false));
    g_assert_true(diagnostics_has(f->diagnostics, "block-lost"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/proof/squeeze", test_squeeze);
#define ADD(name, test)                                                        \
    g_test_add("/proof/" name, Fixture, NULL, set_up, test, tear_down)
    ADD("unchanged", test_unchanged);
    ADD("lost", test_lost);
    ADD("short-lost", test_short_lost);
    ADD("leaked", test_leaked);
    ADD("leaked-beside", test_leaked_beside);
    ADD("short", test_short);
    ADD("blocks", test_blocks);
    return g_test_run();
}
