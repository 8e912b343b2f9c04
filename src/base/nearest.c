/* SPDX-License-Identifier: MIT */
/*
 * Edit distance after Levenshtein and Damerau (restricted: no substring is
 * edited twice), three rows of the usual table at a time.
 */
#include "base/nearest.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_NAMES = 3, MAX_CHARACTERS = 200 };

int
nearest_distance(const char *a, const char *b, int limit)
{
    glong a_length, b_length;
    g_autofree gunichar *x = g_utf8_to_ucs4_fast(a, -1, &a_length);
    g_autofree gunichar *y = g_utf8_to_ucs4_fast(b, -1, &b_length);
    if (labs(a_length - b_length) > limit || a_length > MAX_CHARACTERS ||
        b_length > MAX_CHARACTERS)
        return limit + 1;
    int rows[3][MAX_CHARACTERS + 1];
    int *before = rows[0], *last = rows[1], *row = rows[2];
    for (int j = 0; j <= b_length; j++)
        last[j] = j;
    for (int i = 1; i <= a_length; i++) {
        row[0] = i;
        for (int j = 1; j <= b_length; j++) {
            int replaced = last[j - 1] + (x[i - 1] == y[j - 1] ? 0 : 1);
            int best = MIN(replaced, MIN(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
                best = MIN(best, before[j - 2] + 1);
            row[j] = best;
        }
        int *spare = before;
        before = last;
        last = row;
        row = spare;
    }
    return MIN(last[b_length], limit + 1);
}

char *
nearest_names(const char *wanted, const char *const *names)
{
    int limit = (int)MAX(g_utf8_strlen(wanted, -1) / 3, 2);
    const char *best[MAX_NAMES] = {NULL};
    int distances[MAX_NAMES];
    int count = 0;
    for (; *names != NULL; names++) {
        int distance = nearest_distance(wanted, *names, limit);
        int place = count;
        while (place > 0 && distances[place - 1] > distance)
            place--;
        if (distance > limit || place == MAX_NAMES)
            continue;
        count = MIN(count + 1, MAX_NAMES);
        for (int i = count - 1; i > place; i--) {
            best[i] = best[i - 1];
            distances[i] = distances[i - 1];
        }
        best[place] = *names;
        distances[place] = distance;
    }
    if (count == 0)
        return NULL;
    GString *text = g_string_new(NULL);
    for (int i = 0; i < count; i++)
        g_string_append_printf(text, "%s'%s'",
                               i == 0           ? ""
                               : i == count - 1 ? " or "
                                                : ", ",
                               best[i]);
    return g_string_free(text, FALSE);
}

char *
nearest_question(const char *wanted, const char *const *names)
{
    g_autofree char *found = nearest_names(wanted, names);
    return found == NULL ? g_strdup("")
                         : g_strdup_printf("; did you mean %s?", found);
}
