/* SPDX-License-Identifier: MIT */
/*
 * FontLibrary; see font_library.h.
 *
 * Metrics come from HarfBuzz's OpenType tables at one unit per font unit: no
 * hinting, no size, no rounding.  FreeType never sees a font in this folder.
 */
#include "text/font_library.h"

#include <fontconfig/fontconfig.h>
#include <gio/gio.h>
#include <hb-ot.h>
#include <string.h>

/* what fontconfig says of one file, before anybody needs the font itself */
typedef struct {
    const FcPattern *pattern;
    const char *file;
    int index;
    int weight; /* OpenType: 400, 700 */
    int width;  /* fontconfig: 100 is normal */
    bool italic;
    Face *face; /* NULL: not opened yet */
} FontFile;

struct FontLibrary {
    Arena *arena;
    FcConfig *config;
    GArray *files;    /* FontFile */
    char **fallbacks; /* owned */
    GPtrArray *faces; /* FontFace *, by id */
};

static bool
is_font_name(const char *name)
{
    static const char *const endings[] = {".otf", ".ttf", ".ttc", ".otc"};
    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
        size_t length = strlen(name), end = strlen(endings[i]);
        if (length > end &&
            g_ascii_strcasecmp(name + length - end, endings[i]) == 0)
            return true;
    }
    return false;
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* files below a folder in order of their names, so that of two equal fonts the
 * same one wins on every machine */
static bool
collect_files(const char *path, GPtrArray *files, int depth, GError **error)
{
    if (!g_file_test(path, G_FILE_TEST_IS_DIR)) {
        g_ptr_array_add(files, g_strdup(path));
        return true;
    }
    g_autoptr(GDir) folder = g_dir_open(path, 0, error);
    if (folder == NULL)
        return false;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; (name = g_dir_read_name(folder)) != NULL;)
        g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, compare_names);
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *inner = g_build_filename(path, name, NULL);
        bool is_folder = g_file_test(inner, G_FILE_TEST_IS_DIR);
        if (is_folder ? depth > 0 : is_font_name(name))
            if (!collect_files(inner, files, depth - 1, error))
                return false;
    }
    return true;
}

/* ---- opening a face ---- */

static int
metric(hb_font_t *font, hb_ot_metrics_tag_t tag, int otherwise)
{
    hb_position_t value;
    if (hb_ot_metrics_get_position(font, tag, &value))
        return value;
    return otherwise;
}

/* height of a letter's ink, for fonts whose OS/2 table is too old to say it */
static int
letter_height(hb_font_t *font, gunichar letter, int otherwise)
{
    hb_codepoint_t glyph;
    hb_glyph_extents_t extents;
    if (hb_font_get_nominal_glyph(font, letter, &glyph) &&
        hb_font_get_glyph_extents(font, glyph, &extents) &&
        extents.y_bearing > 0)
        return extents.y_bearing;
    return otherwise;
}

static void
measure_face(FontFace *face, hb_font_t *font)
{
    int em = face->units_per_em;
    face->ascender =
        metric(font, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER, em * 8 / 10);
    face->descender =
        metric(font, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER, -em * 2 / 10);
    if (face->descender > 0)
        face->descender = -face->descender;
    face->cap_height = metric(font, HB_OT_METRICS_TAG_CAP_HEIGHT, 0);
    if (face->cap_height <= 0)
        face->cap_height = letter_height(font, 'H', em * 7 / 10);
    face->x_height = metric(font, HB_OT_METRICS_TAG_X_HEIGHT, 0);
    if (face->x_height <= 0)
        face->x_height = letter_height(font, 'x', em / 2);
    face->underline_position =
        metric(font, HB_OT_METRICS_TAG_UNDERLINE_OFFSET, -em / 10);
    face->underline_thickness =
        metric(font, HB_OT_METRICS_TAG_UNDERLINE_SIZE, em / 20);
    face->superscript_shift =
        metric(font, HB_OT_METRICS_TAG_SUPERSCRIPT_EM_Y_OFFSET, em * 35 / 100);
    face->subscript_shift =
        metric(font, HB_OT_METRICS_TAG_SUBSCRIPT_EM_Y_OFFSET, em * 15 / 100);
}

/* a run of one glyph that stands for `text` whatever the font calls it */
static GlyphRun
single_glyph(Arena *arena, const FontFace *face, uint32_t glyph, int advance,
             const char *text)
{
    Glyph *glyphs = arena_array(arena, Glyph, 1);
    glyphs[0] = (Glyph){.advance = advance, .index = (uint16_t)glyph};
    return (GlyphRun){
        .face = face,
        .text = text,
        .glyphs = glyphs,
        .text_length = (uint16_t)strlen(text),
        .glyph_count = 1,
        .width = advance,
    };
}

static bool
find_glyph(hb_font_t *font, gunichar character, uint32_t *glyph, int *advance)
{
    hb_codepoint_t found;
    if (!hb_font_get_nominal_glyph(font, character, &found) || found > 0xFFFF)
        return false;
    *glyph = found;
    *advance = hb_font_get_glyph_h_advance(font, found);
    return true;
}

static bool
is_alike(const hb_glyph_extents_t *a, const hb_glyph_extents_t *b, int units)
{
    return ABS(a->x_bearing - b->x_bearing) <= units &&
           ABS(a->y_bearing - b->y_bearing) <= units &&
           ABS(a->width - b->width) <= units &&
           ABS(a->height - b->height) <= units;
}

/* The hyphen at a line's end: where the font has a glyph that looks like the
 * hyphen and is not it, so that each has its own character in the PDF.  With
 * one glyph for both, a reader that does not know ActualText would take every
 * hyphen for a soft one, also in a date. */
static void
find_soft_hyphen(FontFace *face, hb_font_t *font)
{
    const gunichar characters[] = {0xAD, 0x2010};
    uint32_t hyphen = face->hyphen_glyph;
    hb_glyph_extents_t wanted, extents;
    if (!hb_font_get_glyph_extents(font, hyphen, &wanted))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(characters); i++) {
        uint32_t glyph;
        int advance;
        if (find_glyph(font, characters[i], &glyph, &advance) &&
            glyph != hyphen &&
            hb_font_get_glyph_extents(font, glyph, &extents) &&
            is_alike(&extents, &wanted, face->units_per_em / 50)) {
            face->hyphen_glyph = glyph;
            face->hyphen_advance = advance;
            return;
        }
    }
}

/* U+202F is a fifth of an em where the font does not draw it, as in HarfBuzz;
 * the hyphen is U+002D, which every font has where it has U+2010 */
static void
add_common_runs(Arena *arena, Face *face)
{
    FontFace *f = &face->face;
    hb_font_t *font = face->hb_font;
    if (!find_glyph(font, ' ', &f->space_glyph, &f->space_advance))
        f->space_advance = f->units_per_em / 4;
    if (!find_glyph(font, '-', &f->hyphen_glyph, &f->hyphen_advance) &&
        !find_glyph(font, 0x2010, &f->hyphen_glyph, &f->hyphen_advance))
        f->hyphen_advance = f->units_per_em / 3;
    find_soft_hyphen(f, font);
    uint32_t glyph = f->space_glyph;
    face->narrow_advance = f->units_per_em / 5;
    find_glyph(font, 0x202F, &glyph, &face->narrow_advance);
    face->space =
        single_glyph(arena, f, f->space_glyph, f->space_advance, " ");
    face->no_break_space =
        single_glyph(arena, f, f->space_glyph, f->space_advance, "\u00A0");
    face->narrow_space =
        single_glyph(arena, f, glyph, face->narrow_advance, "\u202F");
    face->hyphen =
        single_glyph(arena, f, f->hyphen_glyph, f->hyphen_advance, "\u00AD");
}

/* Some fonts (Lato) kern with the space; then words must be measured together
 * with the spaces beside them.  Asked of the font by its kerning lookups. */
static bool
kerns_space(const Face *face)
{
    const hb_tag_t kern[] = {HB_TAG('k', 'e', 'r', 'n'), HB_TAG_NONE};
    hb_set_t *lookups = hb_set_create(), *glyphs = hb_set_create();
    hb_ot_layout_collect_lookups(face->hb_face, HB_OT_TAG_GPOS, NULL, NULL,
                                 kern, lookups);
    for (hb_codepoint_t i = HB_SET_VALUE_INVALID; hb_set_next(lookups, &i);)
        hb_ot_layout_lookup_collect_glyphs(face->hb_face, HB_OT_TAG_GPOS, i,
                                           NULL, glyphs, NULL, NULL);
    bool found = hb_set_has(glyphs, face->face.space_glyph);
    hb_set_destroy(lookups);
    hb_set_destroy(glyphs);
    return found;
}

/* false: the file cannot be read any more */
static bool
open_face(Face *face)
{
    if (face->is_open || face->is_broken)
        return face->is_open;
    FontLibrary *library = face->library;
    g_autoptr(GMappedFile) mapped =
        g_mapped_file_new(face->face.file, FALSE, NULL);
    if (mapped == NULL) {
        face->is_broken = true;
        return false;
    }
    hb_blob_t *blob = hb_blob_create(
        g_mapped_file_get_contents(mapped),
        (unsigned)g_mapped_file_get_length(mapped), HB_MEMORY_MODE_READONLY,
        g_mapped_file_ref(mapped), (hb_destroy_func_t)g_mapped_file_unref);
    face->hb_face = hb_face_create(blob, (unsigned)face->face.index);
    hb_blob_destroy(blob);
    hb_face_make_immutable(face->hb_face);
    face->hb_font = hb_font_create(face->hb_face);
    hb_font_make_immutable(face->hb_font);
    face->face.data = g_mapped_file_get_contents(mapped);
    face->face.size = g_mapped_file_get_length(mapped);
    face->face.id = (int)library->faces->len;
    face->face.units_per_em = (int)hb_face_get_upem(face->hb_face);
    measure_face(&face->face, face->hb_font);
    add_common_runs(library->arena, face);
    face->kerns_space = kerns_space(face);
    face->is_open = true;
    g_ptr_array_add(library->faces, &face->face);
    return true;
}

static Face *
file_face(FontLibrary *library, FontFile *file)
{
    if (file->face != NULL)
        return file->face;
    FcChar8 *family = NULL;
    FcPatternGetString(file->pattern, FC_FAMILY, 0, &family);
    file->face = arena_new0(library->arena, Face);
    file->face->library = library;
    file->face->face = (FontFace){
        .file = file->file,
        .index = file->index,
        .family = family == NULL ? "" : (const char *)family,
        .weight = file->weight,
        .italic = file->italic,
    };
    return file->face;
}

bool
face_has(Face *face, gunichar character)
{
    hb_codepoint_t glyph;
    return open_face(face) &&
           hb_font_get_nominal_glyph(face->hb_font, character, &glyph);
}

bool
face_has_small_capital(Face *face, gunichar character)
{
    if (face->small_capitals == NULL) {
        const hb_tag_t smcp[] = {HB_TAG('s', 'm', 'c', 'p'), HB_TAG_NONE};
        hb_set_t *lookups = hb_set_create();
        face->small_capitals = hb_set_create();
        hb_ot_layout_collect_lookups(face->hb_face, HB_OT_TAG_GSUB, NULL, NULL,
                                     smcp, lookups);
        for (hb_codepoint_t i = HB_SET_VALUE_INVALID; hb_set_next(lookups, &i);)
            hb_ot_layout_lookup_collect_glyphs(face->hb_face, HB_OT_TAG_GSUB, i,
                                               NULL, face->small_capitals, NULL,
                                               NULL);
        hb_set_destroy(lookups);
    }
    hb_codepoint_t glyph;
    return hb_font_get_nominal_glyph(face->hb_font, character, &glyph) &&
           hb_set_has(face->small_capitals, glyph);
}

/* ---- the library ---- */

static void
add_patterns(FontLibrary *library)
{
    FcFontSet *fonts = FcConfigGetFonts(library->config, FcSetApplication);
    for (int i = 0; fonts != NULL && i < fonts->nfont; i++) {
        const FcPattern *pattern = fonts->fonts[i];
        FcChar8 *file;
        FcBool variable = FcFalse;
        int index = 0, slant = FC_SLANT_ROMAN;
        double weight = FC_WEIGHT_REGULAR, width = FC_WIDTH_NORMAL;
        if (FcPatternGetString(pattern, FC_FILE, 0, &file) != FcResultMatch)
            continue;
        FcPatternGetInteger(pattern, FC_INDEX, 0, &index);
        FcPatternGetBool(pattern, FC_VARIABLE, 0, &variable);
        /* instances of variable fonts are not supported: paint could not
         * find them again by file and index */
        if (variable || index > 0xFFFF)
            continue;
        FcPatternGetInteger(pattern, FC_SLANT, 0, &slant);
        FcPatternGetDouble(pattern, FC_WEIGHT, 0, &weight);
        FcPatternGetDouble(pattern, FC_WIDTH, 0, &width);
        FontFile entry = {
            .pattern = pattern,
            .file = (const char *)file,
            .index = index,
            .weight = (int)(FcWeightToOpenTypeDouble(weight) + 0.5),
            .width = (int)width,
            .italic = slant != FC_SLANT_ROMAN,
        };
        g_array_append_val(library->files, entry);
    }
}

FontLibrary *
font_library_new(const char *const *paths, const char *const *fallback_families,
                 GError **error)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    for (int i = 0; paths != NULL && paths[i] != NULL; i++)
        if (!collect_files(paths[i], files, 8, error))
            return NULL;
    FcConfig *config = FcConfigCreate();
    for (guint i = 0; i < files->len; i++) {
        const char *file = g_ptr_array_index(files, i);
        if (!FcConfigAppFontAddFile(config, (const FcChar8 *)file)) {
            g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                        "%s: cannot be read as a font", file);
            FcConfigDestroy(config);
            return NULL;
        }
    }
    /* before any font map is made, or Pango would load the system's fonts */
    FcConfigSetCurrent(config);
    FontLibrary *library = g_new0(FontLibrary, 1);
    library->arena = arena_new();
    library->config = config;
    library->files = g_array_new(FALSE, TRUE, sizeof(FontFile));
    library->fallbacks = g_strdupv((char **)fallback_families);
    library->faces = g_ptr_array_new();
    add_patterns(library);
    if (library->files->len == 0) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                    "no font in the given fonts and folders (%s)",
                    files->len > 0 ? (char *)g_ptr_array_index(files, 0)
                                   : "none given");
        font_library_free(library);
        return NULL;
    }
    return library;
}

void
font_library_free(FontLibrary *library)
{
    if (library == NULL)
        return;
    for (guint i = 0; i < library->faces->len; i++) {
        Face *face = g_ptr_array_index(library->faces, i);
        hb_font_destroy(face->hb_font);
        hb_face_destroy(face->hb_face);
        hb_set_destroy(face->small_capitals);
    }
    g_ptr_array_free(library->faces, TRUE);
    g_array_free(library->files, TRUE);
    g_strfreev(library->fallbacks);
    /* an empty one takes the place of ours, else the fonts would stay */
    if (FcConfigGetCurrent() == library->config) {
        FcConfig *empty = FcConfigCreate();
        FcConfigSetCurrent(empty);
        FcConfigDestroy(empty);
    }
    FcConfigDestroy(library->config);
    arena_free(library->arena);
    g_free(library);
}

static bool
is_of_family(const FcPattern *pattern, const char *family)
{
    FcChar8 *name;
    for (int i = 0; FcPatternGetString(pattern, FC_FAMILY, i, &name) ==
                    FcResultMatch;
         i++)
        if (FcStrCmpIgnoreCase(name, (const FcChar8 *)family) == 0)
            return true;
    return false;
}

/* CSS Fonts 4, 5.2: 400 and 500 stand in for each other first; lighter than
 * 400 looks for lighter ones first, bolder than 500 for bolder ones */
static int
weight_distance(int asked, int weight)
{
    int distance = ABS(asked - weight);
    if (distance == 0)
        return 0;
    bool wrong_side = asked > 500   ? weight < asked
                      : asked < 400 ? weight > asked
                                    : weight > 500 || weight < asked;
    return distance + (wrong_side ? 1000 : 0);
}

static Face *
match_family(FontLibrary *library, const char *family, int weight, bool italic)
{
    FontFile *best = NULL;
    int best_distance = 0;
    for (guint i = 0; i < library->files->len; i++) {
        FontFile *file = &g_array_index(library->files, FontFile, i);
        if (!is_of_family(file->pattern, family))
            continue;
        int distance = ABS(file->width - FC_WIDTH_NORMAL) * 10000 +
                       (file->italic != italic ? 5000 : 0) +
                       weight_distance(weight, file->weight);
        if (best == NULL || distance < best_distance) {
            best = file;
            best_distance = distance;
        }
    }
    return best == NULL ? NULL : file_face(library, best);
}

static void
add_face(GPtrArray *faces, Face *face)
{
    if (face == NULL || g_ptr_array_find(faces, face, NULL))
        return;
    if (faces->len > 0 || open_face(face))
        g_ptr_array_add(faces, face);
}

bool
font_library_match(FontLibrary *library, const char *families, int weight,
                   bool italic, GPtrArray *faces)
{
    g_auto(GStrv) names = g_strsplit(families, ",", -1);
    for (int i = 0; names[i] != NULL; i++) {
        char *name = g_strstrip(names[i]);
        size_t length = strlen(name);
        if (length >= 2 && (name[0] == '"' || name[0] == '\'') &&
            name[length - 1] == name[0]) {
            name[length - 1] = '\0';
            name++;
        }
        add_face(faces, match_family(library, name, weight, italic));
    }
    bool found = faces->len > 0;
    for (int i = 0; library->fallbacks != NULL && library->fallbacks[i] != NULL;
         i++)
        add_face(faces,
                 match_family(library, library->fallbacks[i], weight, italic));
    /* a page of another font is better than none; the caller reports it */
    for (guint i = 0; faces->len == 0 && i < library->files->len; i++)
        add_face(faces,
                 file_face(library,
                           &g_array_index(library->files, FontFile, i)));
    g_assert(faces->len > 0); /* the fonts were all there a moment ago */
    return found;
}

const GPtrArray *
font_library_faces(const FontLibrary *library)
{
    return library->faces;
}
