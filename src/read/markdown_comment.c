/* SPDX-License-Identifier: MIT */
/*
 * Comments that say something about the next block:
 *
 *   <!-- id: name -->              its id
 *   <!-- audience: name name -->   who it is meant for
 *   <!-- index: term; term, sub -->  where the index leads to it
 *
 * All others are notes of those who write, and are not read.
 */
#include "read/markdown_comment.h"

#include "base/xml.h"

#include <string.h>

enum { MAX_TERM = 200 };

static const char index_help[] =
    "write <!-- index: term; another, second level -->: between semicolons a "
    "term of at most two levels, divided by one comma";

/* ---- names --------------------------------------------------------------- */

static void
take_names(const Reading *reading, Wishes *wishes, char **slot,
           const char *text, Place place)
{
    bool is_pin = slot == &wishes->pin;
    char **words = g_strsplit_set(text, " \t\r\n", -1);
    GString *value = g_string_new(NULL);
    bool is_valid = true;
    int count = 0;
    for (int i = 0; words[i] != NULL; i++) {
        if (words[i][0] == '\0')
            continue;
        is_valid = is_valid && document_is_id(words[i], strlen(words[i]));
        g_string_append_printf(value, "%s%s", count++ == 0 ? "" : " ",
                               words[i]);
    }
    g_strfreev(words);
    if (!is_valid || count == 0 || (is_pin && count > 1)) {
        markdown_report(reading, LEVEL_ERROR, "pin-invalid", place,
                        "names are made of a-z, 0-9, - and _; write "
                        "<!-- id: name --> or <!-- audience: name name -->");
        g_string_free(value, TRUE);
        return;
    }
    if (*slot != NULL)
        markdown_report(reading, LEVEL_ERROR, "pin-twice", place,
                        "the next block already has \"%s\"; keep one of the "
                        "two comments",
                        *slot);
    g_free(*slot);
    *slot = g_string_free(value, FALSE);
    wishes->place = place;
}

/* ---- terms of the index -------------------------------------------------- */

/* blanks folded; owned; NULL where nothing is left */
static char *
fold(const char *text)
{
    g_auto(GStrv) words = g_strsplit_set(text, " \t\r\n", -1);
    GString *folded = g_string_new(NULL);
    for (int i = 0; words[i] != NULL; i++) {
        if (words[i][0] != '\0')
            g_string_append_printf(folded, "%s%s", folded->len == 0 ? "" : " ",
                                   words[i]);
    }
    bool is_empty = folded->len == 0;
    char *term = g_string_free(folded, is_empty);
    return is_empty ? NULL : term;
}

/* "a, b" with its blanks folded; NULL: it is none.  Owned. */
static char *
read_term(const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, ",", -1);
    guint levels = g_strv_length(parts);
    g_autofree char *main_term = levels == 0 ? NULL : fold(parts[0]);
    g_autofree char *sub = levels < 2 ? NULL : fold(parts[1]);
    if (main_term == NULL || levels > 2 || (levels == 2 && sub == NULL) ||
        strlen(text) > MAX_TERM)
        return NULL;
    return sub == NULL ? g_steal_pointer(&main_term)
                       : g_strconcat(main_term, ", ", sub, NULL);
}

static void
take_terms(const Reading *reading, Wishes *wishes, const char *text,
           Place place)
{
    g_autofree char *clean = markdown_clean(text);
    g_auto(GStrv) parts = g_strsplit(clean, ";", -1);
    GString *terms = g_string_new(wishes->index);
    bool is_valid = parts[0] != NULL;
    for (int i = 0; parts[i] != NULL && is_valid; i++) {
        g_autofree char *term = read_term(parts[i]);
        bool is_end = parts[i + 1] == NULL && i > 0 &&
                      strspn(parts[i], " \t\r\n") == strlen(parts[i]);
        is_valid = term != NULL || is_end;
        if (term != NULL)
            g_string_append_printf(terms, "%s%s", terms->len == 0 ? "" : "; ",
                                   term);
    }
    if (!is_valid) {
        markdown_report(reading, LEVEL_ERROR, "index-invalid", place, "%s",
                        index_help);
        g_string_free(terms, TRUE);
        return;
    }
    markdown_check_facts(reading, terms->str, place);
    g_free(wishes->index);
    wishes->index = g_string_free(terms, FALSE);
    wishes->place = place;
}

/* ---- comments ------------------------------------------------------------ */

static void
take_wish(const Reading *reading, Wishes *wishes, const char *comment,
          Place place)
{
    g_autofree char *text = g_strstrip(g_strdup(comment));
    if (g_str_has_prefix(text, "index:")) {
        take_terms(reading, wishes, text + strlen("index:"), place);
        return;
    }
    bool is_pin = g_str_has_prefix(text, "id:");
    if (is_pin || g_str_has_prefix(text, "audience:")) {
        take_names(reading, wishes, is_pin ? &wishes->pin : &wishes->audience,
                   strchr(text, ':') + 1, place);
        return;
    }
    g_autofree char *lower = g_ascii_strdown(text, 9);
    g_strdelimit(lower, ":= \t\n", '\0');
    if (strcmp(lower, "id") == 0 || strcmp(lower, "audience") == 0 ||
        strcmp(lower, "index") == 0)
        markdown_report(reading, LEVEL_WARNING, "pin-invalid", place,
                        "this comment is not read; write <!-- id: name -->, "
                        "<!-- audience: name name --> or "
                        "<!-- index: term; term -->");
}

bool
comment_take(const Reading *reading, Wishes *wishes, const char *html,
             Place place)
{
    const char *text = html + strspn(html, " \t\r\n");
    while (g_str_has_prefix(text, "<!--")) {
        const char *end = strstr(text + 4, "-->");
        if (end == NULL) {
            markdown_report(reading, LEVEL_ERROR, "comment-unclosed", place,
                            "the comment that begins here has no -->, so "
                            "everything behind it is left out; close it");
            return true;
        }
        g_autofree char *comment = g_strndup(text + 4, (gsize)(end - text) - 4);
        take_wish(reading, wishes, comment, place);
        text = end + 3;
        text += strspn(text, " \t\r\n");
    }
    return *text == '\0';
}

static void
clear(Wishes *wishes)
{
    g_clear_pointer(&wishes->pin, g_free);
    g_clear_pointer(&wishes->audience, g_free);
    g_clear_pointer(&wishes->index, g_free);
}

void
comment_fulfil(const Reading *reading, xmlNode *block, Wishes *wishes)
{
    if (wishes->pin != NULL) {
        if (xml_attribute(block, "pin") != NULL)
            markdown_report(reading, LEVEL_ERROR, "pin-twice", wishes->place,
                            "the heading already has {#%s}; delete this "
                            "comment",
                            xml_attribute(block, "pin"));
        else
            markdown_set(block, "pin", wishes->pin);
    }
    if (wishes->audience != NULL)
        markdown_set(block, "audience", wishes->audience);
    if (wishes->index != NULL)
        markdown_set(block, "index", wishes->index);
    clear(wishes);
}

void
comment_end(const Reading *reading, Wishes *wishes)
{
    if (wishes->pin != NULL || wishes->audience != NULL ||
        wishes->index != NULL)
        markdown_report(reading, LEVEL_ERROR, "pin-without-block",
                        wishes->place,
                        "no block follows this comment; put it on a line of "
                        "its own right before the block that it is meant for");
    clear(wishes);
}
