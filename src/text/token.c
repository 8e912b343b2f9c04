/* SPDX-License-Identifier: MIT */
/*
 * Where a token, what stands between two spaces, may be divided.
 *
 * Three sources: Unicode's line breaking (UAX 14, by Pango) after hyphens,
 * dashes and slashes; soft hyphens; and Liang's patterns on runs of letters.
 * Patterns are not asked where a reader would stumble: addresses, words with
 * digits, short words in capitals, words that have soft hyphens.
 */
#include <string.h>

#include "text/word_cache.h"

enum { SHORT_CAPITALS = 5 };
enum { NO_BREAK = 0xFF };

typedef struct {
    const FontSet *set;
    const Token *token;
    gunichar *characters;
    uint8_t *breaks; /* of each character: kind of the break before it */
    uint8_t *bounds; /* of each character: 1 where a part begins; or NULL */
    int count;
} TokenText;

static bool
is_hyphen(gunichar c)
{
    return c == '-' || c == 0x2010 || c == 0x2011;
}

static bool
is_number(gunichar c)
{
    GUnicodeType type = g_unichar_type(c);
    return type == G_UNICODE_DECIMAL_NUMBER || type == G_UNICODE_OTHER_NUMBER;
}

/* whether one part of the token (one style) ends and another begins there */
static bool
is_bound(const TokenText *text, int index)
{
    return text->bounds != NULL && text->bounds[index] != 0;
}

/* marks the characters at which parts begin, and those before which soft
 * hyphens stand; both lists ascend, as do the characters */
static void
mark_places(TokenText *text)
{
    const Token *token = text->token;
    int bound = 0, soft = 0;
    uint32_t offset = 0;
    if (token->bound_count == 0 && token->soft_count == 0)
        return;
    text->bounds = g_malloc0((gsize)text->count + 1);
    for (int i = 0; i < text->count; i++) {
        while (bound < token->bound_count && token->bounds[bound] < offset)
            bound++;
        while (soft < token->soft_count && token->soft[soft] < offset)
            soft++;
        if (bound < token->bound_count && token->bounds[bound] == offset)
            text->bounds[i] = 1;
        if (i > 0 && soft < token->soft_count && token->soft[soft] == offset)
            text->breaks[i] = BREAK_HYPHEN;
        offset += (uint32_t)g_unichar_to_utf8(text->characters[i], NULL);
    }
}

/* ---- Unicode ---- */

/* A word of plain letters with punctuation round it has no break by Unicode;
 * that is most of the text, and Pango need not be asked. */
static bool
is_plain_word(const TokenText *text)
{
    static const char around[] = ".,;:!?()\"'";
    bool began = false, ended = false;
    for (int i = 0; i < text->count; i++) {
        gunichar c = text->characters[i];
        if (c < 0x250 && g_unichar_isalpha(c)) {
            if (ended)
                return false;
            began = true;
        } else if (c > 0x3A0 && c < 0x482 && g_unichar_isalpha(c)) {
            if (ended)
                return false;
            began = true;
        } else {
            if (c >= 0x80 || strchr(around, (int)c) == NULL)
                return false;
            ended = began;
        }
    }
    return true;
}

/* "5-10" stays together whatever the dash; a hyphen that begins the token
 * ("-ti", "--option") divides nothing */
static bool
may_break_before(const TokenText *text, int index)
{
    gunichar c = text->characters[index - 1];
    bool dash = is_hyphen(c) || c == 0x2013 || c == 0x2014 || c == '/';
    if (!dash) {
        /* no break between "." and a number (UAX 14, LB25): Pango breaks there
         * outside numbers, and a footnote's mark would begin a line */
        bool separator = c == '.' || c == ',' || c == ':' || c == ';';
        return !(separator && is_number(text->characters[index]));
    }
    if (is_number(text->characters[index]) && index >= 2 &&
        is_number(text->characters[index - 2]))
        return false;
    for (int i = 0; i < index - 1; i++)
        if (g_unichar_isalnum(text->characters[i]))
            return true;
    return !is_hyphen(c);
}

static void
add_unicode_breaks(TokenText *text)
{
    g_autofree PangoLogAttr *attributes =
        g_new0(PangoLogAttr, (gsize)text->count + 1);
    pango_get_log_attrs(text->token->text, (int)text->token->length, 0,
                        text->set->pango_language, attributes,
                        text->count + 1);
    for (int i = 1; i < text->count; i++)
        if (attributes[i].is_line_break && may_break_before(text, i))
            text->breaks[i] = is_hyphen(text->characters[i - 1])
                                  ? BREAK_EXPLICIT
                                  : BREAK_OTHER;
}

/* ---- hyphens ---- */

/* missing.lt, https://..., name@place.lt, file_name */
static bool
is_address(const TokenText *text)
{
    for (int i = 1; i + 1 < text->count; i++) {
        gunichar c = text->characters[i];
        gunichar before = text->characters[i - 1];
        gunichar after = text->characters[i + 1];
        if (c == '@' || c == '_' || c == '\\' ||
            (c == '/' && (after == '/' || before == '/')) ||
            (c == '.' && g_unichar_isalpha(before) && g_unichar_isalpha(after)))
            return true;
    }
    return false;
}

/* a digit beside the letters, or beyond a hyphen beside them: 8-asis, C4 */
static bool
touches_number(const TokenText *text, int first, int step)
{
    for (int i = first, hyphens = 0; i >= 0 && i < text->count; i += step) {
        if (is_bound(text, step < 0 ? i + 1 : i))
            return false;
        if (is_number(text->characters[i]))
            return true;
        if (!is_hyphen(text->characters[i]) || hyphens++ > 0)
            return false;
    }
    return false;
}

/* Lower-case, composed letters of characters first..end-1; after[i] is the
 * index of the character behind letter i.  Returns 0 for a run that is not
 * hyphenated. */
static int
prepare_letters(const TokenText *text, int first, int end, gunichar *letters,
                int *after)
{
    int count = 0;
    bool capitals = true;
    for (int i = first; i < end; i++) {
        gunichar c = g_unichar_tolower(text->characters[i]);
        capitals &= c != text->characters[i];
        gunichar composed;
        if (g_unichar_ismark(c)) {
            if (count > 0 &&
                g_unichar_compose(letters[count - 1], c, &composed))
                letters[count - 1] = composed;
            if (count > 0)
                after[count - 1] = i + 1;
            continue;
        }
        if (count == HYPHENATION_MAX_LETTERS)
            return 0;
        letters[count] = c;
        after[count++] = i + 1;
    }
    if (capitals && count <= SHORT_CAPITALS)
        return 0;
    if (touches_number(text, first - 1, -1) || touches_number(text, end, 1))
        return 0;
    return count;
}

static void
hyphenate_run(TokenText *text, int first, int end)
{
    gunichar letters[HYPHENATION_MAX_LETTERS];
    int after[HYPHENATION_MAX_LETTERS];
    unsigned char levels[HYPHENATION_MAX_LETTERS];
    int count = prepare_letters(text, first, end, letters, after);
    if (count < 2 ||
        hyphenator_word(text->set->hyphenator, letters, count, levels) == 0)
        return;
    for (int i = 0; i < count - 1; i++)
        if (levels[i] != 0 && text->breaks[after[i]] == NO_BREAK)
            text->breaks[after[i]] = BREAK_HYPHEN;
}

static void
add_hyphens(TokenText *text)
{
    if (text->set->hyphenator == NULL || text->token->soft_count > 0 ||
        is_address(text))
        return;
    for (int i = 0; i < text->count;) {
        if (!g_unichar_isalpha(text->characters[i])) {
            i++;
            continue;
        }
        int first = i;
        while (i < text->count && (g_unichar_isalpha(text->characters[i]) ||
                                   g_unichar_ismark(text->characters[i])))
            i++;
        hyphenate_run(text, first, i);
    }
}

void
token_breaks(const FontSet *set, const Token *token, GArray *breaks)
{
    glong count;
    TokenText text = {.set = set, .token = token};
    text.characters =
        g_utf8_to_ucs4_fast(token->text, (glong)token->length, &count);
    text.count = (int)count;
    text.breaks = g_malloc((gsize)count + 1);
    memset(text.breaks, NO_BREAK, (gsize)count + 1);
    if (!is_plain_word(&text))
        add_unicode_breaks(&text);
    mark_places(&text);
    add_hyphens(&text);
    uint32_t offset = 0;
    for (int i = 0; i < text.count; i++) {
        if (text.breaks[i] != NO_BREAK) {
            TokenBreak found = {offset, text.breaks[i]};
            g_array_append_val(breaks, found);
        }
        offset += (uint32_t)g_unichar_to_utf8(text.characters[i], NULL);
    }
    g_free(text.characters);
    g_free(text.breaks);
    g_free(text.bounds);
}
