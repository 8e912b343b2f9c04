/* SPDX-License-Identifier: MIT */
/*
 * The examples of docs/format/overlay.md.  A fence of nine backticks, the word
 * state, sync or canonical, and parts divided by lines that are only a dot:
 * base, overlay, and what follows from them.  KEY stands for a new key.
 */
#include "overlay_project.h"

#include "overlay/canonical.h"

typedef struct {
    char *kind;
    char **parts;
    int line;
} Example;

static void
free_example(gpointer data)
{
    Example *example = data;
    g_free(example->kind);
    g_strfreev(example->parts);
    g_free(example);
}

static GPtrArray *
load_examples(void)
{
    const char *root = g_getenv("ROOT") == NULL ? "." : g_getenv("ROOT");
    g_autofree char *path =
        g_build_filename(root, "docs", "format", "overlay.md", NULL);
    g_autofree char *text = NULL;
    GError *error = NULL;
    g_file_get_contents(path, &text, NULL, &error);
    g_assert_no_error(error);
    GPtrArray *examples = g_ptr_array_new_with_free_func(free_example);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (int i = 0; lines[i] != NULL; i++) {
        if (!g_str_has_prefix(lines[i], "````````` "))
            continue;
        Example *example = g_new0(Example, 1);
        example->kind = g_strdup(lines[i] + strlen("````````` "));
        example->line = i + 1;
        GString *body = g_string_new("\n");
        for (i++; strcmp(lines[i], "`````````") != 0; i++)
            g_string_append_printf(body, "%s\n", lines[i]);
        example->parts = g_strsplit(body->str, "\n.\n", -1);
        g_string_free(body, TRUE);
        g_ptr_array_add(examples, example);
    }
    return examples;
}

/* keys that sync made are written KEY on the page */
static char *
hide_keys(const char *text, const char *overlay)
{
    GRegex *regex = g_regex_new("key=([a-z0-9]+)", 0, 0, NULL);
    GMatchInfo *match = NULL;
    GString *hidden = g_string_new(text);
    g_regex_match(regex, text, 0, &match);
    for (; g_match_info_matches(match); g_match_info_next(match, NULL)) {
        g_autofree char *key = g_match_info_fetch(match, 0);
        if (strstr(overlay, key) == NULL)
            g_string_replace(hidden, key, "key=KEY", 0);
    }
    g_match_info_free(match);
    g_regex_unref(regex);
    return g_string_free(hidden, FALSE);
}

static char *
with_line_end(const char *text)
{
    g_autofree char *stripped = g_strdup(text);
    g_strchug(stripped);
    return *stripped == 0 ? g_strdup("") : g_strdup_printf("%s\n", stripped);
}

static void
check_project_example(const Example *example)
{
    g_autofree char *base = with_line_end(example->parts[0]);
    g_autofree char *overlay = with_line_end(example->parts[1]);
    g_autofree char *wanted = g_strstrip(g_strdup(example->parts[2]));
    g_autoptr(Project) project = project_new(base);
    if (*overlay != 0)
        project_write(project, OVERLAY, overlay);
    if (strcmp(example->kind, "state") == 0) {
        g_autofree char *states = project_states(project);
        g_strdelimit(states, " ", '\n');
        g_assert_cmpstr(states, ==, wanted);
        return;
    }
    project_sync(project);
    print_diagnostics(project);
    g_autofree char *text = project_read(project, OVERLAY);
    g_assert_nonnull(text);
    g_autofree char *hidden = g_strstrip(hide_keys(text, overlay));
    g_assert_cmpstr(hidden, ==, wanted);
    g_assert_cmpint(project_sync(project), ==, 0);
}

static void
test_examples(void)
{
    g_autoptr(GPtrArray) examples = load_examples();
    g_assert_cmpint(examples->len, ==, 10);
    for (guint i = 0; i < examples->len; i++) {
        const Example *example = g_ptr_array_index(examples, i);
        g_test_message("line %d: %s", example->line, example->kind);
        if (strcmp(example->kind, "canonical") != 0) {
            g_assert_cmpint(g_strv_length(example->parts), ==, 3);
            check_project_example(example);
            continue;
        }
        g_autofree char *text = canonical_text(example->parts[0]);
        g_autofree char *wanted = g_strstrip(g_strdup(example->parts[1]));
        g_assert_cmpstr(text, ==, wanted);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_setenv("SOURCE_DATE_EPOCH", "1795392000", TRUE); /* since=2026-11-23 */
    g_test_add_func("/overlay/docs/examples", test_examples);
    return g_test_run();
}
