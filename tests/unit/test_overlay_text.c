/* SPDX-License-Identifier: MIT */
/* The texts of overlays: canonical form, word diffs and their severity, the two
 * escapes, and what the line scanner accepts and refuses. */
#include "overlay_project.h"

#include "overlay/canonical.h"
#include "overlay/overlay_lexer.h"
#include "overlay/word_diff.h"

/* ---- canonical text ------------------------------------------------- */

static void
test_canonical_same(void)
{
    static const char *const pairs[][2] = {
        {"a b\nc", "a   b c"},
        {"a b\r\nc\r\n", "a b c"},
        {"* one\n* two", "-   one\n-   two"},
        {"+ one\n+ two", "- one\n\n- two"},
        {"1) one\n1) two", "1. one\n2. two"},
        {"- a\n  - b", "*   a\n    * b"},
        {"- a\n  b", "- a b"},
        {"Title\n=====", "# Title"},
        {"Title\n---", "## Title"},
        {"# Title {#id}", "# Title ##"},
        {"|a|b|\n|:--|--|\n| 1 | 2 |", "| a  | b |\n|:-|-|\n|1|2|"},
        {"a | b\n--|--\n1 | 2", "|a|b|\n|-|-|\n|1|2|"},
        {"> a\n> b", ">a\nb"},
        {"\xC4\x8C", "C\xCC\x8C"}, /* NFC and NFD */
        {"a  \nb", "a      \n b"},
        {"[^x]: one\n    two", "[^x]: one two"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_autofree char *a = canonical_text(pairs[i][0]);
        g_autofree char *b = canonical_text(pairs[i][1]);
        g_test_message("case %zu", i);
        g_assert_cmpstr(a, ==, b);
    }
}

static void
test_canonical_different(void)
{
    static const char *const pairs[][2] = {
        {"a b", "ab"},
        {"a\nb", "a\n\nb"},
        {"a\nb", "a  \nb"}, /* a hard break */
        {"# a", "## a"},
        {"- a\n- b", "- a\n  - b"},
        {"- a", "1. a"},
        {"> a", "a"},
        {"> a\n> - b", "> a\n\n- b"},
        {"```\na  b\n```", "```\na b\n```"},
        {"    a  b", "    a b"},
        {"```\na\n\nb\n```", "```\na\nb\n```"},
        {"|a|b|\n|-|-|\n|1|2|", "|a|b|\n|-|-|\n|1|3|"},
        {"|a|\n|-|", "|a|\n|:-|"},
        {"> [!LAW] T\n> x", "> [!LAW] T x"},
        {"147", "147\xC2\xB9"},
        {"3. a", "4. a"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_autofree char *a = canonical_text(pairs[i][0]);
        g_autofree char *b = canonical_text(pairs[i][1]);
        g_test_message("case %zu: %s", i, a);
        g_assert_cmpstr(a, !=, b);
    }
}

/* norm=1 is a promise: these texts and hashes may never change */
static void
test_canonical_fixed(void)
{
    static const char *const cases[][3] = {
        {"# Požymių atpažinimas {#pozymiai}", "# Požymių atpažinimas",
         "020e882b"},
        {"Lietuvoje  atsakomybę\nnustato.[^bk]",
         "Lietuvoje atsakomybę nustato.[^bk]", "13c37fbf"},
        {"> [!LAW] Kodeksas\n> Nuostata\n> galioja.\n>\n> 1) a\n> 7) b",
         "> [!LAW] Kodeksas\n> Nuostata galioja.\n> 1. a\n> 2. b", "267f5943"},
        {"| A | B |\n|---|:-:|\n| x \\| y |  2 |",
         "|A|B|\n|-|:-:|\n|x \\| y|2|", "14c19818"},
        {"- a\n\n  ```c\n  int  x;\n\n  ```\n- b",
         "- a\n  ```c\n  int  x;\n  \n  ```\n- b", "9e6bfde7"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char hash[CANONICAL_HASH_SIZE];
        g_autofree char *text = canonical_text(cases[i][0]);
        g_assert_cmpstr(text, ==, cases[i][1]);
        canonical_hash(text, hash);
        g_assert_cmpstr(hash, ==, cases[i][2]);
    }
}

/* ---- diffs ---------------------------------------------------------- */

static void
test_severity(void)
{
    static const struct {
        const char *a, *b;
        Severity severity;
    } cases[] = {
        {"Jis turi teisę.", "Jis turi teisę.", SEVERITY_NONE},
        {"Jis turi teisę.", "Jis turi teise.", SEVERITY_WORDING},
        {"Jis turi teisę.", "Jis turi teisę!", SEVERITY_TYPOGRAPHIC},
        {"jis turi", "Jis turi", SEVERITY_TYPOGRAPHIC},
        {"Jis turi teisę.", "Jis neturi teisės.", SEVERITY_NEGATION},
        {"Jis turi.", "Jis nėra.", SEVERITY_NEGATION},
        {"per 30 dienų", "per 60 dienų", SEVERITY_NUMBER},
        {"![A](f.svg \"B\")\n{file=01234567}", "![A](f.svg \"B\")\n{file=76543210}",
         SEVERITY_REFERENCE},
        {"![A](f.svg \"per 24 val.\")", "![A](f.svg \"per 48 val.\")",
         SEVERITY_NUMBER},
        {"![A](f.svg \"Senas\")", "![A](f.svg \"Naujas\")", SEVERITY_WORDING},
        {"![A](f.svg \"B\")", "![A](g.svg \"B\")", SEVERITY_REFERENCE},
        {"kodekso 147 straipsnis", "kodekso 147¹ straipsnis",
         SEVERITY_REFERENCE},
        {"§ 133", "§ 134", SEVERITY_REFERENCE},
        {"tekstas.[^a]", "tekstas.[^b]", SEVERITY_REFERENCE},
        {"žr. [](#a)", "žr. [](#b)", SEVERITY_REFERENCE},
        {"{{a}} yra", "{{b}} yra", SEVERITY_REFERENCE},
        {"- a\n- b", "- a\n- b\n- c", SEVERITY_STRUCTURE},
        {"- a\n- b", "- a\n- b\n- 7 c", SEVERITY_NUMBER},
        {"# a", "## a", SEVERITY_STRUCTURE},
    };
    g_autoptr(Project) project = project_new("# A\n");
    g_autoptr(SeverityWords) words = severity_words_new(project->base);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        Severity severity = SEVERITY_NONE;
        g_autofree char *diff =
            word_diff(cases[i].a, cases[i].b, words, &severity);
        g_test_message("%s", diff);
        g_assert_cmpstr(severity_name(severity), ==,
                        severity_name(cases[i].severity));
    }
}

static void
test_diff(void)
{
    SeverityWords words = {0};
    g_autofree char *diff = word_diff(
        "Šiandien Lietuvoje atsakomybę nustato Baudžiamojo kodekso 147 "
        "straipsnis.[^bk]",
        "Šiandien Lietuvoje atsakomybę nustato Baudžiamojo kodekso 147¹ "
        "straipsnis.[^bk]",
        &words, NULL);
    g_assert_cmpstr(diff, ==,
                    "… atsakomybę nustato Baudžiamojo kodekso [-147-] {+147¹+} "
                    "straipsnis.[^bk]");
    g_autofree char *ends = word_diff("a b", "b c", &words, NULL);
    g_assert_cmpstr(ends, ==, "[-a-] b {+c+}");
    g_autofree char *all = word_diff("a b", "", &words, NULL);
    g_assert_cmpstr(all, ==, "[-a b-]");
}

/* Myers' script against the plain dynamic program */
static int
plain_common(const TokenList *a, const TokenList *b)
{
    g_autofree int *row = g_new0(int, (gsize)b->count + 1);
    for (int i = 0; i < a->count; i++) {
        int corner = 0;
        for (int j = 0; j < b->count; j++) {
            int above = row[j + 1];
            row[j + 1] = a->tokens[i].hash == b->tokens[j].hash
                             ? corner + 1
                             : MAX(above, row[j]);
            corner = above;
        }
    }
    return row[b->count];
}

static char *
random_words(int most)
{
    GString *text = g_string_new(NULL);
    int count = g_test_rand_int_range(0, most);
    for (int i = 0; i < count; i++)
        g_string_append_printf(text, "%s%c", i ? " " : "",
                               'a' + g_test_rand_int_range(0, 5));
    return g_string_free(text, FALSE);
}

static void
test_common(void)
{
    SeverityWords words = {0};
    for (int i = 0; i < 3000; i++) {
        g_autofree char *a = random_words(20);
        g_autofree char *b = random_words(20);
        g_autoptr(TokenList) x = token_list_new(a);
        g_autoptr(TokenList) y = token_list_new(b);
        int common = plain_common(x, y);
        int distance = x->count + y->count - 2 * common;
        g_assert_cmpint(token_list_common(x, y, 100), ==, common);
        g_assert_cmpint(token_list_common(x, y, distance), ==, common);
        if (distance > 0)
            g_assert_cmpint(token_list_common(x, y, distance - 1), ==, -1);
        /* the printed diff takes out and puts in exactly that many */
        g_autofree char *diff = word_diff(a, b, &words, NULL);
        int marked = 0;
        bool inside = false;
        for (const char *c = diff; *c != 0; c++) {
            if (g_str_has_prefix(c, "[-") || g_str_has_prefix(c, "{+"))
                inside = true;
            else if (g_str_has_prefix(c, "-]") || g_str_has_prefix(c, "+}"))
                inside = false;
            marked += inside && g_ascii_islower(*c);
        }
        g_assert_cmpint(marked, ==, distance);
    }
}

/* ---- escapes -------------------------------------------------------- */

static void
test_escape(void)
{
    static const char *const cases[][2] = {
        {"a --> b", "a --\\> b"},     {"a --!> b", "a --\\!> b"},
        {"a --\\> b", "a --\\\\> b"}, {"=src", "\\=src"},
        {"a\n\\=b", "a\n\\\\=b"},     {"--->", "---\\>"},
        {"a = b", "a = b"},           {"<!-- x -->", "<!-- x --\\>"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *escaped = overlay_escape(cases[i][0]);
        g_autofree char *back = overlay_unescape(escaped);
        g_assert_cmpstr(escaped, ==, cases[i][1]);
        g_assert_cmpstr(back, ==, cases[i][0]);
    }
}

static void
test_escape_random(void)
{
    static const char signs[] = "-->!\\=\n a";
    for (int i = 0; i < 20000; i++) {
        char text[13] = {0};
        int length = g_test_rand_int_range(0, 12);
        for (int j = 0; j < length; j++)
            text[j] = signs[g_test_rand_int_range(0, sizeof signs - 1)];
        g_autofree char *escaped = overlay_escape(text);
        g_autofree char *back = overlay_unescape(escaped);
        g_assert_cmpstr(back, ==, text);
        g_assert_null(strstr(escaped, "-->"));
        g_assert_null(strstr(escaped, "--!>"));
        g_assert_true(*escaped != '=' && strstr(escaped, "\n=") == NULL);
    }
}

/* ---- the scanner ---------------------------------------------------- */

static bool
lex(const char *text, DirectiveList *list, Arena *arena,
    Diagnostics *diagnostics)
{
    g_autoptr(Source) source =
        source_new("x.md", g_strdup(text), strlen(text), diagnostics);
    return overlay_lex(source, arena, list, diagnostics);
}

static void
test_lex(void)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(Diagnostics) diagnostics = diagnostics_new();
    DirectiveList list = {0};
    g_assert_true(lex("<!-- SPDX x -->\n\n<!-- ov:file v=1 -->\n\n"
                      "<!-- ov:translate at=a.p1 reason=\"x y\" TODO\n=src\n"
                      "text\n\nmore --\\>\n\\=x\n=note\n-->\n\nTarget\n\n"
                      "```\n<!-- ov:same at=x -->\n```\n\n"
                      "<!-- ov:same at=b -->\n",
                      &list, arena, diagnostics));
    g_assert_cmpint(diagnostics_length(diagnostics), ==, 0);
    g_assert_cmpint(list.count, ==, 3);
    g_assert_cmpint(list.preamble_last, ==, 1);
    const Directive *unit = &list.directives[1];
    g_assert_cmpstr(unit->operation, ==, "translate");
    g_assert_cmpint(unit->attribute_count, ==, 3);
    g_assert_cmpstr(unit->attributes[1].value, ==, "x y");
    g_assert_null(unit->attributes[2].value);
    g_assert_cmpint(unit->section_count, ==, 2);
    g_assert_cmpstr(unit->sections[0].body, ==, "text\n\nmore -->\n=x");
    g_assert_cmpstr(unit->sections[1].body, ==, "");
    g_assert_cmpint(unit->text_first, ==, 14);
    g_assert_cmpint(unit->text_last, ==, 18);
}

static void
test_lex_errors(void)
{
    static const char *const cases[][2] = {
        {"<!-- ov:insert after=x -->\nText\n", "directive-place"},
        {"Text\n<!-- ov:insert after=x -->\n", "directive-place"},
        {"<!-- ov:insert after=x --> Text\n", "directive-place"},
        {" <!-- ov:insert after=x -->\n", "directive-place"},
        {"> <!-- ov:insert after=x -->\n", "directive-place"},
        {"- <!-- ov:insert after=x -->\n", "directive-place"},
        {"1. <!-- ov:insert after=x -->\n", "directive-place"},
        {"<!--ov:insert after=x -->\n", "directive-place"},
        {"<!-- ov:insert after=x\n=src\na\n", "directive-unclosed"},
        {"<!-- ov:insert after=x\n=src\na\n\n<!-- ov:insert after=y\n=src\nb\n"
         "-->\n",
         "directive-unclosed"},
        {"<!-- ov:insert after=x\n=src\na --> b\n-->\n", "directive-escape"},
        {"<!-- ov:insert after=x\n=src\na\n\n<!-- ov:same at=x -->\n",
         "directive-escape"},
        {"<!-- ov:insert after=ä -->\n", "directive-syntax"},
        {"<!-- ov:insert after=\"x -->\n", "directive-syntax"},
        {"<!-- ov:insert after=x\n=foo\n-->\n", "directive-syntax"},
        {"<!-- ov:insert after=x\nfoo\n-->\n", "directive-syntax"},
        {"```\ncode\n\n<!-- ov:same at=x -->\n", "overlay-fence-open"},
        {"a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\n", "conflict-marker"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Arena) arena = arena_new();
        g_autoptr(Diagnostics) diagnostics = diagnostics_new();
        DirectiveList list = {0};
        g_test_message("case %zu: %s", i, cases[i][0]);
        g_assert_false(lex(cases[i][0], &list, arena, diagnostics));
        g_assert_true(diagnostics_has(diagnostics, cases[i][1]));
    }
}

static void
test_lex_autocorrected(void)
{
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(Diagnostics) diagnostics = diagnostics_new();
    DirectiveList list = {0};
    g_assert_true(lex("<!-- ov:translate at=a\n=src\nx\n–>\n\nText\n\n"
                      "<!-- ov:insert after=a —>\n\nMore\n",
                      &list, arena, diagnostics));
    g_assert_cmpint(list.count, ==, 2);
    g_assert_true(list.directives[0].mended && list.directives[1].mended);
    g_assert_cmpint(list.directives[0].text_first, ==, 6);
    g_assert_true(diagnostics_has(diagnostics, "directive-autocorrected"));
    /* a dash arrow in carried text is text */
    g_assert_true(lex("<!-- ov:translate at=a\n=src\nx\n–>\ny\n-->\n", &list,
                      arena, diagnostics));
    g_assert_cmpstr(list.directives[0].sections[0].body, ==, "x\n–>\ny");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/overlay/canonical/same", test_canonical_same);
    g_test_add_func("/overlay/canonical/different", test_canonical_different);
    g_test_add_func("/overlay/canonical/fixed", test_canonical_fixed);
    g_test_add_func("/overlay/diff/severity", test_severity);
    g_test_add_func("/overlay/diff/print", test_diff);
    g_test_add_func("/overlay/diff/common", test_common);
    g_test_add_func("/overlay/escape/cases", test_escape);
    g_test_add_func("/overlay/escape/random", test_escape_random);
    g_test_add_func("/overlay/lex/file", test_lex);
    g_test_add_func("/overlay/lex/errors", test_lex_errors);
    g_test_add_func("/overlay/lex/autocorrected", test_lex_autocorrected);
    return g_test_run();
}
