/* SPDX-License-Identifier: MIT */
/*
 * Facts: who may print which value, what is said where there is none, and the
 * blocks that research data become.  Each test makes a small project.
 */
#include "base/file.h"
#include "base/xml.h"
#include "facts/fact_store.h"
#include "facts/facts.h"
#include "facts/research.h"

#include <glib/gstdio.h>
#include <string.h>

#define TODAY 1795392000 /* 2026-11-23 */
#define FACTS(content)                                                         \
    "<facts xmlns='urn:vadovas:facts'>" content "</facts>"
#define FACT(id, scope, review, values)                                        \
    "<fact id='" id "' scope='" scope "' verified='2024-05-01' review-by='"    \
    review "' confidence='V'>" values "<source>A  paper</source>"              \
    "<source>B</source></fact>"

static char *root;
static Diagnostics *diagnostics;

static void
write_file(const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(root, name, NULL);
    g_autoptr(GError) error = NULL;
    file_save(path, text, strlen(text), &error);
    g_assert_no_error(error);
}

/* the folder `styles` of this source tree; tests run at its root */
static char *
styles_folder(void)
{
    const char *top = g_getenv("ROOT");
    return g_build_filename(top == NULL ? "." : top, "styles", NULL);
}

static void
begin(void)
{
    root = g_dir_make_tmp("vadovas-facts-XXXXXX", NULL);
    g_clear_pointer(&diagnostics, diagnostics_free);
    diagnostics = diagnostics_new();
    write_file(
        "manual/facts/a.xml",
        FACTS(FACT("line", "country", "2027-01-01",
                   "<value lang='lt'> 8 800\n 91119 </value>")
                  FACT("year", "common", "2027-01-01",
                       "<value lang='lt'>147\xc2\xb9</value>"
                       "<value lang='et'>133</value>")
                      FACT("old", "common", "2026-11-22",
                           "<value lang='lt'>a</value>"
                           "<value lang='et'>b</value>")
                          FACT("today", "common", "2026-11-23",
                               "<value lang='lt'>c</value>")));
}

static void
remove_tree(const char *path)
{
    g_auto(GStrv) names = file_list(path);
    for (char **name = names; *name != NULL; name++) {
        g_autofree char *child = g_build_filename(path, *name, NULL);
        if (g_file_test(child, G_FILE_TEST_IS_DIR))
            remove_tree(child);
        else
            g_unlink(child);
    }
    g_rmdir(path);
}

static void
end(void)
{
    remove_tree(root);
    g_clear_pointer(&root, g_free);
}

/* content: of a chapter, facts at line 3 */
static Document *
apply(const char *content, const char *edition, const char *lang, bool draft)
{
    g_autofree char *text = g_strdup_printf(
        "<document edition='%s' lang='%s' base-lang='lt'><words>"
        "<word name='decimal-separator'>,</word>"
        "<word name='group-separator'>_</word>"
        "<word name='source'>Source: {source}</word>"
        "<word name='as-of'>as of {date}</word>"
        "<word name='date'>{day}.{month}.{year}</word></words>"
        "<chapter id='c' file='manual/c.md' role='chapter'>%s</chapter>"
        "</document>",
        edition == NULL ? "lt" : edition, lang, content);
    Document *document = document_new("x", lang, "lt");
    xmlFreeDoc(document->xml);
    document->xml = xml_read("d.xml", text, strlen(text), diagnostics);
    g_assert_nonnull(document->xml);
    g_autofree char *before = xml_dump(document->xml, false);
    g_autofree char *styles = styles_folder();
    FactsOptions options = {.edition = edition,
                            .lang = lang,
                            .base_lang = "lt",
                            .root = root,
                            .styles_folder = styles,
                            .draft = draft,
                            .today = TODAY};
    Document *filled = facts_apply(document, &options, diagnostics);
    /* a pass never changes its input */
    g_autofree char *after = xml_dump(document->xml, false);
    g_assert_cmpstr(before, ==, after);
    document_free(document);
    g_assert_true(filled == NULL || document_check(filled, diagnostics));
    return filled;
}

#define REFERENCE(id)                                                          \
    "<paragraph id='p' place='3:1'><fact ref='" id                     \
    "' place='3:7'/></paragraph>"

static const xmlNode *
first_block(const Document *document)
{
    return xml_first(xml_child(document_root(document), "chapter"));
}

static void
assert_said(const char *name, DiagnosticLevel level, const char *part)
{
    for (int i = 0; i < diagnostics_length(diagnostics); i++) {
        const Diagnostic *one = diagnostics_get(diagnostics, i);
        if (strcmp(one->name, name) != 0)
            continue;
        g_assert_cmpint(one->level, ==, level);
        if (strstr(one->text, part) == NULL)
            g_error("'%s' does not say '%s'", one->text, part);
        return;
    }
    diagnostics_write(diagnostics, 0, DIAGNOSTICS_TEXT, NULL, stderr);
    g_error("%s was not said", name);
}

static void
assert_value(const char *content, const char *edition, const char *lang,
             const char *value)
{
    g_autoptr(Document) document = apply(content, edition, lang, false);
    const xmlNode *fact = xml_first(first_block(document));
    g_autofree char *text = xml_text(fact);
    g_assert_cmpstr(text, ==, value);
}

/* ---- values ---- */

/* an abbreviation's full stop ends the sentence, too */
static void
test_full_stop(void)
{
    static const struct {
        const char *after, *text;
    } cases[] = {{".", "1 d."},      {". Ir", "1 d. Ir"}, {", o", "1 d., o"},
                 {"...", "1 d...."}, {"", "1 d."}};
    begin();
    write_file("manual/facts/d.xml",
               FACTS(FACT("day", "common", "2027-01-01",
                          "<value lang='lt'>1 d.</value>")));
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *content = g_strdup_printf(
            "<paragraph id='p' place='3:1'><fact ref='day' place='3:7'/>%s"
            "</paragraph>",
            cases[i].after);
        g_autoptr(Document) document = apply(content, NULL, "lt", false);
        g_autofree char *text = xml_text(first_block(document));
        g_assert_cmpstr(text, ==, cases[i].text);
    }
    end();
}

static void
test_values(void)
{
    begin();
    write_file("locales/et/facts/a.xml",
               FACTS(FACT("line", "country", "2027-01-01",
                          "<value lang='et'>660 7320</value>")
                         FACT("own", "country", "2027-01-01",
                              "<value lang='et'>1</value>")));
    assert_value(REFERENCE("line"), NULL, "lt", "8 800 91119");
    assert_value(REFERENCE("line"), "et", "et", "660 7320");
    assert_value(REFERENCE("year"), NULL, "lt", "147\xc2\xb9");
    assert_value(REFERENCE("year"), "et", "et", "133");
    assert_value(REFERENCE("own"), "et", "et", "1");
    g_assert_cmpint(diagnostics_length(diagnostics), ==, 0);
    g_autoptr(Document) document = apply(REFERENCE("line"), "et", "et", false);
    const xmlNode *fact = xml_first(first_block(document));
    g_assert_cmpstr(xml_attribute(fact, "source"), ==, "A paper; B");
    g_assert_cmpstr(xml_attribute(fact, "verified"), ==, "2024-05-01");
    end();
}

/* a help line of one country never reaches another country's manual */
static void
test_missing(void)
{
    begin();
    assert_value(REFERENCE("line"), "et", "et", "{{line}}");
    assert_said("fact-missing", LEVEL_ERROR, "locales/et/facts");
    g_assert_cmpint(diagnostics_get(diagnostics, 0)->place.line, ==, 3);
    g_assert_cmpint(diagnostics_get(diagnostics, 0)->place.column, ==, 7);
    end();
    begin(); /* common, but without this language */
    assert_value(REFERENCE("year"), "lv", "lv", "{{year}}");
    assert_said("fact-missing", LEVEL_ERROR, "lang=\"lv\"");
    end();
    begin(); /* the same language in another country is another country */
    assert_value(REFERENCE("line"), "lt-LV", "lt", "{{line}}");
    assert_said("fact-missing", LEVEL_ERROR, "every country");
    end();
    begin();
    write_file("locales/et/facts/a.xml",
               FACTS(FACT("line", "country", "2027-01-01",
                          "<value lang='lt'>660 7320</value>")));
    assert_value(REFERENCE("line"), "et", "et", "{{line}}");
    end();
    begin();
    g_autoptr(Document) draft = apply(REFERENCE("line"), "et", "et", true);
    assert_said("fact-missing", LEVEL_WARNING, "every country");
    g_assert_cmpstr(xml_attribute(xml_first(first_block(draft)), "state"), ==,
                    "missing");
    end();
}

static void
test_unknown(void)
{
    begin();
    assert_value(REFERENCE("lien"), NULL, "lt", "{{lien}}");
    assert_said("unknown-fact", LEVEL_ERROR, "did you mean 'line'");
    end();
}

static void
test_overdue(void)
{
    begin();
    assert_value(REFERENCE("today"), NULL, "lt", "c");
    g_assert_cmpint(diagnostics_length(diagnostics), ==, 0);
    assert_value(REFERENCE("old"), NULL, "lt", "a");
    assert_said("fact-overdue", LEVEL_WARNING, "2026-11-22");
    g_assert_cmpstr(diagnostics_get(diagnostics, 0)->place.file, ==,
                    "manual/facts/a.xml");
    end();
}

static void
test_bad_files(void)
{
    begin();
    write_file("manual/facts/b.xml",
               FACTS(FACT("line", "common", "2027-01-01",
                          "<value lang='lt'>2</value>")));
    assert_value(REFERENCE("line"), NULL, "lt", "8 800 91119");
    assert_said("fact-duplicate", LEVEL_ERROR, "manual/facts/a.xml");
    end();
    begin(); /* what cannot be read stops here: its facts would seem unknown */
    write_file("manual/facts/c.xml", FACTS("<fact/>"));
    g_assert_null(apply(REFERENCE("line"), NULL, "lt", false));
    g_assert_true(diagnostics_has(diagnostics, "schema-violation"));
    end();
    begin();
    write_file("manual/facts/d.xml", "<facts");
    g_assert_null(apply(REFERENCE("line"), NULL, "lt", false));
    g_assert_true(diagnostics_has(diagnostics, "xml-invalid"));
    end();
}

static void
test_languages(void)
{
    g_assert_true(facts_is_language("et", "et"));
    g_assert_true(facts_is_language("et", "et-EE"));
    g_assert_false(facts_is_language("et-EE", "et"));
    g_assert_false(facts_is_language("e", "et"));
    g_assert_false(facts_is_language("et", "eto"));
}

/* ---- research ---- */

static void
test_numbers(void)
{
    static const char *const cases[][2] = {
        {"0", "0"},         {"999", "999"},     {"1000", "1_000"},
        {"10093", "10_093"}, {"1234567", "1_234_567"}, {"12.5", "12,5"},
        {"-1000.25", "\xe2\x88\x92" "1_000,25"}, {".5", "0,5"}, {"5.", "5"},
        {"+7", "7"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = research_number(cases[i][0], ",", "_");
        g_assert_cmpstr(text, ==, cases[i][1]);
    }
}

#define WORDS(lang)                                                            \
    "<title lang='" lang "'>T " lang "</title>"                                \
    "<alt lang='" lang "'>{value:b} {max} {min} {first} {last}</alt>"          \
    "<category lang='" lang "'>C</category>"                                   \
    "<measure lang='" lang "'>M</measure>"                                     \
    "<source lang='" lang "'>S</source>"
#define RESEARCH(id, review, content)                                          \
    "<research xmlns='urn:vadovas:research' id='" id                           \
    "' status='found' verified='2025-08-12' review-by='" review "'>" content   \
    "<row key='a' value='1500'><label>1</label></row>"                         \
    "<row key='b'><label>2</label></row>"                                      \
    "<row key='c' value='2.5'><label lang='lt'>3</label></row></research>"
#define BLOCK(ref, form)                                                       \
    "<research id='x' at='at' pin='x' place='3:1' ref='" ref           \
    "' form='" form "'/>"

static void
test_research(void)
{
    begin();
    write_file("manual/research/r.xml",
               RESEARCH("r", "2027-01-01", WORDS("lt")));
    g_autoptr(Document) document = apply(BLOCK("r", "both"), NULL, "lt", false);
    diagnostics_write(diagnostics, 0, DIAGNOSTICS_TEXT, NULL, stderr);
    g_assert_cmpint(diagnostics_length(diagnostics), ==, 0);
    const xmlNode *figure = first_block(document);
    g_assert_true(xml_is(figure, "figure"));
    g_assert_cmpstr(xml_attribute(figure, "id"), ==, "x");
    g_assert_cmpstr(xml_attribute(figure, "pin"), ==, "x");
    g_assert_cmpstr(xml_attribute(figure, "place"), ==, "3:1");
    /* a gap is a dash, never zero */
    g_assert_cmpstr(xml_attribute(figure, "alt"), ==,
                    "– 1_500 2,5 1_500 2,5");
    g_assert_true(xml_is(xml_first(figure), "svg"));
    const xmlNode *table = xml_next(figure, NULL);
    g_assert_true(xml_is(table, "table"));
    g_assert_cmpstr(xml_attribute(table, "id"), ==, "x.table");
    g_autofree char *cells = xml_text(table);
    g_assert_cmpstr(cells, ==, "CM11_5002–32,5");
    const xmlNode *caption = xml_next(table, NULL);
    g_autofree char *title = xml_text(caption);
    g_assert_cmpstr(title, ==, "T lt");
    const xmlNode *source = xml_next(caption, NULL);
    g_autofree char *line = xml_text(source);
    g_assert_cmpstr(line, ==, "Source: S (as of 12.08.2025).");
    g_assert_cmpstr(xml_attribute(source, "role"), ==, "source");
    g_assert_null(xml_next(source, NULL));
    end();
}

static void
test_research_form(void)
{
    begin();
    write_file("manual/research/r.xml",
               RESEARCH("r", "2026-01-01", WORDS("lt")));
    g_autoptr(Document) document =
        apply(BLOCK("r", "table"), NULL, "lt", false);
    const xmlNode *table = first_block(document);
    g_assert_true(xml_is(table, "table"));
    g_assert_cmpstr(xml_attribute(table, "id"), ==, "x");
    g_assert_cmpstr(xml_attribute(table, "state"), ==, "review");
    assert_said("fact-overdue", LEVEL_WARNING, "2026-01-01");
    end();
}

static void
test_research_words(void)
{
    begin(); /* no word of the base's language in another edition */
    write_file("manual/research/r.xml",
               RESEARCH("r", "2027-01-01", WORDS("lt")));
    g_autoptr(Document) document =
        apply(BLOCK("r", "both"), "et", "et", false);
    assert_said("research-word-missing", LEVEL_ERROR, "lang=\"et\"");
    g_autofree char *text = xml_dump(document->xml, false);
    g_assert_null(strstr(text, "T lt"));
    g_assert_null(strstr(text, ">3<"));
    end();
}

static void
test_research_trouble(void)
{
    static const struct {
        const char *file, *text, *ref, *name;
    } cases[] = {
        {"manual/research/r.xml", RESEARCH("r", "2027-01-01", WORDS("lt")),
         "rr", "unknown-research"},
        {"manual/research/r.xml", RESEARCH("q", "2027-01-01", WORDS("lt")),
         "r", "research-id"},
        {"manual/research/r.xml",
         RESEARCH("r", "2027-01-01",
                  WORDS("lt") "<alt lang='lt'>never read</alt>"),
         "../facts/a", "unknown-research"},
        {"manual/research/r.xml",
         RESEARCH("r", "2027-01-01",
                  "<title lang='lt'>T</title><alt lang='lt'>{value:z}</alt>"
                  "<source lang='lt'>S</source>"),
         "r", "research-alt-place"},
        {"manual/research/r.xml", "<research/>", "r", "schema-violation"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        begin();
        write_file(cases[i].file, cases[i].text);
        /* made by hand: the schema would refuse the path */
        Document *document = document_new("x", "lt", "lt");
        xmlNode *chapter = xmlNewChild(document_root(document), NULL,
                                       (const xmlChar *)"chapter", NULL);
        xmlNode *node = xmlNewChild(chapter, NULL, (const xmlChar *)"research",
                                    NULL);
        xmlSetProp(node, (const xmlChar *)"id", (const xmlChar *)"x");
        xmlSetProp(node, (const xmlChar *)"form", (const xmlChar *)"chart");
        xmlSetProp(node, (const xmlChar *)"ref",
                   (const xmlChar *)cases[i].ref);
        g_autofree char *styles = styles_folder();
        FactsOptions options = {.lang = "lt",
                                .base_lang = "lt",
                                .root = root,
                                .styles_folder = styles,
                                .today = TODAY};
        g_autoptr(Document) filled =
            facts_apply(document, &options, diagnostics);
        g_assert_nonnull(filled);
        if (!diagnostics_has(diagnostics, cases[i].name))
            g_error("%s was not said", cases[i].name);
        document_free(document);
        end();
    }
}

#define IN_SENTENCE(ref)                                                       \
    "<paragraph id='p'>Iš viso <fact ref='" ref "'/>.</paragraph>"

static void
test_research_sentence(void)
{
    begin(); /* the number is written as in the table */
    write_file("manual/research/r.xml",
               RESEARCH("r", "2027-01-01", WORDS("lt")));
    g_autoptr(Document) document = apply(IN_SENTENCE("r:a"), NULL, "lt", false);
    g_assert_cmpint(diagnostics_length(diagnostics), ==, 0);
    const xmlNode *paragraph = first_block(document);
    g_autofree char *text = xml_text(paragraph);
    g_assert_cmpstr(text, ==, "Iš viso 1_500.");
    const xmlNode *fact = xml_child(paragraph, "fact");
    g_assert_cmpstr(xml_attribute(fact, "source"), ==, "S");
    g_assert_cmpstr(xml_attribute(fact, "verified"), ==, "2025-08-12");
    g_assert_null(xml_attribute(fact, "state"));
    end();
    begin();
    write_file("manual/research/r.xml",
               RESEARCH("r", "2026-01-01", WORDS("lt")));
    g_autoptr(Document) overdue = apply(IN_SENTENCE("r:a"), NULL, "lt", false);
    assert_said("fact-overdue", LEVEL_WARNING, "2026-01-01");
    fact = xml_child(first_block(overdue), "fact");
    g_assert_cmpstr(xml_attribute(fact, "state"), ==, "overdue");
    end();
}

static void
test_research_sentence_trouble(void)
{
    static const char *const cases[][3] = {
        {IN_SENTENCE("r:aa"), "research-key", "did you mean 'a'"},
        /* a gap is no number for a sentence */
        {IN_SENTENCE("r:b"), "research-key", "'b'"},
        {IN_SENTENCE("q:a"), "unknown-research", "'q'"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        begin();
        write_file("manual/research/r.xml",
                   RESEARCH("r", "2027-01-01", WORDS("lt")));
        g_autoptr(Document) document = apply(cases[i][0], NULL, "lt", false);
        assert_said(cases[i][1], LEVEL_ERROR, cases[i][2]);
        const xmlNode *fact = xml_child(first_block(document), "fact");
        g_assert_cmpstr(xml_attribute(fact, "state"), ==, "missing");
        end();
    }
}

static void
test_research_note(void)
{
    begin(); /* the note follows the figures, too; a status but found is said */
    g_autofree char *text = g_strdup(
        RESEARCH("r", "2027-01-01",
                 WORDS("lt") "<note lang='lt'>Iš jų {value:a}.</note>"));
    char *status = strstr(text, "'found'");
    g_assert_nonnull(status);
    g_autofree char *head = g_strndup(text, (gsize)(status - text));
    g_autofree char *expected = g_strconcat(
        head, "'expected'", status + strlen("'found'"), NULL);
    write_file("manual/research/r.xml", expected);
    g_autoptr(Document) document =
        apply(BLOCK("r", "chart"), NULL, "lt", false);
    const xmlNode *source = xml_next(first_block(document), NULL);
    g_autofree char *line = xml_text(source);
    g_assert_cmpstr(line, ==,
                    "Assumed. Source: S (as of 12.08.2025). Iš jų 1_500.");
    end();
}

/* ---- findings ---- */

#define FINDINGS                                                               \
    "<findings xmlns='urn:vadovas:research' id='f' verified='2025-08-12' "     \
    "review-by='2027-01-01'><title lang='lt'>T</title>"                        \
    "<finding block='b1' status='found' from='2020' to='2022' figures='x'>"    \
    "<source lang='lt'>S1</source></finding>"                                  \
    "<finding block='b2' status='expected' from='2005'>"                       \
    "<source lang='lt'>S2</source></finding>"                                  \
    "<finding block='b3' status='superseded'><source lang='lt'>S3</source>"    \
    "</finding></findings>"
#define TOLD(id, name)                                                         \
    "<paragraph id='" id "'><strong>" name "</strong> Tekstas <fact "          \
    "ref='f:" id "'/>.</paragraph>"

static void
test_findings(void)
{
    begin();
    write_file("manual/research/f.xml", FINDINGS);
    g_autoptr(Document) document =
        apply(BLOCK("f", "table") TOLD("b1", "Vienas.") TOLD("b2", "Du")
                  TOLD("b3", "Trys"),
              NULL, "lt", false);
    diagnostics_write(diagnostics, 0, DIAGNOSTICS_TEXT, NULL, stderr);
    g_assert_cmpint(diagnostics_length(diagnostics), ==, 0);
    const xmlNode *table = first_block(document);
    g_autofree char *xml = xml_dump(document->xml, false);
    g_assert_nonnull(strstr(xml, "<link href=\"#b1\">Vienas</link>"));
    g_assert_nonnull(strstr(xml, "S1 (<xref ref=\"x\"/>)"));
    g_assert_nonnull(strstr(xml, "<emphasis>Du</emphasis>"));
    g_assert_nonnull(strstr(xml, "<strike>Trys</strike>"));
    g_autofree char *cells = xml_text(table);
    g_assert_cmpstr(cells, ==,
                    "FindingStatusSourceVienasFound, 2020–2022S1 ()"
                    "DuAssumed, 2005S2TrysSupersededS3");
    const xmlNode *source = xml_next(xml_next(table, NULL), NULL);
    g_autofree char *line = xml_text(source);
    g_assert_cmpstr(line, ==, "As of 12.08.2025.");
    const xmlNode *told = xml_next(source, NULL);
    g_autofree char *text = xml_text(told);
    g_assert_cmpstr(text, ==, "Vienas. Tekstas Found, 2020–2022.");
    end();
}

static void
test_findings_trouble(void)
{
    begin(); /* nobody tells b2; b3 has no name; there is no chart */
    write_file("manual/research/f.xml", FINDINGS);
    g_autoptr(Document) document =
        apply(BLOCK("f", "chart") TOLD("b1", "Vienas")
                  "<paragraph id='b3'>Be vardo.</paragraph>",
              NULL, "lt", false);
    g_assert_nonnull(document);
    assert_said("findings-chart", LEVEL_ERROR, "```research f table");
    assert_said("finding-without-name", LEVEL_ERROR, "'b2'");
    end();
    begin();
    write_file("manual/research/f.xml", FINDINGS);
    g_autoptr(Document) other = apply(IN_SENTENCE("f:b4"), NULL, "lt", false);
    g_assert_nonnull(other);
    assert_said("research-key", LEVEL_ERROR, "'b4'");
    end();
}

static void
test_article_ids(void)
{
    static const char *const cases[][2] = {
        {"147", "bk-147"},       {"186¹", "bk-186-1"},
        {"154.¹", "bk-154-1"},   {" 99¹⁰ ", "bk-99-10"},
        {"10a", "bk-10a"},       {"3.2", "bk-3-2"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        xmlNode *article = xmlNewNode(NULL, (const xmlChar *)"article");
        xmlNodeAddContent(article, (const xmlChar *)cases[i][0]);
        g_autofree char *id = fact_article_id("bk", article);
        g_assert_cmpstr(id, ==, cases[i][1]);
        xmlFreeNode(article);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    xml_init();
    g_test_add_func("/facts/article-ids", test_article_ids);
    g_test_add_func("/facts/values", test_values);
    g_test_add_func("/facts/full-stop", test_full_stop);
    g_test_add_func("/facts/missing", test_missing);
    g_test_add_func("/facts/unknown", test_unknown);
    g_test_add_func("/facts/overdue", test_overdue);
    g_test_add_func("/facts/bad-files", test_bad_files);
    g_test_add_func("/facts/languages", test_languages);
    g_test_add_func("/facts/numbers", test_numbers);
    g_test_add_func("/facts/research", test_research);
    g_test_add_func("/facts/research-form", test_research_form);
    g_test_add_func("/facts/research-words", test_research_words);
    g_test_add_func("/facts/research-trouble", test_research_trouble);
    g_test_add_func("/facts/research-sentence", test_research_sentence);
    g_test_add_func("/facts/research-sentence-trouble",
                    test_research_sentence_trouble);
    g_test_add_func("/facts/research-note", test_research_note);
    g_test_add_func("/facts/findings", test_findings);
    g_test_add_func("/facts/findings-trouble", test_findings_trouble);
    int result = g_test_run();
    g_clear_pointer(&diagnostics, diagnostics_free);
    return result;
}
