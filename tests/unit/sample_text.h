/* SPDX-License-Identifier: MIT */
/* For the tests of src/text: an engine, sentences in several languages, and
 * what must hold of every paragraph's lines. */
#ifndef SAMPLE_TEXT_H
#define SAMPLE_TEXT_H

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "text/paragraph.h"

static const char *const sample_paths[] = {
    "/usr/share/fonts/opentype/linux-libertine",
    "/usr/share/fonts/truetype/dejavu", NULL};
static const char *const sample_fallbacks[] = {"DejaVu Sans", NULL};

static inline TextEngine *
sample_engine(void)
{
    GError *error = NULL;
    const TextOptions options = {.font_paths = sample_paths,
                                 .fallback_families = sample_fallbacks};
    TextEngine *engine = text_engine_new(&options, &error);
    g_assert_no_error(error);
    return engine;
}

static inline TextStyle
sample_style(const char *language)
{
    return (TextStyle){.families = "Linux Libertine O",
                       .weight = 400,
                       .language = language,
                       .size = POINTS(10),
                       .hyphenate = true};
}

static const struct {
    const char *language, *text;
} sample_texts[] = {
    {"lt",
     "Prekyba žmonėmis yra vienas sunkiausių nusikaltimų žmogaus laisvei: "
     "žmogus verbuojamas, gabenamas ir laikomas nelaisvėje fizinio arba "
     "psichologinio spaudimo priemonėmis. Pareigūnas, pirmasis susitikęs su "
     "nukentėjusiuoju, turi žinoti, kokie požymiai (dokumentų neturėjimas, "
     "baimė, skolos) rodo, kad žmogus buvo išnaudojamas; 2005–2007 m. jų "
     "nustatyta apie 10\u00A0% – „daugiau nei manyta“."},
    {"et",
     "Inimkaubandus on raske kuritegu, mille ohvrid ei julge sageli "
     "politseisse pöörduda. Tähtsaim on esmane kohtumine: ametnik peab "
     "oskama märgata ärakasutamise tunnuseid, nõustamisteenuste "
     "kättesaadavust ja ohvriabi võimalusi; § 133¹ järgi karistatakse "
     "ühe- kuni seitsmeaastase vangistusega, korduva teo eest "
     "kolme- kuni viieteistkümneaastase vangistusega."},
    {"lv",
     "Cilvēku tirdzniecība ir viens no smagākajiem noziegumiem pret cilvēka "
     "brīvību. Policijas darbiniekam, kurš pirmais satiek cietušo, jāzina "
     "pazīmes, pēc kurām var spriest par ekspluatāciju, un jāprot izskaidrot "
     "tiesības saņemt sociālās rehabilitācijas pakalpojumus par valsts "
     "budžeta līdzekļiem (Krimināllikuma 154.¹ un 154.² pants)."},
    {"ru",
     "Торговля людьми является одним из самых тяжких преступлений против "
     "свободы человека. Сотрудник, первым встретивший потерпевшего, должен "
     "распознать признаки эксплуатации и разъяснить право на социальную "
     "реабилитацию, юридическую помощь и время на размышление – не менее "
     "тридцати дней, в течение которых высылка невозможна."},
    {"en-GB",
     "Trafficking in human beings is among the gravest crimes against the "
     "freedom of a person. The official who first meets the victim must "
     "recognise the indicators of exploitation and explain the right to "
     "assistance, protection and a recovery and reflection period of at "
     "least thirty days (see https://www.example.org/en/victims/help?id=4)."},
};

static inline ParagraphShape
sample_shape(double width)
{
    return (ParagraphShape){.width = length_from_points(width),
                            .align = TEXT_JUSTIFY,
                            .align_last = TEXT_START,
                            .protrude = true,
                            .expansion = 20};
}

/* text of the piece's glyphs */
static inline void
append_piece(GString *text, const GlyphPiece *piece)
{
    const GlyphRun *run = piece->run;
    int start = piece->first_glyph < run->glyph_count
                    ? run->glyphs[piece->first_glyph].cluster
                    : run->text_length;
    int end = piece->last_glyph < run->glyph_count
                  ? run->glyphs[piece->last_glyph].cluster
                  : run->text_length;
    g_assert_cmpint(piece->first_glyph, <, piece->last_glyph);
    g_assert_cmpint(piece->last_glyph, <=, run->glyph_count);
    if (piece->first_glyph == 0)
        start = 0;
    g_string_append_len(text, run->text + start, end - start);
    if (piece->has_space)
        g_string_append_c(text, ' ');
}

static inline void
append_line(GString *text, const TextLine *line)
{
    for (int i = 0; i < line->part_count; i++)
        for (int k = 0; k < line->parts[i].piece_count; k++)
            append_piece(text, &line->parts[i].pieces[k]);
}

/* the line as text; owned */
static inline char *
line_text(const TextLine *line)
{
    GString *text = g_string_new(NULL);
    append_line(text, line);
    return g_string_free(text, FALSE);
}

/* without U+00AD and U+2028 */
static inline char *
plain_text(const char *text)
{
    GString *plain = g_string_new(NULL);
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c < ' ')
            c = ' ';
        if (c != 0x00AD && c != 0x2028)
            g_string_append_unichar(plain, c);
    }
    return g_string_free(plain, FALSE);
}

/* where the ink of a line ends: behind its last part that is not only a
 * hanging space */
static inline Length
line_end(const TextLine *line)
{
    Length end = 0;
    for (int i = 0; i < line->part_count; i++)
        if (line->parts[i].width > 0)
            end = MAX(end, line->parts[i].x + line->parts[i].width);
    return end;
}

static inline int
cluster_count(const TextLine *line)
{
    int count = 0;
    for (int i = 0; i < line->part_count; i++)
        for (int k = 0; k < line->parts[i].piece_count; k++) {
            const GlyphPiece *piece = &line->parts[i].pieces[k];
            if (g_unichar_isspace(g_utf8_get_char(piece->run->text)))
                continue;
            for (int g = piece->first_glyph; g < piece->last_glyph; g++)
                count += g == piece->first_glyph ||
                         piece->run->glyphs[g].cluster !=
                             piece->run->glyphs[g - 1].cluster;
        }
    return count;
}

/* the text of the lines is the text that was added */
static inline void
check_text(const TextLines *lines, const char *input)
{
    GString *read = g_string_new(NULL);
    for (int i = 0; i < lines->line_count; i++)
        append_line(read, &lines->lines[i]);
    g_autofree char *got = plain_text(read->str);
    g_autofree char *wanted = plain_text(input);
    g_assert_cmpstr(got, ==, wanted);
    g_string_free(read, TRUE);
}

/* What must hold of any paragraph: its text can be read back; lines keep to the
 * measure but for one cluster that is wider.  Returns the overfull lines. */
static inline int
check_lines(const TextLines *lines, const ParagraphShape *shape,
            const char *input)
{
    int overfull = 0;
    check_text(lines, input);
    for (int i = 0; i < lines->line_count; i++) {
        const TextLine *line = &lines->lines[i];
        Length indent = i == 0 ? shape->first_indent : 0;
        if (line->overfull) {
            overfull++;
            if (!shape->no_wrap)
                g_assert_cmpint(cluster_count(line), <=,
                                line->hyphenated ? 2 : 1);
            continue;
        }
        /* nothing hangs out by more than half a quotation mark */
        Length hang = shape->protrude ? POINTS(6) : 0;
        g_assert_cmpint(line_end(line), <=, shape->width + hang + 64);
        if (line->part_count > 0)
            g_assert_cmpint(line->parts[0].x, >=, indent - hang - 64);
    }
    return overfull;
}

#endif
