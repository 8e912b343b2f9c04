/* SPDX-License-Identifier: MIT */
/* Theme: STYLES/theme.xml to a TextEngine. */
#include "pipeline/theme.h"

#include "base/file.h"
#include "base/xml.h"
#include "pdf/flate.h"

#include <string.h>

#define MAX_FONT_BYTES ((size_t)64 << 20)
#define MAX_WORDS_BYTES ((size_t)1 << 20)

static GPtrArray *
string_list(void)
{
    return g_ptr_array_new_with_free_func(g_free);
}

/* the font's path: `file` in the first of the folders that has it */
static char *
find_font(const GPtrArray *folders, const char *file)
{
    for (guint i = 0; i < folders->len; i++) {
        char *path =
            g_build_filename(g_ptr_array_index(folders, i), file, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
            return path;
        g_free(path);
    }
    return NULL;
}

static void
check_sum(const xmlNode *font, const char *path, const char *styles,
          bool strict, Diagnostics *diagnostics)
{
    const char *wanted = xml_attribute(font, "crc32");
    if (wanted == NULL)
        return;
    g_autoptr(GBytes) bytes = file_load("/", path, MAX_FONT_BYTES, NULL);
    if (bytes == NULL)
        return;
    gsize length = 0;
    const void *data = g_bytes_get_data(bytes, &length);
    g_autofree char *found =
        g_strdup_printf("%08x", flate_crc32(data, length));
    g_autofree char *theme = g_build_filename(styles, "theme.xml", NULL);
    if (strcmp(found, wanted) != 0)
        diagnostics_add(diagnostics, strict ? LEVEL_ERROR : LEVEL_WARNING,
                        "font-differs",
                        (Place){theme, (int)xmlGetLineNo((xmlNode *)font), 0},
                        "'%s' is not the font file the theme was made with "
                        "(CRC-32 %s); pages may break elsewhere: install "
                        "that version, or look the book through and put the "
                        "new sum into the theme",
                        path, found);
}

static bool
collect_fonts(const xmlNode *theme, const GPtrArray *folders,
              const char *styles, bool strict, GPtrArray *paths,
              Diagnostics *diagnostics)
{
    bool complete = true;
    for (const xmlNode *font = xml_child(theme, "font"); font != NULL;
         font = xml_next(font, "font")) {
        const char *file = xml_attribute(font, "file");
        char *path = find_font(folders, file == NULL ? "" : file);
        if (path != NULL) {
            g_ptr_array_add(paths, path);
            check_sum(font, path, styles, strict, diagnostics);
            continue;
        }
        const char *package = xml_attribute(font, "package");
        g_autofree char *name = g_build_filename(styles, "theme.xml", NULL);
        diagnostics_add(diagnostics, LEVEL_INVALID, "font-missing",
                        (Place){name, (int)xmlGetLineNo((xmlNode *)font), 0},
                        "the font file '%s' is in none of the theme's font "
                        "folders; install it%s%s",
                        file == NULL ? "" : file,
                        package == NULL ? "" : " with the Debian package ",
                        package == NULL ? "" : package);
        complete = false;
    }
    return complete;
}

static GPtrArray *
collect(const xmlNode *theme, const char *element, const char *attribute,
        const char *relative_to)
{
    GPtrArray *values = string_list();
    for (const xmlNode *node = xml_child(theme, element); node != NULL;
         node = xml_next(node, element)) {
        const char *value = xml_attribute(node, attribute);
        if (value == NULL)
            continue;
        g_ptr_array_add(values,
                        relative_to == NULL || g_path_is_absolute(value)
                            ? g_strdup(value)
                            : g_build_filename(relative_to, value, NULL));
    }
    return values;
}

static xmlDoc *
load_theme(const char *styles, Diagnostics *diagnostics)
{
    xmlDoc *xml = xml_load(styles, "theme.xml", diagnostics);
    if (xml != NULL && !xml_validate(xml, "theme", "theme.xml", diagnostics)) {
        xmlFreeDoc(xml);
        return NULL;
    }
    return xml;
}

/* "#rrggbb" and "c m y k"; the schema has looked at both */
static PdfInk
read_ink(const char *rgb, const char *cmyk)
{
    guint64 code = g_ascii_strtoull(rgb + 1, NULL, 16);
    double inks[4] = {0};
    const char *at = cmyk;
    for (int i = 0; i < 4; i++) {
        char *end = NULL;
        inks[i] = g_ascii_strtod(at, &end);
        at = end;
    }
    return (PdfInk){(double)(code >> 16 & 255) / 255,
                    (double)(code >> 8 & 255) / 255,
                    (double)(code & 255) / 255,
                    inks[0], inks[1], inks[2], inks[3]};
}

GArray *
theme_inks(const char *styles, Diagnostics *diagnostics)
{
    xmlDoc *xml = load_theme(styles, diagnostics);
    if (xml == NULL)
        return NULL;
    GArray *inks = g_array_new(FALSE, FALSE, sizeof(PdfInk));
    const xmlNode *theme = xmlDocGetRootElement(xml);
    for (const xmlNode *node = xml_child(theme, "ink"); node != NULL;
         node = xml_next(node, "ink")) {
        const char *rgb = xml_attribute(node, "rgb");
        const char *cmyk = xml_attribute(node, "cmyk");
        if (rgb == NULL || cmyk == NULL)
            continue;
        PdfInk ink = read_ink(rgb, cmyk);
        g_array_append_val(inks, ink);
    }
    xmlFreeDoc(xml);
    return inks;
}

/* ---- words that the patterns break wrongly ---- */

/* one word a line, its breaks as hyphens ("va-do-vas"; none: never broken);
 * after # a remark */
static char **
read_words(const char *folder, const char *file)
{
    g_autoptr(GBytes) bytes = file_load(folder, file, MAX_WORDS_BYTES, NULL);
    if (bytes == NULL)
        return NULL;
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);
    g_autofree char *text = g_utf8_make_valid(data, (gssize)size);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GPtrArray *words = g_ptr_array_new();
    for (int i = 0; lines[i] != NULL; i++) {
        lines[i][strcspn(lines[i], "#")] = '\0';
        const char *word = g_strstrip(lines[i]);
        if (word[0] != '\0')
            g_ptr_array_add(words, g_strdup(word));
    }
    g_ptr_array_add(words, NULL);
    return (char **)g_ptr_array_free(words, FALSE);
}

/* LANG.txt in the hyphenation folders.  The engine borrows the table and a
 * program may have several engines, so it lives as long as the program. */
static GHashTable *
collect_words(const GPtrArray *folders)
{
    static GHashTable *words;
    if (words == NULL)
        words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                      (GDestroyNotify)g_strfreev);
    g_hash_table_remove_all(words);
    for (guint i = 0; i < folders->len; i++) {
        const char *folder = g_ptr_array_index(folders, i);
        g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
        const char *file;
        while (files != NULL && (file = g_dir_read_name(files)) != NULL) {
            if (!g_str_has_suffix(file, ".txt"))
                continue;
            char *language = g_strndup(file, strlen(file) - strlen(".txt"));
            char **list = g_hash_table_contains(words, language)
                              ? NULL
                              : read_words(folder, file);
            if (list != NULL)
                g_hash_table_insert(words, language, list);
            else
                g_free(language);
        }
    }
    return words;
}

TextEngine *
theme_open(const char *styles, bool strict, Diagnostics *diagnostics)
{
    xmlDoc *xml = load_theme(styles, diagnostics);
    if (xml == NULL)
        return NULL;
    const xmlNode *theme = xmlDocGetRootElement(xml);
    g_autoptr(GPtrArray) folders =
        collect(theme, "font-folder", "path", styles);
    g_autoptr(GPtrArray) fallbacks = collect(theme, "fallback", "family", NULL);
    g_autoptr(GPtrArray) hyphenation =
        collect(theme, "hyphenation-folder", "path", styles);
    g_autoptr(GPtrArray) fonts = string_list();
    GHashTable *words = collect_words(hyphenation);
    bool complete = collect_fonts(theme, folders, styles, strict, fonts,
                                  diagnostics);
    g_ptr_array_add(fallbacks, NULL);
    g_ptr_array_add(hyphenation, NULL);
    g_ptr_array_add(fonts, NULL);
    xmlFreeDoc(xml);
    if (!complete)
        return NULL;

    TextOptions options = {
        .font_paths = (const char *const *)fonts->pdata,
        .fallback_families = (const char *const *)fallbacks->pdata,
        .hyphenation_folders = (const char *const *)hyphenation->pdata,
        .hyphenation_exceptions = words,
    };
    g_autoptr(GError) error = NULL;
    TextEngine *engine = text_engine_new(&options, &error);
    if (engine == NULL)
        diagnostics_add(diagnostics, LEVEL_INVALID, "font-missing",
                        (Place){NULL, 0, 0},
                        "the fonts cannot be opened: %s", error->message);
    return engine;
}
