/* SPDX-License-Identifier: MIT */
/*
 * Hyphenator; see hyphenation.h.
 *
 * The trie is one hash table of edges (node, letter) -> node: small, quick to
 * fill (a file in about a millisecond) and never changed afterwards, so
 * threads may share it.
 *
 *   hyphenator_new -> find_file -> hyphenator_load -> add_line -> add_pattern
 *   hyphenator_word -> exception, or hyphenator_points -> drop_fragments
 */
#include "text/hyphenation.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    uint32_t node, letter, next; /* next 0: free, as the root has no parent */
} Edge;

struct Hyphenator {
    Edge *edges;
    uint32_t edge_count, edge_size; /* size is a power of two */
    GArray *values;     /* uint32_t per node: 1 + offset into pool, or 0 */
    GByteArray *pool;   /* per pattern: skipped zeros, length, digits */
    GHashTable *exceptions; /* letters -> levels, strings; NULL: none */
    int left_minimum, right_minimum;
};

/* ---- trie ---- */

static uint32_t
edge_hash(uint32_t node, uint32_t letter)
{
    uint32_t hash = node * 0x9E3779B1u ^ letter * 0x85EBCA77u;
    hash ^= hash >> 15;
    hash *= 0x2C1B3C6Du;
    return hash ^ hash >> 13;
}

/* the edge, or the free place where it would stand */
static Edge *
find_edge(const Hyphenator *h, uint32_t node, uint32_t letter)
{
    uint32_t i = edge_hash(node, letter) & (h->edge_size - 1);
    while (h->edges[i].next != 0 &&
           (h->edges[i].node != node || h->edges[i].letter != letter))
        i = (i + 1) & (h->edge_size - 1);
    return &h->edges[i];
}

static void
grow_edges(Hyphenator *h)
{
    Edge *old = h->edges;
    uint32_t old_size = h->edge_size;
    h->edge_size *= 2;
    h->edges = g_new0(Edge, h->edge_size);
    for (uint32_t i = 0; i < old_size; i++)
        if (old[i].next != 0)
            *find_edge(h, old[i].node, old[i].letter) = old[i];
    g_free(old);
}

static uint32_t
add_child(Hyphenator *h, uint32_t node, uint32_t letter)
{
    Edge *edge = find_edge(h, node, letter);
    if (edge->next != 0)
        return edge->next;
    if (h->edge_count * 2 >= h->edge_size) {
        grow_edges(h);
        edge = find_edge(h, node, letter);
    }
    uint32_t none = 0, child = h->values->len;
    g_array_append_val(h->values, none);
    *edge = (Edge){node, letter, child};
    h->edge_count++;
    return child;
}

/* "a1b2" puts 0 1 2 before a, between and after b.  The same letters twice: the
 * last line wins, as in libhyphen. */
static void
add_pattern(Hyphenator *h, const char *pattern)
{
    unsigned char digits[HYPHENATION_MAX_LETTERS + 1] = {0};
    int count = 0;
    uint32_t node = 0;
    for (const char *p = pattern; *p != '\0'; p = g_utf8_next_char(p)) {
        if (g_ascii_isdigit(*p)) {
            digits[count] = (unsigned char)(*p - '0');
        } else {
            if (count == HYPHENATION_MAX_LETTERS)
                return;
            node = add_child(h, node, g_utf8_get_char(p));
            count++;
        }
    }
    if (node == 0)
        return;
    int first = 0, end = count + 1;
    while (first < end && digits[first] == 0)
        first++;
    while (end > first && digits[end - 1] == 0)
        end--;
    g_array_index(h->values, uint32_t, node) = h->pool->len + 1;
    const guint8 head[] = {(guint8)first, (guint8)(end - first)};
    g_byte_array_append(h->pool, head, sizeof head);
    g_byte_array_append(h->pool, digits + first, (guint)(end - first));
}

/* ---- files ---- */

/* A second level (patterns within the parts of compounds) does not exist in
 * the files we read; what stands after NEXTLEVEL is left out, as it would be
 * wrong on whole words.  Patterns with "/" also change letters ("/-=" in
 * libhyphen's README.nonstandard); we never change letters, so they are left
 * out too.  Returns false at the end of the first level. */
static bool
add_line(Hyphenator *h, char *line)
{
    g_strstrip(line);
    if (line[0] == '\0' || line[0] == '%' || line[0] == '#')
        return true;
    if (g_str_has_prefix(line, "NEXTLEVEL"))
        return false;
    if (g_str_has_prefix(line, "LEFTHYPHENMIN"))
        h->left_minimum = MAX(1, atoi(line + strlen("LEFTHYPHENMIN")));
    else if (g_str_has_prefix(line, "RIGHTHYPHENMIN"))
        h->right_minimum = MAX(1, atoi(line + strlen("RIGHTHYPHENMIN")));
    else if (!g_str_has_prefix(line, "COMPOUND") &&
             !g_str_has_prefix(line, "NOHYPHEN") && strchr(line, '/') == NULL)
        add_pattern(h, line);
    return true;
}

static void
set_minima(Hyphenator *h, const char *language)
{
    static const struct {
        const char *language;
        int left, right;
    } minima[] = {
#define HYPHEN_MINIMA(tag, l, r) {tag, l, r},
#include "text/hyphen_minima.inc"
#undef HYPHEN_MINIMA
    };
    h->left_minimum = h->right_minimum = 2;
    for (size_t i = 0; i < G_N_ELEMENTS(minima); i++) {
        size_t length = strlen(minima[i].language);
        if (strncmp(language, minima[i].language, length) == 0 &&
            (language[length] == '\0' || language[length] == '-')) {
            h->left_minimum = minima[i].left;
            h->right_minimum = minima[i].right;
        }
    }
}

Hyphenator *
hyphenator_load(const char *file, const char *language)
{
    g_autofree char *bytes = NULL;
    gsize length;
    if (!g_file_get_contents(file, &bytes, &length, NULL))
        return NULL;
    gsize head = strcspn(bytes, "\r\n");
    g_autofree char *charset = g_strndup(bytes, head);
    g_strstrip(charset);
    g_autofree char *text = g_convert(bytes + head, (gssize)(length - head),
                                      "UTF-8", charset, NULL, NULL, NULL);
    if (text == NULL)
        return NULL;
    Hyphenator *h = g_new0(Hyphenator, 1);
    h->edge_size = 1 << 12;
    h->edges = g_new0(Edge, h->edge_size);
    h->values = g_array_new(FALSE, TRUE, sizeof(uint32_t));
    g_array_set_size(h->values, 1);
    h->pool = g_byte_array_new();
    set_minima(h, language);
    bool more = true;
    for (char *line = text, *next; more && line != NULL; line = next) {
        next = strpbrk(line, "\r\n");
        if (next != NULL)
            *next++ = '\0';
        more = add_line(h, line);
    }
    return h;
}

void
hyphenator_free(Hyphenator *h)
{
    if (h == NULL)
        return;
    g_free(h->edges);
    g_array_free(h->values, TRUE);
    g_byte_array_free(h->pool, TRUE);
    g_clear_pointer(&h->exceptions, g_hash_table_destroy);
    g_free(h);
}

/* the first name in the folder that begins with hyph_LANGUAGE_ */
static char *
find_regional_file(const char *folder, const char *language)
{
    g_autofree char *prefix = g_strdup_printf("hyph_%s_", language);
    g_autofree char *best = NULL;
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name;
         dir != NULL && (name = g_dir_read_name(dir)) != NULL;)
        if (g_str_has_prefix(name, prefix) && g_str_has_suffix(name, ".dic") &&
            (best == NULL || strcmp(name, best) < 0)) {
            g_free(best);
            best = g_strdup(name);
        }
    return best == NULL ? NULL : g_build_filename(folder, best, NULL);
}

static char *
find_file(const char *const *folders, const char *language)
{
    g_autofree char *exact = g_strdelimit(g_strdup(language), "-", '_');
    g_autofree char *base = g_strndup(language, strcspn(language, "-_"));
    const char *const names[] = {exact, base};
    for (int i = 0; folders[i] != NULL; i++) {
        for (size_t k = 0; k < G_N_ELEMENTS(names); k++) {
            g_autofree char *name = g_strdup_printf("hyph_%s.dic", names[k]);
            g_autofree char *path = g_build_filename(folders[i], name, NULL);
            if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
                return g_steal_pointer(&path);
        }
        char *path = find_regional_file(folders[i], base);
        if (path != NULL)
            return path;
    }
    return NULL;
}

/* "vado-vas": key "vadovas", value a byte per letter, 9 where a break
 * follows */
static void
add_exception(Hyphenator *h, const char *word)
{
    g_autofree char *lower = g_utf8_strdown(word, -1);
    g_autofree char *composed = g_utf8_normalize(lower, -1, G_NORMALIZE_NFC);
    if (composed == NULL)
        return;
    GString *letters = g_string_new(NULL), *levels = g_string_new(NULL);
    for (const char *p = composed; *p != '\0'; p = g_utf8_next_char(p)) {
        if (*p != '-') {
            g_string_append_unichar(letters, g_utf8_get_char(p));
            g_string_append_c(levels, '0');
        } else if (levels->len > 0) {
            levels->str[levels->len - 1] = '9';
        }
    }
    g_hash_table_replace(h->exceptions, g_string_free(letters, FALSE),
                         g_string_free(levels, FALSE));
}

Hyphenator *
hyphenator_new(const char *const *folders, const char *language,
               const char *const *exceptions)
{
    if (language == NULL || language[0] == '\0' ||
        strspn(language, "abcdefghijklmnopqrstuvwxyz"
                         "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") !=
            strlen(language))
        return NULL;
    g_autofree char *file = find_file(folders, language);
    Hyphenator *h = file == NULL ? NULL : hyphenator_load(file, language);
    if (h == NULL || exceptions == NULL)
        return h;
    h->exceptions =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (int i = 0; exceptions[i] != NULL; i++)
        add_exception(h, exceptions[i]);
    return h;
}

/* ---- words ---- */

int
hyphenator_points(const Hyphenator *h, const gunichar *letters, int count,
                  unsigned char *levels)
{
    /* values[i] stands before character i of ".letters." */
    unsigned char values[HYPHENATION_MAX_LETTERS + 4] = {0};
    memset(levels, 0, (size_t)count);
    if (count > HYPHENATION_MAX_LETTERS ||
        count < h->left_minimum + h->right_minimum)
        return 0;
    for (int i = 0; i < count + 2; i++) {
        uint32_t node = 0;
        for (int j = i; j < count + 2; j++) {
            bool border = j == 0 || j == count + 1;
            node = find_edge(h, node, border ? '.' : letters[j - 1])->next;
            if (node == 0)
                break;
            uint32_t value = g_array_index(h->values, uint32_t, node);
            if (value == 0)
                continue;
            const guint8 *pattern = h->pool->data + value - 1;
            unsigned char *at = values + i + pattern[0];
            for (int k = 0; k < pattern[1]; k++)
                at[k] = MAX(at[k], pattern[2 + k]);
        }
    }
    int found = 0;
    for (int i = h->left_minimum - 1; i < count - h->right_minimum; i++)
        if (values[i + 2] % 2 == 1) {
            levels[i] = values[i + 2];
            found++;
        }
    return found;
}

/* A table of letters, not of languages: the bare letters that can carry a
 * syllable.  Marks are taken off first (o of õ), except that й is a letter of
 * its own and no vowel. */
static bool
is_vowel(gunichar letter)
{
    static const char *const vowels =
        "aeiouyæœøıəаеиоуыэюяєіѡѣαεηιουω";
    gunichar base[G_UNICHAR_MAX_DECOMPOSITION_LENGTH] = {0};
    if (letter == 0x0439) /* й */
        return false;
    g_unichar_fully_decompose(letter, FALSE, base, G_N_ELEMENTS(base));
    return g_utf8_strchr(vowels, -1, base[0]) != NULL;
}

/* whether the table above can judge this letter */
static bool
has_known_vowels(gunichar letter)
{
    GUnicodeScript script = g_unichar_get_script(letter);
    return script == G_UNICODE_SCRIPT_LATIN ||
           script == G_UNICODE_SCRIPT_CYRILLIC ||
           script == G_UNICODE_SCRIPT_GREEK;
}

/* whether letters first..end-1 may stand apart; inner: breaks on both sides */
static bool
is_fragment(const gunichar *letters, int first, int end, bool inner)
{
    if (inner && end - first < 2)
        return false;
    for (int i = first; i < end; i++)
        if (is_vowel(letters[i]))
            return true;
    return false;
}

/* Patterns leave fragments without a vowel in up to 1 % of the words.  Of the
 * two breaks round such a fragment the weaker goes, of equal ones the first;
 * at either end of the word there is only one. */
static void
drop_fragments(const gunichar *letters, int count, unsigned char *levels)
{
    for (int i = 0; i < count; i++)
        if (!has_known_vowels(letters[i]))
            return;
    for (bool again = true; again;) {
        again = false;
        int previous = -1; /* the break before the fragment: after letter */
        for (int i = 0; i < count && !again; i++) {
            bool last = i == count - 1;
            if (levels[i] == 0 && !last)
                continue;
            bool inner = previous >= 0 && !last;
            if (!is_fragment(letters, previous + 1, i + 1, inner) &&
                (previous >= 0 || !last)) {
                bool first_goes =
                    last || (inner && levels[previous] <= levels[i]);
                levels[first_goes ? previous : i] = 0;
                again = true;
            }
            previous = i;
        }
    }
}

static bool
find_exception(const Hyphenator *h, const gunichar *letters, int count,
               unsigned char *levels)
{
    if (h->exceptions == NULL)
        return false;
    g_autofree char *word = g_ucs4_to_utf8(letters, count, NULL, NULL, NULL);
    const char *found =
        word == NULL ? NULL : g_hash_table_lookup(h->exceptions, word);
    if (found == NULL)
        return false;
    for (int i = 0; i < count; i++)
        levels[i] = found[i] == '9' && i < count - 1 ? 9 : 0;
    return true;
}

int
hyphenator_word(const Hyphenator *h, const gunichar *letters, int count,
                unsigned char *levels)
{
    if (!find_exception(h, letters, count, levels)) {
        if (hyphenator_points(h, letters, count, levels) == 0)
            return 0;
        drop_fragments(letters, count, levels);
    }
    int found = 0;
    for (int i = 0; i < count; i++)
        found += levels[i] != 0;
    return found;
}
