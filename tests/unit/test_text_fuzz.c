/* SPDX-License-Identifier: MIT */
/* Random paragraphs and measures: every one is set, no line sticks out, and the
 * text of the lines is the text that was put in. */
#include <inttypes.h>

#include "sample_text.h"

enum { PARAGRAPHS = 20000 };

typedef struct {
    Paragraph *paragraph;
    const TextStyle *styles[4];
    GString *text;
} Random;

/* a few words of a sample, spaces now and then glued or doubled, soft hyphens
 * and forced lines strewn in */
static void
add_random_text(Random *random, GRand *rand, const char *sample)
{
    GString *text = g_string_new(NULL);
    g_auto(GStrv) words = g_strsplit(sample, " ", -1);
    int count = (int)g_strv_length(words);
    int start = g_rand_int_range(rand, 0, count);
    int length = g_rand_int_range(rand, 1, count);
    bool glue = g_rand_int_range(rand, 0, 4) == 0;
    for (int i = 0; i < length; i++) {
        const char *word = words[(start + i) % count];
        if (i > 0) {
            int kind = g_rand_int_range(rand, 0, glue ? 4 : 60);
            g_string_append(text, kind == 0   ? "_"
                                  : kind == 1 ? "\u00A0"
                                  : kind == 2 ? "\u202F"
                                  : kind == 5 ? "  "
                                  : kind == 6 ? "\u2028"
                                              : " ");
        }
        g_string_append(text, word);
        if (g_rand_int_range(rand, 0, 80) == 0)
            g_string_append(text, "\u00ADdalis");
    }
    g_string_append(random->text, text->str);
    for (const char *p = text->str; *p != '\0';) {
        const char *end = p;
        int characters = g_rand_int_range(rand, 1, 200);
        while (*end != '\0' && characters-- > 0)
            end = g_utf8_next_char(end);
        paragraph_add_text(random->paragraph, p, end - p,
                           random->styles[g_rand_int_range(rand, 0, 4)],
                           g_rand_int_range(rand, 0, 3));
        if (g_rand_int_range(rand, 0, 6) == 0)
            paragraph_add_anchor(random->paragraph, 7);
        p = end;
    }
    g_string_free(text, TRUE);
}

static ParagraphShape
random_shape(GRand *rand)
{
    bool tiny = g_rand_int_range(rand, 0, 20) == 0;
    ParagraphShape shape = sample_shape(tiny
                                            ? g_rand_double_range(rand, 3, 15)
                                            : g_rand_double_range(rand, 15, 500));
    shape.align = (TextAlign)g_rand_int_range(rand, 0, 4);
    shape.align_last = (TextAlign)g_rand_int_range(rand, 0, 4);
    shape.protrude = g_rand_boolean(rand);
    shape.expansion = g_rand_boolean(rand) ? 20 : 0;
    shape.ladder = g_rand_int_range(rand, 0, 4);
    shape.looseness =
        g_rand_int_range(rand, 0, 5) == 0 ? g_rand_int_range(rand, -1, 2) : 0;
    if (g_rand_boolean(rand))
        shape.first_indent = (Length)(g_rand_double(rand) * 0.3 *
                                      (double)shape.width);
    return shape;
}

static void
test_random_paragraphs(void)
{
    const char *many = g_getenv("TEXT_FUZZ");
    int paragraphs = many == NULL ? PARAGRAPHS : atoi(many);
    g_autoptr(TextEngine) engine = sample_engine();
    g_autoptr(Paragraph) paragraph = paragraph_new(engine);
    GRand *rand = g_rand_new_with_seed(20060512);
    Random random = {.paragraph = paragraph, .text = g_string_new(NULL)};
    int64_t lines = 0, overfull = 0;
    for (int i = 0; i < paragraphs; i++) {
        int sample = g_rand_int_range(rand, 0, G_N_ELEMENTS(sample_texts));
        for (int k = 0; k < 4; k++) {
            TextStyle style = sample_style(sample_texts[sample].language);
            style.weight = k == 1 ? 700 : 400;
            style.features = k == 2 ? TEXT_SMALL_CAPS : 0;
            style.letter_spacing = k == 3 ? POINTS(1) / 4 : 0;
            random.styles[k] = text_style(engine, &style);
        }
        g_autoptr(Arena) arena = arena_new();
        paragraph_clear(paragraph);
        g_string_truncate(random.text, 0);
        add_random_text(&random, rand, sample_texts[sample].text);
        ParagraphShape shape = random_shape(rand);
        TextLines result = paragraph_break(paragraph, &shape, arena);
        g_assert_cmpint(result.line_count, >, 0);
        overfull += check_lines(&result, &shape, random.text->str);
        lines += result.line_count;
    }
    g_test_message("%d paragraphs, %" PRId64 " lines, %" PRId64
                   " of one cluster wider than the measure",
                   paragraphs, lines, overfull);
    g_string_free(random.text, TRUE);
    g_rand_free(rand);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/fuzz", test_random_paragraphs);
    return g_test_run();
}
