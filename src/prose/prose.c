/* SPDX-License-Identifier: MIT */
/*
 * Checking prose.
 *
 *   prose_check
 *     check_leaf
 *       apply_rules    quotation marks, numbers, spaces: regular expressions
 *       check_words    each word; two equal ones in a row
 *         judge_word   the list, the dictionary, then the base's: a word that
 *                      only that one knows was left untranslated
 *
 * What is no word of a language is passed over: capitals (names of
 * organisations, laws), what has digits in it, addresses.  A word is said once.
 */
#include "prose/prose.h"

#include "base/xml.h"
#include "prose/dictionary.h"
#include "prose/leaf.h"
#include "prose/rules.h"

#include <string.h>

enum { MAX_SUGGESTED = 8, MAX_SAID = 500 };

#define NO_BREAK_SPACE "\302\240"

typedef struct {
    Diagnostics *diagnostics;
    const ProseOptions *options;
    Rules *rules;
    WordList *list;
    Dictionary *own, *base, *also;
    char *list_file;
    GHashTable *said; /* words, as a set */
    int suggested;
    int by_rules;     /* said so far */
    int spaces;       /* that a rule ties */
    Place first_space;
} Check;

/* ---- rules --------------------------------------------------------------- */

static void
say_rule(Check *check, const Rule *rule, const Leaf *leaf, int start, int end)
{
    if (rule->kind == RULE_SPACE) {
        if (check->spaces++ == 0)
            check->first_space = leaf->place;
        return;
    }
    if (++check->by_rules > MAX_SAID)
        return;
    Place place = leaf_place(leaf, (size_t)start, (size_t)end);
    const char *name = rule->kind == RULE_QUOTATION ? "quotation-mark"
                       : rule->kind == RULE_NUMBER  ? "number-format"
                       : rule->kind == RULE_ARTICLE ? "article-typed"
                       : rule->kind == RULE_DATE    ? "date-typed"
                                                    : "contact-typed";
    diagnostics_add(check->diagnostics, LEVEL_WARNING, name, place, "%.*s: %s",
                    end - start, leaf->text + start, rule->help);
}

static void
apply_rules(Check *check, const Leaf *leaf)
{
    for (guint i = 0; i < check->rules->rules->len; i++) {
        const Rule *rule = &g_array_index(check->rules->rules, Rule, i);
        g_autoptr(GMatchInfo) match = NULL;
        if (leaf->is_note &&
            (rule->kind == RULE_DATE || rule->kind == RULE_CONTACT))
            continue;
        g_autoptr(GError) error = NULL;
        g_regex_match_full(rule->find, leaf->text, -1, 0, 0, &match, &error);
        for (; g_match_info_matches(match) && error == NULL;
             g_match_info_next(match, &error)) {
            int start = 0, end = 0;
            g_match_info_fetch_pos(match, 0, &start, &end);
            if (end > start)
                say_rule(check, rule, leaf, start, end);
        }
        if (error != NULL)
            diagnostics_add(check->diagnostics, LEVEL_WARNING,
                            "prose-rule-invalid", leaf->place,
                            "the rule \"%s\" cannot be tried on this text: %s; "
                            "look it through yourself, or make the rule simpler",
                            rule->help, error->message);
    }
}

/* ---- words --------------------------------------------------------------- */

static bool
is_letter(gunichar character)
{
    return g_unichar_isalpha(character) || g_unichar_ismark(character);
}

/* letters, and a hyphen or apostrophe between two of them */
static const char *
word_end(const char *p)
{
    while (is_letter(g_utf8_get_char(p))) {
        p = g_utf8_next_char(p);
        gunichar joint = g_utf8_get_char(p);
        if ((joint == '-' || joint == '\'' || joint == 0x2019) &&
            is_letter(g_utf8_get_char(g_utf8_next_char(p))))
            p = g_utf8_next_char(p);
    }
    return p;
}

/* in a name of laws or organisations, a number, an address */
static bool
is_no_word(const char *text, const char *start, const char *end)
{
    int letters = 0, capitals = 0;
    for (const char *p = start; p < end; p = g_utf8_next_char(p)) {
        letters++;
        capitals += g_unichar_isupper(g_utf8_get_char(p));
    }
    char before = start > text ? start[-1] : ' ';
    char after = *end;
    bool is_address = strchr("@/_\\", after) != NULL ||
                      (after == '.' && g_ascii_isalnum(end[1])) ||
                      strchr("@/_\\", before) != NULL ||
                      (before == '.' && start - 1 > text &&
                       g_ascii_isalnum(start[-2]));
    return letters < 2 || capitals > 1 || g_ascii_isdigit(before) ||
           g_ascii_isdigit(after) || (after != '\0' && is_address) ||
           (after == '\0' && strchr("@/_\\.", before) != NULL && before != ' ');
}

static bool
is_known(const Check *check, const char *word, bool is_loose)
{
    return word_list_has(check->list, word) ||
           dictionary_knows(check->own, word) ||
           (is_loose && check->also != NULL &&
            dictionary_knows(check->also, word));
}

/* every part of a word with hyphens */
static bool
are_parts_known(const Check *check, const char *word, bool is_loose)
{
    g_auto(GStrv) parts = g_strsplit(word, "-", -1);
    for (int i = 0; parts[i] != NULL; i++) {
        bool is_short = g_utf8_strlen(parts[i], -1) < 3;
        if (!is_short && !is_known(check, parts[i], is_loose))
            return false;
    }
    return parts[0] != NULL && parts[1] != NULL;
}

static void
judge_word(Check *check, const Leaf *leaf, const char *word, size_t start, size_t end)
{
    bool is_loose = leaf->loose[start] != 0;
    if (check->own == NULL || is_known(check, word, is_loose) ||
        are_parts_known(check, word, is_loose))
        return;
    g_autofree char *folded = g_utf8_casefold(word, -1);
    if (g_hash_table_size(check->said) >= MAX_SAID ||
        !g_hash_table_add(check->said, g_steal_pointer(&folded)))
        return;
    Place place = leaf_place(leaf, start, end);
    if (check->base != NULL && dictionary_knows(check->base, word)) {
        diagnostics_add(check->diagnostics, LEVEL_WARNING, "word-foreign",
                        place,
                        "\"%s\" is a word of the base's language (%s) and none "
                        "of this; translate it, or put it into %s",
                        word, check->options->base_lang, check->list_file);
        return;
    }
    g_autofree char *nearest = check->suggested++ < MAX_SUGGESTED
                                   ? dictionary_suggest(check->own, word)
                                   : g_strdup("");
    diagnostics_add(check->diagnostics, LEVEL_WARNING, "word-unknown", place,
                    "\"%s\" is not in the dictionary%s%s; correct it, or put "
                    "it into %s",
                    word, *nearest == '\0' ? "" : ", which has ", nearest,
                    check->list_file);
}

static void
judge_pair(Check *check, const Leaf *leaf, const char *before, const char *word,
           size_t start, size_t end)
{
    g_autofree char *one = g_utf8_casefold(before, -1);
    g_autofree char *other = g_utf8_casefold(word, -1);
    g_autofree char *pair = g_strdup_printf("%s %s", one, other);
    if (strcmp(one, other) != 0 || word_list_has(check->list, pair))
        return;
    diagnostics_add(check->diagnostics, LEVEL_WARNING, "word-doubled",
                    leaf_place(leaf, start, end),
                    "\"%s\" stands here twice; delete one, or put \"%s\" into "
                    "%s",
                    word, pair, check->list_file);
}

static void
check_words(Check *check, const Leaf *leaf)
{
    g_autofree char *before = NULL;
    const char *p = leaf->text, *last_end = NULL;
    while (*p != '\0') {
        if (!is_letter(g_utf8_get_char(p))) {
            p = g_utf8_next_char(p);
            continue;
        }
        const char *end = word_end(p);
        size_t from = (size_t)(p - leaf->text), to = (size_t)(end - leaf->text);
        g_autofree char *word = g_strndup(p, (gsize)(end - p));
        bool is_next = last_end != NULL && last_end < p &&
                       strspn(last_end, " \302\240") >= (size_t)(p - last_end);
        if (is_next && before != NULL)
            judge_pair(check, leaf, before, word, from, to);
        if (!is_no_word(leaf->text, p, end))
            judge_word(check, leaf, word, from, to);
        g_free(before);
        before = g_steal_pointer(&word);
        last_end = end;
        p = end;
    }
}

/* a chapter in several languages, such as a glossary: NAME.md in the list */
static bool
is_exempt(const Check *check, const Leaf *leaf)
{
    if (leaf->place.file == NULL)
        return false;
    g_autofree char *name = g_path_get_basename(leaf->place.file);
    return word_list_has(check->list, name);
}

static void
check_leaf(const Leaf *leaf, gpointer data)
{
    apply_rules(data, leaf);
    if (!is_exempt(data, leaf))
        check_words(data, leaf);
}

/* ---- the whole ----------------------------------------------------------- */

static Dictionary *
open_dictionary(Check *check, const char *name, const char *lang)
{
    g_autofree char *own = g_ascii_strdown(lang, -1);
    own[strcspn(own, "-")] = '\0';
    Dictionary *dictionary = dictionary_open(name, own);
    if (dictionary == NULL)
        diagnostics_add(check->diagnostics, LEVEL_WARNING, "dictionary-missing",
                        (Place){NULL, 0, 0},
                        "there is no dictionary of hunspell for '%s'; its "
                        "words are not checked, install one (Debian: "
                        "hunspell-%s)",
                        lang, own);
    return dictionary;
}

static void
open_foreign(Check *check, const ProseOptions *options)
{
    if (check->rules->also != NULL)
        check->also = dictionary_open(check->rules->also, "");
    if (options->base_lang == NULL || check->own == NULL)
        return;
    g_autoptr(Diagnostics) ignored = diagnostics_new();
    Rules *rules =
        rules_load(options->styles_folder, options->base_lang, ignored);
    g_autofree char *lang = g_ascii_strdown(options->base_lang, -1);
    lang[strcspn(lang, "-")] = '\0';
    check->base = dictionary_open(rules->dictionary, lang);
    rules_free(rules);
}

void
prose_check(const Document *document, const ProseOptions *options,
            Diagnostics *diagnostics)
{
    Check check = {
        .diagnostics = diagnostics,
        .options = options,
        .rules =
            rules_load(options->styles_folder, options->lang, diagnostics),
        .list_file = g_build_filename(options->folder, "spelling.txt", NULL),
        .said = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
    };
    check.list = word_list_load(options->root, check.list_file);
    check.own =
        open_dictionary(&check, check.rules->dictionary, options->lang);
    open_foreign(&check, options);
    leaves_visit(document, check_leaf, &check);
    if (check.spaces > 0)
        diagnostics_add(diagnostics, LEVEL_NOTE, "spaces-tied",
                        check.first_space,
                        "%d spaces at which no line may end are set as no-break "
                        "spaces; the first is in this block",
                        check.spaces);
    rules_free(check.rules);
    word_list_free(check.list);
    dictionary_free(check.own);
    dictionary_free(check.base);
    dictionary_free(check.also);
    g_hash_table_unref(check.said);
    g_free(check.list_file);
}

/* ---- spaces that hold ---------------------------------------------------- */

/* the text of a leaf and where each of its text nodes begins in it */
typedef struct {
    GString *text;
    GPtrArray *nodes;
    GArray *starts; /* gsize */
} Run;

static void
gather(Run *run, const char *lang, xmlNode *node)
{
    for (; node != NULL; node = node->next) {
        if (node->type == XML_TEXT_NODE) {
            gsize start = run->text->len;
            g_ptr_array_add(run->nodes, node);
            g_array_append_val(run->starts, start);
            g_string_append(run->text, (const char *)node->content);
            continue;
        }
        const char *own = node->type == XML_ELEMENT_NODE
                              ? xml_attribute(node, "lang")
                              : NULL;
        bool is_foreign = own != NULL && strcmp(own, lang) != 0;
        if (is_foreign || xml_is(node, "code") || xml_is(node, "xref") ||
            xml_is(node, "image") || xml_is(node, "linebreak"))
            g_string_append(run->text, LEAF_OBJECT);
        else if (node->type == XML_ELEMENT_NODE && node->ns == NULL &&
                 !xml_is(node, "note-ref"))
            gather(run, lang, node->children);
    }
}

/* a rule may find more than the space, which is no place to tie */
static gboolean
put_space(const GMatchInfo *match, GString *tied, gpointer data)
{
    g_autofree char *found = g_match_info_fetch(match, 0);
    (void)data;
    g_string_append(tied, strcmp(found, " ") == 0 ? NO_BREAK_SPACE : found);
    return FALSE;
}

/* the text as the rules want it; owned; NULL: as it is */
static char *
tie_text(const Rules *rules, const char *text)
{
    g_autofree char *tied = g_strdup(text);
    for (guint i = 0; i < rules->rules->len; i++) {
        const Rule *rule = &g_array_index(rules->rules, Rule, i);
        char *next = rule->kind != RULE_SPACE
                         ? NULL
                         : g_regex_replace_eval(rule->find, tied, -1, 0, 0,
                                                put_space, NULL, NULL);
        if (next == NULL)
            continue;
        g_free(tied);
        tied = next;
    }
    return strcmp(tied, text) == 0 ? NULL : g_steal_pointer(&tied);
}

/* a place in the tied text, moved on by so many bytes of the old one */
static const char *
move_on(const char *tied, const char *old, gsize length)
{
    for (gsize i = 0; i < length; i++)
        tied += old[i] == ' ' && *tied != ' ' ? strlen(NO_BREAK_SPACE) : 1;
    return tied;
}

static void
tie_leaf(const Rules *rules, const char *lang, xmlNode *leaf)
{
    Run run = {.text = g_string_new(NULL),
               .nodes = g_ptr_array_new(),
               .starts = g_array_new(FALSE, FALSE, sizeof(gsize))};
    gather(&run, lang, leaf->children);
    g_autofree char *tied = tie_text(rules, run.text->str);
    const char *place = tied;
    gsize reached = 0;
    for (guint i = 0; tied != NULL && i < run.nodes->len; i++) {
        xmlNode *node = g_ptr_array_index(run.nodes, i);
        gsize start = g_array_index(run.starts, gsize, i);
        gsize length = strlen((const char *)node->content);
        place = move_on(place, run.text->str + reached, start - reached);
        const char *end = move_on(place, run.text->str + start, length);
        g_autofree char *part = g_strndup(place, (gsize)(end - place));
        if (strlen(part) != length) {
            xmlNodeSetContent(node, NULL);
            xmlNodeAddContent(node, (const xmlChar *)part);
        }
        place = end;
        reached = start + length;
    }
    g_string_free(run.text, TRUE);
    g_ptr_array_unref(run.nodes);
    g_array_unref(run.starts);
}

static void
tie_inside(const Rules *rules, const char *lang, xmlNode *node)
{
    for (; node != NULL; node = node->next) {
        if (node->type != XML_ELEMENT_NODE || node->ns != NULL ||
            xml_is(node, "code"))
            continue;
        const char *own = xml_attribute(node, "lang");
        if (own != NULL && strcmp(own, lang) != 0)
            continue;
        if (leaf_is(node))
            tie_leaf(rules, lang, node);
        else
            tie_inside(rules, lang, node->children);
    }
}

void
prose_tie(Document *document, const ProseOptions *options,
          Diagnostics *diagnostics)
{
    Rules *rules =
        rules_load(options->styles_folder, options->lang, diagnostics);
    const xmlNode *imprint = document_imprint(document);
    for (const xmlNode *line = imprint == NULL ? NULL : xml_first(imprint);
         line != NULL; line = xml_next(line, NULL))
        tie_leaf(rules, options->lang, (xmlNode *)line);
    xmlNode *chapter = (xmlNode *)xml_child(document_root(document), "chapter");
    for (; rules->rules->len > 0 && chapter != NULL;
         chapter = (xmlNode *)xml_next(chapter, "chapter"))
        tie_inside(rules, options->lang, chapter->children);
    rules_free(rules);
}
