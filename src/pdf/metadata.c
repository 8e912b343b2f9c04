/* SPDX-License-Identifier: MIT */
/*
 * Metadata: what the file says of itself, twice (Info and XMP, which must
 * agree), and the colour its numbers mean (output intent).
 *
 * PDF/UA and PDF/A-2a promise what no program can see whole.  What it can see,
 * a text for every figure, headings in order, a title, a language, no missing
 * glyph, is asked for; else the claim is left out with a warning.
 */
#include "pdf/finisher.h"

#include "pdf/output.h"
#include "pdf/profiles.h"

#include <string.h>

#ifndef VADOVAS_VERSION
#define VADOVAS_VERSION "(unversioned)"
#endif

static char *
producer(const Finisher *finisher)
{
    return g_strdup_printf("Vadovas %s, %s", VADOVAS_VERSION,
                           finisher->painted->painter);
}

static char *
date_text(gint64 seconds, const char *format)
{
    g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc(seconds);
    if (date == NULL) /* outside the years 1 to 9999 */
        date = g_date_time_new_from_unix_utc(0);
    return g_date_time_format(date, format);
}

/* ---- claims ---- */

void
check_claims(Finisher *finisher)
{
    const PdfOptions *options = finisher->options;
    const Place nowhere = {0};
    Diagnostics *diagnostics = finisher->diagnostics;
    if (finisher->structure == NULL)
        return;
    bool is_good = pdf_structure_check(finisher->structure, diagnostics);
    if (is_empty(options->title)) {
        diagnostics_add(diagnostics, LEVEL_WARNING, "pdf-untitled", nowhere,
                        "the PDF has no title and cannot be marked as "
                        "accessible (PDF/UA); give the edition one");
        is_good = false;
    }
    if (is_empty(options->language)) {
        diagnostics_add(diagnostics, LEVEL_WARNING, "pdf-no-language", nowhere,
                        "the PDF's language is not known and it cannot be "
                        "marked as accessible (PDF/UA); give the edition one");
        is_good = false;
    }
    if (finisher->painted->missing_glyphs > 0) {
        diagnostics_add(diagnostics, LEVEL_WARNING, "pdf-missing-glyphs",
                        nowhere,
                        "characters without a glyph are on the pages: the PDF "
                        "cannot be marked as archivable (PDF/A); add a font "
                        "that has them");
        is_good = false;
    }
    finisher->may_claim = is_good;
}

/* ---- XMP ---- */

static void
append_property(GString *xmp, const char *name, const char *value)
{
    if (is_empty(value))
        return;
    g_autofree char *escaped = g_markup_escape_text(value, -1);
    g_string_append_printf(xmp, "<%s>%s</%s>\n", name, escaped, name);
}

/* kind: "Alt" (of languages), "Seq", "Bag" */
static void
append_container(GString *xmp, const char *name, const char *kind,
                 const char *value)
{
    if (is_empty(value))
        return;
    g_autofree char *escaped = g_markup_escape_text(value, -1);
    const char *language =
        strcmp(kind, "Alt") == 0 ? " xml:lang=\"x-default\"" : "";
    g_string_append_printf(
        xmp, "<%s><rdf:%s><rdf:li%s>%s</rdf:li></rdf:%s></%s>\n", name, kind,
        language, escaped, kind, name);
}

typedef struct {
    const char *schema, *uri, *prefix, *property, *type, *description;
} ExtensionSchema;

/* PDF/A knows a fixed set of properties and wants every other described. */
static void
append_extension(GString *xmp, const ExtensionSchema *extension)
{
    g_string_append_printf(
        xmp,
        "<rdf:li rdf:parseType=\"Resource\">\n"
        "<pdfaSchema:schema>%s</pdfaSchema:schema>\n"
        "<pdfaSchema:namespaceURI>%s</pdfaSchema:namespaceURI>\n"
        "<pdfaSchema:prefix>%s</pdfaSchema:prefix>\n"
        "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
        "<pdfaProperty:name>%s</pdfaProperty:name>\n"
        "<pdfaProperty:valueType>%s</pdfaProperty:valueType>\n"
        "<pdfaProperty:category>internal</pdfaProperty:category>\n"
        "<pdfaProperty:description>%s</pdfaProperty:description>\n"
        "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>\n",
        extension->schema, extension->uri, extension->prefix,
        extension->property, extension->type, extension->description);
}

static void
append_claims(GString *xmp, bool is_print)
{
    static const ExtensionSchema for_screen = {
        "PDF/UA identification", "http://www.aiim.org/pdfua/ns/id/",
        "pdfuaid", "part", "Integer", "part of ISO 14289"};
    static const ExtensionSchema for_print[] = {
        {"PDF/X identification", "http://www.npes.org/pdfx/ns/id/", "pdfxid",
         "GTS_PDFXVersion", "Text", "version of PDF/X"},
        {"Adobe PDF", "http://ns.adobe.com/pdf/1.3/", "pdf", "Trapped", "Text",
         "state of trapping"}};
    append_property(xmp, "pdfaid:part", "2");
    append_property(xmp, "pdfaid:conformance", "A");
    append_property(xmp, "pdfuaid:part", "1");
    g_string_append(xmp, "<pdfaExtension:schemas><rdf:Bag>\n");
    append_extension(xmp, &for_screen);
    for (gsize i = 0; is_print && i < G_N_ELEMENTS(for_print); i++)
        append_extension(xmp, &for_print[i]);
    g_string_append(xmp, "</rdf:Bag></pdfaExtension:schemas>\n");
}

static void
append_xmp_head(GString *xmp)
{
    g_string_append(
        xmp,
        "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
        "<rdf:Description rdf:about=\"\"\n"
        " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
        " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
        " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n"
        " xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\"\n"
        " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"\n"
        " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\"\n"
        " xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\"\n"
        " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"\n"
        " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\"\n"
        " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n");
}

/* a UUID of version 8 (RFC 9562: own making) from a hash */
static char *
document_id(const Finisher *finisher)
{
    g_autofree char *hash = pdf_writer_digest(finisher->writer);
    return g_strdup_printf("uuid:%.8s-%.4s-8%.3s-a%.3s-%.12s", hash, hash + 8,
                           hash + 13, hash + 17, hash + 20);
}

static GString *
make_xmp(const Finisher *finisher)
{
    const PdfOptions *options = finisher->options;
    g_autofree char *date = date_text(options->date, "%Y-%m-%dT%H:%M:%SZ");
    g_autofree char *maker = producer(finisher);
    g_autofree char *id = document_id(finisher);
    GString *xmp = g_string_new(NULL);
    append_xmp_head(xmp);
    append_property(xmp, "dc:format", "application/pdf");
    append_container(xmp, "dc:title", "Alt", options->title);
    append_container(xmp, "dc:creator", "Seq", options->author);
    append_container(xmp, "dc:description", "Alt", options->subject);
    append_container(xmp, "dc:language", "Bag", options->language);
    append_property(xmp, "xmp:CreatorTool", options->creator);
    append_property(xmp, "xmp:CreateDate", date);
    append_property(xmp, "xmp:ModifyDate", date);
    append_property(xmp, "xmp:MetadataDate", date);
    append_property(xmp, "pdf:Keywords", options->keywords);
    append_property(xmp, "pdf:Producer", maker);
    append_property(xmp, "xmpMM:DocumentID", id);
    append_property(xmp, "xmpMM:VersionID", "1");
    append_property(xmp, "xmpMM:RenditionClass", "default");
    if (finisher->inks != NULL) {
        append_property(xmp, "pdfxid:GTS_PDFXVersion", "PDF/X-4");
        append_property(xmp, "pdf:Trapped", "False");
    }
    if (finisher->may_claim)
        append_claims(xmp, finisher->inks != NULL);
    g_string_append(xmp, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n"
                         "<?xpacket end=\"w\"?>");
    return xmp;
}

/* ---- into the file ---- */

static int
write_xmp(Finisher *finisher)
{
    int number = pdf_writer_reserve(finisher->writer);
    GString *out = pdf_writer_begin(finisher->writer, number);
    g_string_append(out, "<</Type/Metadata/Subtype/XML>>");
    /* plain, for programs that look for it without reading PDF */
    pdf_writer_end_stream(finisher->writer, finisher->xmp->str,
                          finisher->xmp->len);
    return number;
}

static void
write_profile_as(Finisher *finisher, int number, const guint8 *profile,
                 gsize length, int components)
{
    GString *out = pdf_writer_begin(finisher->writer, number);
    g_string_append_printf(out, "<</N %d>>", components);
    pdf_writer_end_deflated(finisher->writer, profile, length);
}

int
write_profile(Finisher *finisher, const guint8 *profile, gsize length,
              int components)
{
    int number = pdf_writer_reserve(finisher->writer);
    write_profile_as(finisher, number, profile, length, components);
    return number;
}

/* of photographs whose inks nobody named: offset on coated paper */
static void
write_photograph_profile(Finisher *finisher)
{
    gsize length;
    const guint8 *profile = profile_fogra39(&length);
    if (finisher->cmyk_object != 0)
        write_profile_as(finisher, finisher->cmyk_object, profile, length, 4);
}

static void
append_intent(GString *catalog, const char *standard, const char *condition,
              int profile)
{
    g_string_append_printf(catalog, "<</Type/OutputIntent/S/%s", standard);
    g_string_append(catalog, "/OutputConditionIdentifier");
    pdf_append_text(catalog, condition);
    g_string_append(catalog, "/Info");
    pdf_append_text(catalog, condition);
    if (strcmp(standard, "GTS_PDFX") == 0)
        g_string_append(catalog, "/RegistryName(http://www.color.org)");
    g_string_append(catalog, "/DestOutputProfile ");
    pdf_append_reference(catalog, profile);
    g_string_append(catalog, ">>");
}

static void
append_output_intents(Finisher *finisher, GString *catalog)
{
    gsize length;
    const guint8 *profile;
    g_string_append(catalog, "/OutputIntents[");
    if (finisher->inks == NULL) {
        profile = profile_srgb(&length);
        int number = write_profile(finisher, profile, length, 3);
        append_intent(catalog, "GTS_PDFA1", "sRGB IEC61966-2.1", number);
    } else {
        const char *condition = press_condition(finisher);
        profile = press_profile(finisher, &length);
        int number = write_profile(finisher, profile, length, 4);
        append_intent(catalog, "GTS_PDFX", condition, number);
        append_intent(catalog, "GTS_PDFA1", condition, number);
    }
    g_string_append_c(catalog, ']');
}

void
append_metadata(Finisher *finisher, GString *catalog)
{
    finisher->xmp = make_xmp(finisher);
    g_string_append(catalog, "/Metadata ");
    pdf_append_reference(catalog, write_xmp(finisher));
    if (!is_empty(finisher->options->language)) {
        g_string_append(catalog, "/Lang");
        pdf_append_text(catalog, finisher->options->language);
    }
    g_string_append(catalog, "/ViewerPreferences<</DisplayDocTitle true>>");
    append_output_intents(finisher, catalog);
    write_photograph_profile(finisher);
}

static void
append_info_entry(GString *out, const char *key, const char *value)
{
    if (is_empty(value))
        return;
    g_string_append(out, key);
    pdf_append_text(out, value);
}

int
write_info(Finisher *finisher)
{
    const PdfOptions *options = finisher->options;
    g_autofree char *date = date_text(options->date, "D:%Y%m%d%H%M%SZ");
    g_autofree char *maker = producer(finisher);
    int number = pdf_writer_reserve(finisher->writer);
    GString *out = pdf_writer_begin(finisher->writer, number);
    g_string_append(out, "<<");
    append_info_entry(out, "/Title", options->title);
    append_info_entry(out, "/Author", options->author);
    append_info_entry(out, "/Subject", options->subject);
    append_info_entry(out, "/Keywords", options->keywords);
    append_info_entry(out, "/Creator", options->creator);
    append_info_entry(out, "/Producer", maker);
    append_info_entry(out, "/CreationDate", date);
    append_info_entry(out, "/ModDate", date);
    if (finisher->inks != NULL)
        g_string_append(out, "/Trapped/False");
    g_string_append(out, ">>");
    pdf_writer_end(finisher->writer);
    return number;
}
