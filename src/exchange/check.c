/* SPDX-License-Identifier: MIT */
/* Checks of returned texts: signs that a program, not a reader, must see. */
#include "exchange/check.h"

#include "exchange/segment.h"
#include "base/message.h"
#include "overlay/canonical.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

static gint
compare_strings(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* all matches, sorted, with blanks between; owned */
static char *
collect(const char *text, const char *pattern)
{
    g_autoptr(GRegex) regex = g_regex_new(pattern, 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    g_regex_match(regex, text, 0, &match);
    for (; g_match_info_matches(match); g_match_info_next(match, NULL))
        g_ptr_array_add(found, g_match_info_fetch(match, 0));
    g_ptr_array_sort(found, compare_strings);
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < found->len; i++)
        g_string_append_printf(list, "%s%s", i == 0 ? "" : " ",
                               (const char *)g_ptr_array_index(found, i));
    return g_string_free(g_steal_pointer(&list), FALSE);
}

static char *
say(const char *what, const char *source, const char *target)
{
    return g_strdup_printf(_("the source has the %s %s, the text %s"), what,
                           *source == 0 ? _("none") : source,
                           *target == 0 ? _("none") : target);
}

static bool
is_figure(const char *text)
{
    return g_str_has_prefix(text, "![") && g_str_has_suffix(text, ")") &&
           strchr(text, '\n') == NULL;
}

char *
check_segment(const char *source, const char *target, const char *old)
{
    static const struct {
        const char *what, *pattern;
    } signs[] = {
        {N_("footnotes"), "\\[\\^[^\\]\\s]+\\]"},
        {N_("facts"), "\\{\\{[^}]*\\}\\}"},
        {N_("cross-references"), "\\]\\(\\K#[^)\\s]*"},
        {N_("pictures"), "!\\[[^\\]]*\\]\\(\\K[^)\\s]+"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++) {
        g_autofree char *wanted = collect(source, signs[i].pattern);
        g_autofree char *found = collect(target, signs[i].pattern);
        if (strcmp(wanted, found) != 0)
            return say(_(signs[i].what), wanted, found);
    }
    if (is_figure(source) && !is_figure(target))
        return g_strdup(_("the source is a picture alone, the text is not"));
    /* digits of labels, facts and addresses are no numbers */
    const char *number = "(?:\\[\\^[^\\]]*\\]|\\{\\{[^}]*\\}\\}|\\]\\([^)]*\\))"
                         "(*SKIP)(*FAIL)|\\d+";
    g_autofree char *wanted = collect(source, number);
    g_autofree char *found = collect(target, number);
    g_autofree char *before = collect(old, number);
    if (strcmp(wanted, found) == 0 || (*old != 0 && strcmp(before, found) == 0))
        return NULL;
    return say(_("numbers"), wanted, found);
}

static char *
shape_of(const char *text)
{
    g_autofree char *canonical = canonical_text(text + block_comments(text));
    return canonical_shape(canonical);
}

char *
check_shape(const char *base, const char *target, const char *old)
{
    g_autofree char *wanted = shape_of(base);
    g_autofree char *found = shape_of(target);
    g_autofree char *before = shape_of(old);
    if (strcmp(wanted, found) == 0 || (*old != 0 && strcmp(before, found) == 0))
        return NULL;
    return g_strdup(_("its kind, items, rows or columns are not those of the "
                      "base"));
}
