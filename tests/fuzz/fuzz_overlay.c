/* SPDX-License-Identifier: MIT */
/*
 * libFuzzer target: any bytes are an overlay file.  What can be read must be
 * written so that it reads the same, text for text; and a carried text must
 * come out of its escapes as it went in.
 *
 * clang -std=gnu11 -g -fsanitize=fuzzer,address,undefined -Isrc
 *   tests/fuzz/fuzz_overlay.c src/overlay/{overlay_file,overlay_lexer}.c
 *   src/overlay/{canonical,word_diff}.c src/base/{arena,diagnostic,file,xml}.c
 *   src/base/source.c src/model/document.c schemas.c
 *   $(pkg-config --cflags --libs glib-2.0 gio-2.0 libxml-2.0)
 * ./fuzz_overlay -dict=tests/fuzz/overlay.dict -timeout=10 CORPUS
 */
#include "overlay/canonical.h"
#include "overlay/overlay_file.h"
#include "overlay/overlay_lexer.h"
#include "overlay/word_diff.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static OverlayFile *
parse(const char *text, Arena *arena, bool *valid)
{
    g_autoptr(Diagnostics) diagnostics = diagnostics_new();
    OverlayFile *file = g_new0(OverlayFile, 1);
    file->path = "locales/et/fuzz.md";
    file->units = g_ptr_array_new();
    file->source =
        source_new(file->path, g_strdup(text), strlen(text), diagnostics);
    *valid = file->source != NULL &&
             overlay_file_parse(file, arena, diagnostics);
    g_assert(*valid ||
             diagnostics_count_from(diagnostics, LEVEL_ERROR) > 0);
    return file;
}

static void
check_round_trip(const char *text)
{
    g_autoptr(Arena) arena = arena_new();
    bool valid = false;
    OverlayFile *file = parse(text, arena, &valid);
    if (valid) {
        g_autofree char *written = overlay_file_emit(file);
        OverlayFile *again = parse(written, arena, &valid);
        g_assert(valid);
        g_assert(again->units->len == file->units->len);
        g_autofree char *twice = overlay_file_emit(again);
        g_assert(strcmp(written, twice) == 0);
        GHashTable *texts = g_hash_table_new(g_str_hash, g_str_equal);
        for (guint i = 0; i < again->units->len; i++) {
            const Unit *unit = g_ptr_array_index(again->units, i);
            g_hash_table_add(texts, (gpointer)unit->target);
        }
        for (guint i = 0; i < file->units->len; i++) {
            const Unit *unit = g_ptr_array_index(file->units, i);
            g_assert(g_hash_table_contains(texts, unit->target));
        }
        g_hash_table_unref(texts);
        overlay_file_free(again);
    }
    overlay_file_free(file);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = g_strndup((const char *)data, size);
    if (!g_utf8_validate(text, -1, NULL))
        return 0;
    g_autofree char *escaped = overlay_escape(text);
    g_autofree char *plain = overlay_unescape(escaped);
    g_assert(strcmp(plain, text) == 0);
    g_assert(strstr(escaped, "-->") == NULL);
    check_round_trip(text);
    /* the first line against the rest: diffs of anything */
    char *rest = strchr(text, '\n');
    if (rest != NULL) {
        *rest = 0;
        SeverityWords words = {0};
        Severity severity = SEVERITY_NONE;
        g_autofree char *a = canonical_text(text);
        g_autofree char *b = canonical_text(rest + 1);
        g_autofree char *diff = word_diff(a, b, &words, &severity);
        g_assert((strcmp(a, b) == 0) == (severity == SEVERITY_NONE));
    }
    return 0;
}
