/* SPDX-License-Identifier: MIT */
/*
 * Hyphenation: known words, the quirks of pattern files, and a second, slow
 * Liang that looks for every pattern of a file in every word.  The comparison
 * with libhyphen is in tests/slow.
 */
#include "text/hyphenation.h"

#include <glib/gstdio.h>
#include <string.h>

#include "sample_text.h"

static const char *const folders[] = {"/usr/share/hyphen", NULL};

/* "va-do-vas" of lower-case letters */
static char *
divide(const Hyphenator *hyphenator, const char *word, bool plain)
{
    glong count;
    unsigned char levels[HYPHENATION_MAX_LETTERS] = {0};
    g_autofree gunichar *letters = g_utf8_to_ucs4_fast(word, -1, &count);
    GString *divided = g_string_new(NULL);
    if (plain)
        hyphenator_points(hyphenator, letters, (int)count, levels);
    else
        hyphenator_word(hyphenator, letters, (int)count, levels);
    for (glong i = 0; i < count; i++) {
        g_string_append_unichar(divided, letters[i]);
        if (levels[i] != 0)
            g_string_append_c(divided, '-');
    }
    return g_string_free(divided, FALSE);
}

static char *
joined(const char *divided)
{
    g_auto(GStrv) parts = g_strsplit(divided, "-", -1);
    return g_strjoinv("", parts);
}

/* ---- known words ---- */

/* et keeps three letters after a hyphen: not "kaks-sa-da" */
static const struct {
    const char *language, *words;
} known[] = {
    {"lt", "pre-ky-ba žmo-gus ieš-kan-tis bur-ban-tys lie-tu-va va-do-vas "
           "ne-pri-klau-so-my-bė pa-rei-gū-nas nu-ken-tė-ju-sy-sis po-li-ci-ja "
           "ty-ri-mas pro-ku-ro-ras iš-nau-do-ji-mas vi-sai"},
    {"et", "kaks-sada po-lit-sei inim-kau-ban-dus oh-ver sea-dus ka-ris-tus "
           "koh-tu-nik väi-ke-stel"},
    {"lv", "sau-le po-li-ci-ja cil-vēks no-zie-gums pa-lī-dzī-ba tie-sī-bas"},
    {"ru", "че-ло-век сво-бо-да тор-гов-ля пре-ступ-ле-ние по-мощь "
           "по-тер-пев-ший про-ку-дин"},
    {"en-GB", "traf-fick-ing hu-man vic-tim as-sist-ance pro-tec-tion "
              "re-cog-nise"},
};

static void
test_known_words(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        g_autoptr(Hyphenator) hyphenator =
            hyphenator_new(folders, known[i].language, NULL);
        g_assert_nonnull(hyphenator);
        g_auto(GStrv) words = g_strsplit(known[i].words, " ", -1);
        for (int k = 0; words[k] != NULL; k++) {
            g_autofree char *word = joined(words[k]);
            g_autofree char *divided = divide(hyphenator, word, false);
            g_assert_cmpstr(divided, ==, words[k]);
        }
    }
}

/* ---- a judge: every pattern, looked for everywhere ---- */

typedef struct {
    GHashTable *digits; /* letters -> digits as a string, one per gap */
    int left, right;
} Judge;

static void
judge_add(Judge *judge, const char *pattern)
{
    GString *letters = g_string_new(NULL), *digits = g_string_new("0");
    for (const char *p = pattern; *p != '\0'; p = g_utf8_next_char(p)) {
        if (g_ascii_isdigit(*p)) {
            digits->str[digits->len - 1] = *p;
        } else {
            g_string_append_unichar(letters, g_utf8_get_char(p));
            g_string_append_c(digits, '0');
        }
    }
    g_hash_table_replace(judge->digits, g_string_free(letters, FALSE),
                         g_string_free(digits, FALSE));
}

static Judge
judge_load(const char *file, int left, int right)
{
    g_autofree char *bytes = NULL;
    gsize length;
    g_assert_true(g_file_get_contents(file, &bytes, &length, NULL));
    g_autofree char *charset = g_strndup(bytes, strcspn(bytes, "\r\n"));
    g_autofree char *text =
        g_convert(bytes, (gssize)length, "UTF-8", charset, NULL, NULL, NULL);
    g_auto(GStrv) lines = g_strsplit_set(text, "\r\n", -1);
    Judge judge = {.digits = g_hash_table_new_full(g_str_hash, g_str_equal,
                                                   g_free, g_free),
                   .left = left,
                   .right = right};
    for (int i = 1; lines[i] != NULL; i++) {
        const char *line = g_strstrip(lines[i]);
        if (line[0] != '\0' && line[0] != '%' && !g_ascii_isupper(line[0]))
            judge_add(&judge, line);
    }
    return judge;
}

static char *
judge_divide(const Judge *judge, const char *word)
{
    g_autofree char *bordered = g_strdup_printf(".%s.", word);
    int count = (int)g_utf8_strlen(bordered, -1);
    g_autofree char *values = g_malloc0((gsize)count + 2);
    for (int i = 0; i < count; i++)
        for (int j = i + 1; j <= count; j++) {
            g_autofree char *part = g_utf8_substring(bordered, i, j);
            const char *digits = g_hash_table_lookup(judge->digits, part);
            for (int k = 0; digits != NULL && k <= j - i; k++)
                values[i + k] = MAX(values[i + k], digits[k]);
        }
    GString *divided = g_string_new(NULL);
    const char *p = word;
    for (int i = 0; i < count - 2; i++, p = g_utf8_next_char(p)) {
        g_string_append_unichar(divided, g_utf8_get_char(p));
        if (values[i + 2] % 2 == 1 && i + 1 >= judge->left &&
            count - 2 - (i + 1) >= judge->right)
            g_string_append_c(divided, '-');
    }
    return g_string_free(divided, FALSE);
}

static void
check_fragments(const char *divided)
{
    g_auto(GStrv) fragments = g_strsplit(divided, "-", -1);
    for (int i = 0; fragments[i] != NULL && fragments[1] != NULL; i++) {
        bool vowel = false;
        for (const char *p = fragments[i]; *p; p = g_utf8_next_char(p))
            vowel |= g_utf8_strchr("aeiouyąęėįųūõäöüāēīōаеёиоуыэюя", -1,
                                   g_utf8_get_char(p)) != NULL;
        if (!vowel)
            g_test_message("%s", divided);
        g_assert_true(vowel);
    }
}

static void
test_judge(void)
{
    static const struct {
        const char *language, *file;
        int left, right;
    } files[] = {
        {"lt", "/usr/share/hyphen/hyph_lt_LT.dic", 2, 2},
        {"et", "/usr/share/hyphen/hyph_et_EE.dic", 2, 3},
        {"lv", "/usr/share/hyphen/hyph_lv_LV.dic", 2, 2},
        {"ru", "/usr/share/hyphen/hyph_ru_RU.dic", 2, 2},
        {"en-GB", "/usr/share/hyphen/hyph_en_GB.dic", 2, 3},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        Judge judge = judge_load(files[i].file, files[i].left, files[i].right);
        g_autoptr(Hyphenator) hyphenator =
            hyphenator_new(folders, files[i].language, NULL);
        g_autofree char *lower = g_utf8_strdown(sample_texts[i].text, -1);
        g_auto(GStrv) words = g_strsplit_set(lower, " .,:;()-/", -1);
        int compared = 0;
        for (int k = 0; words[k] != NULL; k++) {
            bool letters = words[k][0] != '\0';
            for (const char *p = words[k]; *p; p = g_utf8_next_char(p))
                letters &= g_unichar_isalpha(g_utf8_get_char(p));
            if (!letters)
                continue;
            g_autofree char *wanted = judge_divide(&judge, words[k]);
            g_autofree char *got = divide(hyphenator, words[k], true);
            g_autofree char *kept = divide(hyphenator, words[k], false);
            g_assert_cmpstr(got, ==, wanted);
            check_fragments(kept);
            compared++;
        }
        g_assert_cmpint(compared, >, 30);
        g_hash_table_destroy(judge.digits);
    }
}

/* ---- files ---- */

static char *
write_patterns(const char *name, const char *text, gssize length)
{
    g_autofree char *folder = g_dir_make_tmp("hyphenation-XXXXXX", NULL);
    char *path = g_build_filename(folder, name, NULL);
    g_assert_true(g_file_set_contents(path, text, length, NULL));
    return path;
}

static void
remove_patterns(char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_remove(path);
    g_rmdir(folder);
    g_free(path);
}

static void
test_file_quirks(void)
{
    char *path = write_patterns("hyph_xx_YY.dic",
                                "ISO8859-13\r\n% a comment\r\nLEFTHYPHENMIN 1"
                                "\r\nRIGHTHYPHENMIN 2\r\nCOMPOUNDLEFTHYPHENMIN "
                                "3\r\nNOHYPHEN -\r\na1\xfe" "a  \r\na2b\r\na1b"
                                "\r\nb1c/b-=,1,2\r\nNEXTLEVEL\r\nc1d\r\n",
                                -1);
    g_autofree char *folder = g_path_get_dirname(path);
    const char *const here[] = {folder, NULL};
    g_autoptr(Hyphenator) hyphenator = hyphenator_new(here, "xx", NULL);
    g_assert_nonnull(hyphenator);
    /* 0xFE is ž in ISO 8859-13; of the two lines for "ab" the last one wins */
    g_autofree char *first = divide(hyphenator, "ažaba", true);
    g_assert_cmpstr(first, ==, "a-ža-ba");
    /* replacements and second levels are left out */
    g_autofree char *second = divide(hyphenator, "obcdo", true);
    g_assert_cmpstr(second, ==, "obcdo");
    g_assert_null(hyphenator_new(here, "yy", NULL));
    g_assert_null(hyphenator_new(here, "../xx", NULL));
    remove_patterns(path);
}

static void
test_bad_files(void)
{
    char *path = write_patterns("hyph_xx.dic", "UTF-8\na1\xff\n", -1);
    g_assert_null(hyphenator_load(path, "xx"));
    remove_patterns(path);
    path = write_patterns("hyph_xx.dic", "NO-SUCH-CHARSET\na1b\n", -1);
    g_assert_null(hyphenator_load(path, "xx"));
    remove_patterns(path);
    path = write_patterns("hyph_xx.dic", "", 0);
    g_autoptr(Hyphenator) empty = hyphenator_load(path, "xx");
    if (empty != NULL) {
        g_autofree char *word = divide(empty, "nothing", false);
        g_assert_cmpstr(word, ==, "nothing");
    }
    remove_patterns(path);
}

static void
test_exceptions(void)
{
    const char *const exceptions[] = {"Vadov-as", "prekyba", NULL};
    g_autoptr(Hyphenator) hyphenator =
        hyphenator_new(folders, "lt", exceptions);
    g_autofree char *first = divide(hyphenator, "vadovas", false);
    g_autofree char *second = divide(hyphenator, "prekyba", false);
    g_autofree char *third = divide(hyphenator, "prekybos", false);
    g_assert_cmpstr(first, ==, "vadov-as");
    g_assert_cmpstr(second, ==, "prekyba");
    g_assert_cmpstr(third, ==, "pre-ky-bos");
}

/* ---- through the engine: what is not divided ---- */

static char *
divide_token(TextEngine *engine, const char *language, const char *word)
{
    GArray *offsets = text_hyphenate(engine, language, word);
    GString *divided = g_string_new(word);
    for (guint i = offsets->len; i-- > 0;)
        g_string_insert_c(divided, g_array_index(offsets, int, i), '-');
    g_array_free(offsets, TRUE);
    return g_string_free(divided, FALSE);
}

static void
test_tokens(void)
{
    static const struct {
        const char *word, *wanted;
    } tokens[] = {
        {"NEPRIKLAUSOMYBĖ", "NE-PRI-KLAU-SO-MY-BĖ"},
        {"„Prekyba“,", "„Pre-ky-ba“,"},
        {"PAGD", "PAGD"},
        {"TARYBA", "TA-RY-BA"},
        {"LIETU", "LIETU"},
        {"www.lietuva.lt", "www.lietuva.lt"},
        {"https://missing.lt/prekyba", "https://missing.lt/prekyba"},
        {"pagalba@missing.lt", "pagalba@missing.lt"},
        {"2005-aisiais", "2005-aisiais"},
        {"prekyba2", "prekyba2"},
        {"anti-prekyba", "an-ti-pre-ky-ba"}, /* its own hyphen is not one */
        {"ne\u0307ramumas", "ne\u0307-ra-mu-mas"}, /* e + dot above */
    };
    g_autoptr(TextEngine) engine = sample_engine();
    for (size_t i = 0; i < G_N_ELEMENTS(tokens); i++) {
        g_autofree char *got = divide_token(engine, "lt", tokens[i].word);
        g_assert_cmpstr(got, ==, tokens[i].wanted);
    }
    g_autofree char *other = divide_token(engine, "xx", "prekyba");
    g_assert_cmpstr(other, ==, "prekyba");
    g_assert_true(text_can_hyphenate(engine, "lt"));
    g_assert_true(text_can_hyphenate(engine, "en"));
    g_assert_false(text_can_hyphenate(engine, "xx"));
    g_assert_false(text_can_hyphenate(engine, ""));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/hyphenation/known-words", test_known_words);
    g_test_add_func("/hyphenation/judge", test_judge);
    g_test_add_func("/hyphenation/file-quirks", test_file_quirks);
    g_test_add_func("/hyphenation/bad-files", test_bad_files);
    g_test_add_func("/hyphenation/exceptions", test_exceptions);
    g_test_add_func("/hyphenation/tokens", test_tokens);
    return g_test_run();
}
