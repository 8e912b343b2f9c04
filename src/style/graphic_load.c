/* SPDX-License-Identifier: MIT */
/*
 * Where a picture is looked for, and what is said when it is not there.
 */
#include "style/graphic_load.h"

#include "base/file.h"
#include "base/nearest.h"

#include <string.h>

#define MAX_BYTES ((size_t)64 * 1024 * 1024)

/* url(x), url('x'), url("x") or x; owned */
static char *
plain_name(const char *src)
{
    char *name = g_strstrip(g_strdup(src));
    size_t length = strlen(name);
    if (g_str_has_prefix(name, "url(") && name[length - 1] == ')') {
        char *inside = g_strstrip(g_strndup(name + 4, length - 5));
        g_free(name);
        name = inside;
        length = strlen(name);
    }
    if (length >= 2 && (*name == '\'' || *name == '"') &&
        name[length - 1] == *name) {
        char *inside = g_strndup(name + 1, length - 2);
        g_free(name);
        name = inside;
    }
    if (g_str_has_prefix(name, "file:")) {
        char *path = g_strdup(name + 5 + (strncmp(name + 5, "//", 2) == 0) * 2);
        g_free(name);
        name = path;
    }
    if (strchr(name, '%') != NULL) {
        char *decoded = g_uri_unescape_string(name, NULL);
        if (decoded != NULL) {
            g_free(name);
            name = decoded;
        }
    }
    return name;
}

/* names of files that stand where the picture was looked for */
static char *
suggestion(const FoReadOptions *options, const char *name)
{
    g_autofree char *folder = g_path_get_dirname(name);
    g_autofree char *base = g_path_get_basename(name);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (int i = 0; options->folders != NULL && options->folders[i] != NULL;
         i++) {
        g_autofree char *inside =
            g_build_filename(options->folders[i], folder, NULL);
        g_autofree char *path = file_resolve(options->root, inside, NULL);
        g_auto(GStrv) entries = path == NULL ? NULL : file_list(path);
        for (int k = 0; entries != NULL && entries[k] != NULL; k++)
            g_ptr_array_add(names, g_strdup(entries[k]));
    }
    g_ptr_array_add(names, NULL);
    return nearest_question(base, (const char *const *)names->pdata);
}

/* *fallback: it was found in the last of several folders */
static GBytes *
find_bytes(const FoReadOptions *options, const char *name, Place place,
           bool *fallback, Diagnostics *diagnostics)
{
    static const char *const root_only[] = {".", NULL};
    const char *const *folders =
        options->folders == NULL ? root_only : options->folders;
    for (int i = 0; folders[i] != NULL; i++) {
        g_autofree char *path = g_path_is_absolute(name)
                                    ? g_strdup(name)
                                    : g_build_filename(folders[i], name, NULL);
        g_autoptr(GError) error = NULL;
        GBytes *bytes = file_load(options->root, path, MAX_BYTES, &error);
        if (bytes != NULL) {
            *fallback = i > 0 && folders[i + 1] == NULL;
            return bytes;
        }
        if (error->code == FILE_ERROR_MISSING)
            continue;
        bool is_outside = error->code == FILE_ERROR_OUTSIDE;
        diagnostics_add(diagnostics, LEVEL_ERROR,
                        is_outside ? "figure-outside" : "figure-invalid",
                        place, "the picture cannot be used: %s",
                        error->message);
        return NULL;
    }
    g_autofree char *where = g_strjoinv(", ", (char **)folders);
    g_autofree char *question = suggestion(options, name);
    diagnostics_add(diagnostics, LEVEL_ERROR, "figure-missing", place,
                    "there is no picture '%s' in %s%s", name, where,
                    *question == 0 ? "; put the file there" : question);
    return NULL;
}

const Graphic *
graphic_read(GraphicStore *store, GBytes *bytes, const char *name, Place place,
             Diagnostics *diagnostics)
{
    size_t length;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    Graphic graphic = {.bytes = bytes, .name = name};
    const char *trouble = "it is neither PNG, JPEG nor SVG; export it as one";
    bool is_known = false;
    if (length > 20 && memcmp(data, "\x89PNG\r\n\x1a\n", 8) == 0)
        is_known = png_measure(data, length, &graphic, &trouble);
    else if (length > 4 && data[0] == 0xff && data[1] == 0xd8)
        is_known = jpeg_measure(data, length, &graphic, &trouble);
    else if (length > 4 && memchr(data, '<', MIN(length, 256)) != NULL)
        is_known = svg_measure(data, length, &graphic, &trouble);
    if (!is_known) {
        diagnostics_add(diagnostics, LEVEL_ERROR, "figure-invalid", place,
                        "the picture '%s' cannot be used: %s", name, trouble);
        g_bytes_unref(bytes);
        return NULL;
    }
    graphic.digest = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
    return graphic_store_add(store, graphic);
}

/* a drawing with words of the base's language has no place in an edition */
static void
check_words(const Graphic *graphic, const char *name,
            const FoReadOptions *options, Place place,
            Diagnostics *diagnostics)
{
    if (graphic == NULL || graphic->kind != GRAPHIC_SVG)
        return;
    size_t length;
    const char *data = g_bytes_get_data(graphic->bytes, &length);
    if (g_strstr_len(data, (gssize)length, "<text") == NULL)
        return;
    diagnostics_add(diagnostics, LEVEL_ERROR, "figure-not-translated", place,
                    "the drawing '%s' has words and stands only in the base; "
                    "put a copy with the words of this edition into %s",
                    name, options->folders[0]);
}

const Graphic *
graphic_load(GraphicStore *store, const FoReadOptions *options,
             const char *src, Place place, Diagnostics *diagnostics)
{
    g_autofree char *name = plain_name(src);
    g_autofree char *scheme = g_uri_parse_scheme(name);
    if (scheme != NULL || g_str_has_prefix(name, "//")) {
        diagnostics_add(diagnostics, LEVEL_ERROR, "figure-outside", place,
                        "the picture '%.60s' is not a file of the project; "
                        "copy it there and name the file",
                        name);
        return NULL;
    }
    if (options == NULL || options->root == NULL || *name == 0) {
        diagnostics_add(diagnostics, LEVEL_ERROR, "figure-missing", place,
                        "the picture '%s' is not looked for: no folder is "
                        "given",
                        name);
        return NULL;
    }
    bool fallback = false;
    GBytes *bytes = find_bytes(options, name, place, &fallback, diagnostics);
    if (bytes == NULL)
        return NULL;
    const Graphic *graphic =
        graphic_read(store, bytes, name, place, diagnostics);
    if (fallback && options->last_is_foreign)
        check_words(graphic, name, options, place, diagnostics);
    return graphic;
}
