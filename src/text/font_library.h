/* SPDX-License-Identifier: MIT */
/*
 * FontLibrary: the font files of a project, and which face serves which style.
 *
 * Nothing but the named files is ever used: they are put into a private
 * fontconfig configuration that is made current, so that Pango, librsvg and we
 * see the same fonts on every machine.  Fontconfig only reads the names; the
 * choice among them is ours (CSS Fonts 4, 5.2: width, then style, then weight),
 * because fontconfig's own depends on the version and on substitution rules.
 */
#ifndef TEXT_FONT_LIBRARY_H
#define TEXT_FONT_LIBRARY_H

#include <hb.h>

#include "base/arena.h"
#include "model/glyphs.h"

typedef struct FontLibrary FontLibrary;

/* A font; the FontFace is what the other folders see of it.  Fallbacks are
 * opened when the first character asks for them (face_has). */
typedef struct {
    FontFace face;
    FontLibrary *library;
    bool is_open, is_broken;
    hb_face_t *hb_face;
    hb_font_t *hb_font;       /* scaled to units per em, immutable */
    hb_set_t *small_capitals; /* glyphs that smcp replaces; made when asked */
    bool kerns_space;         /* the font kerns with the space */
    GlyphRun space, no_break_space, narrow_space, hyphen;
    int narrow_advance;
} Face;

/* paths, fallback_families: NULL-terminated.  Fails when a path cannot be read
 * or no font is found. */
FontLibrary *font_library_new(const char *const *paths,
                              const char *const *fallback_families,
                              GError **error);
void font_library_free(FontLibrary *library);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FontLibrary, font_library_free)

/* Appends the faces (Face *) for a comma-separated list of families, then
 * those of the fallbacks, each face once; at least one face, and the first is
 * open.  False: none of the asked families exists. */
bool font_library_match(FontLibrary *library, const char *families, int weight,
                        bool italic, GPtrArray *faces);
/* FontFace *, by id: those that are open */
const GPtrArray *font_library_faces(const FontLibrary *library);
/* whether smcp changes the glyph of this character */
bool face_has_small_capital(Face *face, gunichar character);
bool face_has(Face *face, gunichar character);

#endif
