/* SPDX-License-Identifier: MIT */
/* A list in order and an index of it by name and text. */
#include "style/fo_warning.h"

enum { MAX_WARNINGS = 500 };

typedef struct {
    const char *name;
    Place place;
    char *text;
    int count;
} FoWarning;

struct FoWarnings {
    GArray *list;
    GHashTable *index; /* "name|text" -> index + 1 */
    int dropped;
};

static void
clear_warning(gpointer data)
{
    g_free(((FoWarning *)data)->text);
}

FoWarnings *
fo_warnings_new(void)
{
    FoWarnings *warnings = g_new0(FoWarnings, 1);
    warnings->list = g_array_new(FALSE, FALSE, sizeof(FoWarning));
    g_array_set_clear_func(warnings->list, clear_warning);
    warnings->index =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return warnings;
}

void
fo_warnings_free(FoWarnings *warnings)
{
    g_array_unref(warnings->list);
    g_hash_table_unref(warnings->index);
    g_free(warnings);
}

void
fo_warn(FoWarnings *warnings, const char *name, Place place,
        const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *key = g_strdup_printf("%s|%s", name, text);
    int known = GPOINTER_TO_INT(g_hash_table_lookup(warnings->index, key));
    if (known > 0) {
        g_array_index(warnings->list, FoWarning, known - 1).count++;
        return;
    }
    if (warnings->list->len >= MAX_WARNINGS) {
        warnings->dropped++;
        return;
    }
    FoWarning warning = {name, place, g_steal_pointer(&text), 1};
    g_array_append_val(warnings->list, warning);
    g_hash_table_insert(warnings->index, g_steal_pointer(&key),
                        GINT_TO_POINTER((int)warnings->list->len));
}

void
fo_warnings_say(const FoWarnings *warnings, Diagnostics *diagnostics)
{
    for (guint i = 0; i < warnings->list->len; i++) {
        const FoWarning *warning =
            &g_array_index(warnings->list, FoWarning, i);
        if (warning->count > 1)
            diagnostics_add(diagnostics, LEVEL_WARNING, warning->name,
                            warning->place, "%s (and at %d more places)",
                            warning->text, warning->count - 1);
        else
            diagnostics_add(diagnostics, LEVEL_WARNING, warning->name,
                            warning->place, "%s", warning->text);
    }
    if (warnings->dropped > 0)
        diagnostics_add(diagnostics, LEVEL_WARNING, "fo-more-warnings",
                        (Place){NULL, 0, 0},
                        "%d more warnings about formatting objects are not "
                        "shown; mend those above first",
                        warnings->dropped);
}
