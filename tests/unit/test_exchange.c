/* SPDX-License-Identifier: MIT */
/* Segments: what is cut out goes back to where it was. */
#include "exchange/check.h"
#include "exchange/segment.h"

#include <string.h>

enum { RUNS = 20000, LONGEST = 40 };

/* cut(raw): "name=text" of each segment, with | between */
static char *
cut(const char *raw)
{
    g_autoptr(GPtrArray) segments = segments_of(raw, block_kind_of(raw));
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < segments->len; i++) {
        const Segment *segment = g_ptr_array_index(segments, i);
        g_string_append_printf(text, "%s%s=%s", i == 0 ? "" : " / ",
                               segment->name, segment->text);
    }
    return g_string_free(text, FALSE);
}

static void
test_cut(void)
{
    static const struct {
        const char *raw, *expected;
    } cases[] = {
        {"## Trys {#trys}", "=Trys"},
        {"[^a]: Šaltinis.", "=Šaltinis."},
        {"Vienas\ndu.", "=Vienas du."},
        {"<!-- index: a; b -->\n\n<!-- c -->\nVienas\ndu.", "=Vienas du."},
        {"Vienas\\\ndu.", "=Vienas\\\ndu."},
        {"> [!LAW] A\n> b", "=> [!LAW] A\n> b"},
        {"- a\n- b\n  c\n", ".i1=a / .i2=b c"},
        {"1. a\n   - b\n   - c\n2. d", ".i1=a\n- b\n- c / .i2=d"},
        {"- [ ] a\n\n- [x] b", ".i1=a / .i2=b"},
        {"- a\n  ```\n  - b\n  ```\n- c", ".i1=a\n```\n- b\n``` / .i2=c"},
        {"| A | B\\|b |\n|---|---|\n| 1 |  |",
         ".r1c1=A / .r1c2=B\\|b / .r2c1=1 / .r2c2="},
        {"A | B\n--|--\n1 | 2", ".r1c1=A / .r1c2=B / .r2c1=1 / .r2c2=2"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *found = cut(cases[i].raw);
        g_assert_cmpstr(found, ==, cases[i].expected);
    }
}

static void
test_replace(void)
{
    static const struct {
        const char *raw, *text, *expected;
    } cases[] = {
        {"# A {#a}", "B", "# B {#a}"},
        {"<!-- index: a -->\n## A", "B", "<!-- index: a -->\n## B"},
        {"<!-- index: a -->\n- a\n- b", "c", "<!-- index: a -->\n- c\n- b"},
        {"[^a]:  b", "c", "[^a]:  c"},
        {"A", "b\n c\nd", "b\n c\nd"},
        {"- a\n- b\n", "c\n\nd", "- c\n\n  d\n- b\n"},
        {"| A | B |\n|---|---|\n", "x|y\nz", "| x\\|y z | B |\n|---|---|\n"},
        {"| | B |\n|---|---|", "x", "| x | B |\n|---|---|"},
        {"|| B |\n|---|---|", "x", "|x | B |\n|---|---|"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *raw = cases[i].raw;
        g_autoptr(GPtrArray) segments = segments_of(raw, block_kind_of(raw));
        g_autofree const char **texts =
            g_new0(const char *, segments->len + 1);
        texts[0] = cases[i].text;
        g_autofree char *found = segments_replace(raw, segments, texts);
        g_assert_cmpstr(found, ==, cases[i].expected);
        /* and it is read back as segment_held says */
        g_autoptr(GPtrArray) again = segments_of(found, block_kind_of(raw));
        const Segment *segment = g_ptr_array_index(again, 0);
        g_autofree char *held =
            segment_held(g_ptr_array_index(segments, 0), cases[i].text);
        g_assert_cmpstr(segment->text, ==, held);
    }
}

/* any text: ranges in order, nothing replaced changes nothing, and a text put
 * into its own place is found there again */
static void
test_random(void)
{
    static const char *const parts[] = {
        "- ", "1. ", "* ", "|", "\\", "\n", "\n\n", "  ", "a", "š", "[ ] ",
        "#", "{#a}", "[^a]:", "---", "|-|-|\n", "```", ">", "\t", "\r\n",
    };
    for (int run = 0; run < RUNS; run++) {
        g_autoptr(GString) raw = g_string_new(NULL);
        int length = g_test_rand_int_range(0, LONGEST);
        for (int i = 0; i < length; i++)
            g_string_append(raw, parts[g_test_rand_int_range(
                                     0, (int)G_N_ELEMENTS(parts))]);
        BlockKind kind = block_kind_of(raw->str);
        g_autoptr(GPtrArray) segments = segments_of(raw->str, kind);
        g_autofree const char **texts =
            g_new0(const char *, segments->len + 1);
        gsize done = 0;
        for (guint i = 0; i < segments->len; i++) {
            const Segment *segment = g_ptr_array_index(segments, i);
            g_assert_cmpuint(segment->start, >=, done);
            g_assert_cmpuint(segment->end, >=, segment->start);
            g_assert_cmpuint(segment->end, <=, raw->len);
            done = segment->end;
        }
        g_autofree char *same = segments_replace(raw->str, segments, texts);
        g_assert_cmpstr(same, ==, raw->str);
        for (guint i = 0; i < segments->len; i++)
            texts[i] = "žodis";
        g_autofree char *other = segments_replace(raw->str, segments, texts);
        g_autoptr(GPtrArray) again = segments_of(other, kind);
        for (guint i = 0; i < again->len && kind == BLOCK_TABLE; i++) {
            const Segment *segment = g_ptr_array_index(again, i);
            g_assert_cmpstr(segment->text, ==, "žodis");
        }
    }
}

static void
test_check(void)
{
    static const struct {
        const char *source, *target, *old;
        bool fine;
    } cases[] = {
        {"a[^x] b", "b[^x] a", "", true},
        {"a[^x]", "a[^y]", "", false},
        {"{{a}} ir {{b}}", "{{b}} ja {{a}}", "", true},
        {"{{a}}", "{{b}}", "", false},
        {"147 str.", "147. pants", "", true},
        {"147 str.", "148. pants", "", false},
        {"147 str.", "§ 133 uus", "§ 133", true},
        {"147 str.", "§ 134", "§ 133", false},
        {"x[](#a1)[^b2]{{c3}}", "[](#a1)[^b2]{{c3}} y", "", true},
        {"[](#a)", "[](#b)", "", false},
        {"[a](https://a.lt/1)", "[b](https://b.ee/2)", "", true},
        {"![a](f.svg \"t\")", "![b](f.svg \"u\")", "", true},
        {"![a](f.svg \"t\")", "![b](g.svg \"u\")", "", false},
        {"![a](f.svg \"t\")", "![b](f.svg \"u\") c", "", false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *trouble =
            check_segment(cases[i].source, cases[i].target, cases[i].old);
        g_assert_true((trouble == NULL) == cases[i].fine);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/exchange/cut", test_cut);
    g_test_add_func("/exchange/replace", test_replace);
    g_test_add_func("/exchange/random", test_random);
    g_test_add_func("/exchange/check", test_check);
    return g_test_run();
}
