/* SPDX-License-Identifier: MIT */
/* Nearest names: distances, what is offered and what is too far. */
#include "base/nearest.h"

#include <string.h>

static void
test_distance(void)
{
    static const struct {
        const char *a, *b;
        int distance;
    } cases[] = {{"", "", 0},        {"a", "", 1},       {"abc", "abc", 0},
                 {"abc", "acb", 1},  {"abc", "abd", 1},  {"abc", "xabc", 1},
                 {"ąbc", "abc", 1},  {"kitten", "sitting", 3},
                 {"abcdef", "", 4},  {"ca", "abc", 3}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_assert_cmpint(nearest_distance(cases[i].a, cases[i].b, 3), ==,
                        cases[i].distance);
        g_assert_cmpint(nearest_distance(cases[i].b, cases[i].a, 3), ==,
                        cases[i].distance);
    }
    g_autofree char *large = g_strnfill(100000, 'a');
    g_assert_cmpint(nearest_distance(large, large, 5), ==, 6);
}

static void
test_names(void)
{
    static const char *const names[] = {"linija",  "linijos", "telefonas",
                                        "linijai", "linjia",  NULL};
    g_autofree char *near = nearest_names("linija", names);
    g_assert_cmpstr(near, ==, "'linija', 'linijai' or 'linjia'");
    g_autofree char *one = nearest_question("telefonai", names);
    g_assert_cmpstr(one, ==, "; did you mean 'telefonas'?");
    g_autofree char *none = nearest_question("visai kas kita", names);
    g_assert_cmpstr(none, ==, "");
    g_assert_null(nearest_names("x", (const char *const[]){NULL}));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/nearest/distance", test_distance);
    g_test_add_func("/nearest/names", test_names);
    return g_test_run();
}
