/* SPDX-License-Identifier: MIT */
/*
 * Diagnostics: collected in order, each once, written in the form a person or
 * a program asks for.
 */
#include "base/diagnostic.h"

#include "base/file.h"
#include "base/json.h"

#include <string.h>

struct Diagnostics {
    GPtrArray *list;
    GHashTable *seen; /* "name|file|line|column|text" */
};

static void
diagnostic_free(gpointer data)
{
    Diagnostic *diagnostic = data;
    g_free(diagnostic->text);
    g_free(diagnostic);
}

static char *
diagnostic_key(const Diagnostic *diagnostic)
{
    const Place *place = &diagnostic->place;
    return g_strdup_printf("%s|%s|%d|%d|%s", diagnostic->name,
                           place->file == NULL ? "" : place->file, place->line,
                           place->column, diagnostic->text);
}

Diagnostics *
diagnostics_new(void)
{
    Diagnostics *diagnostics = g_new0(Diagnostics, 1);
    diagnostics->list = g_ptr_array_new_with_free_func(diagnostic_free);
    diagnostics->seen =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return diagnostics;
}

void
diagnostics_free(Diagnostics *diagnostics)
{
    if (diagnostics == NULL)
        return;
    g_ptr_array_unref(diagnostics->list);
    g_hash_table_unref(diagnostics->seen);
    g_free(diagnostics);
}

/* takes text */
static void
keep(Diagnostics *diagnostics, Diagnostic one)
{
    if (one.place.file != NULL)
        one.place.file = g_intern_string(one.place.file);
    Diagnostic *diagnostic = g_memdup2(&one, sizeof one);
    if (g_hash_table_add(diagnostics->seen, diagnostic_key(diagnostic)))
        g_ptr_array_add(diagnostics->list, diagnostic);
    else
        diagnostic_free(diagnostic);
}

void
diagnostics_add(Diagnostics *diagnostics, DiagnosticLevel level,
                const char *name, Place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    keep(diagnostics, (Diagnostic){level, name, place, text});
}

void
diagnostics_repeat(Diagnostics *diagnostics, const Diagnostic *one)
{
    Diagnostic copy = *one;
    copy.name = g_intern_string(one->name);
    copy.text = g_strdup(one->text);
    keep(diagnostics, copy);
}

void
diagnostics_begin_section(Diagnostics *diagnostics)
{
    g_hash_table_remove_all(diagnostics->seen);
}

int
diagnostics_length(const Diagnostics *diagnostics)
{
    return (int)diagnostics->list->len;
}

const Diagnostic *
diagnostics_get(const Diagnostics *diagnostics, int index)
{
    return g_ptr_array_index(diagnostics->list, index);
}

int
diagnostics_count(const Diagnostics *diagnostics, DiagnosticLevel level)
{
    int count = 0;
    for (int i = 0; i < diagnostics_length(diagnostics); i++)
        count += diagnostics_get(diagnostics, i)->level == level;
    return count;
}

int
diagnostics_count_from(const Diagnostics *diagnostics, DiagnosticLevel level)
{
    int count = 0;
    for (int i = 0; i < diagnostics_length(diagnostics); i++)
        count += diagnostics_get(diagnostics, i)->level >= level;
    return count;
}

bool
diagnostics_has(const Diagnostics *diagnostics, const char *name)
{
    for (int i = 0; i < diagnostics_length(diagnostics); i++) {
        if (strcmp(diagnostics_get(diagnostics, i)->name, name) == 0)
            return true;
    }
    return false;
}

static const char *
level_name(DiagnosticLevel level)
{
    static const char *const names[] = {"note", "warning", "error", "error"};
    return names[level];
}

static void
write_place(Place place, FILE *stream)
{
    if (place.file == NULL)
        return;
    fputs(place.file, stream);
    if (place.line > 0)
        fprintf(stream, ":%d", place.line);
    if (place.line > 0 && place.column > 0)
        fprintf(stream, ":%d", place.column);
    fputs(": ", stream);
}

static void
write_json(const Diagnostic *diagnostic, FILE *stream)
{
    const Place *place = &diagnostic->place;
    g_autoptr(GString) json = g_string_new("{");
    json_add_string(json, "level", level_name(diagnostic->level));
    json_add_string(json, "name", diagnostic->name);
    json_add_string(json, "file", place->file);
    if (place->file != NULL && place->line > 0)
        json_add_int(json, "line", place->line);
    if (place->file != NULL && place->column > 0)
        json_add_int(json, "column", place->column);
    json_add_string(json, "text", diagnostic->text);
    fprintf(stream, "%s}\n", json->str);
}

/* the source line, and a caret under the column */
static void
write_caret(Place place, const char *root, FILE *stream)
{
    if (root == NULL || place.file == NULL || place.line == 0)
        return;
    g_autoptr(GBytes) bytes = file_load(root, place.file, 1u << 24, NULL);
    if (bytes == NULL)
        return;
    gsize size = 0;
    const char *line = g_bytes_get_data(bytes, &size);
    const char *end = line + size;
    for (int i = 1; i < place.line && line != NULL; i++) {
        line = memchr(line, '\n', (size_t)(end - line));
        line = line == NULL ? NULL : line + 1;
    }
    if (line == NULL || line >= end)
        return;
    const char *stop = memchr(line, '\n', (size_t)(end - line));
    int length = (int)((stop == NULL ? end : stop) - line);
    if (length > 160 || !g_utf8_validate(line, length, NULL))
        return;
    fprintf(stream, "    %.*s\n", length, line);
    if (place.column > 0 && place.column <= length + 1)
        fprintf(stream, "    %*s^\n", place.column - 1, "");
}

void
diagnostics_write(const Diagnostics *diagnostics, int start,
                  DiagnosticsForm form, const char *root, FILE *stream)
{
    g_autoptr(GHashTable) written =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (int i = start; i < diagnostics_length(diagnostics); i++) {
        const Diagnostic *diagnostic = diagnostics_get(diagnostics, i);
        if (!g_hash_table_add(written, diagnostic_key(diagnostic)))
            continue;
        if (form == DIAGNOSTICS_JSON) {
            write_json(diagnostic, stream);
            continue;
        }
        write_place(diagnostic->place, stream);
        fprintf(stream, "%s: %s [%s]\n", level_name(diagnostic->level),
                diagnostic->text, diagnostic->name);
        if (form == DIAGNOSTICS_CARET)
            write_caret(diagnostic->place, root, stream);
    }
}
