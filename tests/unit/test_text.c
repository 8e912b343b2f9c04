/* SPDX-License-Identifier: MIT */
/* TextEngine and Paragraph: faces, styles, and every kind of thing that can
 * stand in a line.  Random paragraphs are in test_text_fuzz.c. */
#include <hb-ot.h>
#include <pango/pango.h>

#include "sample_text.h"
#include "text/paragraph_parts.h"

typedef struct {
    TextEngine *engine;
    Paragraph *paragraph;
    Arena *arena;
    const TextStyle *style;
} Setting;

static void
set_up(Setting *s, gconstpointer unused)
{
    (void)unused;
    const TextStyle style = sample_style("lt");
    s->engine = sample_engine();
    s->paragraph = paragraph_new(s->engine);
    s->arena = arena_new();
    s->style = text_style(s->engine, &style);
}

static void
tear_down(Setting *s, gconstpointer unused)
{
    (void)unused;
    paragraph_free(s->paragraph);
    arena_free(s->arena);
    text_engine_free(s->engine);
}

static TextLines
set_text(Setting *s, const char *text, const ParagraphShape *shape)
{
    paragraph_clear(s->paragraph);
    paragraph_add_text(s->paragraph, text, -1, s->style, 1);
    TextLines lines = paragraph_break(s->paragraph, shape, s->arena);
    check_lines(&lines, shape, text);
    return lines;
}

static void
assert_line(const TextLine *line, const char *wanted)
{
    g_autofree char *text = line_text(line);
    g_assert_cmpstr(text, ==, wanted);
}

static Length
width_of(Setting *s, const char *text, const TextStyle *style)
{
    paragraph_clear(s->paragraph);
    paragraph_add_text(s->paragraph, text, -1, style, 0);
    return paragraph_maximum_width(s->paragraph);
}

/* ---- engine ---- */

static void
test_faces(Setting *s, gconstpointer unused)
{
    (void)unused;
    const FontFace *face = text_style_face(s->engine, s->style);
    g_assert_cmpstr(face->family, ==, "Linux Libertine O");
    g_assert_true(g_str_has_suffix(face->file, "/LinLibertine_R.otf"));
    g_assert_cmpint(face->weight, ==, 400);
    g_assert_false(face->italic);
    g_assert_cmpint(face->units_per_em, ==, 1000);
    g_assert_cmpint(face->ascender, >, 0);
    g_assert_cmpint(face->descender, <, 0);
    g_assert_cmpint(face->cap_height, >, face->x_height);
    g_assert_cmpint(face->underline_position, <, 0);
    g_assert_cmpint(face->hyphen_advance, >, 0);

    TextStyle style = *s->style;
    style.weight = 700;
    style.italic = true;
    face = text_style_face(s->engine, &style);
    g_assert_true(g_str_has_suffix(face->file, "/LinLibertine_RBI.otf"));
    const GPtrArray *faces = text_engine_faces(s->engine);
    g_assert_cmpint(faces->len, ==, 2); /* no fallback was needed */
    for (guint i = 0; i < faces->len; i++)
        g_assert_cmpint(((FontFace *)g_ptr_array_index(faces, i))->id, ==,
                        (int)i);
}

static void
test_families(Setting *s, gconstpointer unused)
{
    (void)unused;
    TextStyle style = *s->style;
    style.families = "No Such Font, 'Linux Biolinum O', serif";
    g_assert_true(text_style_found(s->engine, &style));
    g_assert_cmpstr(text_style_face(s->engine, &style)->family, ==,
                    "Linux Biolinum O");
    style.families = "No Such Font";
    g_assert_false(text_style_found(s->engine, &style));
    g_assert_cmpstr(text_style_face(s->engine, &style)->family, ==,
                    "DejaVu Sans");
    /* not the condensed one, although the family has both */
    style.families = "DejaVu Sans";
    style.weight = 600;
    g_assert_true(g_str_has_suffix(text_style_face(s->engine, &style)->file,
                                   "/DejaVuSans-Bold.ttf"));
}

static void
test_styles(Setting *s, gconstpointer unused)
{
    (void)unused;
    TextStyle style = sample_style("lt");
    g_assert_true(text_style(s->engine, &style) == s->style);
    g_autofree char *families = g_strdup(style.families);
    style.families = families; /* equal, elsewhere */
    g_assert_true(text_style(s->engine, &style) == s->style);
    style.size++;
    g_assert_true(text_style(s->engine, &style) != s->style);
    style.language = NULL;
    g_assert_cmpstr(text_style(s->engine, &style)->language, ==, "");
}

static void
test_no_fonts(void)
{
    GError *error = NULL;
    const char *const nowhere[] = {"/no/such/font.otf", NULL};
    const TextOptions missing = {.font_paths = nowhere};
    g_assert_null(text_engine_new(&missing, &error));
    g_assert_nonnull(strstr(error->message, "/no/such/font.otf"));
    g_clear_error(&error);
    const TextOptions none = {NULL, NULL, NULL, NULL};
    g_assert_null(text_engine_new(&none, &error));
    g_assert_nonnull(error);
    g_clear_error(&error);
}

/* ---- lines ---- */

static void
test_samples(Setting *s, gconstpointer unused)
{
    (void)unused;
    static const double widths[] = {345, 240, 160, 60};
    for (size_t i = 0; i < G_N_ELEMENTS(sample_texts); i++) {
        const TextStyle style = sample_style(sample_texts[i].language);
        s->style = text_style(s->engine, &style);
        for (size_t k = 0; k < G_N_ELEMENTS(widths); k++) {
            ParagraphShape shape = sample_shape(widths[k]);
            shape.protrude = false;
            TextLines lines = set_text(s, sample_texts[i].text, &shape);
            for (int n = 0; n + 1 < lines.line_count; n++) {
                g_assert_false(lines.lines[n].overfull);
                if (widths[k] > 100) /* full lines end at the measure */
                    g_assert_cmpint(
                        ABS(line_end(&lines.lines[n]) - shape.width), <=, 64);
            }
            g_assert_cmpint(paragraph_missing_glyphs(s->paragraph)->len, ==, 0);
        }
    }
    TextStatistics statistics = text_engine_statistics(s->engine);
    g_assert_cmpint(statistics.paragraphs, ==, 20);
    g_assert_cmpint(statistics.words, >, statistics.misses);
}

static void
test_empty(Setting *s, gconstpointer unused)
{
    (void)unused;
    const ParagraphShape shape = sample_shape(100);
    g_assert_cmpint(paragraph_break(s->paragraph, &shape, s->arena).line_count,
                    ==, 0);
    paragraph_add_text(s->paragraph, "", -1, s->style, 0);
    paragraph_add_text(s->paragraph, "   ", -1, s->style, 0);
    g_assert_cmpint(paragraph_break(s->paragraph, &shape, s->arena).line_count,
                    ==, 0);
    g_assert_cmpint(paragraph_minimum_width(s->paragraph), ==, 0);
    paragraph_clear(s->paragraph);
    paragraph_add_anchor(s->paragraph, 5);
    TextLines lines = paragraph_break(s->paragraph, &shape, s->arena);
    g_assert_cmpint(lines.line_count, ==, 1);
    g_assert_cmpint(lines.lines[0].parts[0].kind, ==, LINE_ANCHOR);
}

static void
test_spaces_that_hold(Setting *s, gconstpointer unused)
{
    (void)unused;
    /* wherever the lines end, the number keeps its unit */
    for (int width = 60; width < 200; width += 7) {
        ParagraphShape shape = sample_shape(width);
        TextLines lines =
            set_text(s, "Bauda sudaro 10\u00A0000 eurų arba 25\u202F%, o 5–10 "
                        "m. bausmė – „laisvės atėmimas“ ; taip / ne",
                     &shape);
        for (int i = 0; i < lines.line_count; i++) {
            g_autofree char *text = line_text(&lines.lines[i]);
            g_assert_false(g_str_has_suffix(text, "10\u00A0"));
            g_assert_false(g_str_has_suffix(text, "25\u202F"));
            g_assert_false(g_str_has_suffix(text, "5–"));
            g_assert_false(g_str_has_prefix(text, ";"));
            g_assert_false(g_str_has_prefix(text, "/"));
        }
    }
    /* U+00A0 stretches as a space does */
    ParagraphShape shape = sample_shape(80);
    shape.align_last = TEXT_JUSTIFY;
    shape.expansion = 0;
    TextLines lines = set_text(s, "a\u00A0b c", &shape);
    const LinePart *part = &lines.lines[0].parts[0];
    g_assert_cmpint(part->piece_count, ==, 4); /* the plain space is b's */
    const GlyphPiece *b = &part->pieces[2];
    g_assert_true(b->has_space);
    Length first = b->x - part->pieces[1].x;
    Length second = part->pieces[3].x - b->x -
                    length_scale(part->size, b->run->width,
                                 part->face->units_per_em);
    g_assert_cmpint(ABS(first - second), <=, 1);
    g_assert_cmpint(first, >, POINTS(20));
}

static void
test_soft_hyphens(Setting *s, gconstpointer unused)
{
    (void)unused;
    ParagraphShape shape = sample_shape(92);
    /* divided there and nowhere else, also where patterns know better and even
     * in text that is not hyphenated */
    TextStyle style = *s->style;
    style.hyphenate = false;
    s->style = text_style(s->engine, &style);
    TextLines lines = set_text(s, "Žodis nepriklauso\u00ADmybė", &shape);
    g_assert_cmpint(lines.line_count, ==, 2);
    assert_line(&lines.lines[0], "Žodis nepriklauso\u00AD");
    assert_line(&lines.lines[1], "mybė");
    g_assert_true(lines.lines[0].hyphenated);
    shape = sample_shape(300);
    lines = set_text(s, "nepriklauso\u00ADmybė", &shape);
    assert_line(&lines.lines[0], "nepriklausomybė");
    g_assert_false(lines.lines[0].hyphenated);
}

static void
test_forced_lines(Setting *s, gconstpointer unused)
{
    (void)unused;
    ParagraphShape shape = sample_shape(300);
    shape.first_indent = POINTS(20);
    TextLines lines =
        set_text(s, "pirma\u2028antra \u2028\u2028ketvirta\u2028", &shape);
    g_assert_cmpint(lines.line_count, ==, 4);
    assert_line(&lines.lines[0], "pirma");
    assert_line(&lines.lines[1], "antra ");
    assert_line(&lines.lines[2], "");
    assert_line(&lines.lines[3], "ketvirta");
    g_assert_cmpint(lines.lines[0].parts[0].x, ==, POINTS(20));
    g_assert_cmpint(lines.lines[1].parts[0].x, ==, 0);
    /* ends where the line does, not stretched */
    g_assert_cmpint(line_end(&lines.lines[1]), <, POINTS(50));
}

static void
test_styles_in_a_word(Setting *s, gconstpointer unused)
{
    (void)unused;
    TextStyle style = *s->style;
    style.weight = 700;
    const TextStyle *bold = text_style(s->engine, &style);
    ParagraphShape shape = sample_shape(62);
    paragraph_add_text(s->paragraph, "Ši nepri", -1, s->style, 1);
    paragraph_add_text(s->paragraph, "klauso", -1, bold, 2);
    paragraph_add_anchor(s->paragraph, 3);
    paragraph_add_text(s->paragraph, "mybė.", -1, s->style, 4);
    TextLines lines = paragraph_break(s->paragraph, &shape, s->arena);
    check_lines(&lines, &shape, "Ši nepriklausomybė.");
    for (int i = 0; i + 1 < lines.line_count; i++)
        g_assert_true(lines.lines[i].hyphenated);
    /* at the very border of the styles */
    assert_line(&lines.lines[0], "Ši nepriklauso\u00AD");
    g_assert_cmpint(lines.lines[0].parts[1].tag, ==, 2);
    g_assert_true(lines.lines[0].parts[1].style == bold);
    assert_line(&lines.lines[1], "mybė.");
    shape.width = POINTS(55);
    lines = paragraph_break(s->paragraph, &shape, s->arena);
    assert_line(&lines.lines[0], "Ši nepriklau\u00AD"); /* inside the bold */
}

static void
test_small_capitals(Setting *s, gconstpointer unused)
{
    (void)unused;
    TextStyle style = *s->style;
    style.features = TEXT_SMALL_CAPS;
    const ParagraphShape shape = sample_shape(300);
    const char *text = "Žmogus 12";
    s->style = text_style(s->engine, &style);
    TextLines lines = set_text(s, text, &shape);
    g_assert_cmpint(lines.lines[0].part_count, ==, 1); /* real ones */
    g_assert_cmpint(lines.lines[0].parts[0].size, ==, POINTS(10));
    const TextStyle plain = sample_style("lt");
    Length small = paragraph_maximum_width(s->paragraph);
    g_assert_cmpint(small, !=,
                    width_of(s, text, text_style(s->engine, &plain)));
    style.families = "DejaVu Sans"; /* has none: capitals of 80 % */
    s->style = text_style(s->engine, &style);
    lines = set_text(s, text, &shape);
    g_assert_cmpint(lines.lines[0].part_count, ==, 3);
    g_assert_cmpint(lines.lines[0].parts[0].size, ==, POINTS(10));
    g_assert_cmpint(lines.lines[0].parts[1].size, ==, POINTS(8));
    g_assert_cmpint(lines.lines[0].parts[2].size, ==, POINTS(10));
    g_assert_cmpint(lines.lines[0].parts[1].x, ==,
                    lines.lines[0].parts[0].x + lines.lines[0].parts[0].width);
}

static void
test_figures(Setting *s, gconstpointer unused)
{
    (void)unused;
    TextStyle style = *s->style;
    Length lining = width_of(s, "2006", s->style);
    style.features = TEXT_OLD_STYLE;
    GString *plain = g_string_new(NULL), *old = g_string_new(NULL);
    const TextStyle *styles[] = {s->style, text_style(s->engine, &style)};
    GString *glyphs[] = {plain, old};
    const ParagraphShape shape = sample_shape(300);
    for (int i = 0; i < 2; i++) {
        s->style = styles[i];
        TextLines lines = set_text(s, "2006", &shape);
        const GlyphRun *run = lines.lines[0].parts[0].pieces[0].run;
        for (int k = 0; k < run->glyph_count; k++)
            g_string_append_printf(glyphs[i], "%d ", run->glyphs[k].index);
    }
    g_assert_cmpstr(plain->str, !=, old->str);
    g_assert_cmpint(lining, >, 0);
    g_string_free(plain, TRUE);
    g_string_free(old, TRUE);
}

static void
test_letter_spacing(Setting *s, gconstpointer unused)
{
    (void)unused;
    TextStyle style = *s->style;
    Length plain = width_of(s, "raidės", s->style);
    style.letter_spacing = POINTS(2);
    Length spaced = width_of(s, "raidės", text_style(s->engine, &style));
    g_assert_cmpint(spaced, >=, plain + 6 * POINTS(2) - POINTS(1));
    /* a ligature would be one cluster */
    g_assert_cmpint(width_of(s, "ffi", text_style(s->engine, &style)), >,
                    width_of(s, "ffi", s->style) + 5 * POINTS(1));
}

static void
test_objects_and_leaders(Setting *s, gconstpointer unused)
{
    (void)unused;
    ParagraphShape shape = sample_shape(200);
    shape.align_last = TEXT_START;
    shape.last_end_indent = POINTS(-30);
    paragraph_add_text(s->paragraph, "Įvadas ", -1, s->style, 1);
    paragraph_add_leader(s->paragraph, 0, POINTS(12), POINTS(200), 2);
    paragraph_add_kern(s->paragraph, POINTS(5), 3);
    paragraph_add_text(s->paragraph, "7", -1, s->style, 4);
    paragraph_add_object(s->paragraph, POINTS(10), 5);
    TextLines lines = paragraph_break(s->paragraph, &shape, s->arena);
    g_assert_cmpint(lines.line_count, ==, 1);
    const TextLine *line = &lines.lines[0];
    g_assert_cmpint(line->part_count, ==, 4);
    g_assert_cmpint(line->parts[1].kind, ==, LINE_LEADER);
    g_assert_cmpint(line->parts[2].tag, ==, 4);
    g_assert_cmpint(line->parts[3].kind, ==, LINE_OBJECT);
    g_assert_cmpint(line->parts[3].width, ==, POINTS(10));
    g_assert_cmpint(line_end(line), ==, POINTS(230));
    g_assert_cmpint(line->parts[2].x, ==,
                    line->parts[1].x + line->parts[1].width + POINTS(5));
    g_assert_cmpint(paragraph_maximum_width(s->paragraph), ==,
                    line->natural_width);
}

static void
test_anchors(Setting *s, gconstpointer unused)
{
    (void)unused;
    ParagraphShape shape = sample_shape(40);
    paragraph_add_text(s->paragraph, "žmogus", -1, s->style, 1);
    paragraph_add_anchor(s->paragraph, 2);
    paragraph_add_text(s->paragraph, " ", -1, s->style, 1);
    paragraph_add_anchor(s->paragraph, 3);
    paragraph_add_text(s->paragraph, "laisvas", -1, s->style, 1);
    TextLines lines = paragraph_break(s->paragraph, &shape, s->arena);
    g_assert_cmpint(lines.line_count, ==, 2);
    const TextLine *line = &lines.lines[0];
    int anchors = 0;
    for (int i = 0; i < line->part_count; i++)
        if (line->parts[i].kind == LINE_ANCHOR) {
            g_assert_cmpint(line->parts[i].width, ==, 0);
            g_assert_cmpint(line->parts[i].x, ==, line_end(line));
            anchors++;
        }
    g_assert_cmpint(anchors, ==, 2);
}

static void
test_alignment(Setting *s, gconstpointer unused)
{
    (void)unused;
    static const TextAlign aligns[] = {TEXT_START, TEXT_END, TEXT_CENTER};
    for (size_t i = 0; i < G_N_ELEMENTS(aligns); i++) {
        ParagraphShape shape = {.width = POINTS(150),
                                .align = aligns[i],
                                .align_last = aligns[i]};
        TextLines lines = set_text(s, sample_texts[0].text, &shape);
        for (int k = 0; k < lines.line_count; k++) {
            const TextLine *line = &lines.lines[k];
            Length left = line->parts[0].x, end = line_end(line);
            Length right = shape.width - end;
            g_assert_cmpint(ABS(end - left - line->natural_width), <=, 64);
            if (aligns[i] == TEXT_START)
                g_assert_cmpint(left, ==, 0);
            else if (aligns[i] == TEXT_END)
                g_assert_cmpint(ABS(right), <=, 64);
            else
                g_assert_cmpint(ABS(left - right), <=, 64);
        }
    }
}

static void
test_no_wrap(Setting *s, gconstpointer unused)
{
    (void)unused;
    ParagraphShape shape = sample_shape(50);
    shape.no_wrap = true;
    TextLines lines =
        set_text(s, "    if (laikas == 0)\u2028        return;", &shape);
    g_assert_cmpint(lines.line_count, ==, 2);
    assert_line(&lines.lines[0], "    if (laikas == 0)");
    assert_line(&lines.lines[1], "        return;");
    g_assert_true(lines.lines[0].overfull);
}

static void
test_looseness_and_ladder(Setting *s, gconstpointer unused)
{
    (void)unused;
    const char *text = sample_texts[0].text;
    ParagraphShape shape = sample_shape(345);
    int best = set_text(s, text, &shape).line_count;
    shape.looseness = 1;
    g_assert_cmpint(set_text(s, text, &shape).line_count, >=, best);
    g_assert_cmpint(set_text(s, text, &shape).line_count, <=, best + 1);
    shape = sample_shape(110);
    shape.expansion = 0;
    shape.ladder = 1;
    TextLines lines = set_text(s, text, &shape);
    for (int i = 1; i < lines.line_count; i++)
        g_assert_false(lines.lines[i].hyphenated &&
                       lines.lines[i - 1].hyphenated);
}

static void
test_narrow(Setting *s, gconstpointer unused)
{
    (void)unused;
    ParagraphShape shape = sample_shape(90);
    TextLines lines = set_text(
        s, "Adresas https://www.migracija.lt/pagalba/nukentejusiems?id=47",
        &shape);
    for (int i = 0; i < lines.line_count; i++) {
        g_autofree char *text = line_text(&lines.lines[i]);
        g_assert_false(lines.lines[i].overfull);
        g_assert_false(lines.lines[i].hyphenated);
        if (i > 0 && i + 1 < lines.line_count)
            g_assert_nonnull(strchr("/.?=-", text[strlen(text) - 1]));
    }
    /* wider than a letter is nothing */
    shape = sample_shape(4);
    lines = set_text(s, "MM", &shape);
    g_assert_cmpint(lines.line_count, ==, 2);
    g_assert_true(lines.lines[0].overfull);
}

static void
test_widths(Setting *s, gconstpointer unused)
{
    (void)unused;
    Length word = width_of(s, "žmogus", s->style);
    TextStyle style = *s->style;
    style.hyphenate = false;
    const TextStyle *whole = text_style(s->engine, &style);
    width_of(s, "ir žmogus jis", whole);
    g_assert_cmpint(paragraph_minimum_width(s->paragraph), ==, word);
    width_of(s, "ir žmogus jis", s->style);
    g_assert_cmpint(paragraph_minimum_width(s->paragraph), <, word);
    width_of(s, "ilga eilutė čia\u2028trumpa", s->style);
    Length both = paragraph_maximum_width(s->paragraph);
    g_assert_cmpint(both, ==, width_of(s, "ilga eilutė čia", s->style));
}

/* ---- fallback ---- */

static void
test_fallback(Setting *s, gconstpointer unused)
{
    (void)unused;
    const ParagraphShape shape = sample_shape(300);
    TextLines lines = set_text(s, "taip☐ ne", &shape);
    g_assert_cmpint(lines.lines[0].part_count, ==, 3);
    g_assert_cmpstr(lines.lines[0].parts[1].face->family, ==, "DejaVu Sans");
    g_assert_cmpint(paragraph_missing_glyphs(s->paragraph)->len, ==, 0);

    paragraph_clear(s->paragraph);
    paragraph_add_text(s->paragraph, "aš\u00AD汉 ", -1, s->style, 4);
    paragraph_add_text(s->paragraph, "ir ", -1, s->style, 5);
    paragraph_add_text(s->paragraph, "字", -1, s->style, 4);
    paragraph_break(s->paragraph, &shape, s->arena);
    const GArray *missing = paragraph_missing_glyphs(s->paragraph);
    g_assert_cmpint(missing->len, ==, 2);
    const MissingGlyph *first = &g_array_index(missing, MissingGlyph, 0);
    const MissingGlyph *second = &g_array_index(missing, MissingGlyph, 1);
    g_assert_cmpint(first->character, ==, 0x6C49);
    g_assert_cmpint(first->tag, ==, 4);
    g_assert_cmpint(first->offset, ==, strlen("aš\u00AD"));
    g_assert_cmpint(second->offset, ==, strlen("aš\u00AD汉 "));
}

static void
test_other_scripts(Setting *s, gconstpointer unused)
{
    (void)unused;
    /* Greek in a Latin word, right-to-left words, marks, joiners */
    static const char *const texts[] = {
        "αβγ-testas", "tekstas שלום עולם čia", "مرحبا بالعالم",
        "Žmo\u0303gus u\u0304\u0303", "a\u200Db\u200Cc\u2060d\u200Be",
        "\U0001F600 šypsena", "\u0301pradžia",
        /* halves of it have other directions than the whole */
        "ם-s/\uFFFDש+", "שs-\uFFFDם/ש", "/sש:-ם\uFFFD",
    };
    TextStyle style = *s->style;
    style.families = "DejaVu Sans";
    const TextStyle *styles[] = {s->style, text_style(s->engine, &style)};
    for (size_t i = 0; i < 2 * G_N_ELEMENTS(texts); i++)
        for (int width = 4; width < 120; width++) {
            s->style = styles[i % 2];
            ParagraphShape shape = sample_shape(width);
            shape.protrude = false;
            paragraph_clear(s->paragraph);
            paragraph_add_text(s->paragraph, texts[i / 2], -1, s->style, 1);
            TextLines lines = paragraph_break(s->paragraph, &shape, s->arena);
            check_text(&lines, texts[i / 2]);
        }
}

static void
test_long_words(Setting *s, gconstpointer unused)
{
    (void)unused;
    GString *text = g_string_new(NULL);
    for (int i = 0; i < 3000; i++)
        g_string_append(text, i % 7 == 0 ? "ž" : "o");
    g_string_append_c(text, '.');
    const ParagraphShape shape = sample_shape(345);
    TextLines lines = set_text(s, text->str, &shape);
    g_assert_cmpint(lines.line_count, >, 10);
    for (int i = 0; i < lines.line_count; i++)
        g_assert_false(lines.lines[i].overfull);
    g_string_free(text, TRUE);
}

/* whatever stands in a row a hundred thousand times must end in time */
static void
test_monsters(Setting *s, gconstpointer unused)
{
    (void)unused;
    static const char *const units[] = {
        "a-", "o\u00AD", "\u200B", "\u00A0", "a1", "ffi", "汉", "e\u0301",
        "\u202F1", "a/", " ", "-", "שa", "\u2028",
    };
    TextStyle style = *s->style;
    style.weight = 700;
    const TextStyle *bold = text_style(s->engine, &style);
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++)
        for (int styles = 1; styles <= 2; styles++) {
            GString *text = g_string_new(NULL);
            gint64 start = g_get_monotonic_time();
            g_autoptr(Arena) arena = arena_new();
            paragraph_clear(s->paragraph);
            for (int k = 0; k < 100000 / styles; k++) {
                g_string_append(text, units[i]);
                if (styles == 2)
                    paragraph_add_text(s->paragraph, units[i], -1,
                                       k % 2 == 0 ? s->style : bold, k % 2);
            }
            if (styles == 1)
                paragraph_add_text(s->paragraph, text->str, -1, s->style, 0);
            const ParagraphShape shape = sample_shape(200);
            TextLines lines = paragraph_break(s->paragraph, &shape, arena);
            if (lines.line_count > 0)
                check_lines(&lines, &shape, text->str);
            double seconds =
                (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC;
            g_test_message("'%s' in %d styles: %.2f s", units[i], styles,
                           seconds);
            g_assert_cmpfloat(seconds, <, 20);
            g_string_free(text, TRUE);
        }
}

/* ---- against Pango and HarfBuzz on whole paragraphs ---- */

/* byte offsets at which a line may begin: by Pango, but for ranges of numbers
 * ("5–10") and what begins with a hyphen; by us, without hyphenation */
static void
test_breaks_like_pango(Setting *s, gconstpointer unused)
{
    (void)unused;
    static const char *const others[] = {
        "Taip – „ne“ (gal) ! Ir/arba, anti-toks 5–10 m., 113-4290 ; [a] ?",
        "vienas—du trys…keturi 8-asis § 147¹ 10\u00A0% a/b http://x.lt/y?z=1",
        "( skliaustai ) „ kabutės “ € 100 100 € Nr. 5 t. y. 2006-05-12",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(sample_texts) + G_N_ELEMENTS(others);
         i++) {
        size_t samples = G_N_ELEMENTS(sample_texts);
        const char *text =
            i < samples ? sample_texts[i].text : others[i - samples];
        TextStyle style =
            sample_style(i < samples ? sample_texts[i].language : "lt");
        style.hyphenate = false;
        const ParagraphShape shape = {.align = TEXT_START};
        width_of(s, text, text_style(s->engine, &style));
        paragraph_find_candidates(s->paragraph, &shape);
        GString *got = g_string_new(NULL), *wanted = g_string_new(NULL);
        for (guint k = 0; k + 1 < s->paragraph->candidates->len; k++) {
            const Candidate *at = paragraph_candidate(s->paragraph, (int)k);
            const Item *next = paragraph_item(s->paragraph, at->next_item);
            g_string_append_printf(got, "%u ",
                                   next->start +
                                       (at->at == NULL ? 0 : at->at->offset));
        }
        int count = (int)g_utf8_strlen(text, -1);
        g_autofree gunichar *c = g_utf8_to_ucs4_fast(text, -1, NULL);
        g_autofree PangoLogAttr *attributes =
            g_new0(PangoLogAttr, (gsize)count + 1);
        pango_get_log_attrs(text, -1, 0,
                            pango_language_from_string(style.language),
                            attributes, count + 1);
        for (int k = 1; k < count; k++) {
            bool range = k > 1 && g_unichar_isdigit(c[k]) &&
                         g_unichar_isdigit(c[k - 2]) && c[k - 1] != ' ';
            if (attributes[k].is_line_break && !range)
                g_string_append_printf(
                    wanted, "%d ",
                    (int)(g_utf8_offset_to_pointer(text, k) - text));
        }
        g_assert_cmpstr(got->str, ==, wanted->str);
        g_string_free(got, TRUE);
        g_string_free(wanted, TRUE);
    }
}

static void
test_widths_like_harfbuzz(Setting *s, gconstpointer unused)
{
    (void)unused;
    static const struct {
        const char *family;
        int weight;
        bool italic;
    } faces[] = {{"Linux Libertine O", 400, false},
                 {"Linux Libertine O", 400, true},
                 {"Linux Libertine O", 700, false},
                 {"Linux Libertine O", 700, true},
                 {"Linux Biolinum O", 400, false},
                 {"Linux Biolinum O", 400, true},
                 {"Linux Biolinum O", 700, false},
                 {"Linux Libertine Mono O", 400, false},
                 {"DejaVu Sans", 400, false},
                 {"DejaVu Serif", 700, false}};
    for (size_t f = 0; f < G_N_ELEMENTS(faces); f++)
        for (size_t i = 0; i < G_N_ELEMENTS(sample_texts); i++) {
            TextStyle style = sample_style(sample_texts[i].language);
            style.families = faces[f].family;
            style.weight = faces[f].weight;
            style.italic = faces[f].italic;
            const TextStyle *made = text_style(s->engine, &style);
            const FontFace *face = text_style_face(s->engine, made);
            hb_blob_t *blob = hb_blob_create_from_file(face->file);
            hb_face_t *hb_face = hb_face_create(blob, 0);
            hb_font_t *font = hb_font_create(hb_face);
            hb_buffer_t *buffer = hb_buffer_create();
            hb_buffer_add_utf8(buffer, sample_texts[i].text, -1, 0, -1);
            hb_buffer_guess_segment_properties(buffer);
            hb_buffer_set_language(
                buffer, hb_language_from_string(style.language, -1));
            hb_shape(font, buffer, NULL, 0);
            unsigned count;
            const hb_glyph_position_t *positions =
                hb_buffer_get_glyph_positions(buffer, &count);
            const hb_glyph_info_t *infos =
                hb_buffer_get_glyph_infos(buffer, &count);
            int64_t units = 0;
            bool missing = false; /* Mono has no Cyrillic */
            for (unsigned k = 0; k < count; k++) {
                units += positions[k].x_advance;
                missing |= infos[k].codepoint == 0;
            }
            Length whole =
                length_scale(units, style.size, face->units_per_em);
            Length words = width_of(s, sample_texts[i].text, made);
            /* each of some 100 words and spaces is rounded */
            if (!missing)
                g_assert_cmpint(ABS(whole - words), <=, 200);
            hb_buffer_destroy(buffer);
            hb_font_destroy(font);
            hb_face_destroy(hb_face);
            hb_blob_destroy(blob);
        }
}

int
main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*run)(Setting *, gconstpointer);
    } tests[] = {
        {"/text/faces", test_faces},
        {"/text/families", test_families},
        {"/text/styles", test_styles},
        {"/text/samples", test_samples},
        {"/text/empty", test_empty},
        {"/text/spaces-that-hold", test_spaces_that_hold},
        {"/text/soft-hyphens", test_soft_hyphens},
        {"/text/forced-lines", test_forced_lines},
        {"/text/styles-in-a-word", test_styles_in_a_word},
        {"/text/small-capitals", test_small_capitals},
        {"/text/figures", test_figures},
        {"/text/letter-spacing", test_letter_spacing},
        {"/text/objects-and-leaders", test_objects_and_leaders},
        {"/text/anchors", test_anchors},
        {"/text/alignment", test_alignment},
        {"/text/no-wrap", test_no_wrap},
        {"/text/looseness-and-ladder", test_looseness_and_ladder},
        {"/text/narrow", test_narrow},
        {"/text/widths", test_widths},
        {"/text/fallback", test_fallback},
        {"/text/other-scripts", test_other_scripts},
        {"/text/long-words", test_long_words},
        {"/text/monsters", test_monsters},
        {"/text/breaks-like-pango", test_breaks_like_pango},
        {"/text/widths-like-harfbuzz", test_widths_like_harfbuzz},
    };
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add(tests[i].name, Setting, NULL, set_up, tests[i].run,
                   tear_down);
    g_test_add_func("/text/no-fonts", test_no_fonts);
    return g_test_run();
}
