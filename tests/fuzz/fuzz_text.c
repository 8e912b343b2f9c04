/* SPDX-License-Identifier: MIT */
/*
 * libFuzzer target: any bytes are a paragraph.  The first eight choose measure,
 * alignment and style; the rest is the text, where a control character adds an
 * object, an anchor, a leader, a kern or a change of style.  Every paragraph
 * must be set and give its text back.  Run with
 * ASAN_OPTIONS=detect_leaks=0: fontconfig keeps
 * its patterns by relative pointers, which look like leaks.
 *
 * clang -std=gnu11 -g -fsanitize=fuzzer,address,undefined -Isrc -Itests/unit
 *   tests/fuzz/fuzz_text.c src/text/[star].c src/base/arena.c src/base/length.c
 *   $(pkg-config --cflags --libs glib-2.0 gio-2.0 harfbuzz fontconfig pangoft2)
 */
#include "sample_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEAD = 8, STYLES = 4, MOST_TEXT = 4096 };

static TextEngine *engine;
static Paragraph *paragraph;
static const TextStyle *styles[G_N_ELEMENTS(sample_texts)][STYLES];

static void
make_styles(void)
{
    engine = sample_engine();
    paragraph = paragraph_new(engine);
    for (size_t i = 0; i < G_N_ELEMENTS(sample_texts); i++)
        for (int k = 0; k < STYLES; k++) {
            TextStyle style = sample_style(sample_texts[i].language);
            style.weight = k == 1 ? 700 : 400;
            style.features = k == 2 ? TEXT_SMALL_CAPS : 0;
            style.letter_spacing = k == 3 ? POINTS(1) / 2 : 0;
            style.families = k == 1 ? "DejaVu Sans" : style.families;
            styles[i][k] = text_style(engine, &style);
        }
}

/* what a control character stands for; false: text */
static bool
add_special(char c, int tag)
{
    switch (c) {
    case 1:
        paragraph_add_object(paragraph, POINTS(9), tag);
        return true;
    case 2:
        paragraph_add_anchor(paragraph, tag);
        return true;
    case 3:
        paragraph_add_leader(paragraph, 0, POINTS(5), POINTS(90), tag);
        return true;
    case 4:
        paragraph_add_kern(paragraph, POINTS(3), tag);
        return true;
    default:
        return c > 4 && c < 9;
    }
}

static void
add_all(GString *text, const char *valid, int language)
{
    int style = 0, tag = 0;
    for (const char *p = valid; *p != '\0';) {
        const char *end = p;
        while (*end != '\0' && (*end < 1 || *end > 8))
            end = g_utf8_next_char(end);
        if (end > p) {
            paragraph_add_text(paragraph, p, end - p, styles[language][style],
                               tag);
            g_string_append_len(text, p, end - p);
        } else {
            add_special(*p, tag++);
            style = *p > 4 ? *p - 5 : style;
            end = p + 1;
        }
        p = end;
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (engine == NULL)
        make_styles();
    if (size < HEAD || size > HEAD + MOST_TEXT)
        return 0;
    ParagraphShape shape = sample_shape(1 + data[0] * 2);
    shape.align = (TextAlign)(data[1] % 4);
    shape.align_last = (TextAlign)(data[1] / 4 % 4);
    shape.protrude = data[2] & 1;
    shape.expansion = (data[2] & 2) != 0 ? 20 : 0;
    shape.no_wrap = (data[2] & 12) == 12;
    shape.looseness = (data[3] & 3) == 3 ? 1 : 0;
    shape.ladder = data[3] / 4 % 4;
    shape.first_indent = shape.width * (data[4] % 64) / 128;
    char *valid =
        g_utf8_make_valid((const char *)data + HEAD, (gssize)(size - HEAD));
    GString *text = g_string_new(NULL);
    Arena *arena = arena_new();
    paragraph_clear(paragraph);
    add_all(text, valid, data[5] % (int)G_N_ELEMENTS(sample_texts));
    TextLines lines = paragraph_break(paragraph, &shape, arena);
    if (lines.line_count > 0)
        check_text(&lines, text->str);
    g_assert_cmpint(paragraph_minimum_width(paragraph), >=, 0);
    arena_free(arena);
    g_string_free(text, TRUE);
    g_free(valid);
    return 0;
}
