/* SPDX-License-Identifier: MIT */
/*
 * usage: bench_text FILE LANGUAGE [WIDTH_PT]
 * Sets a text file, a paragraph on each line, cold and warm, and prints one
 * machine-readable line for speed and one for the quality of the lines.
 * A page is 60 lines.  Not a part of any check: figures depend on the machine.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "text/paragraph.h"

enum { LINES_PER_PAGE = 60 };

typedef struct {
    int64_t lines, full, hyphens, pairs, over_1, over_25, overfull;
    double milliseconds;
} Result;

static double
cpu_milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void
count_lines(const TextLines *lines, Result *result)
{
    for (int i = 0; i < lines->line_count; i++) {
        const TextLine *line = &lines->lines[i];
        double ratio = line->stretch / 65536.0;
        result->lines++;
        result->full += i + 1 < lines->line_count;
        result->hyphens += line->hyphenated;
        result->pairs +=
            i > 0 && line->hyphenated && lines->lines[i - 1].hyphenated;
        result->over_1 += ratio > 1;
        result->over_25 += ratio > 2.5;
        result->overfull += line->overfull;
    }
}

static Result
set_all(Paragraph *paragraph, char **texts, const TextStyle *style,
        const ParagraphShape *shape)
{
    Result result = {0};
    g_autoptr(Arena) arena = arena_new();
    double start = cpu_milliseconds();
    for (int i = 0; texts[i] != NULL; i++) {
        paragraph_clear(paragraph);
        paragraph_add_text(paragraph, texts[i], -1, style, 0);
        TextLines lines = paragraph_break(paragraph, shape, arena);
        count_lines(&lines, &result);
    }
    result.milliseconds = cpu_milliseconds() - start;
    return result;
}

int
main(int argc, char **argv)
{
    g_autofree char *bytes = NULL;
    gsize length;
    if (argc < 3 || !g_file_get_contents(argv[1], &bytes, &length, NULL)) {
        fprintf(stderr, "usage: bench_text FILE LANGUAGE [WIDTH_PT]\n");
        return 2;
    }
    const char *const fonts[] = {"/usr/share/fonts/opentype/linux-libertine",
                                 "/usr/share/fonts/truetype/dejavu", NULL};
    const char *const fallbacks[] = {"DejaVu Sans", NULL};
    const TextOptions options = {.font_paths = fonts,
                                 .fallback_families = fallbacks};
    double start = cpu_milliseconds();
    g_autoptr(TextEngine) engine = text_engine_new(&options, NULL);
    const TextStyle wanted = {.families = "Linux Libertine O",
                              .weight = 400,
                              .language = argv[2],
                              .size = POINTS(10),
                              .hyphenate = true};
    const TextStyle *style = text_style(engine, &wanted);
    double init = cpu_milliseconds() - start;
    const ParagraphShape shape = {
        .width = length_from_points(argc > 3 ? atof(argv[3]) : 345),
        .align = TEXT_JUSTIFY,
        .expansion = 20,
    };
    g_auto(GStrv) texts = g_strsplit(bytes, "\n", -1);
    g_autoptr(Paragraph) paragraph = paragraph_new(engine);
    Result cold = set_all(paragraph, texts, style, &shape);
    Result warm = set_all(paragraph, texts, style, &shape);
    TextStatistics s = text_engine_statistics(engine);
    double pages = MAX(1.0, (double)cold.lines / LINES_PER_PAGE);
    printf("speed bytes %zu words %lld types %lld init_ms %.2f cold_ms %.1f "
           "warm_ms %.1f pages %.0f cold_ms_page %.3f warm_ms_page %.3f "
           "cache_mb %.1f\n",
           length, (long long)s.words / 2, (long long)s.misses, init,
           cold.milliseconds, warm.milliseconds, pages,
           cold.milliseconds / pages, warm.milliseconds / pages,
           (double)s.cache_bytes / 1048576.0);
    printf("quality lines %lld hyphens_percent %.1f pairs %lld "
           "over_1_percent %.2f over_2.5 %lld overfull %lld uncapped %lld "
           "emergency %lld\n",
           (long long)cold.lines,
           100.0 * (double)cold.hyphens / (double)MAX(1, cold.full),
           (long long)cold.pairs,
           100.0 * (double)cold.over_1 / (double)MAX(1, cold.full),
           (long long)cold.over_25, (long long)cold.overfull,
           (long long)s.paragraphs_uncapped / 2,
           (long long)s.paragraphs_emergency / 2);
    return 0;
}
