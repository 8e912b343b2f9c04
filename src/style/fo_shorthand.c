/* SPDX-License-Identifier: MIT */
/*
 * Shorthands are cut into words, brackets and quotes kept whole; each word
 * becomes a declaration.  "inherit" is inherited by every property meant.
 */
#include "style/fo_shorthand.h"

#include <string.h>

enum { MAX_WORDS = 12 };

typedef struct {
    const char *words[MAX_WORDS];
    int count;
} Words;

/* end of the word at text: a blank (or stop) outside of brackets and quotes */
static const char *
word_end(const char *text, char stop)
{
    int depth = 0;
    char quote = 0;
    for (; *text != 0; text++) {
        if (quote != 0)
            quote = *text == quote ? 0 : quote;
        else if (*text == '"' || *text == '\'')
            quote = *text;
        else if (*text == '(')
            depth++;
        else if (*text == ')')
            depth--;
        else if (depth <= 0 && (g_ascii_isspace(*text) || *text == stop))
            break;
    }
    return text;
}

static bool
cut(FoDeclarations *to, const char *text, Words *words)
{
    words->count = 0;
    for (;;) {
        while (g_ascii_isspace(*text))
            text++;
        if (*text == 0)
            return words->count > 0;
        if (words->count == MAX_WORDS)
            return false;
        const char *end = word_end(text, ' ');
        words->words[words->count++] =
            g_string_chunk_insert_len(to->texts, text, end - text);
        text = end;
    }
}

static void
declare(FoDeclarations *to, int property, FoRank rank, const char *value)
{
    fo_declare(to, (FoProperty)property, FO_WHOLE, rank, value);
}

bool
shorthand_box(FoDeclarations *to, int id, const char *value)
{
    /* which word each of top, bottom, left, right takes, by number of words */
    static const int takes[4][4] = {
        {0, 0, 0, 0}, {0, 0, 1, 1}, {0, 2, 1, 1}, {0, 2, 3, 1}};
    Words words;
    if (!cut(to, value, &words) || words.count > 4)
        return false;
    FoRank rank = id == FO_PROPERTY_margin_top ||
                          id == FO_PROPERTY_padding_before
                      ? FO_RANK_BROAD
                      : FO_RANK_STRIP;
    for (int side = 0; side < 4; side++)
        declare(to, id + side, rank,
                words.words[takes[words.count - 1][side]]);
    return true;
}

static void
declare_border(FoDeclarations *to, int property, int side, const char *value)
{
    if (value == NULL)
        return;
    if (side != SHORTHAND_ALL_SIDES) {
        declare(to, property + side, FO_RANK_SIDE, value);
        return;
    }
    for (int each = SHORTHAND_BEFORE; each <= SHORTHAND_END; each++)
        declare(to, property + each, FO_RANK_BROAD, value);
}

bool
shorthand_border(FoDeclarations *to, int id, const char *value)
{
    Words words;
    if (!cut(to, value, &words) || words.count > 3)
        return false;
    const char *style = "none", *width = "medium", *color = NULL;
    if (words.count == 1 && strcmp(words.words[0], "inherit") == 0) {
        style = width = color = words.words[0];
    } else {
        for (int i = 0; i < words.count; i++) {
            FoKeyword keyword;
            FoColor known;
            if (fo_property_keyword(FO_PROPERTY_border_before_style,
                                    words.words[i], &keyword))
                style = words.words[i];
            else if (fo_color_read(words.words[i], &known))
                color = words.words[i];
            else
                width = words.words[i];
        }
    }
    declare_border(to, FO_PROPERTY_border_before_style, id, style);
    declare_border(to, FO_PROPERTY_border_before_width, id, width);
    declare_border(to, FO_PROPERTY_border_before_color, id, color);
    return true;
}

bool
shorthand_spacing(FoDeclarations *to, int id, const char *value)
{
    (void)id;
    Words words;
    if (!cut(to, value, &words) || words.count > 2)
        return false;
    declare(to, FO_PROPERTY_border_separation, FO_RANK_BROAD, words.words[0]);
    declare(to, FO_PROPERTY_border_separation_block, FO_RANK_BROAD,
            words.words[words.count - 1]);
    return true;
}

bool
shorthand_background(FoDeclarations *to, int id, const char *value)
{
    (void)id;
    Words words;
    if (!cut(to, value, &words) || words.count > 1)
        return false;
    declare(to, FO_PROPERTY_background_color, FO_RANK_BROAD,
            strcmp(words.words[0], "none") == 0 ? "transparent"
                                                : words.words[0]);
    return true;
}

/* style, variant and weight in any order; false: a word of none of them */
static bool
declare_font_word(FoDeclarations *to, const char *word)
{
    FoKeyword keyword;
    if (strcmp(word, "normal") == 0)
        return true;
    int property;
    if (fo_property_keyword(FO_PROPERTY_font_style, word, &keyword))
        property = FO_PROPERTY_font_style;
    else if (fo_property_keyword(FO_PROPERTY_font_variant, word, &keyword))
        property = FO_PROPERTY_font_variant;
    else if (g_str_has_prefix(word, "bold") || strcmp(word, "lighter") == 0 ||
             (strlen(word) == 3 && strcmp(word + 1, "00") == 0 &&
              g_ascii_isdigit(*word)))
        property = FO_PROPERTY_font_weight;
    else
        return false;
    declare(to, property, FO_RANK_STRIP, word);
    return true;
}

bool
shorthand_font(FoDeclarations *to, int id, const char *value)
{
    (void)id;
    static const int reset[] = {FO_PROPERTY_font_style,
                                FO_PROPERTY_font_variant,
                                FO_PROPERTY_font_weight,
                                FO_PROPERTY_line_height};
    const char *text = value;
    while (g_ascii_isspace(*text))
        text++;
    const char *end = word_end(text, '/');
    const char *word =
        g_string_chunk_insert_len(to->texts, text, end - text);
    bool inherits = strcmp(word, "inherit") == 0;
    for (size_t i = 0; i < G_N_ELEMENTS(reset); i++)
        declare(to, reset[i], FO_RANK_BROAD, inherits ? word : "normal");
    if (inherits) {
        declare(to, FO_PROPERTY_font_size, FO_RANK_BROAD, word);
        declare(to, FO_PROPERTY_font_family, FO_RANK_BROAD, word);
        return true;
    }
    while (*end != '/' && declare_font_word(to, word)) {
        for (text = end; g_ascii_isspace(*text);)
            text++;
        end = word_end(text, '/');
        if (end == text)
            return false;
        word = g_string_chunk_insert_len(to->texts, text, end - text);
    }
    declare(to, FO_PROPERTY_font_size, FO_RANK_BROAD, word);
    while (g_ascii_isspace(*end))
        end++;
    if (*end == '/') {
        for (text = end + 1; g_ascii_isspace(*text);)
            text++;
        end = word_end(text, ' ');
        declare(to, FO_PROPERTY_line_height, FO_RANK_STRIP,
                g_string_chunk_insert_len(to->texts, text, end - text));
    }
    while (g_ascii_isspace(*end))
        end++;
    if (*end == 0)
        return false;
    declare(to, FO_PROPERTY_font_family, FO_RANK_BROAD,
            g_string_chunk_insert(to->texts, end));
    return true;
}

bool
shorthand_leader_length(FoDeclarations *to, int id, const char *value)
{
    (void)id;
    declare(to, FO_PROPERTY_leader_minimum, FO_RANK_BROAD, value);
    declare(to, FO_PROPERTY_leader_optimum, FO_RANK_BROAD, value);
    declare(to, FO_PROPERTY_leader_maximum, FO_RANK_BROAD, value);
    return true;
}

/* XSL 1.1 7.31.16-18 */
bool
shorthand_page_break(FoDeclarations *to, int id, const char *value)
{
    if (id == FO_PROPERTY_keep_together) {
        if (strcmp(value, "avoid") != 0 && strcmp(value, "auto") != 0)
            return false;
        fo_declare(to, FO_PROPERTY_keep_together, FO_WITHIN_COLUMN,
                   FO_RANK_BROAD, *value == 'a' && value[1] == 'v' ? "always"
                                                                   : "auto");
        return true;
    }
    static const char *const values[][2] = {{"always", "page"},
                                            {"left", "even-page"},
                                            {"right", "odd-page"},
                                            {"auto", "auto"},
                                            {"inherit", "inherit"}};
    if (strcmp(value, "avoid") == 0) {
        fo_declare(to,
                   id == FO_PROPERTY_break_before
                       ? FO_PROPERTY_keep_with_previous
                       : FO_PROPERTY_keep_with_next,
                   FO_WITHIN_COLUMN, FO_RANK_BROAD, "always");
        return true;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
        if (strcmp(value, values[i][0]) == 0) {
            declare(to, id, FO_RANK_BROAD, values[i][1]);
            return true;
        }
    }
    return false;
}

bool
shorthand_position(FoDeclarations *to, int id, const char *value)
{
    (void)id;
    if (strcmp(value, "relative") == 0)
        return false;
    declare(to, FO_PROPERTY_absolute_position, FO_RANK_BROAD,
            strcmp(value, "static") == 0 ? "auto" : value);
    return true;
}

bool
shorthand_size(FoDeclarations *to, int id, const char *value)
{
    (void)id;
    Words words;
    if (!cut(to, value, &words) || words.count > 2)
        return false;
    const char *width = words.words[0];
    const char *height = words.words[words.count - 1];
    if (strcmp(width, "landscape") == 0) { /* of the usual sheet */
        width = "297mm";
        height = "210mm";
    } else if (strcmp(width, "portrait") == 0) {
        width = "210mm";
        height = "297mm";
    }
    declare(to, FO_PROPERTY_page_width, FO_RANK_BROAD, width);
    declare(to, FO_PROPERTY_page_height, FO_RANK_BROAD, height);
    return true;
}

bool
shorthand_vertical_align(FoDeclarations *to, int id, const char *value)
{
    (void)id;
    FoKeyword keyword;
    bool is_place =
        fo_property_keyword(FO_PROPERTY_alignment_adjust, value, &keyword);
    if (is_place || strcmp(value, "inherit") == 0)
        declare(to, FO_PROPERTY_alignment_adjust, FO_RANK_BROAD, value);
    if (!is_place || strcmp(value, "inherit") == 0)
        declare(to, FO_PROPERTY_baseline_shift, FO_RANK_BROAD, value);
    return true;
}

bool
shorthand_white_space(FoDeclarations *to, int id, const char *value)
{
    (void)id;
    static const char *const values[][5] = {
        {"normal", "treat-as-space", "true", "ignore-if-surrounding-linefeed",
         "wrap"},
        {"nowrap", "treat-as-space", "true", "ignore-if-surrounding-linefeed",
         "no-wrap"},
        {"pre", "preserve", "false", "preserve", "no-wrap"},
        {"inherit", "inherit", "inherit", "inherit", "inherit"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
        if (strcmp(value, values[i][0]) != 0)
            continue;
        declare(to, FO_PROPERTY_linefeed_treatment, FO_RANK_BROAD,
                values[i][1]);
        declare(to, FO_PROPERTY_white_space_collapse, FO_RANK_BROAD,
                values[i][2]);
        declare(to, FO_PROPERTY_white_space_treatment, FO_RANK_BROAD,
                values[i][3]);
        declare(to, FO_PROPERTY_wrap_option, FO_RANK_BROAD, values[i][4]);
        return true;
    }
    return false;
}

/* BCP 47: language, then perhaps a script of four letters, then a country */
bool
shorthand_language(FoDeclarations *to, int id, const char *value)
{
    (void)id;
    size_t length = strcspn(value, "-_");
    const char *rest = value + length;
    if (length > 8)
        return false;
    declare(to, FO_PROPERTY_language, FO_RANK_BROAD,
            g_string_chunk_insert_len(to->texts, value, (gssize)length));
    const char *country = "";
    while (*rest != 0) {
        length = strcspn(++rest, "-_");
        if (length == 2) {
            country =
                g_string_chunk_insert_len(to->texts, rest, (gssize)length);
            break;
        }
        rest += length;
    }
    declare(to, FO_PROPERTY_country, FO_RANK_BROAD, country);
    return true;
}
