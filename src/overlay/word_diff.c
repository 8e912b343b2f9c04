/* SPDX-License-Identifier: MIT */
/*
 * Words: tokens, Myers' greedy algorithm, and the reading of its script.
 *
 *   word_diff
 *     token_list_new   both texts
 *     find_script      which tokens are taken out, which put in
 *     print_script     for people
 *     weigh_script     for the gate
 */
#include "overlay/word_diff.h"

#include "base/message.h"
#include "base/xml.h"
#include "overlay/canonical.h"

#include <string.h>

enum {
    CONTEXT_TOKENS = 4,
    /* beyond it a diff says "everything between the common ends changed" */
    MAX_SCRIPT = 600,
    /* how far from a citation word a number is part of the citation */
    CITATION_REACH = 2,
    MAX_PREFIX = 4, /* letters of a negating prefix when none are listed */
};

static bool
is_word_char(gunichar c)
{
    return g_unichar_isalnum(c) || g_unichar_ismark(c) ||
           g_unichar_type(c) == G_UNICODE_OTHER_NUMBER;
}

/* bytes of a reference at the start of text, 0 if there is none */
static size_t
reference_length(const char *text)
{
    const char *end = NULL;
    if (g_str_has_prefix(text, "[^"))
        end = strpbrk(text + 2, "] \n");
    else if (g_str_has_prefix(text, "](")) {
        end = strpbrk(text + 2, ") \n"); /* behind a blank: words of a title */
        if (end != NULL && *end == ' ')
            return (size_t)(end - text);
    } else if (g_str_has_prefix(text, "{file="))
        end = strpbrk(text + 6, "} \n"); /* the picture is another one */
    else if (g_str_has_prefix(text, "<http") ||
             g_str_has_prefix(text, "<mailto"))
        end = strpbrk(text + 1, "> \n");
    else if (g_str_has_prefix(text, "{{")) {
        end = strpbrk(text + 2, "} \n");
        return end != NULL && g_str_has_prefix(end, "}}")
                   ? (size_t)(end + 2 - text)
                   : 0;
    }
    if (end == NULL || *end == ' ' || *end == '\n')
        return 0;
    return (size_t)(end + 1 - text);
}

/* a sign that holds two halves of a word or number together */
static bool
joins(const char *text)
{
    gunichar c = g_utf8_get_char(text);
    if (c != '-' && c != '\'' && c != 0x2019 && c != '.' && c != ',' &&
        c != '/')
        return false;
    gunichar next = g_utf8_get_char(g_utf8_next_char(text));
    return c == '.' || c == ',' || c == '/' ? g_unichar_isdigit(next)
                                            : is_word_char(next);
}

static size_t
word_length(const char *text)
{
    const char *end = text;
    gunichar previous = 0;
    while (*end != 0) {
        gunichar c = g_utf8_get_char(end);
        bool part = is_word_char(c);
        if (!part && previous != 0 && joins(end))
            part = g_unichar_isdigit(previous) ||
                   (c != '.' && c != ',' && c != '/');
        if (!part)
            break;
        previous = c;
        end = g_utf8_next_char(end);
    }
    return (size_t)(end - text);
}

static guint64
hash_bytes(const char *text, size_t length)
{
    guint64 hash = G_GUINT64_CONSTANT(14695981039346656037); /* FNV-1a */
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) *
               G_GUINT64_CONSTANT(1099511628211);
    return hash;
}

TokenList *
token_list_new(const char *canonical)
{
    TokenList *list = g_new0(TokenList, 1);
    GArray *tokens = g_array_new(FALSE, FALSE, sizeof(Token));
    list->text = canonical;
    bool blank = false;
    for (const char *c = canonical; *c != 0;) {
        if (*c == ' ' || *c == '\t') {
            blank = true;
            c++;
            continue;
        }
        TokenKind kind = TOKEN_REFERENCE;
        size_t length = reference_length(c);
        if (length == 0) {
            kind = TOKEN_WORD;
            length = word_length(c);
        }
        if (length == 0) {
            kind = *c == '\n' ? TOKEN_BREAK : TOKEN_SIGN;
            length = (size_t)(g_utf8_next_char(c) - c);
        }
        int start = (int)(c - canonical);
        Token token = {hash_bytes(c, length), start, start + (int)length, kind,
                       blank};
        g_array_append_val(tokens, token);
        list->words += kind == TOKEN_WORD;
        c += length;
        blank = false;
    }
    list->count = (int)tokens->len;
    list->tokens = (Token *)(void *)g_array_free(tokens, FALSE);
    return list;
}

void
token_list_free(TokenList *list)
{
    if (list == NULL)
        return;
    g_free(list->tokens);
    g_free(list);
}

/* ---- the shortest edit script -------------------------------------- */

typedef struct {
    const Token *a, *b;
    int a_count, b_count;
} Pair;

/* The pair without its common beginning and end */
static Pair
trim_pair(const TokenList *a, const TokenList *b, int *before)
{
    int start = 0, end = 0, limit = MIN(a->count, b->count);
    while (start < limit && a->tokens[start].hash == b->tokens[start].hash)
        start++;
    while (end < limit - start && a->tokens[a->count - 1 - end].hash ==
                                      b->tokens[b->count - 1 - end].hash)
        end++;
    *before = start;
    if (limit == 0) /* one of them may have no tokens at all */
        return (Pair){a->tokens, b->tokens, a->count, b->count};
    return (Pair){a->tokens + start, b->tokens + start,
                  a->count - start - end, b->count - start - end};
}

/* Myers' greedy forward search.  The least number of edits, or -1 beyond
 * `limit`.  rows, if not NULL, gets the furthest x of each diagonal after each
 * step, so that the way back can be found: row d at index d * (d + 1) / 2 ... as
 * g_array of ints, 2d + 1 for each d. */
static int
search_edits(const Pair *pair, int limit, GArray *rows)
{
    int n = pair->a_count, m = pair->b_count;
    limit = MIN(limit, n + m);
    if (limit < 0)
        return -1;
    g_autofree int *space = g_new0(int, 2 * (size_t)limit + 3);
    int *furthest = space + limit + 1;
    for (int d = 0; d <= limit; d++) {
        for (int k = -d; k <= d; k += 2) {
            bool down = k == -d || (k != d && furthest[k - 1] < furthest[k + 1]);
            int x = down ? furthest[k + 1] : furthest[k - 1] + 1;
            int y = x - k;
            while (x < n && y < m && x >= 0 && y >= 0 &&
                   pair->a[x].hash == pair->b[y].hash) {
                x++;
                y++;
            }
            furthest[k] = x;
            if (x >= n && y >= m) {
                if (rows != NULL)
                    g_array_append_vals(rows, furthest - d,
                                        2 * (guint)d + 1);
                return d;
            }
        }
        if (rows != NULL)
            g_array_append_vals(rows, furthest - d, 2 * (guint)d + 1);
    }
    return -1;
}

int
token_list_common(const TokenList *a, const TokenList *b, int distance)
{
    int before = 0;
    Pair pair = trim_pair(a, b, &before);
    if (abs(a->count - b->count) > distance)
        return -1;
    int edits = search_edits(&pair, distance, NULL);
    return edits < 0 ? -1 : (a->count + b->count - edits) / 2;
}

/* marks of each token of both texts: true where it is taken out or put in */
typedef struct {
    bool *out, *in;
} Script;

static void
trace_script(const Pair *pair, int edits, const GArray *rows, bool *out,
             bool *in)
{
    int x = pair->a_count, y = pair->b_count;
    for (int d = edits; d > 0; d--) {
        /* row d-1 starts at (d-1)^2 and is centred on diagonal 0 */
        const int *row = (const int *)(const void *)rows->data +
                         (size_t)(d - 1) * (size_t)(d - 1) + (d - 1);
        int k = x - y;
        bool down = k == -d ||
                    (k != d && (k - 1 < -(d - 1) ? -1 : row[k - 1]) <
                                   (k + 1 > d - 1 ? -1 : row[k + 1]));
        int previous_k = down ? k + 1 : k - 1;
        int previous_x = row[previous_k];
        int previous_y = previous_x - previous_k;
        if (down)
            in[previous_y] = true;
        else
            out[previous_x] = true;
        x = previous_x;
        y = previous_y;
    }
}

static void
find_script(const TokenList *a, const TokenList *b, Script *script)
{
    script->out = g_new0(bool, (size_t)a->count + 1);
    script->in = g_new0(bool, (size_t)b->count + 1);
    int before = 0;
    Pair pair = trim_pair(a, b, &before);
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(int));
    int edits = search_edits(&pair, MAX_SCRIPT, rows);
    if (edits >= 0) {
        trace_script(&pair, edits, rows, script->out + before,
                     script->in + before);
        return;
    }
    for (int i = 0; i < pair.a_count; i++)
        script->out[before + i] = true;
    for (int i = 0; i < pair.b_count; i++)
        script->in[before + i] = true;
}

/* ---- for people ----------------------------------------------------- */

static void
print_token(GString *line, const TokenList *list, int index, bool first)
{
    const Token *token = &list->tokens[index];
    if (token->kind == TOKEN_BREAK) {
        g_string_append(line, first ? "¶" : " ¶");
        return;
    }
    bool after_break =
        index == 0 || list->tokens[index - 1].kind == TOKEN_BREAK;
    if (!first && (token->blank_before || after_break))
        g_string_append_c(line, ' ');
    g_string_append_len(line, list->text + token->start,
                        token->end - token->start);
}

/* a run of marked tokens in brackets; returns the index behind it */
static int
print_run(GString *line, const TokenList *list, const bool *marks, int index,
          const char *brackets)
{
    bool gap = list->tokens[index].blank_before ||
               (index > 0 && list->tokens[index - 1].kind == TOKEN_BREAK);
    bool after_run = line->len > 0 && (line->str[line->len - 1] == ']' ||
                                       line->str[line->len - 1] == '}');
    if (line->len > 0 && (gap || after_run))
        g_string_append_c(line, ' ');
    g_string_append_len(line, brackets, 2);
    for (bool first = true; index < list->count && marks[index];
         index++, first = false)
        print_token(line, list, index, first);
    g_string_append_len(line, brackets + 2, 2);
    return index;
}

static void
print_common(GString *line, const TokenList *b, int start, int end, bool first,
             bool last)
{
    bool head = !first, tail = !last;
    int count = end - start;
    int kept = (head ? CONTEXT_TOKENS : 0) + (tail ? CONTEXT_TOKENS : 0);
    int head_end = count <= kept + 1 ? end : start + (head ? CONTEXT_TOKENS : 0);
    int tail_start =
        count <= kept + 1 ? end : end - (tail ? CONTEXT_TOKENS : 0);
    for (int i = start; i < head_end; i++)
        print_token(line, b, i, line->len == 0);
    if (head_end < tail_start)
        g_string_append(line, line->len == 0 ? "…" : " …");
    for (int i = tail_start; i < end; i++)
        print_token(line, b, i, line->len == 0);
}

static char *
print_script(const TokenList *a, const TokenList *b, const Script *script)
{
    GString *line = g_string_new(NULL);
    int i = 0, j = 0;
    while (i < a->count || j < b->count) {
        if (i < a->count && script->out[i]) {
            i = print_run(line, a, script->out, i, "[--]");
        } else if (j < b->count && script->in[j]) {
            j = print_run(line, b, script->in, j, "{++}");
        } else {
            int start = j;
            while (i < a->count && j < b->count && !script->out[i] &&
                   !script->in[j]) {
                i++;
                j++;
            }
            print_common(line, b, start, j, start == 0,
                         i == a->count && j == b->count);
        }
    }
    return g_string_free(line, FALSE);
}

/* ---- for the gate --------------------------------------------------- */

static const char *const severity_names[] = {
    "",          "TYPOGRAPHIC", "WORDING", "STRUCTURE",
    "REFERENCE", "NEGATION",    "NUMBER",
};

const char *
severity_name(Severity severity)
{
    return severity_names[severity];
}

const char *
severity_word(Severity severity)
{
    static const char *const words[] = {
        NULL,
        N_("typographic"),
        N_("wording"),
        N_("structure"),
        N_("reference"),
        N_("negation"),
        N_("number"),
    };
    return words[severity];
}

Severity
severity_read(const char *name)
{
    for (int i = 1; name != NULL && i < (int)G_N_ELEMENTS(severity_names); i++)
        if (g_ascii_strcasecmp(name, severity_names[i]) == 0)
            return (Severity)i;
    return SEVERITY_NONE;
}

static const char *const list_names[] = {"negation-words",
                                         "negation-prefixes",
                                         "reference-words"};

bool
severity_words_has(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(list_names); i++)
        if (strcmp(name, list_names[i]) == 0)
            return true;
    return false;
}

static char **
find_words(const Document *base, const char *name)
{
    const xmlNode *list = xml_child(document_root(base), "words");
    const xmlNode *word = list == NULL ? NULL : xml_child(list, "word");
    for (; word != NULL; word = xml_next(word, "word")) {
        if (g_strcmp0(xml_attribute(word, "name"), name) != 0)
            continue;
        g_autofree char *text = xml_text(word);
        g_autofree char *composed =
            g_utf8_normalize(text, -1, G_NORMALIZE_NFC);
        g_autofree char *folded = g_utf8_casefold(composed, -1);
        g_autoptr(GPtrArray) words = g_ptr_array_new();
        g_auto(GStrv) parts = g_strsplit_set(folded, " \t\r\n", -1);
        for (int i = 0; parts[i] != NULL; i++)
            if (*parts[i] != 0)
                g_ptr_array_add(words, g_strdup(parts[i]));
        g_ptr_array_add(words, NULL);
        return (char **)g_ptr_array_steal(words, NULL);
    }
    return NULL;
}

SeverityWords *
severity_words_new(const Document *base)
{
    SeverityWords *words = g_new0(SeverityWords, 1);
    words->negation = find_words(base, list_names[0]);
    words->prefixes = find_words(base, list_names[1]);
    words->references = find_words(base, list_names[2]);
    return words;
}

void
severity_words_free(SeverityWords *words)
{
    if (words == NULL)
        return;
    g_strfreev(words->negation);
    g_strfreev(words->prefixes);
    g_strfreev(words->references);
    g_free(words);
}

static char *
token_folded(const TokenList *list, int index)
{
    const Token *token = &list->tokens[index];
    return g_utf8_casefold(list->text + token->start,
                           token->end - token->start);
}

/* pattern "str." matches the word str, "straipsn*" every ending */
static bool
is_listed(char *const *patterns, const char *word)
{
    for (int i = 0; patterns != NULL && patterns[i] != NULL; i++) {
        size_t length = strlen(patterns[i]);
        char last = length == 0 ? 0 : patterns[i][length - 1];
        if (last == '*' ? strncmp(word, patterns[i], length - 1) == 0
            : last == '.'
                ? strlen(word) == length - 1 &&
                      strncmp(word, patterns[i], length - 1) == 0
                : strcmp(word, patterns[i]) == 0)
            return true;
    }
    return false;
}

static bool
has_digit(const char *word)
{
    for (; *word != 0; word = g_utf8_next_char(word)) {
        GUnicodeType type = g_unichar_type(g_utf8_get_char(word));
        if (type == G_UNICODE_DECIMAL_NUMBER || type == G_UNICODE_OTHER_NUMBER)
            return true;
    }
    return false;
}

/* is one word the other with a negating prefix? */
static bool
is_negated(const char *a, const char *b, const SeverityWords *words)
{
    if (g_utf8_strlen(a, -1) > g_utf8_strlen(b, -1)) {
        const char *swap = a;
        a = b;
        b = swap;
    }
    size_t rest = strlen(a), whole = strlen(b);
    if (whole <= rest || rest == 0 || strcmp(b + whole - rest, a) != 0)
        return false;
    g_autofree char *prefix = g_strndup(b, whole - rest);
    char **prefixes = words->prefixes != NULL ? words->prefixes
                                              : words->negation;
    if (prefixes != NULL)
        return is_listed(prefixes, prefix);
    /* no list: any short prefix before a real word is suspicious */
    return g_utf8_strlen(prefix, -1) <= MAX_PREFIX &&
           g_utf8_strlen(a, -1) >= 3;
}

static bool
is_citation_word(const TokenList *list, int index, const SeverityWords *words)
{
    const Token *token = &list->tokens[index];
    if (token->kind == TOKEN_SIGN)
        return g_utf8_get_char(list->text + token->start) == 0xA7; /* § */
    if (token->kind != TOKEN_WORD)
        return false;
    g_autofree char *word = token_folded(list, index);
    return is_listed(words->references, word);
}

static bool
is_cited(const TokenList *list, int index, const SeverityWords *words)
{
    int first = MAX(index - CITATION_REACH, 0);
    int last = MIN(index + CITATION_REACH, list->count - 1);
    for (int i = first; i <= last; i++) {
        if (is_citation_word(list, i, words))
            return true;
    }
    return false;
}

static Severity
weigh_token(const TokenList *list, int index, const SeverityWords *words)
{
    const Token *token = &list->tokens[index];
    if (token->kind == TOKEN_REFERENCE || is_citation_word(list, index, words))
        return SEVERITY_REFERENCE;
    if (token->kind != TOKEN_WORD)
        return SEVERITY_TYPOGRAPHIC;
    g_autofree char *word = token_folded(list, index);
    if (has_digit(word))
        return is_cited(list, index, words) ? SEVERITY_REFERENCE
                                            : SEVERITY_NUMBER;
    return is_listed(words->negation, word) ? SEVERITY_NEGATION
                                            : SEVERITY_WORDING;
}

static void
collect_words(const TokenList *list, const bool *marks, GPtrArray *words)
{
    for (int i = 0; i < list->count; i++) {
        if (marks[i] && list->tokens[i].kind == TOKEN_WORD)
            g_ptr_array_add(words, token_folded(list, i));
    }
}

/* do the words differ at all, when case and signs are left aside? */
static bool
same_words(const GPtrArray *a, const GPtrArray *b)
{
    bool same = a->len == b->len;
    for (guint i = 0; same && i < a->len; i++)
        same = strcmp(g_ptr_array_index(a, i), g_ptr_array_index(b, i)) == 0;
    return same;
}

static Severity
weigh_script(const TokenList *a, const TokenList *b, const Script *script,
             const SeverityWords *words)
{
    g_autoptr(GPtrArray) out = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) in = g_ptr_array_new_with_free_func(g_free);
    collect_words(a, script->out, out);
    collect_words(b, script->in, in);
    bool only_case = same_words(out, in);
    Severity highest = SEVERITY_NONE;
    for (int i = 0; i < a->count; i++) {
        if (!script->out[i])
            continue;
        bool word = a->tokens[i].kind == TOKEN_WORD;
        highest = MAX(highest, word && only_case ? SEVERITY_TYPOGRAPHIC
                                                 : weigh_token(a, i, words));
    }
    for (int i = 0; i < b->count; i++) {
        if (!script->in[i])
            continue;
        bool word = b->tokens[i].kind == TOKEN_WORD;
        highest = MAX(highest, word && only_case ? SEVERITY_TYPOGRAPHIC
                                                 : weigh_token(b, i, words));
    }
    for (guint i = 0; i < out->len && highest < SEVERITY_NEGATION; i++)
        for (guint j = 0; j < in->len && highest < SEVERITY_NEGATION; j++)
            if (is_negated(out->pdata[i], in->pdata[j], words))
                highest = SEVERITY_NEGATION;
    return highest;
}

char *
word_diff(const char *a, const char *b, const SeverityWords *words,
          Severity *severity)
{
    g_autoptr(TokenList) old = token_list_new(a);
    g_autoptr(TokenList) new = token_list_new(b);
    Script script;
    find_script(old, new, &script);
    if (severity != NULL) {
        g_autofree char *old_shape = canonical_shape(a);
        g_autofree char *new_shape = canonical_shape(b);
        *severity = weigh_script(old, new, &script, words);
        if (strcmp(old_shape, new_shape) != 0)
            *severity = MAX(*severity, SEVERITY_STRUCTURE);
        else if (*severity == SEVERITY_NONE && strcmp(a, b) != 0)
            *severity = SEVERITY_TYPOGRAPHIC;
    }
    char *line = print_script(old, new, &script);
    g_free(script.out);
    g_free(script.in);
    return line;
}

Severity
word_severity(const char *a, const char *b, const SeverityWords *words)
{
    Severity severity = SEVERITY_NONE;
    g_free(word_diff(a, b, words, &severity));
    return severity;
}
